"""Whom a play chooses, what holds it, and when a change of one play counts as what set another off."""

from datetime import UTC, datetime, timedelta

import pytest

from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.people import Person
from writeback.model.plays import AssignRule, PlayGuards, PlayStep, StepKind
from writeback.model.segments import All, Any, Comparison, HasText, Not, Operator, StateIs
from writeback.model.types import AttributeType
from writeback.planning.playing import Behind, Choosing, PlayGround, behind, strikes, touched_lately

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ANA, BEN, OLD = Person("ana", "Ana"), Person("ben", "Ben"), Person("old", "Old", active=False)
GROUND = PlayGround(
    (
        Attribute("account", "csm", "CSM", AttributeType.TEXT),
        Attribute("account", "owner", "Owner", AttributeType.TEXT),
    ),
    frozenset({"csm", "owner"}),
    (ANA, BEN, OLD),
    (),
)


def step(rule: AssignRule, *people: str, source: str = "") -> PlayStep:
    return PlayStep(StepKind.ASSIGN, "csm", source=source, rule=rule, people=people)


def test_turns_go_round_and_count_only_where_somebody_gets_something() -> None:
    choosing = Choosing(GROUND, {}, {0: 1})
    rule = step(AssignRule.ROUND_ROBIN, "ana", "old", "ben")
    chosen = []
    for kept in (True, False, True, True):
        chosen.append(choosing.choose(0, rule, {}))
        choosing.settle(is_kept=kept)
    assert chosen == [BEN, ANA, ANA, BEN], "the one who left is passed over, the turn not taken comes again"
    assert choosing.turns == {0: 4}


def test_the_least_loaded_is_the_one_with_fewest_and_loads_grow_meanwhile() -> None:
    choosing = Choosing(GROUND, {0: {"ana": 2, "ben": 0}}, {})
    rule = step(AssignRule.LEAST_LOADED, "ana", "ben")
    chosen = []
    for _ in range(5):
        chosen.append(choosing.choose(0, rule, {}))
        choosing.settle(is_kept=True)
    assert chosen == [BEN, BEN, ANA, BEN, ANA]


@pytest.mark.parametrize("rule", [AssignRule.ROUND_ROBIN, AssignRule.LEAST_LOADED])
def test_whoever_holds_a_record_keeps_it(rule: AssignRule) -> None:
    choosing = Choosing(GROUND, {}, {})
    assert choosing.choose(0, step(rule, "ana", "ben"), {}, "ben") == BEN
    assert choosing.choose(0, step(rule, "ana", "ben"), {}, "old") == ANA
    assert choosing.choose(0, step(AssignRule.FIXED, "ana"), {}, "ben") == ANA


def test_an_attribute_names_who_it_is_or_nobody() -> None:
    choosing = Choosing(GROUND, {}, {})
    rule = step(AssignRule.ATTRIBUTE, source="owner")
    assert choosing.choose(0, rule, {"owner": "ben"}) == BEN
    for value, code in ((None, "play.nobody_there"), ("005x", "role.unknown_person")):
        refused = choosing.choose(0, rule, {"owner": value})
        assert isinstance(refused, Reason)
        assert refused.code == code
    gone = choosing.choose(0, step(AssignRule.FIXED, "old"), {})
    assert isinstance(gone, Reason)


@pytest.mark.parametrize(
    ("guards", "rows", "of", "code"),
    [
        (PlayGuards(rows=5), 5, 9, None),
        (PlayGuards(rows=5), 6, 9, "play.too_many"),
        (PlayGuards(percent=10), 10, 100, None),
        (PlayGuards(percent=10), 11, 100, "play.too_large_share"),
        (PlayGuards(percent=10), 0, 0, None),
        (PlayGuards(rows=1, percent=1), 2, 2, "play.too_many"),
    ],
)
def test_guards_strike_above_their_limit(guards: PlayGuards, rows: int, of: int, code: str | None) -> None:
    found = strikes(guards, rows=rows, of=of)
    assert (found and found.code) == code


def test_a_record_rests_for_the_days_of_the_guard() -> None:
    guards = PlayGuards(once_days=7)
    assert touched_lately(None, guards, now=NOW) is None
    assert touched_lately(NOW - timedelta(days=7), guards, now=NOW) is None
    assert touched_lately(NOW - timedelta(days=6, hours=23), guards, now=NOW) is not None
    assert touched_lately(NOW, PlayGuards(), now=NOW) is None


SITE = Comparison("site", Operator.IS, ("A",))


@pytest.mark.parametrize(
    ("expression", "round_"),
    [
        (SITE, 2),
        (Not(All((Comparison("name", Operator.IS, ("x",)), SITE))), 2),
        (Any((HasText("x"),)), 2),
        (StateIs(frozenset({"draft"})), 2),
        (StateIs(frozenset({"draft"}), "name"), 0),
        (Comparison("name", Operator.IS, ("x",)), 0),
        (Comparison("industry", Operator.IS, ("x",), "account"), 2),
        (All(()), 0),
    ],
)
def test_a_change_counts_where_it_may_have_set_the_play_off(expression: object, round_: int) -> None:
    told = behind((expression,), {"site"}, round_=1, run=7)
    assert told == (Behind(round_, 7) if round_ else Behind())
    assert behind((expression,), frozenset(), round_=1, run=7) == Behind()
    assert [Behind(count).is_loop for count in (2, 3)] == [False, True]
