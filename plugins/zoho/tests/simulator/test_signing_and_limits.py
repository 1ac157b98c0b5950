"""Sign-in, scopes, tokens and their limits; credits, concurrency, faults that befall any call."""

import base64
import hashlib
import threading
import time
from collections import abc
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from writeback.errors import ConfigurationError
from writeback_zoho.simulator import build

CALLBACK = "http://localhost:8765/callback"
SCOPE = "ZohoCRM.modules.ALL,ZohoCRM.settings.fields.READ"


def authorise(org, **more: str) -> dict[str, str]:
    """Give the parameters of the redirect."""
    asked = {
        "scope": SCOPE,
        "client_id": "1000.APP",
        "response_type": "code",
        "access_type": "offline",
        "redirect_uri": CALLBACK,
        "state": "xyz",
        **more,
    }
    answer = org.call("GET", "/oauth/v2/auth", params=asked, allow_redirects=False)
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(CALLBACK + "?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def keys(org) -> dict[str, str]:
    return {name: org.running.credentials[name] for name in ("client_id", "client_secret", "refresh_token")}


def exchange(org, code: str, **more: str) -> dict[str, object]:
    form = {
        "grant_type": "authorization_code",
        "client_id": "1000.APP",
        "redirect_uri": CALLBACK,
        "code": code,
    }
    answer = org.call("POST", "/oauth/v2/token", data={**form, "code": code, **more})
    assert answer.status_code == 200
    return answer.json()


def with_token(org, token: object, method: str, path: str, **more: object) -> requests.Response:
    return org.call(method, path, headers={"Authorization": f"Zoho-oauthtoken {token}"}, **more)


def test_a_browser_sign_in_with_pkce(org) -> None:
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    pkce = {"code_challenge": challenge, "code_challenge_method": "S256"}
    back = authorise(org, **pkce)
    assert back == {
        "code": back["code"],
        "location": "us",
        "accounts-server": org.running.url,
        "state": "xyz",
    }
    told = exchange(org, back["code"], code_verifier=verifier)
    assert told.keys() == {"access_token", "refresh_token", "api_domain", "token_type", "expires_in"}
    assert (told["token_type"], told["expires_in"], told["api_domain"]) == ("Bearer", 3600, org.running.url)
    answer = with_token(org, told["access_token"], "GET", "/Accounts?fields=id")
    assert answer.status_code == 200
    assert answer.headers["X-ACCESSTOKEN-RESET"] == "2026-11-24T18:30:30+05:30"
    assert exchange(org, back["code"], code_verifier=verifier) == {"error": "invalid_code"}
    assert exchange(org, authorise(org, **pkce)["code"], code_verifier="wrong") == {"error": "invalid_code"}
    assert exchange(org, authorise(org, **pkce)["code"]) == {"error": "invalid_code"}


def test_another_data_centre_is_named_everywhere(make) -> None:
    org = make(
        location="eu", accounts_server="https://accounts.zoho.eu", api_domain="https://www.zohoapis.eu"
    )
    assert org.running.credentials["accounts_url"] == "https://accounts.zoho.eu"
    back = authorise(org)
    assert (back["location"], back["accounts-server"]) == ("eu", "https://accounts.zoho.eu")
    assert exchange(org, back["code"])["api_domain"] == "https://www.zohoapis.eu"
    told = org.call("GET", "/oauth/serverinfo").json()["locations"]
    assert (told["ca"], told["au"]) == ("https://accounts.zohocloud.ca", "https://accounts.zoho.com.au")


def test_a_code_lives_three_minutes_and_fits_one_redirect(org) -> None:
    late = authorise(org)["code"]
    org.clock.pass_by(seconds=181)
    assert exchange(org, late) == {"error": "invalid_code"}
    other = exchange(org, authorise(org)["code"], redirect_uri="http://localhost:1/x")
    assert other == {"error": "invalid_redirect_uri"}


def test_without_offline_access_there_is_no_refresh_token(org) -> None:
    told = exchange(org, authorise(org, access_type="online")["code"])
    assert "refresh_token" not in told
    assert with_token(org, told["access_token"], "GET", "/Accounts?fields=id").status_code == 200


def test_who_asks_wrongly_stays_at_the_door(make) -> None:
    org = make(redirect_uris=CALLBACK, client_id="1000.APP")
    asked = {
        "scope": SCOPE,
        "client_id": "1000.APP",
        "response_type": "code",
        "redirect_uri": "http://x.example",
    }
    assert org.call("GET", "/oauth/v2/auth", params=asked).status_code == 400
    assert org.call("GET", "/oauth/v2/auth", params={**asked, "client_id": "1000.X"}).status_code == 400
    assert (
        authorise(org, scope="ZohoCRM.modules.ALL ZohoCRM.org.READ".replace("Zoho", ""))["error"]
        == "invalid_scope"
    )
    org.arm(kind="access_denied")
    assert authorise(org) == {"error": "access_denied", "state": "xyz"}
    assert exchange(org, "x", client_id="1000.X") == {"error": "invalid_client"}
    assert org.token(client_secret="wrong") == {"error": "invalid_client_secret"}
    assert org.token(grant_type="password") == {"error": "unsupported_grant_type"}


@pytest.mark.parametrize("form", ["data", "params", "files"])
def test_a_refresh_comes_as_form_query_or_multipart(org, form) -> None:
    plain = {"grant_type": "refresh_token", **keys(org)}
    given = {name: (None, text) for name, text in plain.items()} if form == "files" else plain
    answer = org.call("POST", "/oauth/v2/token", **{form: given})
    assert answer.status_code == 200
    assert answer.json().keys() == {"access_token", "api_domain", "token_type", "expires_in"}


def test_a_dead_refresh_token_is_an_error_with_status_200(org) -> None:
    answer = org.call("POST", "/oauth/v2/token", data={"grant_type": "refresh_token", "client_id": "x"})
    assert (answer.status_code, answer.json()) == (200, {"error": "invalid_code"})
    org.arm(kind="invalid_grant")
    assert org.token() == {"error": "invalid_code"}
    assert "access_token" in org.token()


def test_ten_tokens_in_ten_minutes_and_fifteen_live_ones(org) -> None:
    tokens = [org.token()["access_token"] for _ in range(10)]
    assert org.token()["error_description"].startswith("You have made too many requests continuously")
    org.clock.pass_by(minutes=11)
    tokens += [org.token()["access_token"] for _ in range(6)]
    live = [with_token(org, token, "GET", "/org").status_code for token in tokens]
    assert live == [401] + [200] * 15
    org.clock.pass_by(minutes=61)
    assert {with_token(org, token, "GET", "/org").status_code for token in tokens} == {401}


def test_the_throttled_token_answer_is_a_switch(make) -> None:
    for switch in ("200", "400"):
        org = make(throttled_token=switch)
        org.arm(kind="token_throttled")
        keys = {
            name: org.running.credentials[name] for name in ("client_id", "client_secret", "refresh_token")
        }
        answer = org.call("POST", "/oauth/v2/token", data={"grant_type": "refresh_token", **keys})
        assert (answer.status_code, answer.json()["status"]) == (int(switch), "failure")


def test_the_twenty_first_refresh_token_drops_the_oldest(org) -> None:
    given = [exchange(org, authorise(org)["code"])["refresh_token"] for _ in range(21)]
    answers = [org.token(client_id="1000.APP", refresh_token=token) for token in given]
    assert answers[0] == {"error": "invalid_code"}
    assert all("access_token" in answer for answer in answers[1:])


def test_a_revoked_refresh_token_takes_its_access_tokens_along(org) -> None:
    token = org.token()["access_token"]
    org.call("POST", "/oauth/v2/token/revoke", params={"token": org.running.credentials["refresh_token"]})
    assert with_token(org, token, "GET", "/org").status_code == 401
    assert org.token() == {"error": "invalid_code"}


def test_the_device_flow(org) -> None:
    asked = {"client_id": "1000.TV", "grant_type": "device_request", "scope": SCOPE, "access_type": "offline"}
    told = org.call("POST", "/oauth/v3/device/code", params=asked).json()
    assert told.keys() == {
        "user_code",
        "device_code",
        "verification_url",
        "verification_uri_complete",
        "interval",
        "expires_in",
    }
    form = {
        "client_id": "1000.TV",
        "client_secret": "s",
        "grant_type": "device_token",
        "code": told["device_code"],
    }

    def poll() -> object:
        return org.call("POST", "/oauth/v3/device/token", params=form).json()

    assert poll() == {"error": "authorization_pending"}
    assert poll() == {"error": "slow_down"}
    org.clock.pass_by(seconds=30)
    org.arm(kind="other_dc", location="eu")
    assert poll() == {"error": "other_dc", "user_location": "eu"}
    got = poll()
    assert "refresh_token" in got
    assert with_token(org, got["access_token"], "GET", "/Accounts?fields=id").status_code == 200
    assert poll() == {"error": "expired"}


def test_only_zoho_s_own_scheme_opens_the_door(org) -> None:
    for header in ("", f"Bearer {org.running.token}", "Zoho-oauthtoken nonsense"):
        answer = org.call("GET", "/org", headers={"Authorization": header})
        assert (answer.status_code, answer.json()["code"]) == (401, "INVALID_TOKEN")
    for switch in ("AUTHENTICATION_FAILURE", "INVALID_OAUTHTOKEN"):
        crm = build(rows=1, options={"dead_token": switch})
        assert crm.org.switches["dead_token"] == switch
        crm.close()


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ("ZohoCRM.modules.ALL", {"list", "put"}),
        ("ZohoCRM.modules.READ", {"list"}),
        ("ZohoCRM.modules.accounts.UPDATE", {"put"}),
        ("ZohoCRM.modules.contacts.ALL", set()),
        ("ZohoCRM.settings.fields.READ", {"fields"}),
        ("ZohoCRM.settings.ALL", {"fields"}),
        ("ZohoCRM.coql.READ,ZohoCRM.users.READ", {"coql", "users"}),
    ],
)
def test_a_token_reaches_as_far_as_its_scopes(org, scope, reached) -> None:
    token = exchange(org, authorise(org, scope=scope)["code"])["access_token"]
    got = {
        "list": with_token(org, token, "GET", "/Accounts?fields=id"),
        "put": with_token(org, token, "PUT", "/Accounts", json={"data": [{"id": org.id(), "Seats": 1}]}),
        "fields": with_token(org, token, "GET", "/settings/fields?module=Accounts"),
        "coql": with_token(
            org, token, "POST", "/coql", json={"select_query": "select id from Accounts where id is not null"}
        ),
        "users": with_token(org, token, "GET", "/users"),
    }
    assert {name for name, answer in got.items() if answer.status_code == 200} == reached
    refused = [answer.json()["code"] for answer in got.values() if answer.status_code != 200]
    assert set(refused) == {"OAUTH_SCOPE_MISMATCH"}


