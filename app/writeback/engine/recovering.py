"""Find out what became of rows that were sent and not answered, before anything is sent again.

After the quiet period the rows are read back and judged by `RELIABILITY.md` §3.5. A batch whose owner
died with an intent that nobody saw the end of begins here, never with a send (I3).

Must not: send; guess. What cannot be read stays unknown, and in the end a person is needed.
"""

from collections import abc
from dataclasses import dataclass, field, replace

from writeback.engine import comparing, creating, own_writes, projecting, refreshing, settling, tracing
from writeback.engine.comparing import GONE, OVERTAKEN, Held
from writeback.engine.tracing import Histories, Trace
from writeback.engine.turns import Turn, log
from writeback.errors import ConnectorError, RateLimitedError, RefusedError, SignInRequiredError
from writeback.model.canonical import Unset, row_from_text, row_to_text
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Assurance, BatchState, Column, Outcome
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import ValueWritten
from writeback.store import attempts, ledger, outbox
from writeback.store.claims import hold, later, release
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import OPEN, QueuedWrite
from writeback.transport.failpoints import failpoint

TOUCHED = "record.touched"
"""The old values stand, but somebody wrote the record since: perhaps we, and it was reversed."""
OTHER = "record.other_values"
CHANGED_SINCE = "record.changed_since"
"""Our values were written, and somebody wrote others afterwards."""
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
            ending = attempts.Ending(Outcome.UNKNOWN, is_due=True, code=settling.LOST)
            attempts.end(db, attempt.id, ending, now=now)
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
    while True:
        with turn.workspace.reading() as db:
            rows = outbox.rows_with(db, turn.job.id, turn.claim.span, outcome=Outcome.UNKNOWN, most=READ_ROWS)
        if not rows:
            break
        try:
            ended = _judged(turn, rows)
        except SignInRequiredError:
            raise
        except ConnectorError as error:
            _try_later(turn, error)
            return
        if ended is None:  # the two looks differ: something is still at work
            _wait_again(turn)
            return
        _give_verdicts(turn, rows, ended)
    with turn.workspace.writing() as db:
        hold(db, turn.claim)
        has_open = bool(outbox.rows_with(db, turn.job.id, turn.claim.span, outcome=OPEN, most=1))
        verdict = attempts.NOT_APPLIED if has_open else attempts.SETTLED
        attempts.judge(db, [attempt.id for attempt in due], verdict=verdict)
    failpoint("17.readback_after")
    if not has_open:
        refreshing.refresh(turn)
        projecting.refresh_projections(turn)
    settling.conclude(turn)


