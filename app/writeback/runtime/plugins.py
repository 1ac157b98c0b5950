"""What front ends are told about plugins, and what a person decides about them, without a workspace.

Window (through `serve`) and command line ask the same object. Nothing here runs a plugin but `list`
with `load`.
"""

import logging
import tomllib
import traceback
from collections import abc
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from writeback.errors import ConfigurationError, Fact, PluginError, PluginNotLoadableError
from writeback.host import faults
from writeback.host.consents import Consents, consents_file, read_consents, write_consents
from writeback.host.finding import installed, points_of, quality_file
from writeback.host.fingerprints import package_folder
from writeback.host.hosting import Host
from writeback.host.placing import install_plugin, remove_plugin
from writeback.host.records import PluginRecord, PluginStatus
from writeback.host.trusting import consent_to
from writeback.runtime.call_notes import CallNotes
from writeback.runtime.facade.plugins import PluginFault, PluginInfo
from writeback.runtime.rendering import render_plugin
from writeback.sdk.connector import Clock
from writeback.settings import Settings

REFUSED_FOR_GOOD = frozenset(
    {
        PluginStatus.DUPLICATE,
        PluginStatus.FAILED,
        PluginStatus.TOO_NEW,
        PluginStatus.TOO_OLD,
        PluginStatus.BLOCKED,
    }
)
HUNG_STATUS = frozenset({75, -9})
"""How `serve` ends when a call never came back: by itself, or by the window."""
_log = logging.getLogger(__name__)


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

    def __init__(
        self, settings: Settings, *, now: Clock, host: Host | None = None, notes: CallNotes | None = None
    ) -> None:
        """Take the settings, and the host whose plugins run already in this process, if there is one."""
        self._path = consents_file(settings.config_dir)
        self._faults = faults.faults_file(settings.config_dir)
        self._settings = settings
        self._now = now
        self._running = host
        self._notes = notes or CallNotes(now)

    def infos(self, *, load: bool = False) -> tuple[PluginInfo, ...]:
        """Give every plugin as it stands now; with `load` each is imported first."""
        host = Host.of(self._settings)
        if load:
            for record in host.plugins():
                if record.is_usable:
                    with suppress(PluginError):  # the record then says failed, with its traceback
                        host.load(record.id)
        running = {} if self._running is None else {one.id: one for one in self._running.plugins()}
        noted = faults.read_faults(self._faults)
        return tuple(
            self._info(_as_it_runs(record, running.get(record.id)), host, noted) for record in host.plugins()
        )

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
        if faults.read_faults(self._faults).of(record.id):
            self._note(record.id, faults.FORGIVEN)

    def allow_hash(self, plugin: str, file_hash: str) -> None:
        """Let a plugin run whose files somebody saw under this hash. Raises as `ask` and `allow`."""
        asked = self.ask(plugin)
        if asked.record.hash and asked.record.hash != file_hash:
            raise ConfigurationError("plugin.changed_meanwhile", plugin=plugin)
        self.allow(asked)

    def disable(self, plugin: str) -> None:
        """Switch a plugin off, whoever's it is; what it does now it does to its end.

        Raises:
            PluginNotLoadableError: There is no such plugin.
        """
        self._record(plugin)
        write_consents(self._path, self._consents().disabling(plugin))

    def resume(self) -> str:
        """Let plugins of others run again after a crash; gives whose crash it was, '' there was none."""
        crashed = faults.read_faults(self._faults).crashed
        if crashed:
            self._note(crashed, faults.CALM)
        return crashed

    def strike(self, plugin: str, error: BaseException) -> None:
        """Note that a plugin's code raised what it may not; never fails itself."""
        told = "".join(traceback.format_exception(error))
        try:
            self._note(plugin, faults.RAISED, told)
        except ConfigurationError as problem:
            _log.warning("a fault of %s could not be noted: %s", plugin, problem)

    def died(self, plugin: str, status: int) -> str:
        """Note that a process ended while it worked for a plugin; gives what that was, as a fault's kind.

        A crash while a third party's plugin ran makes the next start a safe one.

        Raises:
            ConfigurationError: It cannot be noted.
        """
        records = Host.of(self._settings).plugins()
        is_bundled = any(one.is_bundled for one in records if one.id == plugin)
        kind = faults.HUNG if status in HUNG_STATUS else faults.RAISED if is_bundled else faults.CRASHED
        self._note(plugin, kind, f"the process that it ran in ended with status {status}")
        return kind

    def install(self, source: Path) -> Path:
        """Put a wheel, or a folder with a plugin's packages, into the plugin folder; runs none of it.

        Raises:
            ConfigurationError: It holds no plugin, one of that name is there, it is on the blocklist, or
                it cannot be copied.
        """
        before = {one.id for one in Host.of(self._settings).plugins()}
        place = install_plugin(source, self._settings.plugin_dir)
        for record in Host.of(self._settings).plugins():
            if record.id not in before and record.status is PluginStatus.BLOCKED:
                remove_plugin(record, self._settings.plugin_dir)
                raise ConfigurationError(record.reason, **dict(record.facts))
        return place

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

    def _info(self, record: PluginRecord, host: Host, noted: faults.Faults) -> PluginInfo:
        manifest = record.manifest
        icon, refused = _icon(record, host)
        told: dict[str, Fact] = dict(record.facts)
        return PluginInfo(
            id=record.id,
            title=record.title,
            version=record.version,
            publisher=record.publisher,
            distribution=record.distribution,
            status=record.status.value,
            reason=record.reason,
            facts=tuple(told.items()),
            is_bundled=record.is_bundled,
            is_usable=record.is_usable,
            is_removable=_lies_in(record, self._settings.plugin_dir),
            is_loaded=record.status is PluginStatus.LOADED,
            tier=claimed_tier(record),
            api=manifest.api if manifest is not None else _api(told),
            hash=record.hash,
            looks_like=record.looks_like,
            differs=str(told.get("differs", "")),
            description="" if manifest is None else manifest.description,
            hosts=() if manifest is None else manifest.hosts,
            objects=() if manifest is None else tuple(one.title for one in manifest.objects),
            abilities=() if manifest is None else tuple(one.value for one in manifest.abilities),
            channels=() if manifest is None else tuple(one.title for one in manifest.channels),
            traceback=record.traceback,
            strikes=tuple(
                PluginFault(one.kind, datetime.fromisoformat(one.at), one.told) for one in noted.of(record.id)
            ),
            calls=self._notes.of(record.id),
            icon=icon,
            icon_refused=refused,
        )

    def _record(self, plugin: str) -> PluginRecord:
        records = Host.of(self._settings).plugins()
        found = next((record for record in records if record.id == plugin), None)
        if found is None:
            known = ", ".join(sorted({record.id for record in records}))
            raise PluginNotLoadableError("plugin.unknown", plugin=plugin, known=known)
        return found

    def _note(self, plugin: str, kind: str, told: str = "") -> None:
        try:
            faults.note(self._faults, faults.Fault(plugin, kind, self._now().isoformat(), told))
        except OSError as error:
            raise ConfigurationError("plugin.not_noted", path=str(self._faults)) from error

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


