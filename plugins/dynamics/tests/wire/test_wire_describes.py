"""Metadata as Dataverse tells it, read in our words."""

import pytest
from plugins.dynamics.tests.making import TABLES, described, tables

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ReferenceInfo
from writeback_dynamics.wire import describes
from writeback_dynamics.wire.columns import is_guid, property_of
from writeback_dynamics.wire.describes import must_have, parse_describe
from writeback_dynamics.wire.tables import label_of, object_infos, parse_tables, prepare_tables

A = AttributeType


def field(name: str, table: str = "account") -> FieldInfo:
    found = described(table).info.field(name)
    assert found is not None
    return found


def test_tables_are_told_by_their_irregular_names_and_those_without_a_set_left_out() -> None:
    assert "$select=LogicalName,EntitySetName," in prepare_tables()
    assert list(tables()) == ["account", "contact", "systemuser", "team", "new_plain", "new_elastic"]
    account = tables()["account"]
    assert (account.entity_set, account.key, account.title) == ("accounts", "accountid", "name")
    assert (account.has_versions, account.tracks_changes, account.label) == (True, True, "Account")
    infos = {info.name: info for info in object_infos(tables().values())}
    assert (infos["account"].custom, infos["new_plain"].custom) == (False, True)


@pytest.mark.parametrize("answer", [{}, {"value": "x"}, {"value": None}])
def test_an_answer_without_its_list_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
        parse_tables(answer)


def test_labels_are_the_users_the_first_or_the_name() -> None:
    assert label_of({"UserLocalizedLabel": {"Label": "Firma"}}, "x") == "Firma"
    assert label_of({"UserLocalizedLabel": None, "LocalizedLabels": [{"Label": "Firm"}]}, "x") == "Firm"
    assert label_of({"UserLocalizedLabel": {"Label": ""}, "LocalizedLabels": []}, "x") == "x"
    assert label_of(None, "x") == "x"


@pytest.mark.parametrize(
    ("name", "kind", "length", "scale"),
    [
        ("accountid", A.TEXT, None, None),
        ("name", A.TEXT, 160, None),
        ("emailaddress1", A.EMAIL, 100, None),
        ("websiteurl", A.URL, 200, None),
        ("description", A.LONG_TEXT, 2000, None),
        ("industrycode", A.LIST, None, None),
        ("new_colors", A.MULTI_LIST, None, None),
        ("statecode", A.LIST, None, None),
        ("donotemail", A.BOOLEAN, None, None),
        ("numberofemployees", A.INTEGER, 10, None),
        ("versionnumber", A.INTEGER, None, None),
        ("new_score", A.NUMBER, 3, 3),
        ("new_ratio", A.NUMBER, 1, 5),
        ("revenue", A.CURRENCY, 15, 2),
        ("modifiedon", A.DATETIME, None, None),
        ("new_renewal", A.DATE, None, None),
        ("new_meeting", A.DATETIME, None, None),
        ("primarycontactid", A.TEXT, None, None),
        ("ownerid", A.TEXT, None, None),
        ("primarycontactidname", None, None, None),
        ("entityimage", None, None, None),
        ("new_secret", None, None, None),
    ],
)
def test_each_type_is_told_by_its_true_name(
    name: str, kind: AttributeType | None, length: int | None, scale: int | None
) -> None:
    assert (field(name).kind, field(name).length, field(name).scale) == (kind, length, scale)


def test_only_a_floating_point_column_is_kept_as_a_double() -> None:
    assert {info.name for info in described("account").info.fields if info.is_double} == {"new_ratio"}


def test_what_the_server_would_ignore_is_described_as_read_only() -> None:
    writable = {info.name for info in described("account").info.fields if info.is_updateable}
    assert {"name", "revenue", "statecode", "primarycontactid", "ownerid"} <= writable
    assert writable.isdisjoint({"accountid", "revenue_base", "modifiedon", "owninguser", "new_nowhere"})


def test_computed_columns_and_help_are_told() -> None:
    assert [info.name for info in described("account").info.fields if info.is_calculated] == ["new_total"]
    assert (field("new_total").help, field("name").help) == ("All of it.", "")


def test_only_what_the_system_requires_cannot_be_cleared() -> None:
    assert field("name").is_nillable  # ApplicationRequired is a rule of forms
    assert [field(name).is_nillable for name in ("statecode", "statuscode", "ownerid", "accountid")] == [
        False
    ] * 4


