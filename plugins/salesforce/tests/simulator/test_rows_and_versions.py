"""Rows by their address: what a write does, conditional requests, composite and collections."""

import pytest


def account(org, row=0):
    return f"/sobjects/Account/{org.id('Account', row)}"


def test_a_patch_is_204_without_a_body_and_stamps_the_row(org) -> None:
    answer = org.call("PATCH", account(org), json={"Industry": "Retail", "annualrevenue": 12.4})
    assert (answer.status_code, answer.content) == (204, b"")
    told = org.call("GET", account(org)).json()
    assert (told["Industry"], told["AnnualRevenue"]) == ("Retail", 12.0)
    assert told["LastModifiedDate"] == told["SystemModstamp"] == "2026-11-24T12:00:30.000+0000"
    assert told["LastModifiedById"] == org.id("User")


def test_text_is_trimmed_and_blank_is_null(org) -> None:
    org.call("PATCH", account(org), json={"Site": "  north  ", "Phone": " "})
    assert org.call("GET", account(org), params={"fields": "Site,Phone"}).json() == {
        "attributes": {"type": "Account", "url": f"/services/data/v67.0{account(org)}"},
        "Site": "north",
        "Phone": None,
        "Id": org.id("Account"),
    }


def test_automation_rewrites_the_website_and_a_formula_follows(make) -> None:
    org = make()
    org.call("PATCH", account(org), json={"Website": "WWW.Example.COM", "Tier__c": "Silver", "Seats__c": 12})
    told = org.call("GET", account(org)).json()
    assert (told["Website"], told["Score_Text__c"]) == ("https://www.example.com", "Silver / 12")
    assert org.applied()[0]["fields"]["Website"] == "https://www.example.com"
    plain = make(automation="off")
    plain.call("PATCH", account(plain), json={"Website": "WWW.Example.COM"})
    assert plain.value("Account", 0, "Website") == "WWW.Example.COM"


def test_ids_of_fifteen_and_of_any_case_are_taken(org) -> None:
    whole = org.id("Account", 11)
    for given in (whole[:15], whole.upper(), whole.lower()):
        told = org.call("GET", f"/sobjects/Account/{given}", params={"fields": "Name"})
        assert told.json()["Id"] == whole


def test_a_method_may_travel_in_the_query(org) -> None:
    answer = org.call("POST", account(org) + "?_HttpMethod=PATCH", json={"Site": "x"})
    assert (answer.status_code, org.value("Account", 0, "Site")) == (204, "x")


def test_a_row_that_moved_on_is_a_412_and_not_written(org) -> None:
    stamp = org.call("GET", account(org)).headers["Last-Modified"]
    assert (
        org.call(
            "PATCH", account(org), json={"Site": "x"}, headers={"If-Unmodified-Since": stamp}
        ).status_code
        == 204
    )
    answer = org.call("PATCH", account(org), json={"Site": "y"}, headers={"If-Unmodified-Since": stamp})
    assert answer.status_code == 412
    assert isinstance(answer.json(), list)
    assert [entry["fields"] for entry in org.applied()] == [{"Site": "x"}]


def test_two_edits_within_one_second_are_not_told_apart(org) -> None:
    org.call("PATCH", account(org), json={"Site": "x"})
    stamp = org.call("GET", account(org)).headers["Last-Modified"]
    assert (
        org.call(
            "PATCH", account(org), json={"Site": "y"}, headers={"If-Unmodified-Since": stamp}
        ).status_code
        == 204
    )


@pytest.mark.parametrize(("option", "kind"), [("array", "json"), ("empty", ""), ("html", "html")])
def test_the_body_of_a_412_is_a_setting(make, option, kind) -> None:
    org = make(body_412=option)
    headers = {"If-Unmodified-Since": "Tue, 10 Aug 2021 10:00:00 GMT"}
    answer = org.call("PATCH", account(org), json={"Site": "y"}, headers=headers)
    assert answer.status_code == 412
    assert kind in answer.headers.get("Content-Type", "")
    assert (answer.content == b"") is (option == "empty")


@pytest.mark.parametrize("header", ["If-Unmodified-Since", "If-Match", "If-None-Match"])
def test_a_condition_that_cannot_be_read_is_a_400(org, header) -> None:
    answer = org.call("PATCH", account(org), json={"Site": "y"}, headers={header: "nonsense"})
    assert answer.status_code == 400
    assert org.applied() == []


