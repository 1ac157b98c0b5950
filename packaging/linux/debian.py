"""Make a Debian package of the built folder: the program under /opt, a command, a menu entry, an icon.

Must not: build the program (`pyinstaller/build.py` does), need root.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
NEEDS: Final = (
    "libc6 (>= 2.36), libegl1, libgl1, libfontconfig1, libdbus-1-3, "
    "fonts-dejavu-core | fonts-freefont-ttf | fonts-liberation"
)
"""What the program needs of the machine and does not carry: graphics drivers, fonts, the C library."""
CONTROL: Final = """\
Package: writeback
Version: {version}
Architecture: {architecture}
Maintainer: The Writeback project <writeback@example.invalid>
Installed-Size: {kilobytes}
Depends: {needs}
Recommends: gnome-keyring | kwalletmanager
Section: misc
Priority: optional
Description: CRM write-back
 Brings customer data edited outside the CRM back into Salesforce, HubSpot,
 Microsoft Dynamics 365 and Zoho CRM, correctly, at any volume.
"""


def make_package(built: Path, *, version: str, icon: Path, into: Path) -> Path:
    """Make the package from the folder that PyInstaller built.

    Args:
        built: The folder with the program, `THIRD-PARTY-LICENSES` and `LICENSE`.
        version: The program's version.
        icon: Its icon, SVG.
        into: The folder that the package is written to.

    Raises:
        FileNotFoundError: `dpkg-deb` is not there: this is no Debian-like machine.
        subprocess.CalledProcessError: It failed; its words are on standard error.
    """
    architecture = _said("dpkg", "--print-architecture")
    root = into / "deb-root"
    shutil.rmtree(root, ignore_errors=True)
    home = root / "opt/writeback"
    shutil.copytree(built, home, symlinks=True)
    command = root / "usr/bin/writeback"
    command.parent.mkdir(parents=True)
    command.symlink_to("/opt/writeback/writeback")
    for source, target in (
        (HERE / "writeback.desktop", "usr/share/applications/writeback.desktop"),
        (icon, "usr/share/icons/hicolor/scalable/apps/writeback.svg"),
        (built / "THIRD-PARTY-LICENSES", "usr/share/doc/writeback/copyright"),
    ):
        place = root / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
    size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file() and not file.is_symlink())
    control = root / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(version=version, architecture=architecture, kilobytes=size // 1024, needs=NEEDS)
    )
    package = into / f"writeback_{version}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "-Zzstd", "--root-owner-group", "--build", str(root), str(package)], check=True
    )
    shutil.rmtree(root)
    return package


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
