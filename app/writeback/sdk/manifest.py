"""The facts of a connector, as `connector.toml` states them: read and checked, never imported.

The file stands in the connector's package and is read without running any of its code, so the
plugins screen, the connect wizard and a connection that is switched off cost nothing and risk
nothing. What the code can do is asked by `isinstance` against `sdk.capabilities`; a contract test
holds both against each other.

Must not: import a plugin, open a file (`host.finding` hands the bytes over), build sentences.
"""

import enum
import re
import tomllib
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from writeback.errors import PluginNotLoadableError
from writeback.model.jobs import Assurance, Route

FILE_NAME: Final = "connector.toml"
API_OLDEST: Final = 1
"""Oldest plugin contract this Writeback still speaks."""
API_NEWEST: Final = 1
"""Newest plugin contract this Writeback speaks."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,31}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
Host = Annotated[str, Field(pattern=r"^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")]
"""`login.salesforce.com`, or `*.my.salesforce.com` for any name below it: no scheme, no port, no address."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Path = Annotated[str, Field(pattern=r"^\w+(\.\w+)*$", max_length=255)]
"""`Industry`, `Owner.Email`."""
Target = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$")]
"""`package.module:name`."""
PackagePath = Annotated[str, Field(pattern=r"^[\w-]+(/[\w-]+)*\.svg$")]
"""A file inside the package, with forward slashes; nothing leads out of it."""


ModelT = TypeVar("ModelT", bound=BaseModel)


class Ability(enum.StrEnum):
    """What a connector may claim beyond the core. The values are the names of the protocols."""

    COMPILES_FILTERS = "CompilesFilters"
    CREATES_RECORDS = "CreatesRecords"
    READS_CHANGES = "ReadsChanges"
    READS_DELETES = "ReadsDeletes"
    READS_HISTORY = "ReadsHistory"
    READS_PEOPLE = "ReadsPeople"
    REPORTS_USAGE = "ReportsUsage"
    SIGNS_IN_BY_BROWSER = "SignsInByBrowser"
    SIGNS_IN_BY_DEVICE_CODE = "SignsInByDeviceCode"
    SIGNS_IN_BY_REDIRECT = "SignsInByRedirect"
    SIGNS_IN_WITH_CREDENTIALS = "SignsInWithCredentials"
    TELLS_SCHEMA_REFUSALS = "TellsSchemaRefusals"
    WRITES_CONDITIONALLY = "WritesConditionally"
    WRITES_IN_BULK = "WritesInBulk"


class AuthMethod(enum.StrEnum):
    """How a connection comes by its token."""

    OAUTH = "oauth"
    """Browser sign-in; the vault keeps what comes back."""
    TOKEN_FILE = "token_file"  # noqa: S105  the name of a method, not a secret
    """A file holds the token; we keep its path, never its content."""
    CREDENTIALS_FILE = "credentials_file"
    """A JSON file holds credentials by name; we keep its path, never its content."""
    TYPED = "typed"
    """Credentials that a person types or pastes once; the vault keeps them."""
    DEVICE_CODE = "device_code"
    """A code that a person types on another device; the vault keeps what comes back."""


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormField(_Facts):
    """One question of the sign-in wizard, as a JSON Schema property. Never asks for a secret."""

    type: Literal["string", "integer", "boolean"] = "string"
    title: Words
    description: str = Field(default="", max_length=600)
    default: str | int | bool | None = None
    enum: tuple[str, ...] = ()
    format: Literal["", "hostname", "path", "uri"] = ""
    pattern: str = ""
    examples: tuple[str, ...] = ()


class Form(_Facts):
    """The questions of one sign-in method: the part of JSON Schema that a window can always draw."""

    type: Literal["object"] = "object"
    properties: dict[Name, FormField] = Field(default_factory=dict)
    required: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _asks_what_it_requires(self) -> Self:
        if missing := sorted(set(self.required) - set(self.properties)):
            raise ValueError(f"required but not asked for: {', '.join(missing)}")
        return self


