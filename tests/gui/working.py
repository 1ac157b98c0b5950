"""The façade's calls about insight forms and tasks, for screens under test: kept for real, never sent."""

from datetime import date, datetime
from typing import Any

from writeback.model.changes import Origin
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.notes import Note
from writeback.model.tasks import Task
from writeback.model.types import RecordId
from writeback.runtime.campaigning import Campaigning
from writeback.runtime.facade import Edit, EditAnswer
from writeback.runtime.facade.campaigns import CampaignImport, CampaignWish, TakenBack
from writeback.runtime.facade.work import Completed, Completion, Filling, TaskWish
from writeback.runtime.forming import Forming, SaveEdits
from writeback.runtime.record_notes import RecordNotes
from writeback.runtime.tasking import Tasking


class ScriptedWork:
    """Answers about insight forms and tasks."""

    workspace: Any
    _note: Any
    save_edits: Any

    @property
    def forms(self) -> Forming:
        return Forming(self.workspace)

    @property
    def tasks(self) -> Tasking:
        return Tasking(self.workspace, self.forms)

    def save_form(
        self, form: InsightForm, *, author: str = "", base: datetime | None = None, act: str
    ) -> InsightForm:
        self._note("save_form", form)
        return self.forms.save(form, author=author, base=base)

    def publish_form(self, name: str, *, is_published: bool, author: str = "", act: str) -> None:
        self._note("publish_form", (name, is_published))
        self.forms.publish(name, is_published=is_published, author=author)

    def remove_form(self, name: str, *, act: str) -> None:
        self._note("remove_form", name)
        self.forms.remove(name)

    def fill_form(self, filling: Filling, *, act: str) -> tuple[EditAnswer, ...]:
        self._note("fill_form", filling)
        return self.forms.fill(filling, self._saver(filling.author, act), origin=Origin.INSIGHT_FORM)

    @property
    def notes(self) -> RecordNotes:
        return RecordNotes(self.workspace)

    def write_note(self, record: RecordId, text: str, *, author: str, act: str) -> Note:
        self._note("write_note", (record, text))
        return self.notes.write(record, text, author=author, act=act)

    def change_note(self, note: str, text: str, *, author: str, act: str) -> Note:
        self._note("change_note", (note, text))
        return self.notes.change(note, text, author=author)

    def remove_note(self, note: str, *, author: str, act: str) -> Note:
        self._note("remove_note", note)
        return self.notes.remove(note, author=author)

    def add_task(self, wish: TaskWish, *, act: str) -> Task:
        self._note("add_task", wish)
        return self.tasks.add(wish, act=act)

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
        self._note("change_task", (number, assignee, due, snoozed_until))
        return self.tasks.change(
            number,
            assignee=assignee,
            due=due,
            snoozed_until=snoozed_until,
            by=author,
            version=version,
            act=act,
        )

    def complete_task(self, completion: Completion, *, act: str) -> Completed:
        self._note("complete_task", completion)
        return self.tasks.complete(completion, self._saver(completion.author, act), act=act)

    def complete_tasks(
        self, numbers: tuple[int, ...], completion: Completion, *, act: str
    ) -> tuple[Completed, ...]:
        self._note("complete_tasks", (numbers, completion))
        save = self._saver(completion.author, act)
        return self.tasks.complete_alike(numbers, completion, save, act=act)

    def try_form(self, filling: Filling) -> tuple[EditAnswer, ...]:
        self._note("try_form", filling)
        return self.forms.try_out(filling)

    def reopen_task(self, number: int, *, author: str = "", version: int = 0, act: str) -> Task:
        self._note("reopen_task", number)
        return self.tasks.reopen(number, by=author, version=version, act=act)

    @property
    def campaigns(self) -> Campaigning:
        return Campaigning(self.workspace)

    def import_campaign(
        self, wish: CampaignWish, *, is_dry: bool = False, most: int = 0, leftovers: str = "", act: str
    ) -> CampaignImport:
        self._note("import_campaign", (wish, is_dry))
        save = self._saver(wish.author, act)
        return self.campaigns.bring(wish, save, is_dry=is_dry, most=most, leftovers=leftovers, act=act)

    def take_back_import(self, campaign: str, what: str, *, author: str = "", act: str) -> TakenBack:
        self._note("take_back_import", (campaign, what))
        return self.campaigns.take_back(campaign, what, author=author, act=act)

    def _saver(self, author: str, act: str) -> SaveEdits:
        def save(edits: tuple[Edit, ...], origin: Origin) -> tuple[EditAnswer, ...]:
            told: tuple[EditAnswer, ...] = self.save_edits(edits, origin=origin, author=author, act=act)
            return told

        return save


def health_check(now: Any) -> InsightForm:
    """Ask for three values, the last only where the first is Energy."""
    fields = (
        FormField("industry", help="As they say themselves", is_required=True),
        FormField("arr"),
        FormField("renewal", when=("industry", "Energy")),
    )
    return InsightForm("Health", "account", "Health check", (FormSection("Now", fields),), True, "ana", now)
