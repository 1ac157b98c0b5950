"""Records that are made, against a CRM in memory: once each, whatever is lost, and told as it is."""

import json

import pytest
from sqlalchemy import select

from tests.doubles.memory_crm import Fault, MemoryCrm, MemorySession, no_answer
from tests.doubles.sending_room import Room
from writeback.engine.undoing import gather_undo
from writeback.errors import InvalidRequestError, LinkLostError
from writeback.model.jobs import Assurance, Route
from writeback.model.types import JobId
from writeback.store import inbox, outbox, plan_parts, schema, steering
from writeback.store.plan_parts import Part

ROUTES = pytest.mark.parametrize(
    "route", [Route.BATCH, pytest.param(Route.SINGLE, marks=pytest.mark.nightly)]
)


def wishes(*names: str, industry: str = "New") -> dict[str, dict[str, object]]:
    return {name: {"Name": name, "Industry": industry} for name in names}


def create(room: Room, *names: str, route: Route = Route.BATCH, most: int = 25, **more: str) -> JobId:
    told = {"creates_by": "Name", "most": 1 if route is Route.SINGLE else most}
    return room.send(wishes(*names, **more), route=route, assurance=Assurance.A, **told)  # type: ignore[arg-type]


def made(room: Room, job: JobId) -> dict[int, str]:
    table = schema.made
    with room.workspace.reading() as db:
        rows = db.execute(select(table.c.seq, table.c.record_id).where(table.c.job_id == job))
        return {int(seq): str(record_id) for seq, record_id in rows}


def held(room: Room) -> list[str]:
    return sorted(str(one["Name"]) for one in room.crm.records.values())


@ROUTES
def test_each_record_is_made_once_and_its_id_is_kept(room: Room, route: Route) -> None:
    job = create(room, "Maple", "Oak", "Elm", route=route)
    assert room.counts(job) == {"applied": 3}
    assert room.job(job)["state"] == "done", room.job(job)
    ids = {room.crm.records[key]["Name"]: key for key, _ in room.crm.applied}
    assert made(room, job) == {1: ids["Maple"], 2: ids["Oak"], 3: ids["Elm"]}
    assert set(room.crm.times_applied().values()) == {1}
    with room.workspace.reading() as db:
        approved = (
            outbox.numbers(db, job, (0, 99)),
            outbox.rows_that_ended(db, job, ("applied",), after=0, most=9),
        )
    assert [row.record_id for row in approved[1]] == list(ids.values())
    room.check()


def test_an_answer_without_ids_is_no_end_of_them(room: Room) -> None:
    room.crm.forgets_ids = True
    job = create(room, "Maple", "Oak")
    assert room.counts(job) == {"applied": 2}
    assert sorted(made(room, job).values()) == sorted(key for key, _ in room.crm.applied)


def test_a_record_that_appeared_meanwhile_is_left_alone(room: Room) -> None:
    plan, job = room.plan(wishes("Maple", "Oak"), route=Route.BATCH, creates_by="Name")
    room.crm.edit("R00001", Name="MAPLE", Industry="Theirs")
    room.submit(plan, most=25)
    room.dispatcher().run_until_final([job])
    assert room.outcomes(job) == {1: ("conflict", "create.exists"), 2: ("applied", "")}
    assert room.crm.records["R00001"]["Industry"] == "Theirs"
    assert [key for key, _ in room.crm.applied] == list(made(room, job).values())
    with room.workspace.reading() as db:
        assert inbox.count(db) == 0, "there are no two sides to choose between"


def test_a_row_without_its_key_is_left_out_whole(room: Room) -> None:
    plan, job = room.plan(wishes("Maple", "Oak"), creates_by="Name")
    with room.workspace.writing() as db:
        plan_parts.leave_out(db, plan, [Part(job, (1,), "Name"), Part(job, (2,), "Industry")])
        assert plan_parts.places_left_out(db, job) == {1: plan_parts.ROW, 2: 1}
    room.submit(plan)
    room.dispatcher().run_until_final([job])
    assert [values for _, values in room.crm.applied] == [{"Name": "Oak"}]


def test_a_record_that_appears_between_look_and_write_is_a_conflict_too(room: Room) -> None:
    def meanwhile(crm: MemoryCrm) -> None:
        crm.edit("R00001", Name="Maple", Industry="Theirs")

    room.crm.faults.append(Fault("write", call=meanwhile))
    job = create(room, "Maple", "Oak")
    assert room.outcomes(job) == {1: ("conflict", "create.exists"), 2: ("applied", "")}
    with room.workspace.reading() as db:
        theirs = db.execute(select(schema.outcomes.c.theirs).where(schema.outcomes.c.seq == 1)).scalar_one()
    assert json.loads(theirs)[:2] == ["Maple", "Theirs"]


@ROUTES
def test_a_lost_answer_of_what_was_made_is_found_by_its_key(room: Room, route: Route) -> None:
    room.crm.faults.append(Fault("write", after=True, error=no_answer()))
    job = create(room, "Maple", route=route)
    assert room.outcomes(job) == {1: ("applied", "create.found_made")}
    assert (held(room).count("Maple"), len(room.crm.applied)) == (1, 1)
    assert list(made(room, job).values()) == [room.crm.applied[0][0]]
    assert [one["verdict"] for one in room.attempts(job)] == ["settled"]


