"""What became of something a person asked the engine for: a pull, an edit."""

from dataclasses import dataclass

from writeback.model.changes import Reason
from writeback.model.types import IntegrationId, JobId, RecordId


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull did."""

    integration_id: IntegrationId
    read: int
    added: int
    changed: int
    gone: int
    conflicts: int
    seconds: float
    is_incremental: bool
    linked: int = 0
    """Of those added: linked to a record that another CRM had brought."""
    ambiguous: int = 0
    """Of those added: the match fitted several, so each became a record of its own."""
    skipped: tuple[str, ...] = ()
    """Field paths passed over because they drifted in the CRM: what was read of them before stays."""


@dataclass(frozen=True, slots=True)
class EditAnswer:
    """What became of one edit: kept as draft, on its way (job), already so, or refused."""

    record: RecordId
    attribute: str
    state: str
    """`draft` | `sending` | `unchanged` | `blocked` | `conflict`."""
    job_id: JobId | None = None
    reason: Reason | None = None
    job_ids: tuple[JobId, ...] = ()
    """All jobs that it became: one for each CRM it goes to."""
