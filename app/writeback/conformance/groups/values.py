"""Checks on values: every type goes out and comes back as it was meant, or is refused; nothing is bent."""

from collections import abc
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from writeback.conformance.benches import told
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.errors import ContractBrokenError, RefusedError
from writeback.model.changes import Reason
from writeback.model.jobs import Outcome
from writeback.model.types import CLEAR, AttributeType, Clear, Value, Wish
from writeback.planning.checking import check_wish, reader
from writeback.planning.coercing import NO, YES
from writeback.sdk.values import FieldInfo

TEXT = AttributeType.TEXT
INDIA = timezone(timedelta(hours=5, minutes=30))


@check(Tier.BRONZE)
def text_round_trips(stage: Stage) -> None:
    """A text comes back as it was written."""
    _round_trip(stage, TEXT, "Quarterly review")


@check(Tier.BRONZE)
def emoji_and_scripts_survive(stage: Stage) -> None:
    """Emoji, combining marks and right-to-left script come back as they were written."""
    _round_trip(stage, TEXT, "Zoë 👩🏽‍🚀 e\u0301 שלום 漢字")


@check(Tier.BRONZE)
def markup_and_quotes_survive(stage: Stage) -> None:
    """Markup, quotes, commas, backslashes and query words are text like any other."""
    _round_trip(stage, TEXT, '<b>"O\'Neil"</b> & a,b;c\\d {e} =1+1 #N/A')


@check(Tier.BRONZE)
def line_breaks_survive(stage: Stage) -> None:
    """Line breaks in a long text come back; only their form may differ."""
    bench = stage.shared
    info = bench.field(AttributeType.LONG_TEXT)
    wish = "first\nsecond\n\nfourth"
    record_id = bench.ids(1)[0]
    bench.must_set(record_id, info, wish)
    held = bench.value(record_id, info.name)
    expect(str(held).replace("\r\n", "\n") == wish, f"{wish!r} became {held!r}")
    expect(bench.session.same_value(AttributeType.LONG_TEXT, wish, held), "same_value takes it for another")


@check(Tier.BRONZE)
def blanks_at_the_ends_are_understood(stage: Stage) -> None:
    """What the CRM makes of blanks at the ends of a text, `same_value` knows."""
    bench = stage.shared
    info, record_id = bench.field(TEXT), bench.ids(1)[0]
    bench.must_set(record_id, info, "  padded  ")
    held = bench.value(record_id, info.name)
    expect(str(held).strip() == "padded", f"'  padded  ' became {held!r}")
    expect(bench.session.same_value(TEXT, "  padded  ", held), f"same_value takes {held!r} for another")


@check(Tier.BRONZE)
def longest_text_fits(stage: Stage) -> None:
    """A text of exactly the described length is taken whole."""
    _round_trip(stage, TEXT, "x" * min(stage.shared.longest(), 100_000))


@check(Tier.BRONZE)
def longer_text_is_refused_before_a_call(stage: Stage) -> None:
    """A text one character too long is found by the description's length."""
    info = stage.shared.field(TEXT)
    found = check_wish(info, "x" * (stage.shared.longest() + 1))
    expect(found is not None and found.code == "value.too_long", f"{info.name} takes one more: {found}")


@check(Tier.BRONZE)
def longer_text_is_never_cut(stage: Stage) -> None:
    """A text one character too long, sent all the same, is refused with the field named; nothing is cut."""
    bench = stage.shared
    info, record_id = bench.field(TEXT), bench.ids(1)[0]
    before = bench.value(record_id, info.name)
    result = bench.set(record_id, info, "y" * (bench.longest() + 1))
    expect(result.outcome is Outcome.REJECTED, f"it was taken: {told(result)}")
    expect(result.code and result.message, "the refusal has no code or no words")
    expect(bench.value(record_id, info.name) == before, "the record changed all the same")


@check(Tier.BRONZE)
def nul_is_never_lost(stage: Stage) -> None:
    """A NUL character never leaves the form; sent all the same it is refused or kept, never dropped."""
    bench = stage.shared
    info, record_id = bench.field(TEXT), bench.ids(1)[0]
    expect(isinstance(reader(info)("a\0b"), Reason), "the form takes a NUL")
    try:
        result = bench.set(record_id, info, "a\0b")
    except RefusedError:
        return
    if result.outcome is Outcome.APPLIED:
        held = bench.value(record_id, info.name)
        expect(held == "a\0b", f"'a\\0b' was applied and became {held!r}")


