"""Tasks: making, completing and reopening them; what completing changes goes through the edit service."""

from collections import abc
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from writeback.engine.editing import BLOCKED, DRAFT
from writeback.engine.last_reading import UNREACHED
from writeback.errors import ApprovalNeededError, ConfigurationError
from writeback.model.changes import Origin, Reason
from writeback.model.events import EventKind
from writeback.model.forms import InsightForm
from writeback.model.reports import EditAnswer
from writeback.model.tasks import Task, TaskState, Wrote
from writeback.runtime.facade.edits import Edit
from writeback.runtime.facade.work import Completed, Completion, Filling, TaskWish
from writeback.runtime.forming import Forming, SaveEdits
from writeback.store import journal, tasks
from writeback.store.workspace import Db, Workspace

_Prepared = tuple[tuple[Edit, ...], tuple[EditAnswer, ...]]
"""The edits of one filled form, or what is refused of it."""
MOST_TITLE = 200
MOST_NOTES = 20_000
NOBODY: Final = "\u2013"


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
        play: str = "",
    ) -> tuple[Task, ...]:
        """Give tasks, those due first on top."""
        with self._workspace.reading() as db:
            return tasks.some(db, state=state, assignee=assignee, record=record, due_by=due_by, play=play)

    def plays(self) -> tuple[str, ...]:
        """Name the SuccessPlays that made tasks."""
        with self._workspace.reading() as db:
            return tasks.plays(db)

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

    def add(self, wish: TaskWish, *, act: str = "") -> Task:
        """Make a task. See `Facade.add_task`."""
        title = " ".join(wish.title.split())
        if not title or len(title) > MOST_TITLE:
            raise ConfigurationError("task.bad_title", most=MOST_TITLE)
        with self._workspace.reading() as db:
            earlier = tasks.made_by(db, act)
        if earlier is not None:
            return earlier
        form = self._form_of(wish)
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
                act=act,
            )
            tasks.make(db, made)
            journal.note(db, at=made.created_at, kind=EventKind.TASK_CHANGED, subject=str(made.number))
        return made

    def _form_of(self, wish: TaskWish) -> InsightForm | None:
        form = self._forms.named(wish.form) if wish.form else None
        if form is not None and not form.is_published:
            raise ConfigurationError("form.not_published", name=form.name)
        return form

    def change(
        self,
        number: int,
        *,
        assignee: str | None,
        due: date | None,
        snoozed_until: date | None,
        by: str = "",
        version: int = 0,
        act: str = "",
    ) -> Task:
        """Give a task to somebody else, or put it off. See `Facade.change_task`."""
        task = self.numbered(number)
        if act and task.changed_act == act:
            return task
        if task.state is not TaskState.OPEN:
            raise _is_done(task)
        _guard_version(task, version, act)
        changed = replace(
            task,
            assignee=task.assignee if assignee is None else assignee.strip(),
            due=due or task.due,
            snoozed_until=snoozed_until or task.snoozed_until,
        )
        return self._keep((changed,), by=by, act=act)[0]

    def complete(self, completion: Completion, save: SaveEdits, *, act: str = "") -> Completed:
        """Complete a task. See `Facade.complete_task`."""
        return self.complete_alike((completion.number,), completion, save, act=act)[0]

    def complete_alike(
        self, numbers: abc.Sequence[int], completion: Completion, save: SaveEdits, *, act: str = ""
    ) -> tuple[Completed, ...]:
        """Complete tasks alike. See `Facade.complete_tasks`.

        Outcome and notes are kept before anything is saved, so that a refusal loses neither. The same act
        once more goes on where a crash ended it: what was completed is told, what was sent is not sent again.
        """
        if len(completion.notes) > MOST_NOTES:
            raise ConfigurationError("task.notes_too_long", most=MOST_NOTES)
        seen = dict(completion.versions)
        found = [self._completable(number, seen.get(number, 0), act) for number in dict.fromkeys(numbers)]
        if len({one.form.casefold() for one in found}) > 1:
            raise ConfigurationError("task.unlike", numbers=", ".join(str(one.number) for one in found)[:200])
        if completion.values and not all(one.form for one in found):
            raise ConfigurationError("task.no_form", number=found[0].number)
        noted = [_noted(one, completion) for one in found if one.state is TaskState.OPEN]
        going = self._keep(noted, by=completion.author, act=act)
        filled = _Filled({one.number: self._prepared(one, completion) for one in going})
        answers = filled.answers(_saved(filled.edits(), save))
        at = self._workspace.now()
        written = [one for one in going if all(told.state != BLOCKED for told in answers[one.number])]
        ends = {one.number: _ended(one, answers[one.number], completion, at=at, act=act) for one in written}
        ended = self._end(ends, by=completion.author, act=act)
        now = {one.number: one for one in (*found, *going, *ended)}
        return tuple(
            Completed(now[one.number], answers[one.number] if one.number in answers else _told_again(one))
            for one in found
        )

    def _completable(self, number: int, version: int, act: str) -> Task:
        """Give a task that is open and as somebody saw it, or that this very act completed."""
        task = self.numbered(number)
        if task.state is not TaskState.OPEN and not (act and task.ended_act == act):
            raise _is_done(task)
        _guard_version(task, version, act)
        return task

    def _prepared(self, task: Task, completion: Completion) -> _Prepared:
        if not completion.writes or not task.form:
            return (), ()
        filling = Filling(task.form, task.record, completion.values, completion.author, seen=completion.seen)
        return self._forms.prepare(filling)

    def reopen(self, number: int, *, by: str = "", version: int = 0, act: str = "") -> Task:
        """Open a task that was done. See `Facade.reopen_task`."""
        task = self.numbered(number)
        if act and task.changed_act == act:
            return task
        if task.state is not TaskState.DONE:
            raise ConfigurationError("task.is_open", number=number)
        _guard_version(task, version, act)
        opened = replace(task, state=TaskState.OPEN, ended_by="", ended_at=None)
        return self._keep((opened,), by=by, act=act)[0]

    def asking_for(self, form: str) -> int:
        """Count the open tasks that ask for a form."""
        with self._workspace.reading() as db:
            return tasks.asking_for(db, form.strip())

    def _keep(self, some: abc.Sequence[Task], *, by: str, act: str) -> tuple[Task, ...]:
        """Keep tasks as they were changed, all or none; gives them as they stand now.

        Raises:
            ConfigurationError: Somebody changed one since it was read; the second one is told.
        """
        kept = []
        with self._workspace.writing() as db:
            for task in some:
                made = tasks.change(db, task, by=by, act=act)
                if made is None:
                    raise _overtaken(tasks.find(db, task.number) or task)
                self._note(db, made)
                kept.append(made)
        return tuple(kept)

    def _end(self, ends: abc.Mapping[int, Task], *, by: str, act: str) -> tuple[Task, ...]:
        """Keep that tasks are done; their values are saved, so what others did meanwhile stays beside it."""
        kept = []
        with self._workspace.writing() as db:
            for number, end in ends.items():
                now = tasks.find(db, number) or end
                if now.state is TaskState.OPEN:
                    done = replace(now, **{name: getattr(end, name) for name in _ENDS})
                    now = tasks.change(db, done, by=by, act=act) or done
                    self._note(db, now)
                kept.append(now)
        return tuple(kept)

    def _note(self, db: Db, task: Task) -> None:
        kind = EventKind.TASK_CHANGED
        journal.note(db, at=self._workspace.now(), kind=kind, subject=str(task.number))


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the forms of some tasks were filled with, by the task's number."""

    parts: abc.Mapping[int, _Prepared]

    def edits(self) -> tuple[Edit, ...]:
        """Give the edits of those of which nothing is refused."""
        return tuple(edit for edits, _ in self.parts.values() for edit in edits)

    def answers(self, saved: abc.Sequence[EditAnswer]) -> dict[int, tuple[EditAnswer, ...]]:
        """Give each task the answers of its own edits, which come in their order."""
        found, at = {}, 0
        for number, (edits, refused) in self.parts.items():
            found[number] = refused or tuple(saved[at : at + len(edits)])
            at += len(edits)
        return found


