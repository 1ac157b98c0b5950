"""How long the window takes: the figures of `writeback bench window`, measured in the real window.

Each function drives a stage and gives figures by name, in milliseconds unless the name says otherwise.
Nothing is judged here; budgets stand in `runtime/benching_window.py`.
"""

import time
from collections import abc
from functools import partial
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QLineEdit

from writeback.errors import InternalError
from writeback.gui.studio.stage import WORDS, Stage, wait
from writeback.gui.widgets.states import PATIENCE_MS, ScreenState
from writeback.gui.windows.screens import NAMES

Figures = dict[str, float]
JUMPS: Final = 200
KEYS: Final = 200
STRIDE: Final = 611_953
"""Far and never twice the same place."""
GAP_MS: Final = 5
TOUR: Final = ("jobs", "accounts", "welcome", "review", "connections")
"""What a person goes through while a job runs."""


class Gaps(QObject):
    """The pauses of the event loop, by a precise timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(GAP_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.found.append((now - self._last) * 1000)
        self._last = now

    def stop(self) -> tuple[float, float]:
        """Give the 99.9th percentile and the longest, the pause that still lasts among them."""
        self._timer.stop()
        self._tick()
        return at_percent(self.found, 99.9), max(self.found, default=0.0)


def at_percent(found: abc.Sequence[float], percent: float) -> float:
    """Give the value below which so many percent of the values lie."""
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def switches(stage: Stage) -> Figures:
    """Open every screen twice: the time to content or skeleton on the screen, at first and again."""
    first = {screen: _switch(stage, screen) for screen in NAMES}
    again = {screen: _switch(stage, screen) for screen in NAMES}
    worst = max(first, key=lambda screen: first[screen])
    named = {f"switch.{screen}": first[screen] for screen in NAMES}
    return {**named, "switch.first": first[worst], "switch.again": max(again.values())}


def _switch(stage: Stage, screen: str) -> float:
    began = time.perf_counter()
    subject = ("account", stage.record) if screen == "profile" else None
    stage.window.go(screen, subject)
    states = stage.states(screen)
    left = PATIENCE_MS - (time.perf_counter() - began) * 1000  # from then on the skeleton stands
    wait(lambda: states.state is not ScreenState.LOADING, max(round(left), 0))
    stage.window.repaint()
    took = (time.perf_counter() - began) * 1000
    stage.settle()
    return took


def grid(stage: Stage) -> Figures:
    """The grid over many records: open, jump, scroll, all rows, filter and sort."""
    began = time.perf_counter()
    stage.window.go("accounts")
    stage.wait_until(lambda: stage.states("accounts").state is not ScreenState.LOADING)
    table = stage.table("accounts")
    table.viewport().repaint()
    opened = (time.perf_counter() - began) * 1000
    stage.settle()
    rows = table.model().rowCount()
    view, bar = table.viewport(), table.verticalScrollBar()
    places = (step * STRIDE % rows for step in range(1, JUMPS + 1))
    jumps = [_timed(partial(table.go_to, at), view.repaint) for at in places]
    bar.setValue(0)
    frames = [_timed(lambda: bar.setValue(bar.value() + 3), view.repaint) for _ in range(JUMPS)]
    every = _timed(lambda: QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))
    return {
        "grid.rows": rows,
        "grid.first_paint": opened,
        "grid.jump_p95": at_percent(jumps, 95),
        "grid.scroll_frame_p95": at_percent(frames, 95),
        "grid.select_all": every,
        **_filter_and_sort(stage),
    }


def _filter_and_sort(stage: Stage) -> Figures:
    table = stage.table("accounts")
    fresh: list[bool] = []
    for told in (table.model().modelReset, table.model().dataChanged):  # as many rows are no reset
        told.connect(lambda *_what: fresh.append(True))
    gaps = Gaps()
    sort = _until(stage, fresh, lambda: _turn_order(table.horizontalHeader()))
    words = stage.find(QLineEdit, WORDS)
    found = _until(stage, fresh, lambda: words.setText("glass"))
    stage.find(QLineEdit, WORDS).clear()
    stage.settle()
    return {"grid.sort": sort, "grid.filter": found, "grid.filter_sort_gap_max": gaps.stop()[1]}


def _turn_order(head: QHeaderView) -> None:
    """Sort by the first column, as a click on its head does."""
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    head.setSortIndicator(0, down if head.sortIndicatorOrder() == up else up)


def _until(stage: Stage, fresh: list[bool], act: abc.Callable[[], None]) -> float:
    """Give how long it takes until the grid shows other rows."""
    fresh.clear()
    began = time.perf_counter()
    act()
    stage.wait_until(lambda: bool(fresh))
    return (time.perf_counter() - began) * 1000


def keys(stage: Stage) -> Figures:
    """A key pressed in the editor of a cell until its character is painted."""
    stage.go("accounts")
    table = stage.table("accounts")
    table.go_to(0, 1)
    table.edit(table.currentIndex())
    stage.pause(50)
    editor = table.viewport().findChild(QLineEdit)
    if editor is None:
        raise InternalError("studio.no_widget", kind="QLineEdit", name="accounts")
    times = [_timed(lambda: QTest.keyClick(editor, Qt.Key.Key_A), editor.repaint) for _ in range(KEYS)]
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    return {"editor.key_p99": at_percent(times, 99)}


def palette(stage: Stage) -> Figures:
    """The palette: from the key to the first hits, and from a letter to its hits."""
    opened = _timed(lambda: stage.window.do("palette"), QApplication.processEvents)
    dialog = stage.dialog
    words = dialog.findChild(QLineEdit) if dialog is not None else None
    if words is None:
        raise InternalError("studio.no_widget", kind="QLineEdit", name="palette")
    typed = _timed(lambda: QTest.keyClick(words, Qt.Key.Key_J), QApplication.processEvents)
    stage.leave_dialogs()
    return {"palette.first_hit": max(opened, typed)}


def work(stage: Stage, is_over: abc.Callable[[], bool], *, most_s: float) -> Figures:
    """Use the window while a job runs: the pauses of its event loop; first openings are measured apart."""
    for screen in TOUR:
        stage.go(screen)
    stage.house.worker.start()
    gaps, step, deadline = Gaps(), 0, QDeadlineTimer(round(most_s * 1000))
    began = time.perf_counter()
    while not is_over() and not deadline.hasExpired():
        stage.window.go(TOUR[step % len(TOUR)])
        step += 1
        stage.pause(120)
    worst, longest = gaps.stop()
    return {
        "work.gap_p999": worst,
        "work.gap_max": longest,
        "work.gap_samples": len(gaps.found),  # below a thousand the first is the second
        "work.seconds": time.perf_counter() - began,
    }


def openings(stage: Stage, times: int, resident: abc.Callable[[], int]) -> Figures:
    """Open every screen again and again: what stays behind."""
    for screen in NAMES * 3:
        _switch(stage, screen)
    widgets, memory = len(QApplication.allWidgets()), resident()
    for _ in range(times):
        for screen in NAMES:
            _switch(stage, screen)
    return {
        "openings.times": times,
        "openings.widgets_more": len(QApplication.allWidgets()) - widgets,
        "openings.mib_more": (resident() - memory) / 2**20,
        "window.mib": resident() / 2**20,
    }


def idle(stage: Stage, seconds: float) -> Figures:
    """What the window takes of the processor when nobody touches it, in percent."""
    stage.go("welcome")
    began, cpu = time.perf_counter(), time.process_time()
    stage.pause(round(seconds * 1000))
    return {"idle.cpu_percent": (time.process_time() - cpu) / (time.perf_counter() - began) * 100}


def _timed(*acts: abc.Callable[[], object]) -> float:
    began = time.perf_counter()
    for act in acts:
        act()
    return (time.perf_counter() - began) * 1000
