"""Configured sign-ins: who we talk to, whom we are pinned to, how long we were asked to wait.

Must not: hold a secret. A token file is a path here, everything else lies in `store.secrets`, sealed.
"""

import json
from collections import abc
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, RowMapping, bindparam, delete, insert, or_, select, update
from sqlalchemy.engine import Connection as Db

from writeback.errors import ConfigurationError
from writeback.model.connections import Connection, Environment, Org, Safety, SignInState
from writeback.model.types import ConnectionId
from writeback.sdk.values import Usage
from writeback.store import moments, numbering, schema, sqlite


def add(db: Db, connection: Connection, *, at: datetime | str) -> Connection:
    """Keep a new connection; gives it with the id it got.

    Raises:
        ConfigurationError: The name is taken.
    """
    _refuse_taken(db, connection.name, but="")
    made = replace(connection, id=ConnectionId(numbering.next_id(db, schema.connections.c.id, "c")))
    moment = at if isinstance(at, str) else moments.to_text(at)
    db.execute(insert(schema.connections).values(id=made.id, created_at=moment, **_columns(made)))
    return made


def get(db: Db, name_or_id: str) -> Connection:
    """Give a connection by id or by name.

    Raises:
        ConfigurationError: There is none.
    """
    rows = db.execute(_NAMED, {"wanted": name_or_id}).mappings().all()
    if not rows:
        raise ConfigurationError("connection.unknown", name=name_or_id[:200])
    return _loaded(rows[0])


_WANTED: Final[BindParameter[str]] = bindparam("wanted")
_NAMED: Final = (
    select(schema.connections)
    .where(or_(schema.connections.c.id == _WANTED, schema.connections.c.name == _WANTED))
    .order_by(schema.connections.c.id != _WANTED)
)
"""Built once: it is asked several times a batch."""


def every(db: Db) -> tuple[Connection, ...]:
    """Give all connections in the order they were made."""
    table = schema.connections
    rows = db.execute(select(table).order_by(table.c.created_at, table.c.id)).mappings()
    return tuple(_loaded(row) for row in rows)


def change(db: Db, connection: Connection) -> Connection:
    """Store a connection as given, under its id: take it with `get`, change it with `replace`.

    Raises:
        ConfigurationError: The new name is taken, or the connection is gone.
    """
    _refuse_taken(db, connection.name, but=connection.id)
    table = schema.connections
    done = db.execute(update(table).where(table.c.id == connection.id).values(**_columns(connection)))
    if not done.rowcount:
        raise ConfigurationError("connection.unknown", name=connection.id)
    return connection


def remove(db: Db, connection_id: str) -> None:
    """Forget a connection nothing hangs on yet, with its secrets: a sign-in that came to nothing."""
    table = schema.connections
    db.execute(delete(table).where(table.c.id == connection_id))


def is_bare(db: Db, connection_id: str) -> bool:
    """Say whether nothing hangs on a connection: no integration, no job, no plan."""
    integrations, jobs = schema.integrations, schema.jobs
    hanging = (
        select(integrations.c.id).where(integrations.c.connection_id == connection_id),
        select(jobs.c.id).where(jobs.c.connection_id == connection_id),
    )
    return not any(db.execute(one.limit(1)).first() for one in hanging)


def set_sign_in(db: Db, connection_id: str, state: SignInState, *, at: datetime | str) -> None:
    """Say whether a session can be opened; the moment is kept where that is news."""
    table = schema.connections
    is_news = (table.c.id == connection_id, table.c.sign_in != state.value)
    moment = at if isinstance(at, str) else moments.to_text(at)
    db.execute(update(table).where(*is_news).values(sign_in=state.value, sign_in_since=moment))


def put_usage(db: Db, connection_id: str, usage: abc.Iterable[Usage]) -> None:
    """Keep the quotas as last heard of."""
    text = json.dumps([_plain_usage(quota) for quota in usage])
    table = schema.connections
    db.execute(update(table).where(table.c.id == connection_id).values(usage=text))


