"""Zoho's codes in our error tree: what to do next decides the class."""

import inspect
from typing import cast

import pytest
import requests
from plugins.zoho.tests.making import examples

from writeback.errors import (
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    QuotaSpentError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.runtime.sentences import sentence_of
from writeback_zoho.errors import VENDOR_ERRORS, Problem, error_for, our_code, parsed, problem_of, translate

FLAT = cast("list[dict[str, object]]", examples()["flat_errors"])
KINDS: dict[str, type[WritebackError]] = {
    "OAUTH_SCOPE_MISMATCH": PermissionDeniedError,
    "INVALID_TOKEN": SignInRequiredError,
    "NO_PERMISSION": PermissionDeniedError,
    "INTERNAL_ERROR": ServerBusyError,
    "TOKEN_BOUND_DATA_MISMATCH": RetryableError,
    "EXPIRED_VALUE": RetryableError,
}


@pytest.mark.parametrize("told", FLAT, ids=lambda told: str(told["body"]["code"]))
def test_every_flat_error_of_zohos_examples_has_its_class(told: dict[str, object]) -> None:
    body = cast("dict[str, str]", told["body"])
    error = error_for(cast("int", told["http"]), body, is_write=False)
    assert type(error) is KINDS.get(body["code"], InvalidRequestError)
    assert error.code == f"zoho.{body['code'].lower()}"
    assert body["message"] in str(error.facts["message"])


def test_a_limit_is_known_by_status_and_by_word() -> None:
    assert type(error_for(429, None, is_write=True)) is RateLimitedError
    assert type(error_for(400, {"code": "API_LIMIT_EXCEEDED"}, is_write=True)) is RateLimitedError
    spent = error_for(429, {"code": "TOO_MANY_REQUESTS"}, {"X-API-CREDITS-REMAINING": "0"}, is_write=True)
    assert type(spent) is QuotaSpentError


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_failed_leaves_a_write_open_and_a_read_to_be_repeated(status: int) -> None:
    assert type(error_for(status, None, is_write=True)) is OutcomeUnknownError
    assert type(error_for(status, None, is_write=False)) is ServerBusyError


@pytest.mark.parametrize("code", ["INVALID_TOKEN", "AUTHENTICATION_FAILURE", "INVALID_OAUTHTOKEN", ""])
def test_any_401_but_a_missing_scope_asks_to_sign_in(code: str) -> None:
    assert type(error_for(401, {"code": code}, is_write=True)) is SignInRequiredError


def test_bodies_that_say_nothing_are_named_by_their_status() -> None:
    assert our_code("", status=418) == "zoho.http_418"
    assert our_code("Access Denied", status=200) == "zoho.access_denied"
    assert problem_of("x") == Problem("", "")
    assert problem_of({"code": "A", "details": []}) == Problem("A", "")
    assert parsed(b"") is None
    assert parsed(b"<html>") is None


def test_details_that_help_are_told_and_long_lists_are_cut() -> None:
    told = {"supported_values": [f"v{n}" for n in range(30)], "api_name": "A", "json_path": "$.data[3].A"}
    problem = problem_of({"code": "INVALID_DATA", "message": "invalid data", "details": told})
    assert problem.message.startswith("invalid data (supported_values v0, v1")
    assert "v19" in problem.message
    assert "v20" not in problem.message
    assert (problem.fields, problem.place) == (("A",), 3)
    duplicate = {"duplicate_record": {"id": "554"}}
    assert problem_of({"code": "D", "message": "dup", "details": duplicate}).message == "dup (id 554)"


def test_no_exception_of_requests_gets_through() -> None:
    kinds = [
        kind
        for _name, kind in inspect.getmembers(requests.exceptions, inspect.isclass)
        if issubclass(kind, Exception)
        and kind.__module__.startswith("requests")
        and not issubclass(kind, Warning)
    ]
    assert len(kinds) > 15
    assert all(issubclass(kind, VENDOR_ERRORS) for kind in kinds)
    assert type(translate(requests.Timeout(), is_write=True)) is OutcomeUnknownError
    assert type(translate(requests.Timeout(), is_write=False)) is RetryableError


@pytest.mark.parametrize(
    ("status", "vendor", "code"),
    [
        (500, "INTERNAL_ERROR", "zoho.internal_error"),
        (503, "", "zoho.http_503"),
        (502, "SOMETHING_NEW", "zoho.http_502"),
        (521, "", "zoho.http_500"),
        (429, "", "zoho.http_429"),
        (429, "TOO_MANY_REQUESTS", "zoho.too_many_requests"),
        (400, "API_LIMIT_EXCEEDED", "zoho.api_limit_exceeded"),
    ],
)
def test_a_server_that_is_away_is_never_told_as_a_refusal(status: int, vendor: str, code: str) -> None:
    for is_write in (True, False):
        error = error_for(status, {"code": vendor}, is_write=is_write)
        assert error.code == (code if status < 500 or not is_write else "zoho.write_open")
        assert sentence_of(error.code).happened != sentence_of("zoho.other").happened
