"""What the banner of Review & send says of a plan: how old it is, what of it will not be sent, its trial.

Must not: change the plan.
"""

from collections import abc
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.review_door import Door, nothing_words
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.runtime.facade import PlanSource, PlanView
from writeback.runtime.facade.jobs import PlanChanges
from writeback.runtime.team import TeamView

STALE_S = 15 * 60
"""A plan that is older is read afresh before it is sent."""


class PlanBanner(QObject):
    """The banner over one plan.

    Signals:
        anew: The plan shall be made anew.
    """

    anew = Signal()

    def __init__(self, panel: Panel, door: Door) -> None:
        super().__init__(panel)
        self._panel, self._door = panel, door
        self._plan: PlanView | None = None
        self._team = TeamView()
        self._has_source = False
        self.trial = ""
        """The job of the trial that was started of the plan."""
        self.moved = 0
        """So many of its records were changed in the CRM since."""
        self.since = ""
        """What a refresh found changed; said until something else is done with the plan."""
        self.failed: WritebackError | None = None
        """Why the last refresh did not go; said until another one is asked for."""
        self.is_low = False
        """The window is low: what the filter of the lines says as well is not said here."""
        self._old = QTimer(self)
        self._old.setSingleShot(True)
        self._old.timeout.connect(self.tell_age)

    def show_plan(self, plan: PlanView, team: TeamView, *, has_source: bool) -> None:
        """Be about a plan; `has_source`: it can be made anew from what it was made of."""
        is_other = self._plan is None or self._plan.id != plan.id
        if is_other:
            self.moved = 0
        self._plan, self._team, self._has_source = plan, team, has_source
        if is_other:
            self.look()  # it may have been made long before it was opened
        if self.moved:
            self._tell_moved(self.moved)
        else:
            self.tell_age()

    def forget(self) -> None:
        """There is no plan."""
        self._plan, self.trial, self.moved, self.since = None, "", 0, ""
        self.failed = None
        self._old.stop()

    def tell_age(self) -> None:
        """Ask for a refresh before a plan is sent that is older than a quarter of an hour."""
        plan = self._plan
        if plan is None:
            return
        waits = next((one for one in self._team.waiting if one.plan_id == plan.id), None)
        if waits is not None:
            self._door.hold(
                tr(
                    "{author} asked for another person's word on this plan. It is approved or declined under "
                    "Team & permissions.",
                    author=one_line(waits.asked_by, 80),
                )
            )
        elif (left := self._left_s(plan)) > 0:
            self._old.start(int(left * 1000) + 500)
        elif self._has_source:
            self._door.hold(tr("Refresh the plan first: it was checked more than 15 minutes ago."))
            self._panel.states.partial(
                tr("This plan is old: what it shows of the CRM may have changed since."),
                act=tr("Refresh"),
                call=self.anew.emit,
            )

    def look(self) -> None:
        """Records were pulled: see whether some of the plan's are others now."""
        plan = self._plan
        if plan is None:
            return

        def show(moved: int) -> None:
            if moved and self._plan is not None and self._plan.id == plan.id:
                self._tell_moved(moved)

        self._panel.desk.read(
            self._panel,
            lambda reads: reads.plan_moved(plan.id),
            done=show,
            failed=self._panel.complain,
        )

    def _tell_moved(self, moved: int) -> None:
        """Ask for a refresh before a plan is sent whose records somebody changed meanwhile."""
        self.moved = moved
        words = tr("%n records of this plan were changed in the CRM since it was checked.", moved)
        if not self._has_source:
            self._panel.states.partial(words)
            return
        self._door.hold(tr("Refresh the plan first: %n of its records were changed since.", moved))
        self._panel.states.partial(words, act=tr("Refresh"), call=self.anew.emit)

    def tell_totals(self) -> None:
        """Say what of the plan will not be sent, once its lines are there."""
        plan = self._plan
        if plan is None or self.moved or (self._has_source and self._left_s(plan) <= 0):
            return  # the banner tells that, or asks for a refresh
        if self.trial:
            self._panel.states.partial(
                tr("Trial run queued. Nothing else was sent."),
                act=tr("Show the trial"),
                call=self._shows(self.trial),
            )
            return
        if self.failed is not None:
            self._panel.complain(self.failed)
            return
        if self.since:
            self._panel.states.ready()
            self._panel.states.banner.tell(self.since, tone="info")
            return
        doubtful = sum(group.blocked + group.conflict for group in plan.groups)
        sends = sum(group.send for group in plan.groups)
        if not sends:
            self._panel.states.partial(nothing_words(plan))
        elif doubtful and not self.is_low:
            self._panel.states.partial(
                tr(
                    "{sends} of {sum} CRM records will be sent; %n blocked or in conflict stay here with "
                    "all their edits.",
                    doubtful,
                    sends=number(sends),
                    sum=number(sum(group.rows for group in plan.groups)),
                )
            )
        else:
            self._panel.states.ready()

    def _shows(self, job: str) -> abc.Callable[[], None]:
        return lambda: self._panel.asked.emit("jobs", job)

    def _left_s(self, plan: PlanView) -> float:
        return STALE_S - (self._panel.desk.now() - plan.planned_at).total_seconds()


def checked_words(source: PlanSource | None, checked: str) -> str:
    """Say what a plan is made of, where that is not the edits of the screens, and when it was checked."""
    about = (
        {
            "file": one_line(Path(source.path).name, 80),
            "undo": tr("Undo of a job"),
            "retry": tr("Rows of a job once more"),
            "segment": tr("Bulk edit"),
        }.get(source.kind, "")
        if source is not None
        else ""
    )
    told = tr("Checked {checked}. Nothing has been sent.", checked=checked)
    return f"{about} · {told}" if about else told


def change_words(changes: PlanChanges) -> str:
    """Say what is different since a plan was checked before."""
    words = {"send": tr("to be sent"), "unchanged": tr("already so"), "blocked": tr("blocked")}
    words["conflict"] = tr("in conflict")
    told = [
        tr("%n rows are {verdict} now", count, verdict=words.get(now, now))
        for now, count in sorted(_now_of(changes).items())
    ]
    gone = sum(count for _was, now, count in changes.verdicts if not now)
    if gone:
        told.append(tr("%n rows are not in it any more", gone))
    if changes.held_otherwise:
        told.append(tr("of %n rows the CRM holds something else now", changes.held_otherwise))
    if changes.lost:
        told.append(tr("%n rows that were left out are not found again: look for them", changes.lost))
    if not told:
        return tr("Checked again: nothing has changed since.")
    return tr("Checked again: {changes}.", changes=", ".join(told))


def _now_of(changes: PlanChanges) -> dict[str, int]:
    found: dict[str, int] = {}
    for _was, now, count in changes.verdicts:
        if now:
            found[now] = found.get(now, 0) + count
    return found
