"""The CRM records behind a record: one line each, with its key, and the way to its page in the CRM."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from writeback.gui.dialogs.messages import Silence, ask
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import clear, column, row
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, tip
from writeback.runtime.record_pages import RecordPage
from writeback.runtime.views import LinkView


class Keys(QFrame):
    """A card of links.

    Signals:
        failed: A page could not be told; carries the `WritebackError`.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.setAccessibleName(tr("Records in the CRMs"))
        self._desk = desk
        self._links: tuple[LinkView, ...] = ()
        self.buttons: list[Button] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        body = column(PlainLabel(tr("In the CRMs"), role="heading"), gap=2, margin=(5, 4, 5, 4))
        body.addLayout(self._lines)
        self.setLayout(body)

    def show_links(self, links: tuple[LinkView, ...]) -> None:
        """Show these; the same ones keep the focus."""
        if links == self._links:
            return
        self._links = links
        clear(self._lines)
        self.buttons = []
        for link in links:
            name = ElidedLabel(link.connection, role="strong")
            key = ElidedLabel(f"{link.object} {link.key}", role="caption")
            tip(key, link.key)
            button = Button(tr("Open…"), kind="quiet", picture="browser", call=partial(self._ask, link))
            button.setAccessibleName(tr("Open the record in {connection}", connection=link.connection))
            head = row(gap=2)
            head.addWidget(name, 1)
            if link.is_gone:
                head.addWidget(Chip(tr("gone"), tone="refused", picture="refused"))
            head.addWidget(button)
            self.buttons.append(button)
            holder = QWidget()
            inner = column(gap=0)
            inner.addLayout(head)
            inner.addWidget(key)
            holder.setLayout(inner)
            self._lines.addWidget(holder)
        self.setVisible(bool(links))

    def _ask(self, link: LinkView) -> None:
        self._desk.read(
            self, lambda reads: reads.profiles.record_page(link), done=self._show, failed=self.failed.emit
        )

    def _show(self, page: RecordPage) -> None:
        """Say which host would be opened, and open it when a person wants that."""
        ask(
            self.window(),
            tr("Open {host} in the browser?", host=page.host),
            page.url,
            act=tr("Open {host}", host=page.host),
            call=partial(open_page, page),
            is_danger=False,
            silence=Silence(
                f"open:{page.host}", tr("Pages of {host} are opened in the browser.", host=page.host)
            ),
        )


def open_page(page: RecordPage) -> None:
    """Hand the page to the system's browser."""
    QDesktopServices.openUrl(page.url)
