"""Turn WHERE into a question for one row, and into the few rows worth asking.

Text compares without regard to case; null equals nothing but null, and everything else is *not equal* to it
(the vendor's two-valued logic, unlike SQL's). Must not render anything (`selecting`).
"""

import re
from collections import abc
from datetime import date, datetime

from writeback_salesforce.simulator.dates import day_range
from writeback_salesforce.simulator.describing import NUMBERS, Field
from writeback_salesforce.simulator.ids import is_id, lengthened
from writeback_salesforce.simulator.problems import Problem
from writeback_salesforce.simulator.queries import (
    All,
    Comparison,
    Condition,
    Either,
    Literal,
    Negation,
)
from writeback_salesforce.simulator.seeding_makers import moment
from writeback_salesforce.simulator.tables import Table

Test = abc.Callable[[int], bool]
Ask = abc.Callable[[object], bool]
Value = abc.Callable[[int], object]


class Place:
    """A field a statement names, found: whose it is, and how to read it from a row."""

    def __init__(self, field: Field, read: Value, *, is_own: bool) -> None:
        self.field = field
        self.read = read
        self.is_own = is_own  # of the queried object itself, not of a parent


Finder = abc.Callable[[Comparison], Place]


def compile_test(condition: Condition, find: Finder, today: date) -> Test:
    """Make the question for one row.

    Raises:
        Problem: A literal does not fit its field.
    """
    match condition:
        case All(parts):
            tests = [compile_test(part, find, today) for part in parts]
            return lambda row: all(test(row) for test in tests)
        case Either(parts):
            tests = [compile_test(part, find, today) for part in parts]
            return lambda row: any(test(row) for test in tests)
        case Negation(part):
            inner = compile_test(part, find, today)
            return lambda row: not inner(row)
        case Comparison():
            place = find(condition)
            read, ask = place.read, _ask(place.field, condition, today)
            return lambda row: ask(read(row))


def candidates(condition: Condition | None, table: Table, find: Finder) -> abc.Sequence[int] | None:
    """Give rows among which all that fit are, in order; None when every row has to be asked."""
    if isinstance(condition, All):
        found = [rows for part in condition.parts if (rows := candidates(part, table, find)) is not None]
        return min(found, key=len) if found else None
    place = find(condition) if isinstance(condition, Comparison) else None
    if place is None or not place.is_own or not isinstance(condition, Comparison):
        return None
    name, wanted = place.field.name, [literal.value for literal in condition.literals]
    texts = [value for value in wanted if isinstance(value, str)]
    if name == "Id":
        return _by_id(condition.operator, texts, table)
    if name in ("SystemModstamp", "LastModifiedDate"):
        return _by_stamp(condition, table)
    is_quick = condition.operator in ("=", "IN") and all(texts) and table.is_quick_to_find(name)
    if not is_quick or len(texts) != len(wanted):
        return None
    return sorted(set().union(*(table.candidates(name, text) for text in texts)))


def _by_id(operator: str, texts: abc.Sequence[str], table: Table) -> abc.Sequence[int] | None:
    if operator in ("=", "IN"):
        return sorted({row for text in texts if (row := table.row(text)) is not None})
    row = table.row(texts[0]) if texts else None
    if operator in (">", ">=") and row is not None:
        return range(row, table.count)
    if operator in ("<", "<=") and row is not None:
        return range(row + 1)
    return None


def _by_stamp(condition: Comparison, table: Table) -> abc.Sequence[int] | None:
    literal, first_row_at = condition.literals[0], table.seeds.first_row_at
    if condition.operator not in (">", ">=", "=") or literal.kind != "datetime" or first_row_at is None:
        return None
    first = min(first_row_at(_moment(str(literal.value))), table.seeds.rows)
    seeded = range(first, table.seeds.rows)
    later = [row for row in table.changed if row not in seeded]
    return sorted([*seeded, *later]) if later else seeded


def _ask(field: Field, comparison: Comparison, today: date) -> Ask:
    if not field.filterable:
        raise _wrong(f"field '{field.name}' can not be filtered in a query call", comparison)
    match comparison.operator:
        case "INCLUDES" | "EXCLUDES":
            return _ask_options(field, comparison)
        case "LIKE":
            return _ask_like(field, comparison)
        case "IN":
            return _ask_in(field, comparison, today)
        case "NOT IN":
            inner = _ask_in(field, comparison, today)
            return lambda value: not inner(value)
        case _:
            return _ask_one(field, comparison.operator, comparison.literals[0], today)


def _ask_in(field: Field, comparison: Comparison, today: date) -> Ask:
    if field.type in ("date", "datetime"):
        asks = [_ask_one(field, "=", literal, today) for literal in comparison.literals]
        return lambda value: any(ask(value) for ask in asks)
    wanted = {_comparable(field, _checked(field, literal)) for literal in comparison.literals}
    return lambda value: _comparable(field, value) in wanted


