"""Find a record by part of its name: a line that offers the records it could mean."""

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.runtime.naming import NamedRecord
from writeback.runtime.reading import Reading

HITS = 12


class RecordFinder(QLineEdit):
    """The line. Each entry of its list names one record; namesakes are told apart by their id.

    Signals:
        found: A record was chosen, or none is any more; carries a `NamedRecord` or None.
    """

    found = Signal(object)

    def __init__(self, desk: Desk, *, entity: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._entity = desk, entity
        self.hits: tuple[NamedRecord, ...] = ()
        self.record: NamedRecord | None = None
        """The chosen one."""
        self._labels: list[str] = []
        self.setPlaceholderText(tr("Part of the record's name"))
        self._titles = QStringListModel(self)
        completer = QCompleter(self._titles, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        completer.activated.connect(lambda _text: self._choose_named())
        self.editingFinished.connect(self._choose_named)
        self.textEdited.connect(self._search)

    def choose(self, place: int) -> None:
        """Choose one of the hits."""
        if 0 <= place < len(self.hits):
            self.record = self.hits[place]
            self.found.emit(self.record)

    def _search(self, words: str) -> None:
        self.record = None
        self.found.emit(None)
        entity = self._entity

        def read(reads: Reading) -> tuple[NamedRecord, ...]:
            hits = reads.records_named(words, HITS)
            return tuple(one for one in hits if not entity or one.entity == entity)

        self._desk.read(self, read, done=lambda hits: self._show_hits(hits, words))

    def _show_hits(self, hits: tuple[NamedRecord, ...], words: str) -> None:
        if self.text() != words:
            return  # somebody typed on
        self.hits = hits
        named = [one_line(one.title or one.rid) for one in hits]
        self._labels = [
            name if named.count(name) == 1 else tr("{name} · {id}", name=name, id=one.rid)
            for name, one in zip(named, hits, strict=True)
        ]
        self._titles.setStringList(self._labels)
        if len(hits) == 1 and named[0].casefold() == words.strip().casefold():
            self.choose(0)
        elif hits and self.hasFocus():
            self.completer().complete()

    def _choose_named(self) -> None:
        """Take the record whose line of the list stands there."""
        words = self.text().strip()
        if self.record is None and words in self._labels:
            self.choose(self._labels.index(words))
