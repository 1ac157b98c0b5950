"""Writing: results in order, statuses, values of every type, workflow, stale rows, mandatory by layout."""

import pytest
import requests

from writeback.errors import ConfigurationError

AWKWARD = 'Zoë "株式会社" – 🙂, a;b|c\td:e\nsecond line'


def test_results_stand_in_the_order_of_the_rows_and_the_log_agrees(org) -> None:
    rows = [{"id": org.id(row=row), "Seats": row} for row in range(100) if row < 60]
    rows.insert(30, {"id": org.id(row=1), "Nope": 1})
    answer = org.put("Accounts", *rows)
    assert answer.status_code == 207
    told = answer.json()["data"]
    assert [row["details"].get("id") for row in told if row["status"] == "success"] == [
        org.id(row=row) for row in range(60)
    ]
    assert told[30]["details"]["json_path"] == "$.data[30].Nope"
    entries = org.applied()
    assert [entry["fields"] for entry in entries] == [{"Seats": row} for row in range(60)]
    assert {(entry["object"], entry["operation"], entry["route"]) for entry in entries} == {
        ("Accounts", "update", "collections")
    }
    assert [entry["seq"] for entry in entries] == list(range(1, 61))


def test_every_type_is_written_and_read_back(org) -> None:
    given = {
        "Account_Name": AWKWARD,
        "Description": AWKWARD * 20,
        "Phone": "+49 (0)30 1-2",
        "Tier": "Silver",
        "Segments": ["R&D", "Food & Drink"],
        "Active": False,
        "Seats": -17,
        "Contract_Value": 1234.5,
        "Health": 99,
        "Usage_Index": 0.25,
        "Account_Number": "900000000000000001",
        "Renewal_Date": "2027-02-28",
        "Last_Review": "2026-01-15T15:26:49Z",
        "Primary_Contact": {"id": org.id("Contacts", 2)},
        "Owner": {"id": org.id("Users", 3)},
        "Success_Manager": {"id": org.id("Users", 17)},
    }
    assert org.put("Accounts", {"id": org.id(), **given}).status_code == 200
    row = org.read("Accounts")
    for name, value in given.items():
        if isinstance(value, dict):
            assert row[name]["id"] == value["id"]
        elif name != "Last_Review":
            assert row[name] == value
    assert row["Last_Review"] == "2026-01-15T20:56:49+05:30"
    assert row["Modified_Time"] == "2026-11-24T17:30:30+05:30"
    assert org.put("Accounts", {"id": org.id(), **dict.fromkeys(list(given)[1:13])}).status_code == 200
    cleared = org.read("Accounts")
    assert cleared["Segments"] == []
    assert cleared["Active"] is False
    assert {cleared[name] for name in list(given)[1:13] if name not in ("Segments", "Active")} == {None}
    [told] = org.put("Accounts", {"id": org.id(), "Owner": None}).json()["data"]
    assert (told["code"], told["details"]["api_name"]) == ("INVALID_DATA", "Owner")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("Seats", 1.5, "integer"),
        ("Seats", "5", "integer"),
        ("Seats", True, "integer"),
        ("Contract_Value", "5", "double"),
        ("Active", "true", "boolean"),
        ("Account_Name", 5, "text"),
        ("Segments", "Retail", "jsonarray"),
        ("Renewal_Date", "28.02.2027", "date"),
        ("Renewal_Date", "2027-02-30", "date"),
        ("Last_Review", "2026-01-15T15:26:49", "datetime"),
        ("Owner", "somebody", "jsonobject"),
        ("Primary_Contact", [], "jsonobject"),
        ("Sites", {}, "jsonarray"),
        ("Account_Number", "12a", "long"),
    ],
)
def test_a_value_of_another_type_is_refused(org, field, value, expected) -> None:
    [told] = org.put("Accounts", {"id": org.id(), field: value}).json()["data"]
    assert (told["code"], told["details"]["expected_data_type"]) == ("INVALID_DATA", expected)