class Guide(_Facts):
    """What a person is told who signs in this way: the wizard shows it beside the form."""

    is_recommended: bool = False
    """The way that the wizard offers first."""
    steps: tuple[Words, ...] = ()
    """What to do in the CRM beforehand, one step each: how to make an app of one's own, or a key."""
    redirects: tuple[Annotated[str, Field(pattern=r"^http://localhost(:[0-9]{2,5})?(/[\w/-]*)?$")], ...] = ()
    """The redirect addresses to register, to the letter."""
    scopes: tuple[Annotated[str, Field(pattern=r"^[^\s,]{1,120}$")], ...] = ()
    """The scopes to give the app or key."""
    pitfalls: tuple[Words, ...] = ()
    """What goes wrong most, in the words a person sees, and the way out."""


class Auth(_Facts):
    """One way to sign in."""

    method: AuthMethod
    title: Words
    description: str = Field(default="", max_length=600)
    form: Form = Form()
    secrets: dict[Name, FormField] = Field(default_factory=dict)
    """What the wizard asks for without showing it and the vault alone keeps: the customer's client secret."""
    guide: Guide = Guide()


class CrmObject(_Facts):
    """An object that the connector proposes to pull; the CRM's own list may hold more."""

    name: str = Field(pattern=r"^\w+$", max_length=255)
    title: Words
    entity: Name = "account"
    key: str = Field(pattern=r"^\w+$", max_length=255)
    fields: tuple[Path, ...] = ()
    """Field paths proposed for mapping first; those that the org does not have are passed over."""
    link: Path | None = None
    """The path whose value is the key of the account that such a record belongs to: `AccountId`."""
    person: Path | None = None
    """Of memberships: the path whose value is the key of the person who belongs to the account."""
    page: str = Field(default="", pattern=r"^$|^(\{origin\}|https://[a-z0-9.-]+)/\S+$", max_length=400)
    """Where a person looks at a record: an address with `{origin}`, `{org}` (the org's id) and `{key}`."""
    note: str = Field(default="", max_length=400)
    """What the CRM has not, or has otherwise, in words for the administrator."""


class RouteFacts(_Facts):
    """What one request, or one upload, of a route can carry, and who checks the version."""

    most_rows: int = Field(gt=0)
    assurance: tuple[Assurance, ...] = Field(min_length=1)
    part_bytes: int | None = Field(default=None, gt=0)
    """Most bytes of one request or upload; absent: rows alone decide."""
    from_rows: int | None = Field(default=None, gt=0)
    """Chosen by volume from so many rows on: what an upload costs is more than what batches cost below it."""
    units: int = Field(default=1, gt=0)
    """What one request, or one upload as a whole, costs of the daily quota (`Usage.is_daily`)."""
    rows_a_unit: int | None = Field(default=None, gt=0)
    """A request costs one unit for each so many rows it began; absent: the same, however many."""


class Routes(_Facts):
    """The routes that writes may take; an absent one does not exist here."""

    single: RouteFacts
    batch: RouteFacts | None = None
    bulk: RouteFacts | None = None

    def facts_of(self, route: Route) -> RouteFacts | None:
        """Give the facts of one route; None when the connector has no such route."""
        match route:
            case Route.SINGLE:
                return self.single
            case Route.BATCH:
                return self.batch
            case Route.BULK:
                return self.bulk

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.single.most_rows != 1:
            raise ValueError("routes.single.most_rows is 1")
        if self.bulk is not None and self.bulk.part_bytes is None:
            raise ValueError("routes.bulk needs part_bytes")
        return self


class RequestWindow(_Facts):
    """At most so many requests in so many seconds."""

    requests: int = Field(gt=0)
    seconds: float = Field(gt=0)


class LimitSign(_Facts):
    """How the CRM says *slow down* without a 429: this status, with this word in the body."""

    status: int = Field(ge=400, le=599)
    word: str = Field(min_length=4, max_length=80)


class Limits(_Facts):
    """What the CRM bears. Its own headers and answers override these numbers."""

    windows: tuple[RequestWindow, ...] = ()
    concurrency: int = Field(default=4, gt=0)
    signs: tuple[LimitSign, ...] = ()
    server_seconds: float = Field(gt=0)
    """Longest the CRM may still work on a request whose answer was lost; part of the quiet period."""
    version_grain_s: float = Field(default=0, ge=0)
    """How fine the versions are that the CRM checks as it writes: 0 tells every change apart."""


class OptionFacts(_Facts):
    """One setting of a connection, kept as text."""

    title: Words
    description: str = Field(default="", max_length=600)
    default: str = ""
    choices: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> Self:
        if self.choices and self.default not in self.choices:
            raise ValueError("the default is not one of the choices")
        return self


