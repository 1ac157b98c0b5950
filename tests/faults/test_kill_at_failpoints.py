"""R1: SIGKILL at every named failpoint of every route, then a restart: nothing lost, nothing doubled."""

from collections import abc

import pytest

from tests.faults.killing import Rig
from writeback.model.jobs import JobState, Route
from writeback.transport.failpoints import FAILPOINTS

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]

REQUEST = (
    "1.claimed",
    "2.compared",
    "3.before_intent",
    "4.intent",
    "5.mid_request",
    "6.request_complete",
    "7.answer_read",
    "8.settled",
)
READ_BACK = ("16.readback_before", "17.readback_after")
UPLOAD = (
    "1.claimed",
    "2.compared",
    "3.before_intent",
    "4.intent",
    "5.mid_request",
    "6.request_complete",
    "8.settled",
    "9.bulk_token",
    "10.bulk_created",
    "11.bulk_remote_id",
    "12.bulk_mid_upload",
    "13.bulk_uploaded",
    "14.bulk_closed",
    "15.bulk_result_page",
)
CHECKED_ROWS, COLLECTION_ROWS = 3, 30
"""So many go as version-checked parts; so many as a plain collection."""


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rig]:
    made = Rig.build(tmp_path_factory.mktemp("rig"))
    yield made
    made.close()


def survive(rig: Rig, route: Route, failpoint: str, *, rows: int, **how: int) -> None:
    cell = rig.cell(route, rows=rows)
    cell.die_at(failpoint, **how)
    view = cell.finish()
    assert view.state is JobState.DONE, view
    assert view.counts.applied == rows, view
    assert cell.lost_and_doubled() == ([], [])
    assert cell.hashes_without_intent() == set()


@pytest.mark.parametrize("failpoint", REQUEST)
@pytest.mark.parametrize(
    ("route", "rows"),
    [(Route.SINGLE, CHECKED_ROWS), (Route.BATCH, CHECKED_ROWS), (Route.BATCH, COLLECTION_ROWS)],
)
def test_a_kill_on_the_way_of_a_request_loses_and_doubles_nothing(
    rig: Rig, failpoint: str, route: Route, rows: int
) -> None:
    survive(rig, route, failpoint, rows=rows)


@pytest.mark.parametrize("failpoint", READ_BACK)
@pytest.mark.parametrize(
    ("route", "rows"),
    [(Route.SINGLE, 1), (Route.BATCH, CHECKED_ROWS), (Route.BATCH, COLLECTION_ROWS)],
)
@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_a_kill_around_a_verdict_loses_and_doubles_nothing(
    rig: Rig, failpoint: str, route: Route, rows: int, fault: str
) -> None:
    path = "/sobjects/Account/" if route is Route.SINGLE else "/composite"
    method = "POST" if route is Route.BATCH and rows == CHECKED_ROWS else "PATCH"
    path = "/composite$" if method == "POST" else path
    rig.simulator.arm({"kind": fault, "method": method, "path": path})
    survive(rig, route, failpoint, rows=rows)


@pytest.mark.parametrize("failpoint", UPLOAD)
def test_a_kill_on_the_way_of_an_upload_loses_and_doubles_nothing(rig: Rig, failpoint: str) -> None:
    survive(rig, Route.BULK, failpoint, rows=CHECKED_ROWS)


@pytest.mark.parametrize("nth", [2, 3])
def test_a_kill_at_a_later_request_of_an_upload_loses_and_doubles_nothing(rig: Rig, nth: int) -> None:
    survive(rig, Route.BULK, "6.request_complete", rows=CHECKED_ROWS, nth=nth)


def test_every_failpoint_is_killed_at() -> None:
    assert set(REQUEST) | set(READ_BACK) | set(UPLOAD) == set(FAILPOINTS)
