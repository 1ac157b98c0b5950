"""What `today` is in a segment: the day on the wall, not in Greenwich."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.store.making import FakeClock, create, integrate
from writeback.model.canonical import to_plain
from writeback.model.segments import All, Comparison
from writeback.model.types import AttributeType
from writeback.runtime.segmenting import Segmenting


@pytest.mark.parametrize(
    ("zone", "day", "midnight"),
    [
        ("America/Los_Angeles", "2026-11-27", "2026-11-27T08:00:00Z"),
        ("Europe/Berlin", "2026-11-28", "2026-11-27T23:00:00Z"),
    ],
)
def test_today_is_the_day_on_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, zone: str, day: str, midnight: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with create(tmp_path, FakeClock(datetime(2026, 11, 28, 2, 0, tzinfo=UTC))) as workspace:
            integrate(workspace, {"D": ("due", AttributeType.DATE), "M": ("met", AttributeType.DATETIME)})
            read = Segmenting(workspace).read("due <= today and met < today", entity="account").expression
    finally:
        monkeypatch.undo()
        time.tzset()
    assert isinstance(read, All)
    told = [to_plain(one.values[0]) for one in read.parts if isinstance(one, Comparison)]
    assert told == [day, midnight]
