"""Which preferences a search finds.

Must not: read a file.
"""

from writeback.preferences.keys import KEYS, Preference


def found_by(search: str) -> tuple[Preference, ...]:
    """Give the preferences that tell of every word of a search, in the order of the table; '' finds all."""
    words = search.casefold().split()
    return tuple(key for key in KEYS if all(word in _text(key) for word in words))


def _text(key: Preference) -> str:
    return " ".join((key.name, key.title, key.help, key.aliases, *key.words)).casefold()
