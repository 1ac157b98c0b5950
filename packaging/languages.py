"""Keep the catalogues of the window's languages: `python packaging/languages.py`.

Reads every literal that is handed to `tr`, `say` and `mark`, what the tables of preferences say, and the
words of our own connectors' manifests, and rewrites `resources/languages/*.ts`
(Qt Linguist's format): texts that are there keep their translation, new ones stand as unfinished,
those that nobody shows any more go. Says how many are unfinished; ends with 1 when there are some.
"""

import ast
import sys
import tomllib
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "app" / "writeback"
LANGUAGES = ROOT / "resources" / "languages"
CALLS = frozenset({"tr", "say", "mark"})
SPEAK_ENGLISH = frozenset({"cli", "worker", "conformance", "studio"})
"""Rooms whose texts nobody translates."""
TABLES = {"Preference": (3, 4, 6), "_notice": (1, 2)}
"""Calls whose arguments at these places (and `unit`) are words for people."""


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


def literals_of(call: ast.Call) -> abc.Iterator[tuple[str, bool]]:
    """Give the texts of one call, and whether each counts something."""
    name = called(call)
    if name in CALLS and call.args:
        first = call.args[0]
        for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            if (
                isinstance(one, ast.Constant)
                and isinstance(one.value, str)
                and any(map(str.isalpha, one.value))
            ):
                yield one.value, name != "mark" and len(call.args) > 1
    given = [one for place, one in enumerate(call.args) if place in TABLES.get(name, ())]
    units = [
        one.value
        for one in call.keywords
        if one.arg in {"unit", "words", "aliases"} and name in {"Preference", "_limit"}
    ]
    for holder in (*given, *units):
        for one in holder.elts if isinstance(holder, ast.Tuple) else (holder,):
            if (
                isinstance(one, ast.Constant)
                and isinstance(one.value, str)
                and any(map(str.isalpha, one.value))
            ):
                yield one.value, False


def manifest_words(told: object) -> abc.Iterator[str]:
    """Give titles and descriptions of a manifest, wherever they stand in it."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name in {"title", "description"} and isinstance(value, str):
                yield value
            elif name in {"steps", "pitfalls"} and isinstance(value, list):
                yield from (one for one in value if isinstance(one, str))
            yield from manifest_words(value)
    elif isinstance(told, list):
        for value in told:
            yield from manifest_words(value)


def all_texts() -> dict[str, Text]:
    """Find every text that the window can show, but for the catalogue of errors."""
    found: dict[str, Text] = {}

    def keep(source: str, path: Path, *, counts: bool = False) -> None:
        old = found.get(source, Text(source, counts=False, places=frozenset()))
        found[source] = Text(source, old.counts or counts, old.places | {path.name})

    for path in sorted(one for one in PROGRAM.rglob("*.py") if not SPEAK_ENGLISH.intersection(one.parts)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for source, counts in literals_of(node):
                    keep(source, path, counts=counts)
    for path in sorted(ROOT.glob("plugins/*/writeback_*/connector.toml")):
        for source in manifest_words(tomllib.loads(path.read_text("utf-8"))):
            keep(source, path)
    return found


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
    texts, left = all_texts(), 0
    for path in sorted(LANGUAGES.glob("*.ts")):
        unfinished = write(path, texts, read(path))
        print(f"{path.stem}: {len(texts)} texts, {unfinished} unfinished")
        left += unfinished
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
