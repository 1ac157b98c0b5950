"""Sentences of runtime in the person's language: said here, and kept in English in the workspace."""

from collections import abc
from datetime import UTC, datetime

import pytest

from writeback.engine.tracing import TELLS, words_of
from writeback.model.guards import Guard, Strike
from writeback.model.jobs import Assurance
from writeback.runtime.assurances import Gap, measured_words
from writeback.runtime.plan_words import guard_words, share_words, span_words
from writeback.runtime.retelling import retold
from writeback.runtime.wording import Words, mark, say, speak_language
from writeback.sdk.capabilities import ValueWritten


@pytest.fixture
def german() -> abc.Iterator[None]:
    speak_language("de")
    yield
    speak_language("en")


def test_a_kept_sentence_of_ours_is_told_anew(german: None) -> None:
    at = datetime(2026, 11, 27, 13, 2, tzinfo=UTC)
    kept = words_of(ValueWritten(field="Tier", value="x", at=at, by="ana {at} of the CRM"))
    assert kept == "Changed in the CRM by ana {at} of the CRM at 2026-11-27 13:02 UTC."
    assert retold(kept) == "Von ana {at} of the CRM am 2026-11-27 13:02 UTC im CRM geändert."
    assert retold("Changed by hand.") == "Changed by hand.", "what a CRM said is no sentence of ours"
    assert {retold(one.format(by="x", at="y")) for one in TELLS.values()} & set(TELLS.values()) == set()


def test_english_tells_what_is_kept() -> None:
    for text in TELLS.values():
        told = text.format(by="ana", at="2026-11-27 13:02")
        assert retold(told) == told


def test_a_guards_phrases_are_said_inside_its_sentence(german: None) -> None:
    facts = (
        ("what", mark("{column} is blank in all {rows} rows, and blank means clear")),
        ("column", "Tier"),
        ("rows", "20"),
    )
    told = guard_words(Strike(Guard.EMPTY, 1, 0, facts))
    assert told == "Die Quelle ist leer: Tier ist in allen 20 Zeilen leer, und leer heißt leeren."
    shares = (("rows", "6"), ("total", "10"), ("where", "in the CRM"))
    told = guard_words(Strike(Guard.CHANGED, 60, 50, shares))
    assert told == "60 % aller Datensätze würden geschrieben (6 von 10 im CRM); höchstens 50 % dürfen."


def test_numbers_inside_sentences_are_written_in_the_language(german: None) -> None:
    assert share_words(12.5) == "12,5 %"
    assert span_words(3 * 3600) == "3,0 h"
    assert measured_words(Assurance.B, "Acme", Gap(3, 1.5, 2, 2.5)).count("5 s") == 2
    assert "2,0 s" in measured_words(Assurance.B, "Acme", Gap(3, 1.5, 2, 2.5))


def test_a_place_without_a_filling_is_a_fault() -> None:
    with pytest.raises(KeyError):
        say("{name} is gone", other="x")


def test_words_speak_when_they_are_looked_up() -> None:
    words = Words({1: mark("Done")})
    assert words[1] == "Done"
    speak_language("de")
    try:
        assert (words[1], len(words), list(words)) == ("Fertig", 1, [1])
    finally:
        speak_language("en")
