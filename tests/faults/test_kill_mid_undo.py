"""The worker dies in the middle of an undo: each record is put back once, none twice, and all of them."""

from collections import abc

import pytest

from tests.faults.killing import Cell, Rig, settings_for
from writeback.model.changes import Origin
from writeback.model.jobs import JobState, Route
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]

ROWS = 3
NIGHTLY = (
    ("1.claimed", Route.SINGLE),
    ("4.intent", Route.BATCH),
    ("7.answer_read", Route.SINGLE),
    ("14.bulk_closed", Route.BULK),
)


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rig]:
    made = Rig.build(tmp_path_factory.mktemp("rig"))
    yield made
    made.close()


def held(runtime: Runtime, rig: Rig) -> list[object]:
    session = runtime.sessions.open(rig.connection.id)
    page = session.fetch("Account", by="Id", keys=rig.ids[:ROWS], paths=["Site"])
    return [row[2][0] for row in page.rows]


@pytest.mark.parametrize(
    ("failpoint", "route"),
    [
        ("3.before_intent", Route.SINGLE),
        ("7.answer_read", Route.BATCH),
        *(pytest.param(*cell, marks=pytest.mark.nightly) for cell in NIGHTLY),
    ],
)
def test_an_undo_that_is_killed_goes_on_and_doubles_nothing(rig: Rig, failpoint: str, route: Route) -> None:
    with Runtime.open(rig.template, settings=settings_for(rig.folder)) as runtime:
        before = held(runtime, rig)
    done = rig.cell(Route.BATCH, rows=ROWS)
    assert done.finish().counts.applied == ROWS
    counted = rig.applied()
    org = rig.connection.org.name if rig.connection.org else ""
    with Runtime.open(done.path, settings=settings_for(done.folder)) as runtime:
        assert held(runtime, rig) != before
        source = PlanSource("undo", origin=Origin.UNDO, author="rig", job_id=done.job, route=route)
        plan = runtime.propose(source, act="undo")
        (job,) = runtime.submit(plan.id, confirm_org=org, act="submit undo")
    undo = Cell(rig, done.folder, done.path, job, ROWS, counted)
    undo.die_at(failpoint)
    view = undo.finish()
    assert (view.state, view.counts.applied) == (JobState.DONE, ROWS)
    assert undo.lost_and_doubled() == ([], [])
    with Runtime.open(done.path, settings=settings_for(done.folder)) as runtime:
        assert held(runtime, rig) == before
