"""The simulated Salesforce org as the chassis sees it: which resource a request is for, and who may ask.

Holds the table of resources; what each of them does stands in its own module.
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import Answer, Drifts, Request, json_answer
from writeback_salesforce.simulator import collecting, composing, orgs, rows
from writeback_salesforce.simulator.drifting import OWN_KINDS, Schema
from writeback_salesforce.simulator.exporting import Exporting
from writeback_salesforce.simulator.ingesting import Ingesting
from writeback_salesforce.simulator.problems import Problem, not_found
from writeback_salesforce.simulator.querying import Querying
from writeback_salesforce.simulator.seeding_makers import Sizes
from writeback_salesforce.simulator.signing import Signing
from writeback_salesforce.simulator.state import Call, Clock, Org
from writeback_salesforce.simulator.switches import Switches
from writeback_salesforce.simulator.writing import edit_as_somebody_else

Handler = abc.Callable[[Call], Answer]
_VERSIONED = re.compile(r"/services/data/v(\d+)\.0(/.*)?", re.IGNORECASE)
_OAUTH = re.compile(r"/services/oauth2/(\w+)")
_HTML = b"<html><head><title>Error</title></head><body><h1>Service Unavailable</h1></body></html>"


@dataclass(frozen=True, slots=True)
class _Resource:
    kind: str  # for counting
    pattern: re.Pattern[str]
    handlers: dict[str, tuple[str, Handler]]  # by method: kind, handler


class SalesforceSimulator:
    """One simulated org."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._signing = Signing(org)
        self._resources = _resources(Querying(), Ingesting(), Exporting())
        self._drifts = Drifts(org.faults, Schema(org), OWN_KINDS, lock=org.lock)
        self.token = org.token
        self.credentials: abc.Mapping[str, str] = {}
        self.faults = org.faults
        self.applied = org.applied
        self.requests = org.requests

    @property
    def org(self) -> Org:
        """Give the state, for tests in the same process."""
        return self._org

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
        if path == "/services/data":
            return "versions"
        if (oauth := _OAUTH.match(path)) is not None:
            return f"oauth.{oauth[1]}"
        versioned = _VERSIONED.fullmatch(path)
        if versioned is None:
            return "other"
        call = Call.of(self._org, request)
        found = self._find((versioned[2] or "").rstrip("/"))
        if found is None:
            return "other"
        return found[0].handlers.get(call.method, (found[0].kind, None))[0]

    def answer(self, request: Request) -> Answer:
        """Do what is asked."""
        path = request.path.rstrip("/")
        if path == "/services/data":
            return orgs.versions()
        if (oauth := _OAUTH.fullmatch(path)) is not None:
            return self._signing.answer(request, oauth[1])
        try:
            return self._answer_signed_in(request, path)
        except Problem as problem:
            return problem.answer()

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        """Give the vendor's refusal."""
        if kind == "throttle":
            answer = _limit("ConcurrentRequests (Concurrent API Requests) Limit exceeded.").answer()
            if after is not None:
                answer.headers["Retry-After"] = str(max(1, -int(-after // 1)))
            return answer
        if form == "html":
            return Answer(status, _HTML, {"Content-Type": "text/html;charset=UTF-8"})
        code = {500: "UNKNOWN_EXCEPTION", 502: "BAD_GATEWAY"}.get(status, "SERVER_UNAVAILABLE")
        return json_answer([{"message": "The server is unavailable", "errorCode": code}], status=status)

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would.

        Raises:
            ConfigurationError: There is no such record or field.
        """
        table = self._org.tables.get(object_name.lower())
        row = table.living(record_id) if table else None
        if table is None or row is None:
            raise ConfigurationError("simulator.no_such_record", object=object_name, id=record_id)
        try:
            with self._org.lock:
                edit_as_somebody_else(self._org, table, row, fields)
        except Problem as problem:
            raise ConfigurationError("simulator.edit_refused", crm=problem.message) from None

    def _answer_signed_in(self, request: Request, path: str) -> Answer:
        org = self._org
        self._drifts.follow(method=request.method, path=request.path)
        versioned = _VERSIONED.fullmatch(path)
        if versioned is None:
            if path.startswith("/id/") and self._may_enter(request):
                return orgs.identity(org)
            raise not_found()
        self._let_in(request)
        self._check_version(int(versioned[1]))
        call = Call.of(org, request)
        call.path, call.version = (versioned[2] or "").rstrip("/"), f"{versioned[1]}.0"
        call.dispatch = self._dispatch
        try:
            answer = self._dispatch(call)
        except Problem as problem:
            answer = problem.answer()
        if org.faults.has("lost_create") and (call.method, call.path) == ("POST", "/jobs/ingest"):
            org.faults.take("lost_create")
            raise ConnectionResetError  # the chassis closes the connection; the job is there
        most = int(org.switches.number("calls_per_day"))
        answer.headers["Sforce-Limit-Info"] = f"api-usage={org.calls}/{most}"
        return answer

    def _dispatch(self, call: Call) -> Answer:
        found = self._find(call.path)
        if found is None:
            raise not_found()
        resource, match = found
        handler = resource.handlers.get("GET" if call.method == "HEAD" else call.method)
        if handler is None:
            allowed = ",".join([*(["HEAD"] if "GET" in resource.handlers else []), *resource.handlers])
            message = f"HTTP Method '{call.method}' not allowed. Allowed are {allowed}"
            raise Problem("METHOD_NOT_ALLOWED", message, status=405)
        call.found = tuple(unquote(piece) for piece in match.groups())
        return handler[1](call)

    def _find(self, path: str) -> tuple[_Resource, re.Match[str]] | None:
        for resource in self._resources:
            if (match := resource.pattern.fullmatch(path)) is not None:
                return resource, match
        return None

    def _let_in(self, request: Request) -> None:
        org = self._org
        if not self._may_enter(request):
            raise Problem("INVALID_SESSION_ID", "Session expired or invalid", status=401)
        if org.faults.take("limit_concurrent", method=request.method, path=request.path):
            raise _limit("ConcurrentRequests (Concurrent API Requests) Limit exceeded.")
        most = org.switches.number("calls_per_day")
        if org.faults.take("limit_daily", method=request.method, path=request.path) or org.calls >= most:
            raise _limit("TotalRequests Limit exceeded.")
        with org.lock:
            org.calls += 1

    def _may_enter(self, request: Request) -> bool:
        refused = self._org.faults.take("session_invalid", method=request.method, path=request.path)
        return refused is None and self._signing.is_open(request.headers.get("authorization", ""))

    def _check_version(self, number: int) -> None:
        if number < orgs.OLDEST:
            message = f"API version {number}.0 is retired"
            raise Problem("UNSUPPORTED_API_VERSION", message, status=410)
        if number > orgs.NEWEST:
            raise not_found()


def build(
    *,
    rows: int,
    seed: int = 1,
    applied_log: Path | None = None,
    now: abc.Callable[[], datetime] | None = None,
    options: abc.Mapping[str, str] | None = None,
) -> SalesforceSimulator:
    """Make a simulated org, ready for `writeback.sdk.simulator.serve`.

    Args:
        rows: How many accounts; contacts, opportunities, leads and cases follow from it.
        seed: Another seed is another org with other data.
        applied_log: Where accepted writes are put on record; an unnamed temporary file when left out.
        now: The clock.
        options: Switches by name (`switches`).

    Raises:
        ConfigurationError: An option is unknown, or has no such value.
    """
    clock: Clock | None = now
    org = Org(Sizes(rows, seed), applied_log=applied_log, now=clock, switches=Switches(options))
    return SalesforceSimulator(org)


def _limit(message: str) -> Problem:
    return Problem("REQUEST_LIMIT_EXCEEDED", message, status=403)


def _resources(querying: Querying, ingesting: Ingesting, exporting: Exporting) -> list[_Resource]:
    make = partial(_resource)
    return [
        make("resources", "", GET=orgs.resources),
        make("limits", "/limits", GET=orgs.limits),
        make("limits.count", "/limits/recordCount", GET=orgs.record_count),
        make("describe.global", "/sobjects", GET=orgs.global_describe),
        make("describe", r"/sobjects/(\w+)/describe", GET=orgs.describe),
        make("row.updated", r"/sobjects/(\w+)/updated", GET=rows.updated_rows),
        make("row.deleted", r"/sobjects/(\w+)/deleted", GET=rows.deleted_rows),
        make("object", r"/sobjects/(\w+)", GET=orgs.show_object, POST=rows.create_row),
        make(
            "row",
            r"/sobjects/(\w+)/([^/]+)",
            GET=rows.read_row,
            PATCH=rows.update_row,
            DELETE=rows.delete_row,
        ),
        make("row.key", r"/sobjects/(\w+)/(\w+)/(.+)", GET=rows.read_row_by_key, PATCH=rows.upsert_row),
        make("query", "/query", GET=querying.query),
        make("query.all", "/queryAll", GET=querying.query_all),
        make("query.more", r"/query(?:All)?/([\w-]+)", GET=querying.more),
        make("composite", "/composite", POST=composing.composite),
        make(
            "collections",
            "/composite/sobjects",
            POST=collecting.create_collection,
            PATCH=collecting.update_collection,
            DELETE=collecting.delete_collection,
        ),
        make(
            "collections.read",
            r"/composite/sobjects/(\w+)",
            GET=collecting.read_collection,
            POST=collecting.read_collection,
        ),
        make("collections.upsert", r"/composite/sobjects/(\w+)/(\w+)", PATCH=collecting.upsert_collection),
        make("bulk", "/jobs/ingest", GET=ingesting.list, POST=ingesting.create),
        make(
            "bulk.job",
            r"/jobs/ingest/(\w+)",
            GET=ingesting.show,
            PATCH=ingesting.change,
            DELETE=ingesting.delete,
        ),
        make("bulk.upload", r"/jobs/ingest/(\w+)/batches", PUT=ingesting.upload),
        make(
            "bulk.results",
            r"/jobs/ingest/(\w+)/(successfulResults|failedResults|unprocessedRecords)",
            GET=ingesting.results,
        ),
        make("bulk.query", "/jobs/query", GET=exporting.list, POST=exporting.create),
        make(
            "bulk.query.job",
            r"/jobs/query/(\w+)",
            GET=exporting.show,
            PATCH=exporting.change,
            DELETE=exporting.delete,
        ),
        make("bulk.query.results", r"/jobs/query/(\w+)/results", GET=exporting.results),
        make("tooling", r"/tooling/.*", GET=orgs.not_here),
    ]


def _resource(kind: str, pattern: str, **handlers: Handler) -> _Resource:
    words = {"GET": "read", "POST": "create", "PATCH": "update", "PUT": "upload", "DELETE": "delete"}
    named = {method: (f"{kind}.{words[method]}", handler) for method, handler in handlers.items()}
    return _Resource(kind, re.compile(pattern, re.IGNORECASE), named)
