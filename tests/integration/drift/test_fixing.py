"""What is offered about a drift is done, and then nothing has drifted any more."""

from collections import abc
from pathlib import Path

import pytest

from tests.integration.drift.cases import CRMS, Case, cases_of
from tests.integration.drift.rooms import ROWS, SENT, DriftRoom
from writeback.errors import MappingError
from writeback.model.changes import Origin
from writeback.model.drifts import DriftKind, FixKind
from writeback.model.integrations import FieldMapping
from writeback.model.jobs import JobState
from writeback.runtime.facade import DriftLine, Edit, PlanSource
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running

CRM = CRMS["salesforce"]
KNOWN = {case.id.partition("-")[2]: case for case in cases_of(CRM)}


@pytest.fixture(scope="module")
def running() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("salesforce", rows=ROWS)) as made:
        yield made


@pytest.fixture
def room(tmp_path: Path, running: Running) -> abc.Iterator[DriftRoom]:
    made = DriftRoom(tmp_path, CRM, running)
    made.begin()
    made.runtime.pull(made.integration, act=made.act())
    yield made
    running.crm.faults.disarm()
    made.close()


def found(room: DriftRoom, case: Case) -> DriftLine:
    room.drift(case)
    (line,) = (one for one in room.runtime.drifts(room.integration).lines if one.kind is case.kind)
    return line


def fixed(room: DriftRoom, case: Case) -> None:
    line = found(room, case)
    left = room.runtime.fix_drifts(room.integration, (line.key,), act=room.act())
    assert left.lines == ()
    assert room.runtime.drifts(room.integration).lines == ()


def mapping(room: DriftRoom, attribute: str) -> FieldMapping | None:
    (one,) = room.runtime.integrations()
    return one.mapping_of(attribute)


def values(room: DriftRoom, attribute: str) -> list[object]:
    page = room.runtime.told.records("account", limit=ROWS)
    return [record.values.get(attribute) for record in page.records]


def test_a_renamed_field_is_mapped_on_with_its_values(room: DriftRoom) -> None:
    before = values(room, "a_site")
    fixed(room, KNOWN["text_renamed"])
    moved = mapping(room, "a_site")
    assert moved is not None
    assert (str(moved.path), moved.write_back) == ("site_new", True)
    assert values(room, "a_site") == before
    report = room.runtime.pull(room.integration, act=room.act())
    assert (report.changed, report.skipped) == (0, ())
    case = KNOWN["text_renamed"]._replace(wish={"site_new": "Place {n}"})
    room.write(case)
    assert room.run(room.submit(room.plan())).state is JobState.DONE
    assert room.applied() == SENT


def test_a_preview_shows_what_can_still_be_read(room: DriftRoom) -> None:
    found(room, KNOWN["text_gone"])
    told = room.runtime.preview(room.integration, limit=3)
    assert "Site" not in told.paths
    assert len(told.rows) == 3


def test_a_removed_mapping_leaves_the_values(room: DriftRoom) -> None:
    before = values(room, "a_site")
    fixed(room, KNOWN["text_gone"])
    assert mapping(room, "a_site") is None
    assert values(room, "a_site") == before


@pytest.mark.parametrize("name", ["text_locked", "text_calculated"])
def test_a_locked_field_is_pulled_on_and_no_longer_written(room: DriftRoom, name: str) -> None:
    fixed(room, KNOWN[name])
    left = mapping(room, "a_site")
    assert left is not None
    assert not left.write_back


@pytest.mark.parametrize("name", ["text_shorter", "fewer_decimals", "text_required", "new_required"])
def test_an_accepted_change_is_the_new_base_and_values_are_checked_by_it(room: DriftRoom, name: str) -> None:
    fixed(room, KNOWN[name])
    room.write(KNOWN["text_gone"])
    (group,) = room.plan().groups
    # "Place 12" has eight characters: the ten that are left are enough
    assert (group.send, group.blocked) == (SENT, 0)


def test_longer_values_are_blocked_one_by_one_under_an_accepted_length(room: DriftRoom) -> None:
    case = KNOWN["text_shorter"]
    fixed(room, case._replace(change={**case.change, "most": 5}))
    room.write(case)
    (group,) = room.plan().groups
    assert (group.send, group.blocked) == (0, SENT)


def test_the_crms_options_become_the_attributes(room: DriftRoom) -> None:
    fixed(room, KNOWN["option_renamed"])
    (attribute,) = (one for one in room.runtime.attributes("account") if one.name == "a_tier__c")
    assert [(one.value, one.active) for one in attribute.options] == [
        ("Platinum", True),
        ("Silver", True),
        ("Bronze", True),
        ("Gold", False),
    ]


def test_a_type_that_the_attribute_can_hold_goes_on(room: DriftRoom) -> None:
    fixed(room, KNOWN["text_to_number"])
    kept = mapping(room, "a_site")
    assert kept is not None
    assert kept.write_back
    assert room.runtime.pull(room.integration, full=True, act=room.act()).skipped == ()


