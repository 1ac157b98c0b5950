"""Send one claimed batch as an asynchronous upload, step by step, each step a commit.

compare → token → create → remote id → intent → upload → uploaded → close → closed → poll → results →
settled. Whoever takes over continues where the last commit says; an upload that was not closed wrote
nothing and is called off, never sent on. Where the CRM cannot tell whether an upload was closed (its
job starts by being created, and nobody lists it), the rows are unknown and are read back. No object is
built for a row on the way out, and ids come back as a count and a sum of hashes.

Must not: read back (`recovering`), cut batches beforehand.
"""

import hashlib
from collections import abc
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NamedTuple

from writeback.engine import accounting, comparing, projecting, refreshing, revisiting, settling, tracing
from writeback.engine.gating import pass_gate
from writeback.engine.pacing import AGAIN_MOST
from writeback.engine.prefetching import ahead
from writeback.engine.turns import Turn, log
from writeback.errors import (
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    RefusedError,
    RetryableError,
)
from writeback.model.jobs import Assurance, BatchState, JobState, Outcome, RemoteState
from writeback.model.types import AttemptId
from writeback.sdk.capabilities import BulkEncoder, RemoteJob, WritesInBulk
from writeback.sdk.encoders import EncodesLines
from writeback.store import attempts, ledger, moments, outbox, remote_jobs
from writeback.store.claims import release
from writeback.store.outbox import OPEN
from writeback.store.remote_jobs import Stage
from writeback.transport.failpoints import failpoint

CHUNK_ROWS: Final = 50_000
CHUNK_BYTES: Final = 1 << 19
FIRST_ROWS: Final = 1_000
COMPARE_ROWS: Final = 2_000
ABANDONED: Final = "bulk.abandoned_unclosed"
_UNSTARTED: Final = frozenset({RemoteState.ABORTED, RemoteState.GONE})
_ENDED: Final = (RemoteState.COMPLETE, RemoteState.FAILED, RemoteState.ABORTED)


@dataclass(slots=True)
class _Upload:
    """What left so far."""

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    sent: accounting.Tally = field(default_factory=accounting.Tally)
    size: int = 0
    last: int = 0
    """Number of the last row that left, or was passed over."""


def push_upload(turn: Turn) -> None:
    """Take a batch as far as it goes now: to its results, or to the next wait.

    Raises:
        RetryableError: The CRM asks to wait; the batch stays where it is.
        SignInRequiredError: The sign-in ended.
        GuardError: A gate is closed, or nobody wants it sent any more.
        LostClaimError: The batch was taken over.
    """
    session = turn.session
    if not isinstance(session, WritesInBulk):
        raise ContractBrokenError("bulk.not_able", connector=turn.connection.connector)
    stage = turn.claim.remote_state
    if stage == Stage.UPLOADING:
        _abandon(turn, session)
        return
    if stage == Stage.DONE:
        refreshing.refresh(turn)
        projecting.refresh_projections(turn)
        settling.conclude(turn)
        return
    sent = None
    if stage in (None, Stage.CREATED):
        sent = _upload(turn, session)
        if sent is None:
            return
    if turn.claim.remote_state == Stage.UPLOADED and not _close(turn, session, is_fresh=sent is not None):
        return
    if _wait_for_end(turn, session):
        accounting.settle_results(turn, session, sent)


