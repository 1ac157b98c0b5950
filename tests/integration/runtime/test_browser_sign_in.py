"""Sign in by the browser against the simulator: PKCE on loopback, sealed tokens, refresh, rotation."""

import sqlite3
import urllib.error
import urllib.request
from collections import abc

import pytest

from tests.integration.runtime.conftest import Place
from tests.unit.vault.backends import Locked, Native
from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.model.changes import Origin
from writeback.model.connections import SignInState
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.jobs import JobState
from writeback.model.types import ConnectionId
from writeback.runtime.facade import ConnectionWish, Edit, IntegrationWish, PlanSource
from writeback.runtime.reading import Reading
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Fault, Running
from writeback.settings import Settings
from writeback.vault.keychains import Keychain


def keychain_of(backend: Native) -> Keychain:
    kind = type(backend)
    return Keychain(lambda: backend, natives=frozenset({f"{kind.__module__}.{kind.__qualname__}"}))


@pytest.fixture
def simulator() -> abc.Iterator[Running]:
    """A simulator of its own for each test: they kill its tokens."""
    with start_simulator(SimulatorWish("salesforce", rows=40)) as running:
        yield running


@pytest.fixture
def runtime(place: Place, settings: Settings) -> abc.Iterator[Runtime]:
    with Runtime.open(
        place.workspace, settings=settings, create=True, keychain=keychain_of(Native())
    ) as opened:
        yield opened


def wish(place: Place) -> ConnectionWish:
    form = (("client_id", "3MVG9simulator"), ("login", "test"))
    return ConnectionWish("Browser", "salesforce", endpoint=place.simulator.url, form=form)


def visit(url: str) -> None:
    """Do what the system browser does: open the page and follow its redirect to loopback."""
    with urllib.request.urlopen(url, timeout=20) as page:  # noqa: S310  an address of our own simulator
        page.read()


def signed_in(runtime: Runtime, place: Place):
    started = runtime.begin_sign_in(wish(place), act="attempt-1")
    visit(started.url)
    return runtime.finish_sign_in(started.attempt, act="finish-1")


def test_a_browser_sign_in_pins_the_org_and_keeps_no_token_in_clear(place: Place, runtime: Runtime) -> None:
    made = signed_in(runtime, place)
    assert made.auth == "oauth"
    assert made.org is not None
    assert runtime.test_connection("Browser").lines[0].is_good
    runtime.sessions.flush()
    for path in place.workspace.parent.iterdir():
        content = path.read_bytes()
        for shape in (
            b"5Aep861",
            made.org.id[:15].encode() + b"!AQ",
        ):  # what the simulator's tokens begin with
            assert shape not in content, path


def test_expired_sessions_are_refreshed_and_rotated_tokens_kept(place: Place, settings: Settings) -> None:
    wanted = SimulatorWish("salesforce", rows=40, options={"rotate_refresh_tokens": "on"})
    with start_simulator(wanted) as simulator:
        here = Place(place.folder, place.workspace, simulator)
        keyring = Native()
        for number in range(3):  # each run starts from what the one before stored
            with Runtime.open(
                place.workspace, settings=settings, create=True, keychain=keychain_of(keyring)
            ) as runtime:
                if not number:
                    signed_in(runtime, here)
                made = runtime.sessions.connection(ConnectionId("c1"))
                session = runtime.sessions.open(made.id)
                for _ in range(3):
                    simulator.crm.faults.arm(Fault.read({"kind": "expire_token"}))
                    assert session.count("Account") == 40
                assert runtime.sessions.connection(made.id).sign_in is SignInState.READY


def test_a_revoked_sign_in_asks_for_a_new_one_and_pauses_the_connection(
    place: Place, runtime: Runtime
) -> None:
    made = signed_in(runtime, place)
    session = runtime.sessions.open(made.id)
    place.simulator.crm.faults.arm(
        Fault.read({"kind": "expire_token"}), Fault.read({"kind": "invalid_grant"})
    )
    with pytest.raises(SignInRequiredError):
        session.count("Account")
    assert runtime.sessions.connection(made.id).sign_in is SignInState.NEEDED
    signed_in_again = runtime.begin_sign_in(wish(place), act="attempt-2")
    visit(signed_in_again.url)
    assert runtime.finish_sign_in(signed_in_again.attempt, act="finish-2").id == made.id
    assert runtime.sessions.open(made.id).count("Account") == 40


