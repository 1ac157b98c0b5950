"""What each act of editing did to drafts, so that it can be undone, redone and had back.

An act keeps for each value how its draft and its held text stood before and after. Undoing puts the former
back where the latter still stands; what was edited, sent or discarded since is left alone. What comes back is
an edit of the moment it came back: no plan made earlier is about it. What a plan held by then does not
come back: its job tells of it.

Must not: touch a draft that a submitted plan holds, keep anything for longer than 30 days.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Table, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from writeback.store import moments, schema, sqlite, value_states

Key = tuple[str, str]
"""A record and an attribute."""
KEPT: Final = timedelta(days=30)
EDIT, DISCARD, UNDO = "edit", "discard", "undo"
_NOTHING: Final = "{}"
_KEEP: Final = (
    "insert into edit_images values (?, ?, ?, ?, ?) "
    "on conflict (act_id, rid, attribute) do update set after = excluded.after"
)
"""An act that is done again after a crash stays one: what stood before it did at first."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did."""

    restored: tuple[Key, ...]
    left: int
    """Values that were edited or sent since; they stay as they are."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act that can be undone."""

    id: str
    kind: str
    author: str
    at: datetime
    cells: int


def images(db: Connection, keys: abc.Iterable[Key]) -> dict[Key, str]:
    """Give how drafts and held texts of some values stand, as text that can be put back."""
    wanted = dict.fromkeys(keys)
    found: dict[Key, dict[str, Any]] = {key: {} for key in wanted}
    for name, table in _tables():
        for some in sqlite.chunks(dict.fromkeys(rid for rid, _ in wanted)):
            for row in db.execute(select(table).where(table.c.rid.in_(some))).mappings():
                key = (str(row["rid"]), str(row["attribute"]))
                if key in found:
                    found[key][name] = dict(row)
    return {key: json.dumps(held, ensure_ascii=False) if held else _NOTHING for key, held in found.items()}


def note(
    db: Connection, act: str, kind: str, *, author: str, at: datetime, before: abc.Mapping[Key, str]
) -> int:
    """Keep what an act did since `before` was taken, in its own transaction; gives how many values."""
    after = images(db, before)
    changed = [
        (act, *key, before[key], after[key]) for key in before if _typed(before[key]) != _typed(after[key])
    ]
    if not changed:
        return 0
    _forget(db, before=at - KEPT)
    sqlite.many(db, _KEEP, changed)
    kept = schema.edit_images
    cells = db.execute(select(func.count()).where(kept.c.act_id == act)).scalar_one()
    values = {"id": act, "kind": kind, "author": author, "at": moments.to_text(at), "cells": cells}
    sqlite.upsert(db, schema.edit_acts, {**values, "undone_by": ""})
    return len(changed)


def undo(db: Connection, act: str, *, by: str, author: str, at: datetime) -> Undone:
    """Put back what stood before an act, where nothing changed since; it is an act itself."""
    table = schema.edit_images
    rows = db.execute(select(table).where(table.c.act_id == act)).all()
    now = images(db, [(row.rid, row.attribute) for row in rows])
    back = {
        (row.rid, row.attribute): row.before
        for row in rows
        if _typed(now[row.rid, row.attribute]) == _typed(row.after)
    }
    _put_back(db, back, now, at=at)
    note(db, by, UNDO, author=author, at=at, before={key: now[key] for key in back})
    acts = schema.edit_acts
    db.execute(update(acts).where(acts.c.id == act).values(undone_by=by))
    return Undone(tuple(back), len(rows) - len(back))


def discarded(db: Connection, *, at: datetime, most: int = 50) -> tuple[Act, ...]:
    """Give the discards that can be had back, the latest first."""
    acts = schema.edit_acts
    query = select(acts).where(
        acts.c.kind == DISCARD, acts.c.undone_by == "", acts.c.at >= moments.to_text(at - KEPT)
    )
    return tuple(
        Act(row.id, row.kind, row.author, moments.from_text(row.at), int(row.cells))
        for row in db.execute(query.order_by(acts.c.at.desc()).limit(most))
    )


def forget_values(db: Connection, entity: str, attribute: str) -> None:
    """Forget what acts did to an attribute that goes, or becomes one of another type."""
    kept = schema.edit_images
    told = [
        func.json_extract(image, f"$.{name}.entity") == entity
        for name, _ in _tables()
        for image in (kept.c.before, kept.c.after)
    ]
    db.execute(delete(kept).where(kept.c.attribute == attribute, or_(*told)))


def _tables() -> tuple[tuple[str, Table], ...]:
    return (("draft", schema.drafts), ("held", schema.held_edits))


def _put_back(
    db: Connection, back: abc.Mapping[Key, str], now: abc.Mapping[Key, str], *, at: datetime
) -> None:
    sqlite.many(db, "delete from held_edits where rid = ? and attribute = ?", back)
    if texts := [held["held"] for held in map(json.loads, back.values()) if "held" in held]:
        db.execute(insert(schema.held_edits), texts)
    edits = {key: _free(image) for key, image in back.items()}
    other = [key for key, row in edits.items() if row != _free(now[key])]
    sqlite.many(db, "delete from drafts where rid = ? and attribute = ? and change_set_id is null", other)
    moment = {"created_at": moments.to_text(at)}
    if rows := [row | moment for key in other if (row := edits[key]) is not None]:
        db.execute(insert(schema.drafts), rows)
    value_states.clear_many(db, other)


def _free(image: str) -> dict[str, Any] | None:
    """Give the draft of an image that no plan held."""
    row: dict[str, Any] | None = json.loads(image).get("draft")
    return row if row is not None and row["change_set_id"] is None else None


def _typed(image: str) -> dict[str, Any]:
    """Give an image without when it was typed, which an undo makes another."""
    held: dict[str, Any] = json.loads(image)
    if "draft" in held:
        held["draft"].pop("created_at", None)
    return held


def _forget(db: Connection, *, before: datetime) -> None:
    acts, kept = schema.edit_acts, schema.edit_images
    old = select(acts.c.id).where(acts.c.at < moments.to_text(before))
    db.execute(delete(kept).where(kept.c.act_id.in_(old)))
    db.execute(delete(acts).where(acts.c.at < moments.to_text(before)))
