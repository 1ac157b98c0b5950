"""What front ends are told about plugins, and what a person decides about them, without a workspace."""

import tomllib
from collections import abc
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from writeback.errors import ConfigurationError, Fact, PluginError, PluginNotLoadableError
from writeback.host.consents import Consents, consents_file, read_consents, write_consents
from writeback.host.finding import installed, points_of, quality_file
from writeback.host.fingerprints import package_folder
from writeback.host.hosting import Host
from writeback.host.placing import install_plugin, remove_plugin
from writeback.host.records import PluginRecord, PluginStatus
from writeback.host.trusting import consent_to
from writeback.runtime.rendering import render_plugin
from writeback.sdk.connector import Clock
from writeback.settings import Settings

REFUSED_FOR_GOOD = frozenset(
    {PluginStatus.DUPLICATE, PluginStatus.FAILED, PluginStatus.TOO_NEW, PluginStatus.TOO_OLD}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is shown before a plugin may run."""

    record: PluginRecord
    tier: str
    """What its `quality.toml` claims; '' for nothing."""
    differs: str = ""
    """What is other than it was allowed before."""


class Plugins:
    """Lists plugins and keeps what this person decided about them."""

    def __init__(self, settings: Settings, *, now: Clock) -> None:
        self._path = consents_file(settings.config_dir)
        self._settings = settings
        self._now = now

    def list(self, *, load: bool = False) -> tuple[abc.Mapping[str, Fact | abc.Sequence[str]], ...]:
        """Give one object a plugin; with `load` each is imported first, to see whether it can be."""
        host = Host.of(self._settings)
        if load:
            for record in host.plugins():
                if record.is_usable:
                    with suppress(PluginError):  # the record then says failed, with its traceback
                        host.connector(record.id)
        return tuple(_plain(record) for record in host.plugins())

    def ask(self, plugin: str) -> Asked:
        """Say what a person has to know before they allow a plugin; runs none of it.

        Raises:
            PluginNotLoadableError: There is no such plugin, or it can never be used as it is.
        """
        record = self._record(plugin)
        if record.status in REFUSED_FOR_GOOD:
            raise PluginNotLoadableError(record.reason, **{**dict(record.facts), "plugin": record.id})
        differs = str(dict(record.facts).get("differs", ""))
        return Asked(record, claimed_tier(record), differs)

    def allow(self, asked: Asked) -> None:
        """Let exactly the files that were shown run from now on; a switched-off plugin is on again.

        Raises:
            ConfigurationError: The files are others by now, or the settings cannot be written.
        """
        record = asked.record
        kept = self._consents()
        if record.is_bundled or not record.hash:
            write_consents(self._path, kept.enabling(record.id))
            return
        consent = consent_to(
            record, points_of(record, installed(self._settings.plugin_dir)), at=self._now().isoformat()
        )
        if consent.hash != record.hash:
            raise ConfigurationError("plugin.changed_meanwhile", plugin=record.id)
        write_consents(self._path, kept.allowing(record.id, consent))

    def disable(self, plugin: str) -> None:
        """Switch a plugin off, whoever's it is. Programs that run already go on with it until they end.

        Raises:
            PluginNotLoadableError: There is no such plugin.
        """
        self._record(plugin)
        write_consents(self._path, self._consents().disabling(plugin))

    def install(self, source: Path) -> Path:
        """Put a wheel, or a folder with a plugin's packages, into the plugin folder; runs none of it.

        Raises:
            ConfigurationError: It holds no plugin, one of that name is there, or it cannot be copied.
        """
        return install_plugin(source, self._settings.plugin_dir)

    def remove(self, plugin: str) -> Path:
        """Remove a plugin that lies in the plugin folder; connections that use it stay.

        Raises:
            PluginNotLoadableError: There is no such plugin.
            ConfigurationError: It was put there by something else, or cannot be removed.
        """
        return remove_plugin(self._record(plugin), self._settings.plugin_dir)

    def new(self, name: str, *, into: Path) -> Path:
        """Render a new plugin. Raises ConfigurationError as `rendering.render_plugin` says."""
        taken = {record.id for record in Host.of(self._settings).plugins()}
        return render_plugin(name, into=into, taken=taken)

    def _record(self, plugin: str) -> PluginRecord:
        records = Host.of(self._settings).plugins()
        found = next((record for record in records if record.id == plugin), None)
        if found is None:
            known = ", ".join(sorted({record.id for record in records}))
            raise PluginNotLoadableError("plugin.unknown", plugin=plugin, known=known)
        return found

    def _consents(self) -> Consents:
        return read_consents(self._path)


def claimed_tier(record: PluginRecord) -> str:
    """Read the tier that a plugin's `quality.toml` claims, without running it; '' where it claims none."""
    folder = package_folder(record.package)
    place = None if folder is None else quality_file(folder)
    if place is None:
        return ""
    try:
        return str(tomllib.loads(place.read_text("utf-8")).get("tier", ""))[:20]
    except (OSError, ValueError):
        return ""


def _plain(record: PluginRecord) -> abc.Mapping[str, Fact | abc.Sequence[str]]:
    manifest = record.manifest
    return {
        "id": record.id,
        "title": record.title,
        "version": record.version,
        "publisher": record.publisher,
        "distribution": record.distribution,
        "status": record.status.value,
        "bundled": record.is_bundled,
        "hosts": [] if manifest is None else list(manifest.hosts),
        "tier": claimed_tier(record),
        "hash": record.hash,
        "looks_like": record.looks_like,
        "reason": record.reason,
        "differs": str(dict(record.facts).get("differs", "")),
        "traceback": record.traceback,
    }
