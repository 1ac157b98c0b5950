"""BULK against a CRM in memory: each step, each lost answer, exact accounting, cutting, calling off."""

import hashlib
from pathlib import Path

import pytest

from tests.doubles.memory_crm import Fault, MemoryCrm, no_answer
from tests.doubles.sending_room import Room
from writeback.errors import LinkLostError, RetryableError
from writeback.model.jobs import Assurance, RemoteState, Route
from writeback.model.types import JobId
from writeback.store import steering, trail
from writeback.store.trail import Sought

CHECKED = pytest.mark.parametrize("assurance", [Assurance.B, Assurance.C])


def wishes(*numbers: int, industry: str = "New") -> dict[str, dict[str, object]]:
    return {f"R{number:05d}": {"Industry": industry} for number in numbers}


def bulk(
    room: Room, chosen: dict[str, dict[str, object]], assurance: Assurance = Assurance.B, **more: object
) -> JobId:
    return room.send(chosen, route=Route.BULK, assurance=assurance, **more)  # type: ignore[arg-type]


@CHECKED
def test_every_row_of_an_upload_is_accounted_for(room: Room, assurance: Assurance) -> None:
    job = bulk(room, wishes(1, 2, 4, 5) | wishes(3, industry="Forbidden"), assurance)
    assert room.job(job)["state"] == "done", room.job(job)
    assert room.counts(job) == {"applied": 4, "rejected": 1}
    assert room.outcomes(job)[5] == ("rejected", "NOT_ALLOWED")
    assert set(room.crm.times_applied().values()) == {1}


def test_only_exceptions_get_rows_of_their_own(room: Room) -> None:
    job = bulk(room, wishes(1, 2, 3, 4, 5))
    with room.workspace.reading() as db:
        assert db.exec_driver_sql("select count(*) from outcomes").scalar_one() == 0
        assert db.exec_driver_sql("select outcome, remote_state from batches").one() == ("applied", "done")
    assert room.counts(job) == {"applied": 5}


def test_the_intent_keeps_the_hash_of_what_was_uploaded(room: Room) -> None:
    job = bulk(room, wishes(1, 2))
    assert room.attempts(job)[0]["payload_hash"] == hashlib.sha256(room.crm.remotes["B1"].data).hexdigest()


def test_rows_that_changed_are_not_uploaded(room: Room) -> None:
    plan, job = room.plan(wishes(1, 2, 3), route=Route.BULK, assurance=Assurance.B)
    room.crm.edit("R00002", Industry="Theirs")
    room.submit(plan, most=1000)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 2, "conflict": 1}
    assert b"R00002" not in room.crm.remotes["B1"].data
    assert room.attempts(job)[0]["excluded"] == "[2]"


def test_an_upload_is_cut_below_the_most_bytes_and_the_rest_becomes_a_batch(tmp_path: Path) -> None:
    room = Room(tmp_path, rows=100)
    room.crm.part_bytes = 700
    job = bulk(room, wishes(*range(1, 101)))
    assert room.counts(job) == {"applied": 100}
    assert set(room.crm.times_applied().values()) == {1}
    assert all(len(remote.data) <= 700 for remote in room.crm.remotes.values())
    assert len(room.crm.remotes) > 3
    with room.workspace.reading() as db:
        assert db.exec_driver_sql("select sum(rows) from batches").scalar_one() == 100
    room.close()


def test_unprocessed_rows_are_uploaded_again_and_no_others(room: Room) -> None:
    room.crm.unprocessed = {"R00002", "R00004"}
    job = bulk(room, wishes(1, 2, 3, 4, 5))
    assert room.counts(job) == {"applied": 5}
    assert set(room.crm.times_applied().values()) == {1}
    assert room.attempts(job)[1]["excluded"] == "[1,3,5]".replace(",", ", ")


def _forget_result(crm: MemoryCrm) -> None:
    crm.remotes["B1"].applied.remove("R00003")


