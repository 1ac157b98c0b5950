"""Single records of the simulator: wire contract, sections 1, 4, 5, 9."""

import pytest
from plugins.hubspot.tests.simulator.conftest import FIRST, D, ids

STAMP = "2026-11-24T12:00:30.000Z"
BASES = ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("name", ["companies", "company", "0-2"])
def test_one_record_lies_at_every_spelling_of_its_path(portal, base, name) -> None:
    told = portal.get(f"{base}/{name}/{FIRST}")
    assert told["id"] == str(FIRST)
    assert set(told["properties"]) == {"name", "domain", "createdate", "hs_lastmodifieddate", "hs_object_id"}
    assert told["properties"]["hs_object_id"] == told["id"]
    assert (told["createdAt"], told["archived"]) == (told["properties"]["createdate"], False)


def test_every_value_is_a_text_or_null(portal) -> None:
    names = [each["name"] for each in portal.get("/crm/properties/2026-03/companies")["results"]]
    for told in portal.get(f"{D}/companies", limit=60, properties=",".join(names))["results"]:
        assert set(told["properties"]) == set(names)
        assert all(
            value is None or (isinstance(value, str) and value) for value in told["properties"].values()
        )


def test_repeated_and_comma_separated_names_are_read_alike(portal) -> None:
    repeated = portal.get(f"{D}/companies?properties=city&properties=tier", limit=3)
    assert repeated == {
        **portal.get(f"{D}/companies", properties="city,tier", limit=3),
        "paging": repeated["paging"],
    }
    assert set(repeated["results"][0]["properties"]) == {
        "city", "tier", "createdate", "hs_lastmodifieddate", "hs_object_id",
    }  # fmt: skip


def test_the_list_gives_every_record_once_in_the_order_of_ids(portal) -> None:
    seen, after = [], None
    while True:
        told = portal.get(f"{D}/companies", limit=25, **({"after": after} if after else {}))
        seen += ids(told)
        if "paging" not in told:
            break
        after = told["paging"]["next"]["after"]
        assert (
            portal.call("GET", told["paging"]["next"]["link"].removeprefix(portal.running.url)).status_code
            == 200
        )
    assert seen == [str(FIRST + number) for number in range(60)]


def test_a_page_holds_ten_records_unless_asked_and_a_hundred_at_most(portal) -> None:
    assert len(portal.get(f"{D}/contacts")["results"]) == 10
    assert portal.get(f"{D}/contacts", 400, limit=101)["category"] == "VALIDATION_ERROR"
    portal.get(f"{D}/contacts", 400, limit=51, propertiesWithHistory="email")


def test_contacts_and_companies_name_their_last_change_differently(portal) -> None:
    for name, modified in (("contacts", "lastmodifieddate"), ("companies", "hs_lastmodifieddate")):
        [told] = portal.get(f"{D}/{name}", limit=1)["results"]
        assert told["properties"][modified] == told["updatedAt"]


def test_a_patch_answers_the_touched_properties_and_is_on_record(portal) -> None:
    told = portal.patch(f"{D}/companies/{FIRST}", city="Łódź\n“quoted”", tier="")
    assert told["properties"]["city"] == "Łódź\n“quoted”"
    assert told["properties"]["tier"] is None
    assert told["updatedAt"] == told["properties"]["hs_lastmodifieddate"] == STAMP
    assert "name" not in told["properties"]
    [entry] = portal.applied()
    assert (entry["object"], entry["id"], entry["route"], entry["operation"]) == (
        "companies", str(FIRST), "single", "update",
    )  # fmt: skip
    assert entry["fields"] == {"city": "Łódź\n“quoted”", "tier": None}


def test_an_unknown_id_and_an_odd_one_are_not_found(portal) -> None:
    assert portal.get(f"{D}/companies/5", 404)["category"] == "OBJECT_NOT_FOUND"
    assert "usually numeric" in portal.get(f"{D}/companies/abc", 404)["message"]
    assert "nope" in portal.get(f"{D}/nope", 400)["message"]
    assert portal.get("/crm/v3/nothing", 404)["status"] == "error"
    assert portal.call("PUT", f"{D}/companies/{FIRST}").status_code == 405


