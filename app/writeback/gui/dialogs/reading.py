"""Two windows to read in: help, a page for each part of the program, and About with everybody's licences."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

import writeback
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.help_pages import HelpPage, page_for
from writeback.runtime.wording import spoken


class Reader(QPlainTextEdit):
    """Plain text to read, with a search that goes on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def find_next(self, words: str) -> bool:
        """Go to the next place where the words stand; after the last comes the first."""
        if not words:
            return False
        if self.find(words):
            return True
        self.moveCursor(QTextCursor.MoveOperation.Start)
        return self.find(words)


class Headings(QSyntaxHighlighter):
    """Sets off the headings of a page: its first line, and lines in capitals."""

    def highlightBlock(self, text: str) -> None:
        if not self.currentBlock().blockNumber() or text.isupper():
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, len(text), bold)


class HelpDialog(QDialog):
    """The pages on the left, one of them on the right. Stays open beside the window."""

    def __init__(
        self,
        pages: abc.Sequence[HelpPage],
        screen: str,
        *,
        keys: abc.Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        give_room(self, 820, 600)
        self._pages = tuple(pages)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Find in help"))
        self.words.setAccessibleName(tr("Find in help"))
        clearable(self.words)
        self.words.textChanged.connect(lambda _text: self._show_list())
        self.words.returnPressed.connect(self.find_next)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pages"))
        sized(self.list, lambda px: self.list.setFixedWidth(px(200)))
        self.list.setSpacing(3)
        self.list.itemSelectionChanged.connect(self._show_page)
        self.text = Reader(tr("Page"))
        self._headings = Headings(self.text.document())
        self._none = PlainLabel(tr("No page holds these words."), role="muted")
        self._keys = Button(tr("Keys…"), picture="info", call=keys)
        self.in_english = PlainLabel(tr("This page is not translated yet."), role="caption")
        self.in_english.hide()
        feet = row(self._keys, self.in_english, None, Button(tr("Close"), call=self.accept), gap=2)
        sides = row(gap=3)
        sides.addLayout(column(self.list, gap=0))
        sides.addWidget(self.text, 1)
        body = column(self.words, self._none, gap=2, margin=4)
        body.addLayout(sides)
        body.addLayout(feet)
        self.setLayout(body)
        self._show_list()
        self.show_screen(screen)

    def show_screen(self, screen: str) -> None:
        """Open the page about a screen."""
        self.words.clear()
        self.list.setCurrentRow(self._pages.index(page_for(screen, self._pages)))
        self.text.setFocus()

    @property
    def page(self) -> HelpPage | None:
        """The page that is open."""
        chosen = self.list.selectedItems()
        names = [item.data(Qt.ItemDataRole.UserRole) for item in chosen]
        return next((page for page in self._pages if page.name in names), None)

    def find_next(self) -> None:
        """Go to the next place of the words on this page."""
        self.text.find_next(self.words.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F3:
            self.find_next()
        else:
            super().keyPressEvent(event)

    def _show_list(self) -> None:
        words = self.words.text()
        found = [page for page in self._pages if page.holds(words)]
        self._none.setVisible(not found)
        before = self.page
        self.list.clear()
        for page in found:
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(found.index(before) if before in found else 0)
        else:
            self.text.clear()

    def _show_page(self) -> None:
        page = self.page
        if page is not None:
            self.text.setPlainText(f"{page.title}\n\n{page.text}")
            self.in_english.setHidden(page.language == spoken().language)
            self.find_next()


class AboutDialog(QDialog):
    """Who made this, under which terms, and whose work it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Writeback"))
        give_room(self, 720, 520)
        head = PlainLabel(tr("Writeback {version}", version=writeback.__version__), role="title")
        what = PlainLabel(
            tr(
                "Brings customer data edited outside the CRM back into the CRM.\n"
                "Apache-2.0. Not affiliated with Salesforce, HubSpot, Microsoft, Zoho or Totango."
            ),
            wraps=True,
        )
        qt = PlainLabel(
            tr("Qt and PySide6 are used under the LGPL-3; their libraries lie apart and may be replaced."),
            role="muted",
            wraps=True,
        )
        self.licences = Reader(tr("Licences of what Writeback uses"))
        self.licences.setPlainText(tr("The licences are being read…"))
        body = column(head, what, qt, gap=2, margin=5)
        body.addWidget(PlainLabel(tr("Licences of what Writeback uses"), role="heading"))
        body.addWidget(self.licences, 1)
        body.addLayout(row(None, Button(tr("Close"), call=self.accept)))
        self.setLayout(body)
        self.licences.setFocus()

    def show_licences(self, text: str) -> None:
        """Show the notices."""
        self.licences.setPlainText(text)
