"""The catalogue of sentences: what a code means, what did not change, what to do.

Window and command line read the same file, `resources/help/errors.toml`, and in another language its
companion (`errors.de.toml`). Knows no Qt. A code of ours
that is not in the catalogue is a bug that a test finds; a plugin brings the sentences of its own codes.
"""

import re
import tomllib
from collections import abc
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from writeback.errors import Fact, PluginError
from writeback.runtime.resources import resource_folder
from writeback.runtime.wording import SOURCE, mark, say, spoken

_PLACE: Final = re.compile(r"\{(\w+)\}")
_FACT_MOST: Final = 300
_FILE_MOST: Final = 256 * 1024
PLUGIN_FILE: Final = "sentences.toml"
_NOTHING: Final = mark("Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One code in words, with its facts filled in."""

    happened: str
    unchanged: str
    advice: str
    title: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.happened, self.unchanged, self.advice) if part)


UNKNOWN: Final = Sentence(
    title=mark("Something has no explanation yet"),
    happened=mark("Writeback met a case that its catalogue does not explain."),
    unchanged=mark("What was saved stays saved."),
    advice=mark("Look the code up in the documentation, or report it with the details."),
)


@cache
def catalogue(folder: Path | None = None, *, language: str = SOURCE) -> abc.Mapping[str, Sentence]:
    """Give all sentences by code, with their places still open; none in a language without a catalogue."""
    ending = "" if language == SOURCE else f".{language}"
    path = (folder or resource_folder()) / "help" / f"errors{ending}.toml"
    if ending and not path.is_file():
        return {}
    text = path.read_text("utf-8")
    return {
        f"{area}.{name}": _sentence(entry)
        for area, codes in tomllib.loads(text).items()
        for name, entry in codes.items()
    }


@cache
def plugin_sentences(area: str) -> abc.Mapping[str, Sentence]:
    """Give the sentences that a plugin brings for its own codes, read without running it.

    They stand in `sentences.toml` of its package, by the code's second half. A plugin can speak for no
    other area than its own id; a file that cannot be read costs its sentences and nothing else.
    """
    from writeback.host import Host  # noqa: PLC0415  only for a code that we do not know
    from writeback.host.finding import read_file  # noqa: PLC0415  the same

    record = next((one for one in Host.for_this_user().plugins() if one.id == area and one.is_usable), None)
    if record is None:
        return {}
    try:
        data = read_file(record.package, PLUGIN_FILE)[:_FILE_MOST]
        return {f"{area}.{name}": _sentence(one) for name, one in tomllib.loads(data.decode("utf-8")).items()}
    except (PluginError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError):
        return {}


def _sentence(entry: abc.Mapping[str, str]) -> Sentence:
    return Sentence(
        happened=str(entry["happened"]),
        unchanged=str(entry.get("unchanged", _NOTHING)),
        advice=str(entry["advice"]),
        title=str(entry.get("title", "")),
    )


def sentence_of(code: str, facts: abc.Mapping[str, Fact] | None = None) -> Sentence:
    """Give the words of one code. Facts are foreign text: they are put in literally and shortened."""
    known = _of_us(code.casefold()) or _by_plugin(code.casefold()) or _by_area(code)
    told = facts or {}
    return Sentence(
        title=_filled(say(known.title), told),
        happened=_filled(say(known.happened), told),
        unchanged=_filled(say(known.unchanged), told),
        advice=_filled(say(known.advice), told),
    )


def _of_us(code: str) -> Sentence | None:
    told = catalogue(language=spoken().language).get(code) if spoken().language != SOURCE else None
    return told or catalogue().get(code)


def _by_plugin(code: str) -> Sentence | None:
    area = code.partition(".")[0]
    own = plugin_sentences(area)
    return own.get(code) or own.get(f"{area}.other")


def _by_area(code: str) -> Sentence:
    """A CRM's own codes are without number: their area answers where the code itself has no entry."""
    return _of_us(f"{code.partition('.')[0]}.other") or UNKNOWN


def _filled(text: str, facts: abc.Mapping[str, Fact]) -> str:
    def fill(place: re.Match[str]) -> str:
        value = facts.get(place[1])
        return "?" if value is None else str(value)[:_FACT_MOST]

    return _PLACE.sub(fill, text)
