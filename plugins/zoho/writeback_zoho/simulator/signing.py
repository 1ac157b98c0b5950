"""OAuth at the accounts server: authorise (approves by itself), tokens, the device flow.

Errors come with HTTP 200 (https://www.zoho.com/accounts/protocol/oauth.html). Limits: 10 new access tokens
per refresh token in 10 minutes, 15 live ones, 20 refresh tokens a client and user; the oldest die silently
(https://www.zoho.com/accounts/protocol/oauth/token-limits.html).
"""

import base64
import hashlib
from collections import abc, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from writeback.sdk.simulator import Answer, Request, json_answer
from writeback_zoho.simulator.multiparts import read_parts
from writeback_zoho.simulator.scopes import ALL_SCOPES, read_scopes
from writeback_zoho.simulator.state import Json, Org

Form = abc.Mapping[str, str]
LIVE_TOKENS = 15
NEW_TOKENS = 10
NEW_TOKENS_WITHIN = timedelta(minutes=10)
REFRESH_TOKENS = 20
DEVICE_WAIT = timedelta(seconds=30)
DEVICE_LIFE = timedelta(minutes=5)
_ACCOUNTS = {"us": "accounts.zoho.com", "au": "accounts.zoho.com.au", "cn": "accounts.zoho.com.cn"}
_ACCOUNTS |= {place: f"accounts.zoho.{place}" for place in ("eu", "in", "jp", "sa", "uk")}
_ACCOUNTS |= {"ca": "accounts.zohocloud.ca"}
_THROTTLED: Json = {
    "error": "Access Denied",
    "error_description": "You have made too many requests continuously. Please try again after some time.",
    "status": "failure",
}


