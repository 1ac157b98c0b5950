"""Plays, how each stands, and the records that it saw in its segment when it looked last.

Every change raises a play's version: who decided on what was read before comes too late and is told so.

Must not: decide what a play does.
"""

import json
from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any as Cell
from typing import Final

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.engine import Connection

from writeback.model.changes import Reason
from writeback.model.plays import Play, PlayState
from writeback.model.segments import Expression
from writeback.model.types import ConnectionId, RecordId
from writeback.store import moments, schema, sqlite
from writeback.store.play_texts import play_from_plain, play_to_plain, reason_from_text, reason_to_text
from writeback.store.segments import Ground, select_records


@dataclass(frozen=True, slots=True)
class Agreed:
    """To which connections somebody let a play send, and of these whose org they named."""

    targets: tuple[ConnectionId, ...]
    named: tuple[ConnectionId, ...]


KEPT: Final = timedelta(days=30)
"""For how long a deleted play can be had back."""
_PAGE: Final = 10_000


def save(db: Connection, play: Play, *, at: datetime) -> None:
    """Keep a play, switched off, in place of an earlier one of the same name; what it remembered goes."""
    earlier = _row(db, play.name, is_there=False)
    name = play.name if earlier is None else str(earlier.name)
    forget_members(db, name)
    db.execute(delete(schema.plays).where(_named(name)))
    sqlite.upsert(
        db,
        schema.plays,
        {
            "folded": play.name.casefold(),
            "name": play.name,
            "entity": play.entity,
            "body": json.dumps(play_to_plain(play), ensure_ascii=False),
            "author": play.author,
            "changed_at": moments.to_text(at),
            "is_on": 0,
            "version": 1 if earlier is None else int(earlier.version) + 1,
        },
    )


def every(db: Connection) -> tuple[Play, ...]:
    """Give all plays, by name."""
    table = schema.plays
    query = select(table).where(table.c.removed_at.is_(None)).order_by(table.c.folded)
    return tuple(map(_play, db.execute(query)))


def switched_on(db: Connection) -> tuple[str, ...]:
    """Name the plays that run by themselves."""
    table = schema.plays
    query = select(table.c.name).where(table.c.removed_at.is_(None), table.c.is_on == 1)
    return tuple(str(row[0]) for row in db.execute(query.order_by(table.c.folded)))


def troubled(db: Connection) -> tuple[tuple[Play, PlayState], ...]:
    """Give the plays that a loop switched off, and those that are on and could not run at their last look."""
    table = schema.plays
    is_stuck = table.c.stopped.is_not(None) | ((table.c.is_on == 1) & table.c.waits.is_not(None))
    query = select(table).where(table.c.removed_at.is_(None), is_stuck).order_by(table.c.folded)
    return tuple((_play(row), _state(row)) for row in db.execute(query))


def removed(db: Connection) -> tuple[tuple[Play, datetime], ...]:
    """Give the deleted plays that can be had back, with when they were deleted, the latest first."""
    table = schema.plays
    query = select(table).where(table.c.removed_at.is_not(None)).order_by(table.c.removed_at.desc())
    return tuple((_play(row), moments.from_text(row.removed_at)) for row in db.execute(query))


def find(db: Connection, name: str) -> tuple[Play, PlayState, int] | None:
    """Give a play with how it stands and its version; names are compared without case."""
    row = _row(db, name)
    return None if row is None else (_play(row), _state(row), int(row.version))


def remove(db: Connection, name: str, *, at: datetime) -> bool:
    """Delete a play, so that it can be had back for a while; says whether there was one."""
    table = schema.plays
    db.execute(delete(table).where(table.c.removed_at < moments.to_text(at - KEPT)))
    row = _row(db, name)
    if row is None:
        return False
    forget_members(db, row.name)
    _put(db, row.name, {"removed_at": moments.to_text(at), "is_on": 0, "seen": "", "waits": None})
    return True


