"""Stored credentials: a key is the token; OAuth's own refusals are read; nothing secret is shown."""

from datetime import UTC, datetime, timedelta

import pytest
from plugins.hubspot.tests.making import answer

from writeback.errors import (
    ConfigurationError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback_hubspot.wire import tokens

NOW = datetime(2026, 11, 2, tzinfo=UTC)
FULL = {"client_id": "id-1", "client_secret": "hush", "refresh_token": "r-1"}


def test_a_key_is_the_token_and_needs_no_call() -> None:
    found = tokens.ready_grant({"token": "pat-1"})
    assert found is not None
    assert (found.access_token, found.origin, found.expires_at) == ("pat-1", "https://api.hubapi.com", None)
    assert "pat-1" not in repr(found)


def test_oauth_needs_all_three_and_sends_them_as_a_form() -> None:
    assert tokens.ready_grant(FULL) is None
    assert tokens.prepare_refresh(FULL) == {"grant_type": "refresh_token", **FULL}
    for name in FULL:
        with pytest.raises(ConfigurationError) as caught:
            tokens.ready_grant({**FULL, name: ""})
        assert name in str(caught.value.facts["name"])


@pytest.mark.parametrize("given", [{"token": "a b"}, {"token": "é"}, {**FULL, "client_secret": "hu\nsh"}])
def test_what_no_credential_holds_is_refused_without_showing_it(given: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        tokens.ready_grant(given)
    assert all(value not in str(caught.value) for value in given.values())


@pytest.mark.parametrize(
    ("more", "life", "kept"),
    [
        ({"expires_in": 60}, 60, {}),
        ({"expires_in": 60, "refresh_token": "r-1"}, 60, {}),
        ({"expires_in": 60, "refresh_token": "r-2"}, 60, {"refresh_token": "r-2"}),
        ({}, 1800, {}),
        ({"expires_in": True}, 1800, {}),
    ],
)
def test_a_grant_tells_its_end_and_a_rotated_refresh_token(
    more: dict[str, object], life: int, kept: dict[str, str]
) -> None:
    found = tokens.parse_refresh(answer({"access_token": "a-1", **more}), FULL, now=NOW)
    assert (found.access_token, found.expires_at, found.kept) == ("a-1", NOW + timedelta(seconds=life), kept)
    assert not {"a-1", "r-2"} & set(repr(found).split("'"))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"status": "BAD_REFRESH_TOKEN", "message": "no"}, SignInRequiredError),
        (400, {"status": "BAD_CLIENT_ID", "message": "no"}, ConfigurationError),
        (400, {"status": "BAD_CLIENT_SECRET", "message": "no"}, ConfigurationError),
        (401, {"error": "invalid_grant"}, SignInRequiredError),
        (403, b"<html>", SignInRequiredError),
        (429, {}, RateLimitedError),
        (502, b"<html>", ServerBusyError),
        (200, b"<html>", RetryableError),
        (200, {"status": "BAD_REFRESH_TOKEN"}, RetryableError),
    ],
)
def test_a_refused_refresh_says_what_to_do(status: int, body: object, error: type[WritebackError]) -> None:
    with pytest.raises(error) as caught:
        tokens.parse_refresh(answer(body, status), FULL, now=NOW)
    assert not any(secret in str(caught.value) for secret in ("hush", "r-1"))


def test_a_client_id_has_no_blanks() -> None:
    assert tokens.check_client_id({"client_id": " abc "}) == "abc"
    for given in ({}, {"client_id": "a b"}, {"client_id": "é"}):
        with pytest.raises(ConfigurationError):
            tokens.check_client_id(given)
