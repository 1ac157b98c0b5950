"""Every refusal of Salesforce becomes one of our errors, by what to do next."""

import inspect

import pytest
import requests
from simple_salesforce import exceptions

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    QuotaSpentError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
)
from writeback.runtime.sentences import sentence_of
from writeback_salesforce.errors import VENDOR_ERRORS, Problem, error_for, our_code, problems_of, translate


def body(code: str, message: str = "m") -> list[dict[str, object]]:
    return [{"errorCode": code, "message": message, "fields": []}]


@pytest.mark.parametrize(
    ("status", "content", "expected", "code"),
    [
        (401, body("INVALID_SESSION_ID"), SignInRequiredError, "salesforce.invalid_session_id"),
        (403, body("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), QuotaSpentError, None),
        (
            403,
            body("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (…) Limit exceeded."),
            RateLimitedError,
            None,
        ),
        (400, body("ExceededQuota"), QuotaSpentError, "salesforce.exceededquota"),
        (429, "", RateLimitedError, "salesforce.http_429"),
        (403, body("API_DISABLED_FOR_ORG"), PermissionDeniedError, "salesforce.api_disabled_for_org"),
        (404, body("NOT_FOUND"), InvalidRequestError, "salesforce.not_found"),
        (400, body("INVALID_QUERY_LOCATOR"), RetryableError, "salesforce.invalid_query_locator"),
        (410, body("UNSUPPORTED_API_VERSION"), InvalidRequestError, None),
        (
            400,
            {"error": "invalid_grant", "error_description": "d"},
            InvalidRequestError,
            "salesforce.invalid_grant",
        ),
        (302, "<html>", InvalidRequestError, "salesforce.http_302"),
    ],
)
def test_a_refusal_says_what_to_do_next(
    status: int, content: object, expected: type[ConnectorError], code: str | None
) -> None:
    for is_write in (True, False):
        error = error_for(status, content, is_write=is_write)
        assert type(error) is expected
        assert code is None or error.code == code


@pytest.mark.parametrize("status", [420, 500, 502, 503])
@pytest.mark.parametrize("content", [body("SERVER_UNAVAILABLE"), "<html><h1>down</h1></html>", "", b"\xff"])
def test_a_failing_server_leaves_a_write_open_and_a_read_free_to_repeat(status: int, content: object) -> None:
    assert type(error_for(status, content, is_write=True)) is OutcomeUnknownError
    assert type(error_for(status, content, is_write=False)) is ServerBusyError


def test_every_exception_of_the_library_is_translated_and_none_keeps_its_address() -> None:
    raised: list[Exception] = []
    for _name, kind in inspect.getmembers(exceptions, inspect.isclass):
        if not issubclass(kind, Exception) or kind.__module__ != exceptions.__name__:
            continue
        if issubclass(kind, exceptions.SalesforceAuthenticationFailed):
            raised.append(kind("code", "secret?"))
        elif issubclass(kind, exceptions.SalesforceError):
            raised.append(kind("https://x.my.salesforce.com/secret?", 400, "n", b"[]"))
        else:
            raised.append(kind("secret?"))
    raised += [requests.ConnectionError("secret?"), requests.exceptions.JSONDecodeError("secret?", "", 0)]
    assert len(raised) >= 10
    for error in raised:
        assert isinstance(error, VENDOR_ERRORS)
        for is_write in (True, False):
            ours = translate(error, is_write=is_write)
            assert isinstance(ours, ConnectorError)
            assert "secret" not in str(ours)


def test_an_unreadable_answer_leaves_a_write_open() -> None:
    error = requests.exceptions.JSONDecodeError("no json", "", 0)
    assert type(translate(error, is_write=True)) is OutcomeUnknownError
    assert type(translate(error, is_write=False)) is RetryableError


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (body("A"), (Problem("A", "m"),)),
        ([{"statusCode": "B", "message": "m", "fields": ["F"]}], (Problem("B", "m", ("F",)),)),
        ({"error": "C", "error_description": "d"}, (Problem("C", "d"),)),
        (b'[{"errorCode":"D","message":"m"}]', (Problem("D", "m"),)),
        ("<html>", ()),
        ("[broken", ()),
        ("", ()),
        (None, ()),
        (["text"], ()),
    ],
)
def test_errors_are_read_out_of_every_form_of_body(content: object, expected: tuple[Problem, ...]) -> None:
    assert problems_of(content) == expected


def test_a_code_is_the_vendors_in_our_form() -> None:
    assert our_code("UNABLE_TO_LOCK_ROW", status=400) == "salesforce.unable_to_lock_row"
    assert our_code("", status=503) == "salesforce.http_503"


def test_no_error_holds_a_whole_answer() -> None:
    assert len(str(error_for(400, body("X", "y" * 9000), is_write=False).facts["message"])) <= 300


@pytest.mark.parametrize("status", [420, 429, 500, 502, 503, 504, 521])
@pytest.mark.parametrize("content", [body("UNKNOWN_EXCEPTION"), body("SOMETHING_NEW"), "<html>"])
def test_a_server_that_is_away_is_never_told_as_a_refusal(status: int, content: object) -> None:
    for is_write in (True, False):
        code = error_for(status, content, is_write=is_write).code
        assert sentence_of(code).happened != sentence_of("salesforce.other").happened
