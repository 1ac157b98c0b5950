"""What undo and retry ask the planner for."""

import pytest

from tests.doubles.sending_room import Room
from writeback.engine.retrying import gather_retry
from writeback.engine.undoing import NO_PRE_IMAGE, Part, gather_undo
from writeback.errors import ConfigurationError
from writeback.model.canonical import UNSET
from writeback.model.jobs import Assurance, Route
from writeback.model.types import CLEAR


def test_undo_wishes_the_pre_image_and_expects_what_we_wrote(room: Room) -> None:
    job = room.send({"R00001": {"Industry": "New", "Employees": None}})
    (row,) = gather_undo(room.workspace, job).rows
    assert row.record_id == "R00001"
    assert tuple(row.olds) == (UNSET, "New", None)
    assert tuple(row.wishes) == (UNSET, "Old", 1)


def test_undoing_what_filled_an_empty_field_clears_it(room: Room) -> None:
    room.crm.edit("R00001", Industry=None)
    job = room.send({"R00001": {"Industry": "New"}})
    (row,) = gather_undo(room.workspace, job).rows
    assert row.wishes[1] is CLEAR


def test_undo_takes_applied_rows_only(room: Room) -> None:
    wishes: dict[str, dict[str, object]] = {
        "R00001": {"Industry": "New"},
        "R00002": {"Industry": "Forbidden"},
    }
    job = room.send(wishes, route=Route.BATCH, assurance=Assurance.B)
    assert [row.record_id for row in gather_undo(room.workspace, job).rows] == ["R00001"]
    assert [row.record_id for row in gather_retry(room.workspace, job).rows] == ["R00002"]


def test_a_value_written_unseen_cannot_be_put_back(room: Room) -> None:
    plan, job = room.plan({"R00001": {"Industry": "New"}}, assurance=Assurance.C)
    with room.workspace.writing() as db:
        db.exec_driver_sql("update writes set old = '[{},{},{}]'")
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    (row,) = gather_undo(room.workspace, job).rows
    assert (row.blocked, row.field) == (NO_PRE_IMAGE, "Industry")


def test_a_part_of_a_job_is_undone_by_record_and_field(room: Room) -> None:
    wishes: dict[str, dict[str, object]] = {
        f"R{n:05d}": {"Industry": "New", "Employees": 7} for n in (1, 2, 3)
    }
    job = room.send(wishes, route=Route.BATCH, assurance=Assurance.B)
    part = Part(("R00003", "R00001"), ("employees",))
    rows = list(gather_undo(room.workspace, job, part).rows)
    assert [(row.record_id, tuple(row.wishes)) for row in rows] == [
        ("R00001", (UNSET, UNSET, 1)),
        ("R00003", (UNSET, UNSET, 3)),
    ]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Part(records=("nix",)), "undo.no_such_record"),
        (Part(fields=("Nix",)), "undo.no_such_field"),
    ],
)
def test_what_a_job_is_not_about_is_refused(room: Room, part: Part, code: str) -> None:
    job = room.send({"R00001": {"Industry": "New"}})
    with pytest.raises(ConfigurationError) as caught:
        gather_undo(room.workspace, job, part)
    assert caught.value.code == code


def test_a_job_at_work_cannot_be_undone(room: Room) -> None:
    plan, job = room.plan({"R00001": {"Industry": "New"}})
    room.submit(plan)
    with pytest.raises(ConfigurationError):
        gather_undo(room.workspace, job)


def test_a_bulk_job_is_undone_from_batch_outcome_and_exceptions(room: Room) -> None:
    wishes: dict[str, dict[str, object]] = {f"R{n:05d}": {"Industry": "New"} for n in (1, 2, 3)}
    wishes["R00002"] = {"Industry": "Forbidden"}
    job = room.send(wishes, route=Route.BULK, assurance=Assurance.B)
    assert [row.record_id for row in gather_undo(room.workspace, job).rows] == ["R00001", "R00003"]
