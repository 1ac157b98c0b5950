"""Connect, map, pull and push by the program's own commands: assurance B over HubSpot, nothing sent twice."""

import re
from collections import abc
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.integration.cli.terminal import Terminal, Told, copy, token_file
from writeback.cli.application import run as run_command
from writeback.sdk.simulator import Answer, Request, Running, serve
from writeback_hubspot.simulator import build
from writeback_hubspot.simulator.crm import HubSpotSimulator

ROWS = 150
MANY = 110
"""So many companies belong to the test of many rows."""
FIRST = 98501
"""The first company's id."""
KEY = "hs_object_id"
BY_A_PERSON = "in the CRM by owner.1@portal.example (CRM_UI) at 20"


class Overtaking(HubSpotSimulator):
    """An account where somebody may act between what a call does and its answer."""

    after: tuple[str, abc.Callable[[], None]] | None = None
    """Once: after a call to such a path."""

    def answer(self, request: Request) -> Answer:
        told = super().answer(request)
        if self.after is not None and re.search(self.after[0], request.path):
            (_path, act), self.after = self.after, None
            act()
        return told


class Place(NamedTuple):
    """What the tests of this module share."""

    workspace: Path
    records: abc.Iterator[str]


class Account:
    """A connected, mapped and pulled account."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        org = terminal.run("connections", "list", "--json").json[0]["org"]["name"]
        self.guard = ("--confirm-org", str(org), "--yes", "--json")

    def push(self, object_name: str, *lines: str, route: str = "auto") -> Told:
        file = self.terminal.file("rows.csv", *lines)
        left = str(self.terminal.folder / "left.csv")
        where = ("--connection", "hub", "--object", object_name, "--key", KEY, "--route", route)
        return self.terminal.run("push", file, *where, "--not-written", left, *self.guard)

    def left(self) -> str:
        return (self.terminal.folder / "left.csv").read_text("utf-8-sig")


@pytest.fixture(scope="module")
def crm() -> abc.Iterator[Running]:
    with serve(Overtaking(build(rows=ROWS).portal)) as running:
        yield running


@pytest.fixture(scope="module")
def prepared(crm: Running, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A workspace to copy, and the companies that no test of the module has touched yet."""
    folder = tmp_path_factory.mktemp("prepared")
    workspace = folder / "prepared.writeback"
    token = str(token_file(folder, crm.token))
    adding = ("integrations", "add", "--connection", "hub", "--key", KEY)
    companies = ("name=name", "industry=industry", "owner.email=csm", "segments=segments")
    contacts = ("email=email", "jobtitle=jobtitle", "company.name=employer")
    for line in (
        ("connect", "hubspot", "--name", "hub", "--endpoint", crm.url, "--token-file", token),
        (*adding, "--object", "companies", "--entity", "account"),
        (*adding, "--object", "contacts", "--entity", "user"),
        ("map", "i1", *companies, "--write-back", "on"),
        ("map", "i2", *contacts, "--write-back", "on"),
        ("pull", "i1"),
        ("pull", "i2"),
    ):
        assert run_command(["--workspace", str(workspace), *line]) == 0, line
    return Place(workspace, iter(str(FIRST + number) for number in range(MANY, ROWS)))


@pytest.fixture
def account(
    tmp_path: Path, crm: Running, prepared: Place, capsys: pytest.CaptureFixture[str]
) -> abc.Iterator[Account]:
    workspace = copy(prepared.workspace, tmp_path)
    terminal = Terminal(tmp_path, workspace, crm, prepared.records, capsys, seen=len(crm.crm.applied))
    yield Account(terminal)
    crm.crm.faults.disarm()


def test_a_file_of_many_rows_travels_in_hundreds_with_an_end_for_each(account: Account) -> None:
    rows = [f"{FIRST + number},ENERGY,owner.7@portal.example" for number in range(MANY)]
    told = account.push(
        "companies", f"{KEY},industry,owner.email", *rows, "123456789,ENERGY,owner.7@portal.example"
    )
    assert told.json["rows"] == MANY + 1
    assert told.json["unknown"] == told.json["conflict"] == 0
    assert told.json["applied"] + told.json["unchanged"] == MANY
    batches = {one["sha256"] for one in account.terminal.sent()}
    assert 1 < len(batches) <= 3
    again = account.push("companies", f"{KEY},industry,owner.email", *rows)
    assert (again.code, again.json["unchanged"]) == (0, MANY)


def test_several_options_a_person_and_a_company_are_written_by_what_people_read(account: Account) -> None:
    terminal = account.terminal
    options = [
        one.value for one in terminal.crm.crm.portal.table("companies").kind.properties["segments"].options
    ]
    ticked, record = ";".join(options[1:4]), terminal.record()
    account.push("companies", f"{KEY},segments,owner.email", f"{record},{ticked},owner.9@portal.example")
    (company,) = terminal.sent()
    assert set(company["fields"]["segments"].split(";")) == set(options[1:4])
    assert company["fields"]["hubspot_owner_id"].isdigit()
    shown = terminal.row(f"i1:{record}")
    assert (set(shown["segments"]), shown["csm"]) == (set(options[1:4]), "owner.9@portal.example")
    name = terminal.row(f"i1:{FIRST + 5}")["name"]
    told = account.push("contacts", f"{KEY},company.name", f"501,{name}")
    assert told.json["applied"] == 1
    assert terminal.row("i2:501")["employer"] == name