def _upload(turn: Turn, session: WritesInBulk) -> accounting.Sent | None:
    """Compare, create, upload. None when the batch ended or was given back on the way."""
    pass_gate(turn)
    revisiting.drop_vanished(turn)
    compared_at = None
    if turn.job.assurance is not Assurance.C:
        _compare(turn)
        compared_at = turn.desk.monotonic()
    rows = _count(turn)
    if not rows:
        if turn.claim.remote_id is not None:
            session.bulk_abort(turn.claim.remote_id)
        settling.conclude(turn)
        return None
    if turn.claim.remote_id is None:
        _create(turn, session)
    attempt_id = _commit_intent(turn, rows)
    failpoint("4.intent")
    turn.check()
    upload = _Upload(last=turn.claim.first - 1)
    try:
        remote_id = session.bulk_upload(_remote(turn), _chunks(turn, session, upload))
    except (OutcomeUnknownError, RetryableError, InvalidRequestError) as error:
        log.warning("upload of job %s batch %s broke off: %s", turn.job.id, turn.claim.no, error)
        _abandon(turn, session)
        return None
    with turn.workspace.writing() as db:
        told = remote_jobs.Uploaded(
            remote_id or _remote(turn),
            last=max(upload.last, turn.claim.first),
            rows=upload.sent.rows,
            payload_hash=upload.digest.hexdigest(),
        )
        turn.claim = remote_jobs.put_uploaded(db, turn.claim, attempt_id, told)
        ledger.add_calls(db, turn.job.id, turn.take_calls() + 2)
    failpoint("13.bulk_uploaded")
    return accounting.Sent(attempt_id, upload.sent, compared_at)


def _compare(turn: Turn) -> None:
    """Hold the batch's rows against the CRM, a piece at a time; those that changed end here."""
    first, last = turn.claim.span
    for start in range(first, last + 1, COMPARE_ROWS):
        span = start, min(start + COMPARE_ROWS - 1, last)
        with turn.workspace.reading() as db:
            rows = outbox.open_rows(db, turn.job.id, span, has_outcome=turn.claim.has_outcome)
        if not rows:
            continue
        turn.check()
        looked = comparing.look(turn, rows)
        failpoint("2.compared")
        compared = comparing.compare(turn, rows, looked)
        settling.settle_unsent(turn, rows, tracing.name_writers(turn, rows, compared.ended))
        with turn.workspace.writing() as db:
            settling.keep_compared(db, turn, compared, of=compared.changed, now=turn.now(db))


def _count(turn: Turn) -> int:
    span, has_outcome = turn.claim.span, turn.claim.has_outcome
    with turn.workspace.reading() as db:
        if not has_outcome and not outbox.has_exceptions(db, turn.job.id, span):
            return turn.claim.rows
        return outbox.count_open(db, turn.job.id, span, has_outcome=has_outcome)


def _create(turn: Turn, session: WritesInBulk) -> None:
    """Open a remote job. The token says that one may exist before its id is known."""
    if turn.claim.bulk_token_at is not None:
        _note_orphans(turn, session, turn.claim.bulk_token_at)
    with turn.workspace.writing() as db:
        turn.claim = remote_jobs.put_token(db, turn.claim, now=turn.now(db))
    failpoint("9.bulk_token")
    turn.check()
    try:
        more = {"automation": turn.job.automation} if turn.job.automation else {}
        remote = session.bulk_create(turn.job.object, turn.columns, **more)
    except OutcomeUnknownError as error:  # the token stays: the next try looks for a leftover first
        raise RetryableError("bulk.create_unanswered", cause=error.code) from None
    failpoint("10.bulk_created")
    with turn.workspace.writing() as db:
        turn.claim = remote_jobs.put_remote(db, turn.claim, remote.id)
        ledger.add_calls(db, turn.job.id, turn.take_calls() + 1)
    failpoint("11.bulk_remote_id")


def _note_orphans(turn: Turn, session: WritesInBulk, since: str) -> None:
    """Tell of open jobs that may be ours from a lost create answer. They change nothing: leave them."""
    started = moments.from_text(since) - timedelta(seconds=60)
    found = [
        job
        for job in session.bulk_list(turn.job.object, since=started)
        if job.state is RemoteState.OPEN and not job.processed
    ]
    if found:
        with turn.workspace.writing() as db:
            accounting.note_orphans(db, turn, [job.id for job in found])


