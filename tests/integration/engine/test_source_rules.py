"""What a pull does with empty values and with texts of a format, and what changing those rules does."""

from datetime import date
from decimal import Decimal

import pytest

from tests.integration.engine.dict_session import Crm, DictSession
from tests.unit.store.making import FakeClock, connect
from writeback.engine.previewing import preview
from writeback.engine.pulling import pull
from writeback.errors import MappingError
from writeback.model.attributes import Attribute
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.reports import PullReport
from writeback.model.source_formats import SourceFormat
from writeback.model.types import AttributeType, IntegrationId, Value
from writeback.store import checks, integrations, model, records
from writeback.store.workspace import Workspace

KINDS = {
    "name": AttributeType.TEXT,
    "web": AttributeType.TEXT,
    "staff": AttributeType.INTEGER,
    "since": AttributeType.DATE,
    "arr": AttributeType.CURRENCY,
    "regions": AttributeType.MULTI_LIST,
}
PATHS = {"Name": "name", "Web": "web", "Staff": "staff", "Since": "since", "Arr": "arr", "Regions": "regions"}
KEEP, CLEAR, DEFAULT = EmptyRule.KEEP, EmptyRule.CLEAR, EmptyRule.DEFAULT


def rule(path: str, empty: EmptyRule = CLEAR, default: str = "", form: str = "") -> FieldMapping:
    return FieldMapping(
        FieldPath.parse(path),
        PATHS[path],
        write_back=not form,
        empty_rule=empty,
        empty_default=default,
        source_format=SourceFormat.parse(form),
    )


def integrate(
    workspace: Workspace, *mappings: FieldMapping, name: str = "First", match: str = ""
) -> Integration:
    connection = connect(workspace, name)
    with workspace.writing() as db:
        known = {one.name for one in model.attributes(db, "account")}
        for attribute, kind in KINDS.items():
            if attribute not in known:
                model.add_attribute(db, Attribute("account", attribute, attribute, kind))
        made = integrations.add(
            db,
            Integration(IntegrationId(""), connection.id, "Account", "account", "Id", match=match),
            at=workspace.now(),
        )
        return integrations.map_fields(db, made.id, mappings)


def change(workspace: Workspace, *mappings: FieldMapping) -> Integration:
    with workspace.writing() as db:
        return integrations.map_fields(db, "i1", mappings)


def kept_invariants(workspace: Workspace) -> None:
    with workspace.reading() as db:
        assert [finding for finding in checks.every(db) if not finding.is_kept] == []


def run(workspace: Workspace, crm: Crm, integration: str = "i1", *, full: bool = False) -> PullReport:
    crm.ticks += 10_000
    report = pull(integration, DictSession(crm), workspace, seconds=crm.seconds, full=full)
    kept_invariants(workspace)
    return report


def held(workspace: Workspace) -> dict[str, dict[str, Value]]:
    with workspace.reading() as db:
        page = records.page(db, "account", limit=100)
    return {
        record.id: {name: value for name, value in record.values.items() if value is not None}
        for record in page
    }


def titles(workspace: Workspace) -> dict[str, str]:
    with workspace.reading() as db:
        return {record.id: record.title for record in records.page(db, "account", limit=100)}


@pytest.fixture
def crm() -> Crm:
    return Crm()


def test_each_rule_says_what_an_empty_value_means(workspace: Workspace, crm: Crm, clock: FakeClock) -> None:
    integrate(
        workspace,
        rule("Name", KEEP),
        rule("Web", CLEAR),
        rule("Staff", DEFAULT, "5"),
        rule("Regions", DEFAULT, "EMEA;APAC"),
    )
    crm.put("A", Name="Acme", Web="acme.example", Staff=12, Regions=("AMER",))
    crm.put("B", Name=None, Web=None, Staff=None, Regions=None)
    run(workspace, crm)
    assert held(workspace) == {
        "i1:A": {"name": "Acme", "web": "acme.example", "staff": 12, "regions": ("AMER",)},
        "i1:B": {"staff": 5, "regions": ("EMEA", "APAC")},
    }
    crm.put("A", Name="", Web="", Staff=None, Regions=())
    run(workspace, crm)
    assert held(workspace)["i1:A"] == {"name": "Acme", "web": "", "staff": 5, "regions": ("EMEA", "APAC")}
    assert titles(workspace)["i1:A"] == "Acme"  # a name that is kept keeps its title
    crm.put("A", Name="Acme Inc.", Staff=0)
    run(workspace, crm)
    assert held(workspace)["i1:A"]["name"] == titles(workspace)["i1:A"] == "Acme Inc."
    assert held(workspace)["i1:A"]["staff"] == 0  # nought is a value


def test_the_snapshot_holds_what_the_crm_holds(workspace: Workspace, crm: Crm) -> None:
    made = integrate(workspace, rule("Name", KEEP), rule("Staff", DEFAULT, "5"))
    crm.put("A", Name="Acme", Staff=1)
    run(workspace, crm)
    crm.put("A", Name=None, Staff=None)
    run(workspace, crm)
    with workspace.reading() as db:
        (snapshot,) = records.snapshot_of(db, made, ("A",)).values()
    assert dict(snapshot.values) == {"Name": None, "Staff": None}
    assert run(workspace, crm, full=True).changed == 0