def test_ids_come_as_texts_or_numbers_and_bodies_without_a_content_type(org) -> None:
    body = f'{{"data":[{{"id":{org.id()},"Seats":5,"Owner":{{"id":{org.id("Users", 2)}}}}}]}}'.encode()
    answer = requests.Request("PUT", f"{org.running.url}/crm/v8/Accounts", data=body).prepare()
    answer.headers.update(org.http.headers)
    assert "Content-Type" not in answer.headers
    assert org.http.send(answer, timeout=30).status_code == 200
    assert org.value("Accounts", 0, "Seats") == 5


def test_a_lookup_to_nobody_and_an_idle_owner_are_refused(org) -> None:
    for field, wanted in (("Primary_Contact", "1"), ("Owner", org.id("Users", 17)), ("Owner", org.id())):
        [told] = org.put("Accounts", {"id": org.id(), field: {"id": wanted}}).json()["data"]
        assert told["message"] == "the id given seems to be invalid"
        assert told["details"] == {"api_name": field, "json_path": f"$.data[0].{field}.id"}


def test_an_owner_by_email_is_a_switch(make) -> None:
    for switch, status in (("refused", 400), ("accepted", 200)):
        org = make(owner_by_email=switch)
        owner = {"email": org.value("Users", 4, "email")}
        assert org.put("Accounts", {"id": org.id(), "Owner": owner}).status_code == status


def test_switches_let_through_what_the_default_refuses(make) -> None:
    org = make(outside_picklist="accepted", unknown_field="ignored", read_only_field="ignored")
    given = {"Tier": "Platinum", "Segments": ["New"], "Nope": 1, "Created_Time": "2020-01-01T00:00:00Z"}
    assert org.put("Accounts", {"id": org.id(), **given}).status_code == 200
    assert org.applied()[0]["fields"] == {"Tier": "Platinum", "Segments": ["New"]}


def test_a_field_that_is_not_written_is_refused(org) -> None:
    for field in ("Value_per_Seat", "Created_Time", "Account_Code"):
        [told] = org.put("Accounts", {"id": org.id(), field: None}).json()["data"]
        assert told["code"] == "AUTHORIZATION_FAILED"


def test_multi_select_replaces_unless_it_is_appended(org) -> None:
    org.put("Accounts", {"id": org.id(), "Segments": ["Retail"]})
    org.put("Accounts", {"id": org.id(), "Segments": ["Export"]})
    assert org.read("Accounts")["Segments"] == ["Export"]
    org.put("Accounts", {"id": org.id(), "Segments": ["R&D"], "$append_values": {"Segments": True}})
    assert org.read("Accounts")["Segments"] == ["Export", "R&D"]


def test_the_workflow_rewrites_what_was_written_unless_it_may_not_fire(org) -> None:
    for trigger, stored in (
        (None, "https://www.x.example"),
        (["workflow"], "https://www.x.example"),
        ([], "WWW.X.example"),
    ):
        more = {} if trigger is None else {"trigger": trigger}
        assert org.put("Accounts", {"id": org.id(), "Website": "WWW.X.example"}, **more).status_code == 200
        assert org.read("Accounts")["Website"] == stored
        assert org.applied()[-1]["fields"] == {"Website": stored}
        assert org.org.triggers[-1] == ("Accounts", org.id(), trigger)
    refused = org.put("Accounts", {"id": org.id(), "Website": "x"}, trigger=["nonsense"])
    assert (refused.status_code, refused.json()["code"]) == (400, "INVALID_DATA")


def test_a_stale_row_is_seen_to_the_second(org) -> None:
    then = org.read("Accounts")["Modified_Time"]
    guard = {"If-Unmodified-Since": then}
    assert org.put("Accounts", {"id": org.id(), "Seats": 1}, headers=guard).status_code == 200
    now = {"If-Unmodified-Since": org.read("Accounts")["Modified_Time"]}
    org.running.crm.edit("Accounts", org.id(), {"Seats": 2})  # within the same second: not seen
    assert org.put("Accounts", {"id": org.id(), "Seats": 3}, headers=now).status_code == 200
    org.clock.pass_by(seconds=1)
    org.running.crm.edit("Accounts", org.id(), {"Seats": 4})
    stale = org.put("Accounts", {"id": org.id(), "Seats": 5}, headers=now)
    assert stale.status_code == 412
    details = stale.json()["data"][0]["details"]
    assert details["Modified_Time"] == "2026-11-24T17:30:31+05:30"
    assert details["Modified_By"]["id"] == org.id("Users", 5)
    assert org.value("Accounts", 0, "Seats") == 4


