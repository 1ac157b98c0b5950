"""`writeback jobs undo`: put back what a job overwrote, all of it or a part."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Yes, run_of
from writeback.cli.output import JsonValue, put_json, say
from writeback.cli.progress import exit_code, report_of, run_jobs, tell_jobs
from writeback.model.changes import Origin
from writeback.model.types import RecordId

if TYPE_CHECKING:
    from writeback.runtime.facade import PlanView

JobName = Annotated[str, typer.Argument(help="A job's number or id.")]


def undo(
    context: typer.Context,
    job: JobName,
    record: Annotated[
        list[str] | None, typer.Option("--record", help="Only this record: our id, or the CRM's.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", help="Only this field path, or attribute.")
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Also what the same act wrote to other CRMs.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the history.")] = "",
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Put back what a job overwrote, except where the CRM changed since."""
    from writeback.runtime.facade import PlanSource

    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        source = PlanSource(
            kind="undo",
            origin=Origin.UNDO,
            author=author(),
            reason=reason,
            records=tuple(RecordId(one) for one in record or ()),
            fields=tuple(field or ()),
            is_whole_act=everywhere,
            job_id=runtime.told.job(job).id,
        )
        plan = runtime.propose(source, act=new_act())
        remarks = _remarks(plan)
        for one in remarks:
            say(str(one["message"]), quiet=run.quiet or run.as_json)
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
        ran = run_jobs(runtime, jobs, run)
    if run.as_json:
        put_json({**report_of(ran), "remarks": remarks})
        return exit_code(ran)
    return tell_jobs(ran, run)


def _remarks(plan: "PlanView") -> list[dict[str, JsonValue]]:
    from writeback.runtime.sentences import sentence_of

    told = [(one, sentence_of(one.code, dict(one.facts))) for one in plan.remarks]
    return [
        {"code": one.code, **dict(one.facts), "message": f"{words.happened} {words.advice}"}
        for one, words in told
    ]