def test_history_tells_values_times_and_who(portal) -> None:
    before = portal.get(f"{D}/companies/{FIRST}", properties="city")["properties"]["city"]
    portal.patch(f"{D}/companies/{FIRST}", city="Ålborg")
    portal.clock.go(5)
    portal.running.crm.edit("companies", str(FIRST), {"city": "Århus"})
    portal.clock.go(5)
    portal.patch(f"{D}/companies/{FIRST}", city="")
    told = portal.get(f"{D}/companies/{FIRST}", propertiesWithHistory="city")["propertiesWithHistory"]["city"]
    assert [each["value"] for each in told] == ["", "Århus", "Ålborg", before]
    assert [each["sourceType"] for each in told] == ["INTEGRATION", "CRM_UI", "INTEGRATION", "CRM_UI"]
    assert told[1]["updatedByUserId"] == 4_200_002
    assert told[2]["timestamp"] == STAMP


def test_archived_records_leave_the_list_and_stand_in_the_other(portal) -> None:
    for _ in range(2):  # again when already gone
        assert portal.call("DELETE", f"{D}/companies/{FIRST}").status_code == 204
    portal.get(f"{D}/companies/{FIRST}", 404)
    assert str(FIRST) not in ids(portal.get(f"{D}/companies", limit=100))
    [told] = portal.get(f"{D}/companies", archived="true")["results"]
    assert (told["id"], told["archived"], told["archivedAt"]) == (str(FIRST), True, STAMP)
    assert portal.get(f"{D}/companies/{FIRST}", archived="true")["archived"] is True
    assert [entry["operation"] for entry in portal.applied()] == ["delete"]


def test_a_merged_record_resolves_to_the_surviving_one(portal) -> None:
    body = {"primaryObjectId": str(FIRST), "objectIdToMerge": str(FIRST + 1)}
    assert portal.post(f"{D}/companies/merge", body)["id"] == str(FIRST)
    told = portal.get(f"{D}/companies/{FIRST + 1}", properties="hs_merged_object_ids")
    assert (told["id"], told["properties"]["hs_merged_object_ids"]) == (str(FIRST), str(FIRST + 1))
    assert portal.patch(f"{D}/companies/{FIRST + 1}", city="Oslo")["id"] == str(FIRST)
    assert str(FIRST + 1) not in ids(portal.get(f"{D}/companies", limit=100))
    assert portal.post(f"{D}/companies/merge", body | {"objectIdToMerge": "3"}, 404)


def test_a_contact_is_found_by_its_unique_email_and_by_nothing_else(portal) -> None:
    [told] = portal.get(f"{D}/contacts", limit=1)["results"]
    email = told["properties"]["email"]
    assert portal.get(f"{D}/contacts/{email.upper()}", idProperty="email")["id"] == told["id"]
    assert portal.patch(f"{D}/contacts/{email}?idProperty=email", city="Vigo")["id"] == told["id"]
    refused = portal.get(f"{D}/companies/x.example", 400, idProperty="domain")
    assert refused["message"] == "Unable to perform update/upsert by non-unique 0-2 property domain"
    portal.get(f"{D}/companies/{FIRST}", 400, idProperty="hs_object_id")
    assert portal.get(f"{D}/companies/C-0000002", idProperty="external_id")["id"] == str(FIRST + 2)


def test_a_created_record_has_its_links_and_can_be_read(portal) -> None:
    link = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}
    body = {
        "properties": {"email": "New.One@People.example", "lastname": "Øye"},
        "associations": [{"to": {"id": str(FIRST)}, "types": [link]}],
    }
    made = portal.post(f"{D}/contacts", body, 201)
    told = portal.get(f"{D}/contacts/{made['id']}", associations="companies", properties="email")
    assert told["properties"]["email"] == "new.one@people.example"
    assert told["createdAt"] == STAMP
    assert [each["id"] for each in told["associations"]["companies"]["results"]] == [str(FIRST)]
    twice = portal.post(f"{D}/contacts", body, 409)
    assert (twice["category"], twice["message"]) == (
        "CONFLICT", f"Contact already exists. Existing ID: {made['id']}",
    )  # fmt: skip
    portal.post(f"{D}/contacts", {"properties": {"city": "Vigo"}}, 400)
    assert [entry["operation"] for entry in portal.applied()] == ["create"]


def test_owners_are_told_with_archived_ones_apart_and_addresses_twice(portal) -> None:
    for base in ("/crm/v3/owners", "/crm/owners/2026-03"):
        living = portal.get(base)["results"]
        gone = portal.get(base, archived="true")["results"]
        assert (len(living), len(gone)) == (38, 2)
        assert {each["type"] for each in living} == {"PERSON", "QUEUE"}
        assert gone[-1]["email"] == living[0]["email"]
        assert "userId" not in gone[0]
        assert [each["id"] for each in portal.get(base, email="OWNER.0@portal.example")["results"]] == [
            "71000001"
        ]
        first = portal.get(base, limit=30)
        rest = portal.get(base, limit=30, after=first["paging"]["next"]["after"])
        assert ids(first) + ids(rest) == ids({"results": living})
        assert portal.get(f"{base}/4200001", idProperty="userId")["id"] == "71000001"
        portal.get(f"{base}/1", 404)


