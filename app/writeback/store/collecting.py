"""The collecting window of a connection: jobs that begin within it become one.

The first one waits until the window ends; what is submitted meanwhile for the same records' kind joins it, in
the very commit that submits it, so that a kill leaves it either with its plan or in the job. Whose act each
row was stays known (`collected`). What would meet a row of the same record, overtake one in a job behind,
is checked by somebody else, or cannot travel with the rest, is a job of its own.

Must not: judge a row, touch a job that anybody began.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.jobs import Assurance, JobKind, JobState, Route
from writeback.planning.routing import RouteTable
from writeback.store import (
    audit,
    cutting,
    drift_bases,
    journal,
    moments,
    ordering,
    schema,
    sqlite,
    value_states,
)

MOST: Final = value_states.MOST
"""A job of more rows than this is one by itself."""
_COUNTS: Final = ("rows", "writes", "unchanged", "blocked", "conflict")
_ALIKE: Final = ("connection_id", "integration_id", "object", "org_id", "automation", "assurance")
_OVER: Final = (JobState.DONE.value, JobState.CANCELLED.value)
_UNTOUCHED: Final[dict[str, object]] = {}


@dataclass(frozen=True, slots=True)
class Window:
    """How long a connection collects, and how its jobs travel."""

    until: datetime
    table: RouteTable


def host_of(db: Connection, job: Row[Any], *, writes: int, author: str, at: str) -> Row[Any] | None:
    """Give the job that a job-to-be (its row) of so many writes can join; None: it is one of its own."""
    if not _may_join(db, job, writes):
        return None
    jobs, sets = schema.jobs, schema.change_sets
    query = (
        select(jobs)
        .join(sets, sets.c.id == jobs.c.change_set_id)
        .where(
            jobs.c.collects == 1,
            jobs.c.state == JobState.QUEUED.value,
            jobs.c.not_before > at,
            jobs.c.id != job.id,
            sets.c.author == author,
            *(jobs.c[name] == getattr(job, name) for name in _ALIKE),
        )
        .order_by(jobs.c.number)
    )
    for host in db.execute(query).all():
        if host.rows + _rows(db, job.id, writes) <= MOST and _fits(db, host, job):
            return host
    return None


def wait(db: Connection, job_id: str, *, until: datetime) -> None:
    """Let a submitted job collect until the window ends."""
    jobs = schema.jobs
    values = {"not_before": moments.to_text(until), "collects": 1}
    db.execute(
        update(jobs).where(jobs.c.id == job_id, jobs.c.state == JobState.QUEUED.value).values(**values)
    )


def join(db: Connection, host_id: str, job_id: str, *, table: RouteTable, at: str) -> None:
    """Put the rows of a job that was submitted in this very transaction into the one that collects."""
    jobs = schema.jobs
    host, job = (db.execute(select(jobs).where(jobs.c.id == one)).one() for one in (host_id, job_id))
    columns, mine = _union(json.loads(host.columns), json.loads(job.columns))
    offset = max(_last(db, name, host.id) for name in ("writes", "findings"))
    _widen(db, host.id, len(columns) - len(json.loads(host.columns)))
    _move(db, host.id, job.id, offset=offset, places=mine, width=len(columns))
    last = max(_last(db, name, host.id) for name in ("writes", "findings"))
    _keep_bases(db, host.id, job.id, columns)
    _keep_figures(db, host.id, job.id)
    for kept in (schema.value_states, schema.value_changes):
        db.execute(update(kept).where(kept.c.job_id == job.id).values(job_id=host.id))
    assurance = Assurance(host.assurance)
    route = _route(table, assurance)
    values: dict[str, object] = {name: getattr(host, name) + getattr(job, name) for name in _COUNTS}
    values |= {"columns": json.dumps(columns), "route": route.value, "assurance": assurance.value}
    if host.kind != job.kind:
        values["kind"] = JobKind.BULK_WRITE_BACK.value
    db.execute(update(jobs).where(jobs.c.id == host.id).values(**values))
    db.execute(delete(jobs).where(jobs.c.id == job.id))
    limits = table.limits(route)
    most = table.checked(route) if assurance is Assurance.A else limits.most_rows if limits is not None else 1
    cutting.cut(db, host.id, most=max(1, most))
    ordering.note_again(db, host.id, at=at)
    told = {"job_id": host.id, "first_seq": offset + 1, "last_seq": last, "change_set_id": job.change_set_id}
    db.execute(insert(schema.collected).values(**told, was_job_id=job.id))
    journal.note(db, at=at, kind=EventKind.JOB_CHANGED, subject=host.id)
    body: dict[str, Json] = {"job": host.id, "from": job.id, "plan": job.change_set_id, "send": job.writes}
    audit.append(db, at=at, act="job.collected", body=body)


def _route(table: RouteTable, assurance: Assurance) -> Route:
    """Give how rows travel together: in requests of several, where those are checked as was promised."""
    if table.batch is None or (assurance is Assurance.A and not table.checked(Route.BATCH)):
        return Route.SINGLE
    return Route.BATCH


def start_now(db: Connection, job_id: str, *, now: str, by: str) -> bool:
    """Let a job that waits for its moment begin at once; False where it does not wait."""
    jobs = schema.jobs
    waits = (
        jobs.c.id == job_id,
        jobs.c.number.is_not(None),
        jobs.c.state == JobState.QUEUED.value,
        jobs.c.not_before > now,
    )
    if not db.execute(update(jobs).where(*waits).values(not_before=None, collects=0)).rowcount:
        return False
    audit.append(db, at=now, act="job.started", body={"job": job_id, "by": by})
    journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)
    return True


def start_before(db: Connection, job_id: str, *, now: str, by: str = "") -> None:
    """Let what collects for a record of a job begin, so that the job can: the first wish goes first."""
    for one in ordering.before(db, (job_id,)):
        collects = "select 1 from jobs where id = ? and collects = 1"
        if sqlite.run(db, collects, (one,)).fetchone() is not None:
            start_now(db, one, now=now, by=by or author_of(db, one))


def author_of(db: Connection, job_id: str) -> str:
    """Give who made the plan of a job."""
    query = "select s.author from jobs j join change_sets s on s.id = j.change_set_id where j.id = ?"
    return str(sqlite.run(db, query, (job_id,)).fetchone()[0])


def _may_join(db: Connection, job: Row[Any], writes: int) -> bool:
    """Say whether a job-to-be can stand in another one at all."""
    if not writes or job.root or job.integration_id is None or job.assurance == Assurance.C.value:
        return False
    if job.unreached:  # it waits for its CRM by itself, and says so
        return False
    if job.route == Route.BULK.value:  # it is big enough for an upload, and was judged for one
        return False
    return not any(_has(db, name, job.id) for name in ("sources", "audiences"))


def _fits(db: Connection, host: Row[Any], job: Row[Any]) -> bool:
    """Say whether a job's rows can stand beside those of another: other records, columns that agree."""
    if host.root or host.unreached or host.route == Route.BULK.value or host.assurance == Assurance.C.value:
        return False
    if any(_has(db, name, host.id) for name in ("sources", "attempts")) or _is_begun(db, host.id):
        return False
    if any(_is_overridden(db, one) for one in (host.id, job.id)):  # a person meant that very plan
        return False
    known = {column["field"].casefold(): column for column in json.loads(host.columns)}
    for column in json.loads(job.columns):
        other = known.get(column["field"].casefold())
        if other is not None and other != column:
            return False
    # nor may it overtake: a record that a job behind the host writes has to wait for that one
    same = (
        "select 1 from jobs j where j.number >= ? and j.connection_id = ? and j.object = ? "  # noqa: S608  marks
        f"and j.state not in ({sqlite.marks(_OVER)}) and exists (select 1 from writes a "
        "join writes b on b.job_id = j.id and b.record_id = a.record_id where a.job_id = ?) limit 1"
    )
    told = (host.number, host.connection_id, host.object, *_OVER, job.id)
    return sqlite.run(db, same, told).fetchone() is None


