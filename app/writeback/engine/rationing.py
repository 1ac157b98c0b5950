"""The day's quota: what a plan will cost of it, and that jobs leave a share of it to people.

A CRM is asked at most once a minute; in between what was sent since is added up. Where a CRM tells no
quota nothing is forecast of it and nothing is kept: its own refusals are obeyed all the same.

Must not: send anything.
"""

from datetime import timedelta
from typing import Final

from writeback.engine.reaching import Reach
from writeback.engine.turns import Desk, Ration, Turn
from writeback.errors import ConnectorError, ReserveReachedError
from writeback.model.guards import Limits
from writeback.model.jobs import JobKind
from writeback.planning.forecasting import Forecast, Quota, Window, time_of
from writeback.planning.routing import RouteChoice, calls_of, created, requests_of, units_of
from writeback.sdk.capabilities import ReportsUsage
from writeback.sdk.connector import Session
from writeback.sdk.values import Usage
from writeback.store import connections, learned, limits, moments
from writeback.store.workspace import Workspace

RESERVE: Final = "quota.reserve"
LOOK_AGAIN_S: Final = 3600.0
"""A quota over the last 24 hours frees up little by little: so long a job waits before it looks again."""


def daily(usage: tuple[Usage, ...]) -> Quota | None:
    """Give the daily quota that requests are counted in, of all that a CRM tells: the scarcest."""
    told = [one for one in usage if one.is_daily and one.most > 0]
    if not told:
        return None
    one = max(told, key=lambda each: each.used / each.most)
    return Quota(one.kind, one.used, one.most, one.resets_at, one.is_partial)


def forecast(workspace: Workspace, reach: Reach, choice: RouteChoice, rows: int) -> Forecast:
    """Say what sending so many rows costs; asks the CRM for its quota, where it tells one."""
    table = reach.route_table()
    window = _narrowest(reach)
    with workspace.reading() as db:
        before = learned.of_connection(db, reach.connection.id, choice.route)
        in_force = limits.of_connection(db, reach.connection.id)
    return Forecast(
        requests=requests_of(rows, table, choice.route, choice.sized),
        units=units_of(rows, table, choice),
        seconds=time_of(choice.calls, rows, learned=before, window=window),
        quota=_quota_now(workspace, reach) if rows else None,
        reserve=_reserve(in_force),
        window=window,
    )


def keep_reserve(turn: Turn) -> None:
    """Let a batch through if the quota lies above the reserve for people; an edit of a person may use it.

    Raises:
        ReserveReachedError: Jobs have used up their share; says until when.
    """
    if turn.job.kind is JobKind.REAL_TIME:
        return
    with turn.workspace.reading() as db:
        reserve = _reserve(limits.of_connection(db, turn.job.connection_id))
    ration = _ration(turn)
    if ration.quota is None or not reserve:
        return
    needed = _cost(turn)
    if ration.quota.left_for_jobs(reserve) - ration.spent < needed and ration.spent:
        ration = _ration(turn, afresh=True)  # what we added up may be more than what was counted
    quota = ration.quota
    if quota is None:
        return
    left = quota.left_for_jobs(reserve) - ration.spent
    if left < needed:
        raise _reached(turn.desk, quota, reserve, left=max(0, left), needed=needed)
    ration.spent += needed


def _reached(desk: Desk, quota: Quota, reserve: float, *, left: int, needed: int) -> ReserveReachedError:
    now = desk.workspace.now()
    until = quota.resets_at
    if until is None or until <= now:
        until = now + timedelta(seconds=LOOK_AGAIN_S)
    return ReserveReachedError(
        RESERVE,
        after=(until - now).total_seconds(),
        kind=quota.kind,
        used=quota.used,
        most=quota.most,
        reserve=f"{reserve:g}",
        left=left,
        needed=needed,
        until=moments.to_text(until),
    )


def _ration(turn: Turn, *, afresh: bool = False) -> Ration:
    """Give what is known of the quota; asked at most once a minute, unless it must be known exactly."""
    desk, connection_id = turn.desk, turn.job.connection_id
    known = desk.seen.rations.get(connection_id)
    now = desk.monotonic()
    if known is not None and not afresh and now - known.asked_at < desk.pace.usage_s:
        return known
    usage = _ask(turn.session)
    if usage:
        turn.calls += 1
        with turn.workspace.writing(durable=False) as db:
            connections.put_usage(db, connection_id, usage)
    made = Ration(daily(usage), now)
    desk.seen.rations[connection_id] = made
    return made


def _cost(turn: Turn) -> int:
    """Forecast what one batch of a job costs."""
    facts = turn.desk.sessions.manifest(turn.connection.connector).routes
    reach = Reach(turn.connection, turn.session, facts, lambda _name: turn.description)
    table = reach.route_table()
    rows = turn.claim.rows
    route, assurance = turn.job.route, turn.job.assurance
    if turn.job.creates_by:
        return units_of(rows, table, created(rows, table, route))
    return units_of(rows, table, RouteChoice(route, assurance, calls_of(rows, table, route, assurance)))


def _quota_now(workspace: Workspace, reach: Reach) -> Quota | None:
    """Ask for the quota; where the CRM cannot be asked, take what it told last."""
    if reach.is_last_read:
        with workspace.reading() as db:
            return daily(connections.usage_of(db, reach.connection.id))
    usage = _ask(reach.session)
    if usage:
        reach.spent.reads += 1
        with workspace.writing(durable=False) as db:
            connections.put_usage(db, reach.connection.id, usage)
    return daily(usage)


def _ask(session: Session) -> tuple[Usage, ...]:
    """Ask for the quotas; a CRM that will not tell is treated like one that cannot."""
    if not isinstance(session, ReportsUsage):
        return ()
    try:
        return session.usage()
    except ConnectorError:
        return ()


def _reserve(in_force: Limits) -> float:
    return in_force.reserve or 0.0


def _narrowest(reach: Reach) -> Window | None:
    windows = [Window(one.requests, one.seconds) for one in reach.windows]
    return min(windows, key=lambda one: one.requests / one.seconds, default=None)
