"""The state of one simulated org, and what one call to it carries. No decisions beyond finding things."""

import zlib
from collections import abc, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

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
from writeback_zoho.simulator.catalogue import catalogue, custom_module, give_ids
from writeback_zoho.simulator.ids import Ids
from writeback_zoho.simulator.problems import bad_body, no_such_module
from writeback_zoho.simulator.seeding import Seeding, Sizes
from writeback_zoho.simulator.stamps import Zone
from writeback_zoho.simulator.switches import Switches
from writeback_zoho.simulator.tables import Seeds, Table, Values

Clock = abc.Callable[[], datetime]
Json = dict[str, object]

# Faults beside those of the chassis; the section of the wire contract that documents each.
FAULT_KINDS = (
    "limit_daily",  # 429 credits, §12
    "limit_concurrent",  # 429 concurrent calls, §12
    "expire_token",  # every access token given so far is dead, §5
    "session_invalid",  # 401 once (or `times`), the token lives on, §5
    "scope_mismatch",  # 401 OAUTH_SCOPE_MISMATCH, §5
    "invalid_grant",  # the refresh is refused: `invalid_code` with HTTP 200, §2
    "token_throttled",  # too many tokens, §2
    "access_denied",  # the person says no, §2
    "other_dc",  # the device flow names another data centre (`location`), §2
    "lock_row",  # RECORD_LOCKED, §5; `object`, `id`
    "review_row",  # NOT_REVIEWED, §5; `object`, `id`
    "forbid_row",  # AUTHORIZATION_FAILED, §5; `object`, `id`
    "refuse_row",  # a row error of the fault's own: `code`, `message`, and `object`, `id`
    "forbid_module",  # 403 NO_PERMISSION, §5; `object`
    "drift",  # `change` of `object`, `field`: `sdk.simulator.drifting`, §7
    "extra_objects",  # `count` custom modules more, §7
    "concurrent_edit",  # just before the next write to `object`, `id`: `fields`, §9
    "job_failed",  # the whole bulk job fails, §10
    "job_unprocessed",  # after `rows` rows the rest of the file is UNPROCESSED, §10
    "lost_create",  # POST bulk/write makes the job, the line is cut, §10
)


@dataclass(frozen=True, slots=True)
class _Past:
    """What a row held before a write; None where there was no row."""

    at: datetime
    module: str
    row: int
    values: Values | None


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
        self.zone = Zone(self.switches.text("utc_offset"))
        self.faults = Faults(FAULT_KINDS, seed=sizes.seed)
        self.applied = AppliedLog(applied_log)
        self.requests = Requests()
        self.background = Background("zoho-simulator-jobs")
        self.lock = new_lock()
        self.number = sizes.org
        self.modules = catalogue(sizes.org, extra=int(self.switches.number("extra_objects")))
        ids = {name: Ids(sizes.org, module.number) for name, module in self.modules.items()}
        seeds = Seeding(sizes, self.zone, ids).seeds()
        self.tables = {
            name: Table(module, ids[name], seeds.get(name) or Seeds(0))
            for name, module in self.modules.items()
        }
        self.zgid = str(60_000_000 + sizes.org)
        self.url = "https://www.zohoapis.com"
        self.triggers: deque[tuple[str, str, object]] = deque(maxlen=10_000)  # module, id, `trigger` as sent
        self._past: deque[_Past] = deque(maxlen=100_000)
        self._given = 0
        self.user_id = self.tables["Users"].ids.of(0)

    @property
    def users(self) -> Table:
        """Give the users."""
        return self.tables["Users"]

    def stamp(self) -> str:
        """Say what time it is, as the API shows it."""
        return self.zone.show(self.now())

    def new_text(self, length: int, digits: str = "0123456789abcdef") -> str:
        """Make a text nobody else was given; the same one in the same run."""
        with self.lock:
            self._given += 1
            given = self._given
        out: list[str] = []
        number = mix(self.seed, given, 77)
        while len(out) < length:
            number, digit = divmod(number, len(digits))
            out.append(digits[digit])
            if number == 0:
                number = mix(self.seed, given, len(out))
        return "".join(out)

    def new_id(self) -> str:
        """Make an id for what is no record: jobs, files."""
        with self.lock:
            self._given += 1
            return str((self.number * 100 + 99) * 10**9 + 600_000 + self._given)

    def table(self, name: str) -> Table:
        """Find the rows of a module that has an address.

        Raises:
            Problem: INVALID_MODULE.
        """
        found = self.tables.get(name)
        if found is None or name == "Users":
            raise no_such_module()
        return found

    def add_modules(self, count: int) -> None:
        """Add custom modules without rows."""
        start = sum(name.startswith("Custom_") for name in self.modules)
        for number in range(start + 1, start + count + 1):
            module = custom_module(number)
            give_ids(self.number, module)
            self.modules[module.name] = module
            self.tables[module.name] = Table(module, Ids(self.number, module.number), Seeds(0))

    def person(self, user_id: object, *, with_email: bool = False) -> Json | None:
        """Show a user as records do."""
        row = self.users.row(user_id)
        if row is None:
            return None
        told: Json = {"name": self.users.value(row, "full_name"), "id": self.users.ids.of(row)}
        return told | {"email": self.users.value(row, "email")} if with_email else told

    def remember(self, module: str, row: int, values: Values | None) -> None:
        """Keep what a search still sees for a while."""
        if self.switches.number("search_lag_s") > 0:
            self._past.append(_Past(self.now(), module, row, values))

    def still_seen(self, module: str) -> dict[int, Values | None]:
        """Give what a search of a module sees of rows that were written too lately."""
        since = self.now() - timedelta(seconds=self.switches.number("search_lag_s"))
        while self._past and self._past[0].at <= since:
            self._past.popleft()
        seen: dict[int, Values | None] = {}
        for past in self._past:
            if past.module == module:
                seen.setdefault(past.row, past.values)
        return seen


@dataclass(slots=True)
class Call:
    """One request that has been let in."""

    org: Org
    method: str
    path: str
    query: abc.Mapping[str, str]
    headers: abc.Mapping[str, str]
    body: Body
    found: tuple[str, ...] = ()  # the variable parts of the address
    _read: Json | None = None  # the body, once it was read

    @classmethod
    def of(cls, org: Org, request: Request) -> "Call":
        """Make a call of a request."""
        return cls(org, request.method, request.path, request.query, request.headers, request.body)

    def json(self) -> Json:
        """Read the body as a JSON object, whatever its Content-Type (the Python SDK sends none).

        Raises:
            Problem: INVALID_DATA.
        """
        if self._read is not None:
            return self._read
        try:
            value = orjson.loads(self.body.read())
        except (orjson.JSONDecodeError, OSError, EOFError, zlib.error):
            raise bad_body() from None
        if not isinstance(value, dict):
            raise bad_body()
        self._read = value
        return value

    def whole(self, name: str, default: int) -> int:
        """Read a parameter that is a whole number; anything else counts as not given."""
        given = self.query.get(name, "")
        return int(given) if given.isdigit() and len(given) < 10 else default
