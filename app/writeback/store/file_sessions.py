"""Files on their way: where they lie and what was chosen for them; how far they came stands elsewhere.

A plan made of such a file names its session in its source, in the commit that makes the plan. So there is
no second account of plans and jobs that a crash could leave behind.

Must not: know what was chosen.
"""

from collections import abc
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Row, insert, select, update
from sqlalchemy.engine import Connection

from writeback.model.file_sessions import FileSession, FileStep
from writeback.model.types import JobId, PlanId
from writeback.store import moments, schema, sqlite

SOURCE: Final = "session"
"""Where a plan's source names its session; the statements below name it too."""
SHOWN: Final = 50
_SUBMITTED: Final = "submitted"
_AT_WORK: Final = frozenset({"queued", "running", "throttled", "paused", "checking", "cancelling"})


def begin(db: Connection, *, path: str, sha256: str, author: str, at: datetime) -> int:
    """Remember a file; an open session of the same path ends. Gives its number."""
    table, moment = schema.file_sessions, moments.to_text(at)
    db.execute(
        update(table).where(table.c.path == path, table.c.closed_at.is_(None)).values(closed_at=moment)
    )
    told = {"path": path, "sha256": sha256, "choices": "", "author": author}
    made = insert(table).values(**told, opened_at=moment, changed_at=moment).returning(table.c.number)
    return int(db.execute(made).scalar_one())


def keep(db: Connection, number: int, *, choices: str, sha256: str, at: datetime) -> bool:
    """Keep what was chosen; says whether there is such an open session."""
    table = schema.file_sessions
    done = db.execute(
        update(table)
        .where(table.c.number == number, table.c.closed_at.is_(None))
        .values(choices=choices, sha256=sha256, changed_at=moments.to_text(at))
    )
    return done.rowcount > 0


def close(db: Connection, number: int, *, at: datetime) -> bool:
    """End a session; says whether there was such an open one. Its plans and jobs stay."""
    table = schema.file_sessions
    done = db.execute(
        update(table)
        .where(table.c.number == number, table.c.closed_at.is_(None))
        .values(closed_at=moments.to_text(at))
    )
    return done.rowcount > 0


def find(db: Connection, number: int) -> FileSession | None:
    """Give a session, closed ones too."""
    table = schema.file_sessions
    return next(iter(_told(db, db.execute(select(table).where(table.c.number == number)).all())), None)


def at_path(db: Connection, path: str) -> FileSession | None:
    """Give the open session of a file."""
    table = schema.file_sessions
    query = select(table).where(table.c.path == path, table.c.closed_at.is_(None))
    return next(iter(_told(db, db.execute(query).all())), None)


def open_ones(db: Connection, *, most: int = SHOWN) -> tuple[FileSession, ...]:
    """Give open sessions, the last changed first."""
    table = schema.file_sessions
    query = select(table).where(table.c.closed_at.is_(None))
    return _told(db, db.execute(query.order_by(table.c.changed_at.desc()).limit(most)).all())


def plans_waiting(db: Connection, number: int) -> tuple[PlanId, ...]:
    """Give the plans of a session that nobody submitted and nobody is asked about, trials not counted."""
    rows = sqlite.run(
        db,
        f"select id from change_sets where {_OURS} = ? and state = 'planned' "  # noqa: S608  our own words
        "and json_extract(source, '$.trial_of') is null and not exists "
        "(select 1 from approvals a where a.plan_id = change_sets.id and a.state = 'pending')",
        (number,),
    )
    return tuple(PlanId(str(row[0])) for row in rows)


class _Part(NamedTuple):
    """One job of a session's plan."""

    session: int
    whole: str
    plan: str
    state: str
    sha256: str
    job: str
    job_state: str
    writes: int
    arrived: int
    made_at: str
    rows: int
    unknown: int


