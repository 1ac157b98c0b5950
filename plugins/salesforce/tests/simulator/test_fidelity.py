# ruff: noqa: E501  the vendor's texts stand on one line
"""How close the simulator is: recorded describes, recorded texts, the addresses clients use, sign-in."""

import base64
import hashlib
import json
from importlib import resources
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from writeback.errors import ConfigurationError
from writeback.sdk.simulator import Fault
from writeback_salesforce.simulator import build
from writeback_salesforce.simulator.ids import Ids, checksum, lengthened

RECORDED = resources.files("writeback_salesforce.simulator").joinpath("recorded")
OURS = ("Account", "Contact")


def recorded(name: str, version: str) -> dict[str, object]:
    return json.loads(RECORDED.joinpath(f"{name}.json").read_text("utf-8").replace("{version}", version))


@pytest.mark.parametrize("name", ["Account", "Contact", "Lead", "Opportunity", "Case"])
@pytest.mark.parametrize("version", ["47.0", "67.0"])
def test_describe_equals_the_recorded_file_with_the_version_put_in(org, name, version) -> None:
    told = org.call("GET", f"{org.running.url}/services/data/v{version}/sobjects/{name}/describe/").json()
    file = recorded(name, version)
    if name in OURS:
        known = {field["name"] for field in file["fields"]}
        added = [field for field in told["fields"] if field["name"] not in known]
        assert {field["custom"] for field in added} == {True}
        told["fields"] = [field for field in told["fields"] if field["name"] in known]
    assert told == file


def test_our_own_objects_have_the_keys_of_recorded_ones(org) -> None:
    file = recorded("Account", "67.0")
    field_keys = set(file["fields"][0])
    for name in ("User", "Group", "Organization", "Service_Plan__c", "Account"):
        told = org.call("GET", f"/sobjects/{name}/describe").json()
        assert {frozenset(field) for field in told["fields"]} == {frozenset(field_keys)}
        assert set(file) - set(told) <= {"recordTypeInfos"}
        for field in told["fields"]:
            assert list(field) == sorted(field)


def test_the_global_describe_is_the_recorded_one_and_our_own_objects(org) -> None:
    told = {each["name"]: each for each in org.call("GET", "/sobjects").json()["sobjects"]}
    for each in recorded("Global", "67.0")["sobjects"]:
        assert set(each) == set(told[each["name"]])
    assert "Service_Plan__c" in told


def test_nothing_recorded_names_a_real_org() -> None:
    for name in ("Account", "Contact", "Lead", "Opportunity", "Case", "Global"):
        text = RECORDED.joinpath(f"{name}.json").read_text("utf-8")
        assert "salesforce.com" not in text
        assert "orgname" not in text
    assert RECORDED.joinpath("LICENSE.CumulusCI.txt").is_file()


def test_the_recorded_text_of_an_unknown_object(org) -> None:
    answer = org.call("GET", "/query/", params={"q": "select count() from XYZZY"})
    assert answer.json()[0] == {
        "errorCode": "INVALID_TYPE",
        "message": "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not"
        " supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name."
        " Please reference your WSDL or the describe call for the appropriate names.",
    }


def test_ids_have_the_vendors_checksum() -> None:
    assert checksum("0017e00001Y5Xh1") == "AAF"
    assert lengthened("00D50000000IZ3Z") == "00D50000000IZ3ZEAW"
    ids = Ids("001")
    made = [ids.of(row) for row in (*range(200), 3843, 3844, 999_999, 14_776_335)]
    assert made == sorted(made)
    assert all(checksum(given[:15]) == given[15:] for given in made)
    assert [ids.row(given) for given in made[:200]] == list(range(200))
    assert ids.row("003" + made[0][3:]) is None
    assert ids.row("nonsense") is None


def test_versions_are_told_without_a_token_and_without_limit_info(org) -> None:
    answer = requests.get(f"{org.running.url}/services/data/", timeout=5)
    told = answer.json()
    assert (told[0]["version"], told[-1]) == (
        "41.0",
        {"label": "Winter '27", "url": "/services/data/v68.0", "version": "68.0"},
    )
    assert told[-2]["label"] == "Summer '26"
    assert "Sforce-Limit-Info" not in answer.headers
    assert org.call("GET", "").headers["Sforce-Limit-Info"] == "api-usage=1/1000000"
    assert org.call("GET", "/limits/").json()["DailyApiRequests"]["Remaining"] == 999_998


