"""zohocrmsdk8-0, Zoho's own Python client, runs unmodified against the simulator."""

import csv
import io
import zipfile
from collections import abc
from datetime import datetime
from pathlib import Path

import pytest
from plugins.zoho.tests.vendor_clients import lanes

from writeback.sdk.simulator import serve
from writeback_zoho.simulator import build

pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(300)]


@pytest.fixture
def lane(tmp_path: Path) -> abc.Iterator[lanes.Lane]:
    command = lanes.python_command()
    crm = build(rows=450, applied_log=tmp_path / "applied.jsonl", options={"job_seconds": "0"})
    with serve(crm, folder=tmp_path) as running:
        yield lanes.Lane(command, tmp_path, running, {})


def test_it_lists_every_row_once(lane) -> None:
    lanes.lists_every_row_once(lane, 450)


def test_it_updates_with_one_bad_row(lane) -> None:
    lanes.updates_with_one_bad_row(lane)
    put = next(request for request in lane.seen() if request["method"] == "PUT")
    assert "content-type" not in put["headers"], "the reason why bodies without Content-Type are read"


def test_it_writes_dates_and_moments(lane) -> None:
    given = {"id": lane.id(3), "Renewal_Date": "2027-02-28", "Last_Review": "2026-01-15T15:26:49+05:30"}
    told = lane.run(
        "update", module="Accounts", records=[given], dates=["Renewal_Date"], datetimes=["Last_Review"]
    )
    assert told["http"] == 200
    [entry] = lane.applied()
    assert entry["fields"]["Renewal_Date"] == "2027-02-28"
    stored, wanted = entry["fields"]["Last_Review"], given["Last_Review"]
    assert datetime.fromisoformat(stored) == datetime.fromisoformat(wanted)


def test_it_creates_what_is_not_there_yet(lane) -> None:
    lanes.creates_what_is_not_there_yet(lane)


def test_it_queries_with_a_join(lane) -> None:
    lanes.queries_with_a_join(lane)


def test_it_reads_the_users(lane) -> None:
    lanes.reads_the_users(lane)


def test_it_uploads_makes_and_follows_a_bulk_job(lane, tmp_path) -> None:
    packed = tmp_path / "Accounts.zip"
    lines = [f"{lane.id(row)},{row},Retail;R&D" for row in range(50)] + ["17,1,Retail"]
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("Accounts.csv", "id,Seats,Segments\n" + "\n".join(lines) + "\n")
    org, columns = lane.simulator.crm.org.zgid, ["id", "Seats", "Segments"]
    told = lane.run("load", module="Accounts", zip=str(packed), org=org, columns=columns)
    assert (told["updated"], told["skipped"]) == (50, 1)
    assert told["url"].endswith(f"/{told['job']}.zip")
    assert [entry["fields"] for entry in lane.applied()][49] == {"Seats": 49, "Segments": ["Retail", "R&D"]}
    for result in told["results"]:
        assert result["name"] == "Accounts-Accounts.csv"
        rows = list(csv.DictReader(io.StringIO(result["text"], newline="")))
        assert [row["STATUS"] for row in rows] == ["UPDATED"] * 50 + ["SKIPPED"]
        assert rows[50]["ERRORS"] == "RESOURCE_NOT_FOUND-id"
