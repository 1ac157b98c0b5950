"""SuccessPlays and their runs in words, and as tables show them."""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from writeback.gui.i18n import moment, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.changes import Reason
from writeback.model.plays import (
    AssignRule,
    Play,
    PlayEdit,
    PlayMode,
    PlayRow,
    PlayRun,
    PlayStep,
    PlayTrigger,
    RowVerdict,
    RunState,
    StepKind,
    TriggerKind,
)
from writeback.model.types import ConnectionId
from writeback.planning.playing import PlayGround
from writeback.runtime.facade import PlanView
from writeback.runtime.playing import PlayView
from writeback.runtime.schedule_words import schedule_words
from writeback.runtime.sentences import sentence_of

TRIGGERS: Final = Words(
    {
        TriggerKind.ENTERS: mark("a record comes into a segment"),
        TriggerKind.LEAVES: mark("a record leaves a segment"),
        TriggerKind.SCHEDULE: mark("by a schedule"),
        TriggerKind.BY_HAND: mark("by hand"),
    }
)
STEPS: Final = Words(
    {
        StepKind.SET: mark("Set a value"),
        StepKind.CLEAR: mark("Clear a value"),
        StepKind.ADD: mark("Add to a list"),
        StepKind.TAKE: mark("Take from a list"),
        StepKind.COPY: mark("Copy from another attribute"),
        StepKind.ASSIGN: mark("Assign somebody"),
        StepKind.TASK: mark("Make a task"),
        StepKind.FORM: mark("Ask for a form"),
    }
)
RULES: Final = Words(
    {
        AssignRule.FIXED: mark("always the same"),
        AssignRule.ATTRIBUTE: mark("whom another role names"),
        AssignRule.LEAST_LOADED: mark("whoever has the fewest"),
        AssignRule.ROUND_ROBIN: mark("one after the other"),
    }
)
STATES: Final = Words(
    {
        RunState.HELD: mark("held"),
        RunState.GOING: mark("going on"),
        RunState.DONE: mark("done"),
        RunState.NOT_RUN: mark("not run"),
        RunState.STOPPED: mark("stopped"),
        RunState.DISMISSED: mark("dismissed"),
        RunState.UNDONE: mark("undone"),
    }
)
VERDICTS: Final = Words(
    {
        RowVerdict.CHANGE: mark("changed"),
        RowVerdict.SAME: mark("so already"),
        RowVerdict.SKIPPED: mark("left alone"),
        RowVerdict.BLOCKED: mark("cannot be changed"),
    }
)
_TONES: Final[abc.Mapping[RunState, str]] = {
    RunState.HELD: "draft",
    RunState.GOING: "accent",
    RunState.DONE: "ok",
    RunState.NOT_RUN: "refused",
    RunState.STOPPED: "refused",
}


@dataclass(frozen=True, slots=True)
class PlayLine:
    """A play with what its attributes and people are called."""

    view: PlayView
    ground: PlayGround | None
    """None: its entity is gone."""

    @property
    def play(self) -> Play:
        """The play."""
        return self.view.play


def reason_words(why: Reason | None) -> str:
    """Give a reason's sentence; '' for none."""
    return "" if why is None else sentence_of(why.code, dict(why.facts)).happened


def state_of(view: PlayView) -> tuple[str, str]:
    """Say how a play stands: word and tone."""
    if view.held is not None:
        return tr("held"), "draft"
    if view.state.stopped is not None:
        return tr("stopped: a loop"), "refused"
    if view.broken is not None:
        return tr("cannot run"), "refused"
    if not view.state.is_on:
        return tr("off"), "muted"
    return (tr("on, waiting"), "draft") if view.state.waits is not None else (tr("on"), "ok")


def trigger_words(trigger: PlayTrigger) -> str:
    """Say what sets a play off."""
    match trigger.kind:
        case TriggerKind.ENTERS:
            return tr("comes into {segment}", segment=trigger.segment)
        case TriggerKind.LEAVES:
            return tr("leaves {segment}", segment=trigger.segment)
        case TriggerKind.SCHEDULE:
            return tr("by a schedule") if trigger.schedule is None else schedule_words(trigger.schedule)
        case TriggerKind.BY_HAND:
            return tr("by hand")


