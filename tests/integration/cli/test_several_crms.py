"""Several CRMs from the command line: match, link, one edit to all, people of an account."""

import json
from collections import abc
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Told, token_file
from writeback.cli.application import run as run_command
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running

ROWS = 20


class Desk:
    """Two CRMs with the same accounts, set up by the program's own commands."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.workspace = folder / "w.writeback"
        self.capsys = capsys
        self.crms: dict[str, Running] = {}

    def run(self, *arguments: str) -> Told:
        self.capsys.readouterr()
        code = run_command(["--workspace", str(self.workspace), *arguments])
        told = self.capsys.readouterr()
        return Told(code, told.out, told.err)

    def connect(self, name: str, *, port: int = 0) -> None:
        self.crms[name] = start_simulator(SimulatorWish("salesforce", rows=ROWS, port=port))
        token = token_file(self.folder, self.crms[name].token, name)
        told = self.run(
            *("connect", "salesforce", "--name", name, "--endpoint", self.crms[name].url),
            *("--token-file", str(token)),
        )
        assert told.code == 0, told

    def show(self, record: str) -> dict[str, object]:
        told = self.run("records", "show", record, "--json")
        assert told.code == 0, told
        return dict(json.loads(told.out))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> abc.Iterator[Desk]:
    made = Desk(tmp_path, capsys)
    try:
        for name in ("north", "south"):
            made.connect(name)
            add = ("integrations", "add", "--connection", name, "--object", "Account")
            told = made.run(*add, "--match", "number", "--json")
            assert (told.code, told.json["match"], told.json["link"]) == (0, "number", "")
            number = told.json["id"]
            mapped = ("Name=name", "AccountNumber=number", "Description=notes")
            assert made.run("map", number, *mapped, "--write-back", "on").code == 0
            told = made.run("pull", number, "--json")
            assert (told.json["read"], told.json["linked"]) == (ROWS, ROWS if name == "south" else 0)
        yield made
    finally:
        for crm in made.crms.values():
            crm.close()


def first_record(desk: Desk) -> str:
    return str(desk.run("records", "list", "--limit", "1", "--json").json["records"][0]["record"])


def test_one_edit_goes_to_both_and_each_target_is_told(desk: Desk) -> None:
    record = first_record(desk)
    told = desk.run("edit", record, "notes=for both", "--send", "--json")
    assert (told.code, told.json["applied"], len(told.json["jobs"])) == (0, 2, 2)
    shown = desk.show(record)
    assert [(one["connection"], one["state"], one["value"]) for one in shown["targets"]["notes"]] == [
        ("north", "confirmed", "for both"),
        ("south", "confirmed", "for both"),
    ]
    assert {one["object"] for one in shown["targets"]["notes"]} == {"Account"}
    assert [one["connection"] for one in shown["links"]] == ["north", "south"]
    assert [one["key"] for one in shown["links"]] == [one["key"] for one in shown["targets"]["notes"]]


def test_one_that_is_down_is_queued_and_written_when_it_is_back(desk: Desk) -> None:
    record = first_record(desk)
    port = int(desk.crms["south"].url.rpartition(":")[2])
    desk.crms.pop("south").close()
    planned = desk.run("edit", record, "notes=later")
    assert planned.code == 0
    told = desk.run("plan", "--pending", "--json")
    assert [group["unreached"] for group in told.json["groups"]] == ["", "link.lost"]
    assert "The CRM did not answer" in desk.run("plan", "--pending").out
    told = desk.run("edit", record, "notes=later still", "--send", "--json")
    assert (told.code, told.json["applied"], told.json["open"], told.json["waiting"]) == (75, 1, 1, ["south"])
    shown = desk.show(record)
    assert [(one["connection"], one["state"], one["code"]) for one in shown["targets"]["notes"]] == [
        ("north", "confirmed", ""),
        ("south", "queued", "link.lost"),
    ]
    table = desk.run("records", "show", record).out
    assert "queued, 1 of 2 written" in table
    listed = desk.run("jobs", "list").out
    assert "queued until the CRM answers" in listed
    desk.crms["south"] = start_simulator(SimulatorWish("salesforce", rows=ROWS, port=port))
    token_file(desk.folder, desk.crms["south"].token, "south")
    waiting = next(
        job["number"] for job in desk.run("jobs", "list", "--json").json if job["state"] == "throttled"
    )
    told = desk.run("jobs", "resume", str(waiting), "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert [one["state"] for one in desk.show(record)["targets"]["notes"]] == ["confirmed", "confirmed"]


def test_a_target_whose_field_cannot_hold_the_value_is_told_beside_the_one_that_took_it(desk: Desk) -> None:
    record = first_record(desk)
    for number, path in (("i1", "Site"), ("i2", "Sic")):
        assert desk.run("map", number, f"{path}=place", "--write-back", "on").code == 0
        assert desk.run("pull", number).code == 0
    told = desk.run("edit", record, f"place={'x' * 30}", "--send", "--json")
    targets = told.json["edits"][0]["targets"]
    assert [(one["connection"], one["state"]) for one in targets] == [
        ("north", "confirmed"),
        ("south", "refused"),
    ]
    assert targets == desk.show(record)["targets"]["place"]
    assert targets[1]["code"] == "value.too_long"


def test_people_are_linked_to_their_account_whichever_was_pulled_first(desk: Desk) -> None:
    add = ("integrations", "add", "--connection", "north", "--object", "Contact", "--entity", "user")
    told = desk.run(*add, "--json")
    assert (told.code, told.json["link"], told.json["entity"]) == (0, "AccountId", "user")
    assert desk.run("map", "i3", "Name=name", "Email=email").code == 0
    assert desk.run("pull", "i3").code == 0
    people = desk.run("records", "list", "--entity", "user", "--json").json["records"]
    person = desk.show(people[0]["record"])
    assert person["account"]["entity"] == "account"
    account = desk.show(person["account"]["record"])
    assert account["title"] == person["account"]["title"]
    assert person["record"] in [one["record"] for one in account["users"]]
    assert f"belongs to {account['title']}" in desk.run("records", "show", people[0]["record"]).out
    named = desk.run(*add, "--link", "AccountId", "--json")
    assert (named.code, named.json["link"]) == (0, "AccountId")
    none = desk.run(*add, "--link", "", "--json")
    assert (none.code, none.json["link"]) == (0, "")
    wrong = desk.run(*add, "--link", "NoSuchField")
    assert wrong.code == 2
    assert "NoSuchField" in wrong.err


def test_an_edit_of_a_person_is_written(desk: Desk) -> None:
    add = ("integrations", "add", "--connection", "north", "--object", "Contact", "--entity", "user")
    assert desk.run(*add).code == 0
    assert desk.run("map", "i3", "Title=job_title", "Email=email", "--write-back", "on").code == 0
    assert desk.run("pull", "i3").code == 0
    person = desk.run("records", "list", "--entity", "user", "--json").json["records"][0]["record"]
    told = desk.run("edit", person, "job_title=Chief of tests", "--send", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert desk.show(person)["values"]["job_title"] == "Chief of tests"
