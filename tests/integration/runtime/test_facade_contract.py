"""One suite for the façade, in-process and through the pipe of `serve`."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from tests.integration.runtime.conftest import ROWS, Place
from writeback.errors import (
    ConfigurationError,
    MappingError,
    ReadOnlyConnectionError,
    RefusedError,
    UnknownAttributeError,
    WrongOrgError,
)
from writeback.model.attributes import Attribute
from writeback.model.changes import Origin
from writeback.model.connections import Environment, Safety
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import EmptyRule, FieldMapping
from writeback.model.source_formats import SourceFormat
from writeback.model.types import AttributeType, RecordId
from writeback.runtime.facade import ConnectionChange, Edit, Facade, IntegrationWish, PlanSource
from writeback.runtime.reading import Reading
from writeback.runtime.runtime import utc_now
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.store.workspace import Workspace


def map_industry(facade: Facade, place: Place) -> str:
    facade.connect(place.wish(), act="connect")
    integration = facade.add_integration(IntegrationWish("Northwind", "Account"), act="add")
    mappings = (
        FieldMapping(FieldPath.parse("Name"), "name"),
        FieldMapping(FieldPath.parse("Industry"), "industry", write_back=True),
        FieldMapping(FieldPath.parse("Phone"), "phone"),
    )
    facade.map_fields(integration.id, mappings, act="map")
    return integration.id


def first_record(place: Place, integration: str) -> RecordId:
    reading = Reading.open(place.workspace, now=lambda: datetime.now(UTC), new_id=lambda: uuid4().hex)
    try:
        rows = reading.record_rows("account")
        rows.build()
        rid = rows.block(0)[0].rid
        rows.close()
    finally:
        reading.close()
    assert rid.startswith(f"{integration}:")
    return RecordId(rid)


def test_connecting_pins_the_org_that_answers(facade: Facade, place: Place) -> None:
    made = facade.connect(place.wish(), act="a1")
    assert made.org is not None
    assert made.org.environment is Environment.TEST
    assert made.is_simulator
    assert made.safety is Safety.SILENT


def test_the_same_act_twice_is_one_act(facade: Facade, place: Place) -> None:
    first = facade.connect(place.wish(), act="a1")
    assert facade.connect(place.wish("Another name"), act="a1") == first


def test_a_connection_test_names_org_objects_and_quota(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    told = facade.test_connection("Northwind")
    assert {line.what for line in told.lines} >= {"reachable", "sign_in", "org", "objects", "quota"}
    assert all(line.is_good for line in told.lines)
    assert told.usage
    (clock,) = (line.found for line in told.lines if line.what == "clock")
    assert clock == "same time" or clock.startswith("the CRM's clock is ")
    assert "permissions" not in {line.what for line in told.lines}
    facade.add_integration(IntegrationWish("Northwind", "Account"), act="a2")
    again = facade.test_connection("Northwind")
    assert [line.found for line in again.lines if line.what == "permissions"] == ["Account: read, edit"]


def test_a_connection_test_says_when_nobody_answers(facade: Facade, place: Place) -> None:
    with start_simulator(SimulatorWish("salesforce", rows=5, seed=2)) as other:
        facade.connect(Place(place.folder, place.workspace, other).wish(), act="a1")
    told = facade.test_connection("Northwind")
    assert [(line.what, line.is_good) for line in told.lines] == [
        ("name", True),
        ("proxy", True),
        ("reachable", False),
    ]
    assert told.lines[-1].code.startswith("link.")
    assert told.org is None


def test_an_unknown_connector_and_a_strange_endpoint_are_refused(facade: Facade, place: Place) -> None:
    wish = place.wish()
    with pytest.raises(ConfigurationError) as told:
        facade.connect(type(wish)("N", "salesforce", endpoint="http://crm.example", token_file="t"), act="a")
    assert told.value.code == "link.endpoint"


def test_a_token_file_others_can_read_is_refused(facade: Facade, place: Place) -> None:
    wish = place.wish()
    Path(str(wish.token_file)).chmod(0o644)
    with pytest.raises(ConfigurationError) as told:
        facade.connect(wish, act="a1")
    assert told.value.code == "token_file.readable_by_others"


def test_another_org_behind_a_known_name_is_refused(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    with start_simulator(SimulatorWish("salesforce", rows=5, seed=2)) as other:
        (place.folder / "other").mkdir(exist_ok=True)
        elsewhere = Place(place.folder / "other", place.workspace, other)
        with pytest.raises(WrongOrgError):
            facade.connect(elsewhere.wish(), act="a2")
    assert facade.test_connection("Northwind").lines[0].is_good


def test_describe_tells_what_may_be_written(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    description = facade.describe("Northwind", "account")
    industry, score = description.field("industry"), description.field("Score_Text__c")
    assert industry is not None
    assert score is not None
    assert (industry.is_updateable, score.is_updateable, score.is_calculated) == (True, False, True)


def test_mapping_makes_attributes_and_refuses_what_cannot_be_written(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    wanted = FieldMapping(FieldPath.parse("Score_Text__c"), "score", write_back=True)
    with pytest.raises(MappingError) as told:
        facade.map_fields(integration, (wanted,), act="m2")
    assert told.value.code == "mapping.not_writable"
    with pytest.raises(UnknownAttributeError):
        facade.map_fields(integration, (FieldMapping(FieldPath.parse("Nope"), "nope"),), act="m3")


def test_two_mappings_on_one_column_are_refused_with_both_names(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    both = (
        FieldMapping(FieldPath.parse("Owner.Email"), "csm", write_back=True),
        FieldMapping(FieldPath.parse("OwnerId"), "owner", write_back=True),
    )
    with pytest.raises(MappingError) as told:
        facade.map_fields(integration, both, act="m2")
    assert told.value.code == "mapping.same_column"
    assert {"Owner.Email", "OwnerId"} <= set(map(str, told.value.facts.values()))


def test_a_filter_is_changed_after_the_crm_took_it(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    facade.pull(integration, act="pull1")
    changed = facade.change_filter(integration, " Industry = 'Retail' ", act="f1")
    assert (changed.filter, changed.watermark) == ("Industry = 'Retail'", None)
    assert facade.change_filter(integration, "Industry = 'Energy'", act="f1") == changed  # one act
    report = facade.pull(integration, act="pull2")
    assert not report.is_incremental
    assert report.read == facade.count("Northwind", "Account", "Industry = 'Retail'")
    assert report.gone == ROWS - report.read
    with pytest.raises(RefusedError):
        facade.change_filter(integration, "Industry ~~ 1", act="f2")
    with Workspace.open(place.workspace, now=utc_now, new_id=str) as workspace, workspace.reading() as db:
        told = db.exec_driver_sql("select body from audit where act = 'integration.filter_changed'").all()
    assert len(told) == 1
    assert facade.doctor().ok


def test_a_default_is_ours_until_somebody_writes_it(facade: Facade, place: Place) -> None:
    """The CRM holds nothing there, so an edit is compared with nothing, not with the default."""
    integration = map_industry(facade, place)
    rule = FieldMapping(
        FieldPath.parse("Description"),
        "notes",
        write_back=True,
        empty_rule=EmptyRule.DEFAULT,
        empty_default="nothing yet",
    )
    facade.map_fields(integration, (rule,), act="m2")
    facade.pull(integration, act="pull1")
    (empty, *_) = (
        row.record_id
        for row in facade.preview(integration, limit=ROWS).rows
        if row.cells[-1].empty is EmptyRule.DEFAULT
    )
    rid = RecordId(f"{integration}:{empty}")
    for number, text in enumerate(("nothing yet", "a word")):
        (answer,) = facade.save_edits(
            (Edit(rid, "notes", text),), origin=Origin.PROFILE, author="ana", act=f"e{number}"
        )
        assert answer.state == "draft", text  # the default itself is news to the CRM as well
        plan = facade.propose(PlanSource(kind="drafts"), act=f"p{number}")
        assert [(group.send, group.conflict) for group in plan.groups] == [(1, 0)]
        facade.discard_plan(plan.id, act=f"d{number}")


def test_a_preview_takes_mappings_that_are_not_saved(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    wished = FieldMapping(FieldPath.parse("Website"), "rank", source_format=SourceFormat.parse("comma"))
    told = facade.preview(integration, limit=ROWS, wished=(wished,))
    assert told.paths[-1] == "Website"
    assert {row.cells[-1].code for row in told.rows} <= {"", "value.not_a_number"}
    assert "Website" not in facade.preview(integration, limit=1).paths
    misfit = replace(wished, path=FieldPath.parse("AnnualRevenue"))
    with pytest.raises(MappingError) as refused:
        facade.preview(integration, wished=(misfit,))
    assert refused.value.code == "mapping.format_misfit"


def test_signing_in_again_keeps_the_word_and_colour(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    facade.change_connection("Northwind", ConnectionChange(word="LIVE EU", colour="violet"), act="a2")
    again = facade.connect(place.wish(), act="a3")
    assert (again.environment_word, again.colour) == ("LIVE EU", "violet")
    assert again.safety is Safety.SILENT  # the level follows the org, not the word
    with pytest.raises(ConfigurationError) as refused:
        facade.change_connection("Northwind", ConnectionChange(word="two\nlines"), act="a4")
    assert refused.value.code == "connection.bad_word"


def test_signing_in_again_keeps_how_jobs_are_sent(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    switch = facade.automation_switches("Northwind")[0]
    chosen = next(one for one in switch.choices if one != switch.value)
    change = ConnectionChange(collect_s=60, automation=((switch.name, chosen),))
    facade.change_connection("Northwind", change, act="a2")
    again = facade.connect(place.wish(), act="a3")
    assert (again.collect_s, dict(again.options)[switch.name]) == (60, chosen)
    assert facade.automation_switches("Northwind")[0].value == chosen


def test_an_attribute_can_be_added_once(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    wish = Attribute("account", "tier", "Tier", AttributeType.TEXT)
    assert facade.add_attribute(wish, act="a2") == wish
    with pytest.raises(ConfigurationError):
        facade.add_attribute(wish, act="a3")


def test_a_pull_reads_every_record_once(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    first = facade.pull(integration, act="p1")
    assert (first.read, first.added) == (ROWS, ROWS)
    again = facade.pull(integration, full=True, act="p2")
    assert (again.added, again.changed, again.gone) == (0, 0, 0)


def test_an_edit_with_write_back_off_is_blocked(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    facade.pull(integration, act="p1")
    edit = Edit(first_record(place, integration), "phone", "+1 555 0100")
    answers = facade.save_edits((edit,), origin=Origin.PROFILE, author="ana", act="e1", send=True)
    assert answers[0].state == "blocked"
    assert answers[0].reason is not None
    assert answers[0].reason.code == "write_back.off"
    assert answers[0].job_id is None


def test_drafts_become_a_plan_that_sends_nothing_until_it_is_submitted(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    facade.pull(integration, act="p1")
    before = len(place.simulator.crm.applied)
    edit = Edit(first_record(place, integration), "industry", "Shipping")
    assert facade.save_edits((edit,), origin=Origin.PROFILE, author="ana", act="e1")[0].state == "draft"
    plan = facade.propose(PlanSource(kind="drafts", author="ana"), act="pl1")
    assert [group.send for group in plan.groups] == [1]
    assert len(place.simulator.crm.applied) == before
    jobs = facade.submit(plan.id, act="s1")
    assert len(jobs) == 1
    assert facade.submit(plan.id, act="s1") == jobs
    facade.cancel(jobs[0], act="c1")
    assert facade.discard_drafts((), act="d1") == 1


def test_a_read_only_connection_refuses_a_plan(facade: Facade, place: Place) -> None:
    integration = map_industry(facade, place)
    facade.pull(integration, act="p1")
    edit = Edit(first_record(place, integration), "industry", "Shipping")
    facade.save_edits((edit,), origin=Origin.PROFILE, author="ana", act="e1")
    facade.change_connection("Northwind", ConnectionChange(read_only=True), act="r1")
    with pytest.raises(ReadOnlyConnectionError):
        facade.propose(PlanSource(kind="drafts"), act="pl1")


def test_a_filter_is_counted_before_it_is_used(facade: Facade, place: Place) -> None:
    facade.connect(place.wish(), act="a1")
    assert facade.count("Northwind", "Account", "") == ROWS
    assert facade.count("Northwind", "Account", "Name = 'no such name'") == 0
