"""Windows on big results: the true row count, and blocks of rows by ordinal.

A grid shows any place of a million records without holding them: `build` materialises the order
once as a temporary table of ordinals (in a task, never on the event loop), `block` then reads any
200 rows by their ordinals in milliseconds. Every read is a short transaction of its own, so an open
window never keeps the log from being truncated.

Must not: write to the workspace, hold a transaction, use OFFSET.
"""

import json
from collections import abc
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.schema import DropTable
from sqlalchemy.types import Float

from writeback.model.attributes import Attribute
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.store import schema

BLOCK = 200
"""Rows that one read gives."""
RawRow = tuple[Any, ...]  # cells as the driver gives them; `runtime.reading` makes them canonical

_NUMERIC = DECIMAL_TYPES | INTEGER_TYPES
_PENDING = ("queued", "sent", "unknown")
_OF_JSON = frozenset('[]",\\')
"""What a multi-list's stored form is written with, beside its options."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a window is sorted by; '' keeps the order of the table."""

    attribute: str = ""
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What a window shows: words in any text, a segment's condition, and the marks of pending edits."""

    words: str = ""
    text: str = ""
    """A segment's text (`planning.segmenting`), or a saved one's name."""
    marks: frozenset[str] = frozenset()
    """Any of: draft, queued, sent, refused, conflict, unknown."""

    @property
    def is_empty(self) -> bool:
        """Say whether everything is shown."""
        return not (self.words.strip() or self.text.strip() or self.marks)


