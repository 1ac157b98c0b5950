"""Connect, map, pull and push by the program's own commands: A and B over Zoho, nothing sent twice."""

import json
from collections import abc
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests

from tests.integration.cli.terminal import Terminal, Told, copy, token_file
from writeback.cli.application import run as run_command
from writeback.engine import routing
from writeback.model.jobs import Assurance, Route
from writeback.planning.routing import RouteChoice, RouteTable, choose_route
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running

ROWS = 150
MANY = 110
"""So many accounts belong to the test of many rows."""


class Place(NamedTuple):
    """What the tests of this module share."""

    workspace: Path
    many: tuple[str, ...]
    rest: abc.Iterator[str]


class Account:
    """A connected, mapped and pulled organisation."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        org = terminal.run("connections", "list", "--json").json[0]["org"]["name"]
        self.guard = ("--confirm-org", str(org), "--yes", "--json")

    def push(self, *lines: str, route: str = "auto", more: tuple[str, ...] = ()) -> Told:
        file = self.terminal.file("rows.csv", *lines)
        left = str(self.terminal.folder / "left.csv")
        where = ("--connection", "zoho", "--object", "Accounts", "--key", "id", "--route", route)
        return self.terminal.run("push", file, *where, "--not-written", left, *self.guard, *more)

    def left(self) -> str:
        return (self.terminal.folder / "left.csv").read_text("utf-8-sig")


@pytest.fixture(scope="module")
def crm() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("zoho", rows=ROWS)) as running:
        yield running


@pytest.fixture(scope="module")
def prepared(crm: Running, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A workspace to copy, and the accounts that no test of the module has touched yet."""
    folder = tmp_path_factory.mktemp("prepared")
    workspace = folder / "prepared.writeback"
    token = str(token_file(folder, crm.token))
    adding = ("integrations", "add", "--connection", "zoho", "--key", "id")
    accounts = (
        "Account_Name=name",
        "Industry=industry",
        "Owner.email=csm",
        "Segments=segments",
        "Seats=seats",
    )
    contacts = ("Last_Name=last_name", "Account_Name=account", "Account_Name.Owner.email=boss")
    for line in (
        ("connect", "zoho", "--name", "zoho", "--endpoint", crm.url, "--token-file", token),
        (*adding, "--object", "Accounts", "--entity", "account"),
        (*adding, "--object", "Contacts", "--entity", "user"),
        ("map", "i1", *accounts, "--write-back", "on"),
        ("map", "i2", *contacts),
        ("pull", "i1"),
        ("pull", "i2"),
    ):
        assert run_command(["--workspace", str(workspace), *line]) == 0, line
    ids = [crm.crm.org.tables["Accounts"].ids.of(row) for row in range(ROWS)]  # type: ignore[attr-defined]  # Zoho's
    return Place(workspace, tuple(ids[:MANY]), iter(ids[MANY:]))


@pytest.fixture
def account(
    tmp_path: Path, crm: Running, prepared: Place, capsys: pytest.CaptureFixture[str]
) -> abc.Iterator[Account]:
    workspace = copy(prepared.workspace, tmp_path)
    terminal = Terminal(tmp_path, workspace, crm, prepared.rest, capsys, seen=len(crm.crm.applied))
    yield Account(terminal)
    crm.crm.faults.disarm()


def api(account: Account, method: str, path: str) -> Any:
    """Ask the simulator as somebody else would."""
    crm = account.terminal.crm
    headers = {"Authorization": f"Zoho-oauthtoken {crm.token}"}
    return requests.request(method, f"{crm.url}/crm/v8/{path}", headers=headers, timeout=30).json()


def test_a_file_of_many_rows_travels_in_hundreds_with_an_end_for_each(
    account: Account, prepared: Place
) -> None:
    rows = [f"{key},+43 {number}" for number, key in enumerate(prepared.many)]
    told = account.push("id,Phone", *rows, "745330803999999999,+43")
    assert told.json["rows"] == MANY + 1
    assert told.json["unknown"] == told.json["conflict"] == 0
    assert told.json["applied"] == MANY
    assert len({one["sha256"] for one in account.terminal.sent()}) == 2
    again = account.push("id,Phone", *rows)
    assert (again.code, again.json["unchanged"]) == (0, MANY)


