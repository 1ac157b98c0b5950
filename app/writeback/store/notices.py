"""States that were seen, their changes, and which change goes by which channel.

One process looks at a time: it holds the watch, with a fence that grows with each taking, so that what a late
one saw is never written over what a later one saw. Every function works in the caller's transaction.

Must not: hold a value of a record.
"""

import json
from collections import abc
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.model.notices import Notice, NoticeKind, PlayTrouble
from writeback.store import moments, schema, sqlite
from writeback.store.play_texts import reason_from_text, reason_to_text

_WATCH: Final = "watch"
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """One change that goes, or went, by a channel."""

    seq: int
    at: datetime
    """When it was noticed."""
    notice: Notice
    is_held: bool = False


def take_watch(db: Connection, owner: str, *, now: datetime, until: datetime) -> int | None:
    """Take the watch, or keep it; gives the fence, None while another process holds it."""
    table = schema.notice_watch
    row = db.execute(select(table)).one_or_none()
    if row is not None and row.owner != owner and moments.from_text(row.until) > now:
        return None
    fence = (row.fence if row is not None else 0) + 1
    values = {
        "name": _WATCH,
        "owner": owner,
        "until": moments.to_text(until),
        "fence": fence,
        "is_on": bool(row.is_on) if row is not None else False,
    }
    sqlite.upsert(db, table, values)
    return fence


def is_current(db: Connection, fence: int) -> bool:
    """Say whether nobody took the watch since."""
    return db.execute(select(schema.notice_watch.c.fence)).scalar() == fence


def leave_watch(db: Connection, owner: str) -> None:
    """Let the next process look at once."""
    table = schema.notice_watch
    db.execute(update(table).where(table.c.owner == owner).values(until=moments.to_text(_LONG_AGO)))


def is_watching(db: Connection) -> bool:
    """Say whether a first look was taken: from then on changes are told."""
    return bool(db.execute(select(schema.notice_watch.c.is_on)).scalar())


def set_watching(db: Connection, *, is_on: bool) -> None:
    """Begin to tell of changes, or forget what was seen."""
    db.execute(update(schema.notice_watch).values(is_on=is_on))
    if not is_on:
        db.execute(delete(schema.notice_states))


def states(db: Connection) -> tuple[Notice, ...]:
    """Give what was so at the last look."""
    rows = db.execute(select(schema.notice_states.c.body).order_by(schema.notice_states.c.key))
    return tuple(_read(row.body) for row in rows)


def put_states(db: Connection, found: abc.Iterable[Notice], *, at: datetime) -> None:
    """Keep what is so now in place of what was."""
    table, now = schema.notice_states, {one.key: one for one in found}
    known = {row.key: row.since for row in db.execute(select(table.c.key, table.c.since))}
    db.execute(delete(table))
    if now:
        stamp = moments.to_text(at)
        rows = [{"key": key, "body": _plain(one), "since": known.get(key, stamp)} for key, one in now.items()]
        db.execute(insert(table), rows)


def note(db: Connection, notice: Notice, *, at: datetime, channels: abc.Iterable[str]) -> int:
    """Keep one change, and by which channels it is to go; gives its number."""
    entry = insert(schema.notices).values(at=moments.to_text(at), body=_plain(notice))
    seq = int(db.execute(entry.returning(schema.notices.c.seq)).scalar_one())
    rows = [{"channel": one, "seq": seq, "message_id": "", "is_held": False} for one in channels]
    if rows:
        db.execute(insert(schema.notice_parts), rows)
    return seq


def waiting(db: Connection, channel: str) -> tuple[Part, ...]:
    """Give what waits to be put into a message, oldest first."""
    return _parts(db, channel=channel, message_id="")


def lines(db: Connection, channel: str, message_id: str) -> tuple[Part, ...]:
    """Give what stands in a message, oldest first."""
    return _parts(db, channel=channel, message_id=message_id)


def hold(db: Connection, channel: str) -> None:
    """Note that what waits is kept back by quiet hours: it then goes as one message."""
    parts = schema.notice_parts
    waits = (parts.c.channel == channel) & (parts.c.message_id == "") & ~parts.c.is_held
    db.execute(update(parts).where(waits).values(is_held=True))


def put_into(db: Connection, channel: str, message_id: str, seqs: abc.Iterable[int]) -> None:
    """Put changes into a message."""
    parts = schema.notice_parts
    chosen = (parts.c.channel == channel) & parts.c.seq.in_(list(seqs))
    db.execute(update(parts).where(chosen).values(message_id=message_id))


def drop_waiting(db: Connection, channel: str) -> int:
    """Forget what waits for a channel that was switched off; gives how many."""
    parts = schema.notice_parts
    gone = delete(parts).where((parts.c.channel == channel) & (parts.c.message_id == ""))
    return db.execute(gone).rowcount


def channels_waiting(db: Connection) -> frozenset[str]:
    """Give the channels for which something waits."""
    parts = schema.notice_parts
    return frozenset(db.execute(select(parts.c.channel).where(parts.c.message_id == "").distinct()).scalars())


def forget(db: Connection, *, before: datetime) -> None:
    """Forget changes that were noticed before a moment, and in which messages they went."""
    table, parts = schema.notices, schema.notice_parts
    newest = db.execute(select(func.max(table.c.seq)).where(table.c.at < moments.to_text(before))).scalar()
    if newest is not None:
        db.execute(delete(parts).where((parts.c.seq <= newest) & (parts.c.message_id != "")))
        kept = select(parts.c.seq)
        db.execute(delete(table).where((table.c.seq <= newest) & table.c.seq.not_in(kept)))


def _parts(db: Connection, *, channel: str, message_id: str) -> tuple[Part, ...]:
    parts, table = schema.notice_parts, schema.notices
    query = (
        select(parts.c.seq, parts.c.is_held, table.c.at, table.c.body)
        .join(table, table.c.seq == parts.c.seq)
        .where(parts.c.channel == channel, parts.c.message_id == message_id)
        .order_by(parts.c.seq)
    )
    return tuple(
        Part(int(row.seq), moments.from_text(row.at), _read(row.body), bool(row.is_held))
        for row in db.execute(query)
    )


def _plain(notice: Notice) -> str:
    told = {name: value for name, value in asdict(notice).items() if value not in (None, "", 0)}
    if notice.at is not None:
        told["at"] = moments.to_text(notice.at)
    if notice.why is not None:
        told["why"] = reason_to_text(notice.why)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _read(body: str) -> Notice:
    plain: dict[str, Json] = json.loads(body)
    was, at = plain.get("was"), plain.get("at")

    def text(name: str) -> str:
        return str(plain.get(name, ""))

    def count(name: str) -> int:
        return int(str(plain.get(name, 0)))

    return Notice(
        NoticeKind(text("kind")),
        text("key"),
        text("connection_id"),
        text("connection"),
        text("job_id"),
        count("number"),
        at=None if at is None else moments.from_text(str(at)),
        rows=count("rows"),
        not_written=count("not_written"),
        unknown=count("unknown"),
        percent=count("percent"),
        was=None if was is None else NoticeKind(str(was)),
        channel=text("channel"),
        about=text("about"),
        about_id=text("about_id"),
        trouble=PlayTrouble(text("trouble")) if text("trouble") else None,
        why=reason_from_text(text("why") or None),
    )