def usage_of(db: Db, connection_id: str) -> tuple[Usage, ...]:
    """Give the quotas as last heard of."""
    table = schema.connections
    text = db.execute(select(table.c.usage).where(table.c.id == connection_id)).scalar()
    return usage_from_text(text)


def usage_from_text(text: str | None) -> tuple[Usage, ...]:
    """Give quotas as they are kept."""
    return tuple(
        Usage(**{**quota, "resets_at": moments.from_optional(quota.get("resets_at"))})
        for quota in json.loads(text or "[]")
    )


def _plain_usage(quota: Usage) -> dict[str, object]:
    resets_at = None if quota.resets_at is None else moments.to_text(quota.resets_at)
    return asdict(quota) | {"resets_at": resets_at}


def put_clock(db: Db, connection_id: str, ahead_s: int) -> None:
    """Keep by how much the CRM's clock is ahead of this computer's; 0: not worth a word."""
    table = schema.connections
    db.execute(update(table).where(table.c.id == connection_id).values(clock_ahead_s=ahead_s))


def put_wait(db: Db, connection_id: str, *, until: datetime | None, reason: str = "") -> None:
    """Keep that the CRM asked everybody to wait; None lifts it. The longer wait stands."""
    table = schema.connections
    change_it = update(table).where(table.c.id == connection_id)
    if until is None:
        db.execute(change_it.values(not_before=None, wait_reason=None))
        return
    text = moments.to_text(until)
    longer = or_(table.c.not_before.is_(None), table.c.not_before < text)
    db.execute(change_it.where(longer).values(not_before=text, wait_reason=reason))


def wait_of(db: Db, connection_id: str) -> tuple[datetime, str] | None:
    """Give until when the CRM asked to wait and why; it may have passed."""
    query = "select not_before, wait_reason from connections where id = ? and not_before is not null"
    row = sqlite.run(db, query, (connection_id,)).fetchone()
    return None if row is None else (moments.from_text(row[0]), str(row[1] or ""))


def _refuse_taken(db: Db, name: str, *, but: str) -> None:
    table = schema.connections
    # A name that is another one's id would make `get` ambiguous.
    taken = or_(table.c.name == name, table.c.id == name)
    if not name or db.execute(select(table.c.id).where(taken, table.c.id != but)).first():
        raise ConfigurationError("connection.name_taken", name=name[:200])


def _columns(connection: Connection) -> dict[str, object]:
    return {
        "name": connection.name,
        "connector": connection.connector,
        "origin": connection.origin,
        "auth": connection.auth,
        "token_file": connection.token_file,
        "is_simulator": connection.is_simulator,
        "org": None if connection.org is None else json.dumps(asdict(connection.org)),
        "safety": connection.safety.value,
        "read_only": connection.read_only,
        "write_on_save": connection.write_on_save,
        "sign_in": connection.sign_in.value,
        "options": json.dumps(dict(connection.options)),
        "word": connection.word,
        "colour": connection.colour,
        "sign_in_since": None
        if connection.sign_in_since is None
        else moments.to_text(connection.sign_in_since),
        "scopes": " ".join(connection.scopes),
        "collect_s": connection.collect_s,
    }


def _loaded(row: RowMapping) -> Connection:
    org = json.loads(row["org"]) if row["org"] else None
    return Connection(
        id=ConnectionId(row["id"]),
        name=row["name"],
        connector=row["connector"],
        origin=row["origin"],
        auth=row["auth"],
        token_file=row["token_file"],
        is_simulator=bool(row["is_simulator"]),
        org=None if org is None else Org(**{**org, "environment": Environment(org["environment"])}),
        safety=Safety(row["safety"]),
        read_only=bool(row["read_only"]),
        write_on_save=bool(row["write_on_save"]),
        sign_in=SignInState(row["sign_in"]),
        options=tuple(sorted(json.loads(row["options"]).items())),
        word=row["word"],
        colour=row["colour"],
        sign_in_since=moments.from_optional(row["sign_in_since"]),
        scopes=tuple(row["scopes"].split()),
        clock_ahead_s=row["clock_ahead_s"],
        collect_s=int(row["collect_s"]),
    )
