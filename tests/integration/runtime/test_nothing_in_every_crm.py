"""The null contract: unset, blank and clear are three things, the same in every route of every CRM.

Oracles: what the simulator holds, asked past the connector, and its applied-log. Where a route cannot carry a
clear the plan says so and blocks the row; nothing is ever cleared, or kept, in silence.
"""

from collections import abc

import pytest

from tests.doubles.four_crms import CELLS, CRMS, CrmRoom, crm_rooms
from writeback.model.integrations import BlankRule, ConflictRule
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.job_views import JobRow, PlanRow

Rooms = abc.Callable[[str], CrmRoom]
NOTHING = (None, "", [], "null")
TRAPS = ("#N/A", "null", "NULL", "None", "nil", "undefined", "-", "0")
QUIET = {
    "salesforce": {"automation": "off"},
    "hubspot": {"automation": "off"},
    "dynamics": {"automation": "off"},
    "zoho": {"automation": "off"},
}


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rooms]:
    with crm_rooms(tmp_path_factory.mktemp("nothing"), **QUIET) as made:
        yield made


def clearable(room: CrmRoom) -> dict[AttributeType, str]:
    """Give a field of each type that the CRM lets be empty."""
    description = room.runtime.describe("C", room.facts.object)
    found = {}
    for kind, name in room.facts.fields.items():
        info = description.field(name)
        assert info is not None
        if info.is_nillable:
            found[kind] = name
    return found


def fill(room: CrmRoom, rids: abc.Collection[RecordId], fields: abc.Mapping[AttributeType, str]) -> None:
    """Put something into every field of some records."""
    cells = [room.filled(kind) for kind in fields]
    for rid in rids:
        room.edit(rid, **{room.facts.fields[AttributeType.TEXT]: "before"})
    plan = room.plan_file(
        list(fields.values()), dict.fromkeys(rids, cells), Route.BATCH, rule=ConflictRule.OURS
    )
    room.send(plan)
    for rid in rids:
        held = room.held(rid, *fields.values())
        assert not [name for name, value in held.items() if value in NOTHING or value is False], held


def is_empty(value: object, kind: AttributeType) -> bool:
    return value in NOTHING or (kind is AttributeType.BOOLEAN and value is False)


def planned(room: CrmRoom, jobs: abc.Iterable[JobId]) -> list[PlanRow]:
    return list(room.runtime.told.plan_rows(list(jobs)))


def assert_cleared_or_said(
    room: CrmRoom, rid: RecordId, fields: abc.Mapping[AttributeType, str], rows: abc.Sequence[JobRow]
) -> None:
    """Either everything is empty now, or the row was blocked with a reason and nothing changed."""
    held = room.held(rid, *fields.values())
    (row,) = [one for one in rows if one.record_id == room.key(rid)]
    if row.outcome == "blocked":
        assert room.facts.connector == "zoho", row
        assert row.code, row
        assert not [name for kind, name in fields.items() if is_empty(held[name], kind)], held
        return
    assert row.outcome == "applied", row
    assert not [name for kind, name in fields.items() if not is_empty(held[name], kind)], held
    shown = room.shown(rid)
    assert not [name for kind, name in fields.items() if not is_empty(shown[name], kind)], shown


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_what_a_file_does_not_name_and_what_is_blank_in_it_stays(
    rooms: Rooms, name: str, route: Route
) -> None:
    room = rooms(name)
    fields = clearable(room)
    rids = [room.record(), room.record(), room.record()]
    fill(room, rids, fields)
    text = fields[AttributeType.TEXT]
    others = [one for one in fields.values() if one != text]
    before = {rid: room.held(rid, *others) for rid in rids}
    seen = len(room.ours())

    unset = room.send(room.plan_file([text], {rids[0]: ["new"]}, route))
    blanks = ["" for _ in others]
    kept = {rids[1]: ["new", *blanks], rids[2]: ["new", *("   " for _ in others)]}
    blank = room.send(room.plan_file([text, *others], kept, route))

    assert [row.outcome for row in room.rows((*unset, *blank))] == ["applied"] * 3
    assert {rid: room.held(rid, *others) for rid in rids} == before
    assert [room.held(rid, text)[text] for rid in rids] == ["new"] * 3
    for entry in room.ours()[seen:]:
        assert set(entry["fields"]) == {text}, entry


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_a_blank_that_means_clear_empties_every_type_of_field(rooms: Rooms, name: str, route: Route) -> None:
    room = rooms(name)
    fields = clearable(room)
    rids = [room.record(), room.record()]
    fill(room, rids, fields)
    rows = {rids[0]: ["" for _ in fields], rids[1]: [" \t" for _ in fields]}

    plan = room.plan_file(list(fields.values()), rows, route, blank=BlankRule.CLEAR)

    told = planned(room, [group.job_id for group in plan.groups])
    if plan.groups[0].send:
        assert {row.field for row in told if row.clears and row.verdict == "send"} == set(fields.values())
    ended = room.rows(room.send(plan))
    for rid in rids:
        assert_cleared_or_said(room, rid, fields, ended)


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_a_clear_that_a_person_asks_for_empties_every_type_of_field(
    rooms: Rooms, name: str, route: Route
) -> None:
    room = rooms(name)
    fields = clearable(room)
    rid = room.record()
    fill(room, [rid], fields)
    room.runtime.pull(room.integration.id, act=room.runtime.new_id())
    answers = room.save({(rid, path): None for path in fields.values()})
    assert {answer.state for answer in answers} == {"draft"}

    plan = room.plan_drafts([rid], route)

    told = planned(room, [group.job_id for group in plan.groups])
    assert plan.groups[0].send == 0 or all(row.clears for row in told if row.verdict == "send")
    assert_cleared_or_said(room, rid, fields, room.rows(room.send(plan)))
    room.runtime.discard_drafts((rid,), act=room.runtime.new_id())


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_in_one_job_each_row_clears_what_it_clears_and_keeps_what_it_keeps(
    rooms: Rooms, name: str, route: Route
) -> None:
    """The traps: `#N/A` beside an empty cell, null beside a missing name, `ignore_empty` for a whole file."""
    room = rooms(name)
    fields = clearable(room)
    one, other = fields[AttributeType.TEXT], fields[AttributeType.LONG_TEXT]
    date = fields[AttributeType.DATE]
    first, second, third = room.record(), room.record(), room.record()
    fill(room, [first, second, third], fields)
    room.runtime.pull(room.integration.id, act=room.runtime.new_id())
    before = {rid: room.held(rid, one, other, date) for rid in (first, second, third)}
    room.save({(first, one): None, (second, other): "new", (third, date): None, (third, one): "new"})

    jobs = room.send(room.plan_drafts([first, second, third], route))

    ends = {row.record_id: row.outcome for row in room.rows(jobs)}
    held = {rid: room.held(rid, one, other, date) for rid in (first, second, third)}
    assert ends[room.key(second)] == "applied"
    assert held[second] == before[second] | {other: "new"}
    for rid, wished in ((first, {one: None}), (third, {date: None, one: "new"})):
        if ends[room.key(rid)] == "blocked":
            assert name == "zoho"
            assert held[rid] == before[rid]
            continue
        assert ends[room.key(rid)] == "applied"
        assert {path: held[rid][path] or None for path in (one, other, date)} == before[rid] | wished
    room.runtime.discard_drafts((first, second, third), act=room.runtime.new_id())


