"""Micro-sync: what hangs on a written value arrives in the same pass, and automation is told as such."""

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.doubles.memory_crm import FIELDS, Fault
from tests.doubles.sending_room import Room
from writeback.engine import refreshing
from writeback.engine.pulling import pull
from writeback.errors import LinkLostError
from writeback.model.attributes import Attribute
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.model.types import AttributeType, IntegrationId, JobId, Value
from writeback.store import integrations, model, records, refreshes, schema, value_states
from writeback.store.value_states import Standing

ROUTES = pytest.mark.parametrize(
    ("route", "assurance"),
    [
        (Route.SINGLE, Assurance.A),
        (Route.BATCH, Assurance.A),
        (Route.BATCH, Assurance.B),
        (Route.BULK, Assurance.B),
    ],
)
AUTOMATION = "outcome.changed_by_automation"
FIRST = "i1:R00001"


def shout(values: dict[str, Value]) -> dict[str, Value]:
    """An automation that rewrites what was written, and sets a second field."""
    industry = values.get("Industry")
    return {"Industry": industry.upper(), "Employees": 99} if isinstance(industry, str) else {}


@pytest.fixture
def mapped(room: Room) -> Room:
    """Every field and a formula are mapped, and pulled."""
    room.pace = replace(room.pace, unreadable_s=(300.0, 900.0, 3600.0))
    with room.workspace.writing() as db:
        known = {attribute.name for attribute in model.attributes(db, "account")}
        for name, kind in {**FIELDS, "Label": AttributeType.TEXT}.items():
            if name.lower() not in known:
                model.add_attribute(db, Attribute("account", name.lower(), name, kind))
        wish = Integration(IntegrationId(""), room.connection.id, "Account", "account", "Id")
        made = integrations.add(db, wish, at=room.clock())
    map_all(room)
    pull(made.id, room.sessions.open(room.connection.id), room.workspace, full=True)
    return room


def map_all(room: Room, *, empty: EmptyRule = EmptyRule.CLEAR) -> None:
    mappings = [
        FieldMapping(
            FieldPath.parse(name),
            name.lower(),
            write_back=name != "Label",
            empty_rule=empty,
            empty_default="7",
        )
        for name in (*FIELDS, "Label")
    ]
    with room.workspace.writing() as db:
        integrations.map_fields(db, IntegrationId("i1"), mappings)


def values(room: Room, rid: str = FIRST) -> dict[str, Value]:
    with room.workspace.reading() as db:
        return dict(records.get(db, "account", rid).values)


def told(room: Room, job: JobId) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    table = schema.outcomes
    with room.workspace.reading() as db:
        rows = db.execute(select(table).where(table.c.job_id == job).order_by(table.c.seq))
        return [(row.outcome, row.code, tuple(json.loads(row.fields)), row.theirs) for row in rows]


def states(room: Room) -> dict[tuple[str, str], tuple[str, str, str | None]]:
    with room.workspace.reading() as db:
        rows = db.execute(select(schema.value_states))
        return {(row.rid, row.attribute): (row.state, row.new, row.theirs) for row in rows}


def waiting(room: Room) -> int:
    with room.workspace.reading() as db:
        return len(db.execute(select(schema.refreshes)).all())


