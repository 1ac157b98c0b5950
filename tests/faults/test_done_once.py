"""A call that died before its answer was kept is asked again by its act: nothing of it is done twice.

The process dies at the commits of the call in turn. What had been committed stays, as after a kill; the same
act is asked again and finishes, and the CRM's own log says how often it was written.
"""

from collections import abc

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.model.changes import Origin
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.plays import Play, PlayGuards, PlayMode, PlayStep, PlayTrigger, RunState, StepKind
from writeback.model.tasks import TaskState
from writeback.model.types import AttributeType, RecordId
from writeback.runtime.facade import Edit
from writeback.runtime.facade.work import Completion, TaskWish
from writeback.store import acts, play_runs, plays, submitting, tasks

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    folder = tmp_path_factory.mktemp("once")
    folder.chmod(0o700)
    with crm_room(folder, "salesforce", rows=20) as made:
        path = made.facts.fields[AttributeType.TEXT]
        asked = (FormSection("", (FormField(made.attribute(path)),)),)
        now = made.runtime.workspace.now()
        form = InsightForm("Site", "account", "Site", asked, True, "ana", now)
        made.runtime.save_form(form, author="ana", act="form")
        yield made


def die(monkeypatch: pytest.MonkeyPatch, place: object, name: str, *, nth: int, after: bool) -> None:
    """Let the process die at the nth call of a function, before it or once it is done."""
    real, calls = getattr(place, name), []

    def dying(*given: object, **more: object) -> object:
        calls.append(name)
        if len(calls) != nth:
            return real(*given, **more)
        if after:
            real(*given, **more)
        raise Killed

    monkeypatch.setattr(place, name, dying)


def again(monkeypatch: pytest.MonkeyPatch, call: abc.Callable[[], object]) -> object:
    with pytest.raises(Killed):
        call()
    monkeypatch.undo()
    return call()


def writes_of(room: CrmRoom, record: RecordId, text: str) -> int:
    path = room.facts.fields[AttributeType.TEXT]
    return sum(one["fields"].get(path) == text for one in room.ours(record))