def test_addresses_work_with_a_slash_at_the_end_and_in_any_version(org) -> None:
    for version in ("41.0", "51.0", "67.0"):
        base = f"{org.running.url}/services/data/v{version}"
        for path in (
            "",
            "/sobjects",
            "/limits",
            "/limits/recordCount",
            f"/sobjects/User/{org.id('User')}",
            "/sobjects/Account",
        ):
            for slash in ("", "/"):
                answer = org.call("GET", f"{base}{path}{slash}")
                assert answer.status_code == 200, answer.url
        assert org.call("GET", base).json()["identity"].startswith(org.running.url)
    assert org.call("GET", "/tooling/query", params={"q": "x"}).status_code == 404


def test_the_organization_says_it_is_a_sandbox(org) -> None:
    soql = "SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType, Id FROM Organization"
    [told] = org.query(soql)["records"]
    assert (told["Name"], told["IsSandbox"]) == ("Northwind Simulator", True)
    assert (
        told["Id"] == org.call("GET", f"{org.running.url}/services/oauth2/userinfo").json()["organization_id"]
    )
    assert org.call("GET", f"/sobjects/Organization/{told['Id']}").json()["Id"] == told["Id"]
    other = build(rows=1, seed=2)
    assert other.org.org_id != told["Id"]
    other.close()


def test_the_columns_of_a_query_are_told(org) -> None:
    answer = org.call("GET", "/query", params={"q": "SELECT Id, Owner.Name FROM Account", "columns": "true"})
    told = answer.json()
    assert [column["columnName"] for column in told["columnMetadata"]] == ["Id", "Owner"]
    assert told["columnMetadata"][1]["joinColumns"][0]["columnName"] == "Name"


def test_pages_follow_the_wish_of_the_client_and_hold_the_order_of_select(make) -> None:
    org = make(rows=2500)
    told = org.query("SELECT name, ID, Owner.email FROM account")
    assert (told["totalSize"], told["done"], len(told["records"])) == (2500, False, 2000)
    assert list(told["records"][0]) == ["attributes", "Name", "Id", "Owner"]
    headers = {"Sforce-Query-Options": "batchSize=200"}
    small = org.call("GET", "/query", params={"q": "SELECT Id FROM Account"}, headers=headers).json()
    assert small["nextRecordsUrl"].endswith("-200")
    assert len(org.call("GET", org.running.url + told["nextRecordsUrl"]).json()["records"]) == 500


def test_a_million_accounts_start_in_less_than_two_seconds_and_are_not_in_memory() -> None:
    crm = build(rows=1_000_000)
    table = crm.org.tables["account"]
    assert (table.count, len(table.changed)) == (1_000_000, 0)
    assert table.value(999_999, "External_Id__c") == "A-0999999"
    assert table.find("External_Id__c", "a-0765432") == [765_432]
    crm.close()


def test_an_unknown_option_or_value_is_refused() -> None:
    for options in ({"nonsense": "1"}, {"body_412": "nonsense"}, {"job_seconds": "soon"}):
        with pytest.raises(ConfigurationError):
            build(rows=1, options=options)