def test_accounts_have_entity_tags_and_contacts_have_none(org) -> None:
    tag = org.call("GET", account(org)).headers["ETag"]
    assert org.call("GET", account(org), headers={"If-None-Match": tag}).status_code == 304
    assert (
        org.call("PATCH", account(org), json={"Site": "x"}, headers={"If-Match": '"other"'}).status_code
        == 412
    )
    assert (
        org.call("PATCH", account(org), json={"Site": "x"}, headers={"If-None-Match": tag}).status_code == 412
    )
    assert org.call("PATCH", account(org), json={"Site": "x"}, headers={"If-Match": tag}).status_code == 204
    contact = f"/sobjects/Contact/{org.id('Contact')}"
    assert "ETag" not in org.call("GET", contact).headers
    assert org.call("PATCH", contact, json={"Title": "x"}, headers={"If-Match": '"other"'}).status_code == 204


def test_describe_is_304_when_nothing_changed_and_whole_after_a_field_was_revoked(org) -> None:
    stamp = org.call("GET", "/sobjects/Account/describe").headers["Last-Modified"]
    answer = org.call("GET", "/sobjects/Account/describe", headers={"If-Modified-Since": stamp})
    assert (answer.status_code, answer.content) == (304, b"")
    org.arm(kind="drift", change="locked", object="Account", field="Industry")
    told = org.call("GET", "/sobjects/Account/describe").json()
    assert {field["name"]: field["updateable"] for field in told["fields"]}["Industry"] is False
    assert (
        org.call("PATCH", account(org), json={"Industry": "x"}).json()[0]["errorCode"]
        == "INVALID_FIELD_FOR_INSERT_UPDATE"
    )
    org.running.crm.faults.disarm()
    assert org.call("PATCH", account(org), json={"Industry": "x"}).status_code == 204


def composite(org, *parts, **more):
    body = {"allOrNone": False, "compositeRequest": list(parts)} | more
    return org.call("POST", "/composite", json=body).json()["compositeResponse"]


def conditional(org, row, since):
    return {
        "method": "PATCH",
        "url": f"/services/data/v67.0{account(org, row)}",
        "referenceId": f"r{row}",
        "body": {"Site": "x"},
        "httpHeaders": {"If-Unmodified-Since": since},
    }


@pytest.mark.parametrize(("option", "status"), [("works", 412), ("ignored", 204)])
def test_conditions_inside_composite_are_a_setting(make, option, status) -> None:
    org = make(composite_conditional=option)
    stamp = org.call("GET", account(org, 1)).headers["Last-Modified"]
    old, fresh = composite(
        org, conditional(org, 0, "Tue, 10 Aug 2021 10:00:00 GMT"), conditional(org, 1, stamp)
    )
    assert (old["httpStatusCode"], fresh["httpStatusCode"], fresh["body"]) == (status, 204, None)
    assert {entry["route"] for entry in org.applied()} == {"composite"}


def test_composite_hands_answers_on_and_takes_no_more_than_25(org) -> None:
    base = "/services/data/v67.0/sobjects"
    made, linked = composite(
        org,
        {"method": "POST", "url": f"{base}/Account", "referenceId": "new", "body": {"Name": "New"}},
        {
            "method": "POST",
            "url": f"{base}/Contact",
            "referenceId": "c",
            "body": {"LastName": "x", "AccountId": "@{new.id}"},
        },
    )
    assert (made["httpStatusCode"], linked["httpStatusCode"]) == (201, 201)
    row = org.running.crm.org.tables["contact"].row(linked["body"]["id"])
    assert org.value("Contact", row, "AccountId") == made["body"]["id"]
    part = {"method": "GET", "url": f"{base}/Account/{org.id('Account')}", "referenceId": "a"}
    answer = org.call("POST", "/composite", json={"compositeRequest": [part] * 26})
    assert answer.status_code == 400


def test_an_error_inside_composite_is_the_array_form(org) -> None:
    [told] = composite(org, {"method": "GET", "url": "/services/data/v67.0/sobjects/Foo", "referenceId": "f"})
    assert told["httpStatusCode"] == 404
    assert told["body"] == [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]


def test_collections_answer_in_input_order_with_their_own_errors(org) -> None:
    kind = {"attributes": {"type": "Account"}}
    records = [kind | {"id": org.id("Account", row), "Seats__c": row} for row in range(200)]
    records[7]["Seats__c"] = "x"
    told = org.call("PATCH", "/composite/sobjects", json={"allOrNone": False, "records": records[:60]}).json()
    assert [row.get("id") for row in told] == [record["id"] for record in records[:60]]
    assert [row["success"] for row in told] == [place != 7 for place in range(60)]
    assert len(org.applied()) == 59
    assert {entry["route"] for entry in org.applied()} == {"collections"}


