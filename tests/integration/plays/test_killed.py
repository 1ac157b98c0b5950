"""A run that is killed at any point is finished by the next worker, and nothing is done twice or lost."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.integration.plays.conftest import SITE, PlayRoom
from writeback.model.histories import HistoryKind
from writeback.model.plays import PlayMode, RunState
from writeback.store import play_runs

pytestmark = [pytest.mark.faults]

CHILD = """
import importlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from writeback.engine import playing_out
from writeback.runtime.runtime import Runtime
from writeback.settings import load

path, place, when, nth = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
module, _, name = place.partition(":")
owner = importlib.import_module(module)
*outer, name = name.split(".")
for one in outer:
    owner = getattr(owner, one)
real, calls = getattr(owner, name), []

def dying(*args, **more):
    calls.append(1)
    if when == "before" and len(calls) == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    answer = real(*args, **more)
    if when == "after" and len(calls) == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

setattr(owner, name, dying)
playing_out.SLICE = 2
with Runtime.open(Path(path), settings=load({}), author="ana") as runtime:
    runtime.workspace.now = lambda: datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    runtime.run_play("Many", author="ana", act="the run")
"""
PLACES = (
    ("writeback.store.play_runs:add_rows", "after", 1),
    ("writeback.store.play_runs:put_state", "before", 1),
    ("writeback.engine.playing:keep", "after", 1),
    ("writeback.store.play_runs:mark", "after", 1),
    ("writeback.store.play_runs:mark", "before", 3),
    ("writeback.engine.playing_out:_slice", "after", 2),
    ("writeback.store.play_runs:put_plan", "after", 1),
    ("writeback.runtime.submitting:Submitting.submit", "before", 1),
    ("writeback.runtime.submitting:Submitting.submit", "after", 1),
    ("writeback.runtime.play_sending:PlaySending.finish", "after", 1),
)
EVERY_RUN = frozenset({4, 8})
"""Of these places: the others are died at by night."""


@pytest.mark.parametrize(
    ("place", "when", "nth"),
    [
        pytest.param(*one, marks=[] if at in EVERY_RUN else pytest.mark.nightly)
        for at, one in enumerate(PLACES)
    ],
)
def test_a_killed_run_is_finished_once(room: PlayRoom, place: str, when: str, nth: int) -> None:
    rids = room.records(5)
    told = ", ".join(f"'{rid}'" for rid in rids)
    steps = (
        {"kind": "set", "attribute": SITE, "text": "Survived"},
        {"kind": "task", "text": "Look at it"},
    )
    room.save("Many", *steps, when=f"record id in ({told})", mode=PlayMode.SEND)
    path = room.runtime.workspace.path
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), place, when, str(nth)], capture_output=True, check=False
    )
    assert child.returncode == -9, child.stderr.decode()[-2000:]

    assert room.runtime.play_running.resume() == 0, "whoever began it may be at work still"
    room.later(minutes=6)
    room.runtime.play_running.resume()
    (begun,) = room.runs() or [None]
    if begun is None:  # it died before the run was real: then the person asks once more
        room.runtime.run_play("Many", author="ana", act="again")
    room.work()
    room.runtime.play_running.resume()
    (run,) = room.runs()
    assert (run.state, run.counts.done, run.reason, len(run.jobs)) == (RunState.DONE, 5, None, 1)
    tasks = Counter(one.record for one in room.runtime.tasks.some())
    assert [tasks[rid] for rid in rids] == [1] * 5
    written = Counter(entry["id"] for entry in room.sent() if "Site" in entry["fields"])
    assert written == {rid.partition(":")[2]: 1 for rid in rids}
    typed = [entry.kind for rid in rids for entry in room.history(rid, SITE)]
    assert typed.count(HistoryKind.DRAFT) == 5
    assert room.drafts() == {}
    with room.runtime.workspace.writing() as db:
        play_runs.drop_leftovers(db, before=room.at.replace(year=2100))
    assert [one.number for one in room.runs()] == [run.number]
