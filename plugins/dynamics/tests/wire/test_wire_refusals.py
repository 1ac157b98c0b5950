"""What an answer about one row means: decided by status first, then code, never by a text."""

import json

import pytest
from plugins.dynamics.tests.making import request, write

from writeback.errors import (
    ConnectorError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Route
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.records import parse_update
from writeback_dynamics.wire.refusals import part_result, row_result, unknown


def refusal(status: int, code: str = "", message: str = "m", **headers: str) -> Answer:
    told = {"error": {"code": code, "message": message}}
    return Answer(status, json.dumps(told).encode(), {k.replace("_", "-"): v for k, v in headers.items()})


def test_success_is_applied_and_tells_the_version_where_it_can() -> None:
    done = row_result("k", Answer(204, b"", {"etag": 'W/"6"'}), is_conditional=True)
    assert (done.outcome, done.version) == (Outcome.APPLIED, 'W/"6"')
    assert row_result("k", Answer(204), is_conditional=True).version is None


@pytest.mark.parametrize("code", ["0x80060882", "", "0x0"])
def test_a_stale_version_is_a_conflict_whatever_its_code(code: str) -> None:
    result = row_result("k", refusal(412, code), is_conditional=True)
    assert result.outcome is Outcome.CONFLICT
    assert row_result("k", refusal(412, code), is_conditional=False).outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("status", "code", "ours"),
    [
        (412, "0x80040237", "dynamics.duplicate_record"),
        (412, "0x80060892", "dynamics.duplicate_record_entity_key"),
        (412, "0x80040333", "dynamics.duplicate_records_found"),
        (500, "0x80040333", "dynamics.duplicate_records_found"),
        (404, "0x80040217", "dynamics.object_does_not_exist"),
        (404, "", "dynamics.http_404"),
        (400, "0x80044331", "dynamics.string_length_too_long"),
        (400, "0x8004431A", "dynamics.picklist_value_out_of_range"),
        (400, "0x80048d19", "dynamics.bad_payload"),
        (400, "0x0", "dynamics.http_400"),
        (400, "0x80048408", "dynamics.invalid_state_code_status_code"),
        (400, "0x80040265", "dynamics.plugin_aborted"),
        (400, "0x8004ffff", "dynamics.code_0x8004ffff"),
        (403, "0x80048306", "dynamics.access_denied"),
        (405, "0x80040203", "dynamics.code_0x80040203"),
        (501, "", "dynamics.http_501"),
    ],
)
def test_a_refused_row_is_rejected_in_the_vendors_words(status: int, code: str, ours: str) -> None:
    result = row_result("k", refusal(status, code, "Words."), is_conditional=True)
    assert (result.outcome, result.code, result.message) == (Outcome.REJECTED, ours, "Words.")
    assert not result.again


@pytest.mark.parametrize("code", ["0x80044150", "0x80044151"])
def test_a_row_that_was_rolled_back_may_go_again(code: str) -> None:
    result = row_result("k", refusal(500, code), is_conditional=False)
    assert (result.outcome, result.again) == (Outcome.REJECTED, True)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(429, "0x80072322", retry_after="7"), RateLimitedError),
        (refusal(401), SignInRequiredError),
        (refusal(500), OutcomeUnknownError),
        (refusal(503), OutcomeUnknownError),
        (Answer(502, b"<html>"), OutcomeUnknownError),
    ],
)
def test_what_is_not_about_the_row_is_raised_and_inside_a_batch_concerns_one_row(
    answer: Answer, error: type[ConnectorError]
) -> None:
    with pytest.raises(error) as caught:
        row_result("k", answer, is_conditional=False)
    part = part_result("k", answer, is_conditional=False)
    assert part.code == caught.value.code
    expected = {
        RateLimitedError: (Outcome.REJECTED, True),
        SignInRequiredError: (Outcome.REJECTED, False),
        OutcomeUnknownError: (Outcome.UNKNOWN, False),
    }
    assert (part.outcome, part.again) == expected[error]
    if isinstance(caught.value, RateLimitedError):
        assert caught.value.after == 7.0


def test_a_part_with_a_result_of_its_own_is_that_result() -> None:
    assert part_result("k", refusal(412), is_conditional=True).outcome is Outcome.CONFLICT
    assert unknown("k", "dynamics.answer_incomplete").outcome is Outcome.UNKNOWN
    assert not issubclass(PermissionDeniedError, SignInRequiredError)


def test_the_single_write_has_the_result_of_the_answer() -> None:
    asked = request(write(7, name="x"), route=Route.SINGLE, is_conditional=True)
    (result,) = parse_update(refusal(412), asked).results
    assert (result.key, result.outcome) == ("key7", Outcome.CONFLICT)
