"""A simulator on loopback, and a client that knows nothing but HTTP."""

import time
from collections import abc
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from writeback.sdk.simulator import Fault, Running, serve
from writeback_salesforce.simulator import build

NOW = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)


class Client:
    """Bare HTTP against one simulator."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {running.token}"
        self.base = f"{running.url}/services/data/v67.0"

    def call(self, method: str, path: str, **more: object) -> requests.Response:
        url = path if path.startswith("http") else self.base + path
        return self.http.request(method, url, timeout=30, **more)

    def query(self, soql: str) -> dict[str, object]:
        answer = self.call("GET", "/query", params={"q": soql})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def id(self, name: str, row: int = 0) -> str:
        return self.running.crm.org.tables[name.lower()].ids.of(row)

    def value(self, name: str, row: int, field: str) -> object:
        return self.running.crm.org.tables[name.lower()].value(row, field)

    def arm(self, **fault: object) -> None:
        self.running.crm.faults.arm(Fault.read(fault))

    def applied(self) -> list[dict[str, object]]:
        return self.running.crm.applied.entries()

    def bulk(self, csv: str | bytes, **job: object) -> dict[str, object]:
        """Load a CSV file and give the finished job, with its results."""
        told = {"object": "Account", "operation": "update", "lineEnding": "LF"} | job
        made = self.call("POST", "/jobs/ingest", json=told).json()
        headers = {"Content-Type": "text/csv"}
        data = csv.encode() if isinstance(csv, str) else csv
        put = self.call("PUT", f"{self.running.url}/{made['contentUrl']}", data=data, headers=headers)
        assert (put.status_code, put.content) == (201, b"")
        self.call("PATCH", f"/jobs/ingest/{made['id']}", json={"state": "UploadComplete"})
        return self.finished(made["id"])

    def finished(self, job_id: object) -> dict[str, object]:
        waited = time.monotonic() + 20
        while time.monotonic() < waited:
            told = self.call("GET", f"/jobs/ingest/{job_id}").json()
            if told["state"] in ("JobComplete", "Failed", "Aborted"):
                break
            time.sleep(0.01)
        names = {
            "successful": "successfulResults",
            "failed": "failedResults",
            "unprocessed": "unprocessedrecords",
        }
        for which, path in names.items():
            told[which] = self.call("GET", f"/jobs/ingest/{job_id}/{path}/").content.decode()
        return told


@pytest.fixture
def make(tmp_path: Path) -> abc.Iterator[abc.Callable[..., Client]]:
    made: list[Client] = []

    def start(*, rows: int = 60, https: bool = False, **options: str) -> Client:
        log = tmp_path / f"applied{len(made)}.jsonl"
        crm = build(rows=rows, applied_log=log, now=lambda: NOW, options={"job_seconds": "0", **options})
        made.append(Client(serve(crm, https=https, folder=tmp_path)))
        return made[-1]

    yield start
    for client in made:
        client.http.close()
        client.running.close()


@pytest.fixture
def org(make: abc.Callable[..., Client]) -> Client:
    return make()
