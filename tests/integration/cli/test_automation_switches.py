"""Automation switches: chosen per connection and per job, obeyed by the CRM, repeated by undo and retry."""

import contextlib
from collections import abc
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.terminal import Terminal, token_file
from writeback.cli.application import run as run_command
from writeback.cli.opening import new_act, utc_now
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.runtime.telling import Telling
from writeback.sdk.simulator import Running

ROUTES = ("single", "batch", "bulk")
OBJECTS = {"salesforce": "Account", "dynamics": "account", "zoho": "Accounts", "hubspot": "companies"}
KEYS = {"salesforce": "Id", "dynamics": "accountid", "zoho": "id", "hubspot": "hs_object_id"}
FIELDS = {"salesforce": "Website", "dynamics": "websiteurl", "zoho": "Website", "hubspot": "website"}


def prepared(folder: Path, running: Running, connector: str) -> Path:
    """Make a workspace with one mapped and pulled object of a CRM."""
    path = folder / "w.writeback"
    token = token_file(folder, running.token)
    lines = [
        ["connect", connector, "--name", "acme", "--endpoint", running.url, "--token-file", str(token)],
        ["integrations", "add", "--connection", "acme", "--object", OBJECTS[connector]],
        ["map", "i1", f"{FIELDS[connector]}=website", "--write-back", "on"],
        ["pull", "i1"],
    ]
    for line in lines:
        assert run_command(["--workspace", str(path), *line]) == 0, line
    return path


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> abc.Iterator[abc.Callable[..., Terminal]]:
    with contextlib.ExitStack() as stack:

        def open_terminal(connector: str, **options: str) -> Terminal:
            wish = SimulatorWish(connector, rows=30, options=options)
            running = stack.enter_context(start_simulator(wish))
            workspace = prepared(tmp_path, running, connector)
            with contextlib.closing(Telling.open(workspace, now=utc_now, new_id=new_act)) as told:
                records = [one.id.partition(":")[2] for one in told.records("account", limit=30).records]
            return Terminal(tmp_path, workspace, running, iter(records), capsys)

        yield open_terminal


def push(terminal: Terminal, connector: str, *more: str, rows: int = 2) -> Any:
    file = terminal.file(
        "a.csv",
        f"{KEYS[connector]},{FIELDS[connector]}",
        *(f"{terminal.record()},https://NEW.example/{number}" for number in range(rows)),
    )
    asked = ("--connection", "acme", "--object", OBJECTS[connector], "--key", KEYS[connector])
    return terminal.run("push", file, *asked, "--yes", "--json", *more)


def obeyed(terminal: Terminal, name: str) -> set[str]:
    """Give how a switch stood in the writes that arrived since the last look."""
    sent = terminal.sent()
    terminal.seen = len(terminal.crm.crm.applied)
    assert sent
    return {str(dict(entry["automation"])[name]) for entry in sent}


@pytest.mark.parametrize(
    "case",
    [
        ("salesforce", "auto_assign", "true", ("single", "batch")),
        ("salesforce", "auto_assign", "01Q5f000000abcd", ROUTES),
        ("salesforce", "duplicate_rule", "allowSave=true", ("single", "batch")),
        ("dynamics", "bypass_logic", "CustomSync", ("single", "batch")),
        ("dynamics", "bypass_plugins", "true", ("single", "batch")),
        ("dynamics", "duplicate_detection", "detect", ("single", "batch")),
        ("zoho", "trigger", "none", ("single", "batch")),
        ("zoho", "trigger", "approval,workflow", ("single", "batch")),
    ],
)
def test_what_a_job_chooses_is_what_the_crm_is_told(
    at: abc.Callable[..., Terminal], case: tuple[str, str, str, tuple[str, ...]]
) -> None:
    connector, name, value, routes = case
    terminal = at(connector)
    for route in routes:
        told = push(terminal, connector, "--route", route, "--automation", f"{name}={value}")
        assert (told.code, told.json["applied"]) == (0, 2), told.out
        assert obeyed(terminal, name) == {value}, route


