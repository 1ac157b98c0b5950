"""The catalogue of sentences: what a code means, what did not change, what to do.

Window and command line read the same file, `resources/help/errors.toml`. Knows no Qt. A code that
is not in the catalogue is a bug that a test finds; a person still gets a whole answer.
"""

import re
import tomllib
from collections import abc
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from writeback.errors import Fact
from writeback.runtime.resources import resource_folder

_PLACE: Final = re.compile(r"\{(\w+)\}")
_FACT_MOST: Final = 300


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
    title="Something has no explanation yet",
    happened="Writeback met a case that its catalogue does not explain.",
    unchanged="What was saved stays saved.",
    advice="Look the code up in the documentation, or report it with the details.",
)


@cache
def catalogue(folder: Path | None = None) -> abc.Mapping[str, Sentence]:
    """Give all sentences by code, with their places still open."""
    text = ((folder or resource_folder()) / "help" / "errors.toml").read_text("utf-8")
    found: dict[str, Sentence] = {}
    for area, codes in tomllib.loads(text).items():
        for name, entry in codes.items():
            found[f"{area}.{name}"] = Sentence(
                happened=entry["happened"],
                unchanged=entry.get("unchanged", "Nothing was changed."),
                advice=entry["advice"],
                title=entry.get("title", ""),
            )
    return found


def sentence_of(code: str, facts: abc.Mapping[str, Fact] | None = None) -> Sentence:
    """Give the words of one code. Facts are foreign text: they are put in literally and shortened."""
    known = catalogue().get(code.casefold()) or _by_area(code)
    told = facts or {}
    return Sentence(
        title=_filled(known.title, told),
        happened=_filled(known.happened, told),
        unchanged=_filled(known.unchanged, told),
        advice=_filled(known.advice, told),
    )


def _by_area(code: str) -> Sentence:
    """A CRM's own codes are without number: their area answers where the code itself has no entry."""
    return catalogue().get(f"{code.partition('.')[0]}.other") or UNKNOWN


def _filled(text: str, facts: abc.Mapping[str, Fact]) -> str:
    def fill(place: re.Match[str]) -> str:
        value = facts.get(place[1])
        return "?" if value is None else str(value)[:_FACT_MOST]

    return _PLACE.sub(fill, text)
