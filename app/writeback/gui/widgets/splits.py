"""Parts of a screen with a grip between them.

Qt measures what it is to share out, and a widget that was measured is dressed by the style sheet anew each
time what holds it is put somewhere (see `pages`): so the parts are shared out when somebody asks how large
they are, or shows them.
"""

from collections import abc

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget


class Split(QWidget):
    """The parts, each at least as large as it needs."""

    def __init__(
        self,
        *parts: QWidget,
        shares: abc.Sequence[int] = (),
        is_upright: bool = False,
        first_grows: bool = False,
    ) -> None:
        """Put parts beside each other.

        Args:
            parts: From left to right, or from top to bottom.
            shares: How the room is shared out at first; (): by what the parts want.
            is_upright: One stands above the other.
            first_grows: The first takes what room comes, the others keep theirs.
        """
        super().__init__()
        self._parts = parts
        self._shares = list(shares)
        self._way = Qt.Orientation.Vertical if is_upright else Qt.Orientation.Horizontal
        self._first_grows = first_grows
        self._inner = QHBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            part.setParent(self)  # found among its children from now on

    def sizeHint(self) -> QSize:
        self._take_in()
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        self._take_in()
        return super().minimumSizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        self._take_in()
        super().showEvent(event)

    def _take_in(self) -> None:
        parts, self._parts = self._parts, ()
        if not parts:
            return
        splitter = QSplitter(self._way)
        splitter.setChildrenCollapsible(False)
        for part in parts:
            splitter.addWidget(part)
        if self._first_grows:
            splitter.setStretchFactor(0, 1)
        if self._shares:
            splitter.setSizes(self._shares)
        self._inner.addWidget(splitter)
