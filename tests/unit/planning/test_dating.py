from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.planning.dating import CLOCKS_MOST, GRAIN, UNMEASURED, Newer, newer_of

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAME = timedelta()


@pytest.mark.parametrize(
    ("ours", "record", "value", "newer"),
    [
        (NOON, NOON - MINUTE, None, Newer.OURS),
        (NOON, NOON + MINUTE, None, Newer.CRM),
        (NOON, NOON, None, Newer.UNTOLD),
        (NOON, NOON + GRAIN, None, Newer.UNTOLD),
        (NOON, NOON + MINUTE, NOON - MINUTE, Newer.OURS),
        (NOON, NOON + 2 * MINUTE, NOON + MINUTE, Newer.CRM),
        (NOON, None, None, Newer.UNTOLD),
        (None, NOON, NOON, Newer.UNTOLD),
    ],
)
def test_the_values_own_moment_decides_before_the_records(
    ours: datetime | None, record: datetime | None, value: datetime | None, newer: Newer
) -> None:
    assert newer_of(ours, record=record, value=value, ahead=SAME) is newer


def test_a_crm_whose_clock_is_ahead_is_not_newer_for_it() -> None:
    fast = 4 * MINUTE
    written = NOON - MINUTE + fast  # a minute before noon, told by a clock that is fast
    assert newer_of(NOON, record=written, ahead=fast) is Newer.OURS
    assert newer_of(NOON, record=written, ahead=SAME) is Newer.CRM


@pytest.mark.parametrize("hours", [-48, -1, 1, 48])
def test_nothing_is_concluded_from_a_clock_that_is_wrong(hours: int) -> None:
    wrong = timedelta(hours=hours)
    for ours in (NOON - 2 * abs(wrong), NOON, NOON + 2 * abs(wrong)):
        assert newer_of(ours, record=NOON, value=NOON, ahead=wrong) is Newer.UNTOLD
    assert newer_of(NOON, record=NOON - MINUTE, ahead=CLOCKS_MOST) is Newer.OURS


@given(seconds=st.integers(-10_000, 10_000), ahead=st.none() | st.integers(-300, 300))
def test_nobody_is_called_newer_within_what_the_clocks_may_be_apart(seconds: int, ahead: int | None) -> None:
    gap = None if ahead is None else timedelta(seconds=ahead)
    found = newer_of(NOON, record=NOON + (gap or SAME) - timedelta(seconds=seconds), ahead=gap)
    margin = (UNMEASURED if ahead is None else GRAIN).total_seconds()
    wanted = Newer.OURS if seconds > margin else Newer.CRM if seconds < -margin else Newer.UNTOLD
    assert found is wanted
