"""Run SuccessPlays: by hand, as a dry run, and by themselves in the worker; release, dismiss and undo runs.

Must not: decide what a play does (`engine.playing`), send (`play_sending` hands over a plan).
"""

import logging
from collections import abc
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

from writeback.engine import playing, playing_out, playing_undone
from writeback.engine.play_sources import incomplete
from writeback.engine.playing import Decided, PlayCall, PlayScope
from writeback.errors import ConfigurationError, WorkspaceError, WritebackError
from writeback.model.canonical import Json
from writeback.model.changes import Reason
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.model.plays import (
    FOLLOWING,
    MOST_ROWS,
    Play,
    PlayMode,
    PlayRun,
    RunState,
    TriggerKind,
)
from writeback.model.segments import named_in
from writeback.planning.guarding import needs_org_name
from writeback.planning.permitting import refusal_facts
from writeback.planning.scheduling import standing
from writeback.runtime.connecting import guard_org_name
from writeback.runtime.facade import PlanView
from writeback.runtime.facade.plays import PlayReport, PlayUndone
from writeback.runtime.permitting import Permitting
from writeback.runtime.play_sending import PlaySending, unnamed
from writeback.runtime.playing import Playing, entities_of
from writeback.store import acts, journal, permissions, play_runs, plays
from writeback.store.plays import Agreed
from writeback.store.workspace import Workspace

_log = logging.getLogger("writeback.plays")
REPORTED: Final = 1_000
"""So many records of a run are told at once."""


