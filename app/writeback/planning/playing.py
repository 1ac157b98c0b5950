"""What a play may be, whom its rules choose, what holds its runs, and when plays set each other off.

Must not: read records, a clock or a store.
"""

from collections import Counter, abc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.forms import InsightForm
from writeback.model.people import Person
from writeback.model.plays import (
    FOLLOWING,
    MOST_ROWS,
    ROUNDS_MOST,
    TASKS,
    AssignRule,
    Play,
    PlayGuards,
    PlayStep,
    RowVerdict,
    StepKind,
    TriggerKind,
)
from writeback.model.segments import All, Any, Comparison, Expression, Not, StateIs
from writeback.model.types import AttributeType, Value

MOST_STEPS: Final = 20
MOST_NAME: Final = 120
MOST_DAYS: Final = 3_650
MOST_TITLE: Final = 200
CHAIN: Final = timedelta(hours=24)
"""For so long a change of a play counts as what set another one off."""
_RULED: Final = TASKS | {StepKind.ASSIGN}
_NAMING: Final = frozenset({AssignRule.LEAST_LOADED, AssignRule.ROUND_ROBIN})


@dataclass(frozen=True, slots=True)
class PlayGround:
    """What a play may name."""

    attributes: tuple[Attribute, ...]
    roles: frozenset[str]
    """Attributes whose values are team members."""
    persons: tuple[Person, ...]
    forms: tuple[InsightForm, ...]

    def attribute(self, name: str) -> Attribute | None:
        """Give the attribute of a name, compared without case."""
        return next((one for one in self.attributes if one.name.casefold() == name.casefold()), None)

    def form(self, name: str) -> InsightForm | None:
        """Give the form of a name, compared without case."""
        return next((one for one in self.forms if one.name.casefold() == name.casefold()), None)

    def person(self, ident: str) -> Person | None:
        """Give a team member by id."""
        return next((one for one in self.persons if one.id == ident), None)


def problems(play: Play, ground: PlayGround) -> tuple[tuple[str, Reason], ...]:
    """Say what is wrong with a play, but for its segments: each where it stands (`steps.2`), and why.

    What a step that sets a value wishes is read by `engine.bulk_wishes`.
    """
    found: list[tuple[str, Reason]] = []
    found += name_problems(play.name.strip())
    if play.trigger.kind in FOLLOWING and not play.trigger.segment.strip():
        found.append(("trigger", Reason("play.no_segment")))
    if play.trigger.kind is TriggerKind.SCHEDULE and play.trigger.schedule is None:
        found.append(("trigger", Reason("play.no_schedule")))
    if not 0 < len(play.steps) <= MOST_STEPS:
        found.append(("steps", Reason("play.bad_size", (("most", str(MOST_STEPS)),))))
    changed: set[str] = set()
    for place, step in enumerate(play.steps):
        why = _wrong_step(step, ground) or _twice(step, changed)
        if why is not None:
            found.append((f"steps.{place}", why))
        changed.add(step.attribute.casefold())
    return (*found, *_wrong_guards(play.guards))


def _twice(step: PlayStep, changed: set[str]) -> Reason | None:
    if step.attribute and step.attribute.casefold() in changed:
        return Reason("play.named_twice", (("attribute", step.attribute),))
    return None


def _wrong_step(step: PlayStep, ground: PlayGround) -> Reason | None:
    """Say what is wrong with a step; None where nothing is."""
    if step.kind in TASKS:
        return _wrong_task(step, ground)
    attribute = ground.attribute(step.attribute)
    if attribute is None:
        return Reason("play.unknown_attribute", (("name", step.attribute[:80]),))
    return _wrong_value(step, attribute, ground)


def _wrong_value(step: PlayStep, attribute: Attribute, ground: PlayGround) -> Reason | None:
    told = (("attribute", attribute.name),)
    match step.kind:
        case _ if not attribute.editable:
            return Reason("attribute.not_editable", told)
        case StepKind.ADD | StepKind.TAKE if attribute.kind is not AttributeType.MULTI_LIST:
            return Reason("play.no_list", told)
        case StepKind.COPY if ground.attribute(step.source) is None:
            return Reason("play.unknown_attribute", (("name", step.source[:80]),))
        case StepKind.ASSIGN:
            is_role = attribute.name in ground.roles
            return _wrong_rule(step, ground) if is_role else Reason("play.no_role", told)
    return None


