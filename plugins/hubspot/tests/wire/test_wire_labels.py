"""Labels of pairs: each change is told by its own pair, though one contact stands in several."""

from typing import Any

import orjson
import pytest

from writeback.model.jobs import Outcome, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_hubspot.wire.answers import Answer
from writeback_hubspot.wire.memberships import LABELS, MEMBERSHIPS, parse_labels

PROBLEM = {"category": "VALIDATION_ERROR", "message": "no", "context": {"fromObjectId": ["1"]}}


def request(*, ends: bool) -> WriteRequest:
    held, wished = (("5", "7"), ("7",)) if ends else (("5",), ("5", "7"))
    writes = tuple(
        Write(key, key, None, (FieldWish(LABELS, AttributeType.MULTI_LIST, wished, held),))
        for key in ("1-10", "1-20", "2-10")
    )
    return WriteRequest(MEMBERSHIPS, writes, Route.BATCH, is_conditional=False)


def outcomes(told: Any, *, ends: bool) -> list[Outcome]:
    answer = Answer(207, orjson.dumps(told))
    return [one.outcome for one in parse_labels(answer, request(ends=ends)).results]


def test_what_was_added_is_applied_though_the_contact_is_named_in_a_problem() -> None:
    made = [{"fromObjectId": 1, "toObjectId": 10}, {"fromObjectId": 2, "toObjectId": 10}]
    told = {"results": made, "errors": [PROBLEM]}
    assert outcomes(told, ends=False) == [Outcome.APPLIED, Outcome.UNKNOWN, Outcome.APPLIED]


@pytest.mark.parametrize(
    ("contact", "wanted"),
    [
        ("1", [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.UNKNOWN]),
        ("2", [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.REJECTED]),
    ],
)
def test_of_what_was_taken_away_a_problem_tells_only_of_its_own_pair(
    contact: str, wanted: list[Outcome]
) -> None:
    problem = {**PROBLEM, "context": {"fromObjectId": [contact]}}
    assert outcomes({"errors": [problem]}, ends=True) == wanted