def test_an_http_date_is_no_moment(org) -> None:
    headers = {"If-Unmodified-Since": "Tue, 24 Nov 2026 12:00:00 GMT"}
    assert org.put("Accounts", {"id": org.id(), "Seats": 1}, headers=headers).status_code == 400
    assert org.applied() == []


def test_one_stale_row_among_others_is_a_switch(make) -> None:
    for switch, status, written in (("row", 207, 1), ("request", 412, 0)):
        org = make(stale_in_batch=switch)
        guard = {"If-Unmodified-Since": org.read("Accounts", 1)["Modified_Time"]}
        org.running.crm.edit("Accounts", org.id(row=1), {"Seats": 9})
        answer = org.put(
            "Accounts", {"id": org.id(), "Seats": 1}, {"id": org.id(row=1), "Seats": 2}, headers=guard
        )
        assert answer.status_code == status
        assert len([entry for entry in org.applied() if entry["route"] != "foreign"]) == written


def test_mandatory_by_layout_and_layout_rules(org) -> None:
    deal = org.id("Deals", 1)
    [told] = org.put("Deals", {"id": deal, "Closing_Date": None}).json()["data"]
    assert (told["code"], told["details"]["api_name"]) == ("MANDATORY_NOT_FOUND", "Closing_Date")
    lost = {"id": deal, "Stage": "Closed Lost", "Reason_For_Loss": None}
    rules = [{"name": "layout_rules"}]
    [told] = org.put("Deals", lost, apply_feature_execution=rules).json()["data"]
    assert told["details"]["layout_rule"]["api_name"] == "Stage"
    assert org.put("Deals", lost).status_code == 200
    assert org.read("Deals", 1)["Probability"] == 0


def test_subform_rows_are_added_changed_and_deleted(org) -> None:
    sites = [{"Site_Name": "Hub", "Head_Count": 3}, {"Site_Name": "Yard"}]
    org.put("Accounts", {"id": org.id(), "Sites": sites})
    hub, yard = org.read("Accounts")["Sites"]
    assert (hub["Site_Name"], hub["Head_Count"]) == ("Hub", 3)
    org.put(
        "Accounts",
        {"id": org.id(), "Sites": [{"id": hub["id"], "Head_Count": 4}, {"id": yard["id"], "_delete": None}]},
    )
    assert org.read("Accounts")["Sites"] == [{**hub, "Head_Count": 4}]
    [told] = org.put("Accounts", {"id": org.id(), "Sites": [{"Nope": 1}]}).json()["data"]
    assert told["details"]["json_path"] == "$.data[0].Sites[0].Nope"


def test_upserts_update_what_is_there_and_add_the_rest(org) -> None:
    rows = [
        {"External_Id": "A-0000007", "Seats": 7},
        {"External_Id": "B-1", "Account_Name": "New"},
        {"External_Id": "B-2"},
    ]
    body = {"data": rows, "duplicate_check_fields": ["External_Id"]}
    answer = org.call("POST", "/Accounts/upsert", json=body)
    assert answer.status_code == 207
    updated, added, refused = answer.json()["data"]
    assert (updated["action"], updated["duplicate_field"], updated["details"]["id"]) == (
        "update",
        "External_Id",
        org.id(row=7),
    )
    assert (added["action"], added["duplicate_field"], added["message"]) == ("insert", None, "record added")
    assert refused["code"] == "MANDATORY_NOT_FOUND"
    new = org.read("Accounts", 60)
    assert (new["Account_Name"], new["Account_Code"], new["Owner"]["id"]) == (
        "New",
        "ACC-000061",
        org.org.user_id,
    )


