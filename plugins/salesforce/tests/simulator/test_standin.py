"""The benchmark's stand-in accounts for every row of every part, and costs little."""

import csv
import io
import time

import pytest
import requests

from writeback.sdk.simulator import serve
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.standin import build_cycle

ROWS = 1000


@pytest.fixture
def upload(tmp_path):
    ids = Ids("001")
    lines = ["Id,Industry,Site", *(f"{ids.of(row)},Retail,s{row}" for row in range(ROWS))]
    place = tmp_path / "upload.csv"
    place.write_text("\n".join(lines) + "\n")
    return place


def send(http, base, body: bytes) -> dict[str, object]:
    job = http.post(
        f"{base}/services/data/v67.0/jobs/ingest", json={"object": "Account", "operation": "update"}
    ).json()
    assert (
        http.put(f"{base}/{job['contentUrl']}", data=body, headers={"Content-Type": "text/csv"}).status_code
        == 201
    )
    at = f"{base}/services/data/v67.0/jobs/ingest/{job['id']}"
    http.patch(at, json={"state": "UploadComplete"})
    told = http.get(at).json()
    for name in ("successfulResults", "failedResults", "unprocessedrecords"):
        text = http.get(f"{at}/{name}/").text
        told[name] = list(csv.reader(io.StringIO(text)))
    return told


def test_every_row_of_every_part_is_in_one_of_its_result_files(upload, tmp_path) -> None:
    lines = upload.read_bytes().splitlines(keepends=True)
    parts = [lines[:1] + lines[start : start + 330] for start in range(1, len(lines), 330)]
    with (
        serve(build_cycle(folder=tmp_path / "results", upload=upload)) as running,
        requests.Session() as http,
    ):
        http.headers["Authorization"] = f"Bearer {running.token}"
        assert http.get(f"{running.url}/services/data/v67.0/sobjects/Account/describe").status_code == 200
        done = [send(http, running.url, b"".join(part)) for part in reversed(parts)]
    written = [row for told in done for row in told["successfulResults"][1:]]
    refused = [row for told in done for row in told["failedResults"][1:]]
    ids = [line.split(b",")[0].decode() for line in lines[1:]]
    assert sorted(row[0] for row in written + refused) == ids
    assert sorted(row[0] for row in refused) == ids[199::200]
    assert all(row[0] == row[2] for row in written + refused)
    assert [told["numberRecordsProcessed"] for told in done] == [10, 330, 330, 330]
    assert sum(told["numberRecordsFailed"] for told in done) == 5
    assert done[0]["unprocessedrecords"] == [["Id", "Industry", "Site"]]
    assert done[0]["successfulResults"][0] == ["sf__Id", "sf__Created", "Id", "Industry", "Site"]


def test_an_upload_costs_the_stand_in_little(upload, tmp_path) -> None:
    lines = upload.read_bytes().splitlines(keepends=True)
    body = b"".join([lines[0], *(line.rstrip(b"\n") + b"x" * 20_000 + b"\n" for line in lines[1:])])
    with (
        serve(build_cycle(folder=tmp_path / "results", upload=upload)) as running,
        requests.Session() as http,
    ):
        http.headers["Authorization"] = f"Bearer {running.token}"
        base = f"{running.url}/services/data/v67.0/jobs/ingest"
        job = http.post(base, json={"object": "Account", "operation": "update"}).json()
        started = time.process_time()
        http.put(f"{running.url}/{job['contentUrl']}", data=body, headers={"Content-Type": "text/csv"})
        spent = time.process_time() - started
    assert spent < len(body) / 20_000_000  # more than 20 MB a second, client included, on the slowest machine
