"""Where a batch's bulk job stands at the CRM: each step is a commit before or after the step itself.

token → created (remote id) → uploading (intent) → uploaded → closed → results → done. The remote id
is stored before the first byte of data leaves; what was not closed changed nothing in the CRM.

Must not: call the CRM.
"""

import enum
from dataclasses import dataclass, replace

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from writeback.model.jobs import BatchState
from writeback.store import attempts, schema, sqlite
from writeback.store.claims import Claim, hold


class Stage(enum.StrEnum):
    """How far the upload of a batch came; each member is committed when it is true."""

    CREATED = "created"
    """The remote id is known; no data left."""
    UPLOADING = "uploading"
    """The intent is committed; data may have left."""
    UPLOADED = "uploaded"
    """All data is there; the CRM writes nothing before it is closed."""
    CLOSED = "closed"
    """The CRM writes."""
    RESULTS = "results"
    """It has ended; results are being read."""
    DONE = "done"
    """Everything about it is known."""


def put_token(db: Connection, claim: Claim, *, now: str) -> Claim:
    """Note that a remote job is about to be created."""
    hold(db, claim, bulk_token_at=now, remote_id=None, remote_state=None, cursor=0)
    return replace(claim, bulk_token_at=now, remote_id=None, remote_state=None)


def put_remote(db: Connection, claim: Claim, remote_id: str) -> Claim:
    """Keep the remote id."""
    hold(db, claim, remote_id=remote_id, remote_state=Stage.CREATED.value)
    return replace(claim, remote_id=remote_id, remote_state=Stage.CREATED.value)


def put_intent(db: Connection, claim: Claim, intent: attempts.Intent, *, now: str) -> Claim:
    """Commit the intent to upload.

    Raises:
        NotWantedError: The job is paused, stopped or being cancelled.
    """
    attempts.record(db, claim, intent, now=now)
    hold(db, claim, remote_state=Stage.UPLOADING.value)
    return replace(claim, remote_state=Stage.UPLOADING.value)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload carried: rows up to number `last`, and the id it is known by from now on."""

    remote_id: str
    last: int
    rows: int
    payload_hash: str


def put_uploaded(db: Connection, claim: Claim, attempt_id: str, told: Uploaded) -> Claim:
    """Keep what was uploaded. Rows after `told.last` did not fit: they become a batch of their own."""
    last = told.last
    batches = schema.batches
    attempts.shrink(db, attempt_id, last=last, rows=told.rows, payload_hash=told.payload_hash)
    own = claim.rows
    if last < claim.last:
        own = int(
            sqlite.run(
                db,
                "select count(*) from writes where job_id = ? and seq between ? and ?",
                (claim.job_id, claim.first, last),
            ).fetchone()[0]
        )
        newest = select(func.max(batches.c.no)).where(batches.c.job_id == claim.job_id)
        outcome = select(batches.c.outcome).where(batches.c.job_id == claim.job_id, batches.c.no == claim.no)
        db.execute(
            insert(batches).values(
                job_id=claim.job_id,
                no=int(db.execute(newest).scalar_one()) + 1,
                first_seq=last + 1,
                last_seq=claim.last,
                rows=claim.rows - own,
                state=BatchState.QUEUED.value,
                outcome=db.execute(outcome).scalar(),
            )
        )
    stage = Stage.UPLOADED.value
    hold(db, claim, remote_id=told.remote_id, remote_state=stage, last_seq=last, rows=own)
    return replace(claim, remote_id=told.remote_id, remote_state=stage, last=last, rows=own)


def put_closed(db: Connection, claim: Claim, remote_id: str) -> Claim:
    """Keep that the CRM writes now, and the id the running job is known by."""
    hold(db, claim, remote_id=remote_id, remote_state=Stage.CLOSED.value, state=BatchState.SENT.value)
    return replace(claim, remote_id=remote_id, remote_state=Stage.CLOSED.value, state=BatchState.SENT)


def put_results(db: Connection, claim: Claim, *, pages: int) -> Claim:
    """Keep how many pages of results were read; reading them again does no harm."""
    hold(db, claim, remote_state=Stage.RESULTS.value, cursor=pages)
    return replace(claim, remote_state=Stage.RESULTS.value)


def forget(db: Connection, claim: Claim) -> Claim:
    """Start over: the remote job is done with, or was abandoned without a row written."""
    hold(db, claim, remote_id=None, remote_state=None, bulk_token_at=None, cursor=0)
    return replace(claim, remote_id=None, remote_state=None, bulk_token_at=None)


def put_done(db: Connection, claim: Claim) -> Claim:
    """Keep that everything about the remote job is known."""
    hold(db, claim, remote_state=Stage.DONE.value)
    return replace(claim, remote_state=Stage.DONE.value)
