"""What the program brings with it from others, and under which terms: for *About*.

A packaged build wrote the file when it was made. From a checkout or a wheel, the licences of the installed
distributions that Writeback asks for are told, as they lie beside them.
"""

import re
import sys
from collections import abc
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

FILE_NAME: Final = "THIRD-PARTY-LICENSES"
OURS: Final = "writeback"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_TEXTS: Final = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)
_RULE: Final = "=" * 80


def third_party_licences() -> str:
    """Give all notices as one text."""
    if getattr(sys, "frozen", False):
        written = Path(sys.executable).parent / FILE_NAME
        if written.is_file():
            return written.read_text("utf-8", errors="replace")
    return "\n\n".join(_notice(one) for one in needed(OURS))


def needed(name: str) -> tuple[Distribution, ...]:
    """Give the installed distributions that one asks for, and what those ask for, by name.

    What is asked for only in extras counts where it is installed: the window's libraries are one.
    """
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop().casefold().replace("_", "-")
        if wanted in found:
            continue
        try:
            found[wanted] = distribution(wanted)
        except PackageNotFoundError:
            continue
        for line in found[wanted].requires or ():
            asked = _NAME.match(line)
            if asked and (wanted.startswith(OURS) or "extra ==" not in line) and not _is_of_tests(line):
                waiting.append(asked.group())
    return tuple(one for key, one in sorted(found.items()) if not key.startswith(OURS))


def _is_of_tests(line: str) -> bool:
    return "'test'" in line or '"test"' in line or "'package'" in line or '"package"' in line


def _notice(one: Distribution) -> str:
    meta = one.metadata
    classifiers = [text for text in meta.get_all("Classifier") or () if text.startswith("License")]
    expressions, others = meta.get_all("License-Expression") or (), meta.get_all("License") or ()
    terms = next(
        (text.split("\n")[0] for text in (*expressions, ", ".join(classifiers), *others) if text), ""
    )
    head = f"{_RULE}\n{meta['Name']} {meta['Version']}\n{terms}\n{_RULE}"
    return "\n".join([head, *_texts(one)])


def _texts(one: Distribution) -> abc.Iterator[str]:
    for file in one.files or ():
        if ".dist-info" in str(file) and _TEXTS.search(file.as_posix()):
            yield Path(str(one.locate_file(file))).read_text("utf-8", errors="replace")
