from dataclasses import replace

import pytest

from tests.unit.store.making import START, connect, integrate
from writeback.errors import ConfigurationError, MappingError, UnknownAttributeError
from writeback.model.attributes import Attribute, Entity, Option
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.types import AttributeType, IntegrationId
from writeback.store import integrations, model, records, sqlite
from writeback.store.workspace import Workspace

TEXT = AttributeType.TEXT
INDUSTRY = Attribute(
    "account", "industry", "Industry", AttributeType.LIST, (Option("a", "A"), Option("b", "B", active=False))
)


def mapping(
    path: str, attribute: str, *, write_back: bool = False, mode: ReferenceMode = ReferenceMode.REPOINT
) -> FieldMapping:
    return FieldMapping(FieldPath.parse(path), attribute, write_back=write_back, reference_mode=mode)


def test_a_new_workspace_has_accounts_memberships_and_users(workspace: Workspace) -> None:
    with workspace.reading() as db:
        assert [entity.name for entity in model.entities(db)] == ["account", "membership", "user"]
        assert records.count(db, "user") == 0


def test_an_attribute_is_kept_and_becomes_a_column(workspace: Workspace) -> None:
    with workspace.writing() as db:
        model.add_attribute(db, INDUSTRY)
        model.add_attribute(db, replace(INDUSTRY, name="arr", kind=AttributeType.CURRENCY))
        assert [attribute.name for attribute in model.attributes(db, "account")] == ["industry", "arr"]
        assert model.get_attribute(db, "account", "industry") == INDUSTRY
        assert sqlite.columns_of(db, "rec_account")[-2:] == ("industry", "arr")
        changed = replace(INDUSTRY, title="Branch", options=(), editable=False)
        model.change_attribute(db, changed)
        assert model.get_attribute(db, "account", "industry") == changed


@pytest.mark.parametrize("name", ["title", "rid", "gone", "Industry", "1st", "", "a b", 'x"y', "a" * 64])
def test_a_name_that_cannot_be_a_column_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(ConfigurationError), workspace.writing() as db:
        model.add_attribute(db, replace(INDUSTRY, name=name))
    with workspace.reading() as db:
        assert model.attributes(db, "account") == ()


def test_an_attribute_is_added_once_and_never_changes_its_kind(workspace: Workspace) -> None:
    with workspace.writing() as db:
        model.add_attribute(db, INDUSTRY)
        with pytest.raises(ConfigurationError):
            model.add_attribute(db, INDUSTRY)
        with pytest.raises(ConfigurationError):
            model.change_attribute(db, replace(INDUSTRY, kind=TEXT))
        with pytest.raises(UnknownAttributeError):
            model.add_attribute(db, replace(INDUSTRY, entity="deal"))


def test_an_entity_is_added_with_its_records(workspace: Workspace) -> None:
    with workspace.writing() as db:
        model.add_entity(db, Entity("deal", "Deal"))
        with pytest.raises(ConfigurationError):
            model.add_entity(db, Entity("deal", "Deal"))
        assert records.count(db, "deal") == 0


def test_integrations_are_numbered_past_nine(workspace: Workspace) -> None:
    connection = connect(workspace)
    wished = Integration(IntegrationId(""), connection.id, "Account", "account", "Id")
    with workspace.writing() as db:
        made = [integrations.add(db, wished, at=START).id for _ in range(11)]
        assert made[-1] == "i11"
        assert [known.id for known in integrations.every(db)] == made
        assert integrations.every(db, entity="user") == ()
        with pytest.raises(UnknownAttributeError):
            integrations.get(db, "i12")


