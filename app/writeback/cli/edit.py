"""`writeback edit`: change attributes of one record, as a draft or sent at once, or of a whole segment."""

from collections import abc
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from writeback.cli.connect import pairs
from writeback.cli.edits import tell_answers
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Run, Yes, names_of, run_of
from writeback.cli.progress import run_jobs
from writeback.cli.segment_edits import segment_source, send_segment
from writeback.model.bulk import BulkEdit
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.types import RecordId

if TYPE_CHECKING:
    pass

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
    form: Annotated[
        str, typer.Option("--form", help="Fill this insight form: all of it is kept, or nothing.")
    ] = "",
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
        edits = tuple(BulkEdit.typed(*one) for one in wished)
        source = segment_source(segment, entity, edits, reason=reason)
        return send_segment(source, run, yes=yes, confirm_org=confirm_org, override=override)
    if at and segment is not None:
        raise typer.BadParameter("--at goes with one record, not with --segment")
    if yes or reason:
        raise typer.BadParameter("--yes and --reason go with --segment; one record is sent with --send")
    if not record:
        raise typer.BadParameter("name a record, or --segment")
    if form:
        if at or override or any(mode is not MultiMode.REPLACE for _, _, mode in wished):
            raise typer.BadParameter("--form goes without --at, --override, += and -=")
        return _fill(run, form, record, wished, send=send, confirm_org=confirm_org)
    sending = Sending(send, confirm_org, names_of(override))
    return _edit_one(run, (record, at), wished, sending)


def _fill(
    run: Run, form: str, record: str, wished: abc.Sequence[Wished], *, send: bool, confirm_org: str
) -> int:
    """Fill an insight form on a record."""
    from writeback.runtime.facade.work import Filling

    with open_runtime(run) as runtime:
        rid = runtime.told.find_record(record).id
        values = tuple((name, text) for name, text, _ in wished)
        filling = Filling(form, rid, values, author(), send, confirm_org)
        answers = runtime.fill_form(filling, act=new_act())
        sent = tuple(dict.fromkeys(job for answer in answers for job in answer.job_ids))
        ran = run_jobs(runtime, sent, run)
        after = runtime.told.record(rid)
    return tell_answers(answers, ran, after, run)


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
    return tell_answers(answers, ran, after, run)


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
