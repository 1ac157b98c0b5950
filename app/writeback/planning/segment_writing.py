"""Write a segment's text: what a filter chip, a words box or a choice of states means in the one grammar.

What is written here `planning.segmenting` reads back as the same expression (a law of `tests/property`).

Must not: know SQL or a screen.
"""

import re
from collections import abc
from typing import Final

from writeback.model.segments import STATES, Operator

_NAME: Final = re.compile(r"[^\W0-9]\w*(\.[^\W0-9]\w*)?")
_MOVED: Final = re.compile(r"\s*(today|now)\s*([+-]\s*[0-9]+)?\s*", re.IGNORECASE)
_WORDS: Final = frozenset(
    {"or", "and", "not", "in", "is", "of", "contains", "starts", "ends", "state", "blank", "record", "any"}
)
_BLANKS: Final = frozenset({Operator.IS_BLANK, Operator.IS_SET})
_SEVERAL: Final = frozenset({Operator.ONE_OF, Operator.NONE_OF})


def quoted(text: str) -> str:
    """Give a text as a value."""
    return "'{}'".format(text.replace("'", "''"))


def name_of(attribute: str) -> str:
    """Give an attribute's API name as it is named in a text; `account.industry` asks a relation."""
    is_plain = _NAME.fullmatch(attribute) is not None and attribute.casefold() not in _WORDS
    return attribute if is_plain else '"{}"'.format(attribute.replace('"', ""))


def write_comparison(
    attribute: str, operator: Operator, values: abc.Sequence[str] = (), *, moves: bool = False
) -> str:
    """Give the text of one comparison.

    Args:
        attribute: Its API name, with its relation before a dot where it has one.
        operator: How it is compared.
        values: As a person would type them.
        moves: The attribute is a date: `today - 30` stays a moment that moves.
    """
    name = name_of(attribute)
    if operator in _BLANKS:
        return f"{name} {operator.value}"
    told = [one.strip() if moves and _MOVED.fullmatch(one) else quoted(one) for one in values]
    if operator in _SEVERAL:
        return f"{name} {operator.value} ({', '.join(told)})"
    return f"{name} {operator.value} {told[0]}"


def write_words(words: str) -> str:
    """Give the text that asks for words in any text."""
    return f"any text contains {quoted(words)}"


def write_marks(marks: abc.Set[str]) -> str:
    """Give the text that asks for values in one of these states; '' where there are none."""
    known = [f"state is {state}" for state in sorted(marks) if STATES.get(state) == frozenset({state})]
    return known[0] if len(known) == 1 else f"({' or '.join(known)})" if known else ""


def join_parts(parts: abc.Iterable[str]) -> str:
    """Join texts that must all hold; one that is joined by `or` is put into brackets."""
    told = [part.strip() for part in parts if part.strip()]
    return told[0] if len(told) == 1 else " and ".join(_bracketed(part) for part in told)


def _bracketed(text: str) -> str:
    """Put a text into brackets where `or` may stand in it outside of them."""
    bare = re.sub(r"'([^']|'')*'|\"[^\"]*\"", "", text)
    depth, outside = 0, []
    for character in bare:
        depth += (character == "(") - (character == ")")
        outside.append(" " if depth or character in "()" else character)
    return f"({text})" if re.search(r"\bor\b", "".join(outside), re.IGNORECASE) else text
