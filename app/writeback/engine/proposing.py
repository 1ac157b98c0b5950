"""Make a plan: from streams of wishes to judged rows in the workspace. Sends nothing.

The rows are written while the plan is *preparing* and nobody sees it; a plan that cannot be finished is
dropped whole. What makes the streams stands beside: `gathering_files`, `gathering_drafts`, `undoing`,
`retrying`, `plan_files`.

Must not: submit, open sessions, build sentences.
"""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final

from writeback.engine import drift_gate, drifting, rationing, routing
from writeback.engine.audiences import Counted, count_audience
from writeback.engine.doubling import hold_doubles
from writeback.engine.holding_back import hold_back
from writeback.engine.judging import Judge
from writeback.engine.judging_new import NewJudge
from writeback.engine.last_reading import UNREACHED
from writeback.engine.looking_up import References
from writeback.engine.making import for_new
from writeback.engine.measuring import ToMeasure, measure
from writeback.engine.own_writes import FOLLOWING, OwnWrites
from writeback.engine.reaching import LastReachOf, Reach, ReachOf
from writeback.engine.sharing import Made, hold_across, share_writes
from writeback.engine.sparing import spared
from writeback.engine.terms import Terms
from writeback.engine.walking import hold_to_way
from writeback.errors import ConnectionNotReadyError, RefusedError, WritebackError
from writeback.model.changes import Reason
from writeback.model.guards import Figure
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.model.types import ConnectionId, JobId, PlanId
from writeback.planning import automating
from writeback.planning.forecasting import Forecast
from writeback.planning.guarding import admit_connection, needs_org_name
from writeback.planning.inputs import PlanStream
from writeback.store import drift_bases, figures, integrations, plans
from writeback.store.plan_rows import PlanWriter
from writeback.store.plans import NewJob, NewPlan
from writeback.store.workspace import Workspace

SHOWN_EDITS: Final = 20


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """One job-to-be of a plan."""

    job_id: JobId
    connection_id: ConnectionId
    object: str
    columns: tuple[str, ...]
    route: Route
    assurance: Assurance
    rows: int
    send: int
    unchanged: int
    blocked: int
    conflict: int
    calls: int
    """Forecast of API calls to send it."""
    read_calls: int
    """API calls that reading afresh cost."""
    root: str = ""
    """The object of the records that the written ones were reached from; '': they are the same."""
    shown_by: int | None = None
    """How many records show what is changed, where records behind references are; None: not known."""
    shown_locally: bool = False
    """It was counted among what was pulled, not in the CRM."""
    edits: tuple[tuple[str, int | None], ...] = ()
    """Some of the records behind references that are written: what people call them, and who shows them."""
    creates_by: str = ""
    """The unique field by which its rows become records; '': they update."""
    unreached: str = ""
    """Why the CRM could not be asked: its rows were judged against what was last read, and are compared
    with the CRM once it answers. '' where it was asked."""
    figures: tuple[Figure, ...] = ()
    """What the guards measured."""
    automation: tuple[tuple[str, str], ...] = ()
    """The connector's automation switches as it will send them."""
    forecast: Forecast | None = None
    """What sending it will cost; None for a real-time edit."""
    ways: tuple[tuple[Route, Assurance], ...] = ()
    """How else its rows may travel and who may check them, at a person's choice."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A plan was made: its rows lie in the workspace, this tells their totals."""

    id: PlanId
    groups: tuple[ProposedGroup, ...]
    planned_at: datetime
    needs_org_name: bool
    """The safety level asks for the org's name before submit."""


_Pair = tuple[ProposedGroup, Reach, WritebackError | None]
"""A group, its reach, and why it was not judged against the CRM itself."""


def propose(
    streams: abc.Iterable[PlanStream],
    terms: Terms,
    *,
    workspace: Workspace,
    reach_of: ReachOf,
    last_reach_of: LastReachOf | None = None,
) -> Proposed:
    """Judge all rows of all streams against fresh reads and keep the result as a plan.

    One CRM that cannot be asked does not stop the others: its rows are judged against what was last
    read of it, where the streams allow it and some other CRM answers.

    Args:
        streams: One a job-to-be; their rows are read once, while they are judged.
        terms: Who asks, why, by which route.
        workspace: Where the plan is kept.
        reach_of: Gives sessions and descriptions by connection.
        last_reach_of: Gives what was last read of a CRM.

    Raises:
        ConfigurationError: A stream cannot be read, or its connection cannot be used.
        ReadOnlyConnectionError: A connection is switched to read-only.
        ConnectorError: No CRM could be read. Nothing is kept of the plan in any of these cases.
    """
    desk = _Desk(workspace, terms, reach_of, last_reach_of)
    plan_id = PlanId(terms.plan_id or workspace.new_id())
    now = workspace.now()
    with workspace.writing() as db:
        plans.begin(db, NewPlan(plan_id, terms.origin, terms.author, terms.reason, terms.source, now))
    try:
        with spared():
            pairs = [desk.add_group(stream, plan_id) for stream in streams]
        _refuse_unreached([error for _, _, error in pairs])
        fewer = hold_across(workspace, desk.made) if any(one.job.root for one in desk.made) else set()
        pairs = [
            (_recounted(workspace, group, reach, desk.made) if group.job_id in fewer else group, reach, error)
            for group, reach, error in pairs
        ]
        pairs = _without_empty(workspace, terms, pairs)
        _refuse_unknown(terms, [reach for _, reach, _ in pairs])
        groups = _measured(
            workspace, terms, plan_id, {group.job_id: (group, reach) for group, reach, _ in pairs}
        )
        planned_at = workspace.now()
        with workspace.writing() as db:
            for group in groups:
                figures.put(db, group.job_id, group.figures)
            plans.finish(db, plan_id, at=planned_at)
    except BaseException:
        plans.discard(workspace, plan_id)
        raise
    asks = any(needs_org_name(reach.connection) for group, reach, _ in pairs if group.send)
    return Proposed(plan_id, groups, planned_at, asks)


