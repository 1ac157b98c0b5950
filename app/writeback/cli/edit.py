"""`writeback edit`: change attributes of one record, as a draft or sent at once."""

from typing import Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, Run, run_of
from writeback.cli.output import JsonValue, put_json, put_line, say
from writeback.cli.progress import exit_code, report_of, run_jobs
from writeback.model.changes import Origin, Reason


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("edit")(edit)


def edit(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    values: Annotated[list[str] | None, typer.Argument(help="attribute=value")] = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", help="Empty this attribute.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Write it to the CRM now.")] = False,
    as_json: AsJson = False,
) -> int:
    """Change attributes of one record."""
    from writeback.runtime.facade import Edit

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        rid = runtime.told.find_record(record).id
        edits = (
            *(Edit(rid, name, value) for name, value in pairs(values or ())),
            *(Edit(rid, name, None) for name in clear or ()),
        )
        if not edits:
            raise typer.BadParameter("name at least one attribute=value")
        answers = runtime.save_edits(edits, origin=Origin.CLI, author=author(), act=new_act(), send=send)
        sent = tuple(dict.fromkeys(answer.job_id for answer in answers if answer.job_id is not None))
        jobs, seconds = run_jobs(runtime, sent, run)
    told = [
        {
            "record": answer.record,
            "attribute": answer.attribute,
            "state": answer.state,
            "reason": None if answer.reason is None else _reason(answer.reason),
        }
        for answer in answers
    ]
    if run.as_json:
        put_json({**report_of(jobs, seconds), "edits": told} if jobs else {"edits": told})
    else:
        for line in told:
            put_line(f"{line['attribute']}: {line['state']}")
        _tell_reasons(answers, run)
    if any(answer.state == "blocked" for answer in answers):
        return 4
    return exit_code(jobs)


def _reason(reason: Reason) -> dict[str, JsonValue]:
    return {"code": reason.code, **dict(reason.facts)}


def _tell_reasons(answers: object, run: Run) -> None:
    from writeback.runtime.facade import EditAnswer
    from writeback.runtime.sentences import sentence_of

    for answer in answers if isinstance(answers, tuple) else ():
        if isinstance(answer, EditAnswer) and answer.reason is not None:
            told = sentence_of(answer.reason.code, dict(answer.reason.facts))
            say(f"{answer.attribute}: {told.happened} {told.unchanged} {told.advice}", quiet=run.quiet)
