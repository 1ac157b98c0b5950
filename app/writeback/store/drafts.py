"""Edits that are not sent yet: one per record and attribute, with what the person saw.

A second edit of the same value keeps the first one's `old`: that is what was seen last as the CRM's.

Must not: coerce, send, touch a draft that a submitted plan holds unless it is edited anew.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, delete, func, select, true
from sqlalchemy.engine import Connection

from writeback.model.canonical import from_plain, to_plain, wish
from writeback.model.changes import Change, Origin
from writeback.model.types import CLEAR, AttributeType, RecordId, Value
from writeback.store import moments, schema, sqlite, value_states

_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """One edit that waits."""

    change: Change
    entity: str
    kind: AttributeType
    author: str
    origin: Origin
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides of a conflict, in `model.canonical`'s JSON."""

    new: object
    theirs: object


def put(db: Connection, draft: Draft) -> None:
    """Keep an edit in place of an earlier one of the same value; a state it was in is forgotten."""
    change = draft.change
    table = schema.drafts
    own = _own(change.record, change.attribute)
    earlier = db.execute(select(table.c.old).where(own, table.c.change_set_id.is_(None))).scalar()
    values = {
        "rid": change.record,
        "attribute": change.attribute,
        "entity": draft.entity,
        "kind": draft.kind.value,
        "old": _text(change.old) if earlier is None else earlier,
        "new": _text(None if change.new is CLEAR else change.new),
        "author": draft.author,
        "origin": draft.origin.value,
        "created_at": moments.to_text(draft.created_at),
        "change_set_id": None,
    }
    sqlite.upsert(db, table, values)
    value_states.clear(db, change.record, change.attribute)


def put_back(db: Connection, draft: Draft) -> None:
    """Keep an edit exactly as given, `old` included."""
    remove(db, draft.change.record, draft.change.attribute)
    put(db, draft)


def conflict_of(db: Connection, record: RecordId, attribute: str) -> Clash | None:
    """Give both sides of a value that stands in conflict, if it does."""
    table = schema.value_states
    own = and_(table.c.rid == record, table.c.attribute == attribute, table.c.state == "conflict")
    row = db.execute(select(table.c.new, table.c.theirs).where(own)).first()
    return None if row is None else Clash(json.loads(row.new), json.loads(row.theirs or "null"))


def get(db: Connection, record: RecordId, attribute: str) -> Draft | None:
    """Give the waiting edit of one value, if there is one."""
    table = schema.drafts
    row = db.execute(select(table).where(_own(record, attribute), table.c.change_set_id.is_(None))).first()
    return None if row is None else _loaded(row)


def waiting(
    db: Connection, records: abc.Collection[RecordId] = (), *, after: str = ""
) -> tuple[tuple[Draft, ...], str]:
    """Give drafts that no submitted plan holds, whole records at a time, ordered by record.

    Args:
        db: Any transaction.
        records: Only these; empty: all.
        after: Only records after this one.

    Returns:
        Some drafts, and what to give as `after` for the next ones; '' when there are no more.
    """
    table = schema.drafts
    free: ColumnElement[bool] = and_(table.c.change_set_id.is_(None), table.c.rid > after)
    wanted = sorted(record for record in records if record > after)[:_PAGE]
    if records and not wanted:
        return (), ""
    mine = table.c.rid.in_(wanted) if records else true()
    page = select(table.c.rid).where(free, mine).distinct().order_by(table.c.rid).limit(_PAGE)
    rids = [str(row[0]) for row in db.execute(page)]
    if not rids:
        return (), wanted[-1] if len(wanted) == _PAGE else ""
    found: list[Draft] = []
    for some in sqlite.chunks(rids):
        query = select(table).where(table.c.rid.in_(some), table.c.change_set_id.is_(None))
        found += [_loaded(row) for row in db.execute(query.order_by(table.c.rid, table.c.attribute))]
    last = wanted[-1] if records else rids[-1]
    is_last = len(wanted) < _PAGE if records else len(rids) < _PAGE
    return tuple(found), "" if is_last else last


def touched(db: Connection, records: abc.Collection[RecordId] = ()) -> dict[str, dict[str, tuple[str, ...]]]:
    """Give the attributes that waiting drafts touch, by entity and integration of the record."""
    table = schema.drafts
    integration = func.substr(table.c.rid, 1, func.instr(table.c.rid, ":") - 1)
    query = select(table.c.entity, integration, table.c.attribute).where(table.c.change_set_id.is_(None))
    rows: set[tuple[str, str, str]] = set()
    for some in sqlite.chunks(records) if records else (None,):
        part = query if some is None else query.where(table.c.rid.in_(some))
        rows.update((str(row[0]), str(row[1]), str(row[2])) for row in db.execute(part.distinct()))
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for entity, integration_id, attribute in sorted(rows):
        group = found.setdefault(entity, {})
        group[integration_id] = (*group.get(integration_id, ()), attribute)
    return found


def remove(db: Connection, record: RecordId, attribute: str) -> bool:
    """Drop the edit of one value, and the state it was in."""
    done = db.execute(delete(schema.drafts).where(_own(record, attribute)))
    value_states.clear(db, record, attribute)
    return bool(done.rowcount)


def discard(db: Connection, records: abc.Collection[RecordId] = (), *, attribute: str = "") -> int:
    """Drop waiting drafts of these records (all when empty); gives how many."""
    table = schema.drafts
    free = table.c.change_set_id.is_(None)
    own = and_(free, table.c.attribute == attribute) if attribute else free
    dropped = 0
    for some in sqlite.chunks(records) if records else (None,):
        mine = own if some is None else and_(own, table.c.rid.in_(some))
        keys = db.execute(select(table.c.rid, table.c.attribute).where(mine)).all()
        dropped += db.execute(delete(table).where(mine)).rowcount
        for rid, name in keys:
            value_states.clear(db, str(rid), str(name))
    return dropped


def _own(record: str, attribute: str) -> ColumnElement[bool]:
    table = schema.drafts
    return and_(table.c.rid == record, table.c.attribute == attribute)


def _text(value: Value) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def _loaded(row: Row[tuple[object, ...]]) -> Draft:
    kind = AttributeType(row.kind)
    new = from_plain(json.loads(row.new), kind)
    return Draft(
        Change(RecordId(row.rid), row.attribute, from_plain(json.loads(row.old), kind), wish(new)),
        row.entity,
        kind,
        row.author,
        Origin(row.origin),
        moments.from_text(row.created_at),
    )
