"""At least twenty drifts in each CRM, at three moments: nothing is sent after one is found (R16).

Every run looks at each drift at one of the moments, in turn; the nightly one at all of them.
"""

from collections import abc

import pytest

from tests.integration.drift.cases import CRMS, Case, cases_of
from tests.integration.drift.rooms import SENT, DriftRoom, open_rooms
from writeback.errors import ConfigurationError
from writeback.model.drifts import DriftKind
from writeback.model.jobs import JobState

CASES = [case for crm in CRMS.values() for case in cases_of(crm)]
MOMENTS = ("before the plan", "before sending", "between batches")
_EVERY = [(case, moment) for case in CASES for moment in MOMENTS]
_TURN = [(case, MOMENTS[place % len(MOMENTS)]) for place, case in enumerate(CASES)]


def _named(pairs: abc.Iterable[tuple[Case, str]], *marks: pytest.MarkDecorator) -> list[object]:
    return [pytest.param(case, moment, id=f"{case.id}, {moment}", marks=marks) for case, moment in pairs]


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[dict[str, DriftRoom]]:
    yield from open_rooms(tmp_path_factory.mktemp("drift"), CRMS)


@pytest.fixture(autouse=True)
def calm(rooms: dict[str, DriftRoom]) -> abc.Iterator[None]:
    yield
    for room in rooms.values():
        room.running.crm.faults.disarm()


@pytest.mark.parametrize("name", CRMS)
def test_each_crm_has_twenty_drifts(name: str) -> None:
    assert len(cases_of(CRMS[name])) >= 20


@pytest.mark.parametrize(
    ("case", "moment"),
    [*_named(_TURN), *_named([pair for pair in _EVERY if pair not in _TURN], pytest.mark.nightly)],
)
def test_nothing_is_sent_once_a_drift_is_found(case: Case, moment: str, rooms: dict[str, DriftRoom]) -> None:
    room = rooms[case.crm]
    room.begin()
    room.write(case)
    if moment == "before the plan":
        _found_before_the_plan(room, case)
        return
    job = room.submit(room.plan())
    is_between = moment == "between batches"
    if is_between:
        room.drift(case, skip=1, method="PATCH" if case.crm != "zoho" else "PUT")
    else:
        room.drift(case)
    view = room.run(job)
    assert view.state is JobState.STOPPED, (view.state, view.counts)
    assert view.stop is not None
    assert view.stop.code == f"drift.{case.kind.value}"
    assert room.applied() == (1 if is_between else 0)
    assert view.counts.open == SENT - room.applied()
    _offers(room, case)


def _found_before_the_plan(room: DriftRoom, case: Case) -> None:
    """The mappings are older than the change, the description is not: the plan refuses."""
    room.drift(case)
    _offers(room, case)
    if case.kind in (DriftKind.OBJECT_GONE, DriftKind.FIELD_GONE, DriftKind.FIELD_RENAMED):
        with pytest.raises(ConfigurationError):  # the file names what is not there
            room.plan()
    else:
        (group,) = room.plan().groups
        assert (group.send, group.blocked) == (0, SENT)
    assert room.applied() == 0


def _offers(room: DriftRoom, case: Case) -> None:
    lines = {line.kind: line for line in room.runtime.drifts(room.integration).lines}
    line = lines[case.kind]
    assert line.fix is case.fix
    assert line.severity.stops_sending
    assert set(case.wish) & set(line.paths)
    assert line.sentence
    assert "{" not in line.sentence
