"""Value maps over all four CRMs: one tier, four spellings of it, told apart by the applied-logs."""

from collections import abc
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.shared_account import FourCrms
from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, EmptyRule, FieldMapping
from writeback.model.types import AttributeType
from writeback.model.value_rules import Pair, TransformUse, UnknownRule, ValueRules
from writeback.runtime.facade import ConflictChoice, PlanSource

TIERS = ("Gold", "Silver", "Bronze")
PATHS = {"salesforce": "Rating", "hubspot": "tier", "dynamics": "wb_tier", "zoho": "Tier"}
MAPS = {
    "salesforce": {"Hot": "Gold", "Warm": "Silver", "Cold": "Bronze"},
    "hubspot": {"gold": "Gold", "silver": "Silver", "bronze": "Bronze"},
    "dynamics": {"100000000": "Gold", "100000001": "Silver", "100000002": "Bronze"},
    "zoho": {"Silver": "Gold", "Gold": "Silver", "Bronze": "Bronze"},
}
WRITTEN = {connector: {ours: theirs for theirs, ours in lines.items()} for connector, lines in MAPS.items()}
WIRE = {"dynamics": int}


def mapping(connector: str, **rules: object) -> FieldMapping:
    pairs = tuple(Pair(theirs, ours) for theirs, ours in MAPS[connector].items())
    return FieldMapping(
        FieldPath.parse(PATHS[connector]),
        "tier",
        write_back=True,
        values=ValueRules(pairs, **rules),  # type: ignore[arg-type]  keywords of the dataclass
    )


@pytest.fixture
def four(tmp_path: Path) -> abc.Iterator[FourCrms]:
    with ExitStack() as stack:
        made = FourCrms.start(tmp_path, stack)
        made.add("tier", AttributeType.LIFECYCLE, *TIERS)
        for connector, path in PATHS.items():
            value = WRITTEN[connector]["Bronze"]
            made.change(connector, {path: WIRE.get(connector, str)(value)})
            made.map(connector, mapping(connector))
        made.pull()
        yield made
        assert made.runtime.doctor().ok, made.runtime.doctor().invariants


def test_one_edit_reaches_each_crm_in_its_own_words_and_comes_back_in_ours(four: FourCrms) -> None:
    assert four.value("tier") == "Bronze"
    answer = four.edit("tier", "gold")  # a stage, whatever its case
    assert (answer.state, len(answer.job_ids)) == ("sending", 4)
    for connector, path in PATHS.items():
        (written,) = four.written(connector)
        assert str(written[path]) == WRITTEN[connector]["Gold"], connector
        assert four.held(connector, path) == WRITTEN[connector]["Gold"]
    assert four.value("tier") == "Gold"
    assert {one.state for one in four.targets("tier").values()} == {"confirmed"}
    assert {one.value for one in four.targets("tier").values()} == {"Gold"}
    four.pull()
    assert four.value("tier") == "Gold"
    assert all(not four.written(connector) for connector in PATHS)


def test_lists_that_read_alike_are_paired_when_they_are_mapped(tmp_path: Path) -> None:
    """HubSpot stores `gold`, Dynamics a number; both show *Gold*, and nobody has to write that down."""
    with ExitStack() as stack:
        made = FourCrms.start(tmp_path, stack)
        made.add("tier", AttributeType.LIFECYCLE, *TIERS)
        for connector, path in PATHS.items():
            made.change(connector, {path: WIRE.get(connector, str)(WRITTEN[connector]["Bronze"])})
            wished = mapping(connector)
            if connector in ("hubspot", "dynamics"):
                wished = replace(wished, values=ValueRules())
            changed = made.map(connector, wished)
            (kept,) = [one.values for one in changed.mappings if one.attribute == "tier"]
            assert dict(kept.pairs) == MAPS[connector]
        made.pull()
        made.edit("tier", "Gold")
        for connector, path in PATHS.items():
            (written,) = made.written(connector)
            assert str(written[path]) == WRITTEN[connector]["Gold"]
        assert {(one.state, one.value) for one in made.targets("tier").values()} == {("confirmed", "Gold")}


def test_a_change_in_one_crm_comes_in_by_its_map_and_goes_to_the_others_by_theirs(four: FourCrms) -> None:
    four.change("zoho", {"Tier": "Gold"})  # that CRM's Gold is our Silver
    four.pull("zoho")
    assert four.value("tier") == "Silver"
    four.edit("tier", "Silver")
    assert four.value("tier") == "Silver"
    four.edit("tier", "Gold")
    assert {name: four.held(name, path) for name, path in PATHS.items()} == {
        name: WRITTEN[name]["Gold"] for name in PATHS
    }


