"""The collecting window of a connection: what is changed within it goes as one job, whoever's act it was."""

import sqlite3
from collections import abc
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.errors import ConfigurationError
from writeback.model.bulk import BulkEdit
from writeback.model.changes import Origin
from writeback.model.jobs import Assurance, JobState, Route
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.facade import ConnectionChange, Edit, JobView, PlanSource
from writeback.runtime.histories import HistoryEntry
from writeback.store import left_drafts, schema

TEXT, LONG, LIST = AttributeType.TEXT, AttributeType.LONG_TEXT, AttributeType.LIST


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("collecting")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=120) as made:
        yield made


@pytest.fixture
def room(shared: CrmRoom) -> abc.Iterator[CrmRoom]:
    collect(shared, 120)
    yield shared
    for job in shared.runtime.told.jobs(limit=50):
        if job.state is JobState.QUEUED:
            shared.runtime.cancel(str(job.id), act=shared.runtime.new_id())
    shared.runtime.discard_drafts((), act=shared.runtime.new_id())


def collect(room: CrmRoom, seconds: int) -> None:
    room.runtime.change_connection("C", ConnectionChange(collect_s=seconds), act=room.runtime.new_id())


def path_of(room: CrmRoom, kind: AttributeType) -> str:
    return room.facts.fields[kind]


def edit(
    room: CrmRoom,
    rid: RecordId,
    path: str,
    text: str,
    *,
    origin: Origin = Origin.PROFILE,
    author: str = "ana",
) -> JobId:
    """Send one edit at once, as *write on save* does."""
    (answer,) = room.runtime.save_edits(
        (Edit(rid, room.attribute(path), text),),
        origin=origin,
        author=author,
        act=room.runtime.new_id(),
        send=True,
    )
    assert answer.state == "sending", answer
    assert answer.job_id is not None
    assert answer.job_ids == (answer.job_id,)
    return answer.job_id


def job(room: CrmRoom, job_id: JobId) -> JobView:
    return room.runtime.told.job(str(job_id))


def newest(room: CrmRoom, rid: RecordId, path: str) -> HistoryEntry:
    """Give what was written to a value last."""
    record = room.runtime.told.find_record(rid)
    told = room.runtime.told.history(record, attribute=room.attribute(path), limit=20)
    return next(entry for entry in told if entry.number)


def run(room: CrmRoom, *jobs: JobId) -> None:
    for one in jobs:
        room.runtime.start_now(str(one), act=room.runtime.new_id())
    room.runtime.run_until_final(jobs)


def taken(room: CrmRoom, after: int) -> list[tuple[str, dict[str, object]]]:
    return [(one["id"], dict(one["fields"])) for one in room.ours(after=after)]


def test_edits_of_several_surfaces_become_one_job_and_keep_their_origins(room: CrmRoom) -> None:
    first, second, third = room.record(), room.record(), room.record()
    text, long = path_of(room, TEXT), path_of(room, LONG)
    before = len(room.running.crm.applied)
    made = edit(room, first, text, "one")
    assert job(room, made).state is JobState.QUEUED
    assert job(room, made).not_before is not None
    assert edit(room, second, long, "two", origin=Origin.TASK) == made
    assert edit(room, third, text, "three", origin=Origin.SUCCESS_PLAY) == made
    seen = job(room, made)
    assert (seen.counts.rows, seen.columns) == (3, (text, long))
    assert [one.id for one in room.runtime.told.jobs(limit=50) if one.state is JobState.QUEUED] == [made]
    room.runtime.run_until_final(())
    assert taken(room, before) == []
    run(room, made)
    seen = job(room, made)
    assert (seen.state, seen.counts.applied, seen.counts.rows) == (JobState.DONE, 3, 3)
    assert sorted(one["id"] for one in room.ours(after=before)) == sorted(
        map(room.key, (first, second, third))
    )
    assert room.held(second, text, long)[long] == "two"
    for rid, path, origin, value in (
        (first, text, "profile", "one"),
        (second, long, "task", "two"),
        (third, text, "success_play", "three"),
    ):
        assert room.shown(rid)[path] == value
        assert room.mark(rid, path) is None
        entry = newest(room, rid, path)
        assert (entry.origin, entry.author, entry.number) == (origin, "ana", seen.number)
    assert room.runtime.doctor().ok


