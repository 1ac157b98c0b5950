"""Answers as values: what is not there, or is of another type, is told or left out."""

import pytest

from writeback.errors import InvalidRequestError
from writeback_zoho.wire.answers import Answer, member, members, number_of


def test_no_rows_and_nothing_changed_have_no_body() -> None:
    assert [Answer(status).is_empty for status in (200, 204, 304, 400)] == [False, True, True, False]


def test_the_objects_of_an_array_are_given_and_others_left_out() -> None:
    assert members({"data": [{"id": "1"}, "x", None]}, "data") == [{"id": "1"}]
    for content in (None, [], {}, {"data": None}, {"data": {}}):
        with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
            members(content, "data")


def test_an_object_inside_is_empty_where_there_is_none() -> None:
    assert member({"info": {"page": 1}}, "info") == {"page": 1}
    assert [member(told, "info") for told in (None, {}, {"info": []}, "x")] == [{}] * 4


@pytest.mark.parametrize(
    ("value", "number"), [(7, 7), ("7", 7), ("x", 0), ("٣", 0), (None, 0), (True, 0), (1.5, 0)]
)
def test_a_number_may_come_as_text(value: object, number: int) -> None:
    assert number_of({"n": value}, "n") == number
