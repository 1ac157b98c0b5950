"""Killed as the button is pressed: there are jobs or the drafts wait, never both, never none."""

import sqlite3
import subprocess
import sys
import threading
from collections import abc
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, PlanId

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]

KILLS, NIGHTLY_KILLS = 2, 40
ROWS = 4
CHILD = """
import sys
from pathlib import Path
from writeback.runtime.runtime import Runtime
from writeback.settings import load
with Runtime.open(Path(sys.argv[1]), settings=load({})) as runtime:
    print("ready", flush=True)
    sys.stdin.readline()
    runtime.submit(sys.argv[2], act="press")
    print("done", flush=True)
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("button")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=20) as made:
        yield made


@pytest.mark.parametrize("seed", range(KILLS))
def test_there_is_a_job_or_there_are_drafts(room: CrmRoom, seed: int) -> None:
    press(room, (0.0, 0.1, 1.5)[seed])


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_there_is_a_job_or_there_are_drafts_after_many_kills(room: CrmRoom) -> None:
    found = {press(room, Random(seed).uniform(0.0, 1.0)) for seed in range(NIGHTLY_KILLS)}  # noqa: S311
    assert found == {"jobs", "drafts"}, "every kill came too early, or too late"


def press(room: CrmRoom, after_s: float) -> str:
    """Press the button in a process of its own and kill it; gives what is there then."""
    path = room.facts.fields[AttributeType.TEXT]
    records = [one.id for one in room.runtime.told.records("account", limit=ROWS).records]
    room.save({(rid, path): f"{after_s:.9f} {rid}" for rid in records})
    plan = room.plan_drafts(records, Route.BATCH)
    command = [sys.executable, "-c", CHILD, str(room.runtime.workspace.path), plan.id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.stdin.write(b"press\n")
        child.stdin.flush()
        threading.Event().wait(after_s)
        child.kill()
    return found(room, plan.id)


def found(room: CrmRoom, plan: PlanId) -> str:
    with closing(sqlite3.connect(Path(room.runtime.workspace.path))) as db:
        (state,) = db.execute("select state from change_sets where id = ?", (plan,)).fetchone()
        jobs = db.execute(
            "select count(*) from jobs where change_set_id = ? and number is not null and state = 'queued'",
            (plan,),
        ).fetchone()[0]
        batches = db.execute(
            "select coalesce(sum(b.rows), 0) from batches b join jobs j on j.id = b.job_id "
            "where j.change_set_id = ?",
            (plan,),
        ).fetchone()[0]
        held = db.execute("select count(*) from drafts where change_set_id = ?", (plan,)).fetchone()[0]
        waiting = db.execute("select count(*) from drafts where change_set_id is null").fetchone()[0]
    if state == "submitted":
        assert (jobs, batches, held, waiting) == (1, ROWS, ROWS, 0)
        job = db_job(room, plan)
        room.runtime.cancel(job, act=room.runtime.new_id())
        return "jobs"
    assert (state, jobs, batches, held, waiting) == ("planned", 0, 0, 0, ROWS)
    room.runtime.discard_plan(plan, act=room.runtime.new_id())
    return "drafts"


def db_job(room: CrmRoom, plan: PlanId) -> str:
    with closing(sqlite3.connect(Path(room.runtime.workspace.path))) as db:
        return str(db.execute("select id from jobs where change_set_id = ?", (plan,)).fetchone()[0])
