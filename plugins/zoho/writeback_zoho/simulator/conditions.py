"""Make a test of rows out of criteria, by the types of the fields they name. Serves COQL and search."""

import re
from collections import abc
from dataclasses import dataclass

from writeback_zoho.simulator.coql import Both, Compare, Condition, Literal, Path
from writeback_zoho.simulator.describing import TEXTS, USERS, Field
from writeback_zoho.simulator.ids import as_number
from writeback_zoho.simulator.problems import Problem
from writeback_zoho.simulator.stamps import is_date
from writeback_zoho.simulator.state import Org
from writeback_zoho.simulator.tables import Maker, Table

Test = abc.Callable[[int], bool]
_EQUAL = frozenset({"=", "!=", "in", "not in", "is null", "is not null"})
_ORDERED = _EQUAL | {">", "<", ">=", "<=", "between", "not between"}
_LIKE = _EQUAL | {"like", "not like"}
_OPERATORS = {
    "text": _LIKE,
    "email": _LIKE,
    "phone": _LIKE,
    "website": _LIKE,
    "picklist": _LIKE,
    "autonumber": _LIKE,
    "multiselectpicklist": _LIKE,
    "lookup": _EQUAL,
    "ownerlookup": _EQUAL,
    "userlookup": _EQUAL,
    "boolean": frozenset({"="}),
    "integer": _ORDERED,
    "bigint": _ORDERED,
    "double": _ORDERED,
    "currency": _ORDERED,
    "percent": _ORDERED,
    "date": _ORDERED,
    "datetime": _ORDERED,
}


def invalid_query(**details: object) -> Problem:
    """The statement names what is not there, or compares what cannot be compared."""
    return Problem("INVALID_QUERY", "Invalid query formed", details)


@dataclass(frozen=True, slots=True)
class Reach:
    """A field a path leads to, and how to read it for many rows."""

    field: Field
    read: Maker


def reach(org: Org, table: Table, path: Path) -> Reach:
    """Follow a path over lookups.

    Raises:
        Problem: INVALID_QUERY.
    """
    here, steps = table, list[Maker]()
    names = path[1:] if len(path) > 1 and path[0].lstrip("!") == table.module.name else path
    for name in names[:-1]:
        of = here.module.find(name)
        if of is None or not of.target or of.data_type == "subform":
            raise invalid_query(column_name=".".join(path))
        steps.append(here.getter(name))
        here = org.tables[of.target]
        steps.append(here.row)
    of = here.module.find(names[-1])
    if of is None or of.data_type == "subform":
        raise invalid_query(column_name=".".join(path))
    return Reach(of, _through(steps, here.getter(of.name)))


def make_test(
    org: Org, table: Table, condition: Condition, *, read: abc.Callable[[Path], Reach] | None = None
) -> Test:
    """Give the test a condition makes of a row.

    Raises:
        Problem: INVALID_QUERY.
    """
    find = read or (lambda path: reach(org, table, path))
    if isinstance(condition, Both):
        left = make_test(org, table, condition.left, read=find)
        right = make_test(org, table, condition.right, read=find)
        if condition.word == "and":
            return lambda row: left(row) and right(row)
        return lambda row: left(row) or right(row)
    return _criterion(org, condition, find(condition.path))


def sort_key(value: object) -> tuple[int, object]:
    """Give what a value is ordered by; empty ones come first."""
    if value is None or value == ():
        return (0, "")
    if isinstance(value, bool | int | float):
        return (1, value)
    return (1, value.casefold() if isinstance(value, str) else str(value))


def _through(steps: abc.Sequence[Maker], last: Maker) -> Maker:
    if not steps:
        return last

    def read(row: int) -> object:
        at: object = row
        for step in steps:
            at = step(at)  # type: ignore[arg-type]  # alternately rows and ids
            if at is None:
                return None
        return last(at)  # type: ignore[arg-type]  # a row

    return read


