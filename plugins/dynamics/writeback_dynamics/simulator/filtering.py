"""Turn a filter's tree into a question about one row. Comparison with nothing is neither true nor false.

Names are checked against the table here: an unknown one is refused, never an empty answer.
"""

from collections import abc
from datetime import datetime, timedelta
from decimal import Decimal

from writeback_dynamics.simulator.expressions import (
    Compare,
    Lambda,
    Literal,
    Logic,
    Node,
    Not,
    Path,
    QueryFunction,
    TextCall,
    read_filter,
)
from writeback_dynamics.simulator.problems import bad_query
from writeback_dynamics.simulator.schema import LOOKUPS, Column, Entity, Navigation, Ref
from writeback_dynamics.simulator.state import Call, Org
from writeback_dynamics.simulator.tables import Table
from writeback_dynamics.simulator.times import parsed, read_date, read_moment

Verdict = bool | None
Question = abc.Callable[[int], Verdict]
Value = abc.Callable[[int], object]
_NUMBERS = frozenset({"Picklist", "State", "Status", "Integer", "BigInt", "Decimal", "Double", "Money"})
_GUIDS = LOOKUPS | {"Uniqueidentifier"}
_KINDS = {"boolean": "Edm.Boolean", "number": "Edm.Int32", "string": "Edm.String", "guid": "Edm.Guid"}
_MANY_VALUES = frozenset({"In", "NotIn", "Between", "NotBetween", "ContainValues", "DoesNotContainValues"})


class Filter:
    """A question that every row of a table can be asked."""

    def __init__(self, call: Call, table: Table, text: str) -> None:
        aliases = {name: value for name, value in call.query.items() if name.startswith("@")}
        node = read_filter(text, aliases)
        binder = _Binder(call, table)
        self.matches = binder.question(node)
        self.candidates = binder.candidates(node)


