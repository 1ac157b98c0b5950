"""One function quotes for OData: nothing that a value holds ends the literal it stands in."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError
from writeback.model.types import AttributeType, Value
from writeback_dynamics.wire.literals import address, api_name, guid_of, literal, quoted, row_id, wire_moment

A = AttributeType
GUID = "0f0f0f0f-0000-4000-8000-00000000000a"
texts = st.text(st.characters(exclude_categories=["Cs"]))


def read_string(filter_text: str) -> str:
    """Read the one string literal of `name eq '…'` as a server would."""
    assert filter_text.startswith("name eq '")
    body = filter_text.removeprefix("name eq '")
    read, place = "", 0
    while body[place] != "'" or body[place : place + 2] == "''":
        read += body[place]
        place += 2 if body[place] == "'" else 1
    assert place == len(body) - 1, "something stands after the literal"
    return read


@given(texts)
@example("O'Brien")
@example("' or 1 eq 1 or name eq '")
@example("a&$top=1#x/y?z;%27+")
def test_text_in_an_address_is_read_back_as_it_was(text: str) -> None:
    parts = urlsplit("https://org/" + address("accounts", {"filter": f"name eq {quoted(text)}", "top": "3"}))
    assert parts.fragment == ""
    (first, second) = parts.query.split("&")
    assert second == "$top=3"
    name, _, value = first.partition("=")
    assert (name, read_string(unquote(value))) == ("$filter", text)
    assert parts.query.isascii()


def test_a_slash_joins_hops_outside_of_text_and_is_a_character_inside() -> None:
    made = address("accounts", {"filter": "primarycontactid/fullname eq 'a/b?c;d'"})
    assert made == "accounts?$filter=primarycontactid/fullname%20eq%20'a%2Fb%3Fc%3Bd'"


def test_options_that_are_blank_are_left_out() -> None:
    assert address("accounts", {"select": "", "filter": ""}) == "accounts"


def test_half_a_character_has_no_literal_and_no_address() -> None:
    assert quoted("\ud800") is None
    assert literal("\ud800", A.TEXT) is None
    with pytest.raises(ContractBrokenError, match=r"dynamics\.not_text"):
        address("accounts", {"filter": "name eq '\ud800'"})


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (A.TEXT, None, "null"),
        (A.TEXT, "x", "'x'"),
        (A.TEXT, 5, None),
        (A.EMAIL, "o'b@x.example", "'o''b@x.example'"),
        (A.BOOLEAN, True, "true"),
        (A.BOOLEAN, " False ", "false"),
        (A.BOOLEAN, "yes", None),
        (A.BOOLEAN, 1, None),
        (A.INTEGER, 5, "5"),
        (A.INTEGER, " -7 ", "-7"),
        (A.INTEGER, "5.0", None),
        (A.INTEGER, True, None),
        (A.LIST, "7", "7"),
        (A.LIST, "7 or 1 eq 1", None),
        (A.LIST, "٣", None),
        (A.NUMBER, Decimal("1E+3"), "1000"),
        (A.CURRENCY, "5.50", "5.50"),
        (A.CURRENCY, 5, "5"),
        (A.NUMBER, "NaN", None),
        (A.NUMBER, "1e999", None),
        (A.NUMBER, "x", None),
        (A.NUMBER, True, None),
        (A.DATE, date(2026, 1, 2), "2026-01-02"),
        (A.DATE, "2026-01-02", "2026-01-02"),
        (A.DATE, "2.1.2026", None),
        (A.DATE, 5, None),
        (A.DATE, datetime(2026, 1, 2, tzinfo=UTC), None),
        (
            A.DATETIME,
            datetime(2026, 1, 2, 12, tzinfo=timezone(timedelta(hours=2))),
            "2026-01-02T10:00:00Z",
        ),
        (A.DATETIME, "2026-01-02T10:00:00+00:00", "2026-01-02T10:00:00Z"),
        (A.DATETIME, "2026-01-02T10:00:00", None),
        (A.DATETIME, "noon", None),
        (A.DATETIME, date(2026, 1, 2), None),
    ],
)
def test_a_value_is_a_literal_of_its_columns_type_or_none(
    kind: AttributeType, value: Value, expected: str | None
) -> None:
    assert literal(value, kind) == expected


def test_an_id_stands_bare_and_is_nothing_but_an_id() -> None:
    assert literal("{" + GUID.upper() + "}", A.TEXT, is_guid=True) == GUID
    assert literal("x", A.TEXT, is_guid=True) is None
    assert literal(5, A.TEXT, is_guid=True) is None
    assert guid_of(f" {GUID} ") == GUID
    assert row_id(GUID.upper()) == GUID
    with pytest.raises(ContractBrokenError, match=r"dynamics\.bad_id"):
        row_id(f"{GUID})/name")


@pytest.mark.parametrize("name", ["", "a b", "a/b", "a'b", "1a", "ä", "x" * 200])
def test_a_name_is_letters_digits_and_underscores(name: str) -> None:
    with pytest.raises(ContractBrokenError, match=r"dynamics\.bad_name"):
        api_name(name)


def test_a_moment_has_z_and_never_an_offset_too() -> None:
    assert api_name("new_Parent") == "new_Parent"
    assert wire_moment(datetime(2026, 1, 2, 3, 4, 5, 600000, tzinfo=UTC)) == "2026-01-02T03:04:05.600000Z"
