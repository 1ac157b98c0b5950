"""What is left out of a plan, or goes first, where an edit goes to several CRMs: nothing is forgotten."""

import pytest

from tests.integration.runtime.test_fan_out import NAMES, ROWS, Four, four
from writeback.engine.reaching import Reach
from writeback.errors import ApprovalNeededError, GuardError, SignInRequiredError
from writeback.model.bulk import BulkEdit
from writeback.model.changes import Origin
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit, PlanSource, PlanView
from writeback.runtime.facade.jobs import Unticked
from writeback.runtime.reaching import Reaches
from writeback.store import sqlite, wide

__all__ = ["four"]
CONFIRMED = dict.fromkeys(NAMES, "confirmed")


def planned(four: Four, act: str) -> PlanView:
    return four.runtime.propose(PlanSource(kind="drafts"), act=act)


def job_of(plan: PlanView, name: str) -> str:
    return plan.groups[NAMES.index(name)].job_id


def drafts_left(four: Four) -> int:
    with four.runtime.workspace.reading() as db:
        return int(db.exec_driver_sql("select count(*) from drafts").scalar_one())


def two_edits(four: Four) -> tuple[RecordId, RecordId]:
    """Edit two records of which South holds the first one's wish: its first row is the second's."""
    one, other = (row.id for row in four.runtime.told.records("account", limit=2).records)
    for rid in (one, other):
        four.edit(f"new {rid}", send=False, record=rid)
    key = next(link.key for link in four.runtime.told.record(one).links if link.connection == "South")
    four.running["South"].crm.edit("Account", key, {"Description": f"new {one}"})
    return one, other


@pytest.mark.parametrize("what", ["row", "field"])
def test_what_is_left_out_for_one_crm_waits_for_it_when_the_others_took_it(four: Four, what: str) -> None:
    four.edit("three of four", send=False)
    plan = planned(four, "plan")
    field = "" if what == "row" else "Description"
    plan = four.runtime.leave_out(plan.id, (Unticked(job_of(plan, "East"), field=field),), act="out")
    four.run(four.runtime.submit(plan.id, act="submit"))
    assert four.states() == CONFIRMED | {"East": "draft"}
    again = planned(four, "again")
    assert [group.send for group in again.groups] == [0, 0, 1, 0]
    four.run(four.runtime.submit(again.id, act="submit again"))
    assert four.states() == CONFIRMED
    assert drafts_left(four) == 0
    assert [four.written(name) for name in NAMES] == [1, 1, 1, 1]


def test_what_a_trial_sent_to_one_crm_waits_for_the_others(four: Four) -> None:
    _, other = two_edits(four)
    tried = four.runtime.trial_run(planned(four, "plan").id, 1, act="try")
    four.run(tried.jobs)
    assert tried.rest is not None
    four.runtime.discard_plan(tried.rest.id, act="drop")
    again = planned(four, "again")
    assert [group.send for group in again.groups] == [1, 0, 1, 1]
    four.run(four.runtime.submit(again.id, act="submit again"))
    held = {target.connection: target.value for target in four.runtime.told.record(other).targets_of("notes")}
    assert held == dict.fromkeys(NAMES, f"new {other}")
    assert drafts_left(four) == 0


@pytest.mark.parametrize("first", ["trial", "rest"])
def test_an_edit_that_a_trial_and_its_rest_send_ends_with_the_last_of_them(four: Four, first: str) -> None:
    two_edits(four)
    tried = four.runtime.trial_run(planned(four, "plan").id, 1, act="try")
    assert tried.rest is not None
    if first == "trial":
        four.run(tried.jobs)
    rest = four.runtime.submit(tried.rest.id, act="rest")
    four.run((*rest, *tried.jobs))
    assert four.states() == CONFIRMED
    assert drafts_left(four) == 0
    assert [four.written(name) for name in NAMES] == [2, 1, 2, 2]


def test_a_trial_that_a_guard_stops_leaves_the_plan_whole(four: Four) -> None:
    rows = [row.id for row in four.runtime.told.records("account", limit=ROWS).records]
    edits = [Edit(rid, "notes", None if number == 0 else f"new {rid}") for number, rid in enumerate(rows)]
    four.runtime.save_edits(tuple(edits), origin=Origin.PROFILE, author="ana", act="edit")
    four.runtime.set_guard_limits("", {"blanks": 50.0, "blanks_from": 1}, act="limit")
    plan = planned(four, "plan")
    with pytest.raises(GuardError):
        four.runtime.trial_run(plan.id, 1, act="try")
    assert [group.send for group in four.runtime.open_plan(plan.id).groups] == [
        group.send for group in plan.groups
    ]


