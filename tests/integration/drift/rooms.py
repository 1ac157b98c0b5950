"""A workspace that is connected to a CRM of its own and mapped, where the CRM's schema may change."""

import csv
import dataclasses
import itertools
import random
import threading
from collections import abc
from pathlib import Path

from tests.doubles.sending_room import FAST
from tests.integration.cli.terminal import token_file
from tests.integration.drift.cases import Case, Fields
from writeback import settings as settings_module
from writeback.engine.dispatching import ThreadDispatcher
from writeback.model.canonical import to_plain
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.jobs import JobState, Route
from writeback.model.types import JobId, PlanId
from writeback.runtime.facade import ConnectionWish, IntegrationWish, JobView, PlanSource, PlanView
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Fault, Running
from writeback.sdk.simulator.faults import Fact

ROWS = 60
SENT = 3
"""Rows of a job."""


class DriftRoom:
    """One CRM, one workspace, for all the drifts of that CRM; each test leaves it as it was."""

    def __init__(self, folder: Path, crm: Fields, running: Running) -> None:
        self.folder, self.crm, self.running = folder, crm, running
        self._acts = itertools.count(1)
        self._numbers = itertools.count(11)
        places = {f"WRITEBACK_{name}_DIR": str(folder) for name in ("DATA", "CONFIG", "LOG")}
        settings = settings_module.load(places)
        self.runtime = Runtime.open(folder / "room.writeback", settings=settings, create=True)
        token = token_file(folder, running.token)
        wish = ConnectionWish("crm", crm.connector, endpoint=running.url, token_file=str(token))
        self.connection = self.runtime.connect(wish, act=self.act())
        made = self.runtime.add_integration(IntegrationWish("crm", crm.object), act=self.act())
        self.integration = made.id
        self.map()
        self._seen = 0
        self.source = folder / "rows.csv"

    def act(self) -> str:
        return f"a{next(self._acts)}"

    def map(self) -> None:
        mappings = tuple(
            FieldMapping(FieldPath.parse(name), f"a_{name.lower()}", write_back=True)
            for name in self.crm.mapped
        )
        self.runtime.map_fields(self.integration, mappings, act=self.act())

    def begin(self) -> None:
        """Forget what was written before this test, and what the CRM was last told to be."""
        self.running.crm.faults.disarm()
        self._seen = len(self.running.crm.applied)
        assert self.runtime.drifts(self.integration).lines == ()

    def drift(self, case: Case, **more: Fact) -> None:
        facts = {name: fact for name, fact in {**case.change, **more}.items() if fact != ""}
        self.fault("drift", **facts)

    def fault(self, kind: str, **facts: Fact) -> None:
        self.running.crm.faults.arm(Fault.read({"kind": kind, **facts}))

    def asked(self, kind: str) -> int:
        """Count the requests of a kind."""
        counts = self.running.crm.requests.told()["counts"]
        return int(str(counts.get(kind, 0))) if isinstance(counts, dict) else 0

    def write(self, case: Case) -> None:
        """Put three rows that are not so yet into a file."""
        with self.source.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([(self.crm.key, *case.wish), *self._rows(case)])

    def plan(self) -> PlanView:
        """Plan the rows of the file."""
        wish = PlanSource(
            "file",
            path=str(self.source),
            connection="crm",
            object=self.crm.object,
            key=self.crm.key,
            route=Route.SINGLE,
            author="ada",
        )
        return self.runtime.propose(wish, act=self.act())

    def submit(self, plan: PlanView) -> JobId:
        (job,) = self.runtime.submit(
            PlanId(plan.id), confirm_org=str(self.connection.org and self.connection.org.name), act=self.act()
        )
        return job

    def run(self, job: JobId) -> JobView:
        """Work on a job, with descriptions that are asked for afresh before every batch."""
        return self.work(job, metadata_s=0.0)

    def work(self, job: JobId, *, metadata_s: float) -> JobView:
        pace = dataclasses.replace(FAST, metadata_s=metadata_s, lease_s=20.0, renew_s=5.0)
        desk = dataclasses.replace(
            self.runtime.sending.desk(threading.Event()),
            pace=pace,
            rng=random.Random(7),  # noqa: S311  jitter, not a secret
        )
        ThreadDispatcher(desk, threads=1).run_until_final([job])
        view = self.runtime.told.job(job)
        if view.state is JobState.STOPPED:
            self.runtime.cancel(job, act=self.act())
        return view

    def applied(self) -> int:
        """Count what the CRM wrote for us since the test began."""
        entries = self.running.crm.applied.entries(after=self._seen)
        return sum(entry["route"] != "foreign" for entry in entries)

    def close(self) -> None:
        self.runtime.close()

    def _rows(self, case: Case) -> list[tuple[str, ...]]:
        (field, text), *_ = case.wish.items()
        session = self.runtime.sessions.open(self.connection.id)
        pages = session.read(ReadQuery(self.crm.object, (field,)))
        held = [(key, values[0]) for page in pages for key, _, values in page.rows]
        some_id = held[-1][0]
        found = []
        for key, value in held[:-1]:
            number = next(self._numbers)
            wanted = text.format(n=number % 89 + 1, d=number % 9 + 1, id=some_id)
            plain = to_plain(value)
            now = plain[0] if isinstance(plain, list) and len(plain) == 1 else plain
            if str(now).lower() != wanted.lower():
                found.append((key, wanted))
        assert len(found) >= SENT, (field, text)
        return found[:SENT]


def open_rooms(folder: Path, crms: abc.Mapping[str, Fields]) -> abc.Iterator[dict[str, DriftRoom]]:
    """Give rooms that are made when they are first asked for."""
    rooms = _Rooms(folder, crms)
    try:
        yield rooms
    finally:
        rooms.close()


class _Rooms(dict[str, DriftRoom]):
    def __init__(self, folder: Path, crms: abc.Mapping[str, Fields]) -> None:
        super().__init__()
        self._folder, self._crms = folder, crms
        self._running: list[Running] = []

    def __missing__(self, name: str) -> DriftRoom:
        folder = self._folder / name
        folder.mkdir()
        running = start_simulator(SimulatorWish(name, rows=ROWS))
        self._running.append(running)
        self[name] = DriftRoom(folder, self._crms[name], running)
        return self[name]

    def close(self) -> None:
        for room in self.values():
            room.close()
        for running in self._running:
            running.close()
