"""The rule *newest* in each CRM: by the record's moment or the value's, at the plan and as it is sent."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.integration.conflicts.conftest import Crm
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Route
from writeback.model.types import RecordId
from writeback.runtime.facade import PlanSource

HOUR = timedelta(hours=1)


def date_draft(crm: Crm, record: RecordId, moved: timedelta) -> None:
    """Let an edit have been made earlier or later."""
    at = (datetime.now(UTC) + moved).isoformat(timespec="microseconds").replace("+00:00", "Z")
    with crm.runtime.workspace.writing() as db:
        db.execute(text("update drafts set created_at = :at where rid = :rid"), {"at": at, "rid": record})


def stamp(moved: timedelta) -> str:
    return (datetime.now(UTC) + moved).isoformat()


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        (HOUR, ("send", "")),
        (-HOUR, ("unchanged", "plan.crm_newer")),
        (timedelta(), ("conflict", "plan.changed_in_crm")),
    ],
    ids=["ours", "crm", "too_close"],
)
def test_an_edit_and_a_change_in_the_crm_are_held_against_each_other(
    crm: Crm, moved: timedelta, found: tuple[str, str]
) -> None:
    crm.map(ConflictRule.NEWEST)
    record, key = crm.record()
    crm.draft(record, "ours")
    crm.change(key, "theirs")
    date_draft(crm, record, moved)
    plan = crm.plan(record)
    (row,) = crm.runtime.told.plan_rows([group.job_id for group in plan.groups])
    assert (row.verdict, row.reason.code if row.reason else "") == found
    crm.send(plan)
    assert crm.held(key) == ("ours" if found[0] == "send" else "theirs")


def test_a_file_with_moments_loses_where_the_crm_was_written_later(crm: Crm) -> None:
    (_, old), (_, new), (_, untold) = crm.record(), crm.record(), crm.record()
    for key in (old, new, untold):
        crm.change(key, "theirs")
    plan = crm.plan_file(
        f"{crm.form.key},{crm.form.text},When",
        f"{old},ours,{stamp(-HOUR)}",
        f"{new},ours,{stamp(HOUR)}",
        f"{untold},ours,",
        conflict_rule=ConflictRule.NEWEST,
        edited="When",
    )
    (group,) = plan.groups
    assert group.columns == (crm.form.text,)
    rows = crm.runtime.told.plan_rows([group.job_id])
    assert {row.record_id: row.verdict for row in rows} == {old: "unchanged", new: "send", untold: "conflict"}
    crm.send(plan)
    assert [crm.held(key) for key in (old, new, untold)] == ["theirs", "ours", "theirs"]


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH, Route.BULK], ids=lambda one: one.value)
def test_what_changes_after_the_plan_is_newer_than_the_plan(crm: Crm, route: Route) -> None:
    """Approved rows that lose by the rule end as conflicts with its code; a later edit wins."""
    (_, lost), (_, won) = crm.record(), crm.record()
    plan = crm.plan_file(
        f"{crm.form.key},{crm.form.text},When",
        f"{lost},ours,{stamp(timedelta(minutes=-1))}",
        f"{won},ours,{stamp(HOUR)}",
        conflict_rule=ConflictRule.NEWEST,
        edited="When",
        route=route,
    )
    if plan.groups[0].send != 2:
        pytest.fail(f"the simulator's records are no minute old: {plan.groups[0]}")
    for key in (lost, won):
        crm.change(key, "theirs")
    job = crm.send(plan)
    ended = {row.record_id: (row.outcome, row.code) for row in crm.runtime.told.job_rows(job.id)}
    assert ended == {lost: ("conflict", "record.crm_newer"), won: ("applied", "")}
    assert (crm.held(lost), crm.held(won)) == ("theirs", "ours")


def test_a_row_keeps_one_field_to_the_crm_and_sends_the_other(crm: Crm) -> None:
    crm.map(ConflictRule.CRM)
    record, key = crm.record()
    crm.draft(record, "ours")
    crm.draft(record, "Linz", "city")
    plan = crm.plan(record)
    crm.change(key, "theirs")
    job = crm.send(plan)
    assert (job.counts.applied, job.counts.conflict) == (1, 0)
    assert (crm.held(key), crm.held(key, crm.form.other)) == ("theirs", "Linz")
    (row,) = crm.runtime.told.job_rows(job.id)
    assert (row.outcome, row.code, row.facts) == (
        "applied",
        "record.field_left",
        (("field", crm.form.text),),
    )
    with crm.runtime.workspace.reading() as db:
        kept = db.execute(text("select kept from writes where job_id = :job"), {"job": job.id}).scalar_one()
        marks = db.execute(text("select attribute, state, code from value_states")).all()
    assert [one[:1] + one[2:] for one in json.loads(kept).values()] == [["plan.crm_wins", "ours"]]
    assert [tuple(mark) for mark in marks] == [("notes", "conflict", "record.crm_wins")]


def test_the_plan_tells_the_field_that_a_rule_leaves_to_the_crm(crm: Crm) -> None:
    crm.map(ConflictRule.CRM)
    record, key = crm.record()
    crm.draft(record, "ours")
    crm.draft(record, "Graz", "city")
    crm.change(key, "theirs")
    plan = crm.plan(record)
    rows = crm.runtime.told.plan_rows([group.job_id for group in plan.groups])
    told = {row.field: (row.verdict, row.theirs, row.yours, row.reason and row.reason.code) for row in rows}
    assert told[crm.form.text] == ("unchanged", "theirs", "ours", "plan.crm_wins")
    assert told[crm.form.other][0] == "send"
    crm.send(plan)
    assert (crm.held(key), crm.held(key, crm.form.other)) == ("theirs", "Graz")
    assert crm.plan(record).groups == ()


@pytest.mark.parametrize("rule", [ConflictRule.CRM, ConflictRule.NEWEST])
def test_what_a_saved_plan_left_to_the_crm_is_left_when_it_is_sent(crm: Crm, rule: ConflictRule) -> None:
    """The file was approved with that row as *unchanged*: saving it is no later edit."""
    crm.map(rule)
    record, key = crm.record()
    crm.draft(record, "ours")
    crm.change(key, "theirs")
    date_draft(crm, record, -HOUR)
    path = crm.folder / "plan.json"
    crm.runtime.save_plan(crm.plan(record).id, str(path))
    source = PlanSource(kind="saved", path=str(path), author="ana")
    again = crm.runtime.propose(source, act=crm.act())
    (row,) = crm.runtime.told.plan_rows([group.job_id for group in again.groups])
    wanted = "plan.crm_newer" if rule is ConflictRule.NEWEST else "plan.crm_wins"
    assert (row.verdict, row.reason.code if row.reason else "") == ("unchanged", wanted)
    crm.send(again)
    assert crm.held(key) == "theirs"
