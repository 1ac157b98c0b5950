"""The outbox: jobs and their rows, and what of them is still to be sent.

A row is *open* when nobody knows an outcome for it: it has no row of its own in `outcomes` and its
batch has no outcome yet, or its own row says `open` (it was handed back: locked, limited, not
processed, or found not applied). Every outcome is the batch's outcome plus such exceptions.

Must not: decide anything about a row, send anything.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError, InternalError
from writeback.model.canonical import Json
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Assurance, Column, JobKind, JobState, Route
from writeback.model.types import AttributeType, ConnectionId, IntegrationId, JobId
from writeback.store import made, schema, sqlite

OPEN: Final = "open"
"""Stands in `outcomes` for a row that was handed back and will be sent again."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the sending half needs it."""

    id: JobId
    number: int
    change_set_id: str
    connection_id: ConnectionId
    integration_id: IntegrationId | None
    object: str
    kind: JobKind
    route: Route
    assurance: Assurance
    columns: tuple[Column, ...]
    state: JobState
    org_id: str
    source: abc.Mapping[str, Json]
    """What the change set came from."""
    planned_at: str = ""
    """When its rows were judged against a fresh read."""
    unreached: str = ""
    """Why its CRM could not be asked, until it answers: an error's code."""
    author: str = ""
    """Who made the change set."""
    root: str = ""
    """The object of the records that the written ones were reached from; '': they are the same."""
    automation: tuple[tuple[str, str], ...] = ()
    """The connector's automation switches as it sends them."""
    creates_by: str = ""
    """The unique field by which it makes records; '': it updates."""


@dataclass(frozen=True, slots=True)
class QueuedWrite:
    """One row to be sent; `old` and `new` are JSON arrays along the job's columns."""

    seq: int
    record_id: str
    rid: str | None
    base: str | None
    old: str
    new: str
    edited: str | None = None
    """When our person edited it (`moments.row_from_text`); None: when it was planned."""
    source_key: str = ""
    """What its source called it, where it was reached over a reference and that is known."""


def read_columns(text: str) -> tuple[Column, ...]:
    """Give the columns of a job from their JSON."""
    return tuple(
        Column(
            FieldPath.parse(one["path"]),
            one["field"],
            AttributeType(one["kind"]),
            one.get("attribute", ""),
            ConflictRule(one["rule"]) if "rule" in one else None,
            one.get("depth", 0),
        )
        for one in json.loads(text)
    )


def get(db: Connection, job_id: str) -> Job:
    """Give one job.

    Raises:
        ConfigurationError: There is none of that id.
    """
    jobs, sets = schema.jobs, schema.change_sets
    query = (
        select(jobs, sets.c.source, sets.c.planned_at, sets.c.author)
        .join(sets, sets.c.id == jobs.c.change_set_id)
        .where(jobs.c.id == job_id)
    )
    row = db.execute(query).first()
    if row is None:
        raise ConfigurationError("job.unknown", job=job_id[:200])
    return _job(row)


def state_of(db: Connection, job_id: str) -> JobState:
    """Give where a job stands.

    Raises:
        ConfigurationError: There is none of that id.
    """
    row = sqlite.run(db, "select state from jobs where id = ?", (job_id,)).fetchone()
    if row is None:
        raise ConfigurationError("job.unknown", job=job_id[:200])
    return JobState(row[0])


_SELECT: Final = "select w.seq, w.record_id, w.rid, w.base, w.old, w.new, w.edited "
_OPEN_FROM: Final = (
    "from writes w left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
    "where w.job_id = ? and w.seq between ? and ? and "
)


def open_rows(
    db: Connection, job_id: str, span: tuple[int, int], *, has_outcome: bool
) -> tuple[QueuedWrite, ...]:
    """Give the rows of a batch that have no outcome; for batches of a request's size.

    Args:
        db: Any transaction.
        job_id: The job.
        span: First and last row number of the batch.
        has_outcome: Whether the batch has an outcome, from which handed-back rows are excepted.
    """
    is_open = _open(has_outcome=has_outcome)
    found = sqlite.run(db, f"{_SELECT}{_OPEN_FROM}{is_open} order by w.seq", (job_id, *span))
    return tuple(QueuedWrite(*row) for row in found)


