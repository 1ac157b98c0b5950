"""Who asks for a write to a record that references lead to: many rows of a source, one write.

Must not: decide which rows go together (`engine.sharing` does).
"""

import json
from collections import abc
from dataclasses import replace
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy.engine import Connection

from writeback.model import canonical
from writeback.model.integrations import Integration
from writeback.model.jobs import Column
from writeback.model.types import Value
from writeback.store import confirming, records, sqlite
from writeback.store.outbox import QueuedWrite
from writeback.store.plan_rows import PlanRow
from writeback.store.workspace import Workspace

_DROP_ROWS: Final = 20_000


class Asking(NamedTuple):
    """One row of a source, and the row of the plan that stands for it."""

    number: int
    seq: int
    rid: str | None
    source_key: str
    new: str
    """JSON array along the job's columns: what this row wishes."""


class Shared(NamedTuple):
    """A row of a plan about a record that several rows are about."""

    seq: int
    verdict: str
    held: str
    """What the CRM holds, as JSON along the columns."""
    sends: str
    """What is left to be sent, along the columns; of a row that is not sent all that it wishes."""
    wish: str
    """What its source wishes, along the columns."""
    rid: str | None
    source_key: str


def of_row(db: Connection, job_id: str, seq: int) -> tuple[Asking, ...]:
    """Give who asks for one row."""
    found = sqlite.run(db, f"{_ASKING} and seq = ? order by no", (job_id, seq))
    return tuple(Asking(*row) for row in found)


def of_rows(db: Connection, job_id: str, seqs: abc.Iterable[int]) -> dict[int, tuple[Asking, ...]]:
    """Give who asks for some rows; a row of a job without references is left out."""
    found: dict[int, tuple[Asking, ...]] = {}
    for some in sqlite.chunks(str(seq) for seq in seqs):
        query = f"{_ASKING} and seq in ({sqlite.marks(some)}) order by no"
        for row in sqlite.run(db, query, (job_id, *map(int, some))):
            asking = Asking(*row)
            found[asking.seq] = (*found.get(asking.seq, ()), asking)
    return found


def after(db: Connection, job_id: str, number: int, *, most: int) -> tuple[Asking, ...]:
    """Give the rows of a source above a number, in their order."""
    found = sqlite.run(db, f"{_ASKING} and no > ? order by no limit ?", (job_id, number, most))
    return tuple(Asking(*row) for row in found)


def named_alike(
    db: Connection, job_id: str, asking: abc.Iterable[Asking]
) -> dict[tuple[str | None, str], tuple[Asking, ...]]:
    """Give by record and key who asks for rows of another job under the same record, or key of a file."""
    found: dict[tuple[str | None, str], tuple[Asking, ...]] = {}
    told = list(asking)
    columns: dict[str, set[str | None]] = {
        "rid": {one.rid for one in told},
        "source_key": {one.source_key for one in told},
    }
    for column, names in columns.items():
        for some in sqlite.chunks(sorted(one for one in names if one)):
            query = f"{_ASKING} and {column} in ({sqlite.marks(some)}) order by no"
            for row in sqlite.run(db, query, (job_id, *some)):
                one = Asking(*row)
                known = found.get((one.rid, one.source_key), ())
                if one not in known:
                    found[one.rid, one.source_key] = (*known, one)
    return found


def has_any(db: Connection, job_id: str) -> bool:
    """Say whether rows of a job are asked for by rows of a source that refer to their records."""
    return sqlite.run(db, "select 1 from sources where job_id = ? limit 1", (job_id,)).fetchone() is not None


def each_write(db: Connection, job_id: str, rows: abc.Iterable[QueuedWrite]) -> list[QueuedWrite]:
    """Give rows of a job as their source has them: a write that several ask for once for each."""
    told = list(rows)
    if not has_any(db, job_id):
        return told
    asking = of_rows(db, job_id, {row.seq for row in told})
    return [
        replace(row, rid=one.rid, new=touched(one.new, row.new), source_key=one.source_key)
        for row in told
        for one in asking.get(row.seq, ())
    ]


def touched(asked: str, told: str) -> str:
    """Give what is told of those values that were asked for; both are JSON arrays along the columns."""
    pairs = zip(json.loads(asked), json.loads(told), strict=True)
    return json.dumps([{} if mine == {} else new for mine, new in pairs], ensure_ascii=False)


def showing(
    db: Connection,
    integration: Integration,
    asking: abc.Iterable[Asking],
    values: abc.Mapping[str, Value],
) -> list[confirming.Confirmed]:
    """Give values behind a reference as what the records that ask for them show, their versions unmoved."""
    keys = records.keys_of(db, integration.id, [one.rid for one in asking if one.rid is not None])
    held = records.snapshot_of(db, integration, keys.values())
    return [(key, held[key].version, values) for key in keys.values() if key in held]


def drop(workspace: Workspace, job_id: str) -> None:
    """Forget who asks for the rows of a plan, in slices."""
    for table, key in (("sources", "no"), ("audiences", "seq")):
        statement = (
            f"delete from {table} where job_id = ? and {key} in "  # noqa: S608  fixed names
            f"(select {key} from {table} where job_id = ? order by {key} limit {_DROP_ROWS})"
        )
        while True:
            with workspace.writing(durable=False) as db:
                if not sqlite.run(db, statement, (job_id, job_id)).rowcount:
                    break


