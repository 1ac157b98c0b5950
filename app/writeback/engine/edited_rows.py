"""Make plan rows of edits: what each says for one CRM, a record a row.

Rows of one case are made once: what they say hangs on nothing but what they are alike in.

Must not: judge, read edits (`gathering_drafts` and `gathering_segments` do).
"""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

from writeback.engine.looking_up import References, point
from writeback.engine.shaping import Shape, kind_of
from writeback.engine.walking import Led, both_modes
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason
from writeback.model.deltas import Delta
from writeback.model.integrations import ConflictRule
from writeback.model.types import CLEAR, AttributeType, Clear, RecordId, Value, Wish
from writeback.planning.checking import about, check_wish, fit
from writeback.planning.coercing import coercer, text_of
from writeback.planning.facts import FieldFacts
from writeback.planning.inputs import PlanInput
from writeback.planning.resolving import Aim
from writeback.store.drafts import Draft

MOST_KNOWN: Final = 5_000
"""So many cases are remembered at a time."""


class Edited(NamedTuple):
    """A record with its edits."""

    record: RecordId
    key: str
    """Its key in the CRM."""
    edits: abc.Sequence[Draft]
    """Of a case they are those of one of its records."""
    case: int = 0
    """`PlanInput.case`."""
    seen: tuple[Value, ...] | None = None
    """What was seen of this very record, along `edits`; None: what these say."""


Pages = abc.Callable[[], abc.Iterator[abc.Sequence[Edited]]]
"""Gives edits by record, some at a time; from the start each time."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an edit of one attribute writes."""

    aim: Aim | None
    blocked: Reason | None
    rule: ConflictRule
    is_pointing: bool = False
    place: int = -1
    """Its position among the columns that are written."""
    shape: Shape | None = None
    """Makes the CRM's values of the attribute's, where the mapping has value rules."""
    is_first: bool = True
    """Of several kinds of records that it may reach: this one's stream tells of rows that reach none."""


class _Made(NamedTuple):
    """What a row says, whatever its record is."""

    olds: abc.Sequence[Value | Unset]
    wishes: abc.Sequence[Wish | Unset]
    blocked: Reason | None
    path: str
    edited: abc.Sequence[datetime | None]
    deltas: abc.Mapping[int, Delta]
    firsts: abc.Sequence[Aim]
    """The aims for which this stream tells that a row leads nowhere."""
    seers: abc.Sequence["_Seer"]
    """How the olds are made of what was seen of a record."""
    is_plain: bool
    """They are what was seen, all of them."""

    def row_of(self, record: RecordId, key: str, case: int, seen: tuple[Value, ...] | None) -> PlanInput:
        """Say it of a record."""
        olds, wishes, blocked, path, edited, deltas, _, seers, is_plain = self
        if seen is not None:
            if is_plain and len(seen) == len(olds):
                olds = seen
            else:
                olds = list(olds)
                for one in seers:
                    olds[one.place] = one.of(seen[one.at])
        return PlanInput(key, olds, wishes, record, key, blocked, path, edited, 0, deltas, case)


