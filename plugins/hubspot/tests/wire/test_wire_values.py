"""The codec: what is encoded comes back, for every kind; HubSpot's own spellings are understood."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import CLEAR, DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value, Wish
from writeback_hubspot.wire import values

T = AttributeType
moments = st.datetimes(min_value=datetime(1902, 1, 1), max_value=datetime(2200, 1, 1)).map(  # noqa: DTZ001  UTC below
    lambda moment: moment.replace(tzinfo=UTC, microsecond=moment.microsecond // 1000 * 1000)
)
words = st.text(st.characters(codec="utf-8"), min_size=1)
options = st.text(st.characters(codec="utf-8", exclude_characters=";"), min_size=1)


def values_of(kind: AttributeType) -> st.SearchStrategy[Wish]:
    """Canonical values of one kind, never blank."""
    if kind in DECIMAL_TYPES:
        return st.decimals(allow_nan=False, allow_infinity=False)
    if kind in INTEGER_TYPES:
        return st.integers()
    special: dict[AttributeType, st.SearchStrategy[Wish]] = {
        T.BOOLEAN: st.booleans(),
        T.DATE: st.dates(),
        T.DATETIME: moments,
        T.MULTI_LIST: st.lists(options, min_size=1).map(tuple),
    }
    return special.get(kind, words)


@given(st.sampled_from(AttributeType).flatmap(lambda kind: st.tuples(st.just(kind), values_of(kind))))
@example((T.DATETIME, datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)))
@example((T.TEXT, "  😀\r\n\x00 "))
def test_what_is_encoded_comes_back(pair: tuple[AttributeType, Wish]) -> None:
    kind, wish = pair
    back = values.decode(values.encode(kind, wish), kind)
    assert back == wish
    assert type(back) is type(wish)


@pytest.mark.parametrize("kind", AttributeType)
def test_every_kind_is_cleared_by_the_blank_text_and_reads_it_as_nothing(kind: AttributeType) -> None:
    assert values.encode(kind, CLEAR) == ""
    assert values.decode("", kind) is None
    assert values.decode(None, kind) is None


@pytest.mark.parametrize(
    ("kind", "wish", "text"),
    [
        (T.BOOLEAN, True, "true"),
        (T.NUMBER, Decimal("1E+3"), "1000"),
        (T.CURRENCY, Decimal("12.50"), "12.50"),
        (T.DATE, date(2026, 2, 3), "2026-02-03"),
        (
            T.DATETIME,
            datetime(2026, 2, 3, 1, tzinfo=timezone(timedelta(hours=2))),
            "2026-02-02T23:00:00.000Z",
        ),
        (T.MULTI_LIST, ("a", "b"), "a;b"),
        (T.NPS, 9, "9"),
    ],
)
def test_values_travel_as_hubspots_text(kind: AttributeType, wish: Wish, text: str) -> None:
    assert values.encode(kind, wish) == text


@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        (T.TEXT, True),
        (T.TEXT, 5),
        (T.INTEGER, Decimal(5)),
        (T.NUMBER, Decimal("NaN")),
        (T.NUMBER, "5"),
        (T.DATE, datetime(2026, 1, 1, tzinfo=UTC)),
        (T.DATETIME, date(2026, 1, 1)),
        (T.DATETIME, datetime(2026, 1, 1)),  # noqa: DTZ001  the point
        (T.TEXT, ("a",)),
        (T.MULTI_LIST, ("a;b",)),
        (T.MULTI_LIST, ("", "a")),  # a leading ";" would append
        (T.TEXT, "\ud800"),
    ],
)
def test_what_is_no_value_of_the_kind_is_never_sent(kind: AttributeType, wish: Wish) -> None:
    with pytest.raises(ContractBrokenError):
        values.encode(kind, wish)


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (T.DATE, "1767225600000", date(2026, 1, 1)),
        (T.DATE, "2026-01-01T00:00:00Z", date(2026, 1, 1)),
        (T.DATETIME, "1767225600001", datetime(2026, 1, 1, microsecond=1000, tzinfo=UTC)),
        (T.DATETIME, "-1", datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)),
        (T.DATETIME, "2026-01-01T01:00:00+01:00", datetime(2026, 1, 1, tzinfo=UTC)),
        (T.DATETIME, "2026-01-01T00:00:00", datetime(2026, 1, 1, tzinfo=UTC)),
        (T.BOOLEAN, "TRUE", True),
        (T.BOOLEAN, False, False),
        (T.NUMBER, "1.5E3", Decimal(1500)),
        (T.NUMBER, 7, Decimal(7)),
        (T.INTEGER, "7.0", 7),
        (T.MULTI_LIST, ";a;;b", ("a", "b")),
        (T.MULTI_LIST, ";", None),
        (T.TEXT, 12, "12"),
    ],
)
def test_other_spellings_are_read(kind: AttributeType, raw: object, expected: Value) -> None:
    assert values.decode(raw, kind) == expected


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (T.BOOLEAN, "yes"),
        (T.INTEGER, "1.5"),
        (T.INTEGER, "x"),
        (T.NUMBER, "x"),
        (T.NUMBER, "Infinity"),
        (T.DATE, "soon"),
        (T.DATETIME, "soon"),
        (T.DATETIME, "9" * 30),
        (T.TEXT, ["a"]),
    ],
)
def test_what_the_definition_rules_out_is_named(kind: AttributeType, raw: object) -> None:
    with pytest.raises(InvalidRequestError, match=r"hubspot\.unreadable_value"):
        values.decode(raw, kind)


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "is_same"),
    [
        (T.TEXT, " a\r\nb ", "a\nb", True),
        (T.TEXT, "", None, True),
        (T.TEXT, "a", "A", False),
        (T.EMAIL, "Ada@x.example", "ada@X.example", True),
        (T.MULTI_LIST, ("a", "b"), ("b", "a"), True),
        (T.MULTI_LIST, ("a",), ("a", "b"), False),
        (T.MULTI_LIST, (), None, True),
        (T.NUMBER, Decimal("1.50"), Decimal("1.5"), True),
        (T.BOOLEAN, False, None, False),
        (T.BOOLEAN, False, 0, False),
        (
            T.DATETIME,
            datetime(2026, 1, 1, 0, 0, 0, 1999, tzinfo=UTC),
            datetime(2026, 1, 1, 0, 0, 0, 1000, tzinfo=UTC),
            True,
        ),
        (T.DATE, date(2026, 1, 1), date(2026, 1, 2), False),
    ],
)
def test_same_is_what_hubspot_would_store_alike(
    kind: AttributeType, ours: Value, theirs: Value, *, is_same: bool
) -> None:
    assert values.same_value(kind, ours, theirs) is is_same


@given(moments)
def test_tokens_sort_as_moments_do_whatever_form_they_came_in(moment: datetime) -> None:
    short = moment.isoformat().replace("+00:00", "Z")
    token = values.token_of(short)
    assert token is not None
    assert len(token) == 24
    assert values.moment_of(token) == moment
    assert values.milliseconds(moment) == str(round(moment.timestamp() * 1000))


def test_what_is_no_moment_is_no_token() -> None:
    assert values.token_of(None) is None
    assert values.token_of("") is None
    assert values.milliseconds(date(2026, 1, 1)) == "1767225600000"
    for broken in ("x", "2026-01-01T00:00:00"):
        with pytest.raises(ContractBrokenError):
            values.moment_of(broken)


def test_a_number_that_is_nothing_has_no_sign() -> None:
    assert [values.encode(T.NUMBER, Decimal(text)) for text in ("-0", "-0.00", "-0.5")] == [
        "0",
        "0.00",
        "-0.5",
    ]
