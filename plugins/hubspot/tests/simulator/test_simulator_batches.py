"""Batches of the simulator: wire contract, sections 6 and 17."""

import pytest
from plugins.hubspot.tests.simulator.conftest import FIRST, D, ids, row

NEWEST = "/crm/objects/2026-09"
V3 = "/crm/v3/objects"


def ok(count: int) -> list[dict[str, object]]:
    return [row(number, f"t{number}", city="Oslo") for number in range(count)]


def test_a_batch_is_written_and_its_results_are_unordered(make) -> None:
    portal = make(rows=200)
    told = portal.update(*ok(100))
    assert told["status"] == "COMPLETE"
    assert sorted(ids(told), key=int) == [str(FIRST + number) for number in range(100)]
    assert ids(told) != sorted(ids(told), key=int)
    for each in told["results"]:
        assert each["objectWriteTraceId"] == f"t{int(each['id']) - FIRST}"
        assert each["properties"]["city"] == "Oslo"
    assert "errors" not in told
    assert [entry["route"] for entry in portal.applied()] == ["batch"] * 100
    assert make(rows=200, result_order="as_sent").update(*ok(100))["results"][7]["objectWriteTraceId"] == "t7"


def test_more_than_a_hundred_inputs_are_refused(portal) -> None:
    inputs = [{"id": str(number), "properties": {"city": "x"}} for number in range(101)]
    assert portal.update(*inputs, status=400)["category"] == "VALIDATION_ERROR"
    reads = {"inputs": [{"id": str(number)} for number in range(101)], "properties": []}
    portal.post(f"{D}/companies/batch/read", reads, 400)
    reads = {"inputs": reads["inputs"][:51], "properties": [], "propertiesWithHistory": ["city"]}
    portal.post(f"{D}/companies/batch/read", reads, 400)
    portal.update(status=400)


@pytest.mark.parametrize("base", [D, V3])
def test_a_bad_value_and_a_missing_id_leave_the_rest_written(portal, base) -> None:
    missing = {"id": "99", "properties": {"city": "x"}, "objectWriteTraceId": "gone"}
    told = portal.update(row(0, "good", city="Oslo"), row(1, "bad", tier="x"), missing, status=207, base=base)
    assert ids(told) == [str(FIRST)]
    assert told["numErrors"] == len(told["errors"]) == 2
    invalid, lost = told["errors"]
    assert invalid["category"] == "VALIDATION_ERROR"
    assert invalid["context"] == {"ids": [str(FIRST + 1)], "objectWriteTraceId": ["bad"]}
    assert lost["category"] == "OBJECT_NOT_FOUND"
    assert lost["message"].startswith("Could not get some COMPANY objects, they may be deleted or not exist.")
    assert lost["context"] == {"ids": ["99"], "objectWriteTraceId": ["gone"]}
    assert [entry["id"] for entry in portal.applied()] == [str(FIRST)]


@pytest.mark.parametrize(("switch", "status"), [("200", 200), ("207", 207)])
def test_the_newest_version_keeps_errors_inside_a_normal_answer(make, switch, status) -> None:
    portal = make(mixed_status_2026_09=switch)
    told = portal.update(row(0, city="Oslo"), row(1, tier="x"), status=status, base=NEWEST)
    assert (len(told["results"]), told["numErrors"]) == (1, 1)


def test_one_bad_value_may_fail_the_whole_batch(make) -> None:
    portal = make(invalid_in_batch="whole")
    told = portal.update(row(0, city="Oslo"), row(1, tier="x"), status=400)
    assert "INVALID_OPTION" in told["message"]
    assert portal.applied() == []
    portal.update(row(0, city="Oslo"), {"id": "99", "properties": {"city": "x"}}, status=207)


def test_the_fault_of_a_whole_batch_happens_once(portal) -> None:
    portal.arm(kind="whole_batch")
    portal.update(row(0, city="Oslo"), row(1, tier="x"), status=400)
    portal.update(row(0, city="Oslo"), row(1, tier="x"), status=207)
    assert len(portal.applied()) == 1


def test_an_id_twice_in_a_batch_is_refused_or_the_last_wins(make) -> None:
    twice = [row(0, city="Oslo"), row(0, city="Bergen")]
    portal = make()
    assert portal.update(*twice, status=400)["context"] == {"ids": [str(FIRST)]}
    assert portal.applied() == []
    portal = make(duplicate_ids="last_wins")
    assert [each["properties"]["city"] for each in portal.update(*twice)["results"]] == ["Bergen"]


