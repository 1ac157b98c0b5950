"""Hold it against a source that it names one record twice.

Two rows that want the same are one wish: the later ones are unchanged. Two rows that want different
things are both blocked, and each names the other: nobody but the person knows which one is meant.
"""

from collections import abc
from typing import Final

from writeback.model.changes import Reason
from writeback.store import plans
from writeback.store.plans import Repeated
from writeback.store.workspace import Workspace

_NAMED: Final = 10

Reasons = dict[int, tuple[Reason, str]]


def hold_doubles(workspace: Workspace, job_id: str) -> None:
    """Look through the written rows of a job-to-be for records named more than once."""
    blocked: Reasons = {}
    left: Reasons = {}
    for record_id, rows in plans.repeated(workspace, job_id):
        differs = len({row.new for row in rows}) > 1 or any(row.verdict == "blocked" for row in rows)
        if differs:
            blocked.update(_differ(rows, record_id))
        else:
            left.update(_repeat(rows, record_id))
    plans.block(workspace, job_id, blocked)
    plans.leave(workspace, job_id, left)


def _differ(rows: abc.Sequence[Repeated], record_id: str) -> Reasons:
    """Block all rows; one that is blocked for another reason keeps it."""
    numbers = [row.seq for row in rows]
    return {
        row.seq: (_reason("plan.repeated_differs", row.seq, numbers, record_id), "")
        for row in rows
        if row.verdict != "blocked"
    }


def _repeat(rows: abc.Sequence[Repeated], record_id: str) -> Reasons:
    """Keep the first row; the others want the same and are unchanged."""
    numbers = [row.seq for row in rows]
    return {row.seq: (_reason("plan.repeated", row.seq, numbers[:1], record_id), "") for row in rows[1:]}


def _reason(code: str, seq: int, numbers: abc.Sequence[int], record_id: str) -> Reason:
    others = [file_line(number) for number in numbers if number != seq]
    told = ", ".join(map(str, others[:_NAMED])) + (", …" if len(others) > _NAMED else "")
    return Reason(code, (("line", str(file_line(seq))), ("lines", told), ("record", record_id)))


def file_line(seq: int) -> int:
    """Give a row's line as a spreadsheet counts: the header is line 1."""
    return seq + 1
