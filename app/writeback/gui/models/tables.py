"""Tables from column specifications: one base, rows from a list or from a window on SQL.

`data` returns ready text and never looks anything up but the block its row lies in.
"""

from collections import OrderedDict, abc
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from writeback.gui.theming.roles import CHIP_ROLE, DRESS_ROLE, PICTURE_ROLE, STRUCK_ROLE, TONE_ROLE, Dress
from writeback.gui.translating import tr

RowT = TypeVar("RowT")
RowT_co = TypeVar("RowT_co", covariant=True)
Index = QModelIndex | QPersistentModelIndex

BLOCK = 200
BLOCKS_KEPT = 50
CELL_MOST = 512


@dataclass(frozen=True, slots=True)
class Spec(Generic[RowT]):
    """One column: its title and how a row fills it."""

    title: str
    text: abc.Callable[[RowT], str]
    is_number: bool = False
    tone: abc.Callable[[RowT], str] | None = None
    picture: abc.Callable[[RowT], str] | None = None
    chip: abc.Callable[[RowT], str] | None = None
    tip: abc.Callable[[RowT], str] | None = None
    struck: abc.Callable[[RowT], bool] | None = None
    width: int = 140


def said(specs: abc.Iterable[Spec[RowT]]) -> tuple[Spec[RowT], ...]:
    """Say the titles of specifications that stand at module level; others are said where they are made."""
    return tuple(replace(spec, title=tr(spec.title)) for spec in specs)


class SpecModel(QAbstractTableModel, Generic[RowT]):
    """A read-only table of rows by column specifications."""

    def __init__(self, specs: abc.Sequence[Spec[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.specs = tuple(specs)

    def row_at(self, number: int) -> RowT | None:
        """Give one row."""
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.specs)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  Qt's variant
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(self.specs):
            return self.specs[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 <= section < len(self.specs):
            return alignment(is_number=self.specs[section].is_number)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        spec = self.specs[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(is_number=spec.is_number)
        row = self.row_at(index.row())
        return None if row is None else self.answer(spec, row, role)

    def answer(self, spec: Spec[RowT], row: RowT, role: int) -> Any:  # noqa: ANN401
        """Give what one cell says for one role."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spec.text(row)[:CELL_MOST]
        if role == DRESS_ROLE:
            return self.dress(spec, row)
        told = {
            TONE_ROLE: spec.tone,
            PICTURE_ROLE: spec.picture,
            CHIP_ROLE: spec.chip,
            STRUCK_ROLE: spec.struck,
            Qt.ItemDataRole.AccessibleDescriptionRole: spec.tip,
        }.get(role)
        return told(row) if told is not None else None

    @staticmethod
    def dress(spec: Spec[RowT], row: RowT) -> Dress:
        """Give all that the painter needs of one cell."""
        return Dress(
            text=spec.text(row)[:CELL_MOST],
            align=alignment(is_number=spec.is_number),
            tone=spec.tone(row) if spec.tone else "",
            picture=spec.picture(row) if spec.picture else "",
            chip=spec.chip(row) if spec.chip else "",
            struck=spec.struck(row) if spec.struck else False,
        )


class ListModel(SpecModel[RowT]):
    """A table of a short list."""

    def __init__(self, specs: abc.Sequence[Spec[RowT]], parent: QObject | None = None) -> None:
        super().__init__(specs, parent)
        self._rows: tuple[RowT, ...] = ()

    @property
    def rows(self) -> tuple[RowT, ...]:
        """All rows."""
        return self._rows

    def show_rows(self, rows: abc.Iterable[RowT]) -> None:
        """Show other rows; where their number is the same the view keeps its place."""
        fresh = tuple(rows)
        if len(fresh) == len(self._rows):
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.specs) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_at(self, number: int) -> RowT | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)


class Blocks(Protocol[RowT_co]):
    """A built window on SQL: its true row count and its blocks."""

    rows: int

    def block(self, number: int) -> abc.Sequence[RowT_co]:
        """Give at most 200 rows."""

    def close(self) -> None:
        """Give its connection back."""


_NOTHING: Final[abc.Mapping[int, Any]] = MappingProxyType({})


class BlockModel(SpecModel[RowT]):
    """A table of any size: true row count, blocks of 200 rows, the last 50 blocks kept."""

    def __init__(self, specs: abc.Sequence[Spec[RowT]], parent: QObject | None = None) -> None:
        super().__init__(specs, parent)
        self._source: Blocks[RowT] | None = None
        self._kept: OrderedDict[int, abc.Sequence[RowT]] = OrderedDict()

    def show_source(
        self, source: Blocks[RowT] | None, first: abc.Mapping[int, abc.Sequence[RowT]] = _NOTHING
    ) -> None:
        """Show another built window; the earlier one is closed. `first`: blocks of it read already."""
        self.beginResetModel()
        before, self._source = self._source, source
        self._keep(first)
        self.endResetModel()
        if before is not None and before is not source:
            before.close()

    def replace_source(
        self, source: Blocks[RowT], first: abc.Mapping[int, abc.Sequence[RowT]] = _NOTHING
    ) -> None:
        """Show a fresh window on the same thing; the view keeps its place when the count is the same."""
        if self._source is None or self._source.rows != source.rows:
            self.show_source(source, first)
            return
        before, self._source = self._source, source
        before.close()
        self.forget_blocks(first)

    def forget_blocks(self, first: abc.Mapping[int, abc.Sequence[RowT]] = _NOTHING) -> None:
        """Read what is on the screen again, but for what was read just now."""
        self._keep(first)
        rows = self.rowCount()
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(self.specs) - 1))

    def _keep(self, blocks: abc.Mapping[int, abc.Sequence[RowT]]) -> None:
        self._kept.clear()
        self._kept.update(blocks)

    def close(self) -> None:
        """Give the connection back."""
        self.show_source(None)

    def row_at(self, number: int) -> RowT | None:
        if self._source is None or not 0 <= number < self._source.rows:
            return None
        block = self._kept.get(number // BLOCK)
        if block is None:
            block = self._kept[number // BLOCK] = self._source.block(number // BLOCK)
            while len(self._kept) > BLOCKS_KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(number // BLOCK)
        place = number % BLOCK
        return block[place] if place < len(block) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._source is None else self._source.rows


def alignment(*, is_number: bool) -> int:
    """Give the alignment of a column: numbers stand right."""
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
