"""The audit trail: one entry an act, each chained to the one before by its hash (I7).

Values of records enter as salted digests only; the values themselves lie beside it (outbox), so they
can be erased and the chain still verifies. The chain shows tampering to whoever noted an earlier
head; somebody who rebuilds all of it is found by nothing else, and we say so.

Must not: change or remove an entry; triggers refuse it.
"""

import hashlib
import json
import secrets
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.store import moments, schema, settings

FIRST: Final = "0" * 64
"""What the first entry is chained to."""


STEERED: Final = frozenset({"job.paused", "job.resumed", "job.cancelled", "job.checked", "job.stopped"})
"""What is done to a job by whoever the entry names, or by no person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as the trail keeps it."""

    seq: int
    at: datetime
    act: str
    body: abc.Mapping[str, Json]
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What recomputing the chain found; `broken_at` is the first entry that does not fit."""

    entries: int
    head: str
    broken_at: int | None = None
    has_noted_head: bool = True

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was changed, swapped, inserted or cut off, as far as a chain can tell."""
        return self.broken_at is None and self.has_noted_head


def append(db: Connection, *, at: datetime | str, act: str, body: abc.Mapping[str, Json]) -> str:
    """Add one entry in the open transaction; gives its hash, the new head of the chain.

    Args:
        db: The write transaction that also holds what the act did.
        at: When.
        act: What was done: `connection.added`, `job.submitted`, …
        body: Ids, counts and digests; never a value of a record, never a secret.
    """
    seq, previous = _last(db)
    moment = at if isinstance(at, str) else moments.to_text(at)
    text = _canonical(body)
    own = _hash(previous, {"seq": seq + 1, "at": moment, "act": act, "body": text})
    entry = {"seq": seq + 1, "at": moment, "act": act, "body": text, "previous": previous, "hash": own}
    db.execute(insert(schema.audit).values(entry))
    db.execute(insert(schema.audit_facts).values(seq=seq + 1, at=moment, act=act, **_facts(db, act, body)))
    return own


def digest(db: Connection, value: str) -> str:
    """Give the salted digest under which a value may enter a body. Needs a write transaction."""
    salt = settings.get(db, settings.AUDIT_SALT)
    if not isinstance(salt, str):
        salt = secrets.token_hex(32)
        settings.put(db, settings.AUDIT_SALT, salt)
    return _salted(salt, value)


def known_digest(db: Connection, value: str) -> str:
    """Give the digest under which a value stands in bodies; '' when none was ever made. Any transaction."""
    salt = settings.get(db, settings.AUDIT_SALT)
    return _salted(salt, value) if isinstance(salt, str) else ""


def verify(db: Connection, *, noted_head: str | None = None) -> Verification:
    """Recompute the whole chain.

    Args:
        db: Any transaction.
        noted_head: A head that somebody wrote down earlier; a chain that was cut below it, or rebuilt,
            no longer holds it.
    """
    previous, seq = FIRST, 0
    has_noted_head = noted_head in (None, FIRST)
    query = select(schema.audit).order_by(schema.audit.c.seq).execution_options(yield_per=1000)
    for row in db.execute(query):
        seq += 1
        expected = _hash(previous, {"seq": seq, "at": row.at, "act": row.act, "body": row.body})
        if (row.seq, row.previous, row.hash) != (seq, previous, expected):
            return Verification(seq - 1, previous, broken_at=int(row.seq), has_noted_head=has_noted_head)
        previous = expected
        has_noted_head = has_noted_head or expected == noted_head
    return Verification(seq, previous, has_noted_head=has_noted_head)


def head(db: Connection) -> str:
    """Give the hash of the newest entry: what to note down."""
    return _last(db)[1]


def entries(db: Connection, *, after: int = 0, limit: int = 200) -> tuple[Entry, ...]:
    """Give entries after number `after`, oldest first."""
    trail = schema.audit
    query = select(trail).where(trail.c.seq > after).order_by(trail.c.seq).limit(limit)
    return tuple(
        Entry(int(row.seq), moments.from_text(row.at), row.act, json.loads(row.body), row.hash)
        for row in db.execute(query)
    )


def _facts(db: Connection, act: str, body: abc.Mapping[str, Json]) -> dict[str, str]:
    """Give by what an entry is looked up: who, which connection, which job.

    What is done to a job later is not its author's doing, unless the entry says so.
    """
    told = {name: str(body.get(name) or "") for name in ("author", "by", "connection", "job", "plan")}
    person, connection = told["by"] or told["author"], told["connection"]
    if told["job"] and not (person and connection):
        jobs, plans = schema.jobs, schema.change_sets
        row = db.execute(
            select(jobs.c.connection_id, plans.c.author)
            .join(plans, plans.c.id == jobs.c.change_set_id)
            .where(jobs.c.id == told["job"])
        ).first()
        if row is not None:
            connection = connection or str(row.connection_id)
            person = person if person or act in STEERED else str(row.author)
    elif told["plan"] and not person:
        author = select(schema.change_sets.c.author).where(schema.change_sets.c.id == told["plan"])
        person = str(db.scalar(author) or "")
    return {"person": person, "connection_id": connection, "job_id": told["job"]}


def _salted(salt: str, value: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + value.encode("utf-8", "surrogatepass")).hexdigest()


def _last(db: Connection) -> tuple[int, str]:
    trail = schema.audit
    newest = select(func.max(trail.c.seq)).scalar_subquery()
    row = db.execute(select(trail.c.seq, trail.c.hash).where(trail.c.seq == newest)).first()
    return (int(row.seq), str(row.hash)) if row else (0, FIRST)


def _canonical(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(previous: str, entry: abc.Mapping[str, str | int]) -> str:
    # The body enters as the text that is stored: one value has more than one JSON text.
    return hashlib.sha256((previous + _canonical(entry)).encode("utf-8", "surrogatepass")).hexdigest()
