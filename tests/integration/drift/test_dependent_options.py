"""An option that does not stand beside the deciding field's value is blocked in the plan (F3)."""

import csv
from collections import abc

import pytest

from tests.integration.drift.cases import CRMS, cases_of
from tests.integration.drift.rooms import DriftRoom, open_rooms
from writeback.model.types import PlanId
from writeback.runtime.facade import PlanSource
from writeback.sdk.connector import ReadQuery

KNOWN = {case.id: case for crm in CRMS.values() for case in cases_of(crm)}


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[dict[str, DriftRoom]]:
    yield from open_rooms(tmp_path_factory.mktemp("dependent"), CRMS)


@pytest.fixture(params=["salesforce", "zoho"])
def room(request: pytest.FixtureRequest, rooms: dict[str, DriftRoom]) -> abc.Iterator[DriftRoom]:
    """A CRM in which Rating decides about Tier: beside its first option all stand, beside others only one."""
    made = rooms[request.param]
    made.begin()
    made.drift(KNOWN[f"{request.param}-controlled"])
    made.runtime.drifts(made.integration)
    made.runtime.accept_drifts(made.integration, (), act=made.act())
    yield made
    made.running.crm.faults.disarm()
    made.runtime.drifts(made.integration)
    made.runtime.accept_drifts(made.integration, (), act=made.act())


def judged(room: DriftRoom, head: tuple[str, ...], *rows: tuple[str, ...]) -> list[tuple[str, str]]:
    """Plan some rows; gives verdict and code of each."""
    with room.source.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([(room.crm.key, *head), *rows])
    source = PlanSource(
        "file", path=str(room.source), connection="crm", object=room.crm.object, key=room.crm.key
    )
    plan = room.runtime.propose(source, act=room.act())
    with room.runtime.workspace.reading() as db:
        told = db.exec_driver_sql(
            "select seq, verdict, code from findings "
            "union all select seq, 'send', '' from writes order by seq"
        ).all()
    room.runtime.discard_plan(PlanId(plan.id), act=room.act())
    return [(str(row[1]), str(row[2])) for row in told]


def record(room: DriftRoom, *, first: bool) -> tuple[str, str]:
    """Give a record whose rating is, or is not, the first one, and that first one."""
    session = room.runtime.sessions.open(room.connection.id)
    rating = session.describe(room.crm.object).field("Rating")
    assert rating is not None
    best, other = (option.value for option in rating.options[:2])
    pages = session.read(ReadQuery(room.crm.object, (room.crm.list,)))
    keys = [key for page in pages for key, _, (tier,) in page.rows if tier not in ("Silver", "Gold")]
    key = keys[0 if first else 1]
    room.running.crm.edit(room.crm.object, key, {"Rating": best if first else other})
    return key, best


def test_what_stands_beside_the_held_value_is_sent_and_what_does_not_is_blocked(room: DriftRoom) -> None:
    good, _ = record(room, first=True)
    bad, _ = record(room, first=False)
    told = judged(room, (room.crm.list,), (good, "Silver"), (bad, "Silver"))
    assert told == [("send", ""), ("blocked", "value.not_beside")]


def test_the_rows_own_deciding_value_counts(room: DriftRoom) -> None:
    bad, best = record(room, first=False)
    assert judged(room, (room.crm.list, "Rating"), (bad, "Silver", best)) == [("send", "")]


def test_the_option_that_stands_beside_everything_passes(room: DriftRoom) -> None:
    key, _ = record(room, first=False)
    assert judged(room, (room.crm.list,), (key, "Gold")) == [("send", "")]


def test_a_status_hangs_on_its_state_in_dataverse(rooms: dict[str, DriftRoom]) -> None:
    room = rooms["dynamics"]
    room.begin()
    session = room.runtime.sessions.open(room.connection.id)
    pages = session.read(ReadQuery("account", ("statecode",)))
    key = next(key for page in pages for key, _, (state,) in page.rows if state == "0")
    assert judged(room, ("statuscode",), (key, "2")) == [("blocked", "value.not_beside")]
    assert judged(room, ("statecode", "statuscode"), (key, "1", "2")) == [("send", "")]
