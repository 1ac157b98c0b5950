"""Set Writeback up in ``.venv`` and start it: one command on a machine with Python 3.11 and pip.

    python3 packaging/dev.py setup              make or refresh .venv, nothing else
    python3 packaging/dev.py demo [ARGS…]       the same, then: writeback demo ARGS…
    python3 packaging/dev.py test [ARGS…]       the same, then: pytest ARGS…
    python3 packaging/dev.py run  [ARGS…]       the same, then: writeback ARGS…
    python3 packaging/dev.py package [ARGS…]    the same, then: packaging/pyinstaller/build.py ARGS… (Linux)

Standard library only. Must not: touch anything outside the repository, need a network when nothing
changed, install into another environment than ``.venv``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "writeback.stamp"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
OLDEST = (3, 11)
QT_PACKAGES = (
    "sudo apt-get install -y --no-install-recommends libegl1 libgl1 libxkbcommon0 libdbus-1-3 libglib2.0-0 "
    "libfontconfig1 fonts-dejavu-core libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 "
    "libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)


def main(arguments: list[str]) -> int:
    """Set up, then run what was asked for."""
    command, rest = (arguments[0] if arguments else ""), arguments[1:]
    if command not in {"setup", "demo", "test", "run", "package"}:
        print(__doc__, file=sys.stderr)
        return 2
    for step in (_unfit, _make_environment, _install):
        problem = step()
        if problem:
            print(problem, file=sys.stderr)
            return 2
    if command == "setup":
        print(f"Ready: {ENVIRONMENT}", file=sys.stderr)
        return 0
    complaint = _qt_complaint()
    if complaint:
        print(complaint, file=sys.stderr)
        if command == "demo" and "--headless" not in rest and _has_display():
            return 2
    if command == "package":
        return _package(rest)
    modules = {"demo": ["writeback", "demo"], "test": ["pytest"], "run": ["writeback"]}
    return _run(["-m", *modules[command], *rest], tests=command == "test")


def _unfit() -> str | None:
    """Say what this Python lacks, if anything."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return f"Writeback needs Python 3.11 or newer; this is {found}. Nothing was changed."
    if importlib.util.find_spec("ensurepip") is None:
        return "This Python cannot make environments. Run:  sudo apt-get install -y python3-venv"
    return None


def _python() -> Path:
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make_environment() -> str | None:
    """Make .venv once per interpreter version."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    settings = ENVIRONMENT / "pyvenv.cfg"
    if settings.is_file() and _python().exists():
        lines = settings.read_text(encoding="utf-8").splitlines()
        made_with = [line.partition("=")[2].strip() for line in lines if line.startswith("version")]
        if made_with and made_with[0].startswith(version + "."):
            return None
    print(f"Making {ENVIRONMENT} …", file=sys.stderr)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)
    return f"{ENVIRONMENT} could not be made; see the lines above." if made.returncode else None


def _projects() -> list[Path]:
    return sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))


def _stamp() -> str:
    """Name everything that decides what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    files = [
        ROOT / "pyproject.toml",
        *(path / "pyproject.toml" for path in _projects()),
        CONSTRAINTS,
        Path(__file__),
    ]
    for path in files:
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _install() -> str | None:
    """Install the application and all plugins in one call, unless the stamp says it is done.

    One call, because the plugins require `writeback`: apart, pip would look for that name in the index.
    """
    wanted = _stamp()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return None
    print("Installing into .venv (a few minutes the first time) …", file=sys.stderr)
    parts = [argument for path in _projects() for argument in ("-e", str(path))]
    command = [
        str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "-c", str(CONSTRAINTS), "-e", f"{ROOT}[gui,test]", *parts,
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        last = "\n".join([line for line in lines if not line.startswith("WARNING:")][-15:])
        return f"pip could not install (exit {done.returncode}). Its last lines:\n{last}"
    STAMP.write_text(wanted, encoding="utf-8")
    return None


def _package(rest: list[str]) -> int:
    """Add what builds the packaged program, and build it."""
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(CONSTRAINTS)]
    command = [str(_python()), *install, "-e", f"{ROOT}[package]"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        print("The packaging tools could not be installed; see the lines above.", file=sys.stderr)
        return 2
    return _run([str(ROOT / "packaging" / "pyinstaller" / "build.py"), *rest], tests=False)


def _qt_complaint() -> str | None:
    """Say which system packages Qt lacks, if it cannot be loaded."""
    probe = subprocess.run(
        [str(_python()), "-c", "import PySide6.QtWidgets"],
        check=False, capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if probe.returncode == 0:
        return None
    last = (probe.stderr.strip().splitlines() or ["no message"])[-1]
    if ".so" in last and sys.platform.startswith("linux"):
        return f"The window cannot start: {last}\nRun:  {QT_PACKAGES}"
    return f"The window cannot start: {last}"


def _has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _run(arguments: list[str], *, tests: bool) -> int:
    """Become the command, so that signals and the exit code are its own."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if tests:
        os.chdir(ROOT)
        if not _has_display():
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [str(_python()), *arguments]
    if os.name == "posix":  # elsewhere exec detaches from the console
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, environment)  # noqa: S606  our own interpreter, no shell
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
