"""A value's text reads back as the value, for every type: what was once read stays what it is."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from writeback.model.attributes import Option
from writeback.model.changes import Reason
from writeback.model.types import AttributeType, Value
from writeback.planning.coercing import coerce, text_of

OPTIONS = tuple(Option(value, value.upper()) for value in ("alpha", "beta", "gamma"))
names = st.sampled_from([option.value for option in OPTIONS])
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds
plain = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1).filter(
    lambda text: not text.isspace()
)
numbers = st.decimals(-(10**12), 10**12, places=4)

VALUES: dict[AttributeType, st.SearchStrategy[Value]] = {
    AttributeType.TEXT: plain,
    AttributeType.LONG_TEXT: plain,
    AttributeType.URL: plain,
    AttributeType.USER_REF: plain,
    AttributeType.EMAIL: st.just("ada@example.com"),
    AttributeType.BOOLEAN: st.booleans(),
    AttributeType.INTEGER: st.integers(-(10**18), 10**18),
    AttributeType.NPS: st.integers(0, 10),
    AttributeType.CSAT: st.integers(1, 5),
    AttributeType.NUMBER: numbers,
    AttributeType.CURRENCY: numbers,
    AttributeType.DATE: st.dates(),
    AttributeType.DATETIME: moments,
    AttributeType.LIST: names,
    AttributeType.LIFECYCLE: names,
    AttributeType.MULTI_LIST: st.lists(names, min_size=1, unique=True).map(tuple),
}


def test_every_type_has_values() -> None:
    assert set(VALUES) == set(AttributeType)


@given(data=st.data(), kind=st.sampled_from(AttributeType))
def test_the_text_of_a_value_reads_back_as_that_value(data: st.DataObject, kind: AttributeType) -> None:
    value = data.draw(VALUES[kind])
    found = coerce(text_of(value), kind, options=OPTIONS, is_restricted=True)
    assert found == value
    assert type(found) is type(value)


@given(text=st.text(), kind=st.sampled_from(AttributeType))
def test_reading_what_was_read_changes_nothing(text: str, kind: AttributeType) -> None:
    once = coerce(text, kind)
    if isinstance(once, str | bool | int | Decimal | date | tuple):
        assert coerce(text_of(once), kind) == once
    elif isinstance(once, Reason):
        dict(once.facts)["value"].encode()  # can be kept and shown
