"""Change tracking: first read, delta links, deletions, expiry, refusals (contract, section 15)."""

from plugins.dynamics.tests.simulator.conftest import FREE, Client, problem

TRACK = "odata.track-changes"


def start(org: Client, path: str = "accounts?$select=name,accountnumber", prefer: str = TRACK) -> str:
    while True:
        answer = org.get(path, prefer)
        assert TRACK in answer.headers["Preference-Applied"]
        told = answer.json()
        if "@odata.deltaLink" in told:
            return told["@odata.deltaLink"]
        path = told["@odata.nextLink"]


def test_a_delta_tells_changes_first_and_deletions_last(org: Client) -> None:
    link = start(org)
    assert org.get(link).json()["value"] == []
    org.call("DELETE", org.path("account", 3))
    org.patch(org.path("account", 7), {"telephone1": "not selected"}, If_Match="*")
    org.patch(org.path("account", 1), {"name": "one"}, If_Match="*")
    org.patch(f"accounts({FREE})", {"name": "short-lived"})
    org.call("DELETE", f"accounts({FREE})")
    org.call("POST", "accounts", json={"name": "new"})
    told = org.get(link).json()
    assert told["@odata.context"] == f"{org.root}$metadata#accounts(name,accountnumber)/$delta"
    *changed, gone, never_seen = told["value"]
    assert [row["name"] for row in changed] == [org.value("account", 7, "name"), "one", "new"]
    assert set(changed[0]) == {"@odata.etag", "name", "accountnumber", "accountid"}
    context = f"{org.root}$metadata#accounts/$deletedEntity"
    assert gone == {"@odata.context": context, "id": org.id("account", 3), "reason": "deleted"}
    assert never_seen["id"] == FREE
    assert org.get(told["@odata.deltaLink"]).json()["value"] == []


def test_what_changes_while_the_first_read_pages_is_in_the_delta(org: Client) -> None:
    prefer = f"{TRACK},odata.maxpagesize=25"
    first = org.get("accounts?$select=name", prefer).json()
    org.patch(org.path("account", 0), {"name": "late"}, If_Match="*")
    link = start(org, first["@odata.nextLink"], prefer)
    assert [row["name"] for row in org.get(link).json()["value"]] == ["late"]


def test_a_long_delta_has_pages_and_holds_each_change_once(org: Client) -> None:
    link = start(org)
    for row in range(12):
        org.patch(org.path("account", row), {"name": f"n{row}"}, If_Match="*")
    org.call("DELETE", org.path("account", 20))
    seen, path = [], link
    while path:
        told = org.get(path, "odata.maxpagesize=5").json()
        seen += [row.get("accountid") or row["id"] for row in told["value"]]
        path = told.get("@odata.nextLink")
        org.patch(org.path("account", 11), {"name": "again"}, If_Match="*")
    assert seen[:11] == [org.id("account", row) for row in range(11)]
    assert seen[-1] == org.id("account", 20)
    later = org.get(told["@odata.deltaLink"]).json()["value"]
    assert [row["accountid"] for row in later] == [org.id("account", 11)]


def test_changes_are_counted(org: Client) -> None:
    link = start(org)
    org.patch(org.path("account", 0), {"name": "x"}, If_Match="*")
    token = link.partition("$deltatoken=")[2]
    assert org.get(f"accounts/$count?$deltatoken={token}").text == "1"


def test_other_options_are_refused(org: Client) -> None:
    for option in ("$filter=name eq 'x'", "$orderby=name", "$expand=primarycontactid", "$top=3"):
        answer = org.get(f"accounts?$select=name&{option}", TRACK)
        name = option.partition("=")[0]
        text = f'The "{name}" query parameter isn\'t supported when Change Tracking is enabled.'
        assert (problem(answer)[0], problem(answer)[2]) == (400, text)


def test_tables_that_are_not_tracked_say_so(org: Client) -> None:
    assert org.get("wb_readings?$select=wb_name", TRACK).status_code == 400


def test_tokens_expire(org: Client) -> None:
    link = start(org)
    org.clock.move(days=6.9)
    assert org.get(link).status_code == 200
    org.clock.move(days=0.2)
    assert problem(org.get(link))[:2] == (400, "0x80044352")
    fresh = start(org)
    org.patch(org.path("account", 0), {"name": "x"}, If_Match="*")
    org.arm(kind="expire_delta")
    assert problem(org.get(fresh))[:2] == (400, "0x80044352")
    assert org.get("accounts?$deltatoken=rubbish").status_code == 400
    assert org.get(start(org)).status_code == 200


def test_a_row_that_came_back_is_told_as_changed(org: Client) -> None:
    link = start(org)
    org.call("DELETE", org.path("account", 3))
    org.patch(org.path("account", 3), {"name": "back"})
    [row] = org.get(link).json()["value"]
    assert (row["name"], row["accountid"]) == ("back", org.id("account", 3))
