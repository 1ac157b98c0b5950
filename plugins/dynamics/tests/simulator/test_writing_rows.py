"""Writes of one row: conditions, values, lookups, states, keys, automation (contract, sections 8 to 11)."""

from collections import abc

import pytest
from plugins.dynamics.tests.simulator.conftest import FREE, Client, problem

STALE = "The version of the existing record doesn't match the RowVersion property provided."
ANY = {"If_Match": "*"}


def test_an_update_writes_what_was_sent_and_a_new_version(org: Client) -> None:
    path, before = org.path("account"), org.etag("account")
    answer = org.patch(path, {"name": 'Zoë 株式会社 🙂\n"q"'}, **ANY)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["OData-EntityId"] == org.root + path
    assert org.etag("account") != before
    row = org.get(f"{path}?$select=name,_modifiedby_value,modifiedon").json()
    assert row["name"] == 'Zoë 株式会社 🙂\n"q"'
    assert (row["_modifiedby_value"], row["modifiedon"]) == (org.org.user_id, "2026-11-24T12:00:30Z")
    [entry] = org.applied()
    assert (entry["object"], entry["id"], entry["operation"]) == ("account", org.id("account"), "update")
    assert entry["fields"] == {"name": 'Zoë 株式会社 🙂\n"q"'}
    assert len(entry["sha256"]) == 64


def test_versions_come_from_one_counter(org: Client) -> None:
    numbers = []
    for name, body in (
        ("account", {"name": "x"}),
        ("contact", {"lastname": "y"}),
        ("account", {"name": "z"}),
    ):
        org.patch(org.path(name), body, **ANY)
        numbers.append(int(org.etag(name)[3:-1]))
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize(
    ("headers", "there", "missing"),
    [
        ({}, 204, 204),
        ({"If_Match": "*"}, 204, 404),
        ({"If_Match": "current"}, 204, 404),
        ({"If_Match": 'W/"1"'}, 412, 404),
        ({"If_Match": "rubbish"}, 400, 404),
        ({"If_None_Match": "*"}, 412, 204),
    ],
)
def test_the_table_of_conditions(
    org: Client, is_there: bool, headers: dict[str, str], *, there: int, missing: int
) -> None:
    if headers.get("If_Match") == "current":
        headers = {"If_Match": org.etag("account")}
    path = org.path("account") if is_there else f"accounts({FREE})"
    answer = org.patch(path, {"name": "x"}, **headers)
    assert answer.status_code == (there if is_there else missing)
    written = [(entry["id"], entry["operation"]) for entry in org.applied()]
    expected = (org.id("account"), "update") if is_there else (FREE, "create")
    assert written == ([expected] if answer.status_code == 204 else [])


def test_a_stale_version_has_the_vendors_words(org: Client, make: abc.Callable[..., Client]) -> None:
    assert problem(org.patch(org.path("account"), {"name": "x"}, If_Match='W/"1"')) == (
        412,
        "0x80060882",
        STALE,
    )
    empty = make(stale_code="empty", missing_with_etag="412")
    assert problem(empty.patch(empty.path("account"), {"name": "x"}, If_Match='W/"1"'))[1] == ""
    assert empty.patch(f"accounts({FREE})", {"name": "x"}, If_Match='W/"1"').status_code == 412
    exists = org.patch(org.path("account"), {"name": "x"}, If_None_Match="*")
    assert problem(exists) == (412, "", "A record with matching key values already exists.")


def test_an_upsert_of_a_deleted_row_makes_a_half_empty_one(org: Client) -> None:
    path = org.path("account")
    assert org.call("DELETE", path).status_code == 204
    assert org.call("DELETE", path).status_code == 404
    assert org.patch(path, {"name": "x"}, **ANY).status_code == 404
    assert org.patch(path, {"name": "x"}).status_code == 204
    row = org.get(path).json()
    assert (row["name"], row["accountnumber"], row["accountid"]) == ("x", None, org.id("account"))
    assert [entry["operation"] for entry in org.applied()] == ["delete", "create"]
    again = org.call("POST", "accounts", json={"name": "y", "accountid": org.id("account")})
    assert problem(again) == (412, "0x80040237", "Cannot insert duplicate key.")


