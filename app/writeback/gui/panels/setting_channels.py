"""Channels on the page of settings: how notices leave this machine, what came of it, a test."""

from collections import abc
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from writeback.errors import WritebackError
from writeback.gui.dialogs.channel import ChannelDialog
from writeback.gui.dialogs.messages_sent import MessagesDialog
from writeback.gui.i18n import moment
from writeback.gui.preferring import preferring
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.text import PlainLabel, gate, mnemonic_free
from writeback.model.notices import Message, MessageState
from writeback.runtime.channels import ChannelView
from writeback.runtime.facade import ChannelTest, ChannelWish
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.telling_notices import ChannelsTold, tell_channels
from writeback.runtime.views import ConnectionView

TEXT: Final = mark(
    "notices notifications e-mail email mail smtp webhook slack teams channel digest send off machine"
)
Complain = abc.Callable[[WritebackError], None]


class ChannelRow(QFrame):
    """One channel: on or off, where it sends to, how its last message fared."""

    def __init__(self, part: "ChannelsPart", view: ChannelView, last: Message | None, now: datetime) -> None:
        super().__init__()
        self.view = view
        title = tr(view.title)
        self.switch = QCheckBox(mnemonic_free(title))
        self.switch.setAccessibleName(tr("Send notices by {channel}", channel=title))
        self.switch.setChecked(view.choices.is_on)
        self.switch.toggled.connect(lambda is_on: part.switch(view, is_on=is_on))
        self.state = Chip("", tone="muted")
        self.edit = Button(tr("Set up {channel}…", channel=title), call=lambda: part.set_up(view))
        self.test = Button(tr("Send a test"), call=lambda: part.send_test(view))
        self.test.setAccessibleName(tr("Send a test by {channel}", channel=title))
        self.words = PlainLabel(_words(view, last, now), role="muted", wraps=True)
        box = column(gap=1, margin=(0, 2, 0, 2))
        box.addLayout(row(self.switch, self.state, None, self.edit, self.test, gap=2))
        box.addWidget(self.words)
        self.setLayout(box)
        self._show_state(last)
        self._gate()

    def _show_state(self, last: Message | None) -> None:
        if self.view.facts is None:
            self.state.say(tr("plugin missing"), tone="refused")
        elif last is not None and last.is_failing:
            self.state.say(tr("not delivered"), tone="refused")
        elif not self.view.is_ready:
            self.state.say(tr("not set up"), tone="muted")
        elif not self.view.choices.is_on:
            self.state.say(tr("off"), tone="muted")
        else:
            self.state.say(tr("on"), tone="ok")

    def _gate(self) -> None:
        lock = ""
        if self.view.locked_by:
            lock = tr("Locked by your administrator in {path}", path=self.view.locked_by)
        missing = tr("Its plugin is not there, or may not run.") if self.view.facts is None else ""
        unready = "" if self.view.is_ready else tr("Set it up first.")
        gate(self.switch, lock or ("" if self.view.choices.is_on else missing or unready))
        self.edit.gate(missing)
        self.test.gate(missing or unready)

    def wait(self) -> None:
        """A test is under way."""
        self.test.gate(tr("A test message is being sent."))
        self.words.set_tone("")
        self.words.set_text(tr("Sending a test to {host}…", host=self.view.host))

    def show_test(self, told: ChannelTest) -> None:
        """Say what the receiver answered, in its own words."""
        self._gate()
        if told.is_delivered:
            self.words.set_tone("ok")
            self.words.set_text(tr("Delivered. It answered: {answer}", answer=told.answer))
            return
        self.words.set_tone("refused")
        sentence = sentence_of(told.code, dict(told.facts))
        self.words.set_text(f"{sentence} ({told.code})")


