"""Access tokens without a person: a JWT signed by the user's own key, or a refresh token.

`grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer` with an RS256 JWT: `iss` the consumer key, `sub`
the user name, `aud` the log-in address, `exp` at most three minutes ahead. No refresh token comes: one asks
again. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm

Must not: keep a key or a token, put one into an error.
"""

import json
from collections import abc
from datetime import datetime, timedelta
from typing import Final

import jwt

from writeback.errors import (
    ConfigurationError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.sdk.sign_ins import Credentials, Grant
from writeback_salesforce.errors import problems_of

JWT_BEARER: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ASSERTION_LIFE: Final = timedelta(minutes=2)
"""Salesforce takes at most three; a minute is left for clocks that differ."""
_WRONG_SETUP: Final = frozenset(
    {
        "invalid_client",
        "invalid_client_id",
        "invalid_client_credentials",
        "unauthorized_client",
        "invalid_app_access",
    }
)

OriginOf = abc.Callable[[abc.Mapping[str, object]], str]
"""Gives the org's origin that a token answer names."""


def prepare_grant(credentials: Credentials, *, host: str, now: datetime) -> dict[str, str]:
    """Give the form of the token request.

    Args:
        credentials: `client_id` with `refresh_token`, or with `username` and `private_key` (PEM);
            `audience` where it is not the log-in host's own address.
        host: The log-in host.
        now: For the assertion's end.

    Raises:
        ConfigurationError: A credential is missing, or the private key is none.
    """
    client_id = _needed(credentials, "client_id")
    if refresh_token := credentials.get("refresh_token", ""):
        return {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": refresh_token}
    claims = {
        "iss": client_id,
        "sub": _needed(credentials, "username"),
        "aud": credentials.get("audience") or f"https://{host}",
        "exp": int((now + ASSERTION_LIFE).timestamp()),
    }
    key = _needed(credentials, "private_key")
    try:
        assertion = jwt.encode(claims, key, algorithm="RS256")
    except (jwt.PyJWTError, ValueError, TypeError):  # cryptography's own: a key of another kind, or none
        raise ConfigurationError("salesforce.bad_option", option="private_key") from None
    return {"grant_type": JWT_BEARER, "assertion": assertion}


def parse_grant(
    status: int, content: bytes, *, origin_of: abc.Callable[[abc.Mapping[str, object]], str]
) -> Grant:
    """Read the issuer's answer.

    Raises:
        SignInRequiredError: It does not take the key or token (any more).
        ConfigurationError: It does not know the app.
        RetryableError: It is busy.
    """
    if status >= 300:
        raise _refusal(status, content)
    try:
        told = json.loads(content)
    except ValueError:
        told = None
    token = told.get("access_token") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(token, str) or not token:
        raise ServerBusyError("salesforce.unreadable_answer", expected="access_token")
    newer = told.get("refresh_token")
    kept = {"refresh_token": newer} if isinstance(newer, str) and newer else {}
    return Grant(token, origin_of(told), kept=kept)


def _refusal(status: int, content: bytes) -> WritebackError:
    problem = next(iter(problems_of(content)), None)
    reason, words = (problem.code, problem.message[:300]) if problem else ("", "")
    if status == 429:
        return RateLimitedError("salesforce.http_429", message=words)
    if status >= 500:
        return ServerBusyError(f"salesforce.http_{status}", status=status, message=words)
    if reason in _WRONG_SETUP:
        return ConfigurationError("sign_in.setup", error=reason, description=words)
    return SignInRequiredError("sign_in.revoked", error=reason, description=words)


def _needed(credentials: Credentials, name: str) -> str:
    value = credentials.get(name, "").strip()
    if not value:
        raise ConfigurationError("salesforce.credential_missing", name=name)
    return value