def _without_empty(workspace: Workspace, terms: Terms, pairs: list[_Pair]) -> list[_Pair]:
    """Drop the jobs of CRMs that none of the rows is about, where others have some.

    A file without rows stays a job, for the guard that holds an empty source back.
    """
    if not any(group.rows for group, _, _ in pairs):
        return pairs
    if terms.is_from_source:
        makes = any(group.creates_by for group, _, _ in pairs)  # they share the rows of one source
        empty = {group.job_id for group, _, _ in pairs if makes and not group.rows and not group.root}
    else:
        empty = {group.job_id for group, _, _ in pairs if not group.rows and not group.unreached}
    plans.drop_jobs(workspace, empty)
    return [pair for pair in pairs if pair[0].job_id not in empty]


def _measured(
    workspace: Workspace,
    terms: Terms,
    plan_id: PlanId,
    made: abc.Mapping[JobId, tuple[ProposedGroup, Reach]],
) -> tuple[ProposedGroup, ...]:
    """Give the groups of a plan with what the guards measured."""
    with workspace.reading() as db:
        jobs = plans.preparing(db, plan_id)
    told = [
        ToMeasure(
            job.id,
            job.object,
            job.columns,
            job.integration_id,
            job.totals.rows,
            job.totals.send,
            made[job.id][1],
        )
        for job in jobs
    ]
    measured = measure(workspace, told, is_from_source=terms.is_from_source)
    return tuple(
        replace(
            group,
            figures=measured[job].figures,
            read_calls=group.read_calls + measured[job].calls,
        )
        for job, (group, _) in made.items()
    )


def _refuse_unreached(errors: abc.Sequence[WritebackError | None]) -> None:
    """Refuse a plan for which no CRM at all could be asked."""
    first = next(iter(errors), None)
    if first is not None and all(errors):
        raise first


