"""What changed in a CRM since its fields were mapped, and what is offered about it."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.drifts import DriftKind, FixKind, Severity
from writeback.model.types import IntegrationId


@dataclass(frozen=True, slots=True)
class DriftLine:
    """One change: what it stops, in words, and the one thing offered."""

    number: int
    """1…, within its report; `key` stays the same when others come and go."""
    key: str
    kind: DriftKind
    severity: Severity
    object: str
    field: str
    """The API name as it was mapped; '' for the object as a whole."""
    label: str
    before: str
    now: str
    paths: tuple[str, ...]
    attributes: tuple[str, ...]
    sentence: str
    """What happened."""
    fix: FixKind
    fix_text: str
    """What the fix does, as the label of its button; '' where none is offered."""
    may_accept: bool
    """The new description may be taken as it is, without the fix."""


@dataclass(frozen=True, slots=True)
class DriftReport:
    """All that changed under one integration, the worst first; nothing changed: no lines."""

    integration_id: IntegrationId
    object: str
    lines: tuple[DriftLine, ...]

    @property
    def stops(self) -> bool:
        """Say whether anything is not sent, or not pulled, for it."""
        return any(line.severity.stops_sending for line in self.lines)


class DriftCalls(Protocol):
    """What changed in a CRM since its fields were mapped."""

    def drifts(self, integration: str) -> DriftReport:
        """Ask the CRM for fresh descriptions and compare.

        Raises:
            ConnectorError: The CRM cannot be asked.
        """

    def fix_drifts(self, integration: str, keys: tuple[str, ...], *, act: str) -> DriftReport:
        """Do what is offered about some changes; what the CRM says of them becomes the new base.

        Raises:
            MappingError: `drift.unknown`: there is no such change (any more); `drift.no_fix`.
        """

    def accept_drifts(self, integration: str, keys: tuple[str, ...], *, act: str) -> DriftReport:
        """Take what the CRM says now as the new base, changing no mapping; no keys: all that may be.

        Raises:
            MappingError: `drift.unknown`; `drift.not_acceptable`: this one needs its fix.
        """
