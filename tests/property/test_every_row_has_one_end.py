"""Whatever a file holds and whatever happened in the CRM: each row ends once, and nothing unseen is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doubles.lengths import examples
from tests.integration.planning.planning_desk import Desk
from tests.unit.store.making import Ids
from writeback.engine import plan_files
from writeback.engine.proposing import propose
from writeback.engine.terms import Terms
from writeback.model.canonical import UNSET
from writeback.model.changes import Origin
from writeback.model.integrations import BlankRule, ConflictRule
from writeback.store.workspace import Workspace

keys = st.sampled_from(["A1", "A2", "A3", "A9", ""])
industries = st.sampled_from(["Energy", "mining", "Retail", "Farming", ""])
actives = st.sampled_from(["yes", "FALSE", "maybe", ""])
owners = st.sampled_from(["ada@example.com", "bo@example.com", "nobody@example.com", ""])
rows = st.lists(st.tuples(keys, industries, actives, owners).filter(any), max_size=12)
foreign = st.lists(
    st.tuples(st.sampled_from(["A1", "A2", "A3"]), st.sampled_from(["Energy", "Mining"])), max_size=3
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("property")


@settings(
    max_examples=examples(12, nightly=300),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(table=rows, blank=st.sampled_from(BlankRule), later=foreign, number=st.uuids())
def test_rows_add_up_and_a_stale_plan_overwrites_nothing(
    folder: Path,
    *,
    table: list[tuple[str, ...]],
    blank: BlankRule,
    later: list[tuple[str, str]],
    number: object,
) -> None:
    place = folder / str(number)
    place.mkdir(exist_ok=True)
    path = place / "w.writeback"
    path.unlink(missing_ok=True)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with Workspace.create(path, now=lambda: now, new_id=Ids()) as workspace:
        desk = Desk(workspace, place)
        plan = desk.propose_file(desk.table(("Id", "Industry", "Active", "Owner.Email"), table), blank=blank)
        (group,) = plan.groups
        judged = desk.rows(plan)
        assert [row.seq for row in judged] == list(range(1, len(table) + 1))
        assert group.rows == len(table) == group.send + group.unchanged + group.blocked + group.conflict
        sent = [row for row in judged if row.verdict == "send"]
        assert len({row.record_id for row in sent}) == len(sent)  # one write a record
        for row in sent:
            told = table[row.seq - 1]
            assert row.record_id == told[0]
            for old, new in zip(row.old, row.new, strict=True):
                assert new is UNSET or old != new  # nothing is sent that is so already
        seen = {row.record_id: row for row in sent}
        plan_files.save(workspace, plan.id, place / "plan.json")
        for key, industry in later:
            desk.crm.put("Account", key, Industry=industry)
        streams = plan_files.load(place / "plan.json", workspace=workspace)
        again = desk.rows(propose(streams, Terms(Origin.CLI), workspace=workspace, reach_of=desk.reach))
        for row in again:
            if row.verdict == "send" and row.new[0] is not UNSET:
                assert row.old[0] == seen[row.record_id].old[0]  # what is overwritten was seen


@given(rule=st.sampled_from(ConflictRule))
@settings(max_examples=3)
def test_a_file_has_no_base_so_its_plan_has_no_conflict(
    rule: ConflictRule, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("base")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with Workspace.create(place / "w.writeback", now=lambda: now, new_id=Ids()) as workspace:
        desk = Desk(workspace, place)
        desk.crm.put("Account", "A1", Industry="Mining")
        plan = desk.propose_file(desk.file("Id,Industry", "A1,Energy"), conflict=rule)
        assert (plan.groups[0].conflict, plan.groups[0].send) == (0, 1)
