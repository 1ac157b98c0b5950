"""Answers about what changed in a CRM since its fields were mapped."""

from writeback.runtime.answering.once import Answering
from writeback.runtime.drift_fixing import DriftFixing
from writeback.runtime.facade import DriftReport


class DriftAnswers(Answering):
    """Answers about what changed in a CRM since its fields were mapped."""

    _drift_fixing: DriftFixing

    def drifts(self, integration: str) -> DriftReport:
        """See `Facade.drifts`."""
        return self._drift_fixing.report(integration)

    def fix_drifts(self, integration: str, keys: tuple[str, ...], *, act: str) -> DriftReport:
        """See `Facade.fix_drifts`."""
        return self._once(act, "fix_drifts", lambda: self._drift_fixing.fix(integration, keys))

    def accept_drifts(self, integration: str, keys: tuple[str, ...], *, act: str) -> DriftReport:
        """See `Facade.accept_drifts`."""
        return self._once(act, "accept_drifts", lambda: self._drift_fixing.accept(integration, keys))
