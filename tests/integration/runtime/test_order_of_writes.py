"""A record is written in the order in which it was wished, and nobody is in conflict with themselves."""

from collections import abc
from typing import Any

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import JobState
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.facade import ConnectionChange, Edit, JobView, PlanSource
from writeback.store import ordering

TEXT, LONG, MANY = AttributeType.TEXT, AttributeType.LONG_TEXT, AttributeType.MULTI_LIST


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("order")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=60) as made:
        yield made


@pytest.fixture
def room(shared: CrmRoom) -> abc.Iterator[CrmRoom]:
    shared.runtime.change_connection("C", ConnectionChange(collect_s=120), act=shared.runtime.new_id())
    yield shared
    for job in shared.runtime.told.jobs(limit=50):
        if job.state in (JobState.QUEUED, JobState.PAUSED):
            shared.runtime.cancel(str(job.id), act=shared.runtime.new_id())
    shared.runtime.discard_drafts((), act=shared.runtime.new_id())


def edit(room: CrmRoom, rid: RecordId, path: str, text: str | None, *, author: str = "ana") -> JobId:
    """Send one edit at once, as *write on save* does."""
    (answer,) = room.runtime.save_edits(
        (Edit(rid, room.attribute(path), text),), origin=Origin.PROFILE, author=author,
        act=room.runtime.new_id(), send=True,
    )  # fmt: skip
    assert answer.state == "sending", answer
    assert answer.job_id is not None
    return answer.job_id


def path_of(room: CrmRoom, kind: AttributeType) -> str:
    return room.facts.fields[kind]


def job(room: CrmRoom, job_id: JobId) -> JobView:
    return room.runtime.told.job(str(job_id))


def applied(room: CrmRoom, rid: RecordId, path: str) -> list[Any]:
    """Give what the CRM took from us for a field, one after the other."""
    return [dict(one["fields"])[path] for one in room.ours(rid) if path in dict(one["fields"])]


def run(room: CrmRoom, *jobs: JobId) -> None:
    """Let the last one go: what has to be written before it goes along."""
    room.runtime.start_now(str(jobs[-1]), act=room.runtime.new_id())
    room.runtime.run_until_final((jobs[-1],))


@pytest.mark.parametrize("texts", [("first", "second", "third"), ("there and", "back", "there and")])
def test_the_next_edits_of_a_value_follow_ones_own(room: CrmRoom, texts: tuple[str, ...]) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    jobs = [edit(room, rid, path, text) for text in texts]
    assert len(set(jobs)) == len(texts)
    assert job(room, jobs[-1]).behind == tuple(job(room, one).number for one in jobs[:-1])
    run(room, *jobs)
    assert [job(room, one).counts.applied for one in jobs] == [1] * len(texts)
    assert applied(room, rid, path) == list(texts)
    assert room.held(rid, path)[path] == texts[-1]
    assert room.mark(rid, path) is None
    assert job(room, jobs[-1]).behind == ()


