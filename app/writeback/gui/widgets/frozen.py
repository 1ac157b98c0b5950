"""The first column of a table, standing still while the others scroll: a second view on the same model.

It is for the eyes alone: keyboard, focus and screen readers stay with the table.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from writeback.gui.translating import tr
from writeback.gui.widgets.tables import CellPainter, Table

_LEAST_SCROLL = 1


class FrozenColumn(QTableView):
    """Lies over the first column as soon as the table is scrolled sideways."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("First column"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(table.horizontalHeader().defaultAlignment())
        self.setProperty("box", "frozen")
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.follow())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.follow())
        table.installEventFilter(self)
        self.hide()

    def attach(self) -> None:
        """Show what the table shows; call it whenever its model or columns are others."""
        model = self._table.model()
        if self.model() is not model:
            self.setModel(model)
            self.setSelectionModel(self._table.selectionModel())
            model.modelReset.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Lie where the first column would stand if it were not scrolled away."""
        table, model = self._table, self._table.model()
        is_away = table.horizontalScrollBar().value() >= _LEAST_SCROLL
        if not is_away or model.columnCount() < 2:
            self.hide()
            return
        for place in range(1, model.columnCount()):
            if not self.isColumnHidden(place):
                self.setColumnHidden(place, True)  # noqa: FBT003  Qt's signature
        width = min(table.columnWidth(0), table.viewport().width() // 2)
        self.setColumnWidth(0, width)
        frame = table.frameWidth()
        head = table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(head)
        self.setGeometry(frame, frame, width, table.viewport().height() + head)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange):
            self.verticalHeader().setDefaultSectionSize(self._table.verticalHeader().defaultSectionSize())
            self.follow()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._table.setFocus()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._table.doubleClicked.emit(index)
