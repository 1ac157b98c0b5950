"""The simulated HubSpot portal as the chassis sees it: who may ask, and which resource a request is for."""

import re
from collections import abc
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import Answer, Drifts, Request, json_answer
from writeback_hubspot.simulator.drifting import OWN_KINDS, Schema
from writeback_hubspot.simulator.exporting import DOWNLOADS
from writeback_hubspot.simulator.problems import Problem, limited, not_found
from writeback_hubspot.simulator.routing import Place, Resource, Routes, place_of, scopes_for
from writeback_hubspot.simulator.seeding import Sizes
from writeback_hubspot.simulator.signing import Signing
from writeback_hubspot.simulator.state import Call, Portal
from writeback_hubspot.simulator.switches import Switches
from writeback_hubspot.simulator.throttling import Throttling
from writeback_hubspot.simulator.writing import edit_as_somebody_else, run_workflows

_AUTHORIZE = re.compile(r"/oauth(/\d+)?/authorize")
_READING = frozenset({"search", "batch.read", "links.read", "properties.batch"})
_HTML = b"<html><head><title>Error</title></head><body><h1>Sorry, something went wrong</h1></body></html>"


class HubSpotSimulator:
    """One simulated portal."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._signing = Signing(portal)
        self._throttling = Throttling(portal)
        self._routes = Routes()
        self._drifts = Drifts(portal.faults, Schema(portal), OWN_KINDS, lock=portal.lock)
        self.token = portal.token
        self.credentials: abc.Mapping[str, str] = self._signing.credentials
        self.faults = portal.faults
        self.applied = portal.applied
        self.requests = portal.requests

    @property
    def portal(self) -> Portal:
        """Give the state, for tests in the same process."""
        return self._portal

    def started(self, url: str) -> None:
        """Take note of the address the simulator is served at."""
        self._portal.url = url

    def close(self) -> None:
        """Stop the jobs and close the log."""
        self._portal.background.close()
        self._portal.applied.close()

    def kind(self, request: Request) -> str:
        """Name what is asked."""
        place = place_of(request.path)
        if _AUTHORIZE.fullmatch(request.path) is not None:
            return "oauth.authorize"
        if request.path.startswith(DOWNLOADS):
            return "export.download"
        if place is None:
            return "other"
        if place.area == "oauth":
            return "oauth." + place.below.strip("/").split("/")[-1 if "token/" in place.below else 0]
        found = self._routes.find(place)
        if found is None:
            return "other"
        return found[0].handlers.get(request.method, (found[0].kind, None))[0]

    def answer(self, request: Request) -> Answer:
        """Do what is asked."""
        try:
            if _AUTHORIZE.fullmatch(request.path) is not None:
                return self._signing.authorize(request)
            if request.path.startswith(DOWNLOADS):
                number = request.path.removeprefix(DOWNLOADS)
                return self._routes.exporting.download(number, request.query.get("signature", ""))
            place = place_of(request.path)
            if place is None:
                raise not_found()
            if place.area == "oauth":
                return self._oauth(request, place)
            return self._signed_in(request, place)
        except Problem as problem:
            return self._refused(problem)

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        """Give the vendor's refusal; 5xx from the edge are HTML."""
        if kind == "throttle":
            problem = limited("TEN_SECONDLY_ROLLING")
            if after is not None:
                problem.headers["Retry-After"] = str(max(1, -int(-after // 1)))
            return self._refused(problem)
        if form == "html":
            return Answer(status, _HTML, {"Content-Type": "text/html;charset=utf-8"})
        return self._refused(Problem("", "internal error", status))

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would.

        Raises:
            ConfigurationError: There is no such record or field.
        """
        portal = self._portal
        try:
            with portal.lock:
                table = portal.table(object_name)
                row = table.living(record_id)
                if row is None:
                    raise ConfigurationError("simulator.no_such_record", object=object_name, id=record_id)
                edit_as_somebody_else(portal, table, row, dict(fields))
        except Problem as problem:
            raise ConfigurationError("simulator.edit_refused", crm=problem.message) from None

    def _signed_in(self, request: Request, place: Place) -> Answer:
        self._drifts.follow(method=request.method, path=request.path)
        with self._portal.lock:
            run_workflows(self._portal)
        is_oauth = self._signing.let_in(request)
        call = Call.of(self._portal, request, place.version)
        found = self._routes.find(place)
        kind = found[0].kind if found else ""
        is_search = kind == "search"
        self._throttling.let_in(call, is_search=is_search)
        try:
            answer = self._dispatched(request, call, found, place)
        except Problem as problem:
            answer = self._refused(problem)
        return self._throttling.mark(answer, is_search=is_search, is_oauth=is_oauth)

    def _dispatched(
        self, request: Request, call: Call, found: tuple[Resource, re.Match[str]] | None, place: Place
    ) -> Answer:
        self._befall(request)
        if found is None:
            raise not_found()
        resource, match = found
        handler = resource.handlers.get("GET" if call.method == "HEAD" else call.method)
        if handler is None:
            raise Problem("", f"HTTP method {call.method} is not allowed", 405)
        call.found = tuple(unquote(piece) for piece in match.groups())
        area = "read" if resource.kind in _READING and place.area != "properties" else place.area
        kind = self._portal.catalogue.find(call.found[0]) if call.found else None
        self._signing.check_scope(request, scopes_for(area, call.method, kind))
        request.body.read()  # before the lock: a slow client holds up nobody
        with self._portal.lock:
            return handler[1](call)

    def _befall(self, request: Request) -> None:
        """Let the faults happen that a whole call may meet."""
        faults, where = self.faults, {"method": request.method, "path": request.path}
        if not faults.armed():
            return
        if faults.take("locked", **where):
            raise Problem("LOCKED", "This resource is locked. Try again in a few seconds.", 423)
        moving = faults.take("migrating", **where)
        if moving is not None:
            headers = {"Retry-After": str(int(moving.number("seconds", 5)))}
            raise Problem("MIGRATION_IN_PROGRESS", "This account is being migrated.", 477, headers=headers)

    def _oauth(self, request: Request, place: Place) -> Answer:
        asked = (request.method, *place.below.strip("/").split("/"))
        match asked:
            case ("POST", "token"):
                return self._signing.token(request)
            case ("POST", "token", "introspect"):
                return self._signing.introspect(request)
            case ("POST", "token", "revoke"):
                return self._signing.revoke(request)
            case ("GET", "access-tokens", token):
                return self._signing.show_access(unquote(token))
            case ("GET", "refresh-tokens", token):
                return self._signing.show_refresh(unquote(token))
            case ("DELETE", "refresh-tokens", token):
                return self._signing.end_refresh(unquote(token))
            case _:
                raise not_found()

    def _refused(self, problem: Problem) -> Answer:
        answer = json_answer(problem.body(self._portal.new_uuid()), status=problem.status)
        answer.headers |= problem.headers
        return answer


def build(
    *,
    rows: int,
    seed: int = 1,
    applied_log: Path | None = None,
    now: abc.Callable[[], datetime] | None = None,
    options: abc.Mapping[str, str] | None = None,
) -> HubSpotSimulator:
    """Make a simulated portal, ready for `writeback.sdk.simulator.serve`.

    Args:
        rows: How many companies; contacts and deals follow from it.
        seed: Another seed is another portal with other data.
        applied_log: Where accepted writes are put on record; an unnamed temporary file when left out.
        now: The clock.
        options: Switches by name (`switches`).

    Raises:
        ConfigurationError: An option is unknown, or has no such value.
    """
    switches = Switches(options)
    portal = Portal(Sizes(rows, seed), applied_log=applied_log, now=now, switches=switches)
    return HubSpotSimulator(portal)
