"""Which batches wait for earlier ones: a record is written in the order in which its jobs were submitted.

Noted in the commit that submits a job: a batch of it that writes a record which a batch of an earlier job
still has to write waits until that one is settled; its other batches do not. A job that a person made wait
for a moment of its own is passed by.

Must not: claim or send anything, decide what becomes of a row.
"""

import bisect
from collections import abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, select
from sqlalchemy.engine import Connection

from writeback.model.jobs import JobState
from writeback.store import schema, sqlite

_OVER: Final = (JobState.DONE.value, JobState.CANCELLED.value)
_AT_REST: Final = (JobState.PAUSED.value, JobState.STOPPED.value, JobState.NEEDS_YOU.value)
BLOCKING: Final = (
    "exists (select 1 from waits_behind x join batches y on y.job_id = x.other_id and y.no = x.other_no "
    "where x.job_id = {job} and x.batch_no = {batch} and y.state <> 'settled')"
)
"""Says in SQL that a batch waits; `{job}` and `{batch}` name its job and number."""
_WAITS: Final = (
    "from waits_behind x "
    "join batches y on y.job_id = x.other_id and y.no = x.other_no and y.state <> 'settled' "
    "join batches b on b.job_id = x.job_id and b.no = x.batch_no and b.state <> 'settled' "
)
NUMBERS_BEFORE: Final = (
    f"select json_group_array(distinct before.number) {_WAITS}"
    "join jobs before on before.id = x.other_id where x.job_id = jobs.id"
)
"""Gives in SQL the numbers of the jobs that one of `jobs` waits for now, as JSON."""
_BLOCKS: Final = BLOCKING.format(job="b.job_id", batch="b.no")


def note(db: Connection, job_id: str, *, at: str) -> None:
    """Note behind which batches those of a submitted job wait, in place of what was noted of earlier ones."""
    earlier = "select id from jobs where number < (select number from jobs where id = ?1)"
    sqlite.run(db, f"delete from waits_behind where job_id = ?1 and other_id in ({earlier})", (job_id,))  # noqa: S608  ours
    jobs, sets = schema.jobs, schema.change_sets
    query = (
        select(jobs, sets.c.planned_at)
        .join(sets, sets.c.id == jobs.c.change_set_id)
        .where(jobs.c.id == job_id)
    )
    job = db.execute(query).one()
    since = job.planned_at or at  # what ended meanwhile wrote what this one was judged before
    is_made_to_wait = job.state == JobState.QUEUED.value and not job.collects
    begins = max(at, job.not_before or at) if is_made_to_wait else at
    let_go = _behind(db, job_id)  # whoever was passed by stays so, though its moment came meanwhile
    for other, writes in at_work(db, job.connection_id, job.object, since=since, at=begins, below=job.number):
        if other not in let_go:
            _put(db, (job_id, other), _meeting(db, job_id, other, is_smaller=job.writes <= writes))
    if later := _made_to_wait(db, job, begins):
        first = before(db, (job_id,))  # whoever is waited for does not wait in turn, whatever its moment
        for other, writes in later:
            if other not in first:
                _put(db, (other, job_id), _meeting(db, other, job_id, is_smaller=writes <= job.writes))


def _behind(db: Connection, job_id: str) -> abc.Set[str]:
    """Give the jobs that were noted behind one, directly or through others."""
    found: set[str] = set()
    asked = [job_id]
    while asked:
        fresh = set(_waiting_for(db, asked.pop())) - found
        found |= fresh
        asked += fresh
    return found


def _put(db: Connection, jobs: tuple[str, str], meeting: abc.Iterable[tuple[int, int]]) -> None:
    """Let batches of the first job wait for those of the second with which they share a record."""
    first, second = (_Spans.of(db, job) for job in jobs)
    pairs = dict.fromkeys((first.no(one), second.no(other)) for one, other in meeting)
    told = ((jobs[0], no, jobs[1], other) for no, other in pairs)
    sqlite.many(db, "insert or ignore into waits_behind values (?, ?, ?, ?)", told)