def authorize(org, **more: str) -> dict[str, list[str]]:
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    params = {
        "response_type": "code",
        "client_id": "app",
        "redirect_uri": "http://localhost:1717/OauthRedirect",
        "state": "s1",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    url = f"{org.running.url}/services/oauth2/authorize"
    answer = requests.get(url, params=params | more, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def token(org, **form: str) -> requests.Response:
    return requests.post(
        f"{org.running.url}/services/oauth2/token", data={"client_id": "app"} | form, timeout=5
    )


def exchange(org, code: str, **more: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": "v" * 50}
    return token(org, **(form | {"redirect_uri": "http://localhost:1717/OauthRedirect"} | more))


def test_a_code_is_exchanged_once_with_its_verifier(org) -> None:
    told = authorize(org)
    assert told["state"] == ["s1"]
    given = exchange(org, told["code"][0]).json()
    assert set(given) == {
        "access_token",
        "refresh_token",
        "signature",
        "scope",
        "instance_url",
        "id",
        "token_type",
        "issued_at",
    }
    assert given["issued_at"].isdecimal()
    assert given["instance_url"] == org.running.url
    headers = {"Authorization": f"Bearer {given['access_token']}"}
    assert org.call("GET", "/limits", headers=headers).status_code == 200
    assert (
        org.call("GET", given["id"], headers=headers).json()["organization_id"] == org.running.crm.org.org_id
    )
    again = exchange(org, told["code"][0])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_wrong_or_missing_verifier_is_refused(org) -> None:
    wrong = exchange(org, authorize(org)["code"][0], code_verifier="other")
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_request")
    missing = token(
        org,
        grant_type="authorization_code",
        code=authorize(org)["code"][0],
        redirect_uri="http://localhost:1717/OauthRedirect",
    )
    assert missing.json()["error"] == "invalid_grant"


def test_refresh_keeps_its_token_unless_it_rotates(make) -> None:
    plain = make()
    first = exchange(plain, authorize(plain)["code"][0]).json()
    again = token(plain, grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    assert "refresh_token" not in again
    org = make(rotate_refresh_tokens="on")
    first = exchange(org, authorize(org)["code"][0]).json()["refresh_token"]
    second = token(org, grant_type="refresh_token", refresh_token=first).json()["refresh_token"]
    assert token(org, grant_type="refresh_token", refresh_token=first).json()["error"] == "invalid_grant"
    dead = token(org, grant_type="refresh_token", refresh_token=second)
    assert dead.json()["error_description"] == "expired access/refresh token"


def test_faults_of_signing_in(org) -> None:
    org.arm(kind="access_denied")
    assert authorize(org)["error"] == ["access_denied"]
    org.arm(kind="app_not_installed")
    assert authorize(org)["error_description"] == ["app must be installed into org"]
    org.arm(kind="session_invalid")
    assert org.call("GET", "/limits").status_code == 401
    assert org.call("GET", "/limits").status_code == 200
    refresh = exchange(org, authorize(org)["code"][0]).json()["refresh_token"]
    org.arm(kind="expire_token")
    assert [org.call("GET", "/limits").status_code for _attempt in range(2)] == [401, 401]
    door = f"{org.running.url}/__simulator__/requests"
    assert org.call("GET", door).status_code == 200
    given = token(org, grant_type="refresh_token", refresh_token=refresh).json()["access_token"]
    assert org.call("GET", "/limits", headers={"Authorization": f"Bearer {given}"}).status_code == 200
    org.arm(kind="invalid_grant")
    assert token(org, grant_type="refresh_token", refresh_token=refresh).status_code == 400


def test_registered_apps_and_callbacks_are_compared_to_the_letter(make) -> None:
    org = make(client_id="app", redirect_uris="http://localhost:1717/OauthRedirect")
    assert "code" in authorize(org)
    url = f"{org.running.url}/services/oauth2/authorize"
    form = {
        "response_type": "code",
        "client_id": "app",
        "redirect_uri": "http://localhost:1718/OauthRedirect",
    }
    assert requests.get(url, params=form, timeout=5).json()["error"] == "redirect_uri_mismatch"
    assert (
        requests.get(url, params=form | {"client_id": "x"}, timeout=5).json()["error"] == "invalid_client_id"
    )
    revoked = requests.post(
        f"{org.running.url}/services/oauth2/revoke", data={"token": org.running.token}, timeout=5
    )
    assert (revoked.status_code, revoked.content) == (200, b"")
    assert org.call("GET", "/limits").status_code == 401


def test_extra_custom_objects_appear_and_a_hidden_field_is_gone(org) -> None:
    org.running.crm.faults.arm(
        Fault("extra_objects", facts={"count": 50}),
        Fault("drift", times=None, facts={"change": "gone", "object": "Account", "field": "Site"}),
    )
    names = {each["name"] for each in org.call("GET", "/sobjects").json()["sobjects"]}
    assert {"Custom_Object_1__c", "Custom_Object_50__c"} <= names
    assert org.query("SELECT Id FROM Custom_Object_7__c")["totalSize"] == 0
    answer = org.call("GET", "/query", params={"q": "SELECT Site FROM Account"})
    assert answer.json()[0]["errorCode"] == "INVALID_FIELD"
    org.running.crm.faults.disarm()
    assert "Site" in org.query("SELECT Site FROM Account LIMIT 1")["records"][0]
