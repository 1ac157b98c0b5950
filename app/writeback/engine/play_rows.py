"""What a play does to each record: its steps read for what the record holds, and why it is left alone.

A record is changed as a whole or not at all: where one step cannot be done, nothing of it is.

Must not: keep anything, ask a CRM.
"""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from writeback.engine.bulk_wishes import BulkWish, Roles, read_bulk
from writeback.engine.edited_models import EditedModels, read_models
from writeback.model.attributes import Attribute
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.changes import Origin, Reason
from writeback.model.deltas import MultiMode
from writeback.model.people import Person
from writeback.model.plays import (
    TASKS,
    AssignRule,
    Play,
    PlayEdit,
    PlayMode,
    PlayRow,
    PlayStep,
    PlayTask,
    RowVerdict,
    StepKind,
)
from writeback.model.segments import Expression
from writeback.model.types import Clear, RecordId, Value
from writeback.planning.coercing import text_of
from writeback.planning.playing import (
    CHAIN,
    NOTHING_BEHIND,
    Behind,
    Choosing,
    PlayGround,
    behind,
    touched_lately,
    verdict_of,
)
from writeback.planning.sorting import is_same
from writeback.store import drafts, play_loads, play_runs
from writeback.store.drafts import Draft
from writeback.store.play_runs import Touch
from writeback.store.records import Record
from writeback.store.segments import Ground
from writeback.store.workspace import Workspace

_PAGE: Final = 1_000
_EVER: Final = timedelta(days=36_500)
_ACTIONS: Final = {
    StepKind.SET: BulkAction.SET,
    StepKind.CLEAR: BulkAction.CLEAR,
    StepKind.ADD: BulkAction.ADD,
    StepKind.TAKE: BulkAction.REMOVE,
    StepKind.COPY: BulkAction.COPY,
}


class Calling(Protocol):
    """Who lets a play run, and when."""

    @property
    def at(self) -> datetime:
        """The run's moment."""

    @property
    def refused(self) -> Reason | None:
        """Why the play's author may change nothing."""


@dataclass(frozen=True, slots=True)
class PlayValue:
    """One value as the edit service takes it."""

    record: RecordId
    attribute: str
    text: str | None
    mode: MultiMode = MultiMode.REPLACE

    @classmethod
    def of(cls, record: RecordId, edit: PlayEdit) -> "PlayValue":
        """Give a value of a run."""
        modes = {StepKind.ADD: MultiMode.ADD, StepKind.TAKE: MultiMode.REMOVE}
        return cls(record, edit.attribute, edit.text, modes.get(edit.action, MultiMode.REPLACE))


def read_steps(steps: abc.Iterable[PlayStep], names: PlayGround) -> dict[str, BulkWish]:
    """Read what the steps that change values wish, by attribute, but for those that assign by a rule.

    Raises:
        UnknownAttributeError: An attribute does not exist.
        MappingError: `segment.…`: a value cannot be read.
    """
    edits = [
        BulkEdit(one.attribute, _ACTIONS[one.kind], one.text, source=one.source)
        for one in steps
        if one.kind in _ACTIONS
    ]
    told = read_bulk(edits, names.attributes, Roles(names.roles, names.persons))
    return {one.attribute.name: one for one in told}


