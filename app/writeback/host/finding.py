"""Find installed plugins and read their facts, running none of their code.

The distribution names a package in the entry-point group `writeback.connectors`; the package holds
`connector.toml`. The file is read through the import system's own loader, so wheels, editable
installs, zip files and frozen builds are all the same.

Must not: import a plugin. Only a top-level package can be looked up without importing its parent,
so an entry point that names anything deeper is refused.
"""

import importlib.metadata
import importlib.util
from collections import abc
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Final

from writeback.errors import PluginNotLoadableError
from writeback.host.blocklist import Blocklist
from writeback.host.bundled import Bundle
from writeback.host.consents import Consents
from writeback.host.faults import Faults
from writeback.host.placing import put_on_path
from writeback.host.records import PluginRecord, PluginStatus
from writeback.host.trusting import judge
from writeback.sdk.hookspecs import ENTRY_POINT_GROUP
from writeback.sdk.manifest import API_NEWEST, API_OLDEST, FILE_NAME, Heading, read_heading, read_manifest

QUALITY_NAME: Final = "quality.toml"


def installed(plugin_dir: Path | None = None) -> tuple[EntryPoint, ...]:
    """Ask Python for the entry points of our group, those in the user's plugin folder included."""
    if plugin_dir is not None:
        put_on_path(plugin_dir)
    return tuple(importlib.metadata.entry_points(group=ENTRY_POINT_GROUP))


def find_plugins(
    entry_points: abc.Iterable[EntryPoint],
    *,
    consents: Consents,
    bundle: Bundle,
    faults: Faults | None = None,
    blocklist: Blocklist | None = None,
) -> tuple[PluginRecord, ...]:
    """Give one record per plugin, ordered by id; a broken one never hides another.

    Args:
        entry_points: What is installed.
        consents: What this person allowed and switched off.
        bundle: The program's own plugins, which need no consent.
        faults: What plugins did wrong; None: nothing.
        blocklist: Plugins that may run for nobody; None: there are none.
    """
    once = {(point.value, _distribution(point)): point for point in entry_points}
    records = _refuse_duplicates([_find(point) for point in once.values()])
    judged = [
        judge(record, point, consents=consents, bundle=bundle, faults=faults, blocklist=blocklist)
        for record, point in zip(records, once.values(), strict=True)
    ]
    return tuple(sorted(judged, key=lambda record: (record.id, record.distribution)))


def points_of(record: PluginRecord, entry_points: abc.Iterable[EntryPoint]) -> EntryPoint:
    """Give the entry point that a record was made of.

    Raises:
        PluginNotLoadableError: It is gone meanwhile.
    """
    for point in entry_points:
        if point.module == record.package and _distribution(point) == record.distribution:
            return point
    raise PluginNotLoadableError("plugin.package_missing", package=record.package)


def read_file(package: str, name: str) -> bytes:
    """Read a file of a package, without importing the package.

    Raises:
        PluginNotLoadableError: The package or the file is not there, or it is no plain top-level package.
    """
    if "." in package:  # looking it up would import its parent
        raise PluginNotLoadableError("plugin.package_nested", package=package)
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError, AttributeError) as error:
        raise PluginNotLoadableError("plugin.package_missing", package=package) from error
    if spec is None:
        raise PluginNotLoadableError("plugin.package_missing", package=package)
    # asked by its method: the loader of a packaged program is no registered ResourceLoader
    get_data: abc.Callable[[str], bytes] | None = getattr(spec.loader, "get_data", None)
    if not spec.submodule_search_locations or get_data is None:
        raise PluginNotLoadableError("plugin.no_package", package=package)
    place = Path(next(iter(spec.submodule_search_locations)), *name.split("/"))
    try:
        return get_data(str(place))
    except OSError as error:
        raise PluginNotLoadableError("plugin.file_missing", package=package, file=name) from error


def quality_file(folder: Path) -> Path | None:
    """Give a plugin's `quality.toml`: in its package, else beside it (a checkout)."""
    places = (folder / QUALITY_NAME, folder.parent / QUALITY_NAME)
    return next((place for place in places if place.is_file()), None)


def _find(point: EntryPoint) -> PluginRecord:
    blank = PluginRecord(
        id=point.name,
        title=point.name,
        version=_version(point),
        publisher="",
        distribution=_distribution(point),
        package=point.module,
        status=PluginStatus.FOUND,
    )
    try:
        data = read_file(point.module, FILE_NAME)
        heading = read_heading(data)
    except PluginNotLoadableError as error:
        return _failed(blank, error)
    known = replace(blank, id=heading.id, title=heading.title)
    if refused := _refuse_api(known, heading):
        return refused
    try:
        manifest = read_manifest(data)
    except PluginNotLoadableError as error:
        return _failed(known, error)
    return replace(known, publisher=manifest.publisher, manifest=manifest)


def _refuse_api(record: PluginRecord, heading: Heading) -> PluginRecord | None:
    facts = (("api", heading.api), ("oldest", API_OLDEST), ("newest", API_NEWEST))
    if heading.api > API_NEWEST:
        return replace(record, status=PluginStatus.TOO_NEW, reason="plugin.too_new", facts=facts)
    if heading.api < API_OLDEST:
        return replace(record, status=PluginStatus.TOO_OLD, reason="plugin.too_old", facts=facts)
    return None


def _refuse_duplicates(records: abc.Sequence[PluginRecord]) -> list[PluginRecord]:
    """One id, one distribution: where several claim an id, each record names them all."""
    claims: dict[str, list[str]] = {}
    for record in records:
        claims.setdefault(record.id, []).append(record.distribution)
    return [
        record
        if len(claims[record.id]) == 1
        else replace(
            record,
            status=PluginStatus.DUPLICATE,
            reason="plugin.duplicate",
            facts=(("distributions", ", ".join(sorted(claims[record.id]))),),
        )
        for record in records
    ]


def _failed(record: PluginRecord, error: PluginNotLoadableError) -> PluginRecord:
    return replace(
        record,
        status=PluginStatus.FAILED,
        reason=error.code,
        facts=tuple(error.facts.items()),
        traceback=str(error.__cause__ or ""),
    )


def _distribution(point: EntryPoint) -> str:
    # a damaged *.dist-info has no METADATA, and then no name
    name = point.dist.metadata["Name"] if point.dist is not None else None
    return name or point.module.partition(".")[0]


def _version(point: EntryPoint) -> str:
    version = point.dist.metadata["Version"] if point.dist is not None else None
    return version or ""
