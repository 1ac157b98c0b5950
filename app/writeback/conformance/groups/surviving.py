"""Checks through the engine: R4–R7, R16, R17 and R21, with the oracle asked after each."""

import dataclasses
import itertools
import re

from writeback.conformance.benches import needs_route, serve_subject, write_of
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.quality import FaultName
from writeback.conformance.rooms import FAST, Room, own_entries, texts
from writeback.conformance.stages import Stage
from writeback.errors import WrongOrgError
from writeback.model.jobs import JobState, Route
from writeback.runtime.facade import JobView
from writeback.sdk.capabilities import WritesConditionally
from writeback.sdk.connector import WriteRequest
from writeback.sdk.manifest import Ability
from writeback.sdk.simulator import Running

WRITES = ("PATCH", "PUT", "POST")


@check(Tier.PLATINUM)
def single_job_is_done(stage: Stage) -> None:
    """A job of single writes is done: each row applied once, each with an intent."""
    _done(stage, Route.SINGLE, 3)


@check(Tier.PLATINUM)
def batch_job_is_done(stage: Stage) -> None:
    """A job of batches is done: each row applied once, each with an intent."""
    _done(stage, Route.BATCH, 40)


@check(Tier.PLATINUM)
def bulk_job_is_done(stage: Stage) -> None:
    """A bulk job is done: each row applied once, its results joined by record."""
    _done(stage, Route.BULK, 40)


@check(Tier.PLATINUM)
def storm_with_stated_waits_is_sat_out(stage: Stage) -> None:
    """R4: a storm of refusals that state a wait: no request inside a wait, every row done."""
    with Room(stage) as room:
        wishes = texts(room.ids[:2])
        job = room.submit(wishes, Route.SINGLE)
        for method, path in write_places(room, Route.SINGLE):
            room.fault("throttle", method=method, path=path, requests=1, window_s=2, retry_after=True)
        room.run(job)
        room.must_be_done(job, wishes)
        inside = room.running.crm.requests.told()["inside_wait"]
        expect(inside == 0, f"{inside} requests were sent inside a wait")
        expect(room.refused(), "nothing was refused: the fault befell nothing")


@check(Tier.PLATINUM)
def storm_without_stated_waits_is_sat_out(stage: Stage) -> None:
    """R4: refusals that state no wait are backed off from; the job does not fail for them."""
    with Room(stage) as room:
        wishes = texts(room.ids[:2])
        job = room.submit(wishes, Route.SINGLE)
        for method, path in write_places(room, Route.SINGLE):
            room.own_fault(FaultName.LIMIT, on={"method": method, "path": path})
        before = room.armed()
        room.run(job)
        expect(room.armed() < before, "no write came by: the fault befell nothing")
        room.must_be_done(job, wishes)
        asked = _asked(room)
        expect(asked < 40, f"{asked} requests for two rows: that is a busy loop")


@check(Tier.PLATINUM)
def expired_token_stops_and_goes_on(stage: Stage) -> None:
    """R5: a token that runs out mid-job stops the job as *sign in*; after it, every row is done, once."""
    with Room(stage) as room:
        wishes = texts(room.ids[:6])
        job = room.submit(wishes, Route.SINGLE)
        for method, path in write_places(room, Route.SINGLE):
            room.own_fault(FaultName.REJECT_TOKEN, on={"method": method, "path": path, "skip": 2})
        view = room.run(job)
        is_asked = (
            view.state is JobState.STOPPED and view.stop is not None and view.stop.code.startswith("sign_in")
        )
        expect(is_asked, f"the job is {view.state.value}: {view.stop}")
        settled = sum(room.times_applied().values())
        expect(0 < settled < len(wishes), "the token did not run out in the middle")
        room.calm()
        room.connect(room.running.url)
        room.resume(job)
        room.run(job)
        room.must_be_done(job, wishes)


@check(Tier.PLATINUM)
def lost_answers_of_single_writes_are_resolved(stage: Stage) -> None:
    """R6: answers lost after a single write was applied: read back, none doubled, none lost."""
    _lost(stage, Route.SINGLE, 3, "cut_after")


@check(Tier.PLATINUM)
def lost_requests_of_single_writes_are_resolved(stage: Stage) -> None:
    """R6: single writes that never arrived are found by the read-back and sent again."""
    _lost(stage, Route.SINGLE, 3, "cut_before")


@check(Tier.PLATINUM)
def lost_answers_of_batches_are_resolved(stage: Stage) -> None:
    """R6: the answer of a batch lost after it was applied: read back row by row."""
    _lost(stage, Route.BATCH, 12, "cut_after")


