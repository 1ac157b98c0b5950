"""The chassis on real sockets, with the smallest simulator there can be: one that keeps what it is sent."""

import gzip
import hashlib
import json
import signal
import socket
import subprocess
import sys
import time
from collections import abc
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
import trustme

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import (
    Answer,
    Applied,
    AppliedLog,
    Fault,
    Faults,
    FilePart,
    Request,
    Requests,
    Running,
    json_answer,
    parse_fault,
    read_applied,
    serve,
)
from writeback.sdk.simulator.applied import Circumstances

AT = datetime(2026, 11, 24, tzinfo=UTC)


class Keeper:
    """Keeps what it is sent, under its address."""

    token = "first-token"
    credentials: abc.Mapping[str, str] = {"client_id": "keeper"}

    def __init__(self, folder: Path) -> None:
        self.faults = Faults({"own_fault"})
        self.applied = AppliedLog(folder / "applied.jsonl")
        self.requests = Requests()
        self.kept: dict[str, bytes] = {}
        self.discarded = 0
        self.edits: list[tuple[str, str, abc.Mapping[str, object]]] = []
        self.file = folder / "file.bin"

    def kind(self, request: Request) -> str:
        return f"{request.method.lower()}{request.path.replace('/', '.')}"

    def answer(self, request: Request) -> Answer:
        match request.method, request.path:
            case "PUT", "/discard":
                self.discarded = request.body.discard(memoryview(bytearray(1 << 16)))
                return Answer(201)
            case "GET", "/file":
                return Answer(200, FilePart(self.file, 2, 5))
            case "GET", "/stream":
                return Answer(200, (b"x" * 10 for _piece in range(3)), {"Content-Type": "text/csv"})
            case "GET", "/boom":
                raise RuntimeError(request.path)
            case "GET", path:
                return json_answer({"kept": self.kept.get(path, b"").decode(), "query": dict(request.query)})
        self.kept[request.path] = request.body.read()
        write = Applied("thing", request.path, {"size": len(self.kept[request.path])}, "update")
        self.applied.append([write], Circumstances(AT, "single", request.body.sha256))
        return Answer(204)

    def refuse(
        self, kind: str, *, after: float | None = None, status: int = 503, form: str = "json"
    ) -> Answer:
        if kind == "throttle":
            headers = {"Retry-After": str(after)} if after is not None else {}
            return Answer(429, b"", headers)
        return Answer(status, b"<html>" if form == "html" else b"{}", {"Content-Type": f"text/{form}"})

    def edit(self, object_name: str, record_id: str, fields: abc.Mapping[str, object]) -> None:
        if record_id == "none":
            raise ConfigurationError("simulator.no_such_record", id=record_id)
        self.edits.append((object_name, record_id, fields))

    def started(self, url: str) -> None:
        self.url = url

    def close(self) -> None:
        self.applied.close()


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    (tmp_path / "file.bin").write_bytes(b"0123456789")
    return Keeper(tmp_path)


@pytest.fixture
def running(keeper: Keeper) -> abc.Iterator[Running]:
    with serve(keeper) as made:
        yield made


@pytest.fixture
def http(running: Running) -> abc.Iterator[requests.Session]:
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {running.token}"
        yield session


def test_many_requests_travel_on_one_connection(running: Running) -> None:
    lines = "".join(
        f"PUT /a{number} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nv{number}" for number in range(5)
    )
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as plain:
        plain.sendall(lines.encode() + b"GET /a4?q=x%20y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: plain.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 204") == 5
    assert json.loads(answer.rsplit(b"\r\n", 1)[1]) == {"kept": "v4", "query": {"q": "x y"}}


