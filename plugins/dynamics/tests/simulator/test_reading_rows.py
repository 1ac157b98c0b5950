"""Lists and single rows: options, pages, nesting, annotations, and what is refused (sections 3 and 6)."""

from collections import abc
from urllib.parse import quote

import pytest
from plugins.dynamics.tests.simulator.conftest import FREE, Client, problem

ALL = 'odata.include-annotations="*"'


@pytest.mark.parametrize("path", ["WhoAmI", "WhoAmI()", "%57hoAmI"])
def test_who_am_i_tells_three_ids(org: Client, path: str) -> None:
    told = org.get(path).json()
    assert told["@odata.context"] == f"{org.root}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"
    assert (told["UserId"], told["OrganizationId"]) == (org.org.user_id, org.org.org_id)


def test_the_same_seed_is_the_same_environment_and_another_seed_another(
    make: abc.Callable[..., Client],
) -> None:
    one, same, other = make(), make(), make(seed=2)
    path = "accounts?$select=name,revenue,wb_segments"
    assert one.rows(path) == same.rows(path)
    assert one.rows(path)[0]["accountid"] != other.rows(path)[0]["accountid"]


def test_a_list_shows_what_was_selected_with_etag_and_key(org: Client) -> None:
    answer = org.get("accounts?$select=name&$top=2")
    told = answer.json()
    assert told["@odata.context"] == f"{org.root}$metadata#accounts(name)"
    assert answer.headers["OData-Version"] == "4.0"
    assert told["value"][1] == {
        "@odata.etag": org.etag("account", 1),
        "name": org.value("account", 1, "name"),
        "accountid": org.id("account", 1),
    }
    assert "@odata.nextLink" not in told


def test_money_brings_the_currency_and_keeps_its_digits(org: Client) -> None:
    answer = org.get("accounts?$select=revenue&$top=2")
    assert set(answer.json()["value"][0]) == {
        "@odata.etag",
        "revenue",
        "_transactioncurrencyid_value",
        "accountid",
    }
    assert f'"revenue":{org.value("account", 1, "revenue"):.4f}' in answer.text


def test_form_encoded_queries_are_read(org: Client) -> None:
    name = quote(str(org.value("account", 3, "name"))).replace("%20", "+")
    [row] = org.rows(f"accounts?%24select=name%2Caccountnumber&%24filter=name+eq+%27{name}%27")
    assert row["accountid"] == org.id("account", 3)


def test_pages_hold_every_row_once_and_the_link_is_opaque(org: Client) -> None:
    seen, path, pages = [], "accounts?$select=name", 0
    while path:
        answer = org.get(path, "odata.maxpagesize=25")
        assert answer.headers["Preference-Applied"] == "odata.maxpagesize=25"
        seen += [row["accountid"] for row in answer.json()["value"]]
        path, pages = answer.json().get("@odata.nextLink"), pages + 1
    assert (pages, seen) == (3, [org.id("account", row) for row in range(60)])


def test_pages_in_another_order_and_with_a_filter_hold_every_row_once(org: Client) -> None:
    seen, path = [], "accounts?$select=name&$orderby=name desc&$filter=statecode eq 0"
    while path:
        told = org.get(path, "odata.maxpagesize=7").json()
        seen += [row["name"] for row in told["value"]]
        path = told.get("@odata.nextLink")
    names = [
        org.value("account", row, "name") for row in range(60) if org.value("account", row, "statecode") == 0
    ]
    assert seen == sorted(names, key=str.casefold, reverse=True)


def test_a_skip_token_belongs_to_its_query(org: Client) -> None:
    link = org.get("accounts?$select=name", "odata.maxpagesize=5").json()["@odata.nextLink"]
    token = link.partition("$skiptoken=")[2]
    assert "%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253" in link
    other = org.get(f"accounts?$select=name,telephone1&$skiptoken={token}", "odata.maxpagesize=5")
    assert problem(other)[:2] == (400, "0x80060888")
    assert org.get("accounts?$select=name&$skiptoken=2").status_code == 400


def test_at_most_five_thousand_rows_and_count_stops_there(make: abc.Callable[..., Client]) -> None:
    org = make(rows=6_000)
    told = org.get("accounts?$select=name&$count=true", "odata.maxpagesize=9000," + ALL).json()
    assert (len(told["value"]), told["@odata.count"]) == (5_000, 5_000)
    assert told["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"] is True
    assert "@odata.nextLink" in told
    assert org.get("accounts/$count").content.endswith(b"5000")
    assert org.get("accounts/$count?$filter=name eq 'none'").content.endswith(b"0")


