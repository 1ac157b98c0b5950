"""Record ids (decimal numbers of 18 digits and more, always kept as text) and API names.

Must not: ask anybody; an id is judged by its form alone.
"""

import re
from typing import Final

from writeback.errors import ContractBrokenError

_ID: Final = re.compile(r"[1-9][0-9]{0,24}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z$]\w*", re.ASCII)


def known_id(value: object) -> str | None:
    """Give an id as text, whether Zoho wrote text or a number; None for what is no id."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    text = value.strip() if isinstance(value, str) else ""
    return text if _ID.fullmatch(text) else None


def row_id(text: str) -> str:
    """Give an id that may stand in an address.

    Raises:
        ContractBrokenError: It is none; planning resolves ids before anything is sent.
    """
    if not _ID.fullmatch(text):
        raise ContractBrokenError("zoho.bad_id", given=text[:40])
    return text


def api_name(text: str) -> str:
    """Give a module's or field's name that may stand in an address or a query.

    Raises:
        ContractBrokenError: It holds a character that no API name has.
    """
    if not _NAME.fullmatch(text):
        raise ContractBrokenError("zoho.bad_name", given=text[:80])
    return text
