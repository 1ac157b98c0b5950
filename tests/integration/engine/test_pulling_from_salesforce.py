"""A pull the whole way: workspace, connector, transport, simulator."""

from decimal import Decimal

import pytest
from plugins.salesforce.tests.talking import Talk, talking

from tests.unit.store.making import integrate
from writeback.engine.pulling import pull
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import ReadQuery
from writeback.store import records
from writeback.store.workspace import Workspace

FIELDS = {
    "Name": ("name", AttributeType.TEXT),
    "Industry": ("industry", AttributeType.LIST),
    "AnnualRevenue": ("arr", AttributeType.CURRENCY),
    "NumberOfEmployees": ("employees", AttributeType.INTEGER),
    "Owner.Email": ("csm", AttributeType.EMAIL),
    "CreatedDate": ("created", AttributeType.DATETIME),
    "IsDeleted": ("deleted", AttributeType.BOOLEAN),
}


def held(workspace: Workspace) -> dict[str, tuple[Value, ...]]:
    with workspace.reading() as db:
        return {
            r.id.partition(":")[2]: tuple(r.values.values())
            for r in records.page(db, "account", limit=10_000)
        }


def theirs(talk: Talk) -> dict[str, tuple[Value, ...]]:
    pages = talk.session.read(ReadQuery("Account", tuple(FIELDS)))
    return {key: tuple(values) for page in pages for key, _, values in page.rows}


def remove(talk: Talk, record_id: str) -> None:
    """Delete a record as another client of the org would."""
    url = f"{talk.running.url}/services/data/v61.0/sobjects/Account/{record_id}"
    answer = talk.access.http.request(
        "DELETE", url, headers={"Authorization": f"Bearer {talk.access.token()}"}
    )
    assert answer.status_code == 204, answer.content


@pytest.mark.parametrize("rows", [30, 2300])
def test_what_was_pulled_is_what_the_crm_holds(workspace: Workspace, rows: int) -> None:
    integrate(workspace, FIELDS)
    with talking(rows) as talk:
        assert pull("i1", talk.session, workspace).added == rows
        assert held(workspace) == theirs(talk)


def test_edits_and_deletes_in_the_crm_come_with_the_next_pull(workspace: Workspace) -> None:
    integrate(workspace, FIELDS)
    with talking() as talk:
        pull("i1", talk.session, workspace)
        edited, untouched, removed = sorted(held(workspace))[:3]
        before = held(workspace)[untouched]
        talk.running.crm.edit("Account", edited, {"Industry": "Energy", "AnnualRevenue": 1234567890123456.78})
        remove(talk, removed)
        report = pull("i1", talk.session, workspace)
        assert (report.changed, report.added, report.gone, report.is_incremental) == (1, 0, 1, True)
        values = held(workspace)[edited]
        assert values[1] == "Energy"
        assert isinstance(values[2], Decimal)
        assert held(workspace)[untouched] == before
        assert held(workspace) == theirs(talk)
        assert pull("i1", talk.session, workspace).changed == 0