def _criterion(org: Org, compare: Compare, target: Reach) -> Test:
    of, operator, read = target.field, compare.operator, target.read
    allowed = _OPERATORS.get(of.value_type)
    if of.data_type == "textarea" or allowed is None:
        raise invalid_query(
            reason="field is not supported in criteria", column_name=of.name, operator=operator
        )
    if operator not in allowed:
        raise invalid_query(
            reason="operator is not supported for the field", column_name=of.name, operator=operator
        )
    if operator in ("is null", "is not null"):
        wanted = operator == "is null"
        return lambda row: (read(row) in (None, ())) is wanted
    if operator in ("like", "not like"):
        return _like(of, operator, str(compare.values[0]), read)
    values = [_value(org, of, given, operator) for given in compare.values]
    return _compared(operator, values, _folded(of, read))


def _compared(operator: str, values: abc.Sequence[object], read: Maker) -> Test:
    if operator in ("=", "in"):
        hits = frozenset(values)
        return lambda row: read(row) in hits
    if operator in ("!=", "not in"):
        hits = frozenset(values)
        return lambda row: (value := read(row)) is not None and value not in hits
    low = values[0]
    if operator in ("between", "not between"):
        high, wanted = values[1], operator == "between"

        def between(row: int) -> bool:
            value = read(row)
            return value is not None and (low <= value <= high) is wanted  # type: ignore[operator]  # one type

        return between
    tests: dict[str, abc.Callable[[object], bool]] = {
        ">": lambda value: value > low,  # type: ignore[operator]  # one type
        "<": lambda value: value < low,  # type: ignore[operator]  # one type
        ">=": lambda value: value >= low,  # type: ignore[operator]  # one type
        "<=": lambda value: value <= low,  # type: ignore[operator]  # one type
    }
    test = tests[operator]
    return lambda row: (value := read(row)) is not None and test(value)


def _folded(of: Field, read: Maker) -> Maker:
    """Give the reader whose values compare: texts whatever their case, long numbers as numbers."""
    if of.value_type in TEXTS or of.value_type in ("picklist", "autonumber"):
        return lambda row: value.casefold() if isinstance(value := read(row), str) else value
    if of.value_type == "bigint":
        return lambda row: None if (value := read(row)) is None else int(str(value))
    if of.value_type == "multiselectpicklist":
        return lambda row: frozenset(value) if isinstance(value := read(row), tuple) and value else None
    return read


def _like(of: Field, operator: str, pattern: str, read: Maker) -> Test:
    if "%" not in pattern or "%" in pattern.strip("%"):
        raise invalid_query(reason="invalid pattern", column_name=of.name, operator=operator)
    middle = re.escape(pattern.strip("%"))
    start, end = "" if pattern.startswith("%") else "^", "" if pattern.endswith("%") else "$"
    found, wanted = re.compile(f"{start}{middle}{end}", re.IGNORECASE | re.DOTALL), operator == "like"

    def test(row: int) -> bool:
        value = read(row)
        if value is None:
            return False
        text = ";".join(value) if isinstance(value, tuple) else str(value)
        return (found.search(text) is not None) is wanted

    return test


def _value(org: Org, of: Field, given: Literal, operator: str) -> object:
    """Read a literal as a value of a field's type."""
    kind = of.value_type
    value: object = None
    if kind == "boolean":
        value = given if isinstance(given, bool) else {"true": True, "false": False}.get(str(given).lower())
    elif kind in ("bigint", "integer"):
        value = as_number(given) if not isinstance(given, str) or given.isdigit() else None
        value = given if isinstance(given, int) and not isinstance(given, bool) else value
    elif kind in ("double", "currency", "percent"):
        value = _number(given)
    elif kind == "date":
        value = given if isinstance(given, str) and is_date(given) else None
    elif kind == "datetime":
        value = org.zone.read(given) if isinstance(given, str) else None
    elif kind == "multiselectpicklist":
        value = frozenset(str(given).split(";"))
    elif kind == "lookup" or kind in USERS:
        value = str(number) if (number := as_number(given)) is not None else None
    else:
        value = str(given).casefold()
    if value is None:
        raise invalid_query(reason="invalid value for the field", column_name=of.name, operator=operator)
    return value


def _number(given: Literal) -> float | None:
    if isinstance(given, bool):
        return None
    try:
        return float(given)
    except ValueError:
        return None
