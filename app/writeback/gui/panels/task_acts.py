"""What is done about chosen tasks: put off, given away, opened again, what completing wrote undone."""

from collections import abc
from datetime import date, timedelta
from typing import Final

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.models.task_lines import TaskLine
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.sending_now import discard_value, retry_value
from writeback.gui.panels.task_side import TaskSide
from writeback.gui.translating import tr
from writeback.model.changes import Origin
from writeback.model.tasks import Task
from writeback.runtime.facade import Facade, PlanSource
from writeback.runtime.facade.work import Completed
from writeback.runtime.task_writes import TaskWrites, WroteJob, writes_of

WEEK: Final = timedelta(days=7)
Then = abc.Callable[[], None]


def ask_day(panel: Panel, tasks: abc.Sequence[Task]) -> None:
    """Ask until when tasks are put off."""
    if tasks:
        TextDialog(
            tr("Snooze %n tasks", len(tasks)),
            tr("They are not listed as due before that day."),
            label=tr("Day like 2026-12-31"),
            act=tr("Snooze"),
            call=lambda text: _put_off(panel, tasks, text),
            start=(panel.desk.now().date() + WEEK).isoformat(),
            parent=panel,
        ).open()


def ask_name(panel: Panel, tasks: abc.Sequence[Task]) -> None:
    """Ask who gets tasks."""
    if tasks:
        TextDialog(
            tr("Give %n tasks to somebody", len(tasks)),
            "",
            label=tr("Name"),
            act=tr("Give"),
            call=lambda name: _change(panel, tasks, assignee=name),
            start=tasks[0].assignee or panel.desk.author,
            parent=panel,
        ).open()


def _put_off(panel: Panel, tasks: abc.Sequence[Task], text: str) -> None:
    try:
        until = date.fromisoformat(text)
    except ValueError:
        panel.states.banner.tell(tr("{text} is no day like 2026-12-31.", text=text), tone="warning")
        return
    _change(panel, tasks, snoozed_until=until)


def _change(
    panel: Panel, tasks: abc.Sequence[Task], *, assignee: str | None = None, snoozed_until: date | None = None
) -> None:
    new_id, author = panel.desk.new_id, panel.desk.author

    def ask(facade: Facade, _act: str) -> None:
        for task in tasks:  # each its own act: they have nothing to do with each other
            facade.change_task(
                task.number,
                assignee=assignee,
                snoozed_until=snoozed_until,
                author=author,
                version=task.version,
                act=new_id(),
            )

    panel.desk.ask(panel, ask, done=lambda _none: panel.refresh(), failed=panel.complain)


def completed_words(told: abc.Sequence[Completed]) -> str:
    """Say what completing did, and which values wait for a CRM that cannot be asked."""
    answers = [answer for one in told for answer in one.answers]
    if len(told) == 1:
        words = tr(
            "Task {number} is completed; %n values are saved.", len(answers), number=told[0].task.number
        )
    else:
        words = tr("%n tasks are completed.", len(told))
    waiting = sum(one.state == "draft" and one.reason is not None for one in answers)
    if waiting:
        words = f"{words} {tr('%n values wait as pending edits: their CRM cannot be asked now.', waiting)}"
    return words


def reopen(panel: Panel, task: Task, *, then: Then, undo: abc.Callable[[WroteJob], None]) -> None:
    """Open a task again, and offer to undo what completing it wrote."""
    author = panel.desk.author

    def ask(facade: Facade, act: str) -> Task:
        return facade.reopen_task(task.number, author=author, version=task.version, act=act)

    def opened(made: Task) -> None:
        then()
        panel.desk.read(
            panel,
            lambda reads: (made, writes_of(reads, made)),
            done=lambda told: _offer_undo(panel, *told, undo=undo),
            failed=panel.complain,
        )

    panel.desk.ask(panel, ask, done=opened, failed=panel.complain)


def _offer_undo(
    panel: Panel, task: Task, writes: TaskWrites, *, undo: abc.Callable[[WroteJob], None]
) -> None:
    number = task.number
    if writes.waiting:
        panel.states.banner.tell(
            tr(
                "Task {number} is open again. %n values of it are pending edits still.",
                len(writes.waiting),
                number=number,
            ),
            act=tr("Take them back"),
            call=lambda: _take_back(panel, task),
        )
    elif writes.jobs:
        first = writes.jobs[0]
        panel.states.banner.tell(
            tr(
                "Task {number} is open again. What it wrote stays in {names}.",
                number=number,
                names=", ".join(one.connection for one in writes.jobs),
            ),
            act=tr("Undo job {number}…", number=first.number),
            call=lambda: undo(first),
        )
    else:
        panel.told.emit(tr("Task {number} is open again.", number=number))


def _take_back(panel: Panel, task: Task) -> None:
    author = panel.desk.author
    panel.states.banner.hide()
    panel.desk.ask(
        panel,
        lambda facade, act: facade.undo_edits(task.ended_act, author=author, act=act),
        done=lambda done: panel.told.emit(tr("%n pending edits are taken back.", done.values)),
        failed=panel.complain,
    )


def undo_source(task: Task, wrote: WroteJob, author: str) -> PlanSource:
    """Give the plan that undoes what a job wrote of one task: its record, its values."""
    return PlanSource(
        kind="undo",
        origin=Origin.UNDO,
        author=author,
        job_id=wrote.id,
        records=(task.record,),
        fields=tuple(name for name, _ in wrote.outcomes),
    )


def mend_at_values(panel: Panel, side: TaskSide, chosen: abc.Callable[[], TaskLine | None]) -> None:
    """Let a refused value be sent once more, or given up, beside the task that wrote it."""

    def again() -> None:
        side.show_line(chosen())

    def retry(attribute: str) -> None:
        if (line := chosen()) is not None:
            value = (str(line.task.record), attribute)
            retry_value(panel, line.task.entity, value, done=lambda _answers: again())

    def discard(attribute: str) -> None:
        if (line := chosen()) is not None:
            discard_value(panel, (str(line.task.record), attribute), done=again)

    side.retried.connect(retry)
    side.discarded.connect(discard)
