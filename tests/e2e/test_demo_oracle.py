"""The demo's own account: `lost` and `duplicated` come from the simulator, and can be other than 0."""

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from writeback.runtime.demonstrating import demonstrate
from writeback.runtime.simulating import SimulatorChild
from writeback.runtime.tallying import tally
from writeback.sdk.simulator import read_applied
from writeback.settings import load

ROWS = 60


def run(folder: Path, **options):
    return demonstrate(folder, rows=ROWS, settings=load({}), tell=lambda _text: None, **options)


def send_again(simulator: SimulatorChild) -> None:
    """Write a record once more, as a client would that repeats a request whose answer was lost."""
    last = [entry for entry in read_applied(simulator.applied_log) if entry["route"] == "single"][-1]
    connection = http.client.HTTPConnection(urlsplit(simulator.url).netloc, timeout=20)
    headers = {"Authorization": f"Bearer {simulator.token}", "Content-Type": "application/json"}
    path = f"/services/data/v67.0/sobjects/{last['object']}/{last['id']}"
    connection.request("PATCH", path, json.dumps({"Description": "once more"}), headers)
    assert connection.getresponse().status == 204
    connection.close()


def test_the_whole_cycle_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert report["connections"] == 1
    assert report["records_pulled"] == ROWS
    assert report["writes_realtime"] == 3
    assert report["writes_reviewed"] == 3
    assert report["bulk_rows_applied"] == ROWS // 2
    assert report["conflicts_found"] == 1
    assert report["undone"] == ROWS // 2
    assert (report["lost"], report["duplicated"]) == (0, 0)
    assert list(report["connectors"]) == ["salesforce"]


def test_a_write_that_is_sent_again_is_counted(tmp_path: Path) -> None:
    report = run(tmp_path, before_end=send_again)
    assert (report["lost"], report["duplicated"]) == (0, 1)


@pytest.mark.parametrize(
    ("expected", "applied", "counts"),
    [
        ({"1": 1}, [], (1, 0)),
        ({"1": 1}, ["1"], (0, 0)),
        ({"1": 1}, ["1", "1"], (0, 1)),
        ({}, ["1"], (0, 1)),
        ({"1": 2, "2": 1}, ["1", "2", "2"], (1, 1)),
    ],
)
def test_lost_and_doubled_are_counted_by_record(
    expected: dict[str, int], applied: list[str], counts: tuple[int, int]
) -> None:
    log = [{"id": record, "route": "bulk"} for record in applied]
    log.append({"id": "9", "route": "foreign"})
    found = tally(expected, log)
    assert (found.lost, found.duplicated) == counts
