"""`writeback integrations schedule` and `schedules`: when CRM objects are pulled by themselves."""

from collections import abc
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from writeback.cli.opening import new_act, open_runtime, open_told, utc_now
from writeback.cli.options import AsJson, Run, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.errors import ConfigurationError
from writeback.model.schedules import Blackout, Cadence, Schedule

if TYPE_CHECKING:
    from writeback.runtime.reading_schedules import ScheduleView
    from writeback.runtime.telling import Telling

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFF, PAUSE, RESUME = "off", "pause", "resume"
_TIMED: Final = frozenset({Cadence.ONCE, Cadence.DAILY, Cadence.WORKDAYS, Cadence.WEEKLY, Cadence.MONTHLY})
_USED: Final[abc.Mapping[str, abc.Set[Cadence]]] = {
    "--at": _TIMED | {Cadence.HOURLY},
    "--on": {Cadence.ONCE},
    "--every": {Cadence.MINUTES},
    "--days": {Cadence.WEEKLY},
    "--day": {Cadence.MONTHLY},
    "--cron": {Cadence.CRON},
}
"""Which options say something about which cadence."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("schedule")(schedule)
    app.command("schedules")(list_schedules)


def schedule(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(help="The integration's id, e.g. i1.")],
    cadence: Annotated[
        str,
        typer.Argument(
            help="once | minutes | hourly | daily | workdays | weekly | monthly | cron; or off, pause, "
            "resume. Left out: show the schedule."
        ),
    ] = "",
    at: Annotated[
        str | None, typer.Option("--at", help="Time of day, e.g. 07:30; hourly: its minute counts.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="once: the day, e.g. 2026-12-01.")] = None,
    every: Annotated[int | None, typer.Option("--every", help="minutes: how many lie between.")] = None,
    days: Annotated[str | None, typer.Option("--days", help="weekly: e.g. mon,thu.")] = None,
    day: Annotated[
        int | None, typer.Option("--day", help="monthly: 1 to 31; a shorter month takes its last.")
    ] = None,
    cron: Annotated[
        str | None, typer.Option("--cron", help="cron: e.g. '30 6 * * 1-5'; five fields.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Time zone, e.g. Europe/Berlin; left out: this computer's.")
    ] = None,
    catches_up: Annotated[
        bool, typer.Option("--catch-up/--no-catch-up", help="Do once what was missed while asleep.")
    ] = True,
    blackout: Annotated[
        list[str] | None,
        typer.Option("--blackout", help="No pulls begin: '22:00-06:00', 'fri,sat 22:00-06:00'. Repeat."),
    ] = None,
    blackout_all: Annotated[
        list[str] | None,
        typer.Option("--blackout-all", help="No pulls begin, and no jobs of the connection. Repeat."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say when an integration is pulled by itself; the window or `writeback worker` has to run then."""
    run = run_of(context, as_json=as_json)
    told = {"--at": at, "--on": on, "--every": every, "--days": days, "--day": day, "--cron": cron}
    wished = _schedule(cadence, {name: value for name, value in told.items() if value is not None})
    if wished is not None:
        only_pulls = [_blackout(one, holds_sends=False) for one in blackout or ()]
        all_held = [_blackout(one, holds_sends=True) for one in blackout_all or ()]
        wished = replace(wished, zone=_zone(zone), catch_up=catches_up, blackouts=(*only_pulls, *all_held))
    if not cadence:
        with open_told(run) as reads:
            _put_one(reads, integration, as_json=run.as_json)
    else:
        _do(run, integration, cadence, wished)


def _do(run: Run, integration: str, cadence: str, wished: Schedule | None) -> None:
    with open_runtime(run) as runtime:
        if wished is not None:
            runtime.schedule_pulls(integration, wished, act=new_act())
        elif cadence == OFF:
            runtime.unschedule_pulls(integration, act=new_act())
        elif cadence == PAUSE:
            runtime.pause_schedule(integration, act=new_act())
        else:
            runtime.resume_schedule(integration, act=new_act())
        if cadence != OFF:
            _put_one(runtime.told, integration, as_json=run.as_json)
        elif run.as_json:
            put_json(None)
        else:
            put_line(f"{integration}: pulled only when somebody asks")


