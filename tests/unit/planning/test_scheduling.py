"""When schedules are due: cadences, clocks put forward and back, what was missed, blackouts."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from writeback.errors import InternalError
from writeback.model.schedules import Blackout, Cadence, Schedule, Standing
from writeback.planning.scheduling import (
    MISSED_MOST,
    held_until,
    next_due,
    problems,
    standing,
    upcoming,
)

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """Read `2026-11-27 12:00` as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def dues(schedule: Schedule, after: str, count: int) -> list[str]:
    found, last = [], at(after)
    for _ in range(count):
        due = next_due(schedule, last)
        assert due is not None
        last = due
        found.append(due.strftime("%Y-%m-%d %H:%M"))
    return found


def codes(schedule: Schedule, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(field, reason.code) for field, reason in problems(schedule, now=now)]


HALF_SIX = time(5, 30)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(Cadence.ONCE, on=date(2026, 12, 1), at=HALF_SIX), ["2026-12-01 05:30"]),
        (Schedule(Cadence.MINUTES, every=25), ["2026-11-27 12:25", "2026-11-27 12:50"]),
        (Schedule(Cadence.HOURLY, at=time(0, 20)), ["2026-11-27 12:20", "2026-11-27 13:20"]),
        (Schedule(Cadence.DAILY, at=HALF_SIX), ["2026-11-28 05:30", "2026-11-29 05:30"]),
        (Schedule(Cadence.DAILY, at=time(12, 0)), ["2026-11-28 12:00"]),  # now itself is over
        (Schedule(Cadence.WORKDAYS, at=HALF_SIX), ["2026-11-30 05:30", "2026-12-01 05:30"]),
        (Schedule(Cadence.WEEKLY, days=(2, 6), at=HALF_SIX), ["2026-11-29 05:30", "2026-12-02 05:30"]),
        (Schedule(Cadence.MONTHLY, day=1, at=HALF_SIX), ["2026-12-01 05:30", "2027-01-01 05:30"]),
        (Schedule(Cadence.CRON, cron="*/20 12,13 * * 1-5"), ["2026-11-27 12:20", "2026-11-27 12:40"]),
        (Schedule(Cadence.CRON, cron="0 6 L * *"), ["2026-11-30 06:00", "2026-12-31 06:00"]),
        (Schedule(Cadence.DAILY, zone="Asia/Kolkata", at=HALF_SIX), ["2026-11-28 00:00"]),
        (Schedule(Cadence.MINUTES, every=60, zone="Asia/Kolkata"), ["2026-11-27 12:30"]),
    ],
)
def test_each_cadence_is_due_when_its_zone_shows_it(schedule: Schedule, expected: list[str]) -> None:
    assert problems(schedule, now=NOW) == ()
    assert dues(schedule, "2026-11-27 12:00", len(expected)) == expected


def test_a_month_without_that_day_takes_its_last_one() -> None:
    monthly = Schedule(Cadence.MONTHLY, day=31)
    assert dues(monthly, "2027-12-31 12:00", 4) == [
        "2028-01-31 00:00",
        "2028-02-29 00:00",  # a leap year
        "2028-03-31 00:00",
        "2028-04-30 00:00",
    ]
    assert dues(monthly, "2027-02-01 12:00", 1) == ["2027-02-28 00:00"]
    leap = Schedule(Cadence.CRON, cron="0 0 29 2 *")
    assert dues(leap, "2026-11-27 12:00", 2) == ["2028-02-29 00:00", "2032-02-29 00:00"]


def test_a_clock_put_forward_runs_in_the_first_minute_after_the_gap() -> None:
    """Berlin, 2027-03-28: 02:00 is 03:00, which is 01:00 UTC."""
    for schedule in (
        Schedule(Cadence.DAILY, zone=BERLIN, at=time(2, 30)),
        Schedule(Cadence.CRON, zone=BERLIN, cron="30 2 * * *"),
    ):
        told = dues(schedule, "2027-03-27 00:00", 3)
        assert told == ["2027-03-27 01:30", "2027-03-28 01:00", "2027-03-29 00:30"]
    hourly = Schedule(Cadence.HOURLY, zone=BERLIN, at=time(0, 30))
    assert dues(hourly, "2027-03-28 00:00", 2) == ["2027-03-28 00:30", "2027-03-28 01:30"]
    often = Schedule(Cadence.MINUTES, zone=BERLIN, every=30)
    assert dues(often, "2027-03-28 00:40", 2) == ["2027-03-28 01:00", "2027-03-28 01:30"]


