"""A process that writes like a worker on a 100,000-row job: ledger, journal, outcomes. Run by a test."""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, update

from writeback.store import moments, schema
from writeback.store.workspace import Workspace


def main(path: str, rows: int, seconds: float) -> None:
    """Settle `rows` rows in batches of 200 within about `seconds`."""
    workspace = Workspace.open(Path(path), now=lambda: datetime.now(UTC), new_id=lambda: "x")
    batches = rows // 200
    pause = seconds / batches
    for number in range(batches):
        now = moments.to_text(workspace.now())
        with workspace.writing() as db:
            jobs = schema.jobs
            db.execute(
                update(jobs).where(jobs.c.id == "j6").values(applied=number * 200 + 190, rejected=number)
            )
            db.execute(
                insert(schema.outcomes),
                [
                    {
                        "job_id": "j6",
                        "seq": number * 200 + at,
                        "attempt_id": "a1",
                        "outcome": "rejected",
                        "code": "salesforce.string_too_long",
                        "message": "data value too large",
                        "fields": json.dumps(["Industry"]),
                        "at": now,
                    }
                    for at in range(1, 11)
                ],
            )
            db.execute(insert(schema.journal).values(at=now, kind="batch_settled", subject="j6"))
            db.execute(insert(schema.journal).values(at=now, kind="job_changed", subject="j6"))
        time.sleep(pause)
    workspace.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
