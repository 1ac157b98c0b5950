"""The limits of guards, as somebody set them: for the workspace, and for single connections.

Must not: judge anything; `planning.striking` does.
"""

from collections import abc
from dataclasses import replace

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from writeback.model.guards import LIMIT_NAMES, Limits
from writeback.store import schema, sqlite

WORKSPACE = ""
"""Stands for a connection where the workspace's own default is meant."""


def of_connection(db: Connection, connection_id: str) -> Limits:
    """Give the limits in force for a connection: its own before the workspace's before the built-in."""
    return replace(Limits(), **{**own(db, WORKSPACE), **own(db, connection_id)})


def own(db: Connection, connection_id: str) -> dict[str, float | None]:
    """Give what was set for one connection, or for the workspace; without what it takes over."""
    rows = sqlite.run(db, "select name, value from guard_limits where connection_id = ?", (connection_id,))
    return {name: value for name, value in rows if name in LIMIT_NAMES}


def put(db: Connection, connection_id: str, limits: abc.Mapping[str, float | None]) -> None:
    """Set limits; None switches one off."""
    for name, value in limits.items():
        row = {"connection_id": connection_id, "name": name, "value": value}
        sqlite.upsert(db, schema.guard_limits, row)


def forget(db: Connection, connection_id: str, names: abc.Collection[str]) -> None:
    """Take these limits over again from the workspace, or from the built-in ones."""
    table = schema.guard_limits
    db.execute(delete(table).where(table.c.connection_id == connection_id, table.c.name.in_(names)))