def test_a_clock_put_back_runs_the_first_time_only_unless_it_counts_hours() -> None:
    """Berlin, 2027-10-31: 02:30 comes at 00:30 UTC and again at 01:30 UTC."""
    for schedule in (
        Schedule(Cadence.DAILY, zone=BERLIN, at=time(2, 30)),
        Schedule(Cadence.CRON, zone=BERLIN, cron="30 2 * * *"),
    ):
        assert dues(schedule, "2027-10-30 12:00", 2) == ["2027-10-31 00:30", "2027-11-01 01:30"]
        # somebody looks between the two
        assert dues(schedule, "2027-10-31 00:45", 1) == ["2027-11-01 01:30"]
        assert dues(schedule, "2027-10-31 01:10", 1) == ["2027-11-01 01:30"]
    hourly = Schedule(Cadence.HOURLY, zone=BERLIN, at=time(0, 30))
    assert dues(hourly, "2027-10-31 00:00", 2) == ["2027-10-31 00:30", "2027-10-31 01:30"]
    by_cron = Schedule(Cadence.CRON, zone=BERLIN, cron="30 * * * *")
    assert dues(by_cron, "2027-10-31 00:00", 2) == ["2027-10-31 00:30", "2027-10-31 01:30"]


def test_a_midnight_that_is_not_there_is_due_once() -> None:
    """São Paulo, 2018-11-04: 00:00 is 01:00, which is 03:00 UTC."""
    for schedule in (
        Schedule(Cadence.DAILY, zone="America/Sao_Paulo", at=time(0, 0)),
        Schedule(Cadence.CRON, zone="America/Sao_Paulo", cron="0 0 * * *"),
    ):
        assert dues(schedule, "2018-11-03 12:00", 2) == ["2018-11-04 03:00", "2018-11-05 02:00"]


def test_half_an_hour_is_put_forward_too() -> None:
    """Lord Howe, 2027-10-03: 02:00 is 02:30, which is 15:30 UTC of the day before."""
    hourly = Schedule(Cadence.HOURLY, zone="Australia/Lord_Howe", at=time(0, 0))
    told = dues(hourly, "2027-10-02 14:00", 3)
    assert told == ["2027-10-02 14:30", "2027-10-02 16:00", "2027-10-02 17:00"]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(Cadence.DAILY, zone="Europe/Atlantis"), ("zone", "schedule.bad_zone")),
        (Schedule(Cadence.DAILY, zone=""), ("zone", "schedule.bad_zone")),
        (Schedule(Cadence.DAILY, zone="../../etc/passwd"), ("zone", "schedule.bad_zone")),
        (Schedule(Cadence.DAILY, zone="Europe"), ("zone", "schedule.bad_zone")),
        (Schedule(Cadence.ONCE), ("on", "schedule.no_day")),
        (Schedule(Cadence.ONCE, on=date(2026, 11, 27), at=time(11, 59)), ("on", "schedule.past")),
        (Schedule(Cadence.MINUTES, every=0), ("every", "schedule.bad_minutes")),
        (Schedule(Cadence.MINUTES, every=1441), ("every", "schedule.bad_minutes")),
        (Schedule(Cadence.WEEKLY), ("days", "schedule.no_weekday")),
        (Schedule(Cadence.WEEKLY, days=(7,)), ("days", "schedule.no_weekday")),
        (Schedule(Cadence.MONTHLY, day=32), ("day", "schedule.bad_day")),
        (Schedule(Cadence.CRON, cron=""), ("cron", "schedule.cron_fields")),
        (Schedule(Cadence.CRON, cron="@daily"), ("cron", "schedule.cron_fields")),
        (Schedule(Cadence.CRON, cron="0 0 6 * * *"), ("cron", "schedule.cron_fields")),
        (Schedule(Cadence.CRON, cron="60 6 * * *"), ("cron", "schedule.cron_minute")),
        (Schedule(Cadence.CRON, cron="0 24 * * *"), ("cron", "schedule.cron_hour")),
        (Schedule(Cadence.CRON, cron="0 6 0 * *"), ("cron", "schedule.cron_day")),
        (Schedule(Cadence.CRON, cron="0 6 * 13 *"), ("cron", "schedule.cron_month")),
        (Schedule(Cadence.CRON, cron="0 6 * * MO"), ("cron", "schedule.cron_weekday")),
        (Schedule(Cadence.CRON, cron="0 6 5-1 * *"), ("cron", "schedule.cron_day")),
        (Schedule(Cadence.CRON, cron="0 6 */0 * *"), ("cron", "schedule.cron_day")),
        (Schedule(Cadence.CRON, cron="9" * 5000 + " 6 * * *"), ("cron", "schedule.bad_cron")),
        (Schedule(Cadence.CRON, cron="0 0 30 2 *"), ("cron", "schedule.cron_day")),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(schedule: Schedule, expected: tuple[str, str]) -> None:
    assert codes(schedule) == [expected]


