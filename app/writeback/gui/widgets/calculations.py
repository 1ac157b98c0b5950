"""What is done to a number or a day, chosen piece by piece; as a text it is a formula of a bulk edit.

Must not: calculate (`planning.calculating` does).
"""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.layouts import column, row
from writeback.model.types import AttributeType
from writeback.planning.calculating import MOMENTS, read_formula

WAYS: Final = Words(
    {
        "+": mark("Add"),
        "-": mark("Take off"),
        "+%": mark("Add percent"),
        "-%": mark("Take percent off"),
        "*": mark("Multiply by"),
        "/": mark("Divide by"),
    }
)
DAY_WAYS: Final = Words({"+": mark("Later by"), "-": mark("Earlier by")})
UNITS: Final = Words(
    {
        "day": mark("days"),
        "week": mark("weeks"),
        "month": mark("months"),
        "year": mark("years"),
        "hour": mark("hours"),
    }
)
ROUNDING: Final = Words(
    {
        "": mark("exact"),
        "0": mark("rounded to whole numbers"),
        "1": mark("rounded to 1 place"),
        "2": mark("rounded to 2 places"),
        "4": mark("rounded to 4 places"),
    }
)


class Calculation(QWidget):
    """The pieces.

    Signals:
        changed: It says something else.
    """

    changed = Signal()

    def __init__(self, kind: AttributeType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        is_day = kind in MOMENTS
        self.way = self._choice(DAY_WAYS if is_day else WAYS, tr("What is calculated"))
        self.amount = QLineEdit()
        self.amount.setAccessibleName(tr("By how much"))
        self.amount.setPlaceholderText("1" if is_day else "10")
        self.amount.textChanged.connect(lambda _text: self.changed.emit())
        self.last = self._choice(UNITS if is_day else ROUNDING, tr("Unit") if is_day else tr("Rounding"))
        if kind is AttributeType.DATE:
            self.last.removeItem(self.last.findData("hour"))
        box = column(gap=2)
        box.addLayout(row(self.way, self.amount, gap=2))
        box.addWidget(self.last)
        self.setLayout(box)
        self.setFocusProxy(self.way)

    def stops(self) -> tuple[QWidget, ...]:
        """Give where Tab stops, in order."""
        return self.way, self.amount, self.last

    def formula(self) -> str:
        """Give what is chosen as a formula; '' while it is none."""
        amount, way, last = (
            self.amount.text().strip(),
            str(self.way.currentData()),
            str(self.last.currentData()),
        )
        if not amount:
            return ""
        if self._kind in MOMENTS:
            text = f"{way}{amount} {last}"
        else:
            text = " ".join((f"{way[0]}{amount}{way[1:]}", *(("round", last) if last else ())))
        return text if read_formula(text, self._kind) is not None else ""

    def missing(self) -> str:
        """Say what a person has yet to give; '' where nothing is missing."""
        if self.formula():
            return ""
        if not self.amount.text().strip():
            return tr("Say by how much.")
        return tr("Write a number, with a point and no thousands marks.")

    def _choice(self, words: Words[str], name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setMinimumContentsLength(6)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, word in words.items():
            made.addItem(tr(word), value)
        made.activated.connect(lambda _place: self.changed.emit())
        return made
