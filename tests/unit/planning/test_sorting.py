import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Change, Reason, VerdictKind
from writeback.model.integrations import ConflictRule
from writeback.model.types import CLEAR, AttributeType, RecordId, Value, Wish
from writeback.planning.dating import Newer
from writeback.planning.sorting import (
    CRM_NEWER,
    CRM_WINS,
    RowSorter,
    is_same,
    sort_change,
    sort_field,
    without_clear,
)

TEXT = AttributeType.TEXT
texts = st.sampled_from(["Retail", "Energy", "Mining", None])
wishes = st.sampled_from(["Retail", "Energy", "Mining", CLEAR])
rules = st.sampled_from(ConflictRule)


def change(old: Value, new: Wish) -> Change:
    return Change(RecordId("r"), "industry", old, new)


def test_a_value_the_crm_already_holds_is_unchanged_even_if_both_sides_moved() -> None:
    assert sort_change(change("Retail", "Energy"), theirs="Energy").kind is VerdictKind.UNCHANGED


def test_a_blocked_change_is_blocked_before_anything_else() -> None:
    why = Reason("write_back.off")
    verdict = sort_change(change("Retail", "Energy"), theirs="Energy", blocked=why)
    assert (verdict.kind, verdict.reason) == (VerdictKind.BLOCKED, why)


def test_a_value_nobody_saw_is_taken_from_the_crm() -> None:
    assert sort_field(UNSET, "Energy", "Mining", kind=TEXT) is VerdictKind.SEND


@given(old=texts, theirs=texts, new=wishes)
def test_nothing_is_sent_over_a_value_the_person_did_not_see(old: Value, theirs: Value, new: Wish) -> None:
    kind = sort_change(change(old, new), theirs=theirs).kind
    wanted = None if new is CLEAR else new
    assert kind is not VerdictKind.SEND or theirs == old
    assert kind is not VerdictKind.CONFLICT or theirs not in (old, wanted)
    assert (kind is VerdictKind.UNCHANGED) == (theirs == wanted)


def test_the_order_of_a_multi_list_and_the_type_of_a_boolean_are_told_apart() -> None:
    assert is_same(AttributeType.MULTI_LIST, ("a", "b"), ("b", "a"))
    assert not is_same(AttributeType.BOOLEAN, True, 1)
    assert is_same(AttributeType.BOOLEAN, True, True)
    assert is_same(AttributeType.INTEGER, 1, 1)


def test_what_the_connector_calls_the_same_is_unchanged() -> None:
    def trimming(_kind: AttributeType, ours: Value, theirs: Value) -> bool:
        return str(ours or "").strip() == str(theirs or "").strip()

    sorter = RowSorter((TEXT,), (ConflictRule.ASK,), same=trimming)
    assert sorter.sort((UNSET,), (" a ",), ("a",)).kind is VerdictKind.UNCHANGED
    assert sorter.sort(("b ",), ("c",), ("b",)).kind is VerdictKind.SEND


def sort(
    *fields: tuple[Value | Unset, Wish | Unset, Value],
    rule: ConflictRule = ConflictRule.ASK,
    **blocked: object,
) -> tuple[VerdictKind, tuple[Value | Unset, ...], int]:
    olds, wants, theirs = zip(*fields, strict=True)
    sorter = RowSorter((TEXT,) * len(fields), (rule,) * len(fields))
    verdict = sorter.sort(olds, wants, theirs, **blocked)  # type: ignore[arg-type]  its own keywords
    return verdict.kind, verdict.news, verdict.place


def test_one_blocked_field_blocks_the_row_so_that_nothing_is_half_written() -> None:
    found = sort(("a", "b", "a"), ("a", "b", "a"), blocked=Reason("x"), place=1)
    assert found == (VerdictKind.BLOCKED, ("b", "b"), 1)


def test_fields_that_are_so_already_are_dropped_from_what_is_sent() -> None:
    assert sort(("a", "b", "b"), ("a", "c", "a")) == (VerdictKind.SEND, (UNSET, "c"), -1)
    assert sort(("a", "b", "b"), ("x", UNSET, "y"))[0] is VerdictKind.UNCHANGED


def test_one_field_in_conflict_holds_the_row_back() -> None:
    assert sort(("a", "b", "a"), ("a", "c", "z")) == (VerdictKind.CONFLICT, ("b", "c"), 1)


def test_the_rule_crm_drops_the_field_and_the_rule_ours_sends_it() -> None:
    fields = (("a", "b", "a"), ("a", "c", "z"))
    assert sort(*fields, rule=ConflictRule.CRM) == (VerdictKind.SEND, ("b", UNSET), -1)
    assert sort(*fields, rule=ConflictRule.OURS) == (VerdictKind.SEND, ("b", "c"), -1)


def test_a_row_left_to_the_crm_says_which_field_and_why() -> None:
    sorter = RowSorter((TEXT,), (ConflictRule.CRM,))
    verdict = sorter.sort(("a",), ("b",), ("z",))
    assert (verdict.kind, verdict.place, verdict.reason) == (VerdictKind.UNCHANGED, 0, CRM_WINS)