def test_a_trial_whose_end_nobody_saw_is_neither_lost_nor_sent_twice(
    four: Four, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in four.runtime.told.records("account", limit=4).records:
        four.edit(f"new {row.id}", send=False, record=row.id)
    plan, runtime = planned(four, "plan"), four.runtime
    submit = runtime._submitting.submit  # noqa: SLF001  the process dies here
    died = RuntimeError("killed")

    def killed(*_args: object, **_named: object) -> None:
        raise died

    rejoin = runtime._plan_parts.rejoin  # noqa: SLF001  as dead as the rest
    monkeypatch.setattr(runtime._submitting, "submit", killed)  # noqa: SLF001
    monkeypatch.setattr(runtime._plan_parts, "rejoin", lambda _plan: None)  # noqa: SLF001
    with pytest.raises(RuntimeError):
        runtime.trial_run(plan.id, 1, act="try")
    monkeypatch.setattr(runtime._submitting, "submit", submit)  # noqa: SLF001
    monkeypatch.setattr(runtime._plan_parts, "rejoin", rejoin)  # noqa: SLF001
    tried = runtime.trial_run(plan.id, 1, act="try")
    assert tried.rest is not None
    assert [group.send for group in tried.rest.groups] == [3, 3, 3, 3]
    with runtime.workspace.writing() as db:
        db.exec_driver_sql("delete from acts where id = 'try'")  # the answer was never remembered
    again = runtime.trial_run(plan.id, 1, act="try")
    assert (again.jobs, again.rest) == (tried.jobs, tried.rest)
    four.run((*runtime.submit(plan.id, act="rest"), *tried.jobs))
    assert [four.written(name) for name in NAMES] == [4, 4, 4, 4]
    assert drafts_left(four) == 0


def test_a_plan_that_needs_anothers_word_gets_no_trial_and_waits_as_it_was_asked(four: Four) -> None:
    rids = [row.id for row in four.runtime.told.records("account", limit=3).records]
    for rid in rids:
        four.edit(f"new {rid}", send=False, record=rid)
    four.runtime.set_guard_limits("", {"approval": 2.0}, act="limit")
    plan, runtime = planned(four, "plan"), four.runtime
    with pytest.raises(GuardError, match=r"approval\.trial"):
        runtime.trial_run(plan.id, 1, act="try")
    out = (Unticked(job_of(plan, "North"), (1,)),)
    runtime.leave_out(plan.id, out, act="out")
    with pytest.raises(ApprovalNeededError):
        runtime.submit(plan.id, wait_s=3600, act="submit")
    for change in (runtime.take_back, runtime.leave_out):
        with pytest.raises(ApprovalNeededError):
            change(plan.id, out, act=runtime.new_id())
    runtime._permitting.author = "bob"  # noqa: SLF001  another person at this computer
    jobs = runtime.approve_plan(plan.id, act="approve")
    views = [runtime.told.job(job) for job in jobs]
    assert all(view.not_before is not None for view in views)
    assert [sum(1 for _ in runtime.told.job_rows(job)) for job in jobs] == [2, 3, 3, 3]


class _SignedOut:
    """Reaches of CRMs that nobody is signed in to."""

    def __init__(self, known: Reaches) -> None:
        self.last = known.last

    def __call__(self, _name: str) -> Reach:
        raise SignInRequiredError("sign_in.needed")


def test_guards_are_measured_anew_while_nobody_is_signed_in(
    four: Four, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in four.runtime.told.records("account", limit=4).records:
        four.edit(f"new {row.id}", send=False, record=row.id)
    four.runtime.set_guard_limits("", {"rows": 2.0}, act="limit")
    plan, parts = planned(four, "plan"), four.runtime._plan_parts  # noqa: SLF001  its way to the CRMs
    what = tuple(Unticked(group.job_id, (1, 2)) for group in plan.groups)
    four.runtime.leave_out(plan.id, what, act="out")
    with monkeypatch.context() as signed_out:
        signed_out.setattr(parts, "_reaches", _SignedOut(parts._reaches))  # noqa: SLF001
        four.runtime.take_back(plan.id, (), act="back")
    with pytest.raises(GuardError, match=r"guard\.rows"):
        four.runtime.submit(plan.id, act="submit")


def test_a_crm_that_none_of_the_rows_is_about_gets_no_job(four: Four) -> None:
    record = four.runtime.told.records("account", limit=1).records[0].id
    north = next(one.id for one in four.runtime.told.connections() if one.name == "North")
    with four.runtime.workspace.writing() as db:
        for one in four.runtime.told.integrations():
            if one.connection_id != north:
                table = sqlite.quoted(wide.snapshot_table(one.id))
                sqlite.run(db, f"delete from {table} where rid = ?", (record,))  # noqa: S608  quoted
    wish = PlanSource(
        kind="segment",
        segment=f"record id in ('{record}')",
        sets=(BulkEdit("notes", text="in one alone"),),
    )
    plan = four.runtime.propose(wish, act="plan")
    assert [(group.connection_id, group.send) for group in plan.groups] == [(north, 1)]
    jobs = four.runtime.submit(plan.id, act="submit")
    four.run(jobs)
    assert len(jobs) == 1
    assert four.written("North") == 1
