"""Conflicts: the inbox, settling one or many by one act, looking again, whose value a record holds."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.masters import MasterRule
from writeback.runtime.facade.sending import ConflictChoice, PlanView
from writeback.store.inbox import Wanted


@dataclass(frozen=True, slots=True)
class ConflictDecision:
    """What is kept of some conflicts."""

    keep: str
    """`ours`: sent again after a review, against the newest value · `crm`: what the CRM holds stays ·
    `value`: a third one."""
    text: str | None = None
    """For `value`: as typed; None clears."""
    connection: str = ""
    """Where CRMs disagree: whose value, by the connection's name."""
    makes_rule: bool = False
    """Let the mappings decide so from now on."""
    writes_others: bool = False
    """Where CRMs disagree: write the chosen value to the others as well, after a review."""


@dataclass(frozen=True, slots=True)
class ConflictsSettled:
    """What became of some conflicts."""

    settled: int
    plan: PlanView | None = None
    """What is to be reviewed and sent; None: nothing is left to be sent."""
    came_back: int = 0
    """Changed in the CRM once more: they are in the inbox again, with the newer value."""
    same: int = 0
    """The CRM held the wished value already."""
    rules: tuple[str, ...] = ()
    """Fields whose mapping decides so from now on."""


@dataclass(frozen=True, slots=True)
class ConflictsLooked:
    """What looking again found."""

    looked: int
    changed: int
    """The CRM holds another value than the inbox told."""
    same: int
    """The CRM holds the wished value: settled."""
    gone: int
    """The record is gone from the CRM."""
    unreached: tuple[str, ...] = ()
    """Connections that could not be asked."""


@dataclass(frozen=True, slots=True)
class MasterChanged:
    """An attribute's rule as it is now."""

    entity: str
    attribute: str
    rule: MasterRule
    asked: int = 0
    """In so many records CRMs disagree, and a person is asked."""


@dataclass(frozen=True, slots=True)
class Levelled:
    """A plan that writes what records hold to the CRMs that hold something else."""

    differing: int
    """Records of which some CRM that takes the value back holds another one."""
    plan: PlanView | None = None


class ConflictCalls(Protocol):
    """Conflicts: settling and looking again."""

    def settle_conflicts(
        self, choices: tuple[ConflictChoice, ...], *, author: str, act: str
    ) -> PlanView | None:
        """Settle conflicts of single values; those that keep ours become a plan against the newest values."""

    def decide_conflicts(
        self, wanted: Wanted, decision: ConflictDecision, *, author: str, act: str
    ) -> ConflictsSettled:
        """Settle all conflicts that are meant, by one act.

        Raises:
            ConfigurationError: There is none, a third value cannot be read, or the decision does not fit.
            ConnectorError: A CRM could not be asked; what keeps ours waits as a draft.
        """

    def set_master(self, entity: str, attribute: str, rule: MasterRule, *, act: str) -> MasterChanged:
        """Say whose value records hold where CRMs disagree; counts at once.

        Raises:
            UnknownAttributeError: There is no such attribute.
            ConfigurationError: The connection does not feed it.
        """

    def level_values(self, entity: str, attribute: str, *, author: str, act: str) -> Levelled:
        """Plan to write what records hold to the CRMs that hold something else. Sends nothing."""

    def look_at_conflicts(self, wanted: Wanted, *, act: str) -> ConflictsLooked:
        """Read what the CRMs hold now; what both sides wrote alike settles itself."""
