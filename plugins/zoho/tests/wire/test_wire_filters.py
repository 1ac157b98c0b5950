"""Neutral filters become COQL, or are refused: never something else than was meant."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.zoho.tests.making import described

from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator, Some
from writeback.model.types import Value
from writeback_zoho.wire.filters import compile_filter

O = Operator  # noqa: E741  short, as the tables below are wide


def compiled(condition: Filter, module: str = "Contacts") -> str:
    return compile_filter(described(module).info, condition, describe=lambda name: described(name).info)


def one(path: str, operator: Operator, *values: Value) -> Comparison:
    return Comparison(FieldPath.parse(path), operator, values)


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (one("last_name", O.EQUALS, "O'Brien"), "Last_Name = 'O''Brien'"),
        (one("Last_Name", O.DIFFERS, "x"), "(Last_Name != 'x' or Last_Name is null)"),
        (one("Born", O.LESS, date(2000, 1, 1)), "Born < '2000-01-01'"),
        (one("Born", O.AT_MOST, date(2000, 1, 1)), "Born <= '2000-01-01'"),
        (
            one("Modified_Time", O.GREATER, datetime(2026, 1, 1, tzinfo=UTC)),
            "Modified_Time > '2026-01-01T00:00:00+00:00'",
        ),
        (one("Account_Name.Employees", O.AT_LEAST, 5), "Account_Name.Employees >= 5"),
        (one("Account_Name.Annual_Revenue", O.GREATER, Decimal("1.5")), "Account_Name.Annual_Revenue > 1.5"),
        (one("Owner.email", O.EQUALS, "a@b.example"), "Owner.email = 'a@b.example'"),
        (one("Owner", O.EQUALS, "554"), "Owner = '554'"),
        (one("Opt_Out", O.EQUALS, True), "Opt_Out = true"),
        (one("Email", O.ONE_OF, "a", "b"), "Email in ('a', 'b')"),
        (one("Email", O.NONE_OF, "a"), "(Email not in ('a') or Email is null)"),
        (one("Email", O.CONTAINS, "x_y"), "Email like '%x_y%'"),
        (one("Email", O.STARTS_WITH, "x"), "Email like 'x%'"),
        (one("Interests", O.IS_BLANK), "Interests is null"),
        (one("Interests", O.IS_FILLED), "Interests is not null"),
        (
            Every((one("Email", O.IS_BLANK), one("Born", O.IS_BLANK), one("Owner", O.IS_FILLED))),
            "((Email is null and Born is null) and Owner is not null)",
        ),
        (
            Some((one("Email", O.IS_BLANK), Every((one("Born", O.IS_BLANK),)))),
            "(Email is null or Born is null)",
        ),
    ],
)
def test_a_condition_in_coql(condition: Filter, text: str) -> None:
    assert compiled(condition) == text


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (one("Nope", O.IS_BLANK), "unknown_path"),
        (one("Nope.x", O.IS_BLANK), "unknown_path"),
        (one("Account_Name.Parent_Account.Nope", O.IS_BLANK), "unknown_path"),
        (one("Account_Name.Owner.email.x", O.IS_BLANK), "unknown_path"),
        (one("Interests", O.EQUALS, "a"), "not_expressible"),
        (one("Account_Name.Description", O.CONTAINS, "a"), "not_expressible"),
        (one("Account_Name.Description", O.IS_BLANK), "not_expressible"),
        (one("Opt_Out", O.LESS, True), "not_expressible"),
        (one("Opt_Out", O.ONE_OF, True), "not_expressible"),
        (one("Opt_Out", O.DIFFERS, True), "not_expressible"),
        (one("Opt_Out", O.IS_BLANK), "not_expressible"),
        (one("Last_Name", O.LESS, "a"), "not_expressible"),
        (one("Born", O.CONTAINS, "a"), "not_expressible"),
        (one("Account_Name", O.CONTAINS, "a"), "not_expressible"),
        (one("Email", O.CONTAINS, "50%"), "not_expressible"),
        (one("Email", O.CONTAINS, ""), "not_expressible"),
        (one("Email", O.EQUALS, "a", "b"), "not_expressible"),
        (one("Email", O.EQUALS), "not_expressible"),
        (one("Email", O.ONE_OF), "not_expressible"),
        (one("Email", O.EQUALS, None), "bad_value"),
        (one("Email", O.EQUALS, 5), "bad_value"),
        (one("Born", O.EQUALS, "2000-01-01"), "bad_value"),
        (one("Born", O.EQUALS, datetime(2026, 1, 1, tzinfo=UTC)), "bad_value"),
        (one("Modified_Time", O.EQUALS, datetime(2026, 1, 1)), "bad_value"),  # noqa: DTZ001  that is the point
        (one("Account_Name.Employees", O.EQUALS, True), "bad_value"),
        (one("Opt_Out", O.EQUALS, "true"), "bad_value"),
        (Every(()), "empty"),
        (Some(tuple(one("Email", O.IS_BLANK) for _ in range(26))), "too_long"),
    ],
)
def test_what_coql_cannot_say_is_refused(condition: Filter, code: str) -> None:
    with pytest.raises(MappingError, match=rf"filter\.{code}"):
        compiled(condition)


def test_a_long_list_is_cut_where_coql_ends_it() -> None:
    text = compiled(one("Email", O.ONE_OF, *(str(number) for number in range(51))))
    assert text.count(" in (") == 2
    assert " or " in text
    assert " and " in compiled(one("Email", O.NONE_OF, *(str(number) for number in range(51))))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_value_changes_the_structure(text: str) -> None:
    found = compiled(one("Email", O.EQUALS, text))
    assert found == "Email = '" + text.replace("'", "''") + "'"
