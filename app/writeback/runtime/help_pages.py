"""The pages of help, as they lie in `resources/help/pages`: title, the screens they are about, plain text."""

from collections import abc
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from writeback.runtime.resources import resource_folder

_SCREENS: Final = "screens:"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page."""

    name: str
    title: str
    screens: tuple[str, ...]
    """Names of the screens at which help opens here."""
    text: str

    def holds(self, words: str) -> bool:
        """Say whether every one of the words stands on the page."""
        here = f"{self.title}\n{self.text}".casefold()
        return all(word in here for word in words.casefold().split())


@cache
def help_pages(folder: Path | None = None) -> tuple[HelpPage, ...]:
    """Give all pages in their order.

    Raises:
        ValueError: A page does not begin with its title and its screens.
    """
    places = sorted(((folder or resource_folder()) / "help" / "pages").glob("*.txt"))
    return tuple(_page(place.stem, place.read_text("utf-8")) for place in places)


def page_for(screen: str, pages: abc.Sequence[HelpPage]) -> HelpPage:
    """Give the page about a screen; the first one where none is."""
    return next((page for page in pages if screen in page.screens), pages[0])


def _page(name: str, text: str) -> HelpPage:
    title, screens, *rest = text.split("\n", 2)
    if not title or not screens.startswith(_SCREENS):
        raise ValueError(name)
    return HelpPage(name, title, tuple(screens.removeprefix(_SCREENS).split()), "\n".join(rest).strip())
