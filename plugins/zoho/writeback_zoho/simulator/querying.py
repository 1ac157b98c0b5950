"""Answer COQL statements.

Source: https://www.zoho.com/crm/developer/docs/api/v8/Get-Records-through-COQL-Query.html.
"""

from collections import abc
from dataclasses import dataclass
from itertools import islice

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.conditions import Reach, invalid_query, make_test, reach, sort_key
from writeback_zoho.simulator.coql import Compare, Path, Query, conjuncts, criteria, parse
from writeback_zoho.simulator.describing import USERS
from writeback_zoho.simulator.problems import Problem
from writeback_zoho.simulator.state import Call, Json, Org
from writeback_zoho.simulator.tables import Maker, Table
from writeback_zoho.simulator.values import show

MOST = 2_000
MOST_IN_ALL = 100_000
MOST_JOINS = 2
_BY_ID = (((("id",), True),), ((("id",), False),), ())


@dataclass(frozen=True, slots=True)
class _Column:
    key: str
    show: Maker


def query(call: Call) -> Answer:
    """POST /coql."""
    org, asked = call.org, _asked(call)
    table = org.tables.get(asked.module)
    if table is None:
        raise Problem("INVALID_MODULE", "the module name given seems to be invalid")
    _check_limits(org, asked)
    with org.lock:
        columns = [_column(org, table, column.key, column.path) for column in asked.columns]
        found = _rows(org, table, asked)
        rows = list(islice(found, asked.offset, asked.offset + asked.limit + 1))
        shown = [_record(table, row, columns) for row in rows[: asked.limit]]
    if not shown:
        return Answer(204)
    return json_answer(
        {"data": shown, "info": {"count": len(shown), "more_records": len(rows) > asked.limit}}
    )


def query_cost(call: Call) -> int:
    """A statement costs 1, 2 or 3 credits for up to 200, 1000 or 2000 rows."""
    try:
        limit = _asked(call).limit
    except Problem:
        return 1
    return 1 if limit <= 200 else 2 if limit <= 1_000 else 3


def _asked(call: Call) -> Query:
    text = call.json().get("select_query")
    if text is None:
        raise Problem("MANDATORY_NOT_FOUND", "required field not found", {"api_name": "select_query"})
    if not isinstance(text, str):
        details = {"expected_data_type": "string", "api_name": "select_query", "json_path": "$.select_query"}
        raise Problem("INVALID_DATA", "invalid data", details)
    return parse(text)


def _check_limits(org: Org, asked: Query) -> None:
    columns = int(org.switches.number("coql_columns"))
    values = int(org.switches.number("coql_values"))
    if not 1 <= asked.limit <= MOST:
        raise Problem("LIMIT_EXCEEDED", "limit exceeded", {"limit": MOST, "clause": "limit"})
    if asked.offset + asked.limit > MOST_IN_ALL:
        raise Problem("LIMIT_EXCEEDED", "limit exceeded", {"limit": MOST_IN_ALL, "clause": "offset"})
    if len(asked.columns) > columns:
        raise Problem("LIMIT_EXCEEDED", "limit exceeded", {"limit": columns, "clause": "select"})
    if any(len(compare.values) > values for compare in criteria(asked.where)):
        raise Problem("LIMIT_EXCEEDED", "limit exceeded", {"limit": values, "clause": "where"})
    paths = [column.path for column in asked.columns] + [compare.path for compare in criteria(asked.where)]
    joined = [path for path in paths if path[0].lstrip("!") != asked.module]
    joins = {path[:step] for path in joined for step in range(1, len(path))}
    if len(joins) > MOST_JOINS:
        raise Problem("LIMIT_EXCEEDED", "limit exceeded", {"limit": MOST_JOINS, "clause": "select"})


def _column(org: Org, table: Table, key: str, path: Path) -> _Column:
    target = reach(org, table, path)
    of, read = target.field, target.read
    is_lookup = of.data_type == "lookup" or of.data_type in USERS
    if is_lookup and org.switches["coql_lookup"] == "id":
        return _Column(key, lambda row: None if (value := read(row)) is None else {"id": value})
    return _Column(key, lambda row: show(org, of, read(row), ids_only=True))


def _record(table: Table, row: int, columns: abc.Sequence[_Column]) -> Json:
    told: Json = {column.key: column.show(row) for column in columns}
    told.setdefault("id", table.ids.of(row))
    return told


def _rows(org: Org, table: Table, asked: Query) -> abc.Iterable[int]:
    """Give the rows that match, in order; as few as are asked for where the order is that of the ids."""
    test = make_test(org, table, asked.where)
    candidates = _candidates(table, asked)
    if asked.orders in _BY_ID:
        ascending = not asked.orders or asked.orders[0][1]
        ordered = candidates if ascending else reversed(candidates)
        return (row for row in ordered if row not in table.deleted and test(row))
    rows = [row for row in candidates if row not in table.deleted and test(row)]
    for path, ascending in reversed(asked.orders):
        target: Reach = reach(org, table, path)
        if target.field.data_type in ("textarea", "multiselectpicklist"):
            raise invalid_query(column_name=target.field.name, clause="order by")
        rows.sort(key=lambda row: sort_key(target.read(row)), reverse=not ascending)
    return rows


def _candidates(table: Table, asked: Query) -> abc.Sequence[int]:
    """Narrow the rows by what the statement says of ids and unique fields."""
    low, high = 0, table.count
    for compare in conjuncts(asked.where):
        if compare.path == ("id",):
            if compare.operator in ("=", "in"):
                found = {table.row(value) for value in compare.values}
                return sorted(row for row in found if row is not None)
            low, high = _bounds(table, compare, low, high)
        elif len(compare.path) == 1 and compare.operator in ("=", "in"):
            of = table.module.find(compare.path[0])
            if of is not None and of.unique:
                return sorted(set().union(*(table.holders(of.name, str(value)) for value in compare.values)))
    return range(max(0, low), max(0, min(high, table.count)))


def _bounds(table: Table, compare: Compare, low: int, high: int) -> tuple[int, int]:
    try:
        bounds = [table.ids.bound(int(str(value))) for value in compare.values]
    except ValueError:
        return low, high  # the test refuses it
    match compare.operator:
        case ">" | ">=":
            low = max(low, bounds[0])
        case "<" | "<=":
            high = min(high, bounds[0] + 1)
        case "between":
            low, high = max(low, bounds[0]), min(high, bounds[1] + 1)
        case _:
            pass
    return low, high
