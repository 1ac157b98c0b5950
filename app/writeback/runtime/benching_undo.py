"""The undo of a job of very many rows, for `writeback bench plan` (P14), and which records a plan is about.

The job that is undone was planned and submitted by the bench; no CRM is there that would take it, so it is
posed as settled by the store's own statements: intent, outcome of every row, confirmed values.

Must not: name a connector, print.
"""

import hashlib
from collections import abc
from typing import Final

from writeback.engine.proposing import Proposed, propose
from writeback.engine.reaching import ReachOf
from writeback.engine.terms import Terms
from writeback.errors import InternalError
from writeback.model.changes import Origin
from writeback.model.integrations import Integration
from writeback.model.jobs import JobKind, JobState, Outcome
from writeback.model.types import AttemptId, JobId
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.undoing import undo_streams
from writeback.store import attempts, claims, confirming, ledger, outbox, sqlite, wide
from writeback.store.workspace import Db, Workspace

PIECE: Final = 20_000
"""So many values are confirmed in one commit."""
LEASE_S: Final = 3600.0
_PLANNED: Final = "select record_id from writes where job_id = ?1 union all "
_FOUND: Final = "select record_id from findings where job_id = ?1"


def pose_settled(workspace: Workspace, integration: Integration, job_id: JobId) -> None:
    """Settle every row of a submitted job as applied, as if its CRM had taken them all."""
    with workspace.reading() as db:
        job = outbox.get(db, job_id)
    while True:
        with workspace.writing(durable=False) as db:
            now = workspace.database_now(db)
            claim = claims.claim(db, owner="bench", now=now, lease_s=LEASE_S, jobs=(job_id,))
            if claim is None:
                break
            _settle(db, job, claim, AttemptId(workspace.new_id()), now=now)
        for first in range(claim.first, claim.last + 1, PIECE):
            with workspace.writing(durable=False) as db:
                confirming.confirm_writes(
                    db,
                    integration=integration,
                    job_id=job_id,
                    columns=job.columns,
                    first=first,
                    last=min(first + PIECE - 1, claim.last),
                )
    with workspace.reading() as db:
        state = outbox.state_of(db, job_id)
    if state is not JobState.DONE:
        raise InternalError("bench.no_end", job=job_id)


def plan_undo(runtime: Runtime, job: JobId, reach_of: ReachOf) -> Proposed:
    """Plan the undo of a job as `undo` does; the CRM's side is what was last read of it."""
    source = PlanSource(kind="undo", origin=Origin.UNDO, author="bench", job_id=job)
    streams, _ = undo_streams(runtime.workspace, reach_of, job, source)
    terms = Terms(Origin.UNDO, "bench", kind=JobKind.UNDO, undo_of=job, source={"undo_of": job})
    return propose(streams, terms, workspace=runtime.workspace, reach_of=reach_of)


def is_about_all(workspace: Workspace, integration: Integration, job: str) -> bool:
    """Say whether a job is about every record that the CRM holds, each once: by a sum that knows no order."""
    table = sqlite.quoted(wide.snapshot_table(integration.id))
    with workspace.reading() as db:
        planned = fingerprint(str(key) for (key,) in sqlite.run(db, _PLANNED + _FOUND, (job,)))
        held = fingerprint(str(key) for (key,) in sqlite.run(db, f"select key from {table} where not gone"))  # noqa: S608  quoted
    return planned == held


def fingerprint(ids: abc.Iterable[str]) -> tuple[int, int]:
    """Count ids and add up a hash of each: equal in any order."""
    count = total = 0
    for one in ids:
        count += 1
        total += int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest())
    return count, total


def _settle(db: Db, job: outbox.Job, claim: claims.Claim, attempt: AttemptId, *, now: str) -> None:
    intent = attempts.Intent(
        attempt, claim.first, claim.last, (), claim.rows, job.org_id, job.route, job.assurance
    )
    attempts.record(db, claim, intent, now=now)
    counts = ledger.settle_bulk(db, claim, attempt, rows=claim.rows, now=now)
    attempts.end(db, attempt, attempts.Ending(Outcome.APPLIED), now=now)
    ledger.note_settled(db, claim, counts, now=now)
    ledger.finish_batch(db, claim, now=now)
