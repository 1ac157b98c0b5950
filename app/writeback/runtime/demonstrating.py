"""The demo: all connectors with a simulator in one workspace go through the whole cycle.

One account is edited once and written to all CRMs, then once more while one of them is down; then each
CRM meets edits, a reviewed plan, a conflict, a large job and its undo. Knows no CRM. `lost` and
`duplicated` come from the simulators' applied-logs, read after all processes ended.
"""

import contextlib
import csv
import shutil
from collections import Counter, abc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from writeback.errors import InternalError
from writeback.host.hosting import Host
from writeback.model.changes import Origin
from writeback.model.jobs import Counts, JobKind, Route
from writeback.model.types import JobId, RecordId
from writeback.runtime.demonstrating_references import ReferenceAct, leave_drafts
from writeback.runtime.facade import Edit, PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Crew, Stage, Tell, edited_attribute, edited_field
from writeback.runtime.simulating import SimulatorChild, spawn_simulators
from writeback.runtime.tallying import tally
from writeback.runtime.telling import RecordPage
from writeback.sdk.simulator import read_applied
from writeback.settings import Settings

Report = dict[str, object]

AUTHOR = "demo"
EDITS = 3


@dataclass(slots=True)
class _Act:
    """What happened with one CRM."""

    name: str
    records_pulled: int = 0
    writes_realtime: int = 0
    writes_reviewed: int = 0
    bulk_rows_applied: int = 0
    conflicts_found: int = 0
    undone: int = 0
    references: Report | None = None
    """Both meanings of an edit through a reference; None where the CRM lets nothing be edited there."""
    written: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _FanOut:
    """What became of one account that stands in all CRMs."""

    targets: int = 0
    written: int = 0
    """Of the first edit: CRMs that confirmed it."""
    written_while_one_down: int = 0
    queued: int = 0
    """For the one that was down."""
    written_later: int = 0
    states: dict[str, str] = field(default_factory=dict)
    """Of the value, by CRM, while one was down."""


_SUMMED = (
    "records_pulled",
    "writes_realtime",
    "writes_reviewed",
    "bulk_rows_applied",
    "conflicts_found",
    "undone",
)


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
    with (
        Runtime.open(folder / "demo.writeback", settings=settings, create=True) as runtime,
        running_simulators(folder, rows=rows) as simulators,
    ):
        crew = Crew(runtime, folder, tell)
        stages = [crew.set_up(simulator, simulator.connector, shares=True) for simulator in simulators]
        people = sum(crew.add_people(stage) for stage in stages)
        fan_out, acts = live_in(crew, stages, rows=rows)
        for stage, act in zip(stages, acts, strict=True):
            act.written, act.writes_realtime = _written(runtime, stage)
            before_end(stage.simulator)
    tallies = [
        tally(act.written, read_applied(stage.simulator.applied_log))
        for stage, act in zip(stages, acts, strict=True)
    ]
    return {
        "connections": len(acts),
        **{name: sum(getattr(act, name) for act in acts) for name in _SUMMED},
        "people_pulled": people,
        "accounts_linked": sum(stage.linked for stage in stages),
        "lost": sum(one.lost for one in tallies),
        "duplicated": sum(one.duplicated for one in tallies),
        "fan_out": {
            "targets": fan_out.targets,
            "written": fan_out.written,
            "written_while_one_down": fan_out.written_while_one_down,
            "queued": fan_out.queued,
            "written_later": fan_out.written_later,
            "states": fan_out.states,
        },
        "references": {act.name: act.references for act in acts if act.references is not None},
        "connectors": {act.name: {name: getattr(act, name) for name in _SUMMED} for act in acts},
    }


def live_in(crew: Crew, stages: abc.Sequence[Stage], *, rows: int) -> "tuple[_FanOut, list[_Act]]":
    """Work with the CRMs as people do: one edit for all, then each one's cycle side by side."""
    acts = [_Act(stage.name, records_pulled=stage.pulled) for stage in stages]
    cast = _Cast(crew.runtime, crew, stages)
    fan_out = cast.fan_out()
    cycles = [_Cycle(cast, stage, act, rows=rows) for stage, act in zip(stages, acts, strict=True)]
    with ThreadPoolExecutor(len(cycles)) as pool:  # each mostly waits for its own CRM
        for done in [pool.submit(cycle.run) for cycle in cycles]:
            done.result()
    return fan_out, acts


