"""Answers about records that come in and what people type."""

from writeback.model.changes import Origin
from writeback.model.permissions import Right
from writeback.model.types import RecordId
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import (
    Edit,
    EditAnswer,
    EditsUndone,
    PullReport,
)


class EditAnswers(Answering):
    """Answers about records that come in and what people type."""

    def pull(self, integration: str, *, full: bool = False, act: str) -> PullReport:
        """See `Facade.pull`."""
        return self._once(
            act, "pull", lambda: self.pulling.pull(integration, full=full, author=self._permitting.author)
        )

    def save_edits(
        self,
        edits: tuple[Edit, ...],
        *,
        origin: Origin,
        author: str,
        act: str,
        send: bool = False,
        confirm_org: str = "",
        overrides: tuple[str, ...] = (),
    ) -> tuple[EditAnswer, ...]:
        """See `Facade.save_edits`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(
            act,
            "save_edits",
            lambda: self._sending.save_edits(
                edits,
                origin=origin,
                author=author,
                send=send,
                confirm_org=confirm_org,
                overrides=overrides,
                act=act,
            ),
        )

    def discard_drafts(
        self, records: tuple[RecordId, ...], *, attribute: str = "", author: str = "", act: str
    ) -> int:
        """See `Facade.discard_drafts`."""
        self._permitting.admit(Right.EDIT)
        return self._once(
            act,
            "discard_drafts",
            lambda: self._sending.discard_drafts(records, attribute=attribute, author=author, act=act),
        )

    def undo_edits(self, what: str, *, author: str = "", act: str) -> EditsUndone:
        """See `Facade.undo_edits`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "undo_edits", lambda: self._sending.undo_edits(what, author=author, act=act))
