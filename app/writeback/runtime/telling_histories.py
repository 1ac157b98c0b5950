"""What the command line is told about how values came to be.

Must not: talk to a CRM.
"""

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING

from writeback.errors import UnknownAttributeError
from writeback.model.tasks import Task
from writeback.model.types import JobId
from writeback.runtime.facade.histories import Verification
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.reading import Reading
from writeback.runtime.verified import VerifiedField
from writeback.store.records import Record

if TYPE_CHECKING:  # the engine, which most of what is told does not need
    from writeback.runtime.task_writes import TaskWrites


class TellingHistories:
    """Reads of histories; a part of `Telling`."""

    _reading: Reading

    def history(
        self, record: Record, *, attribute: str = "", since: datetime | None = None, limit: int
    ) -> tuple[HistoryEntry, ...]:
        """Give what happened to a record's values, newest first.

        Raises:
            UnknownAttributeError: Its entity has no such attribute.
        """
        if attribute and not self._is_known(record.entity, attribute):
            raise UnknownAttributeError("attribute.unknown", entity=record.entity, name=attribute[:200])
        return self._reading.history(record.id, attribute=attribute, since=since, limit=limit)

    def task_writes(self, task: Task) -> "TaskWrites":
        """Give what became of what completing a task saved last."""
        from writeback.runtime.task_writes import writes_of  # noqa: PLC0415

        return writes_of(self._reading, task)

    def verification(self, job: JobId) -> Verification | None:
        """Give the newest read-back of a job, if there is one."""
        return self._reading.verification(job)

    def verified(self, job: JobId, *, most: int | None = None) -> abc.Iterator[VerifiedField]:
        """Give the fields that did not hold what was written when the job was read back."""
        return self._reading.verified(job, most=most)

    def _is_known(self, entity: str, attribute: str) -> bool:
        names = {one.name.casefold() for one in self._reading.attributes(entity)}
        for integration in self._reading.integrations():
            if integration.entity == entity:
                names |= {str(one.path).casefold() for one in integration.mappings}
        return attribute.casefold() in names
