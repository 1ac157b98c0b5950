"""The safe form of a cell: a spreadsheet shows it and never runs it.

A text that begins like a formula gets one apostrophe in front, and so does one that begins with an
apostrophe, so that taking off exactly one gives back every text. Numbers of number columns stay numbers.
"""

import re
from typing import Final

APOSTROPHE: Final = "'"
TRIGGERS: Final = frozenset("=+-@\t\r\n\0＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, full-width forms included."""

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)


def safe_cell(text: str, *, is_number: bool = False) -> str:
    """Give the safe form of one cell.

    Args:
        text: The cell.
        is_number: The column holds numbers: one that is a number stays as it is.
    """
    if not text or (text[0] not in TRIGGERS and text[0] != APOSTROPHE):
        return text
    if is_number and _NUMBER.fullmatch(text):
        return text
    return APOSTROPHE + text


def bare_cell(text: str) -> str:
    """Take off what `safe_cell` put in front."""
    return text.removeprefix(APOSTROPHE)
