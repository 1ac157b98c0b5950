"""Parts side by side that go on in a second line where the first is full: words differ in length."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QSizePolicy,
    QWidget,
)


class _Lines(QLayout):
    """Lines of parts, each as wide as it wants to be.

    What was measured is kept until a part changes, as Qt's own layouts keep it: a page asks hundreds of
    times while it is built.
    """

    def __init__(self, *, gap: int, is_at_end: bool) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._sizes: list[tuple[QLayoutItem, QSize, QSize]] | None = None
        self._heights: dict[int, int] = {}
        self._gap, self._is_at_end = gap, is_at_end
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
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), moves=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._sizes = None
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, moves=True)

    def sizeHint(self) -> QSize:
        wanted = [hint for _item, _least, hint in self._measured()]
        width = sum(one.width() for one in wanted) + self._gap * max(len(wanted) - 1, 0)
        return QSize(width, max((one.height() for one in wanted), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for _item, least, _hint in self._measured():
            size = size.expandedTo(least)
        return size

    def _measured(self) -> list[tuple[QLayoutItem, QSize, QSize]]:
        """Give the parts that show, each with its least size and the one that it wants."""
        if self._sizes is None:
            self._sizes = [
                (item, item.minimumSize(), item.sizeHint()) for item in self._items if not item.isEmpty()
            ]
        return self._sizes

    def _arrange(self, area: QRect, *, moves: bool) -> int:
        """Place every part, or only measure; gives the height. Reading direction is the parent's."""
        parent = self.parentWidget()
        is_mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = 0
        for line in self._broken(area.width()):
            used = sum(size.width() for _item, size in line) + self._gap * (len(line) - 1)
            left = max(area.width() - used, 0) if self._is_at_end else 0
            tall = max(size.height() for _item, size in line)
            for item, size in line if moves else ():
                x = area.right() + 1 - left - size.width() if is_mirrored else area.x() + left
                down = area.y() + top + (tall - size.height()) // 2
                item.setGeometry(QRect(x, down, size.width(), size.height()))
                left += size.width() + self._gap
            top += tall + self._gap
        return max(top - self._gap, 0)

    def _broken(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Give the lines at a width: each part with the size that it gets."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item, least, hint in self._measured():
            size = hint.expandedTo(least)
            size.setWidth(min(size.width(), max(width, least.width())))
            if not lines or left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self._gap
        for line in lines:
            self._widen(line, width)
        return lines

    def _widen(self, line: list[tuple[QLayoutItem, QSize]], width: int) -> None:
        """Let what a person types into take the room that is left, as far as it may grow."""
        spare = width - sum(size.width() for _item, size in line) - self._gap * (len(line) - 1)
        growing = [one for one in line if isinstance(one[0].widget(), QLineEdit)]
        for item, size in growing:
            wanted = size.width() + spare // len(growing)
            size.setWidth(max(size.width(), min(wanted, item.maximumSize().width())))


class Flowing(QWidget):
    """Lines of parts; with `is_at_end` each line ends where the place does, as acts do."""

    def __init__(
        self, *parts: QWidget, gap: int = 8, is_at_end: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = _Lines(gap=gap, is_at_end=is_at_end)
        for part in parts:
            self.lines.addWidget(part)
        self.setLayout(self.lines)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Beside(QWidget):
    """Words, and beside them what belongs to them; below them where there is little room for both."""

    def __init__(self, words: QLayout, other: QWidget, *, stretch: int = 0, narrow: int = 84) -> None:
        """Narrow is a line of fewer characters; `stretch` is how far the other part takes what is left."""
        super().__init__()
        self._narrow = narrow
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(8)
        self._parts.addLayout(words, 0 if stretch else 1)
        self._parts.addWidget(other, stretch)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self._narrow * self.fontMetrics().averageCharWidth()
        ways = QBoxLayout.Direction
        self._parts.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)


def may_shrink(box: QComboBox) -> QComboBox:
    """Let a list be narrower than its longest entry; open, it shows them whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return box
