"""The part of the gate that asks: does the CRM still describe what the rows were judged under?

Asked before every batch by a description that is at most ten minutes old, and at once by a fresh one
when the CRM refuses rows with a code that speaks of its fields: a million rows are not refused one by one.

Must not: look at rows, settle.
"""

from collections import abc
from dataclasses import replace
from datetime import timedelta
from typing import Final

from writeback.engine import drifting
from writeback.engine.closing import GateClosedError
from writeback.engine.describing import UnknownObjectError, to_be_made
from writeback.engine.describing import describe as describe_at_most
from writeback.engine.reaching import Reach
from writeback.engine.turns import Desk, Turn
from writeback.errors import RefusedError
from writeback.model.drifts import DriftKind
from writeback.model.jobs import Column
from writeback.model.types import ConnectionId, JobId
from writeback.sdk.capabilities import TellsSchemaRefusals
from writeback.sdk.connector import Session
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback.store import descriptions, drift_bases
from writeback.store.outbox import Job
from writeback.store.workspace import Workspace

JOBS_MOST: Final = 200
"""So many jobs' bases are remembered at a time."""
ASK_AGAIN: Final = timedelta(seconds=10)
"""So soon refusals lead to a further question: each row refused one by one must not cost a describe."""


def describe(
    desk: Desk, session: Session, connection_id: ConnectionId, object_name: str
) -> ObjectDescription:
    """Give an object's description, at most ten minutes old: remembered, kept, or asked for.

    Raises:
        GateClosedError: `drift.object_gone`: the CRM does not show it any more.
    """
    oldest = desk.workspace.now() - timedelta(seconds=desk.pace.metadata_s)
    key = (str(connection_id), object_name)
    known = desk.seen.described.get(key)
    if known is not None and known[1] >= oldest:
        return known[0]
    try:
        found = describe_at_most(
            desk.workspace, session, connection_id, object_name, most_s=desk.pace.metadata_s
        )
    except UnknownObjectError:
        code = f"drift.{DriftKind.OBJECT_GONE.value}"
        raise GateClosedError(code, object=object_name, field=object_name, label=object_name) from None
    with desk.workspace.reading() as db:
        kept = descriptions.get(db, connection_id, object_name)
    desk.seen.described[key] = (found, desk.workspace.now() if kept is None else kept[1])
    return found


def check(desk: Desk, job: Job, description: ObjectDescription) -> None:
    """Hold the job's columns against what the CRM says of them now.

    Raises:
        GateClosedError: Something drifted that the job's rows were judged by.
    """
    if job.creates_by:
        description = to_be_made(description)
    base = _base(desk, job.id) or assumed(job.object, job.columns, description)
    for drift in drifting.find_in_job(base, description, job.columns):
        if drift.severity.stops_sending:
            raise GateClosedError(drift.code, **drift.facts)


def ask_again(turn: Turn, codes: abc.Iterable[str], *, is_whole: bool = False) -> None:
    """Ask for a fresh description where refusals speak of the CRM's fields, and close on a drift.

    Args:
        turn: The batch.
        codes: Of the refusals.
        is_whole: The batch as a whole was refused: then it is asked however lately somebody asked.

    Raises:
        GateClosedError: Something drifted.
        ConnectorError: The CRM could not be asked.
    """
    if not _doubts(turn, codes, is_whole=is_whole):
        return
    turn.calls += 1
    turn.description = describe(turn.desk, turn.session, turn.job.connection_id, turn.job.object)
    check(turn.desk, turn.job, turn.description)


def doubt(turn: Turn, codes: abc.Iterable[str]) -> None:
    """Let the next batch ask for a fresh description, where refusals speak of the CRM's fields."""
    _doubts(turn, codes, is_whole=False)


def describe_kept(workspace: Workspace, reach: Reach, object_name: str) -> ObjectDescription:
    """Give an object's description, or the last one of an object that the CRM no longer shows.

    Raises:
        UnknownObjectError: It never showed it.
    """
    try:
        return reach.describe(object_name)
    except UnknownObjectError:
        with workspace.reading() as db:
            known = descriptions.get(db, reach.connection.id, object_name)
        if known is None:
            raise
        return known[0]


def expire(workspace: Workspace, reach: Reach, object_name: str, error: RefusedError) -> None:
    """Let the next plan ask for a fresh description, where a refused read speaks of the CRM's fields."""
    session = reach.session
    if isinstance(session, TellsSchemaRefusals) and session.is_about_schema(error.code):
        with workspace.writing() as db:
            descriptions.expire(db, reach.connection.id, object_name)


def assumed(object_name: str, columns: abc.Iterable[Column], now: ObjectDescription) -> ObjectDescription:
    """Give what rows were surely judged under where no base was kept.

    That is: fields of their kind that could be written, and all else as it is now.
    """
    fields = {info.name.casefold(): info for info in now.fields}
    for column in columns:
        info = fields.get(column.field.casefold())
        if info is None:
            info = FieldInfo(column.field, column.field, column.kind, column.kind.value)
        elif drifting.family(info.kind) != drifting.family(column.kind) and info.reference is None:
            info = replace(info, kind=column.kind)
        fields[column.field.casefold()] = replace(info, is_updateable=True)
    return replace(now, name=object_name, fields=tuple(fields.values()))


def _base(desk: Desk, job_id: JobId) -> ObjectDescription | None:
    if job_id not in desk.seen.bases:
        if len(desk.seen.bases) >= JOBS_MOST:
            desk.seen.bases.clear()
        with desk.workspace.reading() as db:
            desk.seen.bases[job_id] = drift_bases.of_job(db, job_id)
    return desk.seen.bases[job_id]


def _doubts(turn: Turn, codes: abc.Iterable[str], *, is_whole: bool) -> bool:
    """Forget the description where a refusal speaks of the CRM's fields; not again within some seconds."""
    session, seen = turn.session, turn.desk.seen
    if not isinstance(session, TellsSchemaRefusals) or not any(map(session.is_about_schema, codes)):
        return False
    key = (str(turn.job.connection_id), turn.job.object)
    now = turn.workspace.now()
    if not is_whole and key in seen.doubted and now - seen.doubted[key] < ASK_AGAIN:
        return False
    seen.doubted[key] = now
    seen.described.pop(key, None)
    with turn.workspace.writing() as db:
        descriptions.expire(db, turn.job.connection_id, turn.job.object)
    return True
