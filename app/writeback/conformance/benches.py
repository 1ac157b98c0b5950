"""A served simulator with one session on it, and everything that went over the wire: for one check.

The session gets what the host would hand it: the real transport with its guards, throttle, redaction
and recorder. Time in the throttle is real; a check that meets a wait stays below a second or two.
"""

import logging
import threading
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from writeback.conformance.promises import NotApplicableError, expect
from writeback.conformance.quality import FaultName
from writeback.conformance.subjects import Subject
from writeback.errors import SignInRequiredError
from writeback.model.jobs import Assurance, Outcome, Result, Route
from writeback.model.types import AttributeType, Value, Wish
from writeback.sdk.connector import Access, FieldWish, Http, ReadQuery, Session, Write, WriteRequest
from writeback.sdk.simulator import Fault, Running, serve, utc_now
from writeback.sdk.simulator.faults import Fact
from writeback.sdk.simulator.messages import Crm
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.transport.policies import HttpPolicy, LimitSign
from writeback.transport.recording import ExchangeRecord
from writeback.transport.redacting import Redactor
from writeback.transport.sessions import open_http
from writeback.transport.throttling import Throttle

SEED = 1
PATIENT_S = 20.0
IMPATIENT_S = 1.0


class Watched:
    """The handed HTTP session; notes every address as the connector named it, before any guard."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self.headers = http.headers
        self.asked: list[tuple[str, str]] = []

    def request(self, method: str, url: str, **options: Any) -> Any:  # noqa: ANN401  requests' own signature
        """Note, then send."""
        self.asked.append((method.upper(), str(url)))
        return self._http.request(method, url, **options)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  what else a vendor's client asks of a session
        return getattr(self._http, name)


@dataclass
class Wire:
    """What a bench saw."""

    exchanges: list[ExchangeRecord] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)


class Bench:
    """One simulator, one session, one record of what happened."""

    def __init__(
        self,
        subject: Subject,
        *,
        ca: Path,
        options: abc.Mapping[str, str] | None = None,
        simulator: abc.Mapping[str, str] | None = None,
        seed: int = SEED,
        can_refresh: bool = True,
    ) -> None:
        self.subject, self.probe = subject, subject.quality.probe
        self.wire = Wire()
        self._can_refresh, self._ca, self._chosen = can_refresh, ca, dict(options or {})
        self.running = serve_subject(subject, simulator=simulator, seed=seed)
        self.crm = self.running.crm
        self.redactor = Redactor()
        self.redactor.learn(self.running.token)
        self.throttle = Throttle()
        self._https: list[Any] = []
        self._handler = _Listener(self.wire.logged)
        logging.getLogger().addHandler(self._handler)
        self.access = self._access(PATIENT_S)
        self.http = cast("Watched", self.access.http)  # made a line before
        self.session: Session = subject.connector.open(self.access)
        self._description: ObjectDescription | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close session and simulator."""
        logging.getLogger().removeHandler(self._handler)
        for http in self._https:
            http.close()
        self.running.close()

    def impatient(self) -> Session:
        """Open another session on the same simulator, whose hopeless reads are given up after two seconds.

        An answer that is merely late ends as a lost one there: use it only where that is a good end.
        """
        return self.subject.connector.open(self._access(IMPATIENT_S))

    # what there is

    @property
    def name(self) -> str:
        """Give the probe's object."""
        return self.probe.object

    def describe(self) -> ObjectDescription:
        """Describe the probe's object, asked once."""
        if self._description is None:
            self._description = self.session.describe(self.name)
        return self._description

    def field(self, kind: AttributeType) -> FieldInfo:
        """Give a field of that type that may be written: the probe's, else the first described one.

        Raises:
            NotApplicableError: The object has none.
        """
        description = self.describe()
        named = self.probe.fields.get(kind)
        if named is not None:
            found = description.field(named)
            expect(found is not None, f"{self.name}.{named} of [probe.fields] is not described")
            if found is not None:
                return found
        taken = {name.casefold() for name in self.probe.fields.values()}
        for info in description.fields:
            is_free = info.name.casefold() not in taken and info.name != description.key_field
            if info.kind is kind and info.is_updateable and not info.is_calculated and is_free:
                return info
        raise NotApplicableError(f"{self.name} has no {kind.value} field that may be written")

    def ids(self, most: int | None = None) -> list[str]:
        """Give record ids of the probe's object."""
        query = ReadQuery(self.name, (self.describe().key_field,), limit=most)
        return [row[0] for page in self.session.read(query) for row in page.rows][:most]

    def value(self, record_id: str, path: str) -> Value:
        """Read one value afresh."""
        return self.row(record_id, path)[1][0]

    def row(self, record_id: str, *paths: str) -> tuple[str | None, tuple[Value, ...]]:
        """Read version and values of one record afresh."""
        page = self.session.fetch(self.name, by=self.describe().key_field, keys=[record_id], paths=paths)
        expect(len(page.rows) == 1, f"fetch of {record_id} gave {len(page.rows)} rows")
        return page.rows[0][1], tuple(page.rows[0][2])

    # writing

    def request(
        self, writes: abc.Sequence[Write], *, route: Route = Route.SINGLE, is_conditional: bool = False
    ) -> WriteRequest:
        """Make a request for the probe's object."""
        return WriteRequest(self.name, tuple(writes), route, is_conditional=is_conditional)

    def send(
        self, *writes: Write, route: Route = Route.SINGLE, is_conditional: bool = False
    ) -> tuple[Result, ...]:
        """Prepare and write."""
        request = self.request(writes, route=route, is_conditional=is_conditional)
        return self.session.write(self.session.prepare(request)).results

    def set(self, record_id: str, info: FieldInfo, wish: Wish) -> Result:
        """Write one field of one record."""
        (result,) = self.send(write_of("k1", record_id, info, wish))
        return result

    def longest(self) -> int:
        """Give how many characters the text field holds. Raises as `Quality.lacking` says."""
        length = self.field(AttributeType.TEXT).length
        if length is None:
            raise self.subject.quality.lacking("length")
        return length

    def bad(self, key: str, record_id: str) -> Write:
        """Make a write that the CRM has to refuse: a text that is too long, else an option that is none."""
        text = self.field(AttributeType.TEXT)
        if text.length is not None:
            return write_of(key, record_id, text, "q" * (text.length + 1))
        choice = self.field(AttributeType.LIST)
        if choice.is_restricted:
            return write_of(key, record_id, choice, "Nothing of the kind")
        raise self.subject.quality.lacking("length")

    def must_set(self, record_id: str, info: FieldInfo, wish: Wish) -> None:
        """Write one field; the CRM has to take it."""
        result = self.set(record_id, info, wish)
        expect(result.outcome is Outcome.APPLIED, f"{info.name} was not applied: {told(result)}")

    def applied(self) -> list[dict[str, object]]:
        """Give what the simulator wrote for us."""
        return [entry for entry in self.crm.applied.entries() if entry["route"] != "foreign"]

    # faults

    def arm(self, kind: str, **facts: Fact) -> None:
        """Arm a fault of the chassis."""
        self.crm.faults.arm(Fault.read({"kind": kind, **facts}))

    def arm_own(self, name: FaultName, **places: str) -> None:
        """Arm a fault that only this simulator can act out.

        Raises:
            NotApplicableError: It offers none of that name, and says why.
            BrokenPromiseError: It offers none, and does not say why.
        """
        wish = self.subject.quality.fault(name, object=self.name, **places)
        if wish is None:
            raise self.subject.quality.lacking(name.value)
        self.crm.faults.arm(Fault.read(wish))

    def calm(self) -> None:
        """Let everything go right again."""
        self.crm.faults.disarm()

    def _access(self, read_timeout_s: float) -> Access:
        """Give what the host would hand a session."""
        http = open_http(
            policy_of(self.subject, self.running, ca=self._ca, read_timeout_s=read_timeout_s),
            recorder=self.wire.exchanges.append,
            throttle=self.throttle,
            redactor=self.redactor,
        )
        self._https.append(http)
        return Access(
            origin=self.running.url,
            http=Watched(cast("Http", http)),  # requests names its keyword arguments one by one
            token=lambda: self.running.token,
            refresh=self._refresh,
            options=self.subject.manifest.option_values({**self.probe.connection, **self._chosen}),
            now=utc_now,
        )

    def _refresh(self, stale: str) -> str:
        self.wire.refreshed.append(stale)
        if not self._can_refresh:
            raise SignInRequiredError("conformance.no_newer_token")
        return self.running.token


