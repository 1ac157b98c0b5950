"""`writeback bench` measures what it says it measures. No test here asserts a time."""

import json
import subprocess
import sys

import pytest

from writeback.errors import InternalError
from writeback.runtime import benching_cycle
from writeback.runtime.measuring import Transfer, floor, ratio
from writeback.runtime.simulating import build_stand_in
from writeback.sdk.simulator import serve

ROWS = 2_000
PROMISED = {
    "seconds",
    "floor_seconds",
    "ratio",
    "cpu_seconds",
    "peak_mb",
    "rows",
    "applied",
    "rejected",
}


def run(*arguments: str) -> dict[str, object]:
    command = [sys.executable, "-m", "writeback", "bench", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_cycle_accounts_for_every_row_and_tells_what_was_promised(tmp_path) -> None:
    told = run("cycle", "--connector", "salesforce", "--rows", str(ROWS), "--pairs", "1")
    assert told.keys() >= PROMISED
    assert (told["rows"], told["applied"], told["rejected"]) == (ROWS, ROWS - ROWS // 200, ROWS // 200)
    assert told["is_right"] is True


@pytest.mark.nightly  # edits take seconds to be measured
def test_an_edit_is_followed_to_its_confirmed_value() -> None:
    told = run("edit", "--edits", "3", "--latency-ms", "0")
    assert (told["edits"], told["is_right"]) == (3, True)
    assert told["reads"] >= 1, "the CRM was not asked before it was written to"


@pytest.mark.nightly  # a simulator is seeded and multiplied first
def test_a_file_is_planned_whole_in_flat_memory() -> None:
    told = run("file", "--connector", "salesforce", "--rows", "50000")
    assert (told["part"]["rows"], told["whole"]["rows"]) == (5_000, 50_000)
    assert (told["is_right"], told["is_flat"]) == (True, True)


@pytest.mark.nightly  # a simulator with all records is seeded and pulled first
def test_a_file_against_what_the_crm_holds_now_is_planned_whole_in_flat_memory() -> None:
    told = run("file", "--connector", "salesforce", "--rows", "20000", "--live")
    assert (told["part"]["send"], told["whole"]["send"]) == (2_000, 20_000)
    assert (told["is_right"], told["is_flat"], told["is_live"]) == (True, True, True)


@pytest.mark.nightly  # a simulator and two children
@pytest.mark.parametrize("connector", ["hubspot", "zoho", "dynamics", "salesforce"])
def test_a_job_of_batches_writes_every_record_once(connector: str) -> None:
    told = run("batches", "--connector", connector, "--rows", "1000")
    assert (told["rows"], told["applied"], told["is_right"]) == (1_000, 1_000, True)
    assert told["requests"] >= 2 * 1_000 // 200, "fewer requests than batches and their read-backs"


def test_no_ratio_is_given_to_a_floor_that_is_too_slow() -> None:
    moved = 150 * 1024 * 1024
    assert ratio(2.0, floor_seconds=1.01, moved=moved) is None
    assert ratio(2.0, floor_seconds=0.8, moved=moved) == 2.5


def test_the_floor_moves_the_upload_and_its_results_and_nothing_else(tmp_path) -> None:
    stand_in = build_stand_in("salesforce", folder=tmp_path, rows=ROWS)
    cycle = stand_in.cycle
    with serve(stand_in) as running:
        transfer = _transfer(running, cycle, cycle.down_paths)
        _seconds, moved = floor(transfer)
    results = sum((tmp_path / name).stat().st_size for name in ("successful.csv", "failed.csv"))
    assert moved > cycle.up_file.stat().st_size + results


def test_a_floor_that_is_refused_is_no_floor(tmp_path) -> None:
    stand_in = build_stand_in("salesforce", folder=tmp_path, rows=ROWS)
    with (
        serve(stand_in) as running,
        pytest.raises(InternalError, match=r"bench\.floor_refused"),
    ):
        floor(_transfer(running, stand_in.cycle, ("/services/data/v67.0/jobs/ingest/nothing",)))


def test_the_fingerprint_knows_which_row_ended_how(tmp_path) -> None:
    stand_in = build_stand_in("salesforce", folder=tmp_path, rows=ROWS)
    stand_in.close()
    rows = list(stand_in.cycle.rows())
    right = benching_cycle.fingerprint((row.record_id, row.is_refused) for row in rows)
    turned = benching_cycle.fingerprint((row.record_id, row.is_refused) for row in reversed(rows))
    swapped = [(row.record_id, rows[place ^ 1].is_refused) for place, row in enumerate(rows)]
    assert turned == right
    assert benching_cycle.fingerprint(swapped) != right
    assert benching_cycle.fingerprint((row.record_id, row.is_refused) for row in rows[1:]) != right


def _transfer(running, cycle, down_paths) -> Transfer:
    headers = (("Authorization", f"Bearer {running.token}"),)
    return Transfer(running.url, headers, cycle.up_headers, cycle.up_path, cycle.up_file, down_paths)
