"""Every refusal of HubSpot becomes one of our errors, by what to do next."""

import pytest

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
from writeback_hubspot.errors import Problem, error_for, our_code, problem_of

EMBEDDED = (
    'Property values were not valid: [{"isValid":false,"message":"X was not one of the allowed options",'
    '"error":"INVALID_OPTION","name":"industry","portalId":1}]'
)
DETAIL = {"message": "d", "code": "INVALID_OPTION", "context": {"propertyName": ["industry"]}}
ROLLING = {
    "message": "You have reached your ten_secondly_rolling limit.",
    "policyName": "TEN_SECONDLY_ROLLING",
}


@pytest.mark.parametrize(
    ("status", "content", "expected", "code"),
    [
        (
            400,
            {"category": "VALIDATION_ERROR", "message": EMBEDDED},
            InvalidRequestError,
            "hubspot.invalid_option",
        ),
        (400, b"Invalid input JSON", InvalidRequestError, "hubspot.http_400"),
        (401, {"category": "INVALID_AUTHENTICATION"}, SignInRequiredError, "hubspot.invalid_authentication"),
        (401, {"category": "EXPIRED_AUTHENTICATION"}, SignInRequiredError, "hubspot.expired_authentication"),
        (403, {"category": "MISSING_SCOPES"}, PermissionDeniedError, "hubspot.missing_scopes"),
        (404, {"category": "OBJECT_NOT_FOUND"}, InvalidRequestError, "hubspot.object_not_found"),
        (409, {"category": "CONFLICT"}, InvalidRequestError, "hubspot.conflict"),
        (414, b"<html>", InvalidRequestError, "hubspot.http_414"),
        (415, b"", InvalidRequestError, "hubspot.http_415"),
        (423, {"category": "LOCKED"}, ServerBusyError, "hubspot.locked"),
        (477, b"", ServerBusyError, "hubspot.migration"),
        (429, ROLLING, RateLimitedError, "hubspot.rate_limit"),
        (429, {"policyName": "DAILY"}, QuotaSpentError, "hubspot.daily_limit"),
        (429, {"message": "You have reached your daily limit."}, QuotaSpentError, "hubspot.daily_limit"),
    ],
)
def test_a_refusal_says_what_to_do_next(
    status: int, content: object, expected: type[ConnectorError], code: str
) -> None:
    for is_write in (True, False):
        error = error_for(status, content, is_write=is_write)
        assert (type(error), error.code) == (expected, code)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 521, 523, 524, 525, 526])
@pytest.mark.parametrize(
    "content", [{"message": "internal error"}, b"<html><h1>down</h1></html>", b"", b"\xff"]
)
def test_a_failing_server_leaves_a_write_open_and_a_read_free_to_repeat(status: int, content: object) -> None:
    assert type(error_for(status, content, is_write=True)) is OutcomeUnknownError
    assert type(error_for(status, content, is_write=False)) is ServerBusyError


@pytest.mark.parametrize(
    ("status", "content", "headers", "after"),
    [
        (429, ROLLING, {}, 10.0),
        (429, {"policyName": "SECONDLY"}, {}, 1.0),
        (429, {"message": "You have reached your secondly limit."}, {}, 1.0),
        (429, ROLLING, {"Retry-After": "3"}, 3.0),
        (429, ROLLING, {"Retry-After": "soon"}, 10.0),
        (423, {}, {}, 2.0),
        (423, {}, {"Retry-After": "5"}, 5.0),
        (477, {}, {"Retry-After": "60"}, 60.0),
        (477, {}, {}, None),
    ],
)
def test_a_wait_is_the_stated_one_or_that_of_the_window(
    status: int, content: object, headers: dict[str, str], after: float | None
) -> None:
    error = error_for(status, content, is_write=True, headers=headers)
    assert isinstance(error, RetryableError)
    assert error.after == after


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"category": "ABC", "message": "m"}, Problem("ABC", "m")),
        (b'{"category":"ABC","message":"m"}', Problem("ABC", "m")),
        ({"errorType": "RATE_LIMIT", "policyName": "DAILY"}, Problem("RATE_LIMIT", "", (), "DAILY")),
        ({"status": "BAD_REFRESH_TOKEN", "message": "m"}, Problem("BAD_REFRESH_TOKEN", "m")),
        ({"status": "error", "message": "m"}, Problem("", "m")),
        (
            {"category": "VAL", "message": EMBEDDED},
            Problem("INVALID_OPTION", "X was not one of the allowed options", ("industry",)),
        ),
        (
            {"category": "VAL", "message": "m", "errors": [DETAIL]},
            Problem("INVALID_OPTION", "d", ("industry",)),
        ),
        ({"category": "VAL", "message": "not valid: [broken"}, Problem("VAL", "not valid: [broken")),
        (
            {"category": "VAL", "message": "not valid: [1]", "errors": ["x", {}]},
            Problem("VAL", "not valid: [1]"),
        ),
        ({"category": 5, "message": None}, Problem("", "")),
        ({"category": "no code at all!"}, Problem("", "")),
        ("<html>", Problem("", "")),
        (b"\xff", Problem("", "")),
        (None, Problem("", "")),
        ([1], Problem("", "")),
    ],
)
def test_errors_are_read_out_of_every_form_of_body(content: object, expected: Problem) -> None:
    assert problem_of(content) == expected


def test_a_code_is_the_vendors_in_our_form() -> None:
    assert our_code("INVALID_OPTION", status=400) == "hubspot.invalid_option"
    assert our_code("", status=503) == "hubspot.http_503"


def test_no_error_holds_a_whole_answer_or_a_key() -> None:
    told = {"category": "X", "message": "Bearer abc.def pat-na1-123 " + "y" * 9000}
    for status in (400, 401, 403, 423, 429, 477, 500):
        text = str(error_for(status, told, is_write=True))
        assert "abc.def" not in text
        assert "na1-123" not in text
        assert len(text) < 500


@pytest.mark.parametrize("status", [423, 429, 477, 500, 502, 503, 504, 521])
def test_a_server_that_is_away_is_never_told_as_a_refusal(status: int) -> None:
    for told in ({"message": "m"}, {"message": "m", "category": "SOMETHING_NEW"}, b"<html>"):
        for is_write in (True, False):
            code = error_for(status, told, is_write=is_write).code
            assert sentence_of(code).happened != sentence_of("hubspot.other").happened
