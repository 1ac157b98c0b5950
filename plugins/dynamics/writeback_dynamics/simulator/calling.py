"""Answer the query functions `Microsoft.Dynamics.CRM.…` of a filter: lists of values, spans of time."""

from datetime import datetime, timedelta
from decimal import Decimal

from writeback_dynamics.simulator.expressions import QueryFunction
from writeback_dynamics.simulator.problems import bad_query
from writeback_dynamics.simulator.questions import (
    GUIDS,
    NUMBERS,
    Question,
    Value,
    Verdict,
    against,
    joined,
    negated,
)
from writeback_dynamics.simulator.schema import Column
from writeback_dynamics.simulator.times import parsed, read_date, read_moment

_MANY_VALUES = frozenset({"In", "NotIn", "Between", "NotBetween", "ContainValues", "DoesNotContainValues"})


def ask_function(node: QueryFunction, value: Value, column: Column, *, now: datetime) -> Question:
    """Make the question a query function asks of a column.

    Raises:
        Problem: The function is unknown, or does not fit the column.
    """
    if node.name in _MANY_VALUES:
        return _many(node, value, column)
    if column.type != "DateTime":
        raise bad_query(f"The function '{node.name}' is for dates, '{column.name}' is none.")
    first, last = _span(node, now)
    return lambda row: None if (got := value(row)) is None else first <= parsed(str(got)) < last


def _many(node: QueryFunction, value: Value, column: Column) -> Question:
    given = node.arguments.get("PropertyValues")
    if not isinstance(given, list) or not given:
        raise bad_query(f"The function '{node.name}' needs the parameter PropertyValues.")
    is_negated = node.name in ("NotIn", "NotBetween", "DoesNotContainValues")
    if node.name.endswith("ContainValues"):
        if column.type != "MultiSelectPicklist":
            raise bad_query(f"The function '{node.name}' is for multi-select choices only.")
        chosen = {str(text) for text in given}

        def holds(row: int) -> Verdict:
            got = value(row)
            return is_negated if got is None else (not chosen.isdisjoint(str(got).split(","))) != is_negated

        return holds
    wanted = [_from_text(column, text) for text in given]
    if node.name.endswith("Between"):
        if len(wanted) != 2:
            raise bad_query(f"The function '{node.name}' needs two values.")
        low, high = wanted
        ends = (against("ge", value, lambda _row: low), against("le", value, lambda _row: high))
        inside = joined("and", ends)
        return negated(inside) if is_negated else inside
    found = set(wanted)
    return lambda row: None if (got := value(row)) is None else (got in found) != is_negated


def _from_text(column: Column, given: object) -> object:
    """Read an element of a query function's list: texts, whatever the column's type."""
    text = str(given)
    if column.type in NUMBERS:
        try:
            return Decimal(text)
        except ArithmeticError:
            raise bad_query(f"The value '{text}' is not valid for '{column.name}'.") from None
    if column.type == "Boolean":
        return text.lower() in ("true", "1")
    if column.type == "DateTime":
        read = read_date if column.edm == "Edm.Date" else read_moment
        found = read(text)
        if found is None:
            raise bad_query(f"The value '{text}' is not valid for '{column.name}'.")
        return found
    return text.lower() if column.type in GUIDS else text.casefold()


def _span(node: QueryFunction, now: datetime) -> tuple[datetime, datetime]:
    """Give the start and the end (excluded) of the time a date function asks for."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    ages = (datetime.min.replace(tzinfo=now.tzinfo), datetime.max.replace(tzinfo=now.tzinfo))
    given = str(node.arguments.get("PropertyValue", ""))
    if node.name in ("Today", "Yesterday", "Tomorrow"):
        start = today + {"Today": 0, "Yesterday": -1, "Tomorrow": 1}[node.name] * day
        return start, start + day
    if node.name in ("On", "OnOrAfter", "OnOrBefore"):
        text = read_moment(given)
        if text is None:
            raise bad_query(f"The value '{given}' is not a date.")
        start = parsed(text).replace(hour=0, minute=0, second=0)
        spans = {
            "On": (start, start + day),
            "OnOrAfter": (start, ages[1]),
            "OnOrBefore": (ages[0], start + day),
        }
        return spans[node.name]
    if (
        node.name in ("LastXDays", "NextXDays", "OlderThanXDays", "LastXHours")
        and given.isdigit()
        and len(given) <= 5
    ):
        count = int(given)
        return {
            "LastXDays": (today - count * day, now),
            "NextXDays": (now, today + (count + 1) * day),
            "OlderThanXDays": (ages[0], today - count * day),
            "LastXHours": (now - timedelta(hours=count), now),
        }[node.name]
    raise bad_query(
        f"The function 'Microsoft.Dynamics.CRM.{node.name}' is not supported with these parameters."
    )
