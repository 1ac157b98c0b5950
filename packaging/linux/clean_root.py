"""Install the Debian package in an empty Debian and try it out there: `sudo python3 clean_root.py FILE.deb`.

The empty system is made by `debootstrap` in a temporary folder and removed afterwards; the machine itself
is not touched. Needs root, debootstrap and a Debian mirror.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

RELEASE: Final = "bookworm"
DEMO: Final = "HOME=/root QT_QPA_PLATFORM=offscreen writeback demo --headless --rows 100 --json"


def main(arguments: list[str]) -> int:
    """Try one package out; gives the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print(__doc__, file=sys.stderr)
        return 2
    package = Path(arguments[0]).resolve()
    root = Path(tempfile.mkdtemp(prefix="writeback-root-"))
    try:
        _run("debootstrap", "--variant=minbase", RELEASE, str(root))
        shutil.copy(package, root / "tmp" / package.name)
        for source in ("/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/apt.conf.d"):
            _take_over(Path(source), root)
        _inside(root, "apt-get update -q && apt-get install -qy --no-install-recommends /tmp/*.deb")
        _inside(root, "test ! -e /usr/bin/python3")  # nothing of the machine's Python takes part
        _inside(root, "writeback plugins list --json")
        _inside(root, DEMO)
        _inside(
            root, "apt-get remove -qy writeback && test ! -e /opt/writeback && test ! -e /usr/bin/writeback"
        )
    except subprocess.CalledProcessError as error:
        print(f"Failed: {' '.join(error.cmd)}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print("The package installs, runs the demo and is removed again.")
    return 0


def _take_over(source: Path, root: Path) -> None:
    """Let the empty system ask the same mirror, through the same proxy."""
    target = root / source.relative_to("/")
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.is_file():
        shutil.copy(source, target)


def _inside(root: Path, command: str) -> None:
    _run("chroot", str(root), "/bin/sh", "-c", command)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