def _commit_intent(turn: Turn, rows: int) -> str:
    attempt_id = AttemptId(turn.workspace.new_id())
    span, has_outcome = turn.claim.span, turn.claim.has_outcome
    failpoint("3.before_intent")
    with turn.workspace.writing() as db:
        intent = attempts.Intent(
            id=attempt_id,
            first=turn.claim.first,
            last=turn.claim.last,
            excluded=()
            if rows == turn.claim.rows
            else outbox.not_open(db, turn.job.id, span, has_outcome=has_outcome),
            rows=rows,
            org_id=turn.job.org_id,
            route=turn.job.route,
            assurance=turn.job.assurance,
        )
        turn.claim = remote_jobs.put_intent(db, turn.claim, intent, now=turn.now(db))
        settling.show_open(db, turn, outcome="sent", now=turn.now(db))
    return attempt_id


def _chunks(turn: Turn, session: WritesInBulk, upload: _Upload) -> abc.Iterator[bytes]:
    """Render the batch until it ends or the part is full; a chunk that does not fit is asked for smaller."""
    encoder: BulkEncoder = session.bulk_encoder(turn.columns)
    most_bytes, most_rows = session.bulk_part_bytes(), CHUNK_ROWS
    yield _counted(upload, encoder.header())
    while most_rows:
        pieces = _pieces(turn, after=upload.last, most_rows=most_rows)
        most_rows = 0
        for piece in ahead(pieces):
            data = _render(encoder, piece.lines) if piece.lines.ids else b""
            if upload.size + len(data) > most_bytes:
                most_rows = piece.span_rows // 2
                break
            upload.sent.add(piece.lines.ids)
            upload.last = piece.last
            if data:
                turn.check()
                yield _counted(upload, data)
                failpoint("12.bulk_mid_upload")
    if not upload.sent.rows:
        raise ContractBrokenError("bulk.row_too_long", job=turn.job.id, most=most_bytes)


class _Piece(NamedTuple):
    """Some numbers of the batch, and the rows of them that are sent."""

    last: int
    span_rows: int
    lines: outbox.BulkLines


