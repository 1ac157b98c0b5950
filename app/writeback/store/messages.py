"""Messages that leave this machine: made, claimed by one process at a time, settled.

A claim counts its try before anything is sent. A process that dies while it sends leaves the message claimed
until `due_at`; then it is tried again, under the same id. Who settles has to name the try that it made.

Must not: know what stands in a message beyond its title.
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Row, Select, delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from writeback.model.notices import Message, MessageState
from writeback.store import moments, schema

LIST_MOST: Final = 500
_TABLE = schema.notice_messages
_ENDED: Final = (MessageState.SENT.value, MessageState.GIVEN_UP.value, MessageState.DROPPED.value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a try."""

    state: MessageState
    at: datetime
    due_at: datetime
    code: str = ""
    answer: str = ""
    reached: tuple[str, ...] = ()
    """All recipients that have the message by now."""
    refused: tuple[str, ...] = ()


def add(db: Connection, message: Message) -> None:
    """Keep a new message."""
    db.execute(
        insert(_TABLE).values(
            id=message.id,
            channel=message.channel,
            state=message.state.value,
            is_digest=message.is_digest,
            is_test=message.is_test,
            title=message.title,
            made_at=moments.to_text(message.made_at),
            due_at=moments.to_text(message.due_at),
            tries=message.tries,
            tried_at=moments.to_optional(message.tried_at),
            sent_at=moments.to_optional(message.sent_at),
            code=message.code,
            answer=message.answer,
            reached=json.dumps(message.reached),
            refused=json.dumps(message.refused),
        )
    )


def is_due(db: Connection, channels: abc.Collection[str], *, now: datetime) -> bool:
    """Say whether there is something to claim, without writing."""
    return db.execute(_due(channels, now).limit(1)).one_or_none() is not None


def claim(db: Connection, channels: abc.Collection[str], *, now: datetime, until: datetime) -> Message | None:
    """Take the oldest message that is due, for one try; None when there is none."""
    row = db.execute(_due(channels, now).limit(1)).one_or_none()
    if row is None:
        return None
    taken = (
        update(_TABLE)
        .where(_TABLE.c.id == row.id)
        .values(
            state=MessageState.SENDING.value,
            tries=row.tries + 1,
            tried_at=moments.to_text(now),
            due_at=moments.to_text(until),
        )
    )
    return _message(db.execute(taken.returning(_TABLE)).one())


def settle(db: Connection, message: Message, verdict: Verdict) -> bool:
    """Write what became of the try that `message` was claimed for; False: somebody made another one since."""
    same = (
        (_TABLE.c.id == message.id)
        & (_TABLE.c.tries == message.tries)
        & (_TABLE.c.tried_at == moments.to_optional(message.tried_at))
        & (_TABLE.c.state == MessageState.SENDING.value)
    )
    done = verdict.state is MessageState.SENT
    values = {
        "state": verdict.state.value,
        "due_at": moments.to_text(verdict.due_at),
        "sent_at": moments.to_text(verdict.at) if done else None,
        "code": verdict.code,
        "answer": verdict.answer,
        "reached": json.dumps(verdict.reached),
        "refused": json.dumps(verdict.refused),
    }
    return db.execute(update(_TABLE).where(same).values(values)).rowcount == 1


def recent(db: Connection, *, channel: str = "", most: int = LIST_MOST) -> tuple[Message, ...]:
    """Give messages, the newest first."""
    query = select(_TABLE).order_by(_TABLE.c.made_at.desc(), _TABLE.c.id).limit(most)
    rows = db.execute(query if not channel else query.where(_TABLE.c.channel == channel))
    return tuple(_message(row) for row in rows)


