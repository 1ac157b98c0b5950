"""Connections: how they are made, signed in, changed and tested."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from writeback.model.connections import Connection, Org, Safety
from writeback.sdk.values import Usage


@dataclass(frozen=True, slots=True)
class ConnectionWish:
    """A connection to be made. `endpoint` on loopback makes it a simulator one."""

    name: str
    connector: str
    endpoint: str = ""
    token_file: str | None = None
    """A path; its content is read at each session start and stored nowhere."""
    credentials_file: str | None = None
    """A path, likewise; JSON of credentials by name."""
    form: tuple[tuple[str, str], ...] = ()
    """Answers to the manifest's sign-in form (client id, host …), no secret."""
    options: tuple[tuple[str, str], ...] = ()
    method: str = "oauth"
    """Without a file: `oauth` (by the browser), `device_code`, or `typed` (answers and secrets do)."""
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Answers to the manifest's questions for secrets; they go into the vault and nowhere else."""


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """What shall be different about a connection; None leaves it alone."""

    name: str | None = None
    safety: Safety | None = None
    read_only: bool | None = None
    write_on_save: bool | None = None
    word: str | None = None
    """What people call its environment; '' takes the org's own word again."""
    colour: str | None = None
    """One of `model.connections.COLOURS`; '' takes the environment's own again."""
    automation: tuple[tuple[str, str], ...] | None = None
    """Automation switches by name; the others stay as they are."""
    collect_s: int | None = None
    """So long, in seconds, its jobs gather what else is changed; 0 to `COLLECT_MOST`."""
    confirm_org: str = ""
    """The org's name, which switching *write on save* on asks for where the safety level does."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of *test connection*: what was looked at, whether it holds, what was found."""

    what: str
    is_good: bool
    found: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionTest:
    """The answer of *test connection*."""

    org: Org | None
    lines: tuple[CheckLine, ...]
    usage: tuple[Usage, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInStarted:
    """A sign-in that waits for a person: open `url`, then ask `finish_sign_in`."""

    attempt: str
    url: str
    until: datetime
    code: str = ""
    """What to type on that page, for a sign-in by device code."""


class ConnectionCalls(Protocol):
    """Connections: how they are made, signed in, changed and tested."""

    def connect(self, wish: ConnectionWish, *, act: str) -> Connection:
        """Make a connection with a file, or with what was typed (`typed`), and pin its org.

        Raises:
            ConfigurationError: Name, endpoint or token file cannot be used.
            SignInRequiredError: The CRM does not take the token.
        """

    def begin_sign_in(self, wish: ConnectionWish, *, act: str) -> SignInStarted:
        """Start a browser sign-in for a new or existing connection of that name."""

    def finish_sign_in(self, attempt: str, *, pasted: str = "", act: str) -> Connection:
        """Wait for the browser's answer (or take the pasted address), store tokens, pin the org."""

    def paste_sign_in(self, attempt: str, address: str) -> None:
        """Hand the address that a browser elsewhere ended on to the sign-in that waits."""

    def cancel_sign_in(self, attempt: str) -> None:
        """Stop a sign-in that waits, and give its port back; one that is over already stays so."""

    def change_connection(self, connection: str, change: ConnectionChange, *, act: str) -> Connection:
        """Change a connection's settings; the change is an audit entry."""

    def pause_connection(self, connection: str, *, act: str) -> int:
        """Pause all jobs of a connection that are at work; gives how many."""

    def resume_connection(self, connection: str, *, act: str) -> int:
        """Go on with jobs that were paused, or that stopped for want of a sign-in; gives how many."""

    def disconnect(self, connection: str, *, confirm_org: str, act: str) -> None:
        """Forget a sign-in; pulled records, mappings, history and jobs stay, and nothing is written any more.

        Raises:
            GuardError: `connection.not_named`: the org's name was not typed.
            ConfigurationError: `connection.jobs_open`.
        """

    def keep_form(self, name: str, answers: tuple[tuple[str, str], ...]) -> None:
        """Keep what was typed into a wizard, so that it outlives a restart; none forgets it. No secrets."""

    def test_connection(self, connection: str) -> ConnectionTest:
        """Look at reachability, sign-in, org identity, permissions and quota now."""
