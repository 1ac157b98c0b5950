"""R1: SIGKILL at every named failpoint of every route, then a restart: nothing lost, nothing doubled."""

import sqlite3
from collections import Counter, abc

import pytest

from tests.faults.killing import UNIQUE, Cell, Rig
from writeback.model.jobs import JobState, Route
from writeback.sdk.simulator import read_applied
from writeback.transport.failpoints import FAILPOINTS

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]

INSIDE = ("5.mid_request", "6.request_complete")
"""Passed by every request that is no GET: of a push the compare read comes first, the write second."""
WRITE, CREATE, UPLOAD, CLOSE = 2, 2, 3, 4

REQUEST = (
    "1.claimed",
    "2.compared",
    "3.before_intent",
    "4.intent",
    *INSIDE,
    "7.answer_read",
    "8.settled",
)
READ_BACK = ("16.readback_before", "17.readback_after")
STEPS = (
    "1.claimed",
    "2.compared",
    "3.before_intent",
    "4.intent",
    "8.settled",
    "9.bulk_token",
    "10.bulk_created",
    "11.bulk_remote_id",
    "12.bulk_mid_upload",
    "13.bulk_uploaded",
    "14.bulk_closed",
    "15.bulk_result_page",
)
HAS_INTENT = {"4.intent", *INSIDE, "7.answer_read"}
HAS_ARRIVED = {"6.request_complete", "7.answer_read", "8.settled"}
CHECKED_ROWS, COLLECTION_ROWS = 3, 30
"""So many go as version-checked parts; so many as a plain collection."""
SIZES = [
    (Route.SINGLE, 1),
    (Route.BATCH, CHECKED_ROWS),
    pytest.param(Route.BATCH, COLLECTION_ROWS, marks=pytest.mark.nightly),
]

NIGHTLY = pytest.mark.nightly
MADE = 1
"""Of the requests that are no GET the one that makes records is the first: keys are looked up by a GET."""
MADE_POINTS = [
    "6.request_complete",
    *(pytest.param(one, marks=NIGHTLY) for one in REQUEST if one != "6.request_complete"),
]
MADE_SIZES = [(Route.BATCH, CHECKED_ROWS), pytest.param(Route.SINGLE, 1, marks=NIGHTLY)]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rig]:
    made = Rig.build(tmp_path_factory.mktemp("rig"))
    yield made
    made.close()


def finish(cell: Cell, rows: int) -> None:
    view = cell.finish()
    assert view.state is JobState.DONE, view
    assert view.counts.applied == rows, view
    assert cell.lost_and_doubled() == ([], [])
    assert cell.hashes_without_intent() == set()


@pytest.mark.parametrize("failpoint", REQUEST)
@pytest.mark.parametrize(("route", "rows"), SIZES)
def test_a_kill_on_the_way_of_a_request_loses_and_doubles_nothing(
    rig: Rig, failpoint: str, route: Route, rows: int
) -> None:
    cell = rig.cell(route, rows=rows)
    cell.die_at(failpoint, nth=WRITE if failpoint in INSIDE else 1)
    assert cell.in_flight() == (1 if failpoint in HAS_INTENT else 0)
    if failpoint in HAS_ARRIVED:
        cell.wait_until_arrived(rows)
    else:
        assert cell.arrived() == 0
    finish(cell, rows)


@pytest.mark.parametrize("failpoint", READ_BACK)
@pytest.mark.parametrize(("route", "rows"), SIZES)
@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_kill_around_a_verdict_loses_and_doubles_nothing(
    rig: Rig, *, failpoint: str, route: Route, rows: int, fault: str
) -> None:
    method, path = {
        (Route.SINGLE, 1): ("PATCH", "/sobjects/Account/"),
        (Route.BATCH, CHECKED_ROWS): ("POST", "/composite$"),
        (Route.BATCH, COLLECTION_ROWS): ("PATCH", "/composite/sobjects$"),
    }[route, rows]
    rig.simulator.arm({"kind": fault, "method": method, "path": path})
    cell = rig.cell(route, rows=rows)
    cell.die_at(failpoint)
    assert cell.arrived() == (rows if fault == "cut_after" else 0)
    finish(cell, rows)


@pytest.mark.parametrize("failpoint", STEPS)
def test_a_kill_between_the_steps_of_an_upload_loses_and_doubles_nothing(rig: Rig, failpoint: str) -> None:
    cell = rig.cell(Route.BULK, rows=CHECKED_ROWS)
    cell.die_at(failpoint)
    finish(cell, CHECKED_ROWS)


@pytest.mark.parametrize("failpoint", INSIDE)
@pytest.mark.parametrize("request_no", [CREATE, UPLOAD, CLOSE])
def test_a_kill_inside_a_request_of_an_upload_loses_and_doubles_nothing(
    rig: Rig, failpoint: str, request_no: int
) -> None:
    cell = rig.cell(Route.BULK, rows=CHECKED_ROWS)
    cell.die_at(failpoint, nth=request_no)
    assert cell.in_flight() == (0 if request_no == CREATE else 1)
    if (request_no, failpoint) == (CLOSE, "6.request_complete"):
        cell.wait_until_arrived(CHECKED_ROWS)
    finish(cell, CHECKED_ROWS)


def times_made(cell: Cell) -> Counter[str]:
    """Count by key how often the simulator made each record of a cell."""
    mark = f"K{cell.folder.name.removeprefix('cell')}-"
    entries = (entry["fields"] for entry in read_applied(cell.rig.simulator.applied_log))
    keys = (str(fields[UNIQUE]) for fields in entries if isinstance(fields, dict) and UNIQUE in fields)
    return Counter(key for key in keys if key.startswith(mark))


def finish_made(cell: Cell, rows: int) -> None:
    view = cell.finish()
    assert view.state is JobState.DONE, view
    assert view.counts.applied == rows, view
    mark = cell.folder.name.removeprefix("cell")
    assert times_made(cell) == {f"K{mark}-{row}": 1 for row in range(rows)}
    with sqlite3.connect(cell.path) as db:
        ids = {str(row[0]) for row in db.execute("select record_id from made")}
    db.close()
    assert ids == set(cell.rig.applied() - cell.before), "each row tells the record that it made"


@pytest.mark.parametrize(("route", "rows"), MADE_SIZES)
@pytest.mark.parametrize("failpoint", MADE_POINTS)
def test_a_kill_on_the_way_of_a_create_makes_each_record_once(
    rig: Rig, failpoint: str, route: Route, rows: int
) -> None:
    cell = rig.cell(route, rows=rows, creates=True)
    cell.die_at(failpoint, nth=MADE)
    assert cell.in_flight() == (1 if failpoint in HAS_INTENT else 0)
    if failpoint in HAS_ARRIVED:
        cell.wait_until_arrived(rows)
    else:
        assert cell.arrived() == 0
    finish_made(cell, rows)


@pytest.mark.nightly
@pytest.mark.parametrize("failpoint", ["16.readback_before", "17.readback_after"])
@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_kill_around_a_verdict_makes_each_record_once(rig: Rig, failpoint: str, fault: str) -> None:
    rig.simulator.arm({"kind": fault, "method": "POST", "path": "/composite/sobjects$"})
    cell = rig.cell(Route.BATCH, rows=3, creates=True)
    cell.die_at(failpoint)
    assert cell.arrived() == (3 if fault == "cut_after" else 0)
    finish_made(cell, 3)


def test_every_failpoint_is_killed_at() -> None:
    assert set(REQUEST) | set(READ_BACK) | set(STEPS) == set(FAILPOINTS)