def test_a_rule_that_is_changed_counts_at_once(workspace: Workspace, crm: Crm) -> None:
    integrate(workspace, rule("Name"), rule("Staff"))
    crm.put("A", Name="Acme", Staff=None)
    crm.put("B", Name="Bolt", Staff=3)
    run(workspace, crm)
    change(workspace, rule("Staff", DEFAULT, "5"))
    assert {rid: one.get("staff") for rid, one in held(workspace).items()} == {"i1:A": 5, "i1:B": 3}
    kept_invariants(workspace)
    change(workspace, rule("Staff", DEFAULT, "7"))
    assert held(workspace)["i1:A"]["staff"] == 7
    change(workspace, rule("Staff", CLEAR))
    assert "staff" not in held(workspace)["i1:A"]
    kept_invariants(workspace)


def test_of_two_crms_each_keeps_to_its_own_rule(workspace: Workspace, crm: Crm) -> None:
    integrate(workspace, rule("Name"), rule("Web"), rule("Staff", KEEP))
    integrate(workspace, rule("Name"), rule("Web"), rule("Staff", DEFAULT, "9"), name="Second", match="web")
    other = Crm()
    crm.put("A", Name="Acme", Web="acme.example", Staff=4)
    other.put("X", Name="Acme", Web="acme.example", Staff=None)
    other.put("Y", Name="Yoyo", Web="yoyo.example", Staff=None)
    run(workspace, crm)
    run(workspace, other, "i2")
    assert {rid: one["staff"] for rid, one in held(workspace).items()} == {"i1:A": 4, "i2:Y": 9}
    crm.put("A", Staff=None)
    run(workspace, crm)
    assert held(workspace)["i1:A"]["staff"] == 4  # kept: the CRM that emptied it says so
    other.put("X", Staff=6)
    run(workspace, other, "i2")
    assert held(workspace)["i1:A"]["staff"] == 4  # a CRM that held nothing only fills a blank
    other.put("X", Staff=None)
    run(workspace, other, "i2")
    assert held(workspace)["i1:A"]["staff"] == 9


def test_what_another_crm_holds_is_not_taken_back_with_a_default(workspace: Workspace, crm: Crm) -> None:
    integrate(workspace, rule("Name"), rule("Web"), rule("Staff", DEFAULT, "9"))
    integrate(workspace, rule("Name"), rule("Web"), rule("Staff"), name="Second", match="web")
    other = Crm()
    crm.put("A", Name="Acme", Web="acme.example", Staff=None)
    crm.put("B", Name="Bolt", Web="bolt.example", Staff=None)
    other.put("X", Name="Acme", Web="acme.example", Staff=9)
    run(workspace, crm)
    run(workspace, other, "i2")
    change(workspace, rule("Staff", CLEAR))
    assert {rid: one.get("staff") for rid, one in held(workspace).items()} == {"i1:A": 9, "i1:B": None}
    kept_invariants(workspace)


def test_texts_of_a_format_are_kept_as_what_they_mean(workspace: Workspace, crm: Crm) -> None:
    integrate(workspace, rule("Name"), rule("Since", form="dmy"), rule("Arr", form="comma"))
    crm.put("A", Name="Acme", Since="03.04.2026", Arr="1.200,50 €")
    crm.put("B", Name="Bolt", Since=" ", Arr=Decimal("7.5"))
    run(workspace, crm)
    assert held(workspace) == {
        "i1:A": {"name": "Acme", "since": date(2026, 4, 3), "arr": Decimal("1200.5")},
        "i1:B": {"name": "Bolt", "arr": Decimal("7.5")},
    }
    change(workspace, rule("Since", form="mdy"))
    report = run(workspace, crm)
    assert (report.is_incremental, report.changed) == (False, 1)
    assert held(workspace)["i1:A"]["since"] == date(2026, 3, 4)


def test_a_text_that_its_format_does_not_read_stops_the_pull_whole(workspace: Workspace, crm: Crm) -> None:
    integrate(workspace, rule("Name"), rule("Since", form="dmy"))
    crm.put("A", Name="Acme", Since="2026-04-03")
    crm.put("B", Name="Bolt", Since="03.04.2026")
    with pytest.raises(MappingError) as caught:
        run(workspace, crm)
    assert (caught.value.code, caught.value.facts["value"]) == ("mapping.unreadable", "2026-04-03")
    assert held(workspace) == {}


def test_a_preview_shows_what_each_rule_does(workspace: Workspace, crm: Crm) -> None:
    made = integrate(
        workspace, rule("Name", KEEP), rule("Since", form="dmy"), rule("Staff", DEFAULT, "5"), rule("Web")
    )
    crm.put("A", Name=None, Since="03.04.2026", Staff=None, Web=None)
    crm.put("B", Name="Bolt", Since="April", Staff=3, Web="x")
    with workspace.reading() as db:
        kinds = records.kinds_of(db, made)
    told = preview(DictSession(crm), made, kinds)
    cells = {row.record_id: dict(zip(told.paths, row.cells, strict=True)) for row in told.rows}
    assert {path: (one.raw, one.kept, one.empty) for path, one in cells["A"].items()} == {
        "Name": ("", "", KEEP),
        "Since": ("03.04.2026", "2026-04-03", None),
        "Staff": ("", "5", DEFAULT),
        "Web": ("", "", None),
    }
    assert (cells["B"]["Since"].kept, cells["B"]["Since"].code) == ("", "value.not_a_date")


def test_a_default_never_looks_like_a_conflict(workspace: Workspace, crm: Crm) -> None:
    """Until somebody writes it, the CRM holds nothing, and the draft's base says so."""
    integrate(workspace, rule("Name"), rule("Staff", DEFAULT, "5"))
    crm.put("A", Name="Acme", Staff=None)
    run(workspace, crm)
    with workspace.reading() as db:
        links = records.links_of(db, integrations.every(db), ("i1:A",))
    ((link,),) = links.values()
    assert link.values["staff"] is None
    assert held(workspace)["i1:A"]["staff"] == 5