def step_words(step: PlayStep, ground: PlayGround | None) -> str:
    """Say what a step does; of one that is not filled in yet, what it is."""
    is_blank = not step.attribute and not step.text
    return STEPS[step.kind] if is_blank else _filled_words(step, ground)


def _filled_words(step: PlayStep, ground: PlayGround | None) -> str:
    name = title_of(step.attribute, ground)
    match step.kind:
        case StepKind.SET:
            return tr("{attribute} becomes {value}", attribute=name, value=value_words(step, ground))
        case StepKind.CLEAR:
            return tr("{attribute} is cleared", attribute=name)
        case StepKind.ADD | StepKind.TAKE:
            return _list_words(step, name)
        case StepKind.COPY:
            source = title_of(step.source, ground)
            return tr("{attribute} becomes what {source} is", attribute=name, source=source)
        case StepKind.ASSIGN:
            return tr("{attribute}: {who}", attribute=name, who=who_words(step, ground))
        case StepKind.TASK | StepKind.FORM:
            return _task_words(step, ground)


def _list_words(step: PlayStep, name: str) -> str:
    if step.kind is StepKind.ADD:
        return tr("{value} is added to {attribute}", attribute=name, value=step.text)
    return tr("{value} is taken from {attribute}", attribute=name, value=step.text)


def _task_words(step: PlayStep, ground: PlayGround | None) -> str:
    told = [tr("Task “{title}”", title=step.text)]
    if step.form:
        told.append(tr("asks for {form}", form=step.form))
    if step.people or step.rule is AssignRule.ATTRIBUTE:
        told.append(tr("for {who}", who=who_words(step, ground)))
    if step.due_days is not None:
        told.append(tr("due in %n days", step.due_days))
    return ", ".join(told)


def who_words(step: PlayStep, ground: PlayGround | None) -> str:
    """Say who is chosen."""
    if step.rule is AssignRule.ATTRIBUTE:
        return tr("whom {role} names", role=title_of(step.source, ground))
    names = ", ".join(person_name(one, ground) for one in step.people)
    if step.rule is AssignRule.FIXED:
        return names
    return tr("{rule} of {names}", rule=RULES[step.rule], names=names)


def value_words(step: PlayStep, ground: PlayGround | None) -> str:
    """Give a step's value as people read it."""
    if ground is not None and step.attribute in ground.roles:
        return person_name(step.text, ground)
    attribute = ground.attribute(step.attribute) if ground is not None else None
    labels = {one.value: one.label for one in attribute.options} if attribute is not None else {}
    return labels.get(step.text, step.text)


def title_of(name: str, ground: PlayGround | None) -> str:
    """Give an attribute's title; its name where it is gone."""
    found = ground.attribute(name) if ground is not None else None
    return name if found is None else found.title


def person_name(ident: str, ground: PlayGround | None) -> str:
    """Give a team member's name; their id where they are none."""
    found = ground.person(ident) if ground is not None else None
    return ident if found is None else found.name or found.id


def run_words(run: PlayRun) -> str:
    """Say in numbers what a run did, or would do."""
    counts = run.counts
    is_open = run.number == 0 or run.state is RunState.HELD
    touched = counts.change if is_open else counts.done
    first = (
        tr("Would change {touched} of {of} records", touched=number(touched), of=number(run.of))
        if is_open
        else tr("Changed {touched} of {of} records", touched=number(touched), of=number(run.of))
    )
    rest = tr(
        "{same} are so already, {skipped} are left alone, {blocked} cannot be changed.",
        same=number(counts.unchanged),
        skipped=number(counts.skipped),
        blocked=number(counts.blocked),
    )
    return f"{first}. {rest}"


def plan_words(plan: PlanView, names: abc.Mapping[ConnectionId, str]) -> str:
    """Say what would become of a play's values in each CRM."""
    return " ".join(
        tr(
            "{name}: {send} would be written, {same} are so already, {conflict} are in conflict, "
            "{blocked} are refused.",
            name=names.get(group.connection_id, group.object),
            send=number(group.send),
            same=number(group.unchanged),
            conflict=number(group.conflict),
            blocked=number(group.blocked),
        )
        for group in plan.groups
    )


