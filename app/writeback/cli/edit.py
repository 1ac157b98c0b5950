"""`writeback edit`: change attributes of one record, as a draft or sent at once, or of a whole segment."""

from collections import abc
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from writeback.cli.connect import pairs
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Run, Yes, names_of, run_of
from writeback.cli.output import JsonValue, put_json, put_line, say
from writeback.cli.progress import GUARD, Ran, exit_code, report_of, run_jobs, tell_jobs
from writeback.cli.records import plain_target
from writeback.cli.segment_edits import segment_source, send_segment
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.types import RecordId

if TYPE_CHECKING:
    from writeback.runtime.facade import EditAnswer
    from writeback.runtime.views import RecordView

BLOCKED = 4
STATES = {
    "draft": "kept as a draft",
    "sending": "submitted",
    "unchanged": "already so",
    "blocked": "blocked",
    "conflict": "conflict",
}


Wished = tuple[str, str | None, MultiMode]
At = Annotated[
    str,
    typer.Option(
        "--at", help="Of a person: change what they are at this account (our record id, or the CRM's)."
    ),
]


class Sending(NamedTuple):
    """Whether edits are sent at once, and what was said for it."""

    now: bool
    confirm_org: str
    overrides: tuple[str, ...]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("edit")(edit)


def edit(
    context: typer.Context,
    record: Annotated[
        str, typer.Argument(help="Our record id, or the CRM's. With --segment: left out.")
    ] = "",
    values: Annotated[
        list[str] | None,
        typer.Argument(help="attribute=value; of a multi-list also attribute+=value, attribute-=value"),
    ] = None,
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="attribute=value, the same as an argument.")
    ] = None,
    segment: Annotated[
        str | None,
        typer.Option(
            "--segment",
            help="Change all records of a saved segment, or that a condition means; planned, and sent with "
            "--yes. See writeback segments --help.",
        ),
    ] = None,
    entity: Annotated[str, typer.Option("--entity", help="With --segment: our entity.")] = "account",
    at: At = "",
    clear: Annotated[list[str] | None, typer.Option("--clear", help="Empty this attribute.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Write it to the CRM now.")] = False,
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    reason: Annotated[str, typer.Option("--reason", help="With --segment: why; kept with the job.")] = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Change attributes of one record, or of all records of a segment."""
    run = run_of(context, as_json=as_json, no_input=no_input)
    if segment is not None and record:  # the first argument is a value then
        values, record = [record, *(values or ())], ""
    wished = _wished([*(values or ()), *(sets or ())], clear or ())
    if segment is not None:
        source = segment_source(segment, entity, wished, reason=reason)
        return send_segment(source, run, yes=yes, confirm_org=confirm_org, override=override)
    if at and segment is not None:
        raise typer.BadParameter("--at goes with one record, not with --segment")
    if yes or reason:
        raise typer.BadParameter("--yes and --reason go with --segment; one record is sent with --send")
    if not record:
        raise typer.BadParameter("name a record, or --segment")
    sending = Sending(send, confirm_org, names_of(override))
    return _edit_one(run, (record, at), wished, sending)


def _edit_one(run: Run, whose: tuple[str, str], wished: abc.Sequence[Wished], sending: Sending) -> int:
    """Edit one record: the named one, or what that person is at an account."""
    from writeback.runtime.facade import Edit

    record, at = whose
    with open_runtime(run) as runtime:
        told = runtime.told
        one = told.find_record(record)
        rid = RecordId(told.membership(one, told.find_record(at)).record.rid) if at else one.id
        edits = tuple(Edit(rid, name, text, mode) for name, text, mode in wished)
        answers = runtime.save_edits(
            edits,
            origin=Origin.CLI,
            author=author(),
            act=new_act(),
            send=sending.now,
            confirm_org=sending.confirm_org,
            overrides=sending.overrides,
        )
        sent = tuple(dict.fromkeys(job for answer in answers for job in answer.job_ids))
        ran = run_jobs(runtime, sent, run)
        after = runtime.told.record(rid)
    return _told(answers, ran, after, run)


def _told(answers: abc.Sequence["EditAnswer"], ran: Ran, after: "RecordView", run: Run) -> int:
    """Tell what became of the edits of one record; gives the exit code."""
    if run.as_json:
        told = {"edits": [_plain(answer, after) for answer in answers]}
        put_json({**report_of(ran), **told} if ran.jobs else told)
    else:
        for answer in answers:
            put_line(f"{answer.attribute}: {STATES[answer.state]}")
        _tell_reasons(answers)
        if ran.jobs:
            tell_jobs(ran, run)
    if any(answer.state == "draft" and answer.reason is not None for answer in answers):
        return GUARD  # it was to be sent, and a guard keeps it here
    return BLOCKED if any(answer.state == "blocked" for answer in answers) else exit_code(ran)


def _wished(values: abc.Sequence[str], clear: abc.Sequence[str]) -> tuple[Wished, ...]:
    """Read attributes with what they shall hold.

    Raises:
        typer.BadParameter: There is none, or one is not written as attribute=value.
    """
    given = [(name.rstrip("+-"), text, _mode(name)) for name, text in pairs(values)]
    cleared = [(name, None, MultiMode.REPLACE) for name in clear]
    if not given and not cleared:
        raise typer.BadParameter("name at least one attribute=value, or --clear attribute")
    return (*given, *cleared)


def _mode(name: str) -> MultiMode:
    """Read `tags+` and `tags-`: what stands before the equals sign."""
    return {"+": MultiMode.ADD, "-": MultiMode.REMOVE}.get(name[-1:], MultiMode.REPLACE)


def _plain(answer: "EditAnswer", after: "RecordView") -> dict[str, JsonValue]:
    """Tell what became of an edit: as its jobs left it, in each CRM that takes the attribute."""
    reason, mark = answer.reason, dict(after.row.marks).get(answer.attribute)
    state = answer.state
    if state == "sending":
        state = "confirmed" if mark is None else mark.state
    targets = after.targets_of(answer.attribute)
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
