"""HubSpot as a connector: opens sessions, refreshes tokens, and says where its users sign in by browser."""

from collections import abc
from datetime import datetime
from typing import Final

from writeback.errors import LinkLostError, OutcomeUnknownError
from writeback.sdk.connector import Access, Http, OAuthApp
from writeback.sdk.sign_ins import Credentials, Grant
from writeback_hubspot.limits import API_ORIGIN
from writeback_hubspot.session import HubSpotSession
from writeback_hubspot.wire import tokens
from writeback_hubspot.wire.answers import Answer

_AUTHORIZE_URL: Final = "https://app.hubspot.com/oauth/authorize"
_REDIRECT_PORTS: Final = (3517, 3518, 3519)
"""Fixed: an app names its redirect addresses in full, so all three are registered in the user's app."""
_SCOPES: Final = (
    "oauth",
    *(
        f"crm.objects.{kind}.{right}"
        for kind in ("contacts", "companies", "deals")
        for right in ("read", "write")
    ),
    *(f"crm.schemas.{kind}.read" for kind in ("contacts", "companies", "deals")),
    "crm.objects.owners.read",
)


class HubSpotConnector:
    """The code that speaks HubSpot."""

    id = "hubspot"

    def open(self, access: Access) -> HubSpotSession:
        """Open a conversation; makes no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        return HubSpotSession(access)

    def grant(self, credentials: Credentials, *, http: Http, now: datetime) -> Grant:
        """Turn stored credentials into an access token: a key is one, OAuth is asked once.

        Raises:
            SignInRequiredError: HubSpot does not take the refresh token (any more).
            ConfigurationError: A credential is missing or malformed, or the app is not known.
            RetryableError: HubSpot could not be reached, is busy, or its answer was lost.
        """
        ready = tokens.ready_grant(credentials)
        if ready is not None:
            return ready
        try:
            told = http.request("POST", tokens.TOKEN_URL, data=tokens.prepare_refresh(credentials))
        except OutcomeUnknownError as lost:  # no record was written: the next try tells whether it was taken
            raise LinkLostError("hubspot.refresh_lost", cause=lost.code) from None
        answer = Answer(told.status_code, told.content, told.headers)
        return tokens.parse_refresh(answer, credentials, now=now)

    def oauth_app(self, form: abc.Mapping[str, str]) -> OAuthApp:
        """Say where to sign in, from the wizard's form: the user's own app, PKCE, and its secret.

        HubSpot nowhere says that the secret may be left out, so it is asked for.

        Raises:
            ConfigurationError: The client id is missing or no such thing.
        """
        return OAuthApp(
            authorize_url=_AUTHORIZE_URL,
            token_url=tokens.TOKEN_URL,
            client_id=tokens.check_client_id(form),
            scope=" ".join(_SCOPES),
            redirect_ports=_REDIRECT_PORTS,
            redirect_path="/callback",
            needs_secret=True,
        )

    def origin_of(self, token_answer: abc.Mapping[str, object]) -> str:
        """Give the one origin that all accounts have, European ones too."""
        del token_answer
        return API_ORIGIN
