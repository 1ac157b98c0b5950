"""Edits are undone, redone and had back exactly, and never over what somebody did since."""

from collections import abc
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from tests.integration.planning.test_saving_edits import Typed, rid, waiting
from tests.unit.store.making import FakeClock, Ids
from writeback.engine.editing import Reaching, save_edits
from writeback.engine.pulling import pull
from writeback.engine.taking_back import TakenBack, discard_edits, undo_act
from writeback.model.bulk import BulkEdit
from writeback.model.changes import Origin
from writeback.model.reports import EditAnswer
from writeback.model.types import AttributeType
from writeback.runtime.bulk import Bulk
from writeback.runtime.facade import PlanSource
from writeback.store import (
    connections,
    edit_acts,
    hand_notes,
    held_edits,
    remodelling,
    steering,
    value_states,
)
from writeback.store.edit_acts import KEPT
from writeback.store.workspace import Workspace

ONE, TWO = "A1", "A2"


@pytest.fixture
def desk(tmp_path: Path) -> abc.Iterator[Desk]:
    clock = FakeClock()

    def later() -> datetime:
        clock.move(1)
        return clock()

    with Workspace.create(tmp_path / "ws" / "w.writeback", now=later, new_id=Ids()) as workspace:
        yield Desk(workspace, tmp_path)


def save(
    desk: Desk, act: str, *edits: tuple[str, str, str | None], origin: Origin = Origin.SEGMENT
) -> tuple[EditAnswer, ...]:
    return save_edits(
        tuple(Typed(rid(desk, key), attribute, text) for key, attribute, text in edits),
        workspace=desk.workspace,
        origin=origin,
        author="ada",
        send=False,
        reaching=Reaching(desk.reach, desk.submit),
        act=act,
    )


def undo(desk: Desk, what: str, act: str) -> TakenBack:
    return undo_act(desk.workspace, what, author="ada", act=act)


def held(desk: Desk) -> list[tuple[str, str]]:
    with desk.workspace.reading() as db:
        return held_edits.keys(db)


def discards(desk: Desk) -> list[tuple[str, int]]:
    with desk.workspace.reading() as db:
        return [(one.id, one.cells) for one in edit_acts.discarded(db, at=desk.workspace.now())]


def test_each_act_is_undone_and_redone_exactly(desk: Desk) -> None:
    states = [waiting(desk)]
    acts = [("a", "Energy"), ("b", "Mining"), ("c", "Retail"), ("d", None)]
    for act, text in acts:
        save(desk, act, (ONE, "industry", text))
        states.append(waiting(desk))
    undone = []
    for number, (act, _) in reversed(list(enumerate(acts))):
        assert undo(desk, act, f"u{act}").left == 0
        assert waiting(desk) == states[number]
        undone.append(f"u{act}")
    for number, act in enumerate(reversed(undone)):
        assert undo(desk, act, f"r{act}").left == 0
        assert waiting(desk) == states[number + 1]