def test_an_upsert_minds_a_stale_row(org) -> None:
    org.running.crm.edit("Accounts", org.id(row=7), {"Seats": 5})
    body = {"data": [{"External_Id": "A-0000007", "Seats": 7}], "duplicate_check_fields": ["External_Id"]}
    headers = {"If-Unmodified-Since": "2026-11-24T11:00:00Z"}
    answer = org.call("POST", "/Accounts/upsert", json=body, headers=headers)
    assert (answer.status_code, answer.json()["data"][0]["code"]) == (412, "ALREADY_MODIFIED")


@pytest.mark.parametrize("code", ["DEPENDENT_FIELD_MISSING", "DEPENDENT_MISMATCH", "NOT_APPROVED"])
def test_rarer_refusals_come_on_demand(org, code) -> None:
    org.arm(kind="refuse_row", object="Accounts", id=org.id(row=1), code=code, message="no")
    answer = org.put("Accounts", {"id": org.id(), "Seats": 1}, {"id": org.id(row=1), "Seats": 1})
    assert [row["code"] for row in answer.json()["data"]] == ["SUCCESS", code]
    assert len(org.applied()) == 1


def test_deletes_are_answered_row_by_row(org) -> None:
    answer = org.call("DELETE", f"/Accounts?ids={org.id()},17,{org.id(row=1)}")
    assert answer.status_code == 207
    assert [row["code"] for row in answer.json()["data"]] == ["SUCCESS", "INVALID_DATA", "SUCCESS"]
    assert [(entry["id"], entry["operation"]) for entry in org.applied()] == [
        (org.id(), "delete"),
        (org.id(row=1), "delete"),
    ]
    [told] = org.put("Accounts", {"id": org.id(), "Seats": 1}).json()["data"]
    assert told["message"] == "the id given seems to be invalid"


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b'{"data": 5}', b'{"data": []}', b'{"rows": []}', b"\xff"]
)
def test_a_body_that_is_none_is_refused(org, body) -> None:
    assert org.call("PUT", "/Accounts", data=body).status_code == 400


def test_rows_without_an_id_or_without_a_shape_are_refused_alone(org) -> None:
    answer = org.put("Accounts", {"Seats": 1}, 5, {"id": org.id(), "Seats": 1})
    assert answer.status_code == 207
    assert [row["code"] for row in answer.json()["data"]] == [
        "MANDATORY_NOT_FOUND",
        "INVALID_DATA",
        "SUCCESS",
    ]


def test_an_edit_by_somebody_else_is_on_record_and_is_checked(org) -> None:
    org.running.crm.edit("Accounts", org.id(), {"Seats": 9})
    assert (org.applied()[0]["route"], org.read("Accounts")["Modified_By"]["id"]) == (
        "foreign",
        org.id("Users", 5),
    )
    for given in (("Nothing", org.id(), {}), ("Accounts", "1", {}), ("Accounts", org.id(), {"Nope": 1})):
        with pytest.raises(ConfigurationError):
            org.running.crm.edit(*given)


def test_somebody_is_faster_where_a_fault_says_so(org) -> None:
    org.arm(kind="concurrent_edit", object="Accounts", id=org.id(), fields={"Tier": "Gold"})
    org.clock.pass_by(seconds=1)
    guard = {"If-Unmodified-Since": org.read("Accounts")["Modified_Time"]}
    assert org.put("Accounts", {"id": org.id(), "Seats": 1}, headers=guard).status_code == 412
    assert org.read("Accounts")["Tier"] == "Gold"


def test_a_cut_line_before_and_after_the_write(org) -> None:
    for kind, written in (("cut_before", 0), ("cut_after", 1)):
        org.arm(kind=kind, method="PUT")
        with pytest.raises(requests.exceptions.ConnectionError):
            org.put("Accounts", {"id": org.id(), "Seats": 1})
        assert len(org.applied()) == written
