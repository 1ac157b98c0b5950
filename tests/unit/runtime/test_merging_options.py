"""Options that are merged where the value map of a mapping names only some of them."""

from pathlib import Path

from tests.unit.store.making import connect, create
from writeback.model.attributes import Attribute, Option
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType, IntegrationId
from writeback.model.value_rules import Pair, UnknownRule, ValueRules
from writeback.planning.translating import Translation
from writeback.runtime import merging_options
from writeback.store import integrations, model

TIERS = ("Gold", "Silver", "Tin")


def merged(folder: Path, rules: ValueRules, *, gone: str, into: str) -> Translation:
    with create(folder) as workspace:
        connection = connect(workspace)
        options = tuple(Option(one, one) for one in TIERS)
        with workspace.writing() as db:
            model.add_attribute(db, Attribute("account", "tier", "Tier", AttributeType.LIST, options=options))
            wish = Integration(IntegrationId(""), connection.id, "Account", "account", "Id")
            own = integrations.add(db, wish, at=workspace.now())
            mapping = FieldMapping(FieldPath.parse("Tier__c"), "tier", write_back=True, values=rules)
            integrations.map_fields(db, own.id, (mapping,))
        merging_options.merge(workspace, "account", "tier", gone=gone, into=into)
        with workspace.reading() as db:
            (found,) = integrations.get(db, own.id).mappings
    return Translation(found.values, AttributeType.LIST)


def test_what_travelled_as_it_is_still_does(tmp_path: Path) -> None:
    rules = ValueRules((Pair("gold_2023", "Gold"),), UnknownRule.PASS)
    told = merged(tmp_path, rules, gone="Gold", into="Silver")
    assert told.out("Silver") == "Silver", "not as the option that went"
    assert [told.come_in(one) for one in ("gold_2023", "Silver", "Tin")] == ["Silver", "Silver", "Tin"]


def test_what_came_in_as_it_is_means_the_one_that_stays(tmp_path: Path) -> None:
    rules = ValueRules((Pair("gold_2023", "Gold"),), UnknownRule.PASS)
    told = merged(tmp_path, rules, gone="Silver", into="Gold")
    assert told.out("Gold") == "gold_2023"
    assert [told.come_in(one) for one in ("gold_2023", "Silver")] == ["Gold", "Gold"]
