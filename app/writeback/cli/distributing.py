"""`writeback roles distribute`: whose each account shall be, by turns or by load."""

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Yes, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_table, say
from writeback.cli.progress import exit_code, report_of, run_jobs, tell_jobs
from writeback.model.changes import Origin
from writeback.model.plays import AssignRule

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.distributing import Distributed


class Rule(enum.StrEnum):
    """By which rule somebody is chosen."""

    TURNS = "turns"
    FEWEST = "fewest"
    FIRST = "first"


_RULES = {
    Rule.TURNS: AssignRule.ROUND_ROBIN,
    Rule.FEWEST: AssignRule.LEAST_LOADED,
    Rule.FIRST: AssignRule.FIXED,
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("distribute")(distribute)


def distribute(
    context: typer.Context,
    role: Annotated[str, typer.Argument(help="The role's attribute, e.g. csm.")],
    to: Annotated[list[str], typer.Option("--to", help="A team member: id, e-mail or name; repeat.")],
    segment: Annotated[
        str, typer.Option("--segment", help="Which records: a segment or a condition; left out: all.")
    ] = "",
    rule: Annotated[
        Rule, typer.Option("--rule", help="One after the other, whoever has the fewest, or all to the first.")
    ] = Rule.TURNS,
    entity: Annotated[str, typer.Option("--entity", help="Our entity.")] = "account",
    send: Annotated[
        bool, typer.Option("--send", help="Plan it and ask; without it only the preview is told.")
    ] = False,
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    yes: Yes = False,
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Tell whom each record would get, and with --send plan it, ask, and send it.

    Whoever holds a record and is named stays (not with --rule first). An edit that waits is left alone.
    """
    from writeback.runtime.distributing import Distribution, review_source

    run = run_of(context, as_json=as_json, no_input=no_input)
    if not send:
        with open_told(run) as told:
            people = tuple(told.find_person(one).id for one in to)
            found = told.bulk.distribute(Distribution(role, people, _RULES[rule], segment, entity))
        _put(found, run)
        return 0
    with open_runtime(run) as runtime:
        people = tuple(runtime.told.find_person(one).id for one in to)
        found = runtime.told.bulk.distribute(Distribution(role, people, _RULES[rule], segment, entity))
        words = f"{counted(len(found.edits), 'record')} of {found.records} change hands."
        say(words, quiet=run.quiet or run.as_json)
        if not found.edits:
            if run.as_json:
                put_json({"records": found.records, "given": 0})
            return 0
        by = author()
        source = review_source(found, entity=entity, author=by, origin=Origin.CLI)
        if source.kind == "drafts":
            runtime.save_edits(found.edits, origin=Origin.CLI, author=by, act=new_act())
        plan = runtime.propose(source, act=new_act())
        jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
        ran = run_jobs(runtime, jobs, run)
    if run.as_json:
        put_json(report_of(ran))
        return exit_code(ran)
    return tell_jobs(ran, run)


def _put(found: "Distributed", run: "Run") -> None:
    if run.as_json:
        told: dict[str, JsonValue] = {
            "records": found.records,
            "given": len(found.edits),
            "same": found.same,
            "waiting": found.waits,
            "people": [
                {"person": one.person, "name": one.name, "has": one.has, "gets": one.gets, "then": one.then}
                for one in found.shares
            ],
            "sample": [
                {"record": one.rid, "title": one.title, "from": one.before, "to": one.after}
                for one in found.given
            ],
        }
        put_json(told)
        return
    say(
        f"{counted(found.records, 'record')}: {len(found.edits)} change hands, {found.same} stay, "
        f"{found.waits} wait with an edit; nothing is kept or sent.",
        quiet=run.quiet,
    )
    put_table(
        ("team member", "has", "gets", "then"),
        ((one.name, one.has, one.gets, one.then) for one in found.shares),
    )
    put_table(("record", "from", "to"), ((one.title, one.before, one.after) for one in found.given))
