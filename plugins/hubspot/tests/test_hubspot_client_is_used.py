"""Owners, properties, search and batches go through hubspot-api-client; without it there is no session."""

import inspect
import subprocess
import sys

import hubspot.crm.associations.v4.exceptions
import hubspot.crm.objects.exceptions
import hubspot.crm.owners.exceptions
import hubspot.crm.properties.exceptions
import hubspot.crm.schemas.exceptions
import pytest
from plugins.hubspot.tests.talking import Talk

from writeback.errors import ConnectorError
from writeback.model.jobs import Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest
from writeback_hubspot.session import seam

BLOCKED = """
import sys
sys.modules["hubspot"] = None
from writeback_hubspot import writeback_connectors
try:
    writeback_connectors()
except ImportError:
    print("no session")
"""
MARK = "hubspot-api-client-python; Writeback"
RAW = ("/account-info/",)
"""What the package does not know."""


def test_without_the_library_there_is_no_session() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "no session"


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    heavy = "('hubspot', 'requests', 'urllib3')"
    code = f"import sys, writeback_hubspot; print(*[name in sys.modules for name in {heavy}])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "False", "False"]


def use_everything(talk: Talk) -> None:
    session = talk.session
    session.whoami()
    session.usage()
    session.objects()
    for name in ("contacts", "companies", "owners"):
        session.describe(name)
    (page,) = session.read(ReadQuery("contacts", ("email", "owner.email", "company.name"), limit=2))
    session.count("contacts")
    list(session.read_deletes("contacts", since="2026-01-01T00:00:00.000Z"))
    keys = [row[0] for row in page.rows]
    for field, value in (("phone", "1"), ("hs_association_company", "98501")):
        wish = FieldWish(field, AttributeType.TEXT, value)
        for route in (Route.SINGLE, Route.BATCH):
            write = Write("k", keys[0], None, (wish,))
            session.write(session.prepare(WriteRequest("contacts", (write,), route, is_conditional=False)))


def test_every_call_but_those_it_lacks_carries_the_librarys_mark(talk: Talk) -> None:
    use_everything(talk)
    agents = {
        exchange.url.removeprefix(talk.running.url): dict(exchange.request_headers).get("User-Agent")
        for exchange in talk.exchanges
    }
    assert len(agents) >= 12
    unmarked = {path for path, agent in agents.items() if agent != MARK}
    assert all(path.startswith(RAW) for path in unmarked)
    assert unmarked


def test_no_model_object_is_made_for_a_row(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubspot.crm.objects import ApiClient  # noqa: PLC0415  used here alone

    def refuse(*_arguments: object) -> None:
        raise AssertionError("deserialised")

    monkeypatch.setattr(ApiClient, "deserialize", refuse)
    use_everything(talk)


def test_the_api_objects_are_made_once_for_a_token(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    create = seam.hubspot.Client.create

    def counted(**settings: object) -> object:
        made.append(str(settings["access_token"]))
        return create(**settings)

    monkeypatch.setattr(seam.hubspot.Client, "create", counted)
    use_everything(talk)
    assert made == [talk.running.token]
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    talk.session.count("contacts")
    assert made == [talk.running.token, "pat-na1-spoilt", talk.running.token]


def test_the_package_opens_no_connection_of_its_own(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib3  # noqa: PLC0415  used here alone

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a pool of its own")

    monkeypatch.setattr(urllib3.PoolManager, "urlopen", refuse)
    use_everything(talk)
    assert all(exchange.url.startswith(talk.running.url) for exchange in talk.exchanges)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 500, 502])
def test_no_exception_of_the_package_leaves_the_session(talk: Talk, status: int) -> None:
    talk.session.describe("companies")
    packages = (
        hubspot.crm.objects.exceptions,
        hubspot.crm.owners.exceptions,
        hubspot.crm.properties.exceptions,
        hubspot.crm.schemas.exceptions,
        hubspot.crm.associations.v4.exceptions,
    )
    foreign = {kind for package in packages for _name, kind in inspect.getmembers(package, inspect.isclass)}
    for form in ("json", "html"):
        talk.fault("status", status=status, form=form, times=None)
        with pytest.raises(ConnectorError) as caught:
            talk.session.count("companies")
        assert type(caught.value) not in foreign
        assert caught.value.__cause__ is None
        talk.running.crm.faults.disarm()
