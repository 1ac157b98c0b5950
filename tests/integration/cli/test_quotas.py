"""The day's quota: forecast before the start, and a share that jobs leave to people."""

import contextlib
from collections import abc
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.terminal import Terminal, prepare
from writeback.cli.opening import new_act, utc_now
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.runtime.telling import Telling

LATER = 75
A_DAY = 1_000


@pytest.fixture
def scarce(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> abc.Iterator[Terminal]:
    """A CRM that takes a thousand calls a day."""
    wish = SimulatorWish("salesforce", rows=40, options={"calls_per_day": str(A_DAY)})
    with start_simulator(wish) as running:
        workspace = prepare(tmp_path, running)
        with contextlib.closing(Telling.open(workspace, now=utc_now, new_id=new_act)) as told:
            records = [one.id.partition(":")[2] for one in told.records("account", limit=40).records]
        yield Terminal(tmp_path, workspace, running, iter(records), capsys)


def org_of(terminal: Terminal) -> Any:
    """Give what the simulator keeps of its org."""
    return terminal.crm.crm.org  # type: ignore[attr-defined]  # a connector's simulator


def spend(terminal: Terminal, percent: float) -> None:
    """Let somebody else use up so much of the day's quota."""
    org_of(terminal).calls = int(A_DAY * percent / 100)


def rows(terminal: Terminal, count: int) -> str:
    return terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Energy" for _ in range(count)))


def test_a_plan_says_what_it_costs_before_anything_is_sent(scarce: Terminal) -> None:
    asked = ("--connection", "acme", "--object", "Account", "--json")
    forecast = scarce.run("plan", rows(scarce, 5), *asked).json["groups"][0]["forecast"]
    assert (forecast["quota"]["most"], forecast["reserve"]) == (A_DAY, 20)
    assert forecast["quota"]["kind"] == "DailyApiRequests"
    assert forecast["left"] == A_DAY * 8 // 10 - forecast["quota"]["used"]
    assert 0 < forecast["units"] == forecast["calls"]
    assert forecast["share"] == pytest.approx(100 * forecast["units"] / A_DAY)
    assert (forecast["enough"], forecast["days"]) == (True, 1)
    assert forecast["seconds"] > 0
    told = scarce.push(rows(scarce, 2))
    assert "left for jobs (20 % kept for people)" in told.err


def test_what_does_not_suffice_is_said_before_the_start(scarce: Terminal) -> None:
    spend(scarce, 79.5)
    asked = ("--connection", "acme", "--object", "Account", "--route", "single", "--json")
    forecast = scarce.run("plan", rows(scarce, 20), *asked).json["groups"][0]["forecast"]
    assert (forecast["enough"], forecast["days"]) == (False, 2)


def test_jobs_stop_above_the_reserve_and_people_still_edit(scarce: Terminal) -> None:
    spend(scarce, 75)
    file = rows(scarce, 30)
    told = scarce.push(file, "--route", "single", "--json")
    assert told.code == LATER, told
    assert told.json["stop"] == "quota.reserve"
    assert 0 < told.json["applied"] < 30
    assert told.json["applied"] + told.json["open"] + told.json["unchanged"] == 30
    assert org_of(scarce).calls <= A_DAY * 0.82, "the last batch, its reads, and asking for the quota"
    job = scarce.run("jobs", "list", "--json").json[0]
    assert (job["state"], job["stop"]) == ("throttled", "quota.reserve")
    assert job["not_before"] is not None
    record = scarce.record()
    edited = scarce.run("edit", record, "industry=Media", "--send", "--json")
    assert (edited.code, edited.json["applied"]) == (0, 1)
    again = scarce.push(scarce.file("b.csv", "Id,Industry", f"{scarce.record()},Media"), "--json")
    assert (again.code, again.json["applied"]) == (LATER, 0)


def test_it_goes_on_when_the_quota_is_free_again(scarce: Terminal) -> None:
    spend(scarce, 79.9)
    file = rows(scarce, 3)
    told = scarce.push(file, "--route", "single", "--json")
    assert (told.code, told.json["open"]) == (LATER, 3)
    assert scarce.run("jobs", "resume", "1", "--json").code == LATER, "it looks, and still waits"
    spend(scarce, 10)
    done = scarce.run("jobs", "resume", "1", "--json")
    assert (done.code, done.json["applied"]) == (0, 3)
    assert [one["id"] for one in scarce.sent()] == sorted({one["id"] for one in scarce.sent()})


def test_without_a_reserve_nothing_is_kept(scarce: Terminal) -> None:
    scarce.run("guards", "set", "reserve=0", "--connection", "acme")
    spend(scarce, 85)
    assert scarce.push(rows(scarce, 3), "--route", "single", "--json").json["applied"] == 3