def last_tried(db: Connection) -> tuple[Message, ...]:
    """Give of each channel the message that was tried last and came to an answer; no tests.

    One that is being tried again still counts as it ended before: trying is no recovery.
    """
    query = (
        select(_TABLE)
        .where(
            _TABLE.c.tried_at.is_not(None),
            _TABLE.c.is_test.is_(False),
            or_(_TABLE.c.state != MessageState.SENDING.value, _TABLE.c.code != ""),
            _TABLE.c.state != MessageState.DROPPED.value,
        )
        .order_by(_TABLE.c.tried_at.desc())
    )
    found: dict[str, Message] = {}
    for row in db.execute(query.limit(LIST_MOST)):
        found.setdefault(row.channel, _message(row))
    return tuple(found.values())


def requeue(db: Connection, channel: str, *, now: datetime) -> int:
    """Let what was given up, and what waits for a later try, be tried now; gives how many.

    Who refused it is asked again; who has it is not.
    """
    states = (MessageState.GIVEN_UP.value, MessageState.WAITING.value)
    chosen = (_TABLE.c.channel == channel) & _TABLE.c.state.in_(states) & _TABLE.c.is_test.is_(False)
    values = {"state": MessageState.WAITING.value, "due_at": moments.to_text(now), "tries": 0}
    values["refused"] = "[]"
    return db.execute(update(_TABLE).where(chosen).values(values)).rowcount


def drop(db: Connection, channel: str, *, now: datetime) -> int:
    """Send nothing that waits for a channel any more, nor what a sender held that died; gives how many."""
    waits = (_TABLE.c.channel == channel) & _is_waiting(now)
    return db.execute(update(_TABLE).where(waits).values(state=MessageState.DROPPED.value)).rowcount


def forget(db: Connection, *, before: datetime) -> None:
    """Forget messages that came to an end and were made before a moment."""
    old = (_TABLE.c.made_at < moments.to_text(before)) & _TABLE.c.state.in_(_ENDED)
    db.execute(delete(_TABLE).where(old))


def channels_waiting(db: Connection, *, now: datetime) -> frozenset[str]:
    """Give the channels by which messages wait."""
    query = select(_TABLE.c.channel).where(_is_waiting(now)).distinct()
    return frozenset(db.execute(query).scalars())


def put_off(db: Connection, channel: str, *, until: datetime) -> None:
    """Try nothing of a channel before a moment: what its receiver did to one message it would do to all."""
    waits = (_TABLE.c.channel == channel) & (_TABLE.c.state == MessageState.WAITING.value)
    text = moments.to_text(until)
    db.execute(update(_TABLE).where(waits & (_TABLE.c.due_at < text)).values(due_at=text))


def _is_waiting(now: datetime) -> "ColumnElement[bool]":
    """Say of a message that it waits, or that its sender was not heard of in its time."""
    is_left = (_TABLE.c.state == MessageState.SENDING.value) & (_TABLE.c.due_at <= moments.to_text(now))
    return or_(_TABLE.c.state == MessageState.WAITING.value, is_left)


def _due(channels: abc.Collection[str], now: datetime) -> "Select[tuple[object, ...]]":
    takes = _TABLE.c.state.in_((MessageState.WAITING.value, MessageState.SENDING.value))
    due = (_TABLE.c.due_at <= moments.to_text(now)) & _TABLE.c.channel.in_(list(channels))
    return select(_TABLE).where(takes & due).order_by(_TABLE.c.due_at, _TABLE.c.made_at, _TABLE.c.id)


def _message(row: "Row[tuple[object, ...]]") -> Message:
    return Message(
        id=row.id,
        channel=row.channel,
        state=MessageState(row.state),
        title=row.title,
        made_at=moments.from_text(row.made_at),
        due_at=moments.from_text(row.due_at),
        is_digest=bool(row.is_digest),
        is_test=bool(row.is_test),
        tries=int(row.tries),
        tried_at=moments.from_optional(row.tried_at),
        sent_at=moments.from_optional(row.sent_at),
        code=row.code,
        answer=row.answer,
        reached=tuple(json.loads(row.reached)),
        refused=tuple(json.loads(row.refused)),
    )
