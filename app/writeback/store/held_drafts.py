"""Drafts that a big job deals with: held by its change set while it runs, and let go when all is over.

Jobs that are tracked value by value do this row by row (`store.value_states`); this is the same for jobs of
any size, in a few statements.

Must not: touch a draft that was edited since its plan was made.
"""

import json
from collections import abc
from typing import Final

from sqlalchemy.engine import Connection

from writeback.store import left_drafts, sqlite

_TOUCHES: Final = "json_type(w.new, '$[{place}]') <> 'object'"
_ROWS: Final = (
    "select w.rid from writes w join batches b on b.job_id = w.job_id "
    "and w.seq between b.first_seq and b.last_seq "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
    "where w.job_id = ? and w.rid is not null and coalesce(o.outcome, b.outcome, 'open') in ({outcomes}) "
    "and {touches}"
)
_ALREADY: Final = (
    "select w.rid from findings w where w.job_id = ? and w.rid is not null and w.verdict = 'unchanged' "
    "and {touches}"
)
_WAITING: Final = "'preparing', 'queued', 'running', 'throttled', 'paused', 'cancelling', 'checking'"


def hold(db: Connection, change_set_id: str, job_id: str, *, made_at: str) -> None:
    """Tie the drafts that a job sends, or found to be so already, to its change set."""
    for place, attribute in _columns(db, job_id):
        if not _is_any_waiting(db, attribute):  # else a million rows are gone through for nobody
            continue
        touches = _TOUCHES.format(place=place)
        sqlite.run(
            db,
            "update drafts set change_set_id = ? where change_set_id is null and attribute = ? "  # noqa: S608
            "and created_at <= ? and rid in (select w.rid from writes w where w.job_id = ? "
            f"and w.rid is not null and {touches} union {_ALREADY.format(touches=touches)})",
            (change_set_id, attribute, made_at, job_id, job_id),
        )


def _is_any_waiting(db: Connection, attribute: str) -> bool:
    free = "select 1 from drafts where change_set_id is null and attribute = ? limit 1"
    return sqlite.run(db, free, (attribute,)).fetchone() is not None


def let_go(db: Connection, change_set_id: str) -> None:
    """When no job of a change set goes on: end the drafts that are through, and let the refused wait again.

    One whose outcome is unknown stays held, so that nobody sends it a second time.
    """
    going = f"select 1 from jobs where change_set_id = ? and state in ({_WAITING}) limit 1"  # noqa: S608  constants
    if sqlite.run(db, going, (change_set_id,)).fetchone() is not None:
        return
    jobs = [
        str(row[0]) for row in sqlite.run(db, "select id from jobs where change_set_id = ?", (change_set_id,))
    ]
    places = [(job, place, name) for job in jobs for place, name in _columns(db, job)]
    for job, place, attribute in places:
        refused = _rows(place, "'rejected', 'conflict', 'cancelled'")
        sqlite.run(
            db,
            "update drafts set change_set_id = null where change_set_id = ? and attribute = ? "  # noqa: S608
            f"and rid in ({refused})",
            (change_set_id, attribute, job),
        )
    left_drafts.free(db, change_set_id)
    for job, place, attribute in places:
        touches = _TOUCHES.format(place=place)
        others = [(other, at) for other, at, name in places if name == attribute]
        unclear = " union ".join(_rows(at, _OPEN) for _, at in others)
        sqlite.run(
            db,
            "delete from drafts where change_set_id = ? and attribute = ? and rid in "  # noqa: S608
            f"({_rows(place, _THROUGH)} union {_ALREADY.format(touches=touches)}) "
            f"and rid not in ({unclear})",
            (change_set_id, attribute, job, job, *(other for other, _ in others)),
        )


def end_rows(db: Connection, job_id: str, seqs: abc.Sequence[int]) -> None:
    """End the drafts that some rows of a job hold: a person looked after them in the CRM."""
    for place, attribute in _columns(db, job_id):
        sqlite.run(
            db,
            "delete from drafts where change_set_id = (select change_set_id from jobs where id = ?) "  # noqa: S608
            "and attribute = ? and rid in (select w.rid from writes w where w.job_id = ? "
            f"and w.seq in ({sqlite.marks([str(seq) for seq in seqs])}) and {_TOUCHES.format(place=place)})",
            (job_id, attribute, job_id, *seqs),
        )


_THROUGH: Final = "'applied', 'unchanged'"
_OPEN: Final = "'unknown', 'open'"


def _rows(place: int, outcomes: str) -> str:
    return _ROWS.format(outcomes=outcomes, touches=_TOUCHES.format(place=place))


def _columns(db: Connection, job_id: str) -> abc.Iterator[tuple[int, str]]:
    row = sqlite.run(db, "select columns from jobs where id = ?", (job_id,)).fetchone()
    for place, column in enumerate(json.loads(row[0])):
        if column.get("attribute"):
            yield place, str(column["attribute"])
