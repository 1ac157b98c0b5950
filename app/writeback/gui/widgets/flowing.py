"""A row that goes on in a second line where the first has no room: words are longer in other languages.

Places its parts itself: a layout of our own would have to be kept alive item by item in Python.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from writeback.gui.widgets.layouts import GRID


class Flowing(QWidget):
    """Shows parts side by side in reading direction, in as many lines as they need."""

    def __init__(self, *parts: QWidget, gap: int = 2, parent: QWidget | None = None) -> None:
        """`gap` is in grid units."""
        super().__init__(parent)
        self._gap = gap * GRID
        self._parts = parts
        for part in parts:
            is_hidden = part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
            part.setParent(self)
            part.setVisible(not is_hidden)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        wanted = [part.sizeHint() for part in self._shown()]
        width = sum(one.width() for one in wanted) + self._gap * max(len(wanted) - 1, 0)
        return QSize(width, max((one.height() for one in wanted), default=0))

    def minimumSizeHint(self) -> QSize:
        wanted = [_wanted(part) for part in self._shown()]
        width = max((one.width() for one in wanted), default=0)
        return QSize(width, max((one.height() for one in wanted), default=0))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, is_trial=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), is_trial=False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part has other words, or came or went
            self._place(self.width(), is_trial=False)
            self.updateGeometry()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _place(self, width: int, *, is_trial: bool) -> int:
        """Place every part, or only measure; gives the height."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y, tallest = 0, 0, 0
        for part in self._shown():
            size = _wanted(part)
            if x and x + size.width() > width:
                x, y, tallest = 0, y + tallest + self._gap, 0
            if not is_trial:
                left = width - x - size.width() if is_mirrored else x
                part.setGeometry(QRect(left, y, size.width(), size.height()))
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        return y + tallest


def _wanted(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSizeHint()).expandedTo(part.minimumSize())


def may_shrink(box: QComboBox) -> QComboBox:
    """Let a list be narrower than its longest entry; open, it shows them whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return box
