"""How conflicts of a job's rows were settled, and what was found when they were looked at again.

A settlement that a plan carries counts once the plan is submitted; until then, and when the plan is
discarded, the conflict is in the inbox.

Must not: decide what is kept.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from writeback.store import sqlite
from writeback.store.inbox import Place

_PUT: Final = (
    "insert into settlements (job_id, seq, place, kept, plan_id, theirs, is_gone, message, author, at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (job_id, seq, place) do update set "
    "kept = excluded.kept, plan_id = excluded.plan_id, theirs = coalesce(excluded.theirs, theirs), "
    "is_gone = excluded.is_gone, "
    "message = case excluded.message when '' then message else excluded.message end, "
    "author = excluded.author, at = excluded.at"
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """One field of a job's row."""

    place: Place
    kept: str = ""
    """`ours` | `crm` | `value` | `same`; '': it was only looked at again."""
    plan_id: str = ""
    theirs: str | None = None
    """JSON of what the CRM holds now; None: as known."""
    is_gone: bool = False
    message: str = ""


def put(db: Connection, settled: abc.Iterable[Settlement], *, author: str, at: str) -> None:
    """Keep settlements in place of earlier ones."""
    sqlite.many(
        db,
        _PUT,
        (
            (
                one.place.first,
                int(one.place.second),
                int(one.place.third),
                one.kept,
                one.plan_id,
                one.theirs,
                int(one.is_gone),
                one.message,
                author,
                at,
            )
            for one in settled
        ),
    )


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row of a job that ended in conflict, whole; texts are JSON arrays along the job's columns."""

    seq: int
    record_id: str
    rid: str | None
    theirs: str
    new: str
    conflicting: frozenset[int]
    """Places in conflict; empty: nobody knows which, so all that it touches."""


def rows(db: Connection, job_id: str, seqs: abc.Sequence[int]) -> dict[int, HeldRow]:
    """Give some rows of a job that ended in conflict, by their numbers."""
    found: dict[int, HeldRow] = {}
    for query in (_PLANNED, _SENT):
        for start in range(0, len(seqs), _PAGE):
            some = tuple(seqs[start : start + _PAGE])
            marks = query.format(marks=sqlite.marks(some))
            for seq, record_id, rid, theirs, new, places in sqlite.run(db, marks, (job_id, *some)):
                told = frozenset(int(one) for one in str(places or "").split(",") if one)
                found[int(seq)] = HeldRow(int(seq), record_id, rid, theirs, new, told)
    return found


_PAGE: Final = 500
_PLANNED: Final = (
    "select seq, record_id, rid, theirs, new, (select group_concat(p.value) from json_each(places) p) "
    "from findings where job_id = ? and verdict = 'conflict' and seq in ({marks})"
)
_SENT: Final = (
    "select w.seq, w.record_id, w.rid, coalesce(o.theirs, w.old), w.new, "
    "(select group_concat(c.key) from json_each(j.columns) c join json_each(o.fields) p "
    "on p.value = json_extract(c.value, '$.field')) "
    "from outcomes o join writes w on w.job_id = o.job_id and w.seq = o.seq join jobs j on j.id = w.job_id "
    "where o.job_id = ? and o.outcome = 'conflict' and o.seq in ({marks})"
)
