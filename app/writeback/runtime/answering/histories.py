"""Answers about what became of values later."""

from writeback.model.permissions import Right
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.histories import HistoryErased, Verification, VerifyCost
from writeback.store import forgetting, integrations


class HistoryAnswers(Answering):
    """Answers about what became of values later."""

    def verify_cost(self, job: str) -> VerifyCost:
        """See `Facade.verify_cost`."""
        found = self.told.job(job)
        return self._verifying.cost(found.id, applied=found.counts.applied)

    def verify_job(self, job: str, *, author: str, act: str) -> Verification:
        """See `Facade.verify_job`."""
        found = self.told.job(job)
        return self._once(act, "verify_job", lambda: self._verifying.verify(found.id, author=author))

    def history_days(self) -> int:
        """See `Facade.history_days`."""
        with self.workspace.reading() as db:
            return forgetting.keep_days(db)

    def keep_history(self, days: int, *, author: str, act: str) -> int:
        """See `Facade.keep_history`."""
        self._permitting.admit(Right.ADMINISTER, author)
        return self._once(act, "keep_history", lambda: self._keep(days, author))

    def _keep(self, days: int, author: str) -> int:
        with self.workspace.writing() as db:
            forgetting.set_keep_days(db, days, author=author, at=self.workspace.now())
        return days

    def erase_history(self, record: str, *, author: str, act: str) -> HistoryErased:
        """See `Facade.erase_history`."""
        self._permitting.admit(Right.ADMINISTER, author)
        return self._once(act, "erase_history", lambda: self._erase(record, author))

    def _erase(self, record: str, author: str) -> HistoryErased:
        found = self.told.find_record(record)
        with self.workspace.writing() as db:
            feeding = integrations.every(db, entity=found.entity)
            now = self.workspace.now()
            gone = forgetting.erase(db, found.id, integrations=feeding, author=author, at=now)
        return HistoryErased(found.id, gone.notes, gone.rows)
