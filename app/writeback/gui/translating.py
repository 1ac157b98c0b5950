"""Every text of ours that a person reads goes through `tr`: one sentence with named places.

A sentence is translated whole, then filled; what fills it (names, numbers, a CRM's words) is
never translated. Text that stands at module level is only marked, and translated where it is shown.
The catalogues are Qt Linguist's own files, `resources/languages/*.ts`, read as they are: nothing is
compiled, so that the checkout, the wheel and the frozen program show the same words.
"""

from collections import abc
from dataclasses import dataclass, field
from typing import Final, TypeVar
from xml.etree import ElementTree as ET

from PySide6.QtCore import QLocale

from writeback.runtime.resources import resource_folder

SOURCE: Final = "en"
"""The language that the code is written in; its catalogue holds plurals only."""

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language."""

    language: str = SOURCE
    forms: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """English text → translation; one for each number of the plural where it counts something."""

    def of(self, text: str, n: int | None) -> str:
        """Give the translation, else the text itself."""
        forms = self.forms.get(text)
        if not forms:
            return text
        return forms[0] if n is None or n == 1 else forms[-1]


def read_catalogue(language: str) -> Catalogue:
    """Read a catalogue; a language without one speaks English.

    Raises:
        ParseError: The file is no XML.
    """
    path = resource_folder() / "languages" / f"{language}.ts"
    if not path.is_file():
        return Catalogue(language)
    forms: dict[str, tuple[str, ...]] = {}
    for message in ET.parse(path).iter("message"):  # noqa: S314  our own file
        translation = message.find("translation")
        if translation is None or translation.get("type"):
            continue  # unfinished, or no longer used
        told = tuple(one.text or "" for one in translation.iter("numerusform")) or (translation.text or "",)
        if all(told):
            forms[message.findtext("source") or ""] = told
    return Catalogue(language, forms)


_spoken: list[Catalogue] = []


def speak(catalogue: Catalogue | None) -> None:
    """Show every text that is made from now on in this language; None: in English."""
    _spoken[:] = [read_catalogue(SOURCE) if catalogue is None else catalogue]


def spoken() -> Catalogue:
    """Give the language of this moment."""
    if not _spoken:
        speak(None)
    return _spoken[0]


def tr(text: str, n: int | None = None, /, **places: object) -> str:
    """Give a text of ours in the person's language.

    Args:
        text: The English sentence, a literal; places as `{name}`, `%n` for the number of the plural.
        n: That number.
        places: What fills the places.

    Raises:
        KeyError: A place has nothing to fill it.
    """
    translated = spoken().of(text, n)
    if n is not None:
        translated = translated.replace("%n", QLocale().toString(n))
    return translated.format(**places) if places else translated


def mark(text: str) -> str:
    """Mark a text at module level for translation; it is translated where `tr` shows it."""
    return text


class Words(abc.Mapping[K, str]):
    """A table of marked words; each is translated where it is looked up."""

    def __init__(self, words: abc.Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, key: K) -> str:
        return tr(self._words[key])

    def __iter__(self) -> abc.Iterator[K]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
