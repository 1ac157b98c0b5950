# ruff: noqa: E501  the vendor's texts stand on one line
"""One test for each row of the contract's table of errors (section 5) that the simulator knows."""

from collections import abc

import pytest

Make = abc.Callable[..., object]


def refused(answer, code, message=None, *, status=400, fields=None):
    assert answer.status_code == status, answer.text
    [told] = answer.json()
    assert told["errorCode"] == code
    if message is not None:
        assert told["message"] == message
    assert told.get("fields") == fields
    assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"


def patch(org, name, fields, row=0, **more):
    return org.call("PATCH", f"/sobjects/{name}/{org.id(name, row)}", json=fields, **more)


def test_no_token_and_a_wrong_one_are_an_expired_session(org) -> None:
    for text in ("", "Bearer nonsense"):
        answer = org.call("GET", "/limits", headers={"Authorization": text})
        refused(answer, "INVALID_SESSION_ID", "Session expired or invalid", status=401)


def test_an_address_that_leads_nowhere_is_not_found(org) -> None:
    for path in ("/nowhere", "/sobjects/Foo", "/sobjects/Account/001000000000000AAA", "/sobjects/Account/x"):
        refused(org.call("GET", path), "NOT_FOUND", "The requested resource does not exist", status=404)


def test_a_key_field_that_is_none_is_not_found(org) -> None:
    message = "Provided external ID field does not exist or is not accessible: Foo"
    refused(org.call("PATCH", "/sobjects/Account/Foo/1", json={}), "NOT_FOUND", message, status=404)


def test_the_daily_limit_is_a_403(make) -> None:
    org = make(calls_per_day="2")
    org.call("GET", "/limits")
    org.call("GET", "/limits")
    refused(org.call("GET", "/limits"), "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", status=403)


def test_the_concurrent_limit_is_a_403_without_retry_after(org) -> None:
    org.arm(kind="limit_concurrent")
    answer = org.call("GET", "/limits")
    message = "ConcurrentRequests (Concurrent API Requests) Limit exceeded."
    refused(answer, "REQUEST_LIMIT_EXCEEDED", message, status=403)
    assert "Retry-After" not in answer.headers
    assert org.call("GET", "/limits").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("Active__c", "0", "boolean"),
        ("Active__c", "yes", "boolean"),
        ("AnnualRevenue", "many", "double"),
        ("Renewal_Date__c", "24.11.2026", "date"),
        ("Last_Review__c", "today", "datetime"),
        ("NumberOfEmployees", "x", "int"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_parser_error(org, field, value, kind) -> None:
    answer = patch(org, "Account", {field: value})
    refused(answer, "JSON_PARSER_ERROR")
    assert answer.json()[0]["message"].startswith(
        f"Cannot deserialize instance of {kind} from VALUE_STRING value {value} or request"
    )
    assert org.applied() == []


def test_a_body_that_is_no_json_is_a_parser_error(org) -> None:
    answer = org.call("PATCH", f"/sobjects/Account/{org.id('Account')}", data=b"{x}")
    refused(answer, "JSON_PARSER_ERROR")
    assert answer.json()[0]["message"].startswith("Unexpected character ('x'")


def test_an_id_of_another_object_is_malformed(org) -> None:
    answer = patch(org, "Account", {"OwnerId": org.id("Contact")})
    message = f"Owner ID: id value of incorrect type: {org.id('Contact')}"
    refused(answer, "MALFORMED_ID", message, fields=["OwnerId"])


def test_an_unknown_field_in_a_write(org) -> None:
    refused(
        patch(org, "Account", {"foo": 1}), "INVALID_FIELD", "No such column 'foo' on sobject of type Account"
    )


def test_an_unknown_field_in_soql_is_pointed_at(org) -> None:
    answer = org.call("GET", "/query", params={"q": "SELECT Foo FROM Account"})
    refused(
        answer,
        "INVALID_FIELD",
        "\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'."
        " If you are attempting to use a custom field, be sure to append the '__c' after the custom field name."
        " Please reference your WSDL or the describe call for the appropriate names.",
    )


@pytest.mark.parametrize(
    "soql",
    [
        "SELECT Id FROM Account GROUP BY Id",
        "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)",
        "SELECT Id FROM Account FOR VIEW",
        "SELECT TYPEOF Owner WHEN User THEN Id END FROM Case",
        "SELECT FIELDS(ALL) FROM Account LIMIT 10",
        "SELECT Id, FROM Account",
        'SELECT Id FROM Account WHERE Name = "x"',
        "SELECT Id FROM Account WHERE Name = 'x",
        "SELECT Id FROM Account LIMIT x",
        "SELECT Id FROM Account WHERE CreatedDate > LAST_FORTNIGHT",
        "DELETE FROM Account",
        "",
    ],
)
def test_soql_the_grammar_does_not_know_is_malformed_and_gives_no_rows(org, soql) -> None:
    refused(org.call("GET", "/query", params={"q": soql}), "MALFORMED_QUERY")


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("SELECT Owner.Foo FROM Account", "INVALID_FIELD"),
        ("SELECT Nobody.Name FROM Account", "INVALID_FIELD"),
        ("SELECT Id, (SELECT Id FROM Nobodies) FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Account ORDER BY Description", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE Description = 'x'", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE AnnualRevenue = '5'", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE Name = 5", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE CreatedDate = '2024-01-01T00:00:00Z'", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE Name INCLUDES ('x')", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Account WHERE AnnualRevenue LIKE '5%'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Account LIMIT 1 OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"),
        ("SELECT Id FROM Nothing", "INVALID_TYPE"),
    ],
)
def test_soql_that_makes_no_sense_has_the_vendors_code(org, soql, code) -> None:
    refused(org.call("GET", "/query", params={"q": soql}), code)


