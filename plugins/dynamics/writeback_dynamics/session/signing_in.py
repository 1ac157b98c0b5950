"""Signing in at Entra, all of it through msal over the handed `http`.

msal keeps a cache in each application object, so one is made for each call and forgotten: what lasts is the
refresh token, which the host keeps. Its own receiver, browser and polling loop are not used.
[authenticate-oauth], [use-single-tenant-server-server-authentication], RFC 8252, RFC 8628

Must not: ask a person, keep anything, put an issuer's whole answer into an error.
"""

import json
import re
import warnings
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, cast
from urllib.parse import urlsplit

import msal

from writeback.errors import (
    ConfigurationError,
    ConnectorError,
    OutcomeUnknownError,
    RetryableError,
    SignInRequiredError,
)
from writeback.sdk.connector import Http, HttpAnswer
from writeback.sdk.sign_ins import Credentials, DeviceCode, Grant, RedirectFlow

AUTHORITIES: Final = (
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
)
_TENANT: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", re.ASCII)
_ANY_TENANT: Final = frozenset({"organizations", "common", "consumers"})
_DISCOVERY: Final = "/.well-known/openid-configuration"
_PENDING: Final = frozenset({"authorization_pending", "slow_down"})
_BUSY: Final = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
_SET_UP: Final = frozenset(
    {"invalid_client", "unauthorized_client", "invalid_scope", "invalid_request", "unsupported_grant_type"}
)
Told = abc.Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer in the shape that msal reads."""

    status_code: int
    text: str = field(repr=False)
    headers: abc.Mapping[str, str] = field(repr=False)


class _Line:
    """The handed `http` in the shape of a client of msal's.

    msal takes https endpoints only; those that an issuer tells are upgraded. The transport brings them to
    a simulator that is served over plain http, and to nothing else.
    """

    def __init__(self, http: Http) -> None:
        self._http = http

    def get(self, url: str, **options: Any) -> _Answer:  # noqa: ANN401  msal's own signature
        """Send a GET."""
        return self._send("GET", url, options)

    def post(self, url: str, **options: Any) -> _Answer:  # noqa: ANN401  msal's own signature
        """Send a POST."""
        return self._send("POST", url, options)

    def close(self) -> None:
        """Do nothing: the line is the host's."""

    def _send(self, method: str, url: str, options: dict[str, Any]) -> _Answer:
        wanted = {name: options[name] for name in ("params", "data", "headers") if options.get(name)}
        try:
            answer = cast("HttpAnswer", self._http.request(method, url, **wanted))
        except OutcomeUnknownError as error:  # what was lost is only a token
            raise RetryableError("dynamics.issuer_unanswered", cause=error.code) from None
        status, text = answer.status_code, answer.content.decode("utf-8", "replace")
        if status >= 500 or status == 429:
            raise RetryableError("dynamics.issuer_busy", status=status)
        if not _is_object(text):
            raise RetryableError("dynamics.issuer_unreadable", status=status)
        if url.endswith(_DISCOVERY):
            text = text.replace('"http://', '"https://')
        return _Answer(status, text, answer.headers)


def grant(credentials: Credentials, *, http: Http, now: datetime) -> Grant:
    """Ask for an access token with a client secret, else a refresh token. A token alone needs no call.

    The application's own account needs a tenant. Where none is stated, a refresh token serves, with the
    secret if there is one: whoever it was given to may be of any tenant (`organizations`).

    Raises:
        SignInRequiredError: Entra does not take the credentials (any more).
        ConfigurationError: A credential is missing or malformed, or the app is set up wrongly.
        RetryableError: Entra could not be reached, is busy, or its answer was lost.
    """
    refresh_token, secret = credentials.get("refresh_token", ""), credentials.get("client_secret", "")
    token = credentials.get("token", "") or credentials.get("access_token", "")
    if token and not refresh_token and not secret:
        return Grant(access_token=token, origin=credentials.get("origin", ""))
    _check_complete(credentials)
    environment = _environment(credentials)
    app = _application(credentials, http, secret=secret)
    if secret and not (refresh_token and _tenant(credentials) in _ANY_TENANT):
        told = app.acquire_token_for_client([f"{environment}/.default"])
    else:
        told = app.acquire_token_by_refresh_token(refresh_token, [_user_scope(environment)])
    return _granted(told, environment, now)


def begin_device(form: Credentials, *, http: Http, now: datetime) -> DeviceCode:
    """Ask for a code that a person types on another device.

    Raises:
        ConfigurationError: The form is not good, or the app does not allow public client flows.
        RetryableError: Entra could not be reached or is busy.
    """
    app = _application(form, http)
    flow = app.initiate_device_flow(scopes=[_user_scope(_environment(form))])
    if "user_code" not in flow or "verification_uri" not in flow:
        raise _refusal(flow)
    return DeviceCode(
        url=str(flow["verification_uri"]),
        code=str(flow["user_code"]),
        until=now + timedelta(seconds=int(flow["expires_in"])),
        interval_s=float(flow["interval"]),
        state=flow,
    )


def poll_device(code: DeviceCode, form: Credentials, *, http: Http, now: datetime) -> Grant | None:
    """Ask once whether the person is done; None: not yet.

    Raises:
        SignInRequiredError: Declined, or the code ran out.
    """
    if now >= code.until:
        raise SignInRequiredError("dynamics.code_expired")
    app = _application(form, http)
    flow = {**code.state, "expires_at": 0, "latest_attempt_at": 0}  # 0: msal asks once and does not wait
    told = app.acquire_token_by_device_flow(flow)
    if told.get("error") in _PENDING:
        return None
    return _granted(told, _environment(form), now)


