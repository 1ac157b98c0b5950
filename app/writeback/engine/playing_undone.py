"""Take back what a run of a play did here: values that still wait, and tasks nobody worked on.

What was sent is taken back by undoing its jobs, as everybody's.

Must not: touch what somebody changed since.
"""

from collections import abc
from dataclasses import dataclass, replace
from typing import Final

from writeback.engine.playing_out import act_of
from writeback.engine.taking_back import undo_act
from writeback.model.events import EventKind
from writeback.model.plays import PlayRun, RunState
from writeback.model.tasks import TaskState
from writeback.model.types import RecordId
from writeback.store import journal, play_runs, tasks
from writeback.store.workspace import Workspace

UNDONE: Final = "undone"


@dataclass(frozen=True, slots=True)
class RunTakenBack:
    """What became of an undo."""

    values: int
    """So many values stand again as they stood before."""
    left: int
    """So many were edited, sent or discarded since, and were left alone."""
    tasks: int
    """So many tasks were closed; those that somebody had begun or completed stay."""
    records: tuple[RecordId, ...]
    """The records whose values it had changed."""


def take_back(workspace: Workspace, run: PlayRun, *, by: str, act: str = "") -> RunTakenBack:
    """Take back a run, the latest slice first; doing it again after a crash takes back the rest."""
    values = left = 0
    with workspace.reading() as db:
        acts = play_runs.acts_of(db, act_of(run.number, ""))
    for slice_ in acts:
        done = undo_act(workspace, slice_, author=by, act=f"undo:{slice_}")
        values, left = values + done.values, left + done.left
    closed, touched = _close_tasks(workspace, run, by=by)
    if not run.jobs:
        now = workspace.now()
        with workspace.writing() as db:
            was = (RunState.DONE.value,)
            if play_runs.put_state(db, run.number, RunState.UNDONE, was=was, ended_at=now):
                play_runs.note_decided(db, run.number, act)
            journal.note(db, at=now, kind=EventKind.PLAY_RAN, subject=str(run.number))
    return RunTakenBack(values, left, closed, touched)


def _close_tasks(workspace: Workspace, run: PlayRun, *, by: str) -> tuple[int, tuple[RecordId, ...]]:
    """Close the tasks of a run that nobody began; gives how many, and the records it had changed."""
    closed, after = 0, ""
    touched: list[RecordId] = []
    while True:
        with workspace.reading() as db:
            rows = play_runs.rows(db, run.number, after=after)
        if not rows:
            return closed, tuple(touched)
        after = rows[-1].record
        touched += [row.record for row in rows if row.is_done and row.edits]
        numbers = [number for row in rows for number in row.numbers]
        if numbers:
            closed += _close(workspace, numbers, by=by)


def _close(workspace: Workspace, numbers: abc.Sequence[int], *, by: str) -> int:
    closed, now = 0, workspace.now()
    with workspace.writing() as db:
        for number in numbers:
            task = tasks.find(db, number)
            if task is None or task.state is not TaskState.OPEN or task.notes or task.outcome:
                continue
            ended = replace(task, state=TaskState.DONE, outcome=UNDONE, ended_by=by, ended_at=now)
            tasks.change(db, ended, by=by, act="")
            journal.note(db, at=now, kind=EventKind.TASK_CHANGED, subject=str(number))
            closed += 1
    return closed
