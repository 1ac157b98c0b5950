# ruff: noqa: S608  statements are what is tested
"""What both vendor clients are asked to do, and how one of them is run.

Which interpreter and which folder hold them is told by WRITEBACK_VENDOR_PYTHON and WRITEBACK_NODE_MODULES
(packaging/vendor_clients.txt names the versions); where one is missing its tests are NOT RUN, never passed.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from writeback.sdk.simulator import Running

HERE = Path(__file__).parent
PYTHON_PACKAGE = "zohocrmsdk8-0"
NODE_PACKAGE = "@zohocrm/nodejs-sdk-8.0"
AWKWARD = 'Zoë "株式会社" – 🙂, a;b|c\td:e\nsecond line'


@dataclass
class Lane:
    """One vendor client, pointed at a simulator."""

    command: list[str]
    folder: Path
    simulator: Running
    facts: dict[str, str]

    def run(self, task: str, **given: object) -> object:
        """Run one task in a process of its own."""
        keys = ("client_id", "client_secret", "refresh_token")
        signed_in = {name: self.simulator.credentials[name] for name in keys}
        told = {
            "task": task,
            "url": self.simulator.url,
            "folder": str(self.folder),
            **signed_in,
            **self.facts,
        }
        done = subprocess.run(
            self.command,
            input=json.dumps({**told, **given}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            env={**os.environ, "TZ": "UTC", "PYTHONUTF8": "1"},
        )
        log = self.folder / "sdk.log"
        assert done.returncode == 0, done.stderr[-3000:] + (log.read_text()[-2000:] if log.exists() else "")
        return json.loads(done.stdout)

    def id(self, row: int, module: str = "Accounts") -> str:
        """Give the id of a row."""
        return self.simulator.crm.org.tables[module].ids.of(row)

    def value(self, row: int, name: str, module: str = "Accounts") -> object:
        """Give what the simulator holds."""
        return self.simulator.crm.org.tables[module].value(row, name)

    def applied(self) -> list[dict[str, object]]:
        """Give what the simulator put on record."""
        return self.simulator.crm.applied.entries()

    def seen(self) -> list[dict[str, object]]:
        """Give the requests the simulator saw."""
        return self.simulator.crm.requests.told()["requests"]


def not_run(client: str, why: str) -> None:
    print(f"NOT RUN: {client}: {why}")
    pytest.skip(f"NOT RUN: {client}: {why}")


def python_command() -> list[str]:
    """Give the command that runs the Python SDK's lane, or skip."""
    python = os.environ.get("WRITEBACK_VENDOR_PYTHON", "")
    if not python:
        not_run(PYTHON_PACKAGE, "WRITEBACK_VENDOR_PYTHON names no interpreter")
    asked = [python, "-c", "import zohocrmsdk"]
    if subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode != 0:
        not_run(PYTHON_PACKAGE, "the interpreter in WRITEBACK_VENDOR_PYTHON does not have it")
    return [python, str(HERE / "zohocrmsdk_lane.py")]


def node_command() -> tuple[list[str], dict[str, str]]:
    """Give the command that runs the Node SDK's lane and where the SDK lies, or skip."""
    modules = os.environ.get("WRITEBACK_NODE_MODULES", "")
    if shutil.which("node") is None:
        not_run(NODE_PACKAGE, "node is missing")
    if not modules or not (Path(modules) / NODE_PACKAGE / "package.json").exists():
        not_run(NODE_PACKAGE, "the folder in WRITEBACK_NODE_MODULES does not have it")
    return ["node", str(HERE / "nodejs_sdk_lane.mjs")], {"modules": modules}


