"""Cycles are collected on the window's thread and nowhere else."""

import gc
import threading
import weakref

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.sweeping import Sweeper

pytestmark = pytest.mark.gui


class Ring:
    """Something that only the collector finds."""

    def __init__(self) -> None:
        self.widget = QWidget()
        self.own = self


def test_a_cycle_with_a_widget_ends_on_the_window_s_thread(qtbot: QtBot, sweeper: Sweeper) -> None:
    ended: list[int] = []
    weakref.finalize(Ring(), lambda: ended.append(threading.get_ident()))
    assert not gc.isenabled()
    worker = threading.Thread(target=lambda: [[] for _ in range(200_000)] and None)
    worker.start()  # allocates far more than what starts the collector where it is on
    worker.join()
    assert ended == []
    sweeper.sweep()
    gc.collect()
    assert ended == [threading.get_ident()]


def test_the_window_s_timer_sweeps(qtbot: QtBot, bench: Bench) -> None:
    ended: list[int] = []
    weakref.finalize(Ring(), lambda: ended.append(threading.get_ident()))
    held = [[number] for number in range(5_000)]
    qtbot.waitUntil(lambda: bool(ended), timeout=5000)
    assert held


def test_closing_gives_the_collector_back(qtbot: QtBot) -> None:
    other = Sweeper()
    assert gc.get_freeze_count() > 0, "a sweep would look through all that was imported"
    other.close()
    try:
        assert gc.isenabled()
        assert gc.get_freeze_count() == 0
    finally:
        gc.disable()
