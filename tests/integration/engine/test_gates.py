"""A closed gate stops a job before anything of it is sent; errors stop or hold a job, never the worker."""

from dataclasses import replace

import pytest

from tests.doubles.memory_crm import Fault
from tests.doubles.sending_room import Room
from writeback.errors import PermissionDeniedError, QuotaSpentError, SignInRequiredError
from writeback.model.jobs import Assurance, Route
from writeback.store import connections, steering

WISH: dict[str, dict[str, object]] = {f"R{number:05d}": {"Industry": "New"} for number in (1, 2, 3)}
ROUTES = pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH, Route.BULK])


def stopped(room: Room, route: Route) -> str:
    job = room.send(WISH, route=route, assurance=Assurance.B)
    assert room.job(job)["state"] == "stopped"
    assert room.crm.applied == []
    assert room.counts(job) == {"open": 3}
    return str(room.job(job)["stop_code"])


@ROUTES
def test_another_org_stops_the_job_and_nothing_is_written(room: Room, route: Route) -> None:
    room.crm.org_id = "org-2"
    assert stopped(room, route) == "org.other"
    assert "write" not in room.crm.requests


@ROUTES
def test_a_connection_made_read_only_stops_the_job(room: Room, route: Route) -> None:
    with room.workspace.writing() as db:
        connections.change(db, replace(room.connection, read_only=True))
    assert stopped(room, route) == "connection.read_only"


@ROUTES
def test_a_field_that_became_read_only_stops_the_job(room: Room, route: Route) -> None:
    room.crm.read_only = {"Industry"}
    assert stopped(room, route) == "drift.field_read_only"


def test_an_ended_sign_in_stops_the_job_and_pauses_the_connection(room: Room) -> None:
    room.crm.faults.append(Fault("write", error=SignInRequiredError("memory.expired")))
    job = room.send({"R00001": {"Industry": "New"}})
    assert room.job(job)["stop_code"] == "sign_in.needed"
    with room.workspace.reading() as db:
        assert connections.get(db, "c1").sign_in.value == "needed"
    with room.workspace.writing() as db:
        steering.resume(db, job, now=room.workspace.database_now(db), by="ana")
    room.dispatcher().run_until_final([job])
    assert room.crm.times_applied() == {"R00001": 1}


def test_a_spent_quota_stops_the_job(room: Room) -> None:
    room.crm.faults.append(Fault("write", error=QuotaSpentError("memory.quota")))
    job = room.send({"R00001": {"Industry": "New"}})
    assert room.job(job)["stop_code"] == "quota.spent"


def test_a_refused_permission_stops_the_job(room: Room) -> None:
    room.crm.faults.append(Fault("fetch", error=PermissionDeniedError("memory.denied")))
    job = room.send({"R00001": {"Industry": "New"}})
    assert room.job(job)["stop_code"] == "memory.denied"


def test_a_bug_stops_its_job_and_the_next_job_goes_on(room: Room) -> None:
    room.crm.faults.append(Fault("fetch", error=ZeroDivisionError()))
    first = room.send({"R00001": {"Industry": "New"}})
    assert (room.job(first)["state"], room.job(first)["stop_code"]) == ("stopped", "internal.error")
    second = room.send({"R00002": {"Industry": "New"}})
    assert room.job(second)["state"] == "done"


def test_a_bug_inside_a_request_leaves_it_to_be_read_back_not_sent_again(room: Room) -> None:
    room.crm.faults.append(Fault("write", after=True, error=ZeroDivisionError()))
    job = room.send({"R00001": {"Industry": "New"}})
    assert room.job(job)["stop_code"] == "internal.error"
    with room.workspace.writing() as db:
        steering.resume(db, job, now=room.workspace.database_now(db), by="ana")
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 1}
    assert room.crm.times_applied() == {"R00001": 1}
