"""A `serve` child without a process: the same server over two pipes, in a thread of the test's own process.

What crosses the pipe is the same bytes. What a process adds (its start, its death, a call that hangs) is
tested with real children in `tests/integration/runtime/test_pipe_child.py`.
"""

import os
import subprocess
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from writeback.runtime import client
from writeback.runtime.runtime import serve_workspace
from writeback.settings import Settings


class ThreadChild:
    """Answers like `subprocess.Popen` to what `PipeClient` asks of it."""

    def __init__(self, workspace: Path, settings: Settings) -> None:
        asked, answered = os.pipe(), os.pipe()
        self.stdin, self.stdout = os.fdopen(asked[1], "wb", buffering=0), os.fdopen(answered[0], "rb")
        self.pid = os.getpid()
        reader, writer = os.fdopen(asked[0], "rb"), os.fdopen(answered[1], "wb", buffering=0)

        def serve() -> None:
            with reader, writer:
                serve_workspace(workspace, settings=settings, reader=reader, writer=writer)

        self._thread = threading.Thread(target=serve, name="serve")
        self._thread.start()

    def poll(self) -> int | None:
        return None if self._thread.is_alive() else 0

    def wait(self, timeout: float | None = None) -> int:
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise subprocess.TimeoutExpired("serve", timeout or 0.0)
        return 0

    def kill(self) -> None:
        raise AssertionError("a thread cannot be killed: use a real child")


def serve_in_threads(monkeypatch: pytest.MonkeyPatch, workspace: Path, settings: Settings) -> None:
    """Let every pipe that is opened from now on lead into a thread."""

    def start(*_command: Any, **_options: Any) -> ThreadChild:
        return ThreadChild(workspace, settings)

    told = {name: getattr(subprocess, name) for name in ("PIPE", "TimeoutExpired")}
    monkeypatch.setattr(client, "subprocess", SimpleNamespace(Popen=start, **told))
