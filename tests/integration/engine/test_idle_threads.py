"""Threads that found nothing to do are woken for what becomes free, one by the other."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.memory_crm import MemorySession
from tests.doubles.sending_room import FAST, Room
from writeback.model.jobs import Assurance, Route
from writeback.sdk.connector import Prepared, WriteAnswer


def test_two_jobs_that_waited_for_a_third_are_worked_on_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path, pace=replace(FAST, idle_s=60.0, lease_s=60.0))  # nobody wakes by himself
    first, second, *_ = room.crm.records
    asleep, both, write = threading.Event(), threading.Barrier(2, timeout=20), MemorySession.write
    writes: list[int] = []

    def noted(session: MemorySession, prepared: Prepared) -> WriteAnswer:
        writes.append(len(writes))
        if len(writes) > 1:
            both.wait()
        else:
            asleep.wait(0.3)  # the other threads look, find nothing, and rest
        return write(session, prepared)

    monkeypatch.setattr(MemorySession, "write", noted)
    jobs = []
    for records in ((first, second), (first,), (second,)):
        wishes = {one: {"Name": f"by job {len(jobs)}"} for one in records}
        plan, job = room.plan(wishes, route=Route.BATCH, assurance=Assurance.C)
        room.submit(plan, most=2)
        jobs.append(job)
    room.dispatcher(threads=3).run_until_final(jobs)
    assert [room.counts(job) for job in jobs] == [{"applied": 2}, {"applied": 1}, {"applied": 1}]
    assert not both.broken
    room.close()
