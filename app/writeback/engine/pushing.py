"""Send one claimed batch by single calls or collections, and write down what became of it.

Order is the promise: compare, commit the intent, send once, settle. Nothing here sends the same row
again without an outcome for the try before.

Must not: cut batches, wait, read back (`recovering`).
"""

import hashlib
import time
from collections import abc
from dataclasses import dataclass, field, replace

from writeback.engine import (
    comparing,
    creating,
    drift_gate,
    projecting,
    refreshing,
    revisiting,
    settling,
    tracing,
)
from writeback.engine.comparing import Compared
from writeback.engine.gating import pass_gate
from writeback.engine.reaching import ChecksAlike
from writeback.engine.turns import Turn
from writeback.errors import (
    ConnectorError,
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    RefusedError,
    RetryableError,
    SignInRequiredError,
    WritebackError,
)
from writeback.model.canonical import Unset, row_from_text, wish
from writeback.model.jobs import Assurance, JobKind, Outcome, Result
from writeback.model.types import AttemptId, AttributeType
from writeback.planning.batching import halves
from writeback.sdk.connector import FieldWish, Prepared, Write, WriteRequest
from writeback.store import attempts, ledger, ordering, outbox
from writeback.store.claims import later
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import OPEN, QueuedWrite
from writeback.transport.failpoints import failpoint
from writeback.transport.recording import attempting

BAD_ROWS_MOST = 5
"""After so many rows that spoiled their request the rest goes one by one."""
ALIKE_LEAST = 10
"""So many rows of one version are worth a request of their own, where that lets the CRM check them."""
JUST_COMPARED_S = 1.0
"""So old may the read of a plan be to serve as the compare of a real-time edit."""


@dataclass(slots=True)
class _Push:
    """One batch on its way."""

    turn: Turn
    left: set[int]
    """Rows without an outcome."""
    changed: set[int] = field(default_factory=set)
    """Rows whose base was refreshed by the compare and is not committed yet."""
    compared: Compared | None = None
    compared_at: float | None = None
    disputed: tuple[RowOutcome, ...] = ()
    """Conflicts of the compare that are settled once the others are sent: their writers are read first."""
    bad_rows: int = 0
    assurance: Assurance = Assurance.B
    """Of the request that is being sent."""
    is_unknown: bool = False
    """Some row's outcome is unknown: nothing more of this batch is sent before the read-back."""


def push_batch(turn: Turn) -> None:
    """Send the open rows of a claimed batch once, and settle them.

    Raises:
        RetryableError: Nothing was processed; the rows stay queued.
        SignInRequiredError: Nothing was processed.
        GuardError: A gate is closed, or nobody wants it sent any more.
        LostClaimError: The batch was taken over.
    """
    pass_gate(turn)
    is_fresh = _was_just_compared(turn)
    if not is_fresh:
        revisiting.drop_vanished(turn)
    with turn.workspace.reading() as db:
        rows = outbox.open_rows(db, turn.job.id, turn.claim.span, has_outcome=turn.claim.has_outcome)
    push = _Push(turn, {row.seq for row in rows})
    sending = rows
    if rows and turn.job.assurance is not Assurance.C and not is_fresh:
        sending = _compare(push, rows)
    for push.assurance, some in _portions(turn, sending):
        _send(push, some)
    settling.settle_unsent(turn, rows, tracing.name_writers(turn, rows, push.disputed))
    started = time.thread_time()
    refreshing.refresh(turn)
    projecting.refresh_projections(turn)
    turn.desk.seen.read_back_s += time.thread_time() - started
    settling.conclude(turn)


def _was_just_compared(turn: Turn) -> bool:
    """Say whether the read of the plan serves as the compare: a real-time edit judged a moment ago.

    The CRM checks the version as it writes all the same. Saves one round trip of the three that an
    edit waits for (`PERFORMANCE.md` P5).
    """
    if turn.job.kind is not JobKind.REAL_TIME or turn.job.assurance is not Assurance.A:
        return False
    if not turn.job.planned_at or turn.job.unreached:  # judged against what was last read
        return False
    with turn.workspace.reading() as db:
        if ordering.has_any(db, turn.job.id):  # another job wrote to it since, or was about to
            return False
        return turn.now(db) < later(turn.job.planned_at, JUST_COMPARED_S)


def _compare(push: _Push, rows: abc.Sequence[QueuedWrite]) -> tuple[QueuedWrite, ...]:
    turn = push.turn
    makes = bool(turn.job.creates_by)
    looked = creating.look(turn, rows) if makes else comparing.look(turn, rows)
    push.compared_at = turn.desk.monotonic()
    failpoint("2.compared")
    if isinstance(looked, comparing.Looked):
        compared = comparing.compare(turn, rows, looked)
    else:
        compared = creating.compare(turn, rows, looked)
    ended = compared.ended
    if not makes and tracing.can_tell(turn):  # a read in between would widen the gap of assurance B
        push.disputed = tuple(row for row in ended if row.outcome == Outcome.CONFLICT)
        ended = tuple(row for row in ended if row.outcome != Outcome.CONFLICT)
    settling.settle_unsent(turn, rows, ended)
    push.left -= {row.seq for row in ended}
    push.compared = compared
    push.changed = {row.seq for row in compared.changed}
    return compared.send


