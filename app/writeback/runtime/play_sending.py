"""Send what a run of a play changed: a plan through the edit service, guards and rights as everybody's.

A run that dies here is taken up again: a plan it noted is submitted once, a plan that is submitted is found.

Must not: judge, override a guard.
"""

from collections import abc
from datetime import timedelta
from typing import Final

from writeback.engine.editing import Asked
from writeback.engine.play_streams import gather_rows
from writeback.engine.playing_out import names_of
from writeback.engine.terms import Terms
from writeback.errors import (
    ApprovalNeededError,
    ConfigurationError,
    ConnectorError,
    GuardError,
    PluginError,
    RetryableError,
    WritebackError,
)
from writeback.model.changes import Origin, Reason
from writeback.model.connections import Connection
from writeback.model.events import EventKind
from writeback.model.plays import PlayRow, PlayRun, RunState
from writeback.model.types import PlanId, RecordId
from writeback.planning.guarding import needs_org_name
from writeback.runtime.facade import PlanView
from writeback.runtime.playing import Playing
from writeback.runtime.sending import Sending
from writeback.runtime.submitting import Submitting
from writeback.store import journal, plan_rows, plans, play_runs
from writeback.store.workspace import Workspace

AGAIN: Final = timedelta(minutes=1)
"""A CRM that could not be asked, or whose plugin is not there, is asked again after this."""
PLANNING: Final = timedelta(minutes=5)
"""So long after it was begun a plan is left to whoever makes it."""
_TOLD: Final = frozenset({"blocked", "conflict"})