class ChannelsPart(Part):
    """One row a channel, and the list of what was sent.

    Signals:
        told: Something to say in the status line.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, *, complain: Complain) -> None:
        super().__init__(
            tr("Off this machine"),
            explains=tr(
                "Notices by e-mail or webhook: our words, numbers and job numbers, never a value of a record."
                " A worker sends them, also while the window is closed."
            ),
        )
        self._desk, self._complain = desk, complain
        self.rows: dict[str, ChannelRow] = {}
        self._tests: dict[str, ChannelTest] = {}
        self._connections: tuple[ConnectionView, ...] = ()
        self._kept: abc.Mapping[str, frozenset[str]] = {}
        self._lines = column(gap=1)
        self.none = PlainLabel(tr("No plugin offers a way off this machine."), role="muted")
        self.unsent = PlainLabel(
            tr("No worker runs now: what is due goes when one does."), tone="draft", wraps=True
        )
        self.unsent.hide()
        self.sent = Button(tr("What was sent…"), call=self.open_sent)
        body = column(self.none, gap=2)
        body.addLayout(self._lines)
        body.addWidget(self.unsent)
        body.addLayout(row(self.sent, None))
        self.add(boxed(body), lambda: tr(TEXT).casefold())
        preferring().changed.connect(self._on_preferences)

    def show_connections(self, connections: tuple[ConnectionView, ...]) -> None:
        """Know the connections of which a channel may be told nothing."""
        self._connections = connections

    def refresh(self) -> None:
        """Look again."""
        preferences, now = preferring().current, self._desk.now()

        def read(reads: Reading) -> ChannelsTold:
            return tell_channels(reads.workspace, preferences, now=now)

        self._desk.read(self, read, done=self._show, failed=self._complain)

    def _show(self, told: ChannelsTold) -> None:
        clear(self._lines)
        self._kept = told.kept
        now = self._desk.now()
        self.rows = {one.id: ChannelRow(self, one, told.last.get(one.id), now) for one in told.channels}
        for name, line in self.rows.items():
            self._lines.addWidget(line)
            if name in self._tests:
                line.show_test(self._tests[name])
        self.none.setVisible(not self.rows)
        is_on = any(one.choices.is_on for one in told.channels)
        self.unsent.setVisible(is_on and not told.is_delivered)

    def _on_preferences(self, names: object) -> None:
        if isinstance(names, frozenset) and "notifications.channels" in names:
            self.refresh()

    def switch(self, view: ChannelView, *, is_on: bool) -> None:
        """Send by a channel, or send nothing more by it."""
        self._change(ChannelWish(view.id, is_on=is_on))

    def set_up(self, view: ChannelView) -> None:
        """Ask what the channel has to know."""
        kept = self._kept.get(view.id, frozenset())
        dialog = ChannelDialog(
            self._desk, view, kept=kept, connections=self._connections, parent=self.window()
        )
        dialog.saved.connect(self._changed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def send_test(self, view: ChannelView) -> None:
        """Send a test message and show the exact answer."""
        self._tests.pop(view.id, None)
        self.rows[view.id].wait()
        self._desk.ask(
            self,
            lambda facade, act: facade.test_channel(view.id, act=act),
            done=self._tested,
            failed=self._failed,
        )

    def _tested(self, told: ChannelTest) -> None:
        self._tests[told.channel] = told
        self.refresh()

    def open_sent(self) -> None:
        """Show what was sent and when, what waits, and what was given up."""
        titles = {one.view.id: tr(one.view.title) for one in self.rows.values()}
        dialog = MessagesDialog(self._desk, titles, parent=self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(self, wish: ChannelWish) -> None:
        self._desk.ask(
            self,
            lambda facade, act: facade.set_channel(wish, act=act),
            done=self._changed,
            failed=self._failed,
        )

    def _changed(self, channel: str) -> None:
        self._tests.pop(channel, None)
        preferring().look()
        self.refresh()

    def _failed(self, error: WritebackError) -> None:
        self._complain(error)
        self.refresh()


def _words(view: ChannelView, last: Message | None, now: datetime) -> str:
    if view.facts is None:
        return tr("Its plugin is not there, or may not run.")
    if not view.host:
        return tr(view.facts.description)
    place = tr("To {host}.", host=view.host)
    if not view.is_allowed:
        return tr("{place} Nobody allowed this host yet.", place=place)
    if last is None or last.tried_at is None:
        return tr("{place} Nothing was sent yet.", place=place)
    when = moment(last.sent_at or last.tried_at, now=now)
    if last.state is MessageState.SENT:
        return tr("{place} Last sent {when}: {answer}", place=place, when=when, answer=last.answer)
    return tr("{place} Last tried {when}: {answer}", place=place, when=when, answer=last.answer)
