"""OAuth: authorise (approves by itself), tokens, revocation. Errors are objects here, not arrays.

JWT assertions are read but not verified: the simulated org knows no certificate (a listed deviation).
"""

import base64
import hashlib
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

import orjson

from writeback.sdk.simulator import Answer, Request, json_answer
from writeback_salesforce.simulator.orgs import identity_url, user_info
from writeback_salesforce.simulator.state import Org

Form = abc.Mapping[str, str]


class OAuthError(Exception):
    """A refusal in OAuth's own form."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error, description)
        self.error = error
        self.description = description


@dataclass(slots=True)
class _Code:
    redirect_uri: str
    challenge: str
    client_id: str
    given_at: datetime


class Signing:
    """Codes and tokens of one org."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._codes: dict[str, _Code] = {}
        self._access: set[str] = {org.token}
        self._refresh: set[str] = set()
        self._dead: set[str] = set()

    def is_open(self, authorization: str) -> bool:
        """Say whether an `Authorization` header holds a living token."""
        scheme, _, token = authorization.partition(" ")
        if self._org.faults.has("expire_token") and self._org.faults.take("expire_token"):
            self._access.clear()
        return scheme.lower() in ("bearer", "oauth") and token.strip() in self._access

    def answer(self, request: Request, endpoint: str) -> Answer:
        """Answer one of the OAuth endpoints."""
        form = dict(request.query) | dict(parse_qsl(request.body.read().decode("utf-8", "replace")))
        try:
            return self._answered(request, endpoint, form)
        except OAuthError as error:
            return json_answer({"error": error.error, "error_description": error.description}, status=400)

    def _answered(self, request: Request, endpoint: str, form: Form) -> Answer:
        if endpoint == "userinfo":
            if not self.is_open(request.headers.get("authorization", "")):
                return Answer(403, b"Bad_OAuth_Token", {"Content-Type": "text/html"})
            return user_info(self._org)
        endpoints = {
            "authorize": self._authorize,
            "token": self._token,
            "revoke": self._revoke,
            "introspect": self._introspect,
        }
        return endpoints[endpoint](form) if endpoint in endpoints else Answer(404)

    def _authorize(self, form: Form) -> Answer:
        redirect = form.get("redirect_uri", "")
        self._check_client(form.get("client_id", ""))
        self._check_redirect(redirect)
        state = {"state": form["state"]} if "state" in form else {}
        faults = self._org.faults
        if form.get("response_type") != "code":
            return _redirected(redirect, {"error": "unsupported_response_type"} | state)
        if faults.take("access_denied"):
            denied = {"error": "access_denied", "error_description": "end-user denied authorization"}
            return _redirected(redirect, denied | state)
        if faults.take("app_not_installed"):
            refused = {"error": "invalid_client", "error_description": "app must be installed into org"}
            return _redirected(redirect, refused | state)
        code = "aPrx" + self._org.new_text(40)
        challenge = form.get("code_challenge", "")
        self._codes[code] = _Code(redirect, challenge, form.get("client_id", ""), self._org.now())
        return _redirected(redirect, {"code": code} | state)

    def _token(self, form: Form) -> Answer:
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchange(form)
            case "refresh_token":
                return self._refreshed(form)
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                self._check_assertion(form.get("assertion", ""))
                return self._given({}, scope="api id")
            case "client_credentials":
                self._check_client(form.get("client_id", ""))
                return self._given({}, scope="api id")
            case None:
                raise OAuthError("invalid_request", "must supply grant_type")
            case _:
                raise OAuthError("unsupported_grant_type", "grant type not supported")

    def _exchange(self, form: Form) -> Answer:
        self._check_client(form.get("client_id", ""))
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or self._age(code) > self._org.switches.number("code_seconds"):
            raise OAuthError("invalid_grant", "expired authorization code")
        if code.redirect_uri != form.get("redirect_uri"):
            raise OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
        if code.challenge:
            verifier = form.get("code_verifier")
            if verifier is None:
                raise OAuthError("invalid_grant", "code verifier missing")
            digest = hashlib.sha256(verifier.encode()).digest()
            if base64.urlsafe_b64encode(digest).decode().rstrip("=") != code.challenge.rstrip("="):
                raise OAuthError("invalid_request", "invalid code verifier")
        return self._given({"refresh_token": self._new_refresh()}, scope="refresh_token api id")

    def _refreshed(self, form: Form) -> Answer:
        self._check_client(form.get("client_id", ""))
        given = form.get("refresh_token", "")
        if given not in self._refresh or self._org.faults.take("invalid_grant"):
            if given in self._dead:
                self._refresh.clear()  # a rotated token came again: somebody stole it, all of them die
            raise OAuthError("invalid_grant", "expired access/refresh token")
        more: dict[str, str] = {}
        if self._org.switches["rotate_refresh_tokens"] == "on":
            self._refresh.discard(given)
            self._dead.add(given)
            more["refresh_token"] = self._new_refresh()
        return self._given(more, scope="refresh_token api id")

    def _given(self, more: Form, *, scope: str) -> Answer:
        token = self._org.new_token()
        self._access.add(token)
        issued = str(int(self._org.now().timestamp() * 1000))
        told = {
            "access_token": token,
            **more,
            "signature": base64.b64encode(hashlib.sha256((token + issued).encode()).digest()).decode(),
            "scope": scope,
            "instance_url": self._org.url,
            "id": identity_url(self._org),
            "token_type": "Bearer",
            "issued_at": issued,
        }
        return json_answer(told)

    def _revoke(self, form: Form) -> Answer:
        self._access.discard(form.get("token", ""))
        self._refresh.discard(form.get("token", ""))
        return Answer(200)

    def _introspect(self, form: Form) -> Answer:
        token = form.get("token", "")
        return json_answer({"active": token in self._access or token in self._refresh})

    def _new_refresh(self) -> str:
        token = "5Aep861" + self._org.new_text(60)
        self._refresh.add(token)
        return token

    def _age(self, code: _Code) -> float:
        return (self._org.now() - code.given_at).total_seconds()

    def _check_client(self, client_id: str) -> None:
        known = self._org.switches.text("client_id")
        if not client_id or (known and client_id != known):
            raise OAuthError("invalid_client_id", "client identifier invalid")

    def _check_redirect(self, redirect: str) -> None:
        registered = self._org.switches.text("redirect_uris").split()
        if not redirect or (registered and redirect not in registered):
            raise OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")

    def _check_assertion(self, assertion: str) -> None:
        try:
            claims = orjson.loads(base64.urlsafe_b64decode(assertion.split(".")[1] + "=="))
            expires = float(claims["exp"])
        except (IndexError, ValueError, KeyError, TypeError):
            raise OAuthError("invalid_grant", "invalid assertion") from None
        if expires < self._org.now().timestamp():
            raise OAuthError("invalid_grant", "expired assertion")
        users = self._org.tables["user"]
        if not users.find("Username", str(claims.get("sub", ""))):
            raise OAuthError("invalid_grant", "user hasn't approved this consumer")


def _redirected(url: str, more: Form) -> Answer:
    joint = "&" if "?" in url else "?"
    return Answer(302, b"", {"Location": f"{url}{joint}{urlencode(more)}"})
