"""Neutral conditions as a SOQL condition.

Names come from describe, values through `format_soql`. Long text cannot stand in a condition; multi-lists
are compared by INCLUDES and EXCLUDES.
https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_conditionexpression.htm
"""

from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from simple_salesforce.format import format_soql

from writeback.errors import InvalidRequestError, MappingError
from writeback.model.canonical import number_text
from writeback.model.filters import Comparison, Every, Filter, Operator
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value

Resolve = abc.Callable[[str], tuple[str, AttributeType]]
"""Gives a path in Salesforce's spelling, and the type at its end; raises InvalidRequestError."""

_SIGNS: Final[abc.Mapping[Operator, str]] = {
    Operator.EQUALS: "=",
    Operator.DIFFERS: "!=",
    Operator.LESS: "<",
    Operator.AT_MOST: "<=",
    Operator.GREATER: ">",
    Operator.AT_LEAST: ">=",
}
_ORDERED: Final = frozenset({Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST})
_TEXTUAL: Final = frozenset({Operator.CONTAINS, Operator.STARTS_WITH})
_UNORDERED: Final = frozenset({AttributeType.BOOLEAN, AttributeType.MULTI_LIST})
_TEXTS: Final = frozenset(
    {
        AttributeType.TEXT,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
        AttributeType.USER_REF,
        AttributeType.EMAIL,
        AttributeType.URL,
    }
)
_NO_VALUE: Final[abc.Mapping[Operator, str]] = {Operator.IS_BLANK: "=", Operator.IS_FILLED: "!="}
_AMONG: Final[abc.Mapping[Operator, str]] = {Operator.ONE_OF: "IN", Operator.NONE_OF: "NOT IN"}
_INCLUDING: Final[abc.Mapping[Operator, str]] = {
    Operator.CONTAINS: "INCLUDES",
    Operator.ONE_OF: "INCLUDES",
    Operator.NONE_OF: "EXCLUDES",
}


def compile_filter(condition: Filter, resolve: Resolve) -> str:
    """Render a condition.

    Raises:
        MappingError: `filter.…` empty · unknown_path · bad_value · not_expressible.
    """
    if isinstance(condition, Comparison):
        return _comparison(condition, resolve)
    if not condition.parts:
        raise MappingError("filter.empty")
    rendered = [compile_filter(part, resolve) for part in condition.parts]
    word = " AND " if isinstance(condition, Every) else " OR "
    return rendered[0] if len(rendered) == 1 else word.join(f"({one})" for one in rendered)


def _comparison(one: Comparison, resolve: Resolve) -> str:
    try:
        name, kind = resolve(str(one.path))
    except InvalidRequestError:
        raise MappingError("filter.unknown_path", path=str(one.path)[:200], object="") from None
    _check(one, kind)
    if one.operator in _NO_VALUE:
        return f"{name} {_NO_VALUE[one.operator]} null"
    values = [_literal(one, kind, value) for value in one.values]
    if not values or (len(values) > 1 and one.operator not in (Operator.ONE_OF, Operator.NONE_OF)):
        raise MappingError("filter.bad_value", path=str(one.path), value=f"{len(values)} values")
    among = _INCLUDING if kind is AttributeType.MULTI_LIST else _AMONG
    if one.operator in among:
        return f"{name} {among[one.operator]} ({', '.join(values)})"
    if one.operator in _TEXTUAL:
        before = "%" if one.operator is Operator.CONTAINS else ""
        return f"{name} LIKE '{before}{format_soql('{:like}', str(one.values[0]))}%'"
    return f"{name} {_SIGNS[one.operator]} {values[0]}"


def _check(one: Comparison, kind: AttributeType) -> None:
    """Refuse what SOQL cannot say of a field of this kind."""
    is_text = kind in _TEXTS
    is_refused = (
        kind is AttributeType.LONG_TEXT
        or (one.operator in _ORDERED and kind in _UNORDERED)
        or (one.operator is Operator.STARTS_WITH and not is_text)
        or (one.operator is Operator.CONTAINS and not is_text and kind is not AttributeType.MULTI_LIST)
    )
    if is_refused:
        raise MappingError("filter.not_expressible", path=str(one.path), operator=one.operator.value)


def _literal(one: Comparison, kind: AttributeType, value: Value) -> str:
    """Give a value as SOQL takes it for a field of this kind."""
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    match kind:
        case AttributeType.BOOLEAN if isinstance(value, bool):
            return "true" if value else "false"
        case AttributeType.DATE if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        case AttributeType.DATETIME if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case _ if kind in DECIMAL_TYPES | INTEGER_TYPES and is_number:
            return number_text(Decimal(str(value)))
        case AttributeType.MULTI_LIST if isinstance(value, tuple) and value:
            return format_soql("{}", ";".join(value))
        case _ if (kind in _TEXTS or kind is AttributeType.MULTI_LIST) and isinstance(value, str) and value:
            return format_soql("{}", value)
    raise MappingError("filter.bad_value", path=str(one.path), value=str(value)[:100])
