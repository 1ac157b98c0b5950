"""Look at conflicts again: what do the CRMs hold now, and who wrote it?

One read for all records of a connection and object. What both sides wrote alike settles itself; another value
replaces the one that the inbox tells; a record that is gone is said to be.

Must not: settle what still differs.
"""

from collections import abc
from dataclasses import dataclass, replace

from writeback.engine import choosing
from writeback.engine.comparing import held_of
from writeback.engine.last_reading import UNREACHED
from writeback.engine.reaching import Reach, ReachOf
from writeback.model.canonical import as_told
from writeback.model.events import EventKind
from writeback.model.types import AttributeType, Value
from writeback.store import confirming, integrations, journal, moments, settlements, value_states
from writeback.store.disputes import Dispute
from writeback.store.inbox import MASTER, ROW, VALUE
from writeback.store.meanings import meaning_in
from writeback.store.settlements import Settlement
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found."""

    looked: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """One conflict with what its CRM holds now."""

    dispute: Dispute
    theirs: Value
    """As it reads here."""
    raw: Value
    """As the CRM holds it."""
    is_gone: bool
    is_same: bool

    @property
    def is_changed(self) -> bool:
        """Say whether the CRM holds another value than was told."""
        known = as_told(self.dispute.theirs, AttributeType(self.dispute.kind))
        return not self.is_gone and not self.is_same and known != self.theirs


def look_again(workspace: Workspace, disputes: abc.Sequence[Dispute], reach_of: ReachOf) -> Looked:
    """Read the CRMs' values of some conflicts and keep what was found.

    Values behind a reference are passed over: what the inbox tells of them are words, not what is written.
    """
    groups: dict[tuple[str, str], list[Dispute]] = {}
    for one in disputes:
        if one.place.kind != MASTER and one.record_id and "." not in one.field:
            groups.setdefault((one.connection_id, one.object), []).append(one)
    total, unreached = Looked(), []
    for (connection, object_name), some in groups.items():
        try:
            reach = reach_of(connection)
            seen = _look(reach, object_name, some, meanings(workspace, some))
        except UNREACHED:
            unreached.append(connection)
            continue
        _keep(workspace, seen)
        total = Looked(
            total.looked + len(seen),
            total.changed + sum(one.is_changed for one in seen),
            total.same + sum(one.is_same for one in seen),
            total.gone + sum(one.is_gone for one in seen),
        )
    return replace(total, unreached=tuple(unreached))


Means = abc.Callable[[Dispute, Value], Value]
"""Says what a CRM's value means here."""


def meanings(workspace: Workspace, disputes: abc.Iterable[Dispute]) -> Means:
    """Say what the CRM's values mean here, for some conflicts; a job's row holds what travels."""
    found: dict[tuple[str, str], abc.Callable[[Value], Value]] = {}
    with workspace.reading() as db:
        for one in disputes:
            own = one.integration_id, one.attribute
            if one.place.kind == VALUE and own not in found:
                integration = integrations.get(db, one.integration_id)
                found[own] = meaning_in(db, integration, one.attribute, AttributeType(one.kind))

    def means(one: Dispute, value: Value) -> Value:
        told = found.get((one.integration_id, one.attribute)) if one.place.kind == VALUE else None
        return value if told is None else told(value)

    return means


def _look(reach: Reach, object_name: str, disputes: abc.Sequence[Dispute], means: Means) -> list[_Seen]:
    fields = tuple(dict.fromkeys(one.column for one in disputes))
    keys = tuple(dict.fromkeys(one.record_id for one in disputes))
    by = reach.describe(object_name).key_field
    held = held_of(reach.session.fetch(object_name, by=by, keys=keys, paths=fields), fields)
    found = []
    for one in disputes:
        kind = AttributeType(one.kind)
        if one.record_id not in held:
            found.append(_Seen(one, None, None, is_gone=True, is_same=False))
            continue
        raw = held[one.record_id][1][fields.index(one.column)]
        theirs = means(one, raw)
        ours = as_told(one.ours, kind)
        is_same = ours == theirs or reach.session.same_value(kind, ours, theirs)
        found.append(_Seen(one, theirs, raw, is_gone=False, is_same=is_same))
    return found


def _keep(workspace: Workspace, seen: abc.Sequence[_Seen]) -> None:
    at = moments.to_text(workspace.now())
    choosing.come_back(workspace, [(one.dispute, one.theirs) for one in seen if one.is_changed], author="")
    with workspace.writing() as db:
        for one in seen:
            place = one.dispute.place
            if place.kind == ROW and (one.is_same or one.is_gone):
                kept = choosing.SAME if one.is_same else ""
                settlements.put(db, (Settlement(place, kept, is_gone=one.is_gone),), author="", at=at)
            elif one.is_same:
                integration = integrations.get(db, one.dispute.integration_id)
                told = {one.dispute.field: one.raw}
                confirming.confirm_values(
                    db, integration=integration, values=[(one.dispute.record_id, None, told)]
                )
                value_states.settle_same(db, one.dispute.rid, one.dispute.attribute, integration.id)
            if one.is_same or one.is_gone:
                journal.note(
                    db, at=workspace.now(), kind=EventKind.EDIT_SAVED, subject=one.dispute.rid or "conflicts"
                )
