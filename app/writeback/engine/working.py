"""One turn from claim to give-back: open what it needs, let the right verb work, answer for errors.

What goes wrong with one batch never ends another: it waits, it stops its job with a reason, or it is
read back. Only a workspace that cannot be written ends the work as a whole.

Must not: decide outcomes.
"""

from collections import Counter
from dataclasses import dataclass, field

from writeback.engine import drift_gate, gating, pushing, recovering, refreshing, settling
from writeback.engine.bulk_pushing import push_upload
from writeback.engine.pacing import backoff, stated
from writeback.engine.turns import Desk, Turn, log
from writeback.errors import (
    BlackoutError,
    ConfigurationError,
    ConnectorError,
    Fact,
    GuardError,
    PluginError,
    QuotaSpentError,
    RateLimitedError,
    RefusedError,
    ReserveReachedError,
    RetryableError,
    SignInRequiredError,
    WorkspaceError,
    WritebackError,
)
from writeback.host.blaming import culprit
from writeback.model.connections import SignInState
from writeback.model.jobs import BatchState, JobState, Outcome, Route
from writeback.model.types import ConnectionId
from writeback.store import attempts, claims, connections, ledger, moments, outbox, steering, value_states
from writeback.store.claims import Claim, LostClaimError
from writeback.store.remote_jobs import Stage
from writeback.store.workspace import Db
from writeback.transport.failpoints import failpoint
from writeback.transport.recording import attempting

SIGN_IN = "sign_in.needed"
QUOTA = "quota.spent"
BUG = "internal.error"
PLUGIN = "plugin.misbehaved"
OWN_WAITS = (ReserveReachedError, BlackoutError)
"""Waits that we ask for ourselves."""
ENDINGS = (SystemExit, KeyboardInterrupt)
"""In a worker's thread only a plugin raises these: they end its batch, never the thread."""


@dataclass(slots=True)
class Refusals:
    """How often in a row each connection asked to wait without saying how long."""

    counts: Counter[ConnectionId] = field(default_factory=Counter)


def open_turn(desk: Desk, claim: Claim, *, holds_until: float) -> Turn:
    """Gather what a turn needs: job, connection, session, description.

    Raises:
        WritebackError: Something of it cannot be had now.
    """
    with desk.workspace.reading() as db:
        job = outbox.get(db, claim.job_id)
        is_tracked = value_states.is_tracked(db, claim.job_id)
        homes = refreshing.homes_of(db, job)
    connection, integration = gating.look(desk, job)
    session = desk.sessions.open(job.connection_id)
    description = drift_gate.describe(desk, session, job.connection_id, job.object)
    return Turn(
        desk=desk,
        claim=claim,
        job=job,
        connection=connection,
        session=session,
        description=description,
        integration=integration,
        homes=homes,
        is_tracked=is_tracked,
        holds_until=holds_until,
    )


def work(turn: Turn) -> None:
    """Do what the batch needs now.

    Raises:
        WritebackError: Nothing more can be done with it now; see `give_back`.
    """
    failpoint("1.claimed")
    with attempting(turn.job.id):
        try:
            _work(turn)
        except RefusedError as error:  # a compare, or an upload's columns: the whole question was refused
            drift_gate.ask_again(turn, [error.code], is_whole=True)
            raise
    if turn.job.unreached:
        with turn.workspace.writing() as db:
            steering.note_reached(db, turn.job.id)


def _work(turn: Turn) -> None:
    state = turn.claim.state
    if state is BatchState.CHECKING:
        gating.check_org(turn.desk, turn.session, turn.job, turn.connection)
        recovering.read_back(turn)
        return
    if state is not BatchState.QUEUED and _is_due(turn):
        settling.conclude(turn)
        return
    if turn.job.route is Route.BULK:
        push_upload(turn)
        return
    if state is not BatchState.QUEUED and recovering.note_unended(turn):
        return
    pushing.push_batch(turn)


def give_back(desk: Desk, claim: Claim, error: BaseException, *, refusals: Refusals) -> None:
    """Answer for an error: let the batch wait, stop its job, or leave it to its new owner.

    Raises:
        WorkspaceError: The workspace itself failed.
    """
    if isinstance(error, WorkspaceError):
        raise error
    if isinstance(error, LostClaimError):
        log.warning("batch %s of job %s was taken over", claim.no, claim.job_id)
        return
    if not isinstance(error, WritebackError):
        log.error("a bug ended batch %s of job %s", claim.no, claim.job_id, exc_info=error)
        if plugin := culprit(error):
            desk.blame(plugin, error)
    try:
        with desk.workspace.writing() as db:
            _answer(db, desk, claim, error, refusals=refusals)
    except LostClaimError:
        log.warning("batch %s of job %s was taken over", claim.no, claim.job_id)


