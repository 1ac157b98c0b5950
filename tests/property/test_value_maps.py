"""Value maps and transforms: what goes out comes back, and the pull's SQL says what planning says."""

import sqlite3
import string
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from writeback.host.standard_transforms import STANDARD, DateText
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType, Value
from writeback.model.value_rules import Pair, UnknownRule, ValueRules
from writeback.planning.translating import Translation
from writeback.store import value_maps, wide

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
HELD = "what the record holds"
ONE_OF = (AttributeType.TEXT, AttributeType.LIST, AttributeType.LIFECYCLE)


@st.composite
def maps(draw: st.DrawFn) -> ValueRules:
    theirs = draw(st.lists(WORDS, min_size=1, max_size=5, unique=True))
    ours = draw(st.lists(WORDS, min_size=len(theirs), max_size=len(theirs)))
    pairs = tuple(Pair(*both) for both in zip(theirs, ours, strict=True))
    rule = draw(st.sampled_from(UnknownRule))
    default = draw(st.sampled_from(ours)) if rule is UnknownRule.DEFAULT else ""
    return ValueRules(pairs, rule, default)


@given(maps(), st.sampled_from(ONE_OF))
def test_what_goes_out_means_the_same_when_it_comes_back(rules: ValueRules, kind: AttributeType) -> None:
    translation = Translation(rules, kind)
    for pair in rules.pairs:
        theirs = translation.out(pair.ours)
        assert not isinstance(theirs, Reason)
        assert translation.come_in(theirs) == pair.ours
    several = tuple(dict.fromkeys(pair.ours for pair in rules.pairs))
    whole = Translation(rules, AttributeType.MULTI_LIST)
    out = whole.out(several)
    assert not isinstance(out, Reason)
    assert whole.come_in(out) == several


def in_sql(rules: ValueRules, kind: AttributeType, theirs: Value) -> object:
    mapping = FieldMapping(FieldPath.parse("Tier"), "tier", values=rules)
    made = value_maps.come_in(mapping, kind, "v.cell", "v.held")
    query = f"select {made} from (select ?1 as cell, ?2 as held) v"  # noqa: S608  what is being tested
    held = wide.stored((HELD,) if kind is AttributeType.MULTI_LIST else HELD)
    (cell,) = sqlite3.connect(":memory:").execute(query, (wide.stored(theirs), held)).fetchone()
    return wide.loaded(cell, kind)


@given(maps(), st.sampled_from(ONE_OF), WORDS, st.data())
def test_the_statements_of_a_pull_translate_one_value_as_planning_does(
    rules: ValueRules, kind: AttributeType, strange: str, data: st.DataObject
) -> None:
    theirs = data.draw(st.sampled_from([*(pair.theirs for pair in rules.pairs), strange]))
    expected = Translation(rules, kind).come_in(theirs)
    assert in_sql(rules, kind, theirs) == (HELD if isinstance(expected, Reason) else expected)


@given(maps(), WORDS, st.data())
def test_the_statements_of_a_pull_translate_several_values_as_planning_does(
    rules: ValueRules, strange: str, data: st.DataObject
) -> None:
    known = [*(pair.theirs for pair in rules.pairs), strange]
    theirs = tuple(data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True)))
    expected = Translation(rules, AttributeType.MULTI_LIST).come_in(theirs)
    found = in_sql(rules, AttributeType.MULTI_LIST, theirs)
    assert found == ((HELD,) if isinstance(expected, Reason) else expected)


@given(st.booleans())
def test_a_yes_or_no_is_kept_as_one(value: bool) -> None:
    rules = ValueRules((Pair("aktiv", "true"), Pair("inaktiv", "false")))
    theirs = Translation(rules, AttributeType.BOOLEAN).out(value)
    assert theirs == ("aktiv" if value else "inaktiv")
    assert Translation(rules, AttributeType.BOOLEAN).come_in(theirs) is value
    assert in_sql(rules, AttributeType.BOOLEAN, theirs) is value


@given(st.dates(min_value=date(1, 1, 1)), st.permutations(["dd", "mm", "yyyy"]), st.sampled_from("./- "))
def test_a_date_written_as_text_reads_back_as_itself(day: date, parts: list[str], mark: str) -> None:
    form = mark.join(parts)
    text = DateText().apply(day, form)
    assert isinstance(text, str)
    assert len(text) == len(form)
    assert DateText().invert(text, form) == day


@given(st.text(max_size=20))
def test_shaping_a_text_twice_changes_nothing_more(text: str) -> None:
    for transform in STANDARD[:-1]:
        once = transform.apply(text, "")
        assert isinstance(once, str)
        if transform.name in ("upper", "lower", "title") and not text.isascii():
            continue  # some letters have several forms of the other case
        assert transform.apply(once, "") == once


def test_the_transforms_do_what_their_names_say() -> None:
    made = {one.name: one.apply("  o'NEIL  van der\tBERG 42 ", "") for one in STANDARD[:-1]}
    assert made == {
        "trim": "o'NEIL  van der\tBERG 42",
        "collapse": "o'NEIL van der BERG 42",
        "upper": "  O'NEIL  VAN DER\tBERG 42 ",
        "lower": "  o'neil  van der\tberg 42 ",
        "title": "  O'Neil  Van Der\tBerg 42 ",
        "digits": "42",
    }
    for form in ("", "dd.mm.yy", "dd.dd.yyyy", "yyyy", "dd.mm.yyyyT", string.ascii_letters):
        assert isinstance(DateText().apply(date(2026, 1, 2), form), Reason), form
    assert DateText().apply(date(2026, 1, 2), "d/m/yyyy") == "2/1/2026"
    assert isinstance(DateText().invert("31.02.2026", "dd.mm.yyyy"), Reason)
