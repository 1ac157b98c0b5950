"""A workspace with one connection and planned jobs, and a dispatcher over the CRM in memory."""

import itertools
import json
import random
import threading
from collections import Counter, abc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection as Db

from tests.doubles.memory_crm import FIELDS, MANIFEST, MemoryCrm, MemorySession, RememberingSession
from writeback.engine.checking import check_workspace
from writeback.engine.dispatching import ThreadDispatcher
from writeback.engine.pacing import Pace
from writeback.engine.turns import Desk
from writeback.model.canonical import row_to_text
from writeback.model.connections import Connection, Environment, Org
from writeback.model.jobs import Assurance, JobKind, JobState, Route
from writeback.model.types import ConnectionId, JobId
from writeback.sdk.connector import Session
from writeback.sdk.manifest import Manifest
from writeback.store import connections, outbox, schema, sqlite, submitting
from writeback.store.workspace import Workspace

FAST = Pace(
    lease_s=5.0,
    renew_s=0.2,
    margin_s=0.2,
    quiet_s=0.01,
    second_look_s=0.01,
    unreadable_s=(0.02,),
    poll_first_s=0.005,
    poll_most_s=0.02,
    idle_s=0.05,
    again_s=0.01,
    wait_first_s=0.01,
)


@dataclass
class MemorySessions:
    """Hands out sessions, one a thread."""

    workspace: Workspace
    crm: MemoryCrm
    manifest_: Manifest = MANIFEST
    local: threading.local = field(default_factory=threading.local)
    error: Exception | None = None
    ahead: timedelta | None = timedelta()

    def open(self, connection_id: ConnectionId) -> Session:
        if self.error is not None:
            raise self.error
        if not hasattr(self.local, "session"):
            self.local.session = (RememberingSession if self.crm.keeps_history else MemorySession)(self.crm)
        session: Session = self.local.session
        return session

    def connection(self, connection_id: ConnectionId) -> Connection:
        with self.workspace.reading() as db:
            return connections.get(db, connection_id)

    def manifest(self, connector: str) -> Manifest:
        return self.manifest_

    def clock_gap(self, connection_id: ConnectionId) -> timedelta | None:
        return self.ahead

    def flush(self) -> None:
        """Nothing is recorded."""


