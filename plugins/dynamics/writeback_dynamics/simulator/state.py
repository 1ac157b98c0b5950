"""The state of one simulated environment, and what one call to it carries. Only finds things."""

import hashlib
import re
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from json import loads
from pathlib import Path

import orjson

from writeback.sdk.simulator import AppliedLog, Faults, Requests, mix, new_lock, utc_now
from writeback_dynamics.simulator.catalogue import entities
from writeback_dynamics.simulator.problems import Problem, bad_payload, no_such_segment
from writeback_dynamics.simulator.schema import Entity
from writeback_dynamics.simulator.seeding import Seeding, Sizes
from writeback_dynamics.simulator.switches import Switches
from writeback_dynamics.simulator.tables import Ids, Seeds, Table

Clock = abc.Callable[[], datetime]
Json = dict[str, object]
VERSION = "v9.2"
_PREFERENCE = re.compile(r'([\w.\-]+)\s*(?:=\s*("[^"]*"|[^,;]*))?')

# Faults beside those of the chassis; the section of the wire contract that documents each.
FAULT_KINDS = (
    "limit_requests",  # 429 0x80072322, §14; `after` seconds, or `after` = none for no Retry-After
    "limit_time",  # 429 0x80072321, §14
    "limit_concurrent",  # 429 0x80072326, §14
    "expire_token",  # every token given so far is dead, §2
    "token_refused",  # 401 once (or `times`), the token lives on, §2.4
    "invalid_grant",  # a refresh, a code or a secret is refused, §2.2
    "access_denied",  # the person says no, §2.2
    "device_declined",  # the device code is declined, §2.2
    "device_slow",  # slow_down, §2.2
    "stale_row",  # 412 for the next conditional write to `object`, `id`, §9
    "concurrent_edit",  # just before the next write to `object`, `id`: `fields`, §9
    "lock_row",  # 0x80044151 SQL timeout, §4; `object`, `id`
    "deadlock",  # 0x80044150, §4; `object`, `id`
    "plugin",  # 0x80040265 with `message`, §4; `object`, `id`
    "revoke_privilege",  # 0x80040220 for `object`, §4
    "revoke_row",  # 0x80048306 for `object`, `id`, §4
    "revoke_field",  # 403 for `object`, `field`; the metadata do not tell, §3
    "drift",  # `change` of `object`, `field`: `sdk.simulator.drifting`, §7
    "extra_tables",  # `count` custom tables more, §7
    "expire_delta",  # the delta tokens given so far are expired, §15
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
        self.lock = new_lock()
        self.entities = entities(int(self.switches.number("extra_tables")))
        self.tables: dict[str, Table] = {}
        self._last_version = 1_000_000
        seeds = Seeding(sizes, self.entities).seeds()
        for name, entity in self.entities.items():
            self.add_table(entity, seeds.get(name) or Seeds(0))
        self.sets = {entity.set_name: entity for entity in self.entities.values()}
        self.org_id = Ids("organization", sizes.seed).of(0)
        self.tenant_id = self.switches.text("tenant_id") or Ids("tenant", sizes.seed).of(0)
        self.user_id = self.tables["systemuser"].ids.of(0)
        self.url = "https://northwind.crm.simulator.example"
        self.started_at = self.now()
        self.schema_version = 1
        self.delta_since = 0  # tokens older than this version are expired
        self._given = 0

    @property
    def root(self) -> str:
        """Give the service root, with the slash at its end."""
        return f"{self.url}/api/data/{VERSION}/"

    @property
    def version(self) -> int:
        """Give the last row version."""
        return self._last_version

    def next_version(self) -> int:
        """Count on: one counter for all rows of all tables (section 19)."""
        self._last_version += 1
        return self._last_version

    def add_table(self, entity: Entity, seeds: Seeds) -> None:
        """Add a table and its rows."""
        first = self._last_version + 1
        self.tables[entity.name] = Table(entity, seeds, seed=self.seed, first_version=first)
        self._last_version += seeds.rows

    def new_guid(self) -> str:
        """Make a guid nobody else was given; the same one in the same run."""
        given = self._next_given()
        one, two = mix(self.seed, given, 5), mix(self.seed, given, 6)
        digits = f"{one:016x}{two:016x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"

    def new_text(self, length: int) -> str:
        """Make an opaque text nobody else was given."""
        given, out = self._next_given(), ""
        while len(out) < length:
            out += hashlib.sha256(f"{self.seed}.{given}.{len(out)}".encode()).hexdigest()
        return out[:length]

    def _next_given(self) -> int:
        with self.lock:
            self._given += 1
            return self._given

    def table(self, set_name: str) -> Table:
        """Find the rows of an entity set; names are case-sensitive.

        Raises:
            Problem: There is none.
        """
        entity = self.sets.get(set_name)
        if entity is None:
            raise no_such_segment(set_name)
        return self.tables[entity.name]

    def payload_problem(self, entity: Entity, inner: str) -> Problem:
        """Give 0x80048d19 as the switches say."""
        name = entity.set_name if self.switches["payload_name"] == "entity_set" else entity.name
        return bad_payload(name, inner, has_link=self.switches.is_on("payload_link"))

    def unknown_in_query(self, name: str, entity_name: str) -> Problem:
        """Refuse a query that names a property the table does not have."""
        message = f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{entity_name}'."
        return Problem(self.switches["unknown_in_query"], message)

    def unknown_in_body(self, name: str, entity: Entity) -> Problem:
        """Refuse a body that names a column the table does not have."""
        code = self.switches["unknown_in_body"]
        invalid = f"Invalid property '{name}' was found in entity 'Microsoft.Dynamics.CRM.{entity.name}'."
        inner = "Microsoft.OData.ODataException: Does not support untyped value in non-open type."
        if code == "0x80090801":
            return Problem(code, invalid)
        if code == "0x0":
            start = "An error occurred while validating input parameters: Microsoft.Crm.CrmException:"
            return Problem(code, f"{start} {invalid} ---> {inner}")
        return self.payload_problem(entity, f"Microsoft.Crm.CrmException: {invalid} ---> {inner}")


class Preferences:
    """What `Prefer` asks for (section 3)."""

    def __init__(self, header: str) -> None:
        found = {match[1].lower(): (match[2] or "").strip('" ') for match in _PREFERENCE.finditer(header)}
        self.returns_row = found.get("return") == "representation"
        self.continues = found.get("odata.continue-on-error", "false") in ("", "true")
        self.tracks = "odata.track-changes" in found
        pages = found.get("odata.maxpagesize", found.get("maxpagesize", ""))
        self.page_size = int(pages) if pages.isdigit() and int(pages) > 0 else None
        self.annotations = tuple(
            term.strip() for term in found.get("odata.include-annotations", "").split(",") if term.strip()
        )

    def wants(self, term: str) -> bool:
        """Say whether an annotation is asked for."""
        return any(fnmatchcase(term, pattern) for pattern in self.annotations)

    def applied(self, *, is_list: bool = False, is_tracked: bool = False) -> list[str]:
        """Give what `Preference-Applied` says."""
        told = []
        if self.returns_row and not is_list:
            told.append("return=representation")
        if self.page_size and is_list:
            told.append(f"odata.maxpagesize={self.page_size}")
        if is_tracked:
            told.append("odata.track-changes")
        if self.annotations:
            told.append(f'odata.include-annotations="{",".join(self.annotations)}"')
        return told


@dataclass(slots=True)
class Call:
    """One call to the service, or a part of a batch."""

    org: Org
    method: str
    path: str  # below the service root, percent-encoded
    query: abc.Mapping[str, str] = field(default_factory=dict)
    headers: abc.Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    route: str = "single"
    sha256: str = ""
    user_id: str = ""  # who acts
    behalf_id: str | None = None  # who really called, when somebody acts for another
    references: abc.Mapping[str, str] = field(default_factory=dict)  # $1 -> URL, inside a change set
    transaction: object = None  # of the change set
    prefer: Preferences = field(default_factory=lambda: Preferences(""))

    def __post_init__(self) -> None:
        self.prefer = Preferences(self.headers.get("prefer", ""))
        self.user_id = self.user_id or self.org.user_id

    @property
    def is_annotated(self) -> bool:
        """Say whether errors say more."""
        return self.prefer.wants("Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus")

    @property
    def client(self) -> str | None:
        """Give the marker a client may put on its calls."""
        return self.headers.get("x-ms-client-request-id")

    def json(self, what: str = "") -> Json:
        """Read the body as a JSON object; decimals keep all their digits.

        Raises:
            Problem: It is none.
        """
        try:
            orjson.loads(self.body)  # strict: neither half a character nor NaN
            value = loads(self.body, parse_float=Decimal)
        except ValueError as error:  # JSON's and UTF-8's errors are such
            inner = f"Microsoft.OData.ODataException: Invalid JSON. {error}"
            raise bad_payload(what, inner) from None
        if not isinstance(value, dict):
            raise bad_payload(what, "Microsoft.OData.ODataException: A start object was expected.")
        return value
