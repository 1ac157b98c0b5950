"""A part of a segment's text as a chip: read in words, changed by a click, taken out by its cross."""

import re
from collections import abc
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from writeback.gui.i18n import OPERATOR_WORDS, shown
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.filter_lines import FieldOption
from writeback.gui.widgets.layouts import row
from writeback.gui.widgets.text import one_line
from writeback.model import filters
from writeback.model.segments import STATES, Comparison, Expression, HasText, Operator, Part, StateIs

LINES: Final[abc.Mapping[Operator, filters.Operator]] = {
    Operator.IS: filters.Operator.EQUALS,
    Operator.IS_NOT: filters.Operator.DIFFERS,
    Operator.LESS: filters.Operator.LESS,
    Operator.AT_MOST: filters.Operator.AT_MOST,
    Operator.MORE: filters.Operator.GREATER,
    Operator.AT_LEAST: filters.Operator.AT_LEAST,
    Operator.ONE_OF: filters.Operator.ONE_OF,
    Operator.NONE_OF: filters.Operator.NONE_OF,
    Operator.CONTAINS: filters.Operator.CONTAINS,
    Operator.STARTS: filters.Operator.STARTS_WITH,
    Operator.IS_BLANK: filters.Operator.IS_BLANK,
    Operator.IS_SET: filters.Operator.IS_FILLED,
}
"""The comparison of a filter's line that means the same."""
STATE_NAMES: Final[abc.Mapping[str, str]] = Words(
    {
        "draft": mark("has a draft"),
        "pending": mark("has pending edits"),
        "queued": mark("has queued edits"),
        "sent": mark("has edits under way"),
        "refused": mark("has refused edits"),
        "conflict": mark("has conflicts"),
        "unknown": mark("has unknown outcomes"),
    }
)
_MOVES: Final = re.compile(r"\b(today|now)\b", re.IGNORECASE)
_MOST: Final = 60


def chip_words(part: Part, fields: abc.Mapping[str, FieldOption]) -> str:
    """Give what a part means in words; what no line of a builder says is shown as it is written."""
    bare = re.sub(r"'([^']|'')*'", "", part.text)
    if _MOVES.search(bare):
        return one_line(part.text, _MOST)
    return one_line(_words(part.expression, fields) or part.text, _MOST)


def _words(expression: Expression, fields: abc.Mapping[str, FieldOption]) -> str:
    match expression:
        case Comparison():
            return _compared(expression, fields)
        case HasText(words):
            return tr("any text contains {words}", words=words)
        case StateIs(states, ""):
            return next((tr(STATE_NAMES[word]) for word, found in STATES.items() if found == states), "")
        case _:
            return ""


def _compared(one: Comparison, fields: abc.Mapping[str, FieldOption]) -> str:
    path = f"{one.relation}.{one.attribute}" if one.relation else one.attribute
    field, operator = fields.get(path), LINES.get(one.operator)
    if field is None or operator is None:
        return ""
    labels = {option.value: option.label for option in field.options}
    values = ", ".join(shown(value, field.kind, labels) for value in one.values)
    return tr(
        "{field} {comparison} {value}", field=field.title, comparison=OPERATOR_WORDS[operator], value=values
    ).strip()


class FilterChip(QFrame):
    """One part.

    Signals:
        opened: It shall be changed; carries its place among the parts.
        dropped: It is not wanted any more; carries its place.
    """

    opened = Signal(int)
    dropped = Signal(int)

    def __init__(self, place: int, words: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "chip")
        self.words = Button(words, kind="quiet", call=lambda: self.opened.emit(place))
        self.words.setAccessibleDescription(one_line(text))
        drop = IconButton(
            tr("Remove the filter {words}", words=words), "close", call=lambda: self.dropped.emit(place)
        )
        self.setLayout(row(self.words, drop, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
