"""Ask before sending: a plan's totals, then yes, then for production the org's name."""

import sys
from collections import abc
from typing import TYPE_CHECKING

import typer

from writeback.cli.opening import new_act
from writeback.cli.output import say
from writeback.errors import GuardError
from writeback.model.types import JobId

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.runtime.facade import PlanView
    from writeback.runtime.runtime import Runtime


def submit_plan(
    runtime: "Runtime", plan: "PlanView", run: "Run", *, yes: bool, confirm_org: str
) -> abc.Sequence[JobId]:
    """Show a plan's totals, ask, and submit it.

    Raises:
        GuardError: Nobody said yes, or the org's name was not confirmed; nothing was sent.
    """
    for group in plan.groups:
        say(
            f"{group.object}: {group.send:,} to send by {group.route.value} ({group.assurance.value}), "
            f"{group.unchanged:,} already so, {group.blocked:,} blocked, {group.conflict:,} conflicts; "
            f"about {group.calls:,} calls",
            quiet=run.quiet or run.as_json,
        )
    sending = sum(group.send for group in plan.groups)
    can_ask = not run.no_input and sys.stdin.isatty()
    if sending and not yes and (not can_ask or not typer.confirm(f"Send {sending:,} changes?", err=True)):
        runtime.discard_plan(plan.id, act=new_act())
        raise GuardError("guard.not_confirmed", rows=sending)
    if sending and plan.needs_org_name and not confirm_org and can_ask:
        confirm_org = typer.prompt("This is production. Type the org's name to send", err=True)
    try:
        return runtime.submit(plan.id, confirm_org=confirm_org, act=new_act())
    except GuardError:
        runtime.discard_plan(plan.id, act=new_act())
        raise