def _wrong_task(step: PlayStep, ground: PlayGround) -> Reason | None:
    if not step.text.strip() or len(step.text) > MOST_TITLE:
        return Reason("task.bad_title", (("most", str(MOST_TITLE)),))
    form = ground.form(step.form) if step.form else None
    if (step.form and form is None) or (step.kind is StepKind.FORM and not step.form):
        return Reason("form.unknown", (("name", step.form[:80]),))
    entity = ground.attributes[0].entity if ground.attributes else ""
    if form is not None and form.entity != entity:
        return Reason("form.other_records", (("name", form.name), ("entity", form.entity)))
    if step.due_days is not None and not 0 <= step.due_days <= MOST_DAYS:
        return Reason("play.bad_days", (("most", str(MOST_DAYS)),))
    is_anybody = step.rule is AssignRule.FIXED and not step.people
    return None if is_anybody else _wrong_rule(step, ground)


def _wrong_rule(step: PlayStep, ground: PlayGround) -> Reason | None:
    if step.rule is AssignRule.ATTRIBUTE:
        source = ground.attribute(step.source)
        if source is None or source.name not in ground.roles:
            return Reason("play.no_role", (("attribute", step.source[:80]),))
        return None
    if not step.people or (step.rule is AssignRule.FIXED and len(step.people) > 1):
        return Reason("play.nobody_named")
    unknown = [one for one in step.people if ground.person(one) is None]
    if unknown:
        return Reason("role.unknown_person", (("field", step.attribute), ("value", unknown[0][:80])))
    return None


def _wrong_guards(guards: PlayGuards) -> abc.Iterator[tuple[str, Reason]]:
    if not 1 <= guards.rows <= MOST_ROWS:
        yield "guards.rows", Reason("play.bad_rows", (("most", str(MOST_ROWS)),))
    if guards.percent is not None and not 0 < guards.percent <= 100:
        yield "guards.percent", Reason("play.bad_percent")
    if guards.once_days is not None and not 1 <= guards.once_days <= MOST_DAYS:
        yield "guards.once_days", Reason("play.bad_days", (("most", str(MOST_DAYS)),))


def name_problems(name: str) -> abc.Iterator[tuple[str, Reason]]:
    """Say why a play cannot be called so."""
    if not name or len(name) > MOST_NAME or not name.isprintable():
        yield "name", Reason("play.bad_name", (("name", name[:80]), ("most", str(MOST_NAME))))


def strikes(guards: PlayGuards, *, rows: int, of: int) -> Reason | None:
    """Say which guard holds a run that would change so many records of so many; None lets it go."""
    if rows > guards.rows:
        return Reason("play.too_many", (("rows", str(rows)), ("most", str(guards.rows))))
    if guards.percent is not None and rows and of and rows * 100 > guards.percent * of:
        share = f"{rows * 100 / of:.1f}"
        facts = (("rows", str(rows)), ("of", str(of)), ("percent", share), ("most", f"{guards.percent:g}"))
        return Reason("play.too_large_share", facts)
    return None


def touched_lately(last: datetime | None, guards: PlayGuards, *, now: datetime) -> Reason | None:
    """Say that a record was touched less than the guard's days ago; None lets it be touched."""
    if guards.once_days is None or last is None or now - last >= timedelta(days=guards.once_days):
        return None
    return Reason(
        "play.once", (("days", str(guards.once_days)), ("at", f"{last.astimezone(UTC):%Y-%m-%d %H:%M} UTC"))
    )


def verdict_of(*, changes: bool, blocked: bool, skipped: bool) -> RowVerdict:
    """Give the verdict of a record: it is changed as a whole, or not at all."""
    if blocked:
        return RowVerdict.BLOCKED
    if skipped:
        return RowVerdict.SKIPPED
    return RowVerdict.CHANGE if changes else RowVerdict.SAME


