"""Records that are to be made: whether they are there, just before they are sent and after a lost answer.

They are found by the unique key that the job makes them by. The CRM itself refuses a second record of one
value, so a row that is sent again makes no second one; what this finds out is what to say of it.

Must not: send; touch a record that is there already.
"""

from collections import abc
from typing import Final, NamedTuple

from writeback.engine.comparing import Compared
from writeback.engine.turns import Turn
from writeback.model.canonical import Unset, row_from_text, row_to_text, to_plain
from writeback.model.jobs import Outcome
from writeback.model.types import Value
from writeback.sdk.connector import Session
from writeback.store import applied, attempts, made
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import OPEN, Job, QueuedWrite
from writeback.store.workspace import Workspace

EXISTS: Final = "create.exists"
"""Somebody made a record of this key meanwhile; it was left as it is."""
UNLIKE: Final = "create.exists_unlike"
"""A record of this key is there after a lost answer, and holds other values than ours."""
FOUND: Final = "create.found_made"
"""A record of this key is there after a lost answer, and holds our values."""


class There(NamedTuple):
    """A record as the CRM holds it."""

    record_id: str
    version: str | None
    values: tuple[Value, ...]


def find(session: Session, job: Job, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> dict[str, There]:
    """Give by the key's value the records that are there; one call.

    Raises:
        ConnectorError: They could not be read.
    """
    page = session.fetch(job.object, by=job.creates_by, keys=tuple(dict.fromkeys(keys)), paths=tuple(paths))
    exact: dict[str, There] = {}
    folded: dict[str, There] = {}
    for record_id, version, (key, *values) in page.rows:
        there = There(record_id, version, tuple(values))
        text = str(to_plain(key))
        exact[text] = there
        folded[text.casefold()] = there
    found = {key: exact.get(key) or folded.get(key.casefold()) for key in keys}
    return {key: there for key, there in found.items() if there is not None}


def look(turn: Turn, rows: abc.Iterable[QueuedWrite]) -> dict[str, There]:
    """Give by the key's value the records of some rows that are there.

    Raises:
        ConnectorError: They could not be read.
    """
    found = find(turn.session, turn.job, [row.record_id for row in rows], turn.fields)
    turn.calls += 1
    return found


def compare(turn: Turn, rows: abc.Sequence[QueuedWrite], there: abc.Mapping[str, There]) -> Compared:
    """End the rows whose record is there already; the others may be sent."""
    ended = tuple(explained(turn, rows, there).values())
    over = {row.seq for row in ended}
    return Compared(tuple(row for row in rows if row.seq not in over), (), ended)


def explained(
    turn: Turn, rows: abc.Sequence[QueuedWrite], there: abc.Mapping[str, There]
) -> dict[int, RowOutcome]:
    """Say by row of those whose record is there what that means: ours, where an answer was lost, or not."""
    if not there:
        return {}
    with turn.workspace.reading() as db:
        lost = attempts.lost(db, turn.claim)
    return {
        row.seq: _verdict(turn, row, found)
        if any(one.holds(row.seq) for one in lost)
        else RowOutcome(row.seq, Outcome.CONFLICT, EXISTS, theirs=row_to_text(found.values))
        for row in rows
        if (found := there.get(row.record_id)) is not None
    }


def verdicts(turn: Turn, rows: abc.Sequence[QueuedWrite]) -> list[RowOutcome]:
    """Say what became of rows whose answer was lost; one that is not there is sent again.

    Raises:
        ConnectorError: They could not be read.
    """
    there = look(turn, rows)
    return [
        RowOutcome(row.seq, OPEN)
        if (found := there.get(row.record_id)) is None
        else _verdict(turn, row, found)
        for row in rows
    ]


def name_made(workspace: Workspace, session: Session, job: Job, span: tuple[int, int]) -> int:
    """Find the ids of records that were made where the answer did not tell them; gives the calls it took.

    Raises:
        ConnectorError: They could not be read.
    """
    with workspace.reading() as db:
        known = made.numbers(db, job.id, span)
        rows = [row for row in applied.applied_rows(db, job.id, span) if row.seq not in known]
    if not rows:
        return 0
    there = find(session, job, [row.record_id for row in rows], ())
    with workspace.writing() as db:
        told = ((row.seq, there[row.record_id].record_id) for row in rows if row.record_id in there)
        made.put(db, job.id, told)
    return 1


def _verdict(turn: Turn, row: QueuedWrite, found: There) -> RowOutcome:
    """Judge a record that is there after its answer was lost, by what it holds."""
    pairs = zip(turn.columns, row_from_text(row.new, turn.kinds), found.values, strict=True)
    same = turn.session.same_value
    unlike = tuple(
        column.field
        for column, new, now in pairs
        if column.field.casefold() != turn.job.creates_by.casefold()  # it was found by that
        and not isinstance(new, Unset)
        and new != now
        and not same(column.kind, new, now)
    )
    if unlike:
        theirs = row_to_text(found.values)
        return RowOutcome(row.seq, Outcome.CONFLICT, UNLIKE, fields=unlike, theirs=theirs)
    return RowOutcome(row.seq, Outcome.APPLIED, FOUND, version=found.version, record_id=found.record_id)
