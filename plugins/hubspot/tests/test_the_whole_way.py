"""Connect, map, pull and push by the program's own commands: assurance B over HubSpot, nothing sent twice."""

from collections import abc
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.integration.cli.terminal import Terminal, Told, copy, token_file
from writeback.cli.application import run as run_command
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running

ROWS = 150
MANY = 110
"""So many companies belong to the test of many rows."""
FIRST = 98501
"""The first company's id."""
KEY = "hs_object_id"


class Place(NamedTuple):
    """What the tests of this module share."""

    workspace: Path
    records: abc.Iterator[str]


class Account:
    """A connected, mapped and pulled account."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        org = terminal.run("connections", "list", "--json").json[0]["org"]["name"]
        self._guard = ("--confirm-org", str(org), "--yes", "--json")

    def push(self, object_name: str, *lines: str, route: str = "auto") -> Told:
        file = self.terminal.file("rows.csv", *lines)
        left = str(self.terminal.folder / "left.csv")
        where = ("--connection", "hub", "--object", object_name, "--key", KEY, "--route", route)
        return self.terminal.run("push", file, *where, "--not-written", left, *self._guard)

    def left(self) -> str:
        return (self.terminal.folder / "left.csv").read_text("utf-8-sig")


@pytest.fixture(scope="module")
def crm() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("hubspot", rows=ROWS)) as running:
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
    told = terminal.run("send", plan, *account._guard)  # noqa: SLF001  the fixture's own
    assert (told.code, told.json["applied"], told.json["conflict"]) == (5, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [good]


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
