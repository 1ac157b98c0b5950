"""Answers about tasks."""

from datetime import date

from writeback.model.permissions import Right
from writeback.model.tasks import Task
from writeback.runtime.answering.forms import FormAnswers
from writeback.runtime.facade.work import Completed, Completion, TaskWish
from writeback.runtime.tasking import Tasking


class WorkAnswers(FormAnswers):
    """Answers about tasks."""

    @property
    def tasks(self) -> Tasking:
        """Give what reads and keeps tasks."""
        return Tasking(self.workspace, self.forms)

    def add_task(self, wish: TaskWish, *, act: str) -> Task:
        """See `Facade.add_task`."""
        self._permitting.admit(Right.EDIT, wish.author)
        return self._once(act, "add_task", lambda: self.tasks.add(wish, act=act))

    def change_task(
        self,
        number: int,
        *,
        assignee: str | None = None,
        due: date | None = None,
        snoozed_until: date | None = None,
        author: str = "",
        version: int = 0,
        act: str,
    ) -> Task:
        """See `Facade.change_task`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(
            act,
            "change_task",
            lambda: self.tasks.change(
                number,
                assignee=assignee,
                due=due,
                snoozed_until=snoozed_until,
                by=author or self._permitting.author,
                version=version,
                act=act,
            ),
        )

    def complete_task(self, completion: Completion, *, act: str) -> Completed:
        """See `Facade.complete_task`."""
        self._permitting.admit(Right.EDIT, completion.author)
        save = self.saver(
            completion.author, send=completion.send, confirm_org=completion.confirm_org, act=act
        )
        return self._once(act, "complete_task", lambda: self.tasks.complete(completion, save, act=act))

    def complete_tasks(
        self, numbers: tuple[int, ...], completion: Completion, *, act: str
    ) -> tuple[Completed, ...]:
        """See `Facade.complete_tasks`."""
        self._permitting.admit(Right.EDIT, completion.author)
        save = self.saver(
            completion.author, send=completion.send, confirm_org=completion.confirm_org, act=act
        )
        return self._once(
            act, "complete_tasks", lambda: self.tasks.complete_alike(numbers, completion, save, act=act)
        )

    def reopen_task(self, number: int, *, author: str = "", version: int = 0, act: str) -> Task:
        """See `Facade.reopen_task`."""
        self._permitting.admit(Right.EDIT, author)
        who = author or self._permitting.author
        return self._once(
            act, "reopen_task", lambda: self.tasks.reopen(number, by=who, version=version, act=act)
        )
