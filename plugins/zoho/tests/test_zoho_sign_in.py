"""Signing in: by browser, by stored credentials; addresses come from the fixed lists alone."""

from collections import abc
from datetime import UTC, datetime

import pytest
import requests
from plugins.zoho.tests.talking import Talk, talking

from writeback.errors import (
    ConfigurationError,
    OutcomeUnknownError,
    RateLimitedError,
    RetryableError,
    SignInRequiredError,
)
from writeback.sdk.connector import Http
from writeback_zoho.connector import SCOPES, ZohoConnector

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ZOHO = ZohoConnector()


def test_the_users_own_client_signs_in_at_its_data_centre() -> None:
    app = ZOHO.oauth_app({"client_id": "1000.X", "data_centre": "eu", "port": "9000"})
    assert app.authorize_url == "https://accounts.zoho.eu/oauth/v2/auth"
    assert app.token_url == "https://accounts.zoho.eu/oauth/v2/token"
    assert (app.redirect_ports, app.redirect_path, app.redirect_host) == ((9000,), "/callback", "localhost")
    assert app.scope == ",".join(SCOPES)
    assert app.needs_secret
    assert dict(app.extra) == {"access_type": "offline", "prompt": "consent"}
    assert ZOHO.oauth_app({"client_id": "1000.X"}).authorize_url.startswith("https://accounts.zoho.com/")


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": ""},
        {"client_id": "a b"},
        {"client_id": "ü"},
        {"data_centre": "mars"},
        {"port": "80"},
        {"port": "99999"},
        {"port": "x"},
    ],
)
def test_a_form_that_leads_elsewhere_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"zoho\.bad_option"):
        ZOHO.oauth_app({"client_id": "1000.X", "data_centre": "eu"} | change)


def test_the_code_is_exchanged_where_the_redirect_says() -> None:
    form = {"client_id": "1000.X", "data_centre": "us"}
    assert ZOHO.token_url_of({}, form) == "https://accounts.zoho.com/oauth/v2/token"
    redirect = {"location": "eu", "accounts-server": "https://accounts.zoho.eu"}
    assert ZOHO.token_url_of(redirect, form) == "https://accounts.zoho.eu/oauth/v2/token"


@pytest.mark.parametrize(
    "server",
    [
        "https://evil.example",
        "http://accounts.zoho.eu",
        "https://accounts.zoho.eu.evil.example",
        "https://accounts.zoho.eu/x",
        "https://accounts.zoho.eu@evil.example",
        "x",
    ],
)
def test_a_redirect_cannot_send_the_code_elsewhere(server: str) -> None:
    with pytest.raises(SignInRequiredError, match=r"zoho\.unknown_accounts_server"):
        ZOHO.token_url_of({"accounts-server": server}, {"data_centre": "us"})


def test_the_origin_is_the_one_the_token_answer_names_if_it_is_zohos() -> None:
    assert ZOHO.origin_of({"api_domain": "https://www.zohoapis.ca"}) == "https://www.zohoapis.ca"
    for hostile in ("", None, "https://evil.example", "http://www.zohoapis.eu", 5):
        with pytest.raises(SignInRequiredError):
            ZOHO.origin_of({"api_domain": hostile})


def test_a_refresh_token_becomes_a_token_that_works(talk: Talk) -> None:
    grant = ZOHO.grant(talk.running.credentials, http=talk.access.http, now=NOW)
    assert grant.origin == talk.running.url
    assert grant.kept == {}
    assert grant.expires_at is not None
    talk.newer.append(grant.access_token)
    talk.spoil_token()
    assert talk.session.count("Accounts") == 30


def test_credentials_for_a_real_data_centre_reach_the_simulator_alone(talk: Talk) -> None:
    stored = {**talk.running.credentials, "accounts_url": "https://accounts.zoho.com"}
    assert ZOHO.grant(stored, http=talk.access.http, now=NOW).origin == talk.running.url


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"refresh_token": "1000.dead"}, SignInRequiredError),
        ({"client_secret": "wrong"}, ConfigurationError),
        ({"client_id": "1000.WRONG"}, ConfigurationError),
    ],
)
def test_credentials_that_are_not_taken_are_told_though_the_status_is_200(
    change: dict[str, str], kind: type[Exception]
) -> None:
    with talking(5, switches={"client_id": "1000.OTHER"}) as talk:
        with pytest.raises(kind):
            ZOHO.grant({**talk.running.credentials, **change}, http=talk.access.http, now=NOW)
        assert [e.status for e in talk.asked("POST", "/oauth/v2/token")] == [200]


@pytest.mark.parametrize("status", ["200", "400"])
def test_too_many_tokens_in_ten_minutes_ask_to_wait(status: str) -> None:
    with talking(5, switches={"throttled_token": status}) as talk:
        for _time in range(10):
            ZOHO.grant(talk.running.credentials, http=talk.access.http, now=NOW)
        with pytest.raises(RateLimitedError) as told:
            ZOHO.grant(talk.running.credentials, http=talk.access.http, now=NOW)
    assert told.value.after is not None


def test_a_lost_answer_to_a_refresh_is_asked_for_again_later(talk: Talk) -> None:
    talk.fault("cut_after", path="oauth")
    with pytest.raises(RetryableError, match=r"zoho\.token_unanswered"):
        ZOHO.grant(talk.running.credentials, http=talk.access.http, now=NOW)


class Failing:
    """An Http whose every request fails in one way."""

    headers: abc.Mapping[str, str] = {}

    def __init__(self, error: Exception) -> None:
        self._error = error

    def request(self, method: str, url: str, **options: object) -> object:
        raise self._error


def test_a_grant_code_whose_answer_was_lost_is_used_up() -> None:
    credentials = {"client_id": "1000.X", "client_secret": "s", "code": "1000.c"}
    lost: Http = Failing(OutcomeUnknownError("link.outcome_unknown"))
    with pytest.raises(SignInRequiredError, match=r"zoho\.code_lost"):
        ZOHO.grant(credentials, http=lost, now=NOW)
    with pytest.raises(RetryableError, match=r"zoho\.answer_unreadable"):
        ZOHO.grant(credentials, http=Failing(requests.Timeout("https://secret")), now=NOW)


def test_a_token_needs_no_call() -> None:
    nobody: Http = Failing(AssertionError("called"))
    grant = ZOHO.grant({"token": "1000.t"}, http=nobody, now=NOW)
    assert grant.access_token == "1000.t"