def _is_begun(db: Connection, job_id: str) -> bool:
    query = (
        "select 1 from batches where job_id = ? and (state <> 'queued' or owner is not null "
        "or remote_id is not null or bulk_token_at is not null) limit 1"
    )
    return sqlite.run(db, query, (job_id,)).fetchone() is not None


def _is_overridden(db: Connection, job_id: str) -> bool:
    query = "select 1 from guard_figures where job_id = ? and overridden_by <> '' limit 1"
    return sqlite.run(db, query, (job_id,)).fetchone() is not None


def _has(db: Connection, table: str, job_id: str) -> bool:
    query = f"select 1 from {table} where job_id = ? limit 1"  # noqa: S608  our own names
    return sqlite.run(db, query, (job_id,)).fetchone() is not None


def _last(db: Connection, table: str, job_id: str) -> int:
    query = f"select coalesce(max(seq), 0) from {table} where job_id = ?"  # noqa: S608  our own names
    return int(sqlite.run(db, query, (job_id,)).fetchone()[0])


def _rows(db: Connection, job_id: str, writes: int) -> int:
    findings = schema.findings
    told = select(func.count()).select_from(findings).where(findings.c.job_id == job_id)
    return writes + int(db.execute(told).scalar_one())


def _union(host: list[dict[str, Any]], job: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[int]]:
    """Give the columns of both, and at which place of them each of the job's stands."""
    columns = list(host)
    places = []
    for column in job:
        if column not in columns:
            columns.append(column)
        places.append(columns.index(column))
    return columns, places


