"""Edits that are not sent yet: one per record and attribute, with what the person saw.

A second edit of the same value keeps the first one's `old`: that is what was seen last as the CRM's.

Must not: coerce, send, touch a draft that a submitted plan holds unless it is edited anew.
"""

import json
from collections import abc
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, delete, func, select, text, true
from sqlalchemy.engine import Connection

from writeback.model.canonical import as_told, from_plain, to_plain, wish
from writeback.model.changes import Change, Origin
from writeback.model.deltas import Delta
from writeback.model.histories import HistoryKind
from writeback.model.types import CLEAR, AttributeType, IntegrationId, RecordId, Value
from writeback.store import moments, noting, schema, sqlite, value_states
from writeback.store.noting import ValueNote

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
    seen: abc.Mapping[str, Value] = field(default_factory=dict)
    """By integration: what its CRM held when the edit was made, where that was not `change.old`."""
    delta: Delta | None = None
    """What is added to a list and taken from it; `change.new` is what that made of what was seen."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Both sides of a conflict with one CRM, in `model.canonical`'s JSON."""

    integration_id: IntegrationId
    new: object
    theirs: object


def put(db: Connection, draft: Draft) -> None:
    """Keep an edit in place of an earlier one of the same value; a state it was in is forgotten."""
    put_many(db, (draft,))


def put_many(db: Connection, edits: abc.Iterable[Draft]) -> None:
    """Keep edits, each of another value, in place of earlier ones; states they were in are forgotten."""
    by_key = {(one.change.record, one.change.attribute): one for one in edits}
    earlier = {key: (row.old, row.seen) for key, row in _rows(db, by_key).items() if not row.change_set_id}
    rows = [_cells(one, earlier.get(key)) for key, one in by_key.items()]
    sqlite.many(db, _PUT, rows)
    value_states.clear_many(db, by_key)


def get_many(
    db: Connection, values: abc.Collection[tuple[RecordId, str]]
) -> dict[tuple[RecordId, str], Draft]:
    """Give the waiting edits of some values."""
    return {key: _loaded(row) for key, row in _rows(db, values).items() if not row.change_set_id}


def standing(
    db: Connection, values: abc.Collection[tuple[RecordId, str]]
) -> dict[tuple[RecordId, str], Draft]:
    """Give the edits of some values that are not confirmed yet: those that wait and those on their way."""
    return {key: _loaded(row) for key, row in _rows(db, values).items()}


def origins(db: Connection, records: abc.Collection[RecordId] = ()) -> frozenset[Origin]:
    """Give the surfaces that the waiting edits of these records came from; of all when empty."""
    table = schema.drafts
    query = select(table.c.origin).where(table.c.change_set_id.is_(None)).distinct()
    found: set[Origin] = set()
    for some in sqlite.chunks(records) if records else (None,):
        part = query if some is None else query.where(table.c.rid.in_(some))
        found.update(Origin(row[0]) for row in db.execute(part))
    return frozenset(found)


def on_their_way(db: Connection, records: abc.Collection[RecordId]) -> dict[tuple[RecordId, str], str]:
    """Give the values of some records that a submitted plan sends, or whose sending has no answer yet.

    Returns:
        By record and attribute: who wished what arrives last.
    """
    table, states, jobs, sets = schema.drafts, schema.value_states, schema.jobs, schema.change_sets
    found: dict[tuple[RecordId, str], str] = {}
    for some in sqlite.chunks(records):
        held = select(table.c.rid, table.c.attribute, table.c.author).where(
            table.c.rid.in_(some), table.c.change_set_id.is_not(None)
        )
        sent = (
            select(states.c.rid, states.c.attribute, func.coalesce(sets.c.author, "").label("author"))
            .outerjoin(jobs, jobs.c.id == states.c.job_id)
            .outerjoin(sets, sets.c.id == jobs.c.change_set_id)
            .where(states.c.rid.in_(some), states.c.state.in_(("queued", "sent", "unknown")))
        )
        for query in (sent, held):
            found |= {(RecordId(row.rid), str(row.attribute)): str(row.author) for row in db.execute(query)}
    return found


