"""Questions about one row, whose answer may be yes, no, or nothing: how they are joined.

Comparison with nothing is neither true nor false, as in SQL. Must not know what is asked.
"""

from collections import abc

from writeback_dynamics.simulator.schema import LOOKUPS

Verdict = bool | None
Question = abc.Callable[[int], Verdict]
Value = abc.Callable[[int], object]
NUMBERS = frozenset({"Picklist", "State", "Status", "Integer", "BigInt", "Decimal", "Double", "Money"})
GUIDS = LOOKUPS | {"Uniqueidentifier"}


def against(operator: str, left: Value, right: Value) -> Question:
    """Compare two values of a row."""
    compare: abc.Callable[[object, object], bool] = {
        "eq": lambda one, other: one == other,
        "ne": lambda one, other: one != other,
        "gt": lambda one, other: one > other,
        "ge": lambda one, other: one >= other,
        "lt": lambda one, other: one < other,
        "le": lambda one, other: one <= other,
    }[operator]

    def ask(row: int) -> Verdict:
        one = left(row)
        if one is None:
            return None
        other = right(row)
        return None if other is None else compare(one, other)

    return ask


def joined(operator: str, questions: abc.Sequence[Question]) -> Question:
    """Join questions by `and` or `or`, in three values."""
    decides = operator == "or"  # one true part decides an "or", one false part an "and"

    def ask(row: int) -> Verdict:
        is_known = True
        for question in questions:
            verdict = question(row)
            if verdict is decides:
                return decides
            is_known = is_known and verdict is not None
        return not decides if is_known else None

    return ask


def negated(inner: Question) -> Question:
    """Ask the opposite."""
    return lambda row: None if (got := inner(row)) is None else not got
