"""Account for every row of an upload: applied, refused, not processed, or unknown.

The results are held against what was sent by count and by a sum of hashes, which needs no memory and
no order. Only when the two differ do all ids go through a temporary table, to name the rows that
stand in no list or in two: those are unknown.

Must not: join by position; take a row for applied that nobody named.
"""

from collections import abc
from dataclasses import dataclass

from writeback.engine import drift_gate, projecting, refreshing, settling
from writeback.engine.turns import Turn, log
from writeback.errors import InternalError, RetryableError
from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.jobs import JobState, Outcome
from writeback.sdk.capabilities import BulkPage, BulkRefusal, WritesInBulk
from writeback.store import attempts, audit, confirming, journal, ledger, outbox, remote_jobs
from writeback.store.outbox import OPEN
from writeback.store.workspace import Db
from writeback.transport.failpoints import failpoint

READ_TRIES = 3
CONFIRM_ROWS = 5_000
MISNAMED = "outcome.not_in_results"
GONE = "bulk.job_gone"
UNTOLD = "bulk.start_untold"


@dataclass(slots=True)
class Tally:
    """How many keys, and the sum of their hashes: equal for equal keys in any order.

    Python hashes text with a secret key of the process, so no input can be made to collide; a tally
    means nothing in another process and is never stored.
    """

    rows: int = 0
    total: int = 0

    def add(self, keys: abc.Sequence[str]) -> None:
        """Count some keys."""
        self.rows += len(keys)
        self.total += sum(map(hash, keys))


@dataclass(frozen=True, slots=True)
class Sent:
    """An upload of this very process."""

    attempt_id: str
    tally: Tally
    compared_at: float | None


def settle_results(turn: Turn, session: WritesInBulk, sent: Sent | None) -> None:
    """Read the results of an ended remote job and settle the batch.

    Raises:
        RetryableError: They cannot be read now; the batch stays as it is.
        LostClaimError: The batch was taken over.
    """
    attempt_id, tally = _what_was_sent(turn, sent)
    told = _read_results(turn, session, attempt_id)
    if told != tally:
        _name_unknown(turn, session, attempt_id)
    _confirm_applied(turn)
    _close_books(turn, attempt_id, tally.rows, sent)
    refreshing.refresh(turn)
    projecting.refresh_projections(turn)
    settling.conclude(turn)


def call_unknown(turn: Turn, *, code: str) -> None:
    """Nobody can say what became of the upload: every row of it waits for its read-back."""
    with turn.workspace.reading() as db:
        unended = attempts.unended(db, turn.claim)
    first, last = turn.claim.span
    for attempt in unended:
        for start in range(first, last + 1, CONFIRM_ROWS):
            span = start, min(start + CONFIRM_ROWS - 1, last)
            with turn.workspace.writing() as db:
                now = turn.now(db)
                ledger.mark_span(
                    db,
                    turn.claim,
                    span,
                    outcome=Outcome.UNKNOWN,
                    now=now,
                    code=code,
                    attempt_id=attempt.id,
                )
        with turn.workspace.writing() as db:
            now = turn.now(db)
            ending = attempts.Ending(Outcome.UNKNOWN, is_due=True, code=code)
            attempts.end(db, attempt.id, ending, now=now)
            turn.claim = remote_jobs.forget(db, turn.claim)
            settling.show_span(db, turn, now=now)
            ledger.note_settled(db, turn.claim, {Outcome.UNKNOWN: attempt.rows}, now=now)
    settling.conclude(turn)


def note_orphans(db: Db, turn: Turn, remote_ids: abc.Sequence[str]) -> None:
    """Put into the job's history that open remote jobs may be left over from a lost answer."""
    now = turn.now(db)
    body: dict[str, Json] = {"job": turn.job.id, "batch": turn.claim.no, "remote": list(remote_ids)}
    audit.append(db, at=now, act="bulk.orphans_possible", body=body)
    journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=turn.job.id)


def _what_was_sent(turn: Turn, sent: Sent | None) -> tuple[str, Tally]:
    """Give attempt and tally of the upload; in another process its ids are counted anew."""
    if sent is not None:
        return sent.attempt_id, sent.tally
    with turn.workspace.reading() as db:
        unended = attempts.unended(db, turn.claim)
        if len(unended) != 1:
            raise InternalError("bulk.attempts", job=turn.job.id, batch=turn.claim.no, found=len(unended))
        tally = Tally()
        for ids in outbox.sent_ids(
            db, turn.job.id, turn.claim.span, unended[0].id, has_outcome=turn.claim.has_outcome
        ):
            tally.add(ids)
    return unended[0].id, tally


