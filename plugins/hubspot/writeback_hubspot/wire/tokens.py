"""Turning stored credentials into an access token: what to send, what the answer or refusal means.

A service key or private-app token is the token itself. OAuth wants the customer's own client id and secret
with a refresh token, as form fields. Its errors are no RFC 6749: 400 ``{"status":"BAD_REFRESH_TOKEN",
"message":…}`` without `error` (contract §2). Whatever refresh token comes back replaces the stored one.
"""

from collections import abc
from datetime import datetime, timedelta
from typing import Final

from writeback.errors import (
    ConfigurationError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.sdk.sign_ins import Credentials, Grant
from writeback_hubspot.errors import problem_of
from writeback_hubspot.limits import API_ORIGIN, API_VERSION, TOKEN_LIFE_S
from writeback_hubspot.wire.answers import Answer, Json, read_object

TOKEN_URL: Final = f"{API_ORIGIN}/oauth/{API_VERSION}/token"
NEEDED: Final = ("client_id", "client_secret", "refresh_token")
_WRONG_SETUP: Final = frozenset({"BAD_CLIENT_ID", "BAD_CLIENT_SECRET", "BAD_REDIRECT_URI", "INVALID_CLIENT"})


def ready_grant(credentials: Credentials) -> Grant | None:
    """Give a grant where the credential is the token; None where the issuer has to be asked.

    Raises:
        ConfigurationError: A credential is missing, or holds what none does.
    """
    for name, value in credentials.items():
        if name in (*NEEDED, "token") and (not value.isascii() or any(letter.isspace() for letter in value)):
            raise ConfigurationError("hubspot.bad_credential", name=name)
    if token := credentials.get("token", ""):
        return Grant(token, origin=API_ORIGIN)
    missing = [name for name in NEEDED if not credentials.get(name)]
    if missing:
        raise ConfigurationError("hubspot.credential_missing", name=", ".join(missing))
    return None


def prepare_refresh(credentials: Credentials) -> dict[str, str]:
    """Give the form of a refresh; complete by `ready_grant`."""
    return {"grant_type": "refresh_token", **{name: credentials[name] for name in NEEDED}}


def parse_refresh(answer: Answer, credentials: Credentials, *, now: datetime) -> Grant:
    """Read the issuer's answer.

    Raises:
        SignInRequiredError: It does not take the refresh token (any more).
        ConfigurationError: It does not know the app or its secret.
        RetryableError: It is busy, or its answer cannot be read.
    """
    told = read_object(answer)
    if answer.status >= 300:
        raise _refusal(answer)
    token = told.get("access_token") if told is not None else None
    if told is None or not isinstance(token, str) or not token:
        raise RetryableError("hubspot.unreadable_answer", expected="access_token")
    newer = told.get("refresh_token")
    is_new = isinstance(newer, str) and bool(newer) and newer != credentials["refresh_token"]
    return Grant(
        token,
        origin=API_ORIGIN,
        expires_at=now + timedelta(seconds=_life(told)),
        kept={"refresh_token": str(newer)} if is_new else {},
    )


def _refusal(answer: Answer) -> WritebackError:
    """Say what to do about a refused refresh; unknown words mean: sign in again."""
    code = problem_of(answer.content).code.upper()
    if answer.status == 429:
        return RateLimitedError("hubspot.rate_limit", message="")
    if answer.status >= 500:
        return ServerBusyError(f"hubspot.http_{answer.status}", status=answer.status, message="")
    if code in _WRONG_SETUP:
        return ConfigurationError("hubspot.app_not_known", status=answer.status, reason=code)
    return SignInRequiredError("hubspot.refresh_refused", status=answer.status, reason=code)


def _life(told: Json) -> float:
    told_life: object = told.get("expires_in")
    if isinstance(told_life, int | float) and not isinstance(told_life, bool) and told_life > 0:
        return float(told_life)
    return TOKEN_LIFE_S


def check_client_id(form: abc.Mapping[str, str]) -> str:
    """Give the client id of the wizard's form.

    Raises:
        ConfigurationError: It is missing or no such thing.
    """
    client_id = form.get("client_id", "").strip()
    if not client_id or not client_id.isascii() or any(letter.isspace() for letter in client_id):
        raise ConfigurationError("hubspot.bad_option", option="client_id")
    return client_id