class OAuthError(Exception):
    """A refusal in the accounts server's own form."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(slots=True)
class _Code:
    client_id: str
    redirect_uri: str
    challenge: str
    scopes: frozenset[str]
    given_at: datetime
    offline: bool = True


@dataclass(slots=True)
class _Device:
    client_id: str
    scopes: frozenset[str]
    given_at: datetime
    asked_at: datetime | None = None


@dataclass(slots=True)
class _Refresh:
    client_id: str
    scopes: frozenset[str]
    live: deque[str] = field(default_factory=deque)
    given_at: deque[datetime] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class Access:
    """One living access token."""

    scopes: frozenset[str]
    until: datetime


class Signing:
    """Codes and tokens of one org."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self.client_id = f"1000.{org.new_text(32).upper()}"
        self.client_secret = org.new_text(42)
        self.token = self._new_token()
        self._codes: dict[str, _Code] = {}
        self._devices: dict[str, _Device] = {}
        self._refresh: dict[str, _Refresh] = {}
        far = org.now() + timedelta(days=36_500)  # the first one has no end: it opens the control door
        self._access: dict[str, Access] = {self.token: Access(ALL_SCOPES, far)}
        self.refresh_token = self._new_refresh(self.client_id, ALL_SCOPES)

    @property
    def accounts_url(self) -> str:
        """Give the accounts server of the org's data centre."""
        return f"https://{_ACCOUNTS.get(self._org.switches.text('location'), 'accounts.zoho.com')}"

    def find(self, authorization: str) -> Access | None:
        """Give the living token an `Authorization` header holds; the scheme is Zoho's own."""
        if self._org.faults.has("expire_token") and self._org.faults.take("expire_token"):
            self._access.clear()
        scheme, _, token = authorization.partition(" ")
        access = self._access.get(token.strip())
        if scheme.lower() != "zoho-oauthtoken" or access is None or access.until <= self._org.now():
            return None
        return access

    def answer(self, request: Request) -> Answer:
        """Answer one of the accounts server's resources."""
        form = {**request.query, **_form(request)}
        actions: dict[str, abc.Callable[[Form], Answer]] = {
            "/oauth/v2/auth": self._authorize,
            "/oauth/v2/token": self._token,
            "/oauth/v2/token/revoke": self._revoke,
            "/oauth/v3/device/code": self._device_code,
            "/oauth/v3/device/token": self._device_token,
            "/oauth/serverinfo": self._serverinfo,
        }
        act = actions.get(request.path.rstrip("/"))
        if act is None:
            return Answer(404, b"", {"Content-Type": "text/html"})
        try:
            with self._org.lock:
                return act(form)
        except OAuthError as error:
            return json_answer({"error": error.error})

    def _authorize(self, form: Form) -> Answer:
        org, redirect = self._org, form.get("redirect_uri", "")
        registered = org.switches.text("redirect_uris").split()
        if not self._knows(form.get("client_id", "")):
            return _page("Invalid Client")
        if not redirect or (registered and redirect not in registered):
            return _page("Invalid Redirect Uri")
        state = {"state": form["state"]} if "state" in form else {}
        if form.get("response_type") != "code":
            return _redirected(redirect, {"error": "invalid_response_type"} | state)
        scopes = read_scopes(form.get("scope", ""))
        if not scopes:
            return _redirected(redirect, {"error": "invalid_scope"} | state)
        if org.faults.take("access_denied"):
            return _redirected(redirect, {"error": "access_denied"} | state)
        code = f"1000.{org.new_text(32)}.{org.new_text(32)}"
        offline = form.get("access_type") == "offline"
        challenge = form.get("code_challenge", "")
        if challenge and form.get("code_challenge_method", "plain") != "S256":
            challenge = "\0" + challenge  # plain: compared as it is
        self._codes[code] = _Code(form["client_id"], redirect, challenge, scopes, org.now(), offline)
        server = org.switches.text("accounts_server") or org.url
        return _redirected(
            redirect,
            {"code": code, "location": org.switches.text("location"), "accounts-server": server} | state,
        )

    def _token(self, form: Form) -> Answer:
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchange(form)
            case "refresh_token":
                return self._refreshed(form)
            case _:
                raise OAuthError("unsupported_grant_type")

    def _exchange(self, form: Form) -> Answer:
        self._check_client(form)
        code = self._codes.pop(form.get("code", ""), None)
        life = timedelta(seconds=self._org.switches.number("code_seconds"))
        if code is None or self._org.now() - code.given_at > life or code.client_id != form["client_id"]:
            raise OAuthError("invalid_code")
        if form.get("redirect_uri", "") != code.redirect_uri:
            raise OAuthError("invalid_redirect_uri")
        if code.challenge and not _fits(code.challenge, form.get("code_verifier", "")):
            raise OAuthError("invalid_code")
        return self._given(code.client_id, code.scopes, offline=code.offline)

    def _refreshed(self, form: Form) -> Answer:
        self._check_client(form)
        given = form.get("refresh_token", "")
        refresh = self._refresh.get(given)
        if (
            refresh is None
            or refresh.client_id != form["client_id"]
            or self._org.faults.take("invalid_grant")
        ):
            raise OAuthError("invalid_code")
        scopes = refresh.scopes
        if self._org.switches["refresh_scope"] == "narrows" and form.get("scope"):
            scopes = scopes & read_scopes(form["scope"])
        return self._access_answer(refresh, scopes, {})

    def _given(self, client_id: str, scopes: frozenset[str], *, offline: bool = True) -> Answer:
        if not offline:
            return self._access_answer(_Refresh(client_id, scopes), scopes, {})
        token = self._new_refresh(client_id, scopes)
        return self._access_answer(self._refresh[token], scopes, {"refresh_token": token})

    def _access_answer(self, refresh: _Refresh, scopes: frozenset[str], more: Form) -> Answer:
        org, now = self._org, self._org.now()
        while refresh.given_at and refresh.given_at[0] <= now - NEW_TOKENS_WITHIN:
            refresh.given_at.popleft()
        if len(refresh.given_at) >= NEW_TOKENS or org.faults.take("token_throttled"):
            return json_answer(_THROTTLED, status=int(org.switches["throttled_token"]))
        refresh.given_at.append(now)
        token = self._new_token()
        seconds = int(org.switches.number("token_seconds"))
        self._access[token] = Access(scopes, now + timedelta(seconds=seconds))
        refresh.live.append(token)
        while len(refresh.live) > LIVE_TOKENS:
            self._access.pop(refresh.live.popleft(), None)
        told = {"access_token": token, **more}
        domain = org.switches.text("api_domain") or org.url
        return json_answer({**told, "api_domain": domain, "token_type": "Bearer", "expires_in": seconds})

    def _device_code(self, form: Form) -> Answer:
        org = self._org
        if not self._knows(form.get("client_id", "")):
            raise OAuthError("invalid_client")
        scopes = read_scopes(form.get("scope", ""))
        if form.get("grant_type") != "device_request" or not scopes:
            raise OAuthError("invalid_scope" if not scopes else "invalid_grant_type")
        code = f"1004.{org.new_text(32)}.{org.new_text(32)}"
        self._devices[code] = _Device(form["client_id"], scopes, org.now())
        page = f"{org.url}/oauth/v3/device"
        user_code = org.new_text(8, "BCDFGHJKLMNPQRSTVWXZ")
        return json_answer(
            {
                "user_code": user_code,
                "device_code": code,
                "verification_url": page,
                "verification_uri_complete": f"{page}?user_code={user_code}",
                "interval": int(DEVICE_WAIT.total_seconds()),
                "expires_in": int(DEVICE_LIFE.total_seconds()),
            }
        )

    def _device_token(self, form: Form) -> Answer:
        org = self._org
        self._check_client(form)
        device = self._devices.get(form.get("code", ""))
        now = org.now()
        if device is None or device.client_id != form["client_id"] or now - device.given_at > DEVICE_LIFE:
            raise OAuthError("expired")
        elsewhere = org.switches.text("other_dc")
        fault = org.faults.take("other_dc")
        if fault is not None:
            elsewhere = fault.text("location", "eu")
        if elsewhere:
            return json_answer({"error": "other_dc", org.switches["other_dc_key"]: elsewhere})
        if org.faults.take("access_denied"):
            raise OAuthError("access_denied")
        asked_at, device.asked_at = device.asked_at, now
        if asked_at is None:
            raise OAuthError("authorization_pending")  # the person is still typing
        if now - asked_at < DEVICE_WAIT:
            raise OAuthError("slow_down")
        del self._devices[form["code"]]
        return self._given(device.client_id, device.scopes)

    def _revoke(self, form: Form) -> Answer:
        token = form.get("token", "")
        refresh = self._refresh.pop(token, None)
        if refresh is None and self._access.pop(token, None) is None:
            raise OAuthError("invalid_token")
        for live in refresh.live if refresh else ():
            self._access.pop(live, None)
        return json_answer({"status": "success"})

    def _serverinfo(self, form: Form) -> Answer:
        del form
        locations = {place: f"https://{host}" for place, host in _ACCOUNTS.items()}
        return json_answer({"result": "success", "locations": locations})

    def _new_token(self) -> str:
        return f"1000.{self._org.new_text(32)}.{self._org.new_text(32)}"

    def _new_refresh(self, client_id: str, scopes: frozenset[str]) -> str:
        token = self._new_token()
        self._refresh[token] = _Refresh(client_id, scopes)
        mine = [known for known, refresh in self._refresh.items() if refresh.client_id == client_id]
        for old in mine[:-REFRESH_TOKENS]:
            self._refresh.pop(old)
        return token

    def _knows(self, client_id: str) -> bool:
        wanted = self._org.switches.text("client_id")
        return bool(client_id) and (not wanted or client_id in (wanted, self.client_id))

    def _check_client(self, form: Form) -> None:
        client_id = form.get("client_id", "")
        if not self._knows(client_id):
            raise OAuthError("invalid_client")
        if (
            client_id == self.client_id
            and form.get("client_secret", self.client_secret) != self.client_secret
        ):
            raise OAuthError("invalid_client_secret")


def _form(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "")
    data = request.body.read()
    if kind.startswith("multipart/"):
        return {part.name: part.data.decode("utf-8", "replace") for part in read_parts(kind, data)}
    return dict(parse_qsl(data.decode("utf-8", "replace")))


def _fits(challenge: str, verifier: str) -> bool:
    if challenge.startswith("\0"):
        return challenge[1:] == verifier
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge.rstrip("=")


def _page(text: str) -> Answer:
    return Answer(
        400, f"<html><body>{text}</body></html>".encode(), {"Content-Type": "text/html;charset=UTF-8"}
    )


def _redirected(url: str, more: Form) -> Answer:
    joint = "&" if "?" in url else "?"
    return Answer(302, b"", {"Location": f"{url}{joint}{urlencode(more)}"})
