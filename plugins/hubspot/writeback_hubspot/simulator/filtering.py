"""Search filters: read them, refuse what is wrong, say whether a record fits (wire contract, section 8)."""

import re
from collections import abc
from dataclasses import dataclass
from typing import TypeVar

from writeback_hubspot.simulator.problems import Json, invalid
from writeback_hubspot.simulator.properties import Property
from writeback_hubspot.simulator.state import listed
from writeback_hubspot.simulator.tables import Getter, Table
from writeback_hubspot.simulator.values import to_moment

_ONE = frozenset({"EQ", "NEQ", "GT", "GTE", "LT", "LTE", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"})
_MANY = frozenset({"IN", "NOT_IN"})
_NONE = frozenset({"HAS_PROPERTY", "NOT_HAS_PROPERTY"})
OPERATORS = _ONE | _MANY | _NONE | {"BETWEEN"}
_LIMITS = {"5x6": (5, 6, 18), "5x10": (5, 10, 25)}  # groups, filters in one, filters in all
_WORD = re.compile(r"\w+", re.UNICODE)
Fits = abc.Callable[[Getter], bool]
T = TypeVar("T", float, str)


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition."""

    prop: Property
    operator: str
    value: str
    high: str
    values: tuple[str, ...]

    @property
    def is_ordered(self) -> bool:
        """Say whether values compare as numbers."""
        return self.prop.type in ("number", "date", "datetime")


def read_filters(table: Table, given: Json, limits: str) -> list[list[Filter]]:
    """Read `filterGroups` (or the older bare `filters`).

    Raises:
        Problem: 400, in the vendor's form.
    """
    groups = listed(given.get("filterGroups"), "filterGroups")
    if given.get("filters"):
        groups = [*groups, {"filters": given["filters"]}]
    most_groups, most_in_one, most = _LIMITS[limits]
    if len(groups) > most_groups:
        raise invalid(f"There are {len(groups)} filter groups, at most {most_groups} are allowed")
    read = []
    for group in groups:
        items = listed(group.get("filters") if isinstance(group, dict) else None, "filters")
        if len(items) > most_in_one:
            raise invalid(f"There are {len(items)} filters in a group, at most {most_in_one} are allowed")
        read.append([_read(table, item) for item in items])
    total = sum(map(len, read))
    if total > most:
        raise invalid(f"There are {total} filters, at most {most} are allowed")
    return [group for group in read if group]


def fits(groups: abc.Sequence[abc.Sequence[Filter]]) -> Fits:
    """Say how to tell whether a record fits: all filters of any group."""
    compiled = [[_compiled(each) for each in group] for group in groups]
    if not compiled:
        return lambda _get: True
    return lambda get: any(all(fit(get) for fit in group) for group in compiled)


def ordered(text: str | None) -> float | None:
    """Give a value of a number, date or datetime as a number to compare by."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        at = to_moment(text)
        return None if at is None else round(at.timestamp() * 1000)


def tokens(text: str | None) -> list[str]:
    """Cut a text into the words that the index holds."""
    return _WORD.findall((text or "").lower())


def _read(table: Table, item: object) -> Filter:
    if not isinstance(item, dict):
        raise invalid("Invalid input JSON on line 1, column 1: a filter has to be an object")
    operator, name = str(item.get("operator", "")), str(item.get("propertyName", ""))
    if operator not in OPERATORS:
        known = ", ".join(sorted(OPERATORS))
        raise invalid(f'Invalid input JSON on line 1, column 1: "{operator}" is not one of [{known}]')
    prop = table.kind.properties.get(name)
    if prop is None:
        raise invalid(f"There was a problem with the request: Property '{name}' does not exist")
    value, high = _text(item.get("value")), _text(item.get("highValue"))
    values = tuple(_text(each) for each in listed(item.get("values"), "values"))
    if operator in _MANY and not values:
        raise invalid(f"operator {operator} requires values")
    if (operator in _ONE or operator == "BETWEEN") and item.get("value") is None:
        raise invalid(f"operator {operator} requires a value")
    if operator == "BETWEEN" and item.get("highValue") is None:
        raise invalid("operator BETWEEN requires a highValue")
    made = Filter(prop, operator, value, high, values)
    if made.is_ordered:
        for each in (*([value] if operator in _ONE | {"BETWEEN"} else []), *values):
            if ordered(each) is None:
                raise invalid(f"{each} is not a valid value of the property {name}")
    return made


def _text(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value).lower()


def _compiled(given: Filter) -> Fits:
    key, operator = given.prop.key, given.operator
    if operator in _NONE:
        wanted = operator == "HAS_PROPERTY"
        return lambda get: (get(key) is not None) is wanted
    if operator.endswith("CONTAINS_TOKEN"):
        return _token_fits(key, given.value, wanted=operator == "CONTAINS_TOKEN")
    if given.is_ordered:
        return _ordered_fits(given)
    if given.prop.takes_several:
        return _several_fits(given)
    return _text_fits(given)


def _ordered_fits(given: Filter) -> Fits:
    low, high = ordered(given.value) or 0.0, ordered(given.high) or 0.0
    values = frozenset(each for text in given.values if (each := ordered(text)) is not None)
    compares = _comparison(given.operator, low, high, values)
    return _unless_absent(given, lambda text: compares(ordered(text) or 0.0))


def _text_fits(given: Filter) -> Fits:
    # section 8: the values of IN and NOT_IN have to be in lower case for strings
    is_string = given.prop.type == "string"
    values = frozenset(text if is_string else text.lower() for text in given.values)
    compares = _comparison(given.operator, given.value.lower(), given.high.lower(), values)
    return _unless_absent(given, lambda text: compares(text.lower()))


def _unless_absent(given: Filter, compares: abc.Callable[[str], bool]) -> Fits:
    """Let a record without a value fit what is denied only."""
    key, if_absent = given.prop.key, given.operator in ("NEQ", "NOT_IN")

    def fit(get: Getter) -> bool:
        held = get(key)
        return if_absent if held is None else compares(held)

    return fit


def _comparison(operator: str, low: T, high: T, values: abc.Set[T]) -> abc.Callable[[T], bool]:
    """Say how a value is compared; numbers and texts alike."""
    table: dict[str, abc.Callable[[T], bool]] = {
        "EQ": lambda held: held == low,
        "NEQ": lambda held: held != low,
        "GT": lambda held: held > low,
        "GTE": lambda held: held >= low,
        "LT": lambda held: held < low,
        "LTE": lambda held: held <= low,
        "BETWEEN": lambda held: low <= held <= high,
        "IN": lambda held: held in values,
        "NOT_IN": lambda held: held not in values,
    }
    return table[operator]


def _several_fits(given: Filter) -> Fits:
    wanted = frozenset(given.values or given.value.split(";"))
    is_plain = given.operator in ("EQ", "IN")
    return lambda get: bool(wanted & {*(get(given.prop.key) or "").split(";")}) is is_plain


def _token_fits(key: str, value: str, *, wanted: bool) -> Fits:
    patterns = [
        re.compile(re.escape(piece).replace(r"\*", r".*")) for piece in re.findall(r"[\w*]+", value.lower())
    ]

    def fit(get: Getter) -> bool:
        held = tokens(get(key))
        return all(any(each.fullmatch(token) for token in held) for each in patterns) is wanted

    return fit
