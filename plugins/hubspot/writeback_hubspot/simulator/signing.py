"""OAuth, service keys, scopes (wire contract, section 2). Token errors are not RFC 6749 here.

The authorise page approves by itself and redirects; nobody is shown anything.
"""

import base64
import hashlib
import re
from collections import abc
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from writeback.sdk.simulator import Answer, Request, json_answer
from writeback_hubspot.simulator.problems import Json, Problem, not_found
from writeback_hubspot.simulator.state import Portal

Form = abc.Mapping[str, str]
SCOPES = (
    "crm.objects.companies.read", "crm.objects.companies.write",
    "crm.objects.contacts.read", "crm.objects.contacts.write",
    "crm.objects.deals.read", "crm.objects.deals.write",
    "crm.objects.custom.read", "crm.objects.custom.write",
    "crm.objects.owners.read", "crm.schemas.companies.read", "crm.schemas.contacts.read",
    "crm.schemas.deals.read", "crm.schemas.custom.read", "crm.import", "crm.export", "oauth",
)  # fmt: skip
_USER_ID = 4_200_002
_USER = "owner.1@portal.example"
_APP_ID = 7_700_123


@dataclass(slots=True)
class _Code:
    redirect_uri: str
    challenge: str
    given_at: float
    scopes: tuple[str, ...]


class TokenError(Exception):
    """The token endpoint says no."""

    def __init__(self, word: str, message: str, *, oauth: str = "invalid_grant") -> None:
        super().__init__(word)
        self.word = word
        self.message = message
        self.oauth = oauth


@dataclass(slots=True)
class _Access:
    expires_at: float | None  # None: a service key
    scopes: tuple[str, ...] = SCOPES


