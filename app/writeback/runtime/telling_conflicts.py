"""What the command line is told about conflicts.

Must not: talk to a CRM.
"""

from collections import abc

from writeback.model.masters import MasterRule
from writeback.model.types import JobId
from writeback.runtime.assurances import Gap
from writeback.runtime.disputing import ConflictView
from writeback.runtime.reading import Reading
from writeback.store.inbox import Wanted
from writeback.store.windows import BLOCK


class TellingConflicts:
    """Reads of the inbox; a part of `Telling`."""

    _reading: Reading

    def gap(self, job: JobId) -> Gap | None:
        """Give how long it was between compare and answer, where a job compared."""
        detail = self._reading.job(job)
        return None if detail is None else detail.gap

    def masters(self, entity: str) -> abc.Mapping[str, MasterRule]:
        """Give whose value counts, by attribute; what is not named follows the newest change."""
        return self._reading.masters(entity)

    def conflicts(self, wanted: Wanted) -> abc.Iterator[ConflictView]:
        """Give every conflict of the inbox that is meant."""
        rows = self._reading.conflicts(wanted)
        try:
            for number in range(-(-rows.build() // BLOCK)):
                yield from rows.block(number)
        finally:
            rows.close()