def test_top_loses_against_a_page_size(org: Client) -> None:
    told = org.get("accounts?$select=name&$top=3", "odata.maxpagesize=10").json()
    assert len(told["value"]) == 10
    assert "@odata.nextLink" in told


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("$skip=1", "Skip Clause is not supported in CRM"),
        ("$search=x", "The query parameter '$search' is not supported."),
        ("fetchXml=<fetch/>", "The query parameter 'fetchXml' is not supported."),
        ("savedQuery=x", "The query parameter 'savedQuery' is not supported."),
        ("$apply=aggregate($count as c)", "The query parameter '$apply' is not supported."),
        ("$select=nope", "Could not find a property named 'nope' on type 'Microsoft.Dynamics.CRM.account'."),
        ("$select=Name", "Could not find a property named 'Name' on type 'Microsoft.Dynamics.CRM.account'."),
        ("$select=primarycontactid", "Could not find a property named 'primarycontactid'"),
        ("$orderby=nope", "Could not find a property named 'nope'"),
        ("$orderby=name sideways", "Syntax error in $orderby"),
        ("$expand=nope", "Could not find a property named 'nope'"),
        ("$expand=primarycontactid($skip=1)", "is not supported inside $expand"),
        ("$expand=primarycontactid($select=nope)", "on type 'Microsoft.Dynamics.CRM.contact'."),
        ("$expand=contact_customer_accounts/$ref", "Expand with $ref is only supported on lookup type"),
        ("$expand=ownerid($select=fullname)", "principal"),
        ("$expand=primarycontactid($select=fullname", "unbalanced"),
        ("$top=-1", "Invalid value '-1' for $top"),
        ("$filter=name like 'x'", "Syntax error at position 5"),
        ("$filter=name eq", "Syntax error at position 7"),
        ("$filter=name eq 'x' and", "Syntax error"),
        ("$filter=(name eq 'x'", "Syntax error"),
        ('$filter=name eq "x"', "Syntax error"),
        ("$filter=name in ('a','b')", "Syntax error"),
        ("$filter=nope eq 1", "Could not find a property named 'nope'"),
        ("$filter=tolower(name) eq 'x'", "An unknown function with name 'tolower' was found."),
        ("$filter=name eq 5", "Found operand types 'Edm.String' and 'Edm.Int32' for operator kind 'Equal'."),
        ("$filter=numberofemployees gt 'x'", "incompatible types"),
        ("$filter=_ownerid_value eq 'x'", "incompatible types"),
        ("$filter=createdon ge 'x'", "incompatible types"),
        ("$filter=name", "must evaluate to a single boolean value"),
        ("$filter=name eq @p", "The parameter alias '@p' is not defined."),
        ("$filter=primarycontactid/nope eq 'x'", "on type 'Microsoft.Dynamics.CRM.contact'."),
        ("$filter=contact_customer_accounts/fullname eq 'x'", "is a collection"),
        ("$filter=primarycontactid/any(c:c/fullname eq 'x')", "Any/All"),
        (
            "$filter=Microsoft.Dynamics.CRM.Nearly(PropertyName='createdon',PropertyValue='x')",
            "is not supported",
        ),
        ("$filter=Microsoft.Dynamics.CRM.Today(PropertyName='name')", "is for dates"),
        (
            "$filter=Microsoft.Dynamics.CRM.ContainValues(PropertyName='name',PropertyValues=['1'])",
            "multi-select",
        ),
        (
            "$filter=Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=-1)",
            "is not supported",
        ),
    ],
)
def test_what_is_not_understood_is_refused_and_never_answered_with_rows(
    org: Client, query: str, text: str
) -> None:
    status, code, message = problem(org.get(f"accounts?{query}"))
    assert (status, code) == (400, "0x80060888")
    assert text in message


def test_an_unknown_table_or_segment_is_not_found(org: Client) -> None:
    assert problem(org.get("Accounts")) == (
        404,
        "0x8006088a",
        "Resource not found for the segment 'Accounts'.",
    )
    assert problem(org.get(f"{org.path('account')}/nope"))[:2] == (404, "0x8006088a")
    assert problem(org.call("POST", "WhoAmI", json={}))[0:2] == (404, "")
    assert org.call("DELETE", "accounts").status_code == 405


