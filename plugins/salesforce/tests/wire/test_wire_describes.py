"""Describes of real orgs, read in our words."""

import json

import pytest
from plugins.salesforce.tests.making import RECORDED, recorded

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ReferenceInfo
from writeback_salesforce.wire.describes import parse_describe, parse_objects, prepare_describe, resolve

OBJECTS = ("Account", "Contact", "Lead", "Opportunity", "Case")


def field(object_name: str, name: str) -> FieldInfo:
    found = recorded(object_name).info.field(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", OBJECTS)
def test_every_field_of_a_recorded_describe_is_there(name: str) -> None:
    told = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    info = recorded(name).info
    assert [field.name for field in info.fields] == [field["name"] for field in told["fields"]]
    writable = {f["name"] for f in told["fields"] if f["updateable"] and not f["calculated"]}
    assert {f.name for f in info.fields if f.is_updateable} == writable
    assert (info.key_field, info.version_field) == ("Id", "SystemModstamp")


def test_an_account_is_told_in_our_words() -> None:
    described = recorded("Account")
    assert (described.info.name_field, described.info.is_updateable) == ("Name", True)
    assert described.key_prefix == "001"
    assert (described.has("industry"), described.has("Nope")) == (True, False)
    revenue = field("Account", "AnnualRevenue")
    assert (revenue.kind, revenue.length, revenue.scale) == (AttributeType.CURRENCY, 18, 0)
    assert revenue.is_double
    employees = field("Account", "numberofemployees")
    assert (employees.kind, employees.length, employees.is_double) == (AttributeType.INTEGER, 8, False)
    industry = field("Account", "Industry")
    assert (industry.kind, industry.is_restricted) == (AttributeType.LIST, False)
    assert {option.value for option in industry.options} >= {"Retail", "Energy"}
    assert field("Account", "CleanStatus").is_restricted
    assert field("Account", "Id").is_lookup_key
    assert not field("Account", "Id").is_updateable


def test_a_compound_field_is_neither_carried_nor_written() -> None:
    address = field("Account", "BillingAddress")
    assert (address.kind, address.crm_type, address.is_updateable) == (None, "address", False)


def test_references_tell_their_targets() -> None:
    assert field("Account", "OwnerId").reference == ReferenceInfo("Owner", ("User",), is_polymorphic=False)
    owner = field("Case", "OwnerId").reference
    assert owner is not None
    assert owner.is_polymorphic
    assert set(owner.targets) == {"Group", "User"}


def test_formulas_and_auto_numbers_are_not_updateable() -> None:
    base = {"label": "x", "type": "string", "updateable": True}
    told = [base | {"name": "F__c", "calculated": True}, base | {"name": "N__c", "autoNumber": True}]
    info = parse_describe({"name": "X", "label": "X", "fields": told}).info
    assert [f.is_updateable for f in info.fields] == [False, False]
    assert (info.version_field, info.name_field) == ("", "Id")


@pytest.mark.parametrize(
    ("start", "path", "spelled", "kind"),
    [
        ("Account", "industry", "Industry", AttributeType.LIST),
        ("Account", "owner.EMAIL", "Owner.Email", AttributeType.EMAIL),
        ("Account", "Parent.Owner.Manager.Email", "Parent.Owner.Manager.Email", AttributeType.EMAIL),
        ("Case", "Owner.Username", "Owner.Username", AttributeType.TEXT),
        ("Case", "Owner.Name", "Owner.Name", AttributeType.TEXT),
    ],
)
def test_a_path_is_followed_in_salesforces_own_spelling(
    start: str, path: str, spelled: str, kind: AttributeType
) -> None:
    assert resolve(start, path, recorded) == (spelled, kind)


@pytest.mark.parametrize("path", ["Nope", "Owner.Nope", "Nope.Email", "Industry.Name", "BillingAddress"])
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(InvalidRequestError):
        resolve("Account", path, recorded)


def test_the_list_of_objects_leaves_out_what_cannot_be_queried() -> None:
    told = json.loads((RECORDED / "Global.json").read_text(encoding="utf-8"))
    objects = {info.name: info for info in parse_objects(told)}
    assert objects["Account"].updateable
    assert set(objects) == {
        o["name"] for o in told["sobjects"] if o["queryable"] and not o["deprecatedAndHidden"]
    }
    assert parse_objects({}) == ()


def test_nothing_but_a_name_gets_into_the_address() -> None:
    assert prepare_describe("Account") == "sobjects/Account/describe"
    with pytest.raises(ContractBrokenError):
        prepare_describe("../limits")
