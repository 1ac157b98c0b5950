"""Settle conflicts as a person chose, many by one act: keep ours, keep the CRM's, or put a third value.

What keeps ours is judged anew against the newest value and waits for a review; nothing is sent by this. What
is found changed once more comes back into the inbox with the newer value.

Must not: send, submit.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.engine.gathering_settled import Settled
from writeback.errors import ConfigurationError
from writeback.model.attributes import Attribute
from writeback.model.canonical import Unset, as_told, from_plain, to_plain, wish
from writeback.model.changes import Change, Origin, Reason
from writeback.model.events import EventKind
from writeback.model.integrations import BlankRule
from writeback.model.types import CLEAR, AttributeType, Clear, RecordId, Value, Wish
from writeback.planning.coercing import coerce
from writeback.store import (
    connections,
    drafts,
    integrations,
    journal,
    model,
    moments,
    noting,
    records,
    settlements,
    value_states,
    wide,
)
from writeback.store.disputes import Dispute
from writeback.store.drafts import Clash, Draft
from writeback.store.inbox import ROW, VALUE
from writeback.store.settlements import Settlement
from writeback.store.workspace import Db, Workspace

OURS, CRM, VALUE_GIVEN, SAME = "ours", "crm", "value", "same"
Named = tuple[RecordId, str]
"""A record and an attribute."""
_SLICE: Final = 10
"""Values settled in one commit."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for some conflicts."""

    keep: str
    """`ours` | `crm` | `value`."""
    text: str | None = None
    """For `value`: as typed; None clears."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is left to be planned of settled conflicts."""

    drafts: frozenset[Named] = frozenset()
    rows: tuple[Settled, ...] = ()
    settled: int = 0


def choose(workspace: Workspace, disputes: abc.Sequence[Dispute], choice: Choice, *, author: str) -> Chosen:
    """Settle conflicts; those of single values at once, those of job rows once `finish` knows their plan.

    Args:
        workspace: Where they are.
        disputes: As they stand.
        choice: What is kept.
        author: Who chose.

    Raises:
        ConfigurationError: The third value cannot be read; nothing was settled.
    """
    values: dict[Named, list[Dispute]] = {}
    rows: list[Settled] = []
    for one in disputes:
        if one.place.kind == VALUE:
            values.setdefault((RecordId(one.rid), one.attribute), []).append(one)
        elif one.place.kind == ROW:
            rows.append(Settled(one, _row_wish(one, choice)))
    wished = _value_wishes(workspace, values, choice)
    names = list(values)
    for start in range(0, len(names), _SLICE):
        with workspace.writing() as db:
            for name in names[start : start + _SLICE]:
                if choice.keep == CRM:
                    _keep_theirs(db, workspace, name, author=author)
                else:
                    _keep_ours(db, workspace, name, author=author, new=wished.get(name))
                journal.note(db, at=workspace.now(), kind=EventKind.EDIT_SAVED, subject=name[0])
    going = frozenset() if choice.keep == CRM else frozenset(names)
    return Chosen(going, tuple(rows), len(disputes))


def finish(
    workspace: Workspace,
    chosen: Chosen,
    choice: Choice,
    *,
    author: str,
    plan_id: str,
    planned: abc.Collection[tuple[str, int]],
) -> None:
    """Keep how conflicts of job rows were settled.

    Args:
        workspace: Where they are.
        chosen: As `choose` gave it.
        choice: What is kept.
        author: Who chose.
        plan_id: The plan that writes them; '' where there is nothing to write.
        planned: (job, row) of the rows that the plan writes something of.
    """
    settled = [
        Settlement(
            one.dispute.place,
            choice.keep,
            plan_id if (one.dispute.place.first, int(one.dispute.place.second)) in planned else "",
        )
        for one in chosen.rows
    ]
    if settled:
        with workspace.writing() as db:
            settlements.put(db, settled, author=author, at=moments.to_text(workspace.now()))
            journal.note(db, at=workspace.now(), kind=EventKind.EDIT_SAVED, subject="conflicts")


def come_back(workspace: Workspace, again: abc.Iterable[tuple[Dispute, Value]], *, author: str) -> None:
    """Put conflicts back into the inbox that were found changed once more, with the newer value."""
    at = moments.to_text(workspace.now())
    with workspace.writing() as db:
        for one, theirs in again:
            told = json.dumps(to_plain(theirs), ensure_ascii=False)
            if one.place.kind == ROW:
                settlements.put(db, (Settlement(one.place, theirs=told),), author=author, at=at)
            else:
                draft = drafts.get(db, RecordId(one.rid), one.attribute)
                ours = one.ours if draft is None else to_plain(draft.change.new)
                value_states.dispute(
                    db,
                    (one.rid, one.attribute, one.integration_id),
                    new=json.dumps(ours, ensure_ascii=False),
                    theirs=told,
                    at=at,
                )


