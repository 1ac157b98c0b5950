"""Parts of a plan that nobody submitted: rows and fields left out, put back, or split off.

What is left out lies beside the plan until it is submitted or dropped, so that it can be put back; edits
that it came from stay drafts. Counts follow in the same commit.

Must not: touch a plan that was submitted; judge a row.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.model.events import EventKind
from writeback.model.jobs import Assurance, Route
from writeback.model.permissions import ApprovalState
from writeback.model.types import JobId, PlanId
from writeback.store import figures, journal, moments, permissions, plans, schema, sources, sqlite

ROW: Final = -1
"""The place of a row that is left out whole."""
_NUMBERS: Final = '{"numbers":'
_COLUMNS: Final = tuple(column.name for column in schema.writes.columns)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a job-to-be: these rows (none named: all of them), whole or one field of each."""

    job_id: str
    rows: tuple[int, ...] = ()
    field: str = ""


def leave_out(db: Connection, plan_id: str, parts: abc.Iterable[Part]) -> None:
    """Take parts out of a plan; what is out already stays so.

    Raises:
        ConfigurationError: There is no such plan, or it was submitted.
    """
    jobs = {job.id: job for job in plans.jobs_of(db, plan_id)}
    for part in parts:
        job = jobs.get(JobId(part.job_id))
        if job is None:
            continue
        for some in _some(part.rows):
            if part.field and not _is_key(job, part.field):
                places = [n for n, column in enumerate(job.columns) if str(column.path) == part.field]
                for place in places:
                    _leave_field(db, job.id, place, some)
            else:
                _leave_rows(db, job.id, some)
    _recount(db, jobs.values())


def _is_key(job: plans.PlannedJob, path: str) -> bool:
    """Say whether a field is the key by which records are made: without it none is, so its row goes whole."""
    return bool(job.creates_by) and path.casefold() == job.creates_by.casefold()


def take_back(db: Connection, plan_id: str, parts: abc.Collection[Part]) -> None:
    """Put parts back that were left out; with none named, everything. A field comes back alone.

    Raises:
        ConfigurationError: There is no such plan, or it was submitted.
    """
    jobs = {job.id: job for job in plans.jobs_of(db, plan_id)}
    wanted = parts or [Part(job) for job in jobs]
    for part in wanted:
        job = jobs.get(JobId(part.job_id))
        if job is None:
            continue
        for some in _some(part.rows):
            is_meant = [part.field in ("", str(column.path)) for column in job.columns]
            whole = () if all(is_meant) else _whole_rows(db, job.id, some)
            _put_back_rows(db, job.id, some)
            for place in (n for n, meant in enumerate(is_meant) if meant):
                _put_back_field(db, job.id, place, some)
            for place in (n for n, meant in enumerate(is_meant) if whole and not meant):
                for each in _some(whole):  # of a row that was out whole, its other fields stay out
                    _leave_field(db, job.id, place, each)
    _recount(db, jobs.values())


def count_left_out(db: Connection, job_ids: abc.Collection[str]) -> int:
    """Count the rows of some jobs-to-be of which something was left out."""
    table = schema.left_out
    each = select(table.c.job_id, table.c.seq).where(table.c.job_id.in_(sorted(job_ids))).distinct()
    return int(db.execute(select(func.count()).select_from(each.subquery())).scalar_one())


def rows_left_out(db: Connection, job_id: str) -> int:
    """Count the rows of a job-to-be that were left out whole."""
    query = "select count(*) from left_out where job_id = ? and place = ?"
    return int(sqlite.run(db, query, (job_id, ROW)).fetchone()[0])


