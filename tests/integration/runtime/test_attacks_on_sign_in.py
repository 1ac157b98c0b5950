"""Attacks on a real sign-in, against the simulator: forged redirects (S4) and keyrings that fail (S11)."""

import http.client
from collections import abc
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.integration.runtime.test_connection_life import keychain_of
from tests.unit.vault import backends as bad
from tests.unit.vault.test_vaults import FAILING
from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.runtime.facade import ConnectionWish, SignInStarted
from writeback.runtime.runtime import Runtime, new_id
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import load

SECRET = "pat-na1-canary-3f1c"


@pytest.fixture(scope="module")
def crms() -> abc.Iterator[dict[str, Running]]:
    with (
        start_simulator(SimulatorWish("salesforce", rows=3)) as salesforce,
        start_simulator(SimulatorWish("zoho", rows=3)) as zoho,
    ):
        yield {"salesforce": salesforce, "zoho": zoho}


@pytest.fixture
def runtime(tmp_path: Path) -> abc.Iterator[Runtime]:
    path = tmp_path / "w" / "w.writeback"
    with Runtime.open(path, settings=load(), create=True, keychain=keychain_of(bad.Native())) as made:
        yield made


def begin(runtime: Runtime, crm: Running, connector: str) -> SignInStarted:
    form = [("client_id", crm.credentials.get("client_id", "3MVG9simulator"))]
    form += [("login", "test")] if connector == "salesforce" else [("data_centre", "us"), ("port", "18765")]
    secrets = (("client_secret", crm.credentials["client_secret"]),) if connector == "zoho" else ()
    wish = ConnectionWish(connector, connector, endpoint=crm.url, form=tuple(form), secrets=secrets)
    return runtime.begin_sign_in(wish, act=new_id())


def exchanges(crm: Running) -> int:
    """Count how often a code was to become a token."""
    told = crm.crm.requests.told()["requests"]
    assert isinstance(told, list)
    return sum("token" in str(one.get("path", "")) for one in told)


def forge(
    started: SignInStarted,
    *,
    method: str = "GET",
    host: str = "",
    **answer: str | None,
) -> None:
    """Ask the loopback address what an attacker would; None takes a part of the true answer out."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(started.url).query).items()}
    redirect = urlsplit(asked["redirect_uri"])
    told = {"code": "stolen", "state": asked["state"], **answer}
    query = urlencode({name: text for name, text in told.items() if text is not None})
    link = http.client.HTTPConnection("127.0.0.1", redirect.port or 80, timeout=5)
    link.request(method, f"{redirect.path}?{query}", headers={"Host": host or redirect.netloc})
    link.getresponse().read()
    link.close()


FORGED: dict[str, dict[str, str | None]] = {
    "no state": {"state": None},
    "an empty state": {"state": ""},
    "another state": {"state": "A" * 43},
    "no code": {"code": None},
    "a refusal of somebody else's": {"code": None, "error": "access_denied", "state": "A" * 43},
    "another method": {"method": "POST"},
    "a foreign host": {"host": "evil.example"},
    "an oversized answer": {"more": "x" * 9_000},
}


@pytest.mark.parametrize("connector", ["salesforce", pytest.param("zoho", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("attack", FORGED)
def test_a_forged_redirect_exchanges_no_code_and_makes_no_connection(
    runtime: Runtime, crms: dict[str, Running], connector: str, attack: str
) -> None:
    crm = crms[connector]
    before = exchanges(crm)
    started = begin(runtime, crm, connector)
    forge(started, **FORGED[attack])  # type: ignore[arg-type]  the parts of a case
    with pytest.raises(SignInRequiredError):
        runtime.finish_sign_in(started.attempt, act=new_id())
    assert exchanges(crm) == before
    assert runtime.told.connections() == ()


def test_the_very_answer_is_exchanged_once(runtime: Runtime, crms: dict[str, Running]) -> None:
    """The attacks above would be seen: a right state is believed, and the CRM knows its codes."""
    before = exchanges(crms["salesforce"])
    started = begin(runtime, crms["salesforce"], "salesforce")
    forge(started)
    with pytest.raises(SignInRequiredError):
        runtime.finish_sign_in(started.attempt, act=new_id())
    assert exchanges(crms["salesforce"]) == before + 1


def test_a_hostile_account_server_is_not_asked(runtime: Runtime, crms: dict[str, Running]) -> None:
    before = exchanges(crms["zoho"])
    started = begin(runtime, crms["zoho"], "zoho")
    forge(started, **{"accounts-server": "https://accounts.zoho.com.evil.example"})
    with pytest.raises((SignInRequiredError, ConfigurationError)):
        runtime.finish_sign_in(started.attempt, act=new_id())
    assert exchanges(crms["zoho"]) == before
    assert runtime.told.connections() == ()


def test_the_answer_of_one_sign_in_does_not_end_another(runtime: Runtime, crms: dict[str, Running]) -> None:
    before = exchanges(crms["salesforce"]), exchanges(crms["zoho"])
    one, other = begin(runtime, crms["salesforce"], "salesforce"), begin(runtime, crms["zoho"], "zoho")
    theirs = parse_qs(urlsplit(other.url).query)["state"][0]
    forge(one, state=theirs)
    with pytest.raises(SignInRequiredError):
        runtime.finish_sign_in(one.attempt, act=new_id())
    runtime.cancel_sign_in(other.attempt)
    assert (exchanges(crms["salesforce"]), exchanges(crms["zoho"])) == before


@pytest.mark.parametrize("kind", FAILING, ids=[kind.__name__ for kind in FAILING])
def test_a_keyring_that_fails_lets_nobody_sign_in_and_leaves_no_secret(
    tmp_path: Path, kind: type[bad.Native]
) -> None:
    folder = tmp_path / "w"
    with (
        start_simulator(SimulatorWish("hubspot", rows=3)) as crm,
        Runtime.open(
            folder / "w.writeback", settings=load(), create=True, keychain=keychain_of(kind())
        ) as runtime,
    ):
        wish = ConnectionWish(
            "Hub", "hubspot", endpoint=crm.url, method="typed", secrets=(("token", SECRET),)
        )
        with pytest.raises(ConfigurationError) as caught:
            runtime.connect(wish, act=new_id())
        assert caught.value.code.startswith("vault.")
        assert runtime.told.connections() == ()
        assert SECRET not in str(caught.value)
    for path in folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