def restore(db: Connection, name: str) -> Play | None:
    """Have a deleted play back, switched off; None: there is none of that name."""
    row = _row(db, name, is_there=False)
    if row is None or row.removed_at is None:
        return None
    _put(db, row.name, {"removed_at": None})
    found = find(db, name)
    return None if found is None else found[0]


def switch(
    db: Connection,
    name: str,
    *,
    is_on: bool,
    by: str,
    at: datetime,
    agreed: Agreed | None = None,
    stopped: Reason | None = None,
) -> None:
    """Switch a play on or off; switched on it remembers nobody, so that its first look tells nothing.

    Args:
        db: The write transaction.
        name: Of a play that is there.
        is_on: Which.
        by: Who; '' the program.
        at: When.
        agreed: To which connections it may send from now on; None: as before.
        stopped: Why the program switched it off.
    """
    row = _row(db, name)
    if row is None:
        return
    values: dict[str, object] = {
        "is_on": int(is_on),
        "switched_by": by,
        "switched_at": moments.to_text(at),
        "stopped": reason_to_text(stopped),
        "waits": None,
    }
    if is_on:
        forget_members(db, row.name)
        values |= {"seen": "", "seen_at": None, "handled": moments.to_text(at)}
    if agreed is not None:
        values["body"] = _agreed(row, agreed)
    _put(db, row.name, values)


def agree(db: Connection, name: str, agreed: Agreed) -> None:
    """Keep to which connections a play may send, and whose org was named."""
    row = _row(db, name)
    if row is not None:
        _put(db, row.name, {"body": _agreed(row, agreed)})


def rename(db: Connection, name: str, new: str) -> None:
    """Call a play otherwise, and with it its members, runs and tasks; a deleted one of that name goes."""
    row, table = _row(db, name), schema.plays
    if row is None:
        return
    folded = new.casefold()
    if folded != row.folded:
        db.execute(delete(table).where(table.c.folded == folded))
        forget_members(db, new)
    _put(db, row.name, {"folded": folded, "name": new})
    db.execute(update(schema.play_members).where(schema.play_members.c.play == row.name).values(play=new))
    db.execute(update(schema.play_runs).where(schema.play_runs.c.play == row.name).values(play=new))
    db.execute(update(schema.tasks).where(schema.tasks.c.origin == row.name).values(origin=new))


def follow_segment(db: Connection, entity: str, name: str, new: str) -> tuple[str, ...]:
    """Let plays that name a saved segment name it as it is called now; gives these plays."""
    table, found = schema.plays, []
    for row in db.execute(select(table).where(table.c.entity == entity)).all():
        body = json.loads(row.body)
        changed = dict(body)
        if str(body.get("conditions", "")).casefold() == name.casefold():
            changed["conditions"] = new
        if str(body.get("trigger", {}).get("segment", "")).casefold() == name.casefold():
            changed["trigger"] = {**body["trigger"], "segment": new}
        if changed != body:
            _put(db, row.name, {"body": json.dumps(changed, ensure_ascii=False)})
            found.append(str(row.name))
    return tuple(found)


def note_waiting(db: Connection, name: str, reason: Reason | None) -> None:
    """Keep why a play did not run; it does not count as a change."""
    db.execute(update(schema.plays).where(_named(name)).values(waits=reason_to_text(reason)))


def note_looked(
    db: Connection,
    name: str,
    version: int,
    *,
    at: datetime,
    turns: abc.Mapping[int, int],
    handled: datetime | None = None,
) -> bool:
    """Keep that a play was looked at; False: it changed meanwhile, so that nothing may come of the look."""
    told = json.dumps({str(step): turn for step, turn in turns.items()})
    values: dict[str, object] = {"seen_at": moments.to_text(at), "waits": None, "turns": told}
    if handled is not None:
        values["handled"] = moments.to_text(handled)
    return _put(db, name, values, version=version)


def note_handled(db: Connection, name: str, moment: datetime) -> None:
    """Keep up to when a play's schedule is answered for."""
    db.execute(update(schema.plays).where(_named(name)).values(handled=moments.to_text(moment)))


