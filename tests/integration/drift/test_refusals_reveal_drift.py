"""A CRM's own refusal leads to a fresh description: a drifted job stops, it is not refused row by row."""

from collections import abc

import pytest

from tests.integration.drift.cases import CRMS, cases_of
from tests.integration.drift.rooms import SENT, DriftRoom, open_rooms
from writeback.model.jobs import JobState

KNOWN = {case.id: case for crm in CRMS.values() for case in cases_of(crm)}
OLD_ENOUGH_S = 600.0
"""Descriptions are as old as they may be: nobody asks before the CRM refuses."""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[dict[str, DriftRoom]]:
    yield from open_rooms(tmp_path_factory.mktemp("refusals"), CRMS)


def test_a_refusal_that_is_no_drift_is_asked_about_once_and_the_job_goes_on(
    rooms: dict[str, DriftRoom],
) -> None:
    room = rooms["zoho"]
    room.begin()
    room.write(KNOWN["zoho-text_gone"])
    job = room.submit(room.plan())
    before = room.asked("fields.read")
    room.fault("refuse_row", object="Accounts", times=SENT)
    view = room.work(job, metadata_s=OLD_ENOUGH_S)
    assert view.state is JobState.DONE
    assert view.counts.rejected == SENT
    assert (
        1 <= room.asked("fields.read") - before <= 2
    )  # a new session's own question, and one for all refusals


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("salesforce-text_locked", 1),
        ("salesforce-text_shorter", 1),
        ("salesforce-text_gone", 0),  # the compare names a column that is not there
        ("hubspot-text_locked", 1),
        ("hubspot-option_gone", 1),
        ("dynamics-text_shorter", 1),
        ("dynamics-option_gone", 1),
        ("dynamics-text_gone", 0),
        ("zoho-text_locked", 1),
        ("zoho-option_gone", 1),
        ("zoho-object_gone", 0),
    ],
)
def test_the_job_stops_at_the_first_refusal(name: str, refused: int, rooms: dict[str, DriftRoom]) -> None:
    case = KNOWN[name]
    crm, room = CRMS[case.crm], rooms[case.crm]
    room.begin()
    if name.endswith("option_gone"):
        case = case._replace(wish={crm.list: crm.options[0]})
    elif name.endswith("shorter"):
        case = case._replace(change={**case.change, "most": 4})
    room.write(case)
    job = room.submit(room.plan())
    room.drift(case)
    view = room.work(job, metadata_s=OLD_ENOUGH_S)
    assert view.state is JobState.STOPPED, view.counts
    assert view.stop is not None
    assert view.stop.code == f"drift.{case.kind.value}"
    assert room.applied() == 0
    assert (view.counts.rejected, view.counts.open) == (refused, SENT - refused)
