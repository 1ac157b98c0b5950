"""Sealed envelopes by connection and field. What is in them only the vault can read.

Must not: see a secret in clear.
"""

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from writeback.store import schema, sqlite


def put(db: Connection, connection_id: str, field: str, envelope: bytes) -> None:
    """Keep an envelope in place of an older one."""
    values = {"connection_id": connection_id, "field": field, "envelope": envelope}
    sqlite.upsert(db, schema.secrets, values)


def of(db: Connection, connection_id: str) -> dict[str, bytes]:
    """Give all envelopes of a connection by field."""
    table = schema.secrets
    rows = db.execute(select(table).where(table.c.connection_id == connection_id).order_by(table.c.field))
    return {row.field: bytes(row.envelope) for row in rows}


def every(db: Connection) -> tuple[tuple[str, str, bytes], ...]:
    """Give all envelopes as (connection, field, envelope), to seal them under another key."""
    table = schema.secrets
    rows = db.execute(select(table).order_by(table.c.connection_id, table.c.field))
    return tuple((row.connection_id, row.field, bytes(row.envelope)) for row in rows)


def remove(db: Connection, connection_id: str, field: str | None = None) -> None:
    """Forget one field's envelope, or all of a connection."""
    table = schema.secrets
    statement = delete(table).where(table.c.connection_id == connection_id)
    db.execute(statement if field is None else statement.where(table.c.field == field))