def test_collections_read_create_upsert_and_delete(org) -> None:
    made = org.call(
        "POST", "/composite/sobjects", json={"records": [{"attributes": {"type": "Account"}, "Name": "A"}]}
    ).json()
    ids = [made[0]["id"], "001000000000000AAA"]
    told = org.call("POST", "/composite/sobjects/Account", json={"ids": ids, "fields": ["Name"]}).json()
    assert (told[0]["Name"], told[1]) == ("A", None)
    records = [
        {"attributes": {"type": "Account"}, "External_Id__c": "A-0000001", "Site": "u"},
        {"attributes": {"type": "Account"}, "External_Id__c": "new-1", "Name": "N"},
    ]
    told = org.call("PATCH", "/composite/sobjects/Account/External_Id__c", json={"records": records}).json()
    assert [row["created"] for row in told] == [False, True]
    told = org.call("DELETE", "/composite/sobjects", params={"ids": ids[0], "allOrNone": "false"}).json()
    assert told == [{"id": ids[0], "success": True, "errors": []}]


def test_upsert_by_key_creates_updates_and_names_several(org) -> None:
    path = "/sobjects/Account/External_Id__c/"
    answer = org.call("PATCH", path + "a%2Fb%20c", json={"Name": "New"})
    assert (answer.status_code, answer.json()["created"]) == (201, True)
    answer = org.call("PATCH", path + "A-0000003", json={"Site": "x"})
    assert (answer.status_code, answer.json()["created"]) == (200, False)
    email = org.value("User", 7, "Email")
    answer = org.call("GET", f"/sobjects/User/Email/{email}")
    assert answer.status_code == 300
    assert len(answer.json()) == 2
    assert org.call("PATCH", path + "none?updateOnly=true", json={"Name": "N"}).status_code == 404


def test_somebody_elses_edit_comes_just_before_the_next_write(org) -> None:
    stamp = org.call("GET", account(org)).headers["Last-Modified"]
    org.arm(kind="concurrent_edit", object="Account", id=org.id("Account"), fields={"Industry": "Mining"})
    answer = org.call(
        "PATCH", account(org), json={"Industry": "Retail"}, headers={"If-Unmodified-Since": stamp}
    )
    assert answer.status_code == 412
    [foreign] = org.applied()
    assert (foreign["route"], foreign["fields"]) == ("foreign", {"Industry": "Mining"})
    assert org.value("Account", 0, "LastModifiedById") != org.id("User")


def test_what_changed_and_what_was_deleted_can_be_asked_for(org) -> None:
    org.call("PATCH", account(org, 1), json={"Site": "x"})
    org.call("DELETE", account(org, 2))
    span = {"start": "2026-11-24T11:00:00Z", "end": "2026-11-24T12:30:00+00:00"}
    assert org.call("GET", "/sobjects/Account/updated/", params=span).json()["ids"] == [org.id("Account", 1)]
    [deleted] = org.call("GET", "/sobjects/Account/deleted/", params=span).json()["deletedRecords"]
    assert deleted["id"] == org.id("Account", 2)
    soql = "SELECT Id FROM Account WHERE IsDeleted = true"
    assert org.query(soql)["totalSize"] == 0
    assert org.call("GET", "/queryAll", params={"q": soql}).json()["totalSize"] == 1


def test_polymorphic_parents_show_what_any_parent_has(org) -> None:
    rows = org.query("SELECT Owner.Name, Owner.Email FROM Lead ORDER BY Id LIMIT 2")["records"]
    assert rows[0]["Owner"]["attributes"]["type"] == "Name"
    assert rows[0]["Owner"]["Name"] == "Inbound Leads"
    assert rows[0]["Owner"]["Email"] is None
    assert rows[1]["Owner"]["Email"].endswith("@northwind.example")


@pytest.mark.parametrize(("option", "status"), [("refused", 400), ("accepted", 204)])
def test_a_nested_polymorphic_parent_is_a_setting(make, option, status) -> None:
    org = make(nested_polymorphic=option)
    owner = {"attributes": {"type": "User"}, "Email": org.value("User", 2, "Email")}
    assert org.call("PATCH", f"/sobjects/Lead/{org.id('Lead')}", json={"Owner": owner}).status_code == status
    del owner["attributes"]
    assert org.call("PATCH", f"/sobjects/Lead/{org.id('Lead')}", json={"Owner": owner}).status_code == 400


@pytest.mark.parametrize(("option", "status"), [("accepted", 204), ("refused", 400)])
def test_text_for_a_boolean_is_a_setting(make, option, status) -> None:
    org = make(boolean_text=option)
    assert org.call("PATCH", account(org), json={"Active__c": "true"}).status_code == status


@pytest.mark.parametrize(
    ("option", "status", "code"), [("not_found", 404, "NOT_FOUND"), ("malformed_id", 400, "MALFORMED_ID")]
)
def test_a_malformed_id_in_a_url_is_a_setting(make, option, status, code) -> None:
    answer = make(malformed_id=option).call("GET", "/sobjects/Account/abc")
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (status, code)
