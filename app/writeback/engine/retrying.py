"""Build the rows of a job that were refused or not sent, to be planned afresh as a job of their own.

A person may put other values into them first, in the rows that the plan had blocked too; what they typed is
read as a file's cells are. The planner judges these rows like any others.

Must not: send; take a row whose outcome is unknown (only a read-back settles it) or in conflict.
"""

from collections import abc
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from writeback.engine.reaching import Reach
from writeback.engine.replanning import finished, rows_of
from writeback.engine.retried_references import RetriedReferences
from writeback.errors import ConfigurationError
from writeback.model.canonical import UNSET, Unset, row_from_text, to_plain, wish
from writeback.model.changes import Reason
from writeback.model.integrations import BlankRule
from writeback.model.jobs import JobKind
from writeback.model.types import CLEAR, AttributeType, Clear, Value, Wish
from writeback.planning.checking import check_wish, reader
from writeback.planning.facts import FieldFacts
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store import job_reads
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.workspace import Workspace

AGAIN: Final = ("rejected", "cancelled")


@dataclass(frozen=True, slots=True)
class Fixing:
    """Other values for some rows, and the CRM that tells what its fields take."""

    values: abc.Mapping[int, abc.Mapping[str, str | None]]
    """By row: field paths with what is written instead, as typed; None clears."""
    reach: Reach


def gather_retry(
    workspace: Workspace,
    job_id: str,
    *,
    rows: abc.Collection[int] = (),
    fixing: Fixing | None = None,
) -> PlanStream:
    """Give the rows of a finished job that were refused or cancelled, as they were wished or are fixed.

    Args:
        workspace: Where the job is.
        job_id: The job.
        rows: Only these; empty: all of them.
        fixing: What is to be written instead; rows that the plan blocked are taken where they are fixed.

    Raises:
        ConfigurationError: There is no such job, it is still at work, or it has no such column.
    """
    job = finished(workspace, job_id)
    fixed = _Fixed(job, fixing)
    return PlanStream(
        connection_id=job.connection_id,
        object=job.object,
        columns=job.columns,
        rows=_rows(workspace, job, frozenset(rows), fixed),
        integration_id=job.integration_id,
        root=job.root,
        was_walked=bool(job.root),
        walked_by=key if isinstance(key := job.source.get("key"), str) else "",
        automation=job.automation,
        key_field=job.creates_by,
        creates_by=job.creates_by,
        line_of=None if job.root else int,  # rows are told by their numbers
    )


def _rows(workspace: Workspace, job: Job, rows: abc.Set[int], fixed: "_Fixed") -> abc.Iterator[PlanInput]:
    taken: set[int] = set()
    wanted = sorted(seq for seq in fixed.rows if not rows or seq in rows)
    parts = _Parts(is_split=job.kind is JobKind.UNDO and not job.root)
    if wanted:
        with workspace.reading() as db:
            blocked = {int(one.seq): _blocked(one, job) for one in job_reads.blocked_rows(db, job.id, wanted)}
        fixed.look_up(blocked.values())
        taken |= blocked.keys()
        for seq, told in blocked.items():
            parts.add(fixed.over(told, seq, was_blocked=True))
    for row in rows_of(workspace, job.id, AGAIN):
        if not rows or row.seq in rows:
            taken.add(row.seq)
            yield parts.put_to(fixed.over(_again(row, job), row.seq))
    yield from parts.left
    if missing := sorted({*rows, *wanted} - taken):
        raise ConfigurationError("job.row_not_failed", job=str(job.number), row=missing[0])


class _Parts:
    """Rows that were fixed, and are put together again: an undo splits what it cannot put back off a record.

    A job writes a record once, so that its parts go as one row, unless both want one field.
    """

    def __init__(self, *, is_split: bool) -> None:
        self._is_split = is_split
        self._of: dict[str, list[PlanInput]] = {}

    @property
    def left(self) -> abc.Iterator[PlanInput]:
        """Those that were put to no row."""
        return chain.from_iterable(self._of.values())

    def add(self, row: PlanInput) -> None:
        """Take a part, into one of its record where there is one."""
        mine = self._of.setdefault(row.record_id, [])
        for place, one in enumerate(mine):
            if self._fits(one, row):
                mine[place] = _together(one, row)
                return
        mine.append(row)

    def put_to(self, row: PlanInput) -> PlanInput:
        """Give a row with the parts of its record."""
        mine = self._of.get(row.record_id, [])
        for part in tuple(mine):
            if self._fits(row, part):
                mine.remove(part)
                row = _together(row, part)
        return row

    def _fits(self, one: PlanInput, other: PlanInput) -> bool:
        if not self._is_split or one.blocked or other.blocked:
            return False
        pairs = zip(one.wishes, other.wishes, strict=True)
        return all(isinstance(mine, Unset) or isinstance(theirs, Unset) for mine, theirs in pairs)


