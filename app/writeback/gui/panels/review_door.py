"""The foot of Review & send: a tick for each struck guard, the org's name, and the button that sends.

The mouse or Space sends, Enter never does. The button says why it cannot send.
"""

from collections import abc

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from writeback.gui.panels.trial_pick import TrialPick
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.connections import Connection, Safety
from writeback.model.guards import Guard, Strike
from writeback.model.permissions import Right
from writeback.planning.guarding import is_org_named, needs_org_name
from writeback.planning.striking import in_force
from writeback.runtime.facade import PlanView
from writeback.runtime.plan_words import guard_words
from writeback.runtime.team import TeamView

STARTS = Words(
    {
        0: mark("Start at once"),
        30: mark("Start in 30 seconds"),
        120: mark("Start in 2 minutes"),
        600: mark("Start in 10 minutes"),
        3_600: mark("Start in an hour"),
        28_800: mark("Start in 8 hours"),
    }
)
"""How long a job waits before it starts, in seconds: so long it is cancelled for free."""


class NameLine(QLineEdit):
    """Where the org's name is typed; Enter does nothing here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)


class SendButton(Button):
    """The button that sends: the mouse or Space, never Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)


class Door(QWidget):
    """What stands between a plan and its jobs.

    Signals:
        sending: The person sends; carries the typed name and the names of overridden guards.
        trying: The first rows shall go alone; carries the same.
        leaving: The person goes back to the edits.
    """

    sending = Signal(str, object)
    trying = Signal(str, object)
    leaving = Signal()

    def __init__(self, author: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._author = author
        self._plan: PlanView | None = None
        self._connections: abc.Mapping[str, Connection] = {}
        self._team = TeamView()
        self._held = ""
        self._is_rest = False
        self._ticks: dict[Guard, QCheckBox] = {}
        self._guards = QVBoxLayout()
        self._guards.setSpacing(2)
        self.words = PlainLabel(wraps=True)
        self.name = NameLine()
        self.name.setAccessibleName(tr("The org's name"))
        self.name.textChanged.connect(lambda _text: self.tell())
        self.later = QComboBox()
        self.later.setAccessibleName(tr("When the job starts"))
        for seconds, words in STARTS.items():
            self.later.addItem(tr(words), seconds)
        self.later.currentIndexChanged.connect(lambda _place: self.tell())
        self.pick = TrialPick()
        self.pick.changed.connect(self.tell)
        self.back = Button(tr("Back to the edits"), call=self.leaving.emit)
        self.trial = SendButton(tr("Trial run"), call=self._try)
        self.send = SendButton(tr("Send"), kind="primary", picture="send", call=self._send)
        asks = row(self.words, self.name, gap=3)
        asks.setStretch(0, 3)
        asks.setStretch(1, 2)
        acts = row(self.back, Flowing(self.later, self.pick, self.trial, self.send, is_at_end=True), gap=2)
        acts.setStretch(1, 1)
        foot = column(gap=2, margin=(4, 2, 4, 3))
        foot.addLayout(self._guards)
        foot.addLayout(asks)
        foot.addLayout(acts)
        self._foot = foot
        self.setLayout(column(boxed(foot, box="well")))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_plan(self, plan: PlanView, connections: abc.Mapping[str, Connection], team: TeamView) -> None:
        """Ask what this plan asks for; what was typed for another one is gone."""
        is_same = self._plan is not None and self._plan.id == plan.id
        meant = {guard: self._struck().get(guard) for guard, tick in self._ticks.items() if tick.isChecked()}
        self._plan, self._connections, self._team = plan, connections, team
        self._held = ""
        if not is_same:
            self.name.clear()
            self.later.setCurrentIndex(0)
        self._show_ticks()
        for guard, tick in self._ticks.items():  # a tick that was given to another figure is asked for again
            tick.setChecked(is_same and guard in meant and meant[guard] == self._struck().get(guard))
        self.tell()

    def be_low(self, *, is_low: bool) -> None:
        """Take less room in a low window."""
        self._foot.setContentsMargins(16, 4 if is_low else 8, 16, 4 if is_low else 12)

    def hold(self, reason: str) -> None:
        """Keep the button closed whatever else is right; '' opens it again."""
        self._held = reason
        self.tell()

    def follow_trial(self, *, is_rest: bool) -> None:
        """Say on the button that the plan is what a trial left, or that it is whole."""
        self._is_rest = is_rest
        self.tell()

    @property
    def wait_s(self) -> float:
        """How long nothing is sent after the plan was submitted."""
        return float(self.later.currentData() or 0)

    @property
    def is_careful(self) -> bool:
        """Say whether the focus should start off the sending button."""
        plan = self._plan
        if plan is None:
            return False
        found = (self._connections.get(str(group.connection_id)) for group in plan.groups)
        levels = {connection.safety for connection in found if connection is not None}
        is_struck = bool(self._ticks)
        return plan.needs_org_name or is_struck or bool(levels & {Safety.ASK, Safety.TYPE_NAME})

    def org_names(self) -> list[str]:
        """Give the names of the orgs that are to be typed: each one that is written to and asks for it."""
        names = []
        for group in self._plan.groups if self._plan is not None else ():
            connection = self._connections.get(str(group.connection_id))
            if connection is not None and group.send and needs_org_name(connection):
                names.append(connection.org.name if connection.org is not None else connection.name)
        return list(dict.fromkeys(names))

    @property
    def overrides(self) -> tuple[str, ...]:
        """Give the names of the guards that are ticked."""
        return tuple(guard.value for guard, tick in self._ticks.items() if tick.isChecked())

    def tell(self) -> None:
        """Say on the button what it does, and beside it what is missing."""
        plan = self._plan
        if plan is None:
            return
        sends = sum(group.send for group in plan.groups)
        where = self._destinations()
        crms = tr("%n CRMs", len(where)) if len(where) > 1 else where[0]
        words = tr("Send %n records to {destinations}", sends, destinations=crms)
        if self._is_rest:
            words = tr("Send the remaining %n records to {destinations}", sends, destinations=crms)
        self.send.say(words)
        names = self.org_names()
        self.name.setVisible(plan.needs_org_name and bool(sends))
        self.name.setPlaceholderText("; ".join(one_line(name) for name in names))
        words, reason = self._missing(plan, sends, names)
        if self._held:
            words = reason = self._held
        elif not reason and self.wait_s:
            words = tr("Nothing is sent until then: cancelling the job costs nothing.")
        elif not reason and (seconds := self._collects_s()):
            words = tr("It collects what else is changed for {seconds} s, then starts.", seconds=seconds)
        self.words.set_text(words)
        self.send.gate(reason)
        few = tr("So few rows need no trial.") if sends <= self.pick.rows else ""
        none = "" if self.pick.rows else tr("Choose rows of the plan that are to be sent.")
        self.trial.say(tr("Trial run: %n rows", self.pick.rows))
        self.trial.gate(reason or none or few)

    def busy(self) -> None:
        """The plan is being handed over."""
        for button in (self.send, self.trial):
            button.gate(tr("It is being handed over."))

    def _missing(self, plan: PlanView, sends: int, names: abc.Sequence[str]) -> tuple[str, str]:
        """Give the words beside the button, and why it cannot send; '' when it can."""
        if not sends:
            return nothing_words(plan), tr("There is nothing to send.")
        lacking = self._team.lacks(self._author, Right.WRITE)
        if lacking:
            return lacking, lacking
        if any(not tick.isChecked() for tick in self._ticks.values()):
            reason = tr("Look at each struck guard first, and tick what is meant.")
            return reason, reason
        if plan.needs_org_name and not all(is_org_named(name, self.name.text()) for name in names):
            several = len(names) > 1
            wanted = tr("the names of the orgs, with ; between them,") if several else tr("the org's name")
            reason = tr("Type the names of the orgs first.") if several else tr("Type the org's name first.")
            return tr("Type {wanted} to send.", wanted=wanted), reason
        where = self._destinations()
        if len(where) > 1:
            told = tr("It goes to {names}. It can be undone as jobs of its own.", names=", ".join(where))
            return told, ""
        return _outlook(plan), ""

    def _show_ticks(self) -> None:
        """Give each struck guard a tick that names its figure."""
        clear(self._guards)
        self._ticks = {}
        lacking = self._team.lacks(self._author, Right.OVERRIDE_GUARDS)
        for guard, strike in self._struck().items():
            tick = QCheckBox(tr("Send all the same:"))
            tick.setAccessibleName(
                one_line(tr("Send all the same: {guard_words}", guard_words=guard_words(strike)))
            )
            gate(tick, lacking)
            tick.toggled.connect(lambda _on: self.tell())
            self._ticks[guard] = tick
            told = row(tick, PlainLabel(guard_words(strike), wraps=True), gap=2)
            told.setStretch(1, 1)
            self._guards.addWidget(boxed(told))

    def _struck(self) -> dict[Guard, Strike]:
        """Give the guards that refuse the plan; of one that several parts strike, the larger figure."""
        found: dict[Guard, Strike] = {}
        for group in self._plan.groups if self._plan is not None else ():
            for strike in in_force(group.guards):
                known = found.get(strike.guard)
                if known is None or strike.figure > known.figure:
                    found[strike.guard] = strike
        return {guard: found[guard] for guard in Guard if guard in found}

    def _collects_s(self) -> int:
        """Give for how long jobs of the plan collect; 0: they start at once."""
        groups = self._plan.groups if self._plan is not None else ()
        found = (self._connections.get(str(group.connection_id)) for group in groups if group.send)
        return max((one.collect_s for one in found if one is not None), default=0)

    def _destinations(self) -> list[str]:
        found = []
        for group in self._plan.groups if self._plan is not None else ():
            connection = self._connections.get(str(group.connection_id))
            if group.send and connection is not None:
                found.append(f"{one_line(connection.name)} ({one_line(connection.environment_word)})")
        return list(dict.fromkeys(found)) or ["nobody"]

    def _try(self) -> None:
        self.trying.emit(self.name.text().strip(), self.overrides)

    def _send(self) -> None:
        self.sending.emit(self.name.text().strip(), self.overrides)


def nothing_words(plan: PlanView) -> str:
    """Say why a plan sends nothing, and what to do about it."""
    totals = {
        name: sum(getattr(group, name) for group in plan.groups)
        for name in ("unchanged", "blocked", "conflict")
    }
    if plan.left_out:
        return tr("Nothing to send: everything that could be sent is left out. Tick some of it again.")
    told = []
    if totals["unchanged"]:
        told.append(tr("Nothing to send: %n values are already so.", totals["unchanged"]))
    if totals["blocked"]:
        told.append(tr("%n rows are blocked: the column Why says how to put each right.", totals["blocked"]))
    if totals["conflict"]:
        told.append(tr("%n rows are in conflict: settle them under Conflicts.", totals["conflict"]))
    return " ".join(told) or tr("Nothing to send: the plan is empty.")


def _outlook(plan: PlanView) -> str:
    """Say what sending does, and what of it an undo takes back: Writeback deletes no record."""
    sent = [group for group in plan.groups if group.send]
    if all(group.creates_by for group in sent):
        return tr("Sending creates new records in the CRM. They stay there: an undo deletes none.")
    if any(group.creates_by for group in sent):
        return tr(
            "Sending changes records in the CRM, which can be undone as a job of its own, and creates new "
            "ones, which stay there: an undo deletes none."
        )
    return tr("Sending changes the records in the CRM. It can be undone as a job of its own.")
