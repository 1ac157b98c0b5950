"""What is undone when somebody says so: a job, some of its records or fields, or all jobs of its act.

Must not: judge, send.
"""

from writeback.engine.reaching import ReachOf
from writeback.engine.undoing import Part, gather_undo, jobs_of_act, remarks_of
from writeback.errors import ConfigurationError
from writeback.model.changes import Reason
from writeback.model.types import JobId
from writeback.planning.inputs import PlanStream
from writeback.runtime.facade import PlanSource
from writeback.store import outbox
from writeback.store.workspace import Workspace


def undo_streams(
    workspace: Workspace, reach_of: ReachOf, job: JobId, source: PlanSource
) -> tuple[tuple[PlanStream, ...], tuple[Reason, ...]]:
    """Give a stream for each job that is undone, and what the undo does not bring back.

    Raises:
        ConfigurationError: A job is still at work, or none of them is about such a record or field.
        ConnectorError: A CRM cannot be asked.
    """
    part = Part(tuple(source.records), source.fields)
    with workspace.reading() as db:
        jobs = jobs_of_act(db, job) if source.is_whole_act else (job,)
        connections = {one: outbox.get(db, one).connection_id for one in jobs}
    streams: list[PlanStream] = []
    missing: list[ConfigurationError] = []
    for one in jobs:
        try:
            streams.append(gather_undo(workspace, one, part, reach=reach_of(connections[one])))
        except ConfigurationError as error:
            if error.code not in ("undo.no_such_record", "undo.no_such_field"):
                raise
            missing.append(error)  # another job of the act may be about it
    if not streams:
        raise missing[0]
    with workspace.reading() as db:
        undone = [stream.undo_of for stream in streams]
        remarks = remarks_of(db, undone, is_whole_act=source.is_whole_act)
    return tuple(streams), remarks