class _Seer(NamedTuple):
    """How one of the olds is made of what was seen."""

    at: int
    """Its place among a record's edits."""
    place: int
    """Its position among the columns that are written."""
    of: abc.Callable[[Value], Value]
    is_plain: bool
    """It is what was seen, and stands where that does."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Drafts as plan inputs, a record a row; read anew by each iteration."""

    pages: Pages
    integration_id: str
    targets: abc.Mapping[str, Target]
    width: int
    references: References
    led: Led | None = None
    moved: abc.Mapping[str, str] = field(default_factory=dict)
    """Attributes that point a hop of the way elsewhere, with their paths."""

    def __iter__(self) -> abc.Iterator[PlanInput]:
        known: dict[int, _Made | None] = {}
        for page in self.pages():
            inputs: list[PlanInput] = []
            firsts: list[abc.Sequence[Aim]] = []
            if len(known) > MOST_KNOWN:
                known.clear()
            for record, key, edits, case, seen in page:
                if not case:
                    made = self._made(edits)
                elif case in known:
                    made = known[case]
                else:
                    made = known[case] = self._made(edits)
                if made is not None:
                    inputs.append(made.row_of(record, key, case, seen))
                    firsts.append(made.firsts)
            if self.led is not None:
                inputs = list(self.led.lead(zip(inputs, firsts, strict=True)))
            for target in self.targets.values():
                if target.is_pointing and target.aim is not None:
                    inputs = point(inputs, target.place, target.aim, references=self.references)
            yield from inputs

    def _made(self, edits: abc.Sequence[Draft]) -> "_Made | None":
        """Make a row of the edits of one record; None when none of them is this stream's."""
        mine = [(at, draft) for at, draft in enumerate(edits) if draft.change.attribute in self.targets]
        if not mine:
            return None
        olds: list[Value | Unset] = [UNSET] * self.width
        edited: list[datetime | None] = [None] * self.width
        wishes: list[Wish | Unset] = [UNSET] * self.width
        blocked, path = self._moved(edits, mine[0][1])
        firsts: list[Aim] = []
        seers: list[_Seer] = []
        deltas: dict[int, Delta] = {}
        for at, draft in mine:
            target = self.targets[draft.change.attribute]
            value: Delta | Wish | Reason = target.blocked or (
                _wished(target, draft) if draft.delta is None else _delta(target, draft.delta)
            )
            if target.aim is not None and target.is_first:
                firsts.append(target.aim)
            if isinstance(value, Reason):
                if blocked is None:
                    blocked = value
                    path = str(target.aim.column.path) if target.aim else dict(value.facts).get("field", "")
            else:
                seer = _seer(target, draft.kind)
                seers.append(_Seer(at, target.place, seer, seer is _as_it_is and at == target.place))
                olds[target.place] = seer(draft.seen.get(self.integration_id, draft.change.old))
                if isinstance(value, Delta):
                    deltas[target.place] = value
                wishes[target.place] = value.add if isinstance(value, Delta) else value
                edited[target.place] = draft.created_at
        told = tuple(olds), tuple(wishes), blocked, path, tuple(edited), deltas
        is_plain = len(seers) == self.width and all(one.is_plain for one in seers)
        return _Made(*told, firsts, seers, is_plain)

    def _moved(self, edits: abc.Sequence[Draft], mine: Draft) -> tuple[Reason | None, str]:
        """Say that the same record is to be pointed elsewhere as well, if it is."""
        moved = [self.moved[name] for draft in edits if (name := draft.change.attribute) in self.moved]
        aim = self.targets[mine.change.attribute].aim
        if not moved or aim is None:
            return None, ""
        return both_modes(aim.column.path, moved[0]), str(aim.column.path)


def _wished(target: Target, draft: Draft) -> Wish | Reason:
    """Give what travels, or why it cannot."""
    if target.aim is None:
        return Reason("write_back.not_mapped", (("attribute", draft.change.attribute),))
    new = draft.change.new
    field = target.aim.field
    if isinstance(new, Clear):
        return check_wish(field, CLEAR) or CLEAR
    if target.shape is not None:
        return _shaped(target.shape, field, new)
    return (text_of(new) or "") if target.is_pointing else fit(field, new, kind=draft.kind)


def _delta(target: Target, delta: Delta) -> Delta | Reason:
    """Give what is added and taken in the CRM's own options."""
    aim = target.aim
    if aim is None or aim.field.kind is not AttributeType.MULTI_LIST:
        facts = () if aim is None else (("field", aim.field.name),)
        return Reason("value.no_list", facts)
    named = coercer(
        AttributeType.MULTI_LIST, options=[replace(one, active=True) for one in aim.field.options]
    )
    sides: list[tuple[str, ...]] = []
    for options in (delta.add, delta.remove):
        made = options if target.shape is None or not options else target.shape.out(options)
        read: Wish | Reason = ()
        if isinstance(made, Reason):
            read = made
        elif made:  # what is not offered any more may still be taken away
            is_added = options is delta.add
            read = (
                fit(aim.field, made, kind=AttributeType.MULTI_LIST)
                if is_added
                else named(text_of(made) or "")
            )
        if isinstance(read, Reason):
            return about(aim.field, read)
        sides.append(read if isinstance(read, tuple) else ())
    return Delta(*sides)


def _shaped(shape: Shape, field: FieldFacts, new: Value) -> Wish | Reason:
    """Give what travels for a value under its mapping's value rules."""
    made = shape.out(new)
    if isinstance(made, Reason):
        return about(field, made)
    return fit(field, made, kind=kind_of(made))


def _seer(target: Target, kind: AttributeType) -> abc.Callable[[Value], Value]:
    """Give what makes of a value that was seen one of the field's own type, as far as it can be read so."""
    column = target.aim.column if target.aim is not None else None
    if column is None or target.shape is not None:
        return _as_it_is
    if target.aim is not None and is_in_words(target.aim):
        return text_of
    if column.kind is kind:
        return _as_it_is
    read_text = coercer(column.kind)

    def read(seen: Value) -> Value:
        if seen is None:
            return None
        value = read_text(text_of(seen) or "")
        return seen if isinstance(value, Reason | Clear) else value

    return read


def _as_it_is(seen: Value) -> Value:
    return seen


def is_in_words(aim: Aim) -> bool:
    """Say whether people see something else of a column than what travels."""
    return aim.lookup is not None and bool(aim.lookup.shows)
