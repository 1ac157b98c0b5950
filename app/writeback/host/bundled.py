"""Which plugins are the program's own, and which names look like theirs.

The program's data names the distributions that belong to it (`resources/bundled.toml`). In a checkout and
in a packaged build a bundled plugin also has to lie there; where a hash is pinned it has to be that one.

Must not: name a connector in code.
"""

import sys
import tomllib
import unicodedata
from collections import abc
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import writeback

FILE_NAME: Final = "bundled.toml"
PREFIX: Final = "writeback-"
_ALIKE: Final = (
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("0", "o"),
    ("1", "l"),
    ("5", "s"),
    ("-", ""),
    ("_", ""),
)
_CONFUSABLE: Final = str.maketrans("аеорсухіѕԁӏɡνⅼ", "aeopcyxisdlgvl")
"""Letters of other alphabets that look like Latin ones."""
_SHORT: Final = 6


@dataclass(frozen=True, slots=True)
class Bundle:
    """The program's own plugins."""

    distributions: frozenset[str] = frozenset()
    hashes: abc.Mapping[str, str] = field(default_factory=dict)
    home: Path | None = None
    """Where they have to lie: the checkout's plugins, or a packaged build's own folder."""

    def owns(self, distribution: str, folder: Path | None, hash_of: abc.Callable[[], str]) -> bool:
        """Say whether a plugin is the program's own."""
        name = normal(distribution)
        if name not in self.distributions:
            return False
        if name in self.hashes:
            return hash_of() == self.hashes[name]
        if self.home is None:
            return True
        return folder is not None and folder.resolve().is_relative_to(self.home.resolve())

    def looked_like(self, *names: str) -> str:
        """Give the bundled distribution that one of these names could be taken for; '' for none."""
        for own in sorted(self.distributions):
            bare = own.removeprefix(PREFIX)
            for name in names:
                other = normal(name).removeprefix(PREFIX)
                if other == bare or _is_close(_shape(other), _shape(bare)):
                    return own
        return ""


def read_bundle(folder: Path) -> Bundle:
    """Read the program's list. `folder` holds it; a program without one owns no plugin."""
    try:
        told = tomllib.loads((folder / FILE_NAME).read_text("utf-8"))
    except OSError:
        return Bundle()
    hashes = {normal(name): str(digest) for name, digest in told.get("hashes", {}).items()}
    names = frozenset(normal(name) for name in told["distributions"])
    return Bundle(names, hashes, _home())


def _home() -> Path | None:
    package = Path(writeback.__file__).parent
    if getattr(sys, "frozen", False):
        return package.parent
    plugins = package.parents[1] / "plugins"
    is_checkout = (package.parents[1] / "pyproject.toml").is_file() and plugins.is_dir()
    return plugins if is_checkout else None


@cache
def own_bundle() -> Bundle:
    """Give the list of this program."""
    return read_bundle(bundle_folder())


def bundle_folder() -> Path:
    """Give the folder of the program's resources: in the package, or in the checkout."""
    package = Path(writeback.__file__).parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parents[1] / "resources"


def normal(name: str) -> str:
    """Give a distribution's name as indexes compare it."""
    return name.casefold().replace("_", "-").replace(".", "-")


def _shape(name: str) -> str:
    """Give what a name looks like at a glance."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_CONFUSABLE)
    for some, other in _ALIKE:
        plain = plain.replace(some, other)
    return plain


def _is_close(one: str, other: str) -> bool:
    most = 1 if min(len(one), len(other)) < _SHORT else 2
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """Count the letters to be put in, left out, replaced or swapped."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
