import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.engine import plan_files
from writeback.engine.proposing import Proposed, propose
from writeback.engine.terms import Terms
from writeback.errors import ConfigurationError, WrongOrgError
from writeback.model.changes import Origin
from writeback.model.connections import Environment, Org
from writeback.store import connections
from writeback.store.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    return Desk(workspace, tmp_path)


def saved(desk: Desk, header: str, *rows: str) -> Path:
    plan = desk.propose_file(desk.file(header, *rows))
    path = desk.folder / "plan.json"
    plan_files.save(desk.workspace, plan.id, path)
    return path


def load(desk: Desk, path: Path) -> Proposed:
    streams = plan_files.load(path, workspace=desk.workspace)
    return propose(streams, Terms(Origin.CLI), workspace=desk.workspace, reach_of=desk.reach)


def test_a_saved_plan_gives_the_same_plan_again(desk: Desk) -> None:
    path = saved(
        desk,
        "Id,Industry,Active,Revenue,Owner.Email",
        "A1,Energy,no,12.50,bo@example.com",
        "A2,Retail,,,",
        "A3,nonsense,,,",
    )
    assert json.loads(path.read_text("utf-8"))["head"]["format"] == 1  # a whole JSON document
    assert path.stat().st_mode & 0o077 == 0
    before = [(row.verdict, row.record_id, row.new, row.code) for row in desk.rows(load(desk, path))]
    assert [row[0] for row in before] == ["send", "unchanged", "blocked"]
    assert before[0][2][1] is False
    assert before[2][3] == "value.not_an_option"


def test_a_value_that_moved_since_the_plan_was_saved_is_a_conflict(desk: Desk) -> None:
    path = saved(desk, "Id,Industry", "A1,Energy", "A2,Energy")
    desk.crm.put("Account", "A1", Industry="Mining")
    assert [row.verdict for row in desk.rows(load(desk, path))] == ["conflict", "send"]


def test_a_conflict_stays_one_however_often_it_is_loaded(desk: Desk) -> None:
    path = saved(desk, "Id,Industry", "A1,Energy")
    desk.crm.put("Account", "A1", Industry="Mining")
    again = desk.folder / "again.json"
    plan_files.save(desk.workspace, load(desk, path).id, again)
    assert [row.verdict for row in desk.rows(load(desk, again))] == ["conflict"]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda text: text.replace("Energy", "Mining"), "plan_file.changed"),
        (lambda text: text[: len(text) // 2 * 2 - 90], "plan_file.cut_short"),
        (lambda text: text.replace('"format":1', '"format":9'), "plan_file.not_one"),
        (lambda text: "Id,Industry\nA1,Energy\n", "plan_file.not_one"),
    ],
)
def test_a_plan_file_that_is_not_as_it_was_written_is_refused(desk: Desk, damage: object, code: str) -> None:
    path = saved(desk, "Id,Industry", "A1,Energy")
    path.write_text(damage(path.read_text("utf-8")), "utf-8")  # type: ignore[operator]
    with pytest.raises(ConfigurationError) as caught:
        load(desk, path)
    assert caught.value.code == code


def test_a_plan_for_another_org_is_refused(desk: Desk) -> None:
    path = saved(desk, "Id,Industry", "A1,Energy")
    other = Org("other-org", "Other", "x", Environment.TEST)
    with desk.workspace.writing() as db:
        connections.change(db, replace(desk.connection, org=other))
    with pytest.raises(WrongOrgError):
        load(desk, path)


def test_a_plan_that_was_submitted_cannot_be_saved(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Industry", "A1,Energy"))
    desk.submit(plan.id)
    with pytest.raises(ConfigurationError, match=r"plan\.not_open"):
        plan_files.save(desk.workspace, plan.id, desk.folder / "plan.json")
