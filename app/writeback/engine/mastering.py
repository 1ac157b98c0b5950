"""Whose value a record of several CRMs holds: change an attribute's rule, settle what CRMs disagree about.

A rule that is changed counts at once: the records are brought in line with the snapshots, slice by slice.
What is chosen of a disagreement is the record's; writing it to the other CRMs is an edit like any other.

Must not: write to a CRM, plan.
"""

from collections import abc
from datetime import datetime
from typing import Final

from writeback.errors import ConfigurationError
from writeback.model.canonical import wish
from writeback.model.changes import Change, Origin
from writeback.model.events import EventKind
from writeback.model.masters import MasterKind, MasterRule
from writeback.model.types import RecordId, Value
from writeback.store import acts, drafts, integrations, journal, masters, model, records, wide
from writeback.store.disputes import Dispute
from writeback.store.drafts import Draft
from writeback.store.workspace import Db, Workspace

SLICE: Final = 2_000
"""Records brought in line in one commit."""
LEVEL_MOST: Final = 2_000
"""Records whose value is written to the other CRMs by one plan."""
Named = tuple[RecordId, str]
"""A record and an attribute."""


def change_rule(workspace: Workspace, entity: str, attribute: str, rule: MasterRule) -> int:
    """Let an attribute's records hold what the rule says, from now on and at once.

    Returns:
        In how many records CRMs disagree now and a person is asked.

    Raises:
        UnknownAttributeError: There is no such attribute.
        ConfigurationError: The connection does not feed it.
    """
    at = workspace.now()
    with workspace.writing() as db:
        model.get_attribute(db, entity, attribute)
        every = masters.sources_of(db, entity, attribute)
        feeding = {one.integration.connection_id for one in every}
        if rule.names_one and rule.connection_id not in feeding:
            raise ConfigurationError(
                "master.not_a_source", attribute=attribute, connection=rule.connection_id or ""
            )
        masters.put(db, entity, attribute, rule)
        acts.record(
            db,
            at=at,
            kind=EventKind.MODEL_CHANGED,
            subject=entity,
            act="attribute.master",
            body={
                "entity": entity,
                "attribute": attribute,
                "rule": rule.kind.value,
                "connection": rule.connection_id or "",
            },
        )
    if rule.kind is not MasterKind.NEWEST and len(every) > 1:
        _bring_in_line(workspace, entity, attribute)
    with workspace.reading() as db:
        return masters.open_count(db, entity, attribute)


def _bring_in_line(workspace: Workspace, entity: str, attribute: str) -> None:
    after = ""
    while True:
        with workspace.writing(durable=False) as db:
            last = masters.rids_after(db, entity, after, most=SLICE)
            if not last:
                break
            where = "r.rid > ?1 and r.rid <= ?2 and not r.gone"
            masters.apply(db, masters.Over(entity, where, (after, last), workspace.now()), only=attribute)
        after = last
    with workspace.writing() as db:
        journal.note(db, at=workspace.now(), kind=EventKind.MODEL_CHANGED, subject=entity)


def settle(
    workspace: Workspace,
    disputes: abc.Sequence[tuple[Dispute, Value]],
    *,
    author: str,
    kept: str,
    writes: bool,
) -> frozenset[Named]:
    """Let records hold what a person chose of what CRMs disagree about.

    Args:
        workspace: Where they are.
        disputes: Each with the value that is chosen.
        author: Who chose.
        kept: Whose value it is, for the record of it.
        writes: Make it an edit that goes to the CRMs that hold something else.

    Returns:
        The edits that wait to be planned.
    """
    going: set[Named] = set()
    for start in range(0, len(disputes), 10):
        with workspace.writing() as db:
            for one, value in disputes[start : start + 10]:
                name = (RecordId(one.rid), one.attribute)
                if writes and value is not None:
                    _wish(db, name, value, entity=one.entity, author=author, at=workspace.now())
                    going.add(name)
                chosen = masters.Chosen(one.entity, one.rid, one.attribute, wide.stored(value), kept)
                masters.settle(db, chosen, author=author, at=workspace.now())
                journal.note(db, at=workspace.now(), kind=EventKind.EDIT_SAVED, subject=one.rid)
    return frozenset(going)


def level(workspace: Workspace, entity: str, attribute: str, *, author: str) -> tuple[int, frozenset[Named]]:
    """Make edits of what records hold, for the CRMs that hold something else and take the value back.

    Returns:
        How many records differ, and the edits that wait to be planned: at most `LEVEL_MOST` of them.
    """
    with workspace.writing() as db:
        model.get_attribute(db, entity, attribute)
        count, rids = masters.differing(db, entity, attribute, most=LEVEL_MOST)
        held = records.get_many(db, entity, tuple(RecordId(rid) for rid in rids))
        going: set[Named] = set()
        for rid, record in held.items():
            value = record.values.get(attribute)
            name = (rid, attribute)
            if value is not None and drafts.get(db, *name) is None:
                _wish(db, name, value, entity=entity, author=author, at=workspace.now())
                going.add(name)
    return count, frozenset(going)


def _wish(db: Db, name: Named, value: Value, *, entity: str, author: str, at: datetime) -> None:
    """Keep an edit whose base is what each CRM holds now."""
    record, attribute = name
    feeding = integrations.every(db, entity=entity)
    held = records.get_many(db, entity, (record,))[record].values.get(attribute)
    seen: dict[str, Value] = {
        link.integration_id: link.values[attribute]
        for link in records.links_of(db, feeding, (record,)).get(record, ())
        if not link.is_gone and attribute in link.values and link.values[attribute] != held
    }
    kind = model.get_attribute(db, entity, attribute).kind
    change = Change(record, attribute, held, wish(value))
    drafts.put_back(db, Draft(change, entity, kind, author, Origin.PROFILE, at, seen))