class Window:
    """One ordered selection; built once, then read by ordinal from one thread at a time."""

    def __init__(self, engine: Engine, keys: Select[Any], *, width: int = 1) -> None:
        """Prepare a window over `keys`, a select of `width` key columns in the order to be shown."""
        self._engine = engine
        self._keys = keys
        self._connection: Connection | None = None
        self._table = _ordinals(width)
        self.rows = 0

    def build(self, instead: Select[Any] | None = None) -> int:
        """Materialise the order; give the number of rows. Slow for big sorts: call it in a task.

        `instead` selects the same keys in the same order at less cost.
        """
        connection = self._connection = self._engine.connect()
        keys = [column for column in self._table.columns if column.name != "n"]
        with connection.begin():
            connection.execute(DropTable(self._table, if_exists=True))  # of a window that nobody closed
            self._table.create(connection)
            connection.execute(
                insert(self._table).from_select(keys, self._keys if instead is None else instead)
            )
            self.rows = int(connection.scalar(select(func.max(self._table.c.n))) or 0)
        return self.rows

    def keys(self, first: int, most: int = BLOCK) -> list[RawRow]:
        """Give the keys of `most` rows from ordinal `first` (0-based)."""
        ordinals = self._table.c.n
        wanted = select(*[column for column in self._table.columns if column.name != "n"])
        return self.read(wanted.where(ordinals.between(first + 1, first + most)).order_by(ordinals))

    def ordinal_of(self, key: str) -> int | None:
        """Give the 0-based place of a key, or None when it is not in the window."""
        rows = self.read(select(self._table.c.n).where(self._table.c.key0 == key).limit(1))
        return int(rows[0][0]) - 1 if rows else None

    def next_in(self, keys: Select[Any], place: int, *, step: int) -> int | None:
        """Give the next 0-based place behind (or before) one whose key is among some; None: there is none."""
        n = self._table.c.n
        beyond = n > place + 1 if step > 0 else n < place + 1
        query = select(n).where(beyond, self._table.c.key0.in_(keys))
        rows = self.read(query.order_by(n if step > 0 else n.desc()).limit(1))
        return int(rows[0][0]) - 1 if rows else None

    def read(self, query: Select[Any]) -> list[RawRow]:
        """Run one read in a short transaction of its own."""
        return [tuple(row) for row in self.read_named(query)]

    def read_named(self, query: Select[Any]) -> list[Any]:
        """Run one read; the rows know their columns by name."""
        if self._connection is None or self._connection.closed:
            return []
        with self._connection.begin():
            return list(self._connection.execute(query).all())

    def close(self) -> None:
        """Give the connection back; the temporary table goes with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # a temporary table lives as long as its connection
            connection.close()

    @property
    def table(self) -> Table:
        """The ordinals, to join with."""
        return self._table


@lru_cache
def _ordinals(width: int) -> Table:
    """Give the table of a window; each stands on a connection of its own, so one name serves them all."""
    return Table(
        "window_rows",
        MetaData(),
        Column("n", Integer, primary_key=True),
        *(Column(f"key{index}", Text) for index in range(width)),
        prefixes=["TEMPORARY"],
    )


def record_keys(
    table: Table,
    attributes: abc.Sequence[Attribute],
    what: Filter,
    order: Order,
    *,
    also: ColumnElement[bool] | None = None,
    kept: abc.Collection[str] = (),
) -> Select[Any]:
    """Select the ids of the records that `what` shows, in `order`.

    Args:
        table: The entity's records.
        attributes: Its attributes.
        what: Which of them are shown.
        order: In which order.
        also: The condition of its text.
        kept: These too, whether they match or not.
    """
    columns = {attribute.name: attribute for attribute in attributes if attribute.name in table.c}
    query = select(table.c.rid).where(table.c.gone == 0)
    parts = _conditions(table, attributes, what, also)
    if parts:
        query = query.where(or_(and_(*parts), table.c.rid.in_(_named(kept))) if kept else and_(*parts))
    if order.attribute in columns:
        key = _sortable(table.c[order.attribute], columns[order.attribute].kind)
        ordered = key.desc() if order.is_descending else key.asc()
        return query.order_by(ordered.nulls_last(), table.c.rid)
    return query.order_by(table.c.rid)


def left_behind(
    window: Window,
    table: Table,
    attributes: abc.Sequence[Attribute],
    what: Filter,
    *,
    also: ColumnElement[bool] | None = None,
    kept: abc.Collection[str],
) -> frozenset[str]:
    """Give which of the kept records of a built window `what` would not show by itself."""
    there = select(table.c.rid).where(table.c.gone == 0, table.c.rid.in_(_named(kept)))
    match = there.where(*_conditions(table, attributes, what, also))
    every, still = ({str(row[0]) for row in window.read(query)} for query in (there, match))
    return frozenset(every - still)


def _conditions(
    table: Table, attributes: abc.Sequence[Attribute], what: Filter, also: ColumnElement[bool] | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if words := what.words.strip():
        found.append(any_text(table, attributes, words))
    if also is not None:
        found.append(also)
    if what.marks:
        found.append(table.c.rid.in_(_marked(what.marks)))
    return found


def _named(rids: abc.Collection[str]) -> Select[Any]:
    """Select ids that are given: one parameter, however many there are."""
    return select(func.json_each(json.dumps(sorted(rids))).table_valued("value", name="named").c.value)


def record_block(
    window: Window, table: Table, names: abc.Sequence[str], first: int
) -> tuple[list[RawRow], list[Any], list[Any], list[Any]]:
    """Give a block's records (id, title, one cell a name), their drafts, value states and held texts."""
    n = window.table.c.n
    cells = [table.c[name] if name in table.c else literal(None) for name in names]
    rows = window.read(
        select(table.c.rid, table.c.title, *cells)
        .select_from(window.table.join(table, table.c.rid == window.table.c.key0))
        .where(n.between(first + 1, first + BLOCK))
        .order_by(n)
    )
    drafts, states, held = (
        _marks(window, marks, first) for marks in (schema.drafts, schema.value_states, schema.held_edits)
    )
    return rows, drafts, states, held


def _marks(window: Window, marks: Table, first: int) -> list[Any]:
    place = window.table.c
    joined = marks.join(window.table, place.key0 == marks.c.rid)
    return window.read_named(
        select(marks).select_from(joined).where(place.n.between(first + 1, first + BLOCK))
    )


def single_record(table: Table, rid: str) -> Select[Any]:
    """Select one record's id as a window's keys."""
    return select(table.c.rid).where(table.c.rid == rid)


