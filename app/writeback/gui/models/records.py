"""The grid of records: a window on SQL, marks of pending edits, and the overlay of what is being saved.

An edit shows at once from the overlay `(record, attribute) → text`; it is laid aside when the
journal has caught up with the answer. Sorting, paging and refreshing never touch the overlay.
"""

from collections import abc
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from writeback.gui.i18n import NOT_SET, shown
from writeback.gui.models.record_window import RecordWindow
from writeback.gui.models.tables import Index, Spec, alignment
from writeback.gui.theming.roles import (
    COPY_ROLE,
    DRESS_ROLE,
    KIND_ROLE,
    LOCK_ROLE,
    MARKS,
    OPTIONS_ROLE,
    PICTURE_ROLE,
    STATE_ROLE,
    STRUCK_ROLE,
    TONE_ROLE,
    Dress,
)
from writeback.gui.translating import tr
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value
from writeback.planning.coercing import text_of
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView, GridRow, Mark

SOUGHT_MOST = 2_000
"""So many rows are looked through for words; those that the filter shows hold them, mostly."""
NUMBERS = DECIMAL_TYPES | INTEGER_TYPES
_LABELLED = frozenset({AttributeType.LIST, AttributeType.LIFECYCLE, AttributeType.USER_REF})
_WIDTHS = {
    AttributeType.BOOLEAN: 96,
    AttributeType.INTEGER: 110,
    AttributeType.NUMBER: 120,
    AttributeType.CURRENCY: 150,
    AttributeType.DATE: 126,
    AttributeType.LONG_TEXT: 280,
    AttributeType.USER_REF: 190,
    AttributeType.URL: 220,
    AttributeType.EMAIL: 200,
}


