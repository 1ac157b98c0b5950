"""Property definitions in our words: kinds, what may be written, references."""

import pytest
from plugins.hubspot.tests.making import CONTACT, described, options, prop

from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo
from writeback_hubspot.wire import describes
from writeback_hubspot.wire.describes import COMPANY_FIELD, KEY, canonical_name, parse_describe

T = AttributeType


def field(told: dict[str, object], object_name: str = "companies") -> FieldInfo:
    found = parse_describe(object_name, {"results": [told]}).info.field(str(told["name"]))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (prop("x"), T.TEXT),
        (prop("x", field="textarea"), T.LONG_TEXT),
        (prop("x", field="html"), T.LONG_TEXT),
        (prop("email"), T.EMAIL),
        (prop("x", textDisplayHint="email"), T.EMAIL),
        (prop("x", "phone_number", "phonenumber"), T.TEXT),
        (prop("x", "number", "number"), T.NUMBER),
        (prop("x", "number", "number", showCurrencySymbol=True), T.CURRENCY),
        (prop("x", "number", "number", numberDisplayHint="currency"), T.CURRENCY),
        (prop("x", "number", "number", currencyPropertyName="c"), T.CURRENCY),
        (prop("x", "bool", "booleancheckbox"), T.BOOLEAN),
        (prop("x", "enumeration", "booleancheckbox"), T.BOOLEAN),
        (prop("x", "enumeration", "select"), T.LIST),
        (prop("x", "enumeration", "radio"), T.LIST),
        (prop("x", "enumeration", "checkbox"), T.MULTI_LIST),
        (prop("x", "date", "date"), T.DATE),
        (prop("x", "datetime", "date"), T.DATETIME),
        (prop("x", "json", "text"), None),
        (prop("x", "object_coordinates", "text"), None),
        (prop(KEY, "number", "number"), T.TEXT),
    ],
)
def test_types_have_our_kinds(told: dict[str, object], kind: AttributeType | None) -> None:
    assert field(told).kind is kind


def test_what_is_read_only_calculated_or_the_key_is_not_written() -> None:
    assert field(prop("x")).is_updateable
    assert not field(prop("x", read_only=True)).is_updateable
    calculated = field(prop("x", "number", "calculation_equation", calculated=True))
    assert (calculated.is_updateable, calculated.is_calculated) == (False, True)
    assert not field(prop(KEY, "number", "number")).is_updateable


def test_archived_definitions_are_left_out_and_the_key_is_always_there() -> None:
    found = parse_describe("companies", {"results": [prop("x", archived=True), prop("y")]})
    assert [one.name for one in found.info.fields] == [KEY, "y"]
    assert found.info.version_field == ""
    assert found.info.name_field == KEY


def test_options_restrict_and_those_from_elsewhere_do_not() -> None:
    told = prop("x", "enumeration", "select", options=options("a", "b"))
    told["options"][1]["hidden"] = True  # type: ignore[index]  # a list of options
    found = field(told)
    assert [(one.value, one.label, one.active) for one in found.options] == [
        ("a", "A", True),
        ("b", "B", False),
    ]
    assert found.is_restricted
    outside = field(prop("x", "enumeration", "select", options=options("a"), externalOptions=True))
    assert (outside.options, outside.is_restricted) == ((), False)


def test_owner_properties_are_references_and_so_is_the_primary_company() -> None:
    contact = described("contacts").info
    for hop, name in (("owner", "hubspot_owner_id"), ("csm", "csm"), ("company", COMPANY_FIELD)):
        found = contact.reference(hop)
        assert found is not None
        assert found.name == name
    link = contact.field(COMPANY_FIELD)
    assert link is not None
    assert (link.is_updateable, link.is_nillable) == (True, True)
    plain = contact.field("company")
    assert plain is not None
    assert plain.reference is None, "the text property of the same name is another thing"
    assert described("companies").info.reference("company") is None


def test_an_account_with_a_property_of_that_name_keeps_its_own() -> None:
    found = parse_describe("contacts", {"results": [*CONTACT, prop(COMPANY_FIELD)]})
    assert sum(one.name == COMPANY_FIELD for one in found.info.fields) == 1


def test_unique_properties_and_those_that_name_a_record_are_lookup_keys() -> None:
    contact = described("contacts")
    assert contact.unique == {"email", "badge"}
    assert {one.name for one in contact.info.fields if one.is_lookup_key} == {KEY, "email", "badge"}
    company = described("companies")
    assert company.unique == frozenset(), "a domain may stand in many companies"
    assert {one.name for one in company.info.fields if one.is_lookup_key} == {KEY, "domain", "name"}
    assert company.has("NAME")


def test_each_object_has_its_own_version_and_name() -> None:
    facts = {
        name: (described(name).info.version_field, described(name).info.name_field)
        for name in ("contacts", "companies")
    }
    assert facts == {"contacts": ("lastmodifieddate", "email"), "companies": ("hs_lastmodifieddate", "name")}


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("Contacts", "contacts"),
        ("contact", "contacts"),
        ("0-2", "companies"),
        ("OWNERS", "owners"),
        ("p1_Car", "p1_Car"),
    ],
)
def test_objects_are_known_by_any_of_their_names(given: str, known: str) -> None:
    assert canonical_name(given) == known


def test_custom_objects_come_from_schemas() -> None:
    schema = {"fullyQualifiedName": "p1_car", "labels": {"plural": "Cars"}, "primaryDisplayProperty": "plate"}
    told = {
        "results": [
            schema,
            {"name": "gone", "archived": True, "objectTypeId": "2-1"},
            {"objectTypeId": "2-2"},
        ]
    }
    listed = describes.parse_schemas(told)
    assert [(one.name, one.label, one.custom) for one in listed] == [
        ("p1_car", "Cars", True),
        ("2-2", "Custom objects", True),
    ]
    properties = {"results": [prop("plate"), prop("hs_lastmodifieddate", "datetime", "date")]}
    found = parse_describe("p1_car", properties, schema).info
    assert (found.label, found.name_field, found.version_field) == ("Cars", "plate", "hs_lastmodifieddate")
    assert not describes.is_standard("p1_car")
    assert describes.association_of("p1_car") is None


def test_every_account_has_the_standard_objects_and_owners_nobody_writes() -> None:
    listed = {one.name: one.updateable for one in describes.standard_objects()}
    assert listed == {"contacts": True, "companies": True, "deals": True, "owners": False}
    assert describes.is_standard("tickets")
