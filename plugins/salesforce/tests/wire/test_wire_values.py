"""The codec is a law: what is written and read back is the same, for every type and both wires."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import row_to_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback_salesforce.wire.bulk_rows import UploadEncoder
from writeback_salesforce.wire.values import (
    CLEAR_CELL,
    KINDS,
    decode_json,
    decoder,
    encode_json,
    same_value,
)

A = AttributeType
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1).filter(
    lambda text: text.strip() != CLEAR_CELL
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
moments = st.datetimes(timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
options = st.lists(
    st.text("abcÄß&, '\"", min_size=1).filter(str.strip), min_size=1, max_size=4, unique=True
).map(tuple)
VALUES: dict[AttributeType, st.SearchStrategy[Value]] = {
    A.BOOLEAN: st.booleans(),
    A.INTEGER: st.integers(-(10**17), 10**17),
    A.NPS: st.integers(0, 10),
    A.CSAT: st.integers(0, 10),
    A.NUMBER: decimals,
    A.CURRENCY: decimals,
    A.DATE: st.dates(),
    A.DATETIME: moments,
    A.MULTI_LIST: options,
}


def cell(kind: AttributeType, wish: Wish) -> str:
    """Give what an upload holds for a wish."""
    data = UploadEncoder([Column(FieldPath.parse("Field__c"), "Field__c", kind)])
    row = data.encode([("001A0000006Vm9uIAC", row_to_text((wish,)))]).decode()
    return next(csv.reader(io.StringIO(row, newline="")))[1]


cases = st.sampled_from(list(A)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES.get(kind, texts)))


@given(cases)
@example((A.CURRENCY, Decimal("90071992547409930.1")))
def test_json_written_and_read_back_is_the_same_value(case: tuple[AttributeType, Wish]) -> None:
    kind, wish = case
    wire = orjson.dumps({"v": encode_json(kind, wish)})
    back = json.loads(wire, parse_float=Decimal)["v"]
    assert decode_json(back, kind) == wish
    assert type(decode_json(back, kind)) is type(wish)


@given(cases)
def test_a_cell_written_and_read_back_is_the_same_value(case: tuple[AttributeType, Wish]) -> None:
    kind, wish = case
    assert decoder(kind)(cell(kind, wish)) == wish


def test_every_attribute_type_has_a_law_to_obey() -> None:
    assert set(VALUES) | {kind for kind in A if kind not in VALUES} == set(A)
    assert set(KINDS.values()) <= set(A)


@pytest.mark.parametrize("wish", [CLEAR, "", ()])
def test_blank_and_clear_travel_as_null_and_as_the_clearing_mark(wish: Wish) -> None:
    kind = A.MULTI_LIST if wish == () else A.TEXT
    assert encode_json(kind, wish) is None
    assert cell(kind, wish) == CLEAR_CELL


@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        (A.BOOLEAN, "true"),
        (A.BOOLEAN, 1),
        (A.INTEGER, True),
        (A.INTEGER, "5"),
        (A.NUMBER, 5),
        (A.CURRENCY, Decimal("NaN")),
        (A.CURRENCY, Decimal("Infinity")),
        (A.DATE, datetime(2026, 1, 1, tzinfo=UTC)),
        (A.DATETIME, date(2026, 1, 1)),
        (A.DATETIME, datetime(2026, 1, 1)),  # noqa: DTZ001  a naive moment is what is refused
        (A.MULTI_LIST, "a;b"),
        (A.MULTI_LIST, ("a;b",)),
        (A.TEXT, Decimal(1)),
        (A.TEXT, ("a",)),
    ],
)
def test_what_is_no_canonical_value_of_its_kind_never_reaches_the_wire(
    kind: AttributeType, wish: Wish
) -> None:
    with pytest.raises(ContractBrokenError):
        encode_json(kind, wish)


def test_the_text_that_would_clear_is_refused_in_a_cell_and_allowed_in_json() -> None:
    assert encode_json(A.TEXT, CLEAR_CELL) == CLEAR_CELL
    with pytest.raises(ContractBrokenError):
        cell(A.TEXT, f" {CLEAR_CELL} ")


def test_line_breaks_of_a_cell_are_always_lf() -> None:
    assert cell(A.LONG_TEXT, "a\r\nb\n") == "a\nb\n"


def test_money_never_passes_through_a_float() -> None:
    wish = Decimal("12345678901234567.89")
    assert orjson.dumps(encode_json(A.CURRENCY, wish)) == b"12345678901234567.89"
    assert cell(A.CURRENCY, Decimal("1E+3")) == "1000"


@pytest.mark.parametrize("raw", [None, ""])
def test_null_and_blank_read_as_nothing(raw: object) -> None:
    assert all(decode_json(raw, kind) is None for kind in A)
    assert all(decoder(kind)("") is None for kind in A)


def test_the_vendors_datetime_without_a_colon_is_read_as_utc() -> None:
    expected = datetime(2022, 3, 17, 15, 37, 35, tzinfo=UTC)
    assert decode_json("2022-03-17T15:37:35.000+0000", A.DATETIME) == expected
    assert decode_json("2022-03-17T17:37:35.000+0200", A.DATETIME) == expected


def test_numbers_of_either_json_form_are_read_exactly() -> None:
    assert decode_json(5, A.CURRENCY) == Decimal(5)
    assert decode_json(Decimal("5.0"), A.INTEGER) == 5
    assert decode_json(True, A.TEXT) == "true"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("maybe", A.BOOLEAN),
        ("x", A.NUMBER),
        ("1.5", A.INTEGER),
        (Decimal("1.5"), A.INTEGER),
        ("31.12.2026", A.DATE),
        ("noon", A.DATETIME),
        ({"city": "x"}, A.TEXT),
        (5, A.DATE),
    ],
)
def test_what_describe_rules_out_is_refused_not_guessed(raw: object, kind: AttributeType) -> None:
    with pytest.raises(InvalidRequestError):
        decode_json(raw, kind)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs"),
    [
        (A.TEXT, " Retail ", "Retail"),
        (A.TEXT, "", None),
        (A.LONG_TEXT, "a\r\nb", "a\nb"),
        (A.MULTI_LIST, ("a", "b"), ("b", "a")),
        (A.MULTI_LIST, (), None),
        (A.BOOLEAN, None, False),
        (A.CURRENCY, Decimal("5.0"), Decimal("5.00")),
        (A.TEXT, "001A0000006Vm9u", "001A0000006Vm9uIAC"),
        (
            A.DATETIME,
            datetime(2026, 1, 1, 12, 0, 0, 500, tzinfo=UTC),
            datetime(2026, 1, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_what_salesforce_would_store_alike_is_the_same(
    kind: AttributeType, ours: Value, theirs: Value
) -> None:
    assert same_value(kind, ours, theirs)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs"),
    [
        (A.TEXT, "retail", "Retail"),
        (A.NUMBER, Decimal("4.6"), Decimal(5)),
        (A.LONG_TEXT, "001A0000006Vm9u", "001A0000006Vm9uIAC"),
        (A.TEXT, "001A0000006Vm9v", "001A0000006Vm9uIAC"),
        (A.MULTI_LIST, ("a",), ("a", "b")),
    ],
)
def test_what_salesforce_would_store_otherwise_is_not_the_same(
    kind: AttributeType, ours: Value, theirs: Value
) -> None:
    assert not same_value(kind, ours, theirs)


def test_a_number_that_is_nothing_has_no_sign() -> None:
    told = [orjson.dumps(encode_json(A.NUMBER, Decimal(text))) for text in ("-0", "-0.00", "-0.5")]
    assert told == [b"0", b"0.00", b"-0.5"]
