"""The rows of a job-to-be: written in slices, read as a stream, and held back when they repeat.

Every row of a plan stands once, as a write or as a finding. A slice is one short commit that a power cut
may take: the plan it belongs to was never seen by then.

Must not: judge a row; touch a job that was submitted.
"""

import json
from collections import abc
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Final, NamedTuple, Self

import orjson

from writeback.model.canonical import UNSET, Unset, row_from_text, to_plain
from writeback.model.changes import Reason, VerdictKind
from writeback.model.jobs import Column
from writeback.model.types import DECIMAL_TYPES, AttributeType, Value
from writeback.store import moments, sqlite
from writeback.store.workspace import Workspace

SLICE_ROWS: Final = 4_000
SLICE_CHARACTERS: Final = 4_000_000
"""One commit of a plan holds at most so many rows and so much text: about 50 ms."""
_PAGE: Final = 2_000

Shown = abc.Mapping[int, tuple[str, str]]
"""By place of the column: what the CRM holds and what is wished, as people read it."""


Row = abc.Sequence[Value | Unset]
"""Values along the job's columns; UNSET is not touched, None is nothing."""


class Sent(NamedTuple):
    """A row that will be sent: `old` is what the CRM holds, a `new` None clears."""

    seq: int
    record_id: str
    base: str | None
    old: Row
    new: Row
    rid: str | None = None
    shown: Shown | None = None
    edited: abc.Sequence[datetime | None] = ()
    kept: abc.Mapping[int, "Left"] | None = None


class Left(NamedTuple):
    """A field that a rule leaves to the CRM: why, what it holds there, what somebody wished."""

    code: str
    theirs: Value
    new: Value


class Finding(NamedTuple):
    """A row that will not be sent: unchanged, blocked or in conflict."""

    seq: int
    verdict: VerdictKind
    record_id: str = ""
    source_key: str = ""
    rid: str | None = None
    reason: Reason | None = None
    field: str = ""
    """Path of the field that decided."""
    old: Row = ()
    theirs: Row = ()
    new: Row = ()
    shown: Shown | None = None
    places: tuple[int, ...] = ()
    """All places in conflict."""


class Line(NamedTuple):
    """A row as it was written down."""

    cells: tuple[object, ...]
    characters: int
    is_sent: bool

    @property
    def seq(self) -> int:
        """Its number."""
        return int(str(self.cells[0]))


Again = tuple[int, str, str | None, str | None, str]
"""A row of which a line is true as well: its number, record, our record, version and source key."""


class Source(NamedTuple):
    """A row of a source that asks for a write to a record that it refers to."""

    number: int
    rid: str | None
    source_key: str
    new: Row
    """What it wishes of that record."""


class PlanRow(NamedTuple):
    """One row of a plan. `verdict` is `send` or a finding's; values stand along the job's columns."""

    seq: int
    verdict: str
    record_id: str
    source_key: str
    rid: str | None
    base: str | None
    old: tuple[Value | Unset, ...]
    theirs: tuple[Value | Unset, ...]
    new: tuple[Value | Unset, ...]
    field: str
    code: str
    facts: abc.Mapping[str, str]


def rows_of(workspace: Workspace, job_id: str, columns: abc.Sequence[Column]) -> abc.Iterator[PlanRow]:
    """Stream all rows of a job's plan in their order; reads are short and end between pages."""
    kinds = [column.kind for column in columns]
    after = 0
    while True:
        with workspace.reading() as db:
            page = sqlite.run(db, _ROWS, (job_id, after, _PAGE, job_id, after, _PAGE, _PAGE)).fetchall()
        for seq, verdict, record_id, key, rid, base, *texts, field, code, facts in page:
            old, theirs, new = (row_from_text(text, kinds) if text != "[]" else () for text in texts)
            yield PlanRow(
                seq, verdict, record_id, key, rid, base, old, theirs, new, field, code, json.loads(facts)
            )
        if len(page) < _PAGE:
            return
        after = page[-1][0]


class Repeated(NamedTuple):
    """One of several rows about one record."""

    seq: int
    verdict: str
    new: str
    """What the row wants the record to hold, as JSON: comparable with the others."""


def repeated(
    workspace: Workspace, job_id: str, *, by_key: bool = False
) -> abc.Iterator[tuple[str, tuple[Repeated, ...]]]:
    """Give the records that several rows of a job-to-be are about, with these rows in their order.

    Args:
        workspace: Where the plan is kept.
        job_id: The job-to-be.
        by_key: They are named by a text that a CRM may keep unique whatever its case.
    """
    same = sqlite.folded("record_id") if by_key else "record_id"
    with workspace.reading() as db:
        sqlite.run(db, "create temp table doubles (record text primary key) without rowid")
        sqlite.run(db, _DOUBLES.format(same=same), (job_id, job_id))
        rows = sqlite.run(db, _ROWS_OF_DOUBLES.format(same=same), (job_id, job_id))
        for record_id, group in groupby(rows, key=itemgetter(0)):
            yield (
                record_id,
                tuple(Repeated(seq, verdict, _effect(*texts)) for _, seq, verdict, *texts in group),
            )