def forget(db: Connection, job_ids: abc.Collection[str]) -> None:
    """Keep of what was left out of submitted jobs only where: a file's result has a line for each row."""
    table, jobs = schema.left_out, sorted(job_ids)
    mine = table.c.job_id.in_(jobs)
    db.execute(update(table).where(mine).values(body="{}"))
    marks = sqlite.marks(jobs)
    asked = "from sources s where s.job_id = left_out.job_id and s.seq = left_out.seq"
    sqlite.run(
        db,
        f"update left_out set body = json_object('numbers', (select json_group_array(s.no) {asked})) "  # noqa: S608  marks
        f"where job_id in ({marks}) and exists (select 1 {asked})",
        jobs,
    )
    gone = select(table.c.seq).where(table.c.job_id == schema.sources.c.job_id, table.c.place == ROW)
    db.execute(
        delete(schema.sources).where(schema.sources.c.job_id.in_(jobs), schema.sources.c.seq.in_(gone))
    )


def places_left_out(db: Connection, job_id: str) -> dict[int, int]:
    """Give what was left out of each row of a job, by its number in the source: `ROW` or a place."""
    table = schema.left_out
    query = select(table.c.seq, table.c.place, table.c.body).where(table.c.job_id == job_id)
    found: dict[int, int] = {}
    is_shared = sources.has_any(db, job_id)
    for seq, place, body in db.execute(query.order_by(table.c.seq, table.c.place)).all():
        told = json.loads(body).get("numbers", []) if body.startswith(_NUMBERS) else []
        if is_shared and not told:
            told = [one.number for one in sources.of_row(db, job_id, seq)]
        for number in told or [seq]:
            found.setdefault(int(number), int(place))  # the whole row comes before its fields
    return found


def sendable(db: Connection, job_id: str, *, among: abc.Collection[int] | None = None) -> abc.Iterator[int]:
    """Give the numbers of the rows of a job-to-be that will be sent, in their order.

    Args:
        db: Any transaction.
        job_id: The job.
        among: Only of these; None: all.
    """
    if among is None:
        found = sqlite.run(db, "select seq from writes where job_id = ? order by seq", (job_id,))
        yield from (int(row[0]) for row in found)
        return
    for some in sqlite.chunks(str(row) for row in sorted(among)):
        numbers = ",".join(str(int(one)) for one in some)
        query = f"select seq from writes where job_id = ? and seq in ({numbers}) order by seq"  # noqa: S608  numbers
        yield from (int(row[0]) for row in sqlite.run(db, query, (job_id,)))


def split(
    db: Connection,
    plan_id: str,
    *,
    rows: abc.Mapping[JobId, abc.Collection[int]],
    new_id: abc.Callable[[], str],
    at: datetime,
    act: str = "",
) -> PlanId:
    """Make a plan of its own of some rows to be sent; gives its id.

    Args:
        db: The write transaction.
        plan_id: The plan.
        rows: By job, the rows.
        new_id: Gives ids.
        at: When.
        act: The act that tries it, by which it is found again after a crash.

    Raises:
        ConfigurationError: There is no such plan, or it was submitted.
    """
    jobs, sets = plans.jobs_of(db, plan_id), schema.change_sets
    whole = db.execute(select(sets).where(sets.c.id == plan_id)).mappings().one()
    told: dict[str, Any] = json.loads(whole["source"] or "{}")
    made = PlanId(new_id())
    own = {job.id: new_id() for job in jobs if rows.get(job.id)}
    source = {**told, "trial_of": plan_id, "act": act, "parts": {made: job for job, made in own.items()}}
    source.pop("trials", None)
    trials = json.dumps({**told, "trials": [*told.get("trials", ()), made]}, ensure_ascii=False)
    db.execute(update(sets).where(sets.c.id == plan_id).values(source=trials))
    db.execute(insert(sets).values({**whole, "id": made, "source": json.dumps(source, ensure_ascii=False)}))
    moved = [_move(db, job, made, rows=rows[job.id], own=own[job.id]) for job in jobs if job.id in own]
    _recount(db, jobs)
    _recount(db, [job for job in plans.jobs_of(db, made) if job.id in moved])
    journal.note(db, at=moments.to_text(at), kind=EventKind.PLAN_READY, subject=made)
    return made