def plan_keys(job_ids: abc.Sequence[str], verdicts: abc.Set[str]) -> Select[Any]:
    """Select (job, seq, column) of every field that a plan holds, the doubtful ones first.

    A field of a row to be sent that a rule leaves to the CRM stands as `left_at(column)`, what a person left
    out as `out_at(place)`.
    """
    writes, findings = schema.writes, schema.findings
    wished = func.json_each(writes.c.new).table_valued("key", "type", name="wished")
    rank = {"conflict": 0, "blocked": 1, "send": 2, "unchanged": 3}
    sent = (
        select(
            writes.c.job_id.label("job"),
            writes.c.seq.label("seq"),
            cast(wished.c.key, Integer).label("place"),
            literal(rank["send"]).label("rank"),
        )
        .select_from(writes)
        .join(wished, wished.c.type != "object")
        .where(writes.c.job_id.in_(job_ids))
    )
    kept = select(
        findings.c.job_id.label("job"),
        findings.c.seq.label("seq"),
        literal(-1).label("place"),
        case(rank, value=findings.c.verdict, else_=4).label("rank"),
    ).where(findings.c.job_id.in_(job_ids))
    each = func.json_each(writes.c.kept).table_valued("key", name="each")
    left = (
        select(
            writes.c.job_id.label("job"),
            writes.c.seq.label("seq"),
            (_LEFT - cast(each.c.key, Integer)).label("place"),
            literal(rank["unchanged"]).label("rank"),
        )
        .select_from(writes)
        .join(each, true())
        .where(writes.c.job_id.in_(job_ids), writes.c.kept.is_not(None))
    )
    if verdicts:
        kept = kept.where(findings.c.verdict.in_(verdicts))
        if "send" not in verdicts:
            sent = sent.where(false())
        if "unchanged" not in verdicts:
            left = left.where(false())
    out = schema.left_out
    unticked = select(
        out.c.job_id.label("job"),
        out.c.seq.label("seq"),
        (out.c.place + _OUT).label("place"),
        literal(len(rank)).label("rank"),
    ).where(out.c.job_id.in_(job_ids))
    wish = func.json_each(func.json_extract(out.c.body, "$.new")).table_valued("type", name="wish")
    wishes = exists(select(1).select_from(wish).where(wish.c.type != "object"))
    unticked = unticked.where(or_(out.c.place >= 0, wishes))  # else each of its fields has a line of its own
    if verdicts and "left_out" not in verdicts:
        unticked = unticked.where(false())
    every = union_all(sent, kept, left, unticked).subquery()
    return select(every.c.job, every.c.seq, every.c.place).order_by(every.c.rank, every.c.job, every.c.seq)


def out_at(place: int) -> int | None:
    """Give the column of a field that was left out of a plan, -1 for a whole row; None: it was not."""
    return place - _OUT if place >= _OUT - 1 else None


_OUT = 1_000_000
"""Above every column's number: places of what was left out."""


def left_at(place: int) -> int:
    """Give the column of a field that a rule leaves to the CRM, as `plan_keys` tells it; -1: it is none."""
    return _LEFT - place if place <= _LEFT else -1


_LEFT = -2


def job_keys(
    job_id: str,
    outcome: str,
    *,
    words: str = "",
    rids: abc.Collection[str] = (),
    keys: abc.Collection[str] = (),
) -> Select[Any]:
    """Select the seqs of a job's rows that ended so, and hold some words.

    Args:
        job_id: The job.
        outcome: An outcome, `open` or `blocked`; '' for any.
        words: In the CRM's id, in the key of the source, in an old or a new value; '' for any.
        rids: Or rows of one of these records of ours.
        keys: Or of one of these of the CRM's.
    """
    ended = outcome_keys(job_id, outcome) if outcome else None
    if not words:
        return _every_seq(job_id) if ended is None else ended
    pattern = f"%{escaped(words)}%"
    found = []
    for table in (schema.writes, schema.findings):
        texts = [table.c.record_id, table.c.new, table.c.old]
        texts += [table.c.source_key, table.c.theirs] if table is schema.findings else []
        is_one = or_(table.c.rid.in_(sorted(rids)), table.c.record_id.in_(sorted(keys)))
        holds = or_(*(text.like(pattern, escape="\\") for text in texts), is_one)
        found.append(select(table.c.seq).where(table.c.job_id == job_id, holds))
    made = schema.made
    named = made.c.record_id.like(pattern, escape="\\")
    found.append(select(made.c.seq).where(made.c.job_id == job_id, named))
    every = union(*found).subquery()
    query = select(every.c.seq)
    if ended is not None:
        query = query.where(every.c.seq.in_(ended.order_by(None)))
    return query.order_by(every.c.seq)


