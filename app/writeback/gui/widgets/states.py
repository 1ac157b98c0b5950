"""The five states of a screen: empty, loading, ready, partial, error. One widget holds them all.

Loading shows after 150 ms only, keeps earlier content when there is some, and never moves. What a state
shows is built when the state first comes: most screens are opened, filled and never anything else.
"""

import enum
from collections import abc
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.layouts import Snug, boxed, column, row, scrolled
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.sentences import sentence_of

PageT = TypeVar("PageT", bound=QWidget)

PATIENCE_MS = 150


class ScreenState(enum.StrEnum):
    """Where a screen stands."""

    EMPTY = "empty"
    LOADING = "loading"
    READY = "ready"
    PARTIAL = "partial"
    ERROR = "error"


class Skeleton(QWidget):
    """Grey bars in the geometry of what will come. Static: it asks nothing of anybody's eyes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theming().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = theming().theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        width = self.width() / 4
        for line in range(int(self.height() // theme.row)):
            for place in range(4):
                share = (0.82, 0.55, 0.68, 0.4)[(line + place) % 4]
                bar = QRectF(place * width, line * theme.row + 10, width * share, 10)
                painter.drawRoundedRect(bar, 4, 4)
        painter.end()


class Banner(Snug):
    """One line across the top: what is missing or what happened, with one act."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture("info", tint="accent", size=18)
        self._words = PlainLabel(wraps=True)
        self._act = Button("", kind="quiet")
        self._act.clicked.connect(self._called)
        self._close = IconButton(tr("Close this message"), "close", call=self.hide)
        line = row(gap=2, margin=(3, 2, 2, 2))
        line.addWidget(self._picture)
        line.addWidget(self._words, 1)
        line.addWidget(self._act)
        line.addWidget(self._close)
        self.setLayout(line)
        self._call: abc.Callable[[], None] | None = None
        self.hide()

    def tell(
        self,
        text: str,
        *,
        tone: str = "info",
        act: str = "",
        call: abc.Callable[[], None] | None = None,
        closes: bool = True,
    ) -> None:
        """Show a message. `tone`: info, warning, error, ok. What is so until it is mended does not close."""
        picture, tint = {
            "info": ("info", "accent"),
            "warning": ("warning", "draft"),
            "error": ("error", "refused"),
            "ok": ("check", "ok"),
        }[tone]
        self._picture.show_picture(picture, tint)
        self._words.set_text(text)
        self._act.setVisible(bool(act))
        self._act.say(act)
        self._call = call
        self._close.setVisible(closes)
        self.setProperty("box", f"banner-{tone}")
        self.setAccessibleName(text)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def tell_error(self, error: WritebackError) -> None:
        """Show an error in its four parts."""
        told = sentence_of(error.code, error.facts)
        self.tell(f"{told} ({error.code})", tone="error")

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def _called(self) -> None:
        if self._call is not None:
            self._call()


class Message(QWidget):
    """The middle of an empty or broken screen: a headline, words, up to two acts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture("info", tint="muted", size=28)
        self._head = PlainLabel(role="heading", wraps=True)
        self._words = PlainLabel(role="muted", wraps=True)
        self._code = PlainLabel(role="caption")
        self.act = Button("", kind="primary")
        self.other = Button("")
        for label in (self._head, self._words, self._code):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner = column(gap=3)
        inner.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._head, self._words, self._code):
            inner.addWidget(label)
        inner.addLayout(row(None, self.act, self.other, None))
        middle = boxed(inner)
        sized(middle, lambda px: middle.setFixedWidth(min(px(520), 760)))
        middle.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        page = QVBoxLayout()
        page.addStretch(2)
        page.addLayout(row(None, middle, None))
        page.addStretch(3)
        inside = QWidget()
        inside.setLayout(page)
        self.setLayout(column(scrolled(inside)))

    def say(self, picture: tuple[str, str], head: str, words: str, *, code: str = "") -> None:
        """Set the words."""
        self._picture.show_picture(*picture)
        self._head.set_text(head)
        self._words.set_text(words)
        self._words.setVisible(bool(words))
        self._code.set_text(code)
        self._code.setVisible(bool(code))


class States(QWidget):
    """A screen's content in its five states.

    Signals:
        retry: The person asked to try again after an error.
        acted: The person took the one act that an empty screen offers.
        changed: The state changed; carries the ScreenState.
    """

    retry = Signal()
    acted = Signal()
    changed = Signal(object)

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = ScreenState.LOADING
        self._content = content
        self._details = ""
        self.code = ""
        """Of the error that is shown in the place of the content."""
        self._stack = Pages()
        self._stack.addWidget(content)
        self._column = column(self._stack, gap=3)
        self.setLayout(self._column)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._show_skeleton)
        self._has_content = False

    @cached_property
    def banner(self) -> Banner:
        """The line across the top."""
        made = Banner(self)
        self._column.insertWidget(0, made)
        return made

    @cached_property
    def _skeleton(self) -> Skeleton:
        return self._paged(Skeleton())

    @cached_property
    def _empty(self) -> Message:
        made = self._paged(Message())
        made.act.clicked.connect(self.acted)
        made.other.hide()
        return made

    @cached_property
    def _error(self) -> Message:
        made = self._paged(Message())
        made.act.say(tr("Try again"))
        made.act.clicked.connect(self.retry)
        made.other.say(tr("Copy details"))
        made.other.clicked.connect(self._copy)
        return made

    def _paged(self, page: PageT) -> PageT:
        self._stack.addWidget(page)
        return page

    def loading(self) -> None:
        """Something is on its way; earlier content stays, else a skeleton comes after 150 ms."""
        if not self._has_content:
            self._timer.start()
            self._become(ScreenState.LOADING)

    def ready(self) -> None:
        """Everything is there."""
        self._show(self._content, ScreenState.READY)
        self._has_content = True
        self._hide_banner()

    def partial(self, text: str, *, act: str = "", call: abc.Callable[[], None] | None = None) -> None:
        """Some of it is missing: the rest is usable, the banner has the numbers."""
        self._show(self._content, ScreenState.PARTIAL)
        self._has_content = True
        self.banner.tell(text, tone="warning", act=act, call=call)

    def empty(self, head: str, words: str, *, act: str = "", picture: str = "info") -> None:
        """Nothing is there: what belongs here, and the one act that brings it."""
        self._empty.say((picture, "muted"), head, words)
        self._empty.act.setVisible(bool(act))
        self._empty.act.say(act)
        self._has_content = False
        self._hide_banner()
        self._show(self._empty, ScreenState.EMPTY)

    def error(self, error: WritebackError) -> None:
        """Nothing could be shown: what happened, what did not change, what to do, the code."""
        told = sentence_of(error.code, error.facts)
        self._details, self.code = str(error), error.code
        words = " ".join(part for part in (told.happened, told.unchanged, told.advice) if part)
        self._error.say(
            ("error", "refused"), told.title or tr("This could not be shown"), words, code=error.code
        )
        self._has_content = False
        self._hide_banner()
        self._show(self._error, ScreenState.ERROR)

    def _hide_banner(self) -> None:
        if "banner" in self.__dict__:
            self.banner.hide()

    def _show_skeleton(self) -> None:
        if self.state is ScreenState.LOADING:
            self._stack.setCurrentWidget(self._skeleton)

    def _show(self, page: QWidget, state: ScreenState) -> None:
        self._timer.stop()
        self._stack.setCurrentWidget(page)
        self._become(state)

    def _become(self, state: ScreenState) -> None:
        self.state = state
        self.changed.emit(state)

    def _copy(self) -> None:

        QGuiApplication.clipboard().setText(self._details)
