"""The sheet of keys: what each key does, in two columns of plain text."""

from collections import abc

from PySide6.QtWidgets import QDialog, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.text import PlainLabel


class Sheet(QDialog):
    """The sheet of keys."""

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
