"""The context bar on top and the status line at the foot: which orgs, what runs, how fresh."""

from collections import abc
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from writeback.gui.children import ChildState
from writeback.gui.dialogs.connection_facts import share_of
from writeback.gui.i18n import moment, number
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.layouts import clear, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line, tip
from writeback.gui.windows.org_chips import OrgChip
from writeback.runtime.views import ConnectionView, Pulse

BEAT_FRESH = timedelta(seconds=30)
SAID_MS = 6000
NAMED, NAMED_NARROW, NAMED_LARGE = 3, 2, 1
"""So many connections are named on the bar."""
LARGE = 150
"""Percent of the usual size of text: from here on a narrow window has room for one chip."""


class ContextBar(QFrame):
    """The workspace and one chip per connection that the tab in front uses.

    Signals:
        chip_taken: A chip was taken; carries its connection's view, and the chip.
        palette_asked: The palette is wanted.
        theme: The next theme is wanted.
    """

    chip_taken = Signal(object, object)
    palette_asked = Signal()
    theme = Signal()
    bell = Signal()
    """The notices are wanted."""

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "bar")
        self.setAccessibleName(tr("Context"))
        self._views: tuple[ConnectionView, ...] = ()
        self._most = NAMED
        self._shown = 0
        self._chips = QHBoxLayout()
        self._chips.setSpacing(12)
        self._find = Button(
            tr("Find an action"), kind="quiet", picture="search", call=self.palette_asked.emit
        )
        self._keys = PlainLabel("", role="caption")
        self._theme = IconButton(tr("Switch between light and dark"), "theme", call=self.theme.emit)
        line = row(PlainLabel(one_line(workspace), role="strong"), 2, gap=2, margin=(4, 1, 3, 1))
        line.addLayout(self._chips)
        line.addStretch(1)
        self._bell = Button("", kind="quiet", picture="bell", call=self.bell.emit)
        self.show_unread(0)
        for part in (self._find, self._keys, self._bell, self._theme):
            line.addWidget(part)
        self.setLayout(line)

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        return self._find

    def show_key(self, key: str) -> None:
        """Show which key opens the palette, as people read it on this system; '' none does."""
        self._keys.set_text(key)

    def show_unread(self, count: int) -> None:
        """Show how many notices were not read."""
        words = tr("%n unread notices", count) if count else tr("No unread notices")
        self._bell.say(number(count) if count else "")
        self._bell.setAccessibleName(words)
        tip(self._bell, words)

    @property
    def chips(self) -> list[OrgChip]:
        """The chips that are shown."""
        items = (self._chips.itemAt(place) for place in range(self._chips.count()))
        found = (item.widget() for item in items if item is not None)
        return [one for one in found if isinstance(one, OrgChip)]

    def narrow(self, is_narrow: bool) -> None:  # noqa: FBT001  a state, not an option
        """Leave out what can be left out."""
        self._keys.setVisible(not is_narrow)
        is_large = theming().theme.px(100) >= LARGE
        most = NAMED_LARGE if is_narrow and is_large else NAMED_NARROW if is_narrow else NAMED
        if most != self._most:
            self._most = most
            self.show_connections(self._views)

    def show_connections(self, views: abc.Sequence[ConnectionView]) -> None:
        """Show a chip per connection: shape and word of its environment, its name, its product."""
        if tuple(views) == self._views and self._shown == self._most:
            return  # a chip that has the keyboard keeps it
        self._views, self._shown = tuple(views), self._most
        clear(self._chips)
        for view in views[: self._most]:
            self._chips.addWidget(
                OrgChip(view, call=lambda chip, view=view: self.chip_taken.emit(view, chip))  # type: ignore[misc]
            )
        if len(views) > self._most:
            more = tr("and {number} more", number=number(len(views) - self._most))
            self._chips.addWidget(PlainLabel(more, role="muted"))


class StatusLine(QFrame):
    """Last pull, quota, what was just said, offline, running job, worker: words, not icons alone.

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
        self._quota = PlainLabel(role="muted")
        self._offline = ElidedLabel(tone="draft")
        self._offline.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
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
        line = row(gap=3, margin=(4, 0, 4, 0))
        line.addWidget(self._pull)
        line.addWidget(self._quota)
        line.addWidget(self._said, 1)
        for part in (self._offline, self._bar, self._job, self._worker):
            line.addWidget(part)
        self.setLayout(line)
        sized(self, lambda px: self.setFixedHeight(px(28)))
        self.show_quota(())
        self._show_running(Pulse())

    def first_focus(self) -> QWidget | None:
        """Say where the keyboard lands; nowhere while no job runs."""
        return self._job if self._job.isVisible() else None

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

    def show_quota(self, views: abc.Sequence[ConnectionView]) -> None:
        """Show how much of the day's calls is used by the connection in front that used most of its own."""
        quotas = [
            (share_of(usage), view.connection.name)
            for view in views
            for usage in view.usage
            if usage.is_daily and usage.most
        ]
        self._quota.setVisible(bool(quotas))
        if quotas:
            share, name = max(quotas)
            words = tr("API calls today {share} %", share=number(share))
            told = tr("{name}: API calls today {share} %", name=name, share=number(share))
            self._quota.set_text(words if len(views) == 1 else told)

    def show_pulse(self, pulse: Pulse) -> None:
        """Show how fresh the records are and what runs; nothing is said of it before that is known."""
        when = moment(pulse.last_pull_at, now=self._now())
        pulled = tr("Last pull {when}", when=when) if pulse.last_pull_at else tr("Nothing pulled yet")
        self._pull.set_text(pulled)
        self._tell_worker(pulse.worker_beat_at)
        self._show_running(pulse)

    def _show_running(self, pulse: Pulse) -> None:
        self._offline.setVisible(bool(pulse.offline))
        self._offline.set_text(tr("offline: {names}", names=", ".join(pulse.offline)))
        is_running = bool(pulse.running_number)
        for part in (self._bar, self._job):
            part.setVisible(is_running)
        if is_running:
            share = round(100 * pulse.running_done / max(pulse.running_rows, 1))
            self._bar.setValue(share)
            self._job.say(
                tr("Job {number}  {share} %", number=number(pulse.running_number), share=number(share))
            )

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
