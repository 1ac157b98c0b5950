"""Read back what finished jobs wrote.

Must not: write to a CRM.
"""

from writeback.engine import verifying
from writeback.engine.reaching import ReachOf
from writeback.engine.replanning import finished
from writeback.errors import ConfigurationError
from writeback.model.types import JobId
from writeback.runtime.facade.histories import Verification, VerifyCost
from writeback.runtime.verified import verification_of
from writeback.store.glances import Glances
from writeback.store.workspace import Workspace


class Verifying:
    """Reads jobs back."""

    def __init__(self, workspace: Workspace, *, reach_of: ReachOf) -> None:
        self._workspace = workspace
        self._reach_of = reach_of

    def cost(self, job: JobId, *, applied: int) -> VerifyCost:
        """Say what it would take. See `Facade.verify_cost`."""
        found = finished(self._workspace, job)
        calls = verifying.cost_of(self._reach_of(found.connection_id), rows=applied)
        return VerifyCost(job, applied, calls)

    def verify(self, job: JobId, *, author: str) -> Verification:
        """Read it back. See `Facade.verify_job`."""
        found = finished(self._workspace, job)
        verifying.verify(self._workspace, job, self._reach_of(found.connection_id), author=author)
        told = verification_of(Glances(self._workspace), job)
        if told is None:
            raise ConfigurationError("job.not_verified", job=job)
        return told
