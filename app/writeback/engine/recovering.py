"""Find out what became of rows that were sent and not answered, before anything is sent again.

After the quiet period the rows are read back and judged by `RELIABILITY.md` §3.5. A batch whose owner
died with an intent that nobody saw the end of begins here, never with a send (I3).

Must not: send; guess. What cannot be read stays unknown, and in the end a person is needed.
"""

from collections import abc

from writeback.engine import comparing, settling
from writeback.engine.comparing import GONE, Held
from writeback.engine.turns import Turn
from writeback.errors import ConnectorError, RateLimitedError, SignInRequiredError
from writeback.model.canonical import UNSET, row_from_text, row_to_text
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Assurance, BatchState, Outcome
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Session
from writeback.store import attempts, ledger, outbox
from writeback.store.claims import later, release
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import OPEN, QueuedWrite
from writeback.transport.failpoints import failpoint

TOUCHED = "record.touched"
"""The old values stand, but somebody wrote the record since: perhaps we, and it was reversed."""
OTHER = "record.other_values"
READ_ROWS = 2_000


def note_unended(turn: Turn) -> bool:
    """Call unknown what a dead owner had in flight; gives whether there was any.

    Raises:
        LostClaimError: The batch was taken over.
    """
    with turn.workspace.reading() as db:
        unended = attempts.unended(db, turn.claim)
        rows = outbox.open_rows(db, turn.job.id, turn.claim.span, has_outcome=turn.claim.has_outcome)
    if not unended:
        return False
    with turn.workspace.writing() as db:
        now = turn.now(db)
        for attempt in unended:
            sent = [row for row in rows if attempt.holds(row.seq)]
            ended = [RowOutcome(row.seq, Outcome.UNKNOWN, settling.LOST) for row in sent]
            ledger.settle(db, turn.claim, ended, attempt_id=attempt.id, now=now, is_rest=False)
            attempts.end(
                db, attempt.id, outcome=Outcome.UNKNOWN, now=now, is_due=True, code=settling.LOST
            )
            settling.show(db, turn, sent, ended, now=now)
            ledger.note_settled(db, turn.claim, {Outcome.UNKNOWN: len(ended)}, now=now)
        settling.hand_to_check(db, turn, now=now)
    turn.is_over = True
    return True


def read_back(turn: Turn) -> None:
    """Read a batch's unknown rows and give each its verdict.

    Raises:
        SignInRequiredError: Nobody may read now.
        LostClaimError: The batch was taken over.
    """
    with turn.workspace.reading() as db:
        due = attempts.due(db, turn.claim)
    has_open = False
    while True:
        with turn.workspace.reading() as db:
            rows = outbox.rows_with(
                db, turn.job.id, turn.claim.span, outcome=Outcome.UNKNOWN, most=READ_ROWS
            )
        if not rows:
            break
        try:
            held = _look(turn, rows)
        except SignInRequiredError:
            raise
        except ConnectorError as error:
            _try_later(turn, error)
            return
        if held is None:  # the two looks differ: something is still at work
            _wait_again(turn)
            return
        has_open |= _give_verdicts(turn, rows, held)
    verdict = attempts.NOT_APPLIED if has_open else attempts.SETTLED
    with turn.workspace.writing() as db:
        attempts.judge(db, [attempt.id for attempt in due], verdict=verdict)
    failpoint("17.readback_after")
    if not has_open:
        settling.refresh_neighbours(turn)
    settling.conclude(turn)


