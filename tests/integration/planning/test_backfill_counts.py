"""What a backfill counts is what its plan is made of, whatever stands in records and CRM."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from tests.integration.planning.test_cases_of_segments import AT, stir
from writeback.engine.backfilling import count_backfill
from writeback.engine.gathering_segments import SegmentWish, gather_segment
from writeback.model.attributes import Attribute
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.canonical import Unset
from writeback.model.segments import All
from writeback.model.types import AttributeType
from writeback.model.value_rules import Pair, ValueRules
from writeback.store import integrations, model, segments, sqlite
from writeback.store.workspace import Workspace
from writeback_minimal.crm import seeded

MAPPED = ValueRules((Pair("Energy", "Mining"), Pair("Mining", "Energy"), Pair("Retail", "Retail")))


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    made = Desk(workspace, tmp_path, seeded(60))
    with workspace.writing() as db:
        model.add_attribute(db, Attribute("account", "renewal", "Renewal", AttributeType.DATE))
    return made


@pytest.mark.parametrize("seed", range(6))
def test_the_counts_are_those_of_the_plan(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    stir(desk, rng)
    with desk.workspace.writing() as db:
        if rng.random() < 0.5:
            known = desk.integration.mapping_of("industry")
            assert known is not None
            made = replace(known, values=MAPPED, write_back=True)
            desk.integration = integrations.map_fields(db, desk.integration.id, [made])
        sqlite.run(
            db,
            "update rec_account set revenue = '7.25', active = 1 where employees is not null",
        )
        ground = segments.ground_of(db, "account")
        (there,) = sqlite.run(db, "select count(*) from snap_i1 where not gone").fetchone()
    found = count_backfill(desk.workspace, desk.integration.id)
    lines = [line for line in found.lines if line.attribute != "csm"]  # its column is the owner's id
    edits = tuple(BulkEdit(line.attribute, BulkAction.HELD) for line in lines)
    only = desk.integration.id
    wish = SegmentWish(ground, All(()), edits, "ada", AT, only_changes=True, integration=only)
    planned: Counter[str] = Counter()
    for stream in gather_segment(desk.workspace, wish, desk.reach):
        for row in stream.rows:
            wished = zip(stream.columns, row.wishes, strict=True)
            planned.update(str(column.path) for column, value in wished if not isinstance(value, Unset))
    assert planned == Counter({line.path: line.differ for line in lines if line.differ})
    assert planned
    assert {one.differ + one.same + one.blank + one.waits for one in lines} == {there}
    assert all(
        row.theirs != row.ours for row in found.sample if not desk.integration.mapping_of("industry").values
    )
