"""The life of a connection: typed in, paused, disconnected, signed in again; nothing queued is lost."""

from collections import abc
from pathlib import Path

import pytest

from tests.unit.vault.backends import Native
from writeback.errors import ConfigurationError, GuardError, SignInRequiredError
from writeback.model.connections import Connection, SignInState
from writeback.model.jobs import JobState
from writeback.model.types import JobId
from writeback.runtime.facade import ConnectionWish, PlanSource
from writeback.runtime.runtime import Runtime, new_id
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Running
from writeback.settings import load
from writeback.store import secrets
from writeback.vault.keychains import Keychain

ROWS = 100


def keychain_of(backend: Native) -> Keychain:
    kind = type(backend)
    return Keychain(lambda: backend, natives=frozenset({f"{kind.__module__}.{kind.__qualname__}"}))


@pytest.fixture
def simulator() -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish("hubspot", rows=ROWS)) as running:
        yield running


@pytest.fixture
def runtime(tmp_path: Path) -> abc.Iterator[Runtime]:
    path = tmp_path / "w.writeback"
    with Runtime.open(path, settings=load({}), create=True, keychain=keychain_of(Native())) as made:
        yield made


def connect(runtime: Runtime, simulator: Running) -> Connection:
    wish = ConnectionWish(
        "Hub", "hubspot", endpoint=simulator.url, method="typed", secrets=(("token", simulator.token),)
    )
    return runtime.connect(wish, act=new_id())


def queued(runtime: Runtime, folder: Path, made: Connection) -> JobId:
    """Submit an edit of every company; nobody works on it."""
    file = folder / "edits.csv"
    pages = runtime.sessions.open(made.id).read(ReadQuery("companies", ("name",)))
    keys = [row[0] for page in pages for row in page.rows]
    file.write_text("\n".join(["hs_object_id,city", *(f"{key},Ulm" for key in keys)]) + "\n", "utf-8")
    source = PlanSource("file", path=str(file), connection="Hub", object="companies", key="hs_object_id")
    plan = runtime.propose(source, act=new_id())
    org = made.org.name if made.org is not None else ""
    overrides = tuple(strike.guard.value for group in plan.groups for strike in group.guards)
    (job,) = runtime.submit(plan.id, confirm_org=org, overrides=overrides, act=new_id())
    return job


def test_a_key_that_was_typed_goes_into_the_vault_and_nowhere_else(
    runtime: Runtime, simulator: Running, tmp_path: Path
) -> None:
    made = connect(runtime, simulator)
    assert (made.auth, made.sign_in, made.token_file) == ("oauth", SignInState.READY, None)
    assert made.sign_in_since is not None
    token = simulator.token.encode()
    runtime.sessions.flush()
    runtime.close()
    for place in tmp_path.glob("w.writeback*"):
        assert token not in place.read_bytes(), place


def test_queued_work_outlives_a_disconnect_that_is_refused_a_pause_and_a_new_sign_in(
    runtime: Runtime, simulator: Running, tmp_path: Path
) -> None:
    made = connect(runtime, simulator)
    job = queued(runtime, tmp_path, made)
    assert runtime.pause_connection("Hub", act=new_id()) == 1
    assert runtime.told.job(job).state is JobState.PAUSED
    with pytest.raises(GuardError, match=r"connection\.not_named"):
        runtime.disconnect("Hub", confirm_org="hub", act=new_id())
    org = made.org.name if made.org is not None else ""
    with pytest.raises(ConfigurationError, match=r"connection\.jobs_open"):
        runtime.disconnect("Hub", confirm_org=org, act=new_id())
    again = connect(runtime, simulator)
    assert again.id == made.id
    assert runtime.resume_connection("Hub", act=new_id()) == 1
    runtime.run_until_final([job])
    done = runtime.told.job(job)
    assert (done.state, done.counts.applied + done.counts.unchanged) == (JobState.DONE, ROWS)


def test_a_disconnected_connection_keeps_its_past_and_writes_nothing(
    runtime: Runtime, simulator: Running, tmp_path: Path
) -> None:
    made = connect(runtime, simulator)
    job = queued(runtime, tmp_path, made)
    runtime.run_until_final([job])
    org = made.org.name if made.org is not None else ""
    runtime.disconnect("Hub", confirm_org=org.upper(), act=new_id())
    (left,) = runtime.told.connections()
    assert (left.sign_in, left.read_only, left.scopes) == (SignInState.DISCONNECTED, True, ())
    with runtime.workspace.reading() as db:
        assert secrets.of(db, left.id) == {}
    assert runtime.told.job(job).counts.rows == ROWS
    with pytest.raises(SignInRequiredError):
        runtime.sessions.open(left.id)
    back = connect(runtime, simulator)
    assert (back.id, back.sign_in, back.read_only) == (made.id, SignInState.READY, True)


def test_a_connection_on_which_nothing_hangs_goes_whole(runtime: Runtime, simulator: Running) -> None:
    made = connect(runtime, simulator)
    runtime.disconnect("Hub", confirm_org=made.org.name if made.org else "", act=new_id())
    assert runtime.told.connections() == ()