def test_signing_in_again_loses_no_queued_work(place: Place, runtime: Runtime) -> None:
    signed_in(runtime, place)
    integration = runtime.add_integration(IntegrationWish("Browser", "Account"), act="i1")
    mappings = (
        FieldMapping(FieldPath.parse("Name"), "name"),
        FieldMapping(FieldPath.parse("Description"), "notes", write_back=True),
    )
    runtime.map_fields(integration.id, mappings, act="m1")
    runtime.pull(integration.id, act="pull1")
    rids = [record.id for record in runtime.told.records("account", limit=6).records]
    edits = tuple(Edit(rid, "notes", f"note {rid}") for rid in rids)
    runtime.save_edits(edits[:5], origin=Origin.SEGMENT, author="ana", act="e1")
    (job,) = runtime.submit(runtime.propose(PlanSource(kind="drafts"), act="p1").id, act="s1")
    runtime.save_edits(edits[5:], origin=Origin.SEGMENT, author="ana", act="e2")
    place.simulator.crm.faults.arm(
        Fault.read({"kind": "expire_token"}), Fault.read({"kind": "invalid_grant"})
    )
    runtime.run_until_final((job,))
    waiting = runtime.told.job(job)
    assert waiting.state is JobState.STOPPED
    assert waiting.counts.applied == 0
    again = runtime.begin_sign_in(wish(place), act="attempt-2")
    visit(again.url)
    made = runtime.finish_sign_in(again.attempt, act="finish-2")
    assert (made.id, made.sign_in) == ("c1", SignInState.READY)
    runtime.resume(job, act="resume-1")
    runtime.run_until_final((job,))
    ended = runtime.told.job(job)
    assert (ended.state, ended.counts.applied) == (JobState.DONE, 5)
    reads = Reading.open(place.workspace, now=runtime.workspace.now, new_id=runtime.new_id)
    assert [draft.rid for draft in reads.drafts()] == rids[5:]  # what was typed meanwhile still waits
    reads.close()
    assert runtime.doctor().ok


def test_a_refused_sign_in_leaves_no_connection(place: Place, runtime: Runtime) -> None:
    place.simulator.crm.faults.arm(Fault.read({"kind": "access_denied"}))
    started = runtime.begin_sign_in(wish(place), act="attempt-1")
    try:
        visit(started.url)
    except urllib.error.HTTPError as error:
        error.close()
    with pytest.raises(SignInRequiredError):
        runtime.finish_sign_in(started.attempt, act="finish-1")
    with pytest.raises(ConfigurationError):
        runtime.test_connection("Browser")


def test_without_a_usable_keyring_a_browser_sign_in_is_refused_before_it_starts(
    place: Place, settings: Settings
) -> None:
    with Runtime.open(
        place.workspace, settings=settings, create=True, keychain=keychain_of(Locked())
    ) as runtime:
        with pytest.raises(ConfigurationError) as told:
            runtime.begin_sign_in(wish(place), act="attempt-1")
        assert told.value.code == "vault.locked"
        # everything else goes on: a token by reference needs no keyring
        assert runtime.connect(place.wish(), act="a1").name == "Northwind"


def test_the_secrets_table_holds_envelopes_only(place: Place, runtime: Runtime) -> None:
    signed_in(runtime, place)
    with sqlite3.connect(place.workspace) as db:
        rows = db.execute("select field, envelope from secrets order by field").fetchall()
    db.close()
    assert [field for field, _ in rows] == ["access_token", "refresh_token"]
    assert all(isinstance(envelope, bytes) and len(envelope) > 40 for _, envelope in rows)