def test_an_expired_cursor_is_an_invalid_locator(make) -> None:
    org = make(rows=2100, cursor_seconds="-1")
    more = org.query("SELECT Id FROM Account")["nextRecordsUrl"]
    refused(org.call("GET", org.running.url + more), "INVALID_QUERY_LOCATOR")


def test_a_read_only_field_is_not_writable(org) -> None:
    message = (
        "Unable to create/update fields: Name. Please check the security settings of this field and verify that it"
        " is read/write for your profile or permission set."
    )
    refused(patch(org, "Contact", {"Name": "x"}), "INVALID_FIELD_FOR_INSERT_UPDATE", message, fields=["Name"])
    refused(
        patch(org, "Account", {"Score_Text__c": "x"}),
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        fields=["Score_Text__c"],
    )


def test_a_restricted_picklist_refuses_and_an_open_one_takes_what_it_does_not_list(org) -> None:
    message = "Tier: bad value for restricted picklist field: Platinum"
    answer = patch(org, "Account", {"Tier__c": "Platinum"})
    refused(answer, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, fields=["Tier__c"])
    assert patch(org, "Account", {"Industry": "Space Mining"}).status_code == 204


def test_a_text_that_is_too_long(org) -> None:
    long = "x" * 81
    message = f"Account Site: data value too large: {long} (max length=80)"
    refused(patch(org, "Account", {"Site": long}), "STRING_TOO_LONG", message, fields=["Site"])
    assert patch(org, "Account", {"Site": "ö" * 80}).status_code == 204


def test_a_required_field(org) -> None:
    message = "Required fields are missing: [LastName]"
    answer = org.call("POST", "/sobjects/Contact", json={"FirstName": "x"})
    refused(answer, "REQUIRED_FIELD_MISSING", message, fields=["LastName"])
    refused(patch(org, "Contact", {"LastName": None}), "REQUIRED_FIELD_MISSING", message, fields=["LastName"])
    refused(patch(org, "Contact", {"LastName": "  "}), "REQUIRED_FIELD_MISSING", message, fields=["LastName"])


def test_an_invalid_email_address(org) -> None:
    answer = patch(org, "Contact", {"Email": "no address"})
    refused(answer, "INVALID_EMAIL_ADDRESS", "Email: invalid email address: no address", fields=["Email"])


def test_a_number_out_of_range(org) -> None:
    answer = patch(org, "Account", {"Seats__c": 1_000_000})
    message = "Seats: value outside of valid range on numeric field: 1000000"
    refused(answer, "NUMBER_OUTSIDE_VALID_RANGE", message, fields=["Seats__c"])


def test_a_validation_rule_answers_with_the_administrators_text(make) -> None:
    org = make(validation_rule="on")
    answer = patch(org, "Opportunity", {"CloseDate": "2020-01-01", "NextStep": None})
    refused(answer, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "A closing date in the past needs a next step.")
    assert patch(org, "Opportunity", {"CloseDate": "2020-01-01", "NextStep": "call"}).status_code == 204


def test_a_unique_field_names_the_other_record(org) -> None:
    other = org.id("Account", 2)
    message = f"duplicate value found: External_Id__c duplicates value on record with id: {other}"
    refused(patch(org, "Account", {"External_Id__c": "a-0000002"}), "DUPLICATE_VALUE", message)


def test_a_reference_by_a_key_that_several_have(org) -> None:
    email = org.value("User", 7, "Email")
    assert org.value("User", 8, "Email") == email
    answer = patch(org, "Account", {"Owner": {"Email": email}})
    refused(answer, "DUPLICATE_EXTERNAL_ID")
    assert f"[{org.id('User', 7)}, {org.id('User', 8)}]" in answer.json()[0]["message"]


def test_a_reference_by_a_key_that_nobody_has(org) -> None:
    answer = patch(org, "Account", {"Owner": {"Email": "nobody@x.example"}})
    message = "Foreign key external ID: nobody@x.example not found for field Email in entity User"
    refused(answer, "INVALID_FIELD", message)


def test_a_reference_by_a_key_is_resolved(org) -> None:
    answer = patch(org, "Account", {"Owner": {"Email": org.value("User", 3, "Email").upper()}})
    assert answer.status_code == 204
    assert org.value("Account", 0, "OwnerId") == org.id("User", 3)