def trial_by(db: Connection, plan_id: str, act: str) -> tuple[JobId, ...]:
    """Give the jobs of the trial that an act submitted already; nothing where it did not get so far."""
    for made, state, source in _trials(db, plan_id):
        if act and source.get("act") == act and state == "submitted":
            jobs = schema.jobs
            query = (
                select(jobs.c.id).where(jobs.c.change_set_id == made).order_by(jobs.c.created_at, jobs.c.id)
            )
            return tuple(JobId(str(row[0])) for row in db.execute(query))
    return ()


def rejoin(db: Connection, plan_id: str) -> bool:
    """Give a plan back the rows of trials that were never submitted: a guard or a crash came between.

    Returns:
        Whether there was any.

    Raises:
        ConfigurationError: There is no such plan, or it was submitted.
    """
    sets, jobs, kept = schema.change_sets, {job.id: job for job in plans.jobs_of(db, plan_id)}, []
    for made, state, source in _trials(db, plan_id):
        if state != plans.PLANNED or _waits(db, made):
            kept.append(made)
            continue
        for own, job in source["parts"].items():
            for name in ("writes", "sources", "audiences"):
                sqlite.run(db, f"update {name} set job_id = ? where job_id = ?", (job, own))  # noqa: S608  ours
            for table in (schema.job_bases, schema.guard_figures):
                db.execute(delete(table).where(table.c.job_id == own))
            db.execute(delete(schema.jobs).where(schema.jobs.c.id == own))
        db.execute(delete(sets).where(sets.c.id == made))
    told = json.loads(db.execute(select(sets.c.source).where(sets.c.id == plan_id)).scalar() or "{}")
    if kept == told.get("trials", []):
        return False
    left = json.dumps({**told, "trials": kept}, ensure_ascii=False)
    db.execute(update(sets).where(sets.c.id == plan_id).values(source=left))
    _recount(db, jobs.values())
    return True


