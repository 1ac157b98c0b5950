"""Sign-ins that a person finishes elsewhere, over every bundled connector that offers them."""

import sqlite3
import urllib.request
from collections import abc
from pathlib import Path

import pytest

from tests.integration.runtime.test_browser_sign_in import keychain_of
from tests.unit.vault.backends import Native
from writeback.errors import ConfigurationError
from writeback.host import Host
from writeback.model.types import ConnectionId
from writeback.runtime.facade import ConnectionWish, SignInStarted
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.manifest import AuthMethod
from writeback.sdk.simulator import Running
from writeback.settings import load

HOST = Host()
BUNDLED = [record.id for record in HOST.plugins() if record.manifest is not None]
BY_BROWSER = [one for one in BUNDLED if HOST.manifest(one).auth_of(AuthMethod.OAUTH)]
BY_CODE = [one for one in BUNDLED if HOST.manifest(one).auth_of(AuthMethod.DEVICE_CODE)]


def wish(name: str, simulator: Running, *, method: str) -> ConnectionWish:
    """Answer the form of a way of signing in by what the simulator knows, else by its defaults."""
    auth = HOST.manifest(name).auth_of(method)
    assert auth is not None
    known = {**simulator.credentials, "tenant": simulator.credentials.get("tenant_id", ""), "client_id": "x"}
    known |= {one: simulator.credentials[one] for one in ("client_id",) if one in simulator.credentials}
    form = {
        one: known.get(one) or str(field.default or "")
        for one, field in auth.form.properties.items()
        if one != "origin"
    }
    secrets = tuple((one, simulator.credentials[one]) for one in auth.secrets)
    answered = tuple((one, text) for one, text in form.items() if text)
    return ConnectionWish(name, name, endpoint=simulator.url, form=answered, method=method, secrets=secrets)


@pytest.fixture
def runtime(tmp_path: Path) -> abc.Iterator[Runtime]:
    path = tmp_path / "w" / "test.writeback"
    with Runtime.open(path, settings=load({}), create=True, keychain=keychain_of(Native())) as opened:
        yield opened


def visit(url: str) -> None:
    with urllib.request.urlopen(url, timeout=30) as page:  # noqa: S310  an address of our own simulator
        page.read()


def finish(runtime: Runtime, started: SignInStarted, simulator: Running, wanted: ConnectionWish) -> None:
    """Take the sign-in, then see that what was kept signs in again in another process."""
    made = runtime.finish_sign_in(started.attempt, act="finish")
    assert made.auth == "oauth"
    assert made.org is not None
    session = runtime.sessions.open(made.id)
    objects = HOST.manifest(wanted.connector).objects[0].name
    assert session.count(objects) == 12
    with sqlite3.connect(runtime.workspace.path) as db:
        fields = {row[0] for row in db.execute("select field from secrets")}
    db.close()
    assert {"access_token", "refresh_token"} <= fields
    for path in runtime.workspace.path.parent.iterdir():
        content = path.read_bytes()
        for _, secret in wanted.secrets:
            assert secret.encode() not in content


@pytest.mark.parametrize("name", BY_BROWSER)
def test_a_browser_sign_in_ends_in_a_pinned_connection(name: str, runtime: Runtime) -> None:
    with start_simulator(SimulatorWish(name, rows=12)) as simulator:
        wanted = wish(name, simulator, method="oauth")
        started = runtime.begin_sign_in(wanted, act="begin")
        assert started.code == ""
        visit(started.url)
        finish(runtime, started, simulator, wanted)


@pytest.mark.parametrize("name", BY_CODE)
def test_a_code_on_another_device_ends_in_a_pinned_connection(name: str, runtime: Runtime) -> None:
    with start_simulator(SimulatorWish(name, rows=12)) as simulator:
        wanted = wish(name, simulator, method="device_code")
        started = runtime.begin_sign_in(wanted, act="begin")
        assert started.code
        finish(runtime, started, simulator, wanted)


@pytest.mark.parametrize("name", BY_BROWSER)
def test_a_token_that_ended_is_refreshed_from_the_vault(name: str, runtime: Runtime) -> None:
    with start_simulator(SimulatorWish(name, rows=12)) as simulator:
        started = runtime.begin_sign_in(wish(name, simulator, method="oauth"), act="begin")
        visit(started.url)
        made = runtime.finish_sign_in(started.attempt, act="finish")
        stale = runtime.tokens.current(made, HOST.manifest(name))
        assert runtime.tokens.newer(made, stale, HOST.manifest(name)) != stale
        assert runtime.sessions.open(ConnectionId("c1")).count(HOST.manifest(name).objects[0].name) == 12


def test_a_way_that_a_connector_does_not_have_is_refused(runtime: Runtime) -> None:
    with start_simulator(SimulatorWish("salesforce", rows=12)) as simulator:
        wanted = ConnectionWish(
            "x", "salesforce", endpoint=simulator.url, form=(("client_id", "x"),), method="device_code"
        )
        with pytest.raises(ConfigurationError, match=r"sign_in\.no_such_way"):
            runtime.begin_sign_in(wanted, act="begin")