@check(Tier.BRONZE)
def booleans_are_read_in_all_spellings(stage: Stage) -> None:
    """True, TRUE, yes, 1, on … are one value; what leaves is a boolean and never a word."""
    bench = stage.shared
    info, record_id = bench.field(AttributeType.BOOLEAN), bench.ids(1)[0]
    read = reader(info)
    for meant, words in ((True, YES), (False, NO)):
        for word in sorted(words):
            for spelling in (word, word.upper(), word.title(), f" {word} "):
                expect(read(spelling) is meant, f"{spelling!r} is read as {read(spelling)!r}")
    expect(isinstance(read("maybe"), Reason), "'maybe' is read as a boolean")
    for spelling, meant in (("TRUE", True), ("off", False), ("Yes", True), ("0", False)):
        wish = read(spelling)
        expect(isinstance(wish, bool), f"{spelling!r} leaves as {wish!r}")
        bench.must_set(record_id, info, bool(wish))
        held = bench.value(record_id, info.name)
        expect(held is meant, f"{spelling!r} became {held!r}")


@check(Tier.BRONZE)
def integers_round_trip(stage: Stage) -> None:
    """Whole numbers come back as whole numbers: zero, negative, large."""
    for wish in (0, 1234567):
        _round_trip(stage, AttributeType.INTEGER, wish)


@check(Tier.BRONZE)
def decimals_keep_their_digits(stage: Stage) -> None:
    """A decimal number comes back digit for digit, never through a float."""
    _round_trip(stage, AttributeType.NUMBER, Decimal("87.65"))


@check(Tier.BRONZE)
def money_keeps_its_digits(stage: Stage) -> None:
    """A large amount comes back to the cent."""
    _round_trip(stage, AttributeType.CURRENCY, Decimal("12345678901.23"))


@check(Tier.BRONZE)
def too_many_decimals_are_never_rounded(stage: Stage) -> None:
    """A number with more decimals than the field holds is found before a call, refused, or kept whole."""
    bench, wish = stage.shared, Decimal("0.123456789")
    info, record_id = bench.field(AttributeType.NUMBER), bench.ids(1)[0]
    if check_wish(info, wish) is not None:
        return
    result = bench.set(record_id, info, wish)
    if result.outcome is Outcome.APPLIED:
        held = bench.value(record_id, info.name)
        expect(held == wish, f"{wish} became {held!r}")


@check(Tier.BRONZE)
def dates_round_trip(stage: Stage) -> None:
    """A date comes back as the same day, wherever anybody is: leap day, end of year."""
    for wish in (date(2028, 2, 29), date(2026, 12, 31)):
        _round_trip(stage, AttributeType.DATE, wish)


@check(Tier.BRONZE)
def moments_keep_their_instant(stage: Stage) -> None:
    """A moment written in another time zone comes back as the same instant, aware of its zone."""
    for wish in (
        datetime(2026, 3, 29, 1, 30, tzinfo=INDIA),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 23, 59, tzinfo=timezone(timedelta(hours=-8))),
    ):
        _round_trip(stage, AttributeType.DATETIME, wish)


@check(Tier.BRONZE)
def options_round_trip(stage: Stage) -> None:
    """Each option of a list comes back as its value."""
    info = stage.shared.field(AttributeType.LIST)
    for option in [option for option in info.options if option.active][:3]:
        _round_trip(stage, AttributeType.LIST, option.value)


@check(Tier.BRONZE)
def options_that_are_none_are_refused(stage: Stage) -> None:
    """A value that is none of a restricted list's options is refused, before a call and by the CRM."""
    bench = stage.shared
    info, record_id = bench.field(AttributeType.LIST), bench.ids(1)[0]
    if not info.is_restricted:
        raise NotApplicableError(f"{info.name} takes other values than its options")
    expect(isinstance(reader(info)("Nothing of the kind"), Reason), "the form takes it")
    before = bench.value(record_id, info.name)
    try:
        result = bench.set(record_id, info, "Nothing of the kind")
        expect(result.outcome is Outcome.REJECTED, f"it was taken: {told(result)}")
    except (RefusedError, ContractBrokenError):
        pass  # refused before it left
    expect(bench.value(record_id, info.name) == before, "the record changed all the same")


@check(Tier.BRONZE)
def several_options_round_trip(stage: Stage) -> None:
    """Several options of a multi-list come back as a tuple: all of them, and one."""
    info = stage.shared.field(AttributeType.MULTI_LIST)
    values = tuple(option.value for option in info.options if option.active)
    expect(len(values) > 1, f"{info.name} has fewer than two options")
    for wish in (values[:2], values[-1:], values):
        _round_trip(stage, AttributeType.MULTI_LIST, wish, any_order=True)


@check(Tier.BRONZE)
def addresses_round_trip(stage: Stage) -> None:
    """E-mail and web addresses come back, or as what `same_value` knows the CRM makes of them."""
    asked = 0
    for kind, wish in (
        (AttributeType.EMAIL, "ada@example.com"),
        (AttributeType.URL, "https://example.com/a?b=1"),
    ):
        try:
            stage.shared.field(kind)
        except NotApplicableError:
            continue
        asked += 1
        bench, info = stage.shared, stage.shared.field(kind)
        record_id = bench.ids(1)[0]
        bench.must_set(record_id, info, wish)
        held = bench.value(record_id, info.name)
        expect(bench.session.same_value(kind, wish, held), f"{wish} became {held!r}")
    if not asked:
        raise NotApplicableError("there is no e-mail and no web address that may be written")