class TransformFacts(_Facts):
    """A named transform that the plugin offers by the hook `writeback_transforms`."""

    name: Name
    """Mappings name it with the plugin's id before it: `acme.vat`."""
    title: Words
    argument: str = Field(default="", max_length=300)
    """What stands behind `=`, in words; '' when nothing does."""


class AutomationFacts(_Facts):
    """One switch for what of the CRM's own rules a write sets off."""

    title: Words
    description: str = Field(default="", max_length=600)
    default: str = ""
    """What holds where nobody chose."""
    choices: tuple[str, ...] = ()
    """The values that are offered."""
    pattern: str = Field(default="", max_length=300)
    """A regular expression of further values: the id of a rule."""
    needs: str = Field(default="", max_length=120)
    """What the signed-in user has to have for it, in the CRM's own words."""
    bulk_pattern: str | None = Field(default=None, max_length=300)
    """A regular expression of the values that an upload carries; absent: it carries every value."""

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        for pattern in (self.pattern, self.bulk_pattern or ""):
            try:
                re.compile(pattern)
            except re.error:
                raise ValueError("a pattern is no regular expression") from None
        if self.default not in self.choices and not re.fullmatch(self.pattern or "(?!)", self.default):
            raise ValueError("the default is not one of the values")
        return self


class ChannelFacts(_Facts):
    """One way in which the plugin takes notices off this machine, by the hook `writeback_notify`."""

    name: Name
    """Known by the plugin's id before it: `acme.chat`."""
    title: Words
    description: str = Field(default="", max_length=600)
    form: Form = Form()
    """What a person says of it: a server, an address, who is written to. Never a secret."""
    secrets: dict[Name, FormField] = Field(default_factory=dict)
    """What the vault alone keeps; each may be left out."""
    host: Name | Literal[""] = ""
    """The answer that names where it talks to: a host, or an address with one. '' is nowhere."""

    @model_validator(mode="after")
    def _host_is_asked_for(self) -> Self:
        if self.host and self.host not in self.form.required:
            raise ValueError("the host is no required answer of the form")
        return self


class Pages(_Facts):
    """Where the CRM itself shows things, behind the org's own address."""

    bulk_job: str = Field(default="", pattern=r"^(/[^\s]*\{id\}[^\s]*)?$", max_length=300)
    """One bulk job, `{id}` standing for its id; '': it has no page."""


NO_ROUTES: Final = Routes(single=RouteFacts(most_rows=1, assurance=(Assurance.C,)))
NO_LIMITS: Final = Limits(server_seconds=1)
_OF_A_CONNECTOR: Final = frozenset({"hosts", "auth", "routes", "limits"})


