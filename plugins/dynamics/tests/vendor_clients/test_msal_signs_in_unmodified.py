"""Microsoft's sign-in library runs unmodified against the simulator's identity provider, over TLS."""

import html
import re
import threading
from collections import abc
from pathlib import Path

import pytest
import requests

from writeback.sdk.simulator import Fault, Running, serve
from writeback_dynamics.simulator import build

msal = pytest.importorskip("msal", reason="NOT RUN: msal is not installed")
pytestmark = [pytest.mark.vendor_clients, pytest.mark.timeout(120)]
_FIELD = re.compile(r'name="([^"]+)" value="([^"]*)"')


class Tenant:
    """The identity provider and how msal is pointed at it."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = str(running.ca)
        self.scopes = [f"{running.url}/user_impersonation"]

    @property
    def common(self) -> dict[str, object]:
        tenant = self.running.credentials["tenant_id"]
        return {
            "authority": f"{self.running.url}/{tenant}",
            "instance_discovery": False,
            "http_client": self.http,
        }

    def public(self, **more: object) -> object:
        return msal.PublicClientApplication(self.running.credentials["client_id"], **self.common, **more)

    def confidential(self, secret: str | None = None) -> object:
        told = self.running.credentials
        secret = secret or told["client_secret"]
        return msal.ConfidentialClientApplication(told["client_id"], client_credential=secret, **self.common)

    def who(self, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return self.http.get(f"{self.running.url}/api/data/v9.2/WhoAmI", headers=headers, timeout=30)

    def browse(self, address: str) -> None:
        """Be the browser: open the page and send the form it holds."""
        page = self.http.get(address, timeout=30).text
        action = html.unescape(re.search(r'action="([^"]+)"', page)[1])
        fields = {name: html.unescape(value) for name, value in _FIELD.findall(page)}
        requests.post(action, data=fields, timeout=30)

    def arm(self, **fault: object) -> None:
        self.running.crm.faults.arm(Fault.read(fault))


@pytest.fixture
def tenant(tmp_path: Path) -> abc.Iterator[Tenant]:
    with serve(build(rows=10), https=True, folder=tmp_path) as running:
        made = Tenant(running)
        yield made
        made.http.close()


def interactive(tenant: Tenant, app: object) -> dict[str, object]:
    browsers: list[threading.Thread] = []

    def open_page(address: str) -> None:
        browsers.append(threading.Thread(target=tenant.browse, args=(address,)))
        browsers[-1].start()

    told = app.acquire_token_interactive(tenant.scopes, auth_uri_callback=open_page, timeout=60)
    for browser in browsers:
        browser.join()
    return told


def test_it_signs_in_by_the_browser_and_refreshes(tenant: Tenant) -> None:
    cache = msal.SerializableTokenCache()
    app = tenant.public(token_cache=cache)
    told = interactive(tenant, app)
    assert "error" not in told, told
    assert tenant.who(told["access_token"]).status_code == 200
    [account] = app.get_accounts()
    assert account["username"].endswith("@northwind.example")
    fresh = app.acquire_token_silent(tenant.scopes, account, force_refresh=True)
    assert fresh["access_token"] != told["access_token"]
    assert tenant.who(fresh["access_token"]).status_code == 200


def test_a_declined_consent_is_told(tenant: Tenant) -> None:
    tenant.arm(kind="access_denied")
    told = interactive(tenant, tenant.public())
    assert told["error"] == "access_denied"


def test_it_signs_in_by_a_device_code(tenant: Tenant) -> None:
    app = tenant.public()
    flow = app.initiate_device_flow(tenant.scopes)
    assert flow["user_code"] in flow["message"]
    flow["interval"] = 0  # ask again at once
    told = app.acquire_token_by_device_flow(flow)
    assert tenant.who(told["access_token"]).status_code == 200


def test_a_declined_device_code_is_told(tenant: Tenant) -> None:
    app = tenant.public()
    flow = app.initiate_device_flow(tenant.scopes)
    tenant.arm(kind="device_declined")
    assert app.acquire_token_by_device_flow(flow)["error"] == "authorization_declined"


def test_it_signs_in_as_an_application(tenant: Tenant) -> None:
    told = tenant.confidential().acquire_token_for_client([f"{tenant.running.url}/.default"])
    assert tenant.who(told["access_token"]).status_code == 200
    refused = tenant.confidential("wrong").acquire_token_for_client([f"{tenant.running.url}/.default"])
    assert refused["error"] == "invalid_client"
    assert refused["error_codes"] == [7000215]


def test_a_dead_refresh_token_asks_for_a_new_sign_in(tenant: Tenant) -> None:
    app = tenant.public()
    interactive(tenant, app)
    tenant.arm(kind="invalid_grant")
    [account] = app.get_accounts()
    told = app.acquire_token_silent_with_error(tenant.scopes, account, force_refresh=True)
    assert told["error"] == "invalid_grant"


def test_an_expired_token_is_refused_with_a_challenge(tenant: Tenant) -> None:
    told = tenant.confidential().acquire_token_for_client([f"{tenant.running.url}/.default"])
    tenant.arm(kind="expire_token")
    answer = tenant.who(told["access_token"])
    assert answer.status_code == 401
    assert "authorization_uri=" in answer.headers["WWW-Authenticate"]
