"""Where a file goes: connection, object, key, and a saved mapping, in one line above the columns."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.field_boxes import from_start
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.file_mappings import SavedMapping
from writeback.runtime.views import ConnectionView
from writeback.sdk.values import ObjectDescription, ObjectInfo


class FileForm(QWidget):
    """The line above the columns.

    Signals:
        place_changed: Another connection was chosen.
        object_changed: Another object was chosen.
        key_changed: Another key was chosen.
        mapping_chosen: A saved mapping shall be used; carries it, or None.
        mapping_file_asked: The mapping shall be read from a file.
    """

    place_changed = Signal()
    object_changed = Signal()
    key_changed = Signal()
    mapping_chosen = Signal(object)
    mapping_file_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.connection = _box(tr("Connection"))
        self.object = _box(tr("Object"), is_editable=True)
        self.key = _box(tr("Key"), is_editable=True)
        self.saved = _box(tr("Mapping"))
        self._saved: tuple[SavedMapping, ...] = ()
        line = row(gap=3)
        for box in (self.connection, self.object, self.key, self.saved):
            label = PlainLabel(box.accessibleName(), role="muted")
            label.setBuddy(box)
            line.addLayout(column(label, box, gap=1), 1)
        self.setLayout(line)
        self.connection.activated.connect(lambda _at: self.place_changed.emit())
        self.object.activated.connect(lambda _at: self.object_changed.emit())
        self.key.activated.connect(lambda _at: self.key_changed.emit())
        self.saved.activated.connect(self._choose_mapping)

    def show_connections(self, views: abc.Iterable[ConnectionView], chosen: str) -> None:
        """Offer the connections."""
        _fill(self.connection, ((one_line(one.connection.name), str(one.connection.id)) for one in views))
        _choose(self.connection, chosen)

    def show_objects(self, objects: abc.Iterable[ObjectInfo], chosen: str) -> None:
        """Offer the objects whose records can be changed, by the names people know."""
        told = sorted((one for one in objects if one.updateable), key=lambda one: one.label.casefold())
        _fill(self.object, ((f"{one_line(one.label)} ({one.name})", one.name) for one in told))
        _choose(self.object, chosen)

    def show_keys(self, description: ObjectDescription, chosen: str) -> None:
        """Offer the fields that may find a record; the record's id and unique ones come first."""
        first = [one for one in description.fields if one.name == description.key_field or one.is_unique]
        rest = [one for one in description.fields if one not in first and one.kind is not None]
        every = (*first, *rest)
        _fill(self.key, ((f"{one_line(one.label or one.name)} ({one.name})", one.name) for one in every))
        _choose(self.key, chosen)

    def choose_key(self, path: str) -> None:
        """Choose a field that finds the records, or two with + between them."""
        _choose(self.key, path)

    def show_saved(self, mappings: abc.Iterable[SavedMapping]) -> None:
        """Offer saved mappings."""
        self._saved = tuple(mappings)
        kept = ((one_line(one.name), one.name) for one in self._saved)
        _fill(self.saved, [(tr("by the columns' names"), ""), *kept, (tr("from a file…"), "")])

    def _choose_mapping(self, at: int) -> None:
        if at > len(self._saved):
            self.saved.setCurrentIndex(0)
            self.mapping_file_asked.emit()
        else:
            self.mapping_chosen.emit(self._saved[at - 1] if at > 0 else None)


def _box(name: str, *, is_editable: bool = False) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setEditable(is_editable)
    from_start(box)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumWidth(120)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: QComboBox, items: abc.Iterable[tuple[str, object]]) -> None:
    box.clear()
    for words, value in items:
        box.addItem(words, value)


def _choose(box: QComboBox, value: str) -> None:
    at = box.findData(value)
    if at >= 0:
        box.setCurrentIndex(at)
    elif box.isEditable():
        box.setEditText(value)


def twice(paths: abc.Iterable[str]) -> str:
    """Give the first path that stands there twice; '' where none does."""
    seen: set[str] = set()
    for path in paths:
        if path.casefold() in seen:
            return path
        seen.add(path.casefold())
    return ""
