"""What guards measure of a plan, as counts of the database; and the figures as they are kept with a job.

A plan may hold a million rows, so nothing here gives a row to Python.

Must not: compare a figure with a limit; `planning.striking` does.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from writeback.model.guards import Figure, Guard
from writeback.model.jobs import Column
from writeback.store import moments, schema, sqlite, wide

_CLEARS: Final = (
    # a text may hold the word `null`; looking for it first spares most rows the reading of their JSON
    "instr(w.new, 'null') > 0 and exists (select 1 from json_each(w.new) one where one.type = 'null')"
)


def clearing(db: Connection, job_id: str) -> int:
    """Count the rows to be sent that clear some field."""
    query = f"select count(*) from writes w where w.job_id = ? and {_CLEARS}"  # noqa: S608  our own words
    return int(sqlite.run(db, query, (job_id,)).fetchone()[0])


def cleared_column(db: Connection, job_id: str, columns: abc.Sequence[Column]) -> tuple[str, int] | None:
    """Give the first column that clears whatever it touches, and how many rows of the source it touches.

    What is *already so* counts: a source whose column is all blank is empty, whatever the CRM holds.
    A row to be sent leaves out the fields that are so already; what it wished for is what it found there.
    """
    rows = (
        "(select new, old from writes where job_id = :job union all "
        "select new, '[]' from findings where job_id = :job and new <> '[]') r"
    )
    for place, column in enumerate(columns):
        at = f"'$[{place}]'"
        wish = f"case when r.new -> {at} = '{{}}' then r.old -> {at} else r.new -> {at} end"
        filled = f"select 1 from {rows} where {wish} not in ('null', '{{}}') limit 1"  # noqa: S608  numbers
        if _one(db, filled, job_id) is None:  # most columns fill something in their first rows
            blank = _one(db, f"select count(*) from {rows} where {wish} = 'null'", job_id)  # noqa: S608  numbers
            if blank:
                return str(column.path), int(str(blank))
    return None


def _one(db: Connection, query: str, job_id: str) -> object:
    found = db.exec_driver_sql(query, {"job": job_id}).first()
    return None if found is None else found[0]


def known_records(db: Connection, integration_id: str) -> int:
    """Count the CRM records that the last pull of an integration knew."""
    table = sqlite.quoted(wide.snapshot_table(integration_id))
    if not sqlite.columns_of(db, wide.snapshot_table(integration_id)):
        return 0
    return int(sqlite.run(db, f"select count(*) from {table} where not gone").fetchone()[0])  # noqa: S608  quoted


ECHO_RECORDS: Final = 100_000
"""So many records are looked at for echoes. What goes over and over a whole org is found among them."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A value that was written over the same other value again and again."""

    seq: int
    """The row of the plan that would do it once more."""
    field: str
    ours: str
    """JSON: what is to be written."""
    theirs: str
    """JSON: what stands there again."""
    times: int
    """So often before, and nobody of ours had written the other value in between."""


def echoes(
    db: Connection, job_id: str, columns: abc.Sequence[Column], *, since: datetime, least: int, most: int
) -> tuple[Echo, ...]:
    """Find values of a job-to-be that were already written over the same other value `least` times.

    Ways back that we wrote ourselves are taken off: somebody who changes their mind is no loop.

    Args:
        db: Any transaction.
        job_id: The job-to-be.
        columns: Its columns.
        since: Only jobs submitted since then count.
        least: From how many times on.
        most: So many are told, the most frequent first.
    """
    table = schema.jobs
    mine = select(table.c.connection_id, table.c.object).where(table.c.id == job_id).subquery()
    query = (
        select(table.c.id, table.c.columns, table.c.writes)
        .join(mine, (mine.c.connection_id == table.c.connection_id) & (mine.c.object == table.c.object))
        .where(table.c.submitted_at >= moments.to_text(since), table.c.id != job_id, table.c.applied > 0)
        .order_by(table.c.writes, table.c.id)
    )
    earlier = [(str(row.id), _fields(row.columns)) for row in db.execute(query)]
    found: list[Echo] = []
    for place, column in enumerate(columns):
        name = column.field
        jobs = [(job, fields[name]) for job, fields in earlier if name in fields]
        if len(jobs) >= least:  # one job writes a record once
            told = _column_echoes(db, job_id, place, jobs, least=least, most=most)
            found += [Echo(seq, str(column.path), ours, theirs, times) for seq, ours, theirs, times in told]
    return tuple(sorted(found, key=lambda one: (-one.times, one.seq))[:most])


