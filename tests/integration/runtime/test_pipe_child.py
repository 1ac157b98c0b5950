"""The `serve` child as a process: what it survives and what it does when it cannot."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.integration.runtime.conftest import Place
from writeback.errors import InternalError
from writeback.runtime import pipe
from writeback.runtime.client import PipeClient
from writeback.runtime.facade import IntegrationWish
from writeback.sdk.simulator import Fault
from writeback.store.opening import HEAD


def test_a_killed_child_comes_back_and_the_call_is_answered(place: Place) -> None:
    events: list[str] = []
    client = PipeClient(
        place.serve_command(),
        schema=HEAD,
        on_event=lambda event: events.append(event["event"]),
        restart_after_s=(0, 0, 0),
    )
    try:
        client.facade.connect(place.wish(), act="a1")
        first = client.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        made = client.facade.add_integration(IntegrationWish("Northwind", "Account"), act="a2")
        assert made.object == "Account"
        assert client.pid not in (None, first)
        assert events.count("started") == 2
    finally:
        client.close()


def test_a_child_killed_mid_save_leaves_one_effect(place: Place) -> None:
    client = PipeClient(place.serve_command(), schema=HEAD, restart_after_s=(0, 0, 0))
    try:
        client.facade.connect(place.wish(), act="a1")
        done = threading.Event()

        def kill_soon() -> None:
            done.wait(0.01)
            pid = client.pid
            if pid is not None:
                os.kill(pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_soon)
        killer.start()
        made = client.facade.add_integration(IntegrationWish("Northwind", "Account"), act="a2")
        killer.join()
        again = client.facade.add_integration(IntegrationWish("Northwind", "Account"), act="a2")
        assert again.id == made.id
    finally:
        client.close()


def test_three_crashes_a_minute_switch_it_off(place: Place) -> None:
    client = PipeClient([sys.executable, "-c", "raise SystemExit(3)"], schema=HEAD, restart_after_s=(0, 0, 0))
    codes = []
    for _ in range(4):
        with pytest.raises(InternalError) as told:
            client.facade.objects("x")
        codes.append(told.value.code)
    assert codes == ["serve.did_not_start"] * 3 + ["serve.off"]


def test_a_child_of_another_version_is_refused(place: Place) -> None:
    client = PipeClient(place.serve_command(), schema="9999")
    with pytest.raises(InternalError) as told:
        client.facade.objects("x")
    assert told.value.code == "serve.other_version"


def test_what_a_plugin_prints_never_reaches_the_protocol(place: Place, tmp_path: Path) -> None:
    chatter = tmp_path / "chatter.py"
    chatter.write_text(
        "import os, sys\n"
        "from writeback.runtime import serving\n"
        "real = serving.private_channel\n"
        "def noisy():\n"
        "    pair = real()\n"
        "    print('a plugin says hello'); sys.stdout.flush()\n"
        "    os.write(1, b'and writes past Python\\n')\n"
        "    return pair\n"
        "serving.private_channel = noisy\n"
        "from writeback.__main__ import main\n"
        f"sys.exit(main(['--workspace', {str(place.workspace)!r}, 'serve', '--stdio']))\n"
    )
    client = PipeClient([sys.executable, str(chatter)], schema=HEAD)
    try:
        assert client.facade.connect(place.wish(), act="a1").name == "Northwind"
    finally:
        client.close()


def test_the_child_ends_within_five_seconds_of_its_parent(place: Place) -> None:
    child = subprocess.Popen(place.serve_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    assert "hello" in pipe.decode(child.stdout.readline())
    child.stdin.close()
    started = time.monotonic()
    assert child.wait(10) == 0
    assert time.monotonic() - started < 6
    child.stdout.close()


def test_a_call_that_hangs_is_answered_late_and_the_child_replaced(place: Place) -> None:
    place.simulator.crm.faults.disarm()
    client = PipeClient(place.serve_command(), schema=HEAD, restart_after_s=(0, 0, 0))
    try:
        client.facade.connect(place.wish(), act="a1")
        before = client.pid
        place.simulator.crm.faults.arm(Fault.read({"kind": "latency", "seconds": 8.0, "times": 1}))
        with pytest.raises(InternalError) as told:
            client.call("count", deadline_s=0.5, connection="Northwind", object_name="Account", condition="")
        assert told.value.code == "serve.late"
        assert client.call("count", connection="Northwind", object_name="Account", condition="") == 40
        assert before is not None
    finally:
        place.simulator.crm.faults.disarm()
        client.close()