@pytest.mark.parametrize("route", ["single", "batch"])
def test_a_change_made_meanwhile_is_a_conflict_that_nothing_overwrites(account: Account, route: str) -> None:
    terminal = account.terminal
    good, taken = terminal.record(), terminal.record()
    file = terminal.file("a.csv", f"{KEY},name", f"{good},Ours", f"{taken},Ours")
    plan = str(terminal.folder / "plan.json")
    where = ("--connection", "hub", "--object", "companies", "--key", KEY, "--route", route, "--out", plan)
    assert terminal.run("plan", file, *where).code == 0
    terminal.crm.crm.edit("companies", taken, {"name": "Theirs"})
    told = terminal.run("send", plan, *account.guard)
    assert (told.code, told.json["applied"], told.json["conflict"]) == (5, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [good]


def overtake(account: Account, path: str, act: abc.Callable[[], None]) -> None:
    simulator = account.terminal.crm.crm
    assert isinstance(simulator, Overtaking)
    simulator.after = path, act


def test_a_conflict_names_who_wrote_the_value_and_when(account: Account) -> None:
    terminal = account.terminal
    taken = [terminal.record(), terminal.record()]

    def edit() -> None:
        for key in taken:
            terminal.crm.crm.edit("companies", key, {"name": "Theirs"})

    overtake(account, "/companies/batch/read$", edit)  # the plan was read: the compare finds it
    told = account.push("companies", f"{KEY},name", *(f"{key},Ours" for key in taken), route="batch")
    assert (told.code, told.json["conflict"]) == (5, 2)
    assert account.left().count(f"Changed {BY_A_PERSON}") == 2
    rows = terminal.run("jobs", "results", told.json["job"], "--json").json
    assert [row["code"] for row in rows] == ["record.changed"] * 2
    assert all(row["message"].startswith(f"Changed {BY_A_PERSON}") for row in rows)


def test_a_value_that_arrived_and_was_overwritten_since_is_applied_and_not_sent_again(
    account: Account,
) -> None:
    terminal = account.terminal
    key = terminal.record()
    terminal.arm("cut_after", method="PATCH", path="/companies/[0-9]+$")
    edit = partial(terminal.crm.crm.edit, "companies", key, {"name": "Theirs"})
    overtake(account, "/companies/[0-9]+$", edit)
    told = account.push("companies", f"{KEY},name", f"{key},Ours", route="single")
    assert (told.code, told.json["applied"], told.json["conflict"]) == (0, 1, 0)
    (row,) = terminal.run("jobs", "results", told.json["job"], "--json").json
    assert row["code"] == "record.changed_since"
    assert row["message"].startswith(f"Written, then changed {BY_A_PERSON}")
    assert [one["id"] for one in terminal.sent()] == [key]


@pytest.mark.parametrize(("route", "method"), [("single", "PATCH"), ("batch", "POST")])
def test_a_lost_answer_is_read_back_and_nothing_is_sent_twice(
    account: Account, route: str, method: str
) -> None:
    terminal = account.terminal
    keys = [terminal.record() for _ in range(3)]
    terminal.arm("cut_after", method=method, path="update$|/companies/[0-9]+$")
    told = account.push("companies", f"{KEY},name", *(f"{key},New {key}" for key in keys), route=route)
    assert (told.code, told.json["applied"], told.json["unknown"]) == (0, 3, 0)
    assert sorted(one["id"] for one in terminal.sent()) == keys


def test_a_row_that_the_answer_leaves_out_is_read_back(account: Account) -> None:
    terminal = account.terminal
    keys = [terminal.record() for _ in range(2)]
    terminal.arm("omit_result", object="companies", id=keys[1])
    told = account.push("companies", f"{KEY},name", *(f"{key},New {key}" for key in keys), route="batch")
    assert (told.code, told.json["applied"]) == (0, 2)
    assert sorted(one["id"] for one in terminal.sent()) == keys


def test_a_batch_that_fails_whole_is_halved_until_the_bad_row_stands_alone(account: Account) -> None:
    terminal = account.terminal
    keys = [terminal.record() for _ in range(8)]
    terminal.arm("whole_batch", object="companies", times=None)
    lines = (f"{key},{'C-0000099' if key == keys[3] else f'new-{key}'}" for key in keys)
    told = account.push("companies", f"{KEY},external_id", *lines, route="batch")
    assert (told.code, told.json["applied"], told.json["rejected"]) == (4, 7, 1)
    assert sorted(one["id"] for one in terminal.sent()) == [key for key in keys if key != keys[3]]
    assert len({one["sha256"] for one in terminal.sent()}) > 1
    assert "hubspot." in account.left()


def test_a_company_link_beside_another_field_says_how_to_write_both(account: Account) -> None:
    told = account.push("contacts", f"{KEY},jobtitle,company.name", "502,Boss,Brackwater Analytics Ltd")
    assert (told.code, told.json["rejected"]) == (4, 1)
    assert "hubspot.association_alone" in account.left()
    assert account.terminal.sent() == []
