"""The state of one simulated portal, and what one call to it carries. No decisions beyond finding things."""

import uuid
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import orjson

from writeback.sdk.simulator import (
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
from writeback_hubspot.simulator.catalogue import Catalogue, ObjectType
from writeback_hubspot.simulator.linking import Links, seed_links
from writeback_hubspot.simulator.people import make_owners
from writeback_hubspot.simulator.problems import Json, Problem, invalid
from writeback_hubspot.simulator.seeding import Sizes, moment, seed_objects
from writeback_hubspot.simulator.switches import Switches
from writeback_hubspot.simulator.tables import Seeds, Table

Clock = abc.Callable[[], datetime]
NEWEST = "2026-09"
DATED = ("2026-03", NEWEST)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# Faults beside those of the chassis; the section of the wire contract that documents each.
FAULT_KINDS = (
    "limit_ten_seconds",  # 429 TEN_SECONDLY_ROLLING, §12
    "limit_search",  # 429 SECONDLY, on search only, §12
    "limit_daily",  # 429 DAILY, §12
    "expire_token",  # every token given so far has expired, §2.2, §11
    "session_invalid",  # 401 once (or `times`), the token lives on, §11
    "revoke_key",  # 401 until disarmed: the service key was revoked or rotated, §2.1
    "missing_scope",  # 403 `scope`, §11
    "invalid_grant",  # BAD_REFRESH_TOKEN, §2.2
    "access_denied",  # the person says no, §2.2
    "locked",  # 423, §11
    "migrating",  # 477 with Retry-After `seconds`, §11
    "refuse_row",  # one input of a batch (`object`, `id`) or a single write is refused, §6
    "whole_batch",  # an invalid value fails the whole batch/update, §6, §17.3
    "omit_result",  # a written row that the answer does not name, §6
    "drift",  # `change` of `object`, `field`: `sdk.simulator.drifting`, §7
    "extra_objects",  # `count` custom objects more, §4
    "concurrent_edit",  # just before the next write to `object`, `id`: `fields`, §10
    "search_lag",  # writes stay invisible to search for `seconds` while armed, §8
    "import_failed",  # the import ends FAILED after `rows` rows, §13
)


class Portal:
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
        self.background = Background("hubspot-simulator-jobs")
        self.lock = new_lock()
        self.portal_id = 20_000_000 + mix(sizes.seed) % 9_000_000
        self.catalogue = Catalogue(self.portal_id, customs=int(self.switches.number("custom_objects")))
        self.owners = make_owners()
        self.owner_ids = frozenset(owner.id for owner in self.owners if not owner.is_archived)
        self._seeds = seed_objects(sizes, sorted(self.owner_ids))
        self.tables: dict[str, Table] = {}
        for kind in self.catalogue.types.values():
            self.add_table(kind)
        self.links = Links(seed_links(sizes))
        self.url = "https://portal.simulator.example"
        self.calls_today: dict[str, int] = {}
        self.enrolled: list[tuple[Table, int, dict[str, object]]] = []  # what the workflow still has to do
        self._given = 0
        self.token = f"pat-eu1-{self.new_uuid()}"

    def add_table(self, kind: ObjectType) -> None:
        """Give an object its records."""
        key = kind.singular if kind.is_custom else kind.name
        self.tables[kind.name] = Table(kind, self._seeds.get(key) or Seeds(0, {}, {}, {}))

    def new_number(self) -> int:
        """Give a number nobody else was given; the same one in the same run."""
        with self.lock:
            self._given += 1
            return mix(self.seed, self._given, 55)

    def new_uuid(self) -> str:
        """Give a fresh id of the form the vendor uses for correlation ids."""
        return str(uuid.UUID(int=self.new_number() << 64 | self.new_number(), version=4))

    def new_text(self, length: int) -> str:
        """Give a text nobody else was given."""
        out = ""
        while len(out) < length:
            number = self.new_number()
            while number:
                number, digit = divmod(number, len(_DIGITS))
                out += _DIGITS[digit]
        return out[:length]

    def stamp(self) -> str:
        """Give this moment the way the API shows it."""
        return moment(self.now())

    def seen_at(self) -> float | None:
        """Say when search will see what is written now; None is at once."""
        lag = self.switches.number("search_lag_s")
        for fault in self.faults.armed():
            if fault.kind == "search_lag":
                lag = fault.number("seconds", 5)
        return self.now().timestamp() + lag if lag > 0 else None

    def table(self, given: str) -> Table:
        """Find an object's records by any of its names.

        Raises:
            Problem: The vendor's refusal of an unknown type.
        """
        kind = self.catalogue.find(given)
        if kind is None:
            raise invalid(f"Unable to infer object type from: {given}")
        return self.tables[kind.name]


@dataclass(slots=True)
class Call:
    """One call to a resource."""

    portal: Portal
    method: str
    path: str
    version: str  # v1, v3, v4, 2026-03, 2026-09
    found: tuple[str, ...] = ()  # what the resource's pattern captured, decoded
    pairs: abc.Sequence[tuple[str, str]] = ()
    headers: abc.Mapping[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=lambda: Body.of(b""))

    @classmethod
    def of(cls, portal: Portal, request: Request, version: str) -> "Call":
        """Make a call of a request."""
        pairs = request.pairs or tuple(request.query.items())
        return cls(
            portal, request.method, request.path, version,
            pairs=pairs, headers=request.headers, body=request.body,
        )  # fmt: skip

    @property
    def is_dated(self) -> bool:
        """Say whether the path names a date."""
        return self.version in DATED

    @property
    def is_newest(self) -> bool:
        """Say whether the path names 2026-09, whose batches and validation differ."""
        return self.version == NEWEST

    @property
    def table(self) -> Table:
        """Give the records of the object that the path names first."""
        return self.portal.table(self.found[0])

    def mixed_status(self, normal: int) -> int:
        """Give the status of an answer in which some inputs failed: 207, but 2026-09 knows only `normal`."""
        keeps = self.is_newest and self.portal.switches["mixed_status_2026_09"] == "200"
        return normal if keeps else 207

    def one(self, name: str) -> str:
        """Give a parameter, the last one of a repeated; empty when it is missing."""
        return next((value for each, value in reversed(self.pairs) if each == name), "")

    def many(self, name: str) -> list[str]:
        """Give the values of a repeated or comma-separated parameter."""
        pieces = (piece for each, value in self.pairs if each == name for piece in value.split(","))
        return [piece.strip() for piece in pieces if piece.strip()]

    def flag(self, name: str) -> bool:
        """Give a boolean parameter."""
        return self.one(name).lower() == "true"

    def number(self, name: str, default: int, *, most: int | None = None) -> int:
        """Give a whole-number parameter.

        Raises:
            Problem: It is none, or above `most`.
        """
        text = self.one(name)
        if not text:
            return default
        if not is_whole(text):
            raise invalid(f"Invalid value '{text[:50]}' for parameter '{name}'")
        if most is not None and int(text) > most:
            raise invalid(f"{name} exceeds maximum. Requested {text}, but the maximum is {most}.")
        return int(text)

    def paging(self, after: str) -> Json:
        """Give the `paging` of a page that is not the last."""
        kept = [(name, value) for name, value in self.pairs if name != "after"]
        link = f"{self.portal.url}{self.path}?{urlencode([*kept, ('after', after)])}"
        return {"next": {"after": after, "link": link}}

    def json(self) -> Json:
        """Read the body as a JSON object.

        Raises:
            Problem: It is none, or was not sent as JSON.
        """
        value = self._parsed()
        if not isinstance(value, dict):
            raise invalid("Invalid input JSON on line 1, column 1: an object was expected")
        return value

    def json_list(self) -> list[object]:
        """Read the body as a JSON list.

        Raises:
            Problem: It is none, or was not sent as JSON.
        """
        return listed(self._parsed(), "the body")

    def _parsed(self) -> object:
        kind = self.headers.get("content-type", "")
        if kind and "json" not in kind:
            message = "Unsupported Media Type: the content type has to be application/json"
            raise Problem("VALIDATION_ERROR", message, 415)
        try:
            return orjson.loads(self.body.read() or b"null")
        except orjson.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise invalid(f"Invalid input JSON on {place}: {error.msg}") from None


def is_whole(text: str) -> bool:
    """Say whether a text is a whole number of a length that ids and counts have."""
    return text.isascii() and text.isdigit() and len(text) < 20


def listed(value: object, what: str) -> list[object]:
    """Take a JSON list; absent is empty.

    Raises:
        Problem: It is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise invalid(f"Invalid input JSON on line 1, column 1: {what} has to be a list")
    return value
