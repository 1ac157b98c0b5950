"""`writeback attributes master` and `agree`: whose value a record of several CRMs holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table
from writeback.errors import ConfigurationError
from writeback.model.masters import MasterKind, MasterRule

if TYPE_CHECKING:
    from writeback.runtime.telling import Telling

Entity = Annotated[str, typer.Option("--entity", help="The attribute's entity.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to those of `attributes`."""
    app.command("master")(master)
    app.command("agree")(agree)


def master(
    context: typer.Context,
    attribute: Annotated[str, typer.Argument(help="The attribute; left out: list all rules.")] = "",
    rule: Annotated[
        str,
        typer.Argument(
            help="prefer:CONNECTION | unless-blank:CONNECTION | newest | ask; left out: show the rule."
        ),
    ] = "",
    entity: Entity = "account",
    as_json: AsJson = False,
) -> None:
    """Say whose value records hold where CRMs disagree. Counts at once, and sends nothing."""
    run = run_of(context, as_json=as_json)
    if attribute and rule:
        with open_runtime(run) as runtime:
            wished = _rule(runtime.told, rule)
            made = runtime.set_master(entity, attribute, wished, act=new_act())
            words = _words(runtime.told, made.rule)
        if run.as_json:
            put_json({"entity": entity, "attribute": attribute, "rule": words, "asked": made.asked})
        else:
            put_line(f"{entity}.{attribute}: {words}")
            if made.asked:
                put_line(f"{counted(made.asked, 'record')} to decide: writeback conflicts list --rule master")
        return
    with open_told(run) as told:
        found = {
            name: _words(told, one) for name, one in told.masters(entity).items() if attribute in ("", name)
        }
        if attribute:
            found = {attribute: found.get(attribute, MasterKind.NEWEST.value)}
    if run.as_json:
        put_json([{"entity": entity, "attribute": name, "rule": words} for name, words in found.items()])
    else:
        put_table(("entity", "attribute", "rule"), ((entity, name, words) for name, words in found.items()))


def agree(
    context: typer.Context,
    attribute: Annotated[str, typer.Argument(help="The attribute.")],
    entity: Entity = "account",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Save the plan here, to send it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Plan to write what records hold to the CRMs that hold something else; sends nothing.

    The edits wait as drafts; send them with `send` and the saved plan, or from Review & send.
    """
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.level_values(entity, attribute, author=author(), act=new_act())
        sending = 0
        if made.plan is not None:
            sending = sum(group.send for group in made.plan.groups)
            if out is not None:
                runtime.save_plan(made.plan.id, str(out.absolute()))
            runtime.discard_plan(made.plan.id, act=new_act())
    told: dict[str, JsonValue] = {"attribute": attribute, "differing": made.differing, "planned": sending}
    if run.as_json:
        put_json(told)
    else:
        put_line(f"{counted(made.differing, 'record')} in which a CRM holds another {attribute}.")
        if sending:
            put_line(f"{counted(sending, 'change')} wait as drafts.")


def _rule(told: "Telling", text: str) -> MasterRule:
    """Read `prefer:CONNECTION`, `unless-blank:CONNECTION`, `newest` or `ask`.

    Raises:
        ConfigurationError: It is none, or there is no such connection.
    """
    word, mark, name = text.partition(":")
    try:
        kind = MasterKind(word)
    except ValueError:
        raise ConfigurationError("master.bad_rule", rule=text[:80]) from None
    rule = MasterRule(kind)
    if rule.names_one != bool(mark and name):
        raise ConfigurationError("master.bad_rule", rule=text[:80])
    if not rule.names_one:
        return rule
    found = [one.id for one in told.connections() if name in (one.id, one.name)]
    if not found:
        raise ConfigurationError("connection.unknown", name=name[:200])
    return MasterRule(kind, found[0])


def _words(told: "Telling", rule: MasterRule) -> str:
    if rule.connection_id is None:
        return rule.kind.value
    names = {one.id: one.name for one in told.connections()}
    return f"{rule.kind.value}:{names.get(rule.connection_id, rule.connection_id)}"
