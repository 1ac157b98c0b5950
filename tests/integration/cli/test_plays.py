"""SuccessPlays from a terminal: kept as files, looked at dry, switched on, run by the worker, taken back."""

import json

import pytest

from tests.integration.cli.terminal import Terminal
from writeback.worker.main import run as run_worker


def saved(terminal: Terminal, *records: str, **more: object) -> str:
    told = ", ".join(f"'i1:{record}'" for record in records)
    play = {
        "name": "Energy",
        "conditions": f"record id in ({told})",
        "steps": [{"kind": "set", "attribute": "Industry", "text": "Energy"}],
        **more,
    }
    path = terminal.file("play.json", json.dumps(play))
    made = terminal.run("plays", "save", path, "--json")
    assert made.code == 0, made
    assert made.json["on"] is False
    return str(made.json["name"])


def test_the_dry_run_lists_what_the_run_changes(terminal: Terminal) -> None:
    first, second = terminal.record(), terminal.record()
    name = saved(terminal, first, second)
    dry = terminal.run("plays", "run", name, "--dry-run", "--json")
    assert (dry.code, dry.json["dry"], dry.json["run"], dry.json["change"]) == (0, True, None, 2)
    assert [one["edits"][0]["new"] for one in dry.json["rows"]] == ["Energy", "Energy"]
    assert terminal.run("plays", "history", "--json").json == []
    planned = terminal.run("plays", "run", name, "--dry-run", "--plan", "--json").json
    (group,) = planned.pop("plan")
    assert (group["connection"], group["send"], group["conflict"]) == ("acme", 2, 0)
    assert {**planned, "started_at": "", "ended_at": ""} == {**dry.json, "started_at": "", "ended_at": ""}
    assert terminal.run("plays", "run", name, "--plan").code == 2
    done = terminal.run("plays", "run", name.upper(), "--json")
    assert (done.code, done.json["run"], done.json["done"], done.json["jobs"]) == (0, 1, 2, [])
    for listed in ("rows", "change"):
        plain = json.loads(json.dumps(done.json[listed]).replace('"done": true', '"done": false'))
        assert plain == dry.json[listed]
    assert terminal.sent() == []
    told = terminal.run("history", first, "--json").json[0]
    assert (told["origin"], told["reason"]) == ("success_play", "Energy")
    shown = terminal.run("plays", "history", "--run", "1")
    assert (shown.code, "changed 2 of" in shown.out) == (0, True)
    back = terminal.run("plays", "undo", "1", "--json")
    assert (back.code, back.json) == (0, {"run": 1, "values": 2, "left": 0, "tasks": 0})
    again = terminal.run("plays", "undo", "1")
    assert (again.code, "did nothing that could be taken back" in again.err) == (2, True)


def test_what_a_worker_ran_by_itself_is_sent_and_can_be_undone(terminal: Terminal) -> None:
    record = terminal.record()
    name = saved(terminal, record, mode="send", trigger={"kind": "enters", "segment": "industry = 'Media'"})
    assert terminal.run("plays", "enable", name).code == 0
    told = terminal.run("edit", record, "industry=Media", "--send")
    assert told.code == 0, told
    work = ["--workspace", str(terminal.workspace), "worker", "--until-idle"]
    assert run_worker(work) == 0
    assert [one["fields"]["Industry"] for one in terminal.sent() if one["id"] == record] == [
        "Media",
        "Energy",
    ]
    (run,) = terminal.run("plays", "history", name, "--json").json
    assert (run["state"], run["trigger"], run["done"], len(run["jobs"])) == ("done", "enters", 1, 1)
    assert run_worker(work) == 0
    assert len(terminal.run("plays", "history", "--json").json) == 1
    back = terminal.run("plays", "undo", str(run["run"]), "--yes", "--json")
    assert (back.code, back.json["undone"]["applied"]) == (0, 1)
    assert [one["fields"]["Industry"] for one in terminal.sent() if one["id"] == record][-1] == "Media"
    assert terminal.run("plays", "history", "--json").json[0]["state"] == "undone"


def test_a_guard_is_an_exit_code_and_a_held_run_is_decided(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    name = saved(terminal, *records, guards={"rows": 2})
    held = terminal.run("plays", "run", name, "--json")
    assert (held.code, held.json["state"], held.json["reason"]) == (
        7, "held", {"code": "play.too_many", "rows": "3", "most": "2"},
    )  # fmt: skip
    listed = terminal.run("plays", "list", "--json").json[0]
    assert (listed["held_run"], listed["on"]) == (1, False)
    assert terminal.run("plays", "dismiss", "1").code == 0
    assert terminal.run("plays", "release", "1").code == 2
    assert terminal.run("plays", "run", name).code == 7
    done = terminal.run("plays", "release", "2", "--json")
    assert (done.code, done.json["done"]) == (0, 3)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{", "holds no play"),
        ('{"name": "x", "steps": [{"kind": "paint"}]}', "steps.0.kind"),
        ('{"name": "x", "steps": [], "colour": 1}', "colour"),
        ('{"name": "x", "steps": []}', "does something"),
        ('{"name": "x", "steps": [{"kind": "set", "attribute": "nope", "text": "1"}]}', "no attribute nope"),
        (('{"name": "x", "trigger": {"kind": "schedule", "schedule": {"at": "9"}}, '
         '"steps": [{"kind": "clear", "attribute": "industry"}]}'), "needs a cadence"),
        ('{"name": "x", "conditions": "industry >", "steps": [{"kind": "clear", "attribute": "industry"}]}',
         "industry >"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_play_says_what_is_wrong(terminal: Terminal, body: str, words: str) -> None:
    told = terminal.run("plays", "save", terminal.file("p.json", body))
    assert told.code == 2, told
    assert words in told.err
    assert terminal.run("plays", "list", "--json").json == []


def test_what_is_shown_can_be_saved_again(terminal: Terminal) -> None:
    record = terminal.record()
    trigger = {"kind": "schedule", "schedule": {"cadence": "weekly", "at": "07:30", "days": [0, 4]}}
    name = saved(terminal, record, trigger=trigger, guards={"rows": 9, "percent": 12.5, "once_days": 30})
    shown = terminal.run("plays", "show", name)
    again = terminal.run("plays", "save", terminal.file("again.json", shown.out), "--json")
    assert again.code == 0, again
    assert terminal.run("plays", "show", name).out == shown.out
    assert terminal.run("plays", "delete", name).code == 0
    assert terminal.run("plays", "run", name).code == 2
    assert terminal.run("plays", "restore", name).code == 0
    assert terminal.run("plays", "show", name).out == shown.out
