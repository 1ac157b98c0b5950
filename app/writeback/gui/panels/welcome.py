"""Welcome and home: three doors, what is done already, where data lives."""

from collections import abc
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from writeback.gui.i18n import moment, number
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.layouts import PageHead, boxed, column, row, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import PlainLabel
from writeback.model.events import EventKind
from writeback.runtime.views import Pulse

STEPS = (
    ("connect", mark("Connect a CRM"), "connections"),
    ("map", mark("Map its fields"), "mapping"),
    ("pull", mark("Pull the records"), "mapping"),
    ("edit", mark("Edit a value"), "accounts"),
    ("send", mark("Review and send"), "review"),
)


class Door(QPushButton):
    """One of the three ways in: a big button with an icon, a name and a sentence."""

    def __init__(self, title: str, words: str, *, picture: str, call: abc.Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "door")
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head = row(
            Picture(picture, tint="accent", size=24), PlainLabel(title, role="heading", wraps=True), gap=2
        )
        head.setStretch(1, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 18, 20, 18)
        body.setSpacing(8)
        body.addLayout(head)
        body.addWidget(PlainLabel(words, role="muted", wraps=True))
        body.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _checked=False: call())

    def sizeHint(self) -> QSize:
        return QSize(240, 132)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 132)


class WelcomePanel(Panel):
    """The first and the daily screen."""

    cares_about = frozenset(EventKind)

    def __init__(self, desk: Desk, *, workspace: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Home"), parent=parent)
        self._head = PageHead(
            tr("Welcome to Writeback"),
            explains=tr(
                "Edit customer data here; send it back into the CRM, checked before and proven after."
            ),
        )
        self._demo = Door(
            tr("Try the demo workspace"),
            tr("Four simulated CRMs on this computer with 2,000 accounts each. No network, nothing to lose."),
            picture="demo",
            call=lambda: self.asked.emit("do:demo", None),
        )
        self._connect = Door(
            tr("Connect a CRM"),
            tr("Sign in through the browser or with a token file. Nothing is written until you send it."),
            picture="connections",
            call=lambda: self.asked.emit("do:connect", None),
        )
        self._open = Door(
            tr("Open a workspace"),
            tr("A workspace file from this computer: its records, pending edits and jobs."),
            picture="folder",
            call=lambda: self.asked.emit("do:open", None),
        )
        doors = QHBoxLayout()
        doors.setSpacing(16)
        for door in (self._demo, self._connect, self._open):
            doors.addWidget(door, 1)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(2)
        checklist = column(
            PlainLabel(tr("From the CRM and back"), role="heading"), 1, gap=2, margin=(5, 4, 5, 4)
        )
        checklist.addLayout(self._steps)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        facts = column(PlainLabel(tr("Now"), role="heading"), 1, gap=2, margin=(5, 4, 5, 4))
        facts.addLayout(self._facts)
        facts.addStretch(1)
        lower = QHBoxLayout()
        lower.setSpacing(16)
        lower.addWidget(boxed(checklist, box="card"), 3)
        lower.addWidget(boxed(facts, box="card"), 2)
        where = tr("Everything stays in {workspace}. Nothing is sent home.", workspace=workspace)
        page = column(gap=5, margin=(0, 0, 2, 4))
        page.addWidget(self._head)
        page.addLayout(doors)
        page.addLayout(lower)
        page.addWidget(PlainLabel(where, role="caption", wraps=True))
        page.addStretch(1)
        inside = QWidget()
        inside.setLayout(page)
        self.states = States(scrolled(inside))
        self.states.retry.connect(self.refresh)
        self.setLayout(column(self.states, margin=(8, 7, 8, 2)))

    def first_focus(self) -> QWidget:
        return self._demo

    def refresh(self) -> None:
        self.states.loading()
        self.desk.read(self, lambda reads: reads.pulse(), done=self._show, failed=self.states.error)

    def _show(self, pulse: Pulse) -> None:
        done = {
            "connect": bool(pulse.connections),
            "map": bool(pulse.mapped),
            "pull": pulse.records_pulled,
            "edit": bool(pulse.drafts or pulse.jobs_sent),
            "send": bool(pulse.jobs_sent),
        }
        is_new = not pulse.connections
        self._head.title.set_text(tr("Welcome to Writeback") if is_new else tr("Home"))
        _empty(self._steps)
        nexts = [name for name, _, _ in STEPS if not done[name]]
        for place, (name, title, screen) in enumerate(STEPS, start=1):
            self._steps.addWidget(
                self._step(f"{place}. {tr(title)}", screen, is_done=done[name], is_next=nexts[:1] == [name])
            )
        self._show_facts(pulse)
        if pulse.needs_sign_in:
            names = ", ".join(pulse.needs_sign_in)
            self.states.partial(
                tr(
                    "Sign-in is needed again for {names}. Local reading and editing go on; sending waits.",
                    names=names,
                ),
                act=tr("Go to connections"),
                call=lambda: self.asked.emit("connections", None),
            )
        else:
            self.states.ready()

    def _step(self, title: str, screen: str, *, is_done: bool, is_next: bool) -> QWidget:
        mark = Picture("check" if is_done else "dash", tint="ok" if is_done else "muted", size=18)
        words = PlainLabel(title, role="strong" if is_next else "muted" if is_done else "")
        state = PlainLabel(tr("done") if is_done else "", role="caption")
        line = row(mark, words, state, None, gap=2, margin=(0, 1, 0, 1))
        if is_next:
            line.addWidget(Button(tr("Go on"), kind="primary", call=lambda: self.asked.emit(screen, None)))
        made = boxed(line)
        made.setMinimumHeight(36)
        return made

    def _show_facts(self, pulse: Pulse) -> None:
        _empty(self._facts)
        done, rows = number(pulse.running_done), number(pulse.running_rows)
        running = (
            tr(
                "Job {running_number} at work: {done} of {rows}",
                running_number=pulse.running_number,
                done=done,
                rows=rows,
            )
            if pulse.running_number
            else tr("No job is running")
        )
        for picture, words in (
            ("pencil", tr("%n pending edits", pulse.drafts)),
            ("conflict", tr("%n conflicts", pulse.conflicts)),
            ("refused", tr("%n refused values", pulse.refused)),
            ("jobs", running),
            (
                "pull",
                tr("Last pull {last_pull_at}", last_pull_at=moment(pulse.last_pull_at, now=self.desk.now())),
            ),
        ):
            self._facts.addLayout(row(Picture(picture, size=18), PlainLabel(words), None, gap=2))


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            while (part := inner.takeAt(0)) is not None:
                if (widget := part.widget()) is not None:
                    widget.deleteLater()