def keys(
    db: Connection, records: abc.Collection[RecordId] = (), *, attribute: str = ""
) -> list[tuple[str, str]]:
    """Give the values that waiting edits are about: of these records, all when empty."""
    table = schema.drafts
    query = select(table.c.rid, table.c.attribute).where(table.c.change_set_id.is_(None))
    if attribute:
        query = query.where(table.c.attribute == attribute)
    found = []
    for some in sqlite.chunks(records) if records else (None,):
        part = query if some is None else query.where(table.c.rid.in_(some))
        found += [(str(row[0]), str(row[1])) for row in db.execute(part)]
    return found


def _rows(
    db: Connection, values: abc.Iterable[tuple[RecordId, str]]
) -> dict[tuple[RecordId, str], Row[tuple[object, ...]]]:
    table, wanted = schema.drafts, set(values)
    found = {}
    for some in sqlite.chunks(dict.fromkeys(rid for rid, _ in wanted)):
        for row in db.execute(select(table).where(table.c.rid.in_(some))):
            if (key := (RecordId(row.rid), str(row.attribute))) in wanted:
                found[key] = row
    return found


_COLUMNS: Final = tuple(column.name for column in schema.drafts.columns)
_PUT: Final = f"insert or replace into drafts ({', '.join(_COLUMNS)}) values ({sqlite.marks(_COLUMNS)})"  # noqa: S608  ours


def _cells(draft: Draft, earlier: tuple[str, str] | None) -> tuple[object, ...]:
    change = draft.change
    seen = {name: to_plain(value) for name, value in draft.seen.items()}
    values = {
        "rid": change.record,
        "attribute": change.attribute,
        "entity": draft.entity,
        "kind": draft.kind.value,
        "old": _text(change.old) if earlier is None else earlier[0],
        "new": _text(None if change.new is CLEAR else change.new),
        "author": draft.author,
        "origin": draft.origin.value,
        "created_at": moments.to_text(draft.created_at),
        "change_set_id": None,
        "seen": json.dumps(seen, ensure_ascii=False) if earlier is None else earlier[1],
        "delta": None if draft.delta is None else json.dumps(asdict(draft.delta), ensure_ascii=False),
    }
    return tuple(values[name] for name in _COLUMNS)


def put_back(db: Connection, draft: Draft) -> None:
    """Keep an edit exactly as given, `old` included."""
    remove(db, draft.change.record, draft.change.attribute)
    put(db, draft)


def conflicts_of(db: Connection, record: RecordId, attribute: str) -> tuple[Clash, ...]:
    """Give both sides of a value for each CRM that it stands in conflict with."""
    table = schema.value_states
    own = and_(table.c.rid == record, table.c.attribute == attribute, table.c.state == "conflict")
    rows = db.execute(select(table).where(own).order_by(table.c.integration_id))
    return tuple(
        Clash(IntegrationId(row.integration_id), json.loads(row.new), json.loads(row.theirs or "null"))
        for row in rows
    )


def get(db: Connection, record: RecordId, attribute: str) -> Draft | None:
    """Give the waiting edit of one value, if there is one."""
    table = schema.drafts
    row = db.execute(select(table).where(_own(record, attribute), table.c.change_set_id.is_(None))).first()
    return None if row is None else _loaded(row)


