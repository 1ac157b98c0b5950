"""Stand in for a CRM that cannot be asked: answer from what was last read of it.

A plan for several CRMs is made although one of them is down: that one's rows are judged against the
snapshot, and whoever sends them compares with the CRM before anything is written.

Must not: be used to send; claim that what it tells is what the CRM holds now.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import OutcomeUnknownError, RetryableError, SignInRequiredError
from writeback.model.connections import Org
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Prepared, ReadQuery, Session, WriteAnswer, WriteRequest
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo, Page
from writeback.store import records
from writeback.store.workspace import Workspace

UNREACHED: Final = (RetryableError, SignInRequiredError, OutcomeUnknownError)
"""What a CRM that cannot be asked now raises while it is only read."""
REFERENCE: Final = "plan.unreached_reference"
"""Who is meant by a reference can be said by the CRM only."""


@dataclass(frozen=True, slots=True)
class LastReading:
    """A session of one integration that answers `fetch` from its snapshot, and refuses all else."""

    workspace: Workspace
    integration: Integration
    asked: Session | None = None
    """The CRM's own session where there is one: it knows how the CRM stores values."""

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Give what was last read; a record that vanished since is left out."""
        del object_name, by
        with self.workspace.reading() as db:
            return Page(tuple(paths), tuple(records.last_read(db, self.integration, keys, paths)))

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether two values are stored alike."""
        return ours == theirs if self.asked is None else self.asked.same_value(kind, ours, theirs)

    def whoami(self) -> Org:
        """Raise: nobody answers."""
        raise self._nobody()

    def objects(self) -> tuple[ObjectInfo, ...]:
        """Raise: nobody answers."""
        raise self._nobody()

    def describe(self, object_name: str) -> ObjectDescription:
        """Raise: nobody answers."""
        raise self._nobody(object=object_name)

    def count(self, object_name: str, condition: str = "") -> int:
        """Raise: nobody answers."""
        raise self._nobody(object=object_name, condition=condition[:200])

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Raise: nobody answers."""
        raise self._nobody(object=query.object)

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Raise: nobody answers."""
        raise self._nobody(object=object_name, by=by, values=len(values))

    def prepare(self, request: WriteRequest) -> Prepared:
        """Raise: nothing is sent from here."""
        raise self._nobody(object=request.object)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Raise: nothing is sent from here."""
        raise self._nobody(rows=len(prepared.body))

    def _nobody(self, **facts: str | int) -> RetryableError:
        return RetryableError("plan.unreached", after=None, integration=self.integration.id, **facts)