def _together(one: PlanInput, other: PlanInput) -> PlanInput:
    """Give a row with what another one wishes of its record beside it."""
    olds, wishes = list(one.olds), list(one.wishes)
    for place, wish_ in enumerate(other.wishes):
        if not isinstance(wish_, Unset):
            olds[place], wishes[place] = other.olds[place], wish_
    return one._replace(olds=olds, wishes=wishes)


class _Fixed:
    """Puts what a person typed over rows."""

    def __init__(self, job: Job, fixing: Fixing | None) -> None:
        self._places = {str(column.path): n for n, column in enumerate(job.columns)}
        self._key = next((path for path in self._places if path.casefold() == job.creates_by.casefold()), "")
        self._values = fixing.values if fixing is not None else {}
        self._fields: dict[str, FieldFacts] = {}
        self._references: RetriedReferences | None = None
        if fixing is None:
            return
        self._references = RetriedReferences(job, fixing.reach)
        description = fixing.reach.describe(job.object)
        for path in {path for cells in self._values.values() for path in cells}:
            place = self._places.get(path, -1)
            column = job.columns[place] if place >= 0 else None
            is_strange = column is None or (column.path.hops and place not in self._references.aims)
            field = None if column is None or is_strange else description.field(column.field)
            if column is None or field is None:
                raise ConfigurationError("job.not_fixable", job=str(job.number), field=path[:200])
            self._fields[path] = field
            typed = (cells.get(path) for cells in self._values.values())
            self._references.look_up(place, [text.strip() for text in typed if text and text.strip()])

    @property
    def rows(self) -> abc.Collection[int]:
        """The rows that are fixed."""
        return self._values.keys()

    def look_up(self, rows: abc.Iterable[PlanInput]) -> None:
        """Ask at once for what the references of blocked rows name."""
        if self._references is not None:
            every = [row.wishes for row in rows]
            for place in self._references.aims:
                texts = (wishes[place] for wishes in every)
                self._references.look_up(place, [text for text in texts if isinstance(text, str)])

    def over(self, row: PlanInput, seq: int, *, was_blocked: bool = False) -> PlanInput:
        """Give a row with what was typed in it; unreadable text blocks it with its reason."""
        cells = self._values.get(seq)
        if not cells or self._references is None:
            return row
        wishes = list(row.wishes)
        for path, text in cells.items():
            is_named = self._places[path] in self._references.aims
            name = text.strip() if is_named and text else ""
            read = name or _read(self._fields[path], text)
            if isinstance(read, Reason):
                return row._replace(blocked=read, field=path)
            wishes[self._places[path]] = read
            if path == self._key:  # it is what names the record that is to be made
                key = "" if isinstance(read, Unset | Clear) else str(to_plain(read)).strip()
                if not key:
                    return row._replace(blocked=Reason("plan.no_key", (("field", path),)), field=path)
                wishes[self._places[path]] = key
                row = row._replace(record_id=key, source_key=key)
        typed = [self._places[path] for path in cells]
        return self._references.point(
            row._replace(wishes=wishes), self._references.aims if was_blocked else typed
        )


def _blocked(
    row: Any,  # noqa: ANN401  a row of SQLAlchemy
    job: Job,
) -> PlanInput:
    """Give a row that the plan blocked, as far as it got."""
    kinds = [column.kind for column in job.columns]
    olds = _values(row.theirs if row.theirs != "[]" else row.old, kinds)
    wishes = [new if isinstance(new, Unset) else wish(new) for new in _values(row.new, kinds)]
    number = 0 if job.root else int(row.seq)
    key = row.record_id if job.creates_by else row.source_key
    return PlanInput(row.record_id, olds, wishes, rid=row.rid, source_key=key, number=number)


def _values(text: str, kinds: abc.Sequence[AttributeType]) -> tuple[Value | Unset, ...]:
    """Give the values of a row; of one that never got so far, nothing in each place."""
    return (UNSET,) * len(kinds) if text == "[]" else row_from_text(text, kinds)


def _read(field: FieldFacts, text: str | None) -> Wish | Unset | Reason:
    if text is None:
        return check_wish(field, CLEAR) or CLEAR
    return reader(field, blank=BlankRule.CLEAR)(text)


def _again(row: QueuedWrite, job: Job) -> PlanInput:
    """Give a row as it was wished, under its own number: its source's result files find it by that."""
    kinds = [column.kind for column in job.columns]
    news = row_from_text(row.new, kinds)
    wishes = [new if isinstance(new, Unset) else wish(new) for new in news]
    olds: abc.Sequence[Value | Unset] = row_from_text(row.old, kinds)
    number = 0 if job.root else row.seq
    key = row.record_id if job.creates_by else row.source_key
    return PlanInput(row.record_id, olds, wishes, rid=row.rid, source_key=key, number=number)