def _answer(db: Db, desk: Desk, claim: Claim, error: BaseException, *, refusals: Refusals) -> None:
    now = desk.workspace.database_now(db)
    job = outbox.get(db, claim.job_id)
    match error:
        case attempts.NotWantedError():
            _stand_down(db, claim, job.state, now=now)
        case QuotaSpentError():
            _release(db, claim)
            steering.stop(db, job.id, code=QUOTA, facts=_facts(error), now=now)
        case RetryableError():
            _hold(db, desk, claim, job, error=error, wait=_wait_of(desk, job.connection_id, error, refusals))
        case SignInRequiredError():
            _release(db, claim)
            connections.set_sign_in(db, job.connection_id, SignInState.NEEDED, at=now)
            steering.note_unreached(db, job.id, code=SIGN_IN)
            steering.stop(db, job.id, code=SIGN_IN, facts=_facts(error), now=now)
        case GuardError() | ConfigurationError() | ConnectorError() | PluginError():
            _release(db, claim)
            steering.stop(db, job.id, code=error.code, facts=_facts(error), now=now)
            if error.code == gating.WRITE_BACK_OFF:
                steering.cancel_rest(db, job.id, code=error.code, now=now)
        case _:
            _release(db, claim)
            plugin = culprit(error)
            facts: dict[str, Fact] = {"kind": type(error).__name__}
            if plugin:
                facts["plugin"] = plugin
            steering.stop(db, job.id, code=PLUGIN if plugin else BUG, facts=facts, now=now)


def _hold(db: Db, desk: Desk, claim: Claim, job: outbox.Job, *, error: RetryableError, wait: float) -> None:
    """Let a batch and its job wait; where the CRM asked for it, everybody on its connection."""
    now = desk.workspace.database_now(db)
    until = claims.later(now, wait)
    _release(db, claim, not_before=until)
    if isinstance(error, RateLimitedError):
        moment = moments.from_text(until)
        connections.put_wait(db, job.connection_id, until=moment, reason=error.code)
    elif not isinstance(error, OWN_WAITS):  # those are waits for jobs only: the CRM answers
        steering.note_unreached(db, job.id, code=error.code)
    steering.throttle(db, job.id, code=error.code, facts=_facts(error), until=until, now=now)


def _stand_down(db: Db, claim: Claim, state: JobState, *, now: str) -> None:
    """Nobody wants the rows sent any more: cancelled, or kept for when the job goes on."""
    has_begun = claims.remote_stage(db, claim) not in (None, Stage.CREATED)
    if state is not JobState.CANCELLING or has_begun:
        _release(db, claim)
        return
    ledger.mark_span(db, claim, claim.span, outcome=Outcome.CANCELLED, now=now)
    ledger.finish_batch(db, claim, now=now)
    steering.free_drafts(db, claim.job_id)


def _release(db: Db, claim: Claim, *, not_before: str | None = None) -> None:
    """Give the batch back as what it is: fresh, or with something in flight that comes first."""
    current = claims.current_state(db, claim)
    is_fresh = (
        current is BatchState.CLAIMED
        and claims.remote_stage(db, claim) in (None, Stage.CREATED)
        and not attempts.unended(db, claim)
    )
    claims.release(db, claim, state=BatchState.QUEUED if is_fresh else current, not_before=not_before)


def _is_due(turn: Turn) -> bool:
    """Say whether a try of a former owner was settled but its unknown rows were not handed on."""
    with turn.workspace.reading() as db:
        return any(attempt.outcome is not None for attempt in attempts.due(db, turn.claim))


def _wait_of(desk: Desk, connection_id: ConnectionId, error: RetryableError, refusals: Refusals) -> float:
    if isinstance(error, OWN_WAITS):
        return error.after or 0.0  # a moment that is told, to the second
    if error.after is not None and error.after > 0:
        return stated(error.after, rng=desk.rng)
    tries = refusals.counts[connection_id]
    refusals.counts[connection_id] += 1
    return backoff(tries, first_s=desk.pace.wait_first_s, rng=desk.rng)


def _facts(error: WritebackError) -> dict[str, Fact]:
    return dict(error.facts)