def test_joining_never_lowers_who_checks(room: CrmRoom) -> None:
    text, jobs = path_of(room, TEXT), []
    for _ in range(2):  # more together than one checked request holds
        rids = [room.record() for _ in range(14)]
        room.save({(rid, text): "checked" for rid in rids})
        plan = room.plan_drafts(rids, None)
        assert plan.groups[0].assurance is Assurance.A
        jobs += room.runtime.submit(plan.id, act=room.runtime.new_id())
    assert jobs == [jobs[0]] * 2
    assert (job(room, jobs[0]).assurance, job(room, jobs[0]).counts.rows) == (Assurance.A, 28)
    rids = [room.record() for _ in range(2)]
    room.save({(rid, text): "compared" for rid in rids})
    source = PlanSource(
        "drafts",
        origin=Origin.PROFILE,
        author="ana",
        records=tuple(rids),
        route=Route.BATCH,
        assurance=Assurance.B,
    )
    plan = room.runtime.propose(source, act=room.runtime.new_id())
    assert plan.groups[0].assurance is Assurance.B
    (other,) = room.runtime.submit(plan.id, act=room.runtime.new_id())
    assert other != jobs[0], "its rows are compared by us, the others' by the CRM"
    assert job(room, jobs[0]).assurance is Assurance.A


@pytest.mark.nightly
def test_a_segment_edit_joins_what_was_saved_before(room: CrmRoom) -> None:
    first, others = room.record(), [room.record() for _ in range(3)]
    text = path_of(room, TEXT)
    made = edit(room, first, text, "before")
    source = PlanSource(
        "segment",
        origin=Origin.SEGMENT,
        author="ana",
        records=tuple(others),
        sets=(BulkEdit.typed(room.attribute(path_of(room, LONG)), "from a segment"),),
    )
    plan = room.runtime.propose(source, act=room.runtime.new_id())
    assert room.runtime.submit(plan.id, act=room.runtime.new_id()) == (made,)
    run(room, made)
    assert job(room, made).counts.applied == 4
    assert newest(room, others[0], path_of(room, LONG)).origin == "segment"


@pytest.mark.nightly
def test_a_record_that_is_in_it_already_gets_a_job_behind_it(room: CrmRoom) -> None:
    rid = room.record()
    text = path_of(room, TEXT)
    before = len(room.running.crm.applied)
    first = edit(room, rid, text, "first")
    second = edit(room, rid, path_of(room, LONG), "second")
    assert first != second
    run(room, first, second)
    assert [job(room, one).counts.applied for one in (first, second)] == [1, 1]
    assert len(taken(room, before)) == 2


def test_a_later_edit_never_overtakes_an_earlier_one_of_its_record(room: CrmRoom) -> None:
    twice, other = room.record(), room.record()
    text = path_of(room, TEXT)
    first = edit(room, twice, text, "first")
    both = room.runtime.save_edits(
        tuple(Edit(rid, room.attribute(text), "second") for rid in (twice, other)),
        origin=Origin.TASK, author="ana", act=room.runtime.new_id(), send=True,
    )  # fmt: skip
    (second,) = {one.job_id for one in both}
    assert second not in (None, first)
    third = edit(room, other, text, "third")
    assert third not in (first, second), "it would be written before what was wished earlier"


def test_what_a_job_found_to_be_so_is_told_under_the_one_it_joined(room: CrmRoom) -> None:
    already, fresh = room.record(), room.record()
    text = path_of(room, TEXT)
    made = edit(room, room.record(), text, "first")
    room.edit(already, **{text: "so already"})
    told = room.runtime.save_edits(
        tuple(Edit(rid, room.attribute(text), "so already") for rid in (already, fresh)),
        origin=Origin.TASK, author="ana", act=room.runtime.new_id(), send=True,
    )  # fmt: skip
    assert [(one.state, one.job_id) for one in told] == [("unchanged", made), ("sending", made)]
    with closing(sqlite3.connect(Path(room.runtime.workspace.path))) as db:
        noted = db.execute("select job_id from value_changes where rid = ? and job_id <> ''", (already,))
        assert noted.fetchall() == [(made,)]


def test_the_trials_of_a_plan_that_joined_may_hold_its_edits_too(room: CrmRoom) -> None:
    text, rids = path_of(room, TEXT), [room.record() for _ in range(2)]
    made = edit(room, room.record(), text, "first")
    room.save({(rid, text): "tried" for rid in rids})
    plan = room.plan_drafts(rids, None)
    tried = room.runtime.trial_run(plan.id, 1, act=room.runtime.new_id())
    assert room.runtime.submit(plan.id, act=room.runtime.new_id()) == (made,)
    with room.runtime.workspace.reading() as db:
        sets = dict(db.execute(select(schema.jobs.c.id, schema.jobs.c.change_set_id)).all())
        family = left_drafts.family(db, sets[made])
    assert {plan.id, sets[tried.jobs[0]]} <= set(family)
    room.runtime.run_until_final(tried.jobs)


def test_another_persons_edits_are_a_job_of_their_own(room: CrmRoom) -> None:
    text = path_of(room, TEXT)
    assert edit(room, room.record(), text, "a") != edit(room, room.record(), text, "b", author="ben")


