"""Notices: one for a change of state, one for its end; quiet hours; nothing but our words and numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from writeback.model.notices import Notice, NoticeKind
from writeback.preferences import Preferences, read, write
from writeback.runtime.notice_words import words_of
from writeback.runtime.noticing import Watch, is_quiet
from writeback.settings import Settings

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
SIGN_IN = Notice(NoticeKind.SIGN_IN, "sign_in:c1", "c1", "Acme <b>")
NEEDS = Notice(NoticeKind.NEEDS_YOU, "needs_you:j1", "c1", "Acme <b>", "j1", 7, rows=20)
PARTIAL = replace(NEEDS, kind=NoticeKind.PARTIAL, key="partial:j1", not_written=3)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return read(Settings(tmp_path, tmp_path, tmp_path))


def test_the_first_look_tells_nothing_and_a_lasting_state_is_told_once() -> None:
    watch = Watch()
    assert watch.look([SIGN_IN]) == ()
    assert watch.look([SIGN_IN]) == ()
    assert watch.look([SIGN_IN, NEEDS]) == (NEEDS,)
    assert watch.look([NEEDS, SIGN_IN]) == ()


def test_an_end_is_told_once_and_a_second_beginning_again() -> None:
    watch = Watch()
    watch.look([])
    assert watch.look([SIGN_IN]) == (SIGN_IN,)
    (over,) = watch.look([])
    assert (over.kind, over.was) == (NoticeKind.RECOVERED, NoticeKind.SIGN_IN)
    assert watch.look([]) == ()
    assert watch.look([SIGN_IN]) == (SIGN_IN,)


def test_a_job_that_moves_on_to_another_state_is_one_message() -> None:
    watch = Watch()
    watch.look([NEEDS])
    assert watch.look([PARTIAL]) == (PARTIAL,)
    assert watch.look([]) == (), "that a job's end leaves the list is no recovery"


def test_what_leaves_the_window_names_no_connection() -> None:
    drift = replace(SIGN_IN, kind=NoticeKind.DRIFT)
    quota = replace(SIGN_IN, kind=NoticeKind.QUOTA, percent=91)
    failure = replace(PARTIAL, kind=NoticeKind.FAILURE)
    recovered = [
        replace(one, kind=NoticeKind.RECOVERED, was=one.kind) for one in (SIGN_IN, drift, quota, NEEDS)
    ]
    for notice in (SIGN_IN, drift, quota, failure, replace(failure, rows=0), NEEDS, PARTIAL, *recovered):
        assert "Acme" not in words_of(notice, is_private=True)
        assert words_of(notice).endswith(".")
    assert words_of(PARTIAL) == "Job 7 is done; 3 of its 20 rows were not written."
    assert words_of(quota) == "Acme <b>: 91 % of today's calls are used."


def test_of_rows_whose_outcome_nobody_knows_no_notice_says_that_they_were_not_written() -> None:
    some = replace(PARTIAL, unknown=2)
    assert words_of(some) == "Job 7 is over; 3 of its 20 rows were not written, and of 2 nobody knows."
    for one in (replace(some, not_written=0), replace(some, kind=NoticeKind.FAILURE, not_written=0)):
        told = "Job 7 is over; of 2 of its 20 rows nobody knows whether they were written."
        assert words_of(one) == told


@pytest.mark.parametrize(
    ("begin", "end", "clock", "quiet"),
    [
        ("20:00", "07:00", "23:10", True),
        ("20:00", "07:00", "06:59", True),
        ("20:00", "07:00", "07:00", False),
        ("20:00", "07:00", "12:00", False),
        ("12:00", "13:00", "12:30", True),
        ("12:00", "13:00", "13:30", False),
        ("12:00", "12:00", "12:00", False),
    ],
)
def test_quiet_hours_by_the_local_clock(
    tmp_path: Path, begin: str, end: str, clock: str, *, quiet: bool
) -> None:
    settings = Settings(tmp_path, tmp_path, tmp_path)
    wished = {"quiet_hours": True, "quiet_from": begin, "quiet_until": end}
    found = write(settings, {f"notifications.{name}": value for name, value in wished.items()})
    local = datetime.fromisoformat(f"2026-11-27T{clock}").replace(tzinfo=timezone(timedelta(hours=5)))
    assert is_quiet(found, now=local) is quiet
    off = write(settings, {"notifications.quiet_hours": False})
    assert not is_quiet(off, now=local)


def test_muted_until_a_moment(tmp_path: Path, preferences: Preferences) -> None:
    assert not is_quiet(preferences, now=AT)
    found = write(
        Settings(tmp_path, tmp_path, tmp_path), {"notifications.muted_until": "2026-11-27T14:00+01:00"}
    )
    assert is_quiet(found, now=AT)
    assert not is_quiet(found, now=AT + timedelta(hours=1))
