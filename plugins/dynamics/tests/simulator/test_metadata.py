"""EntityDefinitions, casts, relationships, keys and $metadata (contract, section 7)."""

import os
from collections import abc
from pathlib import Path

import pytest
from lxml import etree
from plugins.dynamics.tests import odata
from plugins.dynamics.tests.simulator.conftest import Client, problem

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
ACCOUNT = "EntityDefinitions(LogicalName='account')"
CAST = "Microsoft.Dynamics.CRM.{}AttributeMetadata"


def not_run(what: str) -> None:
    print(f"NOT RUN: {what}")
    pytest.skip(f"NOT RUN: {what}")


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    place = Path(os.environ.get("WRITEBACK_SPECS", "/nowhere")) / "dynamics" / "oasis-csdl" / "edmx.xsd"
    if not place.exists():
        not_run("the OASIS schemas are not in WRITEBACK_SPECS")
    return etree.XMLSchema(etree.parse(place))


@pytest.mark.parametrize("query", ["", "?annotations=true"])
def test_the_model_is_valid_by_the_oasis_schemas(org: Client, schema: etree.XMLSchema, query: str) -> None:
    answer = org.get(f"$metadata{query}")
    assert answer.headers["Content-Type"] == "application/xml"
    document = etree.fromstring(answer.content)
    schema.assertValid(document)
    assert bool(document.findall(f".//{EDM}Property/{EDM}Annotation")) is bool(query)


def test_the_model_agrees_with_itself_and_with_the_rows(org: Client) -> None:
    document = etree.fromstring(org.get("$metadata").content)
    types = {one.get("Name"): one for one in document.iter(f"{EDM}EntityType")}
    sets = {
        one.get("Name"): one.get("EntityType").removeprefix("mscrm.")
        for one in document.iter(f"{EDM}EntitySet")
    }
    for kind in types.values():
        for navigation in kind.findall(f"{EDM}NavigationProperty"):
            target = navigation.get("Type").removeprefix("Collection(").rstrip(")").removeprefix("mscrm.")
            assert target in types, navigation.attrib
            constraint = navigation.find(f"{EDM}ReferentialConstraint")
            if constraint is not None:
                own = {one.get("Name") for one in kind.findall(f"{EDM}Property")}
                assert constraint.get("Property") in own
    for binding in document.iter(f"{EDM}NavigationPropertyBinding"):
        assert binding.get("Target") in sets
    for set_name, kind in sets.items():
        properties = {one.get("Name") for one in types[kind].findall(f"{EDM}Property")}
        for row in org.rows(f"{set_name}?$top=1"):
            assert set(row) - {"@odata.etag"} <= properties | {"ownerid"}


def test_read_only_columns_are_annotated(org: Client) -> None:
    document = etree.fromstring(org.get("$metadata?annotations=true").content)
    [account] = [one for one in document.iter(f"{EDM}EntityType") if one.get("Name") == "account"]
    terms = {
        one.get("Name"): {note.get("Term").rpartition(".")[2] for note in one}
        for one in account.findall(f"{EDM}Property")
    }
    assert terms["name"] == {"Description"}
    assert "Permissions" in terms["wb_score"]
    tracked = {
        one.getparent().getparent().get("Name"): one.find(f".//{EDM}PropertyValue").get("Bool")
        for one in document.iter(f"{EDM}Annotation", f"{EDM}Record")
        if one.tag == f"{EDM}Record" and one.getparent().get("Term", "").endswith("ChangeTracking")
    }
    assert (tracked["accounts"], tracked["wb_readings"]) == ("true", "false")


def test_tables_are_listed_without_pages_and_with_their_id(make: abc.Callable[..., Client]) -> None:
    org = make(extra_tables="700", page_size="50")
    select = (
        "LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,DisplayName,ChangeTrackingEnabled"
    )
    told = org.get(f"EntityDefinitions?$select={select}").json()
    assert "@odata.nextLink" not in told
    assert len(told["value"]) > 700
    account = next(row for row in told["value"] if row["LogicalName"] == "account")
    assert set(account) == {"MetadataId", *select.split(",")}
    assert account["DisplayName"]["UserLocalizedLabel"]["Label"] == "Account"
    by_id = org.get(f"EntityDefinitions({account['MetadataId']})?$select=LogicalName").json()
    assert by_id["LogicalName"] == "account"


def test_form_encoded_filters_are_read(org: Client) -> None:
    query = "%24select=LogicalName%2CEntitySetName&%24filter=LogicalName+eq+%27account%27"
    assert [row["EntitySetName"] for row in org.rows(f"EntityDefinitions?{query}")] == ["accounts"]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Status'", {"statuscode"}),
        (
            "RequiredLevel/Value eq Microsoft.Dynamics.CRM.AttributeRequiredLevel'ApplicationRequired'",
            {"name"},
        ),
        ("AttributeTypeName/Value eq 'MultiSelectPicklistType'", {"wb_segments"}),
        ("IsPrimaryName eq true", {"name"}),
        ("SourceType eq 1", {"wb_score", "wb_tiertext"}),
        ("LogicalName eq 'name' or LogicalName eq 'revenue'", {"name", "revenue"}),
    ],
)
def test_columns_are_filtered_by_literals(org: Client, where: str, names: set[str]) -> None:
    rows = org.rows(f"{ACCOUNT}/Attributes?$select=LogicalName&$filter={where}")
    assert {row["LogicalName"] for row in rows} == names


