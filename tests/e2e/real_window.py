"""A screen of its own, the real program on it, and hands: keys and clicks by xdotool, eyes by ImageMagick.

Nothing of Qt is in this process: the program is judged by what a person sees and by the command line.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path

TOOLS = ("Xvfb", "xdotool", "import")
MISSING = [name for name in TOOLS if shutil.which(name) is None]
PAUSE_S = 0.15
STILL = 3
"""So many pictures in a row that are alike: the window has come to rest."""


@dataclass
class Desk:
    """One person's profile and screen, both new; `pictures` is where what was seen is kept."""

    folder: Path
    runtime: Path
    display: str
    pictures: Path
    started: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        """What the program is told of the world: this profile, this screen, no keyring and no session."""
        made = {
            f"XDG_{name}_HOME": str(self.folder / name.lower())
            for name in ("DATA", "CONFIG", "CACHE", "STATE")
        }
        return made | {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",  # else the first who asks starts a bus that stays
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
        }

    @property
    def data(self) -> Path:
        """Where the program keeps what is this person's."""
        return self.folder / "data" / "Writeback"

    def start(self, *arguments: str) -> None:
        """Start the program as a process of its own."""
        with (self.pictures / "program.log").open("ab") as log:
            command = (sys.executable, "-m", "writeback", *arguments)
            self.started.append(subprocess.Popen(command, env=self.environ, stdout=log, stderr=log))

    def ask(self, workspace: Path, *arguments: str) -> object:
        """Ask the command line about a workspace."""
        command = (sys.executable, "-m", "writeback", "--workspace", str(workspace), *arguments, "--json")
        told = subprocess.run(
            command, env=self.environ, capture_output=True, text=True, timeout=120, check=False
        )
        assert told.returncode == 0, (arguments, told.returncode, told.stdout[-2000:], told.stderr[-2000:])
        return json.loads(told.stdout)

    def running(self) -> list[int]:
        """Give the processes of this profile, those that were started detached too."""
        mark = f"HOME={self.folder / 'home'}".encode()
        return [pid for pid in _pids() if mark in _environ_of(pid).split(b"\0")]

    def end(self) -> None:
        """End what is left of this profile, by id."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.running():
                try:
                    os.kill(pid, sign)
                except ProcessLookupError:
                    continue
            if comes(lambda: not self._reaped(), 10):
                return

    def _reaped(self) -> list[int]:
        for one in self.started:
            one.poll()
        return self.running()

    # the screen

    def xdotool(self, *arguments: str) -> str:
        told = subprocess.run(
            ("xdotool", *arguments), env=self.environ, capture_output=True, text=True, timeout=30, check=False
        )
        return told.stdout.strip()

    def window(self, title: str) -> str:
        """Give the window on the screen whose whole title fits a pattern; '' when there is none."""
        return next(iter(self.xdotool("search", "--onlyvisible", "--name", f"^{title}$").split()), "")

    def title(self, window: str) -> str:
        return self.xdotool("getwindowname", window)

    def keys(self, window: str, *keys: str) -> None:
        """Press keys in a window; the focus is given as a window manager would."""
        self.xdotool("windowfocus", window, "key", "--delay", "30", *keys)

    def write(self, window: str, text: str) -> None:
        """Type a text in a window."""
        self.xdotool("windowfocus", window, "type", "--delay", "15", text)

    def place(self, window: str) -> tuple[int, int, int, int]:
        """Give a window's x, y, width and height on the screen."""
        told = dict(
            re.findall(r"^(\w+)=(-?\d+)$", self.xdotool("getwindowgeometry", "--shell", window), re.MULTILINE)
        )
        return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])

    def picture(self) -> bytes:
        """Give the whole screen as a portable pixmap."""
        command = ("import", "-silent", "-window", "root", "-depth", "8", "ppm:-")
        return subprocess.run(command, env=self.environ, capture_output=True, timeout=30, check=True).stdout

    def keep(self, name: str) -> None:
        """Keep a picture of the screen under a name."""
        target = str(self.pictures / f"{name}.png")
        subprocess.run(
            ("import", "-silent", "-window", "root", target), env=self.environ, timeout=30, check=False
        )

    def rest(self, within_s: float = 30) -> None:
        """Wait until the screen does not change any more."""
        seen: list[bytes] = []

        def is_still() -> bool:
            seen.append(self.picture())
            return len(seen) >= STILL and len(set(seen[-STILL:])) == 1

        self.until(is_still, "the screen comes to rest", within_s)

    def count(self, colour: str, *, left: int, top: int, right: int, bottom: int) -> int:
        """Count the pixels of one colour (`#RRGGBB`) in a part of the screen."""
        head, size, _, pixels = self.picture().split(b"\n", 3)
        assert head == b"P6"
        width = int(size.split()[0])
        wanted = bytes.fromhex(colour.removeprefix("#"))
        lines = (pixels[3 * (y * width + left) : 3 * (y * width + right)] for y in range(top, bottom))
        return sum(line[n : n + 3] == wanted for line in lines for n in range(0, len(line), 3))

    # waiting

    def until(self, holds: "abc.Callable[[], object]", what: str, within_s: float) -> None:
        """Wait until something holds; else fail with a picture of the screen."""
        if not comes(holds, within_s):
            self.keep(f"not {what}")
            log = (self.pictures / "program.log").read_text(encoding="utf-8", errors="replace")[-2000:]
            raise AssertionError(f"within {within_s} s not: {what}; see {self.pictures}\n{log}")


def comes(holds: "abc.Callable[[], object]", within_s: float) -> bool:
    """Ask again and again until something holds; False when the time is up."""
    up = threading.Event()
    timer = threading.Timer(within_s, up.set)
    timer.start()
    try:
        while not holds():
            if up.wait(PAUSE_S):
                return False
    finally:
        timer.cancel()
    return True


def start_screen() -> "tuple[subprocess.Popen[bytes], str]":
    """Start an X server on a display that is free, and give its name."""
    told, tells = os.pipe()
    server = subprocess.Popen(
        ("Xvfb", "-displayfd", str(tells), "-screen", "0", "1280x800x24", "-nolisten", "tcp"),
        pass_fds=(tells,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    with os.fdopen(told) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb gave no display"
    return server, f":{number}"


def _pids() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal()]


def _environ_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:  # it has ended, or is somebody else's
        return b""
