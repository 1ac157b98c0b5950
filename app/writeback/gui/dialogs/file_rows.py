"""How a file is read: encoding or sheet, header, dates, decimals, blanks; its first rows as understood."""

from collections import abc
from dataclasses import dataclass, replace
from typing import Self

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QWidget

from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.integrations import BlankRule
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.runtime.facade import PlanSource
from writeback.runtime.facade.files import FileLook

ENCODINGS = (
    ("utf-8-sig", mark("UTF-8")),
    ("cp1252", mark("Windows (Western Europe)")),
    ("iso-8859-15", mark("Latin 9")),
    ("utf-16", mark("UTF-16")),
    ("cp1250", mark("Windows (Central Europe)")),
    ("cp1251", mark("Windows (Cyrillic)")),
    ("shift_jis", mark("Japanese (Shift JIS)")),
    ("gb18030", mark("Chinese (GB 18030)")),
    ("mac_roman", mark("Mac (Roman)")),
)
BLANKS = ((BlankRule.KEEP, mark("keep what is there")), (BlankRule.CLEAR, mark("clear the field")))
WIDTH = 140


DATES = (
    ("", mark("as its cells tell")),
    (DateOrder.YMD, mark("year first")),
    (DateOrder.DMY, mark("day first")),
    (DateOrder.MDY, mark("month first")),
)
DECIMALS = (
    ("", mark("as its cells tell")),
    (DecimalMark.POINT, mark("point")),
    (DecimalMark.COMMA, mark("comma")),
)
UTF_8 = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class FileReading:
    """How a file is read."""

    encoding: str = UTF_8
    sheet: str = ""
    has_header: bool = True
    dates: DateOrder | None = None
    decimals: DecimalMark | None = None
    blank: BlankRule = BlankRule.KEEP

    @classmethod
    def of(cls, source: PlanSource) -> Self:
        """Give how a plan's source reads its file."""
        return cls(
            source.encoding,
            source.sheet,
            source.has_header,
            source.dates,
            source.decimals,
            source.blank_rule or BlankRule.KEEP,
        )


class FileRowsDialog(QDialog):
    """Shows the first rows, and lets a person say how the file is read.

    Signals:
        read_anew: Its rows have to be read anew; carries a `FileReading`.
        chosen: Something else is meant of them; carries the same.
    """

    read_anew = Signal(object)
    chosen = Signal(object)

    def __init__(self, look: FileLook, how: FileReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("First rows"))
        give_room(self, 820, 480)
        self._how, self._is_book = how, bool(look.sheets)
        self._build(look)
        specs = tuple(Spec(one_line(name), _cell(place)) for place, name in enumerate(look.columns))
        self._model = ListModel(specs, self)
        self.table = Table(tr("First rows of the file"))
        self.table.dress(self._model, [WIDTH] * len(specs))
        self._model.show_rows(look.rows)
        boxes = (self.reading, self.dates, self.decimals, self.blank)
        parts = [column(_captioned(box), box, gap=1) for box in boxes]
        line = row(gap=3)
        for part in parts:
            line.addLayout(part)
        line.addStretch(1)
        body = column(PlainLabel(tr("First rows"), role="heading"), gap=3, margin=6)
        body.addLayout(line)
        body.addWidget(self.header)
        body.addWidget(self.table, 1)
        body.addLayout(row(None, Button(tr("Close"), call=self.accept)))
        self.setLayout(body)

    def _build(self, look: FileLook) -> None:
        how = self._how
        told = [(one_line(name), name) for name in look.sheets]
        if not self._is_book:
            told = [(tr(words), name) for name, words in ENCODINGS]
        name = tr("Sheet") if self._is_book else tr("Encoding")
        self.reading = _box(name, told, look.sheet or look.encoding, self._read)
        self.dates = _box(tr("Dates"), _worded(DATES), how.dates or "", self._choose)
        self.decimals = _box(tr("Decimals"), _worded(DECIMALS), how.decimals or "", self._choose)
        self.blank = _box(tr("Blank cells"), _worded(BLANKS), how.blank.value, self._choose)
        self.header = QCheckBox(tr("The first line names the columns"))
        self.header.setChecked(how.has_header)
        self.header.toggled.connect(lambda _on: self._read())

    @property
    def how(self) -> FileReading:
        """How the file is read by what is chosen now."""
        told = str(self.reading.currentData())
        dates, decimals = str(self.dates.currentData()), str(self.decimals.currentData())
        made = replace(self._how, sheet=told) if self._is_book else replace(self._how, encoding=told)
        return replace(
            made,
            has_header=self.header.isChecked(),
            dates=DateOrder(dates) if dates else None,
            decimals=DecimalMark(decimals) if decimals else None,
            blank=BlankRule(str(self.blank.currentData())),
        )

    def _read(self) -> None:
        self.accept()
        self.read_anew.emit(self.how)

    def _choose(self) -> None:
        self.chosen.emit(self.how)


def _box(
    name: str, items: abc.Iterable[tuple[str, str]], value: str, call: abc.Callable[[], None]
) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for words, one in items:
        box.addItem(words, str(one))
    box.setCurrentIndex(max(box.findData(str(value)), 0))
    box.activated.connect(lambda _at: call())
    return box


def _captioned(box: QComboBox) -> PlainLabel:
    label = PlainLabel(box.accessibleName(), role="muted")
    label.setBuddy(box)
    return label


def _worded(items: abc.Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(tr(words), str(value)) for value, words in items]


def _cell(place: int) -> abc.Callable[[tuple[str, ...]], str]:
    return lambda cells: cells[place] if place < len(cells) else ""
