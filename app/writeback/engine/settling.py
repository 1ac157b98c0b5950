"""Write down what became of a batch's rows, and let batch, job and values follow.

Outcomes, confirmed values, totals, journal and audit stand in one commit, guarded by the fence. A row
without a result, or with two, is unknown: it was sent, so silence proves nothing.

Must not: send, decide when something is tried again.
"""

import json
from collections import Counter, abc

from writeback.engine import projecting
from writeback.engine.comparing import Compared
from writeback.engine.pacing import AGAIN_MOST, backoff
from writeback.engine.turns import Turn
from writeback.model.canonical import Unset, row_from_text
from writeback.model.histories import HistoryKind
from writeback.model.jobs import BatchState, JobState, Outcome, Result
from writeback.model.types import Value
from writeback.store import attempts, confirming, ledger, outbox, value_states
from writeback.store.claims import later, release
from writeback.store.ledger import RowOutcome
from writeback.store.noting import Told
from writeback.store.outbox import OPEN, QueuedWrite
from writeback.store.workspace import Db

UNANSWERED = "outcome.not_in_answer"
ANSWERED_TWICE = "outcome.answered_twice"
LOST = "outcome.no_answer"
GIVEN_UP = "outcome.not_processed"


def rows_of_results(
    rows: abc.Sequence[QueuedWrite], results: abc.Iterable[Result], *, may_again: bool
) -> list[RowOutcome]:
    """Join results to rows by our own key, never by position."""
    told: dict[str, list[Result]] = {}
    for result in results:
        told.setdefault(result.key, []).append(result)
    return [_row_of(row, told.get(str(row.seq), []), may_again=may_again) for row in rows]


def _row_of(row: QueuedWrite, found: list[Result], *, may_again: bool) -> RowOutcome:
    if len(found) != 1:
        return RowOutcome(row.seq, Outcome.UNKNOWN, ANSWERED_TWICE if found else UNANSWERED)
    result = found[0]
    if result.again:
        outcome = OPEN if may_again else Outcome.REJECTED
        return RowOutcome(row.seq, outcome, result.code, result.message, result.fields)
    return RowOutcome(
        row.seq,
        result.outcome,
        result.code,
        result.message,
        result.fields,
        version=result.version,
        record_id=result.record_id if result.outcome is Outcome.APPLIED else "",
    )


def settle_sent(
    turn: Turn,
    rows: abc.Sequence[QueuedWrite],
    ended: abc.Sequence[RowOutcome],
    *,
    attempt_id: str,
    is_rest: bool,
    gap_s: float | None,
) -> None:
    """Settle rows that were sent, in one commit; the batch too, when nothing is left to do.

    Raises:
        LostClaimError: The batch was taken over; its new owner reads back.
    """
    counts = Counter(row.outcome for row in ended)
    unknown = counts[Outcome.UNKNOWN]
    first = next((row for row in ended if row.outcome == Outcome.UNKNOWN), None)
    is_read = bool(turn.homes or turn.job.root or turn.job.creates_by)
    reads_back = is_read and counts[Outcome.APPLIED] > 0
    is_over = is_rest and not unknown and not counts[OPEN] and not reads_back
    with turn.workspace.writing() as db:
        now = turn.now(db)
        ledger.settle(db, turn.claim, ended, attempt_id=attempt_id, now=now, is_rest=is_rest)
        ledger.add_calls(db, turn.job.id, turn.take_calls())
        ending = attempts.Ending(
            _attempt_outcome(counts), is_due=unknown > 0, gap_s=gap_s, code=first.code if first else ""
        )
        attempts.end(db, attempt_id, ending, now=now)
        confirm(db, turn, rows, ended)
        show(db, turn, rows, ended, now=now)
        ledger.note_settled(db, turn.claim, counts, now=now)
        if is_over:
            ledger.finish_batch(db, turn.claim, now=now)
    turn.is_over = is_over
    turn.answered |= {
        row.seq: row.version for row in ended if row.outcome == Outcome.APPLIED and row.version is not None
    }
    if is_rest and counts[Outcome.APPLIED]:
        turn.took_outcome()


