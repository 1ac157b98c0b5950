"""What became of the edits of one record, told alike by every command that makes them."""

from collections import abc
from typing import TYPE_CHECKING

from writeback.cli.options import Run
from writeback.cli.output import JsonValue, put_json, put_line, say
from writeback.cli.progress import GUARD, Ran, exit_code, report_of, tell_jobs
from writeback.cli.records import plain_target

if TYPE_CHECKING:
    from writeback.runtime.facade import EditAnswer
    from writeback.runtime.views import RecordView

BLOCKED = 4
LATER = 75
OURS = frozenset({"guard", "approval", "permission", "connection"})
"""What a reason's code begins with where it is our own no that keeps an edit here."""
STATES = {
    "draft": "kept as a draft",
    "sending": "submitted",
    "unchanged": "already so",
    "blocked": "blocked",
    "conflict": "conflict",
}


def tell_answers(
    answers: abc.Sequence["EditAnswer"],
    ran: Ran,
    after: "RecordView | None",
    run: Run,
    *,
    head: abc.Mapping[str, JsonValue] | None = None,
) -> int:
    """Tell what became of the edits of one record; gives the exit code."""
    if run.as_json:
        told: dict[str, JsonValue] = {**(head or {}), "edits": [_plain(answer, after) for answer in answers]}
        put_json({**report_of(ran), **told} if ran.jobs else told)
    else:
        for answer in answers:
            put_line(f"{answer.attribute}: {STATES[answer.state]}")
        _tell_reasons(answers)
        if ran.jobs:
            tell_jobs(ran, run)
    return _code(answers, ran)


def tell_many(
    told: abc.Sequence[tuple[abc.Mapping[str, JsonValue], abc.Sequence["EditAnswer"]]],
    ran: Ran,
    after: abc.Sequence["RecordView | None"],
    run: Run,
) -> int:
    """Tell what became of the edits of several tasks, a task each; gives the exit code."""
    answers = [answer for _, some in told for answer in some]
    if run.as_json:
        each: list[JsonValue] = [
            {"task": dict(task), "edits": [_plain(answer, record) for answer in some]}
            for (task, some), record in zip(told, after, strict=True)
        ]
        put_json({**(report_of(ran) if ran.jobs else {}), "tasks": each})
    else:
        _tell_reasons(answers)
        if ran.jobs:
            tell_jobs(ran, run)
    return _code(answers, ran)


def _code(answers: abc.Sequence["EditAnswer"], ran: Ran) -> int:
    waiting = [one.reason.code for one in answers if one.state == "draft" and one.reason is not None]
    if any(code.partition(".")[0] in OURS for code in waiting):
        return GUARD  # it was to be sent, and a guard keeps it here
    if waiting:
        return LATER  # the CRM could not be asked
    return BLOCKED if any(answer.state == "blocked" for answer in answers) else exit_code(ran)


def _plain(answer: "EditAnswer", after: "RecordView | None") -> dict[str, JsonValue]:
    """Tell what became of an edit: as its jobs left it, in each CRM that takes the attribute."""
    reason = answer.reason
    mark = None if after is None else dict(after.row.marks).get(answer.attribute)
    state = answer.state
    if state == "sending":
        state = "confirmed" if mark is None else mark.state
    targets = () if after is None else after.targets_of(answer.attribute)
    return {
        "record": answer.record,
        "attribute": answer.attribute,
        "state": state,
        "reason": None if reason is None else {"code": reason.code, **dict(reason.facts)},
        "targets": [plain_target(target) for target in targets],
    }


def _tell_reasons(answers: abc.Iterable["EditAnswer"]) -> None:
    from writeback.runtime.sentences import sentence_of

    for answer in answers:
        if answer.reason is not None:
            told = sentence_of(answer.reason.code, dict(answer.reason.facts))
            say(f"{answer.attribute}: {told} ({answer.reason.code})")