def _refuse_unknown(terms: Terms, reaches: abc.Sequence[Reach]) -> None:
    """Refuse a switch that no connector of the plan has."""
    known = {name: facts for reach in reaches for name, facts in reach.automation.items()}
    for name, value in terms.automation if reaches else ():
        automating.check(known, name, value)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who makes a plan, and whom to ask."""

    workspace: Workspace
    terms: Terms
    reach_of: ReachOf
    last_reach_of: LastReachOf | None
    made: list[Made] = field(default_factory=list)

    def add_group(
        self, stream: PlanStream, plan_id: PlanId
    ) -> tuple[ProposedGroup, Reach, WritebackError | None]:
        """Judge one stream; gives its group, its reach, and why it was not judged against the CRM itself."""
        if stream.unreached is not None:
            return self._add_last_read(stream, plan_id, stream.unreached)
        try:
            reach = self.reach_of(stream.connection_id)
            return self._add(stream, plan_id, reach), reach, None
        except UNREACHED as error:
            if stream.instead is None:
                raise
            return self._add_last_read(stream.instead(error), plan_id, error)

    def _add_last_read(
        self, stream: PlanStream, plan_id: PlanId, error: WritebackError
    ) -> tuple[ProposedGroup, Reach, WritebackError | None]:
        if self.last_reach_of is None or stream.integration_id is None:
            raise error
        with self.workspace.reading() as db:
            integration = integrations.get(db, stream.integration_id)
        reach = self.last_reach_of(integration)
        return self._add(stream, plan_id, reach, unreached=error.code), reach, error

    def _add(
        self, stream: PlanStream, plan_id: PlanId, reach: Reach, *, unreached: str = ""
    ) -> ProposedGroup:
        connection = reach.connection
        admit_connection(connection)
        if connection.org is None:
            raise ConnectionNotReadyError("connection.no_org", connection=connection.name)
        if stream.creates_by:
            reach = for_new(reach, stream.object)
        chosen = dict(connection.options), dict(stream.automation), dict(self.terms.automation)
        stream = hold_to_way(hold_back(stream, self._stopped(stream, reach)), reach, self.workspace)
        if not stream.columns:  # nothing of it is written: what was last said of the object will do
            reach = replace(reach, describe=partial(drift_gate.describe_kept, self.workspace, reach))
        job = NewJob(
            id=JobId(self.workspace.new_id()),
            plan_id=plan_id,
            connection_id=connection.id,
            object=stream.object,
            columns=stream.ruled,
            kind=self.terms.kind,
            org_id=connection.org.id,
            created_at=self.workspace.now(),
            integration_id=stream.integration_id,
            undo_of=JobId(stream.undo_of) if stream.undo_of else self.terms.undo_of,
            retry_of=self.terms.retry_of,
            unreached=unreached,
            root=stream.root,
            creates_by=stream.creates_by,
            automation=automating.resolve(reach.automation, *chosen),
        )
        with self.workspace.writing() as db:
            plans.add_job(db, job)
            if stream.columns:
                described = reach.describe(stream.object)
                drift_bases.put_job(db, job.id, described, [column.field for column in stream.columns])
        try:
            group = _fill(stream, self.terms, job, workspace=self.workspace, reach=reach)
        except UNREACHED:
            plans.drop_job(self.workspace, job.id)
            raise
        except RefusedError as error:
            drift_gate.expire(self.workspace, reach, stream.object, error)
            raise
        self.made.append(Made(job, stream.line_of))
        return group

    def _stopped(self, stream: PlanStream, reach: Reach) -> abc.Mapping[str, Reason]:
        """Give by field path what drifted since the mapping was made and nobody accepted yet.

        Rows that were made before (an undo, a retry, a saved plan) may also name what is gone meanwhile.
        """
        found: dict[str, Reason] = {}
        if stream.integration_id is not None:
            with self.workspace.reading() as db:
                integration = integrations.get(db, stream.integration_id)
            found |= reach.stopped(integration)
        left = [column for column in stream.columns if str(column.path) not in found]
        if left:
            now = reach.describe(stream.object)
            assumed = drift_gate.assumed(stream.object, left, now)
            found = drifting.stopped(drifting.find_in_job(assumed, now, left)) | found
        return found


def _fill(
    stream: PlanStream, terms: Terms, job: NewJob, *, workspace: Workspace, reach: Reach
) -> ProposedGroup:
    before = reach.calls_so_far()
    references = References(reach)
    may_upload = terms.route is Route.BULK or (terms.route is None and reach.routes.bulk is not None)
    own = None
    if terms.kind in FOLLOWING:
        own = OwnWrites(workspace, job.connection_id, job.object, terms.author, stream.columns)
    with PlanWriter(workspace, job.id, job.columns) as writer:
        if stream.creates_by:
            judged = NewJudge(stream, reach, references).run(writer)
        else:
            judge = Judge(stream, reach, references, compares=terms.compares, may_upload=may_upload, own=own)
            judged = judge.run(writer)
    if stream.root:
        share_writes(workspace, job, line_of=stream.line_of)
    elif stream.line_of is not None:
        hold_doubles(workspace, job.id, line_of=stream.line_of, by_key=bool(stream.creates_by))
    totals, choice = routing.choose(terms, job, judged, workspace=workspace, reach=reach)
    told = None
    if terms.kind is not JobKind.REAL_TIME:  # a person waits for a single edit, and it may use the reserve
        told = rationing.forecast(workspace, reach, choice, totals.send)
    counted = count_audience(workspace, job, reach) if job.root else Counted(None, is_local=False, each=())
    return ProposedGroup(
        job_id=job.id,
        connection_id=reach.connection.id,
        object=job.object,
        root=job.root,
        columns=tuple(str(column.path) for column in job.columns),
        route=choice.route,
        assurance=choice.assurance,
        rows=totals.rows,
        send=totals.send,
        unchanged=totals.unchanged,
        blocked=totals.blocked,
        conflict=totals.conflict,
        calls=choice.calls,
        read_calls=reach.calls_so_far() - before,
        creates_by=job.creates_by,
        unreached=job.unreached,
        forecast=told,
        shown_by=counted.total,
        shown_locally=counted.is_local,
        edits=tuple((one.title, one.records) for one in counted.each[:SHOWN_EDITS]),
        automation=tuple(sorted(job.automation.items())),
        ways=routing.ways_besides(terms, job, judged, choice, reach=reach),
    )


def _recounted(
    workspace: Workspace, group: ProposedGroup, reach: Reach, made: abc.Iterable[Made]
) -> ProposedGroup:
    """Count a group anew that lost rows to another one."""
    with workspace.writing() as db:
        totals = plans.count(db, group.job_id)
        plans.set_route(db, group.job_id, group.route, group.assurance, totals=totals)
    job = next(one.job for one in made if one.job.id == group.job_id)
    counted = count_audience(workspace, job, reach) if job.root else Counted(None, is_local=False, each=())
    return replace(
        group,
        send=totals.send,
        unchanged=totals.unchanged,
        blocked=totals.blocked,
        conflict=totals.conflict,
        shown_by=counted.total,
        edits=tuple((one.title, one.records) for one in counted.each[:SHOWN_EDITS]),
    )