def plain_info(info: PluginInfo) -> abc.Mapping[str, Fact | abc.Sequence[str]]:
    """Give one plugin as an object of JSON: for `plugins list --json`, and for *Copy diagnostics*."""
    return {
        "id": info.id,
        "title": info.title,
        "version": info.version,
        "publisher": info.publisher,
        "distribution": info.distribution,
        "status": info.status,
        "bundled": info.is_bundled,
        "api": info.api,
        "hosts": list(info.hosts),
        "objects": list(info.objects),
        "abilities": list(info.abilities),
        "channels": list(info.channels),
        "tier": info.tier,
        "hash": info.hash,
        "looks_like": info.looks_like,
        "reason": info.reason,
        "differs": info.differs,
        "strikes": [f"{one.at.isoformat()} {one.kind}" for one in info.strikes],
        "calls": [
            f"{one.at.isoformat()} {one.call} {one.seconds:.2f} s, {one.grew / 1e6:+.1f} MB"
            for one in info.calls
        ],
        "icon_refused": info.icon_refused,
        "traceback": info.traceback,
    }


def _as_it_runs(record: PluginRecord, running: PluginRecord | None) -> PluginRecord:
    """Take what only the process knows that runs a plugin: that it loaded, or how it failed to."""
    if running is None or not record.is_usable or running.hash != record.hash:
        return record
    return running if running.status in (PluginStatus.LOADED, PluginStatus.FAILED) else record


def icon_of(host: Host, record: PluginRecord) -> str:
    """Give a plugin's icon, which was looked over; '' where it has none that may be drawn."""
    return _icon(record, host)[0]


def _icon(record: PluginRecord, host: Host) -> tuple[str, str]:
    if not record.is_usable or record.manifest is None or record.manifest.icon is None:
        return "", ""
    try:
        data = host.icon(record.id)
    except PluginError as error:
        return "", str(error.facts.get("why") or error.facts.get("file") or error.code)
    return (data or b"").decode("utf-8"), ""


def _api(facts: abc.Mapping[str, Fact]) -> int | None:
    told = facts.get("api")
    return told if isinstance(told, int) else None


def _lies_in(record: PluginRecord, plugin_dir: Path) -> bool:
    folder = package_folder(record.package)
    return folder is not None and folder.parent != plugin_dir and folder.is_relative_to(plugin_dir)
