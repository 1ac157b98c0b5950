"""Who may do what: rights, and the permission levels that hold them.

In a workspace that is a file this is a guard-rail, not a wall: whoever can write the file can change it.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from writeback.model.types import PlanId


class Right(enum.StrEnum):
    """One thing that somebody may do."""

    CONFIGURE_MAPPINGS = "configure_mappings"
    """Integrations, field mappings, attributes, rules."""
    EDIT = "edit"
    """Change values of records, as drafts."""
    WRITE = "write"
    """Write to a CRM."""
    BULK = "bulk"
    """Write more records at once than the limit *bulk* says."""
    APPROVE = "approve"
    """Let another person's plan go."""
    EDIT_REFERENCED = "edit_referenced"
    """Change the record that a reference points at, for everybody who points there."""
    UNDO = "undo"
    """Put back what a job overwrote."""
    SET_WRITE_BACK = "set_write_back"
    """Switch write-back of a mapping on, and how carefully a connection is written to."""
    OVERRIDE_GUARDS = "override_guards"
    """Send a plan in spite of a struck guard."""
    MANAGE_PLUGINS = "manage_plugins"
    """Allow, disable and remove plugins."""
    ADMINISTER = "administer"
    """Permission levels, new connections, writing unseen (assurance C)."""


class Level(enum.StrEnum):
    """A permission level, from the least to the most."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OPERATOR = "operator"
    APPROVER = "approver"
    ADVANCED_USER = "advanced_user"
    GLOBAL_ADMIN = "global_admin"


class ApprovalState(enum.StrEnum):
    """Where an approval stands."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Permission:
    """The permission level of one person of the workspace."""

    author: str
    """The name under which they edit and send."""
    level: Level
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """A plan that waits, or waited, for another person's word."""

    plan_id: PlanId
    state: ApprovalState
    asked_by: str
    asked_at: datetime
    rows: int
    """How many records would be written."""
    most: int
    """More than so many need somebody's approval."""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
