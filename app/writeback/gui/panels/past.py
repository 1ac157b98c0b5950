"""The last changes of the value that the inspector shows, read once the cell stays chosen for a moment."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from writeback.gui.i18n import HISTORY_WORDS, NOT_SET, moment, shown
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.inspector import Inspector
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView

MOST: Final = 3
PATIENCE_MS: Final = 200
"""Who walks through cells with the arrow keys asks for nothing."""


class Past(QObject):
    """Fills the end of an inspector."""

    def __init__(self, desk: Desk, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._desk, self._inspector = desk, inspector
        self._wanted: tuple[str, AttributeView] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._read)

    def ask(self, rid: str, view: AttributeView) -> None:
        """Show the past of this value in a moment."""
        self._wanted = (rid, view)
        self._timer.start()

    def forget(self) -> None:
        """No value is shown."""
        self._wanted = None
        self._timer.stop()

    def _read(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        rid, name = wanted[0], wanted[1].attribute.name

        def read(reads: Reading) -> tuple[HistoryEntry, ...]:
            return reads.history(rid, attribute=name, limit=MOST)

        def show(entries: tuple[HistoryEntry, ...]) -> None:
            if self._wanted == wanted:
                self._inspector.show_past([self._words(entry, wanted[1]) for entry in entries])

        self._desk.read(self._inspector, read, done=show)

    def _words(self, entry: HistoryEntry, view: AttributeView) -> tuple[str, str]:
        labels = {option.value: option.label for option in view.attribute.options}
        old, new = (shown(value, view.attribute.kind, labels) for value in (entry.old, entry.new))
        by = tr(" by {author}", author=entry.author) if entry.author else ""
        when = moment(entry.at, now=self._desk.now())
        return f"{HISTORY_WORDS[entry.kind]} {when}{by}", f"{old or tr(NOT_SET)} → {new or tr(NOT_SET)}"
