"""What left this machine and when, what waits for another try, and what was given up."""

from collections import abc
from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget

from writeback.gui.i18n import moment
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, number, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.notices import Message, MessageState
from writeback.runtime.facade import Facade
from writeback.runtime.reading import Reading
from writeback.runtime.telling_notices import sent_messages

STATES: Final = Words(
    {
        MessageState.WAITING: mark("waits"),
        MessageState.SENDING: mark("is being sent"),
        MessageState.SENT: mark("sent"),
        MessageState.GIVEN_UP: mark("given up"),
        MessageState.DROPPED: mark("dropped"),
    }
)
_TONES: Final = {MessageState.SENT: "ok", MessageState.GIVEN_UP: "refused"}


class MessagesDialog(QDialog):
    """The messages of the last three months, the newest first."""

    def __init__(self, desk: Desk, titles: abc.Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failing: tuple[str, ...] = ()
        self.setWindowTitle(tr("What was sent"))
        self.setMinimumSize(640, 360)
        give_room(self, 880, 420)
        self.banner = Banner()
        self.model = _model(titles, desk.now)
        self.table = Table(tr("Messages"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.none = PlainLabel(tr("Nothing left this machine yet."), role="muted")
        self.again = Button(tr("Send again what was given up"), call=self._again)
        close = Button(tr("Close"), call=self.reject)
        box = column(PlainLabel(tr("What was sent"), role="heading"), self.banner, self.none, gap=3, margin=6)
        box.addWidget(self.table, 1)
        box.addStretch()
        box.addLayout(row(self.again, None, close))
        self.setLayout(box)
        self._show(())
        self.refresh()

    def refresh(self) -> None:
        """Look again."""

        def read(reads: Reading) -> tuple[Message, ...]:
            return sent_messages(reads.workspace)

        self._desk.read(self, read, done=self._show, failed=self.banner.tell_error)

    def _show(self, found: tuple[Message, ...]) -> None:
        self.model.show_rows(found)
        self.none.setVisible(not found)
        self.table.setVisible(bool(found))
        failing = [one.channel for one in found if one.is_failing and not one.is_test]
        self._failing = tuple(dict.fromkeys(failing))
        self.again.gate("" if failing else tr("Nothing was given up, and nothing waits for another try."))
        if found:
            self.table.go_to(0)
            self.table.setFocus()

    def _again(self) -> None:
        for channel in self._failing:
            self._desk.ask(self, _retry(channel), done=self._queued, failed=self.banner.tell_error)

    def _queued(self, count: int) -> None:
        self.banner.tell(tr("%n messages go with the worker's next look.", count), tone="ok")
        self.refresh()


def _retry(channel: str) -> abc.Callable[[Facade, str], int]:
    return lambda facade, act: facade.retry_messages(channel, act=act)


def _model(titles: abc.Mapping[str, str], now: abc.Callable[[], datetime]) -> ListModel[Message]:
    return ListModel(
        (
            Spec(tr("Made"), lambda one: moment(one.made_at, now=now()), width=130),
            Spec(tr("Channel"), lambda one: titles.get(one.channel, one.channel), width=90),
            Spec(
                tr("State"),
                lambda one: STATES[one.state],
                chip=lambda one: _TONES.get(one.state, "draft"),
                width=110,
            ),
            Spec(tr("Tries"), lambda one: number(one.tries), is_number=True, width=56),
            Spec(tr("Message"), lambda one: one.title, width=250),
            Spec(tr("Answer"), lambda one: one.answer, width=200),
        )
    )
