"""Reading: pages, tokens, conditional reads, single rows, metadata, users, deleted rows, search, count."""

import pytest
import requests

from writeback_zoho.simulator import build
from writeback_zoho.simulator.ids import Ids
from writeback_zoho.simulator.words import HOSTILE_NAMES


def walk(org, path: str) -> list[dict[str, object]]:
    """Give the rows of all pages."""
    rows, token = [], ""
    while True:
        told = org.call("GET", f"{path}{f'&page_token={token}' if token else ''}").json()
        rows += told["data"]
        if not told["info"]["more_records"]:
            return rows
        token = told["info"]["next_page_token"]


def test_all_pages_hold_each_row_once_newest_id_first(make) -> None:
    org = make(rows=450)
    rows = walk(org, "/Accounts?fields=Account_Name")
    assert [row["id"] for row in rows] == [org.id(row=row) for row in reversed(range(450))]
    assert {frozenset(row) for row in rows} == {frozenset({"id", "Account_Name"})}
    assert set(HOSTILE_NAMES) <= {row["Account_Name"] for row in rows}


def test_the_information_of_a_page_says_what_the_vendor_s_does(make) -> None:
    org = make(rows=450)
    told = org.call("GET", "/Accounts?fields=Account_Name").json()["info"]
    token = told.pop("next_page_token")
    assert len(token) > 30
    assert told == {
        "call": False,
        "per_page": 200,
        "count": 200,
        "sort_by": "id",
        "page": 1,
        "previous_page_token": None,
        "page_token_expiry": "2026-11-25T17:30:30+05:30",
        "sort_order": "desc",
        "email": False,
        "more_records": True,
    }
    last = org.call("GET", "/Accounts?fields=Account_Name&page=3").json()["info"]
    assert (last["count"], last["more_records"], last["next_page_token"]) == (50, False, None)
    beyond = org.call("GET", "/Accounts?fields=Account_Name&page=4")
    assert (beyond.status_code, beyond.content) == (204, b"")


def test_rows_come_in_the_order_of_their_last_change(org) -> None:
    org.clock.pass_by(minutes=5)
    org.put("Accounts", {"id": org.id(row=3), "Seats": 1})
    rows = walk(org, "/Accounts?fields=Modified_Time&sort_by=Modified_Time&sort_order=asc&per_page=7")
    assert [row["id"] for row in rows][-1] == org.id(row=3)
    stamps = [row["Modified_Time"] for row in rows]
    assert stamps == sorted(stamps)
    assert len(rows) == 60


def test_a_token_reaches_beyond_two_thousand_rows_up_to_the_limit(make) -> None:
    org = make(rows=2_900, token_rows="2600")
    listed = "/Accounts?fields=id"
    token = org.call("GET", f"{listed}&page=10").json()["info"]["next_page_token"]
    for page, first in ((11, 2_000), (12, 2_200), (13, 2_400)):
        told = org.call("GET", f"{listed}&page_token={token}").json()
        assert (told["info"]["page"], told["data"][0]["id"]) == (page, org.id(row=2_899 - first))
        token = told["info"]["next_page_token"]
    refused = org.call("GET", f"{listed}&page_token={token}")
    assert (refused.status_code, refused.json()["code"]) == (400, "PAGINATION_LIMIT_EXCEEDED")


@pytest.mark.parametrize("query", ["per_page=201", "per_page=0", "sort_by=Account_Name", "sort_order=up"])
def test_a_parameter_out_of_its_range_is_refused(org, query) -> None:
    assert org.call("GET", f"/Accounts?fields=id&{query}").status_code == 400


def test_a_read_since_gives_what_changed_or_304(org) -> None:
    since = {"If-Modified-Since": "2026-11-24T12:00:00+00:00"}
    nothing = org.call("GET", "/Accounts?fields=id", headers=since)
    assert (nothing.status_code, nothing.content) == (304, b"")
    org.put("Accounts", {"id": org.id(row=4), "Seats": 1})
    rows = org.call("GET", "/Accounts?fields=id", headers=since).json()["data"]
    assert [row["id"] for row in rows] == [org.id(row=4)]
    assert (
        org.call("GET", "/Accounts?fields=id", headers={"If-Modified-Since": "yesterday"}).status_code == 400
    )


def test_a_list_read_may_name_ids_and_end_in_an_ampersand(org) -> None:
    ids = f"{org.id(row=1)},{org.id(row=2)}"
    rows = org.call("GET", f"/Accounts?fields=Account_Name,Owner&ids={ids}&").json()["data"]
    assert {row["id"] for row in rows} == set(ids.split(","))
    assert rows[0]["Owner"].keys() == {"name", "id", "email"}