class PlaySending:
    """Sends runs of plays."""

    def __init__(
        self, workspace: Workspace, *, told: Playing, sending: Sending, submitting: Submitting
    ) -> None:
        self._workspace = workspace
        self._told = told
        self._sending = sending
        self._submitting = submitting

    def send(self, run: PlayRun) -> None:
        """Plan and submit a run's values; held back they wait as drafts, and the run says why."""
        with self._workspace.writing(durable=False) as db:
            play_runs.touch(db, run.number, self._workspace.now() + PLANNING)
        try:
            plan = self._plan(run)
            if plan is None:
                return
            self._submitting.submit(plan, confirm_org="", is_reviewed=False)
        except ApprovalNeededError as error:  # the plan is kept, and waits for another person's word
            self.finish(run, _reason_of(error))
        except GuardError as error:
            self.drop_plan(run)
            self.finish(run, _reason_of(error))
        except (ConnectorError, PluginError) as error:
            wait = timedelta(seconds=error.after or 0) if isinstance(error, RetryableError) else AGAIN
            with self._workspace.writing() as db:
                until = self._workspace.now() + max(wait, AGAIN)
                play_runs.put_off(db, run.number, until, _reason_of(error))
        except ConfigurationError as error:
            if self._told.run(run.number).jobs:  # somebody else submitted it this very moment
                self.finish(run, None)
                return
            self.drop_plan(run)
            self.finish(run, _reason_of(error))
        else:
            self.finish(run, None)

    def leave(self, run: PlayRun) -> None:
        """End a run whose play was switched off before its values were sent: they wait as drafts."""
        if not run.jobs:
            try:
                self.drop_plan(run)
            except ConfigurationError:  # it is submitted this very moment
                return
        reason = None if run.jobs else Reason("play.off_since", (("name", run.play),))
        self.finish(run, reason)

    def forecast(
        self, run: PlayRun, rows: abc.Sequence[PlayRow], *, entity: str, only: abc.Collection[str] = ()
    ) -> PlanView:
        """Judge what a dry run would change against the CRMs; the plan is for looking only, and is gone.

        Raises:
            ConnectorError: No CRM could be read.
        """
        asked = Asked(Origin.SUCCESS_PLAY, run.author, "", run.play)
        reach_of = self._sending.reach_of
        streams = gather_rows(
            self._workspace,
            rows,
            entity=entity,
            asked=asked,
            reach_of=reach_of,
            last_reach_of=reach_of.last,
            to=only or None,
        )
        terms = Terms(Origin.SUCCESS_PLAY, author=run.author, reason=run.play, source={"play": run.play})
        view = self._sending.propose_streams(streams, terms)
        self._sending.discard_plan(view.id)
        return view

    def finish(self, run: PlayRun, reason: Reason | None) -> None:
        """End a run; `reason` says why its values were not sent."""
        now = self._workspace.now()
        with self._workspace.writing() as db:
            was = (RunState.GOING.value,)
            if play_runs.put_state(db, run.number, RunState.DONE, was=was, ended_at=now, reason=reason):
                journal.note(db, at=now, kind=EventKind.PLAY_RAN, subject=str(run.number))

    def drop_plan(self, run: PlayRun) -> None:
        """Forget a run's plan that was not submitted: it may wait for another person's word.

        Raises:
            ConfigurationError: It is submitted this very moment.
        """
        plan = self._told.run(run.number).plan
        if plan is not None and self._is_open(plan):
            plans.discard(self._workspace, plan)

    def _plan(self, run: PlayRun) -> PlanId | None:
        """Give the plan that is to be submitted; None: the run ended here."""
        if run.jobs:
            self.finish(run, None)  # it was submitted before somebody died
            return None
        if run.plan is not None and self._is_open(run.plan):
            return run.plan
        strange = self._strange(run)
        if strange is not None:
            self.finish(run, strange)
            return None
        names = names_of(self._workspace, run)
        if not names:
            self.finish(run, None)
            return None
        terms = Terms(
            Origin.SUCCESS_PLAY,
            author=run.author,
            reason=run.play,
            source={"play": run.play, "run": run.number},
        )
        view = self._sending.propose_streams(self._sending.draft_streams(only=names, to=run.targets), terms)
        with self._workspace.writing() as db:
            is_mine = play_runs.put_plan(db, run.number, view.id, before=run.plan)
        if not is_mine:
            plans.discard(self._workspace, view.id)
            return None
        self._tell_blocked(run, view.id)
        return view.id

    def _strange(self, run: PlayRun) -> Reason | None:
        """Say that a connection takes the values to which nobody agreed as it is now.

        Nobody knew of it as the play was switched on, or its safety level asks for its org's name since.
        """
        play = self._told.find(run.play)
        if play is None:
            return Reason("play.unknown", (("name", run.play),))
        taking = [one.connection for one in self._told.targets(play)]
        new = [one.name for one in taking if one.id not in run.targets]
        if new:
            return Reason("play.new_target", (("connection", ", ".join(new)[:200]),))
        asking = unnamed(taking, run.named)
        return Reason("play.asks_name", (("connection", asking),)) if asking else None

    def _is_open(self, plan: PlanId) -> bool:
        with self._workspace.reading() as db:
            try:
                plans.jobs_of(db, plan)
            except ConfigurationError:
                return False
        return True

    def _tell_blocked(self, run: PlayRun, plan: PlanId) -> None:
        """Tell with each record why a CRM does not get its values."""
        found: dict[RecordId, list[Reason]] = {}
        with self._workspace.reading() as db:
            jobs = plans.jobs_of(db, plan)
        for job in jobs:
            for row in plan_rows.rows_of(self._workspace, job.id, job.columns):
                if row.verdict in _TOLD and row.rid is not None:
                    code = row.code or f"play.{row.verdict}"
                    told = tuple((key, str(value)) for key, value in row.facts.items())
                    found.setdefault(RecordId(row.rid), []).append(Reason(code, told))
        with self._workspace.writing() as db:
            play_runs.add_reasons(db, run.number, found)


def unnamed(taking: abc.Iterable[Connection], named: abc.Container[str]) -> str:
    """Name the connections whose org has to be named and was not; '' where there is none."""
    return ", ".join(one.name for one in taking if needs_org_name(one) and one.id not in named)[:200]


def _reason_of(error: WritebackError) -> Reason:
    return Reason(error.code, tuple((name, str(fact)) for name, fact in error.facts.items()))
