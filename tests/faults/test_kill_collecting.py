"""Killed while edits join a job that collects: they are in it or they wait, and none is sent twice."""

import signal
import sqlite3
import subprocess
import sys
from collections import abc
from contextlib import closing
from pathlib import Path

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.model.jobs import JobState
from writeback.model.types import AttributeType, JobId, PlanId, RecordId
from writeback.runtime.facade import ConnectionChange

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]

CHILD = """
import os, signal, sys
from pathlib import Path
from writeback.runtime.runtime import Runtime
from writeback.settings import load
from writeback.store import collecting

plan, where = sys.argv[2:]
whole = collecting.join

def die(*arguments, **more):
    if where == "after":
        whole(*arguments, **more)
    os.kill(os.getpid(), signal.SIGKILL)

if where != "committed":
    collecting.join = die
with Runtime.open(Path(sys.argv[1]), settings=load({})) as runtime:
    runtime.submit(plan, act="press")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("joining")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=20) as made:
        made.runtime.change_connection("C", ConnectionChange(collect_s=120), act="collect")
        yield made


def planned(room: CrmRoom, records: abc.Sequence[RecordId], text: str) -> PlanId:
    room.save({(rid, room.facts.fields[AttributeType.TEXT]): f"{text} {rid}" for rid in records})
    return room.plan_drafts(records, None).id


def states(room: CrmRoom, *plans: PlanId) -> list[str]:
    with closing(sqlite3.connect(Path(room.runtime.workspace.path))) as db:
        query = "select state from change_sets where id = ?"
        return [db.execute(query, (plan,)).fetchone()[0] for plan in plans]


def collecting(room: CrmRoom) -> list[JobId]:
    return [one.id for one in room.runtime.told.jobs(limit=50) if one.state is JobState.QUEUED]


NIGHTLY = [pytest.param(where, marks=pytest.mark.nightly) for where in ("before", "committed")]


@pytest.mark.parametrize("where", ["after", *NIGHTLY])
def test_edits_that_join_are_in_the_job_or_wait_and_are_sent_once(room: CrmRoom, where: str) -> None:
    first, second = [room.record(), room.record()], [room.record(), room.record()]
    (host,) = room.runtime.submit(planned(room, first, where), act=f"host-{where}")
    plan = planned(room, second, where)
    before = len(room.running.crm.applied)
    command = [sys.executable, "-c", CHILD, str(room.runtime.workspace.path), plan, where]
    done = subprocess.run(command, check=False, timeout=60, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert collecting(room) == [host]
    if where == "committed":
        assert (states(room, plan), room.runtime.told.job(host).counts.rows) == (["submitted"], 4)
    else:
        assert (states(room, plan), room.runtime.told.job(host).counts.rows) == (["planned"], 2)
        # whoever sends again meets the same plan, and it joins now
        assert room.runtime.submit(plan, act=f"again-{where}") == (host,)
    room.runtime.start_now(host, act=f"now-{where}")
    room.runtime.run_until_final((host,))
    assert sorted(one["id"] for one in room.ours(after=before)) == sorted(map(room.key, (*first, *second)))
    assert all(room.mark(rid, room.facts.fields[AttributeType.TEXT]) is None for rid in (*first, *second))
    assert room.runtime.doctor().ok