def test_a_reference_to_nothing(org) -> None:
    answer = patch(org, "Account", {"OwnerId": org.id("User", 4000)})
    refused(answer, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")


def test_an_inactive_user_cannot_own(org) -> None:
    refused(patch(org, "Account", {"OwnerId": org.id("User", 39)}), "INACTIVE_OWNER_OR_USER")


def test_a_duplicate_rule_refuses_unless_the_header_allows(make) -> None:
    org = make(duplicate_rule="on")
    name = {"Name": org.value("Account", 1, "Name")}
    refused(patch(org, "Account", name), "DUPLICATES_DETECTED", "Use one of these records?")
    header = {"Sforce-Duplicate-Rule-Header": "allowSave=true, includeRecordDetails=false"}
    assert patch(org, "Account", name, headers=header).status_code == 204
    requests_seen = org.running.crm.requests.told()["requests"]
    assert requests_seen[-1]["headers"]["sforce-duplicate-rule-header"].startswith("allowSave=true")


def test_a_deleted_row_says_so(make) -> None:
    for option, code in (("entity_is_deleted", "ENTITY_IS_DELETED"), ("not_found", "NOT_FOUND")):
        org = make(deleted_patch=option)
        assert org.call("DELETE", f"/sobjects/Account/{org.id('Account')}").status_code == 204
        refused(patch(org, "Account", {"Site": "x"}), code, status=404)
        told = org.call(
            "PATCH",
            "/composite/sobjects",
            json={"records": [{"attributes": {"type": "Account"}, "id": org.id("Account"), "Site": "x"}]},
        ).json()
        assert told[0]["errors"][0]["statusCode"] == "ENTITY_IS_DELETED"


def test_a_locked_row_is_a_400_and_gone_the_next_time(org) -> None:
    org.arm(kind="lock_row", id=org.id("Account"))
    message = f"unable to obtain exclusive access to this record or 1 records: {org.id('Account')}"
    refused(patch(org, "Account", {"Site": "x"}), "UNABLE_TO_LOCK_ROW", message)
    assert patch(org, "Account", {"Site": "x"}).status_code == 204


def test_more_than_two_hundred_rows_in_one_call(org) -> None:
    records = [{"attributes": {"type": "Account"}, "id": org.id("Account"), "Site": "x"}] * 201
    answer = org.call("PATCH", "/composite/sobjects", json={"records": records})
    message = "record limit reached. cannot submit more than 200 records into this call"
    refused(answer, "EXCEEDED_ID_LIMIT", message)
    assert org.applied() == []


def test_all_or_none_rolls_the_good_rows_back(org) -> None:
    kind = {"attributes": {"type": "Account"}}
    records = [kind | {"id": org.id("Account", 1), "Site": "x"}, kind | {"id": org.id("Account"), "Foo": 1}]
    answer = org.call("PATCH", "/composite/sobjects", json={"allOrNone": True, "records": records})
    good, bad = answer.json()
    message = (
        "Record rolled back because not all records were valid and the request was using AllOrNone header"
    )
    assert good["errors"] == [
        {"statusCode": "ALL_OR_NONE_OPERATION_ROLLED_BACK", "message": message, "fields": []}
    ]
    assert bad["errors"][0]["statusCode"] == "INVALID_FIELD"
    assert org.applied() == []
    assert org.value("Account", 1, "Site") != "x"


def test_an_all_or_none_composite_halts(org) -> None:
    path = "/services/data/v67.0/sobjects/Account/"
    parts = [
        {"method": "PATCH", "url": path + org.id("Account", 1), "referenceId": "a", "body": {"Site": "x"}},
        {"method": "PATCH", "url": path + org.id("Account"), "referenceId": "b", "body": {"Foo": 1}},
    ]
    told = org.call("POST", "/composite", json={"allOrNone": True, "compositeRequest": parts}).json()
    halted, culprit = told["compositeResponse"]
    assert halted["body"][0]["errorCode"] == "PROCESSING_HALTED"
    assert culprit["body"][0]["errorCode"] == "INVALID_FIELD"
    assert org.applied() == []


def test_a_method_that_is_not_allowed_names_those_that_are(org) -> None:
    answer = org.call("PATCH", "/sobjects/Account/", json={})
    message = "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,POST"
    refused(answer, "METHOD_NOT_ALLOWED", message, status=405)


def test_a_retired_version_is_gone_and_a_future_one_not_found(org) -> None:
    old = org.running.url + "/services/data/v40.0/limits"
    refused(org.call("GET", old), "UNSUPPORTED_API_VERSION", status=410)
    refused(org.call("GET", old.replace("v40", "v69")), "NOT_FOUND", status=404)


def test_the_id_may_not_stand_in_the_body_of_a_patch(org) -> None:
    message = "The Id field should not be specified in the sobject data."
    refused(patch(org, "Account", {"Id": org.id("Account")}), "INVALID_FIELD", message, fields=["Id"])
