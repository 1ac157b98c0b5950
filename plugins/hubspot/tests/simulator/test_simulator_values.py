"""What a property takes, and what it becomes: wire contract, sections 7 and 11."""

import json

import pytest
from plugins.hubspot.tests.simulator.conftest import FIRST, D

OF_COMPANIES = f"{D}/companies/{FIRST}"
TAKEN = [
    ("name", "  kept as it is\n", "  kept as it is\n"),
    ("industry", "FOOD_DRINK", "FOOD_DRINK"),
    ("industry", " RETAIL ", "RETAIL"),  # white space is tolerated outside of strings
    ("annualrevenue", "1234.50", "1234.50"),
    ("annualrevenue", "-7", "-7"),
    ("is_public", "true", "true"),
    ("segments", "export;retail", "retail;export"),  # the order is not kept
    ("contract_end", "2026-02-28", "2026-02-28"),
    ("contract_end", "1772236800000", "2026-02-28"),
    ("last_audit_at", "2026-02-28T10:30:00Z", "2026-02-28T10:30:00.000Z"),
    ("last_audit_at", "2026-02-28T12:30:00.250+02:00", "2026-02-28T10:30:00.250Z"),
    ("last_audit_at", "1772274600000", "2026-02-28T10:30:00.000Z"),
    ("hubspot_owner_id", "71000003", "71000003"),
    ("billing_phone", "+45 33 11 22 33", "+45 33 11 22 33"),
    ("domain", "HTTPS://www.Example.test/path", "example.test"),  # rewritten by the account's automation
    ("tier", "", None),
]
REFUSED = [
    ("nope", "1", "PROPERTY_DOESNT_EXIST"),
    ("createdate", "2026-01-01T00:00:00Z", "READ_ONLY_VALUE"),
    ("revenue_per_employee", "1", "READ_ONLY_VALUE"),
    ("legacy_code", "x", "READ_ONLY_VALUE"),
    ("industry", "retail", "INVALID_OPTION"),  # case matters
    ("industry", "Food & Drink", "INVALID_OPTION"),  # a label is no value
    ("segments", "retail;nobody", "INVALID_OPTION"),
    ("is_public", "Yes", "INVALID_OPTION"),
    ("annualrevenue", "1,000", "INVALID_INTEGER"),
    ("annualrevenue", "1e3", "INVALID_INTEGER"),
    ("contract_end", "28.02.2026", "INVALID_DATE"),
    ("contract_end", "2026-02-30", "INVALID_DATE"),
    ("contract_end", "1772236800001", "INVALID_DATE"),  # not midnight UTC
    ("last_audit_at", "2026-02-28T10:30:00", "INVALID_LONG"),  # no zone
    ("last_audit_at", "tomorrow", "INVALID_LONG"),
    ("hubspot_owner_id", "71000040", "INVALID_OWNER_ID"),  # archived
    ("hubspot_owner_id", "owner.0@portal.example", "INVALID_OWNER_ID"),
    ("name", "x" * 65_537, "PROPERTY_VALUE_TOO_LONG"),
]


@pytest.mark.parametrize(("name", "given", "stored"), TAKEN)
def test_a_value_is_taken_and_read_back(portal, name, given, stored) -> None:
    assert portal.patch(OF_COMPANIES, **{name: given})["properties"][name] == stored
    assert portal.get(OF_COMPANIES, properties=name)["properties"][name] == stored
    assert portal.applied()[0]["fields"] == {name: stored}


@pytest.mark.parametrize(("name", "given", "code"), REFUSED)
def test_a_value_is_refused_with_an_array_inside_the_text(portal, name, given, code) -> None:
    told = portal.patch(OF_COMPANIES, 400, **{name: given, "city": "Oslo"})
    assert told["category"] == "VALIDATION_ERROR"
    [bad] = json.loads(told["message"].partition(": ")[2])
    assert (bad["name"], bad["error"], bad["isValid"]) == (name, code, False)
    assert bad["portalId"] == portal.running.crm.portal.portal_id
    assert told["errors"] == [{"message": bad["message"], "code": code, "context": {"propertyName": [name]}}]
    assert portal.applied() == []


def test_all_bad_values_are_told_at_once(portal) -> None:
    told = portal.patch(OF_COMPANIES, 400, industry="x", nope="y")
    assert {each["name"] for each in json.loads(told["message"].partition(": ")[2])} == {"industry", "nope"}


