"""The token server: errors come with HTTP 200, addresses only from the fixed lists."""

from datetime import UTC, datetime, timedelta

import pytest

from writeback.errors import ConfigurationError, RateLimitedError, ServerBusyError, SignInRequiredError
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.tokens import parse_grant, prepare_grant, ready_grant

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FULL = {
    "client_id": "1000.X",
    "client_secret": "secret",
    "refresh_token": "1000.r",
    "accounts_url": "https://accounts.zoho.eu",
}
GOOD = {"access_token": "1000.a", "api_domain": "https://www.zohoapis.eu", "expires_in": 3600}


def test_a_refresh_goes_to_the_data_centre_of_the_credentials() -> None:
    address, form = prepare_grant(FULL)
    assert address == "https://accounts.zoho.eu/oauth/v2/token"
    assert form == {
        "client_id": "1000.X",
        "client_secret": "secret",
        "grant_type": "refresh_token",
        "refresh_token": "1000.r",
    }


def test_a_self_clients_code_is_exchanged_where_there_is_no_refresh_token() -> None:
    credentials = {"client_id": "1000.X", "client_secret": "s", "code": "1000.c"}
    address, form = prepare_grant(credentials)
    assert address == "https://accounts.zoho.com/oauth/v2/token"
    assert (form["grant_type"], form["code"]) == ("authorization_code", "1000.c")


@pytest.mark.parametrize(
    ("told", "server"),
    [
        ({"origin": "https://www.zohoapis.in", "data_centre": "us"}, "https://accounts.zoho.in"),
        ({"origin": "https://www.zohoapis.ca"}, "https://accounts.zohocloud.ca"),
        ({"origin": "http://127.0.0.1:8090", "data_centre": "eu"}, "https://accounts.zoho.eu"),
        ({}, "https://accounts.zoho.com"),
    ],
)
def test_a_connection_made_by_browser_refreshes_where_its_api_belongs(
    told: dict[str, str], server: str
) -> None:
    address, _form = prepare_grant({**FULL, "accounts_url": "", **told})
    assert address == f"{server}/oauth/v2/token"


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": ""},
        {"client_secret": "a b"},
        {"refresh_token": ""},
        {"refresh_token": "ü"},
        {"accounts_url": "https://evil.example"},
        {"accounts_url": "https://accounts.zoho.eu.evil.example"},
        {"accounts_url": "https://accounts.zoho.eu/evil"},
        {"accounts_url": "http://accounts.zoho.eu"},
        {"accounts_url": "https://x@accounts.zoho.eu"},
        {"accounts_url": "https://[accounts"},
        {"accounts_url": "", "data_centre": "mars"},
    ],
)
def test_credentials_that_lead_elsewhere_or_lack_something_are_refused(change: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError) as told:
        prepare_grant(FULL | change)
    assert "secret" not in str(told.value).replace("client_secret", "")


def test_a_token_is_a_grant_already() -> None:
    assert ready_grant(FULL) is None
    ready = ready_grant({"token": " 1000.t ", "api_domain": "https://www.zohoapis.in/"})
    assert ready is not None
    assert (ready.access_token, ready.origin) == ("1000.t", "https://www.zohoapis.in")
    bare = ready_grant({"token": "1000.t"})
    assert bare is not None
    assert bare.origin == ""
    with pytest.raises(ConfigurationError, match=r"zoho\.unknown_api_domain"):
        ready_grant({"token": "t", "api_domain": "https://evil.example"})


def test_a_good_answer_names_the_api_and_its_end() -> None:
    grant = parse_grant(Answer(200, GOOD), now=NOW)
    assert (grant.access_token, grant.origin) == ("1000.a", "https://www.zohoapis.eu")
    assert grant.expires_at == NOW + timedelta(hours=1)
    assert grant.kept == {}
    assert "1000.a" not in repr(grant)


def test_a_code_brings_a_refresh_token_to_keep() -> None:
    grant = parse_grant(Answer(200, GOOD | {"refresh_token": "1000.r", "expires_in": None}), now=NOW)
    assert grant.kept == {"refresh_token": "1000.r"}
    assert grant.expires_at is None
    assert parse_grant(Answer(200, {"access_token": "a"}), now=NOW).origin == ""


def test_an_api_that_is_none_of_zohos_is_not_believed() -> None:
    with pytest.raises(SignInRequiredError, match=r"zoho\.unknown_api_domain"):
        parse_grant(Answer(200, GOOD | {"api_domain": "https://www.zohoapis.evil.example"}), now=NOW)


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (Answer(200, {"error": "invalid_code"}), SignInRequiredError, "zoho.invalid_code"),
        (Answer(400, {"error": "invalid_code"}), SignInRequiredError, "zoho.invalid_code"),
        (Answer(200, {"error": "invalid_client"}), ConfigurationError, "zoho.invalid_client"),
        (Answer(200, {"error": "invalid_client_secret"}), ConfigurationError, "zoho.invalid_client_secret"),
        (Answer(200, {"error": "access_denied"}), RateLimitedError, "zoho.token_limit"),
        (Answer(400, {"error": "Access Denied", "status": "failure"}), RateLimitedError, "zoho.token_limit"),
        (Answer(429, None), RateLimitedError, "zoho.token_limit"),
        (Answer(503, None), ServerBusyError, "zoho.http_503"),
        (Answer(200, None), SignInRequiredError, "zoho.http_200"),
        (Answer(200, {"access_token": 5}), SignInRequiredError, "zoho.http_200"),
    ],
)
def test_errors_come_with_any_status(answer: Answer, kind: type[Exception], code: str) -> None:
    with pytest.raises(kind) as told:
        parse_grant(answer, now=NOW)
    assert getattr(told.value, "code", "") == code


def test_waiting_is_told_where_tokens_ran_out() -> None:
    with pytest.raises(RateLimitedError) as told:
        parse_grant(Answer(200, {"error": "access_denied"}), now=NOW)
    assert told.value.after == 60.0