def test_several_options_and_an_owner_are_written_by_what_people_read(account: Account) -> None:
    terminal = account.terminal
    fields = api(account, "GET", "settings/fields?module=Accounts")["fields"]
    segments = next(one for one in fields if one["api_name"] == "Segments")
    ticked = [one["actual_value"] for one in segments["pick_list_values"]][:2]
    people = api(account, "GET", "users?type=ActiveUsers")["users"]
    person, record = people[-1]["email"], terminal.record()
    told = account.push("id,Segments,Owner.email", f"{record},{';'.join(ticked)},{person.upper()}")
    assert told.json["applied"] + told.json["unchanged"] == 1
    shown = terminal.row(f"i1:{record}")
    assert (set(shown["segments"]), shown["csm"]) == (set(ticked), person)


@pytest.mark.parametrize("route", ["single", "batch"])
def test_a_change_made_meanwhile_is_a_conflict_that_nothing_overwrites(account: Account, route: str) -> None:
    terminal = account.terminal
    good, taken = terminal.record(), terminal.record()
    file = terminal.file("a.csv", "id,Account_Name", f"{good},Ours", f"{taken},Ours")
    plan = str(terminal.folder / "plan.json")
    where = ("--connection", "zoho", "--object", "Accounts", "--key", "id", "--route", route, "--out", plan)
    assert terminal.run("plan", file, *where).code == 0
    terminal.crm.crm.edit("Accounts", taken, {"Account_Name": "Theirs"})
    told = terminal.run("send", plan, *account.guard)
    assert (told.code, told.json["applied"], told.json["conflict"]) == (5, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [good]


@pytest.mark.parametrize(("route", "fault"), [("single", "cut_after"), ("batch", "cut_before")])
def test_a_lost_answer_is_read_back_and_nothing_is_sent_twice(
    account: Account, route: str, fault: str
) -> None:
    terminal = account.terminal
    keys = [terminal.record() for _ in range(2)]
    terminal.arm(fault, method="PUT")
    told = account.push("id,Account_Name", *(f"{key},New {key}" for key in keys), route=route)
    assert told.json["unknown"] == 0
    written = [one["id"] for one in terminal.sent()]
    assert sorted(written) == sorted(set(written)), "a row was sent twice"
    assert len(written) == told.json["applied"]


def test_one_bad_row_of_a_batch_leaves_the_others_written(account: Account) -> None:
    terminal = account.terminal
    good, bad = terminal.record(), terminal.record()
    taken = api(account, "GET", f"Accounts/{good}")["data"][0]["External_Id"]
    told = account.push("id,External_Id,Seats", f"{good},,5", f"{bad},{taken},6")
    assert (told.code, told.json["applied"], told.json["rejected"]) == (4, 1, 1)
    assert "zoho.duplicate_data" in account.left()
    assert [one["id"] for one in terminal.sent()] == [good]


def test_what_zoho_never_takes_is_blocked_before_anything_is_sent(account: Account) -> None:
    terminal = account.terminal
    rows = [f"{terminal.record()},No such industry,", f"{terminal.record()},,a;No such segment"]
    told = account.push("id,Industry,Segments", *rows)
    assert (told.json["blocked"], told.json["rejected"]) == (2, 0)
    assert "value.not_an_option" in account.left()
    told = account.push("id,Owner.email", f"{terminal.record()},", more=("--blank", "clear"))
    assert told.json["blocked"] == 1
    assert terminal.sent() == []


def test_line_breaks_of_a_bulk_write_are_told_apart_or_blocked(account: Account) -> None:
    terminal = account.terminal
    crlf, alone = terminal.record(), terminal.record()
    rows = (f'{crlf},"a\r\nb"', f'{alone},"a\rb"')
    told = account.push("id,Description", *rows, route="bulk")
    assert (told.json["applied"], told.json["blocked"]) == (1, 1)
    assert "zoho.bulk_cannot_carry_cr" in account.left()
    told = account.push("id,Description", rows[0], route="bulk")
    assert (told.json["unchanged"], len(terminal.sent())) == (1, 1)
    told = account.push("id,Description", rows[1], route="batch")
    assert told.json["applied"] == 1
    assert api(account, "GET", f"Accounts/{alone}")["data"][0]["Description"] == "a\rb"
    told = account.push("id,Description", rows[1], route="batch")
    assert told.json["unchanged"] == 1


def test_a_row_that_clears_is_kept_off_the_bulk_route_when_it_is_planned(account: Account) -> None:
    record = account.terminal.record()
    account.push("id,Phone", f"{record},+43 1", route="single")
    sent = len(account.terminal.sent())
    told = account.push("id,Phone", f"{record},", route="bulk", more=("--blank", "clear"))
    assert told.json["blocked"] == 1
    assert "zoho.bulk_cannot_clear" in account.left()
    assert len(account.terminal.sent()) == sent
    told = account.push("id,Phone", f"{record},", route="batch", more=("--blank", "clear"))
    assert told.json["applied"] == 1


def test_a_file_by_bulk_write_ends_row_by_row_and_is_written_once(account: Account) -> None:
    terminal = account.terminal
    good, bad = [terminal.record() for _ in range(3)], terminal.record()
    lines = [f"{key},+43 {key[-3:]}," for key in good]
    told = account.push("id,Phone,Seats", *lines, f"{bad},{'9' * 40},7", route="bulk")
    assert told.json["applied"] == 3
    assert told.json["applied"] + told.json["rejected"] + told.json["blocked"] == 4
    assert sorted(one["id"] for one in terminal.sent()) == sorted(good)


def test_a_bulk_write_whose_start_is_not_answered_is_read_back_and_never_started_twice(
    account: Account,
) -> None:
    terminal = account.terminal
    keys = [terminal.record() for _ in range(2)]
    terminal.arm("lost_create")
    told = account.push("id,Phone", *(f"{key},+43 77" for key in keys), route="bulk")
    assert (told.json["applied"], told.json["unknown"]) == (2, 0)
    assert sorted(one["id"] for one in terminal.sent()) == sorted(keys)


def test_a_credentials_file_connects_and_its_content_is_kept_nowhere(account: Account) -> None:
    terminal = account.terminal
    file = token_file(terminal.folder, json.dumps(dict(terminal.crm.credentials)), "credentials.json")
    where = ("--endpoint", terminal.crm.url, "--credentials-file", str(file))
    assert terminal.run("connect", "zoho", "--name", "second", *where).code == 0
    secrets = [terminal.crm.credentials[name].encode() for name in ("client_secret", "refresh_token")]
    for path in terminal.workspace.parent.glob(f"{terminal.workspace.name}*"):
        assert not any(secret in path.read_bytes() for secret in secrets), path


def test_a_pull_brings_what_changed_and_what_vanished(account: Account) -> None:
    terminal = account.terminal
    changed, gone = terminal.record(), terminal.record()
    terminal.crm.crm.edit("Accounts", changed, {"Account_Name": "Renamed"})
    assert api(account, "DELETE", f"Accounts?ids={gone}")["data"][0]["status"] == "success"
    told = terminal.run("pull", "i1", "--json")
    assert (told.code, told.json["gone"]) == (0, 1)
    assert terminal.row(f"i1:{changed}")["name"] == "Renamed"


@pytest.mark.parametrize(
    ("case", "route"), [((10_000, True), "batch"), ((0, True), "bulk"), ((10_000, False), "bulk")]
)
def test_a_job_that_clears_goes_in_batches_where_nobody_asked_for_the_upload(
    account: Account, monkeypatch: pytest.MonkeyPatch, case: tuple[int, bool], route: str
) -> None:
    """As if the file had thousands of rows: by its volume it would be an upload."""
    most, clears = case

    def by_volume(
        rows: int, table: RouteTable, *, forced: Route | None, compares: bool, asked: Assurance | None = None
    ) -> RouteChoice:
        return choose_route(rows, table, forced=forced or Route.BULK, compares=compares, asked=asked)

    monkeypatch.setattr(routing, "choose_route", by_volume)
    monkeypatch.setattr(routing, "BATCHES_MOST", most)
    empty, full = account.terminal.record(), account.terminal.record()
    account.push("id,Phone", f"{empty},+43 1", f"{full},+43 2", route="single")
    told = account.push(
        "id,Phone",
        f"{empty},{'' if clears else '+43 3'}",
        f"{full},+43 4",
        route="auto",
        more=("--blank", "clear"),
    )
    assert (told.json["applied"], told.json["blocked"]) == ((1, 1) if route == "bulk" and clears else (2, 0))
    newest = account.terminal.run("jobs", "list", "--limit", "1", "--json").json[0]
    assert newest["route"] == route
