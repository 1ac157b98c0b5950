"""Sign in by the browser against the simulator, through the runtime: the secret sealed, the token renewed."""

import socket
import urllib.request
from collections import abc
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unit.vault.backends import Native
from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.runtime.facade import ConnectionWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Fault, Running
from writeback.settings import load
from writeback.vault.keychains import Keychain


@contextmanager
def simulated(**options: str) -> abc.Iterator[Running]:
    """A simulator of its own for each test: they kill its tokens."""
    with start_simulator(SimulatorWish("zoho", rows=10, options=options)) as running:
        yield running


@pytest.fixture
def runtime(tmp_path: Path) -> abc.Iterator[Runtime]:
    backend = Native()
    natives = frozenset({f"{type(backend).__module__}.{type(backend).__qualname__}"})
    keychain = Keychain(lambda: backend, natives=natives)
    path = tmp_path / "w" / "test.writeback"
    with Runtime.open(path, settings=load({}), create=True, keychain=keychain) as opened:
        yield opened


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wish_of(simulator: Running, **secrets: str) -> ConnectionWish:
    form = (
        ("client_id", simulator.credentials["client_id"]),
        ("data_centre", "us"),
        ("port", str(free_port())),
    )
    return ConnectionWish(
        "Browser", "zoho", endpoint=simulator.url, form=form, secrets=tuple(secrets.items())
    )


def visit(url: str) -> None:
    """Do what the system browser does: open the page and follow its redirect to loopback."""
    with urllib.request.urlopen(url, timeout=20) as page:  # noqa: S310  an address of our own simulator
        page.read()


def test_a_browser_sign_in_keeps_the_secret_sealed_and_renews_the_token(
    runtime: Runtime, tmp_path: Path
) -> None:
    with simulated() as simulator:
        secret = simulator.credentials["client_secret"]
        started = runtime.begin_sign_in(wish_of(simulator, client_secret=secret), act="a1")
        assert "access_type=offline" in started.url
        visit(started.url)
        made = runtime.finish_sign_in(started.attempt, act="a2")
        assert made.auth == "oauth"
        assert made.org is not None
        session = runtime.sessions.open(made.id)
        for _time in range(2):
            simulator.crm.faults.arm(Fault.read({"kind": "expire_token"}))
            assert session.count("Accounts") == 10
        runtime.sessions.flush()
        for path in (tmp_path / "w").iterdir():
            assert secret.encode() not in path.read_bytes(), path


def test_a_redirect_that_names_a_foreign_server_gets_no_code(runtime: Runtime) -> None:
    with simulated(accounts_server="https://accounts.evil.example") as simulator:
        secret = simulator.credentials["client_secret"]
        started = runtime.begin_sign_in(wish_of(simulator, client_secret=secret), act="a1")
        visit(started.url)
        with pytest.raises(SignInRequiredError, match=r"zoho\.unknown_accounts_server"):
            runtime.finish_sign_in(started.attempt, act="a2")


def test_an_api_that_is_none_of_zohos_is_not_connected_to(runtime: Runtime) -> None:
    with simulated(api_domain="https://www.zohoapis.evil.example") as simulator:
        secret = simulator.credentials["client_secret"]
        started = runtime.begin_sign_in(wish_of(simulator, client_secret=secret), act="a1")
        visit(started.url)
        with pytest.raises(SignInRequiredError, match=r"zoho\.unknown_api_domain"):
            runtime.finish_sign_in(started.attempt, act="a2")


def test_without_the_secret_no_sign_in_begins(runtime: Runtime) -> None:
    with simulated() as simulator, pytest.raises(ConfigurationError, match=r"sign_in\.needs_secret"):
        runtime.begin_sign_in(wish_of(simulator), act="a1")
