"""What *test connection* says of rights and clocks."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from writeback.errors import LinkLostError, RetryableError
from writeback.model.connections import Connection, Environment, Org
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import ConnectionId, IntegrationId
from writeback.runtime.connection_tests import look_at
from writeback.runtime.facade import CheckLine
from writeback.runtime.sessions import Sessions
from writeback.sdk.manifest import Manifest, read_manifest
from writeback.sdk.values import ObjectInfo

ACME = Connection(
    ConnectionId("c1"),
    "Acme",
    "salesforce",
    "https://acme.example",
    "oauth",
    org=Org("O1", "Acme", "ana", Environment.TEST),
)


MANIFEST = """
id = "salesforce"
title = "Salesforce"
api = 1
publisher = "Tests"
hosts = ["*.acme.example"]
abilities = ["SignsInByBrowser"]
[[auth]]
method = "oauth"
title = "Browser"
guide = { scopes = ["api", "refresh_token"] }
[routes]
single = { most_rows = 1, assurance = ["B"] }
[limits]
server_seconds = 60
"""


class Answering:
    """A session and the sessions at once: answers as told."""

    def __init__(
        self, *, gap: timedelta | None = None, objects: tuple[ObjectInfo, ...] = (), org: str = "O1"
    ):
        self.gap, self.known, self.org = gap, objects, org

    error: RetryableError | None = None

    def open_as(self, connection: Connection) -> "Answering":
        if self.error is not None:
            raise self.error
        return self

    def has_proxy(self, connection: Connection) -> bool:
        return False

    def manifest(self, connector: str) -> Manifest:
        return read_manifest(MANIFEST.encode())

    def clock_gap(self, connection_id: ConnectionId) -> timedelta | None:
        return self.gap

    def whoami(self) -> Org:
        return Org(self.org, "Acme", "ana", Environment.TEST)

    def objects(self) -> tuple[ObjectInfo, ...]:
        return self.known


def lines(answering: Answering, what: str, *integrations: Integration) -> list[CheckLine]:
    told = look_at(ACME, cast("Sessions", answering), integrations)
    return [line for line in told.lines if line.what == what]


def pulled(name: str, *, write_back: bool = False) -> Integration:
    mapping = FieldMapping(FieldPath.parse("Name"), "name", write_back=write_back)
    return Integration(IntegrationId("i1"), ACME.id, name, "account", "Id", mappings=(mapping,))


@pytest.mark.parametrize(
    ("seconds", "is_good", "words"),
    [
        (1.4, True, "same time"),
        (-2, True, "same time"),
        (30, True, "the CRM's clock is 30 s ahead"),
        (-119, True, "the CRM's clock is 119 s behind"),
        (3600, False, "the CRM's clock is 3600 s ahead"),
        (-121, False, "the CRM's clock is 121 s behind"),
    ],
)
def test_clocks_may_not_be_far_apart(seconds: float, is_good: bool, words: str) -> None:
    (line,) = lines(Answering(gap=timedelta(seconds=seconds)), "clock")
    assert (line.is_good, line.found) == (is_good, words)


def test_a_crm_that_tells_no_time_is_not_judged_by_it() -> None:
    assert lines(Answering(), "clock") == []


def test_rights_are_told_for_what_is_pulled_and_needed_for_what_is_written() -> None:
    known = (
        ObjectInfo("Account", "Account", custom=False, updateable=True, queryable=True),
        ObjectInfo("Contact", "Contact", custom=False, updateable=False, queryable=True),
        ObjectInfo("Secret", "Secret", custom=True, updateable=False, queryable=False),
    )
    answering = Answering(objects=known)
    told = lines(
        answering, "permissions", pulled("Account", write_back=True), pulled("Contact"), pulled("Gone")
    )
    assert [(line.found, line.is_good) for line in told] == [
        ("Account: read, edit", True),
        ("Contact: read", True),
        ("Gone: not there for this user", False),
    ]
    (written,) = lines(answering, "permissions", pulled("Contact", write_back=True))
    assert not written.is_good
    (hidden,) = lines(answering, "permissions", pulled("Secret"))
    assert (hidden.found, hidden.is_good) == ("Secret: nothing", False)


def test_another_org_than_the_pinned_one_is_no_good() -> None:
    (line,) = lines(Answering(org="O2"), "org")
    assert (line.is_good, line.found) == (False, "Acme (O2)")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("name", ["name"]),
        ("proxy", ["name", "proxy"]),
        ("refused", ["name", "proxy", "reachable"]),
        ("certificate", ["name", "proxy", "reachable", "tls"]),
        ("tls", ["name", "proxy", "reachable", "tls"]),
    ],
)
def test_the_way_is_told_up_to_where_it_ended(reason: str, told: list[str]) -> None:
    answering = Answering()
    answering.error = LinkLostError("link.lost", host="acme.example", reason=reason)
    found = look_at(ACME, cast("Sessions", answering), ()).lines
    assert [line.what for line in found] == told
    assert [line.is_good for line in found] == [True] * (len(told) - 1) + [False]


def test_a_scope_that_was_not_granted_is_named() -> None:
    told = look_at(replace(ACME, scopes=("api", "id")), cast("Sessions", Answering()), ()).lines
    (line,) = [one for one in told if one.what == "scopes"]
    assert (line.is_good, line.found) == (False, "missing: refresh_token")
    assert lines(Answering(), "scopes") == []  # the issuer did not say
