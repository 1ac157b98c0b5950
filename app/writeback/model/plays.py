"""SuccessPlays: rules that change attributes of records by themselves, and what their runs did."""

import enum
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from writeback.model.changes import Reason
from writeback.model.schedules import Schedule
from writeback.model.types import ConnectionId, JobId, PlanId, RecordId

MOST_ROWS: Final = 50_000
"""More records than this no play takes in one run, whatever its guards say: a bulk edit does."""
ROUNDS_MOST: Final = 2
"""So often in a row the changes of plays may set plays off."""


class TriggerKind(enum.StrEnum):
    """What sets a play off."""

    ENTERS = "enters"
    """A record that was outside a segment is in it."""
    LEAVES = "leaves"
    """A record that was in a segment is outside it, and still there."""
    SCHEDULE = "schedule"
    """A moment is due; all records that fulfil the conditions are meant."""
    BY_HAND = "by_hand"
    """A person says so; all records that fulfil the conditions are meant."""


FOLLOWING: Final = frozenset({TriggerKind.ENTERS, TriggerKind.LEAVES})
"""Triggers that follow a segment."""


class PlayMode(enum.StrEnum):
    """What becomes of a play's values."""

    DRAFTS = "drafts"
    """They wait in Review & send."""
    SEND = "send"
    """They are sent, through plan and guards."""


class StepKind(enum.StrEnum):
    """What a step does to each record."""

    SET = "set"
    CLEAR = "clear"
    ADD = "add"
    """Options are added to a list, whatever else stands in it."""
    TAKE = "take"
    """Options are taken from a list."""
    COPY = "copy"
    """The value of another attribute takes its place."""
    ASSIGN = "assign"
    """A team member is chosen by a rule."""
    TASK = "task"
    """Somebody gets a task about the record."""
    FORM = "form"
    """Somebody gets a task that asks for an insight form."""


TASKS: Final = frozenset({StepKind.TASK, StepKind.FORM})


class AssignRule(enum.StrEnum):
    """By which rule a team member is chosen."""

    FIXED = "fixed"
    ATTRIBUTE = "attribute"
    """Whom another role of the record names."""
    LEAST_LOADED = "least_loaded"
    """Who holds the fewest records (open tasks) of those named."""
    ROUND_ROBIN = "round_robin"
    """Those named, one after the other."""


@dataclass(frozen=True, slots=True)
class PlayTrigger:
    """What sets a play off."""

    kind: TriggerKind = TriggerKind.BY_HAND
    segment: str = ""
    """enters, leaves: a saved segment's name, or a text."""
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class PlayStep:
    """One thing that is done to each record; what a kind does not use is left as it is here."""

    kind: StepKind
    attribute: str = ""
    """set … assign: what is changed."""
    text: str = ""
    """set, add, take: as typed; task, form: what the task says."""
    source: str = ""
    """copy: whose value is taken; rule *attribute*: the role that names who it is."""
    rule: AssignRule = AssignRule.FIXED
    """assign, task, form: who is chosen."""
    people: tuple[str, ...] = ()
    """Rules fixed, least loaded, round-robin: ids of team members."""
    form: str = ""
    due_days: int | None = None
    """task, form: due so many days later; None: no day."""


@dataclass(frozen=True, slots=True)
class PlayGuards:
    """What holds a run back until a person has looked."""

    rows: int = 1_000
    """It would touch more records than this."""
    percent: float | None = None
    """It would touch a larger share of the segment than this; where it follows none, of all records."""
    once_days: int | None = None
    """A record it touched is left alone for so many days."""


