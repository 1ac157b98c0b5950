"""Keeping large blocks asks glibc, and nobody else."""

import ctypes
import sys

import pytest

from writeback.runtime.memory import keep_large_blocks


def test_glibc_takes_both_thresholds() -> None:
    has_mallopt = sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "mallopt")
    assert keep_large_blocks() is has_mallopt


def test_another_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert keep_large_blocks() is False
