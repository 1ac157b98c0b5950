"""Tasks: making, completing and reopening them; what completing changes goes through the edit service."""

from dataclasses import replace
from datetime import date

from writeback.engine.editing import BLOCKED
from writeback.errors import ConfigurationError
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.reports import EditAnswer
from writeback.model.tasks import Task, TaskState
from writeback.runtime.facade.work import Completed, Completion, Filling, TaskWish
from writeback.runtime.forming import Forming, SaveEdits
from writeback.store import journal, tasks
from writeback.store.workspace import Workspace

MOST_TITLE = 200
MOST_NOTES = 20_000


class Tasking:
    """The tasks of one workspace."""

    def __init__(self, workspace: Workspace, forms: Forming) -> None:
        self._workspace = workspace
        self._forms = forms

    def some(
        self,
        *,
        state: TaskState | None = TaskState.OPEN,
        assignee: str = "",
        record: str = "",
        due_by: date | None = None,
    ) -> tuple[Task, ...]:
        """Give tasks, those due first on top."""
        with self._workspace.reading() as db:
            return tasks.some(db, state=state, assignee=assignee, record=record, due_by=due_by)

    def numbered(self, number: int) -> Task:
        """Give a task.

        Raises:
            ConfigurationError: There is none of that number.
        """
        with self._workspace.reading() as db:
            found = tasks.find(db, number)
        if found is None:
            raise ConfigurationError("task.unknown", number=number)
        return found

    def add(self, wish: TaskWish) -> Task:
        """Make a task. See `Facade.add_task`."""
        title = " ".join(wish.title.split())
        if not title or len(title) > MOST_TITLE:
            raise ConfigurationError("task.bad_title", most=MOST_TITLE)
        form = self._forms.named(wish.form) if wish.form else None
        with self._workspace.writing() as db:
            entity = tasks.entity_of(db, wish.record)
            if form is not None and form.entity != entity:
                raise ConfigurationError("form.other_records", name=form.name, entity=form.entity)
            made = Task(
                tasks.next_number(db),
                wish.record,
                entity,
                title,
                wish.assignee.strip(),
                wish.due,
                "" if form is None else form.name,
                TaskState.OPEN,
                wish.author,
                self._workspace.now(),
                wish.origin,
            )
            tasks.put(db, made)
            journal.note(db, at=made.created_at, kind=EventKind.TASK_CHANGED, subject=str(made.number))
        return made

    def change(
        self, number: int, *, assignee: str | None, due: date | None, snoozed_until: date | None
    ) -> Task:
        """Give a task to somebody else, or put it off. See `Facade.change_task`."""
        task = self._open(number)
        return self._keep(
            replace(
                task,
                assignee=task.assignee if assignee is None else assignee.strip(),
                due=due or task.due,
                snoozed_until=snoozed_until or task.snoozed_until,
            )
        )

    def complete(self, completion: Completion, save: SaveEdits) -> Completed:
        """Complete a task. See `Facade.complete_task`.

        Outcome and notes are kept before anything is saved, so that a refusal loses neither. A task whose
        values were saved and that was not marked as done is completed by the same act once more.
        """
        if len(completion.notes) > MOST_NOTES:
            raise ConfigurationError("task.notes_too_long", most=MOST_NOTES)
        task = self._open(completion.number)
        noted = replace(
            task, outcome=completion.outcome or task.outcome, notes=completion.notes or task.notes
        )
        task = self._keep(noted)
        answers: tuple[EditAnswer, ...] = ()
        if completion.values and not task.form:
            raise ConfigurationError("task.no_form", number=task.number)
        if completion.writes and task.form:
            filling = Filling(task.form, task.record, completion.values, completion.author)
            answers = self._forms.fill(filling, save, origin=Origin.TASK)
            if any(answer.state == BLOCKED for answer in answers):
                return Completed(task, answers)
        ended = replace(
            task, state=TaskState.DONE, ended_by=completion.author, ended_at=self._workspace.now()
        )
        return Completed(self._keep(ended), answers)

    def reopen(self, number: int) -> Task:
        """Open a task that was done. See `Facade.reopen_task`."""
        task = self.numbered(number)
        if task.state is not TaskState.DONE:
            raise ConfigurationError("task.is_open", number=number)
        return self._keep(replace(task, state=TaskState.OPEN, ended_by="", ended_at=None))

    def asking_for(self, form: str) -> int:
        """Count the open tasks that ask for a form."""
        with self._workspace.reading() as db:
            return tasks.asking_for(db, form.strip())

    def _open(self, number: int) -> Task:
        task = self.numbered(number)
        if task.state is not TaskState.OPEN:
            raise ConfigurationError("task.is_done", number=number)
        return task

    def _keep(self, task: Task) -> Task:
        with self._workspace.writing() as db:
            tasks.put(db, task)
            at = self._workspace.now()
            journal.note(db, at=at, kind=EventKind.TASK_CHANGED, subject=str(task.number))
        return task
