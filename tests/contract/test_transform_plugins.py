"""A third party's transforms: told without running it, run when allowed, and blamed when they fail."""

import importlib.metadata
from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.trusting import allowed_host
from tests.integration.planning.planning_desk import Desk
from tests.unit.store.making import FakeClock, Ids
from writeback.engine.pulling import pull
from writeback.engine.reaching import Reach
from writeback.engine.shaping import Offered
from writeback.errors import ContractBrokenError, MappingError, PluginNotLoadableError
from writeback.host import Host
from writeback.host.loading import load_transforms
from writeback.model.changes import Change, Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType, RecordId
from writeback.model.value_rules import TransformUse, ValueRules
from writeback.planning.coercing import text_of
from writeback.runtime.transforming import STANDARD_TITLES, Transforms, offered
from writeback.store import drafts, integrations, records
from writeback.store.drafts import Draft
from writeback.store.workspace import Workspace


def shaped_by(*uses: str) -> FieldMapping:
    rules = ValueRules(transforms=tuple(map(TransformUse.parse, uses)))
    return FieldMapping(FieldPath.parse("Name"), "name", write_back=True, values=rules)


class TransformDesk(Desk):
    """A planning desk whose mappings may use a third party's transforms."""

    transforms: Transforms

    def reach(self, connection_id: str) -> Reach:
        return replace(super().reach(connection_id), transforms=self.transforms.find)

    def write(self, mapping: FieldMapping, text: str) -> tuple[str, str | None, str]:
        """Plan one edit of a name; gives its verdict, what would be written and the plugin blamed."""
        with self.workspace.writing() as db:
            self.integration = integrations.map_fields(db, self.integration.id, [mapping])
        pull(self.integration.id, self.session, self.workspace, transforms=self.transforms.find)
        with self.workspace.writing() as db:
            (record,) = records.page(db, "account", limit=1)
            drafts.discard(db, at=self.workspace.now())
            change = Change(RecordId(record.id), "name", record.values["name"], text)
            at = self.workspace.now()
            drafts.put(db, Draft(change, "account", AttributeType.TEXT, "ada", Origin.PROFILE, at))
        (row,) = self.rows(self.propose_drafts())
        return (
            row.verdict,
            text_of(row.new[0]) if row.verdict == "send" else None,
            row.facts.get("plugin", ""),
        )  # type: ignore[arg-type]  the one column written is text, so never unset


@pytest.fixture
def desk(tmp_path: Path, third_party: importlib.metadata.EntryPoints) -> TransformDesk:
    workspace = Workspace.create(tmp_path / "w.writeback", now=FakeClock(), new_id=Ids())
    made = TransformDesk(workspace, tmp_path)
    points = [point for point in third_party if point.name == "minimal"]
    made.transforms = Transforms(allowed_host(points))
    return made


def test_a_transform_shapes_what_goes_out_and_turns_back_what_comes_in(desk: TransformDesk) -> None:
    held = next(iter(desk.crm.records["Account"].values()))["Name"]
    assert desk.write(shaped_by("minimal.backwards"), "Acme") == ("send", "emcA", "")
    with desk.workspace.reading() as db:
        (record,) = records.page(db, "account", limit=1)
    assert record.values["name"] == str(held)[::-1]
    assert desk.write(shaped_by("trim", "minimal.backwards", "upper"), "Acme ") == ("send", "EMCA", "")


def test_what_the_crm_holds_already_is_not_shown_as_it_is_spelled_there(desk: TransformDesk) -> None:
    """The plan cannot turn it back; the next pull does."""
    desk.write(shaped_by("minimal.backwards"), "Acme")
    key = next(iter(desk.crm.records["Account"]))
    desk.crm.put("Account", key, Name="emcA")
    plan = desk.propose_drafts()
    assert [row.verdict for row in desk.rows(plan)] == ["unchanged"]
    desk.submit(plan.id)
    with desk.workspace.reading() as db:
        (record,) = records.page(db, "account", limit=1)
    assert record.values["name"] != "emcA"
    pull(desk.integration.id, desk.session, desk.workspace, transforms=desk.transforms.find)
    with desk.workspace.reading() as db:
        (record,) = records.page(db, "account", limit=1)
    assert record.values["name"] == "Acme"


def test_one_that_fails_blocks_its_row_with_its_plugins_name(desk: TransformDesk) -> None:
    assert desk.write(shaped_by("minimal.boom"), "Acme") == ("blocked", None, "minimal")
    assert desk.write(shaped_by("digits"), "Acme") == ("blocked", None, "")


def test_what_there_is_is_told_without_running_a_plugin(third_party: importlib.metadata.EntryPoints) -> None:
    points = [point for point in third_party if point.name == "minimal"]
    host = allowed_host(points)
    told = {one.name: (one.title, one.plugin) for one in offered(host)}
    assert set(STANDARD_TITLES) < set(told)
    assert told["minimal.backwards"] == ("Written backwards", "Minimal")
    refused = Transforms(Host(entry_points=points))
    with pytest.raises(PluginNotLoadableError):
        refused.find("minimal.backwards")
    assert isinstance(refused.find("trim"), Offered)
    with pytest.raises(MappingError, match=r"transform\.unknown"):
        Transforms(host).find("minimal.sideways")


def test_a_plugin_that_offers_others_than_it_promised_is_refused(
    third_party: importlib.metadata.EntryPoints,
) -> None:
    host = allowed_host([point for point in third_party if point.name == "minimal"])
    record = host.record("minimal")
    assert record.manifest is not None
    fewer = replace(record, manifest=record.manifest.model_copy(update={"transforms": ()}))
    with pytest.raises(ContractBrokenError, match=r"plugin\.other_transforms"):
        load_transforms(fewer)