def test_representation_tells_created_from_updated(org: Client) -> None:
    prefer = {"Prefer": "return=representation"}
    updated = org.patch(
        f"{org.path('account')}?$select=name&$expand=primarycontactid", {"name": "x"}, **ANY, **prefer
    )
    assert (updated.status_code, updated.headers["Preference-Applied"]) == (200, "return=representation")
    assert set(updated.json()) == {"@odata.context", "@odata.etag", "name", "accountid"}
    created = org.patch(f"accounts({FREE})?$select=name", {"name": "x"}, **prefer)
    assert created.status_code == 201
    posted = org.call("POST", "accounts?$select=name", json={"name": "x"}, headers=prefer)
    assert (posted.status_code, posted.json()["name"]) == (201, "x")
    plain = org.call("POST", "accounts", json={"name": "x"})
    assert plain.status_code == 204
    assert org.get(plain.headers["OData-EntityId"]).json()["statecode"] == 0


def test_an_upsert_by_key_echoes_the_key_and_minds_the_body(org: Client) -> None:
    key = "accounts(accountnumber='NEW-1')"
    created = org.patch(key, {"name": "first"})
    assert created.headers["OData-EntityId"] == org.root + key
    row = org.get(key).json()
    assert (row["name"], row["accountnumber"]) == ("first", "NEW-1")
    org.patch(key, {"name": "second", "accountnumber": "OTHER"})  # an existing row: the key column is dropped
    assert org.get(key).json()["name"] == "second"
    org.patch(
        "accounts(accountnumber='NEW-2')", {"name": "third", "accountnumber": "NEW-3"}
    )  # a new one: it wins
    assert org.get("accounts(accountnumber='NEW-3')").json()["name"] == "third"
    assert org.get("accounts(accountnumber='NEW-2')").status_code == 404


def test_a_key_beyond_ascii_is_written_as_an_address(org: Client) -> None:
    created = org.patch("accounts(accountnumber='Ø 1,O''Neill')", {"name": "x"})
    assert created.headers["OData-EntityId"] == f"{org.root}accounts(accountnumber='%C3%98%201,O''Neill')"
    assert org.get(created.headers["OData-EntityId"]).json()["accountnumber"] == "Ø 1,O'Neill"