def test_links_are_seen_from_both_ends_and_can_be_made_and_ended(portal) -> None:
    [told] = portal.get(f"{D}/contacts/501/associations/companies")["results"]
    assert told["toObjectId"] == FIRST
    assert [each["typeId"] for each in told["associationTypes"]] == [1, 279]
    back = portal.get(f"/crm/v4/objects/companies/{FIRST}/associations/contacts")["results"]
    assert [each["toObjectId"] for each in back] == [501, 561]
    label = [{"associationCategory": "USER_DEFINED", "associationTypeId": 35}]
    path = f"/crm/v4/objects/contacts/502/associations/companies/{FIRST}"
    made = portal.call("PUT", path, json=label)
    assert (made.status_code, made.json()["labels"]) == (201, ["Billing contact"])
    back = portal.get(f"{D}/companies/{FIRST}/associations/contacts")["results"]
    assert {each["toObjectId"]: each["associationTypes"][0]["typeId"] for each in back} == {
        501: 2,
        502: 36,
        561: 2,
    }
    assert portal.call("DELETE", path).status_code == 204
    assert len(portal.get(f"{D}/companies/{FIRST}/associations/contacts")["results"]) == 2
    wrong = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 5}]
    assert portal.call("PUT", path, json=wrong).status_code == 400
    default = f"{D}/contacts/502/associations/default/companies/{FIRST}"
    assert portal.call("PUT", default).json()["results"][0]["associationSpec"]["associationTypeId"] == 279


def test_links_are_read_made_and_ended_in_batches(portal) -> None:
    base = "/crm/associations/2026-03/companies/contacts/batch"
    told = portal.post(f"{base}/read", {"inputs": [{"id": str(FIRST)}, {"id": "4"}]}, 207)
    assert [each["toObjectId"] for each in told["results"][0]["to"]] == [501, 561]
    assert told["errors"][0]["context"] == {"fromObjectId": ["4"]}
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 280}]
    pair = {"from": {"id": str(FIRST)}, "to": {"id": "510"}}
    assert portal.post(f"{base}/create", {"inputs": [{**pair, "types": types}]}, 201)["status"] == "COMPLETE"
    portal.post(
        f"{base}/archive", {"inputs": [{"from": {"id": str(FIRST)}, "to": [{"id": "510"}, {"id": "501"}]}]}
    )
    old = portal.call(
        "POST", "/crm/v4/associations/companies/contacts/batch/archive", json={"inputs": [pair]}
    )
    assert (old.status_code, old.content) == (204, b"")
    left = portal.get(f"{D}/companies/{FIRST}/associations/contacts")["results"]
    assert [each["toObjectId"] for each in left] == [561]
    v3 = portal.post("/crm/v3/associations/companies/contacts/batch/read", {"inputs": [{"id": str(FIRST)}]})
    assert v3["results"][0]["to"] == [{"id": "561", "type": "company_to_contact"}]
    labels = portal.get("/crm/associations/2026-03/companies/contacts/labels")["results"]
    assert [each["label"] for each in labels] == [None, "Contact with Primary Company", "Billing contact"]


def test_pipelines_tell_their_stages(portal) -> None:
    for base in ("/crm/v3/pipelines", "/crm/pipelines/2026-03"):
        told = portal.get(f"{base}/deals")["results"]
        assert [each["id"] for each in told] == ["default", "98765001"]
        assert told[0]["stages"][3]["metadata"] == {"probability": "1.0", "isClosed": "true"}
        assert portal.get(f"{base}/deals/98765001/stages")["results"][0]["id"] == "98765011"
        portal.get(f"{base}/deals/none", 404)
    assert portal.get("/crm/v3/pipelines/companies")["results"] == []


