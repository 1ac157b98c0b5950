"""The one form in which rows of a plan and of a job are told; `resources/help/reports.md` documents it."""

from collections import abc
from typing import TYPE_CHECKING, Final

from writeback.cli.output import JsonValue

if TYPE_CHECKING:
    from writeback.runtime.facade import JobView
    from writeback.runtime.job_views import JobRow, PlanRow

COLUMNS: Final = (
    "row",
    "record_id",
    "record",
    "fields",
    "old",
    "new",
    "theirs",
    "outcome",
    "code",
    "message",
    "connection",
    "object",
    "field",
    "yours",
    "verdict",
)
"""Of a table; JSON has these keys and, of a plan, some more."""


def plan_row(row: "PlanRow", *, object_name: str) -> dict[str, JsonValue]:
    """Tell one field of a plan: what it would do, if it were sent now."""
    reason = row.reason
    return {
        "row": row.seq,
        "record": row.record,
        "record_id": row.record_id,
        "connection": row.connection,
        "object": object_name,
        "field": row.field,
        "fields": row.field,
        "old": row.old,
        "new": row.new,
        "theirs": row.theirs,
        "yours": row.yours,
        "verdict": verdict_of(row),
        "outcome": "open" if row.verdict == "send" else row.verdict,
        "code": "" if reason is None else reason.code,
        "message": "" if reason is None else why(row),
        "reason": None if reason is None else {"code": reason.code, **dict(reason.facts)},
        "clears": row.clears,
        "added": list(row.added),
        "removed": list(row.removed),
    }


def verdict_of(row: "PlanRow") -> str:
    """Say what becomes of a field: `create`, where its record is made."""
    return "create" if row.makes and row.verdict == "send" else row.verdict


def why(row: "PlanRow") -> str:
    """Say why a field is not sent, or what changes in a list."""
    from writeback.runtime.sentences import sentence_of

    if row.reason is None:
        return row.difference
    return sentence_of(row.reason.code, dict(row.reason.facts)).happened


def result_row(row: "JobRow", job: "JobView") -> dict[str, JsonValue]:
    """Tell one row of a job with what became of it."""
    from writeback.runtime.sentences import sentence_of

    message = row.message
    if not message and row.code:
        message = sentence_of(row.code, dict(row.facts)).happened
    return {
        "row": row.seq,
        "record_id": row.record_id,
        "record": row.record,
        "connection": job.connection,
        "object": job.object,
        "field": row.fields,
        "fields": row.fields,
        "old": row.old,
        "new": row.new,
        "theirs": row.theirs,
        "yours": row.yours,
        "verdict": row.verdict,
        "outcome": row.outcome,
        "code": row.code,
        "message": message,
    }


def cells(row: abc.Mapping[str, JsonValue], *, raw: bool) -> list[str]:
    """Give the cells of a table's line; safe for spreadsheets unless `raw`."""
    from writeback.planning.escaping import safe_cell

    told = [str(row[name]) for name in COLUMNS]
    return told if raw else [safe_cell(cell) for cell in told]