def _portions(
    turn: Turn, rows: abc.Sequence[QueuedWrite]
) -> abc.Iterator[tuple[Assurance, abc.Sequence[QueuedWrite]]]:
    """Cut a batch where that lets the CRM check it: rows of one version, where one is checked a request.

    Only as many more requests as there are such groups of `ALIKE_LEAST` rows; the rest goes as it would.
    """
    session, most = turn.session, 0
    if turn.job.assurance is Assurance.B and isinstance(session, ChecksAlike):
        most = session.conditional_alike(turn.job.route.value)
    by_base: dict[str | None, list[QueuedWrite]] = {}
    for row in rows if most else ():
        by_base.setdefault(row.base, []).append(row)
    alike = [
        some
        for base, some in by_base.items()
        if base is not None and (len(some) >= ALIKE_LEAST or len(by_base) == 1)
    ]
    for some in alike:
        for start in range(0, len(some), most):
            yield Assurance.A, some[start : start + most]
    checked = {row.seq for some in alike for row in some}
    if rest := [row for row in rows if row.seq not in checked]:
        yield turn.job.assurance, rest


def _send(push: _Push, rows: abc.Sequence[QueuedWrite]) -> None:
    """Send some rows in one request; where it is refused for one row's sake, find that row."""
    turn = push.turn
    if push.is_unknown:
        return
    try:
        prepared = turn.session.prepare(_request(push, rows))
    except (ContractBrokenError, InvalidRequestError) as error:
        drift_gate.ask_again(turn, [error.code])
        _split(push, rows, error)
        return
    attempt_id = _commit_intent(push, rows, prepared)
    failpoint("4.intent")
    turn.check()
    try:
        with attempting(f"{turn.job.id}/{attempt_id}"):
            results = turn.session.write(prepared).results
    except (RetryableError, SignInRequiredError) as error:
        _end_unsent(push, rows, attempt_id, error)
        raise
    except InvalidRequestError as error:
        if len(rows) == 1:
            results = (Result(str(rows[0].seq), Outcome.REJECTED, error.code, _words(error)),)
        else:
            _end_unsent(push, rows, attempt_id, error, outcome=Outcome.REJECTED)
            drift_gate.ask_again(turn, [error.code])
            _split(push, rows, error)
            return
    except RefusedError as error:
        _end_unsent(push, rows, attempt_id, error, outcome=Outcome.REJECTED)
        raise
    except OutcomeUnknownError as error:
        results = tuple(Result(str(row.seq), Outcome.UNKNOWN, error.code) for row in rows)
    failpoint("7.answer_read")
    _settle(push, rows, results, attempt_id)
    failpoint("8.settled")
    refused = [result.code for result in results if result.outcome is Outcome.REJECTED]
    if push.left:
        drift_gate.ask_again(turn, refused)
    else:  # the batch is over: the next one's gate asks
        drift_gate.doubt(turn, refused)


def _request(push: _Push, rows: abc.Sequence[QueuedWrite]) -> WriteRequest:
    turn = push.turn
    kinds = turn.kinds
    return WriteRequest(
        turn.job.object,
        tuple(_write(turn, row, kinds) for row in rows),
        turn.job.route,
        is_conditional=push.assurance is Assurance.A and not turn.job.creates_by,
        automation=turn.job.automation,
        creates_by=turn.job.creates_by,
    )


def _write(turn: Turn, row: QueuedWrite, kinds: tuple[AttributeType, ...]) -> Write:
    key = turn.job.creates_by.casefold()
    olds, news = row_from_text(row.old, kinds), row_from_text(row.new, kinds)
    return Write(
        str(row.seq),
        row.record_id,
        row.base,
        tuple(
            FieldWish(column.field, column.kind, wish(new), None if isinstance(old, Unset) else old)
            for column, old, new in zip(turn.columns, olds, news, strict=True)
            if not isinstance(new, Unset) and column.field.casefold() != key  # that stands for the id
        ),
    )