def _trials(db: Connection, plan_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Give the trials of a plan with their states and what they were made of."""
    sets = schema.change_sets
    told = json.loads(db.execute(select(sets.c.source).where(sets.c.id == plan_id)).scalar() or "{}")
    query = select(sets.c.id, sets.c.state, sets.c.source).where(sets.c.id.in_(told.get("trials", [])))
    return [(str(row.id), str(row.state), json.loads(row.source)) for row in db.execute(query)]


def _waits(db: Connection, plan_id: str) -> bool:
    found = permissions.approval_of(db, plan_id)
    return found is not None and found.state is ApprovalState.PENDING


def _move(db: Connection, job: plans.PlannedJob, plan_id: str, *, rows: abc.Collection[int], own: str) -> str:
    for table in (schema.jobs, schema.job_bases, schema.guard_figures):
        _copy(db, table, job.id, id=own, change_set_id=plan_id)
    for some in sqlite.chunks(str(row) for row in sorted(rows)):
        for name in ("sources", "audiences", "writes"):
            within = " and seq in (select seq from writes where job_id = ?2)" if name != "writes" else ""
            numbers = ",".join(str(int(one)) for one in some)
            sqlite.run(
                db,
                f"update {name} set job_id = ?1 where job_id = ?2 and seq in ({numbers}){within}",  # noqa: S608  fixed names, numbers
                (own, job.id),
            )
    return own


def _copy(db: Connection, table: Table, job_id: str, **fresh: str) -> None:
    key = table.c.id if table is schema.jobs else table.c.job_id
    for row in db.execute(select(table).where(key == job_id)).mappings().all():
        values: dict[str, Any] = {**row, key.name: fresh["id"]}
        if table is schema.jobs:
            values |= fresh
        db.execute(insert(table).values(values))


def _some(rows: tuple[int, ...]) -> abc.Iterator[tuple[str, tuple[int, ...]]]:
    """Give conditions over rows, with their values: none for all, else chunk by chunk."""
    if not rows:
        yield "1", ()
        return
    for chunk in sqlite.chunks(str(row) for row in rows):
        yield f"seq in ({sqlite.marks(chunk)})", tuple(int(one) for one in chunk)


def _leave_rows(db: Connection, job_id: str, some: tuple[str, tuple[int, ...]]) -> None:
    condition, values = some
    names = ", ".join(f"'{name}', {sqlite.quoted(name)}" for name in _COLUMNS)
    sqlite.run(
        db,
        f"insert into left_out (job_id, seq, place, body) select job_id, seq, {ROW}, json_object({names}) "  # noqa: S608  our own names
        f"from writes where job_id = ? and {condition}",
        (job_id, *values),
    )
    sqlite.run(db, f"delete from writes where job_id = ? and {condition}", (job_id, *values))  # noqa: S608


def _leave_field(db: Connection, job_id: str, place: int, some: tuple[str, tuple[int, ...]]) -> None:
    condition, values = some
    at = f"'$[{int(place)}]'"
    touched = f"json_type(new, {at}) <> 'object'"
    sqlite.run(
        db,
        f"insert into left_out (job_id, seq, place, body) select job_id, seq, ?, new -> {at} "  # noqa: S608
        f"from writes where job_id = ? and {condition} and {touched}",
        (place, job_id, *values),
    )
    sqlite.run(
        db,
        f"update writes set new = json_set(new, {at}, json('{{}}')) "  # noqa: S608  a number, marks
        f"where job_id = ? and {condition} and {touched}",
        (job_id, *values),
    )
    empty = "not exists (select 1 from json_each(writes.new) e where e.type <> 'object')"
    found = sqlite.run(db, f"select seq from writes where job_id = ? and {empty}", (job_id,)).fetchall()  # noqa: S608
    for chunk in _some(tuple(int(row[0]) for row in found)) if found else ():
        _leave_rows(db, job_id, chunk)


def _whole_rows(db: Connection, job_id: str, some: tuple[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Give which of some rows are out whole."""
    condition, values = some
    query = f"select seq from left_out where job_id = ? and place = {ROW} and {condition}"  # noqa: S608
    return tuple(int(row[0]) for row in sqlite.run(db, query, (job_id, *values)))


def _put_back_rows(db: Connection, job_id: str, some: tuple[str, tuple[int, ...]]) -> None:
    condition, values = some
    names = ", ".join(sqlite.quoted(name) for name in _COLUMNS)
    read = ", ".join(f"json_extract(body, '$.{name}')" for name in _COLUMNS)
    mine = f"from left_out where job_id = ? and place = {ROW} and {condition}"
    sqlite.run(db, f"insert into writes ({names}) select {read} {mine}", (job_id, *values))
    sqlite.run(db, f"delete {mine}", (job_id, *values))


def _put_back_field(db: Connection, job_id: str, place: int, some: tuple[str, tuple[int, ...]]) -> None:
    condition, values = some
    mine = f"job_id = ? and place = ? and {condition}"
    wish = (
        "(select body from left_out l where l.job_id = writes.job_id and l.seq = writes.seq and l.place = ?)"
    )
    sqlite.run(
        db,
        f"update writes set new = json_set(new, '$[{int(place)}]', json({wish})) "  # noqa: S608  a number, marks
        f"where job_id = ? and seq in (select seq from left_out where {mine})",
        (place, job_id, job_id, place, *values),
    )
    sqlite.run(
        db,
        f"delete from left_out where {mine} and seq in (select seq from writes where job_id = ?)",  # noqa: S608
        (job_id, place, *values, job_id),
    )


def _recount(db: Connection, jobs: abc.Iterable[plans.PlannedJob]) -> None:
    """Count jobs-to-be whose rows became others, in the same commit; what guards measured of them is gone."""
    for job in jobs:
        plans.set_route(db, job.id, Route(job.route), Assurance(job.assurance))
        figures.put(db, job.id, ())