def list_schedules(context: typer.Context, as_json: AsJson = False) -> None:
    """List when integrations are pulled by themselves; the next time is this computer's."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.schedules()
    if run.as_json:
        put_json([_plain(one) for one in found])
        return
    put_table(
        ("id", "connection", "object", "when", "next", "state", "last"),
        (
            (
                one.pulls.integration_id,
                one.connection,
                one.object,
                _words(one.pulls.schedule),
                _next(one),
                _state(one),
                _last(one),
            )
            for one in found
        ),
    )


def _schedule(cadence: str, given: abc.Mapping[str, str | int]) -> Schedule | None:
    """Read a cadence and its options; None where it is another word.

    Raises:
        ConfigurationError: An option says nothing about it, or cannot be read.
        typer.BadParameter: There is no such cadence.
    """
    if cadence in ("", OFF, PAUSE, RESUME):
        for option in given:
            raise ConfigurationError("schedule.not_used", option=option, cadence=cadence or "–")
        return None
    try:
        kind = Cadence(cadence)
    except ValueError:
        known = ", ".join([*Cadence, OFF, PAUSE, RESUME])
        raise typer.BadParameter(f"the cadence is one of {known}") from None
    for option in given:
        if kind not in _USED[option]:
            raise ConfigurationError("schedule.not_used", option=option, cadence=cadence)
    return Schedule(
        kind,
        at=_time(str(given.get("--at", "00:00"))),
        on=_date(str(given["--on"])) if "--on" in given else None,
        every=int(given.get("--every", 0)),
        days=_days(str(given.get("--days", ""))),
        day=int(given.get("--day", 1)),
        cron=str(given.get("--cron", "")),
    )


def _zone(text: str | None) -> str:
    from writeback.settings import local_zone

    return local_zone() if text is None else text


def _time(text: str) -> time:
    try:
        return datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007  a clock on a wall
    except ValueError:
        raise ConfigurationError("schedule.bad_time", text=text[:40]) from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ConfigurationError("schedule.bad_date", text=text[:40]) from None


def _days(text: str) -> tuple[int, ...]:
    found = []
    for word in filter(None, (part.strip().casefold() for part in text.split(","))):
        if word[:3] not in DAYS:
            raise ConfigurationError("schedule.bad_weekday", text=word[:40])
        found.append(DAYS.index(word[:3]))
    return tuple(sorted(set(found)))


def _blackout(text: str, *, holds_sends: bool) -> Blackout:
    days, _, span = text.strip().rpartition(" ")
    starts, mark, ends = span.partition("-")
    if not mark:
        raise ConfigurationError("schedule.bad_blackout", text=text[:80])
    return Blackout(_time(starts), _time(ends), _days(days), holds_sends=holds_sends)


def _put_one(told: "Telling", integration: str, *, as_json: bool) -> None:
    """Write one schedule.

    Raises:
        ConfigurationError: The integration has none, or there is no such integration.
    """
    found = next((one for one in told.schedules() if one.pulls.integration_id == integration), None)
    if found is None:
        known = next((one for one in told.integrations() if one.id == integration), None)
        if known is None:
            raise ConfigurationError("integration.unknown", name=integration[:200])
        if as_json:
            put_json(None)
            return
        raise ConfigurationError("schedule.none", integration=integration, object=known.object)
    if as_json:
        put_json(_plain(found))
        return
    from writeback.runtime.schedule_words import blackout_words

    put_line(f"{integration}: {found.object}, {_words(found.pulls.schedule)}")
    for blackout in found.pulls.schedule.blackouts:
        put_line(f"  blackout: {blackout_words(blackout)}")
    if not found.pulls.schedule.catch_up:
        put_line("  what is missed is not made up for")
    put_line(f"  {_state(found)}" + (f"; next {begins}" if (begins := _next(found)) else ""))
    if last := _last(found):
        put_line(f"  last {last}")


def _words(schedule: Schedule) -> str:
    from writeback.runtime.schedule_words import schedule_words

    return schedule_words(schedule)


def _state(one: "ScheduleView") -> str:
    pulls = one.pulls
    if pulls.is_paused:
        return "paused"
    if pulls.is_running(now=utc_now()):
        return "running"
    if pulls.is_due(now=utc_now()):
        return "due: the window or `writeback worker` has to run"
    if pulls.held_until is not None:
        return f"held by a blackout until {_local(pulls.held_until)}"
    if pulls.tries:
        return "to be tried again"
    return "on" if _next(one) else "over"


def _next(one: "ScheduleView") -> str:
    from writeback.runtime.reading_schedules import upcoming

    return next((_local(moment) for moment in upcoming(one.pulls, now=utc_now())), "")


def _last(one: "ScheduleView") -> str:
    pulls = one.pulls
    if pulls.last_at is None:
        return ""
    missed = f", stood for {pulls.last_missed} missed" if pulls.last_missed else ""
    return f"{_local(pulls.last_at)}: {pulls.last_code or 'done'}{missed}"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _plain(one: "ScheduleView") -> abc.Mapping[str, JsonValue]:
    from writeback.runtime.reading_schedules import upcoming

    pulls, schedule = one.pulls, one.pulls.schedule
    return {
        "integration": pulls.integration_id,
        "connection": one.connection,
        "object": one.object,
        "cadence": schedule.cadence.value,
        "zone": schedule.zone,
        "at": f"{schedule.at:%H:%M}",
        "on": schedule.on.isoformat() if schedule.on else None,
        "every": schedule.every,
        "days": [DAYS[day] for day in schedule.days],
        "day": schedule.day,
        "cron": schedule.cron,
        "catch_up": schedule.catch_up,
        "blackouts": [
            {
                "starts": f"{black.starts:%H:%M}",
                "ends": f"{black.ends:%H:%M}",
                "days": [DAYS[day] for day in black.days],
                "holds_sends": black.holds_sends,
            }
            for black in schedule.blackouts
        ],
        "by": pulls.author,
        "state": "paused" if pulls.is_paused else "running" if pulls.is_running(now=utc_now()) else "on",
        "is_due": pulls.is_due(now=utc_now()),
        "upcoming": [moment.isoformat() for moment in upcoming(pulls, now=utc_now())],
        "held_until": pulls.held_until.isoformat() if pulls.held_until else None,
        "tries": pulls.tries,
        "last_at": pulls.last_at.isoformat() if pulls.last_at else None,
        "last_code": pulls.last_code,
        "last_missed": pulls.last_missed,
    }
