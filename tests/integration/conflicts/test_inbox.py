"""The inbox in each CRM: where conflicts come from, how they are settled, and what comes back."""

import pytest

from tests.integration.conflicts.conftest import Crm
from writeback.errors import ConfigurationError
from writeback.model.integrations import ConflictRule
from writeback.model.types import RecordId
from writeback.runtime.disputing import ConflictView
from writeback.runtime.facade import ConflictDecision, ConflictsSettled
from writeback.store.inbox import Wanted


def inbox(crm: Crm, **wanted: object) -> list[ConflictView]:
    return list(crm.runtime.told.conflicts(Wanted(**wanted)))  # type: ignore[arg-type]  as the test says


def decide(crm: Crm, decision: ConflictDecision, **wanted: object) -> ConflictsSettled:
    meant = Wanted(**wanted)  # type: ignore[arg-type]  the same
    return crm.runtime.decide_conflicts(meant, decision, author="ana", act=crm.act())


def value_in_conflict(crm: Crm, ours: str = "ours", theirs: str = "theirs") -> tuple[RecordId, str]:
    """Let a draft of a record meet a change that a pull brings."""
    record, key = crm.record()
    crm.draft(record, ours)
    crm.change(key, theirs)
    crm.pull()
    return record, key


def row_in_conflict(crm: Crm, *others: str) -> str:
    """Let a row of a file meet a change between plan and send; `others` stand in the other column."""
    _, key = crm.record()
    form = crm.form
    head, row = f"{form.key},{form.text}", f"{key},ours"
    if others:
        head, row = f"{head},{form.other}", f"{row},{others[0]}"
    plan = crm.plan_file(head, row)
    crm.change(key, "theirs")
    assert crm.send(plan).counts.conflict == 1
    return key


