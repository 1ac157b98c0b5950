"""The records that rows of a job made: their ids, beside what was approved.

Until its record is there a row has none; `writes.record_id` then holds the value of the job's unique key.

Must not: decide whether a row was applied.
"""

from collections import abc
from typing import Final

from sqlalchemy.engine import Connection

from writeback.store import sqlite

RECORD: Final = (
    "coalesce((select m.record_id from made m where m.job_id = w.job_id and m.seq = w.seq), w.record_id)"
)
"""The id of the record that a row `w` of `writes` is about: the one it made, where it made one."""


def put(db: Connection, job_id: str, rows: abc.Iterable[tuple[int, str]]) -> None:
    """Keep which record each row made; what is known already stays."""
    sqlite.many(
        db,
        "insert into made (job_id, seq, record_id) values (?, ?, ?) on conflict (job_id, seq) do nothing",
        ((job_id, seq, record_id) for seq, record_id in rows),
    )


def of_rows(db: Connection, job_id: str, seqs: abc.Iterable[int]) -> dict[int, str]:
    """Give the ids of the records that some rows made, by row."""
    numbers = ",".join(str(int(one)) for one in seqs)
    query = f"select seq, record_id from made where job_id = ? and seq in ({numbers})"  # noqa: S608  numbers
    return {int(row[0]): str(row[1]) for row in sqlite.run(db, query, (job_id,))}


def numbers(db: Connection, job_id: str, span: tuple[int, int]) -> set[int]:
    """Give which rows of a span have a record that is known."""
    query = "select seq from made where job_id = ? and seq between ? and ?"
    return {int(row[0]) for row in sqlite.run(db, query, (job_id, *span))}
