"""Rows that were not written as a grid: the refused cell is marked, each wished cell can be typed anew."""

from collections import abc
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from writeback.gui.i18n import NOT_SET, number
from writeback.gui.models.jobs import OUTCOME_TEXTS, OUTCOME_TONES, said
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.theming.roles import DRESS_ROLE, LOCK_ROLE, MARKS, STATE_ROLE, Dress
from writeback.gui.translating import tr
from writeback.runtime.job_views import FailedCell, FailedRow

Index = QModelIndex | QPersistentModelIndex
FIRST = 3
"""The column of the job's first field: the row's number, its record and its end come before."""
Fix = tuple[int, str, str | None]


class FixModel(ListModel[FailedRow]):
    """Failed rows with what was typed over them; what is typed stays when the rows are read anew.

    Signals:
        fixed: Something was typed, or taken back.
    """

    fixed = Signal()

    def __init__(self) -> None:
        super().__init__(())
        self._typed: dict[tuple[int, str], str] = {}
        self._paths: tuple[str, ...] = ()

    def show_failed(self, rows: abc.Sequence[FailedRow]) -> None:
        """Show these rows, with a column for each field of their job."""
        self.beginResetModel()
        self._paths = tuple(cell.path for cell in rows[0].cells) if rows else ()
        self.specs = (
            Spec(tr("Row"), lambda row: number(row.seq), is_number=True, width=64),
            Spec(tr("Record"), lambda row: row.record, tip=lambda row: row.record_id, width=180),
            Spec(
                tr("Outcome"),
                lambda row: OUTCOME_TEXTS.get(row.outcome, row.outcome),
                chip=lambda row: OUTCOME_TONES.get(row.outcome, "muted"),
                width=104,
            ),
            *(
                Spec(path, partial(self._text, place=place), width=150)
                for place, path in enumerate(self._paths)
            ),
            Spec(tr("Why"), _why, tip=_why, width=320),
        )
        self._rows = tuple(rows)
        self.endResetModel()

    def forget(self) -> None:
        """Take back everything that was typed."""
        self._typed.clear()
        self.show_failed(self._rows)
        self.fixed.emit()

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """What was typed: row, field path, text (None clears)."""
        known = {row.seq for row in self._rows}
        return tuple((seq, path, text or None) for (seq, path), text in self._typed.items() if seq in known)

    def cell_at(self, index: Index) -> tuple[FailedRow, FailedCell] | None:
        """Give the row and the field of a cell; None beside the fields."""
        row = self.row_at(index.row()) if index.isValid() else None
        place = index.column() - FIRST
        if row is None or not 0 <= place < len(row.cells):
            return None
        return row, row.cells[place]

    def next_refused(self, start: Index) -> QModelIndex:
        """Give the next marked cell that nobody typed anything in; the first one after the last."""
        count = self.rowCount()
        for step in range(1, count + 1):
            place = (start.row() + step) % count if start.isValid() else step - 1
            row = self._rows[place]
            for at, cell in enumerate(row.cells):
                if cell.is_refused and (row.seq, cell.path) not in self._typed:
                    return self.index(place, FIRST + at)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._is_open(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        found = self.cell_at(index)
        if found is None:
            return super().data(index, role)
        row, cell = found
        state, text = self._state(row, cell), self._text(row, place=index.column() - FIRST)
        answers: dict[int, abc.Callable[[], object]] = {
            Qt.ItemDataRole.EditRole: lambda: self._typed.get((row.seq, cell.path), cell.new),
            Qt.ItemDataRole.AccessibleTextRole: lambda: f"{text}, {MARKS[state][2]}" if state else text,
            Qt.ItemDataRole.AccessibleDescriptionRole: lambda: (
                _lock(cell) or tr("In the CRM: {value}", value=cell.old or tr(NOT_SET))
            ),
            LOCK_ROLE: lambda: _lock(cell),
            STATE_ROLE: lambda: state,
            DRESS_ROLE: lambda: Dress(
                text=text, state=state, tone="" if cell.is_wished and not cell.is_locked else "muted"
            ),
        }
        return answers[role]() if role in answers else super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        found = self.cell_at(index)
        if found is None or role != Qt.ItemDataRole.EditRole or not self._is_open(index):
            return False
        row, cell = found
        text = str(value).strip()
        if text == cell.new:
            self._typed.pop((row.seq, cell.path), None)
        else:
            self._typed[row.seq, cell.path] = text
        self.dataChanged.emit(index, index)
        self.fixed.emit()
        return True

    def _is_open(self, index: Index) -> bool:
        found = self.cell_at(index)
        return found is not None and not _lock(found[1])

    def _state(self, row: FailedRow, cell: FailedCell) -> str:
        if (row.seq, cell.path) in self._typed:
            return "draft"
        return "refused" if cell.is_refused else ""

    def _text(self, row: FailedRow, *, place: int) -> str:
        cell = row.cells[place]
        typed = self._typed.get((row.seq, cell.path))
        if typed is not None:
            return typed or tr("clear")
        if not cell.is_wished:
            return ""
        return cell.new or (tr("(could not be read)") if cell.is_refused else tr("clear"))


def _lock(cell: FailedCell) -> str:
    if cell.is_locked:
        return tr("This is a field of the record it points at; edit it there.")
    return "" if cell.is_wished else tr("This row does not touch the field.")


def _why(row: FailedRow) -> str:
    return row.message or said(row.code, row.facts)
