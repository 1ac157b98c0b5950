"""Pages in one place, of which one is shown; made for screens that are built before they have a window.

Qt's own stack shows its first page at once. A widget that is shown is dressed by the style sheet, and
dressed anew each time what holds it is put somewhere: a page inside four layouts was dressed five times,
a third of what opening a screen cost. Here a page is dressed when it comes to stand in a window.

Must not: stand in a dialog that is as large as its largest page; only the page shown has a size here.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """The pages; the first one is shown until another is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QWidget] = []
        self._place = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def addWidget(self, page: QWidget) -> None:
        if self._pages:
            page.hide()
        self._pages.append(page)
        self._column.addWidget(page)

    def currentIndex(self) -> int:
        return self._place

    def currentWidget(self) -> QWidget:
        return self._pages[self._place]

    def setCurrentWidget(self, page: QWidget) -> None:
        self.setCurrentIndex(self._pages.index(page))

    def setCurrentIndex(self, place: int) -> None:
        """Show another page; the keyboard goes along where it was on the page that goes."""
        if place == self._place:
            return
        before, page = self.currentWidget(), self._pages[place]
        focus: QWidget | None = self.window().focusWidget()
        goes_along = focus is not None and before.isAncestorOf(focus)
        quiet = self.updatesEnabled()
        self.setUpdatesEnabled(False)
        self._place = place
        if goes_along:
            before.clearFocus()
        before.hide()
        page.show()
        if goes_along:
            kept: QWidget | None = page.focusWidget()
            wanted = kept if kept is not None else _first(page)
            (wanted if wanted is not None else page).setFocus()
        self.setUpdatesEnabled(quiet)


def _first(page: QWidget) -> QWidget | None:
    """Give what the keyboard reaches first on a page."""
    at = page.nextInFocusChain()
    while at is not None and at is not page and page.isAncestorOf(at):
        reached = at.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if reached and at.focusProxy() is None and at.isVisibleTo(page) and at.isEnabled():
            return at
        at = at.nextInFocusChain()
    return None
