"""Which permission level may do what."""

import itertools

import pytest

from writeback.model.permissions import Level, Right
from writeback.planning.permitting import (
    LEVEL_TITLES,
    RIGHT_TITLES,
    RIGHTS,
    granters,
    may,
    refusal_facts,
)

PEOPLE = {"vera": Level.VIEWER, "ed": Level.EDITOR, "ada": Level.GLOBAL_ADMIN, "bo": Level.GLOBAL_ADMIN}


def test_each_level_holds_what_the_one_before_it_holds() -> None:
    levels = list(Level)
    for lower, higher in itertools.pairwise(levels):
        assert RIGHTS[lower] < RIGHTS[higher], (lower, higher)
    assert RIGHTS[Level.GLOBAL_ADMIN] == frozenset(Right)


def test_only_advanced_users_and_global_admins_set_write_back() -> None:
    def holders(right: Right) -> list[Level]:
        return [level for level in Level if right in RIGHTS[level]]

    assert holders(Right.SET_WRITE_BACK) == [Level.ADVANCED_USER, Level.GLOBAL_ADMIN]
    assert holders(Right.ADMINISTER) == [Level.GLOBAL_ADMIN]
    assert holders(Right.WRITE)[0] is Level.OPERATOR
    assert holders(Right.APPROVE)[0] is Level.APPROVER


@pytest.mark.parametrize("right", Right)
def test_where_nobody_has_a_level_everybody_may_do_everything(right: Right) -> None:
    assert may({}, "anybody", right)
    assert not may(PEOPLE, "anybody", right), "where people are named a stranger may only look"
    assert not may(PEOPLE, "vera", right)
    assert may(PEOPLE, "ada", right)


def test_a_refusal_names_the_right_the_person_and_who_can_grant_it() -> None:
    assert granters(PEOPLE) == ("ada", "bo")
    assert refusal_facts(PEOPLE, "ed", Right.WRITE) == {
        "right": "write to a CRM",
        "author": "ed",
        "level": "Editor",
        "who": "ada, bo",
    }
    assert refusal_facts(PEOPLE, "eve", Right.WRITE)["level"] == "no permission level"


def test_every_right_and_level_has_a_title() -> None:
    assert set(RIGHT_TITLES) == set(Right)
    assert set(LEVEL_TITLES) == set(Level)