def test_a_row_is_found_by_every_kind_of_key(org: Client) -> None:
    wanted, phone = org.id("account", 5), org.value("account", 5, "telephone1")
    parent = org.value("account", 3, "parentaccountid").id
    region, number = org.value("account", 5, "wb_region"), org.value("account", 5, "wb_localnumber")
    keys = (
        wanted,
        f"accountid={wanted}",
        "accountnumber='A-0000005'",
        f"wb_region='{region}',wb_localnumber={number}",
    )
    for key in keys:
        assert org.get(f"accounts({key})?$select=name").json()["accountid"] == wanted
    by_lookup = f"accounts(_parentaccountid_value={parent},wb_localnumber=1)"
    assert org.get(by_lookup).json()["accountid"] == org.id("account", 3)
    status, code, message = problem(
        org.get(f"accounts(telephone1='{quote(phone)}')")
    )  # that index is pending
    assert (status, code) == (400, "0x80060888")
    assert message.startswith(
        "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.account'."
    )
    assert org.get("accounts(accountnumber='a%2Fb')").status_code == 400
    assert org.get("accounts(nope='x')").status_code == 400
    assert org.get(f"systemusers(ownerid={org.id('systemuser')})?$select=fullname").status_code == 200
    assert org.get(f"systemusers(systemuserid={org.id('systemuser')})").status_code == 400


def test_a_missing_row_is_told_by_its_id(org: Client, make: abc.Callable[..., Client]) -> None:
    answer = org.get(f"accounts({FREE})")
    assert problem(answer) == (404, "0x80040217", f"account With Id = {FREE} Does Not Exist")
    assert problem(make(missing_code="empty").get(f"accounts({FREE})"))[1] == ""


def test_errors_say_more_when_annotations_are_asked_for(org: Client) -> None:
    told = org.get(f"accounts({FREE})", ALL).json()["error"]
    assert told["@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus"] == "0"
    assert told["@Microsoft.PowerApps.CDS.HelpLink"].endswith("80040217")