def settle_unsent(turn: Turn, rows: abc.Sequence[QueuedWrite], ended: abc.Sequence[RowOutcome]) -> None:
    """Settle rows that end without being sent: the compare, or a cancel, decided.

    Raises:
        LostClaimError: The batch was taken over.
    """
    if not ended:
        return
    with turn.workspace.writing() as db:
        now = turn.now(db)
        counts = ledger.settle(db, turn.claim, ended, attempt_id=None, now=now, is_rest=False)
        confirm_already(db, turn, rows, ended, now=now)
        show(db, turn, rows, ended, now=now)
        ledger.note_settled(db, turn.claim, counts, now=now)


def keep_compared(db: Db, turn: Turn, compared: Compared, *, of: abc.Sequence[QueuedWrite], now: str) -> None:
    """Keep what the compare made of some rows before they are sent; what it dropped of them is settled."""
    outbox.refresh_bases(db, turn.job.id, of, kept=compared.kept)
    mine = {row.seq for row in of}
    for row, ended in compared.dropped:
        if row.seq in mine:
            show(db, turn, (row,), (ended,), now=now)


def confirm(db: Db, turn: Turn, rows: abc.Iterable[QueuedWrite], ended: abc.Iterable[RowOutcome]) -> None:
    """Take written values for confirmed ones: the CRM said so (I5).

    Of rows that were changed there since, `theirs` says what the CRM holds now: that is confirmed.
    """
    applied = {row.seq: row for row in ended if row.outcome == Outcome.APPLIED}
    if turn.job.root:
        projecting.confirm_sources(db, turn, [row for row in rows if row.seq in applied], applied)
        return
    written = [row for row in rows if row.seq in applied]
    confirm_rows(db, turn, [row for row in written if applied[row.seq].theirs is None])
    changed = [row for row in written if applied[row.seq].theirs is not None]
    if turn.integration is None or not changed:
        return
    told = [
        (row.record_id, applied[row.seq].version, _held_of(turn, row, applied[row.seq])) for row in changed
    ]
    why = Told(HistoryKind.READ_BACK, turn.now(db), turn.job.id)
    confirming.confirm_values(db, integration=turn.integration, values=told, told=why, read=turn.readers)


def confirm_already(
    db: Db, turn: Turn, rows: abc.Iterable[QueuedWrite], ended: abc.Iterable[RowOutcome], *, now: str
) -> None:
    """Take for confirmed what the compare found to be so already, for jobs that are told value by value."""
    if not turn.is_tracked:
        return
    unchanged = {row.seq for row in ended if row.outcome == Outcome.UNCHANGED}
    why = Told(HistoryKind.READ_BACK, now, turn.job.id)
    confirm_rows(db, turn, [row for row in rows if row.seq in unchanged], told=why)


def _held_of(turn: Turn, row: QueuedWrite, ended: RowOutcome) -> dict[str, Value]:
    """Give what the CRM holds in the fields that a row touched."""
    pairs = zip(
        turn.columns,
        row_from_text(row.new, turn.kinds),
        row_from_text(ended.theirs or "[]", turn.kinds),
        strict=True,
    )
    return {
        column.field: now
        for column, new, now in pairs
        if not isinstance(new, Unset) and not isinstance(now, Unset)
    }


def confirm_rows(db: Db, turn: Turn, applied: abc.Iterable[QueuedWrite], *, told: Told | None = None) -> None:
    """Take the written values of applied rows for confirmed ones; `told`: they were only read there."""
    if turn.integration is None or turn.job.root:
        return
    held: list[confirming.Confirmed] = []
    kinds = turn.kinds
    for row in applied:
        news = zip(turn.columns, row_from_text(row.new, kinds), strict=True)
        values: dict[str, Value] = {column.field: new for column, new in news if not isinstance(new, Unset)}
        held.append((row.record_id, None, values))
    if held:
        is_written = told is None
        confirming.confirm_values(
            db,
            integration=turn.integration,
            values=held,
            is_written=is_written,
            told=told,
            read=turn.readers,
        )


def show(
    db: Db, turn: Turn, rows: abc.Iterable[QueuedWrite], ended: abc.Iterable[RowOutcome], *, now: str
) -> None:
    """Keep how the values of single edits stand, where they are kept."""
    if not turn.is_tracked:
        return
    by_seq = {row.seq: row for row in rows}
    value_states.put(
        db,
        turn.job.id,
        [
            value_states.Standing(
                by_seq[row.seq].rid,
                row.outcome,
                by_seq[row.seq].new,
                row.theirs,
                row.code,
                row.message,
                seq=row.seq,
                fields=row.fields if row.outcome == Outcome.CONFLICT else (),
            )
            for row in ended
        ],
        at=now,
    )


