"""Answers about the workspace's file."""

from writeback.errors import WorkspaceDamagedError, WorkspaceError
from writeback.model.events import EventKind
from writeback.runtime.answering.once import Answering
from writeback.runtime.holdings import mark_of
from writeback.store import acts, sqlite


class TrustAnswers(Answering):
    """Answers about the workspace's file; each is an audit entry, though it holds for the person alone."""

    def trust_workspace(self, shown: str, *, act: str) -> None:
        """See `Facade.trust_workspace`."""
        self._once(act, "trust_workspace", lambda: self._trust(shown))

    def restrict_workspace(self, *, act: str) -> None:
        """See `Facade.restrict_workspace`."""
        self._once(act, "restrict_workspace", lambda: self._decide(is_allowed=False))

    def _trust(self, shown: str) -> None:
        """A stranger's file is read page by page first, whatever its size."""
        path = self.workspace.path
        if shown != mark_of(self.workspace):
            raise WorkspaceError("workspace.swapped", path=str(path))
        with self.workspace.reading() as db:
            found = sqlite.problems(sqlite.driver(db))
        if found:
            raise WorkspaceDamagedError("workspace.damaged", path=str(path), problem=found[0][:200])
        self._decide(is_allowed=True)

    def _decide(self, *, is_allowed: bool) -> None:
        self.restriction.decide(is_allowed=is_allowed)
        with self.workspace.writing() as db:
            acts.record(
                db,
                at=self.workspace.now(),
                kind=EventKind.TRUST_CHANGED,
                subject="",
                act="workspace.trusted" if is_allowed else "workspace.restricted",
                body={"author": self._permitting.author},
            )
