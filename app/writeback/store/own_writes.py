"""What some jobs write to some records, field by field, and whether it is still to come.

Must not: write, judge.
"""

import bisect
from collections import abc
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from writeback.model.canonical import Unset, row_from_text
from writeback.model.types import Value
from writeback.store import outbox, schema, sqlite

_COMES = frozenset({"open", "sent", "unknown"})
_CAME = frozenset({"applied", "unchanged"})


@dataclass(frozen=True, slots=True)
class OwnWrite:
    """One field of one record, as a job writes it."""

    record_id: str
    field: str
    """The CRM's name, in small letters."""
    old: Value | Unset
    new: Value
    is_to_come: bool
    at: str
    """When the job was submitted."""


def of_records(
    db: Connection, job_id: str, records: abc.Iterable[str], *, fields: abc.Container[str]
) -> abc.Iterator[OwnWrite]:
    """Give what a job writes, or wrote, to some fields of some records; what it was refused is left out.

    Args:
        db: Where to look.
        job_id: The job.
        records: The CRM's ids.
        fields: The CRM's names, in small letters.
    """
    if _cell(db, "creates_by", job_id):  # its rows name no record that was there
        return
    columns = outbox.read_columns(_cell(db, "columns", job_id))
    if not any(column.field.casefold() in fields for column in columns):
        return
    at = _cell(db, "submitted_at", job_id)
    kinds = [column.kind for column in columns]
    spans = sqlite.run(
        db, "select first_seq, outcome from batches where job_id = ? order by first_seq", (job_id,)
    ).fetchall()
    firsts = [int(row[0]) for row in spans]
    for some in sqlite.chunks(records):
        rows = sqlite.run(
            db,
            "select w.record_id, w.seq, w.old, w.new, o.outcome from writes w indexed by writes_by_record "  # noqa: S608  marks
            "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
            f"where w.job_id = ? and w.record_id in ({sqlite.marks(some)})",
            (job_id, *some),
        )
        for record_id, seq, old, new, told in rows:
            batch = bisect.bisect_right(firsts, seq) - 1
            outcome = told or (spans[batch][1] if batch >= 0 else None) or "open"
            if outcome not in _COMES | _CAME:
                continue
            news = row_from_text(new, kinds)
            for column, was, value in zip(columns, row_from_text(old, kinds), news, strict=True):
                if not isinstance(value, Unset) and column.field.casefold() in fields:
                    yield OwnWrite(record_id, column.field.casefold(), was, value, outcome in _COMES, at)


def _cell(db: Connection, name: str, job_id: str) -> str:
    column = schema.jobs.c[name]
    return str(
        db.execute(
            column.table.select().with_only_columns(column).where(schema.jobs.c.id == job_id)
        ).scalar_one()
    )