def test_an_expired_token_is_dead_and_a_refresh_brings_a_living_one(org) -> None:
    org.arm(kind="expire_token")
    assert org.call("GET", "/org").status_code == 401
    assert org.call("GET", "/org").status_code == 401
    assert with_token(org, org.token()["access_token"], "GET", "/org").status_code == 200


def test_credits_are_told_from_half_on_and_then_run_out(make) -> None:
    org = make(credits_per_day="20")
    assert "X-API-CREDITS-REMAINING" not in org.call("GET", "/org").headers
    rows = [{"id": org.id(row=row % 60), "Seats": 1} for row in range(85)]
    assert org.put("Accounts", *rows).headers["X-API-CREDITS-REMAINING"] == "10"
    text = "select id from Accounts where id is not null limit 1500"
    assert org.coql(text).headers["X-API-CREDITS-REMAINING"] == "7"
    for _ in range(7):
        assert org.call("GET", "/org").status_code == 200
    refused = org.call("GET", "/org")
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert refused.json()["message"].startswith("You have exceeded the ")
    assert "Retry-After" not in refused.headers
    org.clock.pass_by(hours=25)
    assert org.call("GET", "/org").status_code == 200
    big = make()
    big.bulk("id,Seats\n")
    assert big.running.crm.meters.spent >= 500


