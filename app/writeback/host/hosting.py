"""The host: knows every installed plugin, runs the code of one when a connection first needs it.

Must not: open a session, touch the network or the workspace, let one plugin's failure reach another.
"""

import logging
import threading
import traceback
from collections import abc
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

from writeback import settings
from writeback.errors import ConfigurationError, PluginError, PluginNotLoadableError, PluginTooNewError
from writeback.host.blocklist import Blocklist, read_blocklist
from writeback.host.bundled import Bundle, bundle_folder, own_bundle
from writeback.host.consents import Consents, consents_file, read_consents
from writeback.host.faults import Faults, faults_file, read_faults
from writeback.host.finding import find_plugins, installed, points_of, read_file
from writeback.host.fingerprints import fingerprint
from writeback.host.icons import checked_icon
from writeback.host.loading import (
    Notify,
    load_connector,
    load_notify,
    load_simulator,
    load_stand_in,
    load_transforms,
)
from writeback.host.records import PluginRecord, PluginStatus
from writeback.sdk.connector import Connector
from writeback.sdk.manifest import Manifest
from writeback.sdk.transforms import Transform
from writeback.settings import Settings

MOST_TRACEBACK = 20_000
_log = logging.getLogger(__name__)
ReadConsents = abc.Callable[[], Consents]
ReadFaults = abc.Callable[[], Faults]
_MAY_BE_ALLOWED = frozenset(
    {PluginStatus.NOT_ALLOWED, PluginStatus.CHANGED, PluginStatus.OFF, PluginStatus.BLOCKED}
)