class Room:
    """Everything a test of the sending half needs."""

    def __init__(self, folder: Path, *, rows: int = 5, pace: Pace = FAST) -> None:
        self._ids = itertools.count(1)
        self.ahead = timedelta()
        self.workspace = Workspace.create(
            folder / "room.writeback", now=self.clock, new_id=self.new_id, database_clock=self.clock
        )
        self.crm = MemoryCrm(rows)
        self.sessions = MemorySessions(self.workspace, self.crm)
        self.pace = pace
        with self.workspace.writing() as db:
            org = Org("org-1", "Memory org", "ada@example.com", Environment.TEST)
            wish = Connection(
                ConnectionId(""), "CRM", "memory", "https://crm.example.com", "token_file", org=org
            )
            self.connection = connections.add(db, wish, at=self.clock())

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def new_id(self) -> str:
        return f"id{next(self._ids):06d}"

    def plan(
        self,
        wishes: abc.Mapping[str, abc.Mapping[str, object]],
        *,
        route: Route = Route.SINGLE,
        assurance: Assurance = Assurance.A,
        rule: str = "ask",
        integration_id: str | None = None,
        kind: JobKind = JobKind.BULK_WRITE_BACK,
        creates_by: str = "",
    ) -> tuple[str, JobId]:
        """Write a plan down as the planner does: what the CRM holds now is the old value."""
        plan_id, job_id = self.new_id(), JobId(self.new_id())
        names = list(FIELDS)
        columns = json.dumps(
            [{"path": n, "field": n, "kind": FIELDS[n].value, "attribute": n.lower()} for n in names]
        )
        moment = self.clock().isoformat()
        with self.workspace.writing() as db:
            db.execute(
                insert(schema.change_sets).values(
                    id=plan_id,
                    state="planned",
                    origin="cli",
                    author="ada",
                    source=json.dumps({"conflict_rule": rule}),
                    created_at=moment,
                )
            )
            db.execute(
                insert(schema.jobs).values(
                    id=job_id,
                    change_set_id=plan_id,
                    connection_id=self.connection.id,
                    integration_id=integration_id,
                    object="Account",
                    kind=kind.value,
                    route=route.value,
                    assurance=assurance.value,
                    columns=columns,
                    creates_by=creates_by,
                    state=JobState.PREPARING.value,
                    org_id="org-1",
                    created_at=moment,
                )
            )
            rows = []
            for seq, (record_id, wish) in enumerate(wishes.items(), 1):
                held = self.crm.records.get(record_id, dict.fromkeys(names))
                new = json.dumps([wish.get(name, {}) for name in names], separators=(",", ":"))
                rows.append(
                    {
                        "job_id": job_id,
                        "seq": seq,
                        "record_id": record_id,
                        "rid": f"{integration_id}:{record_id}" if integration_id and not creates_by else None,
                        "base": self.crm.version(record_id) if record_id in self.crm.versions else None,
                        "old": row_to_text([held[name] for name in names]),
                        "new": new,
                    }
                )
            if rows:
                db.execute(insert(schema.writes), rows)
        return plan_id, job_id

    def submit(self, plan_id: str, *, most: int = 1) -> tuple[JobId, ...]:
        with self.workspace.writing() as db:
            query = select(schema.jobs.c.id).where(schema.jobs.c.change_set_id == plan_id)
            jobs = [row[0] for row in db.execute(query)]
            return submitting.submit(db, plan_id, at=self.clock(), batch_most=dict.fromkeys(jobs, most))

    def desk(self, stopping: threading.Event | None = None) -> Desk:
        return Desk(self.workspace, self.sessions, self.pace, random.Random(7), stopping or threading.Event())  # noqa: S311  jitter, not a secret

    def dispatcher(self, *, threads: int = 1) -> ThreadDispatcher:
        return ThreadDispatcher(self.desk(), threads=threads)

    def send(
        self,
        wishes: abc.Mapping[str, abc.Mapping[str, object]],
        *,
        route: Route = Route.SINGLE,
        assurance: Assurance = Assurance.A,
        most: int | None = None,
        rule: str = "ask",
        threads: int = 1,
        **more: object,
    ) -> JobId:
        """Plan, submit and run to the end."""
        plan_id, job_id = self.plan(wishes, route=route, assurance=assurance, rule=rule, **more)  # type: ignore[arg-type]
        if most is None:
            most = {Route.SINGLE: 1, Route.BATCH: 25 if assurance is Assurance.A else 200}.get(
                route, 1_000_000
            )
        self.submit(plan_id, most=most)
        self.dispatcher(threads=threads).run_until_final([job_id])
        return job_id

    def job(self, job_id: JobId) -> dict[str, object]:
        with self.workspace.reading() as db:
            row = db.execute(select(schema.jobs).where(schema.jobs.c.id == job_id)).mappings().one()
            return dict(row)

    def counts(self, job_id: JobId) -> dict[str, int]:
        """Give outcomes from the ledger, and hold them against the job's totals (I4)."""
        with self.workspace.reading() as db:
            seen = _counted(db, job_id)
        job = self.job(job_id)
        assert job["state"] != "stopped" or job["stop_code"] != "internal.error", job["stop_facts"]
        for name in ("applied", "rejected", "unchanged", "conflict", "unknown", "cancelled"):
            assert seen.get(name, 0) == job[name], (name, seen, job)
        return {name: count for name, count in seen.items() if count}

    def outcomes(self, job_id: JobId) -> dict[int, tuple[str, str]]:
        with self.workspace.reading() as db:
            rows = outbox.outcomes_of(db, job_id, (0, 10**9))
        return {row.seq: (outcome, code) for row, outcome, code, _ in rows}

    def attempts(self, job_id: JobId) -> list[dict[str, object]]:
        table = schema.attempts
        with self.workspace.reading() as db:
            query = select(table).where(table.c.job_id == job_id).order_by(table.c.intent_at, table.c.id)
            return [dict(row) for row in db.execute(query).mappings()]

    def check(self) -> None:
        """Ask the doctor: whatever a test did, the invariants hold."""
        report = check_workspace(self.workspace)
        assert report.ok, report.violations

    def close(self) -> None:
        self.check()
        self.workspace.close()


def _counted(db: Db, job_id: JobId) -> Counter[str]:
    """Count a job's outcomes from batches and exceptions, not from its totals (I4)."""
    outcomes = schema.outcomes
    query = (
        select(outcomes.c.outcome, func.count())
        .where(outcomes.c.job_id == job_id)
        .group_by(outcomes.c.outcome)
    )
    counts: Counter[str] = Counter({str(row[0]): int(row[1]) for row in db.execute(query)})
    by_batch = sqlite.run(
        db,
        "select coalesce(b.outcome, 'open'), sum(b.rows - (select count(*) from outcomes o "
        "where o.job_id = b.job_id and o.seq between b.first_seq and b.last_seq)) "
        "from batches b where b.job_id = ? group by coalesce(b.outcome, 'open')",
        (job_id,),
    )
    for outcome, rows in by_batch:
        counts[str(outcome)] += int(rows)
    return +counts