def test_mappings_are_added_and_replaced_by_path(workspace: Workspace) -> None:
    made = integrate(workspace, {"Industry": ("industry", TEXT), "Owner.Email": ("csm", TEXT)})
    with workspace.writing() as db:
        changed = integrations.map_fields(db, made.id, [mapping("Industry", "industry", write_back=False)])
        assert [str(m.path) for m in changed.mappings] == ["Industry", "Owner.Email"]
        assert not changed.mappings[0].write_back
        left = integrations.unmap_fields(db, made.id, ["Industry"])
        assert [str(m.path) for m in left.mappings] == ["Owner.Email"]
        with pytest.raises(MappingError):
            integrations.unmap_fields(db, made.id, ["Industry"])


@pytest.mark.parametrize(
    "pair",
    [
        [mapping("Industry", "a"), mapping("industry", "b")],
        [mapping("Industry", "a"), mapping("Industry", "b")],
        [mapping("Industry", "a"), mapping("Type", "a")],
        [mapping("Owner.Email", "a", write_back=True), mapping("Owner.Name", "b", write_back=True)],
        [mapping("Owner.Email", "a", write_back=True), mapping("OwnerId", "b", write_back=True)],
        [
            mapping("Parent.Owner.Email", "a", write_back=True),
            mapping("Parent.OwnerId", "b", write_back=True),
        ],
    ],
)
def test_two_mappings_on_one_column_or_attribute_are_refused(
    workspace: Workspace, pair: list[FieldMapping]
) -> None:
    made = integrate(workspace, {"X": ("a", TEXT), "Y": ("b", TEXT)})
    with workspace.writing() as db:
        integrations.unmap_fields(db, made.id, ["X", "Y"])
    far = dict.fromkeys(("Parent.Owner.Email", "Parent.OwnerId"), "Parent.OwnerId")
    written = dict.fromkeys(("Owner.Email", "Owner.Name", "OwnerId"), "OwnerId") | far
    with pytest.raises(MappingError), workspace.writing() as db:
        integrations.map_fields(db, made.id, pair, written=written)
    with workspace.reading() as db:
        assert integrations.get(db, made.id).mappings == ()


def test_reading_two_fields_of_one_reference_is_fine(workspace: Workspace) -> None:
    made = integrate(workspace, {"Owner.Email": ("a", TEXT), "Owner.Name": ("b", TEXT)})
    assert len(made.mappings) == 2


def test_editing_two_fields_of_the_referenced_record_is_fine(workspace: Workspace) -> None:
    made = integrate(workspace, {"X": ("a", TEXT), "Y": ("b", TEXT)})
    edit = ReferenceMode.EDIT_TARGET
    pair = [
        mapping("Owner.Email", "a", write_back=True, mode=edit),
        mapping("Owner.Name", "b", write_back=True, mode=edit),
    ]
    with workspace.writing() as db:
        integrations.unmap_fields(db, made.id, ["X", "Y"])
        assert len(integrations.map_fields(db, made.id, pair).mappings) == 2


def test_an_unknown_attribute_is_refused(workspace: Workspace) -> None:
    made = integrate(workspace, {})
    with workspace.writing() as db, pytest.raises(UnknownAttributeError):
        integrations.map_fields(db, made.id, [mapping("Industry", "nothing")])


def test_reading_more_or_other_records_starts_afresh(workspace: Workspace) -> None:
    made = integrate(workspace, {"X": ("a", TEXT), "Y": ("b", TEXT)})
    with workspace.writing() as db:
        integrations.note_pull(db, made.id, at=START, watermark="w", result={"read": 3})
        assert integrations.map_fields(db, made.id, [mapping("X", "a")]).watermark == "w"
        assert integrations.last_pull(db, made.id) == {"read": 3}
        integrations.note_problem(db, made.id, code="link.lost")
        assert integrations.last_pull(db, made.id) == {"read": 3, "problem": "link.lost"}
        assert integrations.change_filter(db, made.id, "Type = 'x'").watermark is None
        integrations.note_pull(db, made.id, at=START, watermark="w", result={})
        integrations.unmap_fields(db, made.id, ["X"])
        assert integrations.map_fields(db, made.id, [mapping("X", "a")]).watermark is None
