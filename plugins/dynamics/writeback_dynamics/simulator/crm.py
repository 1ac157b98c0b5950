"""The simulated environment as the chassis sees it: what a request is for, and who may ask.

What each resource does stands in its own module.
"""

import re
import time
from collections import abc
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import Answer, Drifts, Request
from writeback_dynamics.simulator import bulks, csdl, functions, rows, tracking
from writeback_dynamics.simulator.acting import acting
from writeback_dynamics.simulator.batching import answer_batch
from writeback_dynamics.simulator.definitions import answer_definitions
from writeback_dynamics.simulator.drifting import OWN_KINDS, Schema
from writeback_dynamics.simulator.keys import Address, from_url, in_partition, locate
from writeback_dynamics.simulator.limits import Limits
from writeback_dynamics.simulator.listing import count_rows, list_rows
from writeback_dynamics.simulator.problems import Problem, no_such_segment, not_allowed
from writeback_dynamics.simulator.schema import Navigation
from writeback_dynamics.simulator.seeding import Sizes
from writeback_dynamics.simulator.selecting import children
from writeback_dynamics.simulator.signing import Signing
from writeback_dynamics.simulator.state import VERSION, Call, Clock, Org
from writeback_dynamics.simulator.switches import Switches
from writeback_dynamics.simulator.tables import Table
from writeback_dynamics.simulator.writing import edit_as_somebody_else

_SERVICE = re.compile(r"/api/data/v9\.\d/?")
_SET = re.compile(r"(\$?\w+)(?:\((.*)\))?", re.DOTALL)
_HTML = b"<html><head><title>503</title></head><body><h2>Service Unavailable</h2></body></html>"
_WORDS = {"GET": "read", "POST": "create", "PATCH": "update", "PUT": "update", "DELETE": "delete"}
_ACTION = "Microsoft.Dynamics.CRM."


