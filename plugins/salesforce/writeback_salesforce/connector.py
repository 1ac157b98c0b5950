"""Salesforce as a connector: opens sessions, and says where its users sign in by browser."""

from collections import abc
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError, InvalidRequestError
from writeback.sdk.connector import Access, OAuthApp
from writeback_salesforce.session import SalesforceSession

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
