"""The options that `plan FILE` and `push FILE` share: one definition, one meaning."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.cli.terminal import Terminal

FILE = ("--connection", "acme", "--object", "Account")
HOUR = timedelta(hours=1)


def test_a_plan_knows_what_a_push_knows(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.crm.crm.edit("Account", record, {"Description": "something"})
    file = terminal.file("a.csv", "Id,Description,Industry", f"{record},,Media")
    kept = terminal.run("plan", file, *FILE, "--json").json["rows"]
    cleared = terminal.run("plan", file, *FILE, "--blank", "clear", "--json").json["rows"]
    assert {row["field"] for row in kept} == {"Industry"}
    assert {row["field"]: row["clears"] for row in cleared} == {"Description": True, "Industry": False}


def test_newest_by_a_column_of_the_file(terminal: Terminal) -> None:
    old, new = terminal.record(), terminal.record()
    for record in (old, new):
        terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    now = datetime.now(UTC)
    rows = (f"{old},Media,{(now - HOUR).isoformat()}", f"{new},Media,{(now + HOUR).isoformat()}")
    file = terminal.file("a.csv", "Id,Industry,When", *rows)
    newest = ("--on-conflict", "newest", "--edited-at", "When")
    planned = terminal.run("plan", file, *FILE, *newest, "--json").json["rows"]
    told = terminal.push(file, *newest, "--json")
    assert {row["record_id"]: row["verdict"] for row in planned} == {old: "unchanged", new: "send"}
    assert [row["reason"]["code"] for row in planned if row["reason"]] == ["plan.crm_newer"]
    assert (told.code, told.json["applied"], told.json["unchanged"]) == (0, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [new]


def test_a_moment_without_zone_sends_nothing_of_its_row(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "Id,Industry,When", f"{record},Media,yesterday")
    told = terminal.push(file, "--on-conflict", "newest", "--edited-at", "When", "--json")
    assert (told.code, told.json["blocked"], terminal.sent()) == (4, 1, [])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--edited-at", "When"), "--on-conflict newest"),
        (("--on-conflict", "newest", "--edited-at", "Never"), "no column Never"),
        (("--on-conflict", "loudest"), "loudest"),
        (("--reference-mode", "Owner.Email"), "no column 'Owner.Email'"),
    ],
)
def test_what_makes_no_sense_is_refused(terminal: Terminal, more: tuple[str, ...], words: str) -> None:
    file = terminal.file("a.csv", "Id,Industry,When", f"{terminal.record()},Media,")
    told = terminal.run("plan", file, *FILE, *more)
    assert told.code == 2
    assert words in told.err


def test_a_saved_plan_keeps_its_rule(terminal: Terminal) -> None:
    """Planned with *ours wins* it overwrites what was changed since, as was said; else it is a conflict."""
    record, plan = terminal.record(), terminal.folder / "plan.json"
    file = terminal.file("a.csv", "Id,Industry", f"{record},Media")
    terminal.run("plan", file, *FILE, "--on-conflict", "ours", "--out", str(plan))
    terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    told = terminal.run("send", str(plan), "--yes", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)


def test_who_checks_is_chosen_by_hand_where_the_route_has_it(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("by_hand.csv", "Id,Industry", f"{record},Media")
    refused = terminal.push(file, "--route", "bulk", "--assurance", "A")
    assert refused.code == 2
    assert "route.unchecked" in refused.err
    assert terminal.push(file, "--assurance", "C").code == 2  # that nobody checks is not for people
    assert terminal.sent() == []
    done = terminal.push(file, "--route", "batch", "--assurance", "B", "--json")
    assert done.code == 0, done.err
    (job,) = terminal.run("jobs", "list", "--json").json
    shown = terminal.run("jobs", "show", str(job["number"]), "--json").json
    assert (shown["route"], shown["assurance"]) == ("batch", "B")
