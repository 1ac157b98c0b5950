"""Limits, faults, drift, edits by somebody else: wire contract, sections 11, 12, 16."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from plugins.hubspot.tests.simulator.conftest import FIRST, D, row

from writeback.errors import ConfigurationError
from writeback_hubspot.simulator import build

ONE = f"{D}/companies/{FIRST}"
LIMIT = "X-HubSpot-RateLimit-"


def test_the_ten_second_window_rolls(make) -> None:
    portal = make(limits="on", calls_per_10_s="3")
    for left in ("2", "1", "0"):
        answer = portal.call("GET", ONE)
        assert answer.headers[LIMIT + "Remaining"] == left
        portal.clock.go(1)
    answer = portal.call("GET", ONE)
    told = answer.json()
    assert answer.status_code == 429
    assert told["message"] == "You have reached your ten_secondly_rolling limit."
    assert (told["errorType"], told["policyName"]) == ("RATE_LIMIT", "TEN_SECONDLY_ROLLING")
    assert "Retry-After" not in answer.headers
    portal.clock.go(7)
    assert portal.call("GET", ONE).status_code == 200
    assert portal.call("GET", ONE).status_code == 429


def test_searches_have_a_limit_of_their_own_and_no_headers(make) -> None:
    portal = make(limits="on", retry_after="present")
    for _ in range(5):
        answer = portal.call("POST", f"{D}/companies/search", json={})
        assert answer.status_code == 200
        assert not [name for name in answer.headers if "RateLimit" in name]
    answer = portal.call("POST", f"{D}/companies/search", json={})
    assert (answer.status_code, answer.json()["policyName"]) == (429, "SECONDLY")
    assert answer.json()["message"] == "You have reached your secondly limit."
    assert answer.headers["Retry-After"] == "1"
    assert portal.call("GET", ONE).status_code == 200
    portal.clock.go(1)
    assert portal.call("POST", f"{D}/companies/search", json={}).status_code == 200


def test_the_daily_limit_ends_at_midnight_of_the_account(make) -> None:
    portal = make(limits="on", calls_per_day="2", time_zone="America/New_York")
    answers = [portal.call("GET", ONE) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[0].headers[LIMIT + "Daily"] == "2"
    assert answers[1].headers[LIMIT + "Daily-Remaining"] == "0"
    assert answers[2].json()["message"] == "You have reached your daily limit."
    portal.clock.go(12 * 3600)  # midnight in UTC, evening in New York
    assert portal.call("GET", ONE).status_code == 429
    portal.clock.go(5 * 3600)
    assert portal.call("GET", ONE).status_code == 200


def test_an_oauth_app_is_told_no_daily_limit(portal) -> None:
    form = {"grant_type": "refresh_token", **portal.running.credentials}
    bearer = portal.call("POST", "/oauth/2026-03/token", data=form).json()["access_token"]
    answer = portal.call("GET", ONE, headers={"Authorization": f"Bearer {bearer}"})
    assert answer.headers[LIMIT + "Max"] == "190"
    assert answer.headers[LIMIT + "Interval-Milliseconds"] == "10000"
    assert LIMIT + "Daily" not in answer.headers


@pytest.mark.parametrize(
    ("kind", "policy"), [("limit_ten_seconds", "TEN_SECONDLY_ROLLING"), ("limit_daily", "DAILY")]
)
def test_a_limit_can_be_reached_at_will(portal, kind, policy) -> None:
    portal.arm(kind=kind, times=2)
    assert [portal.call("GET", ONE).status_code for _ in range(3)] == [429, 429, 200]
    portal.arm(kind=kind)
    assert portal.call("GET", ONE).json()["policyName"] == policy
    portal.arm(kind="limit_search")
    assert portal.call("GET", ONE).status_code == 200
    assert portal.call("POST", f"{D}/companies/search", json={}).json()["policyName"] == "SECONDLY"


def test_the_chassis_throttle_speaks_the_vendors_words(portal) -> None:
    portal.arm(kind="throttle", requests=1, window_s=60, retry_after=True)
    assert portal.call("GET", ONE).status_code == 200
    answer = portal.call("GET", ONE)
    assert (answer.status_code, answer.json()["policyName"]) == (429, "TEN_SECONDLY_ROLLING")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_refusals_of_a_whole_call(portal) -> None:
    portal.arm(kind="locked")
    portal.arm(kind="migrating", seconds=7)
    answer = portal.call("GET", ONE)
    assert (answer.status_code, answer.json()["category"]) == (423, "LOCKED")
    answer = portal.call("GET", ONE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (477, "7")
    for status in (500, 502, 503, 504, 521):
        portal.arm(kind="status", status=status, form="html")
        answer = portal.call("GET", ONE)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html;charset=utf-8")
        portal.arm(kind="status", status=status)
        assert portal.call("GET", ONE).json()["status"] == "error"
    assert portal.call("GET", ONE).status_code == 200


def test_a_cut_before_writes_nothing_and_a_cut_after_has_written(portal) -> None:
    portal.arm(kind="cut_before", method="PATCH")
    with pytest.raises(requests.ConnectionError):
        portal.patch(ONE, city="Oslo")
    assert portal.applied() == []
    portal.arm(kind="cut_after", path="batch/update")
    with pytest.raises(requests.ConnectionError):
        portal.update(row(0, city="Oslo"))
    assert [entry["fields"] for entry in portal.applied()] == [{"city": "Oslo"}]


def test_somebody_else_edits_at_the_door_or_just_before_a_write(portal) -> None:
    portal.running.crm.edit("0-2", str(FIRST), {"city": "Bergen"})
    portal.arm(
        kind="concurrent_edit", object="companies", id=str(FIRST), fields={"city": "Tromsø", "zip": "9"}
    )
    told = portal.patch(ONE, city="Oslo")
    assert told["properties"]["city"] == "Oslo"
    assert portal.get(ONE, properties="zip")["properties"]["zip"] == "9"
    assert [(entry["route"], entry["fields"]["city"]) for entry in portal.applied()] == [
        ("foreign", "Bergen"), ("foreign", "Tromsø"), ("single", "Oslo"),
    ]  # fmt: skip
    with pytest.raises(ConfigurationError):
        portal.running.crm.edit("companies", "5", {"city": "x"})
    with pytest.raises(ConfigurationError):
        portal.running.crm.edit("companies", str(FIRST), {"nope": "x"})


def test_a_revoked_property_is_read_only_until_it_is_given_back(portal) -> None:
    portal.arm(kind="drift", change="locked", object="companies", field="city")
    shown = portal.get("/crm/properties/2026-03/companies/city")
    assert shown["modificationMetadata"]["readOnlyValue"] is True
    assert "READ_ONLY_VALUE" in portal.patch(ONE, 400, city="Oslo")["message"]
    portal.running.crm.faults.disarm()
    portal.patch(ONE, city="Oslo")


def test_a_property_can_be_dropped_and_renamed(portal) -> None:
    held = portal.get(ONE, properties="city")["properties"]["city"]
    portal.arm(kind="drift", change="gone", object="companies", field="tier")
    portal.arm(kind="drift", change="renamed", object="companies", field="city", to="town")
    names = {each["name"] for each in portal.get("/crm/properties/2026-03/companies")["results"]}
    assert "town" in names
    assert not names & {"city", "tier"}
    told = portal.get(ONE, properties="city,town,tier")["properties"]
    assert told["town"] == held
    assert not set(told) & {"city", "tier"}
    assert "PROPERTY_DOESNT_EXIST" in portal.patch(ONE, 400, tier="gold")["message"]
    portal.patch(ONE, town="Oslo")
    portal.running.crm.faults.disarm()
    assert portal.get(ONE, properties="city,tier")["properties"]["city"] == "Oslo"


def test_objects_can_be_added(portal) -> None:
    portal.arm(kind="extra_objects", count=2)
    told = portal.get("/crm-object-schemas/2026-03/schemas")["results"]
    assert [each["name"] for each in told] == ["service_plan", "custom_object_1"]


def test_many_rows_can_fail_by_seed(make) -> None:
    def failed() -> set[str]:
        portal = make(rows=100)
        portal.arm(kind="refuse_row", times=None, probability=0.3)
        told = portal.update(*(row(number, city="Oslo") for number in range(100)), status=207)
        assert 10 < told["numErrors"] < 60
        return {each["context"]["ids"][0] for each in told["errors"]}

    assert failed() == failed()


@pytest.mark.parametrize(("switch", "city"), [("clears", None), ("ignored", "Oslo")])
def test_null_clears_or_is_ignored(make, switch, city) -> None:
    portal = make(null_in_write=switch)
    portal.patch(ONE, city="Oslo")
    portal.patch(ONE, city=None)
    assert portal.get(ONE, properties="city")["properties"]["city"] == city


def test_null_may_be_refused(make) -> None:
    make(null_in_write="refused").patch(ONE, 400, city=None)


def test_json_types_are_taken_as_text_or_refused(make) -> None:
    told = make().patch(ONE, annualrevenue=12, is_public=True)["properties"]
    assert (told["annualrevenue"], told["is_public"]) == ("12", "true")
    make(json_types="refused").patch(ONE, 400, annualrevenue=12)
    make().patch(ONE, 400, city=["Oslo"])


def test_an_unknown_name_in_a_read_is_ignored_or_refused(make) -> None:
    assert "nope" not in make().get(ONE, properties="nope")["properties"]
    portal = make(unknown_read_property="refused")
    portal.get(ONE, 400, properties="nope")
    portal.get(f"{D}/companies", 400, propertiesWithHistory="nope")
    portal.post(f"{D}/companies/search", {"properties": ["nope"]}, 400)
    portal.post(f"{D}/companies/batch/read", {"inputs": [{"id": "1"}], "properties": ["nope"]}, 400)


def test_a_cleared_value_reads_null_or_empty(make) -> None:
    for switch, value in (("null", None), ("empty", "")):
        portal = make(cleared_value=switch)
        portal.patch(ONE, city="")
        assert portal.get(ONE, properties="city")["properties"]["city"] == value


def test_more_filters_may_be_allowed(make) -> None:
    has = {"propertyName": "city", "operator": "HAS_PROPERTY"}
    body = {"filterGroups": [{"filters": [has] * 10}]}
    make(search_filters="5x10").post(f"{D}/companies/search", body)


def test_association_batches_hold_a_hundred_or_more(make) -> None:
    body = {"inputs": [{"id": str(501 + number % 90)} for number in range(150)]}
    path = "/crm/associations/2026-03/contacts/companies/batch/read"
    make().post(path, body, 400)
    assert len(make(association_batch="2000").post(path, body)["results"]) == 150


def test_an_upsert_by_email_may_be_refused_as_a_whole(make) -> None:
    item = {"id": "ny@people.example", "idProperty": "email", "properties": {"lastname": "Ny"}}
    path = f"{D}/contacts/batch/upsert"
    assert make().post(path, {"inputs": [item]})["results"][0]["new"] is True
    make(upsert_by_email="refused").post(path, {"inputs": [item]}, 400)


def test_texts_may_be_shorter(make) -> None:
    make(text_length="10").patch(ONE, 400, city="x" * 11)


def test_validation_errors_come_in_three_forms(make) -> None:
    told = make(validation_errors="embedded").patch(ONE, 400, tier="x")
    assert "errors" not in told
    assert json.loads(told["message"].partition(": ")[2])[0]["name"] == "tier"
    told = make(validation_errors="details").patch(ONE, 400, tier="x")
    assert told["message"] == "Property values were not valid"
    assert told["errors"][0]["code"] == "INVALID_OPTION"
    told = make(error_words="other").patch(ONE, 400, tier="x")
    assert told["errors"][0]["code"] == "PROPERTY_VALUE_REJECTED"


def test_ids_of_linked_records_are_numbers_or_texts(make) -> None:
    path = f"{D}/contacts/501/associations/companies"
    assert make().get(path)["results"][0]["toObjectId"] == FIRST
    assert make(to_object_id="string").get(path)["results"][0]["toObjectId"] == str(FIRST)


def test_automation_and_admin_rules_can_be_switched_off(make) -> None:
    portal = make(automation="off", write_validation="off")
    assert portal.patch(ONE, domain="WWW.X.example")["properties"]["domain"] == "WWW.X.example"
    portal.patch("/crm/objects/2026-09/deals/9100000001", dealstage="closedwon")


def test_an_unknown_switch_is_refused() -> None:
    for options in ({"nope": "1"}, {"json_types": "maybe"}, {"search_lag_s": "soon"}):
        with pytest.raises(ConfigurationError):
            build(rows=1, options=options)


def test_a_body_that_is_no_json_is_refused(portal) -> None:
    answer = portal.call("PATCH", ONE, data=b'{"properties"', headers={"Content-Type": "application/json"})
    assert answer.json()["message"].startswith("Invalid input JSON on line 1, column ")
    answer = portal.call("PATCH", ONE, data=b"a=b", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    assert portal.call("PATCH", ONE, json=[1]).status_code == 400


def test_it_speaks_https_and_takes_chunked_bodies(make) -> None:
    portal = make(https=True)
    body = (piece for piece in (b'{"properties":', b'{"city":"Oslo"}}'))
    answer = portal.call("PATCH", ONE, data=body, headers={"Content-Type": "application/json"})
    assert answer.json()["properties"]["city"] == "Oslo"
    assert answer.headers["Content-Type"].lower() == "application/json;charset=utf-8"


def test_the_same_seed_is_the_same_portal_and_another_is_not() -> None:
    made = [build(rows=50, seed=seed) for seed in (1, 1, 2)]
    names = [[crm.portal.tables["companies"].value(number, "name") for number in range(50)] for crm in made]
    assert names[0] == names[1] != names[2]
    assert made[0].token == made[1].token != made[2].token
    for crm in made:
        crm.close()


def test_requests_are_counted_by_kind(portal) -> None:
    portal.get(ONE)
    portal.patch(ONE, city="Oslo")
    portal.update(row(0, city="x"))
    portal.call("GET", "/crm/v9/nothing")
    counts = portal.running.crm.requests.told()["counts"]
    assert counts == {"record.read": 1, "record.update": 1, "batch.update": 1, "other": 1}


def test_all_versions_see_the_same_record_after_the_same_edits(portal) -> None:
    bases = ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
    for number, base in enumerate(bases):
        portal.patch(f"{base}/companies/{FIRST}", city=f"Town {number}")
    seen = [portal.get(f"{base}/companies/{FIRST}", properties="city,tier") for base in bases]
    assert seen[0] == seen[1] == seen[2]
    assert seen[0]["properties"]["city"] == "Town 2"


def test_many_clients_at_once_lose_no_write(make) -> None:
    portal = make(rows=200)

    def write(number: int) -> int:
        answer = requests.post(
            f"{portal.running.url}{D}/companies/batch/update",
            json={"inputs": [row(number * 20 + each, city=f"T{number}") for each in range(20)]},
            headers={"Authorization": f"Bearer {portal.running.token}"},
            timeout=30,
        )
        return len(answer.json()["results"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(write, range(10))) == [20] * 10
    assert len({entry["id"] for entry in portal.applied()}) == 200
