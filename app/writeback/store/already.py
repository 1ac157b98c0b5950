"""Confirm what a plan found to be so already: the CRM holds the wished value, so the record does.

For jobs that are tracked value by value; what a big job found comes with the next pull, and so does what
has to be turned back by a transform.

Must not: look at a row that is sent.
"""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from writeback.model.canonical import Unset, row_from_text
from writeback.model.histories import HistoryKind
from writeback.model.jobs import Column
from writeback.model.types import Value
from writeback.store import confirming, integrations, schema, sources, value_states
from writeback.store.noting import Told


def confirm(db: Connection, job_id: str, columns: tuple[Column, ...], *, at: str) -> None:
    """Take what the CRM was found to hold for confirmed, in the transaction that submits the job."""
    if not value_states.is_tracked(db, job_id):
        return
    jobs, findings = schema.jobs, schema.findings
    home = db.execute(select(jobs.c.integration_id).where(jobs.c.id == job_id)).scalar_one()
    integration = integrations.get(db, home)
    shaped = {str(mapping.path) for mapping in integration.mappings if mapping.values.transforms}
    found = select(findings.c.seq, findings.c.record_id, findings.c.theirs).where(
        findings.c.job_id == job_id, findings.c.verdict == "unchanged", findings.c.code == ""
    )
    kinds = [column.kind for column in columns]
    told: list[confirming.Confirmed] = []
    rows = [row for row in db.execute(found) if row.theirs != "[]"]
    asking = sources.of_rows(db, job_id, [row.seq for row in rows])
    for seq, record_id, theirs in rows:
        pairs = zip(columns, row_from_text(theirs, kinds), strict=True)
        values: dict[str, Value] = {
            str(column.path): value
            for column, value in pairs
            if not column.local.hops and not isinstance(value, Unset) and str(column.path) not in shaped
        }
        if seq not in asking:
            told.append((record_id, None, values))
        else:  # behind a reference: the records that ask for it show it
            told += sources.showing(db, integration, asking[seq], values)
    if told:
        why = Told(HistoryKind.READ_BACK, at, job_id)
        confirming.confirm_values(db, integration=integration, values=told, told=why)
