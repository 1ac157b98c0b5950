"""Propose whom a CRM's users could be, for team members that nobody was matched with: never taken by itself.

What was sure is matched already (`planning.pairing`). What is left is told by reason and confidence, the best
first; each user is proposed to one member and each member gets one user: all can be accepted together.

Must not: read anything, decide a match.
"""

import re
import unicodedata
from collections import abc
from typing import Final, NamedTuple

from writeback.planning.pairing import folded

MAIL, ALIAS, NAME, TURNED, INITIAL = "email", "alias", "name", "turned", "initial"
CONFIDENCE: Final[abc.Mapping[str, float]] = {
    MAIL: 0.9,
    ALIAS: 0.75,
    NAME: 0.7,
    TURNED: 0.65,
    INITIAL: 0.5,
}
"""The same e-mail, which others have as well · the same name before the @ · the same name · its parts in
another order, or without accents · the same surname and first letter."""
SHORT: Final = 3
"""A name before the @ says nothing if it is no longer: it is *hr* or *ana* in every company."""
_WORD: Final = re.compile(r"\w+")


class Known(NamedTuple):
    """Somebody on either side."""

    id: str
    name: str
    emails: tuple[str, ...]
    is_person: bool = True


class Proposed(NamedTuple):
    """One user for one team member."""

    person: str
    user: str
    reason: str
    confidence: float


def propose(persons: abc.Iterable[Known], users: abc.Sequence[Known]) -> tuple[Proposed, ...]:
    """Give a user for each team member that resembles one; what fits two alike is left to a person.

    Args:
        persons: Team members without a user in this CRM.
        users: The CRM's active users that are nobody's.
    """
    found = [
        Proposed(person.id, user.id, reason, CONFIDENCE[reason])
        for person in persons
        for user in users
        if person.is_person == user.is_person and (reason := alike(person, user))
    ]
    found.sort(key=lambda one: (-one.confidence, one.person, one.user))
    chosen: list[Proposed] = []
    for one in found:
        rivals = [
            other
            for other in found
            if other is not one
            and other.confidence == one.confidence
            and (other.person == one.person or other.user == one.user)
        ]
        is_taken = any(one.person == other.person or one.user == other.user for other in chosen)
        if not rivals and not is_taken:
            chosen.append(one)
    return tuple(chosen)


def alike(person: Known, user: Known) -> str:
    """Say by what two resemble each other; '' by nothing."""
    ours, theirs = _mails(person), _mails(user)
    if ours & theirs:
        return MAIL
    if {_alias(one) for one in ours} & {_alias(one) for one in theirs if len(_alias(one)) > SHORT}:
        return ALIAS
    if folded(person.name) and folded(person.name) == folded(user.name):
        return NAME
    mine, other = _words(person.name), _words(user.name)
    if len(mine) > 1 and sorted(mine) == sorted(other):
        return TURNED
    if len(mine) > 1 and len(other) > 1 and mine[-1] == other[-1] and mine[0][0] == other[0][0]:
        return INITIAL
    return ""


def _mails(one: Known) -> set[str]:
    return {folded(email) for email in one.emails if email.strip()}


def _alias(email: str) -> str:
    return email.partition("@")[0].partition("+")[0]


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(bare.casefold())