def count_open(db: Connection, job_id: str, span: tuple[int, int], *, has_outcome: bool) -> int:
    """Count the rows of a batch that have no outcome."""
    found = sqlite.run(db, f"select count(*) {_OPEN_FROM}{_open(has_outcome=has_outcome)}", (job_id, *span))
    return int(found.fetchone()[0])


class BulkLines(NamedTuple):
    """Open rows of a span as text; no object is built for a row."""

    ids: list[str]
    rows: bytes
    """Their canonical JSON, a line each; LF between the lines."""


def bulk_lines(
    db: Connection, job_id: str, span: tuple[int, int], *, is_plain: bool, has_outcome: bool
) -> BulkLines:
    """Give the open rows of a span in their order, put together by the database.

    `is_plain`: no row of the batch has an outcome, so that nothing need be looked up.

    Raises:
        InternalError: An id holds a line break.
    """
    rows = "from writes w where w.job_id = ? and w.seq between ? and ?"
    if not is_plain:
        rows = f"{_OPEN_FROM}{_open(has_outcome=has_outcome)}"
    found = sqlite.run(db, f"{sqlite.JOINED_ROWS} {rows}", (job_id, *span))
    count, ids, lines = found.fetchone()
    if not count:
        return BulkLines([], b"")
    told = BulkLines(ids.split("\n"), lines)
    if len(told.ids) != count:
        raise InternalError("outbox.bad_id", job=job_id)
    return told


def rows_with(
    db: Connection, job_id: str, span: tuple[int, int], *, outcome: str, most: int = 2_000
) -> tuple[QueuedWrite, ...]:
    """Give up to `most` rows of a span whose own outcome is this one, e.g. `unknown`."""
    found = sqlite.run(
        db,
        f"{_SELECT}{_OPEN_FROM}o.outcome = ? order by w.seq limit ?",
        (job_id, *span, outcome, most),
    )
    return tuple(QueuedWrite(*row) for row in found)


def numbers(db: Connection, job_id: str, span: tuple[int, int]) -> list[int]:
    """Give the numbers of all rows of a span, with or without an outcome."""
    found = sqlite.run(
        db, "select seq from writes where job_id = ? and seq between ? and ? order by seq", (job_id, *span)
    )
    return [int(row[0]) for row in found]


def not_open(db: Connection, job_id: str, span: tuple[int, int], *, has_outcome: bool) -> abc.Iterator[int]:
    """Stream the numbers of a span's rows that have an outcome and are not sent again."""
    ended = "coalesce(o.outcome, '') != 'open'" if has_outcome else "o.outcome != 'open'"
    found = sqlite.run(db, f"select w.seq {_OPEN_FROM}{ended} order by w.seq", (job_id, *span))
    return (int(row[0]) for row in found)


def sent_ids(
    db: Connection, job_id: str, span: tuple[int, int], attempt_id: str, *, has_outcome: bool
) -> abc.Iterator[list[str]]:
    """Stream the record ids of one upload, also when some of its results are kept already."""
    cursor = sqlite.run(
        db,
        f"select w.record_id {_OPEN_FROM}({_open(has_outcome=has_outcome)} or o.attempt_id = ?)",
        (job_id, *span, attempt_id),
    )
    while rows := cursor.fetchmany(20_000):
        yield [row[0] for row in rows]


def misnamed(
    db: Connection,
    job_id: str,
    span: tuple[int, int],
    attempt_id: str,
    *,
    has_outcome: bool,
    told: abc.Iterable[abc.Sequence[str]],
) -> list[int]:
    """Give the numbers of one upload's rows that its results name nowhere, or more than once.

    The slow path: all ids go through a temporary table. Needs a `reading` block of its own.
    """
    sqlite.run(db, "create temp table told (id text not null)")
    try:
        for ids in told:
            sqlite.many(db, "insert into told values (?)", ((name,) for name in ids))
        sqlite.run(db, "create index temp.told_by_id on told (id)")
        sent = f"({_open(has_outcome=has_outcome)} or o.attempt_id = ?)"
        named = "(select count(*) from told where told.id = w.record_id)"
        query = f"select w.seq {_OPEN_FROM}{sent} and {named} != 1 order by w.seq"
        found = sqlite.run(db, query, (job_id, *span, attempt_id))
        return [int(row[0]) for row in found]
    finally:
        sqlite.run(db, "drop table told")


