"""A file is left at any step and taken up again; what a trial leaves waits until it is sent."""

import contextlib
import csv
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Terminal
from writeback.errors import ConfigurationError
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime
from writeback.settings import load

FILE = ("--connection", "acme", "--object", "Account")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def ids(terminal: Terminal) -> list[str]:
    return [str(one["id"]) for one in terminal.sent()]


def sessions(terminal: Terminal) -> list[dict[str, object]]:
    return list(terminal.run("push", "sessions", "--json").json)


def ends(terminal: Terminal) -> tuple[Path, Path, tuple[str, ...]]:
    good, bad = terminal.folder / "w.csv", terminal.folder / "n.csv"
    return good, bad, ("--written", str(good), "--not-written", str(bad))


def test_the_rest_of_a_trial_waits_and_is_sent_by_its_number(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(4)]
    lines = [f"{one},Energy,12" for one in records[:3]]
    lines += ["001000000000000AAA,Energy,12", f"{records[3]},Energy,many"]
    file = terminal.file("a.csv", "Id,Industry,NumberOfEmployees", *lines)
    good, bad, results = ends(terminal)
    told = terminal.push(file, "--trial", "1", *results, "--json")
    assert (told.json["applied"], told.json["remaining"]) == (1, 2)
    assert [row["Id"] for row in rows(good)] == records[:1]
    assert [(row["_writeback_row"], row["_writeback_code"]) for row in rows(bad)] == [
        ("3", "plan.not_tried"),
        ("4", "plan.not_tried"),
        ("5", "plan.record_not_found"),
        ("6", "value.not_a_number"),
    ], "what the plan refused is told as refused, not as not tried"
    (one,) = sessions(terminal)
    assert (one["step"], one["remaining"], one["sent"], one["arrived"]) == ("trial", 2, 1, 1)
    assert one["unknown"] == 0

    number = str(told.json["session"])
    assert terminal.run("push", "--resume", number, "--no-input").code == 7, "somebody has to say yes"
    (one,) = sessions(terminal)
    assert (one["step"], one["remaining"]) == ("trial", 2), "what was refused at the door waits on"
    told = terminal.run("push", "--resume", number, "--yes", *results, "--json")
    assert (told.code, told.json["applied"], told.json["remaining"]) == (4, 3, 0), "trial and rest"
    assert sorted(ids(terminal)) == sorted(records[:3]), "nothing goes twice"
    assert Counter(row["Id"] for row in (*rows(good), *rows(bad))) == Counter(
        [*records, "001000000000000AAA"]
    )
    assert sessions(terminal)[0]["step"] == "result"


@pytest.mark.parametrize("which", ["random", "4,6"])
def test_a_trial_sends_rows_by_chance_or_those_of_named_lines(terminal: Terminal, which: str) -> None:
    records = [terminal.record() for _ in range(4)]
    first, *others = (f"{one},Media" for one in records)
    file = terminal.file("a.csv", "Id,Industry", first, "", *others)
    told = terminal.push(file, "--trial", "2", "--trial-rows", which, "--json")
    assert (told.json["applied"], told.json["remaining"]) == (2, 2)
    sent = ids(terminal)
    assert len(set(sent)) == 2
    if which != "random":
        assert sent == [records[1], records[3]], "an empty line counts as a line"
    told = terminal.run("push", "--resume", str(told.json["session"]), "--yes", "--json")
    assert told.json["remaining"] == 0
    assert sorted(ids(terminal)) == sorted(records)


def test_words_that_name_no_rows_are_refused(terminal: Terminal) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media", "")
    for words in (
        ("--trial-rows", "1"),
        ("--trial-rows", "x"),
        ("--trial-rows", "3"),
        ("--trial-rows", "random"),
    ):
        told = terminal.push(file, *words)
        assert (told.code, "--trial-rows" in told.err) == (2, True), words
    assert terminal.sent() == []


def test_a_file_that_changed_is_planned_again_and_one_that_is_gone_is_sent_as_planned(
    terminal: Terminal,
) -> None:
    records = [terminal.record() for _ in range(3)]
    file = Path(terminal.file("a.csv", "Id,Industry", *(f"{one},Retail" for one in records)))
    number = str(terminal.push(str(file), "--trial", "1", "--json").json["session"])
    text = file.read_text()
    file.write_text(text.replace(f"{records[1]},Retail", f"{records[1]},Banking"))
    told = terminal.run("push", "--resume", number, "--yes", "--trial", "1", "--json")
    assert "another file" in told.err
    assert [one["fields"]["Industry"] for one in terminal.sent()] == ["Retail", "Banking"]
    file.unlink()
    good, _, results = ends(terminal)
    told = terminal.run("push", "--resume", number, "--yes", *results)
    assert (told.code, "file.unreadable" in told.err, len(terminal.sent())) == (2, True, 2), "sends nothing"
    told = terminal.run("push", "--resume", number, "--yes", "--json")
    assert "not there any more" in told.err
    assert (told.code, sorted(ids(terminal))) == (0, sorted(records))
    assert not good.exists()