def test_a_single_row_shows_every_type_as_the_contract_says(org) -> None:
    row = org.read("Accounts", 4)
    assert isinstance(row["Seats"], int)
    assert isinstance(row["Annual_Revenue"], int)
    assert isinstance(row["Active"], bool)
    assert isinstance(row["Account_Number"], str)
    assert row["Segments"] == ["Wholesale", "Food & Drink"] or isinstance(row["Segments"], list)
    assert row["Primary_Contact"].keys() == {"name", "id"}
    assert row["Success_Manager"] is None or row["Success_Manager"].keys() == {"name", "id"}
    assert row["Modified_Time"].endswith("+05:30")
    assert row["Renewal_Date"] is None or len(row["Renewal_Date"]) == 10
    assert row["Sites"] == []
    assert row["id"] == org.id(row=4)
    assert row["Value_per_Seat"] == round(row["Contract_Value"] / row["Seats"], 2)


def test_an_unknown_id_is_204_or_400_by_switch(make) -> None:
    org = make()
    empty = org.call("GET", "/Accounts/745330803999999999")
    assert (empty.status_code, empty.content) == (204, b"")
    refused = make(unknown_id="400").call("GET", "/Accounts/745330803999999999")
    assert (refused.status_code, refused.json()["message"]) == (400, "the id given seems to be invalid")


def test_an_unknown_column_is_left_out_or_refused_by_switch(make) -> None:
    told = make().call("GET", "/Accounts?fields=Nope").json()["data"][0]
    assert list(told) == ["id"]
    assert make(unknown_column="refused").call("GET", "/Accounts?fields=Nope").status_code == 400


def test_ids_are_eighteen_digits_beyond_a_float_and_sort_as_rows_do(org) -> None:
    ids = [org.id(row=row) for row in range(60)]
    assert ids == sorted(ids)
    assert {len(given) for given in ids} == {18}
    assert float(ids[1]) == float(ids[2])
    table = Ids(1_234_567, 3)
    assert table.row(int(table.of(41))) == 41
    assert table.row(table.of(41)) == 41
    assert [table.row(given) for given in ("x", True, None, 1, "1" * 30)] == [None] * 5


def test_another_seed_is_another_org_and_the_same_one_repeats_itself() -> None:
    one, same, other = (build(rows=9, seed=seed) for seed in (1, 1, 2))
    try:

        def show(crm):
            rows, names = crm.org.tables["Accounts"], ("id", "Account_Name")
            return [rows.value(row, name) for row in range(9) for name in names]

        assert show(one) == show(same)
        assert show(one) != show(other)
        assert one.token == same.token
        assert one.token != other.token
    finally:
        for crm in (one, same, other):
            crm.close()


def test_the_metadata_says_who_writes_what(org) -> None:
    fields = {f["api_name"]: f for f in org.call("GET", "/settings/fields?module=Accounts").json()["fields"]}
    owner = fields["Owner"]
    assert (owner["field_read_only"], owner["read_only"]) == (True, False)
    assert owner["operation_type"]["api_update"] is True
    assert fields["Created_Time"]["operation_type"]["api_update"] is False
    assert fields["Value_per_Seat"]["data_type"] == "formula"
    assert fields["Segments"]["json_type"] == "jsonarray"
    assert [pick["actual_value"] for pick in fields["Tier"]["pick_list_values"]] == [
        "-None-",
        "Gold",
        "Silver",
        "Bronze",
    ]
    assert fields["External_Id"]["unique"] == {"casesensitive": False}
    assert fields["Primary_Contact"]["lookup"]["module"]["api_name"] == "Contacts"
    assert fields["Account_Name"]["system_mandatory"] is True
    assert len({field["id"] for field in fields.values()}) == len(fields)
    modules = {m["api_name"]: m for m in org.call("GET", "/settings/modules").json()["modules"]}
    assert modules["Service_Plans"]["generated_type"] == "custom"
    assert modules["Sites"]["generated_type"] == "subform"
    assert "Users" not in modules


def test_layouts_say_what_fields_do_not(org) -> None:
    fields = {f["api_name"]: f for f in org.call("GET", "/settings/fields?module=Deals").json()["fields"]}
    assert fields["Closing_Date"]["system_mandatory"] is False
    [layout] = org.call("GET", "/settings/layouts?module=Deals").json()["layouts"]
    required = [f["api_name"] for f in layout["sections"][0]["fields"] if f["required"]]
    assert required == ["Deal_Name", "Stage", "Closing_Date"]