def test_a_clear_is_the_wish_for_nothing() -> None:
    assert sort(("a", CLEAR, "a")) == (VerdictKind.SEND, (None,), -1)
    assert sort(("a", CLEAR, None))[0] is VerdictKind.UNCHANGED
    assert without_clear((CLEAR, UNSET, "x")) == (None, UNSET, "x")


BY_SIDE = {
    Newer.OURS: ConflictRule.OURS,
    Newer.CRM: ConflictRule.CRM,
    Newer.UNTOLD: ConflictRule.ASK,
}


@pytest.mark.parametrize(
    ("rule", "side", "kind", "code"),
    [
        (ConflictRule.ASK, Newer.OURS, VerdictKind.CONFLICT, None),
        (ConflictRule.OURS, Newer.CRM, VerdictKind.SEND, None),
        (ConflictRule.CRM, Newer.OURS, VerdictKind.UNCHANGED, CRM_WINS),
        (ConflictRule.NEWEST, Newer.OURS, VerdictKind.SEND, None),
        (ConflictRule.NEWEST, Newer.CRM, VerdictKind.UNCHANGED, CRM_NEWER),
        (ConflictRule.NEWEST, Newer.UNTOLD, VerdictKind.CONFLICT, None),
        (ConflictRule.NEWEST, None, VerdictKind.CONFLICT, None),
    ],
)
def test_each_rule_decides_a_field_that_both_sides_changed(
    rule: ConflictRule, side: Newer | None, kind: VerdictKind, code: Reason | None
) -> None:
    sorter = RowSorter((TEXT,), (rule,))
    newest = None if side is None else lambda _place: side
    verdict = sorter.sort(("seen",), ("ours",), ("theirs",), newest=newest)
    assert (verdict.kind, verdict.reason) == (kind, code)


def test_who_wrote_later_is_asked_only_where_it_matters() -> None:
    sorter = RowSorter((TEXT,) * 4, (ConflictRule.NEWEST,) * 4)
    olds, wants, theirs = ("a", "a", "a", UNSET), ("b", "b", UNSET, "b"), ("c", "b", "c", "c")
    assert sorter.disputed(olds, wants, theirs) == (0,)
    assert sorter.disputed(olds, wants, theirs, is_dated=True) == (0, 3)


def test_a_value_nobody_saw_is_left_to_a_later_one_where_the_source_is_dated() -> None:
    sorter = RowSorter((TEXT,), (ConflictRule.NEWEST,))
    undated = sorter.sort((UNSET,), ("ours",), ("theirs",), newest=lambda _place: Newer.CRM)
    dated = sorter.sort((UNSET,), ("ours",), ("theirs",), newest=lambda _place: Newer.CRM, is_dated=True)
    assert (undated.kind, dated.kind) == (VerdictKind.SEND, VerdictKind.UNCHANGED)


fields = st.tuples(st.one_of(texts, st.just(UNSET)), st.one_of(wishes, st.just(UNSET)), texts, rules)


@given(
    row=st.lists(fields, min_size=1, max_size=5),
    sides=st.lists(st.sampled_from(Newer), min_size=5, max_size=5),
)
def test_a_row_is_the_sum_of_its_fields(
    row: list[tuple[Value | Unset, Wish | Unset, Value, ConflictRule]], sides: list[Newer]
) -> None:
    olds, wants, theirs, rules_given = zip(*row, strict=True)
    sorter = RowSorter((TEXT,) * len(row), rules_given)
    verdict = sorter.sort(olds, wants, theirs, newest=sides.__getitem__)
    by = [
        BY_SIDE[side] if rule is ConflictRule.NEWEST else rule
        for rule, side in zip(rules_given, sides, strict=False)
    ]
    kinds = [
        VerdictKind.UNCHANGED if isinstance(want, Unset) else sort_field(old, want, now, kind=TEXT)
        for old, want, now in zip(olds, wants, theirs, strict=True)
    ]
    asked = [
        kind is VerdictKind.CONFLICT and rule is ConflictRule.ASK
        for kind, rule in zip(kinds, by, strict=True)
    ]
    assert (verdict.kind is VerdictKind.CONFLICT) == any(asked)
    assert verdict.places == tuple(place for place, is_asked in enumerate(asked) if is_asked)
    if verdict.kind is VerdictKind.SEND:
        for kind, rule, new in zip(kinds, by, verdict.news, strict=True):
            sent = kind is VerdictKind.SEND or (kind is VerdictKind.CONFLICT and rule is ConflictRule.OURS)
            assert (new is not UNSET) == sent
    left = [
        place
        for place, (kind, rule) in enumerate(zip(kinds, by, strict=True))
        if kind is VerdictKind.CONFLICT and rule is ConflictRule.CRM
    ]
    assert [one.place for one in verdict.kept] == ([] if any(asked) else left)


@pytest.mark.parametrize("kind", VerdictKind)
def test_sorting_twice_gives_the_same(kind: VerdictKind) -> None:
    blocked = Reason("x") if kind is VerdictKind.BLOCKED else None
    one = sort_change(change("a", "b"), theirs="a", blocked=blocked)
    assert one == sort_change(change("a", "b"), theirs="a", blocked=blocked)
