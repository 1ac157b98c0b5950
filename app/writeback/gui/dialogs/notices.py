"""The list of notices: what happened, newest first; Enter goes there."""

from collections import abc
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from writeback.gui.i18n import moment
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.notices import Notice, NoticeKind
from writeback.runtime.notice_words import words_of

KIND_WORDS = Words(
    {
        NoticeKind.FAILURE: mark("Failed"),
        NoticeKind.PARTIAL: mark("Partly written"),
        NoticeKind.NEEDS_YOU: mark("Needs you"),
        NoticeKind.RECOVERED: mark("Recovered"),
        NoticeKind.SIGN_IN: mark("Sign-in needed"),
        NoticeKind.DRIFT: mark("Drifted"),
        NoticeKind.QUOTA: mark("Quota"),
        NoticeKind.DELIVERY: mark("Not delivered"),
        NoticeKind.PLAY: mark("SuccessPlay"),
        NoticeKind.PULL: mark("Pull failed"),
    }
)
_TONES = {
    NoticeKind.FAILURE: "refused",
    NoticeKind.PARTIAL: "draft",
    NoticeKind.NEEDS_YOU: "conflict",
    NoticeKind.PLAY: "conflict",
    NoticeKind.PULL: "refused",
    NoticeKind.RECOVERED: "ok",
}


class NoticesDialog(QDialog):
    """What is told, with what of it is new.

    Signals:
        followed: A notice's subject is to be shown; carries the notice.
        settings: The settings of notifications are wanted.
    """

    followed = Signal(object)
    settings = Signal()

    def __init__(
        self,
        notices: abc.Sequence[Notice],
        unread: abc.Set[str],
        *,
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Notices"))
        self.setMinimumSize(640, 360)
        give_room(self, 940, 440)
        self.model = ListModel[Notice](
            (
                Spec(
                    tr("New"),
                    lambda one: tr("new") if one.key in unread else "",
                    tone=lambda _one: "accent",
                    width=56,
                ),
                Spec(
                    tr("What"),
                    lambda one: KIND_WORDS[one.kind],
                    chip=lambda one: _TONES.get(one.kind, "draft"),
                    width=130,
                ),
                Spec(tr("Notice"), words_of, width=360),
                Spec(tr("Connection"), lambda one: one.connection, width=120),
                Spec(tr("When"), lambda one: moment(one.at, now=now) if one.at else tr("now"), width=130),
            )
        )
        self.model.show_rows(notices)
        self.table = Table(tr("Notices"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.chosen.connect(self._follow)
        none = PlainLabel(tr("Nothing has to be told. Jobs that do not write all appear here."), role="muted")
        none.setVisible(not notices)
        self.table.setVisible(bool(notices))
        box = column(PlainLabel(tr("Notices"), role="heading"), none, gap=3, margin=6)
        box.addWidget(self.table, 1)
        whole = PlainLabel(wraps=True)  # a long one does not fit its line
        self.table.selectionModel().currentRowChanged.connect(
            lambda now: whole.set_text(words_of(one) if (one := self.model.row_at(now.row())) else "")
        )
        box.addWidget(whole)
        box.addStretch()
        self.go = Button(tr("Go there"), call=lambda: self._follow(self.table.currentIndex().row()))
        self.go.gate("" if notices else tr("There is no notice."))
        close = Button(tr("Close"), call=self.reject)
        box.addLayout(row(self.go, Button(tr("Settings…"), call=self._open_settings), None, close))
        self.setLayout(box)
        if notices:
            self.table.go_to(0)
            self.table.setFocus()
        else:
            close.setFocus()

    def _follow(self, place: int) -> None:
        notice = self.model.row_at(place)
        if notice is not None:
            self.accept()
            self.followed.emit(notice)

    def _open_settings(self) -> None:
        self.accept()
        self.settings.emit()
