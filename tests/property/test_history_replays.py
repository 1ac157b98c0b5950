"""Whoever changed a value, and in whatever order: its history, replayed, gives what the record holds."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doubles.lengths import examples
from tests.doubles.memory_crm import FIELDS, Fault
from tests.doubles.sending_room import Room
from tests.integration.engine.test_push_mapped import map_everything
from writeback.engine.pulling import pull
from writeback.model.histories import HistoryKind
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.runtime.reading import Reading
from writeback.store import records
from writeback.store.glances import Glances

WAYS = {
    Route.SINGLE: Assurance.A,
    Route.BATCH: Assurance.B,
    Route.BULK: Assurance.B,
}
values = st.sampled_from(["Energy", "Mining", "Forbidden", None])
fields = st.sampled_from(["Name", "Industry"])
act = st.one_of(
    st.tuples(st.just("send"), st.sampled_from(list(WAYS)), fields, values),
    st.tuples(st.just("foreign"), fields, values),
    st.tuples(st.just("automation"), fields, values),
    st.tuples(st.just("pull")),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("histories")


def replayed(room: Room, first: dict[str, object]) -> dict[str, object]:
    """Give what a record holds by its history alone, from what was read of it at first."""
    entries = Reading(Glances(room.workspace)).history("i1:R00001", limit=10_000)
    held = dict(first)
    told = [
        (one.confirmed_at, one.kind is not HistoryKind.WRITTEN, -place) for place, one in enumerate(entries)
    ]
    for _, _, place in sorted(one for one in told if one[0] is not None):
        entry = entries[-place]
        assert entry.old != entry.new or entry.kind is HistoryKind.WRITTEN
        held[entry.attribute] = entry.new
    return held


@settings(max_examples=examples(6, nightly=150), deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(act, min_size=1, max_size=8))
def test_a_replayed_history_is_the_record(folder: Path, *, acts: list[tuple[object, ...]]) -> None:
    room = map_everything(Room(Path(tempfile.mkdtemp(dir=folder))))
    try:
        with room.workspace.reading() as db:
            first = dict(records.get(db, "account", "i1:R00001").values)
        for what, *more in acts:
            if what == "send":
                route, name, value = more
                room.send(
                    {"R00001": {str(name): value}},
                    route=route,  # type: ignore[arg-type]
                    assurance=WAYS[route],  # type: ignore[index]
                    integration_id="i1",
                    kind=JobKind.REAL_TIME,
                )
            elif what == "foreign":
                room.crm.edit("R00001", **{str(more[0]): more[1]})  # type: ignore[arg-type]
            elif what == "automation":
                told = {str(more[0]): more[1]}
                room.crm.faults.append(
                    Fault("write", after=True, call=lambda crm, told=told: crm.edit("R00001", **told))  # type: ignore[misc]
                )
            else:
                pull("i1", room.sessions.open(room.connection.id), room.workspace, full=True)
            with room.workspace.reading() as db:
                held = dict(records.get(db, "account", "i1:R00001").values)
            assert replayed(room, first) == held, (what, more)
        assert set(held) == {name.lower() for name in FIELDS} | set(first)
    finally:
        room.close()
