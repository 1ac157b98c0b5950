"""What is different between two plans of the same edits, and what a person left out of the first one.

Rows are the same when they are about the same record of the same CRM.

Must not: change a plan.
"""

from collections import Counter, abc
from typing import Final

from sqlalchemy.engine import Connection

from writeback.model.jobs import Column
from writeback.store import sqlite
from writeback.store.plan_parts import ROW, Part
from writeback.store.plans import PlannedJob

SENT: Final = "send"
_ROWS: Final = (
    "select record_id, 'send' as verdict, old as theirs from writes where job_id = {job} "  # noqa: S608  ours
    "union all select record_id, verdict, theirs from findings where job_id = {job} and record_id <> '' "
    "union all select json_extract(body, '$.record_id'), 'send', json_extract(body, '$.old') from left_out "
    f"where job_id = {{job}} and place = {ROW}"
)
"""A row of a plan whatever became of it: what the CRM held, and what was decided."""


def verdicts(db: Connection, before: PlannedJob, after: PlannedJob) -> Counter[tuple[str, str]]:
    """Count the records of which something else is decided, by (was, is); '' is: not in that plan."""
    found: Counter[tuple[str, str]] = Counter()
    was_then, is_now = f"({_of(1)}) was", f"({_of(2)}) is_now"
    pairs = (
        (
            "was.verdict, coalesce(is_now.verdict, '')",
            f"{was_then} left join {is_now}",
            "is_now.verdict is not was.verdict",
        ),
        ("'', is_now.verdict", f"{is_now} left join {was_then}", "was.record_id is null"),
    )
    for words, tables, condition in pairs:
        query = (
            f"select {words}, count(distinct coalesce(was.record_id, is_now.record_id)) from {tables} "  # noqa: S608  ours
            f"on is_now.record_id = was.record_id where {condition} group by 1, 2"
        )
        for was, now, count in sqlite.run(db, query, (before.id, after.id)):
            found[str(was), str(now)] += int(count)
    return found


def held_otherwise(db: Connection, before: PlannedJob, after: PlannedJob) -> int:
    """Count the records of which the CRM holds something else in a column of both, and the verdict stayed."""
    pairs = _places(before.columns, after.columns)
    if not pairs:
        return 0
    differs = " or ".join(
        f"was.theirs -> '$[{one}]' is not is_now.theirs -> '$[{other}]'" for one, other in pairs
    )
    query = (
        f"select count(distinct was.record_id) from ({_of(1)}) was "  # noqa: S608  our own places
        f"join ({_of(2)}) is_now on is_now.record_id = was.record_id and is_now.verdict = was.verdict "
        f"where was.theirs <> '[]' and is_now.theirs <> '[]' and ({differs})"
    )
    return int(sqlite.run(db, query, (before.id, after.id)).fetchone()[0])


def left_out(db: Connection, before: PlannedJob, after: PlannedJob) -> abc.Iterator[Part]:
    """Give what was left out of a plan as parts of the other one: whole rows, then fields of rows."""
    rows = sqlite.run(
        db,
        "select w.seq from left_out l join writes w on w.record_id = json_extract(l.body, '$.record_id') "
        "where l.job_id = ? and l.place = ? and w.job_id = ? order by w.seq",
        (before.id, ROW, after.id),
    )
    if whole := tuple(int(row[0]) for row in rows):
        yield Part(after.id, whole)
    paths = [str(column.path) for column in before.columns]
    known = {str(column.path) for column in after.columns}
    fields = sqlite.run(
        db,
        "select l.place, w.seq from left_out l join writes o on o.job_id = l.job_id and o.seq = l.seq "
        "join writes w on w.record_id = o.record_id where l.job_id = ? and l.place <> ? and w.job_id = ? "
        "order by l.place, w.seq",
        (before.id, ROW, after.id),
    )
    by_field: dict[str, list[int]] = {}
    for place, seq in fields:
        by_field.setdefault(paths[int(place)], []).append(int(seq))
    for path, seqs in by_field.items():
        if path in known:
            yield Part(after.id, tuple(seqs), path)


def lost(db: Connection, before: PlannedJob, after: PlannedJob | None) -> int:
    """Count the rows of which something was left out, and whose record the other plan does not have."""
    record = (
        "coalesce((select w.record_id from writes w where w.job_id = l.job_id and w.seq = l.seq), "
        "json_extract(l.body, '$.record_id'))"
    )
    query = (
        f"select count(distinct l.seq) from left_out l where l.job_id = ?1 and {record} not in "  # noqa: S608  ours
        "(select record_id from writes where job_id = ?2 "
        "union select record_id from findings where job_id = ?2)"
    )
    return int(sqlite.run(db, query, (before.id, after.id if after is not None else "")).fetchone()[0])


def _of(number: int) -> str:
    return _ROWS.format(job=f"?{number}")


def _places(before: abc.Sequence[Column], after: abc.Sequence[Column]) -> list[tuple[int, int]]:
    """Give the places of the columns that both have."""
    known = {str(column.path): place for place, column in enumerate(after)}
    return [(place, known[path]) for place, one in enumerate(before) if (path := str(one.path)) in known]
