"""The whole way: browser, answer, exchange of the code; and the refresh of a token.

Token calls go through the adapters of the handed `http`, under the host's rules. Storing the tokens,
refreshing one at a time and pinning the org are the caller's trade: a new refresh token has to be
durable before the new access token is used.
"""

import time
from collections import abc
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from writeback.errors import (
    ConfigurationError,
    LinkLostError,
    OutcomeUnknownError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.sdk.connector import Http, OAuthApp
from writeback.sdk.signing_in.answers import read_answer
from writeback.sdk.signing_in.attempts import Attempt, begin
from writeback.sdk.signing_in.receiving import Receiver

if TYPE_CHECKING:
    from authlib.common.errors import AuthlibBaseError

DEADLINE_S: Final = 300.0
_SHOWN = 300
_WRONG_SETUP = frozenset(
    {
        "invalid_client",
        "invalid_client_id",
        "invalid_client_credentials",
        "unauthorized_client",
        "redirect_uri_mismatch",
        "invalid_scope",
        "unsupported_grant_type",
    }
)


TokenUrlOf = abc.Callable[[abc.Mapping[str, str]], str]
"""Gives the token server that a redirect's parameters lead to; refuses a foreign one."""


class HttpDoor(Http, Protocol):
    """What signing in needs of the handed session; `requests.Session` meets it."""

    adapters: Any
    verify: Any


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the issuer gave. Its repr shows no secret."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    """None: none came; with a refresh, the earlier one stays in force."""
    answer: abc.Mapping[str, object] = field(repr=False)
    """The whole token answer (`instance_url`, `id`, `scope` …)."""
    redirect: abc.Mapping[str, str] = field(default_factory=dict, repr=False)
    """The redirect's other parameters; hostile until held against a fixed list."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for the person, and what to do meanwhile."""

    deadline_s: float = DEADLINE_S
    clock: abc.Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    idle: abc.Callable[[], str | None] = lambda: None
    """Asked while waiting: gives an address the person pasted, or raises `Cancelled`."""


def sign_in(
    app: OAuthApp,
    *,
    http: HttpDoor,
    opener: abc.Callable[[str], object],
    issuer: str | None = None,
    client_secret: str | None = None,
    token_url_of: TokenUrlOf | None = None,
    patience: Patience | None = None,
) -> Tokens:
    """Open the browser, wait for its answer, exchange the code.

    Args:
        app: Where to sign in, and as which application.
        http: The handed session; its adapters carry the token call.
        opener: Opens the system browser, or shows the address.
        issuer: What the issuer calls itself, if not the origin of its page.
        client_secret: The customer's own secret, where the issuer wants one; public clients have none.
        token_url_of: Says by the redirect where the code is exchanged, if not at `app.token_url`.
        patience: How long to wait; five minutes by default.

    Raises:
        SignInRequiredError: It came to nothing; the code says why.
        ConfigurationError: `sign_in.ports_taken`, or the application is not set up as it should be.
        RetryableError: The issuer could not be reached or is busy.
    """
    wait = patience or Patience()
    with Receiver.bind(app.redirect_ports) as receiver:
        attempt = begin(app, port=receiver.port, issuer=issuer)
        until = wait.clock() + wait.deadline_s
        opener(attempt.url)
        address = receiver.wait(attempt.redirect_uri, until=until, clock=wait.clock, idle=wait.idle)
    return finish(attempt, address, http=http, client_secret=client_secret, token_url_of=token_url_of)


def finish(
    attempt: Attempt,
    address: str,
    *,
    http: HttpDoor,
    client_secret: str | None = None,
    token_url_of: TokenUrlOf | None = None,
) -> Tokens:
    """Check the answer address, received or pasted, and exchange its code. An attempt serves once.

    Raises:
        SignInRequiredError: The answer is not good, or the code was not taken.
        ConfigurationError: The application is not set up as it should be.
        RetryableError: The issuer could not be reached or is busy.
    """
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415  two hundred modules that only a sign-in needs

    attempt.spend()
    parameters = read_answer(attempt, address)
    redirect = {name: value for name, value in parameters.items() if name not in ("code", "state")}
    token_url = token_url_of(redirect) if token_url_of is not None else attempt.app.token_url
    oauth = _client(attempt.app, http, client_secret)
    try:
        answer = oauth.fetch_token(
            token_url,
            grant_type="authorization_code",
            code=parameters["code"],
            redirect_uri=attempt.redirect_uri,
            code_verifier=attempt.verifier,
            allow_redirects=False,
        )
    except OutcomeUnknownError:  # the code may be used up: only a new attempt helps
        raise SignInRequiredError("sign_in.answer_lost") from None
    except AuthlibBaseError as error:
        raise _translate(error, "sign_in.code_rejected") from None
    return _tokens(answer, redirect)


def refresh(app: OAuthApp, refresh_token: str, *, http: HttpDoor, client_secret: str | None = None) -> Tokens:
    """Get a new access token. `refresh_token` of the result is None unless the issuer gave a new one.

    Raises:
        SignInRequiredError: `sign_in.revoked`: the issuer does not take it any more.
        ConfigurationError: The application is not set up as it should be.
        RetryableError: The issuer could not be reached or is busy, or its answer was lost.
    """
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415  two hundred modules that only a sign-in needs

    oauth = _client(app, http, client_secret)
    try:
        answer = oauth.refresh_token(app.token_url, refresh_token=refresh_token, allow_redirects=False)
    except OutcomeUnknownError as lost:  # no record was written: the next try tells whether it was taken
        raise LinkLostError("sign_in.refresh_lost", host=lost.facts.get("host")) from None
    except AuthlibBaseError as error:
        raise _translate(error, "sign_in.revoked") from None
    given = answer.get("refresh_token")
    tokens = _tokens(answer, {})
    if given == refresh_token:  # Authlib fills the old one in
        return Tokens(tokens.access_token, None, tokens.answer)
    return tokens


def _client(app: OAuthApp, http: HttpDoor, client_secret: str | None) -> Any:  # noqa: ANN401  Authlib has no types
    """Make Authlib's session speak through the host's adapters. Without `scope`: a refresh lists none."""
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415  two hundred modules that only a sign-in needs

    method = {"token_endpoint_auth_method": "client_secret_post"} if client_secret else {}
    oauth = OAuth2Session(client_id=app.client_id, client_secret=client_secret, **method)
    oauth.adapters = http.adapters
    oauth.trust_env = False
    oauth.verify = http.verify
    for moment in ("access_token_response", "refresh_token_response"):
        oauth.register_compliance_hook(moment, _check_token_answer)
    return oauth


def _check_token_answer(response: Any) -> Any:  # noqa: ANN401  a requests.Response, which `sdk` does not import
    """Stop what Authlib would misread: errors of the server, pages of a proxy, JSON that is no object."""
    if response.status_code >= 500 or response.status_code == 429:
        raise ServerBusyError("sign_in.busy", status=response.status_code)
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or not ("access_token" in body or "error" in body):
        raise SignInRequiredError("sign_in.answer_unreadable", status=response.status_code)
    return response


def _tokens(answer: abc.Mapping[str, object], redirect: abc.Mapping[str, str]) -> Tokens:
    access, given = answer.get("access_token"), answer.get("refresh_token")
    if not isinstance(access, str) or not access:
        raise SignInRequiredError("sign_in.answer_unreadable")
    return Tokens(access, given if isinstance(given, str) and given else None, dict(answer), redirect)


def _translate(error: "AuthlibBaseError", rejected: str) -> WritebackError:
    name, description = str(error.error or "")[:_SHOWN], str(error.description or "")[:_SHOWN]
    if name in _WRONG_SETUP:
        return ConfigurationError("sign_in.setup", error=name, description=description)
    return SignInRequiredError(rejected, error=name, description=description)