def test_what_begun_or_whose_window_is_over_takes_nobody_in(room: CrmRoom) -> None:
    text = path_of(room, TEXT)
    first = edit(room, room.record(), text, "early")
    with closing(sqlite3.connect(Path(room.runtime.workspace.path))) as db:
        db.execute("update jobs set not_before = '2020-01-01T00:00:00.000000Z' where id = ?", (first,))
        db.commit()
    second = edit(room, room.record(), text, "late")
    assert first != second
    room.runtime.run_until_final((first,))  # its window is over: nobody need say so
    assert job(room, first).state is JobState.DONE
    assert edit(room, room.record(), text, "later") == second


@pytest.mark.nightly
def test_a_job_that_was_sent_now_takes_nobody_in(room: CrmRoom) -> None:
    text = path_of(room, TEXT)
    first = edit(room, room.record(), text, "x")
    run(room, first)
    assert edit(room, room.record(), text, "y") != first
    with pytest.raises(ConfigurationError) as refused:
        room.runtime.start_now(str(first), act=room.runtime.new_id())
    assert refused.value.code == "job.not_waiting"


def test_an_act_that_joined_and_is_asked_for_again_says_so_and_sends_nothing(room: CrmRoom) -> None:
    text = room.attribute(path_of(room, TEXT))
    made = edit(room, room.record(), path_of(room, TEXT), "first")
    wished = (Edit(room.record(), text, "joins"),)
    for _ in range(2):  # the answer was lost on its way: the front end asks with the same act
        (told,) = room.runtime.sending.save_edits(
            wished, origin=Origin.TASK, author="ana", send=True, act="joining"
        )
        assert (told.state, told.job_id) == ("sending", made)
    assert job(room, made).counts.rows == 2


def test_cancelling_gives_everybody_their_edits_back(room: CrmRoom) -> None:
    first, second = room.record(), room.record()
    text = path_of(room, TEXT)
    before = len(room.running.crm.applied)
    made = edit(room, first, text, "one")
    assert edit(room, second, text, "two", origin=Origin.INSIGHT_FORM) == made
    room.runtime.cancel(str(made), act=room.runtime.new_id())
    assert taken(room, before) == []
    for rid, value in ((first, "one"), (second, "two")):
        mark = room.mark(rid, text)
        assert (mark.state, mark.new) == ("draft", value)
    plan = room.plan_drafts((first, second), None)
    assert sum(group.send for group in plan.groups) == 2
    room.runtime.discard_plan(plan.id, act=room.runtime.new_id())


def test_a_conflict_within_it_is_its_edits_own(room: CrmRoom) -> None:
    good, bad = room.record(), room.record()
    text = path_of(room, TEXT)
    made = edit(room, good, text, "fine")
    assert edit(room, bad, text, "ours", origin=Origin.TASK) == made
    room.edit(bad, **{text: "theirs"})
    run(room, made)
    counts = job(room, made).counts
    assert (counts.applied, counts.conflict) == (1, 1)
    assert room.mark(good, text) is None
    mark = room.mark(bad, text)
    assert (mark.state, mark.theirs, mark.new) == ("conflict", "theirs", "ours")
    plan = room.plan_drafts((bad,), None)  # it waits as the draft it was, and nobody holds it
    assert sum(group.rows for group in plan.groups) == 1
    room.runtime.discard_plan(plan.id, act=room.runtime.new_id())


@pytest.mark.nightly
def test_files_and_trials_start_at_once(room: CrmRoom) -> None:
    plan = room.plan_file([path_of(room, TEXT)], {room.record(): ["from a file"]}, room.facts.routes[0])
    (made,) = room.send(plan)
    assert job(room, made).counts.applied == 1
    rids = [room.record() for _ in range(3)]
    room.save({(rid, path_of(room, TEXT)): "trial" for rid in rids})
    told = room.runtime.trial_run(room.plan_drafts(rids, None).id, 1, act=room.runtime.new_id())
    assert job(room, told.jobs[0]).not_before is None
    room.runtime.run_until_final(told.jobs)


@pytest.mark.nightly
def test_a_connection_that_collects_nothing_starts_at_once(room: CrmRoom) -> None:
    collect(room, 0)
    text = path_of(room, TEXT)
    first = edit(room, room.record(), text, "a")
    second = edit(room, room.record(), text, "b")
    assert first != second
    assert job(room, first).not_before is None
    room.runtime.run_until_final((first, second))


def test_a_window_that_is_none_is_refused(room: CrmRoom) -> None:
    for seconds in (-1, 121):
        with pytest.raises(ConfigurationError) as refused:
            collect(room, seconds)
        assert refused.value.code == "connection.bad_window"
