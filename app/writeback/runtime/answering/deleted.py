"""Answers about what was deleted lately."""

from writeback.model.permissions import Right
from writeback.runtime import restoring
from writeback.runtime.answering.once import Answering
from writeback.store import deleted


class DeletedAnswers(Answering):
    """Answers about what was deleted lately."""

    def restore_deleted(self, gone: int, *, act: str) -> str:
        """See `Facade.restore_deleted`."""
        if restoring.kind_of(self.workspace, gone) == deleted.FORM:
            self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "restore_deleted", lambda: restoring.restore(self.workspace, gone))
