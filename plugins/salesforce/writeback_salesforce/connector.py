"""Salesforce as a connector: opens sessions, and says where its users sign in by browser."""

from collections import abc
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError, InvalidRequestError, LinkLostError, OutcomeUnknownError
from writeback.sdk.connector import Access, Http, OAuthApp
from writeback.sdk.sign_ins import Credentials, Grant
from writeback_salesforce.session import SalesforceSession
from writeback_salesforce.wire import grants

_LOGIN_HOSTS: Final = {"production": "login.salesforce.com", "test": "test.salesforce.com"}
_REDIRECT_PORTS: Final = (1717, 1718, 1719)
"""Fixed: Salesforce compares the callback to the letter, so all three are registered in the user's app."""


class SalesforceConnector:
    """The code that speaks Salesforce."""

    id = "salesforce"

    def open(self, access: Access) -> SalesforceSession:
        """Open a conversation; makes no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        return SalesforceSession(access)

    def oauth_app(self, form: abc.Mapping[str, str]) -> OAuthApp:
        """Say where to sign in, from the wizard's form: the user's own app, PKCE, no secret.

        Raises:
            ConfigurationError: The consumer key or the My Domain host is missing or no such thing.
        """
        client_id = form.get("client_id", "").strip()
        if not client_id or not client_id.isascii() or any(letter.isspace() for letter in client_id):
            raise ConfigurationError("salesforce.bad_option", option="client_id")
        host = self._login_host(form)
        return OAuthApp(
            authorize_url=f"https://{host}/services/oauth2/authorize",
            token_url=f"https://{host}/services/oauth2/token",
            client_id=client_id,
            scope="api refresh_token id",
            redirect_ports=_REDIRECT_PORTS,
            redirect_path="/OauthRedirect",
        )

    def grant(self, credentials: Credentials, *, http: Http, now: datetime) -> Grant:
        """Turn a private key or a refresh token into an access token; asks the issuer once.

        Raises:
            SignInRequiredError: Salesforce does not take them (any more).
            ConfigurationError: A credential is missing or malformed, or the app is not known.
            RetryableError: Salesforce could not be reached, is busy, or its answer was lost.
        """
        host = self._login_host(credentials)
        form = grants.prepare_grant(credentials, host=host, now=now)
        address = f"https://{host}/services/oauth2/token"
        try:
            answer = http.request("POST", address, data=form, headers={"Accept": "application/json"})
        except OutcomeUnknownError as lost:  # no record was written: the next try tells whether it was taken
            raise LinkLostError("sign_in.refresh_lost", host=host) from lost
        return grants.parse_grant(answer.status_code, answer.content, origin_of=self.origin_of)

    def origin_of(self, token_answer: abc.Mapping[str, object]) -> str:
        """Give the org's origin that the token answer names; the host list is the transport's to check.

        Raises:
            InvalidRequestError: It names no https origin.
        """
        parts = urlsplit(str(token_answer.get("instance_url", "")))
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username is not None:
            raise InvalidRequestError("salesforce.unreadable_answer", expected="instance_url")
        return f"{parts.scheme}://{parts.netloc}"

    def _login_host(self, form: abc.Mapping[str, str]) -> str:
        where = form.get("login", "") or "production"
        if where in _LOGIN_HOSTS:
            return _LOGIN_HOSTS[where]
        host = form.get("my_domain", "").strip().lower().removeprefix("https://").rstrip("/")
        if where != "my_domain" or not host.endswith(".my.salesforce.com") or "/" in host or "@" in host:
            raise ConfigurationError("salesforce.bad_option", option="my_domain")
        return host