@dataclass(frozen=True, slots=True)
class Play:
    """A play under its name."""

    name: str
    entity: str
    trigger: PlayTrigger
    steps: tuple[PlayStep, ...]
    conditions: str = ""
    """A segment's text or a saved one's name: what a record has to fulfil besides; '' is nothing."""
    mode: PlayMode = PlayMode.DRAFTS
    targets: tuple[ConnectionId, ...] = ()
    """To which connections it sends: those that took its values as it was switched on."""
    only: tuple[ConnectionId, ...] = ()
    """Of the connections that take its values it sends to these alone; (): to all."""
    named: tuple[ConnectionId, ...] = ()
    """Of the targets: those whose org somebody named, as their safety level asked."""
    guards: PlayGuards = field(default_factory=PlayGuards)
    author: str = ""
    """Who saved it last: it acts under their rights."""
    changed_at: datetime | None = None

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that its steps change."""
        return tuple(dict.fromkeys(one.attribute for one in self.steps if one.attribute))


@dataclass(frozen=True, slots=True)
class PlayState:
    """How a play stands beside what it says."""

    is_on: bool = False
    switched_by: str = ""
    switched_at: datetime | None = None
    stopped: Reason | None = None
    """Why it was switched off by itself: a loop."""
    waits: Reason | None = None
    """Why it did not run when it was looked at last."""
    seen: str = ""
    """The condition under which its members were remembered; '': they were not yet."""
    seen_at: datetime | None = None
    handled: datetime | None = None
    """Up to when its schedule is answered for."""
    turns: abc.Mapping[int, int] = field(default_factory=dict)
    """By step: whose turn it is next."""


class RunState(enum.StrEnum):
    """Where a run stands."""

    HELD = "held"
    """A guard holds it until a person has looked."""
    GOING = "going"
    """It is being carried out; what is left when a process dies is taken up again."""
    DONE = "done"
    NOT_RUN = "not_run"
    """It could not begin; the reason is told."""
    STOPPED = "stopped"
    """A loop: it and the play that caused it were switched off."""
    DISMISSED = "dismissed"
    """A person decided that it shall not be carried out."""
    UNDONE = "undone"


class RowVerdict(enum.StrEnum):
    """What a run does with a record, or why it does nothing."""

    CHANGE = "change"
    SAME = "unchanged"
    """It is so already."""
    SKIPPED = "skipped"
    """Left alone: touched lately, or being edited."""
    BLOCKED = "blocked"
    """It cannot be done."""


@dataclass(frozen=True, slots=True)
class PlayEdit:
    """One value that a run changes, as text; `text` None clears."""

    attribute: str
    old: str
    text: str | None
    action: StepKind = StepKind.SET
    """set (copy, assign alike), clear, add or take."""


@dataclass(frozen=True, slots=True)
class PlayTask:
    """One task that a run makes."""

    title: str
    assignee: str
    form: str = ""
    due_days: int | None = None


@dataclass(frozen=True, slots=True)
class PlayRow:
    """One record of a run."""

    record: RecordId
    title: str
    verdict: RowVerdict
    edits: tuple[PlayEdit, ...] = ()
    tasks: tuple[PlayTask, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """Why it, or a part of it, is not changed."""
    round: int = 0
    """How many plays stand behind the change that set this one off."""
    cause: int = 0
    """The number of the run whose change set it off; 0: none."""
    is_done: bool = False
    numbers: tuple[int, ...] = ()
    """Of the tasks that were made."""


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How many records ended in which verdict."""

    change: int = 0
    unchanged: int = 0
    skipped: int = 0
    blocked: int = 0
    done: int = 0
    """Of those to be changed: so many are."""


@dataclass(frozen=True, slots=True)
class PlayRun:
    """One run of a play."""

    number: int
    """0: a dry run."""
    play: str
    trigger: TriggerKind
    state: RunState
    mode: PlayMode
    author: str
    """Under whose rights it acts."""
    started_at: datetime
    started_by: str = ""
    """Who started it by hand; '': nobody did."""
    ended_at: datetime | None = None
    of: int = 0
    """So many records the segment had, or where it follows none, there were."""
    counts: RunCounts = RunCounts()
    reason: Reason | None = None
    """Why it is held, was not begun or was stopped; of a finished one: why its values were not sent."""
    linked: int = 0
    """The other run of a loop."""
    plan: PlanId | None = None
    jobs: tuple[JobId, ...] = ()
    targets: tuple[ConnectionId, ...] = ()
    named: tuple[ConnectionId, ...] = ()
    """Of the targets: those whose org was named."""
    steps: tuple[PlayStep, ...] = ()
    """What the play did then."""
    act: str = ""
    """The act that asked for it; asked for again, it is the same run."""
    decided_act: str = ""
    """The act that released, dismissed or undid it last."""
