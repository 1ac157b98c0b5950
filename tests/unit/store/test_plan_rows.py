"""What a row of a plan says is what was handed in for that very row."""

from datetime import UTC, datetime

from tests.unit.store.test_bulk_lines import COLUMN, JOB, fill
from writeback.model.types import Value
from writeback.store import plan_rows, sqlite
from writeback.store.workspace import Workspace

AT = datetime(2026, 11, 28, tzinfo=UTC)


def test_a_row_that_is_used_again_by_its_maker_is_read_again(workspace: Workspace) -> None:
    fill(workspace, [])
    new: list[Value] = ["first"]
    edited: list[datetime | None] = [None]
    with plan_rows.PlanWriter(workspace, JOB, (COLUMN,)) as writer:
        writer.send(plan_rows.Sent(1, "A", None, (None,), new, edited=edited))
        new[0], edited[0] = "second", AT
        writer.send(plan_rows.Sent(2, "B", None, (None,), new, edited=edited))
    with workspace.reading() as db:
        found = sqlite.run(db, "select new, edited from writes order by seq").fetchall()
    assert found == [('["first"]', None), ('["second"]', "2026-11-28T00:00:00.000000Z")]


def test_rows_with_words_stand_beside_rows_without_in_one_slice(workspace: Workspace) -> None:
    fill(workspace, [])
    left = {0: plan_rows.Left("plan.crm_wins", "theirs", "ours")}
    with plan_rows.PlanWriter(workspace, JOB, (COLUMN,)) as writer:
        plain = writer.send(plan_rows.Sent(1, "A", None, ("was",), ("is",)))
        told = writer.send(plan_rows.Sent(2, "B", "v", ("was",), ("is",), "r", {0: ("x", "y")}, kept=left))
        writer.again(plain, [(3, "C", None, "v3", "")])
        writer.again(told, [(4, "D", "r4", None, "")])
    with workspace.reading() as db:
        found = sqlite.run(
            db, "select seq, record_id, rid, base, old, new, shown, kept from writes order by seq"
        ).fetchall()
    words = ('{"0": ["x", "y"]}', '{"0": ["plan.crm_wins", "theirs", "ours"]}')
    assert found == [
        (1, "A", None, None, '["was"]', '["is"]', None, None),
        (2, "B", "r", "v", '["was"]', '["is"]', *words),
        (3, "C", None, "v3", '["was"]', '["is"]', None, None),
        (4, "D", "r4", None, '["was"]', '["is"]', *words),
    ]