def lists_every_row_once(lane: Lane, rows: int) -> None:
    fields = "Account_Name,Owner,Segments,Seats,Active,Contract_Value,Renewal_Date,Primary_Contact"
    told = lane.run("list", module="Accounts", fields=fields, per_page=200)
    assert [str(row["id"]) for row in told] == [lane.id(row) for row in reversed(range(rows))]
    for row, shown in zip(reversed(range(rows)), told, strict=True):
        assert shown["Account_Name"] == lane.value(row, "Account_Name")
        assert shown["Segments"] == list(lane.value(row, "Segments"))
        assert shown["Seats"] == lane.value(row, "Seats")
        assert shown["Active"] == lane.value(row, "Active")
        assert shown["Contract_Value"] == lane.value(row, "Contract_Value")
        assert shown["Owner"]["id"] == lane.value(row, "Owner")


def updates_with_one_bad_row(lane: Lane) -> None:
    records = [
        {"id": lane.id(0), "Description": AWKWARD, "Segments": ["R&D", "Food & Drink"], "Tier": "Silver"},
        {"id": lane.id(1), "Nope": "x"},
        {"id": lane.id(2), "Seats": 17, "Active": False, "Account_Name": "Ærø & Søn"},
    ]
    told = lane.run("update", module="Accounts", records=records, picklists=["Tier"], trigger=["approval"])
    assert told["http"] == 207
    assert [row["code"] for row in told["results"]] == ["SUCCESS", "INVALID_DATA", "SUCCESS"]
    assert [row["status"] for row in told["results"]] == ["success", "error", "success"]
    assert told["results"][1]["details"]["json_path"] == "$.data[1].Nope"
    assert str(told["results"][2]["details"]["id"]) == lane.id(2)
    first, second = lane.applied()
    assert first["fields"] == {"Description": AWKWARD, "Segments": ["R&D", "Food & Drink"], "Tier": "Silver"}
    assert (second["id"], second["fields"]) == (
        lane.id(2),
        {"Seats": 17, "Active": False, "Account_Name": "Ærø & Søn"},
    )
    assert [trigger for *_, trigger in lane.simulator.crm.org.triggers] == [["approval"], ["approval"]]


def creates_what_is_not_there_yet(lane: Lane) -> None:
    records = [
        {"Account_Name": AWKWARD, "External_Id": "N-1"},
        {"Account_Name": "Again", "External_Id": "n-1"},
        {"External_Id": "N-2"},
    ]
    told = lane.run("create", module="Accounts", records=records)
    assert told["http"] == 207
    assert [row["code"] for row in told["results"]] == ["SUCCESS", "DUPLICATE_DATA", "MANDATORY_NOT_FOUND"]
    made = str(told["results"][0]["details"]["id"])
    assert told["results"][1]["details"]["api_name"] == "External_Id"
    assert str(told["results"][1]["details"]["id"]) == made
    [entry] = lane.applied()
    assert (entry["id"], entry["operation"]) == (made, "create")
    assert entry["fields"] == records[0]


def queries_with_a_join(lane: Lane) -> None:
    where = "(Seats >= 1 and Active = true)"
    text = f"select Account_Name, Owner.email from Accounts where {where} order by id limit 2"
    nothing, wrong = "select id from Accounts where Tier = 'None'", "select id from Accounts"
    told, empty, refused = lane.run("coql", queries=[text, nothing, wrong])
    assert (told["http"], told["more"]) == (200, True)
    active = [row for row in range(60) if lane.value(row, "Active")]
    rows = [row for row in active if (lane.value(row, "Seats") or 0) >= 1][:2]
    assert [row["Account_Name"] for row in told["rows"]] == [lane.value(row, "Account_Name") for row in rows]
    users = lane.simulator.crm.org.users
    emails = [users.value(users.row(lane.value(row, "Owner")), "email") for row in rows]
    assert [row["Owner.email"] for row in told["rows"]] == emails
    assert empty == {"http": 204}
    assert refused == {"http": 400, "code": "SYNTAX_ERROR"}


def reads_the_users(lane: Lane) -> None:
    told = lane.run("users", type="ActiveUsers")
    assert len(told) == 38
    assert {row["status"] for row in told} == {"active"}
    table = lane.simulator.crm.org.users
    assert [row["email"] for row in told[:3]] == [table.value(row, "email") for row in range(3)]
    assert [row["id"] for row in told[:3]] == [table.ids.of(row) for row in range(3)]
