"""What goes into a plan, whatever it comes from: one row for each CRM record, along fixed columns.

A file, drafts, an undo and a retry all become `PlanInput`s. Must not: know where a row came from.
"""

from collections import abc
from typing import NamedTuple

from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import Value, Wish


class PlanInput(NamedTuple):
    """What shall be different about one CRM record.

    `olds` and `wishes` stand along the plan's columns and hold what travels: for a reference the
    id of the record pointed at. A tuple rather than a dataclass: a plan has a million of them.
    """

    record_id: str
    """The CRM's id; '' when the row never got that far."""
    olds: abc.Sequence[Value | Unset]
    """What the person saw, or for an undo what we wrote. UNSET: no base, what the CRM holds is taken."""
    wishes: abc.Sequence[Wish | Unset]
    """UNSET: not touched. CLEAR: to be emptied."""
    rid: str | None = None
    """Our record, where there is one."""
    source_key: str = ""
    """The key as it stood in the source."""
    blocked: Reason | None = None
    """Why the row may not be sent, if the source knows already."""
    place: int = -1
    """Position of the column that `blocked` is about; -1: the row as a whole."""


class PlanStream(NamedTuple):
    """All rows for one job: one connection, one object, one list of columns.

    `columns` name what travels (`Column.field`); rows come in the order of the source and are read once.
    """

    connection_id: str
    object: str
    columns: tuple[Column, ...]
    rows: abc.Iterable[PlanInput]
    integration_id: str | None = None
