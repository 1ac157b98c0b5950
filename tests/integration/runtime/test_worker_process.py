"""The worker as a process: woken by a line, ends with its parent, with SIGTERM and with SIGINT."""

import os
import signal
import subprocess
import sys
import threading
from collections import abc
from pathlib import Path

import pytest

from tests.faults.killing import settings_for
from writeback.runtime.runtime import Runtime
from writeback.store import workers

Process = subprocess.Popen[bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    made = tmp_path / "w.writeback"
    Runtime.open(made, settings=settings_for(tmp_path), create=True).close()
    return made


@pytest.fixture
def start(path: Path) -> abc.Iterator[abc.Callable[..., Process]]:
    started: list[Process] = []

    def run(*, stdin: int = subprocess.PIPE) -> Process:
        process = subprocess.Popen(
            [sys.executable, "-m", "writeback", "--workspace", str(path), "worker"],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def wait_for_beat(path: Path, process: Process) -> workers.Worker:
    with Runtime.open(path, settings=settings_for(path.parent)) as runtime:
        for _ in range(400):
            with runtime.workspace.reading() as db:
                if found := [worker for worker in workers.every(db) if worker.pid == process.pid]:
                    return found[0]
            assert process.poll() is None, process.communicate()[1]
            threading.Event().wait(0.05)
    raise AssertionError("no heartbeat")


def beats(path: Path) -> tuple[workers.Worker, ...]:
    with Runtime.open(path, settings=settings_for(path.parent)) as runtime, runtime.workspace.reading() as db:
        return workers.every(db)


def test_a_worker_tells_that_it_lives_and_is_forgotten_when_it_ends(
    path: Path, start: abc.Callable[..., Process]
) -> None:
    process = start()
    assert wait_for_beat(path, process).doing == "idle"
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert beats(path) == ()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_seconds(
    path: Path, start: abc.Callable[..., Process], number: signal.Signals
) -> None:
    process = start()
    wait_for_beat(path, process)
    process.send_signal(number)
    assert process.wait(5) == 0


def test_a_child_ends_within_five_seconds_of_its_parent(
    path: Path, start: abc.Callable[..., Process]
) -> None:
    process = start()
    wait_for_beat(path, process)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(6) == 0


def test_a_line_does_not_end_a_child(path: Path, start: abc.Callable[..., Process]) -> None:
    process = start()
    wait_for_beat(path, process)
    assert process.stdin is not None
    process.stdin.write(b"wake\n")
    process.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)


def test_a_worker_on_a_server_outlives_an_empty_input(path: Path, start: abc.Callable[..., Process]) -> None:
    process = start(stdin=subprocess.DEVNULL)
    wait_for_beat(path, process)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)


def test_standard_output_stays_empty(path: Path, start: abc.Callable[..., Process]) -> None:
    process = start()
    wait_for_beat(path, process)
    os.kill(process.pid, signal.SIGTERM)
    out, _ = process.communicate(timeout=10)
    assert out == b""


def test_a_workspace_that_is_not_there_is_a_clear_refusal(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "writeback", "--workspace", str(tmp_path / "none"), "worker"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr
