"""A plan that has moved is made anew in its place: what was left out stays out, and what changed is told."""

from collections import abc

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.errors import WritebackError
from writeback.model.changes import Origin
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, RecordId
from writeback.runtime.facade import PlanSource, PlanView
from writeback.runtime.facade.jobs import PlanRefreshed, Unticked


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("refreshing")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=60) as made:
        yield made


def typed(room: CrmRoom, rows: int) -> tuple[list[RecordId], PlanView, str, str]:
    text, long = room.facts.fields[AttributeType.TEXT], room.facts.fields[AttributeType.LONG_TEXT]
    records = [room.record() for _ in range(rows)]
    room.save({(rid, path): f"new {rid}" for rid in records for path in (text, long)})
    return records, room.plan_drafts(records, Route.BATCH), text, long


def source_of(records: list[RecordId]) -> PlanSource:
    return PlanSource(
        "drafts", origin=Origin.PROFILE, author="ana", records=tuple(records), route=Route.BATCH
    )


def refreshed(room: CrmRoom, plan: PlanView, records: list[RecordId]) -> PlanRefreshed:
    return room.runtime.refresh_plan(plan.id, source_of(records), act=room.runtime.new_id())


def seqs(room: CrmRoom, plan: PlanView) -> dict[str, int]:
    jobs = [group.job_id for group in plan.groups]
    return {row.record_id: row.seq for row in room.runtime.told.plan_rows(jobs)}


def test_what_was_left_out_stays_out_and_what_changed_is_told(room: CrmRoom) -> None:
    records, plan, text, long = typed(room, 4)
    one, other, third, _fourth = records
    numbers, runtime, job = seqs(room, plan), room.runtime, plan.groups[0].job_id
    what = (Unticked(job, (numbers[room.key(one)],)), Unticked(job, (numbers[room.key(other)],), long))
    runtime.leave_out(plan.id, what, act=runtime.new_id())
    room.edit(third, **{text: "somebody else"})
    told = refreshed(room, plan, records)
    assert told.plan.id != plan.id
    assert told.changes.verdicts == (("send", "conflict", 1),)
    assert (told.changes.held_otherwise, told.changes.lost) == (0, 0)
    (group,) = told.plan.groups
    assert (group.send, group.conflict, told.plan.left_out) == (2, 1, 2)
    before = len(room.running.crm.applied.entries(after=0))
    room.send(told.plan)
    sent = {row["id"]: set(row["fields"]) for row in room.ours(after=before)}
    assert sent == {room.key(other): {text}, room.key(records[3]): {text, long}}
    with pytest.raises(WritebackError):
        runtime.open_plan(plan.id)


def test_a_refresh_that_fails_leaves_the_plan_as_it_was(room: CrmRoom) -> None:
    records, plan, *_ = typed(room, 2)
    with pytest.raises(WritebackError):
        room.runtime.refresh_plan(plan.id, PlanSource("nothing"), act=room.runtime.new_id())
    assert room.runtime.open_plan(plan.id).groups[0].send == 2
    told = refreshed(room, plan, records)
    assert (told.changes.verdicts, told.changes.held_otherwise) == ((), 0)


def test_a_row_whose_draft_is_gone_is_said_and_the_same_act_gives_the_same_plan(room: CrmRoom) -> None:
    records, plan, *_ = typed(room, 2)
    runtime, job = room.runtime, plan.groups[0].job_id
    runtime.leave_out(
        plan.id, (Unticked(job, (seqs(room, plan)[room.key(records[0])],)),), act=runtime.new_id()
    )
    runtime.discard_drafts((records[0],), author="ana", act=runtime.new_id())
    act = runtime.new_id()
    told = runtime.refresh_plan(plan.id, source_of(records), act=act)
    assert (told.changes.verdicts, told.changes.lost) == ((("send", "", 1),), 1)
    assert runtime.refresh_plan(plan.id, source_of(records), act=act) == told
