"""`writeback backups` and `writeback diagnostics`: copies that are checked, a bundle that tells no value."""

import json
import sqlite3
import zipfile
from pathlib import Path

from tests.integration.cli.terminal import Terminal
from writeback.preferences import write
from writeback.settings import load


def test_a_backup_is_made_checked_and_had_back(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.run("backups", "list", "--json").json == []
    made = terminal.run("backups", "make", "--json").json
    assert (made["reason"], made["problem"]) == ("asked", "")
    (checked,) = terminal.run("backups", "verify", "--json").json
    assert checked["verified_at"]
    target = tmp_path / "back" / "Again.writeback"
    assert terminal.run("backups", "restore", "newest", str(target)).code == 0
    told = terminal.run("--workspace", str(target), "records", "list", "--json")
    assert told.code == 0
    assert told.out == terminal.run("records", "list", "--json").out
    again = terminal.run("backups", "restore", "newest", str(target))
    assert (again.code, "(backup.in_the_way)" in again.err) == (2, True)
    unknown = terminal.run("backups", "restore", "nope", str(tmp_path / "x"))
    assert (unknown.code, "(backup.unknown)" in unknown.err) == (2, True)
    damaged = bytearray(Path(made["file"]).read_bytes())
    damaged[5000:9000] = b"\xff" * 4000
    Path(made["file"]).write_bytes(bytes(damaged))
    found = terminal.run("backups", "verify", "--json")
    assert (found.code, found.json[0]["problem"] != "") == (2, True)
    other = tmp_path / "Other.writeback"
    assert terminal.run("backups", "restore", "newest", str(other)).code != 0
    assert not other.exists()


def test_what_a_backup_was_about_to_send_rests_in_the_workspace_made_of_it(
    terminal: Terminal, tmp_path: Path
) -> None:
    record = terminal.record()
    job = terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media"), "--json").json["job"]
    play = {
        "name": "Ask",
        "conditions": f"record id in ('i1:{record}')",
        "trigger": {"kind": "leaves", "segment": "industry = 'Media'"},
        "steps": [{"kind": "set", "attribute": "name", "text": "x"}],
    }
    terminal.run("plays", "save", terminal.file("play.json", json.dumps(play)))
    assert terminal.run("plays", "enable", "Ask").code == 0
    with sqlite3.connect(terminal.workspace) as db:  # as it stood before the job was worked on
        db.execute("update jobs set state = 'running' where id = ?", (job,))
    db.close()
    terminal.run("backups", "make")
    target = tmp_path / "Again.writeback"
    assert terminal.run("backups", "restore", "newest", str(target)).code == 0
    (told,) = terminal.run("--workspace", str(target), "jobs", "list", "--json").json
    assert (told["job"], told["state"]) == (job, "paused")
    (told,) = terminal.run("--workspace", str(target), "plays", "list", "--json").json
    assert told["on"] is False


def test_the_bundle_holds_what_was_shown_and_no_value(terminal: Terminal, tmp_path: Path) -> None:
    record = terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Zinnwald"))
    write(load(), {"network.proxy": "http://secret-proxy:3128", "appearance.theme": "dark"})
    listed = terminal.run("diagnostics", "list", "--json").json
    names = [one["file"] for one in listed]
    assert all(one["about"] for one in listed)
    path = tmp_path / "bundle.zip"
    assert terminal.run("diagnostics", "save", str(path), "--without", "plugins.json").code == 0
    with zipfile.ZipFile(path) as bundle:
        held = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert set(held) == set(names) - {"plugins.json"}
    assert json.loads(held["settings.json"])["set"] == {"appearance.theme": "dark"}
    assert json.loads(held["jobs.json"])[0]["applied"] == 1
    shown = terminal.run("diagnostics", "show", "jobs.json").out
    assert shown == held["jobs.json"]
    everything = "".join(held.values())
    for word in (record, "Zinnwald", "secret-proxy", "Northwind", str(Path.home()) + "/"):
        assert word not in everything, word
    assert terminal.run("diagnostics", "show", "nope").code == 2