class _Binder:
    def __init__(self, call: Call, table: Table, variables: abc.Mapping[str, Table] | None = None) -> None:
        self._call = call
        self._org: Org = call.org
        self._table = table
        self._variables = variables or {}

    def question(self, node: Node) -> Question:
        match node:
            case Logic(operator, parts):
                return _joined(operator, [self.question(part) for part in parts])
            case Not(inner):
                return _negated(self.question(inner))
            case Path() | Literal():
                return self._yes_or_no(node)
            case _:
                return self._asked(node)

    def _asked(self, node: Compare | TextCall | Lambda | QueryFunction) -> Question:
        match node:
            case Compare():
                return self._compared(node)
            case TextCall():
                return self._text_call(node)
            case Lambda():
                return self._quantified(node)
            case QueryFunction():
                return self._function(node)

    def _yes_or_no(self, node: Path | Literal) -> Question:
        if isinstance(node, Literal):
            if node.kind != "boolean":
                raise bad_query("The $filter expression must evaluate to a single boolean value.")
            fixed = bool(node.value)
            return lambda _row: fixed
        value, column = self._property(node)
        if column.type != "Boolean":
            raise bad_query("The $filter expression must evaluate to a single boolean value.")
        return lambda row: None if (got := value(row)) is None else bool(got)

    def candidates(self, node: Node) -> set[int] | None:
        """Give the rows that may match, or None when all may."""
        match node:
            case Compare("eq", Path((name,)), Literal(_, value)) | Compare(
                "eq", Literal(_, value), Path((name,))
            ):
                return self._holding(name, (value,))
            case QueryFunction("In", {"PropertyName": str() as name, "PropertyValues": list() as values}):
                return self._holding(name, values)
            case Logic("and", parts):
                known = [found for part in parts if (found := self.candidates(part)) is not None]
                return set.intersection(*known) if known else None
            case Logic("or", parts):
                return self._any_of(parts)
            case _:
                return None

    def _any_of(self, parts: abc.Iterable[Node]) -> set[int] | None:
        rows: set[int] = set()
        for part in parts:
            found = self.candidates(part)
            if found is None:
                return None
            rows |= found
        return rows

    def _holding(self, name: str, values: abc.Iterable[object]) -> set[int] | None:
        column = self._table.entity.properties.get(name)
        if column is None or column.type not in ("String", "Uniqueidentifier"):
            return None
        found: set[int] = set()
        for value in values:
            rows = None if value is None else self._table.candidates(column.name, value)
            if rows is None:
                return None
            found |= rows
        return found

    def _property(self, path: Path) -> tuple[Value, Column]:
        names = path.names
        table, value = self._table, None
        if names[0] in self._variables:
            table, names = self._variables[names[0]], names[1:]
        for name in names[:-1]:
            step = _navigation(table.entity, name, self._org)
            if step.is_many:
                raise bad_query(f"The navigation property '{name}' is a collection: use any or all.")
            value, table = self._followed(table, step, value)
        column = table.entity.properties.get(names[-1]) if names else None
        if column is None:
            raise self._org.unknown_in_query(names[-1] if names else path.names[0], table.entity.name)
        return _read(table, column, value), column

    def _followed(self, table: Table, step: Navigation, before: Value | None) -> tuple[Value, Table]:
        target = self._org.tables[step.entity]

        def follow(row: int) -> object:
            start = row if before is None else before(row)
            if not isinstance(start, int):
                return None
            held = table.value(start, step.column)
            return target.living(held.id) if isinstance(held, Ref) and held.entity == step.entity else None

        return follow, target

    def _compared(self, node: Compare) -> Question:
        left, right, operator = node.left, node.right, node.operator
        if isinstance(left, Literal) and isinstance(right, Path):
            left, right = right, left
            operator = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}.get(operator, operator)
        if not isinstance(left, Path):
            raise bad_query("A comparison needs a property on one side.")
        value, column = self._property(left)
        if isinstance(right, Path):
            other, other_column = self._property(right)
            if other_column.edm != column.edm:
                raise _incompatible(column.edm, other_column.edm, operator)
            return _against(operator, value, other)
        if not isinstance(right, Literal):
            raise bad_query("A comparison needs a value or a property on each side.")
        if right.kind == "null":
            if operator not in ("eq", "ne"):
                return lambda _row: None
            wants_null = operator == "eq"
            return lambda row: (value(row) is None) == wants_null
        wanted = _coerced(column, right, operator)
        return _against(operator, value, lambda _row: wanted)

    def _text_call(self, node: TextCall) -> Question:
        if not isinstance(node.subject, Path) or not isinstance(node.text, Literal):
            raise bad_query(f"No function signature for the function with name '{node.function}' matches.")
        value, column = self._property(node.subject)
        if column.edm != "Edm.String" or node.text.kind != "string":
            raise bad_query(f"No function signature for the function with name '{node.function}' matches.")
        wanted = str(node.text.value).casefold()
        asks: dict[str, abc.Callable[[str], bool]] = {
            "contains": lambda text: wanted in text,
            "startswith": lambda text: text.startswith(wanted),
            "endswith": lambda text: text.endswith(wanted),
        }
        ask = asks[node.function]
        return lambda row: None if (got := value(row)) is None else ask(str(got))

    def _quantified(self, node: Lambda) -> Question:
        table, start = self._table, None
        for name in node.path[:-1]:
            start, table = self._followed(table, _navigation(table.entity, name, self._org), start)
        step = _navigation(table.entity, node.path[-1], self._org)
        if not step.is_many:
            raise bad_query(f"Any/All may only be used following a collection: '{node.path[-1]}' is none.")
        child = self._org.tables[step.entity]
        inner = None
        if node.inner is not None:
            variables = {node.variable: child}
            inner = _Binder(self._call, child, variables).question(node.inner)

        def ask(row: int) -> Verdict:
            parent = row if start is None else start(row)
            if not isinstance(parent, int):
                return False
            rows = child.children(step.column, table.entity.name, table.id(parent), parent)
            if inner is None:
                return bool(rows)
            verdicts = (inner(found) is True for found in rows)
            return any(verdicts) if node.quantifier == "any" else all(verdicts)

        return ask

    def _function(self, node: QueryFunction) -> Question:
        name = node.arguments.get("PropertyName")
        if not isinstance(name, str):
            raise bad_query(f"The function '{node.name}' needs the parameter PropertyName.")
        value, column = self._property(Path(tuple(name.split("/"))))
        if node.name in _MANY_VALUES:
            return _many(node, value, column)
        if node.name in ("EqualUserId", "NotEqualUserId"):
            wants = node.name == "EqualUserId"
            user_id = self._call.user_id
            return lambda row: (value(row) == user_id) == wants
        first, last = _span(node, self._org.now())
        return lambda row: None if (got := value(row)) is None else first <= parsed(str(got)) < last