class PlayRunning:
    """Runs plays of one workspace."""

    def __init__(
        self, workspace: Workspace, *, told: Playing, permitting: Permitting, sending: PlaySending
    ) -> None:
        self._workspace = workspace
        self._told = told
        self._permitting = permitting
        self._sending = sending

    def switch_on(self, name: str, *, confirm_org: str, author: str) -> None:
        """Let a play run by itself. See `Facade.switch_play`."""
        scope = self._told.scope(name)
        play = scope.play
        agreed = None
        if play.mode is PlayMode.SEND:
            self._permitting.admit(Right.WRITE, author)
            agreed = self._confirmed(play, confirm_org)
        self._switch(play, is_on=True, author=author, agreed=agreed)
        if play.trigger.kind in FOLLOWING and self._incomplete(scope) is None:
            playing.first_look(self._workspace, self._told.scope(name))

    def switch_off(self, name: str, *, author: str) -> None:
        """Let a play rest. See `Facade.switch_play`."""
        self._switch(self._told.named(name), is_on=False, author=author, agreed=None)

    def start(
        self,
        name: str,
        *,
        by: str,
        is_dry: bool,
        confirm_org: str = "",
        rows: int = REPORTED,
        act: str = "",
    ) -> PlayReport:
        """Run a play by hand, or say what it would do. See `Facade.run_play`.

        The same act again goes on with the run that it made, wherever a crash ended that.
        """
        with self._workspace.reading() as db:
            earlier = play_runs.made_by(db, act)
        if earlier is not None:
            self._go_on(earlier.number)
            return PlayReport(self._told.run(earlier.number), self._told.rows(earlier.number, limit=rows))
        scope = self._told.scope(name)
        if not is_dry and scope.play.mode is PlayMode.SEND:
            self._permitting.admit(Right.WRITE, by)
            agreed = self._confirmed(scope.play, confirm_org)
            play = replace(scope.play, targets=agreed.targets, named=agreed.named)
            scope = replace(scope, play=play)
        call = self._call(scope.play, by=by, act=act)
        why = self._incomplete(scope)
        if why is not None:
            run = _not_run(scope, call, why)
            if is_dry:
                return PlayReport(run, ())
            return PlayReport(playing.note_not_run(self._workspace, scope, run, why) or run, ())
        decided = playing.decide(self._workspace, scope, call)
        if is_dry:
            return PlayReport(decided.run, decided.rows[:rows])
        run = self._keep(scope, decided)
        return PlayReport(run, self._told.rows(run.number, limit=rows) if run.number else ())

    def forecast(self, name: str, *, by: str) -> PlanView:
        """Judge what a dry run would change against the CRMs. See `Facade.forecast_play`."""
        report = self.start(name, by=by, is_dry=True, rows=MOST_ROWS)
        if report.run.state is RunState.NOT_RUN and report.run.reason is not None:
            raise ConfigurationError(report.run.reason.code, **dict(report.run.reason.facts))
        play = self._told.named(name)
        only = play.only if play.mode is PlayMode.SEND else ()
        return self._sending.forecast(report.run, report.rows, entity=play.entity, only=only)

    def release(self, number: int, *, by: str, confirm_org: str = "", act: str = "") -> PlayRun:
        """Carry out a run that a guard holds. See `Facade.release_play_run`."""
        run = self._told.run(number)
        if run.mode is PlayMode.SEND and not _is_of(run, act):
            self._permitting.admit(Right.WRITE, by)
            self._agree(run, confirm_org)
        self._move(run, RunState.GOING, by=by, act=act)
        self._go_on(number)
        return self._told.run(number)

    def dismiss(self, number: int, *, by: str, act: str = "") -> PlayRun:
        """Let nothing come of a run that a guard holds. See `Facade.dismiss_play_run`."""
        self._move(self._told.run(number), RunState.DISMISSED, by=by, act=act)
        return self._told.run(number)

    def undo(self, number: int, *, by: str, act: str = "") -> PlayUndone:
        """Take back what a run did here. See `Facade.undo_play_run`."""
        run = self._told.run(number)
        if run.state is not RunState.DONE and not _is_of(run, act):
            raise ConfigurationError("play.not_done", number=number)
        self._sending.drop_plan(run)  # else whoever approves it later sends what is undone
        run = self._told.run(number)
        done = playing_undone.take_back(self._workspace, run, by=by, act=act)
        told = self._told.run(number)
        fields = tuple(dict.fromkeys(one.attribute for one in run.steps if one.attribute))
        return PlayUndone(told, done.values, done.left, done.tasks, run.jobs, done.records, fields)

    # by themselves

    def resume(self) -> int:
        """Take up runs that were cut off, or whose CRMs could not be asked; gives how many went on."""
        with self._workspace.reading() as db:
            numbers = play_runs.going(db, now=self._workspace.now())
        for number in numbers:
            with _apart(f"run {number}"):
                self._go_on(number, is_taken_up=True)
        return len(numbers)

    def look(self) -> int:
        """Let every play that is on look at what it follows; gives how many runs came of it."""
        found = 0
        with self._workspace.reading() as db:
            names = plays.switched_on(db)
        for name in names:
            with _apart(f"the play {name}"):
                found += self._look(name)
        return found

    def _look(self, name: str) -> bool:
        try:
            view = self._told.view(name)
            if view.held is not None or not view.state.is_on or view.broken is not None:
                self._note_broken(name, view.broken, view.state.waits)
                return False
            scope = self._told.scope(name)
            if scope.play.trigger.kind is TriggerKind.SCHEDULE:
                return self._look_at_clock(scope)
            return scope.play.trigger.kind in FOLLOWING and self._look_at_segment(scope)
        except WorkspaceError:
            raise
        except WritebackError as error:
            self._note_broken(name, _reason_of(error), None)
            return False

    def _look_at_clock(self, scope: PlayScope) -> bool:
        schedule, state, now = scope.play.trigger.schedule, scope.state, self._workspace.now()
        if schedule is None:
            return False
        since = state.handled or state.switched_at or now
        stands = standing(schedule, since=since, now=now)
        if stands.due is None:
            if stands.handled != since:
                with self._workspace.writing(durable=False) as db:
                    plays.note_handled(db, scope.play.name, stands.handled)
            return False
        return self._run_by_itself(scope, handled=stands.handled)

    def _look_at_segment(self, scope: PlayScope) -> bool:
        if scope.is_new:
            why = self._incomplete(scope)
            if why is None:
                playing.first_look(self._workspace, scope)
            return False
        return self._run_by_itself(scope)

    def _run_by_itself(self, scope: PlayScope, *, handled: datetime | None = None) -> bool:
        call = self._call(scope.play)
        why = self._incomplete(scope)
        if why is not None:
            if why.code != "play.source_busy":
                playing.note_not_run(self._workspace, scope, _not_run(scope, call, why), why)
            return False
        decided = self._asking(scope, playing.decide(self._workspace, scope, call))
        return bool(self._keep(scope, decided, handled=handled).number)

    def _asking(self, scope: PlayScope, decided: Decided) -> Decided:
        """Hold a run that would send to where the org has to be named since: its play was on before that."""
        play, run = scope.play, decided.run
        if play.mode is not PlayMode.SEND or run.state is not RunState.GOING or not run.counts.change:
            return decided
        taking = [one.connection for one in self._told.targets(play) if one.connection.id in play.targets]
        asking = unnamed(taking, play.named)
        if not asking:
            return decided
        why = Reason("play.asks_name", (("connection", asking),))
        return replace(decided, run=replace(run, state=RunState.HELD, reason=why))

    def _keep(self, scope: PlayScope, decided: Decided, *, handled: datetime | None = None) -> PlayRun:
        """Make a decided run real and carry it out; a run of the number 0 came of nothing."""
        run, workspace = decided.run, self._workspace
        if run.state is RunState.NOT_RUN and run.reason is not None:
            return playing.note_not_run(workspace, scope, run, run.reason) or run
        kept = playing.keep(workspace, scope, decided, handled=handled)
        if kept is None:
            if run.started_by:
                raise ConfigurationError("play.changed_meanwhile", name=scope.play.name)
            return run
        if kept.state is RunState.GOING:
            self._go_on(kept.number)
        return self._told.run(kept.number)

    def _go_on(self, number: int, *, is_taken_up: bool = False) -> None:
        """Take a run as far as it goes now; one that is taken up later sends only while its play is on."""
        run = self._told.run(number)
        if run.state is not RunState.GOING:
            return
        with self._workspace.reading() as db:
            entity = play_runs.entity_of(db, number)
        if not playing_out.carry_out(self._workspace, run, entity=entity):
            return
        if run.mode is PlayMode.SEND:
            run = self._told.run(number)
            if is_taken_up and not run.started_by and not self._is_on(run.play):
                self._sending.leave(run)
            else:
                self._sending.send(run)
        else:
            self._sending.finish(run, None)

    def _is_on(self, name: str) -> bool:
        with self._workspace.reading() as db:
            return name in plays.switched_on(db)

    # what a run needs

    def _call(self, play: Play, *, by: str = "", act: str = "") -> PlayCall:
        refused = None
        if not self._permitting.may(Right.EDIT, play.author):
            with self._workspace.reading() as db:
                facts = refusal_facts(permissions.levels(db), play.author, Right.EDIT)
            refused = Reason("permission.missing", tuple((key, str(one)) for key, one in facts.items()))
        return PlayCall(self._workspace.now(), by, refused, act)

    def _incomplete(self, scope: PlayScope) -> Reason | None:
        entity = scope.play.entity
        read = [one for one in (scope.trigger, scope.conditions) if one is not None]
        named = frozenset(pair for one in read for pair in named_in(one, entity))
        return incomplete(self._workspace, entities_of(scope), named)

    def _confirmed(self, play: Play, typed: str) -> Agreed:
        """Give the connections that take a play's values, once each was named where it wants that.

        Raises:
            ConfigurationError: None of those that it is to send to takes its values.
            GuardError: `guard.org_name`: one was not.
        """
        found = self._told.targets(play)
        if play.only and play.attributes and not found:
            raise ConfigurationError("play.no_target", name=play.name)
        for one in found:
            if not one.is_confirmed:
                guard_org_name(one.connection, typed)
        named = (one.connection.id for one in found if needs_org_name(one.connection))
        return Agreed(tuple(one.connection.id for one in found), tuple(named))

    def _agree(self, run: PlayRun, typed: str) -> None:
        """Let a held run send to where the org has to be named since, and its play from now on.

        Raises:
            GuardError: `guard.org_name`: it was not named.
        """
        play = self._told.find(run.play)
        if play is None:
            return  # its values will wait, and the run will say so
        mine = [one for one in self._told.targets(play) if one.connection.id in run.targets]
        asking = [one.connection for one in mine if needs_org_name(one.connection)]
        for one in asking:
            if one.id not in run.named:
                guard_org_name(one, typed)
        named = tuple(dict.fromkeys((*run.named, *(one.id for one in asking))))
        with self._workspace.writing() as db:
            play_runs.note_named(db, run.number, named)
            if play.targets:
                known = tuple(dict.fromkeys((*play.named, *named)))
                plays.agree(db, play.name, Agreed(play.targets, known))

    def _switch(self, play: Play, *, is_on: bool, author: str, agreed: Agreed | None) -> None:
        at = self._workspace.now()
        act = "play.switched_on" if is_on else "play.switched_off"
        with self._workspace.writing() as db:
            plays.switch(db, play.name, is_on=is_on, by=author, at=at, agreed=agreed)
            body = {"play": play.name, "by": author, "mode": play.mode.value}
            kind = EventKind.PLAY_CHANGED
            acts.record(db, at=at, kind=kind, subject=play.name, act=act, body={**body})

    def _move(self, run: PlayRun, state: RunState, *, by: str, act: str) -> None:
        """Decide about a held run; by the same act again it is decided already."""
        if _is_of(run, act):
            return
        at = self._workspace.now()
        ended = None if state is RunState.GOING else at
        with self._workspace.writing() as db:
            was = (RunState.HELD.value,)
            if not play_runs.put_state(db, run.number, state, was=was, ended_at=ended):
                raise ConfigurationError("play.not_held", number=run.number)
            play_runs.note_decided(db, run.number, act)
            play_runs.touch(db, run.number, at + playing_out.AT_WORK)
            body: dict[str, Json] = {"play": run.play, "run": run.number, "by": by, "state": state.value}
            kind, subject = EventKind.PLAY_RAN, str(run.number)
            acts.record(db, at=at, kind=kind, subject=subject, act="play.decided", body=body)

    def _note_broken(self, name: str, why: Reason | None, before: Reason | None) -> None:
        if why is None or why == before:
            return
        with self._workspace.writing(durable=False) as db:
            plays.note_waiting(db, name, why)
            journal.note(db, at=self._workspace.now(), kind=EventKind.PLAY_CHANGED, subject=name)


@contextmanager
def _apart(what: str) -> abc.Iterator[None]:
    """Keep a bug in one play from all others; a workspace that cannot be used ends them all."""
    try:
        yield
    except WorkspaceError:
        raise
    except Exception:  # noqa: BLE001  logged, and tried again with the next look
        _log.exception("%s broke off", what)


def _is_of(run: PlayRun, act: str) -> bool:
    """Say whether this very act decided about a run already."""
    return bool(act) and run.decided_act == act


def _not_run(scope: PlayScope, call: PlayCall, why: Reason) -> PlayRun:
    play = scope.play
    return PlayRun(
        number=0,
        play=play.name,
        trigger=TriggerKind.BY_HAND if call.by else play.trigger.kind,
        state=RunState.NOT_RUN,
        mode=play.mode,
        author=play.author,
        started_at=call.at,
        started_by=call.by,
        ended_at=call.at,
        reason=why,
        targets=play.targets,
        named=play.named,
        steps=play.steps,
        act=call.act,
    )


def _reason_of(error: WritebackError) -> Reason:
    return Reason(error.code, tuple((name, str(fact)) for name, fact in error.facts.items()))
