from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.engine import editing
from writeback.engine.edited_models import EditedModels, EditFacts, read_models
from writeback.engine.editing import Reaching, save_edits
from writeback.engine.gathering_drafts import gather_drafts
from writeback.engine.pulling import pull
from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.canonical import UNSET
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping, ReferenceMode
from writeback.model.reports import EditAnswer
from writeback.model.types import RecordId
from writeback.store import connections, drafts, integrations, records, schema, sqlite
from writeback.store.workspace import Workspace
from writeback_minimal.crm import seeded


@dataclass(frozen=True)
class Typed:
    record: RecordId
    attribute: str
    text: str | None
    mode: MultiMode = MultiMode.REPLACE


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    return Desk(workspace, tmp_path)


def rid(desk: Desk, key: str = "A1") -> RecordId:
    return records.record_id(desk.integration.id, key)


def save(desk: Desk, attribute: str, text: str | None, *, key: str = "A1", send: bool = False) -> EditAnswer:
    answers = save_edits(
        (Typed(rid(desk, key), attribute, text),),
        workspace=desk.workspace,
        origin=Origin.PROFILE,
        author="ada",
        send=send,
        reaching=Reaching(desk.reach, desk.submit),
    )
    return answers[0]


def waiting(desk: Desk) -> dict[tuple[str, str], object]:
    with desk.workspace.reading() as db:
        found, _ = drafts.waiting(db)
    return {(draft.change.record, draft.change.attribute): draft.change.new for draft in found}


def count(desk: Desk, table: str) -> int:
    with desk.workspace.reading() as db:
        return int(sqlite.run(db, f"select count(*) from {table}").fetchone()[0])  # noqa: S608  our own tables


def test_an_edit_is_kept_as_a_draft_with_what_the_person_saw(desk: Desk) -> None:
    assert save(desk, "industry", "energy").state == "draft"
    with desk.workspace.reading() as db:
        draft = drafts.get(db, rid(desk), "industry")
    assert draft is not None
    assert (draft.change.old, draft.change.new) == ("Retail", "Energy")


def test_a_second_edit_keeps_what_was_seen_first(desk: Desk) -> None:
    save(desk, "industry", "Energy")
    save(desk, "industry", "Mining")
    with desk.workspace.reading() as db:
        draft = drafts.get(db, rid(desk), "industry")
    assert draft is not None
    assert (draft.change.old, draft.change.new) == ("Retail", "Mining")


def test_typing_the_confirmed_value_again_ends_the_draft(desk: Desk) -> None:
    save(desk, "industry", "Energy")
    assert save(desk, "industry", "Retail").state == "unchanged"
    assert waiting(desk) == {}


def test_a_value_that_is_submitted_meanwhile_is_not_taken_for_unchanged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(desk, "industry", "Energy")

    def beside_another_process(workspace: Workspace, edits: abc.Sequence[EditFacts]) -> EditedModels:
        models = read_models(workspace, edits)
        desk.submit(desk.propose_drafts().id)
        return models

    monkeypatch.setattr(editing, "read_models", beside_another_process)
    assert save(desk, "industry", "Retail").state == "draft", "the CRM will hold Energy once the job is done"
    assert waiting(desk) == {(rid(desk), "industry"): "Retail"}
    assert count(desk, "jobs") == 1


@pytest.mark.parametrize(
    ("attribute", "text", "code"),
    [("active", "maybe", "value.not_a_boolean"), ("industry", "Farming", "value.not_an_option")],
)
def test_what_cannot_be_read_never_leaves_the_form(desk: Desk, attribute: str, text: str, code: str) -> None:
    answer = save(desk, attribute, text)
    assert answer.state == "blocked"
    assert answer.reason is not None
    assert (answer.reason.code, dict(answer.reason.facts)["field"]) == (code, attribute)
    assert waiting(desk) == {}


def test_an_unknown_attribute_or_record_keeps_nothing(desk: Desk) -> None:
    with pytest.raises(UnknownAttributeError):
        save(desk, "colour", "red")
    with pytest.raises(UnknownAttributeError):
        save(desk, "industry", "Energy", key="A99")
    assert waiting(desk) == {}


def test_an_edit_that_is_sent_becomes_a_job_at_once(desk: Desk) -> None:
    answer = save(desk, "industry", "Energy", send=True)
    assert (answer.state, answer.job_id is not None) == ("sending", True)
    with desk.workspace.reading() as db:
        job = sqlite.run(db, "select state, kind, route, number, writes from jobs").fetchall()
    assert job == [("queued", "real_time", "single", 1, 1)]
    assert waiting(desk) == {}  # held by the submitted plan


