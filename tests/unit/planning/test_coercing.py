from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from writeback.model.attributes import Option
from writeback.model.canonical import UNSET
from writeback.model.changes import Reason
from writeback.model.integrations import BlankRule
from writeback.model.types import CLEAR, AttributeType
from writeback.planning.coercing import coerce, coercer, printable, refusal, text_of

OPTIONS = (
    Option("a", "Alpha"),
    Option("b", "Beta"),
    Option("B", "Other"),
    Option("old", "Old", active=False),
)


@pytest.mark.parametrize("text", ["True", "TRUE", "yes", "1", "on", " y ", "T"])
def test_every_word_for_yes_is_a_boolean(text: str) -> None:
    assert coerce(text, AttributeType.BOOLEAN) is True


@pytest.mark.parametrize("text", ["False", "no", "0", "OFF", "n", "f"])
def test_every_word_for_no_is_a_boolean(text: str) -> None:
    assert coerce(text, AttributeType.BOOLEAN) is False


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (AttributeType.TEXT, " kept as it is ", " kept as it is "),
        (AttributeType.TEXT, "Zürich", "Zürich"),
        (AttributeType.URL, "example.com", "example.com"),
        (AttributeType.EMAIL, " ada@example.com ", "ada@example.com"),
        (AttributeType.INTEGER, "5.0", 5),
        (AttributeType.NPS, "-3", -3),
        (AttributeType.CURRENCY, "12.50", Decimal("12.50")),
        (AttributeType.NUMBER, "1.5e3", Decimal(1500)),
        (AttributeType.DATE, "2026-02-28", date(2026, 2, 28)),
        (AttributeType.DATETIME, "2026-02-28T10:00:00Z", datetime(2026, 2, 28, 10, tzinfo=UTC)),
        (AttributeType.DATETIME, "2026-02-28 12:00:00+02:00", datetime(2026, 2, 28, 10, tzinfo=UTC)),
    ],
)
def test_text_becomes_the_canonical_value_of_its_type(kind: AttributeType, text: str, value: object) -> None:
    found = coerce(text, kind)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (AttributeType.BOOLEAN, "maybe", "value.not_a_boolean"),
        (AttributeType.INTEGER, "1,000", "value.not_a_number"),
        (AttributeType.INTEGER, "1.5", "value.not_an_integer"),
        (AttributeType.NUMBER, "1_000", "value.not_a_number"),
        (AttributeType.NUMBER, "NaN", "value.not_a_number"),
        (AttributeType.NUMBER, "9" * 61, "value.not_a_number"),
        (AttributeType.NUMBER, "1e99", "value.not_a_number"),
        (AttributeType.NUMBER, "٣", "value.not_a_number"),
        (AttributeType.DATE, "24.11.2026", "value.not_a_date"),
        (AttributeType.DATE, "2026-02-30", "value.not_a_date"),
        (AttributeType.DATETIME, "yesterday", "value.not_a_moment"),
        (AttributeType.DATETIME, "2026-02-28T10:00:00", "value.no_time_zone"),
        (AttributeType.DATETIME, "2026-02-28T25:00:00Z", "value.not_a_moment"),
        (AttributeType.DATETIME, "0001-01-01T00:00:00+14:00", "value.not_a_moment"),
        (AttributeType.EMAIL, "ada at example", "value.not_an_email"),
        (AttributeType.TEXT, "a\0b", "value.not_text"),
        (AttributeType.TEXT, "ä\0b", "value.not_text"),
        (AttributeType.TEXT, "\ud800", "value.not_text"),
    ],
)
def test_what_cannot_be_read_is_refused_and_never_guessed(kind: AttributeType, text: str, code: str) -> None:
    found = coerce(text, kind)
    assert isinstance(found, Reason)
    assert found.code == code
    dict(found.facts)["value"].encode("utf-8")  # can be stored


@pytest.mark.parametrize(
    ("text", "value"), [("a", "a"), ("ALPHA", "a"), ("other", "B"), ("b", "b"), (" a ", "a"), ("B", "B")]
)
def test_a_list_takes_values_and_labels_whatever_their_case(text: str, value: str) -> None:
    assert coerce(text, AttributeType.LIST, options=OPTIONS, is_restricted=True) == value


def test_a_list_refuses_what_it_does_not_know_only_if_restricted() -> None:
    read = coercer(AttributeType.LIFECYCLE, options=OPTIONS)
    assert read("new one") == "new one"
    assert read("old") == "old"
    strict = coercer(AttributeType.LIST, options=OPTIONS, is_restricted=True)
    assert [getattr(strict(text), "code", "") for text in ("new one", "OLD")] == [
        "value.not_an_option",
        "value.option_inactive",
    ]


def test_a_label_of_two_options_is_ambiguous() -> None:
    twins = (Option("x1", "Same"), Option("x2", "same"))
    found = coerce("SAME", AttributeType.LIST, options=twins)
    assert isinstance(found, Reason)
    assert (found.code, dict(found.facts)["options"]) == ("value.option_ambiguous", "x1, x2")


def test_a_multi_list_takes_options_by_semicolon_each_once_in_their_order() -> None:
    assert coerce("b; Alpha;;b", AttributeType.MULTI_LIST, options=OPTIONS) == ("b", "a")
    refused = coerce("a;zz", AttributeType.MULTI_LIST, options=OPTIONS, is_restricted=True)
    assert isinstance(refused, Reason)
    assert isinstance(coerce(" ; ", AttributeType.MULTI_LIST), Reason)


@pytest.mark.parametrize("kind", AttributeType)
def test_a_blank_keeps_unless_told_to_clear_and_nothing_clears_always(kind: AttributeType) -> None:
    assert coerce("", kind) is UNSET
    assert coerce(" \t", kind) is UNSET
    assert coerce(" ", kind, blank=BlankRule.CLEAR) is CLEAR
    assert coerce(None, kind) is CLEAR


def test_a_refused_text_is_told_shortened_and_storable() -> None:
    reason = refusal("code", "x" * 200, most="5")
    assert (len(dict(reason.facts)["value"]), dict(reason.facts)["most"]) == (80, "5")
    assert printable("a\ud800") == "a?"


def test_a_value_gives_the_text_that_reads_back() -> None:
    assert [text_of(value) for value in (None, True, False, ("a", "b"), 5, Decimal("1.50"), "x")] == [
        None,
        "true",
        "false",
        "a;b",
        "5",
        "1.50",
        "x",
    ]