class DataverseSimulator:
    """One simulated environment."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._signing = Signing(org)
        self._limits = Limits(org)
        self._drifts = Drifts(org.faults, Schema(org), OWN_KINDS, lock=org.lock)
        self.token = self._signing.token
        self.credentials: abc.Mapping[str, str] = {
            "client_id": self._signing.client_id,
            "client_secret": self._signing.client_secret,
            "tenant_id": org.tenant_id,
            "refresh_token": self._signing.refresh_token,
        }
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
        """Close the log."""
        self._org.applied.close()

    def kind(self, request: Request) -> str:
        """Name what is asked."""
        if self._signing.owns(request.path):
            return f"signin.{request.path.rsplit('/', 1)[-1]}"
        path = unquote(_SERVICE.sub("", request.path, count=1))
        first, *rest = path.split("/")
        name = first.partition("(")[0]
        if name in ("$batch", "$metadata", "WhoAmI"):
            return name.strip("$").lower()
        if name == "EntityDefinitions":
            return "metadata.read"
        if rest and rest[-1].startswith(_ACTION):
            return f"bulk.{rest[-1].removeprefix(_ACTION)}"
        what = "row" if "(" in first else "rows"
        return f"{what}.{_WORDS.get(request.method, 'other')}"

    def answer(self, request: Request) -> Answer:
        """Do what is asked."""
        if self._signing.owns(request.path):
            return self._signing.answer(request)
        match = _SERVICE.match(request.path)
        if match is None:
            return Answer(404, b"", {"Content-Type": "text/html"})
        body = request.body.read()
        call = Call(
            self._org,
            request.method,
            request.path[match.end() :].strip("/"),
            query=request.query,
            headers=request.headers,
            body=body,
            sha256=request.body.sha256,
        )
        began = time.perf_counter()
        try:
            answer = self._answer_signed_in(call, began)
        except Problem as problem:
            answer = problem.answer(is_annotated=call.is_annotated)
        self._add_headers(call, answer)
        return answer

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        """Give the vendor's refusal."""
        if kind == "throttle":
            return self._limits.problem("limit_requests", after).answer()
        if form == "html":
            return Answer(status, _HTML, {"Content-Type": "text/html"})
        text = {500: "An unexpected error occurred.", 502: "Bad Gateway"}.get(
            status, "The service is unavailable."
        )
        return Problem("0x80040216" if status == 500 else "", text, status=status).answer()

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        """Change a record as somebody else would.

        Raises:
            ConfigurationError: There is no such record or field.
        """
        org = self._org
        table = org.tables.get(object_name)
        row = table.living(record_id) if table else None
        if table is None or row is None:
            raise ConfigurationError("simulator.no_such_record", object=object_name, id=record_id)
        try:
            with org.lock:
                edit_as_somebody_else(org, table, row, fields)
        except Problem as problem:
            raise ConfigurationError("simulator.edit_refused", crm=problem.message) from None

    def _answer_signed_in(self, call: Call, began: float) -> Answer:
        self._let_in(call)
        self._drifts.follow(method=call.method, path=f"/api/data/{VERSION}/{call.path}")
        with self._org.lock:
            acting(call)
        self._limits.enter(call)
        try:
            with self._org.lock:
                return self._dispatch(call)
        finally:
            self._limits.leave(call, (time.perf_counter() - began) * 1000)

    def _let_in(self, call: Call) -> None:
        faults = self._org.faults
        refused = faults.take("token_refused", method=call.method, path=f"/api/data/{VERSION}/{call.path}")
        if refused is None and self._signing.is_open(call.headers.get("authorization", "")):
            return
        problem = Problem("", "HTTP Error 401 - Unauthorized: Access is denied", status=401)
        resource = f"resource_id={self._org.url}/"
        authority = f"authorization_uri={self._org.url}/{self._org.tenant_id}/oauth2/authorize"
        form = {"full": f"Bearer {authority}, {resource}", "bare": "Bearer"}
        if (challenge := form.get(self._org.switches["challenge"])) is not None:
            problem.headers["WWW-Authenticate"] = challenge
        raise problem

    def _add_headers(self, call: Call, answer: Answer) -> None:
        answer.headers.setdefault("x-ms-service-request-id", self._org.new_guid())
        if "x-ms-client-request-id" in call.headers:
            answer.headers["x-ms-client-request-id"] = call.headers["x-ms-client-request-id"]
        answer.headers |= self._limits.told(call)
        if self._org.switches.is_on("affinity_cookie"):
            answer.headers["Set-Cookie"] = "ARRAffinity=simulated; Path=/; HttpOnly"

    def _dispatch(self, call: Call) -> Answer:
        first, *rest = [unquote(piece) for piece in call.path.split("/")]
        if first in ("$batch", "$metadata", "") or first.startswith("EntityDefinitions"):
            return self._of_service(call, first)
        match = _SET.fullmatch(first)
        if match is None:
            raise no_such_segment(first)
        if match[1] in functions.FUNCTIONS:
            return functions.answer_function(call, match[1], match[2] or "")
        if match[1].startswith("$"):
            return self._row(call, from_url(self._org, match[1], call.references), rest)
        table = self._org.table(match[1])
        if match[2] is None:
            answer = self._set(call, table, rest)
        else:
            address = in_partition(locate(table, match[2]), call.query.get("partitionId"))
            answer = self._row(call, address, rest)
        if table.entity.is_elastic:
            answer.headers["x-ms-session-token"] = f"240:8#{self._org.version}#7=-1"
        return answer

    def _of_service(self, call: Call, name: str) -> Answer:
        if name == "$batch":
            _only(call, "POST")
            return answer_batch(call, self._dispatch)
        _only(call, "GET")
        if name == "$metadata":
            return csdl.answer_metadata(call)
        return answer_definitions(call) if name else functions.service_document(call)

    def _set(self, call: Call, table: Table, rest: list[str]) -> Answer:
        if not rest:
            if call.method == "GET":
                if call.prefer.tracks or "$deltatoken" in call.query:
                    return tracking.track(call, table)
                return list_rows(call, table)
            _only(call, "POST")
            return rows.create_row(call, table)
        if rest == ["$count"]:
            _only(call, "GET")
            return tracking.count(call, table) if "$deltatoken" in call.query else count_rows(call, table)
        if len(rest) == 1 and rest[0].startswith(_ACTION):
            _only(call, "POST")
            return bulks.answer_bulk(call, table, rest[0].removeprefix(_ACTION))
        raise no_such_segment(rest[0])

    def _row(self, call: Call, address: Address, rest: list[str]) -> Answer:
        if not rest:
            handlers = {"GET": rows.read_row, "PATCH": rows.update_row, "DELETE": rows.delete_row}
            if call.method not in handlers:
                raise not_allowed(call.method)
            return handlers[call.method](call, address)
        navigation = address.table.entity.navigations.get(rest[0])
        if navigation is None:
            if len(rest) > 1:
                raise no_such_segment(rest[1])
            return rows.one_property(call, address, rest[0])
        return self._navigated(call, address, navigation, rest[1:])

    def _navigated(self, call: Call, address: Address, navigation: Navigation, rest: list[str]) -> Answer:
        if rest == ["$ref"]:
            if call.method not in ("PUT", "DELETE"):
                raise not_allowed(call.method)
            return rows.reference(call, address, navigation)
        _only(call, "GET")
        if navigation.is_many:
            if rest:
                raise no_such_segment(rest[0])
            table = self._org.tables[navigation.entity]
            row = address.found(self._org)
            return list_rows(call, table, children(self._org, address.table, row, navigation))
        return self._row(call, rows.follow(call, address, navigation), rest)


def build(
    *,
    rows: int,
    seed: int = 1,
    applied_log: Path | None = None,
    now: abc.Callable[[], datetime] | None = None,
    options: abc.Mapping[str, str] | None = None,
) -> DataverseSimulator:
    """Make a simulated environment, ready for `writeback.sdk.simulator.serve`.

    Args:
        rows: How many accounts; contacts, opportunities and the rest follow from it.
        seed: Another seed is another environment with other data.
        applied_log: Where accepted writes are put on record; an unnamed temporary file when left out.
        now: The clock.
        options: Switches by name (`switches`).

    Raises:
        ConfigurationError: An option is unknown, or has no such value.
    """
    clock: Clock | None = now
    sizes = Sizes(rows, seed)
    return DataverseSimulator(Org(sizes, applied_log=applied_log, now=clock, switches=Switches(options)))


def _only(call: Call, method: str) -> None:
    if call.method != method:
        raise not_allowed(call.method)
