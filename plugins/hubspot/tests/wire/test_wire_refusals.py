"""What a refused row means: for good, again, or not about the row at all."""

import pytest
from plugins.hubspot.tests.making import answer

from writeback.errors import ConnectorError, OutcomeUnknownError, PermissionDeniedError, RateLimitedError
from writeback.model.jobs import Outcome
from writeback_hubspot.errors import Problem
from writeback_hubspot.wire import refusals


@pytest.mark.parametrize(
    ("status", "category", "code"),
    [
        (400, "VALIDATION_ERROR", "validation_error"),
        (404, "OBJECT_NOT_FOUND", "object_not_found"),
        (409, "CONFLICT", "conflict"),
    ],
)
def test_a_refusal_of_the_row_is_a_result_in_hubspots_words(status: int, category: str, code: str) -> None:
    found = refusals.row_refusal("k", answer({"category": category, "message": "no"}, status))
    assert (found.key, found.outcome, found.code, found.message) == (
        "k",
        Outcome.REJECTED,
        f"hubspot.{code}",
        "no",
    )
    assert not found.again


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, PermissionDeniedError),
        (429, RateLimitedError),
        (500, OutcomeUnknownError),
        (502, OutcomeUnknownError),
    ],
)
def test_a_refusal_of_the_call_is_an_error(status: int, error: type[ConnectorError]) -> None:
    with pytest.raises(error):
        refusals.row_refusal("k", answer({}, status))


def test_a_row_that_was_not_processed_may_be_sent_again() -> None:
    assert refusals.refused("k", Problem("RATE_LIMITS", "m")).again
    assert refusals.refused("k", Problem("", "m"), status=409).code == "hubspot.http_409"
    assert refusals.unknown("k", "hubspot.answer_incomplete").outcome is Outcome.UNKNOWN