class Host:
    """All plugins of this process. May be asked from any thread.

    Nothing is looked up before the first question, and no plugin is imported before `connector` or
    `simulator` asks for it. A plugin that failed to load stays failed for the life of the process.
    """

    def __init__(
        self,
        *,
        entry_points: abc.Iterable[EntryPoint] | None = None,
        consents: ReadConsents = Consents,
        bundle: Bundle | None = None,
        plugin_dir: Path | None = None,
        faults: ReadFaults = Faults,
        is_restricted: abc.Callable[[], bool] = lambda: False,
        blocklist: abc.Callable[[], Blocklist] = Blocklist,
    ) -> None:
        """Take what is installed, or the entry points handed in.

        Args:
            entry_points: None asks Python what is installed.
            consents: Reads what this person allowed; asked again when a plugin is refused for want of it.
            bundle: The program's own plugins; None reads the program's list.
            plugin_dir: Where plugins lie that no installer knows.
            faults: Reads what plugins did wrong on this computer.
            is_restricted: Says whether the open workspace came from elsewhere and nobody trusts it yet:
                then no third party's plugin runs, allowed or not.
            blocklist: Reads which plugins may run for nobody.
        """
        self._entry_points = None if entry_points is None else tuple(entry_points)
        self._consents = consents
        self._bundle = bundle
        self._plugin_dir = plugin_dir
        self._faults = faults
        self._is_restricted = is_restricted
        self._blocklist = blocklist
        self._lock = threading.RLock()  # guards the tables; never held while a plugin runs
        self._gates: dict[str, threading.Lock] = {}
        self._records: dict[tuple[str, str], PluginRecord] | None = None
        self._connectors: dict[str, Connector] = {}
        self._transforms: dict[str, abc.Mapping[str, Transform]] = {}
        self._notifies: dict[str, Notify] = {}
        self._failures: dict[str, PluginError] = {}

    def plugins(self) -> tuple[PluginRecord, ...]:
        """Give the record of every plugin, usable or not, ordered by id."""
        with self._lock:
            return tuple(self._known().values())

    @classmethod
    def for_this_user(cls) -> "Host":
        """Give the host that a program run of this user has, by the settings in the environment."""
        return cls.of(settings.load())

    @classmethod
    def of(cls, chosen: Settings, *, is_restricted: abc.Callable[[], bool] = lambda: False) -> "Host":
        """Give the host that knows what this person allowed."""
        return cls(
            consents=lambda: read_consents(consents_file(chosen.config_dir)),
            plugin_dir=chosen.plugin_dir,
            faults=lambda: read_faults(faults_file(chosen.config_dir)),
            is_restricted=is_restricted,
            blocklist=lambda: read_blocklist(bundle_folder(), chosen.data_dir),
        )

    def record(self, connector_id: str) -> PluginRecord:
        """Give the record of a usable plugin.

        Raises:
            PluginNotLoadableError: No such plugin, or it is broken, a duplicate or switched off.
            PluginTooNewError: It needs another version of the plugin contract.
        """
        with self._lock:
            return self._usable(connector_id)

    def manifest(self, connector_id: str) -> Manifest:
        """Give the facts of a usable connector; runs none of its code.

        Raises:
            PluginNotLoadableError: No such plugin, or it is broken, a duplicate or switched off.
            PluginTooNewError: It needs another version of the plugin contract.
        """
        with self._lock:
            manifest = self._usable(connector_id).manifest
        if manifest is None:
            raise PluginNotLoadableError("plugin.manifest_missing", plugin=connector_id)
        return manifest

    def connector(self, connector_id: str) -> Connector:
        """Give a connector, importing its plugin on the first call.

        Raises:
            PluginNotLoadableError: No such plugin, it is not usable, or its code raised.
            PluginTooNewError: It needs another version of the plugin contract.
            ContractBrokenError: Its code and its manifest disagree.
        """
        with self._lock:
            gate = self._gates.setdefault(connector_id, threading.Lock())
        with gate:  # two threads asking at once import it once
            with self._lock:
                self._refuse_switched_off(connector_id)
                if connector_id in self._connectors:
                    self._note(replace(self._usable(connector_id), status=PluginStatus.LOADED))
                    return self._connectors[connector_id]
                self._raise_again(connector_id)
                record = self._usable(connector_id)
                if record.manifest is not None and not record.manifest.has_connector:
                    raise PluginNotLoadableError("plugin.no_connector", plugin=connector_id)
                self._check_files(record)
            try:
                connector = load_connector(record)
                self._check_files(record)  # what ran is what was hashed: nobody exchanged it between
            except PluginError as error:
                self._note_failure(record, error)
                raise
            with self._lock:
                self._connectors[connector_id] = connector
                self._note(replace(record, status=PluginStatus.LOADED))
            return connector

    def load(self, plugin_id: str) -> None:
        """Import a plugin for what it brings, to see whether it loads. Raises as `connector` and `notify`."""
        manifest = self.manifest(plugin_id)
        if manifest.has_connector:
            self.connector(plugin_id)
        if manifest.channels:
            self.notify(plugin_id)

    def simulator(self, connector_id: str) -> abc.Callable[..., object]:
        """Give the callable that builds a connector's simulator, importing it.

        Raises:
            PluginNotLoadableError: The connector has none, is not usable, or its code raised.
            PluginTooNewError: It needs another version of the plugin contract.
            ContractBrokenError: The manifest names something that is no simulator of its own.
        """
        with self._lock:
            record = self._usable(connector_id)
            self._check_files(record)
        found = load_simulator(self.manifest(connector_id), package=record.package)
        self._check_files(record)
        return found

    def stand_in(self, connector_id: str) -> abc.Callable[..., object]:
        """Give the callable that builds a connector's stand-in for benchmarks, importing it.

        Raises:
            PluginNotLoadableError: The connector has none, is not usable, or its code raised.
            PluginTooNewError: It needs another version of the plugin contract.
            ContractBrokenError: The manifest names something that is none of its own.
        """
        with self._lock:
            record = self._usable(connector_id)
            self._check_files(record)
        found = load_stand_in(self.manifest(connector_id), package=record.package)
        self._check_files(record)
        return found

    def transforms(self, plugin_id: str) -> abc.Mapping[str, Transform]:
        """Give a plugin's named transforms, importing it.

        Raises:
            PluginNotLoadableError: It is not usable, or its code raised.
            PluginTooNewError: It needs another version of the plugin contract.
            ContractBrokenError: It offers others than its manifest names.
        """
        with self._lock:
            record = self._usable(plugin_id)
            if plugin_id in self._transforms:
                return self._transforms[plugin_id]
            self._check_files(record)
        found = load_transforms(record)
        self._check_files(record)
        with self._lock:
            return self._transforms.setdefault(plugin_id, found)

    def notify(self, plugin_id: str) -> Notify:
        """Give what takes a plugin's messages off this machine, importing it.

        Raises:
            PluginNotLoadableError: It is not usable, or its code raised.
            PluginTooNewError: It needs another version of the plugin contract.
            ContractBrokenError: It has no such hook.
        """
        with self._lock:
            self._refuse_switched_off(plugin_id)
            record = self._usable(plugin_id)
            if plugin_id in self._notifies:
                return self._notifies[plugin_id]
            self._check_files(record)
        try:
            found = load_notify(record)
            self._check_files(record)
        except PluginError as error:
            self._note_failure(record, error)
            raise
        with self._lock:
            self._note(replace(record, status=PluginStatus.LOADED))
            return self._notifies.setdefault(plugin_id, found)

    def icon(self, connector_id: str) -> bytes | None:
        """Give the connector's SVG, without running its code; None when it has none.

        Raises:
            PluginNotLoadableError: The connector is not usable, or the file is missing.
        """
        name = self.manifest(connector_id).icon
        with self._lock:
            package = self._usable(connector_id).package
        return None if name is None else checked_icon(read_file(package, name), plugin=connector_id)

    def _known(self) -> dict[tuple[str, str], PluginRecord]:
        if self._records is None:
            self._records = {_key(record): record for record in self._find()}
        return self._records

    def _find(self) -> tuple[PluginRecord, ...]:
        bundle = own_bundle() if self._bundle is None else self._bundle
        return find_plugins(
            self._points(),
            consents=self._read_consents(),
            bundle=bundle,
            faults=self._faults(),
            blocklist=self._blocklist(),
        )

    def _read_consents(self) -> Consents:
        """Read what was allowed; a file that cannot be used allows nothing, and the bundled plugins go on."""
        try:
            return self._consents()
        except ConfigurationError as error:
            _log.warning("nothing is allowed: %s", error)
            return Consents()

    def _points(self) -> abc.Iterable[EntryPoint]:
        return installed(self._plugin_dir) if self._entry_points is None else self._entry_points

    def _check_files(self, record: PluginRecord) -> None:
        """Hash a third party's files once more, just before they run and again when they were read.

        Raises:
            PluginNotLoadableError: They are others than those that were allowed.
        """
        if record.is_bundled or record.status is PluginStatus.LOADED:
            return
        if fingerprint(points_of(record, self._points())).hash != record.hash:
            raise PluginNotLoadableError("plugin.changed", plugin=record.id, differs="its files, just now")

    def _refuse_switched_off(self, connector_id: str) -> None:
        """Look again at a plugin that runs: a person, or its own faults, may have switched it off since."""
        record = self._first(connector_id)
        if record is None or record.status is not PluginStatus.LOADED:
            return
        faults = Faults() if record.is_bundled else self._faults()
        is_off = connector_id in self._read_consents().disabled
        if is_off or faults.is_out(connector_id) or faults.crashed:
            self._look_again(connector_id)

    def _look_again(self, connector_id: str) -> None:
        for found in self._find():
            if found.id == connector_id:
                self._note(found)

    def _usable(self, connector_id: str) -> PluginRecord:
        record = self._first(connector_id)
        if record is None or record.status in _MAY_BE_ALLOWED:
            self._look_again(connector_id)  # a person may have allowed or installed it since
            record = self._first(connector_id)
        if record is None:
            names = ", ".join(sorted({each.id for each in self._known().values()}))
            raise PluginNotLoadableError("plugin.unknown", plugin=connector_id, known=names)
        if record.is_usable and not record.is_bundled and self._is_restricted():
            raise PluginNotLoadableError("plugin.workspace_restricted", plugin=record.id)
        if record.is_usable:
            return record
        facts = {name: value for name, value in record.facts if name not in {"plugin", "distribution"}}
        kind = PluginTooNewError if record.status is PluginStatus.TOO_NEW else PluginNotLoadableError
        raise kind(record.reason, plugin=record.id, distribution=record.distribution, **facts)

    def _first(self, connector_id: str) -> PluginRecord | None:
        return next((each for each in self._known().values() if each.id == connector_id), None)

    def _raise_again(self, connector_id: str) -> None:
        failure = self._failures.get(connector_id)
        if failure is not None:
            raise type(failure)(failure.code, **failure.facts) from failure.__cause__

    def _note(self, record: PluginRecord) -> None:
        self._known()[_key(record)] = record

    def _note_failure(self, record: PluginRecord, error: PluginError) -> None:
        told = "".join(traceback.format_exception(error.__cause__ or error))
        with self._lock:
            self._failures[record.id] = error
            self._note(
                replace(
                    record,
                    status=PluginStatus.FAILED,
                    reason=error.code,
                    facts=tuple(error.facts.items()),
                    traceback=told[-MOST_TRACEBACK:],
                )
            )


def _key(record: PluginRecord) -> tuple[str, str]:
    return record.id, f"{record.distribution}:{record.package}"
