"""Connections whose credentials lie in a file: one shared token, refreshed by one, and nothing in clear."""

import json
import threading
from collections import abc
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.integration.runtime.conftest import Place
from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.model.connections import SignInState
from writeback.model.types import ConnectionId
from writeback.runtime.facade import ConnectionWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Fault, Running
from writeback.settings import Settings

USER = "integration.user.0@northwind.example.sim"


@pytest.fixture(scope="module")
def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.private_bytes(*form).decode()


@pytest.fixture
def simulator() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("salesforce", rows=40)) as running:
        yield running


@pytest.fixture
def runtime(place: Place, settings: Settings) -> abc.Iterator[Runtime]:
    with Runtime.open(place.workspace, settings=settings, create=True) as opened:
        yield opened


def wish(place: Place, key: str, name: str = "Machine", **more: str) -> ConnectionWish:
    path = credentials(place.folder, client_id="3MVG9simulator", username=USER, private_key=key, **more)
    return ConnectionWish(
        name,
        "salesforce",
        endpoint=place.simulator.url,
        credentials_file=str(path),
        form=(("login", "test"),),
    )


def credentials(folder: Path, **values: str) -> Path:
    path = folder / "credentials.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(values))
    return path


def test_a_private_key_signs_in_and_needs_no_keyring(place: Place, runtime: Runtime, key: str) -> None:
    made = runtime.connect(wish(place, key), act="a1")
    assert (made.auth, made.sign_in) == ("credentials_file", SignInState.READY)
    assert made.org is not None
    assert runtime.sessions.open(made.id).count("Account") == 40


def test_all_processes_share_one_token(place: Place, runtime: Runtime, settings: Settings, key: str) -> None:
    made = runtime.connect(wish(place, key), act="a1")
    before = len(_tokens_asked(place))
    for _ in range(3):
        with Runtime.open(place.workspace, settings=settings) as another:
            assert another.sessions.open(made.id).count("Account") == 40
    assert len(_tokens_asked(place)) == before == 1


def test_one_refreshes_while_the_others_wait(place: Place, runtime: Runtime, key: str) -> None:
    made = runtime.connect(wish(place, key), act="a1")
    place.simulator.crm.faults.arm(Fault.read({"kind": "expire_token"}))
    counts: list[int] = []

    def count() -> None:
        counts.append(runtime.sessions.open(made.id).count("Account"))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert counts == [40] * 4
    assert len(_tokens_asked(place)) == 2


def test_neither_key_nor_token_stands_in_the_workspace(place: Place, runtime: Runtime, key: str) -> None:
    runtime.connect(wish(place, key), act="a1")
    token = runtime.sessions.open(ConnectionId("c1"))
    assert token.count("Account") == 40
    runtime.sessions.flush()
    body = key.splitlines()[5].encode()
    for path in place.workspace.parent.iterdir():
        content = path.read_bytes()
        assert body not in content, path
        assert b"!AQ" not in content, path


def test_another_content_of_the_file_asks_for_a_new_token(
    place: Place, runtime: Runtime, settings: Settings, key: str
) -> None:
    made = runtime.connect(wish(place, key), act="a1")
    wish(place, key, audience="https://test.salesforce.com")
    with Runtime.open(place.workspace, settings=settings) as another:
        assert another.sessions.open(made.id).count("Account") == 40
    assert len(_tokens_asked(place)) == 2


def test_a_refused_key_leaves_no_connection_and_pauses_an_old_one(
    place: Place, runtime: Runtime, key: str
) -> None:
    path = credentials(place.folder, client_id="3MVG9simulator", username="nobody", private_key=key)
    refused = ConnectionWish("Nobody", "salesforce", endpoint=place.simulator.url, credentials_file=str(path))
    with pytest.raises(SignInRequiredError):
        runtime.connect(refused, act="a1")
    with pytest.raises(ConfigurationError):
        runtime.test_connection("Nobody")
    made = runtime.connect(wish(place, key), act="a2")
    credentials(place.folder, client_id="3MVG9simulator", username="nobody", private_key=key)
    place.simulator.crm.faults.arm(Fault.read({"kind": "expire_token"}))
    with pytest.raises(SignInRequiredError):
        runtime.sessions.open(made.id).count("Account")
    assert runtime.sessions.connection(made.id).sign_in is SignInState.NEEDED


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"client_id": "x"}, "salesforce.credential_missing"),
        ({"client_id": "x", "username": USER, "private_key": "no key"}, "salesforce.bad_option"),
        ({"client_id": 7}, "token_file.not_json"),
    ],
)
def test_a_file_that_cannot_serve_is_named(
    place: Place, runtime: Runtime, values: dict[str, str], code: str
) -> None:
    path = credentials(place.folder, **values)
    wanted = ConnectionWish("M", "salesforce", endpoint=place.simulator.url, credentials_file=str(path))
    with pytest.raises(ConfigurationError) as told:
        runtime.connect(wanted, act="a1")
    assert told.value.code == code


def test_two_connections_made_in_one_process_never_share_a_token(
    place: Place, runtime: Runtime, key: str
) -> None:
    with start_simulator(SimulatorWish("salesforce", rows=7, seed=2)) as other:
        there = Place(place.folder, place.workspace, other)
        runtime.connect(place.wish("first"), act="a1")
        second = runtime.connect(there.wish("second"), act="a2")
        third = runtime.connect(wish(place, key, "third"), act="a3")
        assert runtime.sessions.open(second.id).count("Account") == 7
        assert runtime.sessions.open(third.id).count("Account") == 40


def _tokens_asked(place: Place) -> list[str]:
    told = place.simulator.crm.requests.told()
    return [one["path"] for one in told["requests"] if one["path"].endswith("/oauth2/token")]
