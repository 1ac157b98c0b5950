"""Column widths: as wide as a designer said, narrower or wider by what stands in the first rows.

Nothing is cut in one column while another is empty; a width that a person pulled stays as it is.

Must not: read more than the first rows, measure what is not seen.
"""

from collections import abc
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTableView, QWidget

from writeback.gui.theming.current import sized, theming
from writeback.gui.theming.roles import DRESS_ROLE, MARKS, Dress
from writeback.gui.widgets.text import one_line

PAD: Final = 10
MARK: Final = 14
GAP: Final = 6
CHIP_PAD: Final = 14
FIRST_ROWS: Final = 24
_LEAST = 0.7
"""Below this share of its width a column is no use; the table scrolls instead."""
_MOST = 1.8
"""So many times its width a column asks for, however long its values are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one column can do with: useful from `least`, its first values whole from `need`, as designed."""

    least: int
    need: int
    designed: int
    whole: int
    """So wide that its longest value of the first rows is whole."""


def share_out(wishes: abc.Sequence[Wish], room: int) -> list[int]:
    """Share the room of a table among its columns.

    Args:
        wishes: What each column can do with.
        room: How much there is.

    Returns:
        The widths. They are more than the room where not even the least fit: the table scrolls.
    """
    least, need = [one.least for one in wishes], [one.need for one in wishes]
    designed = [max(one.need, one.designed) for one in wishes]
    whole = [max(one.whole, most) for one, most in zip(wishes, designed, strict=True)]
    if sum(least) > room:
        return [max(one.least, min(one.need, one.designed)) for one in wishes]
    if sum(need) > room:
        return _levelled(wishes, room)
    for lower, upper in pairwise((need, designed, whole)):
        if sum(upper) > room:
            return _between(lower, upper, room)
    return whole


