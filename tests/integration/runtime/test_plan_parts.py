"""Rows and fields of a plan are left out and taken back, some go first, and a plan starts later."""

from collections import abc
from datetime import timedelta
from pathlib import Path

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.errors import ConfigurationError, GuardError, NotPermittedError
from writeback.model.changes import Origin
from writeback.model.jobs import Assurance, JobState, Route
from writeback.model.permissions import Level, Permission
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.facade import PlanSource, PlanView
from writeback.runtime.facade.jobs import Unticked
from writeback.runtime.plan_parts import PlanParts
from writeback.settings import author
from writeback.store import permissions, plan_moves, sqlite, value_states


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("parts")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=60) as made:
        yield made


def typed(room: CrmRoom, rows: int) -> tuple[list[RecordId], PlanView, str, str]:
    """Type two fields of some records, and plan them."""
    text, long = room.facts.fields[AttributeType.TEXT], room.facts.fields[AttributeType.LONG_TEXT]
    records = [room.record() for _ in range(rows)]
    room.save({(rid, path): f"new {rid}" for rid in records for path in (text, long)})
    return records, room.plan_drafts(records, Route.BATCH), text, long


def arrived(room: CrmRoom, after: int) -> dict[str, set[str]]:
    return {one["id"]: set(one["fields"]) for one in room.ours(after=after)}


def seqs(room: CrmRoom, plan: PlanView) -> dict[str, int]:
    jobs = [group.job_id for group in plan.groups]
    return {row.record_id: row.seq for row in room.runtime.told.plan_rows(jobs)}


def test_what_is_left_out_is_not_sent_and_stays_a_draft(room: CrmRoom) -> None:
    (one, other, third), plan, text, long = typed(room, 3)
    numbers, runtime = seqs(room, plan), room.runtime
    job = plan.groups[0].job_id
    what = (
        Unticked(job, (numbers[room.key(one)],)),
        Unticked(job, (numbers[room.key(other)],), long),
    )
    left = runtime.leave_out(plan.id, what, act=runtime.new_id())
    assert (left.groups[0].send, left.left_out) == (2, 2)
    before = len(room.running.crm.applied.entries(after=0))
    room.send(left)
    assert arrived(room, before) == {room.key(other): {text}, room.key(third): {text, long}}
    assert room.mark(one, text).state == "draft"
    assert room.mark(other, long).state == "draft"
    assert room.mark(other, text) is None
    again = room.plan_drafts((one, other, third), Route.BATCH)
    assert {(row.record_id, row.field) for row in runtime.told.plan_rows([again.groups[0].job_id])} == {
        (room.key(one), text),
        (room.key(one), long),
        (room.key(other), long),
    }


def test_a_row_whose_every_field_is_out_is_out_and_comes_back_whole(room: CrmRoom) -> None:
    _, plan, text, long = typed(room, 2)
    runtime, job = room.runtime, plan.groups[0].job_id
    for field, send in ((text, 2), (long, 0)):
        left = runtime.leave_out(plan.id, (Unticked(job, field=field),), act=runtime.new_id())
        assert left.groups[0].send == send
    assert left.groups[0].forecast is None or left.groups[0].forecast.requests == 0
    back = runtime.take_back(plan.id, (Unticked(job, field=text),), act=runtime.new_id())
    assert (back.groups[0].send, back.left_out) == (2, 2)
    rows = list(runtime.told.plan_rows([job]))
    assert {row.field for row in rows if row.verdict == "send"} == {text}
    assert {row.field for row in rows if row.verdict == "left_out"} == {long}
    back = runtime.take_back(plan.id, (), act=runtime.new_id())
    assert (back.groups[0].send, back.left_out) == (2, 0)
    assert back.groups == runtime.open_plan(plan.id).groups
    before = len(room.running.crm.applied.entries(after=0))
    room.send(back)
    assert {frozenset(fields) for fields in arrived(room, before).values()} == {frozenset({text, long})}