def _ask_one(field: Field, operator: str, literal: Literal, today: date) -> Ask:
    if literal.kind == "null" or literal.value == "":
        if operator == "=":
            return lambda value: value is None
        return lambda value: value is not None if operator == "!=" else False
    if field.type in ("date", "datetime"):
        return _ask_when(operator, *_span(field, literal, today))
    wanted = _comparable(field, _checked(field, literal))
    if operator == "=":
        return lambda value: _comparable(field, value) == wanted
    if operator == "!=":
        return lambda value: _comparable(field, value) != wanted
    order = _ORDERS[operator]
    return lambda value: value is not None and order(_comparable(field, value), wanted)


def _ask_when(operator: str, start: str, end: str) -> Ask:
    """Compare with a span of time, whose end is not part of it."""
    match operator:
        case "=":
            return lambda value: value is not None and start <= str(value) < end
        case "!=":
            return lambda value: value is None or not start <= str(value) < end
        case "<":
            return lambda value: value is not None and str(value) < start
        case "<=":
            return lambda value: value is not None and str(value) < end
        case ">":
            return lambda value: value is not None and str(value) >= end
        case _:
            return lambda value: value is not None and str(value) >= start


def _ask_options(field: Field, comparison: Comparison) -> Ask:
    if field.type != "multipicklist":
        raise _wrong(f"field '{field.name}' is not a multi-select picklist", comparison)
    groups = [frozenset(str(literal.value).lower().split(";")) for literal in comparison.literals]

    def includes(value: object) -> bool:
        chosen = set(str(value).lower().split(";")) if value else set()
        return any(group <= chosen for group in groups)

    return includes if comparison.operator == "INCLUDES" else lambda value: not includes(value)


def _ask_like(field: Field, comparison: Comparison) -> Ask:
    if field.type in ("multipicklist", "boolean", "int", "date", "datetime", "reference", "id", *NUMBERS):
        message = f"invalid operator on {field.type} field"
        raise Problem("INVALID_QUERY_FILTER_OPERATOR", message)
    pattern = re.compile(_like_to_regex(str(comparison.literals[0].value)), re.IGNORECASE | re.DOTALL)
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _like_to_regex(pattern: str) -> str:
    out, place = [], 0
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\" and place + 1 < len(pattern):
            place += 1
            out.append(re.escape(pattern[place]))
        else:
            out.append({"%": ".*", "_": "."}.get(sign) or re.escape(sign))
        place += 1
    return "".join(out)


def _less(left: object, right: object) -> bool:
    return bool(left < right)  # type: ignore[operator]  # both come from `_comparable` of one field


_ORDERS: dict[str, abc.Callable[[object, object], bool]] = {
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: not _less(right, left),
    ">=": lambda left, right: not _less(left, right),
}


def _comparable(field: Field, value: object) -> object:
    if isinstance(value, str) and field.type not in ("id", "reference"):
        return value.lower()
    return value


def _checked(field: Field, literal: Literal) -> object:
    """Give the literal in the stored form, or refuse it as the vendor does."""
    expected = {"boolean": "boolean", "int": "number"} | dict.fromkeys(NUMBERS, "number")
    kind = expected.get(field.type, "text")
    if literal.kind == "null":
        return None
    if literal.kind != kind:
        quoted = "should be enclosed in quotes" if kind == "text" else "should not be enclosed in quotes"
        name = {"number": field.type, "text": "string"}.get(kind, kind)
        raise Problem(
            "INVALID_FIELD",
            f"\nvalue of filter criterion for field '{field.name}' must be of type {name} and {quoted}",
        )
    if field.type in ("id", "reference"):
        if not is_id(literal.value):
            raise Problem("INVALID_QUERY_FILTER_OPERATOR", f"invalid ID field: {literal.value}")
        return lengthened(str(literal.value))
    return literal.value


def _span(field: Field, literal: Literal, today: date) -> tuple[str, str]:
    """Give the span a literal stands for, as texts that sort like the stored ones."""
    if literal.kind == "word":
        days = day_range(str(literal.value), today)
        if days is None:
            raise Problem("MALFORMED_QUERY", f"unexpected token: '{literal.value}'")
        return _day_text(field, days[0]), _day_text(field, days[1])
    if literal.kind != field.type:
        kind = "date" if field.type == "date" else "dateTime"
        message = f"value of filter criterion for field '{field.name}' must be of type {kind}"
        raise Problem("INVALID_FIELD", f"\n{message} and should not be enclosed in quotes")
    try:
        text = str(literal.value) if field.type == "date" else _moment(str(literal.value))
        if field.type == "date":
            date.fromisoformat(text)
    except ValueError:
        raise Problem("MALFORMED_QUERY", f"Invalid date: {literal.value}") from None
    return text, text + "\0"  # nothing lies between a text and the text followed by the smallest sign


def _day_text(field: Field, day: date) -> str:
    return day.isoformat() if field.type == "date" else f"{day.isoformat()}T00:00:00.000+0000"


def _moment(text: str) -> str:
    return moment(datetime.fromisoformat(text.upper()))


def _wrong(message: str, comparison: Comparison) -> Problem:
    return Problem("INVALID_FIELD", f"\n{message}: {'.'.join(comparison.named.path)}")
