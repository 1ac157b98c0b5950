"""The demo: every connector with a simulator goes through the whole cycle, and the oracle is asked.

Knows no CRM: objects come from the manifest, fields from describe. `lost` and `duplicated` come from
the simulators' applied-logs, read after all processes ended.
"""

import contextlib
import csv
import os
import shutil
from collections import Counter, abc
from dataclasses import dataclass, field
from pathlib import Path

from writeback.errors import InternalError
from writeback.host.hosting import Host
from writeback.model.changes import Origin
from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.jobs import Counts, Route
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.facade import ConnectionWish, Edit, IntegrationWish, PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorChild, spawn_simulator
from writeback.runtime.tallying import tally
from writeback.sdk.manifest import CrmObject
from writeback.sdk.simulator import read_applied
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.settings import Settings
from writeback.store.records import key_of

Report = dict[str, object]
Tell = abc.Callable[[str], None]

AUTHOR = "demo"
EDITS = 3
WORDS = ("Demo A", "Demo B", "Demo C")
MAPPED_KINDS = (
    AttributeType.LIST,
    AttributeType.MULTI_LIST,
    AttributeType.BOOLEAN,
    AttributeType.DATE,
)


@dataclass(slots=True)
class _Act:
    """What happened with one connector."""

    connector: str
    records_pulled: int = 0
    writes_realtime: int = 0
    writes_reviewed: int = 0
    bulk_rows_applied: int = 0
    conflicts_found: int = 0
    undone: int = 0
    written: Counter[str] = field(default_factory=Counter)


def demonstrate(
    folder: Path,
    *,
    rows: int,
    settings: Settings,
    tell: Tell,
    before_end: abc.Callable[[SimulatorChild], None] = lambda _simulator: None,
) -> Report:
    """Run the whole cycle headless and give the report.

    `before_end` is called with each simulator before it is stopped: a test re-sends a write there
    and sees `duplicated` rise.
    """
    acts: list[_Act] = []
    logs: list[tuple[_Act, Path]] = []
    with Runtime.open(folder / "demo.writeback", settings=settings, create=True) as runtime:
        for connector in simulated_connectors(Host.for_this_user()):
            simulator = spawn_simulator(connector, rows=rows, folder=folder)
            try:
                act = _Cycle(runtime, simulator, connector, folder=folder, rows=rows, tell=tell).run()
                act.written = _written(runtime, connector)
                before_end(simulator)
            finally:
                simulator.stop()
            acts.append(act)
            logs.append((act, simulator.applied_log))
    tallies = [tally(act.written, read_applied(log)) for act, log in logs]
    return {
        "connections": len(acts),
        **{name: sum(getattr(act, name) for act in acts) for name in _SUMMED},
        "lost": sum(one.lost for one in tallies),
        "duplicated": sum(one.duplicated for one in tallies),
        "connectors": {act.connector: {name: getattr(act, name) for name in _SUMMED} for act in acts},
    }


_SUMMED = (
    "records_pulled",
    "writes_realtime",
    "writes_reviewed",
    "bulk_rows_applied",
    "conflicts_found",
    "undone",
)


