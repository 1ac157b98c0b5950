"""Answers about what became of values later."""

from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.histories import Verification, VerifyCost


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
