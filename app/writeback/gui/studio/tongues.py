"""Languages made by machine, to see what a translation does to the window: longer, and from right to left.

*pseudo-long*: every text of ours in brackets, accented and 40 % longer. *ar-XB*: its letters become Arabic
ones, and the layout is mirrored. What stands outside brackets, or in Latin letters, was never said by us.
"""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from writeback.gui.translating import LANGUAGES, number, use_language
from writeback.runtime.wording import SOURCE, Tongue, read_forms, speak

LONG: Final = "pseudo-long"
MIRRORED: Final = "ar-XB"
TONGUES: Final = (*LANGUAGES, LONG, MIRRORED)
OPEN, CLOSE = "⟦⟧"

_PLACE: Final = re.compile(r"(\{\w+\}|%n)")
_ACCENTS: Final = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
_ARABIC: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابثدعفغهيجكلمنوبقرستوفوخيزابثدعفغهيجكلمنوبقرستوفوخيز",
)
_MORE: Final = 0.4
_FILLING: Final = "éẋţŕà "


def longer(text: str) -> str:
    """Stretch a text of ours by 40 %, in words that can wrap."""
    missing = round(len(_PLACE.sub("", text)) * _MORE)
    filling = (_FILLING * (missing // len(_FILLING) + 1))[:missing].rstrip()
    told = "".join(
        part if _PLACE.fullmatch(part) else part.translate(_ACCENTS) for part in _PLACE.split(text)
    )
    return f"{OPEN}{told}{' ' if filling else ''}{filling}{CLOSE}"


def mirrored(text: str) -> str:
    """Write a text of ours in letters that run from right to left."""
    return "".join(part if _PLACE.fullmatch(part) else part.translate(_ARABIC) for part in _PLACE.split(text))


class _Made(Tongue):
    """English, changed by machine."""

    __slots__ = ()

    def of(self, text: str, n: int | None) -> str:
        """Give the English text, changed."""
        told = super().of(text, n)
        return longer(told) if self.language == LONG else mirrored(told)


def wear(tongue: str, application: QApplication) -> None:
    """Speak one of `TONGUES` in every widget that is built from now on."""
    direction = Qt.LayoutDirection.RightToLeft if tongue == MIRRORED else Qt.LayoutDirection.LeftToRight
    application.setLayoutDirection(direction)
    if tongue in LANGUAGES:
        use_language(tongue)
    else:
        use_language(SOURCE)
        speak(_Made(tongue, read_forms(SOURCE), number))
