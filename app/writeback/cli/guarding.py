"""Ask before sending: a plan's totals, then yes, then for production the org's name."""

from collections import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from writeback.cli import references
from writeback.cli.opening import new_act
from writeback.cli.options import names_of
from writeback.cli.output import JsonValue, counted, say
from writeback.cli.progress import ROUTES
from writeback.errors import ApprovalNeededError, GuardError, WritebackError
from writeback.model.trials import Pick
from writeback.model.types import JobId

if TYPE_CHECKING:
    from writeback.cli.options import Run
    from writeback.model.guards import Strike
    from writeback.runtime.facade import PlanGroup, PlanView
    from writeback.runtime.facade.jobs import Unticked
    from writeback.runtime.runtime import Runtime


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


def plain_strike(strike: "Strike") -> dict[str, JsonValue]:
    """Give a struck guard as JSON."""
    from writeback.runtime.plan_words import guard_words

    return {
        "guard": strike.guard.value,
        "figure": strike.figure,
        "limit": strike.limit,
        "words": guard_words(strike),
        "overridden_by": strike.overridden_by,
        **dict(strike.facts),
    }


def plain_forecast(group: "PlanGroup") -> dict[str, JsonValue] | None:
    """Give the forecast of a part of a plan as JSON."""
    told = group.forecast
    if told is None:
        return None
    quota = told.quota
    return {
        "calls": group.calls,
        "requests": told.requests,
        "units": told.units,
        "seconds": None if told.seconds is None else round(told.seconds, 3),
        "share": None if told.share is None else round(told.share, 3),
        "left": told.left,
        "enough": told.is_enough,
        "days": told.days,
        "reserve": told.reserve,
        "quota": None
        if quota is None
        else {
            "kind": quota.kind,
            "used": quota.used,
            "most": quota.most,
            "resets_at": quota.resets_at.isoformat() if quota.resets_at else None,
            "partial": quota.is_partial,
        },
    }


def counts_words(group: "PlanGroup") -> str:
    """Say how many rows of a part of a plan end in which verdict."""
    verb = "to create" if group.creates_by else "to send"
    return (
        f"{group.send:,} {verb}, {group.unchanged:,} already so, "
        f"{group.blocked:,} blocked, {counted(group.conflict, 'conflict')}"
    )


def _way(runtime: "Runtime", group: "PlanGroup") -> str:
    """Say how rows will be sent, if any will."""
    if not group.send:
        return ""
    from writeback.runtime.assurances import assurance_words
    from writeback.runtime.plan_words import forecast_words

    crm = next(one.name for one in runtime.told.connections() if one.id == group.connection_id)
    checked = assurance_words(group.assurance, crm, grain_s=group.grain_s, creates_by=group.creates_by)
    told = forecast_words(group) or f"about {counted(group.calls, 'call')}."
    return f"; {ROUTES[group.route]}, {told} {checked}"


@dataclass(frozen=True, slots=True)
class How:
    """How a plan is submitted."""

    trial: int = 0
    """Only so many rows of each job; 0: all."""
    pick: Pick = Pick.FIRST
    """Which ones."""
    chosen: tuple["Unticked", ...] = ()
    """The ones that a person named."""
    keeps_plan: bool = False
    """What is refused, or left of a trial, stays a plan; else it is forgotten, to be planned anew."""
    wait_s: float = 0
    """Nothing is sent before so many seconds."""


AT_ONCE = How()


def submit_plan(
    runtime: "Runtime",
    plan: "PlanView",
    run: "Run",
    *,
    yes: bool,
    confirm_org: str,
    override: str = "",
    how: How = AT_ONCE,
) -> abc.Sequence[JobId]:
    """Show a plan's totals and what it strikes, ask, and submit it.

    A plan that waits for another person's word is kept; every other refused plan is forgotten, unless
    `how` says that it is kept.

    Raises:
        GuardError: Nobody said yes, a guard is struck, or the org's name was not confirmed; nothing was sent.
    """
    from writeback.runtime.plan_words import automation_words, guard_words

    for group in plan.groups:
        say(
            f"{group_name(runtime, plan, group)}: {counts_words(group)}"
            f"{_way(runtime, group)}{unreached_words(group)}",
            quiet=run.quiet or run.as_json,
        )
        if group.send:
            say(automation_words(group), quiet=run.quiet or run.as_json)
        for strike in group.guards:
            say(f"Guard {strike.guard.value}: {guard_words(strike)}", quiet=run.quiet or run.as_json)
        for line in references.lines(runtime, group):
            say(line, quiet=run.quiet or run.as_json)
    sending = sum(group.send for group in plan.groups)
    question = f"Send {counted(sending, 'change')}?"
    if sending and not yes and (not run.can_ask or not typer.confirm(question, err=True)):
        _forget(runtime, plan, how)
        raise GuardError("guard.not_confirmed", rows=sending)
    if sending and plan.needs_org_name and not confirm_org and run.can_ask:
        confirm_org = typer.prompt("Type the org's name to send to it", err=True)
    try:
        return _hand_over(runtime, plan, how, confirm_org=confirm_org, overrides=names_of(override))
    except ApprovalNeededError:
        raise
    except WritebackError:
        _forget(runtime, plan, how)
        raise


def _forget(runtime: "Runtime", plan: "PlanView", how: How) -> None:
    if not how.keeps_plan:
        runtime.discard_plan(plan.id, act=new_act())


def _hand_over(
    runtime: "Runtime", plan: "PlanView", how: How, *, confirm_org: str, overrides: tuple[str, ...]
) -> abc.Sequence[JobId]:
    if not how.trial:
        return runtime.submit(
            plan.id, confirm_org=confirm_org, overrides=overrides, wait_s=how.wait_s, act=new_act()
        )
    tried = runtime.trial_run(
        plan.id,
        how.trial,
        pick=how.pick,
        chosen=how.chosen,
        confirm_org=confirm_org,
        overrides=overrides,
        act=new_act(),
    )
    _forget(runtime, plan, how)
    return tried.jobs
