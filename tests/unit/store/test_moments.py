from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import InternalError
from writeback.store import moments


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  bounds
def test_a_moment_survives_storing(moment: datetime) -> None:
    text = moments.to_text(moment)
    assert moments.from_text(text) == moment
    assert len(text) == len("2026-11-24T03:00:00.000000Z")


def test_all_zones_become_utc() -> None:
    berlin = timezone(timedelta(hours=1))
    assert moments.to_text(datetime(2026, 11, 24, 4, tzinfo=berlin)) == "2026-11-24T03:00:00.000000Z"


def test_a_moment_without_zone_is_never_guessed() -> None:
    with pytest.raises(InternalError):
        moments.to_text(datetime(2026, 1, 1))  # noqa: DTZ001  the point


def test_text_that_is_no_moment_is_our_bug() -> None:
    with pytest.raises(InternalError):
        moments.from_text("yesterday")


def test_absent_stays_absent() -> None:
    assert moments.from_optional(None) is None
    assert moments.to_optional(None) is None
    assert moments.from_optional(moments.to_optional(datetime(2026, 1, 1, tzinfo=UTC))) == datetime(
        2026, 1, 1, tzinfo=UTC
    )
