"""Sentences of ours that stand in the workspace: kept in English, told in the language of the process.

What a CRM or a person wrote is no sentence of ours and stays as it is.
"""

import re
from typing import Final

from writeback.model.traces import TELLS
from writeback.runtime.wording import say

_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")
_KEPT: Final = tuple(
    (text, re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(text))))
    for text in sorted(TELLS.values(), key=len, reverse=True)
)


def retold(text: str) -> str:
    """Give a kept sentence of ours in the person's language; anything else as it stands."""
    for template, form in _KEPT:
        found = form.fullmatch(text)
        if found is not None:
            return say(template, **found.groupdict())
    return text
