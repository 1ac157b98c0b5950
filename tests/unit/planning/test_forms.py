"""What a filled form changes: defaults, what is required, what is asked for only sometimes."""

from datetime import UTC, datetime

from writeback.model.forms import Filled, FormField, FormSection, InsightForm
from writeback.planning.forms import fill

HEALTH = FormField("health", default="Good")
REASON = FormField("reason", is_required=True, when=("health", "bad"))


def filled(held: dict[str, str], *given: tuple[str, str | None]) -> Filled:
    sections = (FormSection("Now", (HEALTH, REASON)),)
    form = InsightForm("Check", "account", "", sections, True, "ana", datetime(2026, 11, 27, tzinfo=UTC))
    return fill(form, held, given)


def codes(told: Filled) -> list[tuple[str, str]]:
    return [(name, reason.code) for name, reason in told.refused]


def test_a_default_fills_only_what_neither_the_person_nor_the_record_says() -> None:
    assert filled({}).values == (("health", "Good"),)
    assert filled({"health": "Fair"}).values == ()
    assert filled({}, ("Health", "Fair")).values == (("health", "Fair"),)
    assert filled({"health": "Fair"}, ("health", None)).values == (("health", None),)


def test_what_depends_is_required_only_where_it_is_asked_for() -> None:
    assert codes(filled({"health": "Bad"})) == [("reason", "form.required")]
    assert filled({"health": "Bad", "reason": "left"}).values == ()
    assert filled({}, ("health", "bad"), ("reason", "left")).values == (("health", "bad"), ("reason", "left"))
    assert codes(filled({"health": "Good"}, ("reason", "left"))) == [("reason", "form.not_asked")]


def test_nothing_is_taken_of_a_form_with_one_refusal() -> None:
    told = filled({}, ("health", "Fair"), ("other", "x"))
    assert (told.values, codes(told)) == ((), [("other", "form.no_field")])
