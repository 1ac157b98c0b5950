"""Every code has its words: what happened, what did not change, what to do."""

import re

from writeback.runtime.sentences import catalogue, sentence_of


def test_a_sentence_is_whole_and_quiet() -> None:
    """One test for all: a thousand of their own would spend their time on being set up."""
    loud = re.compile(r"!|\bplease\b|successfully|error occurred|\b(OK|REPOINT|EDIT_TARGET)\b")
    guilty = {
        f"{code}: {part}"
        for code, told in catalogue().items()
        for part in (told.happened, told.unchanged, told.advice)
        if part[-1] not in ".…}" or loud.search(part)
    }
    assert guilty == set()
    assert len(catalogue()) > 500


def test_facts_are_put_in_literally_and_shortened() -> None:
    told = sentence_of("connection.unknown", {"name": "{name} <b>" + "x" * 1000})
    assert "{name} <b>" in told.happened
    assert len(told.happened) < 400


def test_a_code_of_a_crm_is_found_whatever_its_case() -> None:
    assert sentence_of("salesforce.STRING_TOO_LONG") == sentence_of("salesforce.string_too_long")
    assert sentence_of("salesforce.SOMETHING_NEW").advice == catalogue()["salesforce.other"].advice


def test_an_unknown_code_still_gets_a_whole_answer() -> None:
    told = sentence_of("nobody.knows")
    assert told.happened
    assert told.advice
