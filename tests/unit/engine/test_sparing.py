import gc

import pytest

from writeback.engine.sparing import RARE, spared


class Tied:
    """Holds itself: only the collector of cycles lets go of it."""

    def __init__(self, gone: list[str]) -> None:
        self.own, self.gone = self, gone

    def __del__(self) -> None:
        self.gone.append("gone")


def test_what_there_was_is_out_of_sight_until_the_work_is_done() -> None:
    with spared():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


def test_work_that_fails_leaves_nothing_out_of_sight() -> None:
    with pytest.raises(ValueError, match="broken"), spared():
        raise ValueError("broken")
    assert gc.get_freeze_count() == 0


def test_what_the_work_drops_is_collected_as_ever() -> None:
    gone: list[str] = []
    with spared():
        Tied(gone)
        gc.collect()
        assert gone == ["gone"]
    Tied(gone)
    gc.collect()
    assert gone == ["gone", "gone"]


def test_the_collector_looks_rarely_meanwhile_and_as_before_afterwards() -> None:
    usual = gc.get_threshold()
    with spared():
        assert gc.get_threshold() == RARE
        with spared():
            assert gc.get_threshold() == RARE
        assert gc.get_threshold() == RARE, "work beside other work took its thresholds away"
    assert gc.get_threshold() == usual != RARE
