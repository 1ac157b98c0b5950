"""Records of several CRMs become one of ours where the match says so, and never by chance."""

from collections import abc

import pytest

from tests.integration.engine.dict_session import Crm, DictSession
from tests.unit.store.making import FakeClock, connect
from writeback.engine.pulling import pull
from writeback.errors import MappingError
from writeback.model.attributes import Attribute
from writeback.model.changes import Change, Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.reports import PullReport
from writeback.model.types import AttributeType, IntegrationId, RecordId, Value
from writeback.store import checks, drafts, integrations, model, records, sqlite
from writeback.store.drafts import Draft
from writeback.store.workspace import Workspace

FIELDS = {"Name": "name", "Web": "website", "Industry": "industry", "Phone": "phone"}


def integrate(workspace: Workspace, name: str, *, match: str = "") -> Integration:
    connection = connect(workspace, name)
    with workspace.writing() as db:
        known = {one.name for one in model.attributes(db, "account")}
        for attribute in FIELDS.values():
            if attribute not in known:
                model.add_attribute(db, Attribute("account", attribute, attribute, AttributeType.TEXT))
        made = integrations.add(
            db,
            Integration(IntegrationId(""), connection.id, "Account", "account", "Id", match=match),
            at=workspace.now(),
        )
        mappings = [
            FieldMapping(FieldPath.parse(path), name, write_back=True) for path, name in FIELDS.items()
        ]
        return integrations.map_fields(db, made.id, mappings)


@pytest.fixture
def crms(workspace: Workspace) -> tuple[Crm, Crm]:
    integrate(workspace, "First")
    integrate(workspace, "Second", match="website")
    return Crm(), Crm()


def run(workspace: Workspace, crm: Crm, integration: str, *, full: bool = False) -> PullReport:
    crm.ticks += 10_000
    report = pull(integration, DictSession(crm), workspace, seconds=crm.seconds, full=full)
    with workspace.reading() as db:
        broken = [finding for finding in checks.every(db) if not finding.is_kept]
    assert broken == []
    return report


def held(workspace: Workspace) -> dict[str, dict[str, Value]]:
    with workspace.reading() as db:
        return {record.id: dict(record.values) for record in records.page(db, "account", limit=10_000)}


def rid_of(workspace: Workspace, integration: str, key: str) -> str:
    with workspace.reading() as db:
        return str(
            sqlite.run(db, f"select rid from snap_{integration} where key = ?", (key,)).fetchone()[0]  # noqa: S608  our own id
        )


def test_an_equal_value_links_whatever_its_case_and_blanks(
    workspace: Workspace, crms: tuple[Crm, Crm]
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="Acme.example", Industry="Retail")
    first.put("B", Name="Bäcker", Web="BÄCKER.example")
    first.put("C", Name="Corp", Web="corp.example")
    second.put("X", Name="Acme Inc.", Web="  acme.EXAMPLE ", Industry="Energy", Phone="1")
    second.put("Y", Name="Bäcker", Web="bäcker.example")
    second.put("Z", Name="New", Web="new.example")
    second.put("N", Name="None")
    run(workspace, first, "i1")
    report = run(workspace, second, "i2")
    assert (report.added, report.linked, report.ambiguous) == (4, 2, 0)
    assert rid_of(workspace, "i2", "X") == "i1:A"
    assert rid_of(workspace, "i2", "Y") == "i1:B"
    assert rid_of(workspace, "i2", "Z") == "i2:Z"
    assert rid_of(workspace, "i2", "N") == "i2:N"
    # what is there stays, and blanks are filled
    assert held(workspace)["i1:A"] == {
        "name": "Acme",
        "website": "Acme.example",
        "industry": "Retail",
        "phone": "1",
    }
    with workspace.reading() as db:
        assert records.find(db, "account", "X").id == "i1:A"
        assert integrations.last_pull(db, "i2")["linked"] == 2


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [({"A": "acme.example", "B": "ACME.example"}, ("X",)), ({"A": "acme.example"}, ("X", "Y"))],
)
def test_what_fits_several_is_linked_to_none(
    workspace: Workspace, crms: tuple[Crm, Crm], ours: abc.Mapping[str, str], theirs: abc.Sequence[str]
) -> None:
    first, second = crms
    for key, web in ours.items():
        first.put(key, Name=key, Web=web)
    for key in theirs:
        second.put(key, Name=key, Web="acme.example")
    run(workspace, first, "i1")
    report = run(workspace, second, "i2")
    assert (report.linked, report.ambiguous) == (0, len(theirs))
    assert {rid_of(workspace, "i2", key) for key in theirs} == {f"i2:{key}" for key in theirs}


