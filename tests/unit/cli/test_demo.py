"""`writeback demo` in a window: a second one never takes the files of the first away."""

import contextlib
import subprocess
from collections import abc
from pathlib import Path

import pytest

from writeback.cli import demo
from writeback.cli.options import Run
from writeback.runtime import demonstrating
from writeback.settings import load


def test_a_second_demo_brings_the_window_of_the_first_to_the_front(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITEBACK_DATA_DIR", str(tmp_path))
    told: list[str] = []

    @contextlib.contextmanager
    def made(folder: Path, **_how: object) -> abc.Iterator[Path]:
        told.append("made")
        folder.mkdir()
        if told == ["made"]:
            assert demo.windowed(Run(), 50) == 0, "asked for while it is being made"
        yield folder / "demo.writeback"

    def call(command: list[str]) -> int:
        told.append(f"window {Path(command[-2]).name}")
        return demo.windowed(Run(), 50) if len(told) == 2 else 0

    monkeypatch.setattr(demonstrating, "prepare_demo", made)
    monkeypatch.setattr(subprocess, "call", call)
    assert load().data_dir == tmp_path
    assert demo.windowed(Run(), 50) == 0
    assert told == ["made", "window demo.writeback", "window demo.writeback"]