def test_a_task_is_made_once(room: CrmRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    record = room.record()
    die(monkeypatch, acts, "remember", nth=1, after=False)
    wish = TaskWish(record, "Call them", "ana")
    made = again(monkeypatch, lambda: room.runtime.add_task(wish, act="once-add"))
    assert [made] == list(room.runtime.tasks.some(record=record))
    assert room.runtime.add_task(wish, act="other").number != getattr(made, "number", 0)


def test_a_note_is_written_once(room: CrmRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    record = room.record()
    die(monkeypatch, acts, "remember", nth=1, after=False)
    made = again(
        monkeypatch, lambda: room.runtime.write_note(record, "Called", author="ana", act="once-note")
    )
    assert [made] == list(room.runtime.notes.some(record))


@pytest.mark.parametrize(
    ("place", "name", "nth", "after"),
    [
        (submitting, "submit", 1, False),  # planned, not submitted
        (tasks, "change", 2, False),  # submitted, the task is open still
        (acts, "remember", 1, False),  # the task is done, the answer is not kept
    ],
)
def test_a_task_is_completed_and_written_once(
    room: CrmRoom, monkeypatch: pytest.MonkeyPatch, *, place: object, name: str, nth: int, after: bool
) -> None:
    record, text = room.record(), f"{name} {nth}"
    task = room.runtime.add_task(TaskWish(record, "Ask", "ana", form="Site"), act=f"add {text}")
    attribute = room.attribute(room.facts.fields[AttributeType.TEXT])
    done = Completion(task.number, "ana", notes="noted", values=((attribute, text),), send=True)
    before = len(room.runtime.told.jobs(limit=100))
    die(monkeypatch, place, name, nth=nth, after=after)
    again(monkeypatch, lambda: room.runtime.complete_task(done, act=f"complete {text}"))
    told = room.runtime.tasks.numbered(task.number)
    assert (told.state, told.notes) == (TaskState.DONE, "noted")
    jobs = room.runtime.told.jobs(limit=100)
    assert len(jobs) == before + 1, "one job, whatever died"
    assert {one.attribute: one.jobs for one in told.wrote} == {attribute: (jobs[0].id,)}
    room.runtime.run_until_final([one.id for one in jobs])
    assert writes_of(room, record, text) == 1


def test_an_edit_that_was_sent_at_once_is_sent_once(room: CrmRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    record, text = room.record(), "sent at once"
    attribute = room.attribute(room.facts.fields[AttributeType.TEXT])
    before = len(room.runtime.told.jobs(limit=100))
    die(monkeypatch, acts, "remember", nth=1, after=False)

    def save() -> object:
        return room.runtime.save_edits(
            (Edit(record, attribute, text),), origin=Origin.PROFILE, author="ana", act="once-edit", send=True
        )

    (answer,) = again(monkeypatch, save)  # type: ignore[misc]  the answers of the edits
    jobs = room.runtime.told.jobs(limit=100)
    assert len(jobs) == before + 1
    assert (answer.state, answer.job_ids) == ("sending", (jobs[0].id,))
    room.runtime.run_until_final([jobs[0].id])
    assert writes_of(room, record, text) == 1


def _play(room: CrmRoom, name: str, *, rows: int = 10) -> RecordId:
    record, other = room.record(), room.record()
    attribute = room.attribute(room.facts.fields[AttributeType.TEXT])
    steps = (PlayStep(StepKind.SET, attribute, name), PlayStep(StepKind.TASK, text=name))
    meant = f"record id in ('{record}', '{other}')" if rows == 1 else f"record id in ('{record}')"
    guards = PlayGuards(rows=rows)
    play = Play(name, "account", PlayTrigger(), steps, meant, PlayMode.SEND, guards=guards)
    room.runtime.save_play(play, author="ana", act=f"save {name}")
    return record


@pytest.mark.parametrize(
    ("place", "name", "nth", "after"),
    [
        (plays, "note_looked", 1, False),  # the run is prepared, and seen by nobody
        (play_runs, "mark", 1, False),  # it is there, nothing of it is done
        (play_runs, "put_plan", 1, False),  # its values wait, its plan is nobody's
        (submitting, "submit", 1, True),  # its job is there, it does not know
        (acts, "remember", 1, False),  # the answer is not kept
    ],
)
def test_a_play_is_run_and_written_once(
    room: CrmRoom, monkeypatch: pytest.MonkeyPatch, *, place: object, name: str, nth: int, after: bool
) -> None:
    text = f"play {name}"
    record = _play(room, text)
    before = len(room.runtime.told.jobs(limit=100))
    die(monkeypatch, place, name, nth=nth, after=after)
    told = again(monkeypatch, lambda: room.runtime.run_play(text, author="ana", act=f"run {text}"))
    (run,) = room.runtime.plays.runs(play=text)
    assert run.state is RunState.DONE
    assert (told.run.number, len(told.rows)) == (run.number, 1)  # type: ignore[attr-defined]
    jobs = room.runtime.told.jobs(limit=100)
    assert len(jobs) == before + 1, "one job, whatever died"
    assert run.jobs == (jobs[0].id,)
    room.runtime.run_until_final([jobs[0].id])
    assert writes_of(room, record, text) == 1
    assert len(room.runtime.tasks.some(record=record)) == 1


@pytest.mark.parametrize("does", ["release_play_run", "dismiss_play_run"])
def test_a_held_run_is_decided_once(room: CrmRoom, monkeypatch: pytest.MonkeyPatch, *, does: str) -> None:
    record = _play(room, does, rows=1)
    held = room.runtime.run_play(does, author="ana", act=f"run {does}").run
    assert held.state is RunState.HELD
    die(monkeypatch, acts, "remember", nth=1, after=False)
    decide = getattr(room.runtime, does)
    again(monkeypatch, lambda: decide(held.number, author="ana", act=f"once {does}"))
    run = room.runtime.plays.run(held.number)
    is_released = does == "release_play_run"
    assert run.state is (RunState.DONE if is_released else RunState.DISMISSED)
    room.runtime.run_until_final(list(run.jobs))
    assert writes_of(room, record, does) == int(is_released)