def block(workspace: Workspace, job_id: str, reasons: abc.Mapping[int, tuple[Reason, str]]) -> None:
    """Turn rows of a job-to-be into blocked ones, by row number: (why, path of the field)."""
    _keep_back(workspace, job_id, VerdictKind.BLOCKED, reasons)


def leave(workspace: Workspace, job_id: str, reasons: abc.Mapping[int, tuple[Reason, str]]) -> None:
    """Turn rows of a job-to-be into unchanged ones, by row number."""
    _keep_back(workspace, job_id, VerdictKind.UNCHANGED, reasons)


def row_text(values: Row) -> str:
    """Give the JSON array text of one row, in `model.canonical`'s form."""
    return json.dumps([to_plain(value) for value in values], separators=(",", ":"))


def kept_text(kept: abc.Mapping[int, Left]) -> str:
    """Give the JSON of the fields that a rule leaves to the CRM, by place."""
    told = {str(at): [one.code, to_plain(one.theirs), to_plain(one.new)] for at, one in kept.items()}
    return json.dumps(told, ensure_ascii=False)


class RowEncoder:
    """Gives the JSON array text of rows along fixed columns: `row_text`, made fast for a million rows."""

    def __init__(self, columns: abc.Iterable[Column]) -> None:
        kinds = [column.kind for column in columns]
        self._converted = tuple(place for place, kind in enumerate(kinds) if kind in _CONVERTED)
        self._width = len(kinds)

    def text(self, values: Row) -> str:
        """Give one row's text."""
        if len(values) != self._width:
            return row_text(values)
        plain: abc.Sequence[object] = values
        if self._converted:
            plain = converted = list[object](values)
            for place in self._converted:
                converted[place] = to_plain(values[place])
        try:
            return orjson.dumps(plain, default=_untouched).decode()
        except TypeError:  # half a surrogate pair, or a number beyond 64 bits: json can escape and print them
            return row_text(values)


_CONVERTED: Final = DECIMAL_TYPES | {AttributeType.DATE, AttributeType.DATETIME}


def _untouched(value: object) -> dict[str, object]:
    if value is UNSET:
        return {}
    raise TypeError(value)