@pytest.mark.parametrize(
    "case",
    [
        ("salesforce", "auto_assign", "true", "false"),
        ("dynamics", "bypass_logic", "CustomSync", ""),
        ("zoho", "trigger", "none", "all"),
    ],
)
def test_a_connection_has_its_own_choice_and_a_job_may_differ(
    at: abc.Callable[..., Terminal], case: tuple[str, str, str, str]
) -> None:
    connector, name, value, default = case
    terminal = at(connector)
    assert push(terminal, connector).code == 0
    assert obeyed(terminal, name) == {default}
    assert terminal.run("connections", "set", "acme", "--automation", f"{name}={value}").code == 0
    listed = {one["name"]: one for one in terminal.run("connections", "automation", "acme", "--json").json}
    assert (listed[name]["value"], listed[name]["default"]) == (value, False)
    assert push(terminal, connector).code == 0
    assert obeyed(terminal, name) == {value}
    assert push(terminal, connector, "--automation", f"{name}={default}").code == 0
    assert obeyed(terminal, name) == {default}


def test_undo_sends_what_the_job_sent_whatever_the_connection_says_now(
    at: abc.Callable[..., Terminal],
) -> None:
    terminal = at("zoho")
    assert push(terminal, "zoho", "--automation", "trigger=none").code == 0
    obeyed(terminal, "trigger")
    shown = terminal.run("jobs", "show", "1", "--json").json
    assert shown["automation"] == {"trigger": "none"}
    assert terminal.run("jobs", "undo", "1", "--yes").code == 0
    assert obeyed(terminal, "trigger") == {"none"}


def test_a_saved_plan_keeps_its_switches(at: abc.Callable[..., Terminal]) -> None:
    terminal = at("zoho")
    file = terminal.file("a.csv", "id,Website", f"{terminal.record()},https://new.example")
    saved = str(terminal.folder / "plan.json")
    asked = ("--connection", "acme", "--object", "Accounts", "--key", "id")
    told = terminal.run("plan", file, *asked, "--automation", "trigger=none", "--out", saved, "--json")
    assert told.json["groups"][0]["automation"] == {"trigger": "none"}
    assert terminal.run("send", saved, "--yes").code == 0
    assert obeyed(terminal, "trigger") == {"none"}


@pytest.mark.parametrize(
    ("connector", "switch"),
    [
        ("salesforce", "auto_assign=true"),
        ("salesforce", "duplicate_rule=allowSave=true"),
        ("zoho", "trigger=none"),
    ],
)
def test_an_upload_that_cannot_carry_a_switch_is_refused_at_plan_time(
    at: abc.Callable[..., Terminal], connector: str, switch: str
) -> None:
    terminal = at(connector)
    told = push(terminal, connector, "--route", "bulk", "--automation", switch)
    assert (told.code, told.json["error"]["code"]) == (2, "automation.not_in_bulk")
    assert terminal.sent() == []
    assert push(terminal, connector, "--automation", switch).code == 0, "by volume another route is taken"


def test_a_switch_or_value_that_there_is_not_is_refused(at: abc.Callable[..., Terminal]) -> None:
    terminal = at("hubspot")
    told = push(terminal, "hubspot", "--automation", "trigger=none")
    assert (told.code, told.json["error"]["code"]) == (2, "automation.unknown")
    assert "offers no switch" in terminal.run("connections", "automation", "acme").out
    assert push(terminal, "hubspot").code == 0


def test_a_value_that_a_switch_has_not_is_refused(at: abc.Callable[..., Terminal]) -> None:
    terminal = at("zoho")
    told = push(terminal, "zoho", "--automation", "trigger=magic")
    assert (told.code, told.json["error"]["code"]) == (2, "automation.bad_value")
    told = terminal.run("connections", "set", "acme", "--automation", "trigger=magic", "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "automation.bad_value")


@pytest.mark.parametrize(
    ("connector", "switch"), [("dynamics", "bypass_logic=CustomSync"), ("zoho", "trigger=none")]
)
def test_the_crms_own_rule_runs_or_not(at: abc.Callable[..., Terminal], connector: str, switch: str) -> None:
    """The simulators' automation writes addresses in small letters."""
    terminal = at(connector)
    rewritten, left = "https://new.example/0", "https://NEW.example/0"
    for more, stored in (((), rewritten), (("--automation", switch), left)):
        terminal.seen = len(terminal.crm.crm.applied)
        assert push(terminal, connector, "--route", "single", *more, rows=1).code == 0
        (entry,) = terminal.sent()
        assert dict(entry["fields"])[FIELDS[connector]] == stored