def verdict_of(
    row: QueuedWrite,
    held: Held,
    *,
    kinds: abc.Sequence[AttributeType],
    same: abc.Callable[[AttributeType, Value, Value], bool],
    is_ours: bool,
) -> RowOutcome:
    """Judge one row by what was read back (`RELIABILITY.md` §3.5).

    Args:
        row: What was sent, with its base and pre-image.
        held: What the CRM holds now.
        kinds: Of the columns.
        same: `Session.same_value`.
        is_ours: The rule of every column that the row touches is *ours wins*.
    """
    if row.record_id not in held:
        return RowOutcome(row.seq, Outcome.REJECTED, GONE)
    version, theirs = held[row.record_id]
    olds, news = row_from_text(row.old, kinds), row_from_text(row.new, kinds)
    touched = [place for place, new in enumerate(news) if new is not UNSET]
    has_ours = all(_is(news[place], theirs[place], kinds[place], same) for place in touched)
    has_old = all(_is(olds[place], theirs[place], kinds[place], same) for place in touched)
    is_base = row.base is not None and version == row.base
    text = row_to_text(theirs)
    if is_base:
        # Nothing was written since the base, so we did not write either.
        return RowOutcome(row.seq, OPEN) if has_old else RowOutcome(row.seq, Outcome.CONFLICT, OTHER, theirs=text)
    if has_ours:
        return RowOutcome(row.seq, Outcome.APPLIED, version=version)
    if has_old and (is_ours or row.base is None):
        return RowOutcome(row.seq, OPEN)
    code = TOUCHED if has_old else OTHER
    return RowOutcome(row.seq, Outcome.CONFLICT, code, theirs=text)


def _is(
    ours: object, theirs: Value, kind: AttributeType, same: abc.Callable[[AttributeType, Value, Value], bool]
) -> bool:
    return ours is not UNSET and (ours == theirs or same(kind, ours, theirs))  # type: ignore[arg-type]  UNSET is ruled out


def _look(turn: Turn, rows: abc.Sequence[QueuedWrite]) -> Held | None:
    """Read the rows; where nobody checked the version twice, and both reads must agree."""
    first = _read(turn, rows)
    if turn.job.assurance is Assurance.A:
        return first
    turn.desk.rest(turn.desk.pace.second_look(is_simulator=turn.connection.is_simulator))
    turn.check()
    second = _read(turn, rows)
    return second if first == second else None


def _read(turn: Turn, rows: abc.Sequence[QueuedWrite]) -> Held:
    session: Session = turn.session
    with turn.workspace.writing() as db:
        ledger.add_calls(db, turn.job.id, 1)
    return comparing.read_held(
        session, turn.job.object, key=turn.description.key_field, rows=rows, fields=turn.fields
    )


def _give_verdicts(turn: Turn, rows: abc.Sequence[QueuedWrite], held: Held) -> bool:
    """Settle rows by their verdicts; gives whether any was not applied."""
    rules = comparing.rules_of(turn.job, turn.integration)
    is_ours = all(rule is ConflictRule.OURS for rule in rules)
    ended = [
        verdict_of(row, held, kinds=turn.kinds, same=turn.session.same_value, is_ours=is_ours) for row in rows
    ]
    failpoint("16.readback_before")
    with turn.workspace.writing() as db:
        now = turn.now(db)
        counts = ledger.settle(
            db, turn.claim, ended, attempt_id=None, now=now, is_rest=False, was_unknown=True
        )
        settling.confirm(db, turn, rows, ended)
        settling.show(db, turn, rows, ended, now=now)
        ledger.note_settled(db, turn.claim, counts, now=now)
    return counts[OPEN] > 0


def _try_later(turn: Turn, error: ConnectorError) -> None:
    """Leave rows unknown that cannot be read; after the last look a person is needed."""
    waits = turn.desk.pace.unreadable_s
    tries = turn.claim.tries
    with turn.workspace.writing() as db:
        now = turn.now(db)
        if isinstance(error, RateLimitedError):
            wait = error.after if error.after is not None else turn.desk.pace.second_look_s
            release(db, turn.claim, state=BatchState.CHECKING, not_before=later(now, wait))
        elif tries < len(waits):
            release(
                db,
                turn.claim,
                state=BatchState.CHECKING,
                not_before=later(now, waits[tries]),
                tries=tries + 1,
            )
        else:
            ledger.finish_batch(db, turn.claim, now=now)
        ledger.follow_job(db, turn.job.id, now=now)
    turn.is_over = True


def _wait_again(turn: Turn) -> None:
    with turn.workspace.writing() as db:
        settling.hand_to_check(db, turn, now=turn.now(db))
    turn.is_over = True