def applied_by(
    db: Connection, job_id: str, span: tuple[int, int], attempt_id: str, *, most: int = 2_000
) -> tuple[QueuedWrite, ...]:
    """Give up to `most` rows that one attempt applied and that have rows of their own for it."""
    found = sqlite.run(
        db,
        f"{_SELECT}{_OPEN_FROM}o.outcome = 'applied' and o.attempt_id = ? order by w.seq limit ?",
        (job_id, *span, attempt_id, most),
    )
    return tuple(QueuedWrite(*row) for row in found)


def outcomes_of(
    db: Connection, job_id: str, span: tuple[int, int]
) -> list[tuple[QueuedWrite, str, str, str]]:
    """Give the rows of a small batch with outcome (`open` where there is none), code and message."""
    found = sqlite.run(
        db,
        "select w.seq, w.record_id, w.rid, w.base, w.old, w.new, "
        "coalesce(o.outcome, b.outcome, 'open'), coalesce(o.code, ''), coalesce(o.message, '') "
        "from writes w join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
        "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
        "where w.job_id = ? and w.seq between ? and ? order by w.seq",
        (job_id, *span),
    )
    return [(QueuedWrite(*row[:6]), row[6], row[7], row[8]) for row in found]


def rows_that_ended(
    db: Connection, job_id: str, outcomes: abc.Sequence[str], *, after: int, most: int
) -> tuple[QueuedWrite, ...]:
    """Give up to `most` rows of a job with one of these outcomes, numbered above `after`."""
    found = sqlite.run(
        db,
        f"select w.seq, {made.RECORD}, w.rid, w.base, w.old, w.new, w.edited from writes w "  # noqa: S608  our own words
        "join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
        "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
        "where w.job_id = ? and w.seq > ? "
        f"and coalesce(o.outcome, b.outcome) in ({sqlite.marks(outcomes)}) order by w.seq limit ?",
        (job_id, after, *outcomes, most),
    )
    return tuple(QueuedWrite(*row) for row in found)


def has_exceptions(db: Connection, job_id: str, span: tuple[int, int]) -> bool:
    """Say whether any row of a batch has a row of its own in `outcomes`."""
    found = sqlite.run(
        db, "select 1 from outcomes where job_id = ? and seq between ? and ? limit 1", (job_id, *span)
    )
    return found.fetchone() is not None


def refresh_bases(
    db: Connection, job_id: str, rows: abc.Iterable[QueuedWrite], *, kept: abc.Mapping[int, str]
) -> None:
    """Keep what the compare read. Only before the intent; it freezes them.

    Args:
        db: The write transaction.
        job_id: The job.
        rows: As they will be sent.
        kept: By row number what a rule leaves to the CRM (`plan_rows.kept_text`).
    """
    sqlite.many(
        db,
        "update writes set base = ?1, old = ?2, new = ?3, "
        "kept = case when ?4 is null then kept else json_patch(coalesce(kept, '{}'), ?4) end "
        "where job_id = ?5 and seq = ?6",
        ((row.base, row.old, row.new, kept.get(row.seq), job_id, row.seq) for row in rows),
    )


def _open(*, has_outcome: bool) -> str:
    return "o.outcome = 'open'" if has_outcome else "(o.seq is null or o.outcome = 'open')"


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=JobId(row.id),
        number=int(row.number or 0),
        change_set_id=row.change_set_id,
        connection_id=ConnectionId(row.connection_id),
        integration_id=None if row.integration_id is None else IntegrationId(row.integration_id),
        object=row.object,
        kind=JobKind(row.kind),
        route=Route(row.route),
        assurance=Assurance(row.assurance),
        columns=read_columns(row.columns),
        state=JobState(row.state),
        org_id=row.org_id,
        source=json.loads(row.source or "{}"),
        planned_at=row.planned_at or "",
        unreached=row.unreached,
        author=row.author,
        root=row.root,
        automation=tuple(sorted(json.loads(row.automation).items())),
        creates_by=row.creates_by,
    )