def test_a_record_that_this_crm_has_already_is_not_linked_twice(
    workspace: Workspace, crms: tuple[Crm, Crm]
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example")
    second.put("X", Name="Acme", Web="acme.example")
    run(workspace, first, "i1")
    assert run(workspace, second, "i2").linked == 1
    second.put("Y", Name="Acme again", Web="acme.example")
    report = run(workspace, second, "i2")
    assert (report.linked, report.ambiguous) == (0, 0)
    assert rid_of(workspace, "i2", "Y") == "i2:Y"


def test_the_newest_change_wins_and_only_what_changed_comes_over(
    workspace: Workspace, crms: tuple[Crm, Crm]
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example", Industry="Retail")
    second.put("X", Name="Acme Inc.", Web="acme.example", Industry="Energy", Phone="1")
    run(workspace, first, "i1")
    run(workspace, second, "i2")
    second.put("X", Phone="2")  # Industry stays as it was there: it is not news
    run(workspace, second, "i2")
    assert held(workspace)["i1:A"]["phone"] == "2"
    assert held(workspace)["i1:A"]["industry"] == "Retail"
    second.put("X", Industry="Mining", Name="Acme GmbH")
    run(workspace, second, "i2")
    assert held(workspace)["i1:A"]["industry"] == "Mining"
    with workspace.reading() as db:
        assert records.get(db, "account", "i1:A").title == "Acme GmbH"


def test_a_record_is_gone_when_every_crm_lost_it(workspace: Workspace, crms: tuple[Crm, Crm]) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example")
    second.put("X", Name="Acme", Web="acme.example")
    run(workspace, first, "i1")
    run(workspace, second, "i2")
    first.remove("A")
    run(workspace, first, "i1")
    assert list(held(workspace)) == ["i1:A"]
    second.remove("X")
    run(workspace, second, "i2")
    assert held(workspace) == {}
    second.put("X", Name="Acme", Web="acme.example")
    run(workspace, second, "i2")
    assert list(held(workspace)) == ["i1:A"]


def test_a_clash_is_told_of_the_crm_that_changed(
    workspace: Workspace, crms: tuple[Crm, Crm], clock: FakeClock
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example", Industry="Retail")
    second.put("X", Name="Acme", Web="acme.example", Industry="Energy")
    run(workspace, first, "i1")
    run(workspace, second, "i2")
    change = Change(RecordId("i1:A"), "industry", "Retail", "Media")
    kept = Draft(change, "account", AttributeType.TEXT, "ada", Origin.PROFILE, clock(), {"i2": "Energy"})
    with workspace.writing() as db:
        drafts.put(db, kept)
    second.put("X", Phone="7")  # another field: what was seen of Industry there still stands
    assert run(workspace, second, "i2").conflicts == 0
    second.put("X", Industry="Mining")
    assert run(workspace, second, "i2").conflicts == 1
    with workspace.reading() as db:
        (clash,) = drafts.conflicts_of(db, RecordId("i1:A"), "industry")
    assert (clash.integration_id, clash.theirs) == ("i2", "Mining")
    second.put("X", Industry="Energy")
    run(workspace, second, "i2")
    with workspace.reading() as db:
        assert drafts.conflicts_of(db, RecordId("i1:A"), "industry") == ()


def test_many_are_linked_in_one_pass(workspace: Workspace, crms: tuple[Crm, Crm]) -> None:
    first, second = crms
    for number in range(5_000):
        first.put(f"A{number:05d}", Name=f"Acme {number}", Web=f"w{number}.example")
        second.put(f"X{number:05d}", Name=f"Other {number}", Web=f"W{number}.EXAMPLE")
    run(workspace, first, "i1")
    report = run(workspace, second, "i2")
    assert (report.linked, report.ambiguous) == (5_000, 0)
    assert len(held(workspace)) == 5_000


def test_a_match_that_nothing_is_read_for_is_refused_before_it_makes_doubles(
    workspace: Workspace, crms: tuple[Crm, Crm]
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example")
    second.put("X", Name="Acme", Web="acme.example")
    run(workspace, first, "i1")
    with workspace.writing() as db:
        integrations.unmap_fields(db, "i2", ("Web",))
    with pytest.raises(MappingError) as caught:
        run(workspace, second, "i2")
    assert (caught.value.code, caught.value.facts["attribute"]) == ("mapping.match_not_mapped", "website")
    assert list(held(workspace)) == ["i1:A"]


def test_a_field_mapped_later_fills_blanks_and_overwrites_nothing(
    workspace: Workspace, crms: tuple[Crm, Crm]
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example", Industry="Retail")
    first.put("B", Name="Bolt", Web="bolt.example")
    second.put("X", Name="Acme", Web="acme.example", Industry="Energy")
    second.put("Y", Name="Bolt", Web="bolt.example", Industry="Mining")
    with workspace.writing() as db:
        integrations.unmap_fields(db, "i2", ("Industry",))
    run(workspace, first, "i1")
    run(workspace, second, "i2")
    with workspace.writing() as db:
        integrations.map_fields(db, "i2", [FieldMapping(FieldPath.parse("Industry"), "industry")])
    run(workspace, second, "i2")
    assert {rid: values["industry"] for rid, values in held(workspace).items()} == {
        "i1:A": "Retail",
        "i1:B": "Mining",
    }


def test_a_field_that_is_unmapped_leaves_what_the_other_crm_holds(
    workspace: Workspace, crms: tuple[Crm, Crm]
) -> None:
    first, second = crms
    first.put("A", Name="Acme", Web="acme.example", Industry="Retail")
    second.put("X", Name="Acme", Web="acme.example", Industry="Energy")
    run(workspace, first, "i1")
    run(workspace, second, "i2")
    with workspace.writing() as db:
        integrations.unmap_fields(db, "i1", ("Industry",))
    assert held(workspace)["i1:A"]["industry"] == "Energy"
    run(workspace, first, "i1")