def note_seen(db: Connection, name: str, seen: str, version: int, *, at: datetime) -> bool:
    """Keep under which condition members are remembered; False: the play changed meanwhile."""
    return _put(db, name, {"seen": seen, "seen_at": moments.to_text(at)}, version=version)


# members


def entering(db: Connection, name: str, ground: Ground, expression: Expression, *, most: int) -> list[str]:
    """Give up to `most` records that are in a segment now and were not when it was looked at last."""
    wanted = select_records(ground, expression).subquery()
    members = schema.play_members
    mine = select(members.c.rid).where(members.c.play == name, members.c.rid == wanted.c.rid)
    query = select(wanted.c.rid).where(~mine.exists()).order_by(wanted.c.rid).limit(most)
    return [str(row[0]) for row in db.execute(query)]


def leaving(db: Connection, name: str, ground: Ground, expression: Expression, *, most: int) -> list[str]:
    """Give up to `most` records that were in a segment and are not any more; they may be gone altogether."""
    wanted = select_records(ground, expression).subquery()
    members = schema.play_members
    inside = select(wanted.c.rid).where(wanted.c.rid == members.c.rid)
    query = select(members.c.rid).where(members.c.play == name, ~inside.exists())
    return [str(row[0]) for row in db.execute(query.order_by(members.c.rid).limit(most))]


def count_members(db: Connection, name: str) -> int:
    """Count the records that a play remembers."""
    query = select(func.count()).where(schema.play_members.c.play == name)
    return int(db.execute(query).scalar_one())


def remember(db: Connection, name: str, *, came: abc.Iterable[str], left: abc.Iterable[str]) -> None:
    """Take over who came and who left."""
    sqlite.many(db, "insert or ignore into play_members values (?, ?)", ((name, rid) for rid in came))
    sqlite.many(db, "delete from play_members where play = ? and rid = ?", ((name, rid) for rid in left))


def members_page(
    db: Connection, ground: Ground, expression: Expression, *, after: str
) -> tuple[list[str], bool]:
    """Give some records of a segment behind one, and whether there are more: for a first look."""
    wanted = select_records(ground, expression)
    some = wanted.where(wanted.selected_columns.rid > RecordId(after)).limit(_PAGE)
    found = [str(row[0]) for row in db.execute(some)]
    return found, len(found) == _PAGE


def forget_members(db: Connection, name: str) -> None:
    """Forget whom a play saw."""
    db.execute(delete(schema.play_members).where(schema.play_members.c.play == name))


def _put(db: Connection, name: str, values: abc.Mapping[str, object], *, version: int | None = None) -> bool:
    table = schema.plays
    mine = [_named(name)] if version is None else [_named(name), table.c.version == version]
    changed = update(table).where(*mine).values(**values, version=table.c.version + 1)
    return db.execute(changed).rowcount > 0


def _row(db: Connection, name: str, *, is_there: bool = True) -> Row[Cell] | None:
    table = schema.plays
    query = select(table).where(_named(name))
    return db.execute(query.where(table.c.removed_at.is_(None)) if is_there else query).first()


def _named(name: str) -> ColumnElement[bool]:
    return schema.plays.c.folded == name.strip().casefold()


def _agreed(row: Row[Cell], agreed: Agreed) -> str:
    body = json.loads(row.body) | {"targets": list(agreed.targets), "named": list(agreed.named)}
    return json.dumps(body, ensure_ascii=False)


def _play(row: Row[Cell]) -> Play:
    told = json.loads(row.body) | {"name": row.name, "entity": row.entity}
    changed_at = moments.from_text(row.changed_at)
    return replace(play_from_plain(told), author=row.author, changed_at=changed_at)


def _state(row: Row[Cell]) -> PlayState:
    return PlayState(
        is_on=bool(row.is_on),
        switched_by=row.switched_by,
        switched_at=moments.from_optional(row.switched_at),
        stopped=reason_from_text(row.stopped),
        waits=reason_from_text(row.waits),
        seen=row.seen,
        seen_at=moments.from_optional(row.seen_at),
        handled=moments.from_optional(row.handled),
        turns={int(step): int(turn) for step, turn in json.loads(row.turns).items()},
    )