def test_one_field_of_a_row_that_is_out_whole_comes_back_alone(room: CrmRoom) -> None:
    (one, other), plan, text, long = typed(room, 2)
    runtime, job, numbers = room.runtime, plan.groups[0].job_id, seqs(room, plan)
    whole = Unticked(job, (numbers[room.key(one)],))
    runtime.leave_out(plan.id, (Unticked(job, whole.rows, long),), act=runtime.new_id())
    runtime.leave_out(plan.id, (whole,), act=runtime.new_id())
    back = runtime.take_back(plan.id, (Unticked(job, whole.rows, long),), act=runtime.new_id())
    assert (back.groups[0].send, back.left_out) == (2, 1)
    before = len(room.running.crm.applied.entries(after=0))
    room.send(back)
    assert arrived(room, before) == {room.key(one): {long}, room.key(other): {text, long}}
    assert room.mark(one, text).state == "draft"


def test_route_and_who_checks_are_chosen_by_hand_where_the_connector_has_them(room: CrmRoom) -> None:
    records, plan, text, long = typed(room, 3)
    runtime, (group,) = room.runtime, plan.groups
    assert set(group.ways) == {(one, who) for one in (Route.SINGLE, Route.BATCH) for who in "AB"}
    assert (group.route, group.assurance) in group.ways
    told = runtime.choose_route(plan.id, group.job_id, Route.SINGLE, Assurance.B, act=runtime.new_id())
    assert (told.groups[0].route, told.groups[0].assurance) == (Route.SINGLE, Assurance.B)
    assert told.groups[0].calls != group.calls
    assert told.groups == runtime.open_plan(plan.id).groups
    with pytest.raises(ConfigurationError, match=r"route\.not_offered"):
        runtime.choose_route(plan.id, group.job_id, Route.BULK, Assurance.B, act=runtime.new_id())
    before = len(room.running.crm.applied.entries(after=0))
    (job,) = room.send(told)
    view = runtime.told.job(job)
    assert (view.route, view.assurance, view.counts.applied) == (Route.SINGLE, Assurance.B, 3)
    assert arrived(room, before) == {room.key(rid): {text, long} for rid in records}


def test_an_upload_is_offered_only_where_every_row_was_found_fit_for_it(room: CrmRoom) -> None:
    records, plan, *_ = typed(room, 2)
    runtime = room.runtime
    by_volume = room.plan_drafts(records, None)
    assert (Route.BULK, Assurance.B) in by_volume.groups[0].ways
    assert (Route.BULK, Assurance.A) not in by_volume.groups[0].ways  # nobody checks versions in an upload
    job = by_volume.groups[0].job_id
    told = runtime.choose_route(by_volume.id, job, Route.BULK, Assurance.B, act=runtime.new_id())
    (sent,) = room.send(told)
    assert (runtime.told.job(sent).route, runtime.told.job(sent).counts.applied) == (Route.BULK, 2)
    runtime.discard_plan(plan.id, act=runtime.new_id())


def test_a_pull_shows_which_records_of_a_plan_moved_since_it_was_checked(room: CrmRoom) -> None:
    (one, _other, third), plan, text, _ = typed(room, 3)

    def moved(of: PlanView) -> int:
        with room.runtime.workspace.reading() as db:
            return plan_moves.moved(db, of.id)

    room.edit(one, **{text: "theirs"})
    assert moved(plan) == 0  # nobody has looked
    room.runtime.pull(room.integration.id, act=room.runtime.new_id())
    assert moved(plan) == 1
    room.edit(third, **{text: "theirs too"})
    room.runtime.pull(room.integration.id, act=room.runtime.new_id())
    assert moved(plan) == 2
    fresh = room.plan_drafts((one, third), Route.BATCH)
    assert moved(fresh) == 0
    for made in (plan, fresh):
        room.runtime.discard_plan(made.id, act=room.runtime.new_id())


def test_a_trial_sends_the_first_rows_and_leaves_the_rest_a_plan(room: CrmRoom) -> None:
    records, plan, *_ = typed(room, 5)
    runtime = room.runtime
    before = len(room.running.crm.applied.entries(after=0))
    tried = runtime.trial_run(plan.id, 2, act=runtime.new_id())
    runtime.run_until_final(tried.jobs)
    assert set(arrived(room, before)) == {room.key(rid) for rid in sorted(records)[:2]}
    assert tried.rest is not None
    assert (tried.rest.id, tried.rest.groups[0].send) == (plan.id, 3)
    room.send(tried.rest)
    assert set(arrived(room, before)) == {room.key(rid) for rid in records}
    assert all(room.mark(rid, path) is None for rid in records for path in ("Site", "Description"))
    with pytest.raises(ConfigurationError, match=r"plan\.not_open"):
        runtime.trial_run(plan.id, 2, act=runtime.new_id())


