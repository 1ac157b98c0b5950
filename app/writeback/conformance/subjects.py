"""What is examined: a connector with its facts, its source and its simulator, put together once.

Mutants are subjects as well: the same connector with one thing spoilt.
"""

import importlib.util
from collections import abc
from dataclasses import dataclass
from pathlib import Path

from writeback.conformance.quality import Quality, read_quality
from writeback.errors import ConfigurationError
from writeback.host.finding import quality_file, read_file
from writeback.host.hosting import Host
from writeback.host.records import PluginRecord, PluginStatus
from writeback.sdk.connector import Connector
from writeback.sdk.manifest import FILE_NAME, Manifest, read_manifest

Build = abc.Callable[..., object]
"""Builds a simulator: `rows`, `seed`, `applied_log`, `options`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One connector under examination."""

    connector: Connector
    package: str
    source: Path
    """The package's folder."""
    manifest_bytes: bytes
    manifest: Manifest
    build: Build
    quality: Quality


class SubjectHost(Host):
    """A host that knows one connector, already loaded: the one under examination."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(entry_points=())
        self._subject = subject

    def plugins(self) -> tuple[PluginRecord, ...]:
        """Give the one record."""
        facts = self._subject.manifest
        known = PluginRecord(
            facts.id, facts.title, "", facts.publisher, "", self._subject.package, PluginStatus.LOADED
        )
        return (known,)

    def manifest(self, connector_id: str) -> Manifest:
        """Give its facts, whatever it is called."""
        del connector_id
        return self._subject.manifest

    def connector(self, connector_id: str) -> Connector:
        """Give it, whatever it is called."""
        del connector_id
        return self._subject.connector


def subject_of(
    connector: Connector | str, *, simulator: Build | None = None, quality: Path | None = None
) -> Subject:
    """Put a subject together, from an installed plugin's name or from a connector object.

    Raises:
        PluginError: There is no such plugin, it is not usable, or it has no simulator.
        ConfigurationError: It has no `quality.toml`, or a malformed one.
    """
    if isinstance(connector, str):
        host = Host.for_this_user()
        record = host.record(connector)
        package, offered = record.package, host.connector(connector)
        build = simulator or host.simulator(connector)
    else:
        package, offered = type(connector).__module__.partition(".")[0], connector
        build = simulator or _own_simulator(package)
    data = read_file(package, FILE_NAME)
    source = _folder_of(package)
    place = quality or quality_file(source)
    if place is None:
        raise ConfigurationError("quality.missing", package=package)
    return Subject(offered, package, source, data, read_manifest(data), build, read_quality(place))


def _own_simulator(package: str) -> Build:
    from writeback.host.loading import load_simulator  # noqa: PLC0415  pluggy: only where needed

    return load_simulator(read_manifest(read_file(package, FILE_NAME)), package=package)


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError("quality.no_source", package=package)
    return Path(next(iter(spec.submodule_search_locations)))
