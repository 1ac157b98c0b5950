"""Records that a file makes: off unless chosen, once each, and told as what they are."""

import csv
from collections import abc
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.terminal import Terminal, Told, copy, token_file
from writeback.cli.application import run as run_command
from writeback.runtime.simulating import SimulatorWish, start_simulator

TAG = iter(range(1, 1_000))


class Desk(Terminal):
    """A terminal at a workspace that reads contacts of HubSpot."""

    def push(self, file: str, *more: str) -> Told:
        line = ("push", file, "--connection", "hub", "--object", "contacts", "--key", "email", "--yes")
        return self.run(*line, *more)

    def plan(self, file: str, *more: str) -> Told:
        line = ("plan", file, "--connection", "hub", "--object", "contacts", "--key", "email")
        return self.run(*line, *more)

    def held(self, key: str) -> list[dict[str, Any]]:
        """Give the contacts of that address, as the CRM holds them."""
        found = self.crm.crm.state.objects["contacts"].values()
        return [one for one in found if one.get("email") == key]


@pytest.fixture(scope="module")
def hub() -> abc.Iterator[Any]:
    with start_simulator(SimulatorWish("hubspot", rows=12)) as running:
        yield running


@pytest.fixture(scope="module")
def prepared(hub: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hub")
    path = folder / "prepared.writeback"
    token = token_file(folder, hub.token)
    lines = [
        ["connect", "hubspot", "--name", "hub", "--endpoint", hub.url, "--token-file", str(token)],
        ["integrations", "add", "--connection", "hub", "--object", "contacts", "--key", "hs_object_id",
         "--entity", "user"],
        ["map", "i1", "lastname=name", "email=email", "jobtitle=position", "--write-back", "on"],
        ["pull", "i1"],
    ]  # fmt: skip
    for line in lines:
        assert run_command(["--workspace", str(path), *line]) == 0, line
    return path


@pytest.fixture
def desk(tmp_path: Path, hub: Any, prepared: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, copy(prepared, tmp_path), hub, iter(()), capsys, seen=len(hub.crm.applied))


def address() -> str:
    return f"new{next(TAG)}@example.com"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def known(desk: Desk) -> str:
    told = desk.run("records", "list", "--entity", "user", "--limit", "5", "--json")
    return next(str(one["values"]["email"]) for one in told.json["records"] if one["values"]["email"])


def test_nothing_is_made_unless_it_is_chosen(desk: Desk) -> None:
    key = address()
    told = desk.push(desk.file("a.csv", "email,lastname", f"{key},Maple"), "--json")
    assert (told.code, told.json["blocked"], desk.sent()) == (4, 1, [])


def test_missing_records_are_made_and_the_others_updated(desk: Desk) -> None:
    old, first, second = known(desk), address(), address()
    file = desk.file(
        "a.csv", "email,lastname,jobtitle", f"{first},Maple,Chief", f"{old},Oak {first},", f"{second},Elm,"
    )
    plan = desk.plan(file, "--create", "missing", "--json").json
    assert [(one["creates_by"], one["send"]) for one in plan["groups"]] == [("", 1), ("email", 2)]
    made = [one for one in plan["rows"] if one["verdict"] == "create"]
    assert {(one["record"], one["field"], one["theirs"], one["yours"]) for one in made} >= {
        (first, "email", "", first), (first, "lastname", "", "Maple"), (first, "jobtitle", "", "Chief"),
    }  # fmt: skip
    good, bad = desk.folder / "w.csv", desk.folder / "n.csv"
    told = desk.push(file, "--create", "missing", "--written", str(good), "--not-written", str(bad), "--json")
    assert (told.code, told.json["applied"], told.json["rows"]) == (0, 3, 3)
    assert rows(bad) == []
    ids = {row["email"]: row["_writeback_record_id"] for row in rows(good)}
    assert all(ids.values())
    assert [one["id"] for one in desk.sent() if one["operation"] == "create"] == [ids[first], ids[second]]
    shown = desk.run("records", "show", f"i1:{ids[first]}", "--json").json["values"]
    assert (shown["name"], shown["email"], shown["position"]) == ("Maple", first, "Chief")
    again = desk.push(file, "--create", "missing", "--json")
    assert (again.code, again.json["unchanged"], again.json["rows"]) == (0, 3, 3)
