"""Sealed secrets of channels, by channel and field. What is in them only the vault can read.

Must not: see a secret in clear.
"""

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from writeback.store import schema, sqlite

_TABLE = schema.channel_secrets


def put(db: Connection, channel: str, field: str, envelope: bytes) -> None:
    """Keep an envelope in place of an older one."""
    sqlite.upsert(db, _TABLE, {"channel": channel, "field": field, "envelope": envelope})


def of(db: Connection, channel: str) -> dict[str, bytes]:
    """Give all envelopes of a channel by field."""
    rows = db.execute(select(_TABLE).where(_TABLE.c.channel == channel).order_by(_TABLE.c.field))
    return {row.field: bytes(row.envelope) for row in rows}


def count(db: Connection) -> int:
    """Count the envelopes."""
    return int(db.execute(select(func.count()).select_from(_TABLE)).scalar() or 0)


def remove(db: Connection, channel: str, field: str) -> None:
    """Forget one field's envelope."""
    db.execute(delete(_TABLE).where(_TABLE.c.channel == channel, _TABLE.c.field == field))
