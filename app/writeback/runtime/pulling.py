"""The part of the façade that pulls: a CRM's records come in, and the list of jobs tells how it ended.

Must not: read a CRM itself; `engine.pulling` does.
"""

from datetime import datetime

from writeback.engine import pulling
from writeback.engine.shaping import FindTransform
from writeback.errors import WritebackError
from writeback.model.integrations import Integration
from writeback.model.reports import PullReport
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.store import pulls
from writeback.store.workspace import Workspace


class Pulling:
    """Pulls integrations."""

    def __init__(
        self, workspace: Workspace, *, sessions: Sessions, mapping: Mapping, find_transform: FindTransform
    ) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._mapping = mapping
        self._find_transform = find_transform

    def pull(
        self, integration_text: str, *, full: bool, author: str = "", is_scheduled: bool = False
    ) -> PullReport:
        """Read the CRM's records. See `Facade.pull`."""
        integration = self._mapping.find_integration(integration_text)
        began = self._workspace.now()
        try:
            session = self._sessions.open(integration.connection_id)
            report = pulling.pull(
                integration.id, session, self._workspace, full=full, transforms=self._find_transform
            )
        except WritebackError as error:
            self._note(integration, began, author=author, is_scheduled=is_scheduled, error=error)
            raise
        self._note(integration, began, author=author, is_scheduled=is_scheduled, report=report)
        return report

    def _note(
        self,
        integration: Integration,
        began: datetime,
        *,
        author: str,
        is_scheduled: bool,
        report: PullReport | None = None,
        error: WritebackError | None = None,
    ) -> None:
        """Remember how a pull ended, for the list of jobs."""
        names = ("read", "added", "changed", "gone", "conflicts") if report is not None else ()
        pulled = pulls.Pulled(
            integration.connection_id,
            integration.id,
            integration.object,
            author,
            began,
            self._workspace.now(),
            {name: getattr(report, name) for name in names},
            error.code if error is not None else "",
            error.facts if error is not None else {},
            is_scheduled,
        )
        with self._workspace.writing() as db:
            pulls.note(db, pulled)
