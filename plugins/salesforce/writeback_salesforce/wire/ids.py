"""Record ids: 15 case-sensitive characters, or 18 whose last three make them readable without case.

Must not ask anybody: an id is judged by its form alone.
"""

import re
from typing import Final

from writeback.errors import ContractBrokenError

_FORM: Final = re.compile(r"[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z]\w*", re.ASCII)
_CHECKSUM: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def full_id(text: str) -> str | None:
    """Give the 18-character form of an id; None for what is no id."""
    text = text.strip()
    if not _FORM.fullmatch(text):
        return None
    full = text[:15] + checksum(text[:15])
    return full if len(text) == 15 or text[15:].upper() == full[15:] else None


def checksum(short: str) -> str:
    """Give the three characters that tell which of the fifteen are capital letters."""
    chunks = (short[0:5], short[5:10], short[10:15])
    return "".join(
        _CHECKSUM[sum(1 << place for place, letter in enumerate(part) if "A" <= letter <= "Z")]
        for part in chunks
    )


def row_id(text: str) -> str:
    """Give an id that may stand in an address.

    Raises:
        ContractBrokenError: It is none; planning resolves ids before anything is sent.
    """
    if not _FORM.fullmatch(text):
        raise ContractBrokenError("salesforce.bad_id", given=text[:40])
    return text


def api_name(text: str) -> str:
    """Give an object's or field's name that may stand in an address or a query.

    Raises:
        ContractBrokenError: It holds a character that no API name has.
    """
    if not _NAME.fullmatch(text):
        raise ContractBrokenError("salesforce.bad_name", given=text[:80])
    return text
