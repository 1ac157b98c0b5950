"""Ask before sending: a plan's totals, then yes, then for production the org's name."""

import sys
from collections import abc
from typing import TYPE_CHECKING

import typer

from writeback.cli.opening import new_act
from writeback.cli.output import counted, say
from writeback.cli.progress import ROUTES
from writeback.errors import GuardError
from writeback.model.jobs import Assurance
from writeback.model.types import JobId, RecordId

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import PlanGroup, PlanView
    from writeback.runtime.runtime import Runtime


ASSURANCES = {
    Assurance.A: "Checked by the CRM as it writes: a record changed meanwhile is refused, not overwritten.",
    Assurance.B: "Checked just before writing: a change made in between can be overwritten.",
    Assurance.C: "Not checked: what is in the CRM is replaced unseen.",
}


def guard_edit(
    runtime: "Runtime", record: RecordId, attributes: abc.Collection[str], *, confirm_org: str
) -> None:
    """Ask for the org's name before an edit is sent, for each connection that wants it typed.

    Where the connection writes on save it was asked for when that was switched on.

    Raises:
        GuardError: It was not given; nothing was kept or sent.
    """
    from writeback.planning.guarding import is_org_named, needs_org_name

    for connection in runtime.told.record(record).connections_of(attributes):
        if connection.org is None or connection.write_on_save or not needs_org_name(connection):
            continue
        if not is_org_named(connection.org.name, confirm_org):
            raise GuardError("guard.org_name", connection=connection.name, org=connection.org.name, rows=1)


def group_name(runtime: "Runtime", plan: "PlanView", group: "PlanGroup") -> str:
    """Name what a part of a plan goes to: the object, and its CRM where there are several."""
    if len(plan.groups) < 2:
        return group.object
    names = {one.id: one.name for one in runtime.told.connections()}
    return f"{names.get(group.connection_id, group.connection_id)} {group.object}"


def unreached_words(group: "PlanGroup") -> str:
    """Say what becomes of rows whose CRM could not be asked."""
    if not group.unreached:
        return ""
    return (
        f" The CRM did not answer ({group.unreached}): judged by what was last read; they wait, and are "
        "compared with the CRM before anything is written."
    )


def _way(group: "PlanGroup") -> str:
    """Say how rows will be sent, if any will."""
    if not group.send:
        return ""
    calls = counted(group.calls, "call")
    return f"; {ROUTES[group.route]}, about {calls}. {ASSURANCES[group.assurance]}"


def submit_plan(
    runtime: "Runtime", plan: "PlanView", run: "Run", *, yes: bool, confirm_org: str
) -> abc.Sequence[JobId]:
    """Show a plan's totals, ask, and submit it.

    Raises:
        GuardError: Nobody said yes, or the org's name was not confirmed; nothing was sent.
    """
    for group in plan.groups:
        say(
            f"{group_name(runtime, plan, group)}: {group.send:,} to send, {group.unchanged:,} already so, "
            f"{group.blocked:,} blocked, {counted(group.conflict, 'conflict')}"
            f"{_way(group)}{unreached_words(group)}",
            quiet=run.quiet or run.as_json,
        )
    sending = sum(group.send for group in plan.groups)
    question = f"Send {counted(sending, 'change')}?"
    can_ask = not run.no_input and sys.stdin.isatty()
    if sending and not yes and (not can_ask or not typer.confirm(question, err=True)):
        runtime.discard_plan(plan.id, act=new_act())
        raise GuardError("guard.not_confirmed", rows=sending)
    if sending and plan.needs_org_name and not confirm_org and can_ask:
        confirm_org = typer.prompt("Type the org's name to send to it", err=True)
    try:
        return runtime.submit(plan.id, confirm_org=confirm_org, act=new_act())
    except GuardError:
        runtime.discard_plan(plan.id, act=new_act())
        raise