@check(Tier.BRONZE)
def clear_empties_every_type(stage: Stage) -> None:
    """Clearing empties a field of each type that may be empty; nothing is *nothing*, no word for it."""
    bench = stage.shared
    record_id, cleared = bench.ids(1)[0], 0
    for kind, wish in _SAMPLES.items():
        if kind not in stage.subject.quality.probe.fields:
            continue
        info = bench.field(kind)
        if not info.is_nillable:
            continue
        bench.must_set(record_id, info, wish or _an_option(info))
        bench.must_set(record_id, info, CLEAR)
        held = bench.value(record_id, info.name)
        expect(held is None or held == (), f"{info.name} was cleared and holds {held!r}")
        cleared += 1
    expect(cleared, "no field of the probe may be empty")


@check(Tier.BRONZE)
def untouched_fields_stay(stage: Stage) -> None:
    """Writing one field leaves every other one as it was."""
    bench = stage.shared
    info, record_id = bench.field(TEXT), bench.ids(2)[-1]
    others = [
        each.name
        for each in bench.describe().fields
        if each.is_updateable and each.kind is not None and each.name != info.name
    ][:20]
    before = bench.row(record_id, *others)[1]
    bench.must_set(record_id, info, "only this")
    after = bench.row(record_id, *others)[1]
    moved = [name for name, old, new in zip(others, before, after, strict=True) if old != new]
    expect(not moved, f"also changed: {moved[:5]}")


@check(Tier.BRONZE)
def same_value_is_a_comparison(stage: Stage) -> None:
    """`same_value` holds a value for itself and never for another one, without a call."""
    bench = stage.shared
    asked = len(bench.http.asked)
    for kind, one, other in _PAIRS:
        expect(bench.session.same_value(kind, one, one), f"{one!r} is not itself")
        expect(not bench.session.same_value(kind, one, other), f"{one!r} counts as {other!r}")
    expect(len(bench.http.asked) == asked, "comparing made a call")


_SAMPLES: abc.Mapping[AttributeType, Wish | None] = {
    AttributeType.TEXT: "some",
    AttributeType.LONG_TEXT: "some",
    AttributeType.INTEGER: 7,
    AttributeType.NUMBER: Decimal("7.5"),
    AttributeType.CURRENCY: Decimal("7.5"),
    AttributeType.DATE: date(2026, 5, 4),
    AttributeType.DATETIME: datetime(2026, 5, 4, 3, 2, tzinfo=UTC),
    AttributeType.LIST: None,
    AttributeType.MULTI_LIST: None,
}
"""A value to be cleared again; None: one of the options."""

_PAIRS: tuple[tuple[AttributeType, Value, Value], ...] = (
    (TEXT, "one", "two"),
    (TEXT, "one", None),
    (AttributeType.BOOLEAN, True, False),
    (AttributeType.INTEGER, 1, 2),
    (AttributeType.CURRENCY, Decimal("1.10"), Decimal("1.11")),
    (AttributeType.DATE, date(2026, 1, 1), date(2026, 1, 2)),
    (AttributeType.MULTI_LIST, ("a", "b"), ("a", "c")),
)


def _round_trip(stage: Stage, kind: AttributeType, wish: Wish, *, any_order: bool = False) -> None:
    """Write a value, read it afresh, and hold both against each other."""
    bench = stage.shared
    info = bench.field(kind)
    record_id = bench.ids(1)[0]
    bench.must_set(record_id, info, wish)
    held = bench.value(record_id, info.name)
    is_kept = sorted(_as_tuple(held)) == sorted(_as_tuple(wish)) if any_order else held == wish
    expect(is_kept, f"{wish!r} became {held!r}")
    expect(_is_of(kind, held), f"{held!r} is no canonical {kind.value}")
    plain = None if isinstance(wish, Clear) else wish
    expect(bench.session.same_value(kind, plain, held), f"same_value takes {held!r} for another")


def _as_tuple(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _is_of(kind: AttributeType, value: Value) -> bool:
    kinds: abc.Mapping[AttributeType, type] = {
        AttributeType.BOOLEAN: bool,
        AttributeType.INTEGER: int,
        AttributeType.NUMBER: Decimal,
        AttributeType.CURRENCY: Decimal,
        AttributeType.DATETIME: datetime,
        AttributeType.MULTI_LIST: tuple,
    }
    if kind is AttributeType.DATETIME:
        return isinstance(value, datetime) and value.tzinfo is not None
    if kind is AttributeType.DATE:
        return type(value) is date
    return type(value) is kinds.get(kind, str)


def _an_option(info: FieldInfo) -> Wish:
    value = next(option.value for option in info.options if option.active)
    return (value,) if info.kind is AttributeType.MULTI_LIST else value


CHECKS = checks_in(globals())