def test_annotations_tell_the_target_of_a_lookup_and_the_texts_people_see(org: Client) -> None:
    path = f"{org.path('contact', 4)}?$select=_parentcustomerid_value,gendercode,donotemail"
    row = org.get(path, ALL).json()
    held = org.value("contact", 4, "parentcustomerid")
    assert held.entity == "contact"
    assert row["_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "contact"
    navigation = "_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"
    assert row[navigation] == "parentcustomerid_contact"
    shown = "OData.Community.Display.V1.FormattedValue"
    assert row[f"gendercode@{shown}"] == {1: "Male", 2: "Female"}[row["gendercode"]]
    assert row[f"donotemail@{shown}"] == "No"
    assert row[f"_parentcustomerid_value@{shown}"] == org.value("contact", 3, "fullname")
    only = org.get(path, f'odata.include-annotations="{shown}"').json()
    assert navigation not in only
    assert f"gendercode@{shown}" in only
    some = org.get(path, 'odata.include-annotations="*.lookuplogicalname"').json()
    assert [name for name in some if "@" in name and not name.startswith("@")] == [
        "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
    ]


def test_multi_select_money_and_dates_are_formatted(org: Client) -> None:
    select = "wb_segments,revenue,wb_renewaldate,wb_lastreview"
    [row] = org.rows(f"accounts?$select={select}&$filter=accountnumber eq 'A-0000001'", ALL)
    shown = "OData.Community.Display.V1.FormattedValue"
    assert (row["wb_segments"], row[f"wb_segments@{shown}"]) == ("1,2", "Retail; Wholesale")
    assert row[f"revenue@{shown}"].startswith("€")
    assert row[f"wb_renewaldate@{shown}"] == "12/12/2025"
    assert row["wb_renewaldate"] == "2025-12-12"
    assert row["wb_lastreview"].endswith("Z")


def test_single_valued_nesting_is_a_row_or_null(org: Client) -> None:
    rows = org.rows(
        "accounts?$select=name&$top=2&$expand=primarycontactid($select=fullname;$expand=owninguser($select=fullname))"
    )
    nested = rows[0]["primarycontactid"]
    assert nested["contactid"] == org.id("contact", 0)
    assert {"fullname", "owninguser", "@odata.etag"} <= set(nested)
    assert rows[1]["primarycontactid"] is None
    [row] = org.rows(
        "accounts?$select=name&$top=1&$expand=owninguser($select=fullname),owningteam($select=name)"
    )
    assert row["owningteam"] is None
    assert row["owninguser"]["ownerid"] == row["owninguser"]["systemuserid"]
    [linked] = org.rows("accounts?$select=name&$top=1&$expand=primarycontactid/$ref")
    assert linked["primarycontactid"] == {"@odata.id": f"{org.root}contacts({org.id('contact')})"}


def test_collections_nest_with_their_own_options_and_link(org: Client) -> None:
    expand = (
        "contact_customer_accounts($select=lastname;$filter=statecode eq 0;$orderby=lastname desc;$top=1)"
    )
    rows = org.rows(f"accounts?$select=name&$top=3&$expand={expand}")
    assert [len(row["contact_customer_accounts"]) for row in rows] == [1, 1, 1]
    user = org.id("systemuser", 1)
    path = f"systemusers({user})?$select=fullname&$expand=account_systemuser_ownerid($select=name)"
    owned = [row for row in range(60) if getattr(org.value("account", row, "ownerid"), "id", "") == user]
    assert owned
    assert problem(org.get(path))[0] == 400  # the owner is a principal: there is no such collection
    link = org.get(
        f"{org.path('account')}?$select=name&$expand=contact_customer_accounts($select=lastname)"
    ).json()
    assert [row["contactid"] for row in link["contact_customer_accounts"]] == [org.id("contact", 0)]


def test_a_long_collection_brings_a_link_to_all_of_it(org: Client) -> None:
    account = org.id("account", 0)
    for number in range(3):
        body = {"lastname": f"more {number}", "parentcustomerid_account@odata.bind": f"/accounts({account})"}
        assert org.call("POST", "contacts", json=body).status_code == 204
    path = f"accounts({account})?$select=name&$expand=contact_customer_accounts($select=lastname)"
    told = org.get(path, "odata.maxpagesize=2").json()
    assert len(told["contact_customer_accounts"]) == 2
    rows = org.rows(told["contact_customer_accounts@odata.nextLink"])
    assert [row["lastname"] for row in rows][1:] == ["more 0", "more 1", "more 2"]
    paged = org.get(
        f"accounts({account})/contact_customer_accounts?$select=lastname", "odata.maxpagesize=3"
    ).json()
    assert len(org.rows(paged["@odata.nextLink"], "odata.maxpagesize=3")) == 1


def test_more_than_fifteen_expands_are_refused(org: Client) -> None:
    names = "primarycontactid,parentaccountid,owninguser,owningteam,createdby,modifiedby,createdonbehalfby"
    nested = ",".join(
        f"{name}($select={key};$expand={more})"
        for name, key, more in (
            (
                "primarycontactid",
                "fullname",
                "createdby,modifiedby,owninguser,owningteam,transactioncurrencyid",
            ),
            ("parentaccountid", "name", "createdby,modifiedby,owninguser,owningteam,transactioncurrencyid"),
            ("createdby", "fullname", "createdby,modifiedby,businessunitid"),
        )
    )
    assert org.get(f"accounts?$select=name&$top=1&$expand={names}").status_code == 200
    assert "exceeds the limit of 15" in problem(org.get(f"accounts?$expand={nested}"))[2]


def test_an_unchanged_row_is_not_sent_again_but_only_when_asked_plainly(org: Client) -> None:
    path, etag = f"{org.path('account')}?$select=name", org.etag("account")
    answer = org.get(path, if_none_match=etag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert org.get(path, if_none_match='W/"1"').status_code == 200
    assert org.get(path, if_none_match="null").headers["ETag"] == etag
    assert org.get(path, ALL, if_none_match=etag).status_code == 200
    assert org.get(f"{path}&$expand=primarycontactid", if_none_match=etag).status_code == 200


def test_single_properties_and_navigation_are_read_by_path(org: Client) -> None:
    told = org.get(f"{org.path('account')}/name").json()
    assert told["value"] == org.value("account", 0, "name")
    assert org.get(f"{org.path('account')}/wb_segments").status_code == 204
    assert org.get(f"{org.path('account')}/primarycontactid?$select=fullname").json()["contactid"] == org.id(
        "contact"
    )


def test_it_is_told_which_tables_take_bulk_messages(org: Client) -> None:
    path = (
        "sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/name eq @message"
        " and primaryobjecttypecode eq @table&@message='{}'&@table='{}'"
    )
    assert len(org.rows(path.format("UpdateMultiple", "account"))) == 1
    assert org.rows(path.format("DeleteMultiple", "account")) == []
    assert len(org.rows(path.format("DeleteMultiple", "wb_reading"))) == 1


def test_the_service_document_lists_the_entity_sets(org: Client) -> None:
    sets = {entry["name"] for entry in org.get("").json()["value"]}
    assert {"accounts", "contacts", "systemusers", "wb_projects"} <= sets
    assert all(org.get(f"{name}?$top=1").status_code == 200 for name in sets)


def test_the_service_answers_over_tls_too(make: abc.Callable[..., Client]) -> None:
    org = make(https=True)
    assert org.root.startswith("https://localhost:")
    assert org.get("WhoAmI").status_code == 200