@contextlib.contextmanager
def prepare_demo(folder: Path, *, rows: int, settings: Settings, tell: Tell) -> abc.Iterator[Path]:
    """Build a demo workspace with running simulators for a window; they stop at the end."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    workspace = folder / "demo.writeback"
    with running_simulators(folder, rows=rows) as simulators:
        with Runtime.open(workspace, settings=settings, create=True) as runtime:
            crew = Crew(runtime, folder, tell)
            for simulator in simulators:
                stage = crew.set_up(simulator, simulator.connector, shares=True)
                crew.add_people(stage)
                leave_drafts(runtime, stage.integration)
        yield workspace


def simulated_connectors(host: Host) -> tuple[str, ...]:
    """Give the ids of usable connectors that bring a simulator."""
    return tuple(
        record.id
        for record in host.plugins()
        if record.is_usable and record.manifest is not None and record.manifest.simulator
    )


@contextlib.contextmanager
def running_simulators(folder: Path, *, rows: int) -> abc.Iterator[tuple[SimulatorChild, ...]]:
    """Run a simulator of each connector; a connector that is alone runs twice, as two orgs."""
    connectors = simulated_connectors(Host.for_this_user())
    wanted = connectors if len(connectors) != 1 else (*connectors, *connectors)
    simulators = spawn_simulators(wanted, rows=rows, folder=folder)
    try:
        yield simulators
    finally:
        for simulator in simulators:
            simulator.stop()


@dataclass(frozen=True, slots=True)
class _Cast:
    """All CRMs of the demo in one workspace."""

    runtime: Runtime
    crew: Crew
    stages: abc.Sequence[Stage]

    def fan_out(self) -> _FanOut:
        """Edit an account that stands in all CRMs, with all of them up and with one down."""
        told = _FanOut()
        first, second = (self.runtime.told.find_record(key).id for key in self.stages[0].shared[:2])
        told.targets = len(self.runtime.told.record(first).targets_of(NOTES))
        self.crew.tell(f"one account edited once and written to {told.targets} CRMs")
        self.send_edit(Edit(first, NOTES, "Written everywhere by the demo"))
        told.written = self._confirmed(first)

        down = self.stages[-1]
        self.crew.tell(f"{down.name} is stopped; the same edit of another account")
        down.simulator.stop()
        jobs = self.send_edit(Edit(second, NOTES, "Written later where the CRM was down"))
        states = self.runtime.told.record(second).targets_of(NOTES)
        told.states = {target.connection: target.state for target in states}
        told.written_while_one_down = self._confirmed(second)
        told.queued = sum(target.state == "queued" for target in states)
        self.crew.tell(
            f"{told.written_while_one_down} written, {told.queued} queued; {down.name} starts again"
        )
        down.simulator.start_again()
        self.crew.write_token(down.name, down.simulator)
        self.finish(jobs)
        told.written_later = self._confirmed(second) - told.written_while_one_down
        return told

    def send_edit(self, edit: Edit) -> tuple[JobId, ...]:
        """Send one edit in real time; gives its jobs, which were worked on."""
        (answer,) = self.runtime.save_edits(
            (edit,), origin=Origin.CLI, author=AUTHOR, act=self.runtime.new_id(), send=True
        )
        self.finish(answer.job_ids)
        return answer.job_ids

    def send(self, source: PlanSource) -> tuple[Counts, JobId]:
        """Plan, submit and work to the end; gives the counts, and the first job."""
        plan = self.runtime.propose(source, act=self.runtime.new_id())
        orgs = (stage.connection.org for stage in self.stages)
        names = "; ".join(org.name for org in orgs if org is not None)  # a simulator may say it is production
        jobs = self.runtime.submit(plan.id, confirm_org=names, act=self.runtime.new_id())
        return self.finish(jobs), jobs[0]

    def finish(self, jobs: abc.Sequence[JobId]) -> Counts:
        """Work on jobs until none goes further by itself; gives their counts."""
        self.runtime.run_until_final(jobs)
        counts = [self.runtime.told.job(job).counts for job in jobs]
        return Counts(
            rows=sum(one.rows for one in counts),
            applied=sum(one.applied for one in counts),
            conflict=sum(one.conflict for one in counts),
        )

    def _confirmed(self, record: RecordId) -> int:
        states = self.runtime.told.record(record).targets_of(NOTES)
        return sum(target.state == "confirmed" for target in states)


class _Cycle:
    """One CRM's way through the demo."""

    def __init__(self, cast: _Cast, stage: Stage, act: _Act, *, rows: int) -> None:
        self._cast = cast
        self._stage = stage
        self._act = act
        self._runtime = cast.runtime
        self._integration = stage.integration
        self._rows = rows
        self._tell: Tell = lambda text: cast.crew.tell(f"{stage.name}: {text}")
        self._info = edited_field(cast.runtime, stage.integration)
        self._attribute, self._values = edited_attribute(cast.runtime, stage.integration)

    def run(self) -> None:
        """Edit in real time, by a reviewed plan and in bulk; meet a conflict; undo."""
        page = self._page(limit=2 * EDITS + 1 + len(self._stage.shared))
        records = [one.id for one in page.records if page.keys[one.id] not in self._stage.shared][
            : 2 * EDITS + 1
        ]
        act = self._act

        self._tell(f"{EDITS} edits in real time")
        for rid in records[:EDITS]:
            self._cast.send_edit(Edit(rid, self._attribute, self._other(rid)))

        self._tell(f"{EDITS} edits through a reviewed plan")
        drafts = tuple(Edit(rid, self._attribute, self._other(rid)) for rid in records[EDITS : 2 * EDITS])
        self._runtime.save_edits(drafts, origin=Origin.CLI, author=AUTHOR, act=self._runtime.new_id())
        mine = PlanSource(kind="drafts", author=AUTHOR, records=tuple(records[EDITS : 2 * EDITS]))
        act.writes_reviewed = self._cast.send(mine)[0].applied

        self._tell("a conflict with somebody else's edit")
        act.conflicts_found = self._conflict()

        referring = ReferenceAct(
            self._runtime,
            self._stage,
            folder=self._cast.crew.folder,
            send_edit=self._cast.send_edit,
            tell=self._tell,
        )
        act.references = referring.play()

        self._tell(f"a bulk job of {self._rows // 2} rows, then its undo")
        counts, job = self._cast.send(self._file_source(self._bulk_file(after=records[-1])))
        act.bulk_rows_applied = counts.applied
        undo = PlanSource(kind="undo", origin=Origin.UNDO, author=AUTHOR, job_id=job)
        act.undone = self._cast.send(undo)[0].applied

    def _page(self, *, limit: int, after: str = "") -> RecordPage:
        entity, own = self._integration.entity, self._integration.id
        return self._runtime.told.records(entity, limit=limit, after=after, integration=own)

    def _other(self, rid: RecordId) -> str:
        """Give a value that the record does not hold."""
        held = self._runtime.told.find_record(rid).values.get(self._attribute)
        return next(value for value in self._values if value != held)

    def _conflict(self) -> int:
        """Let somebody else change a text in the CRM, then write our own over the old one."""
        notes = self._integration.mapping_of(NOTES)
        page = self._page(limit=self._rows)
        alone = (
            one.id for one in reversed(page.records) if len(self._runtime.told.record(one.id).links) == 1
        )
        rid = next(alone, None)
        if notes is None or rid is None:
            raise InternalError("demo.no_field", object=self._integration.object)
        key = page.keys[rid]
        # free text looks the same on every wire; an option does not
        self._stage.simulator.edit(self._integration.object, key, {str(notes.path): "Theirs"})
        jobs = self._cast.send_edit(Edit(rid, NOTES, "Ours"))
        views = [self._runtime.told.job(job) for job in jobs]
        return sum(view.counts.conflict for view in views if view.connection_id == self._stage.connection.id)

    def _bulk_file(self, *, after: RecordId) -> Path:
        path = self._cast.crew.folder / f"{self._stage.name.replace(' ', '-')}.csv"
        page = self._page(limit=self._rows // 2, after=after)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow((self._integration.key, self._info.name))
            for one in page.records:
                held = one.values.get(self._attribute)
                writer.writerow((page.keys[one.id], next(value for value in self._values if value != held)))
        return path

    def _file_source(self, file: Path) -> PlanSource:
        manifest = self._runtime.manifest(self._stage.connector)
        return PlanSource(
            kind="file",
            origin=Origin.FILE,
            author=AUTHOR,
            path=str(file),
            connection=self._stage.connection.name,
            object=self._integration.object,
            key=self._integration.key,
            route=Route.BULK if manifest.routes.bulk is not None else Route.BATCH,
        )


def _written(runtime: Runtime, stage: Stage) -> tuple[Counter[str], int]:
    """Count from the ledger how often each record was written on a connection, and how much at once."""
    counted: Counter[str] = Counter()
    at_once = 0
    for job in runtime.told.jobs(limit=10_000):
        if job.connection_id == stage.connection.id:
            counted.update(row.record_id for row in runtime.told.job_rows(job.id, outcome="applied"))
            at_once += job.counts.applied if job.kind is JobKind.REAL_TIME else 0
    return counted, at_once