def test_a_leading_semicolon_adds_to_a_list(portal) -> None:
    portal.patch(OF_COMPANIES, segments="export")
    assert portal.patch(OF_COMPANIES, segments=";retail")["properties"]["segments"] == "retail;export"
    assert portal.patch(OF_COMPANIES, segments="public")["properties"]["segments"] == "public"


def test_a_calculated_property_follows_what_it_is_made_of(portal) -> None:
    told = portal.patch(OF_COMPANIES, annualrevenue="1000", numberofemployees="8")
    assert told["properties"]["annualrevenue"] == "1000"
    told = portal.get(OF_COMPANIES, properties="revenue_per_employee")
    assert told["properties"]["revenue_per_employee"] == "125.00"


def test_an_address_is_checked_and_belongs_to_one_contact(portal) -> None:
    [one, two] = portal.get(f"{D}/contacts", limit=2)["results"]
    told = portal.patch(f"{D}/contacts/{one['id']}", 400, email="nobody")
    assert json.loads(told["message"].partition(": ")[2])[0]["error"] == "INVALID_EMAIL"
    told = portal.patch(f"{D}/contacts/{one['id']}", 409, email=two["properties"]["email"])
    assert told["message"] == f"Contact already exists. Existing ID: {two['id']}"
    portal.patch(f"{D}/contacts/{one['id']}", email=one["properties"]["email"])  # its own


def test_a_custom_unique_property_is_unique(portal) -> None:
    told = portal.patch(OF_COMPANIES, 400, external_id="C-0000001")
    assert json.loads(told["message"].partition(": ")[2])[0]["error"] == "CONFLICTING_UNIQUE_VALUE"
    portal.patch(OF_COMPANIES, domain="company1.example")  # a domain is not


def test_a_stage_belongs_to_its_pipeline(portal) -> None:
    deal = f"{D}/deals/9100000001"
    told = portal.patch(deal, 400, dealstage="98765011")
    assert told["message"].startswith("98765011 is not a valid pipeline stage ID. Valid options are: ")
    portal.patch(deal, pipeline="98765001", dealstage="98765012")
    portal.patch(deal, 400, pipeline="default")
    assert portal.get(deal, properties="hs_is_closed_won")["properties"]["hs_is_closed_won"] == "true"
    made = portal.post(f"{D}/deals", {"properties": {"dealname": "New"}}, 201)
    assert portal.get(f"{D}/deals/{made['id']}")["properties"]["dealstage"] == "appointmentscheduled"


def test_properties_tell_what_may_be_written(portal) -> None:
    for base in ("/crm/v3/properties", "/crm/properties/2026-03"):
        told = {each["name"]: each for each in portal.get(f"{base}/companies")["results"]}
        assert told["revenue_per_employee"]["calculated"] is True
        assert told["createdate"]["modificationMetadata"]["readOnlyValue"] is True
        assert told["city"]["modificationMetadata"]["readOnlyValue"] is False
        owner = told["hubspot_owner_id"]
        assert (owner["externalOptions"], owner["referencedObjectType"], owner["options"]) == (
            True,
            "OWNER",
            [],
        )
        assert [each["value"] for each in told["is_public"]["options"]] == ["true", "false"]
        assert told["external_id"]["hasUniqueValue"] is True
        assert "legacy_code" not in told
        assert [each["name"] for each in portal.get(f"{base}/companies", archived="true")["results"]] == [
            "legacy_code"
        ]
        assert portal.get(f"{base}/companies/city") == told["city"]
        portal.get(f"{base}/companies/nope", 404)
    kinds = {
        each["type"]
        for name in ("companies", "contacts", "deals")
        for each in portal.get(f"{base}/{name}")["results"]
    }
    assert kinds == {"string", "number", "bool", "enumeration", "date", "datetime", "phone_number"}
    groups = portal.get("/crm/properties/2026-03/companies/groups")["results"]
    assert {each["name"] for each in groups} == {"companyinformation", "companyinformation_custom"}
    batch = {"archived": False, "inputs": [{"name": "city"}, {"name": "nope"}]}
    told = portal.post("/crm/properties/2026-03/companies/batch/read", batch, 207)
    assert [each["name"] for each in told["results"]] == ["city"]


@pytest.mark.parametrize(("version", "status"), [("2026-03", 200), ("2026-09", 400)])
def test_the_newest_version_enforces_the_admins_rules(portal, version, status) -> None:
    deal = f"/crm/objects/{version}/deals/9100000001"
    told = portal.patch(deal, status, dealstage="closedwon")
    if status == 400:
        assert told["errors"][0]["code"] == "REQUIRED_FIELD"
        portal.patch(deal, dealstage="closedwon", closed_won_reason="Price")