def _made_to_wait(db: Connection, job: Row[tuple[object, ...]], begins: str) -> list[tuple[str, int]]:
    """Give the earlier jobs that a person made wait until after this one begins: it goes before them."""
    query = (
        "select id, writes from jobs where connection_id = ? and object = ? and number < ? and writes > 0 "
        "and state = ? and collects = 0 and not_before > ?"
    )
    told = (job.connection_id, job.object, job.number, JobState.QUEUED.value, begins)
    return [(str(row[0]), int(row[1])) for row in sqlite.run(db, query, told).fetchall()]


def passing(db: Connection, job_id: str) -> tuple[str, ...]:
    """Give the jobs that were submitted after one and write records of it: some may have arrived first."""
    query = (
        "select x.job_id, j.number from waits_behind x join jobs j on j.id = x.job_id where x.other_id = ?1 "
        "and j.number > (select number from jobs where id = ?1) "
        "union select x.other_id, j.number from waits_behind x join jobs j on j.id = x.other_id "
        "where x.job_id = ?1 and j.number > (select number from jobs where id = ?1) order by 2"
    )
    return tuple(str(row[0]) for row in sqlite.run(db, query, (job_id,)))


def note_again(db: Connection, job_id: str, *, at: str) -> None:
    """Note it anew for a job whose batches were cut anew, and for those that wait for it."""
    later = "select number > (select number from jobs where id = ?2) from jobs where id = ?1"
    for one in _waiting_for(db, job_id):
        if sqlite.run(db, later, (one, job_id)).fetchone()[0]:
            note(db, one, at=at)
        else:  # it was made to wait, and this one goes before it
            sqlite.run(db, "delete from waits_behind where job_id = ? and other_id = ?", (one, job_id))
            _put(db, (one, job_id), _meeting(db, one, job_id, is_smaller=True))
    note(db, job_id, at=at)


def _waiting_for(db: Connection, job_id: str) -> tuple[str, ...]:
    """Give the jobs of which some batch was noted behind one of this job."""
    query = "select distinct job_id from waits_behind where other_id = ?"
    return tuple(str(row[0]) for row in sqlite.run(db, query, (job_id,)).fetchall())


def before(db: Connection, jobs: abc.Iterable[str]) -> tuple[str, ...]:
    """Give the jobs that these wait for now, directly or through others, in their order; not themselves."""
    asked = list(dict.fromkeys(jobs))
    found = dict.fromkeys(asked)
    while asked:
        fresh = [one for one in _blockers(db, asked.pop()) if one not in found]
        found.update(dict.fromkeys(fresh))
        asked += fresh
    for one in dict.fromkeys(jobs):
        del found[one]
    table = schema.jobs
    numbers = dict(db.execute(select(table.c.id, table.c.number).where(table.c.id.in_(sorted(found)))).all())
    return tuple(sorted(found, key=lambda one: numbers.get(one) or 0))


def has_any(db: Connection, job_id: str) -> bool:
    """Say whether a job was submitted while others still had to write some record of it."""
    query = "select 1 from waits_behind where job_id = ? limit 1"
    return sqlite.run(db, query, (job_id,)).fetchone() is not None


def is_held(db: Connection, job_id: str, *, is_parked: abc.Callable[[str], bool]) -> bool:
    """Say whether a job goes no further by itself, because what it waits for does not.

    Args:
        db: Any transaction.
        job_id: The job.
        is_parked: Says of a job that goes on by itself whether it waits for longer than anybody stands by.
    """
    earlier = before(db, (job_id,))
    stays = {one for one in earlier if is_parked(one)}
    asked = [*(one for one in earlier if one not in stays), job_id]
    while held := {one for one in asked if _is_held(db, one, stays)}:
        if job_id in held:
            return True
        stays |= held  # what waits for these may be held too
        asked = [one for one in asked if one not in held]
    return False


def _is_held(db: Connection, job_id: str, stays: abc.Container[str]) -> bool:
    """Say it of one job, when it is known which jobs before it go no further by themselves."""
    free = f"select 1 from batches b where b.job_id = ? and b.state <> 'settled' and not {_BLOCKS} limit 1"  # noqa: S608  ours
    if sqlite.run(db, free, (job_id,)).fetchone() is not None:
        return False
    waits = _blockers(db, job_id)
    table = schema.jobs
    states = {
        str(row.id): str(row.state)
        for row in db.execute(select(table.c.id, table.c.state).where(table.c.id.in_(waits)))
    }
    rests = [one for one in waits if states[one] in _AT_REST or one in stays]
    if not rests:
        return False
    still = (
        "select 1 from batches b where b.job_id = ? and b.state <> 'settled' and not exists "  # noqa: S608  marks
        "(select 1 from waits_behind x join batches y on y.job_id = x.other_id and y.no = x.other_no "
        "where x.job_id = b.job_id and x.batch_no = b.no and y.state <> 'settled' "
        f"and x.other_id in ({sqlite.marks(rests)})) limit 1"
    )
    return sqlite.run(db, still, (job_id, *rests)).fetchone() is None