def _noted(task: Task, completion: Completion) -> Task:
    outcome, notes = completion.outcome or task.outcome, completion.notes or task.notes
    return replace(task, outcome=outcome, notes=notes)


_ENDS: Final = ("state", "outcome", "notes", "ended_by", "ended_at", "ended_act", "wrote")
"""What completing a task says of it."""


def _ended(
    task: Task, answers: abc.Iterable[EditAnswer], completion: Completion, *, at: datetime, act: str
) -> Task:
    wrote = tuple(Wrote(one.attribute, one.state, one.job_ids) for one in answers)
    by = completion.author
    return replace(task, state=TaskState.DONE, ended_by=by, ended_at=at, ended_act=act, wrote=wrote)


def _guard_version(task: Task, version: int, act: str) -> None:
    """Refuse to change a task that is not as somebody saw it; what this very act did to it counts as seen."""
    if version and version != task.version and not (act and task.changed_act == act):
        raise _overtaken(task)


def _overtaken(task: Task) -> ConfigurationError:
    if task.state is TaskState.DONE:
        return _is_done(task)
    return ConfigurationError(
        "task.changed_meanwhile",
        number=task.number,
        author=task.changed_by or task.author or NOBODY,
        assignee=task.assignee or NOBODY,
        due=NOBODY if task.due is None else task.due.isoformat(),
        version=task.version,
    )


def _is_done(task: Task) -> ConfigurationError:
    return ConfigurationError("task.is_done", number=task.number, author=task.ended_by or NOBODY)


def _saved(edits: tuple[Edit, ...], save: SaveEdits) -> tuple[EditAnswer, ...]:
    """Save the values; where no CRM can be asked, or somebody has to agree, they wait as drafts, told why."""
    if not edits:
        return ()
    try:
        return save(edits, Origin.TASK)
    except (*UNREACHED, ApprovalNeededError) as error:
        reason = Reason(error.code, tuple((name, str(fact)) for name, fact in error.facts.items()))
        return tuple(EditAnswer(one.record, one.attribute, DRAFT, reason=reason) for one in edits)


def _told_again(task: Task) -> tuple[EditAnswer, ...]:
    return tuple(
        EditAnswer(task.record, one.attribute, one.state, next(iter(one.jobs), None), job_ids=one.jobs)
        for one in task.wrote
    )
