"""Whether a file makes records: update only, unless somebody chooses otherwise and the key allows it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.field_boxes import chosen
from writeback.gui.widgets.flows import Beside
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.creating import Creating
from writeback.runtime.facade.files import CreateKeys
from writeback.runtime.sentences import Sentence, sentence_of
from writeback.sdk.values import ObjectDescription

CHOICES = Words(
    {
        Creating.NEVER: mark("Update only"),
        Creating.MISSING: mark("Update and create the missing ones"),
        Creating.ONLY: mark("Only create new ones"),
    }
)
MEANS = Words(
    {
        Creating.NEVER: mark("Records are found and changed. A key that finds nobody blocks its row."),
        Creating.MISSING: mark(
            "Records that are found are changed; for a key that finds nobody a new record is created."
        ),
        Creating.ONLY: mark("New records are created. A key that finds somebody blocks its row."),
    }
)


class FileCreating(QWidget):
    """The choice beneath the key.

    Signals:
        changed: Another choice was made.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Records"))
        for one in Creating:
            self.box.addItem(CHOICES[one], one.value)
        self.box.activated.connect(self._choose)
        self.words = PlainLabel(role="muted", wraps=True)
        label = PlainLabel(tr("Records"), role="muted")
        label.setBuddy(self.box)
        self.setLayout(column(Beside(row(label, self.box, None, gap=2), self.words, stretch=1)))
        self._keys = CreateKeys()
        self._where = ("", "")
        self._key = self._id = ""
        self.show_key("")

    @property
    def value(self) -> Creating:
        """What is chosen, as far as it can be."""
        return Creating(chosen(self.box)) if self.box.isEnabled() else Creating.NEVER

    def choose(self, value: Creating) -> None:
        """Choose, without telling anybody."""
        self.box.setCurrentIndex(self.box.findData(value.value))
        self._say()

    def offer(self, keys: CreateKeys, connection: str, description: ObjectDescription) -> None:
        """Take by which fields the CRM creates records of an object, or why it does not."""
        self._keys, self._where = keys, (connection, description.label)
        self._id = description.key_field
        self.show_key(self._key)

    def show_key(self, key: str) -> None:
        """Take the field that finds the records: only by one that the CRM keeps unique are any created."""
        self._key = key
        told = self._reason()
        reason = "" if told is None else one_line(f"{told.happened} {told.advice}", 300)
        gate(self.box, reason)
        self._say()

    def _choose(self, _at: int) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        told = self._reason()
        self.words.set_text(MEANS[self.value] if told is None else one_line(told.happened, 300))

    def _reason(self) -> Sentence | None:
        """Say why nothing but updates can be chosen; None where more can."""
        code, facts = self._keys.code, {"connection": self._where[0], "object": self._where[1]}
        if not code and self._key.casefold() not in {one.casefold() for one in self._keys.keys}:
            is_id = self._key.casefold() == self._id.casefold()
            code = "create.by_id" if is_id else "create.not_by_key"
            facts |= {"key": self._key, "keys": ", ".join(self._keys.keys)}
        return sentence_of(code, facts) if code else None