class RecordsModel(RecordWindow):
    """The grid's rows.

    Signals:
        edited: A person changed a value; carries record, attribute, text (None: clear).
    """

    edited = Signal(str, str, object)

    def __init__(self, views: abc.Sequence[AttributeView] = (), parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self.views: tuple[AttributeView, ...] = ()
        self._overlay: dict[tuple[str, str], str | None] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self.show_attributes(views)

    def show_attributes(self, views: abc.Sequence[AttributeView]) -> None:
        """Show these attributes as columns."""
        if tuple(views) == self.views:
            return
        self.beginResetModel()
        self.views = tuple(views)
        self._labels = {
            view.attribute.name: {option.value: option.label for option in view.attribute.options}
            for view in views
        }
        self.specs = tuple(self._spec(place, view) for place, view in enumerate(views))
        self.endResetModel()

    # the overlay

    def lay_over(self, record: str, attribute: str, text: str | None) -> None:
        """Show a value that is being saved; `repaint` afterwards."""
        self._overlay[record, attribute] = text

    def lay_aside(self, edits: abc.Iterable[tuple[str, str]]) -> None:
        """The journal caught up with these edits: show what the workspace says."""
        for key in edits:
            self._overlay.pop(key, None)
        self.forget_blocks()

    @property
    def unsaved(self) -> int:
        """How many edits wait for their answer."""
        return len(self._overlay)

    # what a cell says

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        view = self.views[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(is_number=view.attribute.kind in NUMBERS)
        if role == KIND_ROLE:
            return view.attribute.kind
        if role == OPTIONS_ROLE:
            return view.attribute.options
        row = self.row_at(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return (
            self._dressed(row, index.column())
            if role == DRESS_ROLE
            else self._cell(row, index.column(), role)
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.views[index.column()].lock is None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.EditRole or self.views[index.column()].lock is not None:
            return False
        name = self.views[index.column()].attribute.name
        text = None if value is None or value == "" else str(value)
        if text == self._edit_text(row, index.column()) and not self._is_held(row, index.column()):
            return False
        self.edited.emit(row.rid, name, text)
        return True

    def mark_at(self, index: Index) -> Mark | None:
        """Give the mark of a cell."""
        row = self.row_at(index.row()) if index.isValid() else None
        return None if row is None else row.mark_of(self.views[index.column()].attribute.name)

    def state_of(self, row: GridRow, column: int) -> str:
        """Give the state of a value: '' is confirmed."""
        name = self.views[column].attribute.name
        if (row.rid, name) in self._overlay:
            return "saving"
        mark = row.mark_of(name)
        return mark.state if mark is not None else ""

    def next_marked(self, start: Index, *, step: int) -> QModelIndex:
        """Find the next draft, refused value or conflict (F7), however far away."""
        row, column = (start.row(), start.column()) if start.isValid() else (0, -1)
        found = self._marked_in(row, range(column + step, self.columnCount() if step > 0 else -1, step))
        while not found.isValid() and self.window is not None:
            beyond = self.window.next_marked(row, step=step)
            if beyond is None:
                break
            row, columns = beyond, range(self.columnCount())
            found = self._marked_in(row, columns if step > 0 else reversed(columns))
        return found

    def next_holding(self, start: Index, words: str, *, step: int) -> QModelIndex:
        """Find the next cell that shows some words, whatever their case, round and round (F3)."""
        wanted, rows, columns = words.casefold(), self.rowCount(), self.columnCount()
        if not wanted or not rows:
            return QModelIndex()
        row, column = (start.row(), start.column()) if start.isValid() else (0, -1 if step > 0 else columns)
        within = range(column + step, columns if step > 0 else -1, step)
        for _ in range(min(rows, SOUGHT_MOST) + 1):
            shown = self.row_at(row)
            held = (at for at in within if shown and wanted in self._shown(shown, at).casefold())
            if (at := next(held, None)) is not None:
                return self.index(row, at)
            row = (row + step) % rows
            within = range(columns) if step > 0 else range(columns - 1, -1, -1)
        return QModelIndex()

    def _marked_in(self, row: int, columns: abc.Iterable[int]) -> QModelIndex:
        shown = self.row_at(row)
        marked = (at for at in columns if shown is not None and self.state_of(shown, at))
        at = next(marked, None)
        return QModelIndex() if at is None else self.index(row, at)

    def _spec(self, place: int, view: AttributeView) -> Spec[GridRow]:
        kind = view.attribute.kind
        return Spec(
            view.attribute.title,
            lambda row: self._shown(row, place),
            is_number=kind in NUMBERS,
            width=_WIDTHS.get(kind, 150) if place else 220,
        )

    def _dressed(self, row: GridRow, column: int) -> Dress:
        state, has_left = self.state_of(row, column), self.has_left(row.rid)
        return Dress(
            text=self._shown(row, column),
            align=alignment(is_number=self.views[column].attribute.kind in NUMBERS),
            state=state,
            tone="muted" if state == "saving" or has_left else "",
            picture="filter" if has_left and not column else "",
            struck=bool(state) and self._clears(row, column),
            chosen=self.is_chosen(row.rid),
        )

    def _cell(self, row: GridRow, column: int, role: int) -> Any:  # noqa: ANN401
        state = self.state_of(row, column)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(row, column)
            case Qt.ItemDataRole.EditRole:
                return self._edit_text(row, column)
            case _ if role == COPY_ROLE:
                return self._copy_text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                word = MARKS[state][2] if state else ""
                mark = row.mark_of(self.views[column].attribute.name)
                split = (
                    tr("{written} of {targets} written", written=mark.written, targets=len(mark.targets))
                    if mark and mark.targets
                    else ""
                )
                left = tr("matches the filter no longer") if self.has_left(row.rid) else ""
                return ", ".join(
                    part for part in (self._shown(row, column) or tr(NOT_SET), word, split, left) if part
                )
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._held_text(row, column) or self._lock_text(column)
            case _:
                return self._dress(row, column, state, role)

    def _dress(self, row: GridRow, column: int, state: str, role: int) -> object:
        told: dict[int, object] = {
            STATE_ROLE: state,
            LOCK_ROLE: self._lock_text(column),
            TONE_ROLE: "muted" if state == "saving" else "",
            PICTURE_ROLE: "",
            STRUCK_ROLE: bool(state) and self._clears(row, column),
        }
        return told.get(role)

    def _clears(self, row: GridRow, column: int) -> bool:
        name = self.views[column].attribute.name
        if (row.rid, name) in self._overlay:
            return self._overlay[row.rid, name] is None
        mark = row.mark_of(name)
        return mark is not None and mark.new is None and mark.state != "held"

    def _is_held(self, row: GridRow, column: int) -> bool:
        mark = row.mark_of(self.views[column].attribute.name)
        return mark is not None and mark.state == "held"

    def _value(self, row: GridRow, column: int) -> Value:
        mark = row.mark_of(self.views[column].attribute.name)
        return row.values[column] if mark is None else mark.new

    def _shown(self, row: GridRow, column: int) -> str:
        attribute = self.views[column].attribute
        if self._clears(row, column):
            return shown(row.values[column], attribute.kind, self._labels[attribute.name])
        if (row.rid, attribute.name) in self._overlay:
            typed = self._overlay[row.rid, attribute.name] or ""
            return self._labels[attribute.name].get(typed, typed)
        if self._is_held(row, column):
            return str(self._value(row, column))[:512]
        return shown(self._value(row, column), attribute.kind, self._labels[attribute.name])[:512]

    def _edit_text(self, row: GridRow, column: int) -> str | None:
        attribute = self.views[column].attribute
        if (row.rid, attribute.name) in self._overlay:
            return self._overlay[row.rid, attribute.name]
        return text_of(self._value(row, column))

    def _copy_text(self, row: GridRow, column: int) -> str:
        """Numbers, dates and lists as they are read back; a choice as people read it."""
        if self._clears(row, column):
            return ""
        kind = self.views[column].attribute.kind
        return self._shown(row, column) if kind in _LABELLED else self._edit_text(row, column) or ""

    def _held_text(self, row: GridRow, column: int) -> str:
        mark = row.mark_of(self.views[column].attribute.name)
        if mark is None or mark.state != "held":
            return ""
        return sentence_of(mark.code, dict(mark.facts)).happened

    def _lock_text(self, column: int) -> str:
        lock = self.views[column].lock
        return "" if lock is None else sentence_of(lock.code, dict(lock.facts)).happened
