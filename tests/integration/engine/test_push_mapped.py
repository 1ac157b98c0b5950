"""Jobs of an integration: what is confirmed locally, how single values stand, what becomes of drafts."""

import pytest
from sqlalchemy import insert, select

from tests.doubles.memory_crm import FIELDS, Fault, no_answer
from tests.doubles.sending_room import Room
from writeback.engine.pulling import pull
from writeback.errors import SignInRequiredError
from writeback.model.attributes import Attribute
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.model.types import IntegrationId, JobId
from writeback.store import integrations, model, records, schema

ROUTES = pytest.mark.parametrize(
    ("route", "assurance"),
    [(Route.SINGLE, Assurance.A), (Route.BATCH, Assurance.B), (Route.BULK, Assurance.B)],
)


def map_everything(room: Room) -> Room:
    """Map every field of the CRM with write-back, and pull."""
    with room.workspace.writing() as db:
        for name, kind in FIELDS.items():
            known = {attribute.name for attribute in model.attributes(db, "account")}
            if name.lower() not in known:
                model.add_attribute(db, Attribute("account", name.lower(), name, kind))
        wish = Integration(IntegrationId(""), room.connection.id, "Account", "account", "Id")
        made = integrations.add(db, wish, at=room.clock())
        mappings = [FieldMapping(FieldPath.parse(name), name.lower(), write_back=True) for name in FIELDS]
        integrations.map_fields(db, made.id, mappings)
    pull(made.id, room.sessions.open(room.connection.id), room.workspace, full=True)
    return room


@pytest.fixture
def mapped(room: Room) -> Room:
    return map_everything(room)


def send(
    room: Room, industry: str, *, route: Route = Route.SINGLE, assurance: Assurance = Assurance.A
) -> JobId:
    wishes: dict[str, dict[str, object]] = {"R00001": {"Industry": industry}}
    return room.send(wishes, route=route, assurance=assurance, integration_id="i1", kind=JobKind.REAL_TIME)


def draft(room: Room, industry: str) -> None:
    with room.workspace.writing() as db:
        db.execute(
            insert(schema.drafts).values(
                rid="i1:R00001",
                attribute="industry",
                entity="account",
                kind="text",
                old='"Old"',
                new=f'"{industry}"',
                author="ada",
                origin="profile",
                created_at=room.clock().isoformat(),
            )
        )


def states(room: Room) -> list[tuple[str, str]]:
    table = schema.value_states
    with room.workspace.reading() as db:
        return [(row.attribute, row.state) for row in db.execute(select(table))]


def drafts(room: Room) -> list[str | None]:
    with room.workspace.reading() as db:
        return [row[0] for row in db.execute(select(schema.drafts.c.change_set_id))]


def held(room: Room) -> dict[str, object]:
    with room.workspace.reading() as db:
        return dict(records.get(db, "account", "i1:R00001").values)


