"""How a file is read: encoding or sheet, what blank cells mean, and its first rows as understood."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.integrations import BlankRule
from writeback.runtime.facade.files import FileLook

ENCODINGS = (
    ("utf-8-sig", mark("UTF-8")),
    ("cp1252", mark("Windows (Western Europe)")),
    ("iso-8859-15", mark("Latin 9")),
    ("utf-16", mark("UTF-16")),
)
BLANKS = ((BlankRule.KEEP, mark("keep what is there")), (BlankRule.CLEAR, mark("clear the field")))
WIDTH = 140


class FileRowsDialog(QDialog):
    """Shows the first rows, and lets a person say how the file is read.

    Signals:
        read_anew: Encoding or sheet is another; carries both.
        blank_chosen: What blank cells mean; carries the rule.
    """

    read_anew = Signal(str, str)
    blank_chosen = Signal(str)

    def __init__(self, look: FileLook, blank: BlankRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("First rows"))
        self.resize(780, 460)
        is_book = bool(look.sheets)
        self.reading = QComboBox()
        self.reading.setAccessibleName(tr("Sheet") if is_book else tr("Encoding"))
        told = [(one_line(name), name) for name in look.sheets] if is_book else [
            (tr(words), name) for name, words in ENCODINGS
        ]  # fmt: skip
        for words, name in told:
            self.reading.addItem(words, name)
        self.reading.setCurrentIndex(max(self.reading.findData(look.sheet or look.encoding), 0))
        self.blank = QComboBox()
        self.blank.setAccessibleName(tr("Blank cells"))
        for rule, words in BLANKS:
            self.blank.addItem(tr(words), rule.value)
        self.blank.setCurrentIndex([rule for rule, _ in BLANKS].index(blank))
        specs = tuple(Spec(one_line(name), _cell(place)) for place, name in enumerate(look.columns))
        self._model = ListModel(specs, self)
        self.table = Table(tr("First rows of the file"))
        self.table.dress(self._model, [WIDTH] * len(specs))
        self._model.show_rows(look.rows)
        line = row(
            PlainLabel(self.reading.accessibleName()),
            self.reading,
            4,
            PlainLabel(tr("Blank cells")),
            self.blank,
            None,
        )
        body = column(PlainLabel(tr("First rows"), role="heading"), gap=3, margin=6)
        body.addLayout(line)
        body.addWidget(self.table, 1)
        body.addLayout(row(None, Button(tr("Close"), kind="primary", call=self.accept)))
        self.setLayout(body)
        self.reading.activated.connect(lambda _at: self._read_anew(is_book=is_book))
        self.blank.activated.connect(lambda _at: self.blank_chosen.emit(str(self.blank.currentData())))

    def _read_anew(self, *, is_book: bool) -> None:
        told = str(self.reading.currentData())
        self.accept()
        self.read_anew.emit("" if is_book else told, told if is_book else "")


def _cell(place: int) -> abc.Callable[[tuple[str, ...]], str]:
    return lambda cells: cells[place] if place < len(cells) else ""