@ROUTES
def test_a_formula_and_a_second_field_arrive_in_the_same_pass_by_one_read(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    mapped.crm.automation, mapped.crm.tells_version = shout, route is not Route.BULK
    mapped.crm.tells_author = True
    mapped.crm.requests.clear()

    job = mapped.send({f"R0000{n}": {"Industry": "new"} for n in (1, 2, 3)}, route=route, assurance=assurance)

    for number in (1, 2, 3):
        held = values(mapped, f"i1:R0000{number}")
        assert (held["industry"], held["employees"], held["label"]) == ("NEW", 99, "NEW!")
    assert mapped.counts(job) == {"applied": 3}
    assert [row[:3] for row in told(mapped, job)] == [("applied", AUTOMATION, ("Industry",))] * 3
    batches = 3 if route is Route.SINGLE else 1
    assert mapped.crm.requests.count("fetch") == 2 * batches  # the compare, and one read more
    assert mapped.job(job)["state"] == "done"


def test_an_upload_is_read_back_piece_by_piece(mapped: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "ROWS", 2)
    mapped.crm.requests.clear()

    mapped.send(
        {f"R0000{n}": {"Industry": "new"} for n in range(1, 6)}, route=Route.BULK, assurance=Assurance.B
    )

    assert mapped.crm.requests.count("fetch") == 1 + 3
    assert [values(mapped, f"i1:R0000{n}")["label"] for n in range(1, 6)] == ["new!"] * 5


@ROUTES
def test_the_plan_integration_need_not_write_the_columns(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    """A file's job has no integration where not all columns are mapped: our records follow all the same."""
    job = mapped.send({"R00001": {"Industry": "new"}}, route=route, assurance=assurance, integration_id=None)

    assert mapped.counts(job) == {"applied": 1}
    assert values(mapped)["label"] == "new!"


@ROUTES
def test_what_the_crm_only_brought_into_its_form_is_no_automation(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    mapped.crm.automation = lambda values: {"Industry": f" {values['Industry']} "}
    mapped.crm.tells_author = True

    job = mapped.send({"R00001": {"Industry": "new"}}, route=route, assurance=assurance, integration_id="i1")

    assert told(mapped, job) == []
    assert values(mapped)["industry"] == " new "
    assert states(mapped) == {}


@pytest.mark.parametrize(
    ("is_told_by", "code"),
    [
        ("version", AUTOMATION),
        ("author", AUTOMATION),
        ("history", AUTOMATION),
        ("", "outcome.changed_after_write"),
    ],
)
def test_automation_is_said_only_where_something_proves_it(mapped: Room, is_told_by: str, code: str) -> None:
    mapped.crm.automation = shout
    mapped.crm.tells_version = is_told_by == "version"
    mapped.crm.tells_author = is_told_by == "author"
    mapped.crm.keeps_history = is_told_by == "history"
    mapped.sessions.local.__dict__.clear()

    job = mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")

    assert [row[:2] for row in told(mapped, job)] == [("applied", code)]
    assert values(mapped)["industry"] == "NEW"
    has_state = code == AUTOMATION
    assert states(mapped) == ({(FIRST, "industry"): ("automated", '"new"', '"NEW"')} if has_state else {})


@pytest.mark.parametrize("is_told_by", ["author", "history"])
def test_somebody_who_was_faster_than_the_read_back_is_not_called_automation(
    mapped: Room, is_told_by: str
) -> None:
    mapped.crm.tells_version = True
    mapped.crm.tells_author = is_told_by == "author"
    mapped.crm.keeps_history = is_told_by == "history"
    mapped.sessions.local.__dict__.clear()
    mapped.crm.faults.append(
        Fault("write", after=True, call=lambda crm: crm.edit("R00001", Industry="Theirs"))
    )

    job = mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")

    assert [row[:2] for row in told(mapped, job)] == [("applied", "record.changed_since")]
    assert values(mapped)["industry"] == "Theirs"
    assert states(mapped) == {}


def test_a_late_automation_is_told_by_the_history(mapped: Room) -> None:
    mapped.crm.automation, mapped.crm.is_automation_late = shout, True
    mapped.crm.tells_version = mapped.crm.keeps_history = True
    mapped.sessions.local.__dict__.clear()

    job = mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")

    assert [row[:2] for row in told(mapped, job)] == [("applied", AUTOMATION)]


def test_automation_is_no_echo_the_next_pull_finds_nothing_and_a_new_edit_forgets_it(mapped: Room) -> None:
    mapped.crm.automation, mapped.crm.tells_version = shout, True
    mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")

    report = pull(
        IntegrationId("i1"), mapped.sessions.open(mapped.connection.id), mapped.workspace, full=True
    )

    assert (report.changed, report.conflicts) == (0, 0)
    assert mapped.crm.times_applied() == {"R00001": 1}
    with mapped.workspace.writing() as db:
        value_states.clear(db, FIRST, "industry")
    mapped.crm.automation = None
    mapped.send({"R00001": {"Industry": "newer"}}, integration_id="i1")
    assert (values(mapped)["industry"], states(mapped)) == ("newer", {})


def test_a_later_write_that_stays_as_it_is_overtakes_what_was_told(mapped: Room) -> None:
    mapped.crm.automation, mapped.crm.tells_version = shout, True
    mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")
    mapped.crm.automation = None

    mapped.send({"R00001": {"Industry": "newer"}}, integration_id="i1")

    assert states(mapped) == {}


@ROUTES
def test_a_read_back_that_fails_leaves_the_row_applied_and_is_redone(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    mapped.crm.automation, mapped.crm.keeps_history = shout, True
    mapped.sessions.local.__dict__.clear()
    mapped.crm.faults.append(Fault("fetch", skip=1, error=LinkLostError("memory.down")))

    job = mapped.send({"R00001": {"Industry": "new"}}, route=route, assurance=assurance, integration_id="i1")

    assert (mapped.job(job)["state"], mapped.counts(job)) == ("done", {"applied": 1})
    assert (values(mapped)["industry"], values(mapped)["label"]) == ("new", "Old!")
    assert waiting(mapped) == 1
    mapped.ahead = timedelta(minutes=10)
    redo_all(mapped)
    assert (values(mapped)["industry"], values(mapped)["label"], waiting(mapped)) == ("NEW", "NEW!", 0)
    assert [row[:2] for row in told(mapped, job)] == [("applied", AUTOMATION)]
    assert mapped.crm.times_applied() == {"R00001": 1}
    mapped.check()


def test_a_read_back_is_given_up_after_its_last_try(mapped: Room) -> None:
    down = [Fault("fetch", error=LinkLostError("memory.down")) for _ in mapped.pace.unreadable_s]
    mapped.crm.faults += [Fault("fetch", skip=1, error=LinkLostError("memory.down")), *down]
    mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")

    for hours in range(1, len(down) + 1):
        assert waiting(mapped) == 1
        mapped.ahead = timedelta(hours=hours)
        redo_all(mapped)

    assert waiting(mapped) == 0


def test_a_late_read_back_does_not_cover_what_was_asked_since(mapped: Room) -> None:
    mapped.crm.automation, mapped.crm.keeps_history = shout, True
    mapped.sessions.local.__dict__.clear()
    mapped.crm.faults.append(Fault("fetch", skip=1, error=LinkLostError("memory.down")))
    first = mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")
    plan, second = mapped.plan({"R00001": {"Industry": "later"}}, integration_id="i1", kind=JobKind.REAL_TIME)
    mapped.submit(plan)
    mapped.ahead = timedelta(minutes=10)

    with mapped.workspace.writing() as db:
        row = Standing(FIRST, "automated", '[{},"new",{}]', '["x","NEW",1]', AUTOMATION)
        names = ["name", "industry", "employees"]
        value_states.note_automated(db, ("i1", first), names, [row], at=mapped.clock())

    assert states(mapped)[FIRST, "industry"][0] == "queued"
    mapped.dispatcher().run_until_final([second])


def test_a_value_that_was_read_back_empty_obeys_the_rule_of_its_mapping(mapped: Room) -> None:
    mapped.crm.automation = lambda values: {"Employees": None}
    map_all(mapped, empty=EmptyRule.KEEP)
    mapped.send({"R00001": {"Industry": "new"}}, integration_id="i1")
    assert values(mapped)["employees"] == 1
    map_all(mapped, empty=EmptyRule.DEFAULT)
    mapped.send({"R00002": {"Industry": "new"}}, integration_id="i1")
    assert values(mapped, "i1:R00002")["employees"] == 7


def redo_all(room: Room) -> None:
    """Let a worker run until nothing is due any more."""
    dispatcher = room.dispatcher()
    worker = threading.Thread(target=dispatcher.run)
    worker.start()
    try:
        while is_due(room):
            dispatcher.wake()
            worker.join(0.01)
    finally:
        dispatcher.stop()
        worker.join()


def is_due(room: Room) -> bool:
    with room.workspace.reading() as db:
        return refreshes.has_due(db, now=room.workspace.database_now(db))
