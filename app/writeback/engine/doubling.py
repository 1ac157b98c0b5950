"""Hold it against a source that it names one record twice.

Two rows that want the same are one wish: the later ones are unchanged. Two rows that want different
things are both blocked, and each names the other: nobody but the person knows which one is meant.
"""

from collections import abc
from typing import Final

from writeback.model.changes import Reason
from writeback.planning.sorting import REPEATED
from writeback.store import plan_rows
from writeback.store.plan_rows import Repeated
from writeback.store.workspace import Workspace

_NAMED: Final = 10

Reasons = dict[int, tuple[Reason, str]]
LineOf = abc.Callable[[int], int]
"""Gives the line of the source that a row came from, as a person counts lines."""


def hold_doubles(workspace: Workspace, job_id: str, *, line_of: LineOf, by_key: bool = False) -> None:
    """Look through the written rows of a job-to-be for records named more than once.

    `by_key`: they are to be made, and only their key names them; most CRMs keep it unique whatever its case.
    """
    blocked: Reasons = {}
    left: Reasons = {}
    for record_id, rows in plan_rows.repeated(workspace, job_id, by_key=by_key):
        differs = len({row.new for row in rows}) > 1 or any(row.verdict == "blocked" for row in rows)
        if differs:
            blocked.update(_differ(rows, record_id, line_of))
        else:
            left.update(_repeat(rows, record_id, line_of))
    plan_rows.block(workspace, job_id, blocked)
    plan_rows.leave(workspace, job_id, left)


def _differ(rows: abc.Sequence[Repeated], record_id: str, line_of: LineOf) -> Reasons:
    """Block all rows; one that is blocked for another reason keeps it."""
    lines = [line_of(row.seq) for row in rows]
    return {
        row.seq: (_reason("plan.repeated_differs", line, lines, record_id), "")
        for row, line in zip(rows, lines, strict=True)
        if row.verdict != "blocked"
    }


def _repeat(rows: abc.Sequence[Repeated], record_id: str, line_of: LineOf) -> Reasons:
    """Keep the first row; the others want the same and are unchanged."""
    first = [line_of(rows[0].seq)]
    return {row.seq: (_reason(REPEATED, line_of(row.seq), first, record_id), "") for row in rows[1:]}


def _reason(code: str, line: int, lines: abc.Sequence[int], record_id: str) -> Reason:
    others = [other for other in lines if other != line]
    told = ", ".join(map(str, others[:_NAMED])) + (", …" if len(others) > _NAMED else "")
    return Reason(code, (("line", str(line)), ("lines", told), ("record", record_id)))
