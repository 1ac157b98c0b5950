"""The identity provider by bare HTTP: what msal would not let a test send (contract, section 2)."""

import base64
import hashlib
import re
from collections import abc
from urllib.parse import parse_qs, urlsplit

import requests
from plugins.dynamics.tests.simulator.conftest import Client

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


class Tenant:
    """Talks to the identity provider of one simulator."""

    def __init__(self, org: Client) -> None:
        self.org = org
        self.told = org.running.credentials
        self.base = f"{org.running.url}/{self.told['tenant_id']}/oauth2/v2.0"
        self.scope = f"{org.running.url}/user_impersonation"

    def authorize(self, **more: str) -> requests.Response:
        asked = {
            "client_id": self.told["client_id"],
            "response_type": "code",
            "redirect_uri": "http://localhost:5000",
            "scope": f"{self.scope} offline_access openid profile",
            "state": "s<1>",
            "nonce": "n1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        return self.org.http.get(
            f"{self.base}/authorize", params=asked | more, allow_redirects=False, timeout=30
        )

    def code(self, **more: str) -> str:
        answer = self.authorize(**more)
        assert answer.status_code == 302, answer.text
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]

    def token(self, **form: str) -> requests.Response:
        return requests.post(
            f"{self.base}/token", data={"client_id": self.told["client_id"], **form}, timeout=30
        )

    def exchange(self, code: str, **more: str) -> requests.Response:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": "http://localhost:5000"}
        return self.token(**{**form, "code_verifier": VERIFIER, **more})

    def works(self, token: str) -> bool:
        return self.org.get("WhoAmI", Authorization=f"Bearer {token}").status_code == 200


def error(answer: requests.Response) -> tuple[int, str, list[int]]:
    told = answer.json()
    return answer.status_code, told["error"], told["error_codes"]


def test_the_configuration_names_its_endpoints(org: Client) -> None:
    tenant = Tenant(org)
    for name in (tenant.told["tenant_id"], "organizations"):
        told = requests.get(
            f"{org.running.url}/{name}/v2.0/.well-known/openid-configuration", timeout=30
        ).json()
        assert told["token_endpoint"] == f"{org.running.url}/{name}/oauth2/v2.0/token"
        assert {"issuer", "authorization_endpoint", "device_authorization_endpoint"} <= set(told)
    other = requests.get(f"{org.running.url}/nobody/v2.0/.well-known/openid-configuration", timeout=30)
    assert error(other) == (400, "invalid_tenant", [90002])


def test_a_code_is_good_once_and_with_its_verifier_only(org: Client) -> None:
    tenant = Tenant(org)
    code = tenant.code()
    told = tenant.exchange(code).json()
    assert tenant.works(told["access_token"])
    assert told["scope"] == tenant.scope
    assert error(tenant.exchange(code)) == (400, "invalid_grant", [70008])
    assert error(tenant.exchange(tenant.code(), code_verifier="x" * 43)) == (400, "invalid_grant", [501481])
    assert error(tenant.exchange(tenant.code(), redirect_uri="http://localhost:1")) == (
        400,
        "invalid_grant",
        [500112],
    )
    late = tenant.code()
    org.clock.move(seconds=601)
    assert error(tenant.exchange(late)) == (400, "invalid_grant", [70008])


def test_the_form_is_posted_with_its_values_escaped(org: Client) -> None:
    page = Tenant(org).authorize(response_mode="form_post", client_info="1")
    assert page.headers["Content-Type"].startswith("text/html")
    assert 'method="POST"' in page.text
    assert 'name="state" value="s&lt;1&gt;"' in page.text
    assert re.search(r'name="client_info" value="[\w-]+"', page.text)