class _Listener(logging.Handler):
    """Keeps everything that is logged, as a file would."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._kept = kept
        self._lock = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line with its traceback."""
        with self._lock:
            self._kept.append(self.format(record))


def serve_subject(
    subject: Subject,
    *,
    simulator: abc.Mapping[str, str] | None = None,
    seed: int = SEED,
    port: int = 0,
    applied_log: Path | None = None,
) -> Running:
    """Build and serve a subject's simulator."""
    wishes = {**subject.quality.probe.simulator, **(simulator or {})}
    made = subject.build(rows=subject.quality.probe.rows, seed=seed, applied_log=applied_log, options=wishes)
    return serve(cast("Crm", made), port=port)


def policy_of(subject: Subject, running: Running, *, ca: Path, read_timeout_s: float) -> HttpPolicy:
    """Give the rules that the host would give a connection to this simulator."""
    limits = subject.manifest.limits
    return HttpPolicy(
        subject.manifest.hosts,
        simulator_origin=running.url,
        ca_file=ca,
        limit_signs=tuple(LimitSign(sign.status, sign.word.encode()) for sign in limits.signs),
        read_timeout_s=read_timeout_s,
    )


def write_of(key: str, record_id: str, info: FieldInfo, wish: Wish, *, base: str | None = None) -> Write:
    """Make a write of one field."""
    kind = info.kind or AttributeType.TEXT
    return Write(key, record_id, base, (FieldWish(info.name, kind, wish),))


def told(result: Result) -> str:
    """Tell a result in one line."""
    return f"{result.outcome.value} {result.code} {result.message[:120]}".strip()


def needs_route(subject: Subject, route: Route) -> int:
    """Give most rows of a route.

    Raises:
        NotApplicableError: The connector has no such route.
    """
    facts = subject.manifest.routes.facts_of(route)
    if facts is None:
        raise NotApplicableError(f"there is no route {route.value}")
    return facts.most_rows


def gives(subject: Subject, route: Route, assurance: Assurance) -> bool:
    """Say whether a route gives an assurance."""
    facts = subject.manifest.routes.facts_of(route)
    return facts is not None and assurance in facts.assurance