def test_text_functions_are_not_implemented_for_metadata(org: Client) -> None:
    answer = org.get("EntityDefinitions?$filter=startswith(LogicalName,'acc')")
    text = 'The "startswith" function isn\'t supported for Metadata Entities'
    assert problem(answer) == (501, "", text)


def test_an_enum_needs_its_full_literal(org: Client) -> None:
    assert org.get(f"{ACCOUNT}/Attributes?$filter=AttributeType eq 'Status'").status_code == 400


@pytest.mark.parametrize(
    ("cast", "column", "facts"),
    [
        ("String", "name", {"MaxLength": 160, "FormatName": {"Value": "Text"}}),
        ("Memo", "description", {"MaxLength": 2000}),
        ("Integer", "numberofemployees", {"MinValue": 0, "MaxValue": 1_000_000_000, "Format": "None"}),
        ("BigInt", "versionnumber", {"IsValidForUpdate": False}),
        ("Decimal", "wb_health", {"Precision": 2, "MinValue": 0.0, "MaxValue": 100.0}),
        ("Double", "wb_growth", {"Precision": 5}),
        ("Money", "revenue", {"PrecisionSource": 2, "IsBaseCurrency": False}),
        (
            "Money",
            "revenue_base",
            {"IsBaseCurrency": True, "CalculationOf": "revenue", "IsValidForUpdate": False},
        ),
        ("DateTime", "wb_renewaldate", {"Format": "DateOnly", "DateTimeBehavior": {"Value": "DateOnly"}}),
        ("DateTime", "wb_localopening", {"DateTimeBehavior": {"Value": "TimeZoneIndependent"}}),
        (
            "Lookup",
            "ownerid",
            {"Targets": ["systemuser", "team"], "AttributeTypeName": {"Value": "OwnerType"}},
        ),
        ("Lookup", "primarycontactid", {"Targets": ["contact"]}),
        ("Image", "entityimage", {"AttributeType": "Virtual"}),
    ],
)
def test_a_cast_tells_what_only_that_type_has(
    org: Client, cast: str, column: str, facts: dict[str, object]
) -> None:
    kind = CAST.format(cast)
    rows = org.rows(f"{ACCOUNT}/Attributes/{kind}")
    row = next(row for row in rows if row["LogicalName"] == column)
    assert {name: row[name] for name in facts} == facts
    assert row["@odata.type"] == f"#{kind}"
    one = org.get(f"{ACCOUNT}/Attributes(LogicalName='{column}')/{kind}").json()
    assert {name: one[name] for name in facts} == facts


def test_without_a_cast_those_facts_are_not_there(org: Client) -> None:
    status, code, message = problem(org.get(f"{ACCOUNT}/Attributes?$select=LogicalName,MaxLength"))
    assert (status, code) == (400, "0x80060888")
    assert (
        message
        == "Could not find a property named 'MaxLength' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'."
    )
    assert org.get(f"{ACCOUNT}/Attributes/{CAST.format('Enum')}").status_code == 404


def test_options_come_with_labels_states_and_defaults(org: Client) -> None:
    query = "?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet"
    opportunity = "EntityDefinitions(LogicalName='opportunity')/Attributes"
    [status] = org.rows(f"{opportunity}/{CAST.format('Status')}{query}")
    assert [(one["Value"], one["State"]) for one in status["OptionSet"]["Options"]] == [
        (1, 0),
        (2, 0),
        (3, 1),
        (4, 2),
        (5, 2),
    ]
    [state] = org.rows(f"{opportunity}/{CAST.format('State')}{query}")
    assert [one["InvariantName"] for one in state["OptionSet"]["Options"]] == ["Open", "Won", "Lost"]
    assert [one["DefaultStatus"] for one in state["OptionSet"]["Options"]] == [1, 3, 4]
    [hold] = [
        row
        for row in org.rows(f"{ACCOUNT}/Attributes/{CAST.format('Boolean')}?$expand=OptionSet")
        if row["LogicalName"] == "creditonhold"
    ]
    assert hold["OptionSet"]["TrueOption"]["Label"]["UserLocalizedLabel"]["Label"] == "Yes"
    assert status["GlobalOptionSet"] is None


