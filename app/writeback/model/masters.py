"""Whose value a record holds where several CRMs feed one attribute and disagree."""

import enum
from dataclasses import dataclass
from typing import Final

from writeback.model.types import ConnectionId


class MasterKind(enum.StrEnum):
    """How it is decided."""

    PREFER = "prefer"
    """One connection's value, whatever it is."""
    UNLESS_BLANK = "unless-blank"
    """One connection's value, unless it holds nothing."""
    NEWEST = "newest"
    """The change that was read last."""
    ASK = "ask"
    """The record keeps what it holds, and a person is asked."""


@dataclass(frozen=True, slots=True)
class MasterRule:
    """The rule of one attribute."""

    kind: MasterKind = MasterKind.NEWEST
    connection_id: ConnectionId | None = None
    """PREFER, UNLESS_BLANK: whose value."""

    @property
    def names_one(self) -> bool:
        """Say whether the rule is about one connection."""
        return self.kind in (MasterKind.PREFER, MasterKind.UNLESS_BLANK)


NEWEST: Final = MasterRule()
"""What counts where nobody chose a rule."""
