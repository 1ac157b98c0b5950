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
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