def _blockers(db: Connection, job_id: str) -> tuple[str, ...]:
    """Give the jobs that one waits for now."""
    query = f"select distinct x.other_id {_WAITS}where x.job_id = ?"
    return tuple(str(row[0]) for row in sqlite.run(db, query, (job_id,)))


def at_work(
    db: Connection,
    connection_id: str,
    object_name: str,
    *,
    since: str,
    at: str,
    author: str | None = None,
    below: int = 0,
) -> list[tuple[str, int]]:
    """Give the submitted jobs that may still write records of an object, with how many rows each has.

    Args:
        db: Any transaction.
        connection_id: To which CRM.
        object_name: Of what.
        since: Those that ended since then count too.
        at: The present moment; a job that a person made wait for a later one is passed by.
        author: Only jobs of this person; None: of everybody.
        below: Only jobs with a lower number; 0: all.
    """
    query = (
        "select j.id, j.writes from jobs j join change_sets s on s.id = j.change_set_id "  # noqa: S608  marks
        "where j.connection_id = ? and j.object = ? and j.number is not null and j.writes > 0 "
        f"and (j.state not in ({sqlite.marks(_OVER)}) or j.finished_at >= ?) "
        "and not (j.state = ? and j.collects = 0 and coalesce(j.not_before, '') > ?) "
        "and (? is null or s.author = ?) and (? = 0 or j.number < ?) order by j.number"
    )
    told = (
        connection_id,
        object_name,
        *_OVER,
        since,
        JobState.QUEUED.value,
        at,
        author,
        author,
        below,
        below,
    )
    return [(str(row[0]), int(row[1])) for row in sqlite.run(db, query, told).fetchall()]


def others_of(db: Connection, job_id: str, *, author: str) -> tuple[str, ...]:
    """Give the jobs of a person behind which one was submitted, whatever became of them since."""
    query = (
        "select distinct x.other_id, j.number from waits_behind x join jobs j on j.id = x.other_id "
        "join change_sets s on s.id = j.change_set_id where x.job_id = ?1 and s.author = ?2 "
        "and j.number < (select number from jobs where id = ?1) order by j.number"
    )
    return tuple(str(row[0]) for row in sqlite.run(db, query, (job_id, author)))


def _meeting(db: Connection, job_id: str, other: str, *, is_smaller: bool) -> abc.Iterator[tuple[int, int]]:
    """Give the row numbers of both jobs that are about one record; `is_smaller`: the first has fewer rows."""
    few, many = ("a", "o") if is_smaller else ("o", "a")
    names = {"a": job_id, "o": other}
    query = (
        f"select a.seq, o.seq from writes {few} "  # noqa: S608  our own words
        f"cross join writes {many} indexed by writes_by_record "
        f"on {many}.job_id = ? and {many}.record_id = {few}.record_id "
        f"where {few}.job_id = ? and {few}.record_id <> ''"
    )
    cursor = sqlite.run(db, query, (names[many], names[few]))
    while rows := cursor.fetchmany(5_000):
        yield from rows


@dataclass(frozen=True, slots=True)
class _Spans:
    """In which batch each row of a job stands."""

    firsts: list[int]
    numbers: list[int]

    @classmethod
    def of(cls, db: Connection, job_id: str) -> "_Spans":
        query = "select first_seq, no from batches where job_id = ? order by first_seq"
        rows = sqlite.run(db, query, (job_id,)).fetchall()
        return cls([int(row[0]) for row in rows], [int(row[1]) for row in rows])

    def no(self, seq: int) -> int:
        """Give the batch of a row."""
        return self.numbers[bisect.bisect_right(self.firsts, seq) - 1]