@contextlib.contextmanager
def prepare_demo(folder: Path, *, rows: int, settings: Settings, tell: Tell) -> abc.Iterator[Path]:
    """Build a demo workspace with running simulators for a window; they stop at the end."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    workspace = folder / "demo.writeback"
    simulators: list[SimulatorChild] = []
    try:
        with Runtime.open(workspace, settings=settings, create=True) as runtime:
            for connector in simulated_connectors(Host.for_this_user()):
                simulator = spawn_simulator(connector, rows=rows, folder=folder)
                simulators.append(simulator)
                set_up(runtime, simulator, connector, folder=folder, tell=tell)
        yield workspace
    finally:
        for simulator in simulators:
            simulator.stop()


def simulated_connectors(host: Host) -> tuple[str, ...]:
    """Give the ids of usable connectors that bring a simulator."""
    return tuple(
        record.id
        for record in host.plugins()
        if record.is_usable and record.manifest is not None and record.manifest.simulator
    )


class _Cycle:
    """One connector's way through the demo."""

    def __init__(
        self,
        runtime: Runtime,
        simulator: SimulatorChild,
        connector: str,
        *,
        folder: Path,
        rows: int,
        tell: Tell,
    ) -> None:
        self._runtime = runtime
        self._simulator = simulator
        self._connector = connector
        self._folder = folder
        self._rows = rows
        self._tell: Tell = lambda text: tell(f"{connector}: {text}")
        self._connection, self._integration, self._pulled = set_up(
            runtime, simulator, connector, folder=folder, tell=tell
        )
        self._info = _edited_field(runtime, self._integration)
        self._attribute, self._values = edited_attribute(runtime, self._integration)

    def run(self) -> _Act:
        """Edit in real time, by a reviewed plan and in bulk; meet a conflict; undo."""
        page = self._runtime.told.records(self._integration.entity, limit=2 * EDITS + 1)
        records = [one.id for one in page.records]
        act = _Act(self._connector, records_pulled=self._pulled)

        self._tell(f"{EDITS} edits in real time")
        for rid in records[:EDITS]:
            act.writes_realtime += self._send_edit(Edit(rid, self._attribute, self._other(rid))).applied

        self._tell(f"{EDITS} edits through a reviewed plan")
        drafts = tuple(Edit(rid, self._attribute, self._other(rid)) for rid in records[EDITS : 2 * EDITS])
        self._runtime.save_edits(drafts, origin=Origin.CLI, author=AUTHOR, act=self._runtime.new_id())
        act.writes_reviewed = self._send(PlanSource(kind="drafts", author=AUTHOR))[0].applied

        self._tell("a conflict with somebody else's edit")
        act.conflicts_found = self._conflict(records[2 * EDITS])

        self._tell(f"a bulk job of {self._rows // 2} rows, then its undo")
        counts, job = self._send(self._file_source(self._bulk_file(after=records[-1])))
        act.bulk_rows_applied = counts.applied
        undo = PlanSource(kind="undo", origin=Origin.UNDO, author=AUTHOR, job_id=job)
        act.undone = self._send(undo)[0].applied
        return act

    def _other(self, rid: RecordId) -> str:
        """Give a value that the record does not hold."""
        held = self._runtime.told.find_record(rid).values.get(self._attribute)
        return next(value for value in self._values if value != held)

    def _send_edit(self, edit: Edit) -> Counts:
        answers = self._runtime.save_edits(
            (edit,), origin=Origin.CLI, author=AUTHOR, act=self._runtime.new_id(), send=True
        )
        return self._finished([answer.job_id for answer in answers if answer.job_id is not None])

    def _send(self, source: PlanSource) -> tuple[Counts, JobId]:
        plan = self._runtime.propose(source, act=self._runtime.new_id())
        jobs = self._runtime.submit(plan.id, act=self._runtime.new_id())
        return self._finished(jobs), jobs[0]

    def _finished(self, jobs: abc.Sequence[JobId]) -> Counts:
        self._runtime.run_until_final(jobs)
        counts = [self._runtime.told.job(job).counts for job in jobs]
        return Counts(
            rows=sum(one.rows for one in counts),
            applied=sum(one.applied for one in counts),
            conflict=sum(one.conflict for one in counts),
        )

    def _conflict(self, rid: RecordId) -> int:
        """Let somebody else change a value in the CRM, then write our own over the old one."""
        held = self._runtime.told.find_record(rid).values.get(self._attribute)
        theirs, ours = [value for value in self._values if value != held][:2]
        crm_id = key_of(rid)
        self._simulator.edit(self._integration.object, crm_id, {self._info.name: theirs})
        return self._send_edit(Edit(rid, self._attribute, ours)).conflict

    def _bulk_file(self, *, after: RecordId) -> Path:
        path = self._folder / f"{self._connector}.csv"
        page = self._runtime.told.records(self._integration.entity, limit=self._rows // 2, after=after)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow((self._integration.key, self._info.name))
            for one in page.records:
                held = one.values.get(self._attribute)
                writer.writerow((one.key, next(value for value in self._values if value != held)))
        return path

    def _file_source(self, file: Path) -> PlanSource:
        manifest = self._runtime.manifest(self._connector)
        return PlanSource(
            kind="file",
            origin=Origin.FILE,
            author=AUTHOR,
            path=str(file),
            connection=self._connection.name,
            object=self._integration.object,
            key=self._integration.key,
            route=Route.BULK if manifest.routes.bulk is not None else Route.BATCH,
        )


def set_up(
    runtime: Runtime, simulator: SimulatorChild, connector: str, *, folder: Path, tell: Tell
) -> tuple[Connection, Integration, int]:
    """Connect a running simulator, map its first object and pull it; gives how many records came."""
    manifest = runtime.manifest(connector)
    token_file = folder / f"{connector}.token"
    with open(token_file, "w", encoding="utf-8", opener=_private) as file:
        file.write(simulator.token)
    name = f"{manifest.title} demo"
    wish = ConnectionWish(name, connector, endpoint=simulator.url, token_file=str(token_file))
    connection = runtime.connect(wish, act=runtime.new_id())
    tell(f"{connector}: connected to {connection.org.name if connection.org else '?'}")
    wanted = manifest.objects[0]
    integration = runtime.add_integration(
        IntegrationWish(name, wanted.name, wanted.entity, wanted.key), act=runtime.new_id()
    )
    description = runtime.describe(name, wanted.name)
    mappings = _mappings(runtime, integration, wanted, description)
    integration = runtime.map_fields(integration.id, mappings, act=runtime.new_id())
    report = runtime.pull(integration.id, act=runtime.new_id())
    tell(f"{connector}: {report.read} records pulled, {len(mappings)} fields mapped")
    return connection, integration, report.read


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _mappings(
    runtime: Runtime, integration: Integration, wanted: CrmObject, description: ObjectDescription
) -> tuple[FieldMapping, ...]:
    """Choose the fields that the manifest proposes, and one of the org's own for each further kind."""
    proposed = {one.path: one.attribute for one in runtime.suggest_mappings(integration.id)}
    chosen = [path for path in wanted.fields if "." in path or description.field(path) is not None]
    if description.name_field not in chosen:
        chosen.insert(0, description.name_field)
    for kind in MAPPED_KINDS:
        of_kind = [
            info.name
            for info in description.fields
            if info.kind is kind and info.is_updateable and info.reference is None and info.name not in chosen
        ]
        chosen += of_kind[-1:]  # an org's own fields stand behind the CRM's
    return tuple(
        FieldMapping(
            FieldPath.parse(path),
            proposed.get(path) or _attribute_name(path),
            write_back=path != description.name_field,
        )
        for path in chosen
    )


def _attribute_name(path: str) -> str:
    words = "".join(f"_{char}" if char.isupper() else char for char in path.replace(".", "_"))
    return "_".join(part for part in words.lower().split("_") if part)


def edited_attribute(runtime: Runtime, integration: Integration) -> tuple[str, tuple[str, ...]]:
    """Choose an attribute to be edited, and values it may hold."""
    info = _edited_field(runtime, integration)
    mapping = next(one for one in integration.mappings if str(one.path) == info.name)
    return mapping.attribute, tuple(option.value for option in info.options if option.active) or WORDS


def _edited_field(runtime: Runtime, integration: Integration) -> FieldInfo:
    description = runtime.describe(integration.connection_id, integration.object)
    mapped = [description.field(str(one.path)) for one in integration.mappings if one.write_back]
    known = [info for info in mapped if info is not None and info.is_updateable]
    for kind in (AttributeType.LIST, AttributeType.TEXT):
        for info in known:
            if info.kind is kind:
                return info
    raise InternalError("demo.no_field", object=description.name)


def _written(runtime: Runtime, connector: str) -> Counter[str]:
    """Count from the ledger how often each record was written on this connector's connections."""
    counted: Counter[str] = Counter()
    for job in runtime.told.jobs(limit=10_000):
        if runtime.connector_of(job.connection_id) == connector:
            counted.update(row.record_id for row in runtime.told.job_rows(job.id, outcome="applied"))
    return counted