@pytest.mark.parametrize("source", ["value", "row"])
def test_all_three_values_are_told_wherever_a_conflict_comes_from(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    (found,) = inbox(crm)
    assert (found.place.kind, found.record_id, found.connection, found.field) == (
        source,
        key,
        "C",
        crm.form.text,
    )
    assert (found.theirs, found.ours, found.rule) == ("theirs", "ours", "ask")
    assert found.has_base
    assert found.base not in ("theirs", "ours")


@pytest.mark.parametrize("source", ["value", "row"])
def test_what_keeps_ours_goes_through_a_review_and_is_settled_when_submitted(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    told = decide(crm, ConflictDecision("ours"), field=crm.form.text)
    assert told.plan is not None
    assert [group.send for group in told.plan.groups] == [1]
    assert crm.held(key) == "theirs"
    assert crm.send(told.plan).counts.applied == 1
    assert (crm.held(key), inbox(crm)) == ("ours", [])


def test_a_plan_that_is_thrown_away_leaves_a_rows_conflict_in_the_inbox(crm: Crm) -> None:
    row_in_conflict(crm)
    told = decide(crm, ConflictDecision("ours"), field=crm.form.text)
    assert told.plan is not None
    assert len(inbox(crm)) == 1
    crm.runtime.discard_plan(told.plan.id, act=crm.act())
    assert len(inbox(crm)) == 1


@pytest.mark.parametrize("source", ["value", "row"])
def test_what_keeps_the_crms_is_settled_at_once(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    told = decide(crm, ConflictDecision("crm"), field=crm.form.text)
    assert (told.settled, told.plan, inbox(crm), crm.held(key)) == (1, None, [], "theirs")
    with pytest.raises(ConfigurationError) as caught:
        decide(crm, ConflictDecision("crm"))
    assert caught.value.code == "conflict.none"


@pytest.mark.parametrize("source", ["value", "row"])
def test_a_third_value_is_planned_like_ours(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    told = decide(crm, ConflictDecision("value", "both of us"))
    assert told.plan is not None
    crm.send(told.plan)
    assert (crm.held(key), inbox(crm)) == ("both of us", [])


@pytest.mark.parametrize("source", ["value", "row"])
def test_what_changes_once_more_comes_back_with_the_newer_value(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    crm.change(key, "newer")
    told = decide(crm, ConflictDecision("ours"))
    assert (told.plan, told.came_back) == (None, 1)
    (found,) = inbox(crm)
    assert (found.theirs, found.ours, crm.held(key)) == ("newer", "ours", "newer")
    again = decide(crm, ConflictDecision("ours"))
    assert again.plan is not None
    crm.send(again.plan)
    assert (crm.held(key), inbox(crm)) == ("ours", [])


@pytest.mark.parametrize("source", ["value", "row"])
def test_what_both_wrote_alike_settles_itself(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    crm.change(key, "ours")
    looked = crm.runtime.look_at_conflicts(Wanted(), act=crm.act())
    assert (looked.looked, looked.same) == (1, 1)
    assert inbox(crm) == []
    assert crm.plan().groups == ()


@pytest.mark.parametrize("source", ["value", "row"])
def test_looking_again_tells_what_is_there_now(crm: Crm, source: str) -> None:
    key = value_in_conflict(crm)[1] if source == "value" else row_in_conflict(crm)
    crm.change(key, "newer")
    looked = crm.runtime.look_at_conflicts(Wanted(), act=crm.act())
    assert (looked.changed, looked.same, looked.gone) == (1, 0, 0)
    assert [one.theirs for one in inbox(crm)] == ["newer"]


@pytest.mark.parametrize("keep", ["ours", "crm"])
def test_a_row_of_several_fields_sends_the_rest_with_what_is_settled(crm: Crm, keep: str) -> None:
    key = row_in_conflict(crm, "Linz")
    (found,) = inbox(crm)
    assert (found.field, found.held_back) == (crm.form.text, 1)
    told = decide(crm, ConflictDecision(keep))
    assert told.plan is not None
    assert crm.send(told.plan).counts.applied == 1
    assert (crm.held(key), crm.held(key, crm.form.other)) == ("ours" if keep == "ours" else "theirs", "Linz")
    assert inbox(crm) == []


def test_a_field_held_back_that_changed_meanwhile_becomes_a_conflict_of_its_own(crm: Crm) -> None:
    key = row_in_conflict(crm, "Linz")
    crm.change(key, "Wien", field_name=crm.form.other)
    told = decide(crm, ConflictDecision("ours"))
    assert (told.plan, told.came_back) == (None, 1)
    (found,) = inbox(crm)
    assert (found.field, found.theirs, found.ours, found.held_back) == (crm.form.other, "Wien", "Linz", 1)
    again = decide(crm, ConflictDecision("ours"))
    assert again.plan is not None
    assert crm.send(again.plan).counts.applied == 1
    assert (crm.held(key), crm.held(key, crm.form.other), inbox(crm)) == ("ours", "Linz", [])


def test_one_act_for_all_alike_and_the_rule_from_now_on(crm: Crm) -> None:
    keys = [value_in_conflict(crm, f"ours {number}")[1] for number in range(3)]
    told = decide(crm, ConflictDecision("ours", makes_rule=True), field=crm.form.text)
    assert (told.settled, told.rules) == (3, (crm.form.text,))
    assert told.plan is not None
    crm.send(told.plan)
    assert [crm.held(key) for key in keys] == ["ours 0", "ours 1", "ours 2"]
    (integration,) = crm.runtime.integrations()
    mapping = integration.mapping_of("notes")
    assert mapping is not None
    assert mapping.conflict_rule is ConflictRule.OURS


def test_a_third_value_makes_no_rule_and_nonsense_settles_nothing(crm: Crm) -> None:
    value_in_conflict(crm)
    for decision, code in (
        (ConflictDecision("value", "x", makes_rule=True), "conflict.no_rule"),
        (ConflictDecision("both"), "conflict.unknown_choice"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            decide(crm, decision)
        assert caught.value.code == code
    assert len(inbox(crm)) == 1


def test_only_the_field_in_conflict_waits_the_other_edit_is_a_draft_again(crm: Crm) -> None:
    record, key = crm.record()
    crm.draft(record, "ours")
    crm.draft(record, "Linz", "city")
    plan = crm.plan(record)
    crm.change(key, "theirs")
    assert crm.send(plan).counts.conflict == 1
    (found,) = inbox(crm)
    assert found.attribute == "notes"
    rest = crm.plan(record)
    rows = crm.runtime.told.plan_rows([one.job_id for one in rest.groups])
    told = [(row.field, row.verdict, row.others) for row in rows]
    assert told == [(crm.form.text, "conflict", (crm.form.other,))], "what waits with it is named"
    decide(crm, ConflictDecision("crm"))
    assert crm.send(crm.plan(record)).counts.applied == 1
    assert (crm.held(key), crm.held(key, crm.form.other)) == ("theirs", "Linz")
