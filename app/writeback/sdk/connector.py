"""What a connector must offer: small protocols instead of a base class.

A connector opens sessions; a session talks to one org through the `http` it was handed and never
opens a socket of its own making. All values that cross this border are canonical (`model.types`);
the connector's codec alone knows the wire. Calls may raise `ConnectorError`s only.
"""

from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from writeback.model.connections import Org
from writeback.model.jobs import Result, Route
from writeback.model.types import AttributeType, Value, Wish
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo, Page

Clock = abc.Callable[[], datetime]
"""Gives the present moment, aware, UTC."""


class HttpAnswer(Protocol):
    """What `Http` gives back; `requests.Response` meets it."""

    status_code: int
    content: bytes

    @property
    def headers(self) -> abc.Mapping[str, str]:
        """The answer's headers, compared without case."""

    def iter_content(self, chunk_size: int | None = 1) -> abc.Iterator[Any]:
        """Give the body in pieces, for `stream=True`."""

    def close(self) -> None:
        """Give the connection back."""


class Http(Protocol):
    """The handed HTTP session; `requests.Session` meets it. One per thread."""

    headers: Any

    def request(self, method: str, url: str, **options: Any) -> Any:  # noqa: ANN401  requests' own signature
        """Send one request under the host's rules: time limits, hosts, throttling, redaction."""


@dataclass(frozen=True, slots=True)
class Access:
    """Everything a session needs, handed over by the host. Its repr shows no secret."""

    origin: str
    """`https://mydomain.my.salesforce.com`, or the simulator's loopback origin."""
    http: Http = field(repr=False)
    token: abc.Callable[[], str] = field(repr=False)
    """Gives the access token in force."""
    refresh: abc.Callable[[str], str] = field(repr=False)
    """Given the rejected token, gives a newer one. Raises SignInRequiredError when there is none."""
    options: abc.Mapping[str, str]
    """The connection's own settings (`[options]` of the manifest)."""
    now: Clock = field(repr=False)


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """How a connector's users sign in by browser: OAuth 2.0 authorization code with PKCE."""

    authorize_url: str
    token_url: str
    client_id: str
    scope: str
    redirect_ports: tuple[int, ...]
    redirect_path: str
    redirect_host: str = "localhost"
    needs_secret: bool = False
    """The issuer wants the client's secret with the code; the vault alone keeps it."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further parameters of the authorization request."""


@runtime_checkable
class Connector(Protocol):
    """The code that speaks one CRM product."""

    id: str

    def open(self, access: Access) -> "Session":
        """Open a conversation; makes no call."""


@runtime_checkable
class SignsInByBrowser(Protocol):
    """Ability: OAuth by the system browser."""

    def oauth_app(self, form: abc.Mapping[str, str]) -> OAuthApp:
        """Say where to sign in, from the wizard's form."""

    def origin_of(self, token_answer: abc.Mapping[str, object]) -> str:
        """Give the org's origin named in the token answer."""


@runtime_checkable
class ChoosesTokenServer(Protocol):
    """A connector whose redirect names the server that takes the code (Zoho's `accounts-server`)."""

    def token_url_of(self, redirect: abc.Mapping[str, str], form: abc.Mapping[str, str]) -> str:
        """Say where the code is exchanged; only servers of a fixed list are taken.

        Raises:
            SignInRequiredError: The redirect names another server.
        """


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A pull: which records of which object, which field paths, changed since which version."""

    object: str
    paths: tuple[str, ...]
    filter: str = ""
    since: str | None = None
    """Version token, exclusive; the connector widens it by its own overlap."""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class FieldWish:
    """One CRM column and what it shall hold."""

    field: str
    kind: AttributeType
    wish: Wish
    held: Value = None
    """What it held when the write was judged, if that is known: some CRMs take away by what is there."""


@dataclass(frozen=True, slots=True)
class Write:
    """One CRM record to be updated. `key` is ours, `record_id` the CRM's."""

    key: str
    record_id: str
    base: str | None
    """The version the values were judged against."""
    fields: tuple[FieldWish, ...]


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """One request's worth of writes, all on one object.

    `route` is SINGLE (one write) or BATCH (at most the manifest's number).
    """

    object: str
    writes: tuple[Write, ...]
    route: Route
    is_conditional: bool
    """Ask the CRM to check `base` as it writes (assurance A), where the route can."""
    automation: tuple[tuple[str, str], ...] = ()
    """The connector's automation switches as this job sends them; a name that is missing is as the
    connection's options say."""
    creates_by: str = ""
    """The unique field whose value stands in place of each `record_id`: records are made that do not
    exist yet (`CreatesRecords`); "": records are updated."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to be sent: its bytes can be hashed and committed before they leave."""

    request: WriteRequest
    method: str
    path: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WriteAnswer:
    """A result for each write, in the order of the request."""

    results: tuple[Result, ...]


@runtime_checkable
class Session(Protocol):
    """An open conversation with one org. Used by one thread at a time."""

    def whoami(self) -> Org:
        """Say who answers: org id, name, user, environment."""

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the objects that may be read."""

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts of one object, for the signed-in user."""

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the records that a filter selects."""

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all records page by page; columns are `query.paths` in their order."""

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single records afresh by key, in no given order; a missing one is left out.

        With `by` other than the record id the value of that field is the first column of the page,
        before `paths`.
        """

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look records up by a field; every value asked for is a key of the answer."""

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether the CRM would store `ours` as `theirs` (trimming, rounding); makes no call."""

    def prepare(self, request: WriteRequest) -> Prepared:
        """Turn writes into the exact bytes that would be sent; makes no call."""

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send once, exactly the prepared bytes, and say for each write what became of it.

        Raises:
            RetryableError: Nothing was processed.
            OutcomeUnknownError: Sent, no answer: all writes are unknown.
        """