def test_a_trial_of_everything_leaves_nothing(room: CrmRoom) -> None:
    _, plan, *_ = typed(room, 2)
    tried = room.runtime.trial_run(plan.id, 50, act=room.runtime.new_id())
    assert tried.rest is None
    room.runtime.run_until_final(tried.jobs)


def test_nothing_is_sent_before_a_job_starts_and_it_can_be_cancelled_for_free(room: CrmRoom) -> None:
    (record,), plan, text, _ = typed(room, 1)
    runtime = room.runtime
    (job,) = runtime.submit(plan.id, wait_s=3600, act=runtime.new_id())
    view = runtime.told.job(job)
    assert view.state is JobState.QUEUED
    assert view.not_before is not None
    assert view.submitted_at is not None
    assert timedelta(minutes=59) < view.not_before - view.submitted_at <= timedelta(minutes=60)
    before = len(room.running.crm.applied.entries(after=0))
    assert runtime.cancel(job, act=runtime.new_id()).state is JobState.CANCELLED
    assert arrived(room, before) == {}
    assert room.mark(record, text).state == "draft"
    with pytest.raises(ConfigurationError, match=r"plan\.bad_wait"):
        runtime.submit(room.plan_drafts((record,), None).id, wait_s=-1, act=runtime.new_id())


def test_a_file_tells_of_rows_that_were_left_out(room: CrmRoom, tmp_path: Path) -> None:
    path = room.facts.fields[AttributeType.TEXT]
    records = [room.record() for _ in range(3)]
    plan = room.plan_file([path], {rid: [f"file {rid}"] for rid in records}, Route.BATCH)
    runtime = room.runtime
    left = runtime.leave_out(plan.id, (Unticked(plan.groups[0].job_id, (2,)),), act=runtime.new_id())
    jobs = room.send(left)
    source = max(room.folder.glob("rows*.csv"), key=lambda one: one.stat().st_mtime_ns)
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    runtime.sending.write_result_files(jobs, source, written=good, not_written=bad, raw=True)
    bad_lines = bad.with_name("bad.raw.csv").read_text("utf-8").splitlines()
    assert len(bad_lines) == 2
    assert room.key(records[1]) in bad_lines[1]
    assert "plan.left_out" in bad_lines[1]
    assert len(good.with_name("good.raw.csv").read_text("utf-8").splitlines()) == 3


def test_what_was_refused_is_put_right_and_only_that_is_sent_again(room: CrmRoom) -> None:
    tier, text = room.facts.fields[AttributeType.LIST], room.facts.fields[AttributeType.TEXT]
    records = [room.record() for _ in range(3)]
    cells = {records[0]: ["Wrong", "a"], records[1]: ["Gold", "b"], records[2]: ["Odd", "c"]}
    (job,) = room.send(room.plan_file([tier, text], cells, Route.BATCH))
    blocked = {row.record_id: row.seq for row in room.rows((job,)) if row.outcome == "blocked"}
    assert set(blocked) == {room.key(records[0]), room.key(records[2])}
    fixes = ((blocked[room.key(records[0])], tier, "Silver"), (blocked[room.key(records[0])], text, "A"))
    source = PlanSource("retry", origin=Origin.CLI, author="ana", job_id=JobId(job), fixes=fixes)
    runtime = room.runtime
    plan = runtime.propose(source, act=runtime.new_id())
    before = len(room.running.crm.applied.entries(after=0))
    (again,) = room.send(plan)
    assert arrived(room, before) == {room.key(records[0]): {tier, text}}
    assert room.held(records[0], tier, text) == {tier: "Silver", text: "A"}
    assert runtime.told.job(again).retry_of == job
    wrong = PlanSource(
        "retry", origin=Origin.CLI, author="ana", job_id=JobId(job), fixes=((1, tier, "Worse"),)
    )
    plan = runtime.propose(wrong, act=runtime.new_id())
    assert [row.verdict for row in runtime.told.plan_rows([plan.groups[0].job_id])] == ["blocked"]


