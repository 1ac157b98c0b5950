"""Plays as plain JSON and back: as they are stored, shown by the command line and read from files."""

import json
from collections import abc
from typing import Any, Final

from writeback.model.canonical import Json
from writeback.model.changes import Reason
from writeback.model.plays import (
    AssignRule,
    Play,
    PlayEdit,
    PlayGuards,
    PlayMode,
    PlayStep,
    PlayTask,
    PlayTrigger,
    StepKind,
    TriggerKind,
)
from writeback.model.schedules import Schedule
from writeback.model.types import ConnectionId

_STEP: Final = PlayStep(StepKind.SET)
_GUARDS: Final = PlayGuards()


def play_to_plain(play: Play) -> dict[str, Json]:
    """Give what a play says: no author, no moment, nothing that is as it is by itself in a step."""
    trigger: dict[str, object] = {"kind": play.trigger.kind.value}
    if play.trigger.segment:
        trigger["segment"] = play.trigger.segment
    if play.trigger.schedule is not None:
        trigger["schedule"] = json.loads(play.trigger.schedule.to_text())
    return {
        "name": play.name,
        "entity": play.entity,
        "trigger": trigger,
        "conditions": play.conditions,
        "steps": list[object](step_to_plain(one) for one in play.steps),
        "mode": play.mode.value,
        "targets": list(play.targets),
        "only": list(play.only),
        "named": list(play.named),
        "guards": {
            "rows": play.guards.rows,
            "percent": play.guards.percent,
            "once_days": play.guards.once_days,
        },
    }


def play_from_plain(plain: abc.Mapping[str, Any]) -> Play:
    """Read what `play_to_plain` gives. Raises KeyError, ValueError or TypeError: it is no play."""
    trigger, guards = plain.get("trigger", {}), plain.get("guards", {})
    schedule = trigger.get("schedule")
    return Play(
        name=str(plain["name"]),
        entity=str(plain.get("entity", "account")),
        trigger=PlayTrigger(
            TriggerKind(trigger.get("kind", TriggerKind.BY_HAND)),
            str(trigger.get("segment", "")),
            None if schedule is None else Schedule.from_text(json.dumps(schedule)),
        ),
        steps=tuple(map(step_from_plain, plain.get("steps", ()))),
        conditions=str(plain.get("conditions", "")),
        mode=PlayMode(plain.get("mode", PlayMode.DRAFTS)),
        targets=tuple(ConnectionId(one) for one in plain.get("targets", ())),
        only=tuple(ConnectionId(one) for one in plain.get("only", ())),
        named=tuple(ConnectionId(one) for one in plain.get("named", plain.get("targets", ()))),
        guards=PlayGuards(
            int(guards.get("rows", _GUARDS.rows)),
            guards.get("percent"),
            guards.get("once_days"),
        ),
    )


def step_to_plain(step: PlayStep) -> dict[str, Json]:
    """Give a step, without what is as it is by itself."""
    told: dict[str, Json] = {
        "attribute": step.attribute,
        "text": step.text,
        "source": step.source,
        "rule": step.rule.value,
        "people": list(step.people),
        "form": step.form,
        "due_days": step.due_days,
    }
    plain: dict[str, Json] = {
        "attribute": "",
        "text": "",
        "source": "",
        "rule": _STEP.rule.value,
        "people": [],
        "form": "",
    }
    return {"kind": step.kind.value} | {
        name: value for name, value in told.items() if value != plain.get(name)
    }


def step_from_plain(plain: abc.Mapping[str, Any]) -> PlayStep:
    """Read a step."""
    return PlayStep(
        StepKind(plain["kind"]),
        str(plain.get("attribute", "")),
        str(plain.get("text", "")),
        str(plain.get("source", "")),
        AssignRule(plain.get("rule", AssignRule.FIXED)),
        tuple(map(str, plain.get("people", ()))),
        str(plain.get("form", "")),
        plain.get("due_days"),
    )


def reason_to_text(reason: Reason | None) -> str | None:
    """Give a reason as JSON; None stays."""
    return None if reason is None else json.dumps([reason.code, list(reason.facts)], ensure_ascii=False)


def reason_from_text(text: str | None) -> Reason | None:
    """Read a reason."""
    return None if text is None else reason_from_plain(json.loads(text))


def reason_from_plain(plain: abc.Sequence[Any]) -> Reason:
    """Read a reason that is JSON no more."""
    return Reason(str(plain[0]), tuple((str(name), str(fact)) for name, fact in plain[1]))


def edit_from_plain(plain: abc.Sequence[Any]) -> PlayEdit:
    """Read a value that a run changes: attribute, old, new, what is done."""
    attribute, old, text, action = plain
    return PlayEdit(str(attribute), str(old), text, StepKind(action))


def task_from_plain(plain: abc.Sequence[Any]) -> PlayTask:
    """Read a task that a run makes: title, for whom, form, days."""
    title, assignee, form, due_days = plain
    return PlayTask(str(title), str(assignee), str(form), due_days)
