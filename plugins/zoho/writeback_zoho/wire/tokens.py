"""The token server: what to ask, how to read its answer. It tells errors with HTTP 200 as well.

Must not: keep or show a credential; errors name the issuer's code only.
"""

from collections import abc
from datetime import datetime, timedelta
from typing import Final

from writeback.errors import (
    ConfigurationError,
    ConnectorError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.sdk.sign_ins import Credentials, Grant
from writeback_zoho.errors import our_code
from writeback_zoho.limits import REFRESH_WAIT_S
from writeback_zoho.wire.answers import Answer, Json, number_of
from writeback_zoho.wire.places import ACCOUNTS, accounts_of, accounts_server, api_domain

TOKEN_PATH: Final = "/oauth/v2/token"  # noqa: S105  an address
_WRONG_SETUP: Final = frozenset(
    {
        "invalid_client",
        "invalid_client_secret",
        "invalid_redirect_uri",
        "invalid_scope",
        "unauthorized_client",
    }
)


def prepare_grant(credentials: Credentials) -> tuple[str, dict[str, str]]:
    """Give address and form of the call that turns credentials into an access token.

    A refresh token is used where there is one; else the grant code of a self client, which works once. The
    sign-in server is the one of `accounts_url`, or the one that belongs to the connection's API (`origin`).

    Raises:
        ConfigurationError: A credential is missing, or the sign-in server is none of Zoho's.
    """
    server = _server(credentials)
    form = {name: _wanted(credentials, name) for name in ("client_id", "client_secret")}
    if credentials.get("refresh_token"):
        more = {"grant_type": "refresh_token", "refresh_token": _wanted(credentials, "refresh_token")}
    else:
        more = {"grant_type": "authorization_code", "code": _wanted(credentials, "code", "refresh_token")}
    return server + TOKEN_PATH, form | more


def ready_grant(credentials: Credentials) -> Grant | None:
    """Give the grant where the credential is an access token itself; None where the issuer must be asked.

    Raises:
        ConfigurationError: The API's address that stands beside it is none of Zoho's.
    """
    token = credentials.get("token", "").strip()
    if not token:
        return None
    stated = credentials.get("api_domain", "").strip()
    return Grant(token, origin=_origin(stated, ConfigurationError) if stated else "")


def parse_grant(answer: Answer, *, now: datetime) -> Grant:
    """Read the issuer's answer; a refresh gives no new refresh token, so the old one stays.

    Raises:
        SignInRequiredError: The issuer does not take the credentials (any more), or names a foreign API.
        ConfigurationError: The client is not set up as it should be.
        RetryableError: Too many tokens were asked for, or the issuer is busy.
    """
    told: Json = answer.content if isinstance(answer.content, abc.Mapping) else {}
    token = told.get("access_token")
    if answer.status >= 300 or told.get("error") or not isinstance(token, str) or not token:
        raise refusal(answer.status, told)
    seconds = number_of(told, "expires_in")
    refresh = told.get("refresh_token")
    stated = str(told.get("api_domain") or "")
    return Grant(
        token,
        origin=_origin(stated, SignInRequiredError) if stated else "",
        expires_at=now + timedelta(seconds=seconds) if seconds > 0 else None,
        kept={"refresh_token": refresh} if isinstance(refresh, str) and refresh else {},
    )


def refusal(status: int, told: Json) -> WritebackError:
    """Say what a refusal of the token server means.

    `access_denied` is told when the limits are exceeded (10 tokens in 10 minutes): wait.
    """
    error = str(told.get("error") or "")
    code = our_code(error, status=status)
    is_limit = status == 429 or error.casefold().replace(" ", "_") == "access_denied"
    if is_limit:
        return RateLimitedError("zoho.token_limit", after=REFRESH_WAIT_S)
    if error in _WRONG_SETUP:
        return ConfigurationError(code)
    if status >= 500:
        return ServerBusyError(code, status=status)
    return SignInRequiredError(code, status=status)


def _server(credentials: Credentials) -> str:
    stated = credentials.get("accounts_url", "").strip()
    if stated:
        server = accounts_server(stated)
    else:
        by_form = ACCOUNTS.get(credentials.get("data_centre", "").strip().lower() or "us")
        server = accounts_of(credentials.get("origin", "").strip()) or by_form
    if server is None:
        raise ConfigurationError("zoho.unknown_accounts_server")
    return server


def _origin(stated: str, kind: type[ConfigurationError] | type[ConnectorError]) -> str:
    origin = api_domain(stated)
    if origin is None:
        raise kind("zoho.unknown_api_domain")
    return origin


def _wanted(credentials: Credentials, name: str, told: str = "") -> str:
    value = credentials.get(name, "").strip()
    if not value or not value.isascii() or any(letter.isspace() for letter in value):
        raise ConfigurationError("zoho.missing_credential", credential=told or name)
    return value
