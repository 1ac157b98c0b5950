"""Decide what a play does now: which records it means, and what becomes of each. Nothing is carried out here.

A dry run and a real one decide by the same words; a real one keeps what it decided in one commit with
what it remembers of the segment, so that a transition is acted upon once, whoever looks and whatever dies.

Must not: change a record (`playing_out` does), ask a CRM, read a segment's text.
"""

from collections import Counter, abc
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from writeback.engine.play_rows import Judging
from writeback.engine.playing_out import AT_WORK
from writeback.model.changes import Reason
from writeback.model.events import EventKind
from writeback.model.plays import (
    FOLLOWING,
    MOST_ROWS,
    Play,
    PlayRow,
    PlayRun,
    PlayState,
    RowVerdict,
    RunCounts,
    RunState,
    TriggerKind,
)
from writeback.model.segments import All, Expression, Not, RecordIs
from writeback.model.types import RecordId
from writeback.planning.playing import PlayGround, strikes
from writeback.store import journal, play_runs, plays, records, segments
from writeback.store.segments import Ground
from writeback.store.workspace import Db, Workspace

RECORD_ZERO: Final = RecordId("")
_SLICE: Final = 1_000


@dataclass(frozen=True, slots=True)
class PlayScope:
    """A play with its texts read."""

    play: Play
    state: PlayState
    version: int
    ground: Ground
    trigger: Expression | None
    """The segment that it follows."""
    conditions: Expression
    seen: str
    """Under which condition members are remembered."""
    names: PlayGround

    @property
    def is_new(self) -> bool:
        """Whether it has not looked at its segment yet, or at another one: nobody has come or gone."""
        return self.trigger is not None and self.state.seen != self.seen


@dataclass(frozen=True, slots=True)
class PlayCall:
    """Who lets a play run, and when."""

    at: datetime
    by: str = ""
    """Who by hand; '': nobody."""
    refused: Reason | None = None
    """Why the play's author may change nothing."""
    act: str = ""
    """The act that asks for it; '': nobody does."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Which records a look found, and what it has to remember."""

    meant: tuple[str, ...]
    of: int
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What a run does, or would do."""

    run: PlayRun
    rows: tuple[PlayRow, ...]
    turns: abc.Mapping[int, int]
    moved: Moved


def decide(workspace: Workspace, scope: PlayScope, call: PlayCall) -> Decided:
    """Say what a play does now with every record it means.

    Raises:
        UnknownAttributeError: An attribute went meanwhile.
        MappingError: A value that it sets cannot be read any more.
    """
    moved = _moved(workspace, scope, is_by_hand=bool(call.by))
    play = scope.play
    run = PlayRun(
        number=0,
        play=play.name,
        trigger=TriggerKind.BY_HAND if call.by else play.trigger.kind,
        state=RunState.GOING,
        mode=play.mode,
        author=play.author,
        started_at=call.at,
        started_by=call.by,
        of=moved.of,
        targets=play.targets,
        named=play.named,
        steps=play.steps,
        act=call.act,
    )
    if len(moved.meant) > MOST_ROWS:
        beyond = Reason("play.beyond", (("most", str(MOST_ROWS)),))
        return Decided(replace(run, state=RunState.NOT_RUN, reason=beyond), (), scope.state.turns, moved)
    judging = Judging(workspace, play, scope.ground, scope.names, turns=dict(scope.state.turns), call=call)
    setting_off = tuple(one for one in (scope.trigger,) if one is not None) if not call.by else ()
    rows = tuple(judging.rows(moved.meant, setting_off))
    counts = _counts(rows)
    looping = next((one for one in rows if judging.is_loop(one)), None)
    reason = strikes(play.guards, rows=counts.change, of=moved.of)
    state = RunState.HELD if reason is not None else RunState.GOING
    if looping is not None:
        state, reason = RunState.STOPPED, None  # told with the other play's name, as it is kept
    made = replace(run, state=state, reason=reason, counts=counts, linked=looping.cause if looping else 0)
    return Decided(made, rows, judging.turns, moved)


def keep(
    workspace: Workspace, scope: PlayScope, decided: Decided, *, handled: datetime | None = None
) -> PlayRun | None:
    """Make a decided run real, with what the play remembers.

    None: the play changed meanwhile, or nothing moved. A run that means nobody is kept only where somebody
    asked for it, or its schedule did, which is answered for up to `handled` by it. Of one act there is one
    run: where it is there already, that one.
    """
    play, run, now = scope.play, decided.run, workspace.now()
    is_quiet = play.trigger.kind in FOLLOWING and not run.started_by
    if is_quiet and not decided.rows:
        moved = decided.moved
        if moved.came or moved.left or scope.state.waits is not None:
            with workspace.writing(durable=False) as db:
                if _remember(db, scope, decided, now=now, handled=handled) and scope.state.waits is not None:
                    journal.note(db, at=now, kind=EventKind.PLAY_CHANGED, subject=play.name)
        return None
    with workspace.writing() as db:
        number = play_runs.begin(db, run, entity=scope.play.entity)
    for start in range(0, len(decided.rows), _SLICE):
        with workspace.writing(durable=False) as db:
            play_runs.add_rows(db, number, decided.rows[start : start + _SLICE])
    with workspace.writing() as db:
        earlier = play_runs.made_by(db, run.act)
        if earlier is not None:
            play_runs.drop(db, number)
            return earlier
        if not _remember(db, scope, decided, now=now, handled=handled):
            play_runs.drop(db, number)
            return None
        _settle(db, scope, run, number, now=now)
        return play_runs.find(db, number)


def note_not_run(workspace: Workspace, scope: PlayScope, run: PlayRun, reason: Reason) -> PlayRun | None:
    """Say that a run could not begin, and why; the same reason again is told by hand only."""
    now = workspace.now()
    with workspace.writing() as db:
        if not run.started_by:  # a person reads it now, the play itself waits for nothing
            plays.note_waiting(db, scope.play.name, reason)
            if scope.state.waits == reason:
                return None
        number = play_runs.begin(db, run, entity=scope.play.entity)
        was = (play_runs.PREPARING,)
        play_runs.put_state(db, number, RunState.NOT_RUN, was=was, ended_at=now, reason=reason)
        journal.note(db, at=now, kind=EventKind.PLAY_RAN, subject=str(number))
        return play_runs.find(db, number)


def _settle(db: Db, scope: PlayScope, run: PlayRun, number: int, *, now: datetime) -> None:
    """Show a run, and switch off the plays of a loop."""
    reason, linked = run.reason, run.linked
    if run.state is RunState.STOPPED:
        other = play_runs.find(db, linked)
        name = other.play if other is not None else scope.play.name
        reason = Reason("play.loop", (("play", scope.play.name), ("other", name)))
        for one in dict.fromkeys((scope.play.name, name)):
            plays.switch(db, one, is_on=False, by="", at=now, stopped=reason)
            journal.note(db, at=now, kind=EventKind.PLAY_CHANGED, subject=one)
        if other is not None:
            play_runs.link(db, other.number, number)
    is_over = run.state not in (RunState.GOING, RunState.HELD)
    play_runs.put_state(
        db,
        number,
        run.state,
        was=(play_runs.PREPARING,),
        ended_at=now if is_over else None,
        reason=reason,
        linked=linked,
    )
    play_runs.touch(db, number, now + AT_WORK)
    journal.note(db, at=now, kind=EventKind.PLAY_RAN, subject=str(number))


def first_look(workspace: Workspace, scope: PlayScope) -> bool:
    """Remember who is in a play's segment; nobody has come by that. False: the play changed meanwhile."""
    if scope.trigger is None:
        return True
    name, after = scope.play.name, ""
    with workspace.writing() as db:
        plays.forget_members(db, name)
    while True:
        with workspace.reading() as db:
            found, is_more = plays.members_page(db, scope.ground, scope.trigger, after=after)
        with workspace.writing(durable=False) as db:
            plays.remember(db, name, came=found, left=())
        if not is_more:
            break
        after = found[-1]
    with workspace.writing() as db:
        return plays.note_seen(db, name, scope.seen, scope.version, at=workspace.now())


