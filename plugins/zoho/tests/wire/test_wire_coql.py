"""COQL: quoting holds against any text, criteria are paired, pages walk by id."""

from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.zoho.tests.making import rows

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import Value
from writeback_zoho.wire import coql
from writeback_zoho.wire.answers import Answer


def unquoted(text: str) -> str:
    """Read one literal the way a query language does: it ends at the first quote that stands alone."""
    assert text[0] == "'"
    at, found = 1, ""
    while not (text[at] == "'" and text[at + 1 : at + 2] != "'"):
        at += 2 if text[at] == "'" else 1
        found += text[at - 1]
    assert at == len(text) - 1, "something is left after the literal"
    return found


@given(st.text())
def test_no_text_gets_out_of_its_quotes(text: str) -> None:
    assert unquoted(coql.literal(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (Decimal("1E+2"), "100"),
        (date(2026, 1, 2), "'2026-01-02'"),
        (datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "'2026-01-02T03:04:05+00:00'"),
        ("O'Brien", "'O''Brien'"),
    ],
)
def test_values_are_written_by_their_type(value: Value, text: str) -> None:
    assert coql.literal(value) == text


@pytest.mark.parametrize("value", [None, ("a",)])
def test_nothing_and_a_list_are_no_literal(value: Value) -> None:
    with pytest.raises(ContractBrokenError):
        coql.literal(value)


def test_criteria_are_bracketed_in_pairs() -> None:
    assert coql.all_of([]) == ""
    assert coql.all_of(["a"]) == "a"
    assert coql.all_of(["a", "b", "c"]) == "((a and b) and c)"
    assert coql.all_of(["a", "b"], "or") == "(a or b)"


def test_a_query_always_has_a_where_and_walks_by_id() -> None:
    assert coql.select("Leads", ["id"], []) == (
        "select id from Leads where id is not null order by id asc limit 2000"
    )
    query = coql.select("Leads", ["id", "Owner.email"], ["(x = 1)", "b"], after="554", rows=7)
    assert query == (
        "select id, Owner.email from Leads where (((x = 1) and b) and id > 554) order by id asc limit 7"
    )


@pytest.mark.parametrize("name", ["a b", "Owner.", "a;b", "x'"])
def test_no_name_brings_words_of_its_own(name: str) -> None:
    with pytest.raises(ContractBrokenError):
        coql.select("Leads", [name], [])
    with pytest.raises(ContractBrokenError):
        coql.select(name, ["id"], [])


def test_a_typed_condition_stands_in_its_own_brackets() -> None:
    assert coql.typed(" a = 1 or b = 2 ") == ["(a = 1 or b = 2)"]
    assert coql.typed("  ") == []
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    assert coql.changed_since("Modified_Time", moment) == "Modified_Time >= '2026-01-02T00:00:00+00:00'"


def test_many_keys_are_asked_for_fifty_at_a_time() -> None:
    asked = list(coql.keys_in("Email", [str(number) for number in range(101)]))
    assert [text.count(",") for text in asked] == [49, 49, 0]
    assert asked[-1] == "Email in ('100')"


def test_a_body_is_json_and_half_a_character_is_not_sent() -> None:
    assert orjson.loads(coql.prepare("select 'ü'")) == {"select_query": "select 'ü'"}
    with pytest.raises(ContractBrokenError, match=r"zoho\.not_text"):
        coql.prepare("\ud800")


def test_pages_end_where_zoho_says_so() -> None:
    assert coql.parse(Answer(204)) == ([], None)
    assert coql.parse(rows({"id": "1"})) == ([{"id": "1"}], None)
    assert coql.parse(rows({"id": "1"}, {"id": 2}, more=True))[1] == "2"
    for broken in (rows(more=True), rows({"x": 1}, more=True), Answer(200, {}), Answer(200, None)):
        with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
            coql.parse(broken)