@dataclass(frozen=True, slots=True)
class Judge:
    """What a verdict needs to know of the job."""

    columns: tuple[Column, ...]
    same: abc.Callable[[AttributeType, Value, Value], bool]
    """`Session.same_value`."""
    is_ours: bool = False
    """The rule of every column is *ours wins*."""
    is_checked: bool = True
    """False at assurance C, which replaces unseen whatever stands there."""
    histories: Histories = field(default_factory=dict)
    """Of the records that are in doubt, from their base on, where the CRM has one."""

    @property
    def kinds(self) -> tuple[AttributeType, ...]:
        """The kinds of the columns."""
        return tuple(column.kind for column in self.columns)

    def is_in_doubt(self, row: QueuedWrite, held: Held) -> bool:
        """Say whether only a history could tell what became of a row: it was written since, by whom?"""
        if not self.is_checked or row.base is None or row.record_id not in held:
            return False
        version, theirs = held[row.record_id]
        return version != row.base and not self._holds(row, theirs)[0]

    def verdict(self, row: QueuedWrite, held: Held) -> RowOutcome:
        """Judge one row by what was read back (`RELIABILITY.md` §3.5)."""
        if row.record_id not in held:
            return RowOutcome(row.seq, Outcome.REJECTED, GONE)
        version, theirs = held[row.record_id]
        has_ours, has_old = self._holds(row, theirs)
        is_base = row.base is not None and version == row.base
        # At the base nothing was written since, unless within the very second that the version tells.
        if has_ours and not (is_base and (has_old or not self.is_checked)):
            return RowOutcome(row.seq, Outcome.APPLIED, version=version)
        if not self.is_checked:
            return RowOutcome(row.seq, Outcome.UNCHANGED if has_ours else OPEN)
        traced = self._traced(row, held)
        if traced is not None:
            return traced
        if has_old and (is_base or self.is_ours or row.base is None):
            return RowOutcome(row.seq, OPEN)
        code = TOUCHED if has_old else OTHER
        message = tracing.words_of(self._writer(row, theirs))
        return RowOutcome(row.seq, Outcome.CONFLICT, code, message, theirs=row_to_text(theirs))

    def _traced(self, row: QueuedWrite, held: Held) -> RowOutcome | None:
        """Give the verdict of the record's history; None where it has none, or it is not certain."""
        history = self.histories.get(row.record_id)
        if history is None or not self.is_in_doubt(row, held):
            return None
        version, theirs = held[row.record_id]
        match tracing.trace_of(row, history, columns=self.columns, same=self.same):
            case Trace.WRITTEN:
                message = tracing.words_of(self._writer(row, theirs), was_ours=True)
                told = row_to_text(theirs)
                return RowOutcome(
                    row.seq, Outcome.APPLIED, CHANGED_SINCE, message, theirs=told, version=version
                )
            case Trace.NEVER:
                return RowOutcome(row.seq, OPEN)
            case Trace.UNTOLD:
                return None

    def _writer(self, row: QueuedWrite, theirs: abc.Sequence[Value]) -> ValueWritten | None:
        history = self.histories.get(row.record_id)
        return tracing.writer_of(row, theirs, history, columns=self.columns, same=self.same)

    def _holds(self, row: QueuedWrite, theirs: abc.Sequence[Value]) -> tuple[bool, bool]:
        """Say whether all touched fields hold what we sent, and whether all hold what was there before."""
        olds, news = row_from_text(row.old, self.kinds), row_from_text(row.new, self.kinds)
        has_ours = has_old = True
        for old, new, now, kind in zip(olds, news, theirs, self.kinds, strict=True):
            if not isinstance(new, Unset):
                has_ours = has_ours and self._is(kind, new, now)
                has_old = has_old and not isinstance(old, Unset) and self._is(kind, old, now)
        return has_ours, has_old

    def _is(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        return ours == theirs or self.same(kind, ours, theirs)


def _judged(turn: Turn, rows: abc.Sequence[QueuedWrite]) -> list[RowOutcome] | None:
    """Read some rows back and judge them; None where two looks differ."""
    if turn.job.creates_by:
        return creating.verdicts(turn, rows)
    held = _look(turn, rows)
    if held is None:
        return None
    judge = _judge(turn, rows, held)
    return [judge.verdict(row, held) for row in rows]


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
    return comparing.look(turn, rows).held


def _judge(turn: Turn, rows: abc.Sequence[QueuedWrite], held: Held) -> Judge:
    """Make the judge of some rows, with the histories of those that are in doubt."""
    rules = comparing.rules_of(turn.job, turn.integration)
    judge = Judge(
        turn.columns,
        turn.session.same_value,
        is_ours=all(rule is ConflictRule.OURS for rule in rules),
        is_checked=turn.job.assurance is not Assurance.C,
    )
    doubtful = [row for row in rows if judge.is_in_doubt(row, held)]
    try:
        histories = tracing.read_histories(turn, doubtful, is_since_base=True)
    except RefusedError as error:  # nobody will be let see it later: the values decide alone
        log.warning("no history for what job %s sent: %s", turn.job.id, error)
        return judge
    return replace(judge, histories=histories)


def _give_verdicts(turn: Turn, rows: abc.Sequence[QueuedWrite], judged: abc.Sequence[RowOutcome]) -> None:
    ended = _not_over_newer(turn, rows, judged)
    failpoint("16.readback_before")
    with turn.workspace.writing() as db:
        now = turn.now(db)
        counts = ledger.settle(
            db, turn.claim, ended, attempt_id=None, now=now, is_rest=False, was_unknown=True
        )
        settling.confirm(db, turn, rows, ended)
        settling.show(db, turn, rows, ended, now=now)
        ledger.note_settled(db, turn.claim, counts, now=now)


def _not_over_newer(
    turn: Turn, rows: abc.Sequence[QueuedWrite], ended: abc.Sequence[RowOutcome]
) -> list[RowOutcome]:
    """Give the verdicts, but send nothing again where a job that was submitted later wrote since."""
    passed = own_writes.overtaken(turn, [row.record_id for row in rows])
    told = []
    for row, verdict in zip(rows, ended, strict=True):
        touched = {
            at for at, new in enumerate(row_from_text(row.new, turn.kinds)) if not isinstance(new, Unset)
        }
        if verdict.outcome in (OPEN, Outcome.CONFLICT) and touched & passed.get(row.record_id, frozenset()):
            verdict = RowOutcome(row.seq, Outcome.CONFLICT, OVERTAKEN, theirs=verdict.theirs)  # noqa: PLW2901
        told.append(verdict)
    return told


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
