"""Build the packaged program: a folder and an archive of it, on Linux a Debian package too, tried out.

    python3 packaging/dev.py package [--into DIR] [--no-try]

`dev.py` makes the environment first and then calls this. Must not: change anything outside DIR.
"""

import argparse
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Final

import licences
import smoke

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "linux"))
import debian  # noqa: E402

PROGRAM: Final = "writeback.exe" if sys.platform == "win32" else "writeback"
SYSTEM: Final = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def main(arguments: list[str]) -> int:
    """Build, gather licences, pack, try out; gives the exit code."""
    told = argparse.ArgumentParser(prog="dev.py package")
    told.add_argument("--into", type=Path, default=ROOT / "artifacts" / "package")
    told.add_argument("--no-try", action="store_true", help="Do not run what was built.")
    wish = told.parse_args(arguments)
    into = wish.into.resolve()
    into.mkdir(parents=True, exist_ok=True)
    try:
        built = build(into)
        if not wish.no_try:
            smoke.try_out(built / PROGRAM)
        made = [built, pack(built, into)]
        if sys.platform == "linux":
            icon = ROOT / "resources/icons/app.svg"
            made.append(debian.make_package(built, version=version("writeback"), icon=icon, into=into))
    except (licences.UnlicensedError, smoke.FailedError, subprocess.CalledProcessError, OSError) as error:
        print(f"Nothing was packaged: {error}", file=sys.stderr)
        return 1
    for place in made:
        print(place)
    return 0


def build(into: Path) -> Path:
    """Run PyInstaller and put the licences beside the program; gives the folder.

    Raises:
        subprocess.CalledProcessError: PyInstaller failed; its words are on standard error.
        licences.UnlicensedError: Something in the build has no licence text.
    """
    work = into / "work"
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", str(into), "--workpath", str(work), str(Path(__file__).with_name("writeback.spec")),
        ],
        check=True,
    )  # fmt: skip
    built = into / "writeback"
    notices = licences.write_notices(work / "writeback" / "contents.json", into=built / licences.FILE_NAME)
    for name in ("LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, built / name)
    _show_inside(built)
    print(f"{len(notices)} notices of others", file=sys.stderr)
    return built


def _show_inside(built: Path) -> None:
    """Put the notices where *About* reads them."""
    shutil.copy(built / licences.FILE_NAME, built / "_internal/writeback/_resources" / licences.FILE_NAME)


def pack(built: Path, into: Path) -> Path:
    """Make the archive, a zip on Windows and a tar elsewhere; gives its path."""
    name = f"writeback-{version('writeback')}-{SYSTEM}-{platform.machine()}"
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(into / name), "zip", root_dir=into, base_dir=built.name))
    owner = ["--owner=0", "--group=0", "--numeric-owner"] if sys.platform == "linux" else []  # of GNU tar
    place = into / f"{name}.tar.xz"
    subprocess.run(["tar", "-c", "-J", *owner, "-f", str(place), "-C", str(into), built.name], check=True)
    return place


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
