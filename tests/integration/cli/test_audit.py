"""`writeback audit`: who did what, the proof, the export, and the script that checks it without us."""

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Terminal

SCRIPT = Path(__file__).parents[3] / "resources" / "help" / "verify_audit.py"


@pytest.fixture
def sent(terminal: Terminal) -> tuple[Terminal, str, str]:
    """Push a file with two records."""
    record, other = terminal.record(), terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media", f"{other},Media"))
    return terminal, record, other


def _check(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def _acts(terminal: Terminal, *arguments: str) -> list[str]:
    told = terminal.run("audit", "list", *arguments, "--json")
    assert told.code == 0
    return [one["act"] for one in told.json["listed"]]


def test_the_trail_tells_who_sent_what_and_how_it_ended(sent: tuple[Terminal, str, str]) -> None:
    terminal, record, other = sent
    listed = terminal.run("audit", "list", "--job", "1", "--json").json["listed"]
    assert [one["act"] for one in listed] == ["batch.settled", "job.submitted"]
    assert {one["person"] for one in listed} == {listed[1]["person"]} != {""}
    assert (listed[1]["job"], listed[1]["origin"], listed[1]["org"] != "") == (1, "file", True)
    assert listed[0]["facts"]["outcomes"] == "applied 2"
    shown = terminal.run("audit", "show", str(listed[0]["entry"]), "--json").json
    assert {(one["record_id"], one["field"], one["new"], one["outcome"]) for one in shown["listed"]} == {
        (record, "Industry", "Media", "applied"),
        (other, "Industry", "Media", "applied"),
    }


def test_filters(sent: tuple[Terminal, str, str]) -> None:
    terminal, record, _ = sent
    every = _acts(terminal)
    assert every[-1] == "connection.signed_in"
    assert _acts(terminal, "--act", "job") == ["job.submitted"]
    assert _acts(terminal, "--act", "batch.settled") == ["batch.settled"]
    assert _acts(terminal, "--record", record) == ["batch.settled", "job.submitted"]
    assert _acts(terminal, "--record", "001nobody") == []
    assert _acts(terminal, "--until", "2020-01-01") == []
    assert _acts(terminal, "--since", "2020-01-01") == every
    person = terminal.run("audit", "list", "--job", "1", "--json").json["listed"][0]["person"]
    assert "batch.settled" in _acts(terminal, "--person", person)
    assert _acts(terminal, "--person", "nobody") == []
    connection = terminal.run("audit", "list", "--job", "1", "--json").json["listed"][0]["connection"]
    assert "batch.settled" in _acts(terminal, "--connection", connection)


def test_wrong_input_is_refused(terminal: Terminal) -> None:
    for arguments, code in (
        (("list", "--since", "yesterday"), "audit.bad_time"),
        (("list", "--connection", "nobody"), "connection.unknown"),
        (("list", "--job", "99"), "job.unknown"),
        (("show", "9999"), "audit.unknown"),
        (("export", "trail.xlsx"), "cli.usage"),
        (("export", "/nowhere/trail.csv"), "file.not_writable"),
    ):
        told = terminal.run("audit", *arguments)
        assert (told.code, f"({code})" in told.err) == (2, True), arguments


def test_the_export_is_checked_by_the_documented_script(
    sent: tuple[Terminal, str, str], tmp_path: Path
) -> None:
    terminal, *_ = sent
    for form in ("jsonl", "csv"):
        path = tmp_path / f"trail.{form}"
        told = terminal.run("audit", "export", str(path), "--json").json
        assert (tmp_path / f"trail.{form}.head").read_text("utf-8") == f"{told['entries']} {told['head']}\n"
        good = _check(path, told["head"])
        assert good.stdout == f"{told['entries']} entries, unbroken. Head: {told['head']}\n", good.stderr
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line.replace("job.submitted", "job.resumed") for line in lines), "utf-8")
        assert "chain broken at entry 4" in _check(path).stderr
        path.write_text("".join(lines[:-1]), "utf-8")
        assert "do not hold the head" in _check(path, told["head"]).stderr


def test_the_script_has_twenty_lines_at_most() -> None:
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 20


def test_verify_tells_a_broken_chain_and_a_head_it_does_not_hold(sent: tuple[Terminal, str, str]) -> None:
    terminal, *_ = sent
    whole = terminal.run("audit", "verify", "--json").json
    assert whole["is_whole"]
    assert terminal.run("audit", "verify", "--head", whole["head"]).code == 0
    missing = terminal.run("audit", "verify", "--head", "ab" * 32)
    assert (missing.code, "(audit.other_head)" in missing.err) == (7, True)
    with sqlite3.connect(terminal.workspace) as db:
        db.execute("drop trigger audit_keeps_what_stands")
        db.execute("update audit set at = '2020-01-01T00:00:00.000000Z' where seq = 2")
        db.execute(
            "create trigger audit_keeps_what_stands before update on audit "
            "begin select raise(abort, 'audit entries are never changed'); end"
        )
    db.close()
    broken = terminal.run("audit", "verify", "--json")
    assert (broken.code, "entry 2" in broken.err) == (7, True)
    assert json.loads(broken.out.splitlines()[0])["broken_at"] == 2


def test_erased_values_are_told_as_erased_and_the_entry_stays(sent: tuple[Terminal, str, str]) -> None:
    terminal, record, other = sent
    entry = terminal.run("audit", "list", "--act", "batch.settled", "--json").json["listed"][0]["entry"]
    terminal.run("retention", "erase", record, "--yes")
    shown = terminal.run("audit", "show", str(entry), "--json").json["listed"]
    new = {one["record_id"]: one["new"] for one in shown}
    assert re.fullmatch(r"erased on \d{4}-\d\d-\d\d", new[record])
    assert new[other] == "Media"
    assert _acts(terminal, "--record", record)[0] == "history.erased"
    assert "history.erased" not in _acts(terminal, "--record", other)
    assert terminal.run("audit", "verify").code == 0
