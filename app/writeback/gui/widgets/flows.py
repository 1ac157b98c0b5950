"""A layout that fills lines from left to right and begins a new one when a line is full: chips, tags."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lines of parts, each as wide as it wants to be."""

    def __init__(self, *, gap: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, moves=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, area: QRect, *, moves: bool) -> int:
        left, top, tall = area.x(), area.y(), 0
        for item in self._items:
            size = item.sizeHint()
            width = min(size.width(), area.width())
            if left > area.x() and left + width > area.right() + 1:
                left, top, tall = area.x(), top + tall + self._gap, 0
            if moves:
                item.setGeometry(QRect(QPoint(left, top), QSize(width, size.height())))
            left += width + self._gap
            tall = max(tall, size.height())
        return top + tall - area.y()
