"""Ask the CRM's own history who wrote a value and when, where its session can tell.

After a lost answer it says whether our values arrived; for a conflict, whose value stands there. One read for
all rows in question, never one a row.

Must not: settle anything, or ask for a CRM's name.
"""

import enum
from collections import abc
from dataclasses import replace
from datetime import datetime

from writeback.engine.turns import Turn, log
from writeback.errors import ConnectorError
from writeback.model.canonical import Unset, row_from_text
from writeback.model.jobs import Column, Outcome
from writeback.model.traces import TELLS
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import History, ReadsHistory, ValueWritten
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import QueuedWrite

Histories = abc.Mapping[str, History]
"""By record id."""
Same = abc.Callable[[AttributeType, Value, Value], bool]
"""`Session.same_value`."""
_BY_MOST = 200
"""Most characters of the CRM's words on who wrote."""


class Trace(enum.Enum):
    """What a history says about values that were sent and not answered."""

    WRITTEN = "written"
    """Each of them was written since the base."""
    NEVER = "never"
    """None of them ever stood there, and into one of the fields only others wrote: a record's fields are
    written together."""
    UNTOLD = "untold"
    """Neither is certain."""


def can_tell(turn: Turn) -> bool:
    """Say whether the session can tell who wrote a value."""
    return isinstance(turn.session, ReadsHistory)


def read_histories(turn: Turn, rows: abc.Sequence[QueuedWrite], *, is_since_base: bool) -> Histories:
    """Read the history of the fields that some rows touch; empty where the session cannot tell.

    Args:
        turn: Whose session is asked.
        rows: Those in question.
        is_since_base: Only what was written after the rows' base versions.

    Raises:
        ConnectorError: It could not be read.
    """
    session = turn.session
    if not rows or not isinstance(session, ReadsHistory):
        return {}
    touched = {
        column.field
        for row in rows
        for column, new in zip(turn.columns, row_from_text(row.new, turn.kinds), strict=True)
        if not isinstance(new, Unset)
    }
    fields = [name for name in dict.fromkeys(turn.fields) if name in touched]
    since = {row.record_id: row.base if is_since_base else None for row in rows}
    turn.calls += 1
    return session.read_history(turn.job.object, since=since, fields=fields)


def trace_of(row: QueuedWrite, history: History, *, columns: abc.Sequence[Column], same: Same) -> Trace:
    """Say whether the values of a row were written, by a history that begins after its base.

    A value that is not ours proves nothing where we may have written it: the CRM may have normalised ours.
    """
    kinds = [column.kind for column in columns]
    has_ours, has_some, has_gap = True, False, False
    for column, new in zip(columns, row_from_text(row.new, kinds), strict=True):
        if isinstance(new, Unset):
            continue
        written = _of_field(history, column)
        alike = [one for one in written if _is(same, column, new, one.value)]
        has_ours = has_ours and not all(one.is_foreign for one in alike)
        has_some = has_some or bool(alike)
        has_gap = has_gap or all(one.is_foreign for one in written)
    if has_ours:
        return Trace.WRITTEN
    return Trace.NEVER if has_gap and not has_some and history.is_whole else Trace.UNTOLD


def writer_of(
    row: QueuedWrite,
    theirs: abc.Sequence[Value | Unset],
    history: History | None,
    *,
    columns: abc.Sequence[Column],
    same: Same,
) -> ValueWritten | None:
    """Give the latest write of a value that stands in the CRM instead of ours; None: nothing tells."""
    found: list[ValueWritten] = []
    kinds = [column.kind for column in columns]
    news = row_from_text(row.new, kinds)
    for column, new, now in zip(columns, news, theirs, strict=True):
        if isinstance(new, Unset) or isinstance(now, Unset) or history is None:
            continue
        if _is(same, column, new, now):
            continue
        written = _of_field(history, column)
        if written and _is(same, column, now, written[-1].value):
            found.append(written[-1])
    return max(found, key=lambda one: one.at, default=None)


def written_at(history: History | None, column: Column, theirs: Value, *, same: Same) -> datetime | None:
    """Give when the value that stands in a column was written; None where no whole history tells."""
    if history is None or not history.is_whole:
        return None
    written = _of_field(history, column)
    return written[-1].at if written and _is(same, column, theirs, written[-1].value) else None


def words_of(written: ValueWritten | None, *, was_ours: bool = False) -> str:
    """Say who changed a value and when, in plain text; nothing where nothing is known."""
    if written is None:
        return ""
    told = "".join(letter if letter.isprintable() else " " for letter in written.by)
    by = told.strip()[:_BY_MOST]
    return TELLS[was_ours, bool(by)].format(by=by, at=f"{written.at:%Y-%m-%d %H:%M}")


def name_writers(
    turn: Turn, rows: abc.Iterable[QueuedWrite], ended: abc.Sequence[RowOutcome]
) -> tuple[RowOutcome, ...]:
    """Let conflicts say who wrote the value that stands in the CRM, and when.

    Where the history cannot be read now the conflicts stand without it.
    """
    disputed = {row.seq for row in ended if row.outcome == Outcome.CONFLICT and row.theirs is not None}
    by_seq = {row.seq: row for row in rows if row.seq in disputed}
    try:
        histories = read_histories(turn, list(by_seq.values()), is_since_base=False)
    except ConnectorError as error:
        log.warning("who wrote what job %s is in conflict with is not told now: %s", turn.job.id, error)
        return tuple(ended)
    return tuple(_named(turn, by_seq[one.seq], one, histories) if one.seq in by_seq else one for one in ended)


def _named(turn: Turn, row: QueuedWrite, ended: RowOutcome, histories: Histories) -> RowOutcome:
    theirs = row_from_text(ended.theirs or "[]", turn.kinds)
    history, same = histories.get(row.record_id), turn.session.same_value
    written = writer_of(row, theirs, history, columns=turn.columns, same=same)
    return replace(ended, message=words_of(written) or ended.message)


def _of_field(history: History, column: Column) -> list[ValueWritten]:
    name = column.field.casefold()
    return [one for one in history.written if one.field.casefold() == name]


def _is(same: Same, column: Column, ours: Value, theirs: Value) -> bool:
    return ours == theirs or same(column.kind, ours, theirs)
