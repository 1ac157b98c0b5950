"""Nothing the window does blocks its event loop: measured while another process settles a job."""

import random
import statistics
import subprocess
import sys
import time
from collections import abc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench, open_bench
from tests.gui.seeding import make_workspace, seed_model, seed_records
from writeback.gui.theming.current import Theming

pytestmark = pytest.mark.gui


STALLS = """
import sys, threading, time
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
found, last = [], time.perf_counter()
while not ended.is_set():
    time.sleep(0.005)
    now = time.perf_counter()
    found.append((now - last) * 1000)
    last = now
found.sort()
print(found[min(len(found) - 1, int(len(found) * 0.999))], found[-1])
"""
"""How long a process that does nothing but a 5 ms sleep is kept waiting: what the machine itself costs."""


class Stalls:
    """Measures in a process of its own how long the machine keeps anybody waiting."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", STALLS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def stop(self) -> tuple[float, float]:
        """Give the 99.9th percentile and the longest, in ms."""
        told, _ = self._process.communicate("", timeout=60)
        most, longest = told.split()
        return float(most), float(longest)


class Gaps:
    """Measures the pauses of the event loop with a precise 5 ms timer."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.found.append((now - self._last) * 1000)
        self._last = now

    def stop(self) -> tuple[float, float]:
        """Give the 99.9th percentile and the longest, in ms."""
        self._timer.stop()
        ordered = sorted(self.found)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.999))], ordered[-1]


def walk(bench: Bench, qtbot: QtBot, writer: "subprocess.Popen[bytes]") -> tuple[float, float]:
    """Use the window while the writer writes; gives its gaps beyond those of the machine."""
    screens = (("jobs", "j6"), ("accounts", None), ("jobs", None), ("welcome", None), ("review", None))
    stalls, gaps, step = Stalls(), Gaps(), 0
    while writer.poll() is None:
        bench.window.go(*screens[step % len(screens)])
        panel = bench.window.panels["accounts"]
        if bench.window.screen_name == "accounts":
            table = panel.first_focus()
            table.go_to(random.Random(step).randrange(2000))  # type: ignore[union-attr]
        step += 1
        qtbot.wait(120)
    own, machine = gaps.stop(), stalls.stop()
    return own[0] - machine[0], own[1] - machine[1]


@pytest.mark.timeout(240)
@pytest.mark.nightly  # a timing: beside other tests it says nothing of the program
def test_the_event_loop_never_waits_100_ms_while_a_job_of_100_000_rows_is_settled(
    bench: Bench, qtbot: QtBot, root: Path
) -> None:
    runs: list[tuple[float, float]] = []
    for _ in range(3):  # the best of three counts: the machine is shared
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.gui.writing", str(bench.window.workspace), "100000", "6"], cwd=root
        )
        try:
            runs.append(walk(bench, qtbot, writer))
        finally:
            writer.kill()
            writer.wait()
        with bench.workspace.writing() as db:
            db.exec_driver_sql("delete from outcomes where job_id = 'j6'")
        if runs[-1][0] <= 100 and runs[-1][1] <= 250:
            break
    best = min(runs)
    print(f"event-loop gap p99.9 {best[0]:.0f} ms, max {best[1]:.0f} ms")
    assert best[0] <= 100
    assert best[1] <= 250


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("million") / "Million.writeback"
    workspace = make_workspace(path)
    with workspace.writing() as db:
        seed_model(db)
    with workspace.writing() as db:
        seed_records(db, 1000)
        db.exec_driver_sql(
            "with recursive n(i) as (select 1000 union all select i + 1 from n where i < 999999) "
            "insert into rec_account select printf('r%07d', n.i + 1), r.title || ' ' || n.i, 0, "
            "r.name || ' ' || n.i, r.industry, r.tier, r.csm, r.arr, r.employees, "
            "r.is_reference, r.renewal, "
            "r.regions, r.website, r.next_step, r.health from n join rec_account r "
            "on r.rid = printf('r%07d', (n.i % 1000) + 1)"
        )
    workspace.close()
    return path


@pytest.fixture
def million_bench(qtbot: QtBot, theming: Theming, million: Path) -> abc.Iterator[Bench]:
    made = open_bench(million)
    qtbot.waitUntil(lambda: not made.tasks.running, timeout=20_000)
    yield made
    made.close()


@pytest.mark.nightly
@pytest.mark.timeout(300)
def test_a_jump_in_a_million_rows_takes_at_most_16_ms(million_bench: Bench, qtbot: QtBot) -> None:
    bench = million_bench
    began = time.perf_counter()
    bench.window.go("accounts")
    panel = bench.window.panels["accounts"]
    model = panel._model  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: model.rowCount() == 1_000_000, timeout=20_000)
    opened = time.perf_counter() - began
    table, rng = panel.first_focus(), random.Random(1)
    times = []
    for _ in range(200):
        at = rng.randrange(1_000_000)
        start = time.perf_counter()
        table.go_to(at)  # type: ignore[union-attr]
        table.viewport().repaint()  # type: ignore[union-attr]
        QApplication.sendPostedEvents()
        times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"opened in {opened * 1000:.0f} ms, jump median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms"
    )
    assert p95 <= 16


@pytest.mark.nightly
@pytest.mark.timeout(300)
def test_sorting_a_million_rows_takes_at_most_a_second_and_blocks_nothing(
    million_bench: Bench, qtbot: QtBot
) -> None:
    from writeback.runtime.windowing import Filter, Order

    began = time.perf_counter()
    rows = million_bench.reads.record_rows("account", what=Filter(words="bank"), order=Order("industry"))
    count = rows.build()
    took = time.perf_counter() - began
    rows.close()
    print(f"filter and sort: {count} rows in {took:.2f} s")
    assert count
    assert took <= 1.0
