"""The write protocol around a subject: a workspace, the engine, a simulator, and the oracle that is asked.

Everything runs in this process with short waits. A *kill* is an exception at a failpoint, after which
the job goes on as a next worker would: what is in flight is read back, never assumed. The applied-log
counts requests applied, never final values; the doctor checks the invariants after each run.
"""

import csv
import dataclasses
import random  # noqa: TID251  the type of what the engine is handed
import shutil
import threading
from collections import Counter, abc
from pathlib import Path
from typing import Final, Self

from writeback import settings as settings_module
from writeback.conformance.benches import serve_subject
from writeback.conformance.promises import BrokenPromiseError, NotApplicableError, expect
from writeback.conformance.quality import FaultName
from writeback.conformance.stages import Stage
from writeback.conformance.subjects import SubjectHost
from writeback.engine.checking import check_workspace
from writeback.engine.dispatching import ThreadDispatcher
from writeback.engine.pacing import Pace
from writeback.model.connections import Connection
from writeback.model.creating import Creating
from writeback.model.jobs import JobState, Route
from writeback.model.types import AttributeType, JobId
from writeback.runtime.facade import ConnectionWish, JobView, PlanSource
from writeback.runtime.runtime import Runtime, new_id, utc_now
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Fault, Running
from writeback.sdk.simulator.faults import Fact
from writeback.settings import FailpointWish, Settings
from writeback.store import outbox
from writeback.store.workspace import Workspace
from writeback.transport.failpoints import arm, was_reached

NAME: Final = "examined"
FAST: Final = Pace(
    lease_s=5.0,
    renew_s=1.0,
    margin_s=1.0,
    quiet_s=0.01,
    second_look_s=0.01,
    unreadable_s=(0.05, 0.05),
    poll_first_s=0.01,
    poll_most_s=0.05,
    idle_s=0.02,
    again_s=0.02,
    wait_first_s=0.05,
)
PATIENCE_S: Final = 40.0


