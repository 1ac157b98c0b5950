"""Pulls that came to an end, for the list of jobs: what they read, or why they failed.

Must not: keep more than the newest of each integration.
"""

import json
from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from writeback.errors import Fact
from writeback.store import moments, schema

KEPT: Final = 500
"""So many pulls of each integration are remembered."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """One pull that came to an end."""

    connection_id: str
    integration_id: str
    object: str
    author: str
    started_at: datetime
    finished_at: datetime
    counts: abc.Mapping[str, int] = field(default_factory=dict)
    """`read`, `added`, `changed`, `gone`, `conflicts`."""
    code: str = ""
    """Why it failed; '' where it did not."""
    facts: abc.Mapping[str, Fact] = field(default_factory=dict)
    is_scheduled: bool = False
    """A schedule asked for it, which is `author`'s."""


def note(db: Connection, pulled: Pulled) -> None:
    """Remember a pull; the oldest of its integration beyond `KEPT` are forgotten."""
    table = schema.pulls
    db.execute(
        insert(table).values(
            connection_id=pulled.connection_id,
            integration_id=pulled.integration_id,
            object=pulled.object,
            author=pulled.author,
            started_at=moments.to_text(pulled.started_at),
            finished_at=moments.to_text(pulled.finished_at),
            code=pulled.code,
            is_scheduled=int(pulled.is_scheduled),
            facts=json.dumps(dict(pulled.facts), ensure_ascii=False, default=str),
            **pulled.counts,
        )
    )
    mine = table.c.integration_id == pulled.integration_id
    oldest = select(table.c.id).where(mine).order_by(table.c.id.desc()).offset(KEPT)
    db.execute(delete(table).where(table.c.id.in_(oldest)))