def test_the_account_tells_its_portal_zone_and_usage(make) -> None:
    portal = make(time_zone="America/New_York")
    for version in ("v3", "2026-03"):
        told = portal.get(f"/account-info/{version}/details")
        assert (told["portalId"], told["timeZone"]) == (
            portal.running.crm.portal.portal_id,
            "America/New_York",
        )
        assert told["utcOffset"] == "-05:00"
    [usage] = portal.get("/account-info/2026-03/api-usage/daily/private-apps")["results"]
    assert (usage["currentUsage"], usage["resetsAt"]) == (3, "2026-11-25T05:00:00.000Z")
    assert make(rows=5).running.crm.portal.portal_id == portal.running.crm.portal.portal_id


def test_custom_objects_are_there_on_request(make) -> None:
    assert make().get("/crm-object-schemas/2026-03/schemas")["results"] == []
    portal = make(custom_objects="1")
    [schema] = portal.get("/crm/v3/schemas")["results"]
    assert schema["objectTypeId"].startswith("2-")
    for name in (schema["objectTypeId"], schema["fullyQualifiedName"], "service_plan"):
        assert len(portal.get(f"{D}/{name}", limit=100)["results"]) == 50
        assert portal.get(f"/crm/properties/2026-03/{name}")["results"][0]["name"] == "plan_name"
    told = portal.get(f"{D}/service_plan", limit=1, properties="level")["results"][0]
    assert portal.patch(f"{D}/service_plan/{told['id']}", level="premium")["properties"]["level"] == "premium"
    assert portal.applied()[0]["object"] == schema["fullyQualifiedName"]


def test_a_contact_has_one_primary_company_and_its_property_follows(portal) -> None:
    primary = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
    portal.call("PUT", f"{D}/contacts/501/associations/companies/{FIRST + 7}", json=primary)
    told = portal.get(f"{D}/contacts/501/associations/companies")["results"]
    labels = {each["toObjectId"]: {one["typeId"] for one in each["associationTypes"]} for each in told}
    assert labels == {FIRST: {279}, FIRST + 7: {1, 279}}
    read = portal.get(f"{D}/contacts/501", properties="associatedcompanyid")
    assert (read["properties"]["associatedcompanyid"], read["updatedAt"]) == (str(FIRST + 7), STAMP)
    [entry] = portal.applied()
    assert (entry["object"], entry["id"], entry["route"], entry["operation"]) == (
        "contacts", "501", "association", "link",
    )  # fmt: skip
    assert entry["fields"] == {"companies": str(FIRST + 7), "types": [1]}
    portal.call("DELETE", f"{D}/contacts/501/associations/companies/{FIRST + 7}")
    told = portal.get(f"{D}/contacts/501", properties="associatedcompanyid")
    assert told["properties"]["associatedcompanyid"] is None
    mirrored = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 6}]
    portal.call("PUT", f"{D}/companies/{FIRST + 5}/associations/deals/9100000001", json=mirrored)
    told = portal.get(f"{D}/deals/9100000001/associations/companies")["results"]
    labels = {each["toObjectId"]: {one["typeId"] for one in each["associationTypes"]} for each in told}
    assert labels == {FIRST: {341}, FIRST + 5: {5, 341}}


def test_the_oldest_spelling_of_links_still_works(portal) -> None:
    path = f"/crm/v3/objects/contacts/502/associations/companies/{FIRST}"
    told = portal.call("PUT", f"{path}/contact_to_company").json()
    assert str(FIRST) in {each["id"] for each in told["associations"]["companies"]["results"]}
    assert portal.call("PUT", f"{path}/35").status_code == 200
    assert portal.call("DELETE", f"{path}/35").status_code == 204
    assert portal.call("PUT", f"{path}/none").status_code == 400
    told = portal.get("/crm/v3/objects/contacts/502/associations/companies")["results"]
    assert told == [{"id": str(key), "type": "contact_to_company"} for key in (FIRST, FIRST + 1)]
    pair = {"from": {"id": "503"}, "to": {"id": str(FIRST)}, "type": "contact_to_company"}
    made = portal.post("/crm/v3/associations/contacts/companies/batch/create", {"inputs": [pair]}, 201)
    assert made["results"] == [pair]


def test_links_that_cannot_be_made_are_told_inside_a_normal_answer_on_the_newest_version(make) -> None:
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279}]
    body = {"inputs": [{"from": {"id": "5"}, "to": {"id": str(FIRST)}, "types": types}]}
    for switch, status in (("200", 200), ("207", 207)):
        portal = make(mixed_status_2026_09=switch)
        told = portal.post("/crm/associations/2026-09/contacts/companies/batch/create", body, status)
        assert told["numErrors"] == 1
        portal.post("/crm/associations/2026-03/contacts/companies/batch/create", body, 207)
