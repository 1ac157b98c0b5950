"""Multi-lists in all four CRMs: several values, what is added and taken, whatever others added meanwhile."""

from collections import abc
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.doubles.shared_account import FourCrms
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType
from writeback.model.value_rules import Pair, ValueRules
from writeback.runtime.facade import Edit, EditAnswer, PlanSource

SEGMENTS = ("Retail", "Wholesale", "Public sector", "R&D", "Export")
PATHS = {"salesforce": "Segments__c", "hubspot": "segments", "dynamics": "wb_segments", "zoho": "Segments"}
CODES = {"Retail": "1", "Wholesale": "2", "Public sector": "3", "R&D": "5", "Export": "9"}
FIRST: dict[str, object] = {
    "salesforce": "Retail;Export",
    "hubspot": "retail;export",
    "dynamics": "1,9",
    "zoho": ["Retail", "Export"],
}
FOREIGN: dict[str, object] = {
    "salesforce": "Retail;Export;R&D",
    "hubspot": "retail;export;r_and_d",
    "dynamics": "1,9,5",
    "zoho": ["Retail", "Export", "R&D"],
}
HUBSPOT = {"Public sector": "public", "R&D": "r_and_d"}


def theirs(connector: str, *ours: str) -> frozenset[str]:
    if connector == "dynamics":
        return frozenset(CODES[one] for one in ours)
    if connector == "hubspot":
        return frozenset(HUBSPOT.get(one, one.lower()) for one in ours)
    return frozenset(ours)


@pytest.fixture
def four(tmp_path: Path) -> abc.Iterator[FourCrms]:
    with ExitStack() as stack:
        made = FourCrms.start(tmp_path, stack)
        made.add("segments", AttributeType.MULTI_LIST, *SEGMENTS)
        for connector, path in PATHS.items():
            made.change(connector, {path: FIRST[connector]})
            pairs = tuple(Pair(next(iter(theirs(connector, one))), one) for one in SEGMENTS)
            rules = ValueRules() if connector in ("salesforce", "zoho") else ValueRules(pairs)
            made.map(
                connector, FieldMapping(FieldPath.parse(path), "segments", write_back=True, values=rules)
            )
        made.pull()
        yield made
        assert made.runtime.doctor().ok, made.runtime.doctor().invariants


def change(four: FourCrms, mode: MultiMode, text: str, *, send: bool = False) -> EditAnswer:
    (answer,) = four.runtime.save_edits(
        (Edit(four.account, "segments", text, mode),),
        origin=Origin.PROFILE,
        author="ana",
        act=four.runtime.new_id(),
        send=send,
    )
    four.runtime.run_until_final(answer.job_ids)
    return answer


def held(four: FourCrms) -> dict[str, frozenset[str]]:
    return {name: frozenset(four.held(name, path) or ()) for name, path in PATHS.items()}  # type: ignore[call-overload]  a tuple


def test_several_values_replace_what_stood_there_in_all_four(four: FourCrms) -> None:
    assert set(four.value("segments")) == {"Retail", "Export"}  # type: ignore[call-overload]  a tuple
    change(four, MultiMode.REPLACE, "wholesale; R&D", send=True)
    assert held(four) == {name: theirs(name, "Wholesale", "R&D") for name in PATHS}
    assert four.value("segments") == ("Wholesale", "R&D")


def test_what_somebody_added_in_a_crm_meanwhile_stays_and_is_no_conflict(four: FourCrms) -> None:
    assert change(four, MultiMode.ADD, "Wholesale").state == "draft"
    assert change(four, MultiMode.REMOVE, "Retail").state == "draft"
    for connector, path in PATHS.items():
        four.change(connector, {path: FOREIGN[connector]})
    four.pull()
    assert {one.state for one in four.targets("segments").values()} == {"draft"}
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    assert [(group.send, group.conflict, group.blocked) for group in plan.groups] == [(1, 0, 0)] * 4
    four.runtime.run_until_final(four.runtime.submit(plan.id, act="submit"))
    assert held(four) == {name: theirs(name, "Export", "R&D", "Wholesale") for name in PATHS}
    assert set(four.value("segments")) == {"Export", "R&D", "Wholesale"}  # type: ignore[call-overload]  a tuple
    assert all(len(four.written(name)) == 1 for name in PATHS)


def test_adding_what_is_there_and_taking_what_is_not_changes_nothing(four: FourCrms) -> None:
    assert change(four, MultiMode.ADD, "Export").state == "unchanged"
    assert change(four, MultiMode.REMOVE, "Wholesale").state == "unchanged"
    refused = change(four, MultiMode.ADD, "Moon base")
    assert (refused.state, refused.reason and refused.reason.code) == ("blocked", "value.not_an_option")
    assert change(four, MultiMode.ADD, "Wholesale").state == "draft"
    assert change(four, MultiMode.REMOVE, "wholesale").state == "unchanged"  # the later one decides
    assert four.runtime.discard_drafts((), act="discard") == 0


def test_taking_the_last_option_empties_the_list(four: FourCrms) -> None:
    change(four, MultiMode.REMOVE, "Retail;Export", send=True)
    assert held(four) == {name: frozenset() for name in PATHS}
    change(four, MultiMode.ADD, "R&D", send=True)
    assert held(four) == {name: theirs(name, "R&D") for name in PATHS}
