"""Records that a file makes at each CRM: once, whatever answer is lost, and told as what they are."""

import csv
from collections import Counter, abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.cli.terminal import Terminal, Told, token_file
from writeback.cli.application import run as run_command
from writeback.runtime.simulating import SimulatorWish, start_simulator

pytestmark = pytest.mark.nightly


@dataclass(frozen=True)
class Place:
    """Where records are made, by which key, and what else they are given."""

    connector: str
    object: str
    key: str
    title: str
    path: str
    """Of the requests that make records."""


PLACES = (
    Place("salesforce", "Account", "External_Id__c", "Name", "/composite/sobjects$|/sobjects/Account$"),
    Place("hubspot", "companies", "external_id", "name", "/companies(/batch/create)?$"),
    Place("dynamics", "account", "wb_externalid", "name", r"\$batch$|/accounts$"),
    Place("zoho", "Accounts", "External_Id", "Account_Name", "/Accounts$"),
)
KEYS = [f"N-{number}" for number in range(4)]


class Desk(Terminal):
    """A terminal that makes records in one place."""

    place: Place

    def create(self, *lines: str, more: abc.Sequence[str] = ()) -> Told:
        file = self.file("new.csv", f"{self.place.key},{self.place.title}", *lines)
        where = ("--connection", "crm", "--object", self.place.object, "--key", self.place.key)
        return self.run("push", file, *where, "--create", "missing", "--yes", "--json", *more)

    def made(self) -> Counter[str]:
        """Count the records that were made, by key."""
        entries = [one for one in self.sent() if one["operation"] == "create"]
        return Counter(str(one["fields"][self.place.key]) for one in entries)

    def left(self) -> dict[str, str]:
        """Give the codes of the rows that were not written, by line."""
        told = (self.folder / "left.csv").read_text("utf-8-sig").splitlines()
        return {row["_writeback_row"]: row["_writeback_code"] for row in csv.DictReader(told)}


@pytest.fixture(params=PLACES, ids=lambda place: place.connector)
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> abc.Iterator[Desk]:
    place: Place = request.param
    with start_simulator(SimulatorWish(place.connector, rows=12)) as crm:
        workspace, token = tmp_path / "w.writeback", token_file(tmp_path, crm.token)
        line = ["connect", place.connector, "--name", "crm", "--endpoint", crm.url]
        assert run_command(["--workspace", str(workspace), *line, "--token-file", str(token)]) == 0
        made = Desk(tmp_path, workspace, crm, iter(()), capsys)
        made.place = place
        yield made


def is_made_once_and_known_again(desk: Desk, told: Told) -> None:
    assert not desk.crm.crm.faults.armed(), "the fault befell nothing"
    assert desk.made() == Counter(KEYS)
    assert (told.code, told.json["applied"]) == (0, len(KEYS))
    again = desk.create(*(f"{key},Maple {key}" for key in KEYS))
    assert (again.code, again.json["unchanged"]) == (0, len(KEYS))
    assert desk.made() == Counter(KEYS)


@pytest.mark.parametrize("route", ["single", "batch"])
@pytest.mark.parametrize("fault", ["cut_after", "cut_before"])
def test_a_lost_answer_makes_no_second_record(desk: Desk, fault: str, route: str) -> None:
    desk.arm(fault, method="POST", path=desk.place.path)
    told = desk.create(*(f"{key},Maple {key}" for key in KEYS), more=("--route", route))
    is_made_once_and_known_again(desk, told)


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_server_that_fails_makes_none_missing(desk: Desk, form: str) -> None:
    desk.arm("status", method="POST", path=desk.place.path, status=503, form=form)
    is_made_once_and_known_again(desk, desk.create(*(f"{key},Maple {key}" for key in KEYS)))


def test_awkward_keys_end_as_one_record_each(desk: Desk) -> None:
    lines = ("N-1,One", "n-2,Two", " N-3 ,Three", ",Nobody", '"O\'H ""x"", +&%/?",Four', "N-1,Other")
    told = desk.create(
        *lines, "N-2,Same in another case", more=("--not-written", str(desk.folder / "left.csv"))
    )
    assert told.json["unknown"] == 0
    assert set(desk.made()) == {"N-3", 'O\'H "x", +&%/?'}
    assert max(desk.made().values()) == 1
    codes = desk.left()
    assert codes["5"] == "plan.no_key"
    # every one of the four compares keys without case
    assert {codes[line] for line in ("2", "3", "7", "8")} == {"plan.repeated_differs"}
