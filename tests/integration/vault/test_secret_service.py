"""The vault against a real gnome-keyring in a private D-Bus session."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("secret_service.py")
MISSING = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.keyring,
    pytest.mark.skipif(bool(MISSING), reason=f"NOT RUN: no {' and no '.join(MISSING)} on this machine"),
]
UNLOCKED = 'printf "testpw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'
WITHOUT_SERVICE = 'exec "$@"'


def told(folder: Path, script: str, *, deadline_s: float = 10.0) -> dict[str, object]:
    runtime = folder / "rt"
    runtime.mkdir(mode=0o700)
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(folder / "share"),
        "PYTHONUTF8": "1",
    }
    command = [
        "dbus-run-session",
        "--",
        "sh",
        "-c",
        script,
        "sh",
        sys.executable,
        str(PROGRAM),
        str(deadline_s),
    ]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return answer


def test_a_real_secret_service_keeps_one_key_and_gives_it_back(tmp_path: Path) -> None:
    assert told(tmp_path, UNLOCKED) == {
        "backend": "keyring.backends.SecretService.Keyring",
        "opened": "a real secret",
        "key_length": 44,
        "left": None,
    }


def test_a_secret_service_nobody_unlocked_is_refused_in_time(tmp_path: Path) -> None:
    answer = told(tmp_path, WITHOUT_SERVICE, deadline_s=3.0)
    assert answer["code"] in (
        "vault.locked",
        "vault.unreachable",
        "vault.timeout",
        "vault.no_keyring",
        "vault.failed",
    )
    assert set(answer) <= {"code", "backend"}
