"""The demo's own account: `lost` and `duplicated` come from the simulator, and can be other than 0."""

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from writeback.cli.demo import put_report
from writeback.host.hosting import Host
from writeback.runtime.demonstrating import demonstrate, simulated_connectors
from writeback.runtime.simulating import SimulatorChild
from writeback.runtime.tallying import tally
from writeback.sdk.simulator import read_applied
from writeback.settings import load

ROWS = 60


def run(folder: Path, **options):
    return demonstrate(folder, rows=ROWS, settings=load({}), tell=lambda _text: None, **options)


def send_again(simulator: SimulatorChild) -> None:
    """Write a record once more, as a client would that repeats a request whose answer was lost."""
    if simulator.connector != "salesforce" or "--seed 1" not in " ".join(simulator.command):
        return
    last = [entry for entry in read_applied(simulator.applied_log) if entry["route"] == "single"][-1]
    connection = http.client.HTTPConnection(urlsplit(simulator.url).netloc, timeout=20)
    headers = {"Authorization": f"Bearer {simulator.token}", "Content-Type": "application/json"}
    path = f"/services/data/v67.0/sobjects/{last['object']}/{last['id']}"
    connection.request("PATCH", path, json.dumps({"Description": "once more"}), headers)
    assert connection.getresponse().status == 204
    connection.close()


def test_the_whole_cycle_loses_nothing_and_doubles_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connectors = simulated_connectors(Host())
    crms = max(2, len(connectors))
    report = run(tmp_path)
    put_report(report)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [*sorted(report["connectors"]), "in", "all"]
    assert lines[-1] == "Lost: 0. Doubled: 0."
    assert report["connections"] == crms
    assert report["records_pulled"] == crms * ROWS
    referring = report["references"]
    assert isinstance(referring, dict)
    # three of its own, two of the accounts that are everywhere, one of each meaning of a reference
    assert report["writes_realtime"] == crms * 5 + 2 * len(referring)
    assert report["writes_reviewed"] == crms * 3
    assert report["bulk_rows_applied"] == crms * (ROWS // 2)
    assert report["conflicts_found"] == crms
    assert report["undone"] == crms * (ROWS // 2)
    assert (report["lost"], report["duplicated"]) == (0, 0)
    told = report["fan_out"]
    assert isinstance(told, dict)
    assert sorted(told.pop("states").values()) == ["confirmed"] * (crms - 1) + ["queued"]
    assert told == {
        "targets": crms,
        "written": crms,
        "written_while_one_down": crms - 1,
        "queued": 1,
        "written_later": 1,
    }
    assert set(connectors) <= set(report["connectors"])
    assert {"salesforce", "dynamics"} <= set(referring)
    for one in referring.values():
        assert (one["repointed"], one["edited"]) == (1, 1)
        assert one["repoint_writes"] != one["edit_writes"]
        assert one["shown_by"] == one["refreshed"] > 0


@pytest.mark.nightly  # a second whole demo
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
