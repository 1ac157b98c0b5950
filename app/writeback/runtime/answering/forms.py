"""Answers about insight forms."""

from datetime import datetime

from writeback.errors import ConfigurationError
from writeback.model.changes import Origin
from writeback.model.forms import InsightForm
from writeback.model.permissions import Right
from writeback.model.reports import EditAnswer
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.edits import Edit
from writeback.runtime.facade.work import Filling
from writeback.runtime.form_uses import uses_of
from writeback.runtime.forming import Forming, SaveEdits
from writeback.runtime.playing import Playing
from writeback.runtime.tasking import Tasking


class FormAnswers(Answering):
    """Answers about insight forms, and the edit service for whatever is filled in."""

    @property
    def forms(self) -> Forming:
        """Give what reads and keeps forms."""
        return Forming(self.workspace)

    def save_form(
        self, form: InsightForm, *, author: str = "", base: datetime | None = None, act: str
    ) -> InsightForm:
        """See `Facade.save_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS, author)
        return self._once(act, "save_form", lambda: self.forms.save(form, author=author, base=base))

    def publish_form(self, name: str, *, is_published: bool, author: str = "", act: str) -> None:
        """See `Facade.publish_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS, author)
        who = author or self._permitting.author
        self._once(
            act, "publish_form", lambda: self.forms.publish(name, is_published=is_published, author=who)
        )

    def remove_form(self, name: str, *, act: str) -> None:
        """See `Facade.remove_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        asking = Tasking(self.workspace, self.forms).asking_for(name)
        if asking:
            raise ConfigurationError("form.in_use", name=name[:80], tasks=asking)
        plays = uses_of((), Playing(self.workspace).every()).get(name.strip().casefold(), ())
        if plays:
            told = ", ".join(one.name for one in plays)
            raise ConfigurationError("form.in_plays", name=name[:80], plays=told[:200])
        self._once(act, "remove_form", lambda: self.forms.remove(name))

    def fill_form(self, filling: Filling, *, act: str) -> tuple[EditAnswer, ...]:
        """See `Facade.fill_form`."""
        self._permitting.admit(Right.EDIT, filling.author)
        save = self.saver(filling.author, send=filling.send, confirm_org=filling.confirm_org, act=act)
        return self._once(
            act, "fill_form", lambda: self.forms.fill(filling, save, origin=Origin.INSIGHT_FORM)
        )

    def try_form(self, filling: Filling) -> tuple[EditAnswer, ...]:
        """See `Facade.try_form`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS, filling.author)
        return self.forms.try_out(filling)

    def saver(self, author: str, *, send: bool, confirm_org: str, act: str) -> SaveEdits:
        """Give the edit service for what somebody fills in, without asking again who they are."""

        def save(edits: tuple[Edit, ...], origin: Origin) -> tuple[EditAnswer, ...]:
            return self._sending.save_edits(
                edits, origin=origin, author=author, send=send, confirm_org=confirm_org, act=act
            )

        return save
