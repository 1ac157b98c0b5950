"""Zoho CRM as a connector: opens sessions, and says how its users sign in.

Every address out of an answer (the redirect's `accounts-server`, the token answer's `api_domain`) is held
against the fixed lists of `wire.places`.
"""

from collections import abc
from datetime import datetime
from typing import Final

from writeback.errors import ConfigurationError, OutcomeUnknownError, RetryableError, SignInRequiredError
from writeback.sdk.connector import Access, Http, OAuthApp
from writeback.sdk.sign_ins import Credentials, Grant
from writeback_zoho.errors import VENDOR_ERRORS, parsed, translate
from writeback_zoho.session import ZohoSession
from writeback_zoho.wire import places, tokens
from writeback_zoho.wire.answers import Answer

SCOPES: Final = (
    "ZohoCRM.modules.ALL",
    "ZohoCRM.settings.modules.READ",
    "ZohoCRM.settings.fields.READ",
    "ZohoCRM.users.READ",
    "ZohoCRM.org.READ",
    "ZohoCRM.coql.READ",
    "ZohoCRM.bulk.ALL",
    "ZohoFiles.files.ALL",
)
PORT: Final = 8765
"""Default port of the redirect. Zoho compares with what was registered: it is fixed, the user's choice."""
_PATH: Final = "/callback"
_PARAMETER: Final = "accounts-server"


class ZohoConnector:
    """The code that speaks Zoho CRM."""

    id = "zoho"

    def open(self, access: Access) -> ZohoSession:
        """Open a conversation; makes no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        checks: tuple[tuple[str, abc.Callable[[str], bool]], ...] = (
            ("daily_credits", str.isdecimal),
            ("outside_picklist", ("refused", "accepted").__contains__),
            ("upload_host", places.UPLOADS.__contains__),
        )
        for name, known in checks:
            value = access.options.get(name, "")
            if value and not (value.isascii() and known(value)):
                raise ConfigurationError("zoho.bad_option", option=name)
        return ZohoSession(access)

    def oauth_app(self, form: abc.Mapping[str, str]) -> OAuthApp:
        """Say where to sign in, from the wizard's form: the user's own server-based client, PKCE on top.

        Raises:
            ConfigurationError: The client id, data centre or port is missing or no such thing.
        """
        client_id = form.get("client_id", "").strip()
        if not client_id or not client_id.isascii() or any(letter.isspace() for letter in client_id):
            raise ConfigurationError("zoho.bad_option", option="client_id")
        server = self._server(form)
        port = form.get("port", "").strip() or str(PORT)
        if not (port.isascii() and port.isdecimal() and 1024 <= int(port) <= 65_535):
            raise ConfigurationError("zoho.bad_option", option="port")
        return OAuthApp(
            authorize_url=f"{server}/oauth/v2/auth",
            token_url=server + tokens.TOKEN_PATH,
            client_id=client_id,
            scope=",".join(SCOPES),
            redirect_ports=(int(port),),
            redirect_path=_PATH,
            needs_secret=True,
            extra=(("access_type", "offline"), ("prompt", "consent")),
        )

    def token_url_of(self, redirect: abc.Mapping[str, str], form: abc.Mapping[str, str]) -> str:
        """Say where the code of a redirect is exchanged: at the server the redirect names.

        A user of another data centre than the one the form names is sent on to their own.

        Raises:
            SignInRequiredError: The redirect names a server that is none of Zoho's.
            ConfigurationError: It names none, and the form no data centre.
        """
        stated = redirect.get(_PARAMETER, "")
        server = places.accounts_server(stated) if stated else self._server(form)
        if server is None:
            raise SignInRequiredError("zoho.unknown_accounts_server")
        return server + tokens.TOKEN_PATH

    def origin_of(self, token_answer: abc.Mapping[str, object]) -> str:
        """Give the API's origin that the token answer names.

        Raises:
            SignInRequiredError: It is none of Zoho's.
        """
        origin = places.api_domain(str(token_answer.get("api_domain") or ""))
        if origin is None:
            raise SignInRequiredError("zoho.unknown_api_domain")
        return origin

    def grant(self, credentials: Credentials, *, http: Http, now: datetime) -> Grant:
        """Turn a refresh token, a grant code or a token into an access token; asks the issuer at most once.

        Raises:
            SignInRequiredError: Zoho does not take the credentials (any more).
            ConfigurationError: A credential is missing or malformed, or the client is set up wrongly.
            RetryableError: Zoho could not be reached, asks to wait, or its answer was lost.
        """
        ready = tokens.ready_grant(credentials)
        if ready is not None:
            return ready
        address, form = tokens.prepare_grant(credentials)
        try:
            answer = http.request("POST", address, data=form, headers={"Accept": "application/json"})
        except OutcomeUnknownError:
            if "code" in form:  # it works once, and nobody knows whether it did
                raise SignInRequiredError("zoho.code_lost") from None
            raise RetryableError("zoho.token_unanswered") from None
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=False) from None
        return tokens.parse_grant(Answer(answer.status_code, parsed(answer.content), answer.headers), now=now)

    def _server(self, form: abc.Mapping[str, str]) -> str:
        server = places.ACCOUNTS.get(form.get("data_centre", "").strip().lower() or "us")
        if server is None:
            raise ConfigurationError("zoho.bad_option", option="data_centre")
        return server
