"""What changed in a CRM under a plan since it was checked, as far as pulls have shown it.

Must not: ask a CRM, change the plan.
"""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from writeback.store import schema, sqlite, wide


def moved(db: Connection, plan_id: str) -> int:
    """Count the rows of a plan whose record is another one, or gone, by a pull that began after the check."""
    jobs, sets, pulls = schema.jobs, schema.change_sets, schema.pulls
    query = (
        select(jobs.c.id, jobs.c.integration_id)
        .join(sets, sets.c.id == jobs.c.change_set_id)
        .join(schema.integrations, schema.integrations.c.id == jobs.c.integration_id)
        .where(
            sets.c.id == plan_id,
            jobs.c.root == "",
            select(pulls.c.id)
            .where(
                pulls.c.integration_id == jobs.c.integration_id,
                pulls.c.code == "",
                pulls.c.started_at > sets.c.planned_at,
            )
            .exists(),
        )
    )
    return sum(_moved_of(db, str(job), str(integration)) for job, integration in db.execute(query).all())


def _moved_of(db: Connection, job_id: str, integration_id: str) -> int:
    snapshot = sqlite.quoted(wide.snapshot_table(integration_id))
    found = sqlite.run(
        db,
        f"select count(*) from writes w join {snapshot} s on s.key = w.record_id where w.job_id = ? "  # noqa: S608  quoted
        "and (s.gone = 1 or (s.version is not null and w.base is not null and s.version <> w.base))",
        (job_id,),
    )
    return int(found.fetchone()[0])
