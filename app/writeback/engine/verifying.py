"""Read back what a finished job wrote, as it stands in its CRM now, and compare. Changes nothing there.

A field holds what was written, another value, what it held before the job, or its record is gone. In what
the CRM only brought into its own form nothing changed: the connector's `same_value` says so.

Must not: write to a CRM, change an outcome or a confirmed value.
"""

from collections import Counter, abc
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from writeback.engine import creating
from writeback.engine.comparing import Held, held_of
from writeback.engine.reaching import Reach
from writeback.engine.replanning import finished, rows_of
from writeback.engine.undoing import APPLIED
from writeback.model.canonical import Unset, row_from_text, row_to_text
from writeback.model.histories import Standing
from writeback.model.types import AttributeType, Value
from writeback.planning.sorting import is_same
from writeback.store import made, verifications
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.verifications import Found, Totals
from writeback.store.workspace import Workspace

ROWS: Final = 2_000
_WORST: Final = (Standing.GONE, Standing.CHANGED, Standing.NOT_THERE, Standing.AS_WRITTEN)
NOTHING: Final = "null"


def cost_of(reach: Reach, *, rows: int) -> int:
    """Forecast how many calls it takes to read the written rows back, at most."""
    batch = reach.routes.batch or reach.routes.single
    return -(-rows // max(1, batch.most_rows or 1)) if rows else 0


@dataclass(slots=True)
class Verified:
    """What was found."""

    rows: Counter[Standing] = field(default_factory=Counter)
    fields: Counter[Standing] = field(default_factory=Counter)
    calls: int = 0


def verify(workspace: Workspace, job_id: str, reach: Reach, *, author: str) -> Verified:
    """Read the applied rows of a job back and keep how they stand; an earlier result goes.

    Raises:
        ConfigurationError: There is no such job, or it is still at work.
        ConnectorError: The CRM could not be read; nothing is kept.
    """
    job = finished(workspace, job_id)
    before = reach.calls_so_far()
    told = Verified()
    with workspace.writing() as db:
        verifications.begin(db, job_id)
    rows = rows_of(workspace, job_id, APPLIED)
    comparing = _Comparing(job, reach)
    while chunk := list(islice(rows, ROWS)):
        if job.creates_by:
            chunk = _named(workspace, job, reach, chunk)
        found = comparing.compare(chunk, told)
        with workspace.writing(durable=False) as db:
            verifications.add(db, job_id, found)
    told.calls = reach.calls_so_far() - before
    with workspace.writing() as db:
        now = workspace.database_now(db)
        totals = Totals(told.rows, told.fields)
        verifications.end(db, job_id, totals, at=now, author=author, calls=told.calls)
    return told


def _named(
    workspace: Workspace, job: Job, reach: Reach, rows: abc.Sequence[QueuedWrite]
) -> list[QueuedWrite]:
    """Give rows with the ids of the records that they made, also where no answer told them."""
    reach.spent.reads += creating.name_made(workspace, reach.session, job, (rows[0].seq, rows[-1].seq))
    with workspace.reading() as db:
        ids = made.of_rows(db, job.id, [row.seq for row in rows])
    return [replace(row, record_id=ids.get(row.seq, row.record_id)) for row in rows]


class _Comparing:
    """Compares rows of one job with what its CRM holds."""

    def __init__(self, job: Job, reach: Reach) -> None:
        self._job = job
        self._reach = reach
        self._fields = tuple(column.field for column in job.columns)
        self._kinds = [column.kind for column in job.columns]
        self._key = reach.describe(job.object).key_field

    def compare(self, rows: abc.Sequence[QueuedWrite], told: Verified) -> list[Found]:
        """Give the fields that do not hold what was written, and count all of them."""
        self._reach.spent.reads += 1
        keys = [row.record_id for row in rows]
        page = self._reach.session.fetch(self._job.object, by=self._key, keys=keys, paths=self._fields)
        held = held_of(page, self._fields)
        found: list[Found] = []
        for row in rows:
            mine = list(self._row(row, held))
            states = [one.state for one in mine]
            told.fields.update(states)
            told.rows[next((state for state in _WORST if state in states), Standing.AS_WRITTEN)] += 1
            found += [one for one in mine if one.state is not Standing.AS_WRITTEN]
        return found

    def _row(self, row: QueuedWrite, held: Held) -> abc.Iterator[Found]:
        written = row_from_text(row.new, self._kinds)
        before = row_from_text(row.old, self._kinds)
        _, values = held.get(row.record_id, (None, None))
        for place, (kind, new) in enumerate(zip(self._kinds, written, strict=True)):
            if isinstance(new, Unset):
                continue
            if values is None:
                yield Found(row.seq, place, Standing.GONE, NOTHING)
                continue
            now, was = values[place], before[place] if place < len(before) else None
            yield Found(row.seq, place, self._state(kind, new, was, now), row_to_text((now,))[1:-1])

    def _state(self, kind: AttributeType, new: Value, was: Value | Unset, now: Value) -> Standing:
        if self._is_same(kind, new, now):
            return Standing.AS_WRITTEN
        if not isinstance(was, Unset) and self._is_same(kind, was, now):
            return Standing.NOT_THERE
        return Standing.CHANGED

    def _is_same(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        return is_same(kind, ours, theirs) or self._reach.session.same_value(kind, ours, theirs)