def _keep_theirs(db: Db, workspace: Workspace, name: Named, *, author: str) -> None:
    """End an edit for what the CRMs hold, unless it goes on elsewhere."""
    clashes = drafts.conflicts_of(db, *name)
    _note_decided(db, name, clashes, author=author, at=workspace.now(), is_ours=False)
    if not value_states.clear_conflicts(db, *name):
        drafts.remove(db, *name)


def _note_decided(
    db: Db,
    name: Named,
    clashes: abc.Iterable[Clash],
    *,
    author: str,
    at: datetime,
    is_ours: bool,
) -> None:
    """Keep in the history how conflicts were settled: what went, and what was kept."""
    told = (
        noting.Settled(
            *name,
            old=clash.theirs if is_ours else clash.new,
            new=clash.new if is_ours else clash.theirs,
            author=author,
            integration_id=clash.integration_id,
        )
        for clash in clashes
    )
    noting.put_settled(db, told, at=at)


def _keep_ours(db: Db, workspace: Workspace, name: Named, *, author: str, new: Wish | None = None) -> None:
    """Make a value a draft again whose base is what the CRMs hold now; `new` in place of what was wished."""
    record, attribute = name
    clashes = drafts.conflicts_of(db, record, attribute)
    draft = drafts.get(db, record, attribute)
    if not clashes:
        raise ConfigurationError("conflict.unknown", record=record, attribute=attribute[:200])
    first = integrations.get(db, clashes[0].integration_id)
    mapping = first.mapping_of(attribute)
    if draft is None and (mapping is None or mapping.path.hops):
        raise ConfigurationError("conflict.unknown", record=record, attribute=attribute[:200])
    kind = model.get_attribute(db, first.entity, attribute).kind
    at = workspace.now()
    if new is None:
        new = wish(from_plain(clashes[0].new, kind)) if draft is None else draft.change.new
    seen: dict[str, Value] = {clash.integration_id: as_told(clash.theirs, kind) for clash in clashes}
    has_others = len(records.links_of(db, integrations.every(db, entity=first.entity), (record,))[record])
    old = seen[first.id] if draft is None or has_others == 1 else draft.change.old
    known = {} if draft is None else draft.seen
    change = Change(record, attribute, old, new)
    delta = None if draft is None else draft.delta  # an intent stays one
    kept = Draft(change, first.entity, kind, author, Origin.PROFILE, at, {**known, **seen}, delta)
    drafts.put_back(db, kept)
    _note_decided(db, name, clashes, author=author, at=at, is_ours=True)


def master_value(db: Db, one: Dispute, choice: Choice, *, connection: str) -> Value:
    """Give what is chosen of a value that CRMs disagree about.

    `crm` with a connection's name takes its value, `ours` what the record holds, `value` the text.

    Raises:
        ConfigurationError: The connection has none of them, or the text cannot be read.
    """
    attribute = model.get_attribute(db, one.entity, one.attribute)
    if choice.keep == OURS:
        held = records.get_many(db, one.entity, (RecordId(one.rid),))
        return held[RecordId(one.rid)].values.get(one.attribute)
    if choice.keep == VALUE_GIVEN and not connection:
        made = _read(choice.text, one.attribute, attribute.kind, attribute)
        return None if isinstance(made, Clear) else made
    for name, cell in (one.held or {}).items():
        integration = integrations.get(db, name)
        if connection in (integration.connection_id, connections.get(db, integration.connection_id).name):
            return wide.loaded(cell, attribute.kind)
    raise ConfigurationError("conflict.no_such_crm", attribute=one.attribute, connection=connection[:200])


def _row_wish(one: Dispute, choice: Choice) -> Wish | None:
    kind = AttributeType(one.kind)
    if choice.keep == CRM:
        return None
    if choice.keep == OURS:
        return wish(from_plain(one.ours, kind))
    return _read(choice.text, one.field, kind)


def _value_wishes(
    workspace: Workspace, values: abc.Mapping[Named, abc.Sequence[Dispute]], choice: Choice
) -> dict[Named, Wish]:
    if choice.keep != VALUE_GIVEN:
        return {}
    known: dict[tuple[str, str], Attribute] = {}
    wished: dict[Named, Wish] = {}
    for name, disputes in values.items():
        own = (disputes[0].entity, name[1])
        if own not in known:
            with workspace.reading() as db:
                known[own] = model.get_attribute(db, *own)
        wished[name] = _read(choice.text, name[1], known[own].kind, known[own])
    return wished


def _read(text: str | None, name: str, kind: AttributeType, attribute: Attribute | None = None) -> Wish:
    options = attribute.options if attribute is not None else ()
    if text is None:
        return CLEAR
    made = coerce(text, kind, options=options, is_restricted=bool(options), blank=BlankRule.CLEAR)
    if isinstance(made, Reason | Unset):
        why = made.code if isinstance(made, Reason) else "value.not_text"
        raise ConfigurationError("conflict.bad_value", field=name[:200], value=text[:80], why=why)
    return made
