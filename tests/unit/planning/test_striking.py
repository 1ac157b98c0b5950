"""Which figures strike which guards."""

import pytest

from writeback.model.guards import LIMIT_NAMES, Figure, Guard, Limits, Strike, is_allowed, title_of
from writeback.planning.striking import in_force, plain_figure, sentence_facts, strikes

LIMITS = Limits(rows=10, blanks=50, blanks_from=4, changed=20, changed_from=5, empty=3, echo=3)


@pytest.mark.parametrize(
    ("guard", "figure", "of", "is_struck"),
    [
        (Guard.ROWS, 10, 10, False),
        (Guard.ROWS, 11, 11, True),
        (Guard.BLANKS, 50, 4, False),
        (Guard.BLANKS, 50.001, 4, True),
        (Guard.BLANKS, 100, 3, False),  # too few to speak of a share
        (Guard.CHANGED, 20, 5, False),
        (Guard.CHANGED, 20.5, 5, True),
        (Guard.CHANGED, 100, 4, False),
        (Guard.EMPTY, 1, 0, True),  # no rows at all
        (Guard.EMPTY, 1, 2, False),  # two blank cells are no empty column
        (Guard.EMPTY, 1, 3, True),
        (Guard.ECHO_LOOP, 2, 1, False),
        (Guard.ECHO_LOOP, 3, 1, True),
    ],
)
def test_a_guard_strikes_above_its_limit_and_not_at_it(
    guard: Guard, figure: float, of: int, is_struck: bool
) -> None:
    assert bool(strikes([Figure(guard, figure, of)], LIMITS)) is is_struck


@pytest.mark.parametrize("guard", Guard)
def test_a_guard_that_is_switched_off_never_strikes(guard: Guard) -> None:
    off = Limits(rows=None, blanks=None, changed=None, empty=None, echo=None)
    assert strikes([Figure(guard, 1_000_000, 1_000_000)], off) == ()


def test_what_was_overridden_stays_listed_and_refuses_nothing() -> None:
    figures = [Figure(Guard.ROWS, 11, 11, overridden_by="ana"), Figure(Guard.BLANKS, 60, 11)]
    struck = strikes(figures, LIMITS)
    assert [(one.guard, one.overridden_by) for one in struck] == [(Guard.ROWS, "ana"), (Guard.BLANKS, "")]
    assert [one.guard for one in in_force(struck)] == [Guard.BLANKS]


def test_a_figure_never_reads_as_if_it_were_within_its_limit() -> None:
    assert plain_figure(50.001) == "50.1"
    assert plain_figure(120_000) == "120,000"
    assert plain_figure(12.5) == "12.5"
    facts = sentence_facts(Strike(Guard.BLANKS, 50.001, 50, (("rows", "7"),)))
    assert facts == {"figure": "50.1", "limit": "50", "rows": "7"}


def test_every_limit_has_a_title_and_knows_its_bounds() -> None:
    assert all(title_of(name) for name in LIMIT_NAMES)
    assert is_allowed("blanks", 100)
    assert is_allowed("blanks", 0)
    assert not is_allowed("blanks", 100.5)
    assert not is_allowed("blanks", -1)
    assert not is_allowed("rows", 0)
    assert is_allowed("rows", 1)