class Manifest(_Facts):
    """Everything Writeback knows about a plugin before any of its code runs.

    A plugin brings a connector, channels for notices, or both. One that brings no connector says nothing
    of `hosts`, `auth`, `routes` and `limits`; they then stand for nothing, and no connection can use it.
    """

    id: Id
    title: Words
    api: int = Field(gt=0)
    """The version of the plugin contract it was written for."""
    publisher: Words
    description: str = Field(default="", max_length=600)
    hosts: tuple[Host, ...] = ()
    """The only hosts its HTTP session will talk to; a channel's host is what a person answered."""
    auth: tuple[Auth, ...] = ()
    abilities: tuple[Ability, ...] = ()
    objects: tuple[CrmObject, ...] = ()
    routes: Routes = NO_ROUTES
    limits: Limits = NO_LIMITS
    options: dict[Name, OptionFacts] = Field(default_factory=dict)
    transforms: tuple[TransformFacts, ...] = ()
    channels: tuple[ChannelFacts, ...] = ()
    automation: dict[Name, AutomationFacts] = Field(default_factory=dict)
    """Switches for the CRM's own rules; none: they run as for anybody's edit."""
    pages: Pages = Pages()
    icon: PackagePath | None = None
    simulator: Target | None = None
    """A callable that builds the simulator; imported only when one is started."""
    stand_in: Target | None = None
    """A callable that builds the stand-in of benchmarks (`sdk.simulator.cycles`)."""

    @property
    def has_connector(self) -> bool:
        """Say whether it speaks a CRM."""
        return bool(self.auth)

    def auth_of(self, method: str) -> Auth | None:
        """Give the sign-in method of that name, if the connector offers it."""
        return next((auth for auth in self.auth if auth.method == method), None)

    def option_values(self, chosen: dict[str, str] | None = None) -> dict[str, str]:
        """Give all options and switches: the defaults, overridden by what the connection chose."""
        known: dict[str, str] = {name: facts.default for name, facts in self.options.items()}
        known |= {name: facts.default for name, facts in self.automation.items()}
        return known | (chosen or {})

    @model_validator(mode="after")
    def _brings_something(self) -> Self:
        for what, named in (("transform", self.transforms), ("channel", self.channels)):
            names = [one.name for one in named]
            if len(set(names)) != len(names):
                raise ValueError(f"a {what} stands twice")
        said = self.model_fields_set & _OF_A_CONNECTOR
        if (said or not self.channels) and not (self.hosts and self.auth and said == _OF_A_CONNECTOR):
            raise ValueError("a connector needs hosts, auth, routes and limits")
        return self

    @model_validator(mode="after")
    def _claims_agree(self) -> Self:
        if not self.has_connector:
            return self
        if twice := sorted(set(self.options) & set(self.automation)):
            raise ValueError(f"both an option and a switch: {', '.join(twice)}")
        methods = [auth.method for auth in self.auth]
        if len(set(methods)) != len(methods):
            raise ValueError("a sign-in method stands twice")
        bulk = Ability.WRITES_IN_BULK in self.abilities
        if bulk != (self.routes.bulk is not None):
            raise ValueError("routes.bulk and the ability WritesInBulk go together")
        browser = {Ability.SIGNS_IN_BY_BROWSER, Ability.SIGNS_IN_BY_REDIRECT} & set(self.abilities)
        if bool(browser) != (AuthMethod.OAUTH in methods):
            raise ValueError("auth method oauth and the ability SignsInByBrowser or …ByRedirect go together")
        device = Ability.SIGNS_IN_BY_DEVICE_CODE in self.abilities
        if device != (AuthMethod.DEVICE_CODE in methods):
            raise ValueError("auth method device_code and the ability SignsInByDeviceCode go together")
        credentials = Ability.SIGNS_IN_WITH_CREDENTIALS in self.abilities
        if {AuthMethod.CREDENTIALS_FILE, AuthMethod.TYPED} & set(methods) and not credentials:
            raise ValueError(
                "auth methods credentials_file and typed need the ability SignsInWithCredentials"
            )
        if sum(auth.guide.is_recommended for auth in self.auth) > 1:
            raise ValueError("more than one way of signing in is recommended")
        offered = (self.routes.single, self.routes.batch, self.routes.bulk)
        checked = any(Assurance.A in facts.assurance for facts in offered if facts is not None)
        if checked != (Ability.WRITES_CONDITIONALLY in self.abilities):
            raise ValueError("assurance A and the ability WritesConditionally go together")
        return self


class Heading(BaseModel):
    """The part of a manifest that every contract version has: enough to name a plugin and refuse it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Id
    title: Words
    api: int = Field(gt=0)


def read_heading(data: bytes) -> Heading:
    """Read id, title and API version, whatever else the file holds.

    Ask this first: a file of a newer contract may hold keys that `read_manifest` refuses.

    Raises:
        PluginNotLoadableError: It is no TOML, or one of the three is missing or malformed.
    """
    return _checked(Heading, _tables(data))


def read_manifest(data: bytes) -> Manifest:
    """Read and check a whole `connector.toml`.

    Raises:
        PluginNotLoadableError: It is no TOML, or a fact is missing, unknown or malformed.
    """
    return _checked(Manifest, _tables(data))


@lru_cache(maxsize=64)
def _tables(data: bytes) -> dict[str, Any]:
    """Read the tables of a file; kept, because a window asks for the same few files at every look."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PluginNotLoadableError("plugin.manifest_unreadable", detail=str(error)[:300]) from error


def _checked(kind: type[ModelT], tables: dict[str, Any]) -> ModelT:
    try:
        return kind.model_validate(tables)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file as a whole"
        raise PluginNotLoadableError(
            "plugin.manifest_invalid", where=where, rule=first["type"], detail=first["msg"][:300]
        ) from error
