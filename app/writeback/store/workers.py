"""Who is at work on this workspace, by their own word. Leases decide, not this table.

Must not: be used to judge whether a batch may be taken over.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from writeback.store import moments, schema, sqlite


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker process as it last told of itself."""

    id: str
    pid: int
    started_at: datetime
    beat_at: datetime
    doing: str = ""


def beat(db: Connection, worker: Worker) -> None:
    """Tell that a worker is alive and what it does."""
    values = {
        "id": worker.id,
        "pid": worker.pid,
        "started_at": moments.to_text(worker.started_at),
        "beat_at": moments.to_text(worker.beat_at),
        "doing": worker.doing,
    }
    sqlite.upsert(db, schema.workers, values)


def every(db: Connection) -> tuple[Worker, ...]:
    """Give all workers, the one heard of last first."""
    rows = db.execute(select(schema.workers).order_by(schema.workers.c.beat_at.desc()))
    return tuple(
        Worker(row.id, row.pid, moments.from_text(row.started_at), moments.from_text(row.beat_at), row.doing)
        for row in rows
    )


def remove(db: Connection, worker_id: str) -> None:
    """Forget a worker that ended, or that was silent for long."""
    db.execute(delete(schema.workers).where(schema.workers.c.id == worker_id))