class Room:
    """One connected workspace; a context manager."""

    def __init__(self, stage: Stage, *, compares: bool = True) -> None:
        self.subject, self.compares = stage.subject, compares
        self.folder = stage.new_folder()
        self.running: Running = serve_subject(self.subject, applied_log=self.folder / "applied.jsonl")
        self._acts = 0
        self._token = self.folder / "token"
        self.sign_in()
        self._settings = _settings(self.folder, ca=stage.ca)
        workspace = _workspace(stage, self.folder)
        self.runtime = Runtime(workspace, settings=self._settings, host=SubjectHost(self.subject))
        probe = self.subject.quality.probe
        self.connection = self.connect(self.running.url)
        described = self.runtime.describe(NAME, probe.object)
        self.key = described.key_field
        named = probe.fields.get(AttributeType.TEXT)
        fields = [info for info in described.fields if info.kind is AttributeType.TEXT and info.is_updateable]
        found = next((info for info in fields if named is None or info.name == named), None)
        if found is None:
            raise NotApplicableError(f"{probe.object} has no text field that may be written")
        self.field, self.length = found.name, found.length or 0
        session = self.runtime.sessions.open(self.connection.id)
        pages = session.read(ReadQuery(probe.object, (self.key,)))
        self.bases = {row[0]: row[1] for page in pages for row in page.rows}
        self.ids = sorted(self.bases)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        arm(self._settings)  # disarm
        self.runtime.close()
        self.running.close()

    def sign_in(self, token: str | None = None) -> None:
        """Put a token into the file that the connection names."""
        self._token.touch(mode=0o600)
        self._token.write_text(token or self.running.token, "utf-8")

    def connect(self, endpoint: str) -> Connection:
        """Connect, or sign in again, at an address."""
        wish = ConnectionWish(
            NAME,
            self.subject.manifest.id,
            endpoint=endpoint,
            token_file=str(self._token),
            options=tuple(self.subject.quality.probe.connection.items()),
        )
        return self.runtime.connect(wish, act=self._act())

    # jobs

    def submit(self, wishes: abc.Mapping[str, str], route: Route) -> JobId:
        """Plan and submit a job that writes one text a record."""
        return self.submit_plan(self.plan(wishes, route))

    def plan(self, wishes: abc.Mapping[str, str], route: Route) -> str:
        """Plan a job; nothing is sent."""
        return self._propose([(self.key, self.field), *wishes.items()], self.key, route)

    def submit_new(self, rows: abc.Sequence[abc.Mapping[str, str]], key: str, route: Route) -> JobId:
        """Plan and submit a job that makes records; each row names the same fields, the key among them."""
        cells = [tuple(rows[0]), *(tuple(row.values()) for row in rows)]
        return self.submit_plan(self._propose(cells, key, route, creating=Creating.ONLY))

    def _propose(
        self,
        cells: abc.Sequence[abc.Sequence[str]],
        key: str,
        route: Route,
        *,
        creating: Creating = Creating.NEVER,
    ) -> str:
        source = self.folder / f"rows{self._acts}.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(cells)
        wish = PlanSource(
            "file",
            path=str(source),
            connection=NAME,
            object=self.subject.quality.probe.object,
            key=key,
            route=route,
            author="conformance",
            compares=self.compares,
            creating=creating,
        )
        return self.runtime.propose(wish, act=self._act()).id

    def submit_plan(self, plan: str) -> JobId:
        """Submit a plan that has one job."""
        org = self.connection.org.name if self.connection.org else ""
        (job,) = self.runtime.submit(plan, confirm_org=org, act=self._act())  # type: ignore[arg-type]  # a PlanId
        return job

    def run(self, job: JobId, *, pace: Pace = FAST) -> JobView:
        """Work until the job goes no further by itself.

        Raises:
            BrokenPromiseError: It does not come to an end.
        """
        stopping = threading.Event()
        timer = threading.Timer(PATIENCE_S, stopping.set)
        timer.daemon = True
        timer.start()
        desk = dataclasses.replace(self.runtime.sending.desk(stopping), pace=pace, rng=random.Random(7))  # noqa: S311  jitter
        try:
            ThreadDispatcher(desk, threads=1).run_until_final([job])
        finally:
            timer.cancel()
        if stopping.is_set():
            raise BrokenPromiseError(f"the job is {self.view(job).state.value} after {PATIENCE_S:.0f} s")
        return self.view(job)

    def resume(self, job: JobId) -> None:
        """Let a stopped job go on."""
        self.runtime.resume(job, act=self._act())

    def view(self, job: JobId) -> JobView:
        """Give the job as it stands."""
        return self.runtime.told.job(job)

    def break_at(self, failpoint: str, *, nth: int = 1) -> None:
        """Arm a failpoint."""
        arm(dataclasses.replace(self._settings, failpoint=FailpointWish(failpoint, "raise", nth)))

    def mend(self) -> bool:
        """Disarm it; say whether it was reached."""
        is_reached = was_reached()
        arm(self._settings)
        return is_reached

    # faults

    def fault(self, kind: str, **facts: Fact) -> None:
        """Arm a fault of the chassis."""
        self.running.crm.faults.arm(Fault.read({"kind": kind, **facts}))

    def own_fault(
        self, name: FaultName, *, record: str = "", on: abc.Mapping[str, Fact] | None = None
    ) -> None:
        """Arm a fault of the simulator's own, `on` some requests. Raises as `Quality.lacking` says."""
        quality = self.subject.quality
        wish = quality.fault(name, object=quality.probe.object, field=self.field, id=record)
        if wish is None:
            raise quality.lacking(name.value)
        self.running.crm.faults.arm(Fault.read({**wish, **(on or {})}))

    def calm(self) -> None:
        """Let everything go right again."""
        self.running.crm.faults.disarm()

    def armed(self) -> int:
        """Count the faults that have not happened yet."""
        return len(self.running.crm.faults.armed())

    def refused(self) -> int:
        """Count the requests that the simulator refused."""
        seen = self.running.crm.requests.told()["requests"]
        entries = seen if isinstance(seen, list) else []
        return sum(isinstance(one["status"], int) and one["status"] >= 400 for one in entries)

    # the oracle

    def times_applied(self) -> Counter[str]:
        """Count what the simulator wrote for us, by record."""
        return Counter(str(entry["id"]) for entry in own_entries(self.running))

    def outcomes(self, job: JobId) -> dict[str, str]:
        """Give the outcome of each record, as the ledger has it."""
        with self.runtime.workspace.reading() as db:
            ended = outbox.outcomes_of(db, job, (0, 10**9))
        return {str(row.record_id): str(outcome) for row, outcome, *_ in ended}

    def must_be_done(self, job: JobId, wishes: abc.Mapping[str, str]) -> None:
        """Hold a job that has to be done against the oracle: each row applied, once, as wished."""
        view = self.view(job)
        expect(view.state is JobState.DONE, f"the job is {view.state.value}: {view.stop}")
        self.must_add_up(job)
        outcomes = self.outcomes(job)
        missed = [outcomes.get(one, "open") for one in wishes if outcomes.get(one) != "applied"]
        expect(not missed, f"{len(missed)} of {len(wishes)} rows ended {missed[:1]}")

    def must_add_up(self, job: JobId) -> None:
        """Hold ledger, applied-log and invariants against each other: none lost, none doubled."""
        times = self.times_applied()
        for record_id, outcome in self.outcomes(job).items():
            expected = 1 if outcome == "applied" else 0
            expect(
                times[record_id] == expected,
                f"{record_id} is {outcome} and was applied {times[record_id]} times",
            )
        strangers = set(times) - set(self.outcomes(job))
        expect(not strangers, f"{len(strangers)} records were written that nobody asked for")
        report = check_workspace(self.runtime.workspace)
        expect(report.ok, f"doctor: {report.violations}")
        self.must_have_intents()

    def must_have_intents(self) -> None:
        """Hold every applied request against an intent by the hash of its bytes (I1)."""
        with self.runtime.workspace.reading() as db:
            rows = db.exec_driver_sql("select payload_hash from attempts").all()
        intents = {str(row[0]) for row in rows}
        sent = {str(entry["sha256"]) for entry in own_entries(self.running) if entry["job"] is None}
        expect(sent <= intents, f"{len(sent - intents)} requests were applied without an intent")

    def _act(self) -> str:
        self._acts += 1
        return f"act{self._acts}"


def own_entries(running: Running) -> list[dict[str, object]]:
    """Give what a simulator wrote for the program, leaving out edits by somebody else."""
    return [entry for entry in running.crm.applied.entries() if entry["route"] != "foreign"]


def texts(ids: abc.Iterable[str], text: str = "examined") -> dict[str, str]:
    """Give a text for each record, each its own."""
    return {one: f"{text} {place}" for place, one in enumerate(ids)}


def _settings(folder: Path, *, ca: Path) -> Settings:
    places = {f"WRITEBACK_{name}_DIR": str(folder) for name in ("DATA", "CONFIG", "LOG")}
    return settings_module.load({**places, "WRITEBACK_CA_FILE": str(ca)})


def _workspace(stage: Stage, folder: Path) -> Workspace:
    """Give an empty workspace: made once a run, copied for each room."""
    template = stage.kept.get("workspace")
    if not isinstance(template, Path):
        template = stage.new_folder() / "empty.writeback"
        Workspace.create(template, now=utc_now, new_id=new_id).close()
        stage.kept["workspace"] = template
    path = folder / "room.writeback"
    shutil.copy2(template, path)
    return Workspace.open(path, now=utc_now, new_id=new_id)