def _every_seq(job_id: str) -> Select[Any]:
    each = [select(one.c.seq).where(one.c.job_id == job_id) for one in (schema.writes, schema.findings)]
    every = union_all(*each).subquery()
    return select(every.c.seq).order_by(every.c.seq)


def outcome_keys(job_id: str, outcome: str) -> Select[Any]:
    """Select the seqs of a job's rows that ended in `outcome` (`open` and `blocked` too)."""
    writes, findings, outcomes, batches = schema.writes, schema.findings, schema.outcomes, schema.batches
    kept = select(findings.c.seq).where(findings.c.job_id == job_id, findings.c.verdict == outcome)
    if outcome == "blocked":
        return kept.order_by(findings.c.seq)
    own = select(outcomes.c.seq).where(outcomes.c.job_id == job_id, outcomes.c.outcome == outcome)
    excepted = select(outcomes.c.seq).where(outcomes.c.job_id == job_id)
    covers = and_(
        batches.c.job_id == writes.c.job_id,
        writes.c.seq.between(batches.c.first_seq, batches.c.last_seq),
    )
    rest = select(writes.c.seq).where(writes.c.job_id == job_id, writes.c.seq.not_in(excepted))
    if outcome == "open":  # also what no batch was cut for yet
        ended = exists().where(covers, batches.c.outcome.is_not(None))
        by_batch = rest.where(~ended)
    else:
        by_batch = rest.join(batches, covers).where(batches.c.outcome == outcome)
    every = union(kept, own, by_batch).subquery()
    return select(every.c.seq).order_by(every.c.seq)


def any_text(table: Table, attributes: abc.Sequence[Attribute], words: str) -> ColumnElement[bool]:
    """Say that some text of a record holds these words, whatever their case."""
    if "\0" in words:  # LIKE reads its pattern up to there, so that everything would fit
        return false()
    pattern = f"%{escaped(words)}%"
    searched = [
        _holds(table.c[one.name], one.kind, words, pattern)
        for one in attributes
        if one.name in table.c and one.kind not in _NUMERIC and one.kind is not AttributeType.BOOLEAN
    ]
    # LIKE of SQLite folds the case of ASCII by itself; lower() folds no more and costs as much again
    return or_(_like(table.c.title, pattern), *searched)


def _holds(column: Column[Any], kind: AttributeType, words: str, pattern: str) -> ColumnElement[bool]:
    """Say that a text holds some words; those that JSON itself is written with are sought in each option."""
    if kind is not AttributeType.MULTI_LIST or not set(words) & _OF_JSON:
        return _like(column, pattern)
    option = func.json_each(column).table_valued("value", name="option")
    return exists(select(1).select_from(option).where(option.c.value.like(pattern, escape="\\")))


def _like(column: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    """Compare a text; asked first whether there is one, and without an escape where none is needed.

    Both are calls that SQLite makes for each column of each record: a third of a search of a million.
    """
    escape = "\\" if "\\" in pattern else None
    return and_(column.is_not(None), column.like(pattern, escape=escape))


def _sortable(column: ColumnElement[Any], kind: AttributeType) -> ColumnElement[Any]:
    if kind in _NUMERIC:
        return cast(column, Float)  # a currency is stored as text, lest a float loses money
    if kind is AttributeType.BOOLEAN:
        return type_coerce(column, Integer)
    return func.lower(column)


def marked_records() -> Select[Any]:
    """Select the records of which some value is not simply confirmed."""
    return _marked(frozenset({"draft", "queued", "sent", "refused", "conflict", "unknown"}))


def _marked(marks: abc.Set[str]) -> Select[Any]:
    drafts, states, held = schema.drafts, schema.value_states, schema.held_edits
    found = [select(states.c.rid).where(states.c.state.in_(sorted(marks)))]
    if "draft" in marks:
        found.append(select(drafts.c.rid))
    if "refused" in marks:
        found.append(select(held.c.rid))
    every = union(*found).subquery()
    return select(every.c.rid)


def escaped(words: str) -> str:
    """Give words for LIKE with a backslash as its escape, meaning only themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
