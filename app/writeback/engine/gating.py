"""The gate before every batch: may this still be sent, to this org, in this form?

Asked again each time in the worker, whatever was true when the plan was made. A closed gate raises a
`GateClosedError`; the job stops with its code, rows already settled stay settled.

Must not: send; look at rows.
"""

from writeback.engine import drift_gate
from writeback.engine.closing import GateClosedError
from writeback.engine.rationing import keep_reserve
from writeback.engine.turns import Desk, Turn
from writeback.errors import BlackoutError, ConfigurationError, WrongOrgError
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.model.jobs import JobKind
from writeback.model.permissions import Right
from writeback.planning.guarding import admit_connection
from writeback.planning.permitting import may, refusal_facts
from writeback.planning.striking import in_force, plain_figure, strikes
from writeback.sdk.connector import Session
from writeback.store import connections, figures, integrations, limits, moments, permissions, schedules
from writeback.store.outbox import Job

WRITE_BACK_OFF = "gate.write_back_off"


def check_switches(job: Job, connection: Connection, integration: Integration | None) -> None:
    """Ask what the workspace itself knows: read-only, write-back switches.

    Raises:
        ReadOnlyConnectionError: The connection became read-only.
        GateClosedError: Write-back is off for a mapping that the job writes.
    """
    admit_connection(connection)
    if integration is None:
        return
    switched = {str(mapping.path): mapping.write_back for mapping in integration.mappings}
    for column in job.columns:
        if not switched.get(str(column.path), False):
            raise GateClosedError(WRITE_BACK_OFF, path=str(column.path), integration=integration.id)


def check_rights(desk: Desk, job: Job) -> None:
    """Ask whether the job's author may still do what it does; where nobody has a level, everybody may.

    Raises:
        GateClosedError: A right was taken away since.
    """
    with desk.workspace.reading() as db:
        levels = permissions.levels(db)
    needed = [Right.WRITE]
    if job.kind is JobKind.UNDO:
        needed.append(Right.UNDO)
    if job.root:
        needed.append(Right.EDIT_REFERENCED)
    for right in needed:
        if not may(levels, job.author, right):
            raise GateClosedError("gate.right_gone", **refusal_facts(levels, job.author, right))


def check_guards(desk: Desk, job: Job) -> None:
    """Hold what the guards measured against the limits of this moment.

    Raises:
        GateClosedError: A guard is struck now that nobody overrode: a limit was lowered since.
    """
    with desk.workspace.reading() as db:
        measured = figures.of_job(db, job.id)
        struck = in_force(strikes(measured, limits.of_connection(db, job.connection_id)))
    if struck:
        first = struck[0]
        told = {"figure": plain_figure(first.figure), "limit": plain_figure(first.limit)}
        raise GateClosedError("gate.guard_struck", guard=first.guard.value, **told)


def check_org(desk: Desk, session: Session, job: Job, connection: Connection) -> None:
    """Ask who answers, once a session, and compare with the org that was pinned (I6).

    Raises:
        WrongOrgError: Another org answers, or the plan was made for another one.
    """
    known = desk.seen.sessions.get(id(session))
    if known is None or known[0] is not session:
        known = (session, session.whoami().id)
        desk.seen.sessions[id(session)] = known
    found = known[1]
    pinned = "" if connection.org is None else connection.org.id
    for expected in (pinned, job.org_id):
        if expected and expected != found:
            raise WrongOrgError("org.other", connection=connection.name, pinned=expected, found=found)
    if not (pinned and job.org_id):
        raise WrongOrgError("org.not_pinned", connection=connection.name, pinned=pinned, found=found)


def check_blackouts(desk: Desk, job: Job) -> None:
    """Ask whether a blackout holds the jobs of the connection.

    Raises:
        BlackoutError: It does; the job waits for its end.
    """
    with desk.workspace.reading() as db:
        now = moments.from_text(desk.workspace.database_now(db))
        until = schedules.held_sends(db, job.connection_id, now=now)
    if until is not None:
        raise BlackoutError("schedule.blackout", after=(until - now).total_seconds())


def look(desk: Desk, job: Job) -> tuple[Connection, Integration | None]:
    """Read connection and integration as they are this moment."""
    with desk.workspace.reading() as db:
        connection = connections.get(db, job.connection_id)
        integration = None
        if job.integration_id is not None:
            integration = integrations.get(db, job.integration_id)
    return connection, integration


def pass_gate(turn: Turn) -> None:
    """Ask everything, before anything new of this batch is sent.

    Raises:
        GuardError: The gate is closed; the job stops.
        BlackoutError: A blackout holds it; the job waits.
        ReserveReachedError: What is left of the day's quota is kept for people; the job waits.
    """
    if turn.job.integration_id is not None and turn.integration is None:
        raise ConfigurationError("integration.unknown", name=turn.job.integration_id)
    check_switches(turn.job, turn.connection, turn.integration)
    check_rights(turn.desk, turn.job)
    check_guards(turn.desk, turn.job)
    check_blackouts(turn.desk, turn.job)
    check_org(turn.desk, turn.session, turn.job, turn.connection)
    drift_gate.check(turn.desk, turn.job, turn.description)
    keep_reserve(turn)