def test_a_number_nobody_has_and_two_things_at_once_are_refused(terminal: Terminal) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media")
    assert "file.unknown_session" in terminal.run("push", "--resume", "77").err
    assert "file.unknown_session" in terminal.run("push", "--forget", "77").err
    assert terminal.run("push", file, "--resume", "1").code == 2
    told = terminal.run("push", "--resume", str(terminal.push(file, "--json").json["session"]), "--json")
    assert (told.code, told.json["applied"]) == (0, 1), "what is over is told again"


def test_a_session_is_forgotten_with_its_plan_and_what_was_sent_stays(terminal: Terminal) -> None:
    file = terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Media" for _ in range(2)))
    number = str(terminal.push(file, "--trial", "1", "--json").json["session"])
    assert terminal.run("push", "--forget", number).code == 0
    assert sessions(terminal) == []
    with sqlite3.connect(terminal.workspace) as db:
        assert db.execute("select count(*) from change_sets where state = 'planned'").fetchone() == (0,)
    assert [one["applied"] for one in terminal.run("jobs", "list", "--json").json] == [1]


KILL = """
import os, signal, sys
from writeback.cli import file_sessions
def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(file_sessions.Sender, sys.argv.pop(1), die)
from writeback.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""Dies as it takes the next step: `_plan`, `_submit`, `_run`, `_tell`."""


@pytest.mark.parametrize(
    ("step", "stands", "waits"),
    [
        pytest.param("_plan", "columns", 0, marks=pytest.mark.nightly),
        ("_submit", "planned", 4),
        ("_run", "trial", 2),
        pytest.param("_tell", "trial", 2, marks=pytest.mark.nightly),
    ],
)
def test_killed_at_any_step_a_file_is_taken_up_where_it_was(
    fresh: Terminal, step: str, stands: str, waits: int
) -> None:
    records = [fresh.record() for _ in range(4)]
    file = fresh.file("a.csv", "Id,Industry", *(f"{one},Banking" for one in records))
    line = ["--workspace", str(fresh.workspace), "push", file, *FILE, "--yes", "--trial", "2"]
    done = subprocess.run(
        [sys.executable, "-c", KILL, step, *line], stdin=subprocess.DEVNULL, check=False, timeout=60
    )
    assert done.returncode == -9
    (one,) = sessions(fresh)
    assert (one["step"], one["remaining"]) == (stands, waits)
    good, bad, results = ends(fresh)
    told = fresh.run("push", "--resume", str(one["session"]), "--yes", *results, "--json")
    assert (told.code, told.json["remaining"]) == (0, 0), told
    assert Counter(ids(fresh)) == Counter(records), "each once"
    assert [row["Id"] for row in rows(good)] == records
    assert rows(bad) == []


def test_the_keys_are_looked_up_before_anything_is_planned(terminal: Terminal) -> None:
    record = terminal.record()
    lines = (f"{record},Media", "001000000000000AAA,Media", f"{record},Energy")
    file = terminal.file("a.csv", "Id,Industry", *lines)
    told = terminal.run("push", file, *FILE, "--match", "--json")
    found = {name: told.json[name] for name in ("found", "not_found", "ambiguous", "duplicate", "no_key")}
    assert found == {"found": 1, "not_found": 1, "ambiguous": 0, "duplicate": 1, "no_key": 0}
    assert told.code == 4
    told = terminal.run("push", file, *FILE, "--match")
    assert "as line 2" in told.out
    assert (terminal.sent(), sessions(terminal)) == ([], [])
    name = terminal.row(record)["name"]
    pair = terminal.file("b.csv", "Name,Id,Industry", f'"{name}",{record},Media')
    told = terminal.push(pair, "--key", "Name+Id", "--json")
    assert (told.code, [one["id"] for one in terminal.sent()]) == (0, [record])


def test_rows_that_were_put_right_move_to_the_written_ones(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    sizes = ("12", "many", "more")
    lines = [f"{one},{size}" for one, size in zip(records, sizes, strict=True)]
    file = terminal.file("a.csv", "Id,NumberOfEmployees", *lines)
    good, bad, results = ends(terminal)
    told = terminal.push(file, *results, "--json")
    assert [row["Id"] for row in rows(bad)] == records[1:]
    fix = ("--set", "2:NumberOfEmployees=13")
    assert terminal.run("jobs", "retry", "1", *fix, "--yes").code == 0
    assert terminal.run("push", "--resume", str(told.json["session"]), *results).code == 4
    assert [row["Id"] for row in rows(good)] == records[:2]
    assert [(row["Id"], row["_writeback_code"]) for row in rows(bad)] == [(records[2], "value.not_a_number")]
    (one,) = sessions(terminal)
    assert (one["rows"], one["arrived"]) == (3, 2)


def test_beginning_anew_with_a_file_that_is_gone_drops_no_plan(terminal: Terminal) -> None:
    file = terminal.file("gone.csv", "Id,Industry", f"{terminal.record()},Media")
    with contextlib.closing(Runtime.open(terminal.workspace, settings=load())) as runtime:
        session = runtime.open_file_session(file, act="begin").session
        source = PlanSource(
            "file", path=file, connection="acme", object="Account", key="Id", session=session.number
        )
        plan = runtime.propose(source, act="plan it")
        Path(file).unlink()
        with pytest.raises(ConfigurationError):
            runtime.open_file_session(file, anew=True, act="anew")
        assert runtime.open_plan(plan.id).groups[0].send == 1
