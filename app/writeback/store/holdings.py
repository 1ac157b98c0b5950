"""What a workspace file holds that could act: counted for whoever is asked whether they trust it.

Must not: judge; name a plugin's status (`runtime.holdings` does).
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from writeback.model.jobs import JobState
from writeback.store import schema, settings

_OVER = (JobState.PREPARING, JobState.DONE, JobState.CANCELLED)
_SCHEDULED = ("plays", "pull_schedules")
"""Tables of what runs by itself."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What waits, and what runs by itself."""

    made_at: str
    drafts: int
    jobs: int
    """Submitted and not over."""
    rows: int
    """Writes of those jobs."""
    plans: int
    """Made and not submitted."""
    runs: int
    """Plays and schedules."""
    vault_file: str


def count(db: Connection) -> Counted:
    """Count."""
    jobs = schema.jobs.c
    waiting, rows = db.execute(
        select(func.count(), func.coalesce(func.sum(jobs.writes), 0)).where(
            jobs.number.is_not(None), jobs.state.not_in([one.value for one in _OVER])
        )
    ).one()
    drafts = schema.drafts
    waiting_drafts = select(func.count()).select_from(drafts).where(drafts.c.change_set_id.is_(None))
    planned = select(func.count()).select_from(schema.change_sets)
    return Counted(
        made_at=str(settings.get(db, settings.CREATED_AT, "")),
        drafts=int(db.execute(waiting_drafts).scalar_one()),
        jobs=int(waiting),
        rows=int(rows),
        plans=int(db.execute(planned.where(schema.change_sets.c.state == "planned")).scalar_one()),
        runs=sum(_rows(db, name) for name in _SCHEDULED),
        vault_file=str(settings.get(db, settings.VAULT_FILE, "") or ""),
    )


def _rows(db: Connection, table: str) -> int:
    known = schema.metadata.tables.get(table)
    if known is None:
        return 0
    return int(db.execute(select(func.count()).select_from(known)).scalar_one())