def _column_echoes(
    db: Connection,
    job_id: str,
    place: int,
    jobs: abc.Sequence[tuple[str, int]],
    *,
    least: int,
    most: int,
) -> list[tuple[int, str, str, int]]:
    new, old = f"w.new -> '$[{place}]'", f"w.old -> '$[{place}]'"
    then_new, then_old = "p.new -> e.place", "p.old -> e.place"
    # Of k jobs a record must stand in `least`, hence in one of the k - least + 1 smallest, which come first.
    smallest = [job for job, _ in jobs[: len(jobs) - least + 1]]
    query = (
        f"with looked_at as materialized (select distinct record_id from writes "  # noqa: S608  numbers and our own words
        f"where job_id in ({sqlite.marks(smallest)}) limit {ECHO_RECORDS}), "
        "e as materialized (select json_extract(value, '$[0]') as job, json_extract(value, '$[1]') as place "
        "from json_each(?)) "
        f"select w.seq, {new}, {old}, sum(case when {then_new} = {new} then 1 else -1 end) as times "
        "from looked_at r "
        "cross join writes w indexed by writes_by_record on w.job_id = ? and w.record_id = r.record_id "
        "cross join e "
        "cross join writes p indexed by writes_by_record on p.job_id = e.job and p.record_id = r.record_id "
        "cross join batches b on b.job_id = p.job_id and p.seq between b.first_seq and b.last_seq "
        "left join outcomes o on o.job_id = p.job_id and o.seq = p.seq "
        f"where {new} <> '{{}}' and {new} <> {old} "
        f"and (({then_new} = {new} and {then_old} = {old}) or ({then_new} = {old} and {then_old} = {new})) "
        "and coalesce(o.outcome, b.outcome) = 'applied' "
        "group by w.seq having times >= ? order by times desc, w.seq limit ?"
    )
    told = json.dumps([[job, f"$[{at}]"] for job, at in jobs])
    return [
        (int(row[0]), str(row[1]), str(row[2]), int(row[3]))
        for row in sqlite.run(db, query, (*smallest, told, job_id, least, most))
    ]


def _fields(text: str) -> dict[str, int]:
    return {str(one["field"]): place for place, one in enumerate(json.loads(text))}


def put(db: Connection, job_id: str, figures: abc.Iterable[Figure]) -> None:
    """Keep what was measured of a job-to-be; what was kept before is gone."""
    table = schema.guard_figures
    db.execute(delete(table).where(table.c.job_id == job_id))
    rows = [
        {
            "job_id": job_id,
            "guard": one.guard.value,
            "figure": one.figure,
            "of": one.of,
            "facts": json.dumps(dict(one.facts), ensure_ascii=False),
            "overridden_by": one.overridden_by,
        }
        for one in figures
    ]
    if rows:
        db.execute(insert(table), rows)


def of_job(db: Connection, job_id: str) -> tuple[Figure, ...]:
    """Give what was measured of a job."""
    table = schema.guard_figures
    rows = db.execute(select(table).where(table.c.job_id == job_id).order_by(table.c.guard))
    return tuple(
        Figure(
            Guard(row.guard),
            row.figure,
            row.of,
            tuple((str(name), str(value)) for name, value in json.loads(row.facts).items()),
            row.overridden_by,
        )
        for row in rows
    )


def override(
    db: Connection, job_id: str, guards: abc.Collection[Guard], *, author: str, at: datetime
) -> None:
    """Note that somebody let a job go on in spite of some struck guards."""
    table = schema.guard_figures
    names = [guard.value for guard in guards]
    db.execute(
        update(table)
        .where(table.c.job_id == job_id, table.c.guard.in_(names))
        .values(overridden_by=author, overridden_at=moments.to_text(at))
    )
