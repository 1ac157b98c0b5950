"""Journal, settings, acts, connections, secrets, descriptions, exchanges, workers: what is put is given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.store.making import START, connect
from writeback.errors import ConfigurationError
from writeback.model.attributes import Option
from writeback.model.connections import Environment, Org, Safety, SignInState
from writeback.model.events import EventKind
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription, ReferenceInfo, Usage
from writeback.store import acts, connections, descriptions, exchanges, journal, secrets, settings, workers
from writeback.store.workspace import Workspace
from writeback.worker.main import _tidy as tidy

ORG = Org("00D1", "Acme", "me@acme.test", Environment.PRODUCTION, "Developer")


def test_the_journal_numbers_what_happened(workspace: Workspace) -> None:
    with workspace.writing() as db:
        first = journal.note(db, at=START, kind=EventKind.JOB_CHANGED, subject="j1")
        second = journal.note(db, at=START, kind=EventKind.JOB_CHANGED, subject="j2")
        assert journal.head(db) == second > first
        assert [event.subject for event in journal.since(db, first)] == ["j2"]
        assert [event.subject for event in journal.since(db, 0, limit=1)] == ["j1"]


def test_a_journal_number_is_never_given_twice(workspace: Workspace) -> None:
    with workspace.writing() as db:
        first = journal.note(db, at=START, kind=EventKind.JOB_CHANGED, subject="j1")
        db.exec_driver_sql("delete from journal")
        assert journal.note(db, at=START, kind=EventKind.JOB_CHANGED, subject="j2") > first


def test_settings_are_json(workspace: Workspace) -> None:
    with workspace.writing() as db:
        settings.put(db, "a", {"b": [1, None, "ü"]})
        assert settings.get(db, "a") == {"b": [1, None, "ü"]}
        settings.put(db, "a", 2)
        assert settings.get(db, "a") == 2
        settings.remove(db, "a")
        assert settings.get(db, "a", "nothing") == "nothing"
        assert [settings.next_number(db, "n") for _ in range(3)] == [1, 2, 3]


def test_an_act_is_remembered_by_its_id(workspace: Workspace) -> None:
    with workspace.writing() as db:
        assert acts.remembered(db, "a1") is None
        acts.remember(db, act_id="a1", call="submit", answer='{"x":1}', at=START)
        assert acts.remembered(db, "a1") == '{"x":1}'
        assert acts.forget(db, before=START) == 0
        assert acts.forget(db, before=START + timedelta(seconds=1)) == 1


def test_a_connection_is_found_by_id_and_by_name(workspace: Workspace) -> None:
    made = connect(workspace, "Acme")
    other = connect(workspace, "Beta")
    with workspace.reading() as db:
        assert connections.get(db, made.id) == connections.get(db, "Acme") == made
        assert connections.every(db) == (made, other)
        with pytest.raises(ConfigurationError):
            connections.get(db, "Gamma")


def test_all_of_a_connection_is_kept(workspace: Workspace) -> None:
    made = connect(workspace)
    wished = replace(
        made,
        name="New",
        token_file="/a/b",
        is_simulator=True,
        org=ORG,
        safety=Safety.SILENT,
        read_only=True,
        write_on_save=True,
        sign_in=SignInState.NEEDED,
        options=(("api", "61.0"), ("client_id", "x")),
    )
    with workspace.writing() as db:
        connections.change(db, wished)
        assert connections.get(db, "New") == wished


@pytest.mark.parametrize("name", ["Acme", "c1", ""])
def test_a_name_that_would_be_ambiguous_is_refused(workspace: Workspace, name: str) -> None:
    connect(workspace)
    with pytest.raises(ConfigurationError):
        connect(workspace, name)


def test_the_longer_wait_stands(workspace: Workspace) -> None:
    made = connect(workspace)
    long, short = START + timedelta(hours=1), START + timedelta(minutes=1)
    with workspace.writing() as db:
        assert connections.wait_of(db, made.id) is None
        connections.put_wait(db, made.id, until=long, reason="daily quota")
        connections.put_wait(db, made.id, until=short, reason="busy")
        assert connections.wait_of(db, made.id) == (long, "daily quota")
        connections.put_wait(db, made.id, until=None)
        assert connections.wait_of(db, made.id) is None


def test_usage_and_sign_in_are_kept(workspace: Workspace) -> None:
    made = connect(workspace)
    with workspace.writing() as db:
        connections.put_usage(db, made.id, [Usage("DailyApiRequests", 10, 15000)])
        connections.set_sign_in(db, made.id, SignInState.NEEDED, at=START)
        assert connections.usage_of(db, made.id) == (Usage("DailyApiRequests", 10, 15000),)
        assert connections.get(db, made.id).sign_in is SignInState.NEEDED


def test_envelopes_are_kept_by_connection_and_field(workspace: Workspace) -> None:
    made = connect(workspace)
    with workspace.writing() as db:
        secrets.put(db, made.id, "refresh", b"\0old")
        secrets.put(db, made.id, "refresh", b"\0new")
        secrets.put(db, made.id, "access", b"x")
        assert secrets.of(db, made.id)["refresh"] == b"\0new"
        assert [field for _, field, _ in secrets.every(db)] == ["access", "refresh"]
        secrets.remove(db, made.id, "access")
        secrets.remove(db, made.id)
        assert secrets.every(db) == ()


def test_a_description_survives_storing(workspace: Workspace) -> None:
    made = connect(workspace)
    owner = FieldInfo(
        "OwnerId",
        "Owner",
        AttributeType.USER_REF,
        "reference",
        length=18,
        is_updateable=True,
        options=(Option("a", "A", active=False),),
        reference=ReferenceInfo("Owner", ("User", "Group"), is_polymorphic=True),
    )
    described = ObjectDescription(
        "Account", "Account", "Id", "Name", "SystemModstamp", is_updateable=True,
        fields=(owner, FieldInfo("BillingAddress", "Address", None, "address")),
    )  # fmt: skip
    with workspace.writing() as db:
        assert descriptions.get(db, made.id, "Account") is None
        descriptions.put(db, made.id, described, at=START)
        assert descriptions.get(db, made.id, "Account") == (described, START)
        descriptions.forget(db, made.id)
        assert descriptions.get(db, made.id, "Account") is None


def test_exchanges_are_kept_until_their_time_is_over(workspace: Workspace) -> None:
    made = connect(workspace)
    told = exchanges.Exchange(made.id, START, "PATCH", "/x", None, 0.5, "req", "ans", "j1", "a1")
    with workspace.writing() as db:
        numbers = [exchanges.add(db, told) for _ in range(3)]
        assert exchanges.of_job(db, "j1", after=numbers[1]) == ((numbers[2], told),)
        assert exchanges.purge(db, before=START) == 0
        assert exchanges.purge(db, before=START + timedelta(seconds=1), most=2) == 2
        assert len(exchanges.of_job(db, "j1")) == 1


def test_a_worker_that_starts_drops_exchanges_of_a_week_ago(workspace: Workspace) -> None:
    made = connect(workspace)
    now = workspace.now()
    with workspace.writing() as db:
        for days, job in ((8, "old"), (6, "young")):
            at = now - timedelta(days=days)
            exchanges.add(db, exchanges.Exchange(made.id, at, "GET", "/x", 200, 0.1, "", "", job, None))
    tidy(workspace)
    with workspace.reading() as db:
        assert exchanges.of_job(db, "old") == ()
        assert len(exchanges.of_job(db, "young")) == 1


def test_workers_tell_of_themselves(workspace: Workspace) -> None:
    first = workers.Worker("w1", 10, START, START, "j1")
    second = workers.Worker("w2", 11, START, START + timedelta(seconds=3))
    with workspace.writing() as db:
        workers.beat(db, first)
        workers.beat(db, second)
        workers.beat(db, replace(first, beat_at=START + timedelta(seconds=9)))
        assert [worker.id for worker in workers.every(db)] == ["w1", "w2"]
        workers.remove(db, "w1")
        assert workers.every(db) == (second,)