def test_a_value_nobody_mapped_is_held_back_both_ways(four: FourCrms) -> None:
    four.change("hubspot", {"tier": "none"})
    four.pull("hubspot")
    assert four.value("tier") == "Bronze"  # what we have stays
    pairs = tuple(pair for pair in mapping("hubspot").values.pairs if pair.ours != "Gold")
    four.map("hubspot", replace(mapping("hubspot"), values=ValueRules(pairs)))
    four.edit("tier", "Gold")
    states = four.targets("tier")
    assert (states["hubspot"].state, states["hubspot"].code) == ("refused", "value.not_in_map")
    assert four.held("hubspot", "tier") == "none"
    assert {states[name].state for name in PATHS if name != "hubspot"} == {"confirmed"}
    assert four.written("hubspot") == []


def test_an_unknown_value_may_pass_or_count_as_another(four: FourCrms) -> None:
    four.map("hubspot", mapping("hubspot", unknown=UnknownRule.DEFAULT, default="Silver"))
    four.change("hubspot", {"tier": "none"})
    four.pull("hubspot")
    assert four.value("tier") == "Silver"
    four.map("hubspot", mapping("hubspot", unknown=UnknownRule.PASS))
    assert four.value("tier") == "none"  # what the old rule had made of it follows the new one
    preview = four.runtime.preview(four.integrations["hubspot"].id, limit=10)
    kept = {row.record_id: row.cells[preview.paths.index("tier")].kept for row in preview.rows}
    assert kept[four.keys["hubspot"]] == "none"


def test_several_values_of_a_crm_that_mean_one_of_ours_are_no_conflict(four: FourCrms) -> None:
    pairs = (*mapping("hubspot").values.pairs, Pair("none", "Bronze"))
    four.map("hubspot", replace(mapping("hubspot"), values=ValueRules(pairs)))
    four.change("hubspot", {"tier": "none"})  # still our Bronze
    four.edit("tier", "Silver")
    assert four.held("hubspot", "tier") == "silver"
    four.change("hubspot", {"tier": "none"})
    four.pull("hubspot")
    assert four.value("tier") == "Bronze"
    four.edit("tier", "Bronze")
    assert four.held("hubspot", "tier") == "none"  # it means what was wished: left alone


def test_a_conflict_is_told_and_settled_in_our_words(four: FourCrms) -> None:
    four.edit("tier", "Gold", send=False)
    four.change("dynamics", {"wb_tier": 100_000_001})
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    jobs = four.runtime.submit(plan.id, act="submit")
    four.runtime.run_until_final(jobs)
    state = four.targets("tier")["dynamics"]
    assert (state.state, state.theirs) == ("conflict", "Silver")
    settled = four.runtime.settle_conflicts(
        (ConflictChoice(four.account, "tier", ConflictRule.OURS),), author="ana", act="settle"
    )
    assert settled is not None
    four.runtime.run_until_final(four.runtime.submit(settled.id, act="again"))
    assert four.held("dynamics", "wb_tier") == "100000000"
    assert {one.state for one in four.targets("tier").values()} == {"confirmed"}


def test_a_map_is_checked_against_both_sides(four: FourCrms) -> None:
    bad = {
        "mapping.not_an_option": ValueRules((Pair("diamond", "Gold"),)),
        "mapping.map_twice": ValueRules((Pair("gold", "Gold"), Pair("gold", "Silver"))),
        "mapping.bad_unknown_default": ValueRules((Pair("gold", "Gold"),), UnknownRule.DEFAULT, "Silver"),
        "transform.unknown": ValueRules(transforms=(TransformUse("sideways"),)),
    }
    for code, rules in bad.items():
        with pytest.raises(MappingError) as caught:
            four.map("hubspot", replace(mapping("hubspot"), values=rules))
        assert caught.value.code == code
    labelled = ValueRules((Pair("No tier", "bronze"),))
    four.map("hubspot", replace(mapping("hubspot"), values=labelled))
    (kept,) = (
        one.mapping_of("tier")
        for one in four.runtime.integrations()
        if one.id == four.integrations["hubspot"].id
    )
    assert kept is not None
    assert kept.values.pairs == (Pair("none", "Bronze"),)


def test_a_default_for_nothing_is_one_of_ours(four: FourCrms) -> None:
    rule = replace(mapping("hubspot"), empty_rule=EmptyRule.DEFAULT, empty_default="Silver")
    four.map("hubspot", rule)
    four.change("hubspot", {"tier": ""})
    four.pull("hubspot")
    assert four.value("tier") == "Silver"