@ROUTES
def test_an_applied_value_is_confirmed_and_its_draft_is_gone(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    draft(mapped, "New")
    job = send(mapped, "New", route=route, assurance=assurance)
    assert mapped.counts(job) == {"applied": 1}
    assert held(mapped)["industry"] == "New"
    assert states(mapped) == []
    assert drafts(mapped) == []


def test_what_else_the_crm_changed_is_read_back_in_the_same_pass(mapped: Room) -> None:
    mapped.crm.faults.append(
        Fault("write", after=True, call=lambda crm: crm.edit("R00001", Name="Set by automation"))
    )
    send(mapped, "New")
    assert held(mapped)["name"] == "Set by automation"


@ROUTES
def test_a_refused_value_is_shown_as_refused_and_stays_a_draft(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    draft(mapped, "Forbidden")
    job = send(mapped, "Forbidden", route=route, assurance=assurance)
    assert mapped.counts(job) == {"rejected": 1}
    assert held(mapped)["industry"] == "Old"
    assert states(mapped) == [("industry", "refused")]
    assert drafts(mapped) == [None]


def test_a_conflict_is_shown_with_their_value(mapped: Room) -> None:
    plan, job = mapped.plan({"R00001": {"Industry": "New"}}, integration_id="i1")
    mapped.crm.edit("R00001", Industry="Theirs")
    mapped.submit(plan)
    mapped.dispatcher().run_until_final([job])
    with mapped.workspace.reading() as db:
        row = db.execute(select(schema.value_states)).one()
    assert (row.state, row.theirs) == ("conflict", '"Theirs"')


def test_a_value_is_queued_from_submit_on_and_unknown_after_a_lost_answer(mapped: Room) -> None:
    plan, job = mapped.plan({"R00001": {"Industry": "New"}}, integration_id="i1")
    mapped.submit(plan)
    assert states(mapped) == [("industry", "queued")]
    seen: list[list[tuple[str, str]]] = []
    mapped.crm.faults.append(Fault("write", call=lambda _crm: seen.append(states(mapped))))
    mapped.crm.faults.append(Fault("write", after=True, error=no_answer()))
    mapped.crm.faults.append(Fault("fetch", call=lambda _crm: seen.append(states(mapped)), skip=1))
    mapped.dispatcher().run_until_final([job])
    assert seen == [[("industry", "sent")], [("industry", "unknown")]]
    assert states(mapped) == []


@ROUTES
def test_write_back_switched_off_after_the_plan_cancels_every_row_with_the_reason(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    draft(mapped, "New")
    plan, job = mapped.plan(
        {"R00001": {"Industry": "New"}, "R00002": {"Industry": "New"}},
        route=route,
        assurance=assurance,
        integration_id="i1",
    )
    mapped.submit(plan)
    with mapped.workspace.writing() as db:
        integrations.map_fields(db, "i1", [FieldMapping(FieldPath.parse("Industry"), "industry")])
    mapped.dispatcher().run_until_final([job])
    assert (mapped.job(job)["state"], mapped.job(job)["stop_code"]) == ("stopped", "gate.write_back_off")
    assert mapped.counts(job) == {"cancelled": 2}
    assert set(mapped.outcomes(job).values()) == {("cancelled", "gate.write_back_off")}
    assert mapped.crm.applied == []
    assert states(mapped) == []
    assert drafts(mapped) == [None]


def test_a_request_that_was_not_processed_leaves_its_values_queued(mapped: Room) -> None:
    mapped.crm.faults.append(Fault("write", error=SignInRequiredError("memory.expired")))
    send(mapped, "New")
    assert states(mapped) == [("industry", "queued")]


def test_an_upload_that_was_called_off_leaves_its_values_queued(mapped: Room) -> None:
    seen: list[list[tuple[str, str]]] = []
    mapped.crm.faults.append(Fault("bulk_upload", after=True, error=no_answer()))
    mapped.crm.faults.append(Fault("fetch", call=lambda _crm: seen.append(states(mapped)), skip=1))
    job = send(mapped, "New", route=Route.BULK, assurance=Assurance.B)
    assert seen == [[("industry", "queued")]]
    assert mapped.counts(job) == {"applied": 1}


def test_a_refusal_where_the_value_is_no_longer_written_ends_with_the_draft(mapped: Room) -> None:
    draft(mapped, "New")
    with mapped.workspace.writing() as db:
        for integration in ("i1", "i7"):  # i7 was the value's home until write-back moved to i1
            db.execute(
                insert(schema.value_states).values(
                    rid="i1:R00001",
                    attribute="industry",
                    integration_id=integration,
                    state="refused",
                    job_id="earlier",
                    new='"New"',
                    at=mapped.clock().isoformat(),
                )
            )
    send(mapped, "New")
    assert states(mapped) == []
    assert drafts(mapped) == []


def notes(room: Room) -> list[tuple[str, str, str, str]]:
    table = schema.value_changes
    with room.workspace.reading() as db:
        return [
            (row.attribute, row.kind, row.old, row.new)
            for row in db.execute(select(table).order_by(table.c.seq))
        ]


@pytest.mark.parametrize(("route", "assurance"), [(Route.SINGLE, Assurance.A), (Route.BATCH, Assurance.B)])
def test_what_the_crm_made_of_our_write_is_told_as_its_automation(
    mapped: Room, route: Route, assurance: Assurance
) -> None:
    mapped.crm.automation = lambda _values: {"Industry": "Set", "Name": "Too"}
    mapped.crm.tells_version = True
    job = send(mapped, "New", route=route, assurance=assurance)
    assert sorted(notes(mapped)) == [
        ("industry", "automation", '"New"', '"Set"'),
        ("name", "read_back", '"Name 1"', '"Too"'),
    ]
    with mapped.workspace.reading() as db:
        assert {row.job_id for row in db.execute(select(schema.value_changes))} == {job}


@ROUTES
def test_a_write_alone_leaves_no_note(mapped: Room, route: Route, assurance: Assurance) -> None:
    send(mapped, "New", route=route, assurance=assurance)
    assert notes(mapped) == []
