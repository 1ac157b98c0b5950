"""A layout that fills lines in reading direction and begins a new one when a line is full: chips, tags."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QComboBox, QLayout, QLayoutItem, QSizePolicy, QWidget


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
        wanted = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(one.width() for one in wanted) + self._gap * max(len(wanted) - 1, 0)
        return QSize(width, max((one.height() for one in wanted), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, area: QRect, *, moves: bool) -> int:
        """Place every part, or only measure; gives the height. Reading direction is the parent's."""
        parent = self.parentWidget()
        is_mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, top, tall = 0, 0, 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().expandedTo(item.minimumSize())
            width = min(size.width(), max(area.width(), item.minimumSize().width()))
            if left and left + width > area.width():
                left, top, tall = 0, top + tall + self._gap, 0
            if moves:
                x = area.right() + 1 - left - width if is_mirrored else area.x() + left
                item.setGeometry(QRect(x, area.y() + top, width, size.height()))
            left += width + self._gap
            tall = max(tall, size.height())
        return top + tall


class Flowing(QWidget):
    """Parts side by side, going on in a second line where the first has no room: words differ in length."""

    def __init__(self, *parts: QWidget, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = Flow(gap=gap)
        for part in parts:
            line.addWidget(part)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def may_shrink(box: QComboBox) -> QComboBox:
    """Let a list be narrower than its longest entry; open, it shows them whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return box


def flowing(*parts: QWidget, gap: int = 8) -> Flow:
    """Line parts up in a layout that goes on in the next line, at a larger size of text say."""
    made = Flow(gap=gap)
    for part in parts:
        made.addWidget(part)
    return made