_OURS: Final = "origin = 'file' and json_extract(source, '$.session')"
_PARTS: Final = (
    "select json_extract(c.source, '$.session'), coalesce(json_extract(c.source, '$.trial_of'), c.id), "
    "c.id, c.state, coalesce(json_extract(c.source, '$.sha256'), ''), j.id, j.state, j.writes, "
    "j.applied + j.unchanged, c.created_at, j.rows, j.unknown "
    "from change_sets c join jobs j on j.change_set_id = c.id "
    "where c.origin = 'file' and json_extract(c.source, '$.session') in ({marks}) "
    "and c.state in ('planned', 'submitted') "
    "order by coalesce(c.submitted_at, '9'), c.created_at, j.created_at, j.id"
)
_AGAIN: Final = (
    "with recursive again(id, root) as ("
    "select id, id from jobs where id in ({marks}) "
    "union select j.id, a.root from jobs j join again a on j.retry_of = a.id where j.number is not null) "
    "select j.id, a.root, j.state, j.unknown, j.applied + j.unchanged "
    "from again a join jobs j on j.id = a.id "
    "where a.id <> a.root order by j.number"
)


def _told(db: Connection, rows: abc.Sequence[Row[tuple[object, ...]]]) -> tuple[FileSession, ...]:
    """Give sessions with how far they came."""
    numbers = [int(row.number) for row in rows]
    parts: dict[int, list[_Part]] = {}
    for some in sqlite.chunks(map(str, numbers)):
        query = _PARTS.format(marks=sqlite.marks(some))
        for found in sqlite.run(db, query, [int(one) for one in some]):
            part = _Part(*found)
            parts.setdefault(part.session, []).append(part)
    return tuple(_stand(db, _loaded(row), parts.get(int(row.number), [])) for row in rows)


def _stand(db: Connection, session: FileSession, parts: abc.Sequence[_Part]) -> FileSession:
    """Say how far a file came, by the newest plan of all of it and what belongs to that one."""
    if not parts:
        return replace(session, step=FileStep.COLUMNS if session.choices else FileStep.FILE)
    newest = max(parts, key=lambda part: part.made_at).whole  # a trial keeps the moment of its plan
    mine = [part for part in parts if part.whole == newest]
    waiting = [part for part in mine if part.state != _SUBMITTED and part.plan == newest]
    sent = [part for part in mine if part.state == _SUBMITTED]
    again = _sent_again(db, [part.job for part in sent])
    states = {*(part.job_state for part in sent), *(state for _, state, _, _ in again)}
    to_send = sum(part.writes for part in waiting)
    step = FileStep.SENDING if states & _AT_WORK else FileStep.RESULT
    if waiting and (to_send or not sent):
        step = FileStep.TRIAL if sent else FileStep.PLANNED
    elif not waiting and all(part.plan != newest for part in sent):
        step = FileStep.COLUMNS  # what a trial left was dropped since: it has to be planned anew
    return replace(
        session,
        sha256=mine[0].sha256 or session.sha256,
        step=step,
        plan=PlanId(newest) if waiting else None,
        jobs=tuple(JobId(part.job) for part in sent) + tuple(JobId(job) for job, *_ in again),
        to_send=to_send,
        was_tried=any(part.plan != newest for part in sent),
        rows=sum(part.rows for part in mine),
        unknown=sum(part.unknown for part in sent) + sum(unknown for _, _, unknown, _ in again),
        sent=sum(part.writes for part in sent),
        arrived=sum(part.arrived for part in (*sent, *waiting)) + sum(arrived for *_, arrived in again),
    )


def _sent_again(db: Connection, jobs: abc.Sequence[str]) -> list[tuple[str, str, int, int]]:
    """Give the jobs in which failed rows of these went again: id, state, unknown rows, arrived ones."""
    if not jobs:
        return []
    rows = sqlite.run(db, _AGAIN.format(marks=sqlite.marks(jobs)), tuple(jobs)).fetchall()
    return [(str(job), str(state), int(unknown), int(arrived)) for job, _, state, unknown, arrived in rows]


def _loaded(row: Row[tuple[object, ...]]) -> FileSession:
    return FileSession(
        row.number,
        row.path,
        row.sha256,
        row.choices,
        row.author,
        moments.from_text(row.opened_at),
        moments.from_text(row.changed_at),
    )
