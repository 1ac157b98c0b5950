"""The codec: what is written is read back the same, and nothing passes through a float."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback_zoho.errors import parsed
from writeback_zoho.wire.values import decode, encode, same_value

T = AttributeType
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  made aware
VALUES: dict[AttributeType, tuple[str, st.SearchStrategy[Value]]] = {
    T.TEXT: ("text", texts),
    T.LONG_TEXT: ("textarea", texts),
    T.EMAIL: ("email", texts),
    T.BOOLEAN: ("boolean", st.booleans()),
    T.INTEGER: ("integer", st.integers(-(10**9), 10**9)),
    T.NUMBER: ("double", st.decimals(-(10**12), 10**12, places=9)),
    T.CURRENCY: ("currency", st.decimals(-(10**12), 10**12, places=2)),
    T.DATE: ("date", st.dates()),
    T.DATETIME: ("datetime", moments.map(lambda moment: moment.replace(microsecond=0))),
    T.MULTI_LIST: ("multiselectpicklist", st.lists(texts, min_size=1, unique=True).map(tuple)),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_what_is_encoded_is_decoded_the_same(kind: AttributeType, data: st.DataObject) -> None:
    crm_type, values = VALUES[kind]
    value = data.draw(values)
    assert value is not None
    wire = parsed(orjson.dumps(encode(crm_type, kind, value)))
    assert decode(wire, kind) == value
    assert same_value(kind, value, decode(wire, kind))


@given(st.integers(-(10**18), 10**18))
def test_a_bigint_travels_as_text(number: int) -> None:
    wire = encode("bigint", T.INTEGER, number)
    assert wire == str(number)
    assert decode(wire, T.INTEGER) == number


@given(st.integers(10**17, 10**20))
def test_an_id_never_loses_a_digit(number: int) -> None:
    assert encode("lookup", T.TEXT, str(number)) == {"id": str(number)}
    assert decode({"name": "x", "id": str(number)}, T.TEXT) == str(number)
    assert decode(parsed(b'{"id": %d}' % number), T.TEXT) == str(number)


@pytest.mark.parametrize("wish", [CLEAR, "", ()])
@pytest.mark.parametrize("crm_type", ["text", "lookup", "multiselectpicklist", "bigint"])
def test_clear_and_blank_are_null(crm_type: str, wish: Wish) -> None:
    assert encode(crm_type, T.TEXT, wish) is None


@pytest.mark.parametrize("raw", [None, "", []])
def test_nothing_is_read_as_nothing(raw: object) -> None:
    assert all(decode(raw, kind) is None for kind in T)


@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        (T.TEXT, True),
        (T.TEXT, 5),
        (T.INTEGER, Decimal(1)),
        (T.NUMBER, Decimal("NaN")),
        (T.NUMBER, "5"),
        (T.DATE, datetime(2026, 1, 1, tzinfo=UTC)),
        (T.DATETIME, date(2026, 1, 1)),
        (T.DATETIME, datetime(2026, 1, 1)),  # noqa: DTZ001  that is the point
        (T.TEXT, ("a",)),
        (T.BOOLEAN, "true"),
    ],
)
def test_a_wish_of_another_type_is_not_sent(kind: AttributeType, wish: Wish) -> None:
    with pytest.raises(ContractBrokenError, match=r"zoho\.misfit"):
        encode("", kind, wish)


def test_a_reference_must_be_an_id() -> None:
    with pytest.raises(ContractBrokenError, match=r"zoho\.misfit"):
        encode("ownerlookup", T.TEXT, "patricia@example.com")


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (T.INTEGER, Decimal("1.5")),
        (T.INTEGER, "1.5"),
        (T.BOOLEAN, 1),
        (T.BOOLEAN, "maybe"),
        (T.DATE, "01.02.2026"),
        (T.DATETIME, "2026-01-15T15:26:49"),
        (T.NUMBER, True),
        (T.NUMBER, "x"),
        (T.TEXT, {"name": "without an id"}),
        (T.DATE, {"id": "554023000000235011"}),
        (T.TEXT, ["a"]),
        (T.MULTI_LIST, [5]),
    ],
)
def test_what_the_metadata_rule_out_is_refused(kind: AttributeType, raw: object) -> None:
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_value"):
        decode(raw, kind)


def test_numbers_and_booleans_of_a_text_formula_become_text() -> None:
    assert decode(Decimal("1E+2"), T.TEXT) == "100"
    assert decode(7, T.TEXT) == "7"
    assert decode(True, T.TEXT) == "true"


def test_text_that_stands_for_a_value_is_read() -> None:
    assert decode("7", T.INTEGER) == 7
    assert decode("TRUE", T.BOOLEAN) is True
    assert decode("1.50", T.CURRENCY) == Decimal("1.50")
    assert decode("a;b", T.MULTI_LIST) == ("a", "b")
    assert decode("2026-01-15T15:26:49+05:30", T.DATETIME) == datetime(2026, 1, 15, 9, 56, 49, tzinfo=UTC)


def test_a_decimal_is_written_digit_by_digit() -> None:
    assert (
        orjson.dumps(encode("double", T.NUMBER, Decimal("0.1000000000000000055"))) == b"0.1000000000000000055"
    )
    assert parsed(b"0.1000000000000000055") == Decimal("0.1000000000000000055")
    assert json.loads(orjson.dumps(encode("percent", T.NUMBER, Decimal("1E+3")))) == 1000


def test_the_same_moment_in_another_zone_and_within_the_second_is_the_same() -> None:
    ours = datetime(2026, 1, 15, 9, 56, 49, 999, tzinfo=UTC)
    theirs = datetime(2026, 1, 15, 15, 26, 49, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert same_value(T.DATETIME, ours, theirs)
    assert not same_value(T.DATETIME, ours + timedelta(seconds=1), theirs)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "is_same"),
    [
        (T.MULTI_LIST, ("a", "b"), ("b", "a"), True),
        (T.MULTI_LIST, (), None, True),
        (T.MULTI_LIST, ("a",), ("a", "b"), False),
        (T.TEXT, " x\r\ny ", "x\ny", True),
        (T.TEXT, "  ", None, True),
        (T.TEXT, "x", "X", False),
        (T.BOOLEAN, None, False, True),
        (T.BOOLEAN, None, True, False),
        (T.NUMBER, Decimal("1.10"), Decimal("1.1"), True),
        (T.NUMBER, Decimal("1.1"), Decimal("1.11"), False),
    ],
)
def test_what_zoho_would_store_alike_is_the_same(
    kind: AttributeType, ours: Value, theirs: Value, is_same: bool
) -> None:
    assert same_value(kind, ours, theirs) is is_same


def test_a_number_that_is_nothing_has_no_sign() -> None:
    told = [orjson.dumps(encode("double", T.NUMBER, Decimal(text))) for text in ("-0", "-0.00", "-0.5")]
    assert told == [b"0", b"0.00", b"-0.5"]
