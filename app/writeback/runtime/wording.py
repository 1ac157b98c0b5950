"""Sentences of ours in the language of the process: the window's, English everywhere else.

A sentence is translated whole, then filled; what fills it (names, numbers, a CRM's words) is never
translated. The catalogues are Qt Linguist's own files, `resources/languages/*.ts`, read as they are: nothing
is compiled, so that the checkout, the wheel and the frozen program show the same words. Knows no Qt.
"""

from collections import abc
from dataclasses import dataclass, field
from typing import Final, TypeVar
from xml.etree import ElementTree as ET

from writeback.model.wording import mark
from writeback.runtime.resources import resource_folder

SOURCE: Final = "en"
"""The language that the code is written in; its catalogue holds plurals only."""

K = TypeVar("K")
Forms = abc.Mapping[str, tuple[str, ...]]
"""English text → translation; one for each number of the plural where it counts something."""


def _number(count: float) -> str:
    return f"{count:,}" if isinstance(count, int) else f"{count:,.1f}"


def _as_german(count: float) -> str:
    return _number(count).translate(str.maketrans(",.", ".,"))


NUMBERS: Final[abc.Mapping[str, abc.Callable[[float], str]]] = {"de": _as_german}
"""How a language writes numbers, where nobody knows the person's own way."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, and how numbers are written in it."""

    language: str = SOURCE
    forms: Forms = field(default_factory=dict)
    number: abc.Callable[[float], str] = _number

    def of(self, text: str, n: int | None) -> str:
        """Give the translation, else the text itself."""
        forms = self.forms.get(text)
        if not forms:
            return text
        return forms[0] if n is None or n == 1 else forms[-1]


def read_forms(language: str) -> Forms:
    """Read a catalogue; a language without one speaks English.

    Raises:
        ParseError: The file is no XML.
    """
    path = resource_folder() / "languages" / f"{language}.ts"
    if not path.is_file():
        return {}
    forms: dict[str, tuple[str, ...]] = {}
    for message in ET.parse(path).iter("message"):  # noqa: S314  our own file
        translation = message.find("translation")
        if translation is None or translation.get("type"):
            continue  # unfinished, or no longer used
        told = tuple(one.text or "" for one in translation.iter("numerusform")) or (translation.text or "",)
        if all(told):
            forms[message.findtext("source") or ""] = told
    return forms


_spoken: list[Tongue] = []


def speak(tongue: Tongue) -> None:
    """Say every sentence from now on like this. One process has one person to talk to."""
    _spoken[:] = [tongue]


def speak_language(language: str, number: abc.Callable[[float], str] | None = None) -> None:
    """Say every sentence from now on in a language of the catalogues."""
    speak(Tongue(language, read_forms(language), number or NUMBERS.get(language, _number)))


def spoken() -> Tongue:
    """Give what is spoken."""
    if not _spoken:
        speak_language(SOURCE)
    return _spoken[0]


def say(text: str, n: int | None = None, /, **places: object) -> str:
    """Give a text of ours in the person's language.

    Args:
        text: The English sentence, a literal; places as `{name}`, `%n` for the number of the plural.
        n: That number.
        places: What fills the places.

    Raises:
        KeyError: A place has nothing to fill it.
    """
    tongue = spoken()
    told = tongue.of(text, n) if text else ""
    if n is not None:
        told = told.replace("%n", tongue.number(n))
    return told.format(**places) if places else told


def number(count: float) -> str:
    """Write a number as the person does."""
    return spoken().number(count)


class Words(abc.Mapping[K, str]):
    """A table of marked words; each is translated where it is looked up."""

    def __init__(self, words: abc.Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, key: K) -> str:
        return say(self._words[key])

    def __iter__(self) -> abc.Iterator[K]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


__all__ = [
    "NUMBERS",
    "Forms",
    "Tongue",
    "Words",
    "mark",
    "number",
    "read_forms",
    "say",
    "speak",
    "speak_language",
    "spoken",
]