@dataclass(slots=True)
class Signing:
    """Codes and tokens of one portal."""

    portal: Portal
    client_id: str = ""
    client_secret: str = ""
    _codes: dict[str, _Code] = field(default_factory=dict)
    _access: dict[str, _Access] = field(default_factory=dict)
    _refresh: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _expired: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        portal = self.portal
        self.client_id, self.client_secret = portal.new_uuid(), portal.new_uuid()
        allowed = portal.switches.text("scopes").split()
        self._access[portal.token] = _Access(None, tuple(allowed) or SCOPES)

    @property
    def credentials(self) -> dict[str, str]:
        """Give what signs in here besides the key."""
        refresh = next(iter(self._refresh), None) or self._new_refresh(SCOPES)
        return {"client_id": self.client_id, "client_secret": self.client_secret, "refresh_token": refresh}

    def let_in(self, request: Request) -> bool:
        """Check who calls; say whether it is an OAuth app.

        Raises:
            Problem: 401.
        """
        faults, where = self.portal.faults, {"method": request.method, "path": request.path}
        if faults.has("expire_token") and faults.take("expire_token"):
            self._expired.update(self._access)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        token = token.strip()
        access = self._access.get(token) if scheme.lower() == "bearer" else None
        if access is None or faults.take("session_invalid", **where) or faults.has("revoke_key"):
            raise _unauthorised("INVALID_AUTHENTICATION", _NOT_FOUND)
        now = self.portal.now().timestamp()
        if token in self._expired or (access.expires_at is not None and access.expires_at <= now):
            expired = self.portal.switches["expired_category"] == "expired"
            raise _unauthorised(
                "EXPIRED_AUTHENTICATION" if expired else "INVALID_AUTHENTICATION",
                "The OAuth token used to make this call expired and has to be refreshed.",
            )
        return access.expires_at is not None

    def check_scope(self, request: Request, needed: abc.Sequence[str]) -> None:
        """Refuse a call that none of these scopes allows.

        Raises:
            Problem: 403.
        """
        token = request.headers.get("authorization", "").partition(" ")[2].strip()
        fault = self.portal.faults.take("missing_scope", method=request.method, path=request.path)
        held = self._access[token].scopes
        if fault is None and (not needed or any(scope in held for scope in needed)):
            return
        wanted = [fault.text("scope", needed[0] if needed else "oauth")] if fault else list(needed)
        message = (
            "This app hasn't been granted all required scopes to make this call. "
            "Read more about required scopes here: https://developers.hubspot.com/scopes."
        )
        detail: Json = {"message": "One or more of the following scopes are required."}
        if self.portal.switches["missing_scopes_context"] == "on":
            detail["context"] = {"requiredGranularScopes": wanted}
        raise Problem("MISSING_SCOPES", message, 403, details=[detail])

    def authorize(self, request: Request) -> Answer:
        """`GET /oauth/authorize`: approve, and send the browser back with a code."""
        form = request.query
        redirect = form.get("redirect_uri", "")
        if form.get("client_id") != self.client_id or not self._may_redirect(redirect):
            return Answer(
                400, b"<html><body>Authorization failed</body></html>", {"Content-Type": "text/html"}
            )
        state = {"state": form["state"]} if "state" in form else {}
        if self.portal.faults.take("access_denied"):
            denied = {"error": "access_denied", "error_description": "The user denied access"}
            return _redirected(redirect, denied | state)
        code = self.portal.new_uuid()
        scopes = tuple(f"{form.get('scope', '')} {form.get('optional_scope', '')}".split())
        now = self.portal.now().timestamp()
        self._codes[code] = _Code(redirect, form.get("code_challenge", ""), now, scopes or ("oauth",))
        return _redirected(redirect, {"code": code} | state)

    def token(self, request: Request) -> Answer:
        """`POST /oauth/{v}/token`: exchange a code, or refresh."""
        form = _form(request)
        grants = {"authorization_code": self._exchanged, "refresh_token": self._refreshed}
        grant = grants.get(form.get("grant_type", ""), _unknown_grant)
        try:
            self._check_client(form)
            return self._given(*grant(form))
        except TokenError as error:
            return self._refused(error)

    def introspect(self, request: Request) -> Answer:
        """`POST /oauth/{v}/token/introspect`."""
        token = _form(request).get("token", "")
        if token in self._refresh:
            return json_answer(self._told_refresh(token) | {"active": True, "token_use": "refresh_token"})
        if token not in self._access:
            return json_answer({"active": False})
        return json_answer(self._told_access(token) | {"active": True, "token_use": "access_token"})

    def revoke(self, request: Request) -> Answer:
        """`POST /oauth/{v}/token/revoke`."""
        token = _form(request).get("token", "")
        self._refresh.pop(token, None)
        if token != self.portal.token:
            self._access.pop(token, None)
        return Answer(200, b"")

    def show_access(self, token: str) -> Answer:
        """`GET /oauth/v1/access-tokens/{token}`."""
        if token not in self._access:
            raise not_found("access token not found")
        return json_answer(self._told_access(token))

    def show_refresh(self, token: str) -> Answer:
        """`GET /oauth/v1/refresh-tokens/{token}`."""
        if token not in self._refresh:
            raise not_found("refresh token not found")
        return json_answer(self._told_refresh(token))

    def end_refresh(self, token: str) -> Answer:
        """`DELETE /oauth/v1/refresh-tokens/{token}`."""
        self._refresh.pop(token, None)
        return Answer(204)

    def _exchanged(self, form: Form) -> tuple[str, tuple[str, ...]]:
        code = self._codes.pop(form.get("code", ""), None)
        now = self.portal.now().timestamp()
        if code is None or now - code.given_at > self.portal.switches.number("code_s"):
            raise TokenError("BAD_AUTH_CODE", "missing or unknown auth code")
        if code.redirect_uri != form.get("redirect_uri"):
            raise TokenError("MISMATCH_REDIRECT_URI", "redirect_uri does not match the one of the code")
        if code.challenge:
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(digest).decode().rstrip("=") != code.challenge.rstrip("="):
                raise TokenError("BAD_CODE_VERIFIER", "the code verifier does not match")
        return self._new_refresh(code.scopes), code.scopes

    def _refreshed(self, form: Form) -> tuple[str, tuple[str, ...]]:
        given = form.get("refresh_token", "")
        if given not in self._refresh or self.portal.faults.take("invalid_grant"):
            raise TokenError("BAD_REFRESH_TOKEN", "missing or unknown refresh token")
        scopes = self._refresh[given]
        if self.portal.switches["rotate_refresh_tokens"] == "on":
            del self._refresh[given]
            return self._new_refresh(scopes), scopes
        return given, scopes

    def _given(self, refresh: str, scopes: tuple[str, ...]) -> Answer:
        lives = self.portal.switches.number("token_s")
        token = f"CN{self.portal.new_text(62)}"
        self._access[token] = _Access(self.portal.now().timestamp() + lives, scopes)
        told = {
            "token_type": "bearer",
            "refresh_token": refresh,
            "access_token": token,
            "expires_in": int(lives),
            "hub_id": self.portal.portal_id,
            "user_id": _USER_ID,
            "scopes": list(scopes),
            "token_use": "access_token",
        }
        return json_answer(told)

    def _refused(self, error: TokenError) -> Answer:
        told: Json = {"message": error.message, "correlationId": self.portal.new_uuid()}
        is_oauth = self.portal.switches["token_errors"] == "oauth"  # noqa: S105  a switch
        if is_oauth:
            return json_answer(told | {"error": error.oauth, "error_description": error.message}, status=401)
        return json_answer({"status": error.word} | told, status=400)

    def _check_client(self, form: Form) -> None:
        if form.get("client_id") != self.client_id:
            raise TokenError("BAD_CLIENT_ID", "missing or unknown client id", oauth="invalid_client")
        may_be_public = self.portal.switches["pkce_without_secret"] == "accepted"  # noqa: S105  a switch
        is_public = may_be_public and ("code_verifier" in form or form.get("grant_type") == "refresh_token")
        if form.get("client_secret") != self.client_secret and not (
            is_public and "client_secret" not in form
        ):
            raise TokenError("BAD_CLIENT_SECRET", "missing or invalid client secret", oauth="invalid_client")

    def _may_redirect(self, redirect: str) -> bool:
        registered = self.portal.switches.text("redirect_uris").split()
        if registered and redirect not in registered:
            return False
        return re.match(r"https://|http://localhost(:\d+)?(/|$)", redirect) is not None

    def _told_access(self, token: str) -> Json:
        access = self._access[token]
        now = self.portal.now().timestamp()
        left = 0 if access.expires_at is None else max(0, int(access.expires_at - now))
        return self._told(token, access.scopes, "access") | {
            "app_id": _APP_ID,
            "client_id": self.client_id,
            "expires_in": left,
            "is_private_distribution": True,
            "signed_access_token": self._signed(access, left),
        }

    def _told_refresh(self, token: str) -> Json:
        more: Json = {"client_id": self.client_id, "app_id": _APP_ID}
        return self._told(token, self._refresh[token], "refresh") | more

    def _told(self, token: str, scopes: tuple[str, ...], kind: str) -> Json:
        return {
            "token": token,
            "user": _USER,
            "hub_domain": "portal.example",
            "scopes": list(scopes),
            "hub_id": self.portal.portal_id,
            "user_id": _USER_ID,
            "token_type": kind,
        }

    def _signed(self, access: _Access, left: int) -> Json:
        expires = int((self.portal.now().timestamp() + left) * 1000)
        texts = ("appInstallId", "audience", "newSignature", "signature", "scopeToScopeGroupPks")
        told: Json = dict.fromkeys((*texts, "trialScopes", "trialScopeToScopeGroupPks"), "")
        told |= {"appId": _APP_ID, "expiresAt": expires, "hubId": self.portal.portal_id, "hublet": "eu1"}
        told |= {"installingUserId": _USER_ID, "userId": _USER_ID, "scopes": " ".join(access.scopes)}
        return told | dict.fromkeys(("isPrivateDistribution", "isServiceAccount", "isUserLevel"), False)

    def _new_refresh(self, scopes: tuple[str, ...]) -> str:
        token = f"eu1-{self.portal.new_uuid()}"
        self._refresh[token] = scopes
        return token


_NOT_FOUND = (
    "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more "
    "details at https://developers.hubspot.com/docs/methods/auth/oauth-overview"
)


def _unknown_grant(_form: Form) -> tuple[str, tuple[str, ...]]:
    raise TokenError("BAD_GRANT_TYPE", "missing or unknown grant type", oauth="invalid_request")


def _unauthorised(category: str, message: str) -> Problem:
    return Problem(category, message, 401)


def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.body.read().decode("utf-8", "replace"), keep_blank_values=True))


def _redirected(url: str, more: Form) -> Answer:
    joint = "&" if "?" in url else "?"
    return Answer(302, b"", {"Location": f"{url}{joint}{urlencode(more)}"})
