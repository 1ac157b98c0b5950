"""`doctor`: ask whether the invariants of the write protocol hold in a workspace.

The same questions the fault tests end with. Must not: repair, send, change anything.
"""

from collections import abc
from dataclasses import dataclass

from writeback.store import checks, workers
from writeback.store.checks import Finding
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Report:
    """What was found; `facts` name rules and versions in force."""

    findings: tuple[Finding, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def ok(self) -> bool:
        """Say whether every invariant is kept."""
        return all(finding.is_kept for finding in self.findings)

    @property
    def violations(self) -> dict[str, tuple[str, ...]]:
        """Give what breaks which invariant."""
        return {finding.id: finding.violations for finding in self.findings if not finding.is_kept}


def check_workspace(workspace: Workspace, *, facts: abc.Mapping[str, str] | None = None) -> Report:
    """Check invariants I1–I8 and the store, in one state of the workspace."""
    with workspace.reading() as db:
        findings = tuple(checks.every(db))
        told = {"workspace": workspace.id, "workers": str(len(workers.every(db)))}
    return Report(findings, tuple({**told, **(facts or {})}.items()))