def _remember(db: Db, scope: PlayScope, decided: Decided, *, now: datetime, handled: datetime | None) -> bool:
    name, turns = scope.play.name, decided.turns
    if not plays.note_looked(db, name, scope.version, at=now, turns=turns, handled=handled):
        return False
    plays.remember(db, scope.play.name, came=decided.moved.came, left=decided.moved.left)
    return True


def _moved(workspace: Workspace, scope: PlayScope, *, is_by_hand: bool) -> Moved:
    """Find the records that a look means, all in one reading."""
    most = MOST_ROWS + 1
    ground, trigger, name = scope.ground, scope.trigger, scope.play.name
    with workspace.reading() as db:
        if trigger is None or is_by_hand:
            whole = All((trigger or All(()), scope.conditions)) if is_by_hand else scope.conditions
            if is_by_hand and scope.play.trigger.kind is TriggerKind.LEAVES and trigger is not None:
                whole = All((Not(trigger), scope.conditions))
            meant = segments.page(db, ground, whole, after=RECORD_ZERO, most=most)
            of = records.count(db, ground.entity) if trigger is None else segments.count(db, ground, trigger)
            return Moved(tuple(meant), of)
        came = plays.entering(db, name, ground, trigger, most=most)
        left = plays.leaving(db, name, ground, trigger, most=most)
        before = plays.count_members(db, name)
        is_entering = scope.play.trigger.kind is TriggerKind.ENTERS
        turned = came if is_entering else left
        if len(came) == most or len(left) == most:
            return Moved(tuple(turned) if len(turned) == most else tuple(came + left), before)
        fitting = _fitting(db, scope, turned)
        of = before + len(came) - len(left) if is_entering else before
        return Moved(fitting, of, tuple(came), tuple(left))


def _fitting(db: Db, scope: PlayScope, rids: abc.Sequence[str]) -> tuple[str, ...]:
    """Give those of some records that are there and fulfil the conditions."""
    if not rids:
        return ()
    whole = All((scope.conditions, RecordIs(tuple(rids))))
    return tuple(segments.page(db, scope.ground, whole, after=RECORD_ZERO, most=len(rids)))


def _counts(rows: abc.Iterable[PlayRow]) -> RunCounts:
    found = Counter(one.verdict for one in rows)
    return RunCounts(
        found[RowVerdict.CHANGE],
        found[RowVerdict.SAME],
        found[RowVerdict.SKIPPED],
        found[RowVerdict.BLOCKED],
    )
