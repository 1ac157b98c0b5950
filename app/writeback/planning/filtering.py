"""Read what a person typed into a filter builder: lines of field, comparison and text.

Lines of a group must all hold; of several groups one is enough. Values are read as the field's type, the
same way an edit is.

Must not: know a CRM's language (`sdk.capabilities.CompilesFilters` renders).
"""

import csv
import re
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator, Some
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Clear, Value
from writeback.planning.coercing import coercer

KindOf = abc.Callable[[FieldPath], AttributeType]
"""Gives the type at the end of a path; raises what the description raises."""

WORDS: Final[abc.Mapping[str, Operator]] = {
    "=": Operator.EQUALS,
    "!=": Operator.DIFFERS,
    "<": Operator.LESS,
    "<=": Operator.AT_MOST,
    ">": Operator.GREATER,
    ">=": Operator.AT_LEAST,
    **{operator.value.replace("_", " "): operator for operator in Operator},
}
"""What may stand between a field and its value: `=`, `one of`, `is blank`, …"""
_LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
_LINE: Final = re.compile(
    rf"\s*(?P<path>[\w.]+)\s*(?P<word>{_LONGEST_FIRST})(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)
_SEVERAL: Final = frozenset({Operator.ONE_OF, Operator.NONE_OF})
_NO_VALUE: Final = frozenset({Operator.IS_BLANK, Operator.IS_FILLED})
_PIECES: Final = frozenset({Operator.CONTAINS, Operator.STARTS_WITH})


@dataclass(frozen=True, slots=True)
class FilterLine:
    """One line of a builder: `text` is empty, one value, or several separated by commas."""

    path: str
    operator: Operator
    text: str = ""


_BLANKS: Final = (Operator.IS_BLANK, Operator.IS_FILLED)
_SAME: Final = (Operator.EQUALS, Operator.DIFFERS)
_CHOICE: Final = (Operator.ONE_OF, Operator.NONE_OF)
_ORDER: Final = (Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST)
_ORDERED: Final = DECIMAL_TYPES | INTEGER_TYPES | {AttributeType.DATE, AttributeType.DATETIME}


def fitting(kind: AttributeType) -> tuple[Operator, ...]:
    """Give the comparisons that make sense for a type, the usual one first."""
    if kind in _ORDERED:
        return (*_SAME, *_ORDER, *_BLANKS)
    match kind:
        case AttributeType.BOOLEAN:
            return (Operator.EQUALS, *_BLANKS)
        case AttributeType.LIST | AttributeType.LIFECYCLE:
            return (*_SAME, *_CHOICE, *_BLANKS)
        case AttributeType.MULTI_LIST:
            return (*_CHOICE, *_BLANKS)
        case AttributeType.LONG_TEXT:
            return (Operator.CONTAINS, *_BLANKS)
        case _:
            return (*_SAME, Operator.CONTAINS, Operator.STARTS_WITH, *_CHOICE, *_BLANKS)


def takes_several(operator: Operator) -> bool:
    """Say whether several values stand behind a comparison."""
    return operator in _SEVERAL


def takes_none(operator: Operator) -> bool:
    """Say whether no value stands behind a comparison."""
    return operator in _NO_VALUE


def join_values(values: abc.Iterable[str]) -> str:
    """Give the text of several values; one that holds a comma or a quote is quoted."""
    return ", ".join(
        '"{}"'.format(value.replace('"', '""')) if set(value) & {",", '"'} else value for value in values
    )


FilterGroups = tuple[tuple[FilterLine, ...], ...]
"""One group is enough; of a group every line."""


def parse_line(text: str) -> FilterLine:
    """Read `Industry one of Retail, Energy`, `AnnualRevenue >= 1000`, `Website is blank`.

    Raises:
        MappingError: `filter.not_a_line`.
    """
    found = _LINE.fullmatch(text)
    if found is None:
        raise MappingError("filter.not_a_line", line=text[:200], words=", ".join(WORDS))
    return FilterLine(found["path"], WORDS[found["word"].casefold()], found["rest"].strip())


def build_filter(groups: FilterGroups, kind_of: KindOf) -> Filter:
    """Give the condition that the lines mean.

    Raises:
        MappingError: `filter.empty`; `filter.bad_value`, `filter.not_a_moment`: a text is no value of its
            field's type.
    """
    each = [Every(tuple(_comparison(line, kind_of) for line in group)) for group in groups if group]
    if not each:
        raise MappingError("filter.empty")
    return each[0] if len(each) == 1 else Some(tuple(each))


def _comparison(line: FilterLine, kind_of: KindOf) -> Comparison:
    path = FieldPath.parse(line.path)
    kind = kind_of(path)
    if line.operator in _NO_VALUE:
        return Comparison(path, line.operator)
    texts = split_values(line.text) if line.operator in _SEVERAL else [line.text]
    return Comparison(path, line.operator, tuple(_value(line, kind, text) for text in texts))


def split_values(text: str) -> list[str]:
    """Cut several values at commas; between quotes a comma is a part of a value."""
    (parts,) = csv.reader([text.replace("\n", " ").replace("\r", " ")], skipinitialspace=True)
    return [part.strip() for part in parts] or [""]


def _value(line: FilterLine, kind: AttributeType, text: str) -> Value:
    is_piece = line.operator in _PIECES or (line.operator in _SEVERAL and kind is AttributeType.MULTI_LIST)
    read = None if not text.strip() else text if is_piece else coercer(kind)(text)
    if read is None or isinstance(read, Reason | Clear):
        code = "filter.not_a_moment" if kind is AttributeType.DATETIME else "filter.bad_value"
        raise MappingError(code, path=line.path[:200], value=text[:100])
    return read
