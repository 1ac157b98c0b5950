"""The context bar on top and the status line at the foot: which orgs, what runs, how fresh."""

from collections import abc
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from writeback.gui.children import ChildState
from writeback.gui.i18n import moment, number
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.layouts import clear, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line
from writeback.model.connections import SignInState
from writeback.runtime.views import ConnectionView, Pulse

BEAT_FRESH = timedelta(seconds=30)
SAID_MS = 6000
NAMED, NAMED_NARROW = 3, 2
"""So many connections are named on the bar."""


class ContextBar(QFrame):
    """The workspace and one chip per connection.

    Signals:
        connections: Their screen is wanted.
        palette: The palette is wanted.
        theme: The next theme is wanted.
    """

    connections = Signal()
    palette_asked = Signal()
    theme = Signal()

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "bar")
        self.setAccessibleName(tr("Context"))
        self._views: tuple[ConnectionView, ...] = ()
        self._most = NAMED
        self._chips = QHBoxLayout()
        self._chips.setSpacing(12)
        self._find = Button(
            tr("Find an action"), kind="quiet", picture="search", call=self.palette_asked.emit
        )
        self._keys = PlainLabel("Ctrl+K", role="caption")
        self._theme = IconButton(tr("Switch between light and dark"), "theme", call=self.theme.emit)
        line = row(PlainLabel(one_line(workspace), role="strong"), 2, gap=2, margin=(4, 2, 3, 2))
        line.addLayout(self._chips)
        line.addStretch(1)
        for part in (self._find, self._keys, self._theme):
            line.addWidget(part)
        self.setLayout(line)

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        return self._find

    def narrow(self, is_narrow: bool) -> None:  # noqa: FBT001  a state, not an option
        """Leave out what can be left out."""
        self._keys.setVisible(not is_narrow)
        most = NAMED_NARROW if is_narrow else NAMED
        if most != self._most:
            self._most = most
            self.show_connections(self._views)

    def show_connections(self, views: abc.Sequence[ConnectionView]) -> None:
        """Show a chip per connection: shape and word of its environment, its name, its product."""
        self._views = tuple(views)
        clear(self._chips)
        for view in views[: self._most]:
            self._chips.addWidget(_Org(view))
        if len(views) > self._most:
            self._chips.addWidget(
                PlainLabel(tr("and {views} more", views=number(len(views) - self._most)), role="muted")
            )


class _Org(QWidget):
    """One connection: its environment and its state in full, its name as far as there is room."""

    def __init__(self, view: ConnectionView) -> None:
        super().__init__()
        connection = view.connection
        is_out = connection.sign_in is SignInState.NEEDED
        state = tr(" · sign-in needed") if is_out else ""
        self.setAccessibleName(f"{connection.environment_word} · {connection.name} ({view.title}){state}")
        name = ElidedLabel(f"{connection.name} ({view.title})")
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        line = row(EnvironmentChip.of(connection), name, gap=2)
        if is_out:
            line.addWidget(Chip(tr("sign-in needed"), tone="refused", picture="warning"))
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)


class StatusLine(QFrame):
    """Last pull, running job, worker, and what was just said.

    Signals:
        jobs: Their screen is wanted.
    """

    jobs = Signal()

    def __init__(self, now: abc.Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "status")
        self.setAccessibleName(tr("Status"))
        self._now = now
        self._said = ElidedLabel()
        self._pull = PlainLabel(role="muted")
        self._job = Button("", kind="status", call=self.jobs.emit)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._bar.setAccessibleName(tr("Progress of the running job"))
        self._worker = PlainLabel(role="muted")
        self._children: dict[str, ChildState] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._said.set_text(""))
        line = row(gap=3, margin=(4, 1, 4, 1))
        line.addWidget(self._pull)
        line.addWidget(self._said, 1)
        for part in (self._bar, self._job, self._worker):
            line.addWidget(part)
        self.setLayout(line)
        sized(self, lambda px: self.setFixedHeight(px(36)))
        self.show_pulse(Pulse())

    def say(self, text: str) -> None:
        """Say something for a few seconds."""
        self._said.set_text(text)
        self._timer.start(SAID_MS)

    @property
    def said(self) -> str:
        """What it says now."""
        return self._said.text()

    def show_child(self, name: str, state: ChildState) -> None:
        """Show where a child stands."""
        self._children[name] = state
        self._tell_worker(None)

    def show_pulse(self, pulse: Pulse) -> None:
        """Show what runs."""
        self._pull.set_text(
            tr("Last pull {last_pull_at}", last_pull_at=moment(pulse.last_pull_at, now=self._now()))
        )
        is_running = bool(pulse.running_number)
        for part in (self._bar, self._job):
            part.setVisible(is_running)
        if is_running:
            share = round(100 * pulse.running_done / max(pulse.running_rows, 1))
            self._bar.setValue(share)
            self._job.say(
                tr("Job {running_number}  {share} %", running_number=pulse.running_number, share=share)
            )
        self._tell_worker(pulse.worker_beat_at)

    def _tell_worker(self, beat: datetime | None) -> None:
        state = self._children.get("worker")
        if state is not None:
            word = {
                ChildState.ON: tr("worker on"),
                ChildState.OFF: tr("worker off"),
                ChildState.STARTING: tr("worker starting"),
                ChildState.RESTARTING: tr("worker restarting"),
            }[state]
        elif beat is not None:
            word = tr("worker on") if self._now() - beat < BEAT_FRESH else tr("no worker")
        else:
            word = tr("no worker")
        self._worker.set_text(word)
