"""The ways a connector may help a person, or a machine, to an access token.

Every way ends in a `Grant`. What it holds is kept by the host: in memory, or sealed in the vault; a
connector stores nothing and never asks a person. Token calls go through the handed `http`, under the
host's rules. (Browser sign-in by plain OAuth is `sdk.connector.SignsInByBrowser`: the host drives it.)
"""

from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from writeback.sdk.connector import Http

Credentials = abc.Mapping[str, str]
"""Names as in the connector's forms and secrets: `client_id`, `client_secret`, `refresh_token`, …"""


@dataclass(frozen=True, slots=True)
class Grant:
    """What an issuer gave. Its repr shows no secret."""

    access_token: str = field(repr=False)
    origin: str = ""
    """Where the API of this org is, where the issuer says so (Zoho's `api_domain`)."""
    expires_at: datetime | None = None
    """When the token ends, where the issuer says so; aware, UTC."""
    kept: Credentials = field(default_factory=dict, repr=False)
    """Credentials that replace earlier ones (a rotated refresh token): durable before the token is used."""
    scopes: tuple[str, ...] = ()
    """What the token may do, where the issuer says so."""


@runtime_checkable
class SignsInWithCredentials(Protocol):
    """Ability of a connector: turn stored credentials into an access token, without a person.

    Serves auth method `credentials_file`, and every refresh of a connection whose credentials lie in
    the vault.
    """

    def grant(self, credentials: Credentials, *, http: Http, now: datetime) -> Grant:
        """Ask the issuer for an access token, once. A credential that is the token needs no call.

        Raises:
            SignInRequiredError: The issuer does not take the credentials (any more).
            ConfigurationError: A credential is missing or malformed, or the app is set up wrongly.
            RetryableError: The issuer could not be reached, is busy, or its answer was lost.
        """


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person has to type, and where. `state` is the connector's own; its repr is not shown."""

    url: str
    """The issuer's page, in full."""
    code: str
    until: datetime
    interval_s: float
    state: abc.Mapping[str, Any] = field(repr=False)


@runtime_checkable
class SignsInByDeviceCode(Protocol):
    """Ability of a connector: sign-in by a code that a person types on another device (RFC 8628)."""

    def begin_device(self, form: Credentials, *, http: Http, now: datetime) -> DeviceCode:
        """Ask the issuer for a code."""

    def poll_device(self, code: DeviceCode, form: Credentials, *, http: Http, now: datetime) -> Grant | None:
        """Ask once whether the person is done; None: not yet. The caller waits `interval_s` in between.

        Raises:
            SignInRequiredError: Declined, or the code ran out.
        """


@dataclass(frozen=True, slots=True)
class RedirectFlow:
    """A browser sign-in that a vendor's own library drives. `state` is the connector's own."""

    url: str = field(repr=False)
    state: abc.Mapping[str, Any] = field(repr=False)


@runtime_checkable
class SignsInByRedirect(Protocol):
    """Ability of a connector: browser sign-in by the vendor's own library; the receiver is the host's."""

    redirect_ports: tuple[int, ...]
    """Registered ports in order of preference; (0,): any."""
    redirect_path: str

    def begin_redirect(self, form: Credentials, *, redirect_uri: str, http: Http) -> RedirectFlow:
        """Make the address for the browser, with PKCE and a fresh state."""

    def finish_redirect(
        self, flow: RedirectFlow, answer: abc.Mapping[str, str], *, http: Http, now: datetime
    ) -> Grant:
        """Check the issuer's answer (state included) and exchange its code, once.

        Raises:
            SignInRequiredError: The answer is not good, or the code was not taken.
        """
