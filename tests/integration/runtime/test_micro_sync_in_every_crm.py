"""Micro-sync against each CRM: formula, automation, a second field, in every route that it declares."""

from collections import abc
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest

from tests.doubles.four_crms import CELLS, CRMS, CrmRoom, crm_room
from writeback.model.jobs import Route
from writeback.model.types import RecordId, Value

SECOND = {
    "salesforce": ("Tier__c", ("Silver", "Bronze"), "Notes__c", "Tier {}"),
    "dynamics": ("wb_tier", ("100000001", "100000002"), "description", "Tier {}"),
    "zoho": ("Tier", ("Silver", "Bronze"), "Notes_Text", "Tier {}"),
    "hubspot": ("city", ("Lagos", "Quito"), "country", "Workflow Land"),
}
"""What is written, and what the CRM sets by itself because of it."""
AUTOMATION = "outcome.changed_by_automation"
WRITES = {
    "salesforce": "/composite",
    "hubspot": "/batch/update",
    "dynamics": "$batch",
    "zoho": "/Accounts",
}
"""Where a batch is written to."""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[abc.Callable[[str], CrmRoom]]:
    made: dict[str, CrmRoom] = {}
    with ExitStack() as stack:

        def room(name: str) -> CrmRoom:
            if name not in made:
                switch = "workflow" if name == "hubspot" else "second_field"
                options = {switch: "on", **({"bulk_automation": "on"} if name == "zoho" else {})}
                folder: Path = tmp_path_factory.mktemp(name)
                further = {SECOND[name][0], SECOND[name][2]}
                made[name] = stack.enter_context(crm_room(folder, name, options=options, more=further))
            return made[name]

        yield room


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_a_formula_and_a_second_field_arrive_with_the_write(
    rooms: abc.Callable[[str], CrmRoom], name: str, route: Route
) -> None:
    room, facts = rooms(name), CRMS[name]
    written, values, second, made = SECOND[name]
    formula = facts.formula[0]
    picked: dict[RecordId, str] = {}
    before: dict[RecordId, dict[str, Value]] = {}
    while len(picked) < 3:
        rid = room.record()
        before[rid] = room.shown(rid)
        held = before[rid][written]
        if before[rid][formula] is not None:
            picked[rid] = next(value for value in values if value != held)
    drives = {
        rid: picked[rid]
        if facts.drives == written
        else next(one for one in facts.drives_values if Decimal(one) != before[rid][facts.drives])
        for rid in picked
    }
    columns = list(dict.fromkeys([facts.drives, written]))
    rows = {rid: [drives[rid] if one == facts.drives else picked[rid] for one in columns] for rid in picked}

    jobs = room.send(room.plan_file(columns, rows, route))

    assert [row.outcome for row in room.rows(jobs)] == ["applied"] * 3
    for rid, value in picked.items():
        shown, held = room.shown(rid), room.held(rid, formula, second)
        assert shown[second] == held[second] == made.format(value)
        assert shown[formula] != before[rid][formula]
        assert str(shown[formula]).rstrip("0").rstrip(".") == str(held[formula]).rstrip("0").rstrip(".")
    assert room.runtime.doctor().ok


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_what_automation_makes_of_a_written_value_is_told_as_such(
    rooms: abc.Callable[[str], CrmRoom], name: str, route: Route
) -> None:
    room = rooms(name)
    path, written, made = CRMS[name].rewritten
    rid = room.record()

    jobs = room.send(room.plan_file([path], {rid: [written]}, route))

    (row,) = room.rows(jobs)
    assert (row.outcome, row.code, row.theirs) == ("applied", AUTOMATION, made)
    assert room.held(rid, path)[path] == room.shown(rid)[path] == made
    mark = room.mark(rid, path)
    assert (mark.state, mark.old, mark.new) == ("automated", written, made)
    assert len(room.ours(rid)) == 1
    report = room.runtime.pull(room.integration.id, full=True, act=room.runtime.new_id())
    assert (report.changed, report.conflicts) == (0, 0)
    assert room.runtime.doctor().ok


def test_a_workflow_that_runs_after_the_answer_is_told_by_hubspots_history(
    rooms: abc.Callable[[str], CrmRoom],
) -> None:
    room = rooms("hubspot")
    rid = room.record()

    jobs = room.send(room.plan_file(["city"], {rid: ["Lagos"]}, Route.SINGLE))

    (row,) = room.rows(jobs)
    assert (row.outcome, row.code, row.theirs) == ("applied", AUTOMATION, "LAGOS")
    assert room.shown(rid)["city"] == "LAGOS"


@pytest.mark.parametrize("name", CRMS)
def test_a_write_costs_one_read_more_and_no_more(rooms: abc.Callable[[str], CrmRoom], name: str) -> None:
    room = rooms(name)
    path = CRMS[name].fields[next(iter(CRMS[name].fields))]
    room.send(room.plan_file([path], {room.record(): ["warm"]}, Route.BATCH))
    rids = [room.record() for _ in range(4)]
    plan = room.plan_file([path], {rid: ["cold"] for rid in rids}, Route.BATCH)
    room.running.crm.requests.clear()

    room.send(plan)

    asked = [(str(one["method"]), str(one["path"])) for one in room.running.crm.requests.told()["requests"]]
    writes = [
        place for place, (method, path) in enumerate(asked) if path.endswith(WRITES[name]) and method != "GET"
    ]
    assert len(writes) == 1, asked
    assert len(asked) - 1 - writes[0] == 1, asked
