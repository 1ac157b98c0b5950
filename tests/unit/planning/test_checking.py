from datetime import date
from decimal import Decimal

import pytest

from tests.unit.planning.crm_facts import INDUSTRIES, field
from writeback.model.canonical import UNSET
from writeback.model.changes import Reason
from writeback.model.integrations import BlankRule
from writeback.model.types import CLEAR, AttributeType
from writeback.planning import checking
from writeback.planning.checking import (
    ColumnReader,
    about,
    check_field,
    check_wish,
    column_reader,
    fit,
    reader,
)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": None}, "field.not_carried"),
        ({"is_calculated": True}, "field.calculated"),
        ({"is_updateable": False}, "field.read_only"),
    ],
)
def test_a_field_that_cannot_be_written_says_why(facts: dict[str, object], code: str) -> None:
    found = check_field(field("F", **facts))
    assert found == Reason(code, (("field", "F"),))


def test_a_field_that_can_be_written_has_no_reason() -> None:
    assert check_field(field()) is None


@pytest.mark.parametrize(
    ("kind", "facts", "value", "code"),
    [
        (AttributeType.TEXT, {"length": 3}, "four", "value.too_long"),
        (AttributeType.INTEGER, {"length": 2}, 100, "value.too_big"),
        (AttributeType.CURRENCY, {"length": 3, "scale": 2}, Decimal(1000), "value.too_big"),
        (AttributeType.NUMBER, {"scale": 2}, Decimal("0.001"), "value.too_many_decimals"),
        (AttributeType.CURRENCY, {"is_double": True}, Decimal(9007199254740993), "value.too_many_digits"),
        (AttributeType.NUMBER, {"is_double": True}, Decimal("12345678901234.5678"), "value.too_many_digits"),
        (AttributeType.NPS, {}, 11, "value.out_of_range"),
        (AttributeType.CSAT, {}, 0, "value.out_of_range"),
    ],
)
def test_a_value_beyond_the_fields_limits_is_refused_with_the_limit(
    kind: AttributeType, facts: dict[str, object], value: object, code: str
) -> None:
    found = check_wish(field("F", kind, **facts), value)  # type: ignore[arg-type]  canonical for the kind
    assert found is not None
    assert (found.code, found.facts[0]) == (code, ("field", "F"))
    assert {"most", "least"} & dict(found.facts).keys()


@pytest.mark.parametrize(
    ("kind", "facts", "value"),
    [
        (AttributeType.TEXT, {"length": 4}, "four"),
        (AttributeType.TEXT, {}, "x" * 9999),
        (AttributeType.BOOLEAN, {"length": 0}, True),
        (AttributeType.CURRENCY, {"length": 3, "scale": 2}, Decimal("999.990")),
        (AttributeType.NUMBER, {"length": 1, "scale": 0}, Decimal(0)),
        (AttributeType.CSAT, {}, 5),
        (AttributeType.DATE, {}, date(2026, 1, 1)),
        (AttributeType.NUMBER, {}, Decimal("1.123456")),
        (AttributeType.CURRENCY, {"is_double": True}, Decimal(1234567890123456)),
        (AttributeType.NUMBER, {"is_double": True}, Decimal("0.1")),
    ],
)
def test_a_value_within_the_limits_passes(
    kind: AttributeType, facts: dict[str, object], value: object
) -> None:
    assert check_wish(field("F", kind, **facts), value) is None  # type: ignore[arg-type]  canonical


def test_a_required_field_cannot_be_cleared() -> None:
    found = check_wish(field("F", is_nillable=False), CLEAR)
    assert found == Reason("value.required", (("field", "F"),))
    assert check_wish(field("F"), CLEAR) is None


def test_an_attributes_value_is_fitted_to_a_field_of_another_type() -> None:
    assert fit(field("F", AttributeType.INTEGER), "5", kind=AttributeType.TEXT) == 5
    assert fit(field("F"), True, kind=AttributeType.BOOLEAN) == "true"
    assert fit(field("F"), "x", kind=AttributeType.TEXT) == "x"
    assert fit(field("F"), None, kind=AttributeType.TEXT) is CLEAR
    assert fit(field("F"), " ", kind=AttributeType.LIST) == " "
    bad = fit(field("F", AttributeType.BOOLEAN), "maybe", kind=AttributeType.TEXT)
    assert isinstance(bad, Reason)
    assert isinstance(fit(field("F", is_nillable=False), None, kind=AttributeType.TEXT), Reason)
    assert isinstance(fit(field("F", length=1), "xx", kind=AttributeType.TEXT), Reason)


def test_a_list_value_is_fitted_by_label_even_between_lists() -> None:
    industry = field("Industry", AttributeType.LIST, options=INDUSTRIES, is_restricted=True)
    assert fit(industry, "Energy", kind=AttributeType.LIST) == "energy"


def test_a_column_reads_blank_by_its_rule_and_checks_the_rest() -> None:
    keep, clear = reader(field("F", length=2)), reader(field("F", length=2), blank=BlankRule.CLEAR)
    assert (keep(""), keep(" "), clear("")) == (UNSET, UNSET, CLEAR)
    assert keep("ok") == "ok"
    assert isinstance(keep("long"), Reason)
    wrong = reader(field("F", AttributeType.BOOLEAN))("maybe")
    assert isinstance(wrong, Reason)
    assert dict(wrong.facts) == {"field": "F", "value": "maybe"}
    required = reader(field("F", is_nillable=False), blank=BlankRule.CLEAR)("")
    assert isinstance(required, Reason)
    assert reader(field("F", None))("as text") == "as text"


@pytest.mark.parametrize(
    "texts",
    [("a", "b"), ("a", ""), ("a", "  "), ("ä", "b"), ("a\0", "b"), ("toolong", "b"), ("a", "a")],
)
def test_reading_many_cells_gives_what_reading_each_gives(texts: tuple[str, ...]) -> None:
    one = field("F", length=3)
    assert list(column_reader(one).read(texts)) == [reader(one)(text) for text in texts]


def test_each_different_text_is_read_once_until_too_many_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read(text: str) -> str:
        asked.append(text)
        return text

    column = ColumnReader(read)
    column.read(("a", "b", "a"))
    column.read(("b",))
    assert sorted(asked) == ["a", "b"]
    monkeypatch.setattr(checking, "KNOWN_MOST", 1)
    column.read(("b",))
    assert sorted(asked) == ["a", "b", "b"]


def test_a_column_without_a_length_passes_long_texts() -> None:
    assert list(column_reader(field("F")).read(("x" * 300_000,))) == ["x" * 300_000]
    assert list(column_reader(field("F", AttributeType.BOOLEAN)).read(("yes", "no"))) == [True, False]


def test_a_reason_names_the_field_once() -> None:
    reason = Reason("code", (("field", "other"), ("value", "x")))
    assert about(field("F"), reason).facts == (("field", "F"), ("value", "x"))
