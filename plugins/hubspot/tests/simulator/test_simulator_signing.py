"""Signing in: wire contract, section 2, and what a key may not do."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from plugins.hubspot.tests.simulator.conftest import D

CALLBACK = "http://localhost:8737/callback"
DETAILS = "/account-info/2026-03/details"
VERSIONS = ("v1", "v3", "2026-03", "2026-09")


def app(portal) -> dict[str, str]:
    return {name: portal.running.credentials[name] for name in ("client_id", "client_secret")}


def code_of(portal, **more: str) -> str:
    asked = {"client_id": app(portal)["client_id"], "redirect_uri": CALLBACK, "scope": "oauth", "state": "s1"}
    answer = portal.call("GET", "/oauth/authorize", params=asked | more)
    assert answer.status_code == 302
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert told["state"] == ["s1"]
    return told["code"][0]


def token(portal, version: str = "2026-03", **form: str):
    return portal.call("POST", f"/oauth/{version}/token", data=form)


def refreshed(portal, **more: str):
    given = {"grant_type": "refresh_token", **portal.running.credentials}
    return token(portal, **(given | more))


def enters(portal, bearer: str) -> tuple[int, str]:
    answer = portal.call("GET", DETAILS, headers={"Authorization": f"Bearer {bearer}"})
    return answer.status_code, answer.json().get("category", "")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_code_becomes_a_token_that_lives_half_an_hour(portal, version) -> None:
    code = code_of(portal, scope="oauth crm.objects.owners.read")
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, **app(portal)}
    told = token(portal, version, **form).json()
    assert (told["token_type"], told["expires_in"], told["token_use"]) == ("bearer", 1800, "access_token")
    assert told["scopes"] == ["oauth", "crm.objects.owners.read"]
    assert told["hub_id"] == portal.running.crm.portal.portal_id
    assert enters(portal, told["access_token"]) == (200, "")
    portal.clock.go(1799)
    assert enters(portal, told["access_token"])[0] == 200
    portal.clock.go(1)
    assert enters(portal, told["access_token"]) == (401, "EXPIRED_AUTHENTICATION")
    assert token(portal, version, **form).json()["status"] == "BAD_AUTH_CODE"


def test_a_refresh_gives_a_new_token_and_the_same_refresh_token(portal) -> None:
    one, two = refreshed(portal).json(), refreshed(portal).json()
    assert one["access_token"] != two["access_token"]
    assert one["refresh_token"] == two["refresh_token"] == portal.running.credentials["refresh_token"]
    assert enters(portal, two["access_token"])[0] == 200


def test_a_refresh_token_may_be_rotated(make) -> None:
    portal = make(rotate_refresh_tokens="on")
    first = refreshed(portal).json()["refresh_token"]
    assert refreshed(portal).status_code == 400
    assert refreshed(portal, refresh_token=first).status_code == 200


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"refresh_token": "x"}, "BAD_REFRESH_TOKEN"),
        ({"client_id": "x"}, "BAD_CLIENT_ID"),
        ({"client_secret": "x"}, "BAD_CLIENT_SECRET"),
        ({"grant_type": "password"}, "BAD_GRANT_TYPE"),
        ({"grant_type": "authorization_code", "code": "x"}, "BAD_AUTH_CODE"),
    ],
)
def test_a_token_error_has_a_word_and_no_error_key(make, more, word) -> None:
    answer = refreshed(make(), **more)
    assert (answer.status_code, answer.json()["status"]) == (400, word)
    assert set(answer.json()) == {"status", "message", "correlationId"}
    answer = refreshed(make(token_errors="oauth"), **more)
    assert answer.status_code == 401
    assert "error" in answer.json()


def test_the_fault_of_a_dead_refresh_token(portal) -> None:
    portal.arm(kind="invalid_grant")
    assert refreshed(portal).json()["status"] == "BAD_REFRESH_TOKEN"
    assert refreshed(portal).status_code == 200


def test_a_code_is_bound_to_its_verifier_and_its_callback(make) -> None:
    portal = make()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).decode().rstrip("=")
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, **app(portal)}
    answer = token(portal, **form, code=code_of(portal, code_challenge=challenge), code_verifier="w" * 43)
    assert answer.json()["status"] == "BAD_CODE_VERIFIER"
    answer = token(portal, **form, code=code_of(portal, code_challenge=challenge), code_verifier="v" * 43)
    assert answer.status_code == 200
    wrong = form | {"redirect_uri": CALLBACK + "x"}
    assert token(portal, **wrong, code=code_of(portal)).json()["status"] == "MISMATCH_REDIRECT_URI"


@pytest.mark.parametrize(("switch", "status"), [("refused", 400), ("accepted", 200)])
def test_a_secret_may_be_needed_in_spite_of_pkce(make, switch, status) -> None:
    portal = make(pkce_without_secret=switch)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).decode().rstrip("=")
    form = {
        "grant_type": "authorization_code",
        "redirect_uri": CALLBACK,
        "client_id": app(portal)["client_id"],
    }
    code = code_of(portal, code_challenge=challenge)
    assert token(portal, **form, code=code, code_verifier="v" * 43).status_code == status


def test_a_browser_is_sent_back_to_https_or_localhost_only(portal) -> None:
    asked = {"client_id": app(portal)["client_id"], "scope": "oauth"}
    for redirect, status in (
        (CALLBACK, 302), ("https://app.example/cb", 302), ("http://127.0.0.1:8737/cb", 400), ("", 400),
    ):  # fmt: skip
        answer = portal.call("GET", "/oauth/123/authorize", params=asked | {"redirect_uri": redirect})
        assert answer.status_code == status
    portal.arm(kind="access_denied")
    answer = portal.call("GET", "/oauth/authorize", params=asked | {"redirect_uri": CALLBACK})
    assert "error=access_denied" in answer.headers["Location"]


def test_tokens_can_be_looked_at_and_ended(portal) -> None:
    told = refreshed(portal).json()
    access, refresh = told["access_token"], told["refresh_token"]
    shown = portal.get(f"/oauth/v1/access-tokens/{access}")
    assert (shown["hub_id"], shown["user_id"], shown["expires_in"]) == (told["hub_id"], told["user_id"], 1800)
    assert portal.get(f"/oauth/v1/refresh-tokens/{refresh}")["client_id"] == app(portal)["client_id"]
    form = {"token": access, **app(portal)}
    assert portal.call("POST", "/oauth/2026-03/token/introspect", data=form).json()["active"] is True
    assert portal.call("POST", "/oauth/2026-03/token/revoke", data=form).status_code == 200
    assert portal.call("POST", "/oauth/v3/token/introspect", data=form).json() == {"active": False}
    assert enters(portal, access) == (401, "INVALID_AUTHENTICATION")
    assert portal.call("DELETE", f"/oauth/v1/refresh-tokens/{refresh}").status_code == 204
    assert portal.call("GET", f"/oauth/v1/refresh-tokens/{refresh}").status_code == 404
    assert refreshed(portal).status_code == 400


@pytest.mark.parametrize(
    ("switch", "word"), [("expired", "EXPIRED_AUTHENTICATION"), ("invalid", "INVALID_AUTHENTICATION")]
)
def test_an_expired_token_is_refused_in_one_of_two_words(make, switch, word) -> None:
    portal = make(expired_category=switch)
    bearer = refreshed(portal).json()["access_token"]
    portal.arm(kind="expire_token")
    assert enters(portal, bearer) == (401, word)
    assert enters(portal, refreshed(portal).json()["access_token"])[0] == 200


def test_a_key_is_revoked_until_the_fault_is_taken_away(portal) -> None:
    assert enters(portal, "pat-eu1-nobody") == (401, "INVALID_AUTHENTICATION")
    portal.arm(kind="session_invalid")
    assert portal.call("GET", DETAILS).status_code == 401
    assert portal.call("GET", DETAILS).status_code == 200
    portal.arm(kind="revoke_key")
    for _ in range(2):
        assert portal.call("GET", DETAILS).status_code == 401
    portal.running.crm.faults.disarm()
    assert portal.call("GET", DETAILS).status_code == 200


def test_a_key_may_do_what_its_scopes_allow(make) -> None:
    portal = make(scopes="crm.objects.companies.read crm.schemas.contacts.read")
    portal.get(f"{D}/companies", limit=1)
    portal.get("/crm/properties/2026-03/contacts")
    portal.post(f"{D}/companies/search", {"limit": 1})
    portal.get(DETAILS)
    for method, path, scope in (
        ("GET", f"{D}/contacts", "crm.objects.contacts.read"),
        ("PATCH", f"{D}/companies/98501", "crm.objects.companies.write"),
        ("POST", f"{D}/companies/batch/update", "crm.objects.companies.write"),
        ("GET", "/crm/owners/2026-03", "crm.objects.owners.read"),
        ("GET", "/crm/pipelines/2026-03/deals", "crm.schemas.deals.read"),
    ):
        answer = portal.call(method, path, json={} if method != "GET" else None)
        assert (answer.status_code, answer.json()["category"]) == (403, "MISSING_SCOPES")
        assert answer.json()["message"].startswith("This app hasn't been granted all required scopes")
        assert scope in answer.json()["errors"][0]["context"]["requiredGranularScopes"]


def test_a_missing_scope_may_be_told_without_context(make) -> None:
    portal = make(missing_scopes_context="off")
    portal.arm(kind="missing_scope", scope="crm.objects.companies.read")
    assert "context" not in portal.get(f"{D}/companies", 403)["errors"][0]
    portal.get(f"{D}/companies")
