"""From stored credentials to a token, and by browser, against the simulated issuer."""

from collections import abc
from datetime import UTC, datetime
from typing import cast

import pytest
import requests
from plugins.hubspot.tests.talking import Talk, talking

from writeback.errors import (
    ConfigurationError,
    LinkLostError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.sdk.connector import Access, Http
from writeback.sdk.signing_in import attempts, flows
from writeback_hubspot.connector import HubSpotConnector
from writeback_hubspot.session import HubSpotSession

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def credentials(talk: Talk) -> dict[str, str]:
    return dict(talk.running.credentials)


def grant(talk: Talk, given: abc.Mapping[str, str]) -> str:
    return HubSpotConnector().grant(given, http=cast("Http", talk.http), now=NOW).access_token


def session_with(talk: Talk, token: str) -> HubSpotSession:
    access = talk.access
    return HubSpotSession(
        Access(access.origin, access.http, lambda: token, lambda _stale: token, {}, access.now),
        sleep=talk.clock.sleep,
        monotonic=talk.clock.monotonic,
    )


def test_a_service_key_is_taken_as_it_is(talk: Talk) -> None:
    assert grant(talk, {"token": talk.running.token}) == talk.running.token
    assert talk.exchanges == []


def test_own_credentials_give_a_token_that_reads(talk: Talk) -> None:
    token = grant(talk, credentials(talk))
    assert session_with(talk, token).count("companies") == 30
    (exchange, *_rest) = talk.exchanges
    assert exchange.url == f"{talk.running.url}/oauth/2026-03/token"
    shown = exchange.request_body + str(exchange.request_headers) + exchange.response_body
    assert not any(value in shown for name, value in credentials(talk).items() if name != "client_id")
    assert token not in shown


def test_a_rotated_refresh_token_is_handed_back_to_be_kept() -> None:
    with talking(1, switches={"rotate_refresh_tokens": "on"}) as talk:
        given = credentials(talk)
        first = HubSpotConnector().grant(given, http=cast("Http", talk.http), now=NOW)
        assert first.kept["refresh_token"] != given["refresh_token"]
        assert grant(talk, {**given, **first.kept})
        with pytest.raises(SignInRequiredError):
            grant(talk, given)


@pytest.mark.parametrize("words", ["status", "oauth"])
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"refresh_token": "nobody-knows"}, SignInRequiredError),
        ({"client_id": ""}, ConfigurationError),
    ],
)
def test_what_the_issuer_refuses_asks_for_a_sign_in(
    words: str, wrong: dict[str, str], error: type[WritebackError]
) -> None:
    with talking(1, switches={"token_errors": words}) as talk, pytest.raises(error):
        grant(talk, {**credentials(talk), **wrong})


@pytest.mark.parametrize(
    ("fault", "facts", "error"),
    [("cut_after", {}, LinkLostError), ("status", {"status": 503}, ServerBusyError)],
)
def test_a_lost_refresh_may_be_tried_again(
    talk: Talk, fault: str, facts: dict[str, object], error: type[WritebackError]
) -> None:
    talk.fault(fault, path="/token", **facts)
    with pytest.raises(error):
        grant(talk, credentials(talk))
    assert grant(talk, credentials(talk))


def test_a_browser_sign_in_exchanges_its_code_with_the_secret(talk: Talk) -> None:
    given = credentials(talk)
    app = HubSpotConnector().oauth_app({"client_id": given["client_id"]})
    attempt = attempts.begin(app, port=app.redirect_ports[0])
    page = attempt.url.replace("https://app.hubspot.com", talk.running.url)
    answer = requests.get(page, allow_redirects=False, timeout=20)
    tokens = flows.finish(
        attempt, answer.headers["Location"], http=talk.http, client_secret=given["client_secret"]
    )
    assert session_with(talk, tokens.access_token).count("companies") == 30
    assert tokens.refresh_token
