"""Under a CRM's request limit a job waits as it is told, and then ends."""

import csv

import pytest

from tests.integration.runtime.conftest import Place
from writeback.model.jobs import Route
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Fault
from writeback.settings import Settings

ROWS = 2000


@pytest.mark.parametrize("is_stated", [True, False], ids=["stated wait", "learned wait"])
def test_no_request_falls_into_a_wait_and_every_row_arrives(
    place: Place, settings: Settings, is_stated: bool
) -> None:
    with start_simulator(SimulatorWish("salesforce", rows=ROWS)) as simulator:
        here = Place(place.folder, place.workspace, simulator)
        with Runtime.open(place.workspace, settings=settings, create=True) as runtime:
            runtime.connect(here.wish(), act="a1")
            session = runtime.sessions.open(runtime.sessions.connection("c1").id)
            ids = [row[0] for page in session.read(ReadQuery("Account", ("Name",))) for row in page.rows]
            file = place.folder / "rows.csv"
            with file.open("w", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(("Id", "Description"))
                writer.writerows((key, f"Throttled {key}") for key in ids)
            source = PlanSource(
                kind="file",
                path=str(file),
                connection="Northwind",
                object="Account",
                key="Id",
                route=Route.BATCH,
            )
            plan = runtime.propose(source, act="p1")
            jobs = runtime.submit(plan.id, act="s1")
            throttle = {"kind": "throttle", "requests": 12, "window_s": 1.0, "retry_after": is_stated}
            simulator.crm.faults.arm(Fault.read(throttle))
            runtime.run_until_final(jobs)
            counts = runtime.told.job(jobs[0]).counts
        told = simulator.crm.requests.told()
    assert (counts.rows, counts.applied) == (ROWS, ROWS)
    refused = sum(request["status"] in (403, 429) for request in told["requests"])
    assert refused >= 1
    if is_stated:
        assert told["inside_wait"] == 0
