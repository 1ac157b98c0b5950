"""The state of one simulated org, and what one call to it carries. No decisions beyond finding things."""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from writeback.sdk.simulator import (
    Answer,
    AppliedLog,
    Background,
    Body,
    Faults,
    Request,
    Requests,
    mix,
    new_lock,
    utc_now,
)
from writeback_salesforce.simulator.describing import Catalogue, SObject
from writeback_salesforce.simulator.ids import DIGITS, Ids, is_id
from writeback_salesforce.simulator.problems import Problem, not_found
from writeback_salesforce.simulator.seeding import org_id, seed_org
from writeback_salesforce.simulator.seeding_makers import Sizes
from writeback_salesforce.simulator.selecting import World
from writeback_salesforce.simulator.switches import Switches
from writeback_salesforce.simulator.tables import Seeds, Table

Clock = abc.Callable[[], datetime]
Json = dict[str, object]

# Faults beside those of the chassis; the section of the wire contract that documents each.
FAULT_KINDS = (
    "limit_daily",  # 403 TotalRequests, §5, §16
    "limit_concurrent",  # 403 ConcurrentRequests, §5, §16
    "expire_token",  # every token given so far is dead, §2
    "session_invalid",  # 401 once (or `times`), the token lives on, §5
    "invalid_grant",  # the refresh is refused, §2.3
    "access_denied",  # the person says no, §2.2
    "app_not_installed",  # §2.9
    "lock_row",  # UNABLE_TO_LOCK_ROW, §5; `object`, `id`, `probability`
    "drift",  # `change` of `object`, `field`: `sdk.simulator.drifting`, §7
    "extra_objects",  # `count` custom objects more, §7
    "concurrent_edit",  # just before the next write to `object`, `id`: `fields`, §12
    "duplicate",  # DUPLICATES_DETECTED unless the header allows, §5
    "job_failed",  # after `rows` rows, the rest unprocessed, §14
    "job_aborted",  # by somebody else after `rows` rows, §14
    "lost_create",  # POST /jobs/ingest makes the job, the line is cut, §0.1 trap 27
)


class Org:
    """Everything one simulator holds."""

    def __init__(
        self,
        sizes: Sizes,
        *,
        applied_log: Path | None = None,
        now: Clock | None = None,
        switches: Switches | None = None,
    ) -> None:
        self.seed = sizes.seed
        self.now = now or utc_now
        self.switches = switches or Switches()
        self.faults = Faults(FAULT_KINDS, seed=sizes.seed)
        self.applied = AppliedLog(applied_log)
        self.requests = Requests()
        self.background = Background("salesforce-simulator-jobs")
        self.lock = new_lock()
        self.catalogue = Catalogue(int(self.switches.number("extra_objects")))
        seeds = seed_org(sizes)
        self.tables = {
            lower: Table(sobject, seeds.get(sobject.name) or Seeds(0, {}))
            for lower, sobject in self.catalogue.objects.items()
        }
        self.org_id = org_id(sizes.seed)
        self.user_id = Ids("005").of(0)
        self.url = "https://northwind.simulator.example"
        self.started_at = self.now()
        self.schema_changed_at = self.started_at
        self.calls = 0
        self._given = 0
        self.token = self.new_token()

    def new_token(self) -> str:
        """Make an access token of the vendor's form."""
        return f"{self.org_id[:15]}!AQ{self.new_text(60)}"

    def new_text(self, length: int) -> str:
        """Make a text nobody else was given; the same one in the same run."""
        self._given += 1
        out: list[str] = []
        number = mix(self.seed, self._given, 77)
        while len(out) < length:
            number, digit = divmod(number, 62)
            out.append(DIGITS[digit])
            if number == 0:
                number = mix(self.seed, self._given, len(out))
        return "".join(out)

    def table(self, name: str) -> Table:
        """Find an object's rows.

        Raises:
            Problem: NOT_FOUND.
        """
        found = self.tables.get(name.lower())
        if found is None:
            raise not_found()
        return found

    def by_id(self, given_id: str) -> Table | None:
        """Find the rows an id belongs to."""
        sobject = self.catalogue.by_prefix(given_id)
        return self.tables.get(sobject.name.lower()) if sobject else None

    def add_object(self, sobject: SObject) -> None:
        """Add the rows (none) of an object that came later."""
        self.tables[sobject.name.lower()] = Table(sobject, Seeds(0, {}))

    def world(self, text: str, version: str, *, with_deleted: bool = False) -> World:
        """Give what a statement is run against."""
        today = self.now().astimezone(UTC).date()
        return World(self.tables, today, version, text, with_deleted)


@dataclass(slots=True)
class Call:
    """One call to a versioned resource, or a part of a composite one."""

    org: Org
    method: str
    path: str  # below /services/data/vNN.0, without trailing slash
    version: str = "67.0"
    found: tuple[str, ...] = ()  # what the resource's pattern captured, decoded
    query: abc.Mapping[str, str] = field(default_factory=dict)
    headers: abc.Mapping[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=lambda: Body.of(b""))
    route: str = "single"
    sha256: str = ""
    shared: object = None  # the transaction of an all-or-none composite call
    dispatch: "abc.Callable[[Call], Answer]" = field(default=lambda _call: Answer(404))

    @classmethod
    def of(cls, org: Org, request: Request) -> "Call":
        """Make a call of a request."""
        method = request.method
        if method == "POST":
            method = request.query.get("_HttpMethod", method).upper()
        return cls(org, method, request.path, query=request.query, headers=request.headers, body=request.body)

    def part(self, method: str, path: str, **more: object) -> "Call":
        """Make a call inside this one."""
        return replace(self, method=method, path=path, found=(), route="composite", **more)  # type: ignore[arg-type]  # names of our own fields

    @property
    def base(self) -> str:
        """Give the path of the version."""
        return f"/services/data/v{self.version}"

    @property
    def client(self) -> str | None:
        """Give the marker a client may put on its calls (`Sforce-Call-Options: client=…`)."""
        for piece in self.headers.get("sforce-call-options", "").split(","):
            name, _, text = piece.strip().partition("=")
            if name == "client" and text:
                return text
        return None

    def json(self) -> Json:
        """Read the body as a JSON object.

        Raises:
            Problem: JSON_PARSER_ERROR.
        """
        data = self.body.read()
        self.sha256 = self.sha256 or self.body.sha256
        try:
            value = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            sign = error.doc[error.pos : error.pos + 1] or "EOF"
            code = ord(sign) if len(sign) == 1 else -1
            place = f"[line:{error.lineno}, column:{error.colno}]"
            message = f"Unexpected character ('{sign}' (code {code})) at {place}"
            raise Problem("JSON_PARSER_ERROR", message) from None
        if not isinstance(value, dict):
            raise Problem(
                "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body."
            )
        return value

    def row(self, table: Table, given_id: str) -> int:
        """Find a living row named in a URL.

        Raises:
            Problem: As the switches say: not found, malformed, deleted.
        """
        row = table.row(given_id)
        if row is None:
            if not is_id(given_id) and self.org.switches["malformed_id"] == "malformed_id":
                raise Problem("MALFORMED_ID", f"bad id {given_id}")
            raise not_found("The requested resource does not exist")
        if row in table.deleted:
            if self.org.switches["deleted_patch"] == "not_found":
                raise not_found()
            raise Problem("ENTITY_IS_DELETED", "entity is deleted", status=404)
        return row
