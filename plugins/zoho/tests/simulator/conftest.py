"""A simulator on loopback, and a client that knows nothing but HTTP."""

import io
import json
import time
import zipfile
from collections import abc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from writeback.sdk.simulator import Fault, Running, serve
from writeback_zoho.simulator import build

NOW = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)
STAMP = "2026-11-24T17:30:30+05:30"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **length: float) -> None:
        self.at += timedelta(**length)


class Client:
    """Bare HTTP against one simulator."""

    def __init__(self, running: Running, clock: Clock) -> None:
        self.running = running
        self.clock = clock
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["Authorization"] = f"Zoho-oauthtoken {running.token}"

    @property
    def org(self):
        return self.running.crm.org

    def call(self, method: str, path: str, **more: object) -> requests.Response:
        root = "" if path.startswith(("/crm/bulk", "/oauth", "/v2/")) else "/crm/v8"
        url = path if path.startswith("http") else f"{self.running.url}{root}{path}"
        return self.http.request(method, url, timeout=30, **more)

    def put(self, module: str, *data: object, headers: dict[str, str] | None = None, **more: object):
        return self.call("PUT", f"/{module}", json={"data": list(data), **more}, headers=headers)

    def coql(self, text: str) -> requests.Response:
        return self.call("POST", "/coql", json={"select_query": text})

    def id(self, module: str = "Accounts", row: int = 0) -> str:
        return self.org.tables[module].ids.of(row)

    def value(self, module: str, row: int, field: str) -> object:
        return self.org.tables[module].value(row, field)

    def read(self, module: str, row: int = 0) -> dict[str, object]:
        return self.call("GET", f"/{module}/{self.id(module, row)}").json()["data"][0]

    def arm(self, **fault: object) -> None:
        self.running.crm.faults.arm(Fault.read(fault))

    def applied(self) -> list[dict[str, object]]:
        return self.running.crm.applied.entries()

    def token(self, **form: str) -> dict[str, object]:
        keys = self.running.credentials
        given = {name: keys[name] for name in ("client_id", "client_secret", "refresh_token")}
        answer = self.call("POST", "/oauth/v2/token", data={"grant_type": "refresh_token", **given, **form})
        return answer.json()

    def upload(self, csv: str | bytes, name: str = "rows.csv", **headers: str) -> requests.Response:
        data = zipped({name: csv})
        given = {"feature": "bulk-write", "X-CRM-ORG": self.org.zgid, **headers}
        return self.call("POST", "/upload", files={"file": ("rows.zip", data)}, headers=given)

    def bulk(self, csv: str, module: str = "Accounts", **job: object) -> dict[str, object]:
        """Load a CSV file by its header and give the finished job, with its result as rows."""
        file_id = self.upload(csv).json()["details"]["file_id"]
        resource = {"type": "data", "module": {"api_name": module}, "file_id": file_id, "find_by": "id"}
        operation = job.pop("operation", "update")
        made = self.call(
            "POST", "/crm/bulk/v8/write", json={"operation": operation, "resource": [{**resource, **job}]}
        )
        assert made.status_code == 201, made.text
        return self.finished(made.json()["details"]["id"])

    def finished(self, job_id: str) -> dict[str, object]:
        told = self.wait(lambda: self.call("GET", f"/crm/bulk/v8/write/{job_id}").json(), "status")
        if "result" in told:
            data = self.call("GET", told["result"]["download_url"]).content
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                [told["file_name"]] = packed.namelist()
                told["csv"] = packed.read(told["file_name"]).decode()
        return told

    def wait(self, ask: abc.Callable[[], dict[str, object]], key: str) -> dict[str, object]:
        deadline = time.monotonic() + 30
        while (told := ask())[key] not in ("COMPLETED", "FAILED", "FAILURE"):
            assert time.monotonic() < deadline, told
            time.sleep(0.01)
        return told


def zipped(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return data.getvalue()


@pytest.fixture(scope="session")
def examples() -> dict[str, object]:
    """The vendor's codes, messages, details and statuses: own transcription of its example files."""
    return json.loads((Path(__file__).parents[1] / "official_examples_v8.json").read_text("utf-8"))


@pytest.fixture
def make(tmp_path: Path) -> abc.Iterator[abc.Callable[..., Client]]:
    made: list[Client] = []

    def start(*, rows: int = 60, https: bool = False, **options: str) -> Client:
        log = tmp_path / f"applied{len(made)}.jsonl"
        clock = Clock()
        crm = build(rows=rows, applied_log=log, now=clock, options={"job_seconds": "0", **options})
        made.append(Client(serve(crm, https=https, folder=tmp_path), clock))
        return made[-1]

    yield start
    for client in made:
        client.http.close()
        client.running.close()


@pytest.fixture
def org(make: abc.Callable[..., Client]) -> Client:
    return make()
