"""The identity provider: openid-configuration, authorize, token, device codes. Errors as Entra writes them.

Approves by itself. What msal sends and expects is in section 2.2 of the wire contract; the texts of the
AADSTS errors are Microsoft's, their further members are left out.
"""

import base64
import hashlib
import html
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from writeback.sdk.simulator import Answer, Request, json_answer
from writeback_dynamics.simulator.state import Org
from writeback_dynamics.simulator.tables import Ids

Form = abc.Mapping[str, str]
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class SignInError(Exception):
    """A refusal in the identity provider's own form."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(error, description)
        self.error = error
        self.description = description
        self.status = status


@dataclass(slots=True)
class _Code:
    redirect_uri: str
    challenge: str
    client_id: str
    nonce: str
    scope: str
    given_at: datetime


@dataclass(slots=True)
class _Device:
    client_id: str
    scope: str
    given_at: datetime
    polls: int = 0


class Signing:
    """Codes and tokens of one tenant."""

    def __init__(self, org: Org) -> None:
        self._org = org
        switches = org.switches
        self.client_id = switches.text("client_id") or Ids("application", org.seed).of(0)
        self.client_secret = switches.text("client_secret") or org.new_text(40)
        self._codes: dict[str, _Code] = {}
        self._devices: dict[str, _Device] = {}
        self._access: dict[str, datetime | None] = {}  # token -> end of its life
        self._refresh: dict[str, str] = {}  # token -> client
        self.token = self._jwt({"aud": "simulator", "sub": org.user_id, "jti": org.new_text(16)})
        self.refresh_token = self._new_refresh(self.client_id)
        self._access[self.token] = None

    def owns(self, path: str) -> bool:
        """Say whether a path is the identity provider's."""
        return "/oauth2/" in path or path.endswith("/.well-known/openid-configuration")

    def is_open(self, authorization: str) -> bool:
        """Say whether an `Authorization` header holds a living token."""
        scheme, _, token = authorization.partition(" ")
        if self._org.faults.has("expire_token") and self._org.faults.take("expire_token"):
            self._access.clear()
        token = token.strip()
        if scheme.lower() != "bearer" or token not in self._access:
            return False
        end = self._access[token]
        return end is None or self._org.now() < end

    def answer(self, request: Request) -> Answer:
        """Answer one of the endpoints."""
        _, tenant, *rest = request.path.split("/")
        form = dict(request.query) | dict(
            parse_qsl(request.body.read().decode("utf-8", "replace"), keep_blank_values=True)
        )
        try:
            self._check_tenant(tenant)
            if rest[-1] == "openid-configuration":
                return json_answer(self._configuration(tenant))
            endpoints = {
                "authorize": self._authorize,
                "token": self._token,
                "devicecode": self._device,
                "device": _approved,
            }
            handler = endpoints.get(rest[-1])
            return Answer(404) if handler is None else handler(form)
        except SignInError as error:
            told = {
                "error": error.error,
                "error_description": error.description,
                "error_codes": [int(digits)] if (digits := _number(error.description)) else [],
                "timestamp": self._org.now().strftime("%Y-%m-%d %H:%M:%SZ"),
                "trace_id": self._org.new_guid(),
                "correlation_id": request.headers.get("client-request-id", self._org.new_guid()),
            }
            return json_answer(told, status=error.status)

    def _configuration(self, tenant: str) -> dict[str, object]:
        base = f"{self._org.url}/{tenant}"
        return {
            "issuer": f"{self._org.url}/{self._org.tenant_id}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "response_types_supported": ["code", "id_token", "code id_token"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def _authorize(self, form: Form) -> Answer:
        redirect = form.get("redirect_uri", "")
        self._check_client(form.get("client_id", ""))
        self._check_redirect(redirect)
        if form.get("response_type") != "code":
            raise SignInError("unsupported_response_type", "AADSTS700054: response_type is not supported.")
        state = {"state": form["state"]} if "state" in form else {}
        mode = form.get("response_mode", "query")
        if self._org.faults.take("access_denied"):
            text = "AADSTS65004: User declined to consent to access the app."
            return _handed(redirect, {"error": "access_denied", "error_description": text} | state, mode)
        code = "0.A" + self._org.new_text(60)
        self._codes[code] = _Code(
            redirect,
            form.get("code_challenge", ""),
            form.get("client_id", ""),
            form.get("nonce", ""),
            form.get("scope", ""),
            self._org.now(),
        )
        more = {"client_info": self._client_info()} if form.get("client_info") == "1" else {}
        return _handed(redirect, {"code": code} | more | state, mode)

    def _token(self, form: Form) -> Answer:
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchange(form)
            case "refresh_token":
                return self._refreshed(form)
            case "client_credentials":
                return self._as_application(form)
            case grant if grant == _DEVICE_GRANT:
                return self._polled(form)
            case None:
                text = "AADSTS900144: The request body must contain the following parameter: 'grant_type'."
                raise SignInError("invalid_request", text)
            case grant:
                text = f"AADSTS70003: The app requested an unsupported grant type '{grant}'."
                raise SignInError("unsupported_grant_type", text)

    def _exchange(self, form: Form) -> Answer:
        self._check_client(form.get("client_id", ""))
        code = self._codes.pop(form.get("code", ""), None)
        seconds = self._org.switches.number("code_seconds")
        if code is None or self._age(code.given_at) > seconds or self._org.faults.take("invalid_grant"):
            text = "AADSTS70008: The provided authorization code or refresh token has expired"
            raise SignInError("invalid_grant", f"{text} due to inactivity.")
        if code.redirect_uri != form.get("redirect_uri") or code.client_id != form.get("client_id"):
            text = "AADSTS500112: The reply address does not match the reply address of the code."
            raise SignInError("invalid_grant", text)
        if code.challenge:
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if _packed(digest) != code.challenge.rstrip("="):
                text = "AADSTS501481: The Code_Verifier does not match the code_challenge."
                raise SignInError("invalid_grant", text)
        return self._given(form, code.client_id, code.scope, nonce=code.nonce)

    def _refreshed(self, form: Form) -> Answer:
        client_id, token = form.get("client_id", ""), form.get("refresh_token", "")
        self._check_client(client_id)
        if self._refresh.get(token) != client_id or self._org.faults.take("invalid_grant"):
            text = "AADSTS700082: The refresh token has expired due to inactivity."
            raise SignInError("invalid_grant", text)
        if self._org.switches.is_on("rotate_refresh_tokens"):
            del self._refresh[token]
        return self._given(form, client_id, form.get("scope", ""))

    def _as_application(self, form: Form) -> Answer:
        self._check_client(form.get("client_id", ""))
        if form.get("client_secret") != self.client_secret or self._org.faults.take("invalid_grant"):
            text = "AADSTS7000215: Invalid client secret provided."
            raise SignInError("invalid_client", text, status=401)
        scope = form.get("scope", "")
        if not scope.endswith("/.default"):
            text = f"AADSTS1002012: The provided value for scope {scope} is not valid."
            raise SignInError("invalid_scope", text)
        return json_answer(self._access_token(scope))

    def _device(self, form: Form) -> Answer:
        self._check_client(form.get("client_id", ""))
        code, user_code = self._org.new_text(60), self._org.new_text(9).upper()
        self._devices[code] = _Device(form["client_id"], form.get("scope", ""), self._org.now())
        address = f"{self._org.url}/{self._org.tenant_id}/oauth2/v2.0/device"
        told = {
            "device_code": code,
            "user_code": user_code,
            "verification_uri": address,
            "expires_in": int(self._org.switches.number("device_seconds")),
            "interval": 1,
            "message": f"To sign in, open the page {address} and enter the code {user_code}.",
        }
        return json_answer(told)

    def _polled(self, form: Form) -> Answer:
        self._check_client(form.get("client_id", ""))
        code = form.get("device_code") or form.get("code", "")
        device = self._devices.get(code)
        if device is None or device.client_id != form.get("client_id"):
            raise SignInError("bad_verification_code", "AADSTS70020: The device code is not valid.")
        if self._age(device.given_at) > self._org.switches.number("device_seconds"):
            raise SignInError("expired_token", "AADSTS70019: The device code has expired.")
        if self._org.faults.take("device_declined"):
            raise SignInError("authorization_declined", "AADSTS70018: The user declined.")
        if self._org.faults.take("device_slow"):
            raise SignInError("slow_down", "AADSTS50196: Poll less often.")
        device.polls += 1
        if device.polls <= self._org.switches.number("device_polls"):
            text = "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending."
            raise SignInError("authorization_pending", text)
        del self._devices[code]
        return self._given(form, device.client_id, device.scope)

    def _given(self, form: Form, client_id: str, scope: str, *, nonce: str = "") -> Answer:
        told = self._access_token(scope)
        now = int(self._org.now().timestamp())
        claims: dict[str, object] = {
            "aud": client_id,
            "iss": f"{self._org.url}/{self._org.tenant_id}/v2.0",
            "iat": now,
            "exp": now + int(self._org.switches.number("token_seconds")),
            "sub": self._org.user_id,
            "oid": self._user("azureactivedirectoryobjectid"),
            "tid": self._org.tenant_id,
            "name": self._user("fullname"),
            "preferred_username": self._user("domainname"),
        }
        if nonce:
            claims["nonce"] = nonce
        if "offline_access" in scope.split():
            told["refresh_token"] = self._new_refresh(client_id)
        if "openid" in scope.split():
            told["id_token"] = self._jwt(claims)
        if form.get("client_info") == "1":
            told["client_info"] = self._client_info()
        return json_answer(told)

    def _access_token(self, scope: str) -> dict[str, object]:
        seconds = int(self._org.switches.number("token_seconds"))
        token = self._jwt({"aud": self._org.url, "sub": self._org.user_id, "jti": self._org.new_text(16)})
        self._access[token] = datetime.fromtimestamp(
            self._org.now().timestamp() + seconds, tz=self._org.now().tzinfo
        )
        wanted = [word for word in scope.split() if word not in ("offline_access", "openid", "profile")]
        return {
            "token_type": "Bearer",
            "scope": " ".join(wanted),
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": token,
        }

    def _jwt(self, claims: abc.Mapping[str, object]) -> str:
        head = _packed(orjson.dumps({"typ": "JWT", "alg": "none"}))
        return f"{head}.{_packed(orjson.dumps(claims))}.{self._org.new_text(20)}"

    def _client_info(self) -> str:
        uid = self._user("azureactivedirectoryobjectid")
        return _packed(orjson.dumps({"uid": uid, "utid": self._org.tenant_id}))

    def _user(self, column: str) -> str:
        return str(self._org.tables["systemuser"].value(0, column))

    def _new_refresh(self, client_id: str) -> str:
        token = "1.A" + self._org.new_text(80)
        self._refresh[token] = client_id
        return token

    def _age(self, at: datetime) -> float:
        return (self._org.now() - at).total_seconds()

    def _check_tenant(self, tenant: str) -> None:
        if tenant not in (self._org.tenant_id, "organizations", "common"):
            raise SignInError("invalid_tenant", f"AADSTS90002: Tenant '{tenant}' not found.")

    def _check_client(self, client_id: str) -> None:
        if client_id != self.client_id:
            text = f"AADSTS700016: Application with identifier '{client_id}' was not found in the directory."
            raise SignInError("unauthorized_client", text)

    def _check_redirect(self, redirect: str) -> None:
        registered = self._org.switches.text("redirect_uris").split() or ["http://localhost"]
        if not any(_is_same(redirect, known) for known in registered):
            text = f"AADSTS50011: The redirect URI '{redirect}' does not match the redirect URIs configured."
            raise SignInError("invalid_request", text)


def _is_same(given: str, registered: str) -> bool:
    """Compare redirect addresses; the port of a localhost one is ignored (section 2.1)."""
    one, two = urlsplit(given), urlsplit(registered)
    if two.hostname == "localhost" and two.scheme == "http":
        return (one.scheme, one.hostname, one.path.rstrip("/")) == ("http", "localhost", two.path.rstrip("/"))
    return given == registered


def _handed(redirect: str, told: Form, mode: str) -> Answer:
    if mode != "form_post":
        joint = "&" if "?" in redirect else "?"
        return Answer(302, b"", {"Location": f"{redirect}{joint}{urlencode(told)}"})
    fields = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(text)}" />'
        for name, text in told.items()
    )
    page = (
        "<html><head><title>Working...</title></head><body>"
        f'<form method="POST" name="hiddenform" action="{html.escape(redirect)}">{fields}'
        '<noscript><input type="submit" value="Submit" /></noscript></form>'
        '<script language="javascript">document.forms[0].submit();</script></body></html>'
    )
    return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def _approved(_form: Form) -> Answer:
    """Show what a person sees who opens the address of a device code: there is nothing to do."""
    page = (
        b"<html><body><p>The simulated tenant approves by itself. You can close this page.</p></body></html>"
    )
    return Answer(200, page, {"Content-Type": "text/html; charset=utf-8"})


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _number(description: str) -> str:
    return description.partition(":")[0].removeprefix("AADSTS") if description.startswith("AADSTS") else ""
