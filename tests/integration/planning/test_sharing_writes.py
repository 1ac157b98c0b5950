"""Edits of what references lead to: one write for each record reached, and everybody who asks is told."""

from collections import abc
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.model.integrations import BlankRule, ReferenceMode
from writeback.store import plan_parts, plans, sources, sqlite
from writeback.store.plan_rows import PlanRow, rows_of
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Workspace
from writeback_minimal.crm import seeded

EDIT = ReferenceMode.EDIT_TARGET


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    """Five accounts: the odd ones are Ada's, the even ones Bo's; Ada works for Bo."""
    desk = Desk(workspace, tmp_path, seeded(5))
    desk.crm.put("User", "U1", Title="Buyer", ManagerId="U2")
    desk.crm.put("Account", "A2", ParentId="A1")
    return desk


Planned = list[tuple[PlannedJob, list[PlanRow]]]


def plan(desk: Desk, *lines: str, edit: abc.Iterable[str] = (), **options: object) -> Planned:
    made = desk.propose_file(desk.file(*lines), modes=dict.fromkeys(edit, EDIT), **options)
    with desk.workspace.reading() as db:
        jobs = plans.jobs_of(db, made.id)
    return [(job, list(rows_of(desk.workspace, job.id, job.columns))) for job in jobs]


def askers(desk: Desk, job: PlannedJob) -> dict[int, list[int]]:
    """Give the rows of the file that ask for each row of the plan."""
    with desk.workspace.reading() as db:
        found = sources.after(db, job.id, 0, most=100)
    told: dict[int, list[int]] = {}
    for one in found:
        told.setdefault(one.seq, []).append(one.number)
    return told


def test_the_same_cell_re_points_or_edits_and_the_plans_differ(desk: Desk) -> None:
    lines = "Id,Owner.Email", "A1,bo@example.com"
    ((job, (row,)),) = plan(desk, *lines)
    assert (job.object, job.root, row.record_id, row.new) == ("Account", "", "A1", ("U2",))
    ((job, (row,)),) = plan(desk, *lines, edit=["Owner.Email"])
    assert (job.object, job.root, row.record_id) == ("User", "Account", "U1")
    assert (row.old, row.new) == (("ada@example.com",), ("bo@example.com",))
    assert row.base == desk.crm.version("U1")


def test_many_records_that_point_at_one_make_one_write(desk: Desk) -> None:
    lines = "Id,Owner.Title", "A1,Boss", "A2,", "A3,Boss", "A5,Boss", "A4,Clerk"
    ((job, rows),) = plan(desk, *lines, edit=["Owner.Title"])
    assert [(row.seq, row.record_id, row.verdict, row.new) for row in rows] == [
        (1, "U1", "send", ("Boss",)),
        (5, "U2", "send", ("Clerk",)),
    ]
    assert askers(desk, job) == {1: [1, 3, 4], 5: [5]}
    assert (job.totals.rows, job.totals.send) == (2, 2)


def test_two_new_values_for_one_record_are_blocked_and_each_line_names_the_other(desk: Desk) -> None:
    lines = "Id,Owner.Title,Owner.Name", "A1,Boss,", "A2,Clerk,", "A3,Chief,", "A5,,Ada L"
    ((_, rows),) = plan(desk, *lines, edit=["Owner.Title", "Owner.Name"])
    assert [(row.seq, row.verdict, row.code) for row in rows] == [
        (1, "blocked", "reference.lines_differ"),
        (2, "send", ""),
        (3, "blocked", "reference.lines_differ"),
        (4, "send", ""),
    ]
    assert (rows[0].facts["source"], rows[0].facts["others"], rows[0].field) == ("2", "4", "Owner.Title")


def test_what_is_so_already_still_contradicts_another_value(desk: Desk) -> None:
    ((_, rows),) = plan(desk, "Id,Owner.Title", "A1,Buyer", "A3,Boss", edit=["Owner.Title"])
    assert [row.code for row in rows] == ["reference.lines_differ"] * 2


def test_rows_that_edit_different_fields_of_one_record_are_one_write(desk: Desk) -> None:
    lines = "Id,Owner.Title,Owner.Name", "A1,Boss,", "A3,,Ada L", "A5,Boss,Ada L"
    ((job, (row,)),) = plan(desk, *lines, edit=["Owner.Title", "Owner.Name"])
    assert (row.new, row.old) == (("Boss", "Ada L"), ("Buyer", "Ada Long"))
    assert askers(desk, job) == {1: [1, 2, 3]}


def test_a_file_may_re_point_one_reference_and_edit_behind_another(desk: Desk) -> None:
    planned = plan(desk, "Id,Owner.Email,Parent.Name", "A2,ada@example.com,Mother", edit=["Parent.Name"])
    assert [(job.object, row.record_id, row.new) for job, rows in planned for row in rows] == [
        ("Account", "A2", ("U1",)),
        ("Account", "A1", ("Mother",)),
    ]