def test_an_expression_of_a_day_that_never_comes_is_refused() -> None:
    never = Schedule(
        Cadence.CRON, cron="0 0 */9 * MON#5"
    )  # a fifth Monday is never a 1st, 10th, 19th or 28th
    assert codes(never) == [("cron", "schedule.never")]
    assert codes(Schedule(Cadence.CRON, cron="0 0 29 2 MON#5")) == []  # 2044


def test_what_passed_while_asleep_is_one_run() -> None:
    daily = Schedule(Cadence.DAILY, at=HALF_SIX)
    told = standing(daily, since=at("2026-11-20 06:00"), now=NOW)
    assert told == Standing(at("2026-11-27 05:30"), 6, None, at("2026-11-27 05:30"), at("2026-11-28 05:30"))
    again = standing(daily, since=told.handled, now=NOW)
    assert (again.due, again.missed, again.upcoming) == (None, 0, at("2026-11-28 05:30"))


def test_a_year_of_minutes_is_told_without_counting_it() -> None:
    told = standing(Schedule(Cadence.MINUTES, every=1), since=at("2025-11-27 12:00"), now=NOW)
    assert (told.due, told.missed) == (NOW, MISSED_MOST)
    weekly = Schedule(Cadence.WEEKLY, days=(4,), at=HALF_SIX)
    told = standing(weekly, since=at("2016-11-27 12:00"), now=NOW)
    assert (told.due, told.missed) == (at("2026-11-27 05:30"), 521)


def test_without_catching_up_only_what_is_not_late_runs() -> None:
    daily = Schedule(Cadence.DAILY, at=HALF_SIX, catch_up=False)
    since = at("2026-11-26 06:00")
    assert standing(daily, since=since, now=at("2026-11-27 05:34")).due == at("2026-11-27 05:30")
    late = standing(daily, since=since, now=at("2026-11-27 06:00"))
    assert (late.due, late.missed, late.handled) == (None, 1, at("2026-11-27 05:30"))
    assert late.upcoming == at("2026-11-28 05:30")


def test_a_moment_that_comes_once_is_over_then() -> None:
    once = Schedule(Cadence.ONCE, on=date(2026, 11, 27), at=time(12, 30))
    told = standing(once, since=NOW, now=at("2026-11-27 13:00"))
    assert (told.due, told.upcoming) == (at("2026-11-27 12:30"), None)
    assert standing(once, since=told.handled, now=at("2026-11-28 13:00")).upcoming is None


def test_a_clock_that_was_set_back_makes_nothing_due_twice() -> None:
    daily = Schedule(Cadence.DAILY, at=HALF_SIX)
    told = standing(daily, since=at("2026-11-27 05:30"), now=at("2026-11-26 05:00"))
    assert (told.due, told.upcoming) == (None, at("2026-11-28 05:30"))


NIGHT = Blackout(time(22, 0), time(6, 0))


def test_a_blackout_over_midnight_holds_until_it_ends_and_then_runs_once() -> None:
    hourly = Schedule(Cadence.HOURLY, zone=BERLIN, blackouts=(NIGHT,))
    assert problems(hourly, now=NOW) == ()
    held = standing(hourly, since=at("2026-11-27 20:30"), now=at("2026-11-28 01:10"))  # 02:10 in Berlin
    assert held.due is None
    assert held.held_until == held.upcoming == at("2026-11-28 05:00")
    assert held.handled == at("2026-11-27 20:30")
    told = standing(hourly, since=held.handled, now=at("2026-11-28 05:00"))
    assert (told.due, told.missed, told.handled) == (at("2026-11-28 05:00"), 8, at("2026-11-28 05:00"))
    begins = upcoming(hourly, at("2026-11-27 19:30"), count=4)
    assert [one.strftime("%d %H") for one in begins] == ["27 20", "28 05", "28 06", "28 07"]


def test_a_blackout_belongs_to_the_day_on_which_it_starts() -> None:
    friday_night = Schedule(Cadence.HOURLY, blackouts=(Blackout(time(22, 0), time(6, 0), days=(4,)),))
    assert held_until(friday_night, at("2026-11-27 23:00")) == at("2026-11-28 06:00")
    assert held_until(friday_night, at("2026-11-28 05:59")) == at("2026-11-28 06:00")
    assert held_until(friday_night, at("2026-11-28 06:00")) is None
    assert held_until(friday_night, at("2026-11-28 23:00")) is None
    assert held_until(friday_night, at("2026-11-27 05:00")) is None