def test_columns_that_may_not_be_updated_are_dropped_without_a_word(org: Client) -> None:
    body = {
        "wb_score": 7,
        "createdon": "2020-01-01T00:00:00Z",
        "exchangerate": 9,
        "revenue_base": 1,
        "name": "x",
    }
    assert org.patch(org.path("account"), body, **ANY).status_code == 204
    assert org.applied()[0]["fields"] == {"name": "x"}
    assert org.value("account", 0, "wb_score") != 7


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        (
            {"nope": 1},
            "0x80048d19",
            "Invalid property 'nope' was found in entity 'Microsoft.Dynamics.CRM.account'.",
        ),
        ({"Name": "x"}, "0x80048d19", "Invalid property 'Name' was found"),
        ({"name": 5}, "0x80048d19", "Cannot convert the literal '5' to the expected type 'Edm.String'."),
        (
            {"numberofemployees": "5"},
            "0x80048d19",
            "Cannot convert the literal '5' to the expected type 'Edm.Int32'.",
        ),
        ({"numberofemployees": 5.5}, "0x80048d19", "to the expected type 'Edm.Int32'."),
        (
            {"industrycode": "Charity"},
            "0x80048d19",
            "Cannot convert the literal 'Charity' to the expected type 'Edm.Int32'.",
        ),
        ({"creditonhold": "true"}, "0x80048d19", "to the expected type 'Edm.Boolean'."),
        ({"wb_renewaldate": "2026-01-01T00:00:00Z"}, "0x80048d19", "to the expected type 'Edm.Date'."),
        ({"wb_lastreview": "yesterday"}, "0x80048d19", "to the expected type 'Edm.DateTimeOffset'."),
        ({"wb_lastreview": "1752-12-31T00:00:00Z"}, "0x80048d19", "Edm.DateTimeOffset"),
        ({"wb_segments": [1, 2]}, "0x80048d19", "to the expected type 'Edm.String'."),
        ({"wb_segments": "1,Retail"}, "0x80048d19", "to the expected type 'Edm.String'."),
        (
            {"name": "x" * 161},
            "0x80044331",
            "The length of the 'name' attribute of the 'account' entity exceeded the maximum allowed length",
        ),
        (
            {"accountcategorycode": 5},
            "0x8004431a",
            "on record of type 'account' is outside the valid range. Accepted Values: 1,2",
        ),
        ({"wb_segments": "1,8"}, "0x8004431a", "The value 8 of 'wb_segments'"),
        ({"wb_health": 100.5}, "0x8004432f", "above"),
        ({"numberofemployees": -1}, "0x80044330", "below"),
        ({"primarycontactid": "x"}, "0x80048d19", "An undeclared property 'primarycontactid'"),
        (
            {"_primarycontactid_value": FREE},
            "0x0",
            "CRM do not support direct update of Entity Reference properties",
        ),
        (
            {"primaryContactId@odata.bind": "/contacts(1)"},
            "0x80048d19",
            "An undeclared property 'primaryContactId' which only has property annotations in the payload",
        ),
        (
            {"wb_successmanager@odata.bind": "/systemusers(1)"},
            "0x80048d19",
            "An undeclared property 'wb_successmanager'",
        ),
        (
            {"statuscode": 2},
            "0x80048408",
            "2 is not a valid status code for state code AccountState.Active on account with Id",
        ),
        ({"statecode": None}, "0x80040203", "doesn't allow a null value"),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    org: Client, body: dict[str, object], code: str, text: str
) -> None:
    answer = org.patch(org.path("account"), {"telephone1": "1", **body}, **ANY)
    status, given, message = problem(answer)
    assert (status, given) == (400, code)
    assert text in message
    assert org.applied() == []


def test_bodies_that_are_no_objects_are_refused(org: Client) -> None:
    for data in (b"", b"[1]", b"{", b"\xff", b'{"name":"\\ud83d"}', b'{"revenue":NaN}'):
        answer = org.call("PATCH", org.path("account"), data=data, headers={"If-Match": "*"})
        assert problem(answer)[:2] == (400, "0x80048d19")


