"""Which rows of a plan a trial sends: how many; the first ones, some by chance, or chosen ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.field_boxes import turned
from writeback.gui.widgets.layouts import row
from writeback.model.trials import Pick

ROWS = 10
"""So many rows of each job go in a trial run, until a person says another number."""
MOST = 10_000
PICKS = Words(
    {
        Pick.FIRST: mark("first rows"),
        Pick.RANDOM: mark("rows by chance"),
        Pick.CHOSEN: mark("chosen rows"),
    }
)


class TrialPick(QWidget):
    """A number and a word.

    Signals:
        changed: Another number or word.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = turned(QSpinBox())
        self.number.setAccessibleName(tr("Rows of the trial"))
        self.number.setRange(1, MOST)
        self.number.setValue(ROWS)
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Which rows the trial sends"))
        for pick, words in PICKS.items():
            self.which.addItem(tr(words), pick.value)
        self._chosen = 0
        self.setLayout(row(self.number, self.which, gap=1))
        self.number.valueChanged.connect(lambda _value: self.changed.emit())
        self.which.currentIndexChanged.connect(lambda _at: self._turn())

    @property
    def pick(self) -> Pick:
        """Which rows go."""
        return Pick(str(self.which.currentData()))

    @property
    def rows(self) -> int:
        """How many rows go."""
        return self._chosen if self.pick is Pick.CHOSEN else self.number.value()

    def choose(self, rows: int) -> None:
        """Be told how many rows that would be sent are chosen in the plan."""
        if rows != self._chosen:
            self._chosen = rows
            self.changed.emit()

    def _turn(self) -> None:
        self.number.setVisible(self.pick is not Pick.CHOSEN)
        self.changed.emit()
