"""Each page of help stands in every language we ship, built alike, and calls things as the window does."""

import re
from collections import Counter, abc

import pytest

from writeback.runtime.help_pages import HelpPage, help_pages
from writeback.runtime.resources import resource_folder
from writeback.runtime.wording import SOURCE, read_forms

CODE = re.compile(
    r"writeback [a-z][\w-]*|--[a-z][\w-]*|(?:Ctrl|Alt|Shift)\+[\w+]+|\bF\d+\b"
    r"|\.sdl|CSV|XLSX|i1\b|RECORD|NAME|FILE"
)
"""What is typed or pressed: the same in every language."""
PAGES = {page.name: page for page in help_pages(language=SOURCE)}
LANGUAGES = sorted(place.name for place in (resource_folder() / "help" / "pages").iterdir() if place.is_dir())


def test_german_is_there() -> None:
    assert LANGUAGES == ["de"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_built_like_the_english_one(language: str, name: str) -> None:
    ours, theirs = PAGES[name], translated(language)[name]
    assert (theirs.language, theirs.screens) == (language, ours.screens)
    assert theirs.title
    assert shape(theirs) == shape(ours), f"lines, headings or steps of {name} differ"
    assert typed(theirs) == typed(ours), name
    assert theirs.text != ours.text
    assert max(map(len, theirs.text.splitlines())) < 1_000, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_opens_something_is_called_as_in_the_window(language: str) -> None:
    """A text of the window that ends with … is a button or a line of a menu: help calls it the same."""
    forms = read_forms(language)
    named = [text for text in forms if text.endswith("…") and len(text) > 4 and "{" not in text]
    wrong = {
        (name, text, forms[text][0])
        for name, page in PAGES.items()
        for text in named
        if re.search(rf"(?<!\w){re.escape(text)}", page.text)
        and forms[text][0] not in translated(language)[name].text
    }
    assert wrong == set()


def test_no_page_is_left_over_from_one_that_is_gone() -> None:
    for language in LANGUAGES:
        places = (resource_folder() / "help" / "pages" / language).glob("*.txt")
        assert {place.stem for place in places} == PAGES.keys()


def test_a_language_without_pages_has_the_english_ones_and_says_so() -> None:
    found = help_pages(language="xx")
    assert [page.name for page in found] == list(PAGES)
    assert {page.language for page in found} == {SOURCE}


def translated(language: str) -> abc.Mapping[str, HelpPage]:
    return {page.name: page for page in help_pages(language=language)}


def typed(page: HelpPage) -> Counter[str]:
    """Count what is typed or pressed, outside headings."""
    lines = (line for line in page.text.splitlines() if line.upper() != line)
    return Counter(found for line in lines for found in CODE.findall(line))


def shape(page: HelpPage) -> list[str]:
    """Give what each line is: nothing, a heading, a numbered step, or text."""
    return [
        "" if not line else "heading" if line.upper() == line else "step" if line[0].isdigit() else "text"
        for line in page.text.splitlines()
    ]