@pytest.mark.parametrize(("name", "route"), [cell for cell in CELLS if CRMS[cell[0]].required])
def test_clearing_a_required_field_is_refused_before_it_costs_a_call(
    rooms: Rooms, name: str, route: Route
) -> None:
    room = rooms(name)
    required = CRMS[name].required
    info = room.runtime.describe("C", room.facts.object).field(required)
    assert info is not None
    rid = room.record()
    before, seen = room.held(rid, required), len(room.ours())

    plan = room.plan_file([required], {rid: [""]}, route, blank=BlankRule.CLEAR)

    rows = planned(room, [group.job_id for group in plan.groups])
    jobs = room.send(plan)
    if not info.is_nillable:
        assert [(row.verdict, row.field) for row in rows] == [("blocked", required)]
        assert (room.held(rid, required), len(room.ours())) == (before, seen)
    else:  # the CRM's forms ask for it, its API does not
        assert [row.outcome for row in room.rows(jobs)] == ["applied"]


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_a_text_that_means_nothing_somewhere_arrives_as_a_text_or_is_refused(
    rooms: Rooms, name: str, route: Route
) -> None:
    room, path = rooms(name), CRMS[name].fields[AttributeType.TEXT]
    rids = [room.record() for _ in TRAPS]
    fill(room, rids, {AttributeType.TEXT: path})

    rows = dict(zip(rids, ([text] for text in TRAPS), strict=True))
    ends = {row.record_id: row.outcome for row in room.rows(room.send(room.plan_file([path], rows, route)))}

    for rid, text in zip(rids, TRAPS, strict=True):
        is_refused = (name, route, text) == ("salesforce", Route.BULK, "#N/A")
        assert ends[room.key(rid)] == ("blocked" if is_refused else "applied"), text
        held = room.held(rid, path)[path]
        assert held == room.shown(rid)[path] == (room.filled(AttributeType.TEXT) if is_refused else text)


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_a_reference_that_may_be_empty_is_cleared_or_the_plan_says_why_not(
    rooms: Rooms, name: str, route: Route
) -> None:
    """Dataverse takes it by `@odata.bind` null or by deleting the link, never by an empty text."""
    room, path = rooms(name), CRMS[name].reference
    column = {"dynamics": f"_{path}_value"}.get(name, path)
    rid = room.record()
    while room.held(rid, column)[column] in NOTHING:
        rid = room.record()
    before, seen = room.held(rid, column), len(room.ours())

    (row,) = room.rows(room.send(room.plan_file([path], {rid: [""]}, route, blank=BlankRule.CLEAR)))

    if row.outcome == "blocked":
        assert row.code
        assert (room.held(rid, column), len(room.ours())) == (before, seen)
    else:
        assert row.outcome == "applied"
        assert room.held(rid, column)[column] in NOTHING
