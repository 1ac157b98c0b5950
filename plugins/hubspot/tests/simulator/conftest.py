"""A simulator on loopback, and a client that knows nothing but HTTP."""

import json
import time
from collections import abc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from writeback.sdk.simulator import Fault, Running, serve
from writeback_hubspot.simulator import build

NOW = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)
D = "/crm/objects/2026-03"
FIRST = 98_501  # the id of the first company


class Clock:
    """A clock that stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Client:
    """Bare HTTP against one simulator."""

    def __init__(self, running: Running, clock: Clock) -> None:
        self.running = running
        self.clock = clock
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {running.token}"

    def call(self, method: str, path: str, **more: object) -> requests.Response:
        more |= {"verify": str(self.running.ca)} if self.running.ca else {}
        url = self.running.url + path
        return self.http.request(method, url, timeout=30, allow_redirects=False, **more)

    def get(self, path: str, status: int = 200, **params: object) -> dict[str, object]:
        return self._told(self.call("GET", path, params=params), status)

    def post(self, path: str, body: object, status: int = 200) -> dict[str, object]:
        return self._told(self.call("POST", path, json=body), status)

    def patch(self, path: str, status: int = 200, **properties: object) -> dict[str, object]:
        return self._told(self.call("PATCH", path, json={"properties": properties}), status)

    def update(self, *inputs: dict[str, object], status: int = 200, base: str = D) -> dict[str, object]:
        return self.post(f"{base}/companies/batch/update", {"inputs": list(inputs)}, status)

    def search(
        self, *filters: dict[str, object], kind: str = "companies", **more: object
    ) -> dict[str, object]:
        groups = [{"filters": list(filters)}] if filters else []
        return self.post(f"{D}/{kind}/search", {"filterGroups": groups, "limit": 100, **more})

    def arm(self, **fault: object) -> None:
        self.running.crm.faults.arm(Fault.read(fault))

    def applied(self) -> list[dict[str, object]]:
        return self.running.crm.applied.entries()

    def _told(self, answer: requests.Response, status: int) -> dict[str, object]:
        assert answer.status_code == status, answer.text
        return answer.json()


def row(number: int, trace: str = "", **properties: object) -> dict[str, object]:
    """Make one input of a batch, for the company of a row number."""
    made = {"id": str(FIRST + number), "properties": properties}
    return made | ({"objectWriteTraceId": trace} if trace else {})


def ids(told: dict[str, object]) -> list[str]:
    return [each["id"] for each in told["results"]]


def import_form(csv: str, operation: str = "UPDATE", **more: object) -> dict[str, object]:
    """Make the multipart form of an import of companies: record id, city, tier."""
    columns = [
        {
            "columnObjectTypeId": "0-2",
            "columnName": "Id",
            "propertyName": None,
            "columnType": "HUBSPOT_OBJECT_ID",
        },
        {"columnObjectTypeId": "0-2", "columnName": "Town", "propertyName": "city"},
        {"columnObjectTypeId": "0-2", "columnName": "Tier", "propertyName": "tier"},
    ]
    page = {"hasHeader": True, "columnMappings": more.pop("columns", columns)}
    request = {
        "name": "Import",
        "importOperations": {"0-2": operation},
        "files": [{"fileName": "a.csv", "fileFormat": "CSV", "fileImportPage": page}],
    }
    form = {
        "importRequest": (None, json.dumps(request | more)),
        "files": ("a.csv", f"Id,Town,Tier\n{csv}".encode()),
    }
    return {"files": form}


def finished(client: Client, number: str) -> dict[str, object]:
    """Wait until an import has ended."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        told = client.get(f"/crm/imports/2026-03/{number}")
        if told["state"] not in ("STARTED", "PROCESSING"):
            return told
        time.sleep(0.005)
    raise AssertionError(told)


@pytest.fixture
def make(tmp_path: Path) -> abc.Iterator[abc.Callable[..., Client]]:
    made: list[Client] = []

    def start(*, rows: int = 60, https: bool = False, **options: str) -> Client:
        clock = Clock()
        log = tmp_path / f"applied{len(made)}.jsonl"
        crm = build(rows=rows, applied_log=log, now=clock, options={"job_s": "0"} | options)
        made.append(Client(serve(crm, https=https, folder=tmp_path), clock))
        return made[-1]

    yield start
    for client in made:
        client.http.close()
        client.running.close()


@pytest.fixture
def portal(make: abc.Callable[..., Client]) -> Client:
    return make()