def test_blackouts_that_follow_on_each_other_are_one() -> None:
    weekend = (Blackout(time(0, 0), time(0, 0), days=(5, 6)), Blackout(time(0, 0), time(7, 0)))
    quiet = Schedule(Cadence.HOURLY, blackouts=weekend)
    assert held_until(quiet, at("2026-11-28 03:00")) == at("2026-11-30 07:00")


def test_a_blackout_lasts_through_the_hour_that_comes_twice() -> None:
    """Berlin, 2027-10-31: 02:30 comes at 00:30 UTC and again at 01:30 UTC."""
    early = Schedule(Cadence.HOURLY, zone=BERLIN, blackouts=(Blackout(time(1, 0), time(2, 30)),))
    assert held_until(early, at("2027-10-31 00:45")) == at("2027-10-31 01:30")


def test_only_blackouts_that_say_so_hold_jobs() -> None:
    both = (NIGHT, Blackout(time(12, 0), time(13, 0), holds_sends=True))
    schedule = Schedule(Cadence.HOURLY, blackouts=both)
    assert held_until(schedule, at("2026-11-27 23:00"), sends=True) is None
    assert held_until(schedule, at("2026-11-27 12:10"), sends=True) == at("2026-11-27 13:00")
    assert held_until(schedule, at("2026-11-27 13:00"), sends=True) is None


def test_without_catching_up_what_a_blackout_holds_is_dropped() -> None:
    nightly = Schedule(Cadence.HOURLY, catch_up=False, blackouts=(NIGHT,))
    told = standing(nightly, since=at("2026-11-27 21:30"), now=at("2026-11-28 03:00"))
    assert (told.due, told.held_until, told.missed) == (None, None, 6)
    begins = upcoming(nightly, at("2026-11-27 20:30"), count=3)
    assert [one.strftime("%d %H") for one in begins] == ["27 21", "28 06", "28 07"]


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        (Schedule(Cadence.HOURLY, blackouts=(Blackout(time(0), time(0)),)), "schedule.always_dark"),
        (
            Schedule(Cadence.HOURLY, blackouts=(Blackout(time(6), time(18)), Blackout(time(18), time(6)))),
            "schedule.always_dark",
        ),
        (Schedule(Cadence.DAILY, at=time(23), catch_up=False, blackouts=(NIGHT,)), "schedule.always_dark"),
        (Schedule(Cadence.HOURLY, blackouts=(NIGHT,) * 21), "schedule.many_blackouts"),
        (Schedule(Cadence.HOURLY, blackouts=(Blackout(time(1), time(2), days=(9,)),)), "schedule.no_weekday"),
    ],
)
def test_blackouts_that_leave_nothing_are_refused(schedule: Schedule, code: str) -> None:
    assert codes(schedule) == [("blackouts", code)]


def test_a_schedule_is_stored_as_text_and_read_back() -> None:
    whole = Schedule(
        Cadence.WEEKLY,
        BERLIN,
        at=HALF_SIX,
        on=date(2026, 11, 27),
        every=3,
        days=(1, 2),
        day=5,
        cron="* * * * *",
        catch_up=False,
        blackouts=(NIGHT, Blackout(time(1), time(2), (0, 6), holds_sends=True)),
    )
    assert Schedule.from_text(whole.to_text()) == whole
    assert Schedule.from_text(Schedule(Cadence.DAILY).to_text()) == Schedule(Cadence.DAILY)
    for text in ("", "[]", "{}", whole.to_text().replace("weekly", "yearly")):
        with pytest.raises(InternalError) as refused:
            Schedule.from_text(text)
        assert refused.value.code == "schedule.unreadable"


def test_next_due_moves_on_from_every_moment() -> None:
    """Whatever moment is asked about, the next one is later: no schedule stands still."""
    for zone in (BERLIN, "America/New_York", "Australia/Lord_Howe", "UTC"):
        for schedule in (
            Schedule(Cadence.DAILY, zone, at=time(2, 30)),
            Schedule(Cadence.CRON, zone, cron="15 2 * * *"),
            Schedule(Cadence.CRON, zone, cron="*/15 * * * *"),
            Schedule(Cadence.HOURLY, zone, at=time(0, 45)),
        ):
            moment = at("2027-03-27 00:00") if zone == BERLIN else at("2027-10-30 00:00")
            for _ in range(40):
                due = next_due(schedule, moment)
                assert due is not None
                assert moment < due <= moment + timedelta(hours=26)
                moment = due