def test_an_edit_typed_after_a_big_plan_is_no_conflict_when_that_plan_is_done(
    room: CrmRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(value_states, "MOST", 2)  # as many rows as this are tracked value by value
    records, plan, text, _ = typed(room, 4)
    one, other = records[:2]
    room.save({(one, text): "typed later"})
    room.send(plan)
    assert room.held(one, text) == {text: f"new {one}"}
    room.edit(other, **{text: "theirs"})
    room.save({(other, text): "mine"})
    again = room.plan_drafts((one, other), Route.BATCH)
    verdicts = {
        (row.record_id, row.verdict, row.old) for row in room.runtime.told.plan_rows([again.groups[0].job_id])
    }
    assert (room.key(one), "send", f"new {one}") in verdicts
    room.send(again)
    assert room.held(one, text) == {text: "typed later"}


def test_what_was_refused_and_put_right_leaves_no_edit_of_the_refused_value(room: CrmRoom) -> None:
    text, runtime = room.facts.fields[AttributeType.TEXT], room.runtime
    one, other = room.record(), room.record()
    room.save({(one, text): "refused", (other, text): "refused"})
    for rid in (one, other):
        room.arm("duplicate", object=room.facts.object, id=room.key(rid))
    (job,) = room.send(room.plan_drafts((one, other), Route.BATCH))
    assert [room.mark(rid, text).state for rid in (one, other)] == ["refused", "refused"]
    room.save({(other, text): "typed since"})
    seq = {row.record_id: row.seq for row in room.rows((job,))}
    fixes = tuple((seq[room.key(rid)], text, "put right") for rid in (one, other))
    source = PlanSource("retry", origin=Origin.CLI, author="ana", job_id=JobId(job), fixes=fixes)
    room.send(runtime.propose(source, act=runtime.new_id()))
    assert room.held(one, text) == room.held(other, text) == {text: "put right"}
    assert room.mark(one, text) is None
    assert room.mark(other, text).new == "typed since"
    plan = room.plan_drafts((one,), Route.BATCH)
    assert not any(group.send for group in plan.groups)


def test_parts_of_a_record_that_an_undo_could_not_put_back_go_as_one_write(room: CrmRoom) -> None:
    tier, text = (room.facts.fields[kind] for kind in (AttributeType.LIST, AttributeType.TEXT))
    one, runtime = room.record(), room.runtime
    room.edit(one, **{tier: "Gold", text: "before"})
    (job,) = room.send(room.plan_file([tier, text], {one: ["Silver", "after"]}, Route.BATCH))
    with runtime.workspace.writing() as db:  # as of what was written unseen
        sqlite.run(db, "update writes set old = replace(old, '\"Gold\"', '{}') where job_id = ?", (job,))
    room.arm("duplicate", object=room.facts.object, id=room.key(one))
    undo = PlanSource("undo", origin=Origin.UNDO, author="ana", job_id=JobId(job))
    (undone,) = room.send(runtime.propose(undo, act=runtime.new_id()))
    ends = {row.outcome: row.seq for row in room.rows((undone,)) if row.record_id == room.key(one)}
    assert set(ends) == {"blocked", "rejected"}
    fixes = ((ends["blocked"], tier, "Bronze"),)
    source = PlanSource("retry", origin=Origin.CLI, author="ana", job_id=JobId(undone), fixes=fixes)
    before = len(room.running.crm.applied.entries(after=0))
    room.send(runtime.propose(source, act=runtime.new_id()))
    assert arrived(room, before) == {room.key(one): {tier, text}}
    assert room.held(one, tier, text) == {tier: "Bronze", text: "before"}


def test_what_a_drift_keeps_from_being_put_back_keeps_no_other_field_of_the_record(room: CrmRoom) -> None:
    tier, text = (room.facts.fields[kind] for kind in (AttributeType.LIST, AttributeType.TEXT))
    one, other, runtime = room.record(), room.record(), room.runtime
    for rid, was in ((one, "Gold"), (other, "Bronze")):
        room.edit(rid, **{tier: was, text: "before"})
    cells = {rid: ["Silver", "after"] for rid in (one, other)}
    (job,) = room.send(room.plan_file([tier, text], cells, Route.BATCH))
    room.arm("drift", object=room.facts.object, field=tier, change="option_gone", option="Gold")
    runtime.describe("C", room.facts.object, refresh=True)
    undo = PlanSource("undo", origin=Origin.UNDO, author="ana", job_id=JobId(job))
    (undone,) = room.send(runtime.propose(undo, act=runtime.new_id()))
    for rid in (one, other):
        assert room.held(rid, tier, text) == {tier: "Silver", text: "before"}
        ends = {row.outcome: row.fields for row in room.rows((undone,)) if row.record_id == room.key(rid)}
        assert ends == {"applied": text, "blocked": tier}


def test_who_may_only_look_unticks_nothing(room: CrmRoom) -> None:
    _, plan, _, _ = typed(room, 1)
    runtime, me = room.runtime, author()
    with runtime.workspace.writing() as db:
        for name, level in (("somebody else", Level.GLOBAL_ADMIN), (me, Level.VIEWER)):
            permissions.put(db, Permission(name, level, "somebody else", runtime.workspace.now()))
    try:
        for call in (runtime.leave_out, runtime.take_back):
            with pytest.raises(NotPermittedError):
                call(plan.id, (), act=f"no {call.__name__}")
    finally:
        with runtime.workspace.writing() as db:
            sqlite.run(db, "delete from permissions")
    assert runtime.open_plan(plan.id).groups[0].send == plan.groups[0].send
    runtime.discard_plan(plan.id, act="drop")


def test_guards_hold_for_what_came_back_before_a_crash(
    room: CrmRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(_parts: PlanParts, _plan: str) -> PlanView:
        raise KeyboardInterrupt

    _, plan, _, _ = typed(room, 3)
    runtime, job = room.runtime, plan.groups[0].job_id
    rows = tuple(seqs(room, plan).values())
    runtime.set_guard_limits("", (("rows", 1.0),), act=runtime.new_id())
    try:
        runtime.leave_out(plan.id, (Unticked(job, rows[:2]),), act=runtime.new_id())
        with monkeypatch.context() as patch:
            patch.setattr(PlanParts, "restate", ends)
            with pytest.raises(KeyboardInterrupt):
                runtime.take_back(plan.id, (), act=runtime.new_id())
        with pytest.raises(GuardError, match=r"guard\.rows"):
            runtime.submit(plan.id, act=runtime.new_id())
    finally:
        runtime.set_guard_limits("", (), forget=("rows",), act=runtime.new_id())


def test_clears_that_came_back_before_a_crash_are_measured_again_though_as_many_rows_are_sent(
    room: CrmRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(_parts: PlanParts, _plan: str) -> PlanView:
        raise KeyboardInterrupt

    text, long = room.facts.fields[AttributeType.TEXT], room.facts.fields[AttributeType.LONG_TEXT]
    records, runtime = [room.record() for _ in range(3)], room.runtime
    for rid in records:
        room.edit(rid, **{long: "to be cleared"})
    runtime.pull(room.integration.id, act=runtime.new_id())
    room.save({(rid, path): new for rid in records for path, new in ((text, f"new {rid}"), (long, None))})
    limits = (("blanks", 50.0), ("blanks_from", 1.0))
    runtime.set_guard_limits("", limits, act=runtime.new_id())
    try:
        plan = room.plan_drafts(records, Route.BATCH)
        job, rows = plan.groups[0].job_id, tuple(seqs(room, plan).values())
        left = runtime.leave_out(plan.id, (Unticked(job, rows[:2], long),), act=runtime.new_id())
        assert (left.groups[0].send, left.groups[0].guards) == (3, ())
        with monkeypatch.context() as patch:
            patch.setattr(PlanParts, "restate", ends)
            with pytest.raises(KeyboardInterrupt):
                runtime.take_back(plan.id, (), act=runtime.new_id())
        with pytest.raises(GuardError, match=r"guard\.blanks"):
            runtime.submit(plan.id, act=runtime.new_id())
    finally:
        runtime.set_guard_limits("", (), forget=tuple(name for name, _ in limits), act=runtime.new_id())