def begin_redirect(form: Credentials, *, redirect_uri: str, http: Http) -> RedirectFlow:
    """Make the address for the browser, with PKCE, a nonce and a fresh state.

    Raises:
        ConfigurationError: The form is not good.
        RetryableError: Entra could not be reached or is busy.
    """
    app, environment = _application(form, http), _environment(form)
    with warnings.catch_warnings():
        # RFC 8252: the host's receiver takes the one GET of a redirect; msal would rather have a form.
        warnings.simplefilter("ignore", UserWarning)
        flow = app.initiate_auth_code_flow(
            [_user_scope(environment)],
            redirect_uri=redirect_uri.removesuffix("/"),  # as registered: http://localhost has no path
            response_mode="query",
        )
    address = urlsplit(str(flow.pop("auth_uri")))
    if address.netloc == urlsplit(environment).netloc:  # a simulator is its own issuer
        address = address._replace(scheme=urlsplit(environment).scheme)
    return RedirectFlow(url=address.geturl(), state=flow)


def finish_redirect(
    flow: RedirectFlow, answer: abc.Mapping[str, str], form: Credentials, *, http: Http, now: datetime
) -> Grant:
    """Check the answer, state included, and exchange its code, once.

    Raises:
        SignInRequiredError: The answer is not good, or the code was not taken.
    """
    app = _application(form, http)
    try:
        told = app.acquire_token_by_auth_code_flow(dict(flow.state), dict(answer))
    except (ValueError, RuntimeError):  # a wrong state, or an id token that is not for us
        raise SignInRequiredError("dynamics.answer_refused") from None
    return _granted(told, _environment(form), now)


def _application(form: Credentials, http: Http, *, secret: str = "") -> Any:  # noqa: ANN401  msal ships no types
    client_id = form.get("client_id", "").strip()
    if not client_id or not client_id.isascii() or not client_id.isprintable() or " " in client_id:
        raise ConfigurationError("dynamics.bad_option", option="client_id")
    tenant = _tenant(form)
    if not _TENANT.fullmatch(tenant):
        raise ConfigurationError("dynamics.bad_option", option="tenant")
    host = form.get("authority", "").strip() or AUTHORITIES[0]
    if host not in AUTHORITIES:
        raise ConfigurationError("dynamics.bad_option", option="authority")
    kind = msal.ConfidentialClientApplication if secret else msal.PublicClientApplication
    more = {"client_credential": secret} if secret else {}
    try:
        return kind(
            client_id,
            authority=f"https://{host}/{tenant}",
            instance_discovery=False,  # the authority is one of a fixed list
            http_client=_Line(http),
            **more,
        )
    except (ValueError, KeyError):  # the issuer knows no such tenant, or does not answer like an issuer
        raise ConfigurationError("dynamics.unknown_tenant", tenant=tenant) from None


def _check_complete(credentials: Credentials) -> None:
    """Name what is missing for either way.

    Raises:
        ConfigurationError: A credential is missing, or the tenant names none.
    """
    if not credentials.get("client_id", "").strip():
        raise ConfigurationError("dynamics.credential_missing", name="client_id")
    if credentials.get("refresh_token"):
        return
    if not credentials.get("client_secret"):
        raise ConfigurationError("dynamics.credential_missing", name="client_secret")
    if not _stated_tenant(credentials):
        raise ConfigurationError("dynamics.credential_missing", name="tenant")
    if _stated_tenant(credentials) in _ANY_TENANT:
        raise ConfigurationError("dynamics.bad_option", option="tenant")


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _tenant(form: Credentials) -> str:
    return _stated_tenant(form) or "organizations"


def _stated_tenant(form: Credentials) -> str:
    return form.get("tenant", "").strip() or form.get("tenant_id", "").strip()


def _environment(form: Credentials) -> str:
    """Give the environment's address, which is also the name of its API at the issuer."""
    text = form.get("origin", "").strip().rstrip("/")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ConfigurationError("dynamics.bad_option", option="origin") from None
    is_plain = parts.path == parts.query == parts.fragment == "" and parts.username is None
    if parts.scheme not in ("https", "http") or not parts.hostname or not is_plain:
        raise ConfigurationError("dynamics.bad_option", option="origin")
    return f"{parts.scheme}://{parts.netloc}"


def _user_scope(environment: str) -> str:
    return f"{environment}/user_impersonation"


def _granted(told: Told, environment: str, now: datetime) -> Grant:
    token = told.get("access_token")
    if not token:
        raise _refusal(told)
    lasts, newer = told.get("expires_in"), told.get("refresh_token")
    return Grant(
        access_token=str(token),
        origin=environment,
        expires_at=now + timedelta(seconds=lasts) if isinstance(lasts, int) else None,
        kept={"refresh_token": str(newer)} if newer else {},
    )


def _refusal(told: Told) -> ConnectorError | ConfigurationError:
    """Say what an issuer's refusal means; of its words only the first line is kept."""
    error = str(told.get("error") or "")
    message = str(told.get("error_description") or "").partition("\n")[0].strip()[:300]
    if error in _BUSY:
        return RetryableError("dynamics.issuer_busy", message=message)
    if error in _SET_UP:
        return ConfigurationError("dynamics.app_refused", error=error, message=message)
    return SignInRequiredError("dynamics.sign_in_refused", error=error[:60], message=message)