def waiting(
    db: Connection, records: abc.Collection[RecordId] = (), *, after: str = "", aimed: str = "1"
) -> tuple[tuple[Draft, ...], str]:
    """Give drafts that no submitted plan holds, whole records at a time, ordered by record.

    Args:
        db: Any transaction.
        records: Only these; empty: all.
        after: Only records after this one.
        aimed: Only drafts of which this condition holds (`targets.aims`).

    Returns:
        Some drafts, and what to give as `after` for the next ones; '' when there are no more.
    """
    table = schema.drafts
    waits = and_(table.c.change_set_id.is_(None), text(aimed))
    free: ColumnElement[bool] = and_(waits, table.c.rid > after)
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
        query = select(table).where(table.c.rid.in_(some), waits)
        found += [_loaded(row) for row in db.execute(query.order_by(table.c.rid, table.c.attribute))]
    last = wanted[-1] if records else rids[-1]
    is_last = len(wanted) < _PAGE if records else len(rids) < _PAGE
    return tuple(found), "" if is_last else last


def touched(db: Connection, records: abc.Collection[RecordId] = ()) -> dict[str, tuple[str, ...]]:
    """Give the attributes that waiting drafts touch, by entity."""
    table = schema.drafts
    query = select(table.c.entity, table.c.attribute).where(table.c.change_set_id.is_(None))
    rows: set[tuple[str, str]] = set()
    for some in sqlite.chunks(records) if records else (None,):
        part = query if some is None else query.where(table.c.rid.in_(some))
        rows.update((str(row[0]), str(row[1])) for row in db.execute(part.distinct()))
    found: dict[str, tuple[str, ...]] = {}
    for entity, attribute in sorted(rows):
        found[entity] = (*found.get(entity, ()), attribute)
    return found


def edited(
    db: Connection, records: abc.Collection[RecordId], *, attributes: abc.Collection[str]
) -> frozenset[tuple[RecordId, str]]:
    """Say which values of some records have a waiting edit."""
    table = schema.drafts
    found: set[tuple[RecordId, str]] = set()
    for some in sqlite.chunks(records):
        mine = and_(table.c.rid.in_(some), table.c.attribute.in_(attributes), table.c.change_set_id.is_(None))
        rows = db.execute(select(table.c.rid, table.c.attribute).where(mine))
        found.update((RecordId(row.rid), str(row.attribute)) for row in rows)
    return frozenset(found)


def remove(db: Connection, record: RecordId, attribute: str) -> bool:
    """Drop the edit of one value, and the state it was in."""
    done = db.execute(delete(schema.drafts).where(_own(record, attribute)))
    value_states.clear(db, record, attribute)
    return bool(done.rowcount)


def note_of_draft(draft: Draft, kind: HistoryKind) -> ValueNote:
    """Give what the history keeps of an edit that was typed, or dropped."""
    old, new = draft.change.old, draft.change.new
    if kind is HistoryKind.DISCARDED:
        old, new = (None if new is CLEAR else new), wish(old)
    return ValueNote(
        draft.change.record,
        draft.change.attribute,
        kind,
        old,
        new,
        origin=draft.origin.value,
        author=draft.author,
    )


def discard(
    db: Connection,
    records: abc.Collection[RecordId] = (),
    *,
    attribute: str = "",
    author: str = "",
    at: datetime | str,
) -> int:
    """Drop waiting drafts of these records (all when empty), as the history tells; gives how many."""
    table = schema.drafts
    free = table.c.change_set_id.is_(None)
    own = and_(free, table.c.attribute == attribute) if attribute else free
    dropped = 0
    for some in sqlite.chunks(records) if records else (None,):
        mine = own if some is None else and_(own, table.c.rid.in_(some))
        gone = [_loaded(row) for row in db.execute(select(table).where(mine))]
        dropped += db.execute(delete(table).where(mine)).rowcount
        value_states.clear_many(db, [(draft.change.record, draft.change.attribute) for draft in gone])
        told = (note_of_draft(draft, HistoryKind.DISCARDED) for draft in gone)
        noting.put(db, (replace(note, author=author) for note in told), at=at)
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
        {name: as_told(plain, kind) for name, plain in json.loads(row.seen).items()},
        None if row.delta is None else _delta(json.loads(row.delta)),
    )


def _delta(plain: abc.Mapping[str, abc.Sequence[str]]) -> Delta:
    return Delta(tuple(plain["add"]), tuple(plain["remove"]))
