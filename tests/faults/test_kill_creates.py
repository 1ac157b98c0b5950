"""R1 of records that are made: the worker dies anywhere, the next one goes on; each record is made once."""

import csv
import shutil
import sqlite3
from collections import abc
from pathlib import Path

import pytest

from tests.faults.killing import Cell, Rig, settings_for
from writeback.model.creating import Creating
from writeback.model.jobs import JobState, Route
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime
from writeback.sdk.simulator import read_applied

pytestmark = [pytest.mark.faults, pytest.mark.nightly, pytest.mark.timeout(120)]
KEY = "External_Id__c"
ROWS = 3
INSIDE = ("5.mid_request", "6.request_complete")
"""Passed by every request that is no GET: rows are looked up by GET, so the first one makes records."""
HAS_INTENT = {"4.intent", *INSIDE, "7.answer_read"}
HAS_ARRIVED = {"6.request_complete", "7.answer_read", "8.settled"}


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rig]:
    made = Rig.build(tmp_path_factory.mktemp("creates"), rows=20)
    yield made
    made.close()


def cell_of(rig: Rig, folder: Path, keys: abc.Sequence[str], route: Route) -> Cell:
    """Submit a job that makes records, in a workspace of its own."""
    path, source = folder / "cell.writeback", folder / "rows.csv"
    shutil.copy2(rig.template, path)
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([(KEY, "Name"), *((key, f"Maple {key}") for key in keys)])
    wish = PlanSource(
        "file",
        path=str(source),
        connection="sf",
        object="Account",
        key=KEY,
        route=route,
        author="rig",
        creating=Creating.ONLY,
    )
    with Runtime.open(path, settings=settings_for(folder)) as runtime:
        plan = runtime.propose(wish, act="plan")
        org = rig.connection.org.name if rig.connection.org else ""
        (job,) = runtime.submit(plan.id, confirm_org=org, act="submit")
    return Cell(rig, folder, path, job, len(keys), rig.applied())


def made(rig: Rig) -> dict[str, list[str]]:
    """Give by key the ids of the records that were made."""
    found: dict[str, list[str]] = {}
    for entry in read_applied(rig.simulator.applied_log):
        fields = entry["fields"]
        if entry["operation"] == "create" and isinstance(fields, dict):
            found.setdefault(str(fields[KEY]), []).append(str(entry["id"]))
    return found


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH])
@pytest.mark.parametrize(
    "failpoint",
    [
        "1.claimed",
        "2.compared",
        "3.before_intent",
        "4.intent",
        *INSIDE,
        "7.answer_read",
        "8.settled",
    ],
)
def test_each_record_is_made_once_wherever_the_worker_dies(
    rig: Rig, tmp_path: Path, failpoint: str, route: Route
) -> None:
    keys = [f"{failpoint}-{route.value}-{number}" for number in range(ROWS)]
    tmp_path.chmod(0o700)
    cell = cell_of(rig, tmp_path, keys, route)
    cell.die_at(failpoint)
    assert cell.in_flight() == (1 if failpoint in HAS_INTENT else 0)
    if failpoint in HAS_ARRIVED:
        cell.wait_until_arrived(1 if route is Route.SINGLE else ROWS)
    view = cell.finish()
    found = made(rig)
    assert {key: len(found.get(key, ())) for key in keys} == dict.fromkeys(keys, 1)
    assert (view.state, view.counts.applied, view.counts.rows) == (JobState.DONE, ROWS, ROWS)
    with sqlite3.connect(cell.path) as db:
        told = db.execute("select record_id from made where job_id = ?", (cell.job,)).fetchall()
    db.close()
    assert sorted(told) == sorted((found[key][0],) for key in keys)