@check(Tier.PLATINUM)
def lost_requests_of_batches_are_resolved(stage: Stage) -> None:
    """R6: a batch that never arrived is found by the read-back and sent again."""
    _lost(stage, Route.BATCH, 12, "cut_before")


@check(Tier.PLATINUM)
def lost_create_of_an_upload_is_resolved(stage: Stage) -> None:
    """R6: the answer of opening a bulk job lost: no row is written twice, none is lost."""
    needs_route(stage.subject, Route.BULK)
    with Room(stage) as room:
        wishes = texts(room.ids[:12])
        job = room.submit(wishes, Route.BULK)
        room.own_fault(FaultName.LOSE_CREATE)
        room.run(job)
        room.must_be_done(job, wishes)


@check(Tier.PLATINUM)
def lost_answers_of_an_upload_are_resolved(stage: Stage) -> None:
    """R6: an answer lost in the middle of a bulk job's steps: no row twice, none lost."""
    needs_route(stage.subject, Route.BULK)
    befell = 0
    for method, skip in itertools.product(WRITES, (0, 1)):
        with Room(stage) as room:
            wishes = texts(room.ids[:12])
            job = room.submit(wishes, Route.BULK)
            room.fault("cut_after", method=method, skip=skip)
            room.run(job)
            befell += not room.armed()
            room.must_be_done(job, wishes)
    expect(befell >= 2, "no step came by: the faults befell nothing")


@check(Tier.PLATINUM)
def partial_success_is_told_row_by_row(stage: Stage) -> None:
    """R7: held rows of a job are tried again, refused ones are not; each outcome is its row's own."""
    faults = stage.subject.quality.faults
    if FaultName.HOLD_ROW in faults or FaultName.REFUSE_ROW not in faults:
        _some_rows(stage, FaultName.HOLD_ROW, ends="applied")
    if FaultName.REFUSE_ROW in faults:
        _some_rows(stage, FaultName.REFUSE_ROW, ends="rejected")


@check(Tier.PLATINUM)
def foreign_edit_becomes_a_conflict(stage: Stage) -> None:
    """R7: a record that somebody changed after the plan is a conflict and stays as they left it."""
    with Room(stage) as room:
        wishes = texts(room.ids[:4])
        job = room.submit(wishes, Route.SINGLE)
        room.running.crm.edit(stage.subject.quality.probe.object, room.ids[2], {room.field: "theirs"})
        room.run(job)
        room.must_add_up(job)
        outcomes = room.outcomes(job)
        expect(outcomes.get(room.ids[2]) == "conflict", f"the changed record is {outcomes.get(room.ids[2])}")
        others = {outcomes.get(one) for one in wishes if one != room.ids[2]}
        expect(others == {"applied"}, f"the others are {others}")


@check(Tier.PLATINUM)
def dropped_field_stops_the_job(stage: Stage) -> None:
    """R16: a field that vanishes between plan and sending: the job stops, no row is sent."""
    _drifts(stage, FaultName.DROP_FIELD)


@check(Tier.PLATINUM)
def protected_field_stops_the_job(stage: Stage) -> None:
    """R16: a field that becomes read-only between plan and sending: the job stops, no row is sent."""
    _drifts(stage, FaultName.PROTECT_FIELD)


@check(Tier.PLATINUM)
def refusal_reveals_a_dropped_field(stage: Stage) -> None:
    """R16: where refusals tell of the schema, the first one for a vanished field stops the job."""
    if Ability.TELLS_SCHEMA_REFUSALS not in stage.subject.manifest.abilities:
        raise NotApplicableError("TellsSchemaRefusals is not claimed")
    with Room(stage, compares=False) as room:
        job = room.submit(texts(room.ids[:5]), Route.SINGLE)
        room.own_fault(FaultName.DROP_FIELD)
        view = room.run(job)  # the description is young: nobody asks before the CRM refuses
        _must_have_drifted(view)
        expect(not room.times_applied(), "rows were sent all the same")
        expect(view.counts.rejected <= 1, f"{view.counts.rejected} rows were refused one by one")


@check(Tier.PLATINUM)
def one_row_more_than_a_request_holds(stage: Stage) -> None:
    """R17: n−1, n and n+1 rows of the batch's limit are cut into requests; none is refused for size."""
    most = min(needs_route(stage.subject, Route.BATCH), stage.subject.quality.probe.rows - 1)
    for count in (most - 1, most, most + 1):
        if count > 0:
            with Room(stage) as room:
                wishes = texts(room.ids[:count])
                job = room.submit(wishes, Route.BATCH)
                room.run(job)
                room.must_be_done(job, wishes)