def _read(table: Table, column: Column, at: Value | None) -> Value:
    name, folds, is_lookup = column.name, column.edm == "Edm.String", column.type in LOOKUPS

    def read(row: int) -> object:
        if at is not None:
            found = at(row)
            if not isinstance(found, int):
                return None
            row = found
        value = table.value(row, name)
        if is_lookup:
            return value.id if isinstance(value, Ref) else None
        return value.casefold() if folds and isinstance(value, str) else value

    return read


def _navigation(entity: Entity, name: str, org: Org) -> Navigation:
    found = entity.navigations.get(name)
    if found is None:
        raise org.unknown_in_query(name, entity.name)
    return found


def _coerced(column: Column, literal: Literal, operator: str) -> object:
    value, kind = literal.value, literal.kind
    if column.edm in ("Edm.Date", "Edm.DateTimeOffset"):
        read = read_date if column.edm == "Edm.Date" else read_moment
        found = read(str(value)) if kind in ("date", "datetime") else None
        if found is None:
            raise _incompatible(column.edm, _KINDS.get(kind, "Edm.DateTimeOffset"), operator)
        return found
    fits = {
        "string": column.edm == "Edm.String",
        "number": column.type in _NUMBERS,
        "boolean": column.type == "Boolean",
        "guid": column.type in _GUIDS,
    }
    if not fits.get(kind, False):
        raise _incompatible(column.edm, _KINDS.get(kind, "Edm.DateTimeOffset"), operator)
    return value.casefold() if isinstance(value, str) and kind == "string" else value


def _from_text(column: Column, given: object) -> object:
    """Read an element of a query function's list: texts, whatever the column's type."""
    text = str(given)
    if column.type in _NUMBERS:
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
    return text.lower() if column.type in _GUIDS else text.casefold()


def _many(node: QueryFunction, value: Value, column: Column) -> Question:
    given = node.arguments.get("PropertyValues")
    if not isinstance(given, list) or not given:
        raise bad_query(f"The function '{node.name}' needs the parameter PropertyValues.")
    is_negated = node.name in ("NotIn", "NotBetween", "DoesNotContainValues")
    if node.name.endswith("ContainValues"):
        if column.type != "MultiSelectPicklist":
            raise bad_query(
                f"The function '{node.name}' is for multi-select choices, '{column.name}' is none."
            )
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
        ends = (_against("ge", value, lambda _row: low), _against("le", value, lambda _row: high))
        inside = _joined("and", ends)
        return _negated(inside) if is_negated else inside
    found = set(wanted)
    return lambda row: None if (got := value(row)) is None else (got in found) != is_negated


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
    if node.name in ("LastXDays", "NextXDays", "OlderThanXDays", "LastXHours") and given.isdigit():
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


def _incompatible(one: str, other: str, operator: str) -> Exception:
    names = {"eq": "Equal", "ne": "NotEqual", "gt": "GreaterThan", "ge": "GreaterThanOrEqual"}
    names |= {"lt": "LessThan", "le": "LessThanOrEqual"}
    message = (
        "A binary operator with incompatible types was detected. Found operand types"
        f" '{one}' and '{other}' for operator kind '{names[operator]}'."
    )
    return bad_query(message)


def _against(operator: str, left: Value, right: Value) -> Question:
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


def _joined(operator: str, questions: abc.Sequence[Question]) -> Question:
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


def _negated(inner: Question) -> Question:
    return lambda row: None if (got := inner(row)) is None else not got