def test_a_value_that_is_taken_back_before_it_was_sent_stands_as_it_was(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    before = room.held(rid, path)[path]
    jobs = edit(room, rid, path, "a slip"), edit(room, rid, path, before)
    run(room, *jobs)
    assert applied(room, rid, path) == ["a slip", before]
    assert room.held(rid, path)[path] == before
    assert room.mark(rid, path) is None


def test_what_is_wished_again_arrives_though_the_first_was_refused(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    first = edit(room, rid, path, "same")
    second = edit(room, rid, path, "same")
    room.runtime.cancel(str(first), act=room.runtime.new_id())
    run(room, second)
    assert job(room, second).counts.applied == 1
    assert room.held(rid, path)[path] == "same"


def test_what_is_added_to_a_list_twice_stands_there_twice(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, MANY)
    one, other = room.filled(MANY).split(";")[:2]
    room.edit(rid, **{path: None})
    room.runtime.pull(room.integration.id, act=room.runtime.new_id())
    jobs = []
    for option in (one, other):
        (told,) = room.runtime.save_edits(
            (Edit(rid, room.attribute(path), option, mode=MultiMode.ADD),), origin=Origin.PROFILE,
            author="ana", act=room.runtime.new_id(), send=True,
        )  # fmt: skip
        assert told.job_id is not None
        jobs.append(told.job_id)
    run(room, *jobs)
    assert set(str(room.held(rid, path)[path]).split(";")) == {one, other}


def test_somebody_elses_change_between_is_a_conflict_still(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    jobs = edit(room, rid, path, "ours"), edit(room, rid, path, "ours too")
    room.edit(rid, **{path: "theirs"})
    run(room, *jobs)
    assert [job(room, one).counts.conflict for one in jobs] == [1, 1]
    assert room.held(rid, path)[path] == "theirs"


def test_what_somebody_put_back_after_ones_own_first_edit_is_a_conflict(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    before = room.held(rid, path)[path]
    first, second = edit(room, rid, path, "mine"), edit(room, rid, path, "mine again")
    run(room, first)
    assert room.held(rid, path)[path] == "mine"
    room.edit(rid, **{path: before})
    run(room, second)
    assert job(room, second).counts.conflict == 1
    assert room.held(rid, path)[path] == before


def test_another_persons_edit_of_the_value_is_a_conflict_and_goes_second(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    jobs = edit(room, rid, path, "ana"), edit(room, rid, path, "ben", author="ben")
    run(room, *jobs)
    assert [(job(room, one).counts.applied, job(room, one).counts.conflict) for one in jobs] == [
        (1, 0),
        (0, 1),
    ]
    assert room.held(rid, path)[path] == "ana"


def test_a_file_goes_after_the_edits_that_collect_for_its_records(room: CrmRoom) -> None:
    rid, other, path = room.record(), room.record(), path_of(room, TEXT)
    first = edit(room, rid, path, "typed")
    plan = room.plan_file([path], {rid: ["from the file"], other: ["alone"]}, room.facts.routes[1])
    (second,) = room.runtime.submit(plan.id, act=room.runtime.new_id())
    assert job(room, first).not_before is None, "it begins now"
    room.runtime.run_until_final((second,))
    assert [(job(room, one).counts.applied, job(room, one).counts.conflict) for one in (first, second)] == [
        (1, 0), (2, 0)
    ]  # fmt: skip
    assert applied(room, rid, path) == ["typed", "from the file"]


def test_a_file_whose_values_win_is_not_overwritten_by_an_earlier_edit(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    first = edit(room, rid, path, "typed")
    room.runtime.pause(str(first), act=room.runtime.new_id())
    plan = room.plan_file([path], {rid: ["newest"]}, room.facts.routes[1], rule=ConflictRule.OURS)
    (second,) = room.runtime.submit(plan.id, act=room.runtime.new_id())
    room.runtime.run_until_final((second,))
    assert applied(room, rid, path) == []
    assert job(room, second).behind == (job(room, first).number,)
    room.runtime.resume(str(first), act=room.runtime.new_id())
    room.runtime.run_until_final((second,))
    assert applied(room, rid, path) == ["typed", "newest"]


def test_an_edit_that_lay_here_does_not_follow_what_its_author_sent_since(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    room.runtime.save_edits(
        (Edit(rid, room.attribute(path), "wished first"),), origin=Origin.PROFILE, author="ana",
        act=room.runtime.new_id(),
    )  # fmt: skip
    newer = room.plan_file([path], {rid: ["wished since"]}, room.facts.routes[1], rule=ConflictRule.OURS)
    jobs = room.runtime.submit(newer.id, act=room.runtime.new_id())
    room.runtime.run_until_final(jobs)
    plan = room.runtime.propose(
        PlanSource("drafts", origin=Origin.PROFILE, author="ana", records=(rid,)), act=room.runtime.new_id()
    )
    assert [(group.send, group.conflict) for group in plan.groups] == [(0, 1)]


def test_an_undo_goes_after_what_collects_and_is_no_later_wish(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    first = edit(room, rid, path, "first")
    run(room, first)
    second = edit(room, rid, path, "second")
    source = PlanSource("undo", origin=Origin.UNDO, author="ana", job_id=first)
    plan = room.runtime.propose(source, act=room.runtime.new_id())
    (undo,) = room.runtime.submit(plan.id, act=room.runtime.new_id())
    room.runtime.run_until_final((undo,))
    assert job(room, second).state is JobState.DONE
    assert applied(room, rid, path) == ["first", "second"]
    assert job(room, undo).counts.conflict == 1, "somebody wished something else since"


def test_a_value_shows_what_is_still_to_be_written_while_an_earlier_write_arrives(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    first, second = edit(room, rid, path, "first"), edit(room, rid, path, "second")
    run(room, first)
    assert room.held(rid, path)[path] == "first"
    mark = room.mark(rid, path)
    assert (mark.state, mark.new) == ("queued", "second")
    run(room, second)
    assert room.mark(rid, path) is None


def test_another_field_of_a_record_waits_too_and_other_records_do_not(room: CrmRoom) -> None:
    rid, other, path, long = room.record(), room.record(), path_of(room, TEXT), path_of(room, LONG)
    first = edit(room, rid, path, "held")
    room.runtime.pause(str(first), act=room.runtime.new_id())
    second = edit(room, rid, long, "waits")
    third = edit(room, other, long, "goes")
    assert third != second or job(room, third).counts.rows == 2
    room.runtime.start_now(str(second), act=room.runtime.new_id())
    room.runtime.run_until_final((second,))
    assert job(room, second).state is not JobState.DONE
    assert applied(room, rid, long) == []


def test_a_long_queue_behind_one_record_is_looked_through_once(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    jobs = [edit(room, rid, path, f"value {number}") for number in range(12)]
    asked: list[str] = []

    def is_parked(one: str) -> bool:
        asked.append(one)
        return one == jobs[0]

    with room.runtime.workspace.reading() as db:
        assert ordering.before(db, (jobs[-1],)) == tuple(jobs[:-1])
        assert ordering.is_held(db, jobs[-1], is_parked=is_parked)
        assert len(asked) <= len(jobs)
        assert not ordering.is_held(db, jobs[-1], is_parked=lambda _one: False)


def later(room: CrmRoom, rid: RecordId, path: str, text: str, *, wait_s: float) -> JobId:
    """Submit an edit that starts so much later."""
    plan = room.plan_file([path], {rid: [text]}, room.facts.routes[1], rule=ConflictRule.OURS)
    (made,) = room.runtime.submit(plan.id, wait_s=wait_s, act=room.runtime.new_id())
    return made


def test_jobs_that_start_later_go_by_their_moments_and_never_wait_in_a_ring(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    soon = later(room, rid, path, "soon", wait_s=3600)
    last = later(room, rid, path, "last", wait_s=7 * 24 * 3600)
    assert job(room, soon).behind == (), "it does not wait a week for one that starts after it"
    assert job(room, last).behind == (job(room, soon).number,)
    room.runtime.start_now(str(soon), act=room.runtime.new_id())
    now = later(room, rid, path, "now", wait_s=0)
    room.runtime.run_until_final((now,))
    assert applied(room, rid, path) == ["soon", "now"]
    room.runtime.start_now(str(last), act=room.runtime.new_id())
    room.runtime.run_until_final((last,))
    assert job(room, last).counts.cancelled == 1, "what was wished since is not written over"


def test_a_job_that_was_paused_still_starts_at_its_moment(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    waiting = later(room, rid, path, "tomorrow", wait_s=24 * 3600)
    moment = job(room, waiting).not_before
    room.runtime.pause(str(waiting), act=room.runtime.new_id())
    room.runtime.resume(str(waiting), act=room.runtime.new_id())
    assert job(room, waiting).not_before == moment
    room.runtime.start_now(str(waiting), act=room.runtime.new_id())
    room.runtime.run_until_final((waiting,))
    assert job(room, waiting).counts.applied == 1


def test_a_paused_job_that_starts_later_closes_no_ring(room: CrmRoom) -> None:
    rid, path = room.record(), path_of(room, TEXT)
    last = later(room, rid, path, "last", wait_s=7200)
    soon = later(room, rid, path, "soon", wait_s=3600)
    room.runtime.pause(str(last), act=room.runtime.new_id())
    now = later(room, rid, path, "now", wait_s=0)
    for one in (soon, last):
        with room.runtime.workspace.writing() as db:
            db.exec_driver_sql("update jobs set not_before = null where id = ?", (str(one),))
    room.runtime.resume(str(last), act=room.runtime.new_id())
    room.runtime.run_until_final((now, last, soon))
    assert {job(room, one).state for one in (now, last, soon)} == {JobState.DONE}
