"""List the records of a module, page by page.

`page` reaches the first 2000 rows; then a `page_token`, bound to the other parameters, up to 100,000 rows.
Source: https://www.zoho.com/crm/developer/docs/api/v8/get-records.html.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta

from writeback.sdk.simulator import Answer, json_answer
from writeback_zoho.simulator.problems import Problem, bad_param, param_missing
from writeback_zoho.simulator.showing import show_record
from writeback_zoho.simulator.stamps import parse
from writeback_zoho.simulator.state import Call, Json, Org
from writeback_zoho.simulator.tables import Table

MOST_FIELDS = 50
PER_PAGE = 200
BY_PAGE = 2_000
_BOUND = ("fields", "per_page", "sort_by", "sort_order", "cvid", "ids", "converted", "territory_id")
_SORTS = ("id", "Created_Time", "Modified_Time")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page token continues."""

    module: str
    bound: tuple[str | None, ...]
    last: tuple[str, int] | None
    given: int  # rows before
    page: int
    until: datetime


class Listing:
    """The list reads of one org, with the tokens they gave out."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}

    def list(self, call: Call) -> Answer:
        """GET /{module}."""
        org, table = call.org, call.org.table(call.found[0])
        names = _fields(org, table, call.query)
        per_page = call.whole("per_page", PER_PAGE)
        if not 1 <= per_page <= PER_PAGE:
            raise bad_param("per_page", maximum_length=PER_PAGE)
        sort_by, order = _sorting(call.query)
        bound = (call.headers.get("if-modified-since"), *(call.query.get(name) for name in _BOUND))
        place = self._place(call, table.module.name, bound, per_page)
        with org.lock:
            rows = self._rows(call, table, sort_by, place, ascending=order == "asc")
            skip = 0 if place.last is not None else place.given
            page = rows[skip : skip + per_page]
            shown = [show_record(org, table, row, names) for _, row in page]
        if not shown:
            return Answer(304 if bound[0] is not None and place.given == 0 else 204)
        info: Json = {
            "call": False,
            "per_page": per_page,
            "next_page_token": None,
            "count": len(shown),
            "sort_by": sort_by,
            "page": place.page,
            "previous_page_token": None,
            "page_token_expiry": None,
            "sort_order": order,
            "email": False,
            "more_records": len(rows) > skip + per_page,
        }
        if info["more_records"]:
            following = _Place(
                table.module.name, bound, page[-1], place.given + len(shown), place.page + 1, _expiry(org)
            )
            info |= {
                "next_page_token": self._token(org, following),
                "page_token_expiry": org.zone.show(following.until),
            }
        return json_answer({"data": shown, "info": info})

    def _place(self, call: Call, module: str, bound: tuple[str | None, ...], per_page: int) -> _Place:
        token = call.query.get("page_token")
        now = call.org.now()
        if not token:
            page = max(1, call.whole("page", 1))
            if page * per_page > BY_PAGE:
                message = "You can only get the first 2000 records without using page_token param"
                raise Problem("DISCRETE_PAGINATION_LIMIT_EXCEEDED", message, {"limit": BY_PAGE})
            return _Place(module, bound, None, (page - 1) * per_page, page, now)
        place = self._places.get(token)
        details = {"param_name": "page_token"}
        if place is None or place.module != module or place.bound != bound:
            message = "The page_token given seems to be invalid or input param is added or altered or deleted"
            raise Problem("TOKEN_BOUND_DATA_MISMATCH", message, details)
        if place.until <= now:
            raise Problem("EXPIRED_VALUE", "Page token expired", details)
        if place.given >= call.org.switches.number("token_rows"):
            raise Problem(
                "PAGINATION_LIMIT_EXCEEDED", "You can only get upto 100000 records using page_token param"
            )
        return place

    def _rows(
        self, call: Call, table: Table, sort_by: str, place: _Place, *, ascending: bool
    ) -> abc.Sequence[tuple[str, int]]:
        rows = table.after(sort_by, place.last, ascending=ascending)
        wanted = {table.living(given) for given in call.query.get("ids", "").split(",") if given}
        if wanted:
            rows = [entry for entry in rows if entry[1] in wanted]
        since = call.headers.get("if-modified-since")
        if since is not None:
            at = parse(since)
            if at is None:
                raise Problem("INVALID_DATA", "invalid data", {"header_name": "If-Modified-Since"})
            floor, read = call.org.zone.show(at), table.getter("Modified_Time")
            rows = [entry for entry in rows if str(read(entry[1])) > floor]
        return rows

    def _token(self, org: Org, place: _Place) -> str:
        token = org.new_text(64)
        self._places[token] = place
        return token


def _expiry(org: Org) -> datetime:
    return org.now() + timedelta(hours=org.switches.number("page_token_hours"))


def _fields(org: Org, table: Table, query: abc.Mapping[str, str]) -> list[str]:
    names = [name for name in query.get("fields", "").split(",") if name]
    if not names:
        raise param_missing("fields")
    if len(names) > MOST_FIELDS:
        details = {"limit": MOST_FIELDS, "param_name": "fields"}
        raise Problem("LIMIT_EXCEEDED", "limit exceeded", details)
    if org.switches["unknown_column"] == "refused":
        for name in names:
            if table.module.find(name) is None:
                raise bad_param("fields", api_name=name)
    return names


def _sorting(query: abc.Mapping[str, str]) -> tuple[str, str]:
    sort_by, order = query.get("sort_by") or "id", query.get("sort_order") or "desc"
    if sort_by not in _SORTS:
        raise bad_param("sort_by", supported_values=list(_SORTS))
    if order not in ("asc", "desc"):
        raise bad_param("sort_order", supported_values=["asc", "desc"])
    return sort_by, order
