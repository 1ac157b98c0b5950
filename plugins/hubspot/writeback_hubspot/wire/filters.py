"""A neutral condition as `filterGroups`: alternatives of filters that hold together.

HubSpot compares properties of the record itself only; it has no comparison for the beginning of a text.
Room is left for the two filters that a pull adds to every group.
"""

import itertools
from collections import abc
from datetime import date
from decimal import Decimal
from typing import Final

import orjson

from writeback.errors import InvalidRequestError, MappingError
from writeback.model.canonical import number_text
from writeback.model.filters import Comparison, Filter, Operator, Some
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback_hubspot.limits import (
    SEARCH_FILTERS,
    SEARCH_GROUP_FILTERS,
    SEARCH_GROUPS,
    SEARCH_OWN_FILTERS,
)
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.searches import checked
from writeback_hubspot.wire.values import carried, milliseconds

Groups = tuple[tuple[Json, ...], ...]

_ORDERED: Final = DECIMAL_TYPES | INTEGER_TYPES | {AttributeType.DATE, AttributeType.DATETIME}
_WORDS: Final[abc.Mapping[Operator, str]] = {
    Operator.EQUALS: "EQ",
    Operator.DIFFERS: "NEQ",
    Operator.LESS: "LT",
    Operator.AT_MOST: "LTE",
    Operator.GREATER: "GT",
    Operator.AT_LEAST: "GTE",
    Operator.ONE_OF: "IN",
    Operator.NONE_OF: "NOT_IN",
    Operator.CONTAINS: "CONTAINS_TOKEN",
    Operator.IS_BLANK: "NOT_HAS_PROPERTY",
    Operator.IS_FILLED: "HAS_PROPERTY",
}
_COMPARES: Final = frozenset({Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST})
_BLANKS: Final = frozenset({Operator.IS_BLANK, Operator.IS_FILLED})
_LISTS: Final = frozenset({Operator.ONE_OF, Operator.NONE_OF})


def compile_filter(description: ObjectDescription, condition: Filter) -> str:
    """Render a condition as the JSON that `ReadQuery.filter` takes.

    Raises:
        MappingError: `filter.empty`, `filter.unknown_path`, `filter.not_expressible`, `filter.bad_value`,
            `filter.too_long`.
    """
    groups = _groups(description, condition)
    _hold_limits(groups)
    try:
        checked(groups)
    except InvalidRequestError:
        raise MappingError("filter.too_long", most=SEARCH_FILTERS) from None
    return orjson.dumps([{"filters": list(group)} for group in groups]).decode()


def _groups(description: ObjectDescription, condition: Filter) -> Groups:
    """Bring a condition into alternatives of filters that hold together."""
    if isinstance(condition, Comparison):
        return ((_filter(description, condition),),)
    if not condition.parts:
        raise MappingError("filter.empty")
    if isinstance(condition, Some):
        return tuple(itertools.chain.from_iterable(_groups(description, part) for part in condition.parts))
    return _product([_groups(description, part) for part in condition.parts])


def _product(parts: abc.Sequence[Groups]) -> Groups:
    found: Groups = ((),)
    for groups in parts:
        if len(found) * len(groups) > SEARCH_FILTERS:
            raise MappingError("filter.too_long", most=SEARCH_FILTERS)
        found = tuple((*left, *right) for left in found for right in groups)
    return found


def _hold_limits(groups: Groups) -> None:
    longest = max(len(group) for group in groups) + SEARCH_OWN_FILTERS
    total = sum(len(group) + SEARCH_OWN_FILTERS for group in groups)
    if len(groups) > SEARCH_GROUPS or longest > SEARCH_GROUP_FILTERS or total > SEARCH_FILTERS:
        raise MappingError("filter.too_long", most=SEARCH_FILTERS)


def _filter(description: ObjectDescription, comparison: Comparison) -> Json:
    path, operator = str(comparison.path), comparison.operator
    if comparison.path.hops:
        if description.reference(comparison.path.hops[0]) is None:
            raise MappingError("filter.unknown_path", path=path, object=description.name)
        raise MappingError("filter.not_expressible", path=path, operator=operator.value)
    field = description.field(path)
    if field is None:
        raise MappingError("filter.unknown_path", path=path, object=description.name)
    if not _can(field, operator):
        raise MappingError("filter.not_expressible", path=path, operator=operator.value)
    told: dict[str, object] = {"propertyName": field.name, "operator": _WORDS[operator]}
    if operator in _BLANKS:
        return told
    texts = [_text(field, value, path) for value in comparison.values]
    if not texts or (len(texts) > 1 and operator not in _LISTS):
        raise MappingError("filter.bad_value", path=path, given=len(texts))
    if operator in _LISTS:
        return told | {"values": texts}
    return told | {"value": _token(texts[0], path) if operator is Operator.CONTAINS else texts[0]}


def _can(field: FieldInfo, operator: Operator) -> bool:
    """Say whether HubSpot compares such a field in this way."""
    if field.kind is None or field.crm_type == "association" or operator not in _WORDS:
        return False
    if operator in _BLANKS:
        return True
    if field.kind is AttributeType.MULTI_LIST:
        return False
    if operator in _COMPARES:
        return field.kind in _ORDERED
    is_text = field.crm_type.startswith("string") or field.kind is AttributeType.EMAIL
    return is_text or operator is not Operator.CONTAINS


def _text(field: FieldInfo, value: Value, path: str) -> str:
    """Write one value as a search compares it: moments as milliseconds, text in small letters."""
    kind = field.kind
    if isinstance(value, bool):
        if kind is AttributeType.BOOLEAN:
            return "true" if value else "false"
    elif isinstance(value, date):
        if kind in (AttributeType.DATE, AttributeType.DATETIME):
            return milliseconds(value)
    elif isinstance(value, str):
        if kind not in _ORDERED and kind is not AttributeType.BOOLEAN and value:
            return carried(value.lower() if field.crm_type.startswith("string") else value)
    elif value is not None and not isinstance(value, tuple) and kind in DECIMAL_TYPES | INTEGER_TYPES:
        return number_text(Decimal(value))
    raise MappingError("filter.bad_value", path=path, found=type(value).__name__)


def _token(text: str, path: str) -> str:
    """Give the pattern of a part of a word; HubSpot searches within single words only."""
    if not text.isalnum():
        raise MappingError("filter.not_expressible", path=path, operator="contains")
    return f"*{text}*"
