"""`POST /objects/{type}/search`: an index that lags, ends at 10,000 and is never to be trusted (section 8).

Two shortcuts keep it usable with 100,000 records: a lower bound on last-modified skips what lies before it
(seeded records are in the order of their stamps), and the rows found are kept while nothing moves.
"""

from collections import abc

import orjson

from writeback.sdk.simulator import Answer, json_answer
from writeback_hubspot.simulator.filtering import Filter, fits, ordered, read_filters, tokens
from writeback_hubspot.simulator.problems import Json, invalid
from writeback_hubspot.simulator.properties import Property
from writeback_hubspot.simulator.showing import Wanted, check_wanted, show_as
from writeback_hubspot.simulator.state import Call, Portal, is_whole, listed
from writeback_hubspot.simulator.tables import Getter, Table, Values

CAP = 10_000
_MOST = 200
_LONGEST_BODY = 3000
_KEPT = 64


class _View:
    """The records as the index holds them."""

    def __init__(self, portal: Portal, table: Table) -> None:
        self._table = table
        self.unseen = table.unseen(portal.now().timestamp())

    def changed(self, row: int) -> Values | None:
        unseen = self.unseen.get(row)
        return self._table.changed.get(row) if unseen is None else unseen.before

    def is_there(self, row: int) -> bool:
        unseen = self.unseen.get(row)
        if unseen is None:
            return row not in self._table.archived
        return unseen.before is not None and not unseen.was_archived

    def getter(self, row: int) -> Getter:
        changed = self.changed(row)
        return lambda name: self._table.value_in(row, name, changed)


class Searching:
    """Search, with what it found lately."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], list[int]] = {}

    def search(self, call: Call) -> Answer:
        """Answer a search."""
        portal, table, given = call.portal, call.table, call.json()
        if len(call.body.read()) > _LONGEST_BODY:
            raise invalid(f"The request body is longer than {_LONGEST_BODY} characters")
        limit, after = _whole(given, "limit", 10), _whole(given, "after", 0)
        if limit > _MOST:
            raise invalid(f"limit exceeds maximum. Requested {limit}, but the maximum is {_MOST}.")
        if after >= CAP:
            raise invalid(f"after is {after}, but a search ends at {CAP} results")
        names = tuple(str(name) for name in listed(given.get("properties"), "properties"))
        check_wanted(portal, table, Wanted(names))
        view = _View(portal, table)
        rows = self._rows(portal, table, view, given)
        page = rows[after : min(after + limit, CAP)]
        shown = [show_as(portal, table, row, names, changed=view.changed(row)) for row in page]
        for each in shown:  # the index knows no archived records, whatever became of them since
            each["archived"] = False
            each.pop("archivedAt", None)
        told: Json = {"total": len(rows), "results": shown}
        end = after + limit
        if end < len(rows):
            told["paging"] = {"next": {"after": str(end)}}
        return json_answer(told)

    def _rows(self, portal: Portal, table: Table, view: _View, given: Json) -> list[int]:
        groups = read_filters(table, given, portal.switches["search_filters"])
        sort = _read_sort(table, given)
        query = str(given.get("query") or "")
        asked = orjson.dumps([given.get("filterGroups"), given.get("filters"), given.get("sorts"), query])
        key = (table.kind.name, table.writes, len(view.unseen), len(table.kind.properties), asked)
        if key not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[key] = _found(table, view, groups, (sort, query))
        return self._found[key]


def _found(
    table: Table, view: _View, groups: list[list[Filter]], rest: tuple[tuple[Property, bool] | None, str]
) -> list[int]:
    sort, query = rest
    fit, wanted = fits(groups), tokens(query)
    rows = []
    for row in _candidates(table, groups):
        if not view.is_there(row):
            continue
        get = view.getter(row)
        if fit(get) and (not wanted or _answers(table, get, wanted)):
            rows.append(row)
    if sort is not None:
        prop, descends = sort
        keys = {row: _sort_key(prop, view.getter(row)(prop.key)) for row in rows}
        rows.sort(key=keys.__getitem__, reverse=descends)
    return rows


def _candidates(table: Table, groups: abc.Sequence[abc.Sequence[Filter]]) -> abc.Iterable[int]:
    """Leave out seeded rows that a bound on last-modified in every group excludes."""
    bounds = [bound for group in groups if (bound := _bound(table, group)) is not None]
    if not groups or len(bounds) < len(groups):
        return range(table.count)
    first, low, high = min(bounds), 0, table.seeds.rows
    while low < high:
        middle = (low + high) // 2
        if (ordered(table.value_in(middle, table.kind.modified, None)) or 0) < first:
            low = middle + 1
        else:
            high = middle
    return sorted({*range(low, table.count), *table.changed})


def _bound(table: Table, group: abc.Iterable[Filter]) -> float | None:
    for each in group:
        if each.prop.key == table.kind.modified and each.operator in ("GT", "GTE", "BETWEEN", "EQ"):
            return ordered(each.value)
    return None


def _answers(table: Table, get: Getter, wanted: abc.Sequence[str]) -> bool:
    held = [token for name in table.kind.searched for token in tokens(get(name))]
    return all(any(token.startswith(each) for token in held) for each in wanted)


def _sort_key(prop: Property, value: str | None) -> tuple[bool, float, str]:
    if prop.type in ("number", "date", "datetime"):
        number = ordered(value)
        return (number is not None, number or 0, "")
    return (value is not None, 0, (value or "").lower())


def _read_sort(table: Table, given: Json) -> tuple[Property, bool] | None:
    sorts = listed(given.get("sorts"), "sorts")
    if not sorts:
        return None
    if len(sorts) > 1:
        raise invalid(f"There are {len(sorts)} sorts, at most 1 is allowed")
    [first] = sorts
    if isinstance(first, str) and first.startswith("{"):
        first = _unpacked(first)
    if isinstance(first, dict):
        name, direction = str(first.get("propertyName", "")), str(first.get("direction", "ASCENDING"))
    else:
        name, direction = str(first).removeprefix("-"), "DESCENDING" if str(first)[:1] == "-" else "ASCENDING"
    prop = table.kind.properties.get(name)
    if prop is None or direction not in ("ASCENDING", "DESCENDING"):
        raise invalid(f"Cannot sort by {name} {direction}")
    return prop, direction == "DESCENDING"


def _unpacked(text: str) -> object:
    """Read a sort that was packed into a text: the documented way of the vendor's Node client."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _whole(given: Json, name: str, default: int) -> int:
    value = given.get(name)
    if value is None or value == "":
        return default
    text = str(value)
    if not is_whole(text):
        raise invalid(f"Invalid input JSON on line 1, column 1: {name} has to be a number")
    return int(text)
