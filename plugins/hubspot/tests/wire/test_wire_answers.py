"""Reading bodies: rows, cursors, and what is no JSON."""

import pytest
from plugins.hubspot.tests.making import answer

from writeback.errors import InvalidRequestError
from writeback_hubspot.wire.answers import dicts, next_after, read_json, read_object, results_of


def test_a_body_that_is_no_object_is_refused_when_read_and_nothing_when_written() -> None:
    for content in (b"", b"<html>", b"[1]", b"\xff"):
        assert read_object(answer(content)) is None
        with pytest.raises(InvalidRequestError):
            read_json(answer(content))
    assert read_json(answer({"a": 1})) == {"a": 1}


def test_rows_are_the_objects_of_results() -> None:
    assert results_of({"results": [{"id": "1"}, "x", None]}) == [{"id": "1"}]
    assert dicts("x") == []
    with pytest.raises(InvalidRequestError):
        results_of({})


@pytest.mark.parametrize(
    ("body", "cursor"),
    [
        ({}, None),
        ({"paging": None}, None),
        ({"paging": {"prev": {}}}, None),
        ({"paging": {"next": {"after": "200", "link": "?"}}}, "200"),
        ({"paging": {"next": {"after": 200}}}, "200"),
    ],
)
def test_the_cursor_is_absent_on_the_last_page(body: dict[str, object], cursor: str | None) -> None:
    assert next_after(body) == cursor
