"""A line for a date or a moment: typed in its format, or chosen from a calendar (Alt+Down, or its button)."""

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import themed_icon
from writeback.gui.widgets.clearing import reachable
from writeback.gui.widgets.layouts import column
from writeback.model.types import AttributeType

_MIDNIGHT = "T00:00:00Z"


class DayPicker(QFrame):
    """A calendar that opens below a line and closes when a day was chosen."""

    def __init__(self, line: QLineEdit, kind: AttributeType) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setAccessibleName(tr("Calendar"))
        self._line, self._kind = line, kind
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(tr("Calendar"))
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        self.setLayout(column(self.calendar, margin=1))

    def open_below(self) -> None:
        """Show the day that the line names, else today."""
        named = QDate.fromString(self._line.text()[:10], Qt.DateFormat.ISODate)
        if named.isValid():
            self.calendar.setSelectedDate(named)
        self.move(self._line.mapToGlobal(QPoint(0, self._line.height())))
        self.show()
        self.calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._line.setFocus()
        else:
            super().keyPressEvent(event)

    def _take(self, day: QDate) -> None:
        told = day.toString(Qt.DateFormat.ISODate)
        if self._kind is AttributeType.DATETIME:
            rest = self._line.text()[10:]
            told += rest if rest.startswith(("T", " ")) else _MIDNIGHT
        self._line.setText(told)
        self._line.setModified(True)
        self.hide()
        self._line.setFocus()


def give_calendar(line: QLineEdit, kind: AttributeType) -> DayPicker:
    """Give a line of dates its calendar: a button at its end."""
    picker = DayPicker(line, kind)
    act = QAction(themed_icon("calendar", "muted"), tr("Open the calendar"), line)
    act.triggered.connect(picker.open_below)
    line.addAction(act, QLineEdit.ActionPosition.TrailingPosition)
    reachable(line)
    return picker
