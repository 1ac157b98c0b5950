"""One attempt at signing in: its redirect, its state, its verifier. Serves once."""

import secrets
from collections import abc
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.sdk.connector import OAuthApp

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def new_secret() -> str:
    """Give 256 bits that nobody can guess, as text fit for an address."""
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Attempt:
    """What was asked of the issuer, to be held against its answer. Its repr shows no secret."""

    app: OAuthApp
    redirect_uri: str
    url: str = field(repr=False)
    """For the browser."""
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    issuer: str
    _is_spent: bool = field(default=False, init=False)

    def spend(self) -> None:
        """Use the attempt up.

        Raises:
            SignInRequiredError: It was used before: an answer counts once.
        """
        if self._is_spent:
            raise SignInRequiredError("sign_in.spent")
        self._is_spent = True


def begin(
    app: OAuthApp,
    *,
    port: int,
    issuer: str | None = None,
    secret: abc.Callable[[], str] = new_secret,
) -> Attempt:
    """Make the address for the browser, with PKCE S256 and a fresh state.

    Args:
        app: Where to sign in, and as which application.
        port: The port of the redirect; registered with the issuer to the letter.
        issuer: What the issuer calls itself (RFC 9207); by default the origin of `authorize_url`.
        secret: Gives state and verifier.

    Raises:
        ConfigurationError: `sign_in.address`: the issuer's page is neither https nor a simulator.
    """
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415  two hundred modules that only a sign-in needs

    parts = urlsplit(app.authorize_url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ConfigurationError("sign_in.address", address=app.authorize_url)
    redirect_uri = f"http://{app.redirect_host}:{port}{app.redirect_path}"
    state, verifier = secret(), secret()
    oauth = OAuth2Session(
        client_id=app.client_id, redirect_uri=redirect_uri, scope=app.scope, code_challenge_method="S256"
    )
    url, _ = oauth.create_authorization_url(
        app.authorize_url, state=state, code_verifier=verifier, **dict(app.extra)
    )
    return Attempt(app, redirect_uri, url, state, verifier, issuer or f"{parts.scheme}://{parts.netloc}")