def test_relationships_name_their_navigation_property_as_it_is_spelt(org: Client) -> None:
    select = "ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName,SchemaName"
    rows = org.rows(f"{ACCOUNT}/ManyToOneRelationships?$select={select}")
    names = {row["ReferencingAttribute"]: row["ReferencingEntityNavigationPropertyName"] for row in rows}
    assert names["wb_successmanager"] == "wb_SuccessManager"
    assert names["ownerid"] == "ownerid"
    rows = org.rows("EntityDefinitions(LogicalName='contact')/ManyToOneRelationships")
    company = [row for row in rows if row["ReferencingAttribute"] == "parentcustomerid"]
    assert {row["ReferencedEntity"]: row["ReferencingEntityNavigationPropertyName"] for row in company} == {
        "account": "parentcustomerid_account",
        "contact": "parentcustomerid_contact",
    }
    children = org.rows(f"{ACCOUNT}/OneToManyRelationships?$filter=ReferencingEntity eq 'wb_project'")
    assert [row["ReferencingEntityNavigationPropertyName"] for row in children] == ["wb_Account"]


def test_keys_tell_their_columns_and_whether_they_are_ready(org: Client) -> None:
    rows = org.rows(f"{ACCOUNT}/Keys?$select=KeyAttributes,EntityKeyIndexStatus,SchemaName")
    found = {row["SchemaName"]: (row["KeyAttributes"], row["EntityKeyIndexStatus"]) for row in rows}
    assert found["wb_RegionNumber"] == (["wb_region", "wb_localnumber"], "Active")
    assert found["wb_Phone"][1] == "Pending"
    nested = org.rows("EntityDefinitions?$select=SchemaName&$expand=Keys($select=KeyAttributes)")
    account = next(row for row in nested if row["SchemaName"] == "Account")
    assert ["accountnumber"] in [key["KeyAttributes"] for key in account["Keys"]]


def test_unknown_tables_columns_and_properties_are_refused(org: Client) -> None:
    assert org.get("EntityDefinitions(LogicalName='nope')").status_code == 404
    assert org.get(f"{ACCOUNT}/Attributes(LogicalName='nope')").status_code == 404
    assert org.get(f"{ACCOUNT}/Nope").status_code == 404
    assert org.get("EntityDefinitions?$select=Nope").status_code == 400
    assert org.get("EntityDefinitions?$top=1").status_code == 400
    assert org.call("POST", "EntityDefinitions", json={}).status_code == 405


def test_drift_is_told_and_taken_back(org: Client) -> None:
    def names(kind: str = "") -> dict[str, object]:
        rows = org.rows(f"{ACCOUNT}/Attributes{kind}?$select=LogicalName,IsValidForUpdate,AttributeType")
        return {row["LogicalName"]: (row["IsValidForUpdate"], row["AttributeType"]) for row in rows}

    annotated = 'odata.include-annotations="*"'
    version = "@Microsoft.Dynamics.CRM.globalmetadataversion"
    before, number = names(), org.get("accounts?$top=1", annotated).json()[version]
    org.arm(kind="drift", change="gone", object="account", field="telephone1", times=None)
    org.arm(kind="drift", change="locked", object="account", field="websiteurl", times=None)
    org.arm(kind="drift", change="retyped", object="account", field="wb_region", type="Integer", times=None)
    org.arm(kind="extra_tables", count=2, times=None)
    after = names()
    assert set(before) - set(after) == {"telephone1"}
    assert (after["websiteurl"], after["wb_region"]) == ((False, "String"), (True, "Integer"))
    assert org.get("accounts?$select=telephone1").status_code == 400
    assert org.patch(org.path("account"), {"telephone1": "1"}, If_Match="*").status_code == 400
    assert (
        org.patch(org.path("account"), {"websiteurl": "https://new.example"}, If_Match="*").status_code == 204
    )
    assert org.patch(org.path("account"), {"wb_region": 7}, If_Match="*").status_code == 204
    assert org.rows("accounts?$select=wb_region&$top=2")[0]["wb_region"] == 7
    assert org.rows("accounts?$select=wb_region&$top=2")[1]["wb_region"] is None
    assert org.get("wb_extra002s").status_code == 200
    assert org.get("accounts?$top=1", annotated).json()[version] != number
    org.running.crm.faults.disarm()
    assert names() == before
    assert org.value("account", 0, "wb_region") == "NORTH"
    assert org.value("account", 0, "websiteurl") is None


@pytest.mark.nightly  # loading the grammar takes seconds
def test_links_are_addresses_by_the_oasis_grammar(org: Client) -> None:
    if odata.grammar_file() is None:
        not_run("the OASIS grammar is not in WRITEBACK_SPECS")
    pages = "accounts?$select=name&$filter=contains(name,'a%20b') or name ne 'x'&$orderby=name desc"
    first = org.get(pages, "odata.maxpagesize=5").json()["@odata.nextLink"]
    tracked = org.get("accounts?$select=name", "odata.track-changes,odata.maxpagesize=50").json()[
        "@odata.nextLink"
    ]
    delta = org.get(tracked, "odata.track-changes,odata.maxpagesize=50").json()["@odata.deltaLink"]
    assert [odata.problem_of(link) for link in (first, tracked, delta)] == ["", "", ""]