def test_an_undo_leaves_alone_what_was_edited_since(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"), (ONE, "note", "call them"))
    save(desk, "b", (ONE, "industry", "Mining"))
    assert undo(desk, "a", "u") == TakenBack(values=1, left=1)
    assert waiting(desk) == {(rid(desk), "industry"): "Mining"}


def test_an_undo_does_not_touch_what_is_on_its_way(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"))
    with desk.workspace.writing() as db:
        db.exec_driver_sql("update drafts set change_set_id = 'p1'")
    assert undo(desk, "a", "u") == TakenBack(values=0, left=1)


def test_what_was_discarded_is_had_back_for_thirty_days(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"), (ONE, "employees", "many"))
    before = waiting(desk)
    assert discard_edits(desk.workspace, author="ada", act="d") == 2
    assert (waiting(desk), held(desk)) == ({}, [])
    assert discards(desk) == [("d", 2)]
    assert undo(desk, "d", "u") == TakenBack(values=2, left=0)
    assert waiting(desk) == before
    assert held(desk) == [(rid(desk), "employees")]
    assert discards(desk) == []
    discard_edits(desk.workspace, author="ada", act="d2")
    with desk.workspace.reading() as db:
        assert edit_acts.discarded(db, at=desk.workspace.now() + KEPT + timedelta(seconds=1)) == ()


def test_a_text_that_cannot_be_read_stays_beside_its_value_until_it_is_mended(desk: Desk) -> None:
    (saved,) = save(desk, "a", (ONE, "employees", "many"))
    assert saved.state == "blocked"
    assert held(desk) == [(rid(desk), "employees")]
    assert waiting(desk) == {}
    save(desk, "b", (ONE, "employees", "17"))
    assert held(desk) == []
    undo(desk, "b", "u")
    assert held(desk) == [(rid(desk), "employees")]
    save(desk, "c", (ONE, "employees", "several"), origin=Origin.PROFILE)
    assert held(desk) == [(rid(desk), "employees")]  # of a form nothing is kept; the grid's text stays


def test_a_pull_keeps_what_was_edited_and_an_undo_works_behind_it(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"))
    pull(desk.integration.id, desk.session, desk.workspace, full=True)
    assert waiting(desk) == {(rid(desk), "industry"): "Energy"}
    assert undo(desk, "a", "u").values == 1
    assert waiting(desk) == {}


def test_a_block_of_several_records_waits_even_where_a_single_edit_is_sent_on_save(desk: Desk) -> None:
    with desk.workspace.writing() as db:
        connections.change(db, replace(desk.connection, write_on_save=True))
    answers = save(desk, "a", (ONE, "industry", "Energy"), (TWO, "industry", "Mining"))
    assert [one.state for one in answers] == ["draft", "draft"]
    assert set(waiting(desk).values()) == {"Energy", "Mining"}
    assert undo(desk, "a", "u").values == 2
    (single,) = save(desk, "b", (ONE, "industry", "Energy"))
    assert single.state == "sending"
    assert undo(desk, "b", "v").values == 0  # it is on its way: a job undoes it


def test_an_undo_of_an_edit_over_a_sent_one_brings_back_nothing_that_was_sent(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"))
    jobs = desk.submit(desk.propose_drafts().id)
    save(desk, "b", (ONE, "industry", "Mining"))
    with desk.workspace.writing() as db:
        steering.cancel(db, jobs[0], now=desk.workspace.database_now(db), by="ada")
    assert undo(desk, "b", "u").values == 1
    with desk.workspace.reading() as db:
        assert db.exec_driver_sql("select * from drafts").all() == []  # nobody would ever let go of it
    assert undo(desk, "u", "r").values == 1
    assert waiting(desk) == {(rid(desk), "industry"): "Mining"}


def test_an_edit_that_an_undo_brought_back_is_not_taken_for_what_an_older_plan_sends(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"))
    save(desk, "b", (ONE, "industry", "Mining"))
    plan = desk.propose_drafts()
    undo(desk, "b", "u")
    desk.submit(plan.id)  # of Mining
    assert waiting(desk) == {(rid(desk), "industry"): "Energy"}


def test_an_act_that_is_repeated_after_a_crash_is_undone_as_one(desk: Desk) -> None:
    for _ in range(2):
        save(desk, "a", (ONE, "industry", "Energy"), (TWO, "name", "Other"))
    assert undo(desk, "a", "u") == TakenBack(values=2, left=0)
    assert waiting(desk) == {}


@pytest.mark.parametrize("becomes", ["gone", "text"])
def test_an_attribute_that_went_or_changed_its_type_is_not_had_back(desk: Desk, becomes: str) -> None:
    save(desk, "a", (ONE, "employees", "17"))
    save(desk, "b", (ONE, "industry", "Energy"), (TWO, "employees", "many"))
    discard_edits(desk.workspace, author="ada", act="d")
    with desk.workspace.writing() as db:
        if becomes == "gone":
            remodelling.delete_attribute(db, "account", "employees")
        else:
            remodelling.retype(db, "account", "employees", AttributeType.TEXT)
    undo(desk, "d", "u")
    assert (waiting(desk), held(desk)) == ({(rid(desk), "industry"): "Energy"}, [])


def test_the_old_value_typed_while_another_is_on_its_way_is_an_edit(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"))
    desk.submit(desk.propose_drafts().id)
    (answer,) = save(desk, "b", (ONE, "industry", "Retail"))  # what the CRM holds still
    assert answer.state == "draft"
    assert waiting(desk) == {(rid(desk), "industry"): "Retail"}


def test_a_bulk_edit_kept_for_later_leaves_alone_what_an_edit_waits_of(desk: Desk) -> None:
    save(desk, "a", (ONE, "industry", "Energy"))
    source = PlanSource("segment", entity="account", sets=(BulkEdit("industry", text="Mining"),))
    edits = Bulk(desk.workspace).edits(source)
    assert edits
    assert rid(desk) not in {one.record for one in edits}


def test_an_edit_of_a_big_job_that_somebody_looked_after_waits_no_longer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(value_states, "MOST", 0)
    save(desk, "a", (ONE, "industry", "Energy"), (TWO, "industry", "Mining"))
    (job,) = desk.submit(desk.propose_drafts().id)
    with desk.workspace.writing() as db:
        db.exec_driver_sql(
            "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
            "select job_id, seq, 'unknown', '', '', '[]', '' from writes"
        )
        assert (
            hand_notes.put(db, job, [1], author="ada", note="looked", at="2026-11-27T00:00:00.000000Z") == 1
        )
        left = db.exec_driver_sql("select rid from drafts").all()
    assert left == [(rid(desk, TWO),)]


@pytest.mark.parametrize(("cancelled", "state"), [(0, "done"), (1, "cancelled")])
def test_a_job_that_was_called_off_stays_so_when_its_last_row_is_marked_by_hand(
    desk: Desk, cancelled: int, state: str
) -> None:
    job = _waits_for_a_person(desk, cancelled)
    with desk.workspace.writing() as db:
        hand_notes.put(db, job, [1], author="ada", note="looked", at="2026-11-27T00:00:00.000000Z")
        assert db.exec_driver_sql("select state from jobs").scalar() == state


@pytest.mark.parametrize(("cancelled", "state"), [(0, "checking"), (1, "cancelling")])
def test_a_job_that_was_called_off_only_reads_back_when_it_goes_on(
    desk: Desk, cancelled: int, state: str
) -> None:
    job = _waits_for_a_person(desk, cancelled)
    with desk.workspace.writing() as db:
        steering.resume(db, job, now="2026-11-27T00:00:00.000000Z", by="ada")
        assert db.exec_driver_sql("select state from jobs").scalar() == state


def _waits_for_a_person(desk: Desk, cancelled: int) -> str:
    save(desk, "a", (ONE, "industry", "Energy"))
    (job,) = desk.submit(desk.propose_drafts().id)
    with desk.workspace.writing() as db:
        db.exec_driver_sql(
            "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
            "select job_id, seq, 'unknown', '', '', '[]', '' from writes"
        )
        db.exec_driver_sql("update batches set state = 'settled', outcome = 'applied'")
        db.exec_driver_sql("update jobs set state = 'needs_you', unknown = 1, cancelled = ?", (cancelled,))
    return job
