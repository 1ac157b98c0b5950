"""The codec is a law: what is written and read back is the same, for every type."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback_dynamics.wire.columns import KINDS
from writeback_dynamics.wire.values import decode_json, encode_json, same_value

A = AttributeType
GUID = "0f0f0f0f-0000-4000-8000-00000000000a"
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
choices = st.integers(-1, 999_999_999).map(str)
VALUES: dict[AttributeType, st.SearchStrategy[Value]] = {
    A.BOOLEAN: st.booleans(),
    A.INTEGER: st.integers(-(2**63), 2**63 - 1),
    A.NPS: st.integers(0, 10),
    A.CSAT: st.integers(0, 10),
    A.NUMBER: decimals,
    A.CURRENCY: decimals,
    A.DATE: st.dates(),
    A.DATETIME: st.datetimes(timezones=st.just(UTC)),
    A.LIST: choices,
    A.LIFECYCLE: choices,
    A.MULTI_LIST: st.lists(choices, min_size=1, max_size=150, unique=True).map(tuple),
}
cases = st.sampled_from(list(A)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES.get(kind, texts)))


@given(cases)
@example((A.CURRENCY, Decimal("90071992547409930.1")))
@example((A.TEXT, "a\0b\r\n😀"))
def test_what_is_written_and_read_back_is_the_same_value(case: tuple[AttributeType, Wish]) -> None:
    kind, wish = case
    wire = orjson.dumps({"v": encode_json(kind, wish)})
    back = decode_json(json.loads(wire, parse_float=Decimal)["v"], kind)
    assert back == wish
    assert type(back) is type(wish)


def test_every_type_that_is_carried_has_a_law_to_obey() -> None:
    assert set(KINDS.values()) <= set(A)


@pytest.mark.parametrize(
    ("kind", "wish"),
    [(A.TEXT, CLEAR), (A.TEXT, ""), (A.MULTI_LIST, ()), (A.LIST, ""), (A.DATE, CLEAR)],
)
def test_blank_and_clear_travel_as_null(kind: AttributeType, wish: Wish) -> None:
    assert encode_json(kind, wish) is None


def test_choices_are_integers_on_the_wire_and_several_are_one_string() -> None:
    assert encode_json(A.LIST, "7") == 7
    assert encode_json(A.MULTI_LIST, ("1", "9")) == "1,9"
    assert decode_json(7, A.LIST) == "7"
    assert decode_json("1, 9", A.MULTI_LIST) == ("1", "9")
    assert decode_json(9, A.MULTI_LIST) == ("9",)
    assert decode_json(" , ", A.MULTI_LIST) is None


@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        (A.BOOLEAN, "true"),
        (A.BOOLEAN, 1),
        (A.INTEGER, True),
        (A.INTEGER, "5"),
        (A.NUMBER, 5),
        (A.CURRENCY, Decimal("NaN")),
        (A.DATE, datetime(2026, 1, 1, tzinfo=UTC)),
        (A.DATETIME, date(2026, 1, 1)),
        (A.DATETIME, datetime(2026, 1, 1)),  # noqa: DTZ001  a naive moment is what is refused
        (A.MULTI_LIST, ("1", "x")),
        (A.MULTI_LIST, "1,9"),
        (A.LIST, "Retail"),
        (A.LIST, "7.5"),
        (A.TEXT, Decimal(1)),
        (A.TEXT, ("1",)),
    ],
)
def test_what_is_no_canonical_value_of_its_kind_never_reaches_the_wire(
    kind: AttributeType, wish: Wish
) -> None:
    with pytest.raises(ContractBrokenError, match=r"dynamics\.misfit"):
        encode_json(kind, wish)


def test_money_never_passes_through_a_float() -> None:
    assert orjson.dumps(encode_json(A.CURRENCY, Decimal("12345678901234567.89"))) == b"12345678901234567.89"
    assert orjson.dumps(encode_json(A.CURRENCY, Decimal("1E+3"))) == b"1000"


def test_what_the_wire_writes_is_read_in_every_form_it_has() -> None:
    assert decode_json(None, A.TEXT) is None
    assert decode_json("", A.TEXT) is None
    assert decode_json(5, A.CURRENCY) == Decimal(5)
    assert decode_json("5.5", A.CURRENCY) == Decimal("5.5")
    assert decode_json(Decimal("5.0"), A.INTEGER) == 5
    assert decode_json("5", A.INTEGER) == 5
    assert decode_json("true", A.BOOLEAN) is True
    assert decode_json("2026-01-01T00:00:00Z", A.DATE) == date(2026, 1, 1)
    expected = datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert decode_json("2026-01-01T12:00:00+02:00", A.DATETIME) == expected
    assert decode_json("2026-01-01T10:00:00", A.DATETIME) == expected


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("maybe", A.BOOLEAN),
        ("x", A.NUMBER),
        ("NaN", A.NUMBER),
        ("1.5", A.INTEGER),
        (Decimal("1.5"), A.INTEGER),
        (Decimal("1.5"), A.LIST),
        ("31.12.2026", A.DATE),
        ("noon", A.DATETIME),
        ({"city": "x"}, A.TEXT),
        (5, A.DATE),
        (5, A.TEXT),
        (True, A.TEXT),
    ],
)
def test_what_metadata_rules_out_is_refused_not_guessed(raw: object, kind: AttributeType) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_value"):
        decode_json(raw, kind)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs"),
    [
        (A.TEXT, "", None),
        (A.TEXT, "{" + GUID.upper() + "}", GUID),
        (A.USER_REF, GUID.upper(), GUID),
        (A.MULTI_LIST, ("1", "9"), ("9", "1")),
        (A.MULTI_LIST, (), None),
        (A.LIST, " 7", "7"),
        (A.CURRENCY, Decimal("5.0"), Decimal("5.00")),
        (
            A.DATETIME,
            datetime(2026, 1, 1, 12, 0, 0, 500, tzinfo=UTC),
            datetime(2026, 1, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_what_dataverse_would_store_alike_is_the_same(
    kind: AttributeType, ours: Value, theirs: Value
) -> None:
    assert same_value(kind, ours, theirs)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs"),
    [
        (A.TEXT, "retail", "Retail"),
        (A.TEXT, " Retail", "Retail"),
        (A.BOOLEAN, None, False),
        (A.NUMBER, Decimal("4.6"), Decimal(5)),
        (A.LONG_TEXT, GUID.upper(), GUID),
        (A.MULTI_LIST, ("1",), ("1", "9")),
        (A.TEXT, GUID, None),
        (A.INTEGER, 1, 2),
    ],
)
def test_what_dataverse_would_store_otherwise_is_not_the_same(
    kind: AttributeType, ours: Value, theirs: Value
) -> None:
    assert not same_value(kind, ours, theirs)


def test_a_number_that_is_nothing_has_no_sign() -> None:
    told = [orjson.dumps(encode_json(A.NUMBER, Decimal(text))) for text in ("-0", "-0.00", "-0.5")]
    assert told == [b"0", b"0.00", b"-0.5"]