@ROUTES
def test_a_request_that_never_arrived_is_sent_again_after_the_look(room: Room, route: Route) -> None:
    room.crm.faults.append(Fault("write", error=no_answer()))
    job = create(room, "Maple", route=route)
    assert room.outcomes(job) == {1: ("applied", "")}
    assert (len(room.crm.applied), len(room.attempts(job))) == (1, 2)


def test_a_lost_request_that_arrives_late_makes_no_second_record(room: Room) -> None:
    late: list[bytes] = []
    room.crm.faults.append(Fault("write", call=lambda crm: late.append(crm.bodies[-1]), error=no_answer()))
    room.crm.faults.append(Fault("write", call=lambda crm: MemorySession(crm).replay(late.pop()) and None))
    job = create(room, "Maple")
    assert room.outcomes(job) == {1: ("applied", "create.found_made")}
    assert (held(room).count("Maple"), len(room.crm.applied)) == (1, 1)


def test_other_values_after_a_lost_answer_need_a_person(room: Room) -> None:
    def changed(crm: MemoryCrm) -> None:
        crm.edit(crm.named("Maple")[0], Industry="Theirs")

    room.crm.faults.append(Fault("write", after=True, call=changed, error=no_answer()))
    job = create(room, "Maple")
    assert room.outcomes(job) == {1: ("conflict", "create.exists_unlike")}
    assert room.job(job)["state"] == "done"
    assert len(room.crm.applied) == 1


def test_a_locked_row_is_sent_again_and_a_refused_one_is_told(room: Room) -> None:
    room.crm.locked["Maple"] = 1
    job = create(room, "Maple", "Oak")
    assert room.counts(job) == {"applied": 2}
    job = create(room, "Elm", industry="Forbidden")
    assert room.outcomes(job) == {1: ("rejected", "NOT_ALLOWED")}


def test_one_row_that_spoils_the_request_is_found(room: Room) -> None:
    names = ("Maple", "Oak", "Elm", "Ash")
    plan, job = room.plan(
        {name: {"Name": name, "Industry": "Poison" if name == "Elm" else "New"} for name in names},
        route=Route.BATCH,
        creates_by="Name",
    )
    room.submit(plan, most=25)
    room.dispatcher().run_until_final([job])
    assert room.counts(job) == {"applied": 3, "rejected": 1}
    assert set(room.crm.times_applied().values()) == {1}


def test_what_was_not_processed_waits_and_is_made_once(room: Room) -> None:
    room.crm.faults.append(Fault("write", error=LinkLostError("link.refused", host="crm")))
    job = create(room, "Maple")
    assert room.counts(job) == {"applied": 1}
    room.crm.faults.append(Fault("fetch", error=LinkLostError("link.refused", host="crm")))
    job = create(room, "Oak")
    assert room.counts(job) == {"applied": 1}
    assert len(room.crm.applied) == 2


def test_a_read_back_that_fails_leaves_the_rows_to_a_person(room: Room) -> None:
    room.crm.faults.append(Fault("write", after=True, error=no_answer()))
    refused = InvalidRequestError("memory.no_read", message="no")
    room.crm.faults += [Fault("fetch", error=refused, skip=1), Fault("fetch", error=refused)]
    job = create(room, "Maple")
    assert room.counts(job) == {"unknown": 1}
    assert room.job(job)["state"] == "needs_you"


def test_an_undo_names_each_made_record_and_sends_nothing(room: Room) -> None:
    job = create(room, "Maple", "Oak")
    stream = gather_undo(room.workspace, job)
    rows = list(stream.rows)
    assert (stream.columns, stream.creates_by) == ((), "")
    assert [(row.record_id, row.blocked and row.blocked.code) for row in rows] == [
        (key, "undo.made_stays") for key, _ in room.crm.applied
    ]


@pytest.mark.parametrize("lost", ["before", "after"])
@pytest.mark.parametrize("verb", ["pause", "cancel"])
def test_who_pauses_or_cancels_makes_no_more_and_is_told_what_was_made(
    room: Room, verb: str, lost: str
) -> None:
    plan, job = room.plan(wishes("Maple", "Oak", "Elm"), creates_by="Name")
    room.submit(plan)

    def steer(verb: str) -> None:
        with room.workspace.writing() as db:
            getattr(steering, verb)(db, job, now=room.workspace.database_now(db), by="ana")

    fault = Fault("write", call=lambda _crm: steer(verb), skip=1)
    room.crm.faults += [fault, Fault("write", after=lost == "after", error=no_answer(), skip=1)]
    room.dispatcher().run_until_final([job])
    names = held(room)
    ended = {"applied": 1 + names.count("Oak"), "cancelled": 2 - names.count("Oak")}
    assert "Elm" not in names
    if verb == "cancel":
        assert (room.job(job)["state"], room.counts(job)) == ("cancelled", ended)
    else:
        assert room.job(job)["state"] == "paused"
        steer("resume")
        room.dispatcher().run_until_final([job])
        assert (room.job(job)["state"], room.counts(job)) == ("done", {"applied": 3})
    assert len(made(room, job)) == room.counts(job)["applied"] == len(room.crm.applied)
    room.check()