def _double_result(crm: MemoryCrm) -> None:
    crm.remotes["B1"].applied.append("R00003")


@pytest.mark.parametrize("spoil", [_forget_result, _double_result])
def test_a_row_in_no_list_or_in_two_is_unknown_and_read_back(room: Room, spoil: object) -> None:
    room.crm.faults.append(Fault("bulk_close", after=True, call=spoil))  # type: ignore[arg-type]
    job = bulk(room, wishes(1, 2, 3, 4))
    assert room.attempts(job)[0]["code"] == "outcome.not_in_results"
    assert room.attempts(job)[0]["verdict"] == "settled"
    assert room.counts(job) == {"applied": 4}
    assert set(room.crm.times_applied().values()) == {1}


@CHECKED
def test_a_lost_create_answer_leaves_an_empty_job_alone_and_makes_a_new_one(
    room: Room, assurance: Assurance
) -> None:
    room.crm.faults.append(Fault("bulk_create", after=True, error=no_answer()))
    job = bulk(room, wishes(1, 2), assurance)
    assert room.counts(job) == {"applied": 2}
    assert room.crm.remotes["B1"].data == b""
    assert room.crm.remotes["B1"].state is RemoteState.OPEN
    with room.workspace.reading() as db:
        body = db.exec_driver_sql("select body from audit where act = 'bulk.orphans_possible'").scalar_one()
    assert "B1" in body


def test_an_upload_whose_answer_is_lost_is_called_off_and_sent_in_a_new_job(room: Room) -> None:
    room.crm.faults.append(Fault("bulk_upload", after=True, error=no_answer()))
    job = bulk(room, wishes(1, 2))
    assert room.counts(job) == {"applied": 2}
    assert room.crm.remotes["B1"].state is RemoteState.ABORTED
    assert set(room.crm.times_applied().values()) == {1}


def test_an_upload_that_starts_by_its_close_is_known_by_the_id_of_its_job(room: Room) -> None:
    room.crm.starts_on_close = True
    job = bulk(room, wishes(1, 2) | wishes(3, industry="Forbidden"))
    assert room.counts(job) == {"applied": 2, "rejected": 1}
    with room.workspace.reading() as db:
        assert db.exec_driver_sql("select remote_id from batches").scalar_one() == "J2"


@pytest.mark.parametrize("after", [True, False])
def test_a_start_that_nobody_can_tell_of_is_read_back_before_anything_is_sent_again(
    room: Room, after: bool
) -> None:
    room.crm.starts_on_close = True
    room.crm.faults.append(Fault("bulk_close", after=after, error=no_answer()))
    job = bulk(room, wishes(1, 2))
    assert room.counts(job) == {"applied": 2}
    assert set(room.crm.times_applied().values()) == {1}
    first, *later = room.attempts(job)
    assert (first["code"], first["verdict"]) == ("bulk.start_untold", "settled" if after else "not_applied")
    assert len(later) == (0 if after else 1)


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("is_cancelled", [False, True])
def test_whoever_takes_over_an_upload_never_takes_it_for_unstarted(
    room: Room, after: bool, is_cancelled: bool
) -> None:
    """The close broke off where the next turn knows the file and no job: as after a kill around it."""
    room.crm.starts_on_close = True
    plan, job = room.plan(wishes(1, 2), route=Route.BULK, assurance=Assurance.C)

    def cancel(crm: MemoryCrm) -> None:
        if is_cancelled:
            with room.workspace.writing() as db:
                steering.cancel(db, job, now=room.workspace.database_now(db), by="ana")

    room.crm.faults.append(Fault("bulk_close", after=after, error=LinkLostError("memory.cut"), call=cancel))
    room.submit(plan, most=1000)
    room.dispatcher().run_until_final([job])
    assert room.attempts(job)[0]["code"] == "bulk.start_untold"
    with room.workspace.reading() as db:
        steered = trail.page(db, trail.numbers(db, Sought(act="job.cancelled")))
    assert [row["person"] for row in steered] == ["ana"] * is_cancelled, "whoever cancelled, not the author"
    is_written = after or not is_cancelled
    assert room.counts(job) == ({"applied": 2} if is_written else {"cancelled": 2})
    assert len(room.crm.applied) == (2 if is_written else 0)


