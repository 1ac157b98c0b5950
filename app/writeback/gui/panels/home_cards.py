"""The cards of Home: doors, the checklist, what needs somebody, edits by author, pulls, quotas."""

from collections import abc

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel

LINES_MOST = 6
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
        body = column(self.title, 1, gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        body.addStretch(1)
        self.setLayout(body)

    def show_lines(self, lines: abc.Sequence[QWidget], *, nothing: str = "") -> None:
        """Show these lines, at most so many; `nothing` where there is none."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in lines[:LINES_MOST]:
            self._lines.addWidget(one)
        for one in lines[LINES_MOST:]:
            one.deleteLater()
        if len(lines) > LINES_MOST:
            self._lines.addWidget(PlainLabel(tr("… and %n more", len(lines) - LINES_MOST), role="muted"))
        if not lines and nothing:
            self._lines.addWidget(PlainLabel(nothing, role="muted", wraps=True))


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
                self._step(f"{place}. {tr(title)}", (name, title, where), is_next=left[:1] == [name])
                for place, (name, title, where) in enumerate(STEPS, start=1)
            ]
        )

    def _step(self, words: str, step: tuple[str, str, str], *, is_next: bool) -> QWidget:
        name, title, where = step
        is_done = name in self.done
        picture = Picture("check" if is_done else "dash", tint="ok" if is_done else "muted", size=18)
        label = PlainLabel(words, role="strong" if is_next else "muted" if is_done else "")
        line = row(picture, label, None, gap=2)
        if is_done:
            line.addWidget(PlainLabel(tr("done"), role="caption"))
        if is_next:
            go_on = Button(tr("Go on"), kind="primary", call=lambda: self._go(where, None))
            go_on.setAccessibleName(tr("Go on: {step}", step=tr(title)))
            line.addWidget(go_on)
        made = QWidget()
        made.setMinimumHeight(32)
        made.setAccessibleName(tr("{step}, done", step=words) if is_done else words)
        made.setLayout(line)
        return made


def linked(
    words: str,
    *,
    picture: str,
    tint: str = "muted",
    act: str = "",
    call: abc.Callable[[], None] | None = None,
) -> QWidget:
    """Give a line with a picture, words, and where it leads."""
    line = row(Picture(picture, tint=tint, size=18), gap=2)
    line.addWidget(ElidedLabel(words), 1)
    if call is not None:
        button = Button(act, kind="quiet", call=call)
        button.setAccessibleName(f"{act}: {words}")
        line.addWidget(button)
    made = QWidget()
    made.setMinimumHeight(32)
    made.setLayout(line)
    return made


def quota_line(name: str, words: str, share: int) -> QWidget:
    """Give a line with a bar: how much of a quota is used."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(min(share, 100))
    bar.setMaximumWidth(140)
    bar.setMinimumWidth(80)
    bar.setAccessibleName(f"{name}: {words}")
    line = row(gap=2)
    line.addWidget(ElidedLabel(name), 1)
    line.addWidget(bar)
    line.addWidget(PlainLabel(words, role="muted"))
    made = QWidget()
    made.setMinimumHeight(28)
    made.setLayout(line)
    return made