def test_write_on_save_sends_without_being_asked(desk: Desk) -> None:
    with desk.workspace.writing() as db:
        connections.change(db, replace(desk.connection, write_on_save=True))
    assert save(desk, "active", "no").state == "sending"


def test_an_edit_with_write_back_off_is_blocked_and_nothing_is_kept(desk: Desk) -> None:
    desk.map_fields(write_back=False)
    answer = save(desk, "industry", "Energy", send=True)
    assert answer.state == "blocked"
    assert answer.reason is not None
    assert answer.reason.code == "write_back.off"
    assert (waiting(desk), count(desk, "jobs"), count(desk, "change_sets")) == ({}, 0, 0)


def test_a_blocked_sending_gives_back_the_draft_there_was_before(desk: Desk) -> None:
    save(desk, "name", "First")
    assert save(desk, "name", "x" * 81, send=True).state == "blocked"
    assert waiting(desk) == {(rid(desk), "name"): "First"}


def test_an_attribute_that_is_mapped_nowhere_is_blocked_with_that_reason(desk: Desk) -> None:
    answer = save(desk, "note", "hello", send=True)
    assert answer.reason is not None
    assert (answer.state, answer.reason.code) == ("blocked", "write_back.not_mapped")


def test_sending_one_edit_leaves_other_drafts_of_the_record_alone(desk: Desk) -> None:
    save(desk, "name", "Other")
    save(desk, "industry", "Energy", send=True)
    assert waiting(desk) == {(rid(desk), "name"): "Other"}


def test_a_value_the_crm_holds_already_needs_no_write_and_is_confirmed(desk: Desk) -> None:
    desk.crm.put("Account", "A1", Industry="Energy")
    assert save(desk, "industry", "Energy", send=True).state == "unchanged"
    assert (waiting(desk), count(desk, "writes")) == ({}, 0)
    with desk.workspace.reading() as db:
        assert records.get(db, "account", rid(desk)).values["industry"] == "Energy"


def test_a_value_that_moved_in_the_crm_is_a_conflict_and_not_overwritten(desk: Desk) -> None:
    desk.crm.put("Account", "A1", Industry="Mining")
    answer = save(desk, "industry", "Energy", send=True)
    assert answer.state == "conflict"
    assert (count(desk, "writes"), waiting(desk)) == (0, {(rid(desk), "industry"): "Energy"})


def test_a_plan_of_drafts_has_a_row_a_record_and_untouched_fields_are_not_sent(desk: Desk) -> None:
    save(desk, "industry", "Energy")
    save(desk, "active", "no")
    save(desk, "industry", "Mining", key="A2")
    plan = desk.propose_drafts()
    assert plan.groups[0].columns == ("Active", "Industry")
    assert [(row.rid, row.new) for row in desk.rows(plan)] == [
        (rid(desk, "A1"), (False, "Energy")),
        (rid(desk, "A2"), (UNSET, "Mining")),
    ]
    assert waiting(desk)  # a plan takes nothing


def test_a_plan_may_be_made_of_chosen_records_only(desk: Desk) -> None:
    save(desk, "industry", "Energy")
    save(desk, "industry", "Energy", key="A2")
    plan = desk.propose_drafts(chosen=(rid(desk, "A2"),))
    assert [row.record_id for row in desk.rows(plan)] == ["A2"]


def test_one_field_in_conflict_holds_back_the_record_unless_the_mapping_rules(desk: Desk) -> None:
    save(desk, "industry", "Energy")
    save(desk, "active", "no")
    desk.crm.put("Account", "A1", Industry="Mining")
    assert [row.verdict for row in desk.rows(desk.propose_drafts())] == ["conflict"]
    rule(desk, ConflictRule.CRM)
    (row,) = desk.rows(desk.propose_drafts())
    assert (row.verdict, row.new) == ("send", (False, UNSET))
    rule(desk, ConflictRule.OURS)
    (row,) = desk.rows(desk.propose_drafts())
    assert (row.verdict, row.old, row.new) == ("send", (True, "Mining"), (False, "Energy"))


def rule(desk: Desk, conflict: ConflictRule) -> None:
    mapping = FieldMapping(FieldPath.parse("Industry"), "industry", write_back=True, conflict_rule=conflict)
    with desk.workspace.writing() as db:
        integrations.map_fields(db, desk.integration.id, (mapping,))


def test_a_reference_is_compared_by_what_people_read_of_it(desk: Desk) -> None:
    save(desk, "csm", "bo@example.com")
    (row,) = desk.rows(desk.propose_drafts())
    assert (row.verdict, row.old, row.new) == ("send", ("U1",), ("U2",))