def test_a_batch_read_names_what_it_did_not_find(portal) -> None:
    body = {"inputs": [{"id": str(FIRST)}, {"id": "7"}, {"id": str(FIRST)}], "properties": ["city"]}
    told = portal.post(f"{D}/companies/batch/read", body | {"propertiesWithHistory": ["city"]}, 207)
    assert ids(told) == [str(FIRST)]
    assert told["results"][0]["propertiesWithHistory"]["city"][0]["value"]
    assert told["errors"][0]["context"] == {"ids": ["7"]}
    told = portal.post(f"{NEWEST}/companies/batch/read", body, 200)
    assert told["numErrors"] == 1
    body = {"inputs": [{"id": "C-0000003"}], "properties": [], "idProperty": "external_id"}
    assert ids(portal.post(f"{D}/companies/batch/read", body)) == [str(FIRST + 3)]
    portal.post(f"{D}/companies/batch/read", body | {"idProperty": "domain"}, 400)


def test_a_batch_read_of_archived_records_is_asked_for(portal) -> None:
    portal.call("DELETE", f"{D}/companies/{FIRST}")
    body = {"inputs": [{"id": str(FIRST)}], "properties": []}
    assert portal.post(f"{D}/companies/batch/read", body, 207)["results"] == []
    assert portal.post(f"{D}/companies/batch/read?archived=true", body)["results"][0]["archived"] is True


def test_a_batch_create_is_partial_only_with_trace_ids_of_their_own(portal) -> None:
    good, bad = {"properties": {"name": "Ny"}}, {"properties": {"name": "Bad", "tier": "x"}}
    portal.post(f"{D}/companies/batch/create", {"inputs": [good, bad]}, 400)
    assert portal.applied() == []
    inputs = [good | {"objectWriteTraceId": "a"}, bad | {"objectWriteTraceId": "b"}]
    told = portal.post(f"{D}/companies/batch/create", {"inputs": inputs}, 207)
    assert [each["objectWriteTraceId"] for each in told["results"]] == ["a"]
    assert told["errors"][0]["context"] == {"objectWriteTraceId": ["b"]}
    assert portal.post(f"{D}/companies/batch/create", {"inputs": [good]}, 201)["status"]
    twins = {"inputs": [{"properties": {"email": "a@b.example"}}, {"properties": {"email": "A@b.example"}}]}
    assert portal.post(f"{D}/contacts/batch/create", twins, 409)["category"] == "CONFLICT"


def test_a_batch_upsert_says_what_is_new(portal) -> None:
    one = {
        "id": "C-0000001",
        "idProperty": "external_id",
        "properties": {"city": "Oslo"},
        "objectWriteTraceId": "a",
    }
    two = one | {"id": "C-9000001", "objectWriteTraceId": "b", "properties": {"name": "Ny"}}
    told = portal.post(f"{D}/companies/batch/upsert", {"inputs": [one, two]})
    assert {each["objectWriteTraceId"]: each["new"] for each in told["results"]} == {"a": False, "b": True}
    found = portal.get(f"{D}/companies/C-9000001", idProperty="external_id", properties="name")
    assert found["properties"]["name"] == "Ny"
    portal.post(f"{D}/companies/batch/upsert", {"inputs": [one | {"idProperty": "domain"}]}, 400)
    portal.post(f"{D}/companies/batch/upsert", {"inputs": [row(0, city="x")]}, 400)


def test_a_batch_archive_forgives_what_is_gone(portal) -> None:
    body = {"inputs": [{"id": str(FIRST)}, {"id": "7"}]}
    for _ in range(2):
        assert portal.call("POST", f"{D}/companies/batch/archive", json=body).status_code == 204
    assert [entry["operation"] for entry in portal.applied()] == ["delete"]


def test_a_batch_update_by_a_unique_property_is_refused_or_works(make) -> None:
    item = {"id": "C-0000004", "idProperty": "external_id", "properties": {"city": "Oslo"}}
    portal = make()
    assert "non-unique" in portal.update(item, status=400)["message"]
    portal = make(batch_update_id_property="unique")
    assert ids(portal.update(item)) == [str(FIRST + 4)]


def test_some_rows_can_be_refused_and_some_results_left_out(portal) -> None:
    portal.arm(kind="refuse_row", object="companies", id=str(FIRST), message="Locked by a workflow")
    portal.arm(kind="omit_result", object="companies", id=str(FIRST + 2))
    told = portal.update(*ok(3), status=207)
    assert ids(told) == [str(FIRST + 1)]
    assert told["errors"][0]["message"] == "Locked by a workflow"
    assert [entry["id"] for entry in portal.applied()] == [str(FIRST + 1), str(FIRST + 2)]
    assert portal.update(*ok(3))["status"] == "COMPLETE"
