"""Until when nothing leaves the window: words for it, or a moment."""

from datetime import datetime, timedelta, timezone

import pytest

from writeback.errors import ConfigurationError
from writeback.preferences.muting import PRESETS, moment_of

FRIDAY = datetime(2026, 11, 27, 23, 50, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("off", ""),
        ("1h", "2026-11-28T00:50+01:00"),
        ("8H", "2026-11-28T07:50+01:00"),
        ("tomorrow", "2026-11-28T08:00+01:00"),
        ("monday", "2026-11-30T08:00+01:00"),
        ("2026-12-01T09:00+01:00", "2026-12-01T09:00+01:00"),
    ],
)
def test_a_word_or_a_moment(said: str, until: str) -> None:
    assert moment_of(said, now=FRIDAY) == until


def test_monday_is_never_today() -> None:
    monday = FRIDAY + timedelta(days=3)
    assert moment_of("monday", now=monday) == "2026-12-07T08:00+01:00"


@pytest.mark.parametrize("said", ["soon", "2026-12-01T09:00", "25h"])
def test_what_is_none_names_what_is_allowed(said: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        moment_of(said, now=FRIDAY)
    assert all(word in str(refused.value.facts["allowed"]) for word in PRESETS)
