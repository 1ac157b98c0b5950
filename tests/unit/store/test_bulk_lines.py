"""Rows of an upload are put together by the database: each id with its own row, none lost."""

import pytest

from tests.unit.store.making import connect
from writeback.errors import InternalError
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column, JobKind
from writeback.model.types import AttributeType, JobId, PlanId
from writeback.store import outbox, plan_rows, plans, sqlite
from writeback.store.workspace import Workspace

JOB = JobId("j1")
COLUMN = Column(FieldPath.parse("Site"), "Site", AttributeType.LONG_TEXT)


def fill(workspace: Workspace, ids: list[str]) -> None:
    connection = connect(workspace)
    with workspace.writing() as db:
        at = workspace.now()
        plans.begin(db, plans.NewPlan(PlanId("p1"), Origin.FILE, "", "", {}, at))
        job = plans.NewJob(
            JOB, PlanId("p1"), connection.id, "Account", (COLUMN,), JobKind.BULK_WRITE_BACK, "org", at
        )
        plans.add_job(db, job)
    with plan_rows.PlanWriter(workspace, JOB, (COLUMN,)) as writer:
        for seq, record_id in enumerate(ids, 1):
            writer.send(plan_rows.Sent(seq, record_id, None, (None,), (f"of {record_id}\nä",)))


def lines(workspace: Workspace, span: tuple[int, int], *, is_plain: bool = True) -> outbox.BulkLines:
    with workspace.reading() as db:
        return outbox.bulk_lines(db, JOB, span, is_plain=is_plain, has_outcome=False)


def test_each_id_stands_with_its_own_row(workspace: Workspace) -> None:
    ids = [f"id{seq:03d}" for seq in range(1, 301)]
    fill(workspace, ids[::-1])
    told = lines(workspace, (11, 290))
    assert told.ids == ids[::-1][10:290]
    assert told.rows.decode().split("\n") == [f'["of {one}\\nä"]' for one in told.ids]


def test_rows_that_have_an_outcome_are_left_out(workspace: Workspace) -> None:
    fill(workspace, ["a", "b", "c"])
    with workspace.writing() as db:
        sqlite.run(
            db,
            "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
            "values (?, 2, 'rejected', '', '', '[]', '')",
            (JOB,),
        )
    assert lines(workspace, (1, 3), is_plain=False).ids == ["a", "c"]


def test_a_span_without_rows_gives_none(workspace: Workspace) -> None:
    fill(workspace, ["a"])
    assert lines(workspace, (5, 9)) == ([], b"")


def test_an_id_with_a_line_break_is_refused(workspace: Workspace) -> None:
    fill(workspace, ["a", "b\nc"])
    with pytest.raises(InternalError, match=r"outbox\.bad_id"):
        lines(workspace, (1, 2))
