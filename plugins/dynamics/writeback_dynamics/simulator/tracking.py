"""Change tracking: the first full read, delta links, deletions last, expiry (section 15)."""

import re
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.listing import listed
from writeback_dynamics.simulator.problems import Problem, bad_query
from writeback_dynamics.simulator.selecting import Query, plan, query_text, show
from writeback_dynamics.simulator.state import Call, Json, Org
from writeback_dynamics.simulator.tables import Table

_KNOWN = frozenset({"$select", "$deltatoken", "$skiptoken"})
_FORBIDDEN = ("$filter", "$orderby", "$expand", "$top")
_TOKEN = re.compile(r"(\d+)!(\d\d/\d\d/\d{4} \d\d:\d\d:\d\d)")
_COOKIE = re.compile(
    r'<cookie pagenumber="(\d+)" pagingcookie="(\d+)\.(\d+)\.([01])\.(\d+)" istracking="True" />'
)


@dataclass(frozen=True, slots=True)
class _Window:
    """Which changes a page is about: those after `since` up to `until`, from a place on."""

    since: int
    until: int
    is_deleted: bool = False
    after: int = -1  # the row number (first read) or the version (delta) shown last
    page: int = 1


def track(call: Call, table: Table) -> Answer:
    """GET /accounts with `Prefer: odata.track-changes`, or with a delta token.

    Raises:
        Problem: The table is not tracked, an option is refused, the token has expired.
    """
    _check(call, table)
    query = plan(call, table, call.query, known=_KNOWN)
    delta = call.query.get("$deltatoken")
    window = _window(call, None if delta is None else _since(call.org, delta))
    size = call.prefer.page_size or int(call.org.switches.number("page_size"))
    if delta is None:
        return _first_read(call, query, window, size)
    return _delta(call, query, window, size)


def count(call: Call, table: Table) -> Answer:
    """GET /accounts/$count?$deltatoken=….

    Raises:
        Problem: The token is none or has expired.
    """
    _check(call, table)
    since = _since(call.org, call.query["$deltatoken"])
    changed = _changes(table, _Window(since, call.org.version))
    return Answer(200, str(len(changed)).encode(), {"Content-Type": "text/plain", "OData-Version": "4.0"})


def _check(call: Call, table: Table) -> None:
    for name in _FORBIDDEN:
        if name in call.query:
            text = f'The "{name}" query parameter isn\'t supported when Change Tracking is enabled.'
            raise bad_query(text)
    if not table.entity.has_tracking:
        raise bad_query(f"Change tracking is not enabled for entity '{table.entity.name}'.")


def _first_read(call: Call, query: Query, window: _Window, size: int) -> Answer:
    table = query.table
    rows = list(islice(table.rows(window.after + 1), size + 1))
    told: Json = {"@odata.context": f"{call.org.root}$metadata#{table.entity.set_name}{query.context}"}
    told["value"] = [show(call, query, row) for row in rows[:size]]
    if len(rows) > size:
        after = _Window(0, window.until, after=rows[size - 1], page=window.page + 1)
        told["@odata.nextLink"] = _link(call, {"$skiptoken": _cookie(after)}, keeps_delta=False)
    else:
        told["@odata.deltaLink"] = _delta_link(call, window.until)
    return listed(call, told, is_tracked=True)


def _delta(call: Call, query: Query, window: _Window, size: int) -> Answer:
    table, root = query.table, call.org.root
    name = table.entity.set_name
    changed = _changes(table, window)
    told: Json = {"@odata.context": f"{root}$metadata#{name}{query.context}/$delta"}
    told["value"] = [
        {"@odata.context": f"{root}$metadata#{name}/$deletedEntity", "id": table.id(row), "reason": "deleted"}
        if is_deleted
        else show(call, query, row)
        for is_deleted, _version, row in changed[:size]
    ]
    if len(changed) > size:
        is_deleted, version, _row = changed[size - 1]
        after = _Window(window.since, window.until, is_deleted, version, window.page + 1)
        told["@odata.nextLink"] = _link(call, {"$skiptoken": _cookie(after)}, keeps_delta=True)
    else:
        told["@odata.deltaLink"] = _delta_link(call, window.until)
    return listed(call, told)


def _changes(table: Table, window: _Window) -> list[tuple[bool, int, int]]:
    """Give deleted?, version and row of each change, deletions last."""
    found = [
        (row in table.deleted, version, row)
        for row, version in table.changes.items()
        if window.since < version <= window.until
    ]
    return sorted(entry for entry in found if entry[:2] > (window.is_deleted, window.after))


def _window(call: Call, since: int | None) -> _Window:
    text = call.query.get("$skiptoken")
    if text is None:
        return _Window(since or 0, call.org.version)
    match = _COOKIE.fullmatch(text)
    if match is None:
        raise bad_query("Malformed XML in the paging cookie.")
    page, start, until, is_deleted, after = match.groups()
    return _Window(int(start), int(until), is_deleted == "1", int(after), int(page))


def _cookie(window: _Window) -> str:
    place = f"{window.since}.{window.until}.{int(window.is_deleted)}.{window.after}"
    return f'<cookie pagenumber="{window.page}" pagingcookie="{place}" istracking="True" />'


def _since(org: Org, token: str) -> int:
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise bad_query("The delta token is not valid.")
    given_at = datetime.strptime(match[2], "%m/%d/%Y %H:%M:%S").replace(tzinfo=UTC)
    if org.faults.take("expire_delta"):
        org.delta_since = org.version
    age = org.now() - given_at
    if age > timedelta(days=org.switches.number("delta_days")) or int(match[1]) < org.delta_since:
        text = "Version stamp associated with the client has expired. Please perform a full sync."
        raise Problem("0x80044352", text)
    return int(match[1])


def _delta_link(call: Call, until: int) -> str:
    at = call.org.now().astimezone(UTC).strftime("%m/%d/%Y %H:%M:%S")
    return _link(call, {"$deltatoken": f"{until}!{at}"}, keeps_delta=False)


def _link(call: Call, more: abc.Mapping[str, str], *, keeps_delta: bool) -> str:
    dropped = {"$skiptoken"} if keeps_delta else {"$skiptoken", "$deltatoken"}
    options = {name: text for name, text in call.query.items() if name not in dropped}
    return f"{call.org.root}{call.path}?{query_text({**options, **more})}"
