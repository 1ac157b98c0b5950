"""Short dialogs of plain text: the only place that asks a person something in a box of its own."""

from collections import abc

from PySide6.QtWidgets import QDialog, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.text import PlainLabel, title_free

WIDTH = 480


class Message(QDialog):
    """A headline, words, and buttons that name what they do; Esc is the harmless one."""

    def __init__(
        self,
        title: str,
        words: str,
        *,
        act: str = "",
        refuse: str = "",
        is_danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title_free(title))
        self.setMinimumWidth(WIDTH)
        no = Button(
            refuse or (tr("Cancel") if act else tr("Close")), kind="" if act else "primary", call=self.reject
        )
        buttons: list[QWidget] = [no]
        if act:
            buttons.append(Button(act, kind="danger" if is_danger else "primary", call=self.accept))
        feet = row(None, gap=2)
        for button in buttons:
            feet.addWidget(button)
        head = PlainLabel(title, role="heading", wraps=True)
        box = column(head, PlainLabel(words, wraps=True), 1, gap=3, margin=6)
        box.addLayout(feet)
        self.setLayout(box)
        self.resize(WIDTH, max(self.sizeHint().height(), box.totalHeightForWidth(WIDTH)))
        no.setFocus()


def tell(parent: QWidget, title: str, words: str) -> None:
    """Say something that a person asked for (keys, about). Does not wait for an answer."""
    made = Message(title, words, parent=parent)
    made.open()


def ask(
    parent: QWidget,
    title: str,
    words: str,
    *,
    act: str,
    call: abc.Callable[[], None],
    refuse: str = "",
    is_danger: bool = True,
) -> None:
    """Ask before an act that nothing can undo; `call` runs when it is wanted."""
    made = Message(title, words, act=act, refuse=refuse, is_danger=is_danger, parent=parent)
    made.accepted.connect(call)
    made.open()


class Sheet(QDialog):
    """The sheet of keys: two columns of plain text."""

    def __init__(self, lines: abc.Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        half = (len(lines) + 1) // 2
        columns = row(gap=8)
        for part in (lines[:half], lines[half:]):
            keys = column(*[PlainLabel(key, role="strong") for key, _ in part], None, gap=2)
            names = column(*[PlainLabel(name) for _, name in part], None, gap=2)
            columns.addWidget(boxed(keys))
            columns.addWidget(boxed(names))
        box = column(PlainLabel(tr("Keys"), role="heading"), gap=4, margin=6)
        box.addLayout(columns)
        box.addLayout(row(None, Button(tr("Close"), kind="primary", call=self.reject)))
        self.setLayout(box)