@pytest.mark.parametrize("after", [True, False])
def test_a_lost_close_answer_is_settled_by_asking_the_job(room: Room, after: bool) -> None:
    room.crm.faults.append(Fault("bulk_close", after=after, error=no_answer()))
    job = bulk(room, wishes(1, 2))
    assert room.counts(job) == {"applied": 2}
    assert set(room.crm.times_applied().values()) == {1}
    assert len(room.crm.remotes) == 1


def test_results_that_break_off_are_read_again(room: Room) -> None:
    room.crm.faults.append(Fault("bulk_results", after=True, error=RetryableError("memory.cut")))
    job = bulk(room, wishes(1, 2, 3) | wishes(4, industry="Forbidden"))
    assert room.counts(job) == {"applied": 3, "rejected": 1}


def test_a_poll_nobody_answers_is_made_again(room: Room) -> None:
    room.crm.faults.append(Fault("bulk_poll", error=LinkLostError("memory.offline")))
    job = bulk(room, wishes(1, 2))
    assert room.counts(job) == {"applied": 2}


def test_a_job_the_crm_forgot_is_read_back_row_by_row(room: Room) -> None:
    room.crm.faults.append(Fault("bulk_close", after=True, call=lambda crm: crm.remotes.clear()))
    job = bulk(room, wishes(1, 2, 3))
    assert room.counts(job) == {"applied": 3}
    assert set(room.crm.times_applied().values()) == {1}
    assert room.attempts(job)[0]["code"] == "bulk.job_gone"


def _forget_before_processing(crm: MemoryCrm) -> None:
    crm.remotes.clear()
    for number in (2, 3):
        crm.edit(f"R{number:05d}", Industry="Old")
        crm.applied = [entry for entry in crm.applied if entry[0] != f"R{number:05d}"]
        crm.versions[f"R{number:05d}"] = number
    crm.polls_until_done = 0


def test_rows_of_a_forgotten_job_that_were_not_applied_go_again(room: Room) -> None:
    room.crm.faults.append(Fault("bulk_close", after=True, call=_forget_before_processing))
    job = bulk(room, wishes(1, 2, 3))
    assert room.counts(job) == {"applied": 3}
    assert set(room.crm.times_applied().values()) == {1}
    assert room.attempts(job)[0]["verdict"] == "not_applied"


def test_cancel_calls_the_remote_job_off_and_fetches_what_it_did(room: Room) -> None:
    room.crm.polls_until_done = 10_000
    room.crm.unprocessed = {"R00003"}
    plan, job = room.plan(wishes(1, 2, 3), route=Route.BULK, assurance=Assurance.B)
    room.submit(plan, most=1000)

    def cancel(crm: MemoryCrm) -> None:
        with room.workspace.writing() as db:
            steering.cancel(db, job, now=room.workspace.database_now(db), by="ana")

    room.crm.faults.append(Fault("bulk_poll", call=cancel, skip=2))
    room.dispatcher().run_until_final([job])
    assert room.job(job)["state"] == "cancelled"
    assert room.crm.remotes["B1"].state is RemoteState.ABORTED
    assert room.counts(job) == {"applied": 2, "cancelled": 1}


def test_an_empty_upload_is_never_made(room: Room) -> None:
    plan, job = room.plan(wishes(1), route=Route.BULK, assurance=Assurance.B)
    room.crm.edit("R00001", Industry="New")
    room.submit(plan, most=1000)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"unchanged": 1}
    assert room.crm.remotes == {}
