"""One edit sent at once: which requests it costs, and what happens when somebody is faster."""

from collections import abc

import pytest

from tests.integration.runtime.conftest import Place
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit, IntegrationWish
from writeback.runtime.runtime import Runtime
from writeback.sdk.simulator import Fault
from writeback.settings import Settings


@pytest.fixture
def runtime(place: Place, settings: Settings) -> abc.Iterator[Runtime]:
    with Runtime.open(place.workspace, settings=settings, create=True) as opened:
        opened.connect(place.wish(), act="a1")
        integration = opened.add_integration(IntegrationWish("Northwind", "Account"), act="a2")
        mappings = (
            FieldMapping(FieldPath.parse("Name"), "name"),
            FieldMapping(FieldPath.parse("Description"), "notes", write_back=True),
        )
        opened.map_fields(integration.id, mappings, act="a3")
        opened.pull(integration.id, act="a4")
        yield opened
    place.simulator.crm.faults.disarm()


def send(runtime: Runtime, rid: RecordId, text: str):
    answers = runtime.save_edits(
        (Edit(rid, "notes", text),), origin=Origin.PROFILE, author="ana", act=runtime.new_id(), send=True
    )
    jobs = [answer.job_id for answer in answers if answer.job_id is not None]
    runtime.run_until_final(jobs)
    return runtime.told.job(jobs[0]).counts


def test_an_edit_costs_one_read_one_write_and_one_read_back(place: Place, runtime: Runtime) -> None:
    rids = [record.id for record in runtime.told.records("account", limit=2).records]
    send(runtime, rids[0], "warm")
    place.simulator.crm.requests.clear()
    assert send(runtime, rids[1], "confirmed by the CRM").applied == 1
    asked = [(one["method"], str(one["path"])) for one in place.simulator.crm.requests.told()["requests"]]
    who_answers = [("GET", "query"), ("GET", "userinfo")]  # once a session
    told = [(method, path.rstrip("/").split("/")[-1 if method == "GET" else -2]) for method, path in asked]
    assert told == [("POST", "sobjects"), *who_answers, ("PATCH", "Account"), ("GET", "query")]
    view = runtime.told.record(rids[1])
    assert view.row.values[1] == "confirmed by the CRM"
    assert not view.row.marks


def test_somebody_faster_than_the_write_is_a_conflict_and_not_overwritten(
    place: Place, runtime: Runtime
) -> None:
    rid = runtime.told.records("account", limit=3).records[2].id
    key = rid.partition(":")[2]
    fault = {"kind": "concurrent_edit", "object": "Account", "id": key, "fields": {"Description": "theirs"}}
    place.simulator.crm.faults.arm(Fault.read(fault))
    counts = send(runtime, rid, "ours")
    assert (counts.applied, counts.conflict) == (0, 1)
    mark = dict(runtime.told.record(rid).row.marks)["notes"]
    assert (mark.state, mark.theirs, mark.new) == ("conflict", "theirs", "ours")
    own = [
        one for one in place.simulator.crm.applied.entries() if one["id"] == key and one["route"] != "foreign"
    ]
    assert own == []
