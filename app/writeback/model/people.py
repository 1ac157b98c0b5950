"""Team members: one person, team or queue of ours, and the user that each CRM knows them by."""

import enum
from dataclasses import dataclass


class PersonKind(enum.StrEnum):
    """Who can own a record."""

    PERSON = "person"
    TEAM = "team"
    QUEUE = "queue"


class MatchedBy(enum.StrEnum):
    """How a CRM's user was found to be a team member."""

    ID = "id"
    """The same user of the same org, by another connection."""
    EMAIL = "email"
    NAME = "name"
    HAND = "hand"
    """A person said so; no later reading changes it."""
    OWN = "own"
    """Nobody of ours was like this user, so the user became a team member."""


@dataclass(frozen=True, slots=True)
class Person:
    """One team member.

    `id` is what a role's value holds, in every CRM alike: the e-mail in lower case they had when they
    became known, or for those without one the kind and the name (`queue:support`). It never changes.
    """

    id: str
    name: str
    email: str = ""
    kind: PersonKind = PersonKind.PERSON
    active: bool = True