def test_only_registered_redirects_and_clients_are_served(
    org: Client, make: abc.Callable[..., Client]
) -> None:
    tenant = Tenant(org)
    for redirect in ("http://localhost", "http://localhost:1/", "http://localhost:65000"):
        assert tenant.authorize(redirect_uri=redirect).status_code == 302
    for redirect in (
        "http://127.0.0.1:5000",
        "https://localhost:5000",
        "http://evil.example",
        "http://localhost/x",
    ):
        assert error(tenant.authorize(redirect_uri=redirect)) == (400, "invalid_request", [50011])
    assert error(tenant.authorize(client_id="51f81489-12ee-4a9e-aaae-a2591f45987d"))[2] == [700016]
    other = Tenant(make(redirect_uris="http://127.0.0.1:5000/here", client_id="mine"))
    assert other.authorize(redirect_uri="http://127.0.0.1:5000/here", client_id="mine").status_code == 302
    assert other.authorize(redirect_uri="http://127.0.0.1:5001/here").status_code == 400


def test_a_declined_consent_goes_to_the_redirect(org: Client) -> None:
    org.arm(kind="access_denied")
    query = parse_qs(urlsplit(Tenant(org).authorize().headers["Location"]).query)
    assert (query["error"], query["state"]) == (["access_denied"], ["s<1>"])


def test_tokens_live_as_long_as_they_say_and_are_refreshed(org: Client) -> None:
    tenant = Tenant(org)
    told = tenant.exchange(tenant.code()).json()
    org.clock.move(seconds=told["expires_in"] - 1)
    assert tenant.works(told["access_token"])
    org.clock.move(seconds=1)
    assert not tenant.works(told["access_token"])
    form = {"grant_type": "refresh_token", "scope": f"{tenant.scope} offline_access openid"}
    fresh = tenant.token(**form, refresh_token=told["refresh_token"]).json()
    assert tenant.works(fresh["access_token"])
    assert error(tenant.token(**form, refresh_token=told["refresh_token"])) == (
        400,
        "invalid_grant",
        [700082],
    )
    given = tenant.token(**form, refresh_token=tenant.told["refresh_token"]).json()
    assert tenant.works(given["access_token"])


def test_an_application_signs_in_with_its_secret_and_the_default_scope(org: Client) -> None:
    tenant = Tenant(org)
    form = {"grant_type": "client_credentials", "scope": f"{org.running.url}/.default"}
    secret = tenant.told["client_secret"]
    assert tenant.works(tenant.token(**form, client_secret=secret).json()["access_token"])
    assert error(tenant.token(**form, client_secret="wrong")) == (401, "invalid_client", [7000215])
    wrong_scope = tenant.token(**form | {"scope": tenant.scope}, client_secret=secret)
    assert error(wrong_scope)[1] == "invalid_scope"
    assert error(tenant.token(grant_type="password")) == (400, "unsupported_grant_type", [70003])
    assert error(tenant.token()) == (400, "invalid_request", [900144])


def test_a_device_code_is_pending_slow_expired(org: Client) -> None:
    tenant = Tenant(org)
    form = {"client_id": tenant.told["client_id"], "scope": f"{tenant.scope} offline_access"}
    given = requests.post(f"{tenant.base}/devicecode", data=form, timeout=30).json()
    assert requests.get(given["verification_uri"], timeout=30).status_code == 200
    poll = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": given["device_code"]}
    assert error(tenant.token(**poll)) == (400, "authorization_pending", [70016])
    org.arm(kind="device_slow")
    assert error(tenant.token(**poll))[1] == "slow_down"
    told = tenant.token(**poll).json()
    assert tenant.works(told["access_token"])
    assert "refresh_token" in told
    assert error(tenant.token(**poll))[1] == "bad_verification_code"
    late = requests.post(f"{tenant.base}/devicecode", data=form, timeout=30).json()
    org.clock.move(seconds=late["expires_in"] + 1)
    assert error(tenant.token(**poll | {"device_code": late["device_code"]}))[1] == "expired_token"


def test_the_control_door_opens_with_the_first_token_even_when_all_are_dead(org: Client) -> None:
    org.arm(kind="expire_token")
    assert org.get("WhoAmI").status_code == 401
    assert org.http.get(f"{org.running.url}/__simulator__/applied", timeout=30).json() == []
