"""What goes into a plan, whatever it comes from: one row for each CRM record, along fixed columns.

A file, drafts, an undo and a retry all become `PlanInput`s. Must not: know where a row came from.
"""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from writeback.errors import WritebackError
from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.deltas import Delta
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Column
from writeback.model.types import Value, Wish
from writeback.planning.translating import Meaning

NO_LEFT: Final[abc.Mapping[int, str]] = MappingProxyType({})
NO_DELTAS: Final[abc.Mapping[int, Delta]] = MappingProxyType({})


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
    field: str = ""
    """Path of the field that `blocked` is about; '': the row as a whole."""
    edited: abc.Sequence[datetime | None] = ()
    """When our person edited each column, by our clock; empty: when the plan is made."""
    number: int = 0
    """Its number in the source, where not all rows of the source are in the stream; 0: as it comes."""
    deltas: abc.Mapping[int, Delta] = NO_DELTAS
    """Places where the wish adds to a list and takes from it, whatever the CRM holds."""
    case: int = 0
    """Rows of one case differ in their record and in what was seen only: what is decided of one of them holds
    for all of which that and what the CRM holds is the same. 0: nobody knows of such rows."""
    left: abc.Mapping[int, str] = NO_LEFT
    """Places of references that are left as they are, with the text that names no record."""


@dataclass(frozen=True, slots=True)
class PlanStream:
    """All rows for one job: one connection, one object, one list of columns.

    `columns` name what travels (`Column.field`) and may all be written; rows are read once, in order.
    """

    connection_id: str
    object: str
    columns: tuple[Column, ...]
    rows: abc.Iterable[PlanInput]
    rules: tuple[ConflictRule, ...] = ()
    """Who wins, by column; empty: ask, everywhere."""
    integration_id: str | None = None
    root: str = ""
    """The object of the records that the written ones were reached from, over the columns' `via`; several
    rows may lead to one record. '': the written records are the rows' own."""
    was_walked: bool = False
    """Its rows were led to the written records earlier: the way may lead elsewhere by now."""
    walked_by: str = ""
    """The field by which the source of these rows named where the way begins; '': nobody knows."""
    key_field: str = ""
    """Rows are found by this field and `source_key`; '': by record id."""
    shown_olds: frozenset[int] = frozenset()
    """Places whose `olds` are what people read of the record pointed at, not its id."""
    meanings: abc.Mapping[int, Meaning] = field(default_factory=dict)
    """Places whose `olds` are the attribute's values, and what the CRM's own mean as such."""
    line_of: abc.Callable[[int], int] | None = None
    """Gives the line of a row by its number, where the source may name a record twice; else None."""
    has_deltas: bool = False
    """Some rows can be planned against what the CRM holds only."""
    is_dated: bool = False
    """The source itself tells when its rows were edited: the rule NEWEST decides without a base too."""
    automation: tuple[tuple[str, str], ...] = ()
    """Automation switches as the job had them that the rows come from."""
    unreached: WritebackError | None = None
    """Why its CRM cannot be asked now: the rows are judged against what was last read of it."""
    instead: abc.Callable[[WritebackError], "PlanStream"] | None = None
    """Gives the same rows against what was last read, when the CRM turns out not to answer."""
    splits: bool = False
    """A field in conflict keeps none of its record's other fields back: it becomes a finding of its own."""
    undo_of: str = ""
    """The job whose rows these take back, where each stream has its own."""
    creates_by: str = ""
    """The unique field by which records are made of these rows; '': they update."""
    missing: set[int] | None = None
    """Numbers of rows whose key names nobody: a stream that updates leaves them out and notes them here, the
    one that makes them takes them from here and need not ask again. None: no other stream makes them."""

    @property
    def ruled(self) -> tuple[Column, ...]:
        """The columns with who wins in each: what was planned is what is sent."""
        rules = self.rules or (ConflictRule.ASK,) * len(self.columns)
        return tuple(replace(column, rule=rule) for column, rule in zip(self.columns, rules, strict=True))