def _levelled(wishes: abc.Sequence[Wish], room: int) -> list[int]:
    """Let each have the same share of what it was designed with; what needs less stays whole."""

    def widths(thousandths: int) -> list[int]:
        return [max(one.least, min(one.need, one.designed * thousandths // 1000)) for one in wishes]

    low, high = 0, round(_MOST * 1000)
    while low < high:
        level = (low + high + 1) // 2
        low, high = (level, high) if sum(widths(level)) <= room else (low, level - 1)
    return widths(low)


def _between(lower: abc.Sequence[int], upper: abc.Sequence[int], room: int) -> list[int]:
    share = (room - sum(lower)) / max(sum(upper) - sum(lower), 1)
    return [low + int((high - low) * share) for low, high in zip(lower, upper, strict=True)]


class FittedTable(QTableView):
    """A table that shares its width among its columns, now and whenever the width or the rows change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: tuple[int, ...] = ()
        self._whole: frozenset[int] = frozenset()
        self._spare: tuple[int, ...] = ()
        self._without: frozenset[int] = frozenset()
        self._found: list[int] = []
        """By column how wide its widest value was so far: a table does not breathe while a job runs."""
        self._pulled: dict[int, int] = {}
        self._is_fitting = False
        self._is_stale = True
        self.horizontalHeader().sectionResized.connect(self._note_pull)

    def watch_size(self) -> None:
        """Follow the size of text, once everything is built."""
        sized(self, self._set_height)

    def _set_height(self, px: abc.Callable[[int], int]) -> None:
        self.verticalHeader().setDefaultSectionSize(theming().theme.row)
        self.horizontalHeader().setMinimumHeight(px(32))
        if self._widths:
            self._found = []
            self._look()

    def dress(
        self, model: QAbstractItemModel, widths: abc.Sequence[int], *, spare: abc.Sequence[int] = ()
    ) -> None:
        """Show a model with these column widths at 100 %.

        `spare` columns are left out, in this order, as long as the rest would need a scroll bar.
        """
        self._spare = tuple(spare)
        self.setModel(model)
        specs = getattr(model, "specs", ())
        self._whole = frozenset(place for place, spec in enumerate(specs) if spec.chip is not None)
        self._found, self._pulled = [], {}
        model.modelReset.connect(self._look)
        model.dataChanged.connect(lambda *_what: self._look())
        self.fit(widths)

    def leave_out(self, *places: int) -> None:
        """Leave columns out that would tell the same in every row; none brings them all back."""
        if frozenset(places) != self._without:
            self._without = frozenset(places)
            self.fit(self._widths)

    def fit(self, widths: abc.Sequence[int]) -> None:
        """Give the columns these widths, and of what is too much or too little what is fair."""
        self._widths = tuple(widths)
        wishes = [self._wish(place, theming().theme.px(width)) for place, width in enumerate(widths)]
        room = self.viewport().width()
        hidden = self._left_out(wishes, room)
        shown = [place for place in range(len(wishes)) if place not in hidden]
        last = shown[-1]
        wishes[last] = self._wish(last, theming().theme.px(widths[last]), is_last=True)
        self._is_fitting = True
        for place in hidden:
            self.setColumnHidden(place, True)  # noqa: FBT003  Qt's signature
        for place, width in zip(shown, share_out([wishes[one] for one in shown], room), strict=True):
            self.setColumnHidden(place, False)  # noqa: FBT003
            self.setColumnWidth(place, width)
        self._is_fitting = False

    def _wish(self, place: int, designed: int, *, is_last: bool = False) -> Wish:
        """Say what a column can do with. Its title stays whole, a chip too; the last takes what is left."""
        title = (
            self.horizontalHeader().sectionSizeFromContents(place).width() if self.model() is not None else 0
        )
        if pulled := self._pulled.get(place):
            return Wish(pulled, pulled, pulled, pulled)
        found = self._found[place] if place < len(self._found) else 0
        need = max(title, min(found, round(designed * _MOST)))
        least = max(title, min(need, designed // 2 if is_last else round(designed * _LEAST)))
        if place in self._whole:
            least = need = max(need, round(designed * _LEAST))
        return Wish(least, need, max(title, designed), max(title, found))

    def _left_out(self, wishes: abc.Sequence[Wish], room: int) -> frozenset[int]:
        """Choose the spare columns that there is no room for."""
        hidden = list(self._without)
        for place in self._spare:
            if sum(one.least for at, one in enumerate(wishes) if at not in hidden) > room:
                hidden.append(place)
        return frozenset(hidden)

    def _look(self) -> None:
        """The rows are others: share the width out anew; while nobody sees it, later."""
        self._is_stale = True
        if self.isVisible() and self._widths:
            self._is_stale = False
            if self._measure():
                self.fit(self._widths)

    def _measure(self) -> bool:
        """Look at the first rows; gives whether a column needs more than was known."""
        model = self.model()
        rows = min(model.rowCount(), FIRST_ROWS)
        if not rows or model.columnCount() != len(self._widths):
            return False
        plain = self.fontMetrics()
        small = QFont(self.font())
        small.setPointSizeF(theming().theme.sizes["caption"])
        small.setWeight(QFont.Weight.DemiBold)
        chip = QFontMetrics(small)
        found = [0] * len(self._widths)
        for place in range(len(found)):
            for row in range(rows):
                index = model.index(row, place)
                dress = index.data(DRESS_ROLE) or Dress(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
                found[place] = max(found[place], _wide(dress, plain, chip))
        before = self._found or [-1] * len(found)
        self._found = [max(one, other) for one, other in zip(before, found, strict=True)]
        return self._found != before

    def _note_pull(self, place: int, before: int, now: int) -> None:
        """A person pulled at the edge of a column: it keeps that width."""
        is_pulled = bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)
        is_last = place == len(self._widths) - 1
        if self._widths and is_pulled and before and now and not is_last and not self._is_fitting:
            self._pulled[place] = now

    def sizeHint(self) -> QSize:
        """Ask for no more height than what was said to be the least: it stretches where there is room."""
        hint, least = super().sizeHint(), self.minimumHeight()
        return QSize(hint.width(), least) if least else hint

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._widths and event.oldSize().width() != event.size().width():
            self.fit(self._widths)


def _wide(dress: Dress, plain: QFontMetrics, chip: QFontMetrics) -> int:
    """Measure a cell as the painter draws it."""
    text, px = one_line(dress.text), theming().theme.px
    if dress.chip:
        return chip.horizontalAdvance(text) + CHIP_PAD + 2 * px(PAD)
    mark = px(MARK)
    wide = plain.horizontalAdvance(text) + 2 * px(PAD) + 2 if text else 0
    wide += mark + GAP if dress.picture else 0
    return wide + (mark + GAP if dress.state in MARKS else 0)
