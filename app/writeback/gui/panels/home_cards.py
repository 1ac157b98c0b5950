"""The cards of Home: doors, the checklist, what needs somebody, edits by author, pulls, quotas."""

from collections import abc
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from writeback.gui.theming.current import sized
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel

LINES_MOST = 6
FIGURES, ACT = 136, 76
"""Widths that let the bars and the acts of all lines stand in columns of their own."""
STEPS: tuple[tuple[str, str, str], ...] = (
    ("connect", mark("Connect a CRM"), "do:connect"),
    ("map", mark("Map its fields"), "mapping"),
    ("pull", mark("Pull the records"), "mapping"),
    ("edit", mark("Edit a value"), "accounts"),
    ("send", mark("Review and send"), "review"),
)
"""The way from the CRM and back: name, title, and where it is done."""
Go = abc.Callable[[str, object], None]


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
        body = self.layout()
        wanted = body.heightForWidth(max(self.width(), 200)) if body is not None else 0
        return QSize(240, max(132, wanted))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())


class Card(QFrame):
    """A titled card whose lines are made anew whenever something changed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("box", "card")
        self.setAccessibleName(title)
        self.title = PlainLabel(title, role="heading")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._shown: tuple[object, ...] = ()
        self._most = LINES_MOST
        body = column(self.title, 1, gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        body.addStretch(1)
        self.setLayout(body)

    def show_lines(self, lines: abc.Sequence["Line"], *, nothing: str = "") -> None:
        """Show these lines, at most so many; `nothing` where there is none. What is shown already stays."""
        if self._shown == (*lines, nothing, self._most):
            return
        self._shown = (*lines, nothing, self._most)
        held = self._held()
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for one in lines[: self._most]:
            self._lines.addWidget(one.make())
        if len(lines) > self._most:
            more = Button(tr("Show %n more", len(lines) - self._most), kind="quiet")
            more.clicked.connect(lambda: self._show_all(lines, nothing))
            self._lines.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not lines and nothing:
            self._lines.addWidget(PlainLabel(nothing, role="muted", wraps=True))
        buttons = self.findChildren(Button)
        if held >= 0 and buttons:
            buttons[min(held, len(buttons) - 1)].setFocus()

    def _show_all(self, lines: abc.Sequence["Line"], nothing: str) -> None:
        """Show every line from now on; the keyboard goes on at the first that was hidden."""
        self._most = len(lines) + LINES_MOST
        self.show_lines(lines, nothing=nothing)

    def _held(self) -> int:
        """Say which of its buttons has the keyboard; -1 none: it shall have it again."""
        return next((at for at, one in enumerate(self.findChildren(Button)) if one.hasFocus()), -1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: equal where it shows the same."""

    words: str
    picture: str = ""
    tint: str = "muted"
    act: str = ""
    call: abc.Callable[[], None] | None = field(default=None, compare=False)
    share: int | None = None
    """Of a quota: percent used; `act` then says how much."""
    role: str = ""
    spoken: str = ""

    def make(self) -> QWidget:
        """Build it."""
        line = row(gap=2)
        if self.picture:
            line.addWidget(Picture(self.picture, tint=self.tint, size=18))
        line.addWidget(PlainLabel(self.words, role=self.role, wraps=True), 1)
        if self.share is not None:
            line.addWidget(_bar(self.share, f"{self.words}: {self.act}"))
            figures = PlainLabel(self.act, role="muted")
            figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            sized(figures, lambda px: figures.setMinimumWidth(px(FIGURES)))
            line.addWidget(figures)
        elif self.call is not None:
            button = Button(self.act, kind="primary" if self.role == "strong" else "quiet", call=self.call)
            sized(button, lambda px: button.setMinimumWidth(px(ACT)))
            button.setAccessibleName(self.spoken or f"{self.act}: {self.words}")
            line.addWidget(button)
        elif self.act:
            line.addWidget(PlainLabel(self.act, role="caption"))
        made = QWidget()
        made.setMinimumHeight(32)
        made.setAccessibleName(f"{self.words}, {self.act}" if self.act else self.words)
        made.setLayout(line)
        return made


def _bar(share: int, name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(min(share, 100))
    bar.setMaximumWidth(140)
    bar.setMinimumWidth(80)
    bar.setAccessibleName(name)
    return bar


class Checklist(Card):
    """The five steps from a CRM and back, until each was done once."""

    def __init__(self, go: Go) -> None:
        super().__init__(tr("From the CRM and back"))
        self._go = go
        self.done: frozenset[str] = frozenset()

    @property
    def is_done(self) -> bool:
        """Say whether each step was done."""
        return self.done >= {name for name, _title, _where in STEPS}

    def show_done(self, done: abc.Collection[str]) -> None:
        """Show which steps were done; the first that was not is the next."""
        self.done = frozenset(done)
        left = [name for name, _title, _where in STEPS if name not in self.done]
        self.title.set_text(
            tr("From the CRM and back: {done} of {all} steps", done=len(STEPS) - len(left), all=len(STEPS))
        )
        self.show_lines(
            [
                self._step(f"{place}. {tr(title)}", step, is_next=left[:1] == [step[0]])
                for place, step in enumerate(STEPS, start=1)
                for title in (step[1],)
            ]
        )

    def _step(self, words: str, step: tuple[str, str, str], *, is_next: bool) -> Line:
        name, title, where = step
        if name in self.done:
            return Line(words, "check", "ok", tr("done"), role="muted")
        if not is_next:
            return Line(words, "dash")
        spoken = tr("Go on: {step}", step=tr(title))
        return Line(
            words, "dash", act=tr("Go on"), call=lambda: self._go(where, None), role="strong", spoken=spoken
        )
