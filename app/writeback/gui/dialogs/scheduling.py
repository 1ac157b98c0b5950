"""When an object is pulled by itself: the schedule, its blackouts, and the next runs as they would be."""

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import absolute, moment
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.blackout_lines import BlackoutLines
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.cadences import CadenceForm, own_zone
from writeback.gui.widgets.layouts import column, roomy, row, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.changes import Reason
from writeback.model.integrations import Integration
from writeback.model.schedules import Cadence, PullSchedule, Schedule
from writeback.planning.scheduling import problems, upcoming
from writeback.runtime.sentences import sentence_of

if TYPE_CHECKING:  # every call of the façade at once: more than the screen costs
    from writeback.runtime.facade import Facade

SHOWN_RUNS = 4
WIDTH, HEIGHT, MARGIN = 640, 620, 64


class ScheduleDialog(QDialog):
    """The schedule of one integration.

    Signals:
        kept: It was kept, paused or taken away; carries what to say.
    """

    kept = Signal(str)

    def __init__(
        self, desk: Desk, integration: Integration, held: PullSchedule | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._integration, self._held = desk, integration, held
        self.setWindowTitle(tr("Schedule"))
        self.setMinimumWidth(roomy(560))
        room = parent.height() - MARGIN if parent is not None else HEIGHT
        self.resize(WIDTH, min(HEIGHT, room))
        self.banner = Banner()
        self.form = CadenceForm()
        self.catches_up = QCheckBox(tr("Make up once for what was missed: asleep, shut down, or held"))
        self.blackouts = BlackoutLines()
        self._dark = PlainLabel(tone="refused", wraps=True)
        self._dark.hide()
        self.runs = PlainLabel(wraps=True)
        self.go = Button(tr("Keep the schedule"), kind="primary", call=self._keep)
        self.pause = Button(tr("Pause"), call=self._pause)
        self.off = Button(tr("Pull only when asked"), call=self._take_away)
        self._lay_out()
        start = held.schedule if held is not None else Schedule(Cadence.DAILY, zone=own_zone(), at=time(6, 0))
        self.form.show_schedule(start)
        self.catches_up.setChecked(start.catch_up)
        self.blackouts.show_blackouts(start.blackouts)
        self.form.changed.connect(self._tell)
        self.blackouts.changed.connect(self._tell)
        self.catches_up.toggled.connect(lambda _on: self._tell())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self._tell()
        self.form.cadence.setFocus()

    def _lay_out(self) -> None:
        name = one_line(self._integration.object)
        head = PlainLabel(tr("Pulls of {object}", object=name), role="heading", wraps=True)
        words = tr("While this window or a worker runs. Pulling changes nothing in the CRM.")
        parts = column(
            self._last(),
            self.form,
            self.catches_up,
            PlainLabel(tr("Blackouts"), role="strong"),
            PlainLabel(
                tr("Nothing begins in them; what is due then begins when they end."),
                role="muted",
                wraps=True,
            ),
            self.blackouts,
            self._dark,
            PlainLabel(tr("Next runs, in this computer's time"), role="strong"),
            self.runs,
            None,
            gap=3,
            margin=(0, 0, 2, 0),
        )
        inside = QWidget()
        inside.setLayout(parts)
        box = column(head, PlainLabel(words, role="muted", wraps=True), self.banner, gap=3, margin=6)
        box.addWidget(scrolled(inside), 1)
        acts = row(self.pause, self.off, None, Button(tr("Cancel"), call=self.reject), self.go)
        box.addLayout(acts)
        self.setLayout(box)
        held = self._held
        self.pause.setVisible(held is not None)
        self.off.setVisible(held is not None)
        self.pause.say(tr("Go on") if held is not None and held.is_paused else tr("Pause"))

    def _last(self) -> PlainLabel:
        """Say how the last run ended, and what holds the next one."""
        held, now = self._held, self._desk.now()
        told = []
        if held is not None and held.is_paused:
            told.append(tr("Paused: nothing is pulled by itself."))
        if held is not None and held.held_until is not None and not held.is_paused:
            told.append(tr("A blackout holds it until {time}.", time=absolute(held.held_until)))
        if held is not None and held.last_at is not None:
            told.append(_last_words(held, now=now))
        label = PlainLabel(" ".join(told), role="muted", wraps=True)
        label.setVisible(bool(told))
        return label

    def schedule(self) -> Schedule:
        """Give what is chosen; it may have problems."""
        return replace(
            self.form.schedule(),
            catch_up=self.catches_up.isChecked(),
            blackouts=self.blackouts.blackouts(),
        )

    def _tell(self) -> None:
        """Say what is wrong at its field, or when it would run."""
        wished, now = self.schedule(), self._desk.now()
        found = problems(wished, now=now)
        self._show_problems(found)
        if found:
            self.runs.set_text(tr("None: the schedule cannot be like this."))
            self.go.gate(tr("Mend what is marked first."))
            return
        lines = [absolute(one) for one in upcoming(wished, now, count=SHOWN_RUNS)]
        self.runs.set_text("\n".join(lines))
        self.go.gate("")

    def _show_problems(self, found: tuple[tuple[str, Reason], ...]) -> None:
        self.form.show_problems(found)
        others = [reason for field, reason in found if not self.form.has_field(field)]
        sentences = [sentence_of(one.code, dict(one.facts)) for one in others]
        self._dark.set_text(" ".join(f"{one.happened} {one.advice}" for one in sentences))
        self._dark.setVisible(bool(sentences))

    # what a person wants

    def _keep(self) -> None:
        name, wished = str(self._integration.id), self.schedule()

        def keep(facade: "Facade", act: str) -> PullSchedule:
            return facade.schedule_pulls(name, wished, act=act)

        self.go.gate(tr("The schedule is being kept."))
        self._desk.ask(self, keep, done=lambda _made: self._done(tr("Schedule kept.")), failed=self._failed)

    def _pause(self) -> None:
        name = str(self._integration.id)
        goes_on = self._held is not None and self._held.is_paused

        def switch(facade: "Facade", act: str) -> PullSchedule:
            return facade.resume_schedule(name, act=act) if goes_on else facade.pause_schedule(name, act=act)

        words = tr("The schedule goes on.") if goes_on else tr("The schedule is paused.")
        self._desk.ask(self, switch, done=lambda _made: self._done(words), failed=self._failed)

    def _take_away(self) -> None:
        name = str(self._integration.id)
        self._desk.ask(
            self,
            lambda facade, act: facade.unschedule_pulls(name, act=act),
            done=lambda _was: self._done(tr("It is pulled only when somebody asks.")),
            failed=self._failed,
        )

    def _done(self, words: str) -> None:
        self.kept.emit(words)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._tell()
        self.banner.tell_error(error)


def _last_words(held: PullSchedule, *, now: datetime) -> str:
    when = moment(held.last_at, now=now)
    if held.last_code:
        told = sentence_of(held.last_code).happened
        again = tr(" It is tried again.") if held.tries else ""
        return tr("Last run {when} failed: {why}{again}", when=when, why=told, again=again)
    if held.last_missed:
        return tr("Last run {when}; it stood for %n missed ones too.", held.last_missed, when=when)
    return tr("Last run {when}.", when=when)
