"""The pages of help: title, the screens they are about, plain text.

They lie in `resources/help/pages`, and under the same name in a folder for each language beside them. A page
that a language has not is the English one, and says so (`HelpPage.language`).
"""

from collections import abc
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from writeback.runtime.resources import resource_folder
from writeback.runtime.wording import SOURCE, spoken

_SCREENS: Final = "screens:"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page."""

    name: str
    title: str
    screens: tuple[str, ...]
    """Names of the screens at which help opens here."""
    text: str
    language: str = SOURCE
    """In which it is written."""

    def holds(self, words: str) -> bool:
        """Say whether every one of the words stands on the page."""
        here = f"{self.title}\n{self.text}".casefold()
        return all(word in here for word in words.casefold().split())


def help_pages(folder: Path | None = None, *, language: str = "") -> tuple[HelpPage, ...]:
    """Give all pages in their order.

    Args:
        folder: Of resources; None: the program's own.
        language: In which, as far as they are written in it; '': the one that is spoken.

    Raises:
        ValueError: A page does not begin with its title and its screens.
    """
    return _pages((folder or resource_folder()) / "help" / "pages", language or spoken().language)


@cache
def _pages(folder: Path, language: str) -> tuple[HelpPage, ...]:
    found = []
    for place in sorted(folder.glob("*.txt")):
        own = folder / language / place.name
        is_own = language != SOURCE and own.is_file()
        text = (own if is_own else place).read_text("utf-8")
        found.append(_page(place.stem, text, language if is_own else SOURCE))
    return tuple(found)


def page_for(screen: str, pages: abc.Sequence[HelpPage]) -> HelpPage:
    """Give the page about a screen; the first one where none is."""
    return next((page for page in pages if screen in page.screens), pages[0])


def _page(name: str, text: str, language: str) -> HelpPage:
    title, screens, *rest = text.split("\n", 2)
    if not title or not screens.startswith(_SCREENS):
        raise ValueError(name)
    named = tuple(screens.removeprefix(_SCREENS).split())
    return HelpPage(name, title, named, "\n".join(rest).strip(), language)