def _commit_intent(push: _Push, rows: abc.Sequence[QueuedWrite], prepared: Prepared) -> str:
    """Commit what is about to be sent, durably, before the first byte leaves (I1)."""
    turn = push.turn
    sent = {row.seq for row in rows}
    first, last = min(sent), max(sent)
    attempt_id = AttemptId(turn.workspace.new_id())
    refreshed = [row for row in rows if row.seq in push.changed]
    failpoint("3.before_intent")
    with turn.workspace.writing() as db:
        between = outbox.numbers(db, turn.job.id, (first, last))
        intent = attempts.Intent(
            id=attempt_id,
            first=first,
            last=last,
            excluded=[seq for seq in between if seq not in sent],
            rows=len(rows),
            org_id=turn.job.org_id,
            route=turn.job.route,
            assurance=push.assurance,
            payload_hash=hashlib.sha256(prepared.body).hexdigest(),
        )
        now = turn.now(db)
        if push.compared is not None:
            settling.keep_compared(db, turn, push.compared, of=refreshed, now=now)
        attempts.record(db, turn.claim, intent, now=now)
        ledger.add_calls(db, turn.job.id, turn.take_calls() + 1)
        settling.show(db, turn, rows, [RowOutcome(row.seq, "sent") for row in rows], now=now)
    push.changed -= {row.seq for row in refreshed}
    return attempt_id


def _settle(
    push: _Push, rows: abc.Sequence[QueuedWrite], results: abc.Iterable[Result], attempt_id: str
) -> None:
    turn = push.turn
    ended = settling.rows_of_results(rows, results, may_again=settling.may_again(turn))
    ended = _explain_conflicts(turn, rows, ended)
    gap = None
    if push.compared_at is not None and push.assurance is Assurance.B:
        gap = turn.desk.monotonic() - push.compared_at
    is_rest = push.left == {row.seq for row in rows}
    settling.settle_sent(turn, rows, ended, attempt_id=attempt_id, is_rest=is_rest, gap_s=gap)
    push.left -= {row.seq for row in ended if row.outcome != OPEN}
    push.is_unknown = any(row.outcome == Outcome.UNKNOWN for row in ended)


def _explain_conflicts(
    turn: Turn, rows: abc.Sequence[QueuedWrite], ended: list[RowOutcome]
) -> list[RowOutcome]:
    """Read what the CRM holds where it refused a version; somebody may have edited another field only."""
    disputed = {row.seq for row in ended if row.outcome == Outcome.CONFLICT}
    if not disputed:
        return ended
    asked = [row for row in rows if row.seq in disputed]
    if turn.job.creates_by:
        return _explain_existing(turn, asked, ended)
    try:
        compared = comparing.compare(turn, asked, comparing.look(turn, asked))
    except ConnectorError:
        return ended  # refused it is; what stands there can be read later
    judged = {row.seq: row for row in compared.ended}
    if settling.may_again(turn):
        judged |= {row.seq: RowOutcome(row.seq, OPEN) for row in compared.send}
    told = [_explained(row, judged.get(row.seq)) if row.seq in disputed else row for row in ended]
    return list(tracing.name_writers(turn, asked, told))


def _explain_existing(
    turn: Turn, asked: abc.Sequence[QueuedWrite], ended: list[RowOutcome]
) -> list[RowOutcome]:
    """Read the records that were there already when they were to be made."""
    try:
        found = creating.explained(turn, asked, creating.look(turn, asked))
    except ConnectorError:
        return ended  # not made it is; what stands there can be read later
    return [found.get(row.seq, row) for row in ended]


def _explained(row: RowOutcome, judged: RowOutcome | None) -> RowOutcome:
    if judged is None:
        return row
    if judged.outcome == Outcome.CONFLICT:
        return replace(row, theirs=judged.theirs, fields=judged.fields or row.fields)
    return judged


def _end_unsent(
    push: _Push,
    rows: abc.Sequence[QueuedWrite],
    attempt_id: str,
    error: WritebackError,
    *,
    outcome: Outcome = Outcome.CANCELLED,
) -> None:
    """Write down that a try was not processed: its rows stay open, their values are queued again."""
    turn = push.turn
    ending = attempts.Ending(outcome, code=error.code, message=_words(error))
    with turn.workspace.writing() as db:
        now = turn.now(db)
        attempts.end(db, attempt_id, ending, now=now)
        settling.show(db, turn, rows, [RowOutcome(row.seq, OPEN) for row in rows], now=now)


def _split(push: _Push, rows: abc.Sequence[QueuedWrite], error: WritebackError) -> None:
    """Halve a refused request until the row it was refused for stands alone."""
    turn = push.turn
    if len(rows) == 1:
        push.bad_rows += 1
        ended = [RowOutcome(rows[0].seq, Outcome.REJECTED, error.code, _words(error))]
        settling.settle_unsent(turn, rows, ended)
        push.left.discard(rows[0].seq)
        return
    by_seq = {row.seq: row for row in rows}
    if push.bad_rows >= BAD_ROWS_MOST:
        for row in rows:
            _send(push, (row,))
        return
    for half in halves([row.seq for row in rows]):
        _send(push, [by_seq[seq] for seq in half])


def _words(error: WritebackError) -> str:
    return str(error.facts.get("message", ""))