def test_a_reference_that_somebody_re_pointed_is_a_conflict(desk: Desk) -> None:
    desk.crm.put("User", "U3", Name="Cy", Email="cy@example.com")
    save(desk, "csm", "bo@example.com")
    desk.crm.put("Account", "A1", OwnerId="U3")
    (row,) = desk.rows(desk.propose_drafts())
    assert (row.verdict, row.field) == ("conflict", "Owner.Email")


def edits_owner_title(desk: Desk) -> None:
    """Map the owner's title to the note, to be edited behind the reference."""
    mapping = FieldMapping(
        FieldPath.parse("Owner.Title"), "note", write_back=True, reference_mode=ReferenceMode.EDIT_TARGET
    )
    with desk.workspace.writing() as db:
        desk.integration = integrations.map_fields(db, desk.integration.id, (mapping,))
    pull(desk.integration.id, desk.session, desk.workspace)


def test_an_edit_behind_a_reference_becomes_a_row_about_the_record_there(desk: Desk) -> None:
    edits_owner_title(desk)
    save(desk, "note", "Boss")
    save(desk, "name", "One")
    plan = desk.propose_drafts()
    assert [(group.object, group.root, group.send) for group in plan.groups] == [
        ("Account", "", 1),
        ("User", "Account", 1),
    ]
    row = desk.rows(plan)[1]
    assert (row.record_id, row.rid, row.old, row.new) == ("U1", "i1:A1", (None,), ("Boss",))


def test_an_edit_behind_a_reference_conflicts_when_the_record_there_moved(desk: Desk) -> None:
    desk.crm.put("User", "U1", Title="Buyer")
    edits_owner_title(desk)
    save(desk, "note", "Boss")
    desk.crm.put("User", "U1", Title="Chief")
    (row,) = desk.rows(desk.propose_drafts())
    assert (row.verdict, row.field, row.old, row.theirs) == (
        "conflict",
        "Owner.Title",
        ("Buyer",),
        ("Chief",),
    )


def test_two_people_who_want_different_values_there_are_blocked_by_the_records_names(desk: Desk) -> None:
    edits_owner_title(desk)
    save(desk, "note", "Boss")
    save(desk, "note", "Clerk", key="A3")
    rows = desk.rows(desk.propose_drafts())
    assert [(row.code, row.facts["source"], row.facts["others"]) for row in rows] == [
        ("reference.records_differ", "Account 1", "Account 3"),
        ("reference.records_differ", "Account 3", "Account 1"),
    ]


def test_an_edit_behind_a_reference_that_is_pointed_elsewhere_as_well_waits(desk: Desk) -> None:
    edits_owner_title(desk)
    save(desk, "note", "Boss")
    save(desk, "csm", "bo@example.com")
    found = {row.field or row.record_id: row.code for row in desk.rows(desk.propose_drafts())}
    assert found == {"A1": "", "Owner.Title": "reference.both_modes"}


def test_two_attributes_on_one_crm_field_are_refused_with_both_names(desk: Desk) -> None:
    mapping = FieldMapping(FieldPath.parse("OwnerId"), "note", write_back=True)
    with desk.workspace.writing() as db:
        integrations.map_fields(db, desk.integration.id, (mapping,))
    pull_values(desk)
    save(desk, "csm", "bo@example.com")
    save(desk, "note", "U2")
    with pytest.raises(MappingError, match=r"mapping\.same_column"):
        list(gather_drafts(desk.workspace, desk.reach))


def pull_values(desk: Desk) -> None:
    with desk.workspace.writing() as db:
        desk.integration = integrations.get(db, desk.integration.id)


def test_many_drafts_are_all_planned_across_pages(workspace: Workspace, tmp_path: Path) -> None:
    desk = Desk(workspace, tmp_path, seeded(2_300))
    edits = tuple(Typed(rid(desk, f"A{n}"), "industry", "Energy") for n in range(1, 2_301))
    save_edits(
        edits,
        workspace=workspace,
        origin=Origin.SEGMENT,
        author="ada",
        send=False,
        reaching=Reaching(desk.reach, desk.submit),
    )
    plan = desk.propose_drafts()
    assert plan.groups[0].send == 2_300
    assert len({row.record_id for row in desk.rows(plan)}) == 2_300
    chosen = tuple(edit.record for edit in edits[:1_500])
    assert desk.propose_drafts(chosen=chosen).groups[0].send == 1_500


def test_a_discarded_draft_is_gone_with_its_state(desk: Desk) -> None:
    save(desk, "industry", "Energy")
    save(desk, "active", "no")
    with desk.workspace.writing() as db:
        assert drafts.discard(db, (rid(desk),), attribute="industry", at=desk.workspace.now()) == 1
    assert set(waiting(desk)) == {(rid(desk), "active")}
    assert count(desk, schema.value_states.name) == 0
