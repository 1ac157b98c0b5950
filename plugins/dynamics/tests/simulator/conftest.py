"""A simulator on loopback, and a client that knows nothing but HTTP."""

import json
from collections import abc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from writeback.sdk.simulator import Fault, Running, serve
from writeback_dynamics.simulator import build

NOW = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)
FREE = "11111111-1111-4111-8111-111111111111"  # an id nobody has


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        self.at += timedelta(**span)


class Client:
    """Bare HTTP against one simulator."""

    def __init__(self, running: Running, clock: Clock) -> None:
        self.running = running
        self.clock = clock
        self.http = requests.Session()
        self.http.trust_env = False
        if running.ca:
            self.http.verify = str(running.ca)
        self.http.headers["Authorization"] = f"Bearer {running.token}"
        self.root = f"{running.url}/api/data/v9.2/"

    @property
    def org(self) -> object:
        return self.running.crm.org

    def call(self, method: str, path: str, **more: object) -> requests.Response:
        url = path if path.startswith("http") else self.root + path
        return self.http.request(method, url, timeout=30, **more)

    def get(self, path: str, prefer: str = "", **headers: str) -> requests.Response:
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        return self.call("GET", path, headers={"Prefer": prefer, **given} if prefer else given)

    def rows(self, path: str, prefer: str = "") -> list[dict[str, object]]:
        answer = self.get(path, prefer)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]

    def patch(self, path: str, data: object, **headers: str) -> requests.Response:
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        return self.call("PATCH", path, json=data, headers=given)

    def id(self, name: str, row: int = 0) -> str:
        return self.org.tables[name].id(row)

    def path(self, name: str, row: int = 0) -> str:
        table = self.org.tables[name]
        return f"{table.entity.set_name}({table.id(row)})"

    def value(self, name: str, row: int, column: str) -> object:
        return self.org.tables[name].value(row, column)

    def etag(self, name: str, row: int = 0) -> str:
        return self.org.tables[name].etag(row)

    def arm(self, **fault: object) -> None:
        self.running.crm.faults.arm(Fault.read(fault))

    def applied(self) -> list[dict[str, object]]:
        return self.running.crm.applied.entries()

    def batch(self, *parts: str, prefer: str = "", boundary: str = "b_1") -> requests.Response:
        """Send ready parts (request line, headers, body) as one batch."""
        lines = []
        for part in parts:
            lines += [
                f"--{boundary}",
                "Content-Type: application/http",
                "Content-Transfer-Encoding: binary",
                "",
                part,
            ]
        body = "\r\n".join([*lines, f"--{boundary}--", ""]).encode()
        headers = {"Content-Type": f'multipart/mixed; boundary="{boundary}"', "Prefer": prefer}
        return self.call("POST", "$batch", data=body, headers=headers)

    def part(self, method: str, path: str, data: object = None, **headers: str) -> str:
        """Make one part of a batch."""
        given = {"Content-Type": "application/json; type=entry"} if data is not None else {}
        given |= {name.replace("_", "-"): text for name, text in headers.items()}
        head = [
            f"{method} /api/data/v9.2/{path} HTTP/1.1",
            *(f"{name}: {text}" for name, text in given.items()),
        ]
        return "\r\n".join([*head, "", "" if data is None else json.dumps(data)])

    def change_set(self, *parts: tuple[str, str], boundary: str = "changeset_1") -> requests.Response:
        """Send (content id, part) pairs as the one change set of a batch."""
        lines = ["--b_1", f'Content-Type: multipart/mixed; boundary="{boundary}"', ""]
        for content_id, part in parts:
            lines += [f"--{boundary}", "Content-Type: application/http", "Content-Transfer-Encoding: binary"]
            lines += [f"Content-ID: {content_id}", "", part]
        body = "\r\n".join([*lines, f"--{boundary}--", "--b_1--", ""]).encode()
        return self.call(
            "POST", "$batch", data=body, headers={"Content-Type": "multipart/mixed;boundary=b_1"}
        )


def problem(answer: requests.Response) -> tuple[int, str, str]:
    """Give status, code and text of a refusal."""
    told = answer.json()["error"]
    return answer.status_code, told["code"], told["message"]


@pytest.fixture
def make(tmp_path: Path) -> abc.Iterator[abc.Callable[..., Client]]:
    made: list[Client] = []

    def start(*, rows: int = 60, https: bool = False, seed: int = 1, **options: str) -> Client:
        clock = Clock()
        log = tmp_path / f"applied{len(made)}.jsonl"
        crm = build(rows=rows, seed=seed, applied_log=log, now=clock, options=options)
        made.append(Client(serve(crm, https=https, folder=tmp_path), clock))
        return made[-1]

    yield start
    for client in made:
        client.http.close()
        client.running.close()


@pytest.fixture
def org(make: abc.Callable[..., Client]) -> Client:
    return make()
