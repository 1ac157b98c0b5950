"""Neutral conditions as OData `$filter`.

*Differs* and *none of* hold for blank values too, whatever the server's own `ne` thinks of null. A path over
a polymorphic lookup has several places: one of them has to fit, or none of them may.
[filter-rows]
"""

from collections import abc
from typing import Final

from writeback.errors import InvalidRequestError, MappingError
from writeback.model.filters import Comparison, Every, Filter, Operator
from writeback.model.types import AttributeType, Value
from writeback_dynamics.wire.columns import is_guid
from writeback_dynamics.wire.literals import literal, quoted
from writeback_dynamics.wire.paths import Found, Place

Resolve = abc.Callable[[str], Found]

_COMPARED: Final[abc.Mapping[Operator, str]] = {
    Operator.LESS: "lt",
    Operator.AT_MOST: "le",
    Operator.GREATER: "gt",
    Operator.AT_LEAST: "ge",
}
_TEXTUAL: Final[abc.Mapping[Operator, str]] = {
    Operator.CONTAINS: "contains",
    Operator.STARTS_WITH: "startswith",
}
_TEXTS: Final = frozenset(
    {AttributeType.TEXT, AttributeType.LONG_TEXT, AttributeType.EMAIL, AttributeType.URL}
)
_UNORDERED: Final = frozenset({AttributeType.BOOLEAN, AttributeType.LIST, AttributeType.LIFECYCLE})
_NEGATIVE: Final = frozenset({Operator.DIFFERS, Operator.NONE_OF, Operator.IS_BLANK})


def compile_filter(condition: Filter, resolve: Resolve) -> str:
    """Render a condition.

    Args:
        condition: What to render.
        resolve: Gives the places of a dotted path.

    Raises:
        MappingError: `filter.…`: an unknown path, a value of another type, or nothing OData can say.
    """
    if isinstance(condition, Comparison):
        return _comparison(condition, resolve)
    return _joined(condition.parts, "and" if isinstance(condition, Every) else "or", resolve)


def _joined(parts: tuple[Filter, ...], word: str, resolve: Resolve) -> str:
    if not parts:
        raise MappingError("filter.empty")
    rendered = [compile_filter(part, resolve) for part in parts]
    return rendered[0] if len(rendered) == 1 else f" {word} ".join(f"({one})" for one in rendered)


def _comparison(condition: Comparison, resolve: Resolve) -> str:
    try:
        found = resolve(str(condition.path))
    except InvalidRequestError:
        raise MappingError("filter.unknown_path", path=str(condition.path)) from None
    each = [_at(place, found.kind, condition) for place in found.places]
    if len(each) == 1:
        return each[0]
    word = " and " if condition.operator in _NEGATIVE else " or "
    return word.join(f"({one})" for one in each)


def _at(place: Place, kind: AttributeType, condition: Comparison) -> str:
    name = "/".join((*place.hops, place.name))
    operator = condition.operator
    if operator is Operator.IS_BLANK:
        return f"{name} eq null"
    if operator is Operator.IS_FILLED:
        return f"{name} ne null"
    if kind is AttributeType.MULTI_LIST:
        return _of_choices(place, name, condition)
    if operator in _TEXTUAL:
        return f"{_TEXTUAL[operator]}({name},{_text(place, kind, condition)})"
    return _against_values(place, name, kind, condition)


def _against_values(place: Place, name: str, kind: AttributeType, condition: Comparison) -> str:
    operator = condition.operator
    values = [_literal(place, kind, value, condition) for value in condition.values]
    if operator in (Operator.DIFFERS, Operator.NONE_OF):
        return " and ".join(f"({name} ne {value} or {name} eq null)" for value in _some(values, condition))
    if operator in (Operator.EQUALS, Operator.ONE_OF):
        return " or ".join(f"{name} eq {value}" for value in _some(values, condition))
    if kind in _UNORDERED or is_guid(place.field):
        raise _refusal(condition)
    return f"{name} {_COMPARED[operator]} {_some(values, condition)[0]}"


def _of_choices(place: Place, name: str, condition: Comparison) -> str:
    """Compare a multi-select by the query functions of Dataverse, which reach the table itself only."""
    wanted = [one for value in condition.values for one in (value if isinstance(value, tuple) else (value,))]
    names = [quoted(str(one)) for one in wanted if str(one).isdigit()]
    is_listed = condition.operator in (Operator.CONTAINS, Operator.ONE_OF, Operator.NONE_OF)
    if place.hops or not is_listed or not names or len(names) != len(wanted):
        raise _refusal(condition)
    values = ",".join(str(one) for one in names)
    told = f"Microsoft.Dynamics.CRM.ContainValues(PropertyName='{name}',PropertyValues=[{values}])"
    return f"not {told}" if condition.operator is Operator.NONE_OF else told


def _text(place: Place, kind: AttributeType, condition: Comparison) -> str:
    value = condition.values[0] if len(condition.values) == 1 else None
    text = quoted(value) if isinstance(value, str) and value else None
    if text is None or kind not in _TEXTS or is_guid(place.field):
        raise _refusal(condition)
    return text


def _literal(place: Place, kind: AttributeType, value: Value, condition: Comparison) -> str:
    text = literal(value, kind, is_guid=is_guid(place.field)) if value is not None else None
    if text is None:
        raise MappingError("filter.bad_value", path=str(condition.path), value=str(value)[:100])
    return text


def _some(values: list[str], condition: Comparison) -> list[str]:
    is_list = condition.operator in (Operator.ONE_OF, Operator.NONE_OF)
    if not values or (len(values) > 1 and not is_list):
        raise _refusal(condition)
    return values


def _refusal(condition: Comparison) -> MappingError:
    return MappingError("filter.not_expressible", path=str(condition.path), operator=condition.operator.value)