def plays_model(now: abc.Callable[[], datetime], parent: QObject | None = None) -> ListModel[PlayLine]:
    """Make the table of plays."""

    def last(one: PlayLine) -> str:
        run = one.view.last
        if run is None:
            return tr("never")
        return tr("{at}: {state}", at=moment(run.started_at, now=now()), state=STATES[run.state])

    specs: tuple[Spec[PlayLine], ...] = (
        Spec(tr("Play"), lambda one: one.play.name, width=180),
        Spec(
            tr("State"),
            lambda one: state_of(one.view)[0],
            tone=lambda one: state_of(one.view)[1],
            tip=lambda one: reason_words(one.view.state.stopped or one.view.broken or one.view.state.waits),
            width=150,
        ),
        Spec(tr("When"), lambda one: trigger_words(one.play.trigger), width=220),
        Spec(
            tr("Values"),
            lambda one: tr("sent") if one.play.mode is PlayMode.SEND else tr("drafts"),
            tone=lambda one: "" if one.play.mode is PlayMode.SEND else "muted",
            width=80,
        ),
        Spec(tr("Last run"), last, width=190),
    )
    return ListModel[PlayLine](specs, parent)


def runs_model(now: abc.Callable[[], datetime], parent: QObject | None = None) -> ListModel[PlayRun]:
    """Make the run log."""
    specs: tuple[Spec[PlayRun], ...] = (
        Spec(tr("Run"), lambda one: str(one.number), is_number=True, tone=lambda _one: "muted", width=52),
        Spec(tr("Began"), lambda one: moment(one.started_at, now=now()), width=124),
        Spec(tr("Set off by"), lambda one: one.started_by or TRIGGERS[one.trigger], width=130),
        Spec(
            tr("State"),
            lambda one: STATES[one.state],
            tone=lambda one: _TONES.get(one.state, "muted"),
            width=92,
        ),
        Spec(tr("Changed"), lambda one: number(one.counts.done), is_number=True, width=80),
        Spec(tr("Why"), _why, tip=_why, width=170),
    )
    return ListModel[PlayRun](specs, parent)


def _why(run: PlayRun) -> str:
    told = [reason_words(run.reason)] if run.reason is not None else []
    if run.linked:
        told.append(tr("See run {number}.", number=run.linked))
    return " ".join(told)


def rows_model(
    ground: PlayGround | None, *, is_open: bool, parent: QObject | None = None
) -> ListModel[PlayRow]:
    """Make the table of a run's records; `is_open`: nothing of it is done yet."""

    def verdict(one: PlayRow) -> str:
        if one.verdict is RowVerdict.CHANGE and (is_open or not one.is_done):
            return tr("would change") if is_open else tr("not done yet")
        return VERDICTS[one.verdict]

    tones = {RowVerdict.CHANGE: "ok", RowVerdict.BLOCKED: "refused"}
    specs: tuple[Spec[PlayRow], ...] = (
        Spec(tr("Record"), lambda one: one.title or one.record, width=190),
        Spec(tr("What"), verdict, tone=lambda one: tones.get(one.verdict, "muted"), width=130),
        Spec(tr("Change"), lambda one: _changes(one, ground), width=330),
        Spec(tr("Why"), lambda one: " ".join(map(reason_words, one.reasons)), width=330),
    )
    return ListModel[PlayRow](specs, parent)


OLD_MOST: Final = 32
"""So much of an old value is told: the new one shall be in sight."""


def _changes(row: PlayRow, ground: PlayGround | None) -> str:
    told = [_change(one, ground) for one in row.edits]
    for one in row.tasks:
        words = tr("Task “{title}”", title=one.title)
        told.append(tr("{task} for {who}", task=words, who=one.assignee) if one.assignee else words)
    return "; ".join(told)


def _change(edit: PlayEdit, ground: PlayGround | None) -> str:
    step = PlayStep(edit.action, edit.attribute, edit.text or "")
    if edit.action in (StepKind.ADD, StepKind.TAKE):
        return step_words(step, ground)
    name = title_of(edit.attribute, ground)
    old = value_words(PlayStep(StepKind.SET, edit.attribute, edit.old), ground) or tr("(not set)")
    new = tr("(cleared)") if edit.text is None else value_words(step, ground)
    told = old if len(old) <= OLD_MOST else f"{old[: OLD_MOST - 1]}…"
    return tr("{attribute}: {old} → {new}", attribute=name, old=told, new=new)
