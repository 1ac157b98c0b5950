"""When integrations are pulled by themselves, from the command line."""

import signal
import sqlite3
import subprocess
import threading
from contextlib import closing

from tests.integration.cli.terminal import PROGRAM, Terminal

LONG_AGO = "2026-11-01T00:00:00.000000Z"
SCHEDULE = ("integrations", "schedule", "i1")


def test_a_schedule_is_set_shown_paused_and_taken_away(terminal: Terminal) -> None:
    told = terminal.run(
        *SCHEDULE,
        *("weekly", "--days", "thu,Monday", "--at", "07:30", "--zone", "Europe/Berlin"),
        *("--blackout", "22:00-06:00", "--blackout-all", "sat,sun 00:00-00:00", "--no-catch-up", "--json"),
    )
    assert told.code == 0, told.err
    found = told.json
    assert (found["cadence"], found["days"], found["at"]) == ("weekly", ["mon", "thu"], "07:30")
    assert [one["holds_sends"] for one in found["blackouts"]] == [False, True]
    assert found["blackouts"][1]["days"] == ["sat", "sun"]
    assert (len(found["upcoming"]), found["catch_up"], found["state"]) == (5, False, "on")
    shown = terminal.run(*SCHEDULE)
    assert "every Monday, Thursday at 07:30 (Europe/Berlin)" in shown.out
    assert "Saturday, Sunday, all day: no pulls, no sending" in shown.out
    listed = terminal.run("integrations", "schedules", "--json").json
    assert listed == [found]
    assert terminal.run(*SCHEDULE, "pause", "--json").json["state"] == "paused"
    assert "paused" in terminal.run("integrations", "schedules").out
    assert terminal.run(*SCHEDULE, "resume", "--json").json["state"] == "on"
    assert "only when somebody asks" in terminal.run(*SCHEDULE, "off").out
    assert terminal.run("integrations", "schedules", "--json").json == []
    acts = [one["act"] for one in terminal.run("audit", "list", "--json").json["listed"]]
    assert {"schedule.set", "schedule.paused", "schedule.resumed", "schedule.removed"} <= set(acts)


REFUSED = (
    (("daily", "--at", "25:00"), "schedule.bad_time"),
    (("daily", "--zone", "Europe/Atlantis"), "schedule.bad_zone"),
    (("daily", "--cron", "* * * * *"), "schedule.not_used"),
    (("off", "--at", "07:00"), "schedule.not_used"),
    (("cron", "--cron", "61 * * * *"), "schedule.cron_minute"),
    (("once", "--on", "tomorrow"), "schedule.bad_date"),
    (("weekly", "--days", "foo"), "schedule.bad_weekday"),
    (("hourly", "--blackout", "22:00"), "schedule.bad_blackout"),
    (("pause",), "schedule.none"),
    ((), "schedule.none"),
)


def test_what_cannot_be_is_refused_with_a_sentence(terminal: Terminal) -> None:
    for words, code in REFUSED:
        told = terminal.run(*SCHEDULE, *words)
        assert (told.code, f"({code})" in told.err) == (2, True), (words, told.err)
    assert terminal.run("integrations", "schedules", "--json").json == []


def test_an_unknown_word_or_integration_is_refused(terminal: Terminal) -> None:
    assert terminal.run(*SCHEDULE, "yearly").code == 2
    assert "(integration.unknown)" in terminal.run("integrations", "schedule", "i99", "daily").err
    assert "(integration.unknown)" in terminal.run("integrations", "schedule", "i99").err


def test_a_worker_pulls_what_came_due_while_none_was_there(terminal: Terminal) -> None:
    assert terminal.run(*SCHEDULE, "hourly", "--zone", "UTC").code == 0
    with closing(sqlite3.connect(terminal.workspace)) as db:  # as if three hours had passed
        db.execute("update pull_schedules set handled_at = ?, next_at = ?", (LONG_AGO, LONG_AGO))
        db.commit()
    assert terminal.run(*SCHEDULE, "--json").json["is_due"]
    command = [*PROGRAM, "--workspace", str(terminal.workspace), "worker"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as worker:
        try:
            for _ in range(600):
                with closing(sqlite3.connect(terminal.workspace)) as db:
                    if db.execute("select last_at from pull_schedules").fetchone()[0]:
                        break
                threading.Event().wait(0.05)
        finally:
            worker.send_signal(signal.SIGTERM)
    told = terminal.run(*SCHEDULE, "--json").json
    assert (told["last_code"], told["is_due"]) == ("", False)
    assert told["last_missed"] > 24
    runs = terminal.run("jobs", "list", "--kind", "pull", "--json").json
    assert len(runs) >= 1
