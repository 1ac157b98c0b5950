"""GET on an entity set or a collection-valued navigation property: which rows, in which pages."""

from collections import abc
from itertools import islice

import orjson

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.paging import Place, digest, read_token, write_token
from writeback_dynamics.simulator.problems import JSON_TYPE, bad_query
from writeback_dynamics.simulator.selecting import LIST_OPTIONS, Query, plan, query_text, show, sort
from writeback_dynamics.simulator.state import Call, Json
from writeback_dynamics.simulator.tables import Table

MOST_COUNTED = 5000
_CRM = "Microsoft.Dynamics.CRM"


def list_rows(call: Call, table: Table, scope: abc.Sequence[int] | None = None) -> Answer:
    """GET /accounts, or GET /accounts(id)/collection with the rows in scope.

    Raises:
        Problem: The query is refused.
    """
    query = plan(call, table, call.query, known=LIST_OPTIONS)
    bound_to = digest(call.path, call.query)
    token = call.query.get("$skiptoken")
    place = Place() if token is None else read_token(token, bound_to)
    most = int(call.org.switches.number("page_size"))
    size = min(call.prefer.page_size or most, most)
    top = query.top if call.prefer.page_size is None else None  # section 6: $top loses
    counts = call.query.get("$count") == "true"
    rows, total = _found(call, query, place, scope=scope, most=min(size, top or size) + 1, counts=counts)
    page = rows[: size if top is None else min(top, size)]
    told: Json = {"@odata.context": f"{call.org.root}$metadata#{table.entity.set_name}{query.context}"}
    if counts:
        told["@odata.count"] = min(total, MOST_COUNTED)
    told |= _totals(call, total if counts else -1)
    told["value"] = [show(call, query, row) for row in page]
    if len(rows) > len(page) and top is None:
        after = Place(place.page + 1, table.id(page[-1]))
        first = table.id(page[0])
        cookie = write_token(after, table.entity.primary_id, first_id=first, bound_to=bound_to)
        told["@odata.nextLink"] = next_link(call, cookie)
    return listed(call, told)


def count_rows(call: Call, table: Table) -> Answer:
    """GET /accounts/$count, up to 5000."""
    query = plan(call, table, call.query, known=frozenset({"$filter"}))
    _rows, total = _found(call, query, Place(), scope=None, most=0, counts=True)
    body = b"\xef\xbb\xbf" + str(min(total, MOST_COUNTED)).encode()
    return Answer(200, body, {"Content-Type": "text/plain", "OData-Version": "4.0"})


def next_link(call: Call, cookie: str) -> str:
    """Write the address of the next page."""
    options = {name: text for name, text in call.query.items() if name != "$skiptoken"}
    return f"{call.org.root}{call.path}?{query_text(options | {'$skiptoken': cookie})}"


def listed(call: Call, told: Json, *, is_tracked: bool = False) -> Answer:
    """Make the answer of a list."""
    headers = {"Content-Type": JSON_TYPE, "OData-Version": "4.0"}
    applied = call.prefer.applied(is_list=True, is_tracked=is_tracked)
    if applied:
        headers["Preference-Applied"] = ",".join(applied)
    return Answer(200, orjson.dumps(told), headers)


def _totals(call: Call, total: int) -> Json:
    told: Json = {
        "totalrecordcount": min(total, MOST_COUNTED),
        "totalrecordcountlimitexceeded": total > MOST_COUNTED,
        "globalmetadataversion": str(call.org.schema_version),
    }
    return {f"@{_CRM}.{name}": value for name, value in told.items() if call.prefer.wants(f"{_CRM}.{name}")}


def _found(
    call: Call,
    query: Query,
    place: Place,
    *,
    scope: abc.Sequence[int] | None,
    most: int,
    counts: bool,
) -> tuple[list[int], int]:
    """Give at most so many rows from a place on, and how many there are in all (when counted)."""
    table = query.table
    start = table.row(place.last_id) if place.last_id else None
    if place.last_id and start is None:
        raise bad_query("The paging cookie names a row that is not there.")
    if query.orders:
        rows = sort(call.org, query, _matching(query, scope, 0))
        total = len(rows)
        if start is not None:  # a row that vanished meanwhile is skipped by its old place
            size = most - 1
            known = rows.index(start) + 1 if start in set(rows) else (place.page - 1) * size
            rows = rows[known:]
        return rows[:most], total
    first = 0 if start is None else start + 1
    rows = list(islice(_matching(query, scope, first), most))
    if not counts:
        return rows, -1
    if query.filter is None and scope is None:
        return rows, table.count - len(table.deleted)
    return rows, sum(1 for _row in _matching(query, scope, 0))


def _matching(query: Query, scope: abc.Sequence[int] | None, first: int) -> abc.Iterator[int]:
    table = query.table
    rows: abc.Iterable[int]
    if scope is not None:
        rows = (row for row in scope if row >= first)
    elif query.filter is not None and query.filter.candidates is not None:
        rows = (row for row in sorted(query.filter.candidates) if row >= first)
    else:
        rows = table.rows(first)
    if query.filter is None:
        return iter(rows)
    matches = query.filter.matches
    return (row for row in rows if matches(row) is True)