def show_open(db: Db, turn: Turn, *, outcome: str, now: str) -> None:
    """Show all open rows of an upload as this, where the values of single edits are kept."""
    if turn.is_tracked:
        rows = outbox.open_rows(db, turn.job.id, turn.claim.span, has_outcome=turn.claim.has_outcome)
        show(db, turn, rows, [RowOutcome(row.seq, outcome) for row in rows], now=now)


def show_span(db: Db, turn: Turn, *, now: str) -> None:
    """Show how all rows of a settled upload stand, where the values of single edits are kept."""
    if turn.is_tracked:
        found = outbox.outcomes_of(db, turn.job.id, turn.claim.span)
        ended = [RowOutcome(row.seq, outcome, code, message) for row, outcome, code, message in found]
        show(db, turn, [row for row, *_ in found], ended, now=now)


def conclude(turn: Turn) -> None:
    """Give the batch back as it now stands: settled, to be sent again, or to be read back.

    Raises:
        LostClaimError: The batch was taken over.
    """
    if turn.is_over:
        return
    with turn.workspace.reading() as db:
        left = outbox.count_open(db, turn.job.id, turn.claim.span, has_outcome=turn.claim.has_outcome)
        is_due = bool(attempts.due(db, turn.claim))
        state = outbox.state_of(db, turn.job.id)
    with turn.workspace.writing() as db:
        now = turn.now(db)
        ledger.add_calls(db, turn.job.id, turn.take_calls())
        if is_due:
            hand_to_check(db, turn, now=now)
        elif left and state is JobState.CANCELLING:
            cancel_open(db, turn, now=now)
            ledger.finish_batch(db, turn.claim, now=now)
        elif left:
            wait = backoff(turn.claim.tries, first_s=turn.desk.pace.again_s, rng=turn.desk.rng)
            release(
                db,
                turn.claim,
                state=BatchState.QUEUED,
                not_before=later(now, wait),
                tries=turn.claim.tries + 1,
            )
            ledger.follow_job(db, turn.job.id, now=now)
        else:
            ledger.finish_batch(db, turn.claim, now=now)
    turn.is_over = True


def hand_to_check(db: Db, turn: Turn, *, now: str) -> None:
    """Leave the batch alone for the quiet period; then somebody reads back (I3)."""
    manifest = turn.desk.sessions.manifest(turn.connection.connector)
    quiet = turn.desk.pace.quiet(manifest, is_simulator=turn.connection.is_simulator)
    release(db, turn.claim, state=BatchState.CHECKING, not_before=later(now, quiet), tries=0)
    ledger.follow_job(db, turn.job.id, now=now)


def cancel_open(db: Db, turn: Turn, *, now: str, code: str = "") -> None:
    """Give up what was not sent."""
    ledger.mark_span(db, turn.claim, turn.claim.span, outcome=Outcome.CANCELLED, now=now, code=code)
    if turn.is_tracked:
        gone = outbox.rows_with(db, turn.job.id, turn.claim.span, outcome=Outcome.CANCELLED)
        value_states.put(
            db,
            turn.job.id,
            [value_states.Standing(row.rid, Outcome.CANCELLED, row.new, seq=row.seq) for row in gone],
            at=now,
        )


def may_again(turn: Turn) -> bool:
    """Say whether rows that were not processed may be handed back once more."""
    return turn.claim.tries < AGAIN_MOST


def fields_text(fields: abc.Sequence[str]) -> str:
    """Give the JSON of field names."""
    return json.dumps(list(fields), ensure_ascii=False) if fields else "[]"


def _attempt_outcome(counts: abc.Mapping[str, int]) -> Outcome:
    """Give the outcome that most rows of a try had; its exceptions have rows of their own."""
    known = {outcome: counts.get(outcome, 0) for outcome in Outcome}
    best = max(known, key=lambda outcome: known[outcome])
    return best if known[best] else Outcome.CANCELLED
