"""Pulls where the CRM itself keeps track of changes: its token is the watermark."""

import dataclasses
from collections import abc

import pytest

from tests.integration.engine.dict_session import Crm, ReadOnlyDictSession
from tests.unit.store.making import integrate
from writeback.engine.pulling import pull
from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.integrations import Integration
from writeback.model.reports import PullReport
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import ChangesPage
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Page
from writeback.store import integrations, records
from writeback.store.workspace import Workspace

FIELDS = {"Name": ("name", AttributeType.TEXT)}


class TrackingSession(ReadOnlyDictSession):
    """Versions are no moments; tokens count the changes that were told."""

    def __init__(self, crm: Crm) -> None:
        super().__init__(crm)
        self.is_tracked = True
        self.expired = False
        self.forgets_token = False
        self.asked: list[str | None] = []

    def tracks(self, object_name: str) -> bool:
        return self.is_tracked

    def read_changes(self, query: ReadQuery) -> abc.Iterator[ChangesPage]:
        self.asked.append(query.since)
        if self.expired and query.since is not None:
            raise InvalidRequestError("changes.token_expired", object=query.object)
        since = int((query.since or "T0")[1:])
        rows = [
            (key, f"W/{version}", tuple(values.get(path) for path in query.paths))
            for key, (version, values) in self.crm.records.items()
            if int(version) > since
        ]
        gone = tuple(key for key, version in self.crm.deleted.items() if int(version) > since)
        for row in rows:
            yield ChangesPage(Page(query.paths, [row]))
        token = None if self.forgets_token else f"T{self.crm.ticks}"
        yield ChangesPage(Page(query.paths, []), gone, token)


class Counting(Crm):
    """An org whose versions are numbers."""

    @property
    def version(self) -> str:
        self.ticks += 1
        return str(self.ticks)


@pytest.fixture
def account(workspace: Workspace) -> Integration:
    return integrate(workspace, FIELDS)


@pytest.fixture
def session() -> TrackingSession:
    crm = Counting()
    crm.put("A1", Name="Ada")
    crm.put("A2", Name="Bob")
    return TrackingSession(crm)


def run(workspace: Workspace, account: Integration, session: TrackingSession) -> PullReport:
    return pull(account.id, session, workspace)


def names(workspace: Workspace) -> dict[str, object]:
    with workspace.reading() as db:
        return {record.id.partition(":")[2]: record.values["name"] for record in records.page(db, "account")}


def test_the_token_of_the_last_page_is_what_the_next_pull_reads_from(
    workspace: Workspace, account: Integration, session: TrackingSession
) -> None:
    assert run(workspace, account, session).added == 2
    session.crm.put("A2", Name="Bea")
    session.crm.remove("A1")
    report = run(workspace, account, session)
    assert (report.read, report.changed, report.gone, report.is_incremental) == (1, 1, 1, True)
    assert session.asked == [None, "T2"]
    assert names(workspace) == {"A2": "Bea"}
    assert session.queries == []


def test_a_token_that_ran_out_means_reading_everything(
    workspace: Workspace, account: Integration, session: TrackingSession
) -> None:
    run(workspace, account, session)
    session.expired = True
    session.crm.records.pop("A1")
    report = run(workspace, account, session)
    assert session.asked == [None, "T2", None]
    assert (report.gone, report.is_incremental) == (1, False)
    assert names(workspace) == {"A2": "Bob"}


def test_with_a_filter_the_records_are_read_and_a_token_is_no_watermark(
    workspace: Workspace, account: Integration, session: TrackingSession
) -> None:
    run(workspace, account, session)
    with workspace.writing() as db:
        filtered = dataclasses.replace(integrations.get(db, account.id), filter="Name = 'Ada'")
        db.exec_driver_sql("update integrations set filter = ? where id = ?", (filtered.filter, filtered.id))
    run(workspace, account, session)
    assert session.asked == [None]
    assert session.queries[-1].since is None


def test_changes_without_a_token_are_refused_whole(
    workspace: Workspace, account: Integration, session: TrackingSession
) -> None:
    session.forgets_token = True
    with pytest.raises(ContractBrokenError, match=r"pull\.no_token"):
        run(workspace, account, session)
    assert names(workspace) == {}


def test_where_versions_are_no_moments_a_page_may_tell_its_newest_moment(
    workspace: Workspace, account: Integration, session: TrackingSession
) -> None:
    session.is_tracked = False
    moment = "2026-11-24T03:00:00.000Z"

    def read(query: ReadQuery) -> abc.Iterator[Page]:
        session.queries.append(query)
        yield Page(query.paths, [("A1", 'W/"7"', ("Ada",))], newest=moment)

    session.read = read  # type: ignore[method-assign]  # one page of another kind
    run(workspace, account, session)
    run(workspace, account, session)
    assert [query.since for query in session.queries] == [None, moment]
