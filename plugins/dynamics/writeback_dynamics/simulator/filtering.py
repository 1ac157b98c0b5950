"""Turn a filter's tree into a question about one row. Comparison with nothing is neither true nor false.

Names are checked against the table here: an unknown one is refused, never an empty answer.
"""

from collections import abc

from writeback_dynamics.simulator.calling import ask_function
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
from writeback_dynamics.simulator.schema import LOOKUPS, Column, Entity, Navigation, Ref
from writeback_dynamics.simulator.state import Call, Org
from writeback_dynamics.simulator.tables import Table
from writeback_dynamics.simulator.times import read_date, read_moment

_KINDS = {"boolean": "Edm.Boolean", "number": "Edm.Int32", "string": "Edm.String", "guid": "Edm.Guid"}


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
                return joined(operator, [self.question(part) for part in parts])
            case Not(inner):
                return negated(self.question(inner))
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
            return against(operator, value, other)
        if not isinstance(right, Literal):
            raise bad_query("A comparison needs a value or a property on each side.")
        if right.kind == "null":
            if operator not in ("eq", "ne"):
                return lambda _row: None
            wants_null = operator == "eq"
            return lambda row: (value(row) is None) == wants_null
        wanted = _coerced(column, right, operator)
        return against(operator, value, lambda _row: wanted)

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
        if node.name in ("EqualUserId", "NotEqualUserId"):
            wants = node.name == "EqualUserId"
            user_id = self._call.user_id
            return lambda row: (value(row) == user_id) == wants
        return ask_function(node, value, column, now=self._org.now())


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
        "number": column.type in NUMBERS,
        "boolean": column.type == "Boolean",
        "guid": column.type in GUIDS,
    }
    if not fits.get(kind, False):
        raise _incompatible(column.edm, _KINDS.get(kind, "Edm.DateTimeOffset"), operator)
    return value.casefold() if isinstance(value, str) and kind == "string" else value


def _incompatible(one: str, other: str, operator: str) -> Exception:
    names = {"eq": "Equal", "ne": "NotEqual", "gt": "GreaterThan", "ge": "GreaterThanOrEqual"}
    names |= {"lt": "LessThan", "le": "LessThanOrEqual"}
    message = (
        "A binary operator with incompatible types was detected. Found operand types"
        f" '{one}' and '{other}' for operator kind '{names[operator]}'."
    )
    return bad_query(message)
