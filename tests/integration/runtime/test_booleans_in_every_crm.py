"""The FAQ's checkbox: whatever a person writes for *yes* arrives as the CRM's own true, and never as text."""

import json
import sqlite3
from collections import abc
from contextlib import closing

import pytest

from tests.doubles.four_crms import CELLS, CRMS, CrmRoom, crm_rooms
from writeback.cli.application import run as run_command
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, JobId, RecordId

Rooms = abc.Callable[[str], CrmRoom]
WORDS = ("True", "TRUE", "yes", "1", "on")
TRUE = {"salesforce": True, "dynamics": True, "zoho": True, "hubspot": "true"}
"""What each CRM's API shows of a checkbox that is set: HubSpot's values are texts by its own contract."""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Rooms]:
    with crm_rooms(tmp_path_factory.mktemp("booleans"), salesforce={"boolean_text": "refused"}) as made:
        yield made


def unset_records(room: CrmRoom, path: str, count: int) -> list[RecordId]:
    """Give records whose checkbox is not set."""
    found: list[RecordId] = []
    while len(found) < count:
        rid = room.record()
        if not room.shown(rid)[path]:
            found.append(rid)
    return found


def bodies(room: CrmRoom, jobs: abc.Iterable[JobId]) -> list[str]:
    """Give the recorded requests of some jobs that wrote."""
    asked = "select request from exchanges where job_id = ? and method in ('PATCH', 'PUT', 'POST')"
    with closing(sqlite3.connect(room.runtime.workspace.path)) as db:
        return [str(row[0]) for job in jobs for row in db.execute(asked, (job,))]


def assert_true(room: CrmRoom, path: str, rids: abc.Iterable[RecordId], jobs: abc.Sequence[JobId]) -> None:
    name = room.facts.connector
    rows = room.rows(jobs)
    assert [row.outcome for row in rows] == ["applied"] * len(WORDS), rows
    for rid in rids:
        assert room.held(rid, path)[path] == TRUE[name]
        assert type(room.held(rid, path)[path]) is type(TRUE[name])
        assert room.shown(rid)[path] is True
    for body in bodies(room, jobs):
        if path in body:
            assert not [word for word in WORDS if f'"{path}": "{word}"' in body or f",{word}" in body], body


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_every_word_for_yes_in_a_file_arrives_as_the_crms_own_true(
    rooms: Rooms, name: str, route: Route
) -> None:
    room, path = rooms(name), CRMS[name].fields[AttributeType.BOOLEAN]
    rids = unset_records(room, path, len(WORDS))

    jobs = room.send(
        room.plan_file([path], {rid: [word] for rid, word in zip(rids, WORDS, strict=True)}, route)
    )

    assert_true(room, path, rids, jobs)


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_every_word_for_yes_that_is_typed_arrives_as_the_crms_own_true(
    rooms: Rooms, name: str, route: Route
) -> None:
    room, path = rooms(name), CRMS[name].fields[AttributeType.BOOLEAN]
    rids = unset_records(room, path, len(WORDS))
    answers = room.save({(rid, path): word for rid, word in zip(rids, WORDS, strict=True)})
    assert {answer.state for answer in answers} == {"draft"}

    jobs = room.send(room.plan_drafts(rids, route))

    assert_true(room, path, rids, jobs)


@pytest.mark.parametrize(("name", "route"), CELLS)
def test_maybe_is_refused_in_the_plan_with_the_fields_name_and_nothing_is_sent(
    rooms: Rooms, name: str, route: Route
) -> None:
    room, path = rooms(name), CRMS[name].fields[AttributeType.BOOLEAN]
    rid = room.record()
    before, seen = room.held(rid, path), len(room.ours())

    plan = room.plan_file([path], {rid: ["maybe"]}, route)

    (row,) = room.runtime.told.plan_rows([group.job_id for group in plan.groups])
    assert (row.verdict, row.field) == ("blocked", path)
    assert row.reason is not None
    assert (row.reason.code, dict(row.reason.facts)["value"]) == ("value.not_a_boolean", "maybe")
    room.send(plan)
    assert (room.held(rid, path), len(room.ours())) == (before, seen)


@pytest.mark.parametrize("name", CRMS)
def test_maybe_never_leaves_the_form(rooms: Rooms, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    room, path = rooms(name), CRMS[name].fields[AttributeType.BOOLEAN]
    rid = room.record()

    (answer,) = room.save({(rid, path): "maybe"})

    assert (answer.state, answer.attribute) == ("blocked", path.casefold())
    assert answer.reason is not None
    assert answer.reason.code == "value.not_a_boolean"
    assert room.mark(rid, path) is None
    capsys.readouterr()
    command = [
        "--workspace",
        str(room.runtime.workspace.path),
        "edit",
        rid,
        f"{path.casefold()}=maybe",
        "--json",
    ]
    code = run_command(command)
    told = json.loads(capsys.readouterr().out)
    assert code != 0
    assert [(one["attribute"], one["state"], one["reason"]["code"]) for one in told["edits"]] == [
        (path.casefold(), "blocked", "value.not_a_boolean")
    ]
