"""Make or change one part of a filter: a field, a comparison, a value. It becomes a part of the one text."""

from collections import abc
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.editors import Several
from writeback.gui.widgets.filter_chips import LINES
from writeback.gui.widgets.filter_lines import FieldList, FieldOption, LineRow
from writeback.gui.widgets.layouts import column, roomy, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model import filters
from writeback.model.segments import Comparison, Operator
from writeback.model.types import AttributeType
from writeback.planning.coercing import text_of
from writeback.planning.filtering import FilterLine, join_values, split_values, takes_none, takes_several
from writeback.planning.segment_writing import write_comparison

_BACK: Final[abc.Mapping[filters.Operator, Operator]] = {line: own for own, line in LINES.items()}
_MOMENTS: Final = frozenset({AttributeType.DATE, AttributeType.DATETIME})


class PartDialog(QDialog):
    """One line of a filter; `call` gets its text."""

    def __init__(
        self,
        fields: abc.Sequence[FieldOption],
        *,
        start: Comparison | None = None,
        field: str = "",
        call: abc.Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        """Offer `fields`; `start` is the part that is changed, `field` the one that is likely meant."""
        super().__init__(parent)
        self.setWindowTitle(tr("Filter"))
        self.setMinimumWidth(roomy(620))
        self._kinds = {one.path: one.kind for one in fields}
        self._fields = FieldList()
        self._fields.add(fields)
        self.line = LineRow(self._fields)
        self.line.dropped.connect(lambda _line: self.reject())
        self.go = Button(tr("Filter"), kind="primary", call=self.accept)
        box = column(PlainLabel(tr("Show only records where"), role="heading"), self.line, gap=4, margin=6)
        box.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.go))
        self.setLayout(box)
        self.line.changed.connect(self._tell)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go.click)
        self.accepted.connect(lambda: call(self.text()))
        if start is not None:
            self._show(start)
        elif field:
            self.line.show_line(FilterLine(field, filters.Operator.EQUALS))
        self._tell()
        (self.line.editor or self.line.field).setFocus()

    def text(self) -> str:
        """Give the text of the part; '' while something is missing."""
        line = self.line.line
        if line is None:
            return ""
        if takes_none(line.operator):
            values: abc.Sequence[str] = ()
        else:
            values = split_values(line.text) if takes_several(line.operator) else (line.text,)
        moves = self._kinds.get(line.path) in _MOMENTS
        return write_comparison(line.path, _BACK[line.operator], values, moves=moves)

    def _show(self, start: Comparison) -> None:
        operator = LINES.get(start.operator)
        if operator is None:
            return
        path = f"{start.relation}.{start.attribute}" if start.relation else start.attribute
        texts = [text_of(value) or "" for value in start.values]
        self.line.show_line(FilterLine(path, operator, join_values(texts) if len(texts) != 1 else texts[0]))
        if isinstance(self.line.editor, Several):
            self.line.editor.tick(texts)

    def _tell(self) -> None:
        self.go.gate(self.line.missing)
