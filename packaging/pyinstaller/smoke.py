"""Try the built program out: it starts, knows its connectors, and walks the whole way on its own.

Runs the program only, with an empty home of its own: nothing of this machine's Python takes part.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import abc
from pathlib import Path
from typing import Final

PLUGINS: Final = {"salesforce", "hubspot", "dynamics", "zoho", "notify"}
THIRD_PARTY: Final = Path(__file__).resolve().parents[2] / "tests/connectors/minimal"
WINDOW_MOST_S: Final = 60.0
KEYRING: Final = """
printf 'smoke\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null &&
printf '%s\n' "$TOKEN" | "$PROGRAM" connect hubspot --name Keyring --endpoint "$URL" --typed &&
"$PROGRAM" connections test Keyring
"""
"""Without a terminal the key is read from standard input."""
START_MOST_S: Final = 0.5
"""So long may the program take to start (`--help`), the best of some tries."""


class FailedError(Exception):
    """The built program does not do what it has to."""


def try_out(program: Path, *, demo_rows: int = 100) -> None:
    """Run what a user would run first.

    Raises:
        FailedError: Something does not work; its message says what the program answered.
    """
    with tempfile.TemporaryDirectory(prefix="writeback-smoke-") as name:
        home = Path(name)
        moved = home / "elsewhere" / "Writeback"
        shutil.copytree(program.parent, moved, symlinks=True)
        program = moved / program.name
        seconds = min(_seconds(program, home) for _ in range(5))
        print(f"starts in {seconds:.2f} s")
        if seconds > START_MOST_S:
            raise FailedError(f"It starts in {seconds:.2f} s; {START_MOST_S} s are allowed.")
        listed = json.loads(_run(program, home, "plugins", "list", "--load", "--json"))
        usable = {one["id"] for one in listed if one["status"] == "loaded" and one["bundled"]}
        if usable != PLUGINS:
            raise FailedError(f"Its plugins are {sorted(usable)}: {json.dumps(listed)[:2000]}")
        _try_third_party(program, home)
        _try_window(program, home)
        _try_keyring(program, home)
        report = json.loads(_run(program, home, "demo", "--headless", "--rows", str(demo_rows), "--json"))
        if report["lost"] or report["duplicated"]:
            raise FailedError(f"The demo lost or doubled something: {report}")


def _try_third_party(program: Path, home: Path) -> None:
    """A plugin from somebody else, in the user's plugin folder, with a need of its own."""
    source, wheels = home / "minimal", home / "wheels"
    shutil.copytree(THIRD_PARTY, source)
    with (source / "writeback_minimal/__init__.py").open("a", encoding="utf-8") as file:
        file.write("\nimport wsgiref.simple_server\nimport xmlrpc.client\nimport zipapp\n")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--no-index", "--wheel-dir", str(wheels), str(source)], check=True)
    wheel = next(wheels.glob("*.whl"))
    _run(program, home, "plugins", "install", str(wheel))
    _run(program, home, "plugins", "allow", "minimal", "--yes")
    listed = json.loads(_run(program, home, "plugins", "list", "--load", "--json"))
    if ("minimal", "loaded") not in {(one["id"], one["status"]) for one in listed}:
        raise FailedError(f"A plugin in the user's folder is not loaded: {json.dumps(listed)[:2000]}")
    _run(program, home, "plugins", "remove", "minimal")


def _try_window(program: Path, home: Path) -> None:
    """The window's helper makes its workspace; a second start hands its link over and ends."""
    workspace = home / "window" / "Mine.writeback"
    command = [str(program), "--workspace", str(workspace), "gui"]
    window = subprocess.Popen(command, env=_environment(home), stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + WINDOW_MOST_S
        while not workspace.exists():
            if window.poll() is not None or time.monotonic() > until:
                raise FailedError(f"The window made no workspace; it ended with {window.poll()}.")
            time.sleep(0.1)
        _run(program, home, "--workspace", str(workspace), "gui", "writeback://audit/1")
        if window.poll() is not None:
            raise FailedError("The window ended when it was handed a link.")
    finally:
        window.terminate()
        window.communicate(timeout=30)


def _try_keyring(program: Path, home: Path) -> None:
    """A key that was typed is kept by a real keyring, and found there by another process."""
    if not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")):
        print("keyring: not tried, there is no gnome-keyring here")
        return
    serve = [str(program), "simulator", "serve", "hubspot", "--port", "0", "--rows", "3", "--http"]
    crm = subprocess.Popen(serve, env=_environment(home), stdout=subprocess.PIPE, text=True)
    try:
        told = json.loads(crm.stdout.readline() if crm.stdout is not None else "")
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", KEYRING],
            env={**_environment(home), "PROGRAM": str(program), "URL": told["url"], "TOKEN": told["token"]},
            capture_output=True, text=True, timeout=120, check=False, start_new_session=True,
        )  # fmt: skip
    finally:
        crm.terminate()
        crm.communicate(timeout=30)
    if done.returncode:
        raise FailedError(f"The keyring does not keep a key: {done.stderr[-2000:]}")


def _seconds(program: Path, home: Path) -> float:
    began = time.perf_counter()
    _run(program, home, "--help")
    return time.perf_counter() - began


def _run(program: Path, home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(program), *arguments],
        env=_environment(home), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if done.returncode:
        words = " ".join(arguments)
        raise FailedError(f"`writeback {words}` ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _environment(home: Path) -> abc.Mapping[str, str]:
    needed = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP")  # Windows starts no program without the last three
    kept = {name: os.environ[name] for name in needed if name in os.environ}
    homes = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_RUNTIME_DIR")
    return {**kept, **dict.fromkeys(homes, str(home)), "QT_QPA_PLATFORM": "offscreen"}