def test_a_type_that_it_cannot_hold_gets_a_new_attribute(room: DriftRoom) -> None:
    before = values(room, "a_contract_value__c")
    assert any(value is not None for value in before)
    fixed(room, KNOWN["number_to_text"])
    assert mapping(room, "a_contract_value__c") is None
    made = mapping(room, "a_contract_value__c_text")
    assert made is not None
    assert not made.write_back
    assert room.runtime.pull(room.integration, full=True, act=room.act()).skipped == ()
    assert values(room, "a_contract_value__c") == before
    assert set(values(room, "a_contract_value__c_text")) == {None}


def test_what_needs_a_fix_is_not_accepted_and_what_has_none_is_not_fixed(room: DriftRoom) -> None:
    line = found(room, KNOWN["text_gone"])
    with pytest.raises(MappingError) as refused:
        room.runtime.accept_drifts(room.integration, (line.key,), act=room.act())
    assert refused.value.code == "drift.not_acceptable"
    room.running.crm.faults.disarm()
    gone = found(room, KNOWN["object_gone"])
    assert gone.fix is FixKind.NONE
    with pytest.raises(MappingError) as unable:
        room.runtime.fix_drifts(room.integration, (gone.key,), act=room.act())
    assert unable.value.code == "drift.no_fix"


def test_an_object_that_is_gone_keeps_its_records_and_says_why_nothing_is_pulled(room: DriftRoom) -> None:
    before = values(room, "a_site")
    room.drift(KNOWN["object_gone"])
    with pytest.raises(MappingError) as refused:
        room.runtime.pull(room.integration, act=room.act())
    assert refused.value.code == "drift.object_gone"
    assert values(room, "a_site") == before
    room.running.crm.faults.disarm()
    assert room.runtime.pull(room.integration, act=room.act()).skipped == ()


def test_accepting_all_leaves_what_needs_a_fix(room: DriftRoom) -> None:
    room.drift(KNOWN["text_gone"])
    room.drift(KNOWN["new_required"])
    assert len(room.runtime.drifts(room.integration).lines) == 2
    left = room.runtime.accept_drifts(room.integration, (), act=room.act())
    assert [line.kind for line in left.lines] == [DriftKind.FIELD_GONE]


def test_a_field_that_came_back_is_read_whole(room: DriftRoom) -> None:
    room.drift(KNOWN["text_gone"])
    assert room.runtime.pull(room.integration, act=room.act()).skipped == ("Site",)
    room.running.crm.faults.disarm()
    assert room.runtime.drifts(room.integration).lines == ()
    key = room.runtime.told.records("account", limit=1).records[0].id.partition(":")[2]
    room.running.crm.edit("Account", key, {"Site": "Changed meanwhile"})
    room.drift(KNOWN["text_gone"])
    room.runtime.pull(room.integration, act=room.act())
    room.running.crm.faults.disarm()
    report = room.runtime.pull(room.integration, act=room.act())
    assert (report.skipped, report.is_incremental) == ((), False)
    assert "Changed meanwhile" in values(room, "a_site")


def test_drafts_for_an_object_that_is_gone_are_blocked_with_the_reason(room: DriftRoom) -> None:
    record = room.runtime.told.records("account", limit=1).records[0].id
    edit = Edit(record, "a_site", "Elsewhere")
    room.runtime.save_edits((edit,), origin=Origin.PROFILE, author="ada", act=room.act())
    found(room, KNOWN["object_gone"])
    plan = room.runtime.propose(PlanSource("drafts", author="ada"), act=room.act())
    (group,) = plan.groups
    assert (group.send, group.blocked) == (0, 1)
    with room.runtime.workspace.reading() as db:
        codes = db.exec_driver_sql("select code from findings").scalars().all()
    assert codes == ["drift.object_gone"]


def test_a_job_that_a_drift_stopped_is_planned_anew_once_the_change_is_accepted(room: DriftRoom) -> None:
    case = KNOWN["text_shorter"]
    room.write(case)
    job = room.submit(room.plan())
    room.drift(case)
    assert room.run(job).stop is not None
    again = PlanSource("retry", job_id=job, author="ada")
    (blocked,) = room.runtime.propose(again, act=room.act()).groups
    assert (blocked.send, blocked.blocked) == (0, SENT)
    room.runtime.accept_drifts(room.integration, (), act=room.act())
    plan = room.runtime.propose(again, act=room.act())
    assert plan.groups[0].send == SENT
    assert room.run(room.submit(plan)).state is JobState.DONE
    assert room.applied() == SENT


def test_accepting_one_change_of_a_field_accepts_no_other_of_it(room: DriftRoom) -> None:
    room.drift(KNOWN["text_shorter"])
    room.fault("drift", change="labelled", object="Account", field="Site", to="Place")
    lines = {line.kind: line for line in room.runtime.drifts(room.integration).lines}
    assert set(lines) == {DriftKind.FIELD_SHORTER, DriftKind.RELABELLED}
    harmless = lines[DriftKind.RELABELLED].key
    left = room.runtime.accept_drifts(room.integration, (harmless,), act=room.act())
    assert [line.kind for line in left.lines] == [DriftKind.FIELD_SHORTER]
    last = room.runtime.fix_drifts(room.integration, (left.lines[0].key,), act=room.act())
    assert last.lines == ()
