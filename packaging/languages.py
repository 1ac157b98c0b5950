"""Keep the catalogues of the window's languages: `python packaging/languages.py`.

Reads every literal that the window hands to `tr` and `mark` and rewrites `resources/languages/*.ts`
(Qt Linguist's format): texts that are there keep their translation, new ones stand as unfinished,
those that nobody shows any more go. Says how many are unfinished; ends with 1 when there are some.
"""

import ast
import sys
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
WINDOW = ROOT / "app" / "writeback" / "gui"
LANGUAGES = ROOT / "resources" / "languages"
CALLS = frozenset({"tr", "mark"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text that is shown."""

    source: str
    counts: bool
    """It has plural forms."""
    places: frozenset[str]
    """Files that show it."""


def called(call: ast.Call) -> str:
    """Give the plain name of what is called."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def texts_of(files: abc.Iterable[Path]) -> dict[str, Text]:
    """Find the texts of some modules."""
    found: dict[str, Text] = {}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and called(node) in CALLS and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                old = found.get(first.value, Text(first.value, counts=False, places=frozenset()))
                counts = old.counts or (called(node) == "tr" and len(node.args) > 1)
                found[first.value] = Text(first.value, counts, old.places | {path.name})
    return found


def window_texts() -> dict[str, Text]:
    """Find every text of the window."""
    return texts_of(sorted(WINDOW.rglob("*.py")))


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """Read what a catalogue translates."""
    kept: dict[str, tuple[str, ...]] = {}
    if not path.is_file():
        return kept
    for message in ET.parse(path).iter("message"):  # noqa: S314  our own file
        translation = message.find("translation")
        if translation is None:
            continue
        forms = tuple(one.text or "" for one in translation.iter("numerusform")) or (translation.text or "",)
        kept[message.findtext("source") or ""] = forms
    return kept


def write(path: Path, texts: abc.Mapping[str, Text], kept: abc.Mapping[str, tuple[str, ...]]) -> int:
    """Write a catalogue and give the number of texts that wait for their translation."""
    language = path.stem
    top = ET.Element("TS", version="2.1", sourcelanguage="en", language=language)
    context = ET.SubElement(top, "context")
    ET.SubElement(context, "name").text = "writeback"
    unfinished = 0
    for source in sorted(texts, key=lambda one: (one.strip().casefold(), one)):
        text = texts[source]
        if language == "en" and not text.counts:
            continue
        message = ET.SubElement(context, "message", {"numerus": "yes"} if text.counts else {})
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        forms = kept.get(source, ())
        wanted = 2 if text.counts else 1
        if len(forms) != wanted or not all(forms):
            translation.set("type", "unfinished")
            unfinished += 1
        if text.counts:
            for place in range(2):
                form = ET.SubElement(translation, "numerusform")
                form.text = forms[place] if place < len(forms) else ""
        else:
            translation.text = forms[0] if forms else ""
    ET.indent(top, "  ")
    told = ET.tostring(top, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{told}\n', "utf-8")
    return unfinished


def main() -> int:
    """Bring every catalogue up to date."""
    texts, left = window_texts(), 0
    for path in sorted(LANGUAGES.glob("*.ts")):
        unfinished = write(path, texts, read(path))
        print(f"{path.stem}: {len(texts)} texts, {unfinished} unfinished")
        left += unfinished
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
