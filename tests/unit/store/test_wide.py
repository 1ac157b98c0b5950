from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from writeback.errors import InternalError
from writeback.model.types import AttributeType, Value
from writeback.store import wide

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**24, min_value=-(10**24))
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-11, minutes=30))]))


def values_of(kind: AttributeType) -> st.SearchStrategy[Value]:
    own = wide.type_of(kind)
    known: dict[type, st.SearchStrategy[Value]] = {
        bool: st.booleans(),
        int: st.integers(-(2**63), 2**63 - 1),
        Decimal: decimals,
        date: st.dates(),
        datetime: moments.filter(lambda moment: 2 < moment.year < 9998),
        tuple: st.lists(texts, max_size=4).map(tuple),
        str: texts,
    }
    return st.none() | known[own]


pairs = st.sampled_from(AttributeType).flatmap(lambda kind: st.tuples(st.just(kind), values_of(kind)))


@given(pairs)
@example((AttributeType.CURRENCY, Decimal("1234567890123456.78")))
@example((AttributeType.NUMBER, Decimal("-0.00")))
@example((AttributeType.DATETIME, datetime(999, 1, 1, tzinfo=UTC)))
@example((AttributeType.TEXT, "a\0b"))
@example((AttributeType.MULTI_LIST, ()))
def test_what_is_stored_is_loaded_again(pair: tuple[AttributeType, Value]) -> None:
    kind, value = pair
    loaded = wide.loaded(wide.stored(value), kind)
    assert loaded == value
    assert type(loaded) in (type(None), wide.type_of(kind))


@given(decimals, st.integers(0, 5))
def test_equal_numbers_are_equal_cells(number: Decimal, zeros: int) -> None:
    longer = Decimal(f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * zeros)
    assert wide.stored(longer) == wide.stored(number)


@given(moments, moments)
def test_stored_moments_sort_by_time(one: datetime, other: datetime) -> None:
    first, second = wide.stored(one), wide.stored(other)
    assert isinstance(first, str)
    assert isinstance(second, str)
    assert (first < second) == (one < other)


@given(
    st.sampled_from(AttributeType).flatmap(
        lambda k: st.tuples(st.just(k), st.lists(values_of(k), max_size=6))
    )
)
def test_a_column_is_stored_as_its_values_are(column: tuple[AttributeType, list[Value]]) -> None:
    kind, values = column
    stored = wide.stored_column(values, kind)
    assert stored is not None
    assert [int(cell) if isinstance(cell, bool) else cell for cell in stored] == [
        wide.stored(v) for v in values
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AttributeType.TEXT, True),
        (AttributeType.INTEGER, True),
        (AttributeType.INTEGER, "5"),
        (AttributeType.BOOLEAN, 1),
        (AttributeType.CURRENCY, 1.5),
        (AttributeType.DATE, datetime(2026, 1, 1, tzinfo=UTC)),
        (AttributeType.MULTI_LIST, "a;b"),
    ],
)
def test_a_value_of_another_type_is_noticed(kind: AttributeType, value: Value) -> None:
    assert wide.stored_column([None, value], kind) is None


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_no_number_is_refused(number: str) -> None:
    with pytest.raises(InternalError):
        wide.stored(Decimal(number))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(InternalError):
        wide.stored(datetime(2026, 1, 1))  # noqa: DTZ001  the point


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (AttributeType.INTEGER, "x"),
        (AttributeType.CURRENCY, "x"),
        (AttributeType.DATE, "x"),
        (AttributeType.MULTI_LIST, "x"),
    ],
)
def test_a_cell_that_does_not_fit_its_kind_is_our_bug(kind: AttributeType, cell: str) -> None:
    with pytest.raises(InternalError):
        wide.loaded(cell, kind)


@pytest.mark.parametrize("path", ["Key", "version", "Seen", "GONE", "rid"])
def test_a_field_called_like_a_column_of_ours_gets_another_column(path: str) -> None:
    assert wide.path_column(path) == f"{path}:"
