"""What is asked before a tab or the window closes: edits that wait for their answer, jobs that run."""

from collections import abc
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.messages import Choice, ask, choose
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.model.jobs import JobState

if TYPE_CHECKING:
    from writeback.runtime.facade import Facade

PAUSES = frozenset({JobState.QUEUED, JobState.RUNNING, JobState.THROTTLED, JobState.CHECKING})
"""What can be paused: a job that is being cancelled ends anyway."""


def ask_about_edits(parent: QWidget, count: int, leave: abc.Callable[[], None]) -> None:
    """Ask whether edits that are not saved yet may be lost."""
    ask(
        parent,
        tr("Some edits are not saved yet"),
        tr("%n edits wait for their answer. Leaving now loses them.", count),
        act=tr("Leave without them"),
        refuse=tr("Stay"),
        call=leave,
    )


def ask_about_jobs(
    parent: QWidget, count: int, *, finish: abc.Callable[[], None], pause: abc.Callable[[], None]
) -> None:
    """Ask what becomes of the jobs that run."""
    choose(
        parent,
        tr("%n jobs are running", count),
        tr(
            "The worker can finish them without the window and then ends by itself. Paused jobs send no new "
            "rows; rows in flight are resolved, and the rest waits until somebody resumes."
        ),
        Choice(tr("Let the worker finish"), finish, kind="primary"),
        Choice(tr("Pause jobs and quit"), pause),
        refuse=tr("Cancel"),
    )


def pause_everything(
    owner: QWidget,
    desk: Desk,
    *,
    done: abc.Callable[[], None],
    failed: abc.Callable[[WritebackError], None],
) -> None:
    """Pause every job that is at work, then call `done`; a job that ended meanwhile is no failure."""

    def pause(facade: "Facade", act: str) -> None:
        for number, job in enumerate(desk.reads.jobs()):
            if job.state in PAUSES:
                facade.pause(str(job.id), act=f"{act}-{number}")

    desk.ask(owner, pause, done=lambda _none: done(), failed=failed)