def shared(workspace: Workspace, job_id: str) -> abc.Iterator[tuple[str, tuple[Shared, ...]]]:
    """Give the records that several rows of a job-to-be lead to, with these rows in their order."""
    with workspace.reading() as db:
        sqlite.run(db, "create temp table led_to (record_id text primary key) without rowid")
        sqlite.run(db, _LED_TO, (job_id, job_id))
        rows: list[Shared] = []
        last = ""
        for record_id, *row in sqlite.run(db, _ROWS_LED, (job_id, job_id, job_id)):
            if record_id != last and rows:
                yield last, tuple(rows)
                rows = []
            last = record_id
            rows.append(Shared(*row))
        if rows:
            yield last, tuple(rows)


class Meeting(NamedTuple):
    """A record that rows of two jobs-to-be are about."""

    record_id: str
    first: Shared
    second: Shared


def meeting(workspace: Workspace, first: str, second: str) -> abc.Iterator[Meeting]:
    """Give the records that rows of two jobs-to-be are about; what is blocked already is left out."""
    with workspace.reading() as db:
        for record_id, *row in sqlite.run(db, _MEETING, (first, first, second, second)):
            yield Meeting(record_id, _met(row[:5]), _met(row[5:]))


def _met(row: abc.Sequence[Any]) -> Shared:
    seq, verdict, new, rid, source_key = row
    return Shared(seq, verdict, "[]", new, new, rid, source_key)


class Merged(NamedTuple):
    """Rows of a job-to-be that become one write."""

    seq: int
    """Of the write that stays."""
    new: str
    """All that they wish together, without what the CRM holds already."""
    held: str
    others: tuple[int, ...]
    """Rows that it stands for from now on; they are gone."""


def merge(workspace: Workspace, job_id: str, merged: abc.Iterable[Merged]) -> None:
    """Let one write stand for several rows of a job-to-be."""
    told = list(merged)
    for start in range(0, len(told), 2_000):
        some = told[start : start + 2_000]
        gone = [(job_id, other) for one in some for other in one.others]
        with workspace.writing(durable=False) as db:
            sqlite.many(
                db,
                "update writes set new = ?, old = ? where job_id = ? and seq = ?",
                [(one.new, one.held, job_id, one.seq) for one in some],
            )
            sqlite.many(
                db,
                "update sources set seq = ? where job_id = ? and seq = ?",
                [(one.seq, job_id, other) for one in some for other in one.others],
            )
            sqlite.many(db, "delete from writes where job_id = ? and seq = ?", gone)
            sqlite.many(db, "delete from findings where job_id = ? and seq = ?", gone)


def each_source(
    workspace: Workspace, job_id: str, rows: abc.Iterable[PlanRow], columns: abc.Sequence[Column]
) -> abc.Iterator[PlanRow]:
    """Give the rows of a plan as their source has them: a write that several ask for once for each.

    Rows of a job without references come as they are.
    """
    with workspace.reading() as db:
        is_shared = has_any(db, job_id)
    if not is_shared:
        yield from rows
        return
    kinds = [column.kind for column in columns]
    stream = iter(rows)
    while page := list(islice(stream, _PAGE)):
        with workspace.reading() as db:
            asking = of_rows(db, job_id, (row.seq for row in page))
        for row in page:
            for one in asking.get(row.seq, ()):
                new = canonical.row_from_text(one.new, kinds)
                yield row._replace(rid=one.rid, source_key=one.source_key, new=new)


_PAGE: Final = 2_000
_ASKING: Final = "select no, seq, rid, source_key, new from sources where job_id = ?"
_LED_TO: Final = (
    "insert into led_to select record_id from ("
    "select record_id from writes where job_id = ? union all "
    "select record_id from findings where job_id = ? and record_id <> '' and verdict <> 'blocked'"
    ") group by record_id having count(*) > 1"
)
_ABOUT: Final = (
    "(select record_id, seq, 'send' as verdict, new, rid, '' as source_key from writes where job_id = ? "
    "union all select record_id, seq, verdict, new, rid, source_key from findings "
    "where job_id = ? and record_id <> '' and verdict <> 'blocked')"
)
_MEETING: Final = (
    "select a.record_id, a.seq, a.verdict, a.new, a.rid, a.source_key, "  # noqa: S608  fixed text
    f"b.seq, b.verdict, b.new, b.rid, b.source_key from {_ABOUT} a join {_ABOUT} b using (record_id)"
)
_ROWS_LED: Final = (
    "select r.record_id, r.seq, r.verdict, r.held, r.sends, s.new, s.rid, s.source_key from ("
    "select record_id, seq, 'send' as verdict, old as held, new as sends "
    "from led_to join writes using (record_id) where job_id = ? union all "
    "select record_id, seq, verdict, theirs, new from findings join led_to using (record_id) "
    "where job_id = ? and verdict <> 'blocked'"
    ") r join sources s on s.job_id = ? and s.no = r.seq order by 1, 2"
)