def test_options_are_values_with_labels_from_the_own_or_the_global_set() -> None:
    assert [(one.value, one.label) for one in field("industrycode").options] == [
        ("1", "Accounting"),
        ("7", "Retail"),
    ]
    assert [one.label for one in field("new_colors").options] == ["Red", "Blue"]
    assert field("industrycode").is_restricted
    assert not field("name").is_restricted
    assert described("account").default_status == {"0": "1", "1": "2"}
    assert described("team").default_status == {}


def test_lookups_lead_by_the_true_navigation_property() -> None:
    assert field("primarycontactid").reference == ReferenceInfo(
        "primarycontactid", ("contact",), is_polymorphic=False
    )
    assert field("new_customerid").reference == ReferenceInfo(
        "new_customerid", ("account", "contact"), is_polymorphic=True
    )
    assert field("ownerid").reference == ReferenceInfo("ownerid", ("systemuser", "team"), is_polymorphic=True)
    assert field("new_nowhere").reference is None
    account = described("account")
    assert account.navigations["new_customerid", "contact"] == "new_CustomerId_contact"
    assert account.navigations["ownerid", "systemuser"] == "owninguser"
    assert account.info.reference("PrimaryContactId") is field("primarycontactid")


def test_lookups_are_read_by_their_value_property() -> None:
    assert property_of(field("primarycontactid")) == "_primarycontactid_value"
    assert property_of(field("accountid")) == "accountid"
    assert [is_guid(field(name)) for name in ("accountid", "ownerid", "name")] == [True, True, False]


def test_keys_of_one_column_that_are_ready_name_a_record() -> None:
    assert {one.name for one in described("account").info.fields if one.is_lookup_key} == {
        "accountid",
        "accountnumber",
    }
    assert {one.name for one in described("account").info.fields if one.is_unique} == {
        "accountid",
        "accountnumber",
    }
    users = {one.name for one in described("systemuser").info.fields if one.is_lookup_key}
    assert users == {"systemuserid", "internalemailaddress", "domainname"}


def test_an_elastic_table_is_read_only() -> None:
    assert not described("new_elastic").info.is_updateable
    account = described("account").info
    assert account.is_updateable
    assert (account.key_field, account.name_field, account.version_field) == (
        "accountid",
        "name",
        "@odata.etag",
    )
    assert described("new_elastic").info.name_field == "new_elasticid"  # its name column is not there


def test_all_questions_about_a_table_name_it_and_each_type_has_one() -> None:
    asked = describes.prepare_describe("account")
    assert len(set(asked)) == len(asked) == 16
    assert all(one.startswith("EntityDefinitions(LogicalName='account')/") for one in asked)
    assert [one.split("/")[1].partition("?")[0] for one in asked[:3]] == [
        "Attributes",
        "ManyToOneRelationships",
        "Keys",
    ]
    casts = [one.split("Microsoft.Dynamics.CRM.")[1].partition("AttributeMetadata")[0] for one in asked[3:]]
    others = {"Integer", "BigInt", "Decimal", "Double", "Money", "DateTime", "Lookup"}
    assert set(casts) == {"String", "Memo", "Picklist", "MultiSelectPicklist", "State", "Status"} | others
    with pytest.raises(ContractBrokenError):
        describes.prepare_describe("account')/x")


def test_a_column_that_cannot_be_read_is_named() -> None:
    assert must_have(described("account").info, "Name").name == "name"
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unknown_column"):
        must_have(described("account").info, "nope")
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_column"):
        must_have(described("account").info, "entityimage")
    assert (described("account").has("name"), described("account").has("entityimage")) == (True, False)


def test_metadata_with_holes_is_read_as_far_as_it_goes() -> None:
    bare = {
        "value": [{"LogicalName": "x"}, {"LogicalName": "y", "AttributeTypeName": {"Value": "StateType"}}]
    }
    made = parse_describe(
        tables()["team"], bare, relations={"value": [{}]}, keys={"value": [{}]}, casts=[{"value": [{}]}]
    )
    assert [(one.name, one.kind, one.is_updateable) for one in made.info.fields] == [
        ("x", None, False),
        ("y", A.LIST, False),
    ]
    assert TABLES["value"][-1]["EntitySetName"] is None
