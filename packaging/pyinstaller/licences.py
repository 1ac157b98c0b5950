"""Gather the licence of everything that a packaged build gives away, or say what lacks one.

Three sources: a Python distribution's own licence files, Debian's copyright file of a system library, and
the texts kept in `licences/` (those of the LGPL and GPL for Qt, and what a distribution left out of its
wheel). A build in which anything has no text is refused.
"""

import json
import re
import subprocess
import sys
import sysconfig
from collections import abc
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final

KEPT: Final = Path(__file__).parent / "licences"
FILE_NAME: Final = "THIRD-PARTY-LICENSES"
QT: Final = frozenset({"pyside6-essentials", "shiboken6"})
DENIED: Final = ("VirtualKeyboard", "NetworkAuth", "Charts", "DataVisualization")
"""Parts of Qt that are under the GPL alone: a build that holds one may not be given away under Apache-2.0."""
_TEXTS = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)
_OURS = "writeback"
_HEAD: Final = """\
What Writeback brings with it from others, and under which terms.

Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They lie as separate
libraries in this folder and may be replaced by your own builds of the same version; the text of the
licence, and of the GNU General Public License it refers to, stand below. Their sources, and the notices of
what Qt itself contains: https://code.qt.io and https://doc.qt.io/qt-6/licenses-used-in-qt.html
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing of somebody else, with its terms."""

    name: str
    version: str
    terms: str
    text: str


class UnlicensedError(Exception):
    """Something in the build has no licence text; its message names all of it."""


def write_notices(contents: Path, *, into: Path) -> abc.Sequence[Notice]:
    """Write the file of all notices, from the list that the build left of its contents.

    Raises:
        UnlicensedError: Something has no licence text, or may not be given away; nothing was written.
    """
    told = json.loads(contents.read_text("utf-8"))
    refuse_denied(told["binaries"])
    notices = gather(told["modules"], [Path(place) for place in told["binaries"]])
    rule = "=" * 100
    parts = [f"{rule}\n{one.name} {one.version}\n{one.terms}\n{rule}\n{one.text}" for one in notices]
    into.write_text("\n\n".join([_HEAD, *parts]), encoding="utf-8")
    return notices


def refuse_denied(names: abc.Iterable[str]) -> None:
    """Hold that no denied part of Qt is among these files.

    Raises:
        UnlicensedError: One is.
    """
    found = sorted({name for name in names for word in DENIED if word in Path(name).name})
    if found:
        raise UnlicensedError(f"Not to be given away: {', '.join(found)}")


def gather(modules: abc.Iterable[str], binaries: abc.Iterable[Path]) -> list[Notice]:
    """Give the notice of each distribution and system library, ordered by name.

    Raises:
        UnlicensedError: Something has no licence text.
    """
    places = [place for place in binaries if not _is_of_python(place)]
    site = Path(sysconfig.get_path("purelib"))
    inside = [place.relative_to(site).parts[0] for place in places if place.is_relative_to(site)]
    names = {*_distributions([*modules, *(name.partition(".")[0] for name in inside)])}
    found = [_of_python(), *(_of_distribution(name) for name in sorted(names))]
    found += _of_system([place for place in places if not place.is_relative_to(site)])
    missing = [one.name for one in found if not one.text.strip()]
    if missing:
        raise UnlicensedError(f"No licence text for: {', '.join(sorted(missing))}")
    return sorted(found, key=lambda one: one.name.casefold())


def _distributions(modules: abc.Iterable[str]) -> abc.Iterator[str]:
    known = packages_distributions()
    for module in modules:
        for name in known.get(module, ()):
            if not name.casefold().startswith(_OURS):
                yield name.casefold().replace("_", "-")


def _of_distribution(name: str) -> Notice:
    found = distribution(name)
    texts = [*_own_texts(found)]
    if name in QT:
        texts += [(KEPT / f"{kind}-3.0.txt").read_text("utf-8") for kind in ("LGPL", "GPL")]
    kept = KEPT / f"{name}.txt"
    if not texts and kept.is_file():
        texts.append(kept.read_text("utf-8"))
    meta = found.metadata
    classifiers = [text for text in meta.get_all("Classifier") or () if text.startswith("License")]
    first = next(iter(str(meta.get("License") or "").splitlines()), "")
    terms = str(meta.get("License-Expression") or ", ".join(classifiers) or first)
    return Notice(meta["Name"], meta["Version"], terms, "\n\n".join(texts))


def _own_texts(found: Distribution) -> abc.Iterator[str]:
    for file in found.files or ():
        if ".dist-info" in str(file) and _TEXTS.search(file.as_posix()):
            yield Path(str(found.locate_file(file))).read_text("utf-8", errors="replace")


def _of_python() -> Notice:
    home = Path(sysconfig.get_path("stdlib"))
    text = (home / "LICENSE.txt").read_text("utf-8") if (home / "LICENSE.txt").is_file() else ""
    return Notice("Python", sys.version.partition(" ")[0], "Python Software Foundation License", text)


def _is_of_python(place: Path) -> bool:
    """Say whether a file belongs to Python itself, whose licence stands once."""
    base = Path(sys.base_prefix)
    return place.is_relative_to(base) and "site-packages" not in place.parts


def _of_system(places: abc.Sequence[Path]) -> list[Notice]:
    """Give Debian's copyright file of each package that the libraries came from."""
    packages: dict[str, str] = {}
    nobodys = []
    for place in places:
        package = _package_of(place)
        if package:
            packages[package] = _version_of(package)
        else:
            nobodys.append(Notice(str(place), "", "", ""))
    return nobodys + [
        Notice(name, version, "as its authors say, below", _copyright_of(name))
        for name, version in packages.items()
    ]


def _copyright_of(package: str) -> str:
    place = Path("/usr/share/doc", package.partition(":")[0], "copyright")
    return place.read_text("utf-8", errors="replace") if place.is_file() else ""


def _package_of(place: Path) -> str:
    for asked in (place, place.resolve()):
        for name in (str(asked), str(asked).removeprefix("/usr")):
            done = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout.partition(": ")[0].partition(",")[0]
    return ""


def _version_of(package: str) -> str:
    command = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
