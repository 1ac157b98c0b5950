"""Tables: a view with our keys and sizes, and the painter of cells with marks, chips and icons.

Never `selectAll`, never a resize to contents of the whole view: both walk every row.
"""

import unicodedata
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from writeback.gui.icons import pixmap
from writeback.gui.theming.current import sized, theming
from writeback.gui.theming.roles import COPY_ROLE, DRESS_ROLE, LOCK_ROLE, MARKS, Dress
from writeback.gui.widgets.fitting import CHIP_PAD, GAP, MARK, PAD, FittedTable
from writeback.gui.widgets.text import one_line, tip_text
from writeback.planning.blocks import write_block

Index = QModelIndex | QPersistentModelIndex


def option_facts(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Give place and state of a cell; the stubs do not know these public fields."""
    fields: Any = option
    return QRect(fields.rect), fields.state


class CellPainter(QStyledItemDelegate):
    """Paints a cell: text elided, its mark at the end, a chip where the model asks for one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theming().theme
        area, state = option_facts(option)
        dress = index.data(DRESS_ROLE) or Dress()
        is_chosen = dress.chosen or bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, theme.colour(self._ground(dress, is_chosen=is_chosen)))
        if dress.chip:
            self._paint_chip(painter, area, dress)
        else:
            self._paint_text(painter, area, dress)
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.colour("hairline"))
        if dress.state == "held":  # outlined: what is typed there is not saved as a value
            painter.setPen(QPen(theme.colour("refused"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(area).adjusted(2, 2, -2, -2))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)  # a chip left its own behind
            painter.drawRect(QRectF(area).adjusted(1, 1, -1, -1))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        del option
        told = index.data(LOCK_ROLE) or index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        told = told or index.data(Qt.ItemDataRole.DisplayRole) or ""
        QToolTip.showText(event.globalPos(), tip_text(str(told)), view)
        return True

    @staticmethod
    def _ground(dress: Dress, *, is_chosen: bool) -> str:
        if is_chosen:
            return "selection"
        mark = MARKS.get(dress.state)
        return "surface" if mark is None else {"queued": "accent_wash"}.get(mark[1], f"{mark[1]}_wash")

    @staticmethod
    def _paint_text(painter: QPainter, area: QRect, dress: Dress) -> None:
        current = theming()
        theme = current.theme
        pad = theme.px(PAD)
        inner = area.adjusted(pad, 0, -pad, 0)
        mark_side = theme.px(MARK)
        if dress.picture:
            ratio = painter.device().devicePixelRatio()
            drawn = pixmap(current.folder, dress.picture, theme.colour("muted"), size=mark_side, ratio=ratio)
            place = QRect(inner.left(), inner.center().y() - mark_side // 2, mark_side, mark_side)
            painter.drawPixmap(_seen(painter, area, place).topLeft(), drawn)
            inner.setLeft(inner.left() + mark_side + GAP)
        if mark := MARKS.get(dress.state):
            ratio = painter.device().devicePixelRatio()
            drawn = pixmap(current.folder, mark[0], theme.colour(mark[1]), size=mark_side, ratio=ratio)
            top = inner.center().y() - mark_side // 2
            place = QRect(inner.right() - mark_side + 2, top, mark_side, mark_side)
            painter.drawPixmap(_seen(painter, area, place).topLeft(), drawn)
            inner.setRight(inner.right() - mark_side - 4)
        if dress.struck:
            font = QFont(painter.font())
            font.setStrikeOut(True)
            painter.setFont(font)
        text = one_line(dress.text)
        tone = "refused" if dress.struck else "muted" if text.startswith("(") else dress.tone or "text"
        painter.setPen(theme.colour(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        flags = own_direction(painter, dress.align, text) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(_seen(painter, area, inner), flags, shown)

    @staticmethod
    def _paint_chip(painter: QPainter, area: QRect, dress: Dress) -> None:
        theme, tone = theming().theme, dress.chip
        font = QFont(painter.font())
        font.setPointSizeF(theme.sizes["caption"])
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad = theme.px(PAD)
        most = area.width() - 2 * pad
        shown = painter.fontMetrics().elidedText(one_line(dress.text), Qt.TextElideMode.ElideRight, most - 12)
        width = painter.fontMetrics().horizontalAdvance(shown) + CHIP_PAD
        high = min(theme.px(20), area.height() - 2)
        place = QRect(area.left() + pad - 2, area.center().y() - high // 2, width, high)
        box = QRectF(_seen(painter, area, place))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{tone}_wash"))
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        painter.setPen(theme.colour("text" if tone == "muted" else tone))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)


def own_direction(painter: QPainter, align: int, text: str) -> int:
    """Give the flags by which a value runs in its own direction where the window reads from the right.

    Without them its full stop, its sign and what was cut off would stand on the wrong side.
    """
    if painter.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return align
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    force = Qt.TextFlag.TextForceLeftToRight if strong == "L" else Qt.TextFlag.TextForceRightToLeft
    side = QStyle.visualAlignment(painter.layoutDirection(), Qt.AlignmentFlag(align))
    return side.value | Qt.AlignmentFlag.AlignAbsolute.value | force.value


def _seen(painter: QPainter, area: QRect, place: QRect) -> QRect:
    """Give where a place of a cell lies for the eye: on the other side where reading runs from the right."""
    return QStyle.visualRect(painter.layoutDirection(), area, place)


def opens_list(event: QKeyEvent) -> bool:
    """Say whether a key asks for what may be chosen: a list, a calendar, candidates."""
    return event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def lines_high(lines: int) -> int:
    """Give the height of a table with its head and so many lines, at the present size of text."""
    theme = theming().theme
    return theme.px(34) + lines * theme.row + 4


def keep_lines(table: QTableView, lines: int = 2) -> None:
    """Let no page press a table lower than its head and so many lines."""
    sized(table, lambda _px: table.setMinimumHeight(lines_high(lines)))


class Table(FittedTable):
    """A table with our keys.

    Signals:
        chosen: Enter or a double click on a row; carries its number.
        every_row_asked: Ctrl+A: all rows that match, as a predicate.
        emptied: Delete on a cell.
        toggled: Space or Ctrl and a click: a row shall belong to the selection, or no longer; carries it.
        pressed_at: A click begins another selection; carries the row.
        escaped: Esc, with no editor open.
        list_asked: Alt+Down on a cell: what it may be chosen from shall open.
    """

    chosen = Signal(int)
    toggled = Signal(int)
    pressed_at = Signal(int)
    escaped = Signal()
    list_asked = Signal()
    every_row_asked = Signal()
    emptied = Signal(QModelIndex)

    def __init__(self, name: str, *, by_row: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectRows if by_row else behaviour.SelectItems)
        self._by_row = by_row
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(16)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        self.watch_size()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        trigger = QAbstractItemView.EditTrigger  # F2 and Enter come from the action table and from `_enter`
        self.setEditTriggers(
            trigger.NoEditTriggers if by_row else trigger.DoubleClicked | trigger.AnyKeyPressed
        )
        self.doubleClicked.connect(self._double_clicked)

    def selectAll(self) -> None:
        self.every_row_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.every_row_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter()
        elif event.key() == Qt.Key.Key_Delete and not self._by_row:
            self.emptied.emit(self.currentIndex())
        elif opens_list(event) and not self._by_row:
            self.list_asked.emit()
        elif event.key() == Qt.Key.Key_Escape and not self._by_row:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Space and not self._by_row:
            self._choose_line(event.modifiers())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected block as text."""
        cells = sorted(
            (index for index in self.selectedIndexes()[:100_000]),
            key=lambda index: (index.row(), index.column()),
        )
        lines: dict[int, list[str]] = {}
        for index in cells:
            text = index.data(COPY_ROLE)
            lines.setdefault(index.row(), []).append(str(index.data() or "") if text is None else str(text))
        QGuiApplication.clipboard().setText(write_block(lines.values()))

    def ranges(self) -> list[QItemSelectionRange]:
        """Give the selected blocks; where nothing is selected, the current cell."""
        selection = self.selectionModel().selection()
        chosen = [one for one in map(selection.at, range(selection.size())) if one.isValid()]
        index = self.currentIndex()
        return chosen or ([QItemSelectionRange(index, index)] if index.isValid() else [])

    def _choose_line(self, keys: Qt.KeyboardModifier) -> None:
        """Ctrl+Space the column, Shift+Space the row, Space alone takes a row into the selection or out."""
        index, model = self.currentIndex(), self.model()
        if not index.isValid():
            return
        first, last = index, index
        if keys & Qt.KeyboardModifier.ControlModifier:
            first, last = model.index(0, index.column()), model.index(model.rowCount() - 1, index.column())
        elif keys & Qt.KeyboardModifier.ShiftModifier:
            first, last = model.index(index.row(), 0), model.index(index.row(), model.columnCount() - 1)
        else:
            self.toggled.emit(index.row())
            return
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(QItemSelection(first, last), flag)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not self._by_row and index.isValid():
            is_more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.toggled if is_more else self.pressed_at).emit(index.row())

    def follow(self, row: int, column: int) -> None:
        """Keep the cursor on a record that may stand elsewhere now; the selection stays where it can."""
        at = self.currentIndex()
        if (at.row(), at.column()) != (row, column):
            self.go_to(row, column)

    def go_to(self, row: int, column: int = 0) -> None:
        """Put the cursor on a cell."""
        model = self.model()
        if not 0 <= row < model.rowCount():
            return
        index = model.index(row, column)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        rows = (
            QItemSelectionModel.SelectionFlag.Rows
            if self._by_row
            else QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.selectionModel().setCurrentIndex(index, flag | rows)
        self.scrollTo(index)

    def _enter(self) -> None:
        index = self.currentIndex()
        # the Enter that ends an editor comes here too
        if not index.isValid() or self.state() is QAbstractItemView.State.EditingState:
            return
        if not self._by_row and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.chosen.emit(index.row())

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._by_row or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.chosen.emit(index.row())
