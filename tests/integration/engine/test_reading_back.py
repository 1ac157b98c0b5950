"""Reading a finished job back, page by page, where records vanish and reads fail."""

import pytest

from tests.doubles.memory_crm import MANIFEST, Fault
from tests.doubles.sending_room import Room
from writeback.engine.reaching import Reach
from writeback.engine.verifying import verify
from writeback.errors import RetryableError
from writeback.model.histories import Standing
from writeback.model.jobs import Assurance, Route
from writeback.model.types import JobId
from writeback.store import verifications


def reach(room: Room) -> Reach:
    session = room.sessions.open(room.connection.id)
    return Reach(room.connection, session, MANIFEST.routes, session.describe)


def sent(room: Room) -> JobId:
    wishes: dict[str, dict[str, object]] = {
        f"R{n:05d}": {"Industry": "New", "Employees": None} for n in (1, 2)
    }
    return room.send(wishes, route=Route.BATCH, assurance=Assurance.B)


def test_a_record_that_is_gone_is_told_so_with_all_its_fields(room: Room) -> None:
    job = sent(room)
    del room.crm.records["R00002"]
    told = verify(room.workspace, job, reach(room), author="ana")
    assert told.rows == {Standing.AS_WRITTEN: 1, Standing.GONE: 1}
    assert told.fields == {Standing.AS_WRITTEN: 2, Standing.GONE: 2}
    assert told.calls == 1
    with room.workspace.reading() as db:
        page = verifications.page(db, job)
        assert [(row.record_id, row.place, row.now) for row in page] == [
            ("R00002", 1, "null"),
            ("R00002", 2, "null"),
        ]
        assert verifications.page(db, job, after=(2, 1))[0].place == 2


def test_a_read_that_fails_leaves_no_result_behind(room: Room) -> None:
    job = sent(room)
    verify(room.workspace, job, reach(room), author="ana")
    room.crm.faults.append(Fault("fetch", error=RetryableError("server.unavailable")))
    with pytest.raises(RetryableError):
        verify(room.workspace, job, reach(room), author="ana")
    with room.workspace.reading() as db:
        assert verifications.get(db, job) is None


def test_rows_that_were_not_written_are_not_read(room: Room) -> None:
    job = room.send({"R00001": {"Industry": "Forbidden"}}, route=Route.BATCH, assurance=Assurance.B)
    assert verify(room.workspace, job, reach(room), author="ana").rows == {}
