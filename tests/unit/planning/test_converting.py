"""Texts of a CRM become dates, moments and numbers by the format of their field, and are never guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from writeback.engine.reading_sources import zone_of
from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.source_formats import SourceFormat
from writeback.model.types import AttributeType, Value
from writeback.planning.converting import converter

DATE, MOMENT = AttributeType.DATE, AttributeType.DATETIME
NUMBER, MONEY, WHOLE = AttributeType.NUMBER, AttributeType.CURRENCY, AttributeType.INTEGER


def read(form: str, kind: AttributeType, text: str) -> Value | Reason:
    made = SourceFormat.parse(form)
    return converter(made, kind, zone=zone_of(made.zone))(text)


@pytest.mark.parametrize(
    ("form", "kind", "text", "wanted"),
    [
        ("dmy", DATE, "03.04.2026", date(2026, 4, 3)),
        ("mdy", DATE, "03/04/2026", date(2026, 3, 4)),
        ("ymd", DATE, "2026-4-3", date(2026, 4, 3)),
        ("ymd", DATE, "20260403", date(2026, 4, 3)),
        ("dmy", DATE, "  29-02-2028 ", date(2028, 2, 29)),
        ("dmy", DATE, "   ", None),
        ("dmy Europe/Berlin", MOMENT, "03.04.2026 14:30", datetime(2026, 4, 3, 12, 30, tzinfo=UTC)),
        ("dmy Europe/Berlin", MOMENT, "03.01.2026, 14:30:05", datetime(2026, 1, 3, 13, 30, 5, tzinfo=UTC)),
        ("mdy +05:30", MOMENT, "4/3/2026 2:30 PM", datetime(2026, 4, 3, 9, 0, tzinfo=UTC)),
        ("mdy UTC", MOMENT, "4/3/2026 12:05 am", datetime(2026, 4, 3, 0, 5, tzinfo=UTC)),
        ("Europe/Berlin", MOMENT, "2026-04-03T14:30:00Z", datetime(2026, 4, 3, 14, 30, tzinfo=UTC)),
        ("Europe/Berlin", MOMENT, "2026-10-25 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("comma", NUMBER, "1.234.567,89", Decimal("1234567.89")),
        ("comma", NUMBER, "-1 234,5", Decimal("-1234.5")),
        ("comma", NUMBER, "1234,5", Decimal("1234.5")),
        ("point", NUMBER, "1,234.50", Decimal("1234.50")),
        ("point", NUMBER, "1'234", Decimal(1234)),
        ("comma", MONEY, "€ 1.200,50", Decimal("1200.50")),
        ("comma", MONEY, "1.200,50 EUR", Decimal("1200.50")),
        ("point", MONEY, "$-12.5", Decimal("-12.5")),
        ("comma", WHOLE, "1.234", 1234),
    ],
)
def test_what_fits_the_format_is_read_exactly(
    form: str, kind: AttributeType, text: str, wanted: Value
) -> None:
    assert read(form, kind, text) == wanted


@pytest.mark.parametrize(
    ("form", "kind", "text", "code"),
    [
        ("dmy", DATE, "04/13/2026", "value.not_a_date"),
        ("dmy", DATE, "03.04.26", "value.not_a_date"),
        ("dmy", DATE, "03.04-2026", "value.not_a_date"),
        ("dmy", DATE, "20260403", "value.not_a_date"),
        ("ymd", DATE, "03.04.2026", "value.not_a_date"),
        ("dmy", DATE, "29.02.2027", "value.not_a_date"),
        ("dmy", MOMENT, "03.04.2026 14:30", "value.no_time_zone"),
        ("dmy UTC", MOMENT, "03.04.2026", "value.not_a_moment"),
        ("dmy UTC", MOMENT, "03.04.2026 25:00", "value.not_a_moment"),
        ("mdy UTC", MOMENT, "4/3/2026 13:05 pm", "value.not_a_moment"),
        ("Europe/Berlin", MOMENT, "2026-03-29 02:30", "value.not_a_moment"),  # the clocks skipped it
        ("comma", NUMBER, "1,234.5", "value.not_a_number"),
        ("comma", NUMBER, "12.34", "value.not_a_number"),
        ("point", NUMBER, "1.234,5", "value.not_a_number"),
        ("point", NUMBER, "EUR 5", "value.not_a_number"),
        ("point", MONEY, "5 apples", "value.not_a_number"),
        ("point", MONEY, "€", "value.not_a_number"),
        ("comma", WHOLE, "1,5", "value.not_an_integer"),
        ("point", NUMBER, "9" * 61, "value.not_a_number"),
    ],
)
def test_what_does_not_fit_is_refused(form: str, kind: AttributeType, text: str, code: str) -> None:
    found = read(form, kind, text)
    assert isinstance(found, Reason)
    assert found.code == code


@pytest.mark.parametrize("text", ["", "dmy", "comma", "dmy Europe/Berlin", "+01:00", "UTC"])
def test_a_format_reads_back_what_it_says(text: str) -> None:
    assert str(SourceFormat.parse(text)) == text


@pytest.mark.parametrize("text", ["dym", "dmy mdy", "comma point", "dmy 3", "../../etc/passwd", "+15:00"])
def test_a_word_that_is_no_format_is_refused(text: str) -> None:
    with pytest.raises(MappingError, match=r"format\.unknown"):
        SourceFormat.parse(text)


def test_a_format_says_which_types_it_reads() -> None:
    fits = {
        form: {kind for kind in AttributeType if SourceFormat.parse(form).fits(kind)}
        for form in ("dmy", "dmy Europe/Berlin", "comma", "dmy comma")
    }
    assert fits["dmy"] == {DATE, MOMENT}
    assert fits["dmy Europe/Berlin"] == {MOMENT}
    assert fits["comma"] == {NUMBER, MONEY, WHOLE, AttributeType.NPS, AttributeType.CSAT}
    assert fits["dmy comma"] == set()


def test_a_zone_is_looked_up_by_name() -> None:
    assert zone_of("") is None
    assert zone_of("Europe/Berlin") == ZoneInfo("Europe/Berlin")
    with pytest.raises(MappingError, match=r"format\.unknown_zone"):
        zone_of("Europe/Atlantis")
