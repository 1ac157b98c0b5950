"""What a push ends with: exit codes, conflicts on each route, Ctrl+C, stale plans."""

import itertools
import json
import os
import signal
import subprocess
import time

import pytest

from tests.integration.cli.terminal import OUTCOMES, PROGRAM, Terminal, interruptible
from writeback.runtime.reading import Reading
from writeback.runtime.runtime import new_id, utc_now

PATIENCE_S = 30.0


def test_everything_written_ends_with_0(terminal: Terminal) -> None:
    told = terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media"))
    assert told.code == 0
    assert "1 row: 1 written" in told.out


def test_a_row_that_is_already_so_costs_no_write(terminal: Terminal) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media")
    terminal.push(file)
    again = terminal.push(file, "--json")
    assert (again.code, again.json["unchanged"]) == (0, 1)
    assert len(terminal.sent()) == 1


def test_rows_of_a_file_are_told_and_found_by_the_names_of_their_records(terminal: Terminal) -> None:
    assert terminal.run("map", "i1", "Name=name").code == 0
    assert terminal.run("pull", "i1").code == 0
    one, other = terminal.record(), terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{one},Media", f"{other},Media"))
    told = terminal.run("jobs", "results", "1", "--json").json
    names = {row["record_id"]: row["record"] for row in told}
    assert set(names) == {one, other}
    assert not set(names.values()) & {one, other}
    reads = Reading.open(terminal.workspace, now=utc_now, new_id=new_id)
    job = reads.jobs()[0].id
    rows = reads.job_rows(job, words=names[one].upper())
    assert rows.build() == 1
    assert [row.record_id for row in rows.block(0)] == [one]
    rows.close()
    reads.close()


def test_a_cell_that_cannot_be_read_is_shown_as_it_stands(terminal: Terminal) -> None:
    rows = (f"{terminal.record()},many,Media", f"{terminal.record()},1.5,Media")
    file = terminal.file("a.csv", "Id,NumberOfEmployees,Industry", *rows)
    told = terminal.run("plan", file, "--connection", "acme", "--object", "Account", "--json").json
    shown = [(row["field"], row["yours"]) for row in told["rows"] if row["verdict"] == "blocked"]
    assert shown == [("NumberOfEmployees", "many"), ("NumberOfEmployees", "1.5")]


def test_a_refused_row_ends_with_4_and_its_words_are_kept(terminal: Terminal) -> None:
    record, rest = terminal.record(), terminal.folder / "rest.csv"
    terminal.arm("duplicate", object="Account", id=record)
    told = terminal.push(
        terminal.file("a.csv", "Id,Industry", f"{record},Media"), "--not-written", str(rest), "--json"
    )
    assert (told.code, told.json["rejected"]) == (4, 1)
    assert "salesforce.duplicates_detected,Use one of these records?" in rest.read_text("utf-8-sig")


@pytest.mark.parametrize("route", ["single", "batch", "bulk"])
def test_a_change_between_plan_and_send_is_a_conflict_on_each_route(terminal: Terminal, route: str) -> None:
    good, taken = terminal.record(), terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{good},Media", f"{taken},Media")
    plan = terminal.folder / "plan.json"
    planned = terminal.run(
        *("plan", file, "--connection", "acme", "--object", "Account", "--route", route, "--out", str(plan))
    )
    assert planned.code == 0
    terminal.crm.crm.edit("Account", taken, {"Industry": "Banking"})
    told = terminal.run("send", str(plan), "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["conflict"]) == (5, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [good]


def test_a_lost_answer_is_read_back_and_nothing_is_sent_twice(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.arm("cut_after", method="PATCH")
    told = terminal.push(
        terminal.file("a.csv", "Id,Industry", f"{record},Media"), "--route", "single", "--json"
    )
    assert (told.code, told.json["applied"]) == (0, 1)
    assert len(terminal.sent()) == 1


def test_ctrl_c_cancels_resolves_and_ends_with_130(fresh: Terminal) -> None:
    records = [fresh.record() for _ in range(20)]
    file = fresh.file("a.csv", "Id,Industry", *(f"{one},Media" for one in records))
    rest = fresh.folder / "rest.csv"
    fresh.arm("latency", method="PATCH", seconds=0.3)
    line = ["--workspace", str(fresh.workspace), "push", file, "--connection", "acme", "--object", "Account"]
    line += ["--route", "single", "--yes", "--json", "--not-written", str(rest)]
    with interruptible():
        process = subprocess.Popen(
            [*PROGRAM, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
        )
    until = time.monotonic() + PATIENCE_S
    while not fresh.sent() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "no new rows are sent" in err
    report = json.loads(out)
    assert sum(report[name] for name in OUTCOMES) == 20
    assert report["unknown"] == 0
    assert report["applied"] == len({one["id"] for one in fresh.sent()}) == len(fresh.sent())
    assert report["cancelled"] > 0
    assert len(rest.read_text("utf-8-sig").splitlines()) == 1 + report["cancelled"]
    assert fresh.run("jobs", "show", "1", "--json").json["state"] == "cancelled"


def test_a_submitted_job_can_be_paused_resumed_and_cancelled(fresh: Terminal) -> None:
    records = [fresh.record() for _ in range(2)]
    file = fresh.file("a.csv", "Id,Industry", *(f"{one},Media" for one in records))
    fresh.arm("session_invalid", method="PATCH", times=None)
    assert fresh.push(file, "--route", "single").code == 3
    cancelled = fresh.run("jobs", "cancel", "1", "--json")
    assert (cancelled.code, cancelled.json["cancelled"]) == (0, 2)
    assert fresh.run("jobs", "show", "1", "--json").json["state"] == "cancelled"
    assert fresh.run("jobs", "cancel", "1").code == 2
    assert fresh.sent() == []


def test_result_files_are_safe_for_spreadsheets_and_raw_on_demand(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "Id,Description", f"{record},=1+1")
    safe, raw = terminal.folder / "safe.csv", terminal.folder / "raw.csv"
    terminal.push(file, "--written", str(safe))
    assert f"{record},'=1+1," in safe.read_text("utf-8-sig")
    assert terminal.sent()[0]["fields"] == {"Description": "=1+1"}
    terminal.push(file, "--written", str(raw), "--raw")
    assert not raw.exists()
    assert f"{record},=1+1," in (terminal.folder / "raw.raw.csv").read_text("utf-8")


def test_our_own_safe_file_can_be_pushed_again(terminal: Terminal) -> None:
    record, safe = terminal.record(), terminal.folder / "safe.csv"
    terminal.push(terminal.file("a.csv", "Id,Description", f"{record},=1+1"), "--written", str(safe))
    again = terminal.push(str(safe), "--json")
    assert (again.code, again.json["unchanged"]) == (0, 1)


def test_progress_counts_up_on_standard_error_and_quiet_silences_it(terminal: Terminal) -> None:
    loud = terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media"))
    assert "Account: 1 to send" in loud.err
    assert "1 of 1 row" in loud.err
    quiet = terminal.run(
        *("--quiet", "push", terminal.file("b.csv", "Id,Industry", f"{terminal.record()},Media")),
        *("--connection", "acme", "--object", "Account", "--yes"),
    )
    assert (quiet.code, quiet.err) == (0, "")
    assert "1 row: 1 written" in quiet.out


def test_every_job_has_a_number_of_its_own(terminal: Terminal) -> None:
    for _ in range(3):
        terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media"))
    numbers = [job["number"] for job in terminal.run("jobs", "list", "--json").json]
    assert numbers == list(itertools.islice(itertools.count(3, -1), 3))
