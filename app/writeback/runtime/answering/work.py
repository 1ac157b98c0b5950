"""Answers about insight forms and tasks."""

from datetime import date

from writeback.errors import ConfigurationError
from writeback.model.changes import Origin
from writeback.model.forms import InsightForm
from writeback.model.permissions import Right
from writeback.model.reports import EditAnswer
from writeback.model.tasks import Task
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.edits import Edit
from writeback.runtime.facade.work import Completed, Completion, Filling, TaskWish
from writeback.runtime.forming import Forming, SaveEdits
from writeback.runtime.tasking import Tasking


class WorkAnswers(Answering):
    """Answers about insight forms and tasks."""

    @property
    def forms(self) -> Forming:
        """Give what reads and keeps forms."""
        return Forming(self.workspace)

    @property
    def tasks(self) -> Tasking:
        """Give what reads and keeps tasks."""
        return Tasking(self.workspace, self.forms)

    def save_form(self, form: InsightForm, *, author: str = "", act: str) -> InsightForm:
        """See `Facade.save_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS, author)
        return self._once(act, "save_form", lambda: self.forms.save(form, author=author))

    def publish_form(self, name: str, *, is_published: bool, act: str) -> None:
        """See `Facade.publish_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        self._once(act, "publish_form", lambda: self.forms.publish(name, is_published=is_published))

    def remove_form(self, name: str, *, act: str) -> None:
        """See `Facade.remove_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        asking = self.tasks.asking_for(name)
        if asking:
            raise ConfigurationError("form.in_use", name=name[:80], tasks=asking)
        self._once(act, "remove_form", lambda: self.forms.remove(name))

    def fill_form(self, filling: Filling, *, act: str) -> tuple[EditAnswer, ...]:
        """See `Facade.fill_form`."""
        self._permitting.admit(Right.EDIT, filling.author)
        save = self.saver(filling.author, send=filling.send, confirm_org=filling.confirm_org, act=act)
        return self._once(
            act, "fill_form", lambda: self.forms.fill(filling, save, origin=Origin.INSIGHT_FORM)
        )

    def add_task(self, wish: TaskWish, *, act: str) -> Task:
        """See `Facade.add_task`."""
        self._permitting.admit(Right.EDIT, wish.author)
        return self._once(act, "add_task", lambda: self.tasks.add(wish))

    def change_task(
        self,
        number: int,
        *,
        assignee: str | None = None,
        due: date | None = None,
        snoozed_until: date | None = None,
        act: str,
    ) -> Task:
        """See `Facade.change_task`."""
        self._permitting.admit(Right.EDIT)
        return self._once(
            act,
            "change_task",
            lambda: self.tasks.change(number, assignee=assignee, due=due, snoozed_until=snoozed_until),
        )

    def complete_task(self, completion: Completion, *, act: str) -> Completed:
        """See `Facade.complete_task`."""
        self._permitting.admit(Right.EDIT, completion.author)
        save = self.saver(
            completion.author, send=completion.send, confirm_org=completion.confirm_org, act=act
        )
        return self._once(act, "complete_task", lambda: self.tasks.complete(completion, save))

    def reopen_task(self, number: int, *, act: str) -> Task:
        """See `Facade.reopen_task`."""
        self._permitting.admit(Right.EDIT)
        return self._once(act, "reopen_task", lambda: self.tasks.reopen(number))

    def saver(self, author: str, *, send: bool, confirm_org: str, act: str) -> SaveEdits:
        """Give the edit service for what somebody fills in, without asking again who they are."""

        def save(edits: tuple[Edit, ...], origin: Origin) -> tuple[EditAnswer, ...]:
            return self._sending.save_edits(
                edits, origin=origin, author=author, send=send, confirm_org=confirm_org, act=act
            )

        return save