def test_bodies_come_chunked_or_packed_and_large_answers_go_packed(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    http.put(f"{running.url}/chunked", data=(piece for piece in (b"a" * 70_000, b"", b"bc")))
    assert keeper.kept["/chunked"] == b"a" * 70_000 + b"bc"
    packed = gzip.compress(b"packed text")
    http.put(f"{running.url}/packed", data=packed, headers={"Content-Encoding": "gzip"})
    assert keeper.kept["/packed"] == b"packed text"
    assert keeper.applied.entries()[-1]["sha256"] == hashlib.sha256(packed).hexdigest()
    answer = http.get(f"{running.url}/chunked")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.json()["kept"]) == 70_002


def test_a_client_that_waits_for_a_hundred_gets_it(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as plain:
        plain.sendall(b"PUT /e HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert plain.recv(100).startswith(b"HTTP/1.1 100")
        plain.sendall(b"ok")
        assert plain.recv(100).startswith(b"HTTP/1.1 204")


def test_an_upload_can_be_thrown_away_and_a_file_sent_by_the_system(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    assert http.put(f"{running.url}/discard", data=b"z" * 3_000_000).status_code == 201
    assert keeper.discarded == 3_000_000
    assert http.get(f"{running.url}/file").content == b"23456"
    assert http.get(f"{running.url}/stream").content == b"x" * 30


def test_a_bug_of_the_simulator_is_a_500_and_the_connection_lives_on(
    running: Running, http: requests.Session
) -> None:
    assert http.get(f"{running.url}/boom").status_code == 500
    assert http.get(f"{running.url}/a").status_code == 200


def test_a_taken_port_is_said_plainly(running: Running, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    other = Keeper(tmp_path / "second")
    with pytest.raises(ConfigurationError) as told:
        serve(other, port=running.port)
    other.close()
    assert (told.value.code, told.value.facts) == ("simulator.port_taken", {"port": running.port})


def test_a_closed_simulator_lets_go_of_its_port(keeper: Keeper, tmp_path: Path) -> None:
    running = serve(keeper)
    running.close()
    running.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(running.url, timeout=2)
    (tmp_path / "second").mkdir()
    with serve(Keeper(tmp_path / "second"), port=running.port) as again:
        assert again.port == running.port


def test_tls_is_verified_by_the_throw_away_authority_and_by_no_other(keeper: Keeper, tmp_path: Path) -> None:
    with serve(keeper, https=True, folder=tmp_path / "tls") as running:
        assert running.url.startswith("https://localhost:")
        assert requests.get(f"{running.url}/a", verify=str(running.ca), timeout=5).status_code == 200
        by_number = running.url.replace("localhost", "127.0.0.1")
        assert requests.get(f"{by_number}/file", verify=str(running.ca), timeout=5).content == b"23456"
        foreign = tmp_path / "foreign.pem"
        trustme.CA().cert_pem.write_to_path(foreign)
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{running.url}/a", verify=str(foreign), timeout=5)
        assert (tmp_path / "tls" / "server.pem").stat().st_mode & 0o077 == 0


def arm(keeper: Keeper, **given: object) -> None:
    keeper.faults.arm(Fault.read(given))


def test_a_cut_before_changes_nothing_and_a_cut_after_changes_it(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    arm(keeper, kind="cut_before", method="PUT")
    with pytest.raises(requests.ConnectionError):
        http.put(f"{running.url}/a", data=b"lost")
    assert keeper.applied.entries() == []
    arm(keeper, kind="cut_after", path="^/a$")
    with pytest.raises(requests.ConnectionError):
        http.put(f"{running.url}/a", data=b"there")
    assert keeper.kept["/a"] == b"there"
    assert len(keeper.applied.entries()) == 1
    assert http.put(f"{running.url}/a", data=b"again").status_code == 204


def test_a_cut_in_the_middle_of_an_upload_or_a_download(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    arm(keeper, kind="cut_upload", bytes=100_000)
    with pytest.raises(requests.ConnectionError):
        http.put(f"{running.url}/a", data=b"u" * 5_000_000)
    assert "/a" not in keeper.kept
    arm(keeper, kind="cut_download", bytes=15)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        http.get(f"{running.url}/stream")
    arm(keeper, kind="cut_download", bytes=3)
    with pytest.raises(requests.exceptions.RequestException):
        http.get(f"{running.url}/file")


def test_a_refusal_comes_as_often_as_asked_after_as_many_as_asked(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    arm(keeper, kind="status", status=502, form="html", skip=1, times=2)
    found = [http.get(f"{running.url}/a").status_code for _attempt in range(5)]
    assert found == [200, 502, 502, 200, 200]
    assert keeper.requests.told()["requests"][1]["status"] == 502


def test_latency_delays_the_answer(running: Running, http: requests.Session, keeper: Keeper) -> None:
    arm(keeper, kind="latency", seconds=0.2, times=1)
    started = time.monotonic()
    http.get(f"{running.url}/a")
    assert time.monotonic() - started >= 0.2


def test_a_throttle_lets_so_many_through_and_counts_who_does_not_wait(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    arm(keeper, kind="throttle", requests=3, window_s=60, retry_after=True)
    found = [http.get(f"{running.url}/a") for _attempt in range(6)]
    assert [answer.status_code for answer in found] == [200, 200, 200, 429, 429, 429]
    assert 50 < float(found[3].headers["Retry-After"]) <= 60
    assert keeper.requests.told()["inside_wait"] == 2  # the first refusal told it; two did not listen


def test_a_throttle_opens_again(running: Running, http: requests.Session, keeper: Keeper) -> None:
    arm(keeper, kind="throttle", requests=1, window_s=0.05)
    assert http.get(f"{running.url}/a").status_code == 200
    answer = http.get(f"{running.url}/a")
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, False)
    waited = time.monotonic() + 5
    while http.get(f"{running.url}/a").status_code == 429 and time.monotonic() < waited:
        pass
    assert time.monotonic() < waited


def test_probable_faults_repeat_themselves_for_a_seed() -> None:
    def drawn(seed: int) -> list[bool]:
        faults = Faults({"own_fault"}, seed=seed)
        faults.arm(Fault("own_fault", probability=0.3, times=None))
        return [faults.take("own_fault") is not None for _attempt in range(200)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert 30 < sum(drawn(1)) < 90


def test_a_fault_fits_by_its_own_facts() -> None:
    faults = Faults({"own_fault"})
    faults.arm(Fault("own_fault", facts={"id": "a"}), Fault("own_fault", method="PUT", path="x+$"))
    assert faults.take("own_fault", id="b", method="GET") is None
    assert faults.take("own_fault", id="a") is not None
    assert faults.take("own_fault", id="b", method="PUT", path="/y/xx") is not None
    assert faults.armed() == []


@pytest.mark.parametrize(
    "text", ["nothing:x", "latency:times=x", "unknown", "status:path=(", "latency:skip=1.5"]
)
def test_a_fault_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError):
        Faults().arm(parse_fault(text))


def test_the_command_lines_form_of_a_fault() -> None:
    fault = parse_fault("status:status=500,method=patch,path=/sobjects/,times=none,probability=0.5")
    assert (fault.kind, fault.method, fault.path, fault.times) == ("status", "PATCH", "/sobjects/", None)
    assert (fault.probability, fault.number("status", 0)) == (0.5, 500)


def test_the_control_door_asks_for_the_token(running: Running, http: requests.Session) -> None:
    answer = requests.get(f"{running.url}/__simulator__/requests", timeout=5)
    assert answer.status_code == 401
    assert http.get(f"{running.url}/__simulator__/requests").json()["total"] == 0


def test_the_control_door_arms_lists_and_disarms(running: Running, http: requests.Session) -> None:
    door = f"{running.url}/__simulator__/faults"
    assert http.post(door, json=[{"kind": "status"}, {"kind": "own_fault", "x": 1}]).json() == {"ok": True}
    assert [fault["kind"] for fault in http.get(door).json()] == ["status", "own_fault"]
    assert http.get(f"{running.url}/a").status_code == 503
    assert http.delete(door).status_code == 200
    assert http.get(door).json() == []
    for bad in ([{"kind": "no such"}], [{}], "text", [{"kind": "status", "times": "x"}]):
        assert http.post(door, json=bad).status_code == 400


def test_the_control_door_tells_what_was_applied_and_asked(
    running: Running, http: requests.Session, keeper: Keeper
) -> None:
    for number in range(5):
        http.put(f"{running.url}/{number}", data=b"x" * number, headers={"If-Match": "tag"})
    told = http.get(f"{running.url}/__simulator__/applied", params={"after": 3}).json()
    assert [(entry["seq"], entry["id"], entry["fields"]) for entry in told] == [
        (4, "/3", {"size": 3}),
        (5, "/4", {"size": 4}),
    ]
    assert len(http.get(f"{running.url}/__simulator__/applied", params={"limit": 2}).json()) == 2
    seen = http.get(f"{running.url}/__simulator__/requests").json()
    assert (seen["total"], seen["counts"]["put.3"]) == (5, 1)
    assert seen["requests"][0]["headers"]["if-match"] == "tag"
    assert "authorization" not in seen["requests"][0]["headers"]
    http.delete(f"{running.url}/__simulator__/requests")
    assert http.get(f"{running.url}/__simulator__/requests").json()["total"] == 0
    edit = {"object": "thing", "id": "7", "fields": {"a": 1}}
    assert http.post(f"{running.url}/__simulator__/edit", json=edit).status_code == 200
    assert keeper.edits == [("thing", "7", {"a": 1})]
    refused = http.post(f"{running.url}/__simulator__/edit", json=edit | {"id": "none"})
    assert (refused.status_code, refused.json()["error"]) == (400, "simulator.no_such_record")
    assert http.get(f"{running.url}/__simulator__/nothing").status_code == 404


def test_a_log_that_was_there_goes_on_where_it_ended(tmp_path: Path) -> None:
    place = tmp_path / "log.jsonl"
    told = Circumstances(AT, "bulk", "hash", job="j")
    first = AppliedLog(place)
    first.append([Applied("a", str(number), {}, "update") for number in range(3)], told)
    first.close()
    second = AppliedLog(place)
    second.append([Applied("a", "later", {"ä": None}, "update")], told)
    assert [entry["seq"] for entry in second.entries(after=1)] == [2, 3, 4]
    assert second.entries(after=9) == []
    second.close()
    assert [entry["id"] for entry in read_applied(place)] == ["0", "1", "2", "later"]


_SERVER = """
import sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from writeback.sdk.simulator import serve
from writeback_salesforce.simulator import build
running = serve(build(rows=50, applied_log=Path(sys.argv[1])))
print(running.url, running.token, flush=True)
threading.Event().wait()
"""


def test_what_was_answered_is_in_the_file_after_the_process_was_killed(tmp_path: Path) -> None:
    place = tmp_path / "applied.jsonl"
    command = [sys.executable, "-c", _SERVER, str(place), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url, token = process.stdout.readline().split()
        headers = {"Authorization": f"Bearer {token}"}
        soql = {"q": "SELECT Id FROM Account LIMIT 20"}
        rows = requests.get(
            f"{url}/services/data/v67.0/query", params=soql, headers=headers, timeout=10
        ).json()
        for row in rows["records"]:
            address = f"{url}/services/data/v67.0/sobjects/Account/{row['Id']}"
            assert requests.patch(address, json={"Site": "x"}, headers=headers, timeout=10).status_code == 204
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    lines = [json.loads(line) for line in place.read_text().splitlines()]
    assert [line["id"] for line in lines] == [row["Id"] for row in rows["records"]]
    assert [line["seq"] for line in lines] == list(range(1, 21))