# who is chosen


@dataclass(slots=True)
class Choosing:
    """Chooses team members for one run, record by record."""

    ground: PlayGround
    loads: abc.Mapping[int, abc.Mapping[str, int]]
    """By step with the rule *least loaded*: how many records (open tasks) each person has."""
    turns: dict[int, int] = field(default_factory=dict)
    """By step: how many were chosen in turn so far."""
    _given: dict[int, Counter[str]] = field(default_factory=dict)
    _fresh: list[tuple[int, str]] = field(default_factory=list)

    def settle(self, *, is_kept: bool) -> None:
        """Say whether what was chosen for a record counts; where it is not changed nobody had a turn."""
        for place, person in () if is_kept else self._fresh:
            if person:
                self._given[place][person] -= 1
            else:
                self.turns[place] -= 1
        self._fresh.clear()

    def choose(
        self, place: int, step: PlayStep, values: abc.Mapping[str, Value], held: Value = None
    ) -> Person | Reason | None:
        """Give who is chosen, or why nobody can be; None: nobody is meant.

        Whoever holds the record already stays where the rule picks one of several: to run a play again
        gives nobody another manager.

        Args:
            place: Of the step in the play.
            step: With its rule.
            values: What the record holds.
            held: assign: what the role holds.
        """
        if step.rule is AssignRule.ATTRIBUTE:
            attribute = self.ground.attribute(step.source)
            name = attribute.name if attribute is not None else step.source
            value = values.get(name)
            if value is None:
                return Reason("play.nobody_there", (("attribute", name),))
            found = self.ground.person(str(value))
            return found or Reason("role.unknown_person", (("field", name), ("value", str(value)[:80])))
        named = [person for one in step.people if (person := self.ground.person(one)) is not None]
        active = [one for one in named if one.active]
        if not step.people:
            return None
        if not active:
            return Reason("play.nobody_active", (("people", ", ".join(step.people)[:200]),))
        if step.rule in _NAMING and any(one.id == held for one in active):
            return next(one for one in active if one.id == held)
        return self._pick(place, step.rule, active)

    def _pick(self, place: int, rule: AssignRule, active: abc.Sequence[Person]) -> Person:
        if rule is AssignRule.ROUND_ROBIN:
            turn = self.turns.get(place, 0)
            self.turns[place] = turn + 1
            self._fresh.append((place, ""))
            return active[turn % len(active)]
        if rule is AssignRule.LEAST_LOADED:
            given, loads = self._given.setdefault(place, Counter()), self.loads.get(place, {})
            chosen = min(active, key=lambda one: loads.get(one.id, 0) + given[one.id])  # the first of equals
            given[chosen.id] += 1
            self._fresh.append((place, chosen.id))
            return chosen
        return active[0]


# who sets whom off


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a record that set a play off."""

    round: int = 0
    """So many plays in a row; 0: no play."""
    cause: int = 0
    """The number of the run."""

    @property
    def is_loop(self) -> bool:
        """Whether it goes round too often."""
        return self.round > ROUNDS_MOST


NOTHING_BEHIND: Final = Behind()


def behind(expressions: abc.Iterable[Expression], touched: abc.Set[str], *, round_: int, run: int) -> Behind:
    """Say what stands behind a record that a run touched lately.

    Args:
        expressions: What sets the play off.
        touched: The attributes that the run changed.
        round_: The run's own round at this record.
        run: Its number.
    """
    if touched and any(may_hang_on(one, touched) for one in expressions):
        return Behind(round_ + 1, run)
    return NOTHING_BEHIND


def may_hang_on(expression: Expression, touched: abc.Set[str]) -> bool:
    """Say whether some of these attributes of a record may decide whether an expression means it."""
    match expression:
        case All(parts) | Any(parts):
            return any(may_hang_on(one, touched) for one in parts)
        case Not(part):
            return may_hang_on(part, touched)
        case Comparison():
            return bool(expression.relation) or expression.attribute in touched
        case StateIs():
            return not expression.attribute or expression.attribute in touched
        case _:
            return True