@dataclass(slots=True)
class _Found:
    """What a record's steps come to."""

    edits: list[PlayEdit] = field(default_factory=list)
    tasks: list[PlayTask] = field(default_factory=list)
    blocked: list[Reason] = field(default_factory=list)
    skipped: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of some records."""

    models: EditedModels
    edited: abc.Mapping[tuple[RecordId, str], Draft]
    done: abc.Mapping[RecordId, Touch]
    """What this play did to them last."""
    touches: abc.Mapping[RecordId, Touch]
    """What any play did to them lately."""
    open_tasks: frozenset[tuple[str, str]]


class Judging:
    """One run's judgement over its records, in their order."""

    def __init__(
        self,
        workspace: Workspace,
        play: Play,
        ground: Ground,
        names: PlayGround,
        *,
        turns: dict[int, int],
        call: Calling,
    ) -> None:
        self._workspace = workspace
        self._play = play
        self._call = call
        self._names = names
        self._wishes = read_steps(play.steps, names)
        self._choosing = Choosing(names, self._loads(ground), turns)

    @property
    def turns(self) -> abc.Mapping[int, int]:
        """By step: how many were chosen in turn so far."""
        return self._choosing.turns

    def rows(self, meant: abc.Sequence[str], setting_off: tuple[Expression, ...]) -> abc.Iterator[PlayRow]:
        """Judge records; `setting_off` says what a change has to touch to have set the play off."""
        for start in range(0, len(meant), _PAGE):
            some = meant[start : start + _PAGE]
            page = self._read(some)
            for rid in map(RecordId, some):
                record = page.models.records.get(rid)
                if record is not None and not record.is_gone:
                    yield self._row(record, page, setting_off)

    def is_loop(self, row: PlayRow) -> bool:
        """Say whether a record shows that plays set each other off without end."""
        return Behind(row.round, row.cause).is_loop and row.verdict is RowVerdict.CHANGE

    def _row(self, record: Record, page: _Page, setting_off: tuple[Expression, ...]) -> PlayRow:
        touch = page.touches.get(record.id)
        origin = NOTHING_BEHIND
        if touch is not None and setting_off:
            origin = behind(setting_off, touch.attributes, round_=touch.round, run=touch.run)
        found = self._found(record, page)
        verdict = verdict_of(
            changes=bool(found.edits or found.tasks),
            blocked=bool(found.blocked),
            skipped=bool(found.skipped),
        )
        is_kept = verdict is RowVerdict.CHANGE
        self._choosing.settle(is_kept=is_kept)
        return PlayRow(
            record.id,
            record.title or record.id,
            verdict,
            tuple(found.edits) if is_kept else (),
            tuple(found.tasks) if is_kept else (),
            (*found.blocked, *found.skipped),
            origin.round,
            origin.cause,
        )

    def _found(self, record: Record, page: _Page) -> _Found:
        found = _Found()
        if self._call.refused is not None:
            found.blocked.append(self._call.refused)
            return found
        last = page.done.get(record.id)
        lately = touched_lately(None if last is None else last.at, self._play.guards, now=self._call.at)
        if lately is not None:
            found.skipped.append(lately)
            return found
        for place, step in enumerate(self._play.steps):
            if step.kind in TASKS:
                self._take_task(found, place, record, page)
            else:
                self._take_value(found, place, record, page)
        return found

    def _take_task(self, found: _Found, place: int, record: Record, page: _Page) -> None:
        step = self._play.steps[place]
        if (record.id, step.text) in page.open_tasks:
            return  # it waits to be done already
        chosen = self._choosing.choose(place, step, record.values)
        if isinstance(chosen, Reason):
            found.blocked.append(chosen)
            return
        name = "" if chosen is None else chosen.name or chosen.id
        found.tasks.append(PlayTask(step.text, name, step.form, step.due_days))

    def _take_value(self, found: _Found, place: int, record: Record, page: _Page) -> None:
        step = self._play.steps[place]
        attribute = self._names.attribute(step.attribute)
        if attribute is None:
            found.blocked.append(Reason("play.unknown_attribute", (("name", step.attribute),)))
            return
        old = record.values.get(attribute.name)
        wish = self._wish(place, step, record, old)
        if isinstance(wish, Reason):
            found.blocked.append(wish)
        elif wish is not None and not self._goes(record, attribute.name, page):
            found.blocked.append(Reason("play.nowhere", (("attribute", attribute.title),)))
        elif wish is not None:
            self._take_wish(found, wish, attribute=attribute, record=record, page=page)

    def _goes(self, record: Record, attribute: str, page: _Page) -> bool:
        """Say whether a CRM takes a value: of a play that sends to some only, one of these."""
        found, play = page.models.targets(record.id, attribute), self._play
        if not play.only or play.mode is PlayMode.DRAFTS:
            return bool(found)
        return any(page.models.integrations[one.integration_id].connection_id in play.only for one in found)

    @staticmethod
    def _take_wish(
        found: _Found, wish: "_Wish", *, attribute: Attribute, record: Record, page: _Page
    ) -> None:
        name, old = attribute.name, record.values.get(attribute.name)
        draft = page.edited.get((record.id, name))
        new = None if isinstance(wish.wished, Clear) else wish.wished
        held: tuple[Value, ...] = (old, *page.models.seen(record.id, name).values())
        if draft is not None:
            held = (None if isinstance(draft.change.new, Clear) else draft.change.new,)
        if all(is_same(attribute.kind, new, one) for one in held):
            return
        if draft is not None and draft.origin is not Origin.SUCCESS_PLAY:
            facts = (("attribute", attribute.title), ("author", draft.author))
            found.skipped.append(Reason("play.being_edited", facts))
            return
        found.edits.append(PlayEdit(name, text_of(old) or "", wish.text, wish.action))

    def _wish(self, place: int, step: PlayStep, record: Record, old: Value) -> "_Wish | Reason | None":
        """Give what a step wishes for a record; None: nothing is."""
        if step.kind is StepKind.ASSIGN:
            chosen = self._choosing.choose(place, step, record.values, old)
            if isinstance(chosen, Person):
                is_off = not chosen.active
                facts = (("field", step.attribute), ("value", chosen.id), ("candidates", chosen.id))
                return Reason("role.inactive", facts) if is_off else _Wish(chosen.id, chosen.id)
            return chosen
        one = next(
            wish for name, wish in self._wishes.items() if name.casefold() == step.attribute.casefold()
        )
        taken = record.values.get(one.source.name) if one.source is not None else None
        wished = one.for_value(old, taken)
        if wished is None or isinstance(wished, Reason):
            return wished
        if one.delta is not None:
            return _Wish(wished, text_of(one.delta.add or one.delta.remove), step.kind)
        if isinstance(wished, Clear):
            return _Wish(wished, None, StepKind.CLEAR)
        return _Wish(wished, text_of(wished))

    def _read(self, rids: abc.Sequence[str]) -> _Page:
        names = [one.name for one in map(self._names.attribute, self._play.attributes) if one is not None]
        asked = [PlayValue(RecordId(rid), name, None) for rid in rids for name in names or ("",)]
        models = read_models(self._workspace, asked)
        play, now = self._play, self._call.at
        with self._workspace.reading() as db:
            return _Page(
                models,
                drafts.get_many(db, [(one.record, one.attribute) for one in asked]),
                play_runs.last_touches(db, rids, since=now - _EVER, play=play.name)
                if play.guards.once_days is not None
                else {},
                play_runs.last_touches(db, rids, since=now - CHAIN),
                play_loads.open_tasks(db, rids, origin=play.name),
            )

    def _loads(self, ground: Ground) -> dict[int, dict[str, int]]:
        found = {}
        with self._workspace.reading() as db:
            for place, step in enumerate(self._play.steps):
                if step.rule is not AssignRule.LEAST_LOADED:
                    continue
                role = self._names.attribute(step.attribute) if step.kind is StepKind.ASSIGN else None
                if role is not None:
                    found[place] = play_loads.records_of(db, ground, role.name, step.people)
                elif step.kind in TASKS:
                    named = {one: self._names.person(one) for one in step.people}
                    by_name = {one.name or one.id: ident for ident, one in named.items() if one is not None}
                    told = play_loads.tasks_of(db, tuple(by_name))
                    found[place] = {by_name[name]: count for name, count in told.items()}
        return found


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wished for one value."""

    wished: Value | Clear
    text: str | None
    action: StepKind = StepKind.SET


def without(row: PlayRow, *reasons: Reason, verdict: RowVerdict = RowVerdict.BLOCKED) -> PlayRow:
    """Give a row that is not carried out after all."""
    return replace(row, verdict=verdict, edits=(), tasks=(), reasons=(*row.reasons, *reasons))