def test_calls_beyond_the_concurrency_are_refused(make) -> None:
    org = make(concurrency="2", heavy_concurrency="1")
    statuses: list[int] = []

    def ask(method: str, path: str, body: object) -> None:
        with requests.Session() as http:
            http.trust_env = False
            http.headers.update(org.http.headers)
            url = f"{org.running.url}/crm/v8{path}"
            statuses.append(http.request(method, url, json=body, timeout=60).status_code)

    query = {"select_query": "select id from Accounts where id is not null"}
    calls = [threading.Thread(target=ask, args=("POST", "/coql", query))]
    calls.append(threading.Thread(target=ask, args=("GET", "/Accounts?fields=id", None)))
    with org.org.lock:  # both are let in and then wait for the rows
        for running, call in enumerate(calls):
            call.start()
            wait_for(lambda: org.running.crm.meters.running == running + 1)  # noqa: B023  asked at once
            if running == 0:
                assert org.coql("select id from Accounts where id is not null").status_code == 429
                assert org.call("GET", "/settings/modules").status_code == 200
        refused = org.call("GET", "/org")
        assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    for call in calls:
        call.join(60)
    assert statuses == [200, 200]
    assert org.call("GET", "/org").status_code == 200


def wait_for(condition: abc.Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_a_throttle_says_no_wait(org) -> None:
    org.arm(kind="throttle", requests=1, window_s=3600)
    assert org.call("GET", "/org").status_code == 200
    refused = org.call("GET", "/org")
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert "Retry-After" not in refused.headers


def test_a_revoked_field_is_read_only_until_it_is_given_back(org) -> None:
    def shown() -> dict[str, object]:
        fields = org.call("GET", "/settings/fields?module=Accounts").json()["fields"]
        return next(of for of in fields if of["api_name"] == "Seats")

    org.arm(kind="drift", change="locked", object="Accounts", field="Seats")
    assert (shown()["read_only"], shown()["operation_type"]["api_update"]) == (True, False)
    assert {profile["permission_type"] for profile in shown()["profiles"]} == {"read_only"}
    [told] = org.put("Accounts", {"id": org.id(), "Seats": 1}).json()["data"]
    assert told["code"] == "AUTHORIZATION_FAILED"
    org.running.crm.faults.disarm()
    assert shown()["read_only"] is False
    assert org.put("Accounts", {"id": org.id(), "Seats": 1}).status_code == 200


def test_a_hidden_field_and_further_modules(org) -> None:
    org.arm(kind="drift", change="gone", object="Accounts", field="Seats")
    org.arm(kind="extra_objects", count=3, times=None)
    names = [of["api_name"] for of in org.call("GET", "/settings/fields?module=Accounts").json()["fields"]]
    assert "Seats" not in names
    [told] = org.put("Accounts", {"id": org.id(), "Seats": 1}).json()["data"]
    assert told["message"] == "the field api name given seems to be invalid"
    modules = [module["api_name"] for module in org.call("GET", "/settings/modules").json()["modules"]]
    assert modules[-3:] == ["Custom_1", "Custom_2", "Custom_3"]
    assert org.call("GET", "/Custom_2?fields=Name").status_code == 204


def test_requests_are_counted_by_kind(org) -> None:
    org.call("GET", "/Accounts?fields=id")
    org.call("GET", f"/Accounts/{org.id()}")
    org.put("Accounts", {"id": org.id(), "Seats": 1})
    org.coql("select id from Accounts where id is not null")
    org.call("GET", "/nowhere/at/all/x")
    org.token()
    assert org.running.crm.requests.told()["counts"] == {
        "rows.read": 1,
        "row.read": 1,
        "rows.update": 1,
        "coql.read": 1,
        "other": 1,
        "oauth.v2.token": 1,
    }


@pytest.mark.parametrize(
    "options", [{"nonsense": "x"}, {"edition": "gold"}, {"credits_per_day": "x"}, {"utc_offset": "x"}]
)
def test_an_unknown_option_is_refused(options) -> None:
    with pytest.raises(ConfigurationError):
        build(rows=1, options=options)