def _pieces(turn: Turn, *, after: int, most_rows: int) -> abc.Iterator[_Piece]:
    """Read the batch piece by piece. The first is small: it tells how many rows make a good piece."""
    job_id, last, has_outcome = turn.job.id, turn.claim.last, turn.claim.has_outcome
    rows = min(most_rows, FIRST_ROWS)
    with turn.workspace.reading() as db:
        is_plain = not has_outcome and not outbox.has_exceptions(db, job_id, turn.claim.span)
    while after < last:
        span = after + 1, min(after + rows, last)
        with turn.workspace.reading() as db:
            lines = outbox.bulk_lines(db, job_id, span, is_plain=is_plain, has_outcome=has_outcome)
        yield _Piece(span[1], span[1] - after, lines)
        after = span[1]
        if lines.ids:
            rows = max(1, min(most_rows, CHUNK_BYTES * rows // (len(lines.rows) + 1)))


def _render(encoder: BulkEncoder, lines: outbox.BulkLines) -> bytes:
    if isinstance(encoder, EncodesLines):
        return encoder.encode_lines(lines.ids, lines.rows)
    return encoder.encode(list(zip(lines.ids, lines.rows.decode().split("\n"), strict=True)))


def _counted(upload: _Upload, data: bytes) -> bytes:
    upload.digest.update(data)
    upload.size += len(data)
    return data


def _abandon(turn: Turn, session: WritesInBulk, *, unstarted: abc.Set[RemoteState] = _UNSTARTED) -> None:
    """Call off an upload that was not closed; only once that is confirmed may the rows go again."""
    remote = session.bulk_poll(_remote(turn))
    if remote.state is RemoteState.OPEN:
        session.bulk_abort(remote.id)
        remote = session.bulk_poll(remote.id)
    if remote.state not in unstarted:
        # Nobody but us closes our job: then results decide what was written.
        log.warning("remote job %s was not left open: %s", remote.id, remote.state)
        with turn.workspace.writing() as db:
            turn.claim = remote_jobs.put_closed(db, turn.claim, remote.id)
            release(db, turn.claim, state=BatchState.SENT)
        turn.is_over = True
        return
    with turn.workspace.writing() as db:
        now = turn.now(db)
        for attempt in attempts.unended(db, turn.claim):
            attempts.end(db, attempt.id, attempts.Ending(Outcome.UNKNOWN, code=ABANDONED), now=now)
            attempts.judge(db, [attempt.id], verdict=attempts.NOT_APPLIED)
        turn.claim = remote_jobs.forget(db, turn.claim)
        settling.show_open(db, turn, outcome=OPEN, now=now)
        ledger.add_calls(db, turn.job.id, turn.take_calls() + 2)
    if turn.claim.tries >= AGAIN_MOST:
        raise RefusedError("bulk.upload_failed", job=turn.job.id, tries=turn.claim.tries)
    settling.conclude(turn)


def _close(turn: Turn, session: WritesInBulk, *, is_fresh: bool) -> bool:
    """Say that the upload is complete; from here on the CRM writes. False when it ended here."""
    stands = RemoteState.OPEN if is_fresh else session.bulk_poll(_remote(turn)).state
    if stands is RemoteState.UNTOLD:
        accounting.call_unknown(turn, code=accounting.UNTOLD)
        return False
    if turn.job_state() is JobState.CANCELLING:
        # This very process knows that its own upload was never closed, even where the CRM cannot tell.
        _abandon(turn, session, unstarted=_UNSTARTED | {RemoteState.UNTOLD} if is_fresh else _UNSTARTED)
        return False
    remote_id = _remote(turn)
    if stands is RemoteState.OPEN:
        if not is_fresh:
            pass_gate(turn)
        turn.check()
        try:
            remote_id = session.bulk_close(remote_id).id
        except OutcomeUnknownError:
            stands = session.bulk_poll(remote_id).state
            if stands is RemoteState.UNTOLD:
                accounting.call_unknown(turn, code=accounting.UNTOLD)
                return False
            if stands is RemoteState.OPEN:
                raise RetryableError("bulk.close_unanswered") from None
    with turn.workspace.writing() as db:
        turn.claim = remote_jobs.put_closed(db, turn.claim, remote_id)
        ledger.add_calls(db, turn.job.id, turn.take_calls() + 2)
    failpoint("14.bulk_closed")
    return True


def _wait_for_end(turn: Turn, session: WritesInBulk) -> bool:
    """Look until the remote job has ended. False when the process ends first, or the job is gone."""
    is_called_off = False
    looks = 0
    for pause in turn.desk.pace.looks():
        turn.check()
        looks += 1
        remote = _peek(session, _remote(turn))
        if remote is not None and remote.state in _ENDED:
            with turn.workspace.writing() as db:
                ledger.add_calls(db, turn.job.id, looks)
            return True
        if remote is not None and remote.state is RemoteState.GONE:
            accounting.call_unknown(turn, code=accounting.GONE)
            return False
        if not is_called_off and turn.job_state() is JobState.CANCELLING:
            is_called_off = _call_off(session, _remote(turn))
            continue
        if turn.desk.stopping.is_set():
            break
        turn.desk.rest(pause)
    with turn.workspace.writing() as db:
        release(db, turn.claim, state=BatchState.SENT)
    turn.is_over = True
    return False


def _peek(session: WritesInBulk, remote_id: str) -> RemoteJob | None:
    """Ask how the remote job stands; None when nobody answers now, the next look may be luckier."""
    try:
        return session.bulk_poll(remote_id)
    except RetryableError as error:
        log.info("remote job %s did not answer: %s", remote_id, error)
        return None


def _call_off(session: WritesInBulk, remote_id: str) -> bool:
    """Abort a running job; one that has just ended cannot be, and its results tell."""
    try:
        session.bulk_abort(remote_id)
    except (RefusedError, OutcomeUnknownError) as error:
        log.info("remote job %s could not be called off: %s", remote_id, error)
    except RetryableError:
        return False
    return True


def _remote(turn: Turn) -> str:
    if turn.claim.remote_id is None:
        raise ContractBrokenError("bulk.no_remote_id", job=turn.job.id, batch=turn.claim.no)
    return turn.claim.remote_id