def _read_results(turn: Turn, session: WritesInBulk, attempt_id: str) -> Tally:
    """Read all pages; a page with refusals is kept in a commit of its own."""
    for tries in range(1, READ_TRIES + 1):
        try:
            return _read_pages(turn, session, attempt_id)
        except RetryableError:
            if tries == READ_TRIES:
                raise
            log.info("results of job %s batch %s are read again", turn.job.id, turn.claim.no)
    raise InternalError("bulk.results", job=turn.job.id)


def _read_pages(turn: Turn, session: WritesInBulk, attempt_id: str) -> Tally:
    told = Tally()
    handed_back = _handed_back(turn)
    for pages, page in enumerate(_pages(turn, session), 1):
        told.add(page.applied)
        told.add([refusal.record_id for refusal in page.refused])
        if page.refused or pages == 1:  # a page of applied ids alone leaves nothing to be kept
            with turn.workspace.writing() as db:
                turn.claim = remote_jobs.put_results(db, turn.claim, pages=pages)
                rows = (_staged(refusal, handed_back) for refusal in page.refused)
                ledger.stage_refusals(db, turn.claim, attempt_id, rows, now=turn.now(db))
            drift_gate.doubt(turn, {refusal.code for refusal in page.refused})
        failpoint("15.bulk_result_page")
    return told


def _pages(turn: Turn, session: WritesInBulk) -> abc.Iterator[BulkPage]:
    if turn.claim.remote_id is None:
        raise InternalError("bulk.no_remote_id", job=turn.job.id, batch=turn.claim.no)
    return session.bulk_results(turn.claim.remote_id)


def _handed_back(turn: Turn) -> str:
    """Say what becomes of rows that were not processed."""
    if turn.job_state() is JobState.CANCELLING:
        return Outcome.CANCELLED
    return OPEN if settling.may_again(turn) else Outcome.REJECTED


def _staged(refusal: BulkRefusal, handed_back: str) -> tuple[str, str, str, str, str]:
    outcome = handed_back if refusal.again else refusal.outcome
    return refusal.record_id, outcome, refusal.code, refusal.message, settling.fields_text(refusal.fields)


def _name_unknown(turn: Turn, session: WritesInBulk, attempt_id: str) -> None:
    """Find the rows that stand in no list or in two."""
    log.warning("results of job %s batch %s do not add up", turn.job.id, turn.claim.no)
    told = (
        [*page.applied, *(refusal.record_id for refusal in page.refused)] for page in _pages(turn, session)
    )
    with turn.workspace.reading() as db:
        numbers = outbox.misnamed(
            db,
            turn.job.id,
            turn.claim.span,
            attempt_id,
            has_outcome=turn.claim.has_outcome,
            told=told,
        )
    for start in range(0, len(numbers), CONFIRM_ROWS):
        with turn.workspace.writing() as db:
            some = numbers[start : start + CONFIRM_ROWS]
            ledger.mark_unknown(db, turn.claim, attempt_id, some, code=MISNAMED, now=turn.now(db))


def _confirm_applied(turn: Turn) -> None:
    """Take written values for confirmed ones, a range a commit; doing it twice does no harm (I5)."""
    if turn.integration is None or turn.claim.has_outcome or turn.job.root:
        return
    first, last = turn.claim.span
    for start in range(first, last + 1, CONFIRM_ROWS):
        with turn.workspace.writing() as db:
            confirming.confirm_writes(
                db,
                integration=turn.integration,
                job_id=turn.job.id,
                columns=turn.columns,
                first=start,
                last=min(start + CONFIRM_ROWS - 1, last),
                read=turn.readers,
            )


def _close_books(turn: Turn, attempt_id: str, rows: int, sent: Sent | None) -> None:
    is_second_pass = turn.claim.has_outcome
    gap = None
    if sent is not None and sent.compared_at is not None:
        gap = turn.desk.monotonic() - sent.compared_at
    with turn.workspace.writing() as db:
        now = turn.now(db)
        counts = ledger.settle_bulk(db, turn.claim, attempt_id, rows=rows, now=now)
        ending = attempts.Ending(
            Outcome.APPLIED if counts[Outcome.APPLIED] else Outcome.REJECTED,
            is_due=counts[Outcome.UNKNOWN] > 0,
            gap_s=gap,
            code=MISNAMED if counts[Outcome.UNKNOWN] else "",
        )
        attempts.end(db, attempt_id, ending, now=now)
        if counts[OPEN] or counts[Outcome.UNKNOWN]:
            turn.claim = remote_jobs.forget(db, turn.claim)
        else:
            turn.claim = remote_jobs.put_done(db, turn.claim)
        if is_second_pass and turn.integration is not None:
            applied = outbox.applied_by(db, turn.job.id, turn.claim.span, attempt_id)
            settling.confirm_rows(db, turn, applied)
        ledger.note_settled(db, turn.claim, counts, now=now)
    turn.took_outcome()
    with turn.workspace.writing() as db:
        settling.show_span(db, turn, now=turn.now(db))
    failpoint("8.settled")
