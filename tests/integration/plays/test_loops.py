"""Plays that set each other off, and workers that watch: loops end, and transitions count once."""

from datetime import time
from typing import Any

import pytest

from tests.integration.plays.conftest import NOTES, SITE, PlayRoom, enters
from writeback.engine import playing
from writeback.model.plays import PlayMode, PlayTrigger, RunState, TriggerKind
from writeback.model.schedules import Cadence, Schedule
from writeback.model.types import PlanId, RecordId
from writeback.runtime.play_watching import PlayWatch
from writeback.runtime.submitting import Submitting


def one(rid: RecordId, value: str) -> str:
    return f"site = '{value}' and record id in ('{rid}')"


def test_two_plays_that_change_each_other_are_stopped_after_two_rounds(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    for name, here, there in (("CSM play", "A", "B"), ("Owner play", "B", "A")):
        step = {"kind": "set", "attribute": SITE, "text": there}
        room.save(name, step, trigger=enters(one(rid, here)), mode=PlayMode.SEND, is_on=True)
    room.set("Site", "A", rid)
    for _ in range(12):
        room.look()
    runs = room.runs()
    assert [(run.play, run.state) for run in runs] == [
        ("CSM play", RunState.DONE),
        ("Owner play", RunState.DONE),
        ("CSM play", RunState.DONE),
        ("Owner play", RunState.STOPPED),
    ]
    assert [row.round for run in runs for row in room.rows(run).values()] == [0, 1, 2, 3]
    assert [entry["fields"]["Site"] for entry in room.sent()] == ["B", "A", "B"]
    stopped = runs[-1]
    assert (stopped.reason.code, stopped.linked, runs[2].linked) == (
        "play.loop",
        runs[2].number,
        stopped.number,
    )
    for name in ("CSM play", "Owner play"):
        state = room.runtime.plays.view(name).state
        assert (state.is_on, state.stopped) == (False, stopped.reason), name


@pytest.mark.nightly  # the loop above goes the same way, three times
def test_one_play_may_set_another_off(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    first = {"kind": "set", "attribute": SITE, "text": "Second"}
    room.save("First", first, trigger=enters(one(rid, "First")), mode=PlayMode.SEND, is_on=True)
    then = {"kind": "set", "attribute": NOTES, "text": "came second"}
    room.save("Then", then, trigger=enters(one(rid, "Second")), is_on=True)
    room.set("Site", "First", rid)
    assert (room.look(), room.look(), room.look()) == (1, 1, 0)
    assert room.drafts() == {(rid, NOTES): "came second"}
    (row,) = room.rows(room.runs("Then")[0]).values()
    assert (row.round, row.cause) == (1, room.runs("First")[0].number)


def test_two_workers_that_look_at_once_make_one_run(room: PlayRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": NOTES, "text": "once"}
    room.save("Once", step, trigger=enters(one(rid, "Raced")), is_on=True)
    room.set("Site", "Raced", rid)
    decide = playing.decide
    others: list[int] = []

    def be_overtaken(*asked: object) -> playing.Decided:
        decided = decide(*asked)
        if not others:
            others.append(0)
            others.append(room.runtime.play_running.look())
        return decided

    monkeypatch.setattr(playing, "decide", be_overtaken)
    assert (room.look(), others) == (0, [0, 1])
    assert [run.state for run in room.runs()] == [RunState.DONE]
    assert len([entry for entry in room.history(rid, NOTES) if entry.reason == "Once"]) == 1


def test_two_workers_that_submit_at_once_send_once(room: PlayRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": NOTES, "text": "sent once"}
    room.save("Send", step, when=f"record id in ('{rid}')", mode=PlayMode.SEND)
    submit = Submitting.submit

    def be_overtaken(self: Submitting, plan: PlanId, **how: Any) -> object:
        submit(self, plan, **how)
        return submit(self, plan, **how)

    monkeypatch.setattr(Submitting, "submit", be_overtaken)
    run = room.runtime.run_play("Send", author="ana", act="1").run
    assert (run.state, run.reason, len(run.jobs)) == (RunState.DONE, None, 1)
    room.work()
    assert [entry["fields"]["Description"] for entry in room.sent()] == ["sent once"]


def test_a_schedule_missed_while_asleep_is_done_once(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    daily = Schedule(Cadence.DAILY, at=time(10, 0))
    step = {"kind": "set", "attribute": NOTES, "text": "daily"}
    trigger = PlayTrigger(TriggerKind.SCHEDULE, schedule=daily)
    room.save("Daily", step, trigger=trigger, when=f"record id in ('{rid}')", is_on=True)
    assert room.look() == 0, "it is nine"
    room.later(hours=2)
    assert (room.look(), room.look()) == (1, 0)
    room.later(days=5)
    assert (room.look(), room.look()) == (1, 0), "five mornings slept through are one run"
    assert [run.state for run in room.runs()] == [RunState.DONE, RunState.DONE]
    assert room.runs()[1].counts.unchanged == 1
    room.later(hours=23)
    assert room.look() == 1


def test_a_watch_looks_when_something_happened_and_rests_in_between(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": NOTES, "text": "seen"}
    room.save("Seen", step, trigger=enters(one(rid, "Seen")), is_on=True)
    clock, woken, looks = [0.0], [], []
    running = room.runtime.play_running
    look = running.look
    running.look = lambda: looks.append(1) or look()
    watch = PlayWatch(
        room.runtime.workspace, running, wake=lambda: woken.append(True), monotonic=lambda: clock[0]
    )
    assert (watch.once(), watch.once(), len(looks), woken) == (0, 0, 1, []), "nothing happened in between"
    room.set("Site", "Seen", rid)
    assert (watch.once(), woken) == (1, [True])
    assert room.drafts() == {(rid, NOTES): "seen"}
    watch.once()
    seen = len(looks)
    watch.once()
    assert len(looks) == seen
    clock[0] += 31
    watch.once()
    assert len(looks) == seen + 1, "the clock alone is a reason to look"
