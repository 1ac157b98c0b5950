"""One window for each workspace: the second start hands its link over; strangers' bytes do nothing."""

import json
import os
import subprocess
import sys
import tempfile
from collections import abc
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from writeback.errors import ConfigurationError
from writeback.gui.single import MESSAGE_MOST, Single
from writeback.settings import load

pytestmark = pytest.mark.gui


@pytest.fixture
def folder() -> abc.Iterator[Path]:
    """A short path: a socket's name has 107 characters at most, and tests' own folders are deep."""
    with tempfile.TemporaryDirectory(prefix="wb") as made:
        yield Path(made) / "run"


@pytest.fixture
def single(qtbot: QtBot, folder: Path, tmp_path: Path) -> abc.Iterator[Single]:
    made = Single(folder, tmp_path / "a.writeback")
    assert made.claim()
    yield made
    made.close()


def second(folder: Path, workspace: Path, link: str) -> "subprocess.Popen[str]":
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from writeback.gui.single import Single;"
        "app = QCoreApplication([]); one = Single(Path(sys.argv[1]), Path(sys.argv[2]));"
        "sys.exit(10 if one.claim() else 0 if one.hand_over(sys.argv[3]) else 20)"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(folder), str(workspace), link], text=True)


def test_a_second_start_hands_its_link_over(
    qtbot: QtBot, single: Single, folder: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(single.asked, timeout=20_000) as asked:
        process = second(folder, tmp_path / "a.writeback", "writeback://job/118")
    assert asked.args == ["writeback://job/118"]
    assert process.wait(20) == 0


def test_another_workspace_has_a_window_of_its_own(single: Single, folder: Path, tmp_path: Path) -> None:
    other = Single(folder, tmp_path / "b.writeback")
    assert other.claim()
    other.close()


def test_what_a_killed_window_left_is_in_nobodys_way(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from writeback.gui.single import Single;"
        "app = QCoreApplication([]); one = Single(Path(sys.argv[1]), Path(sys.argv[2]));"
        "assert one.claim(); os._exit(9)"
    )
    workspace = tmp_path / "a.writeback"
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(workspace)], check=False, timeout=30)
    assert done.returncode == 9
    assert list(folder.glob("*.sock"))
    heir = Single(folder, workspace)
    assert heir.claim()
    heir.close()


@pytest.mark.skipif(os.name == "nt", reason="permission bits")
def test_nobody_else_may_reach_the_socket(single: Single, folder: Path, tmp_path: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    (socket,) = folder.glob("*.sock")
    assert socket.stat().st_mode & 0o077 == 0
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(ConfigurationError) as refused:
        Single(shared, tmp_path / "a.writeback").claim()
    assert refused.value.code == "window.run_folder_open"


@pytest.mark.parametrize(
    "message",
    [
        b"hello\n",
        b"[]\n",
        b'{"link": 7}\n',
        b'{"link": "writeback://job/1", "do": "send"}\n',
        b"\xff\xfe\n",
        b"[" * 1000 + b"\n",
        b"x" * (MESSAGE_MOST + 10),
        b'{"link": ""}\n{"link": ""}\n',
    ],
)
def test_what_is_no_message_is_answered_by_nothing(
    qtbot: QtBot, single: Single, folder: Path, message: bytes
) -> None:
    heard: list[str] = []
    single.asked.connect(heard.append)
    (address,) = folder.glob("*.sock")
    socket = QLocalSocket()
    socket.connectToServer(str(address))
    assert socket.waitForConnected(2000)
    socket.write(message)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=5000)
    assert socket.readAll().data() == b""
    assert heard == []
    with qtbot.waitSignal(single.asked, timeout=5000):  # and the next one is served
        after = QLocalSocket()
        after.connectToServer(str(address))
        assert after.waitForConnected(2000)
        after.write(json.dumps({"link": ""}).encode() + b"\n")
        after.flush()


def test_the_session_s_folder_is_used_where_there_is_one(tmp_path: Path) -> None:
    assert load({"XDG_RUNTIME_DIR": str(tmp_path)}).run_dir == tmp_path / "writeback"
    assert load({"XDG_RUNTIME_DIR": str(tmp_path / "none")}).run_dir is None
    assert load({}).run_dir is None


def test_the_desktop_entry_hands_links_to_the_window(root: Path) -> None:
    entry = (root / "packaging/linux/writeback.desktop").read_text("utf-8").splitlines()
    assert "Exec=writeback gui %u" in entry
    assert "MimeType=x-scheme-handler/writeback;" in entry


def test_the_program_takes_a_link_after_gui(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from writeback import __main__ as program
    from writeback.gui import application

    seen: list[tuple[Path, str]] = []

    def run(workspace: Path, *, settings: object, link: str) -> int:
        seen.append((workspace, link))
        return 0

    monkeypatch.setattr(application, "run", run)
    path = tmp_path / "a.writeback"
    assert program.main(["--workspace", str(path), "gui", "writeback://job/1"]) == 0
    assert program.main([f"--workspace={path}", "gui"]) == 0
    assert seen == [(path, "writeback://job/1"), (path, "")]
