"""The inbox of conflicts as screens and the command line show it: a window, groups, one conflict in full.

Must not: know SQL (`store.inbox` does), settle, format for a person.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.model.canonical import as_told
from writeback.model.types import AttributeType, Value
from writeback.runtime.job_windows import RowTitles
from writeback.runtime.retelling import retold
from writeback.store import moments, wide
from writeback.store.disputes import Dispute
from writeback.store.glances import Glances
from writeback.store.inbox import ROW, Place, Wanted, keys
from writeback.store.windows import BLOCK, Window


@dataclass(frozen=True, slots=True)
class HeldBy:
    """What one CRM holds, where several disagree."""

    integration_id: str
    connection: str
    value: Value


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One conflict: last read, in the CRM now, yours, and who wrote which when."""

    place: Place
    kind: AttributeType
    record: str
    """The record's name, else its CRM id."""
    rid: str
    record_id: str
    connection: str
    """The connection's name; '' where several CRMs disagree."""
    object: str
    field: str
    attribute: str
    base: Value = None
    has_base: bool = True
    theirs: Value = None
    ours: Value = None
    rule: str = "ask"
    code: str = ""
    message: str = ""
    found_at: datetime | None = None
    author: str = ""
    edited_at: datetime | None = None
    origin: str = ""
    job_id: str = ""
    job_number: int = 0
    held_back: int = 0
    is_gone: bool = False
    held: tuple[HeldBy, ...] = ()


class ConflictRows:
    """A window on the conflicts that are meant, alike ones together."""

    def __init__(self, glances: Glances, wanted: Wanted) -> None:
        self._glances = glances
        self._window = Window(glances.readers, keys(wanted), width=4)
        self._titles = RowTitles(glances)
        self._connections: dict[str, str] = {}
        self._of: dict[str, str] = {}
        self.rows = 0

    def build(self) -> int:
        """Materialise the order; give the true row count. Call it in a task."""
        self._connections = {row.id: row.name for row in self._glances.connections()}
        self._of = {row.id: row.connection_id for row in self._glances.integrations()}
        self.rows = self._window.build()
        return self.rows

    def places(self, first: int, most: int = BLOCK) -> list[Place]:
        """Give the places of some rows."""
        return [Place(*(str(part) for part in key)) for key in self._window.keys(first, most)]

    def block(self, number: int) -> tuple[ConflictView, ...]:
        """Give one block of at most 200 conflicts; those that were settled meanwhile are left out."""
        found = self._glances.disputes(self.places(number * BLOCK))
        titles = self._titles.of({one.rid for one in found if one.rid})
        return tuple(self._view(one, titles) for one in found)

    def in_line(self, number: int) -> tuple[ConflictView | None, ...]:
        """Give one block with its rows in their places; None where one was settled meanwhile."""
        known = {one.place: one for one in self.block(number)}
        return tuple(known.get(place) for place in self.places(number * BLOCK))

    def close(self) -> None:
        """Give the connection back."""
        self._window.close()

    def _view(self, one: Dispute, titles: abc.Mapping[str, str]) -> ConflictView:
        kind = AttributeType(one.kind)
        return ConflictView(
            place=one.place,
            kind=kind,
            record=titles.get(one.rid) or one.record_id or one.rid,
            rid=one.rid,
            record_id=one.record_id,
            connection=self._connections.get(one.connection_id, ""),
            object=one.object,
            field=one.field,
            attribute=one.attribute,
            base=_value(one.base, kind),
            has_base=one.has_base,
            theirs=_value(one.theirs, kind),
            ours=_value(one.ours, kind),
            rule=one.rule,
            code=one.code,
            message=retold(one.message),
            found_at=_moment(one.found_at),
            author=one.author,
            edited_at=_moment(one.edited_at),
            origin=one.origin,
            job_id=one.job_id,
            job_number=one.job_number,
            held_back=one.held_back if one.place.kind == ROW else 0,
            is_gone=one.is_gone,
            held=tuple(
                HeldBy(name, self._connections.get(self._of.get(name, ""), name), wide.loaded(value, kind))
                for name, value in (one.held or {}).items()
                if value is not None
            ),
        )


def _value(plain: object, kind: AttributeType) -> Value:
    return None if plain == {} else as_told(plain, kind)


def _moment(text: str) -> datetime | None:
    return moments.from_text(text) if text else None
