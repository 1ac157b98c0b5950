"""The simulated Zoho CRM as the chassis sees it: which resource a request is for, and who may ask.

Holds the table of resources; what each of them does stands in its own module.
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import Answer, Drifts, Request, json_answer
from writeback_zoho.simulator import orgs, rows, searching
from writeback_zoho.simulator.drifting import OWN_KINDS, Schema
from writeback_zoho.simulator.exporting import Exporting
from writeback_zoho.simulator.ingesting import Ingesting
from writeback_zoho.simulator.listing import Listing
from writeback_zoho.simulator.meters import Meters
from writeback_zoho.simulator.problems import (
    Problem,
    dead_token,
    no_such_address,
    too_many_requests,
    wrong_method,
    wrong_scope,
)
from writeback_zoho.simulator.querying import query, query_cost
from writeback_zoho.simulator.scopes import may
from writeback_zoho.simulator.seeding import Sizes
from writeback_zoho.simulator.signing import Access, Signing
from writeback_zoho.simulator.state import Call, Clock, Org
from writeback_zoho.simulator.switches import Switches
from writeback_zoho.simulator.writing import edit_as_somebody_else

Handler = abc.Callable[[Call], Answer]
Coster = abc.Callable[[Call], int]
_HTML = b"<html><head><title>Error</title></head><body><h1>Service Unavailable</h1></body></html>"


@dataclass(frozen=True, slots=True)
class _Resource:
    pattern: re.Pattern[str]
    kind: str  # for counting
    area: str  # of the scope
    handlers: dict[str, Handler]  # by method
    cost: Coster
    reads: bool = False  # a POST that only reads
    heavy: bool = False  # counts against the sub-concurrency, or does so from more than ten rows on


class ZohoSimulator:
    """One simulated org."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._signing = Signing(org)
        self._meters = Meters(org)
        self._resources = _resources(Listing(), Ingesting(), Exporting())
        self._drifts = Drifts(org.faults, Schema(org), OWN_KINDS, lock=org.lock)
        self.token = self._signing.token
        self.credentials: abc.Mapping[str, str] = {
            "client_id": self._signing.client_id,
            "client_secret": self._signing.client_secret,
            "refresh_token": self._signing.refresh_token,
            "accounts_url": self._signing.accounts_url,
        }
        self.faults = org.faults
        self.applied = org.applied
        self.requests = org.requests

    @property
    def org(self) -> Org:
        """Give the state, for tests in the same process."""
        return self._org

    @property
    def meters(self) -> Meters:
        """Give the credits, for tests in the same process."""
        return self._meters

    def started(self, url: str) -> None:
        """Take note of the address the simulator is served at."""
        self._org.url = url

    def close(self) -> None:
        """Stop the jobs and close the log."""
        self._org.background.close()
        self._org.applied.close()

    def kind(self, request: Request) -> str:
        """Name what is asked."""
        path = request.path.rstrip("/")
        if path.startswith("/oauth/"):
            return "oauth." + path.removeprefix("/oauth/").replace("/", ".")
        found = self._find(path)
        words = {"GET": "read", "POST": "create", "PUT": "update", "DELETE": "delete"}
        if found is None:
            return "other"
        return f"{found[0].kind}.{'read' if found[0].reads else words.get(request.method, 'other')}"

    def answer(self, request: Request) -> Answer:
        """Do what is asked."""
        if request.path.startswith("/oauth/"):
            return self._signing.answer(request)
        try:
            return self._answer_signed_in(request)
        except Problem as problem:
            return problem.answer()

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        """Give the vendor's refusal. It never says how long to wait, unless a fault insists."""
        if kind == "throttle":
            answer = too_many_requests("maximum number of calls allowed").answer()
            if after is not None:
                answer.headers["Retry-After"] = str(max(1, -int(-after // 1)))
            return answer
        if form == "html":
            return Answer(status, _HTML, {"Content-Type": "text/html;charset=UTF-8"})
        told = {
            "code": "INTERNAL_ERROR",
            "details": {},
            "message": "Internal Server Error",
            "status": "error",
        }
        return json_answer(told, status=status)

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would.

        Raises:
            ConfigurationError: There is no such record or field.
        """
        table = self._org.tables.get(object_name)
        row = table.living(record_id) if table else None
        if table is None or row is None:
            raise ConfigurationError("simulator.no_such_record", object=object_name, id=record_id)
        try:
            edit_as_somebody_else(self._org, table, row, fields)
        except Problem as problem:
            raise ConfigurationError("simulator.edit_refused", crm=problem.message) from None

    def _answer_signed_in(self, request: Request) -> Answer:
        org = self._org
        self._drifts.follow(method=request.method, path=request.path)
        found = self._find(request.path.rstrip("/"))
        access = self._let_in(request)
        if found is None:
            raise no_such_address()
        resource, match = found
        call = Call.of(org, request)
        call.found = tuple(unquote(piece) for piece in match.groups())
        handler = resource.handlers.get(request.method)
        if handler is None:
            raise wrong_method()
        self._check_scope(resource, call, access)
        answer = self._metered(resource, call, handler)
        if org.faults.has("lost_create") and resource.kind == "bulk.write" and request.method == "POST":
            org.faults.take("lost_create")
            raise ConnectionResetError  # the chassis closes the connection; the job is there
        answer.headers["Server"] = "ZGS"
        answer.headers["X-ACCESSTOKEN-RESET"] = org.zone.show(access.until)
        answer.headers.update(self._meters.told())
        return answer

    def _metered(self, resource: _Resource, call: Call, handler: Handler) -> Answer:
        cost = resource.cost(call)
        heavy = resource.heavy and (resource.reads or cost > 1)
        self._meters.enter(heavy=heavy)
        try:
            return handler(call)
        except Problem as problem:
            return problem.answer()
        finally:
            self._meters.leave(heavy=heavy, cost=cost)

    def _find(self, path: str) -> tuple[_Resource, re.Match[str]] | None:
        for resource in self._resources:
            if (match := resource.pattern.fullmatch(path)) is not None:
                return resource, match
        return None

    def _let_in(self, request: Request) -> Access:
        faults, where = self._org.faults, {"method": request.method, "path": request.path}
        access = self._signing.find(request.headers.get("authorization", ""))
        if access is None or faults.take("session_invalid", **where):
            raise dead_token(self._org.switches["dead_token"])
        if faults.take("scope_mismatch", **where):
            raise wrong_scope()
        if faults.take("limit_concurrent", **where):
            raise too_many_requests("maximum number of concurrent calls allowed for your organization")
        if faults.take("limit_daily", **where):
            raise too_many_requests("maximum number of API credits allowed for your organization")
        return access

    def _check_scope(self, resource: _Resource, call: Call, access: Access) -> None:
        method = "READ" if resource.reads else call.method
        if resource.area != "modules":
            if not may(access.scopes, resource.area, method):
                raise wrong_scope()
            return
        name = call.found[0]
        module = self._org.table(name).module
        if not may(access.scopes, "modules", method, module=name, custom=module.generated_type == "custom"):
            raise wrong_scope()
        is_locked = module.is_locked and method != "READ" and call.method != "GET"
        if is_locked or self._org.faults.take("forbid_module", object=name):
            right = "View" if call.method == "GET" else "Edit"
            raise Problem(
                "NO_PERMISSION",
                "Permission denied",
                {"permissions": [f"Crm_Implied_{right}_{name}"]},
                status=403,
            )


def build(
    *,
    rows: int,
    seed: int = 1,
    applied_log: Path | None = None,
    now: abc.Callable[[], datetime] | None = None,
    options: abc.Mapping[str, str] | None = None,
) -> ZohoSimulator:
    """Make a simulated org, ready for `writeback.sdk.simulator.serve`.

    Args:
        rows: How many accounts; contacts, deals and service plans follow from it.
        seed: Another seed is another org with other data.
        applied_log: Where accepted writes are put on record; an unnamed temporary file when left out.
        now: The clock.
        options: Switches by name (`switches`).

    Raises:
        ConfigurationError: An option is unknown, or has no such value.
    """
    clock: Clock | None = now
    org = Org(Sizes(rows, seed), applied_log=applied_log, now=clock, switches=Switches(options))
    return ZohoSimulator(org)


def _one(_call: Call) -> int:
    return 1


def _by_rows(call: Call) -> int:
    """A write costs one credit per ten rows."""
    try:
        data = call.json().get("data")
    except Problem:
        return 1
    return max(1, -(-len(data) // 10)) if isinstance(data, list) else 1


def _by_ids(call: Call) -> int:
    return max(1, -(-len(call.query.get("ids", "").split(",")) // 100))


def _job(call: Call) -> int:
    return 500 if call.method == "POST" else 1


def _resources(listing: Listing, ingesting: Ingesting, exporting: Exporting) -> list[_Resource]:
    crm, bulk = r"/crm/v8", r"/crm/bulk/v8"
    name = r"([A-Za-z][A-Za-z0-9_]*)"

    def make(kind: str, pattern: str, area: str, **handlers: Handler) -> _Resource:
        return _Resource(re.compile(pattern), kind, area, handlers, _one)

    def make_write(kind: str, pattern: str, **handlers: Handler) -> _Resource:
        return _Resource(re.compile(pattern), kind, "modules", handlers, _by_rows, heavy=True)

    return [
        make("org", f"{crm}/org", "org", GET=orgs.organisation),
        make("users", f"{crm}/users", "users", GET=orgs.users),
        make("user", rf"{crm}/users/(\d+)", "users", GET=orgs.user),
        make("modules", f"{crm}/settings/modules", "settings.modules", GET=orgs.modules),
        make("module", rf"{crm}/settings/modules/(\w+)", "settings.modules", GET=orgs.module),
        make("fields", f"{crm}/settings/fields", "settings.fields", GET=orgs.fields),
        make("field", rf"{crm}/settings/fields/(\d+)", "settings.fields", GET=orgs.field),
        make("layouts", f"{crm}/settings/layouts", "settings.layouts", GET=orgs.layouts),
        _Resource(
            re.compile(f"{crm}/coql"), "coql", "coql", {"POST": query}, query_cost, reads=True, heavy=True
        ),
        make("upload", f"{crm}/upload", "ZohoFiles.files", POST=ingesting.upload),
        _Resource(re.compile(f"{bulk}/write"), "bulk.write", "bulk", {"POST": ingesting.create}, _job),
        make("bulk.write.job", rf"{bulk}/write/(\d+)", "bulk", GET=ingesting.show),
        make(
            "bulk.write.result", r"/?/v2/crm/org\d+/bulk-write/(\d+)/\d+\.zip", "bulk", GET=ingesting.result
        ),
        make("bulk.read", f"{bulk}/read", "bulk", POST=exporting.create),
        make("bulk.read.job", rf"{bulk}/read/(\d+)", "bulk", GET=exporting.show),
        make("bulk.read.result", rf"{bulk}/read/(\d+)/result", "bulk", GET=exporting.result),
        make_write("upsert", f"{crm}/{name}/upsert", POST=rows.upsert_rows),
        make("deleted", f"{crm}/{name}/deleted", "modules", GET=rows.deleted_rows),
        _Resource(
            re.compile(f"{crm}/{name}/search"),
            "search",
            "modules",
            {"GET": searching.search},
            _one,
            reads=True,
            heavy=True,
        ),
        make("count", f"{crm}/{name}/actions/count", "modules", GET=searching.count),
        _Resource(
            re.compile(rf"{crm}/{name}/(\d+)"),
            "row",
            "modules",
            {"GET": rows.read_row, "PUT": rows.update_row, "DELETE": rows.delete_row},
            _one,
        ),
        _Resource(
            re.compile(f"{crm}/{name}"),
            "rows",
            "modules",
            {
                "GET": listing.list,
                "PUT": rows.update_rows,
                "POST": rows.create_rows,
                "DELETE": rows.delete_rows,
            },
            lambda call: (
                _by_ids(call) if call.method == "DELETE" else 1 if call.method == "GET" else _by_rows(call)
            ),
            heavy=True,
        ),
    ]
