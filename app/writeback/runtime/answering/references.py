"""Answers about what writing through references means."""

from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.references import ReferenceMeaning
from writeback.runtime.referring import meanings_of


class ReferenceAnswers(Answering):
    """Answers about what writing through references means."""

    def reference_meanings(self, integration: str, path: str) -> tuple[ReferenceMeaning, ...]:
        """See `Facade.reference_meanings`."""
        return meanings_of(self._mapping, self._connecting, integration, path)