def test_users_are_listed_by_kind_and_page(org) -> None:
    everybody = org.call("GET", "/users?type=AllUsers&per_page=30&page=2").json()
    assert everybody["info"] == {"per_page": 30, "count": 10, "page": 2, "more_records": False}
    idle = org.call("GET", "/users?type=DeactiveUsers").json()["users"]
    assert [user["status"] for user in idle] == ["inactive", "inactive"]
    active = org.call("GET", "/users?type=ActiveUsers").json()["users"]
    assert len(active) == 38
    names = [user["full_name"] for user in active]
    assert len(set(names)) == 37
    assert len({user["email"] for user in active}) == 38
    [me] = org.call("GET", "/users?type=CurrentUser").json()["users"]
    assert me["id"] == org.org.user_id
    assert org.call("GET", f"/users/{me['id']}").json()["users"][0]["email"] == me["email"]
    assert org.call("GET", "/users?type=Ghosts").status_code == 400


def test_deleted_rows_are_told(org) -> None:
    assert org.call("GET", "/Contacts/deleted?type=all").status_code == 204
    gone = org.id("Contacts", 5)
    org.call("DELETE", f"/Contacts/{gone}")
    told = org.call("GET", "/Contacts/deleted?type=recycle").json()
    assert [row["id"] for row in told["data"]] == [gone]
    assert told["data"][0]["deleted_time"] == "2026-11-24T17:30:30+05:30"
    assert told["info"] == {"per_page": 200, "count": 1, "page": 1, "more_records": False}
    assert org.call("GET", "/Contacts/deleted?type=permanent").status_code == 204
    assert org.call("GET", f"/Contacts/{gone}").status_code == 204
    since = {"If-Modified-Since": "2026-11-24T13:00:00+00:00"}
    assert org.call("GET", "/Contacts/deleted?type=all", headers=since).status_code == 304


def search(org, **query: str) -> list[str]:
    answer = org.call("GET", "/Contacts/search", params=query)
    return [row["id"] for row in answer.json()["data"]] if answer.status_code == 200 else []


def test_a_search_finds_by_email_criteria_and_word(org) -> None:
    email = org.value("Contacts", 3, "Email")
    assert search(org, email=email.upper()) == [org.id("Contacts", 3)]
    criteria = (
        f"((Email:equals:{email})and(Last_Name:starts_with:{org.value('Contacts', 3, 'Last_Name')[:2]}))"
    )
    assert search(org, criteria=criteria) == [org.id("Contacts", 3)]
    assert org.id("Contacts", 3) in search(org, word=org.value("Contacts", 3, "Title").split()[0])
    assert org.call("GET", "/Contacts/search").json()["code"] == "REQUIRED_PARAM_MISSING"
    assert org.call("GET", "/Contacts/search", params={"criteria": "(Email:resembles:x)"}).status_code == 400
    assert org.call("GET", "/Contacts/search?word=x&page=11").json()["code"] == "LIMIT_REACHED"


def test_a_search_sees_a_write_late(org) -> None:
    old = org.value("Contacts", 3, "Email")
    org.put("Contacts", {"id": org.id("Contacts", 3), "Email": "late@client.example"})
    made = org.call("POST", "/Contacts", json={"data": [{"Last_Name": "X", "Email": "new@client.example"}]})
    org.call("DELETE", f"/Contacts/{org.id('Contacts', 4)}")
    assert search(org, email="late@client.example") == []
    assert search(org, email="new@client.example") == []
    assert search(org, email=old) == [org.id("Contacts", 3)]
    org.clock.pass_by(seconds=6)
    assert search(org, email="late@client.example") == [org.id("Contacts", 3)]
    assert search(org, email="new@client.example") == [made.json()["data"][0]["details"]["id"]]
    assert search(org, email=old) == []


def test_a_count_counts(org) -> None:
    assert org.call("GET", "/Contacts/actions/count").json() == {"count": 45}
    named = org.call("GET", "/Contacts/actions/count", params={"criteria": "(Title:equals:Buyer)"}).json()
    assert named["count"] == sum(org.value("Contacts", row, "Title") == "Buyer" for row in range(45))


def test_the_simulator_speaks_tls_with_a_certificate_of_its_own(make) -> None:
    org = make(https=True)
    org.http.verify = str(org.running.ca)
    assert org.call("GET", "/org").json()["org"][0]["zgid"] == org.org.zgid
    with requests.Session() as other:
        other.trust_env = False
        with pytest.raises(requests.exceptions.SSLError):
            other.get(f"{org.running.url}/crm/v8/org", timeout=10)