@pytest.mark.parametrize(
    ("column", "sent", "kept"),
    [
        ("wb_segments", "9, 1", "1,9"),
        ("wb_segments", None, None),
        ("revenue", 1234.56789, 1234.57),
        ("revenue", 5, 5),
        ("wb_health", 12.345, 12.34),
        ("wb_growth", -0.123456789, -0.12346),
        ("wb_renewaldate", "2026-02-28", "2026-02-28"),
        ("wb_lastreview", "2026-01-01T10:00:00+02:00", "2026-01-01T08:00:00Z"),
        ("wb_lastreview", "2026-01-01T10:00:00", "2026-01-01T10:00:00Z"),
        ("wb_localopening", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
        ("wb_region", "Nörd", "N?rd"),
        ("description", "a\r\nb\tc", "a\r\nb\tc"),
        ("name", "", ""),
        ("industrycode", None, None),
        ("websiteurl", " HTTP://Www.Foo.BAR/Path/ ", "http://www.foo.bar/Path"),
    ],
)
def test_values_are_kept_in_the_servers_form(org: Client, column: str, sent: object, kept: object) -> None:
    assert org.patch(org.path("account"), {column: sent}, **ANY).status_code == 204
    assert org.get(f"{org.path('account')}?$select={column}").json()[column] == kept
    assert org.applied()[0]["fields"] == {column: kept}


def test_automation_is_gone_round_by_headers(org: Client, make: abc.Callable[..., Client]) -> None:
    raw = {"websiteurl": "WWW.Foo.BAR/"}
    for headers in (
        {"MSCRM.BypassBusinessLogicExecution": "CustomSync"},
        {"MSCRM.BypassCustomPluginExecution": "true"},
    ):
        answer = org.call("PATCH", org.path("account"), json=raw, headers={"If-Match": "*", **headers})
        assert answer.status_code == 204
        assert org.value("account", 0, "websiteurl") == "WWW.Foo.BAR/"
    forbidden = make(bypass_privilege="off", automation="off")
    answer = forbidden.call(
        "PATCH", forbidden.path("account"), json=raw, headers={"MSCRM.BypassCustomPluginExecution": "true"}
    )
    assert problem(answer)[:2] == (403, "0x80040220")
    forbidden.patch(forbidden.path("account"), raw, **ANY)
    assert forbidden.value("account", 0, "websiteurl") == "WWW.Foo.BAR/"


def test_the_base_amount_follows_the_exchange_rate(org: Client) -> None:
    dollars = org.id("transactioncurrency", 1)
    body = {"revenue": 108, "transactioncurrencyid@odata.bind": f"transactioncurrencies({dollars})"}
    org.patch(org.path("account"), body, **ANY)
    row = org.get(f"{org.path('account')}?$select=revenue,revenue_base,exchangerate").json()
    assert (row["revenue"], row["revenue_base"], row["exchangerate"]) == (108, 100, 1.08)
    assert row["_transactioncurrencyid_value"] == dollars


def test_lookups_are_set_in_every_form_and_cleared(org: Client) -> None:
    path, contact = org.path("account", 1), org.id("contact", 2)
    read = f"{path}?$select=_primarycontactid_value"
    email = org.value("contact", 2, "emailaddress1")
    for url in (
        f"/contacts({contact})",
        f"contacts({contact})",
        f"{org.root}contacts({contact})",
        f"/contacts(emailaddress1='{email}')",
    ):
        org.patch(path, {"primarycontactid@odata.bind": url}, **ANY)
        assert org.get(read).json()["_primarycontactid_value"] == contact
        assert org.patch(path, {"primarycontactid": None}, **ANY).status_code == 204
        assert org.get(read).json()["_primarycontactid_value"] is None
    reference = {"@odata.id": f"{org.root}contacts({contact})"}
    assert org.call("PUT", f"{path}/primarycontactid/$ref", json=reference).status_code == 204
    assert org.get(read).json()["_primarycontactid_value"] == contact
    assert org.call("DELETE", f"{path}/primarycontactid/$ref").status_code == 204
    assert org.get(read).json()["_primarycontactid_value"] is None
    missing = org.patch(path, {"primarycontactid@odata.bind": f"/contacts({FREE})"}, **ANY)
    assert problem(missing) == (404, "0x80040217", f"contact With Id = {FREE} Does Not Exist")
    wrong = org.patch(path, {"primarycontactid@odata.bind": f"/accounts({org.id('account')})"}, **ANY)
    assert problem(wrong)[:2] == (400, "0x80048d19")


def test_a_polymorphic_lookup_holds_one_target_only(org: Client) -> None:
    path, account, contact = org.path("contact", 1), org.id("account", 9), org.id("contact", 3)
    shown = "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
    annotated = 'odata.include-annotations="*"'
    for body, table, wanted in (
        ({"parentcustomerid_contact@odata.bind": f"/contacts({contact})"}, "contact", contact),
        ({"parentcustomerid_account@odata.bind": f"/accounts({account})"}, "account", account),
    ):
        org.patch(path, body, **ANY)
        row = org.get(f"{path}?$select=_parentcustomerid_value", annotated).json()
        assert (row["_parentcustomerid_value"], row[shown]) == (wanted, table)
    org.patch(path, {"parentcustomerid_contact": None}, **ANY)  # clearing any clears the column
    assert org.value("contact", 1, "parentcustomerid") is None


def test_an_owner_is_a_user_or_a_team_and_never_nobody(org: Client) -> None:
    path = org.path("account")
    read = f"{path}?$select=_ownerid_value,_owninguser_value,_owningteam_value"
    team, user = org.id("team"), org.id("systemuser", 4)
    org.patch(path, {"ownerid@odata.bind": f"/teams({team})"}, **ANY)
    row = org.get(read).json()
    assert (row["_ownerid_value"], row["_owningteam_value"], row["_owninguser_value"]) == (team, team, None)
    org.patch(path, {"ownerid@odata.bind": f"/systemusers({user})"}, **ANY)
    row = org.get(read).json()
    assert (row["_ownerid_value"], row["_owningteam_value"], row["_owninguser_value"]) == (user, None, user)
    assert org.patch(path, {"ownerid": None}, **ANY).status_code == 400
    assert org.call("DELETE", f"{path}/ownerid/$ref").status_code == 400


def test_states_and_statuses_go_together(org: Client, make: abc.Callable[..., Client]) -> None:
    path = org.path("opportunity")
    assert org.patch(path, {"statecode": 1, "statuscode": 3}, **ANY).status_code == 204
    assert org.patch(path, {"statecode": 0}, **ANY).status_code == 204
    assert org.get(f"{path}?$select=statecode,statuscode").json()["statuscode"] == 1
    assert org.patch(path, {"statuscode": 2}, **ANY).status_code == 204
    wrong = org.patch(path, {"statecode": 1, "statuscode": 5}, **ANY)
    assert problem(wrong)[:2] == (400, "0x80048408")
    listed = make(status_text="listed")
    answer = listed.patch(listed.path("account"), {"statuscode": 2}, **ANY)
    assert problem(answer)[2].startswith(
        "State code is invalid or state code is valid but status code is invalid"
    )


def test_alternate_keys_are_unique(org: Client) -> None:
    answer = org.patch(org.path("account"), {"accountnumber": "A-0000001"}, **ANY)
    status, code, message = problem(answer)
    assert (status, code) == (412, "0x80060892")
    assert message.startswith(
        "Entity Key wb_AccountNumber violated. A record with the same value for Account Number"
    )
    assert org.patch(org.path("account"), {"accountnumber": "A-0000000"}, **ANY).status_code == 204
    assert org.patch(org.path("account"), {"accountnumber": None}, **ANY).status_code == 204
    assert org.patch(org.path("account", 1), {"accountnumber": "A-0000000"}, **ANY).status_code == 204


def test_composite_keys_are_unique_with_a_lookup_in_them_too(org: Client) -> None:
    taken = {"wb_region": "NORTH", "wb_localnumber": 2}  # the fifth row's
    assert problem(org.patch(org.path("account", 1), taken, **ANY))[1] == "0x80060892"
    assert org.patch(org.path("account", 1), {"wb_localnumber": 500}, **ANY).status_code == 204
    parent = f"/accounts({org.value('account', 3, 'parentaccountid').id})"
    both = {"parentaccountid@odata.bind": parent, "wb_localnumber": org.value("account", 3, "wb_localnumber")}
    assert problem(org.patch(org.path("account", 2), both, **ANY))[1] == "0x80060892"
    assert org.get("accounts(wb_region='SOUTH',wb_localnumber=500)").json()["accountid"] == org.id(
        "account", 1
    )


def test_duplicates_are_detected_only_when_asked(org: Client, make: abc.Callable[..., Client]) -> None:
    body = {"name": org.value("account", 1, "name")}
    detect = {"If-Match": "*", "MSCRM.SuppressDuplicateDetection": "false"}
    answer = org.call("PATCH", org.path("account"), json=body, headers=detect)
    assert problem(answer)[:2] == (412, "0x80040333")
    for suppress in ({}, {"MSCRM.SuppressDuplicateDetection": "true"}):
        answer = org.call("PATCH", org.path("account"), json=body, headers={"If-Match": "*", **suppress})
        assert answer.status_code == 204
    other = make(duplicate_status="500", duplicate_code="0x80040237")
    answer = other.call("PATCH", other.path("account"), json=body, headers=detect)
    assert problem(answer)[:2] == (500, "0x80040237")


def test_one_column_is_put_and_cleared(org: Client) -> None:
    path = f"{org.path('account')}/telephone1"
    assert org.call("PUT", path, json={"value": "123"}).status_code == 204
    assert org.get(path).json()["value"] == "123"
    assert org.call("DELETE", path).status_code == 204
    assert org.value("account", 0, "telephone1") is None
    assert org.call("PUT", path, json={"wert": "123"}).status_code == 400
    assert org.call("PUT", f"{org.path('account')}/nope", json={"value": 1}).status_code == 404


def test_somebody_acts_for_another(org: Client, make: abc.Callable[..., Client]) -> None:
    other = org.id("systemuser", 6)
    for headers in (
        {"MSCRMCallerID": other},
        {"CallerObjectId": org.value("systemuser", 6, "azureactivedirectoryobjectid")},
    ):
        org.call("PATCH", org.path("account"), json={"name": "x"}, headers={"If-Match": "*", **headers})
        row = org.get(f"{org.path('account')}?$select=_modifiedby_value,_modifiedonbehalfby_value").json()
        assert (row["_modifiedby_value"], row["_modifiedonbehalfby_value"]) == (other, org.org.user_id)
        org.patch(org.path("account"), {"name": "y"}, **ANY)
    assert org.get("WhoAmI", MSCRMCallerID=FREE).status_code == 404
    forbidden = make(impersonation_privilege="off")
    assert problem(forbidden.get("WhoAmI", MSCRMCallerID=other))[:2] == (403, "0x80040220")


def test_a_table_without_versions_refuses_a_concrete_one(org: Client) -> None:
    path = f"wb_readings({org.id('wb_reading')})?partitionId='device-0'"
    etag = org.etag("wb_reading")
    assert problem(org.patch(path, {"wb_name": "x"}, If_Match=etag))[:2] == (400, "0x8006088d")
    assert org.patch(path, {"wb_name": "x"}, **ANY).status_code == 204


def test_an_elastic_upsert_overwrites_the_whole_row(org: Client) -> None:
    reading = org.id("wb_reading", 1)
    path = f"wb_readings(wb_readingid={reading},partitionid='device-1')"
    assert org.value("wb_reading", 1, "wb_value") == 7
    assert org.patch(path, {"wb_name": "x"}, **ANY).status_code == 204
    assert org.value("wb_reading", 1, "wb_value") == 7
    answer = org.patch(path, {"wb_name": "y"})
    assert (answer.status_code, "x-ms-session-token" in answer.headers) == (204, True)
    assert (org.value("wb_reading", 1, "wb_name"), org.value("wb_reading", 1, "wb_value")) == ("y", None)
    assert org.value("wb_reading", 1, "partitionid") == "device-1"
    assert org.get(f"wb_readings({reading})").status_code == 404
    assert org.get(f"wb_readings({reading})?partitionId='device-1'").json()["wb_name"] == "y"


@pytest.mark.parametrize(
    ("options", "code", "start"),
    [
        (
            {"unknown_in_body": "0x0"},
            "0x0",
            "An error occurred while validating input parameters: Microsoft.Crm",
        ),
        ({"unknown_in_body": "0x80090801"}, "0x80090801", "Invalid property 'nope' was found in entity"),
        (
            {"payload_name": "logical_name"},
            "0x80048d19",
            "Error identified in Payload provided by the user for Entity :'account',",
        ),
        (
            {"payload_link": "off"},
            "0x80048d19",
            "Error identified in Payload provided by the user for Entity :'accounts', ---->",
        ),
    ],
)
def test_doubtful_texts_are_switches(
    make: abc.Callable[..., Client], options: dict[str, str], code: str, start: str
) -> None:
    org = make(**options)
    status, given, message = problem(org.patch(org.path("account"), {"nope": 1}, **ANY))
    assert (status, given) == (400, code)
    assert message.startswith(start)
