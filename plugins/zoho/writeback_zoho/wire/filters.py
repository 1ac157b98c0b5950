"""Neutral filters → COQL. One field type at a time: what COQL cannot compare is refused, never guessed.

*Differs* and *none of* hold for blank fields too, whatever COQL's own `!=` thinks of them. Long texts take no
criteria; a multi-select is compared by its whole only, so it takes none here either ([coql-limits], README).
"""

from collections import abc
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from writeback.errors import MappingError
from writeback.model.filters import Comparison, Every, Filter, Operator
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback_zoho.limits import QUERY_CRITERIA, QUERY_VALUES
from writeback_zoho.wire.coql import all_of, column, literal
from writeback_zoho.wire.values import REFERENCES

Describe = abc.Callable[[str], ObjectDescription]
"""Gives the description of an object that a path leads to."""

_SIGNS: Final = {
    Operator.EQUALS: "=",
    Operator.DIFFERS: "!=",
    Operator.LESS: "<",
    Operator.AT_MOST: "<=",
    Operator.GREATER: ">",
    Operator.AT_LEAST: ">=",
}
_ORDERS: Final = frozenset({Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST})
_LIKES: Final = frozenset({Operator.CONTAINS, Operator.STARTS_WITH})
_BLANKS: Final = {Operator.IS_BLANK: "is null", Operator.IS_FILLED: "is not null"}
_LISTS: Final = {Operator.ONE_OF: "in", Operator.NONE_OF: "not in"}
_ORDERED: Final = DECIMAL_TYPES | INTEGER_TYPES | {AttributeType.DATE, AttributeType.DATETIME}
_UNCOMPARED: Final = frozenset({AttributeType.LONG_TEXT, AttributeType.MULTI_LIST})
_NEVER_BLANK: Final = frozenset({AttributeType.LONG_TEXT, AttributeType.BOOLEAN})
"""Types that take no `is null`: a long text takes no criteria at all, a boolean only `=` ([coql])."""
_WORDY: Final = frozenset({AttributeType.TEXT, AttributeType.EMAIL, AttributeType.URL})


def compile_filter(description: ObjectDescription, condition: Filter, *, describe: Describe) -> str:
    """Render a condition, criteria bracketed in pairs.

    Raises:
        MappingError: `filter.…`: unknown path, a comparison COQL does not have, a value of another type, or
            more criteria than a query takes.
    """
    compiler = _Compiler(description, describe)
    text = compiler.render(condition)
    if compiler.criteria > QUERY_CRITERIA:
        raise MappingError("filter.too_long", given=compiler.criteria, most=QUERY_CRITERIA)
    return text


class _Compiler:
    def __init__(self, description: ObjectDescription, describe: Describe) -> None:
        self._description = description
        self._describe = describe
        self.criteria = 0

    def render(self, condition: Filter) -> str:
        if isinstance(condition, Comparison):
            return self._compare(condition)
        if not condition.parts:
            raise MappingError("filter.empty")
        word = "and" if isinstance(condition, Every) else "or"
        return all_of([self.render(part) for part in condition.parts], word)

    def _compare(self, one: Comparison) -> str:
        name, field = self._field(one)
        kind = field.kind or AttributeType.TEXT
        if one.operator in _BLANKS and kind not in _NEVER_BLANK:
            return self._criterion(f"{name} {_BLANKS[one.operator]}")
        if kind in _UNCOMPARED or not _can(one.operator, kind, field):
            raise _inexpressible(one)
        values = [_checked(value, kind, one) for value in one.values]
        if one.operator in _LISTS:
            return self._list(name, one.operator, values, one)
        if len(values) != 1:
            raise _inexpressible(one)
        if one.operator in _LIKES:
            return self._like(name, one, values[0])
        compared = self._criterion(f"{name} {_SIGNS[one.operator]} {literal(values[0])}")
        return self._or_blank(name, compared) if one.operator is Operator.DIFFERS else compared

    def _list(self, name: str, operator: Operator, values: list[Value], one: Comparison) -> str:
        if not values:
            raise _inexpressible(one)
        pieces = [
            self._criterion(
                f"{name} {_LISTS[operator]} ({', '.join(literal(v) for v in values[at : at + QUERY_VALUES])})"
            )
            for at in range(0, len(values), QUERY_VALUES)
        ]
        if operator is Operator.ONE_OF:
            return all_of(pieces, "or")
        return self._or_blank(name, all_of(pieces, "and"))

    def _like(self, name: str, one: Comparison, value: Value) -> str:
        text = str(value)
        if "%" in text or not text:  # no way to write a literal percent sign is documented
            raise _inexpressible(one)
        start = "%" if one.operator is Operator.CONTAINS else ""
        return self._criterion(f"{name} like {literal(f'{start}{text}%')}")

    def _or_blank(self, name: str, compared: str) -> str:
        return f"({compared} or {self._criterion(f'{name} is null')})"

    def _criterion(self, text: str) -> str:
        self.criteria += 1
        return text

    def _field(self, one: Comparison) -> tuple[str, FieldInfo]:
        here = self._description
        names: list[str] = []
        for hop in one.path.hops:
            reference = here.reference(hop)
            if reference is None or reference.reference is None:
                raise _unknown(one, self._description)
            names.append(reference.name)
            here = self._describe(reference.reference.targets[0])
        field = here.field(one.path.field)
        if field is None or field.kind is None:
            raise _unknown(one, self._description)
        return column(".".join((*names, field.name))), field


def _can(operator: Operator, kind: AttributeType, field: FieldInfo) -> bool:
    if operator in _ORDERS:
        return kind in _ORDERED
    if operator in _LIKES:
        return kind in _WORDY and field.crm_type not in REFERENCES
    if kind is AttributeType.BOOLEAN:
        return operator is Operator.EQUALS
    return True


_TYPES: Final[abc.Mapping[AttributeType, type | tuple[type, ...]]] = {
    AttributeType.BOOLEAN: bool,
    AttributeType.DATE: date,
    AttributeType.DATETIME: datetime,
    **dict.fromkeys(INTEGER_TYPES, int),
    **dict.fromkeys(DECIMAL_TYPES, (int, Decimal)),
}


def _checked(value: Value, kind: AttributeType, one: Comparison) -> Value:
    wanted = _TYPES.get(kind, str)
    is_other = isinstance(value, bool) and kind is not AttributeType.BOOLEAN
    is_other |= isinstance(value, datetime) and kind is not AttributeType.DATETIME
    is_bare = isinstance(value, datetime) and value.tzinfo is None
    if is_other or is_bare or not isinstance(value, wanted):
        raise MappingError("filter.bad_value", path=str(one.path), value=str(value)[:80], kind=kind.value)
    return value


def _inexpressible(one: Comparison) -> MappingError:
    return MappingError("filter.not_expressible", path=str(one.path), operator=one.operator.value)


def _unknown(one: Comparison, description: ObjectDescription) -> MappingError:
    return MappingError("filter.unknown_path", path=str(one.path)[:200], object=description.name)