@pytest.mark.parametrize("moving", ["Owner.Email,ada@example.com", "OwnerId,U1"])
def test_a_row_that_re_points_and_edits_behind_the_same_reference_is_not_guessed_at(
    desk: Desk, moving: str
) -> None:
    column, value = moving.split(",")
    planned = plan(desk, f"Id,{column},Owner.Title", f"A2,{value},Boss", "A4,,Clerk", edit=["Owner.Title"])
    rows = planned[1][1]
    assert [(row.verdict, row.code) for row in rows] == [("blocked", "reference.both_modes"), ("send", "")]


def test_a_path_of_any_length_leads_to_the_record_at_its_end(desk: Desk) -> None:
    lines = "Id,Parent.Owner.Manager.Name", "A2,Bo Great"
    ((job, (row,)),) = plan(desk, *lines, edit=["Parent.Owner.Manager.Name"])
    assert (job.object, row.record_id, row.old, row.new) == ("User", "U2", ("Bo Short",), ("Bo Great",))
    ((job, (row,)),) = plan(desk, "Id,Parent.Owner.Email", "A2,bo@example.com")
    assert (job.object, row.record_id, row.old, row.new) == ("Account", "A1", ("U1",), ("U2",))
    with desk.workspace.reading() as db:
        shown = sqlite.run(db, "select shown from writes where job_id = ?", (job.id,)).fetchone()[0]
    assert shown == '{"0": ["ada@example.com", "bo@example.com"]}'


def test_a_reference_that_points_at_nothing_blocks_its_row(desk: Desk) -> None:
    ((_, rows),) = plan(desk, "Id,Parent.Name", "A1,X", "A2,X", "A9,X", edit=["Parent.Name"])
    assert [(row.verdict, row.code, row.field) for row in rows] == [
        ("blocked", "reference.leads_nowhere", "Parent.Name"),
        ("send", "", ""),
        ("blocked", "plan.record_not_found", "Parent.Name"),
    ]


def test_rows_are_found_by_any_key_before_their_references_are_followed(desk: Desk) -> None:
    lines = "Name,Owner.Title", "Account 1,Boss", "Account 2,Boss"
    ((_, rows),) = plan(desk, *lines, edit=["Owner.Title"], key="Name")
    assert [(row.record_id, row.source_key) for row in rows] == [("U1", ""), ("U2", "")]


def test_a_blank_cell_clears_behind_a_reference_where_blanks_clear(desk: Desk) -> None:
    ((_, (row,)),) = plan(desk, "Id,Owner.Title", "A1,", edit=["Owner.Title"], blank=BlankRule.CLEAR)
    assert (row.record_id, row.verdict, row.new) == ("U1", "send", (None,))


def test_a_row_of_the_wrong_length_is_told_although_only_records_behind_references_are_written(
    desk: Desk,
) -> None:
    ((_, rows),) = plan(desk, "Id,Owner.Title", "A1", "A2,Boss,x", edit=["Owner.Title"])
    assert [row.code for row in rows] == ["file.too_few_cells", "file.too_many_cells"]


def test_one_record_written_by_itself_and_over_a_reference_is_one_value_or_none(desk: Desk) -> None:
    lines = "Id,Name,Parent.Name", "A1,One,", "A2,,Other", "A3,Three,"
    own, behind = plan(desk, *lines, edit=["Parent.Name"])
    assert [(row.record_id, row.code) for row in own[1]] == [
        ("A1", "reference.lines_differ"),
        ("A2", ""),
        ("A3", ""),
    ]
    assert [(row.record_id, row.code) for row in behind[1]] == [("A1", "reference.lines_differ")]


def test_how_many_records_show_it_is_counted_where_nobody_can_be_asked(desk: Desk) -> None:
    made = desk.propose_file(desk.file("Id,Owner.Title", "A1,Boss"), modes={"Owner.Title": EDIT})
    (group,) = made.groups
    assert (group.shown_by, group.shown_locally, group.edits) == (None, True, (("Ada Long", None),))


def test_a_row_that_was_left_out_behind_a_reference_did_not_arrive(desk: Desk) -> None:
    path = desk.file("Id,Owner.Title", "A2,Clerk", "A1,Boss", "A3,Boss", "A4,Clerk")
    made = desk.propose_file(path, modes={"Owner.Title": EDIT})
    with desk.workspace.writing() as db:
        (job,) = plans.jobs_of(db, made.id)
        (boss,) = [row.seq for row in rows_of(desk.workspace, job.id, job.columns) if row.record_id == "U1"]
        plan_parts.leave_out(db, made.id, [plan_parts.Part(job.id, (boss,))])
    desk.submit(made.id)
    with desk.workspace.reading() as db:
        assert set(plan_parts.places_left_out(db, job.id)) == {2, 3}