class PlanWriter:
    """Writes the rows of one job-to-be, a slice a commit. Use as a context: the end writes the rest."""

    def __init__(
        self,
        workspace: Workspace,
        job_id: str,
        columns: abc.Iterable[Column],
        *,
        slice_rows: int = SLICE_ROWS,
    ) -> None:
        self._workspace = workspace
        self._job_id = job_id
        self._encoder = RowEncoder(columns)
        self._slice_rows = slice_rows
        self._writes: list[tuple[object, ...]] = []
        self._told: list[tuple[object, ...]] = []
        """To be sent, with words for people."""
        self._findings: list[tuple[object, ...]] = []
        self._sources: list[tuple[object, ...]] = []
        self._held = self._characters = 0
        """So many rows wait to be written, with so much text."""
        self._last_new: Row = ()
        self._last_after = self._encoder.text(())
        self._last_edited: abc.Sequence[datetime | None] = ()
        self._last_told: str | None = None
        """What was made into text last, and its text."""

    def send(self, write: Sent) -> Line:
        """Add a row that will be sent."""
        seq, record_id, base, old, new, rid, shown, edited, kept = write
        before = self._encoder.text(old)
        if new is not self._last_new or type(new) is not tuple:  # rows of a bulk edit say the same
            self._last_new, self._last_after = new, self._encoder.text(new)
        if edited is not self._last_edited or type(edited) is not tuple:
            self._last_edited, self._last_told = edited, moments.row_to_text(edited) if edited else None
        after, moments_told = self._last_after, self._last_told
        told = None if shown is None else _shown_text(shown)
        left = kept_text(kept) if kept else None
        cells: tuple[object, ...] = (seq, record_id, rid, base, before, after, moments_told)
        if told is None and left is None:
            self._writes.append(cells)
        else:
            cells = (*cells, told, left)
            self._told.append(cells)
        characters = len(before) + len(after)
        self._count(characters)
        return Line(cells, characters, is_sent=True)

    def keep(self, finding: Finding) -> Line:
        """Add a row that will not be sent."""
        reason = finding.reason
        code, facts = ("", "{}") if reason is None else (reason.code, facts_text(reason))
        old, theirs, new = (self._encoder.text(row) for row in (finding.old, finding.theirs, finding.new))
        cells = (
            finding.seq,
            finding.verdict.value,
            finding.record_id,
            finding.rid,
            finding.source_key,
            code,
            facts,
            finding.field,
            old,
            theirs,
            new,
            _shown_text(finding.shown),
            json.dumps(finding.places),
        )
        self._findings.append(cells)
        characters = len(old) + len(theirs) + len(new) + len(facts)
        self._count(characters)
        return Line(cells, characters, is_sent=False)

    def again(self, line: Line, rows: abc.Sequence[Again]) -> None:
        """Add rows that say of other records what a line says."""
        cells = line.cells
        most = max(1, SLICE_CHARACTERS // max(1, line.characters))
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            if not line.is_sent:
                verdict, tail = cells[1], cells[5:]
                self._findings += [
                    (seq, verdict, record, rid, key, *tail) for seq, record, rid, _, key in some
                ]
            else:
                tail = cells[4:]
                writes = self._writes if len(cells) == len(_PLAIN) else self._told
                writes += [(seq, one, rid, base, *tail) for seq, one, rid, base, _ in some]
            self._count(line.characters * len(some), rows=len(some))

    def ask(self, source: Source) -> None:
        """Note who asks for the row of the same number, where several may ask for one."""
        new = self._encoder.text(source.new)
        number, rid, key = source.number, source.rid, source.source_key
        self._sources.append((number, number, rid, key, new))
        self._count(len(new))

    def flush(self) -> None:
        """Commit what was added so far. Not durable: a plan that a power cut takes was never seen."""
        if not self._held:
            return
        with self._workspace.writing(durable=False) as db:
            for (table, columns), rows in (
                (("writes", _PLAIN), self._writes),
                (("writes", (*_PLAIN, "shown", "kept")), self._told),
                (("findings", _FINDING), self._findings),
                (("sources", _SOURCE), self._sources),
            ):
                rows.sort(key=itemgetter(0))
                head = f"insert into {table} (job_id, {', '.join(columns)}) values"
                sqlite.insert_rows(db, head, rows, first=f"{sqlite.literal(self._job_id)}, ")
        self._writes, self._told, self._findings, self._sources = [], [], [], []
        self._held = self._characters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.flush()

    def _count(self, characters: int, *, rows: int = 1) -> None:
        self._held += rows
        self._characters += characters
        if self._held >= self._slice_rows or self._characters > SLICE_CHARACTERS:
            self.flush()


def facts_text(reason: Reason) -> str:
    """Give the JSON of a reason's facts."""
    return json.dumps(dict(reason.facts), ensure_ascii=False)


_PLAIN: Final = ("seq", "record_id", "rid", "base", "old", "new", "edited")
"""What nearly every row to be sent has: to bind nothing costs more than to bind a text."""
_FINDING: Final = (
    *("seq", "verdict", "record_id", "rid", "source_key", "code", "facts", "field"),
    *("old", "theirs", "new", "shown", "places"),
)
_SOURCE: Final = ("no", "seq", "rid", "source_key", "new")
_ROWS: Final = (
    "select * from ("
    "select * from (select seq, 'send', record_id, '', rid, base, old, old, new, '', '', '{}' from writes "
    "where job_id = ? and seq > ? order by seq limit ?) "
    "union all "
    "select * from (select seq, verdict, record_id, source_key, rid, null, old, theirs, new, field, code, "
    "facts from findings where job_id = ? and seq > ? order by seq limit ?)"
    ") order by 1 limit ?"
)


_DOUBLES: Final = (
    "insert into doubles select {same} from ("
    "select record_id from writes where job_id = ? union all "
    "select record_id from findings where job_id = ? and record_id <> ''"
    ") group by 1 having count(*) > 1"
)
_ROWS_OF_DOUBLES: Final = (
    "select * from ("
    "select record, seq, 'send', new, old from doubles join writes on {same} = record where job_id = ? "
    "union all "
    "select record, seq, verdict, new, theirs from findings join doubles on {same} = record "
    "where job_id = ?"
    ") order by 1, 2"
)
_TO_FINDING: Final = (
    "insert into findings (job_id, seq, verdict, record_id, rid, source_key, code, facts, field, old, "
    "theirs, new, shown) select job_id, seq, ?, record_id, rid, '', ?, ?, ?, '[]', old, new, shown "
    "from writes where job_id = ? and seq = ?"
)


def _keep_back(
    workspace: Workspace,
    job_id: str,
    verdict: VerdictKind,
    reasons: abc.Mapping[int, tuple[Reason, str]],
) -> None:
    seqs = sorted(reasons)
    for start in range(0, len(seqs), SLICE_ROWS):
        told = [
            (verdict.value, reason.code, facts_text(reason), path, job_id, seq)
            for seq in seqs[start : start + SLICE_ROWS]
            for reason, path in (reasons[seq],)
        ]
        with workspace.writing(durable=False) as db:
            sqlite.many(
                db,
                "update findings set verdict = ?, code = ?, facts = ?, field = ? "
                "where job_id = ? and seq = ?",
                told,
            )
            sqlite.many(db, _TO_FINDING, told)
            sqlite.many(
                db, "delete from writes where job_id = ? and seq = ?", [(job_id, one[-1]) for one in told]
            )


def _effect(new: str, held: str) -> str:
    """Give what a row leaves in the record: its wishes over what the CRM holds, whichever were dropped."""
    wanted, now = json.loads(new), json.loads(held)
    if not now:
        return new
    return json.dumps([have if want == {} else want for want, have in zip(wanted, now, strict=True)])


def _shown_text(shown: Shown | None) -> str | None:
    return json.dumps(shown, ensure_ascii=False) if shown else None
