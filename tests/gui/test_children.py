"""Children of the window: restarted after 0.2, 1 and 5 s, off after three crashes a minute."""

import os
import signal
import sys
import time
from collections import abc

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.errors import InternalError, WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.children import Backoff, Child, ChildState, ServeWatch
from writeback.gui.tasks import Tasks

pytestmark = pytest.mark.gui
FAST = Backoff(delays_ms=(10, 20, 30))
SLEEPS = (sys.executable, "-c", "import sys; sys.stdin.read()")
DIES = (sys.executable, "-c", "raise SystemExit(3)")


def test_the_pauses_are_0_2_and_1_second_and_the_third_crash_is_the_last() -> None:
    backoff = Backoff()
    assert backoff.delay_ms([100.0], now=100.0) == 200
    assert backoff.delay_ms([100.0, 101.0], now=101.0) == 1000
    assert backoff.delay_ms([100.0, 101.0, 102.0], now=102.0) is None


@given(st.lists(st.floats(0, 10_000), max_size=8), st.floats(0, 10_000))
def test_crashes_older_than_a_minute_do_not_count(crashes: list[float], now: float) -> None:
    recent = sum(now - at < 60 for at in crashes)
    assert (Backoff().delay_ms(crashes, now=now) is None) == (recent >= 3)


@pytest.fixture
def child(qtbot: QtBot) -> abc.Iterator[Child]:
    made = Child("worker", SLEEPS, clock=time.monotonic, backoff=FAST)
    yield made
    made.stop()


def test_a_killed_child_comes_back_by_itself(child: Child, qtbot: QtBot) -> None:
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.ON and child.pid > 0)
    first = child.pid
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: child.state is ChildState.ON and child.pid not in (0, first))


def test_three_crashes_switch_a_child_off_and_a_person_can_start_it_again(qtbot: QtBot) -> None:
    child = Child("worker", DIES, clock=time.monotonic, backoff=FAST)
    states: list[ChildState] = []
    child.changed.connect(states.append)
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.OFF)
    assert states.count(ChildState.RESTARTING) == 2
    child.start()
    qtbot.waitUntil(lambda: states.count(ChildState.OFF) == 2)
    child.stop()


def test_a_program_that_is_not_there_is_off_and_no_crash(qtbot: QtBot) -> None:
    child = Child("worker", ("/no/such/program",), clock=time.monotonic, backoff=FAST)
    child.start()
    qtbot.waitUntil(lambda: child.state is ChildState.OFF)


def test_stopping_ends_the_child_and_does_not_start_it_again(child: Child, qtbot: QtBot) -> None:
    child.start()
    qtbot.waitUntil(lambda: child.pid > 0)
    child.stop()
    assert child.state is ChildState.OFF
    assert child.pid == 0


def test_serve_is_started_again_when_its_client_says_it_ended(qtbot: QtBot) -> None:
    starts: list[int] = []
    watch = ServeWatch(lambda: starts.append(1), clock=time.monotonic, backoff=FAST)
    watch.hear({"event": "started", "pid": 1})
    watch.hear({"event": "ended", "status": -9})
    qtbot.waitUntil(lambda: bool(starts))
    for _ in range(2):
        watch.hear({"event": "ended", "status": -9})
    qtbot.waitUntil(lambda: watch.state is ChildState.OFF)


def test_a_plugin_during_whose_call_serve_ended_is_named(qtbot: QtBot) -> None:
    watch = ServeWatch(lambda: None, clock=time.monotonic, backoff=FAST)
    named: list[tuple[str, int]] = []
    watch.plugin_died.connect(lambda plugin, status: named.append((plugin, status)))
    watch.hear({"event": "ended", "status": -11, "plugins": ["hostile"]})
    watch.hear({"event": "ended", "status": 0, "plugins": []})
    qtbot.waitUntil(lambda: watch.state is not ChildState.STARTING)
    qtbot.waitUntil(lambda: named == [("hostile", -11)])


def test_a_child_that_stays_off_is_said_in_a_banner_with_an_act(bench: Bench, qtbot: QtBot) -> None:
    bench.window.family.tell("worker", ChildState.OFF)
    assert "stays off" in bench.window.banner.words
    assert bench.window.status is not None
    assert bench.window.status._worker.text() == "worker off"


# tasks and bridge


def test_a_bug_in_a_task_becomes_an_answer(qtbot: QtBot) -> None:
    tasks, errors = Tasks(), []
    tasks.run(tasks, lambda: 1 // 0, done=lambda _answer: None, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], InternalError)
    assert errors[0].code == "window.bug"
    tasks.close()


def test_a_failed_task_whose_owner_does_not_care_is_still_told(qtbot: QtBot) -> None:
    tasks = Tasks()
    told: list[WritebackError] = []
    tasks.failed.connect(told.append)

    def fail() -> None:
        raise InternalError("window.cancelled")

    tasks.run(tasks, fail, done=lambda _answer: None)
    qtbot.waitUntil(lambda: bool(told))
    tasks.close()


def test_an_answer_for_a_screen_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    from PySide6.QtCore import QObject

    tasks, answers, owner = Tasks(), [], QObject()
    tasks.run(owner, lambda: 7, done=answers.append)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not tasks.running)
    assert answers == []
    tasks.close()


def test_what_happened_before_the_call_is_delivered_before_the_call_goes_on(
    bench: Bench, qtbot: QtBot
) -> None:
    bridge = Bridge(bench.reads, bench.tasks)
    order: list[str] = []
    bridge.start()
    qtbot.waitUntil(lambda: bridge._seq is not None)
    bridge.happened.connect(lambda events: order.append(f"{len(events)} events"))
    from sqlalchemy import insert

    from tests.gui.seeding import NOW
    from writeback.store import moments, schema

    with bench.workspace.writing() as db:
        for number in range(3):
            db.execute(
                insert(schema.journal).values(at=moments.to_text(NOW), kind="edit_saved", subject=str(number))
            )
    bridge.after_now(lambda: order.append("then"))
    qtbot.waitUntil(lambda: "then" in order)
    assert order[:2] == ["3 events", "then"]
    bridge.stop()
