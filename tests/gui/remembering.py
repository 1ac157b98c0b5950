"""Histories and read-backs for the window: the past of seeded records, and what a façade answers."""

from collections import abc
from datetime import timedelta

from sqlalchemy.engine import Connection

from tests.gui.seeding import NOW, rid
from writeback.model.histories import HistoryKind, Standing
from writeback.model.types import JobId
from writeback.runtime.facade.histories import Verification, VerifyCost
from writeback.runtime.verified import verification_of
from writeback.store import noting, verifications
from writeback.store.glances import Glances
from writeback.store.noting import ValueNote
from writeback.store.verifications import Found, Totals
from writeback.store.workspace import Workspace


def seed_history(db: Connection) -> None:
    """Give the first account a past of every kind."""
    for hours, kind, attribute, old, new, author in (
        (30, HistoryKind.PULLED, "industry", "Energy", "Banking", "cleo@acme.test"),
        (28, HistoryKind.DRAFT, "tier", "Gold", "Silver", "ana"),
        (20, HistoryKind.DECIDED, "website", "https://a.example", "https://b.example", "ben"),
        (6, HistoryKind.AUTOMATION, "website", "https://b.example", "https://www.b.example", ""),
        (3, HistoryKind.READ_BACK, "name", "Northwind", "Northwind Ltd", ""),
        (1, HistoryKind.DISCARDED, "tier", "Bronze", "Gold", "ana"),
    ):
        note = ValueNote(rid(0), attribute, kind, old, new, "profile", author, integration_id="i1")
        noting.put(db, [note], at=NOW - timedelta(hours=hours))


def seed_verification(db: Connection, job: str) -> None:
    """Read a job back: some of it stands otherwise by now."""
    found = [
        Found(1, 0, Standing.CHANGED, '"Logistics"'),
        Found(2, 0, Standing.NOT_THERE, '"Banking"'),
        Found(4, 0, Standing.GONE, "null"),
        Found(4, 1, Standing.GONE, "null"),
    ]
    rows = {Standing.AS_WRITTEN: 1197, Standing.CHANGED: 1, Standing.NOT_THERE: 1, Standing.GONE: 1}
    fields = {**rows, Standing.AS_WRITTEN: 1596, Standing.GONE: 2}
    verifications.begin(db, job)
    verifications.add(db, job, found)
    at = (NOW - timedelta(minutes=4)).isoformat().replace("+00:00", "Z")
    verifications.end(db, job, Totals(rows, fields), at=at, author="ana", calls=7)


class ScriptedHistories:
    """Answers the calls of read-backs; a part of the scripted façade."""

    workspace: Workspace
    _note: abc.Callable[[str, object], None]
    """Of the scripted façade."""

    def verify_cost(self, job: str) -> VerifyCost:
        self._note("verify_cost", job)
        return VerifyCost(JobId(job), 1200, 7)

    def verify_job(self, job: str, *, author: str, act: str) -> Verification:
        self._note("verify_job", (job, author))
        with self.workspace.writing() as db:
            seed_verification(db, job)
        told = verification_of(Glances(self.workspace), job)
        assert told is not None
        return told