def _widen(db: Connection, job_id: str, more: int) -> None:
    """Give the rows of the host places for columns that only the joining job writes."""
    for _ in range(more):
        for table, names in (("writes", ("old", "new")), ("findings", ("old", "theirs", "new"))):
            for name in names:
                sqlite.run(
                    db,
                    f"update {table} set {name} = json_insert({name}, '$[#]', json('{{}}')) "  # noqa: S608  our own names
                    f"where job_id = ? and {name} <> '[]'",
                    (job_id,),
                )
        sqlite.run(
            db,
            "update writes set edited = json_insert(edited, '$[#]', null) "
            "where job_id = ? and edited like '[%'",
            (job_id,),
        )


def _move(
    db: Connection, host_id: str, job_id: str, *, offset: int, places: abc.Sequence[int], width: int
) -> None:
    """Put rows under the host's name, each value at its column's place."""
    is_same = list(places) == list(range(width))
    if not is_same:
        _replace(db, job_id, places, width)
    for table in ("writes", "findings"):
        sqlite.run(
            db,
            f"update {table} set job_id = ?, seq = seq + ? where job_id = ?",  # noqa: S608  our own names
            (host_id, offset, job_id),
        )


def _replace(db: Connection, job_id: str, places: abc.Sequence[int], width: int) -> None:
    """Put the values of a job's rows at the places of other columns; at most `MOST` rows."""
    writes = sqlite.run(
        db, "select seq, old, new, shown, edited, kept from writes where job_id = ?", (job_id,)
    ).fetchall()
    sqlite.many(
        db,
        "update writes set old = ?, new = ?, shown = ?, edited = ?, kept = ? where job_id = ? and seq = ?",
        [
            (
                _spread(old, places, width),
                _spread(new, places, width),
                _rekeyed(shown, places),
                _spread(edited, places, width, gap=None) if edited and edited[0] == "[" else edited,
                _rekeyed(kept, places),
                job_id,
                seq,
            )
            for seq, old, new, shown, edited, kept in writes
        ],
    )
    findings = sqlite.run(
        db, "select seq, old, theirs, new, shown, places from findings where job_id = ?", (job_id,)
    ).fetchall()
    sqlite.many(
        db,
        "update findings set old = ?, theirs = ?, new = ?, shown = ?, places = ? "
        "where job_id = ? and seq = ?",
        [
            (
                *(_spread(text, places, width) for text in (old, theirs, new)),
                _rekeyed(shown, places),
                json.dumps([places[one] for one in json.loads(disputed)]),
                job_id,
                seq,
            )
            for seq, old, theirs, new, shown, disputed in findings
        ],
    )


def _spread(text: str, places: abc.Sequence[int], width: int, *, gap: object = _UNTOUCHED) -> str:
    """Give a JSON array with its values at other places; '[]' stays."""
    held = json.loads(text)
    if not held:
        return text
    told: list[object] = [gap] * width
    for place, value in zip(places, held, strict=False):
        told[place] = value
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _rekeyed(text: str | None, places: abc.Sequence[int]) -> str | None:
    """Give a JSON object by place with the places of other columns."""
    if not text:
        return text
    return json.dumps(
        {str(places[int(at)]): told for at, told in json.loads(text).items()}, ensure_ascii=False
    )


def _keep_bases(
    db: Connection, host_id: str, job_id: str, columns: abc.Sequence[abc.Mapping[str, Any]]
) -> None:
    """Keep under which description each column was judged."""
    base, other = drift_bases.of_job(db, host_id), drift_bases.of_job(db, job_id)
    if base is None or other is None:
        return
    known = {info.name.casefold() for info in base.fields}
    fresh = [info.name for info in other.fields if info.name.casefold() not in known]
    if fresh:
        whole = drift_bases.merged(base, other, fresh)
        drift_bases.put_job(db, host_id, whole, [column["field"] for column in columns])


def _keep_figures(db: Connection, host_id: str, job_id: str) -> None:
    """Keep the larger of what the guards measured: each plan was admitted by its own."""
    sqlite.run(
        db,
        "insert into guard_figures (job_id, guard, figure, of, facts, overridden_by, overridden_at) "
        "select ?1, guard, figure, of, facts, '', null from guard_figures where job_id = ?2 "
        "on conflict (job_id, guard) do update set figure = excluded.figure, of = excluded.of, "
        "facts = excluded.facts where excluded.figure > guard_figures.figure",
        (host_id, job_id),
    )