@check(Tier.PLATINUM)
def other_org_is_refused_at_sign_in(stage: Stage) -> None:
    """R21: another org that answers at sign-in under the same name is refused."""
    with Room(stage) as room, _other_org(stage) as other:
        room.sign_in(other.token)
        try:
            room.connect(other.url)
        except WrongOrgError:
            return
        expect(holds=False, found="the other org was taken for the pinned one")


@check(Tier.PLATINUM)
def other_org_gets_no_write(stage: Stage) -> None:
    """R21: another org that answers when a job is about to be sent gets no write; the job stops."""
    with Room(stage) as room:
        wishes = texts(room.ids[:3])
        job = room.submit(wishes, Route.SINGLE)
        port = room.running.port
        room.running.close()
        with _other_org(stage, port=port) as other:
            room.sign_in(other.token)
            view = room.run(job)
            is_stopped = view.stop is not None and view.stop.code == "org.other"
            expect(is_stopped, f"the job is {view.state.value}: {view.stop}")
            expect(not own_entries(other), "it was written to")


def _has(stage: Stage, route: Route) -> bool:
    return stage.subject.manifest.routes.facts_of(route) is not None


def _done(stage: Stage, route: Route, rows: int) -> None:
    needs_route(stage.subject, route)
    with Room(stage) as room:
        wishes = texts(room.ids[:rows])
        job = room.submit(wishes, route)
        room.run(job)
        room.must_be_done(job, wishes)


def _some_rows(stage: Stage, fault: FaultName, *, ends: str) -> None:
    """Let a fault befall two rows of eight: they end so, the others are applied, each once."""
    with Room(stage) as room:
        wishes = texts(room.ids[:8])
        job = room.submit(wishes, Route.BATCH if _has(stage, Route.BATCH) else Route.SINGLE)
        befallen = {room.ids[1], room.ids[6]}
        for one in befallen:
            room.own_fault(fault, record=one)
        room.run(job)
        room.must_add_up(job)
        outcomes = room.outcomes(job)
        wrong = [one for one in wishes if outcomes.get(one) != (ends if one in befallen else "applied")]
        expect(
            not wrong, f"{len(wrong)} of {len(wishes)} rows ended {[outcomes.get(one) for one in wrong[:2]]}"
        )


def _lost(stage: Stage, route: Route, rows: int, fault: str) -> None:
    needs_route(stage.subject, route)
    with Room(stage) as room:
        wishes = texts(room.ids[:rows])
        job = room.submit(wishes, route)
        places = write_places(room, route)
        for method, path in places:
            room.fault(fault, method=method, path=path)
        room.run(job)
        expect(room.armed() < len(places), "no write came by: the fault befell nothing")
        room.must_be_done(job, wishes)


def write_places(room: Room, route: Route) -> set[tuple[str, str]]:
    """Give method and path pattern by which this connector writes: asked of prepared requests."""
    session = room.runtime.sessions.open(room.connection.id)
    described = session.describe(room.subject.quality.probe.object)
    info = described.field(room.field)
    if info is None:
        raise NotApplicableError(f"{room.field} is not described")
    writes = (write_of("k", room.ids[0], info, "x", base=room.bases[room.ids[0]]),)
    kinds = [False]
    if isinstance(session, WritesConditionally) and session.conditional_most(route.value):
        kinds.append(True)
    found = set()
    for is_conditional in kinds:
        request = WriteRequest(described.name, writes, route, is_conditional=is_conditional)
        prepared = session.prepare(request)
        path = re.escape(prepared.path.partition("?")[0]).replace(re.escape(room.ids[0]), "[^/]+")
        found.add((prepared.method, f"{path}$"))
    return found


def _drifts(stage: Stage, fault: FaultName) -> None:
    with Room(stage) as room:
        job = room.submit(texts(room.ids[:3]), Route.SINGLE)
        room.own_fault(fault)
        view = room.run(job, pace=dataclasses.replace(FAST, metadata_s=0.0))
        _must_have_drifted(view)
        expect(not room.times_applied(), "rows were sent all the same")


def _must_have_drifted(view: JobView) -> None:
    is_stopped = (
        view.state is JobState.STOPPED and view.stop is not None and view.stop.code.startswith("drift.")
    )
    expect(is_stopped, f"the job is {view.state.value}: {view.stop}")


def _asked(room: Room) -> int:
    total = room.running.crm.requests.told()["total"]
    return int(str(total))


def _other_org(stage: Stage, *, port: int = 0) -> Running:
    probe = stage.subject.quality.probe
    return serve_subject(stage.subject, simulator=probe.other_org, seed=2, port=port)


CHECKS = checks_in(globals())
