"""Acts on many cells of a grid: paste a block, fill down, clear or leave unset. All become edits of one act.

Must not: save anything itself (`GridEdits` does), read a record's values off the event loop.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QItemSelectionRange, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.formats import Ask, FormatDialog
from writeback.gui.models.records import RecordsModel
from writeback.gui.translating import tr
from writeback.gui.widgets.tables import Table
from writeback.model.source_formats import SourceFormat
from writeback.model.types import RecordId
from writeback.planning.blocks import fitting_formats, parse_block, read_by
from writeback.runtime.facade import Edit
from writeback.runtime.views import AttributeView

MOST_CELLS: Final = 100_000
"""So many cells are edited one by one; beyond that *Bulk edit* is the way."""
Save = abc.Callable[[abc.Sequence[Edit], str], None]


@dataclass(frozen=True, slots=True)
class Pasting:
    """A block on its way: its cells by column, each with what it is read by."""

    rids: tuple[str, ...]
    views: tuple[AttributeView, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    """What did not fit or is locked."""


class GridCells:
    """The acts on the cells of one grid."""

    def __init__(
        self,
        table: Table,
        model: RecordsModel,
        *,
        save: Save,
        warn: abc.Callable[[str], None],
        clears: abc.Callable[[str], bool],
    ) -> None:
        """`clears` says whether a blank cell of a block clears an attribute; else it is left as it is."""
        self._table, self._model = table, model
        self._save, self._warn, self._clears = save, warn, clears

    # paste

    def paste(self, parent: QWidget) -> None:
        """Paste the clipboard's block at the current cell; one cell fills the whole selection."""
        rows = parse_block(QGuiApplication.clipboard().text())
        if not rows:
            self._warn(tr("The clipboard holds no text."))
            return
        ranges = self._table.ranges()
        if not ranges:
            return
        if len(rows) == 1 and len(rows[0]) == 1 and _cells(ranges) > 1:
            self._fill_with(rows[0][0], ranges, parent)
            return
        top = min(one.top() for one in ranges)
        left = min(one.left() for one in ranges)
        block = self._laid(rows, top, left)
        asks = self._asks(block)
        self._ask(block, asks, {}, parent)

    def _laid(self, rows: list[list[str]], top: int, left: int) -> Pasting:
        """Lay a block over the grid; what is beyond its edges is told and left out."""
        remarks = []
        rids = self._model.rids(top, min(len(rows), MOST_CELLS))
        if len(rows) > len(rids):
            remarks.append(tr("%n lines are below the last row and were left out.", len(rows) - len(rids)))
        width = max(len(row) for row in rows)
        views = self._model.views[left : left + width]
        if width > len(views):
            remarks.append(tr("%n columns are beyond the last one and were left out.", width - len(views)))
        locked = [one for one in views if one.lock is not None]
        if locked:
            names = ", ".join(one.attribute.title for one in locked)
            cells = len(locked) * len(rids)
            remarks.append(tr("%n cells are locked and were left out: {columns}.", cells, columns=names))
        return Pasting(rids, views, tuple(map(tuple, rows[: len(rids)])), tuple(remarks))

    def _asks(self, block: Pasting) -> list[tuple[int, Ask]]:
        found = []
        for place, view in enumerate(block.views):
            texts = tuple(row[place] for row in block.rows if place < len(row))
            forms = fitting_formats(texts, view.attribute.kind) if view.lock is None else (None,)
            if forms != (None,):
                found.append((place, Ask(view.attribute.title, view.attribute.kind, texts, forms)))
        return found

    def _ask(
        self,
        block: Pasting,
        asks: list[tuple[int, Ask]],
        known: dict[int, SourceFormat | None],
        parent: QWidget,
    ) -> None:
        """Ask for the format of one column after the other, then paste."""
        while asks and len(asks[0][1].forms) == 1:
            known[asks[0][0]] = asks[0][1].forms[0]
            asks = asks[1:]
        if not asks:
            self._apply(block, known)
            return
        ask = asks[0][1]

        def go_on(form: SourceFormat | None) -> None:
            same = {at: form for at, one in asks if one.kind is ask.kind and form in one.forms}
            left = [(at, one) for at, one in asks if at not in same]
            self._ask(block, left, {**known, **same}, parent)

        FormatDialog(ask, call=go_on, parent=parent).open()

    def _apply(self, block: Pasting, forms: abc.Mapping[int, SourceFormat | None]) -> None:
        edits, blanks = [], 0
        for at, view in enumerate(block.views):
            if view.lock is not None:
                continue
            form, name, kind = forms.get(at), view.attribute.name, view.attribute.kind
            for rid, row in zip(block.rids, block.rows, strict=True):
                if at < len(row) and (row[at].strip() or self._clears(name)):
                    edits.append(Edit(RecordId(rid), name, _typed(read_by(form, kind, row[at]))))
                else:
                    blanks += at < len(row)
        remarks = list(block.remarks)
        if blanks:
            remarks.append(tr("%n blank cells leave what is there; Delete clears.", blanks))
        if remarks:
            self._warn(" ".join(remarks))
        self._save(edits, tr("%n cells pasted.", len(edits)))

    # fill and clear

    def fill_down(self) -> None:
        """Give every selected cell the value of the topmost one in its column."""
        ranges = self._table.ranges()
        if not self._is_small(ranges):
            return
        edits = []
        for one in ranges:
            rids = self._model.rids(one.top(), one.bottom() - one.top() + 1)
            for at in range(one.left(), one.right() + 1):
                view = self._model.views[at]
                if view.lock is None:
                    text = self._model.index(one.top(), at).data(Qt.ItemDataRole.EditRole)
                    edits += [Edit(RecordId(rid), view.attribute.name, text) for rid in rids[1:]]
        if not edits:
            self._warn(tr("Select the cell to copy and those below it."))
        self._save(edits, tr("%n cells filled.", len(edits)))

    def clear(self, columns: abc.Collection[int]) -> None:
        """Wish the selected cells of these columns empty in the CRM."""
        edits = [
            Edit(RecordId(rid), self._model.views[at].attribute.name, None)
            for rid, at in self._chosen(columns)
        ]
        self._save(edits, tr("%n cells cleared.", len(edits)) if len(edits) > 1 else "")

    def records(self, column: int) -> tuple[RecordId, ...]:
        """Give the records of the selected cells of a column."""
        return tuple(RecordId(rid) for rid, _ in self._chosen((column,)))

    def columns(self) -> tuple[int, ...]:
        """Give the columns of the selected cells that may be edited."""
        found = {at for one in self._table.ranges() for at in range(one.left(), one.right() + 1)}
        return tuple(at for at in sorted(found) if self._model.views[at].lock is None)

    def _fill_with(self, text: str, ranges: list[QItemSelectionRange], parent: QWidget) -> None:
        if not self._is_small(ranges):
            return
        columns = self.columns()
        chosen = tuple(self._chosen(columns))
        asks: list[tuple[int, Ask]] = []
        known: dict[int, SourceFormat | None] = {}
        for at in columns:
            one = self._model.views[at].attribute
            forms = fitting_formats((text,), one.kind)
            known[at] = forms[0]
            if len(forms) > 1:
                asks.append((at, Ask(one.title, one.kind, (text,), forms)))
        if not asks:
            self._fill(text, chosen, known)
            return
        ask = asks[0][1]  # one text has one meaning: who says which says it for every column that it fits

        def go_on(form: SourceFormat | None) -> None:
            same = {at: form for at, one in asks if form in one.forms}
            self._fill(text, chosen, {**known, **same})

        FormatDialog(ask, call=go_on, parent=parent).open()

    def _fill(
        self, text: str, chosen: abc.Sequence[tuple[str, int]], forms: abc.Mapping[int, SourceFormat | None]
    ) -> None:
        edits = []
        for rid, at in chosen:
            one = self._model.views[at].attribute
            edits.append(Edit(RecordId(rid), one.name, _typed(read_by(forms[at], one.kind, text))))
        self._save(edits, tr("%n cells pasted.", len(edits)))

    def _chosen(self, columns: abc.Collection[int]) -> abc.Iterator[tuple[str, int]]:
        for one in self._table.ranges():
            rids = self._model.rids(one.top(), min(one.bottom() - one.top() + 1, MOST_CELLS))
            for at in range(one.left(), one.right() + 1):
                if at in columns:
                    yield from ((rid, at) for rid in rids)

    def _is_small(self, ranges: list[QItemSelectionRange]) -> bool:
        if _cells(ranges) <= MOST_CELLS:
            return True
        self._warn(tr("That is more than {most} cells: use Bulk edit.", most=f"{MOST_CELLS:,}"))
        return False


def _cells(ranges: abc.Iterable[QItemSelectionRange]) -> int:
    return sum((one.bottom() - one.top() + 1) * (one.right() - one.left() + 1) for one in ranges)


def _typed(text: str) -> str | None:
    """A blank text is the wish to clear."""
    return text if text.strip() else None
