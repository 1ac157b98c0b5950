"""Every refusal of Dataverse becomes one of our errors, by what to do next."""

import json
import tomllib

import pytest

from tests.architecture.trees import ROOT
from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
)
from writeback.runtime.sentences import sentence_of
from writeback_dynamics.errors import NAMES, Problem, error_for, our_code, problem_of


def body(code: str, message: str = "m") -> bytes:
    return json.dumps(
        {"error": {"code": code, "message": message, "innererror": {"stacktrace": "x"}}}
    ).encode()


@pytest.mark.parametrize(
    ("status", "content", "expected", "code"),
    [
        (401, b"", SignInRequiredError, "dynamics.http_401"),
        (403, body("0x80040220"), PermissionDeniedError, "dynamics.privilege_denied"),
        (404, body("0x8006088A"), InvalidRequestError, "dynamics.resource_not_found"),
        (404, body(""), InvalidRequestError, "dynamics.http_404"),
        (400, body("0x0"), InvalidRequestError, "dynamics.http_400"),
        (400, body("0x80060888"), InvalidRequestError, "dynamics.bad_query"),
        (400, body("<b>!"), InvalidRequestError, "dynamics.http_400"),
        (429, body("0x80072326"), RateLimitedError, "dynamics.concurrency_limit"),
        (429, b"", RateLimitedError, "dynamics.http_429"),
        (500, body("0x80044150"), ServerBusyError, "dynamics.sql_error"),
        (500, body("0x80044151"), ServerBusyError, "dynamics.sql_timeout"),
        (500, body("0x80040333"), InvalidRequestError, "dynamics.duplicate_records_found"),
        (501, body(""), InvalidRequestError, "dynamics.http_501"),
        (302, b"<html>", InvalidRequestError, "dynamics.http_302"),
    ],
)
def test_a_refusal_says_what_to_do_next(
    status: int, content: bytes, expected: type[ConnectorError], code: str
) -> None:
    for is_write in (True, False):
        error = error_for(status, content, is_write=is_write)
        assert type(error) is expected
        assert error.code == code


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("content", [body(""), body("0x80040216"), b"<html>down</html>", b"", b"\xff"])
def test_a_failing_server_leaves_a_write_open_and_a_read_free_to_repeat(status: int, content: bytes) -> None:
    assert type(error_for(status, content, is_write=True)) is OutcomeUnknownError
    assert type(error_for(status, content, is_write=False)) is ServerBusyError


@pytest.mark.parametrize(
    ("header", "after"), [("7", 7.0), ("0", None), ("-1", None), ("nan", None), ("soon", None), (None, None)]
)
def test_the_wait_is_the_servers_own(header: str | None, after: float | None) -> None:
    error = error_for(429, body("0x80072322"), is_write=True, retry_after=header)
    assert isinstance(error, RateLimitedError)
    assert error.after == after


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (body("0x80048D19"), Problem("0x80048d19", "m")),
        (body("0x80048d19").decode(), Problem("0x80048d19", "m")),
        ({"error": {"code": None, "message": None}}, Problem("", "")),
        ({"error": "invalid_grant"}, Problem("", "")),
        (b"[1]", Problem("", "")),
        (b"[broken", Problem("", "")),
        (None, Problem("", "")),
    ],
)
def test_errors_are_read_out_of_every_form_of_body(content: object, expected: Problem) -> None:
    assert problem_of(content) == expected


def test_known_codes_have_names_and_the_names_have_sentences() -> None:
    told = tomllib.loads((ROOT / "resources" / "help" / "errors.toml").read_text(encoding="utf-8"))[
        "dynamics"
    ]
    assert set(NAMES.values()) <= set(told)
    assert our_code(Problem("0x8004ffff", ""), status=400) == "dynamics.code_0x8004ffff"
    assert our_code(Problem("a" * 99, ""), status=400) == f"dynamics.code_{'a' * 40}"


def test_no_error_holds_a_whole_answer() -> None:
    assert len(str(error_for(400, body("0x80040265", "y" * 9000), is_write=False).facts["message"])) <= 300


@pytest.mark.parametrize(
    ("status", "vendor", "code"),
    [
        (500, "0x80040216", "dynamics.http_500"),
        (503, "0x80049999", "dynamics.http_503"),
        (504, "", "dynamics.http_504"),
        (521, "", "dynamics.http_500"),
        (429, "0x80049999", "dynamics.http_429"),
    ],
)
def test_a_server_that_is_away_is_never_told_as_a_refusal(status: int, vendor: str, code: str) -> None:
    for is_write in (True, False):
        error = error_for(status, body(vendor), is_write=is_write, retry_after="9")
        assert error.code == (code if status == 429 or not is_write else "dynamics.write_open")
        assert sentence_of(error.code).happened != sentence_of("dynamics.other").happened
        assert not isinstance(error, RetryableError) or error.after == 9.0
