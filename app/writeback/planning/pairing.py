"""Decide which of a CRM's users is which of our team members: by id, then e-mail, then name.

Nothing is guessed: where two fit, nobody is taken, and a person chooses. An inactive namesake does not make
a match doubtful. A user nobody of ours is like becomes a team member.

Must not: overrule what a person decided; users that have a team member are not given here.
"""

import re
from collections import abc
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from writeback.model.people import MatchedBy, Person, PersonKind

CONFIDENCE: Final[abc.Mapping[MatchedBy, float]] = {
    MatchedBy.ID: 1.0,
    MatchedBy.HAND: 1.0,
    MatchedBy.OWN: 1.0,
    MatchedBy.EMAIL: 0.95,
    MatchedBy.NAME: 0.7,
}
_NO_WORD: Final = re.compile(r"[^\w]+")

UserKey = tuple[str, str]
"""Object and id of a CRM's user."""


class UserFacts(Protocol):
    """A CRM's user; `sdk.capabilities.CrmUser` meets it."""

    @property
    def id(self) -> str:
        """The CRM's id."""

    @property
    def object(self) -> str:
        """The object it is of."""

    @property
    def title(self) -> str:
        """What people call them."""

    @property
    def email(self) -> str:
        """May be blank."""

    @property
    def is_active(self) -> bool:
        """An inactive user owns nothing new."""

    @property
    def kind(self) -> PersonKind:
        """Person, team or queue."""


class Pairing(NamedTuple):
    """What was found for one user."""

    user: UserKey
    person: Person | None
    """None: several fit, or an active namesake is meant."""
    how: MatchedBy | None
    is_new: bool = False
    """The team member is made by this."""
    is_ambiguous: bool = False


@dataclass(slots=True)
class Directory:
    """Our team members as far as matching needs them; grows as users become members."""

    persons: dict[str, Person]
    emails: dict[str, set[str]] = field(default_factory=dict)
    names: dict[tuple[bool, str], set[str]] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    """Members that have a user in this CRM."""

    @classmethod
    def of(
        cls,
        persons: abc.Iterable[Person],
        *,
        emails: abc.Iterable[tuple[str, str]] = (),
        here: abc.Iterable[str] = (),
    ) -> "Directory":
        """Make one; `emails` are further (person id, e-mail): those of their users elsewhere."""
        made = cls({}, here=set(here))
        for person in persons:
            made.add(person)
        for person_id, email in emails:
            if email.strip():
                made.emails.setdefault(folded(email), set()).add(person_id)
        return made

    def add(self, person: Person) -> None:
        """Know one more."""
        self.persons[person.id] = person
        self.names.setdefault(_name_key(person.kind, person.name), set()).add(person.id)
        if person.email.strip():
            self.emails.setdefault(folded(person.email), set()).add(person.id)

    def new(self, user: UserFacts, *, name: str = "") -> Person:
        """Make a team member of a user."""
        person = Person(
            self._free_id(user), name or user.title or user.email, user.email, user.kind, user.is_active
        )
        self.add(person)
        return person

    def _free_id(self, user: UserFacts) -> str:
        is_mailed = user.kind is PersonKind.PERSON and bool(user.email.strip())
        stem = folded(user.email) if is_mailed else f"{user.kind.value}:{_slug(user.title or user.id)}"
        found, number = stem, 1
        while found in self.persons:
            number += 1
            found = f"{stem}-{number}"
        return found


def pair(
    users: abc.Sequence[UserFacts],
    directory: Directory,
    *,
    matched: abc.Collection[UserKey] = (),
    same: abc.Mapping[UserKey, str] | None = None,
) -> list[Pairing]:
    """Find a team member for each user that has none.

    Args:
        users: All users of one CRM.
        directory: Our team members; those made here are added to it.
        matched: Users that have a team member already.
        same: Team members by users of the same org, as another connection knows them.
    """
    by_email: dict[str, list[UserFacts]] = {}
    by_name: dict[tuple[bool, str], list[UserFacts]] = {}
    for user in users:
        if user.email.strip():
            by_email.setdefault(folded(user.email), []).append(user)
        by_name.setdefault(_name_key(user.kind, user.title), []).append(user)
    found: list[Pairing] = []
    for user in users:
        key = (user.object, user.id)
        if key in matched:
            continue
        known = (same or {}).get(key)
        if known is not None and known in directory.persons and known not in directory.here:
            one = Pairing(key, directory.persons[known], MatchedBy.ID)
        else:
            rivals = by_email[folded(user.email)] if user.email.strip() else []
            one = _by_email(user, rivals, directory) or _by_name(
                user, by_name[_name_key(user.kind, user.title)], directory
            )
        if one.person is not None and one.how is not None:
            directory.here.add(one.person.id)
        found.append(one)
    return found


def pick(persons: abc.Iterable[Person], text: str) -> tuple[Person, ...]:
    """Give the team members that a person means by an id, an e-mail or a name: one, none, or several."""
    wanted = folded(text)
    everyone = tuple(persons)
    for word in ("id", "email", "name"):
        found = tuple(one for one in everyone if wanted and folded(getattr(one, word)) == wanted)
        if found:
            return found
    return ()


def folded(text: str) -> str:
    """Give a name or an e-mail as it is compared: without case, blanks made one."""
    return " ".join(text.split()).casefold()


def _by_email(user: UserFacts, rivals: abc.Sequence[UserFacts], directory: Directory) -> Pairing | None:
    """Match by e-mail; None: nobody has it, so the name decides."""
    key = (user.object, user.id)
    meant = [one for one in rivals if one.is_active] or list(rivals)
    if rivals and user not in meant:
        return Pairing(key, None, None)
    persons = directory.emails.get(folded(user.email), set()) if rivals else set()
    if len(meant) > 1 and not persons:
        return Pairing(key, directory.new(user, name=user.email), None, is_new=True, is_ambiguous=True)
    if not persons:
        return None
    person = directory.persons[min(persons)]
    if len(meant) > 1 or len(persons) > 1 or person.id in directory.here:
        return Pairing(key, None, None, is_ambiguous=True)
    return Pairing(key, person, MatchedBy.EMAIL)


def _by_name(user: UserFacts, rivals: abc.Sequence[UserFacts], directory: Directory) -> Pairing:
    key = (user.object, user.id)
    persons = directory.names.get(_name_key(user.kind, user.title), set()) - directory.here
    meant = [one for one in rivals if one.is_active] or list(rivals)
    if not user.title.strip() or not persons:
        return Pairing(key, directory.new(user), MatchedBy.OWN, is_new=True)
    if len(persons) > 1 or len(meant) > 1 or user not in meant:
        return Pairing(key, None, None, is_ambiguous=user in meant)
    return Pairing(key, directory.persons[next(iter(persons))], MatchedBy.NAME)


def _name_key(kind: PersonKind, name: str) -> tuple[bool, str]:
    """A team of one CRM may be a queue of another; neither is a person."""
    return kind is PersonKind.PERSON, folded(name)


def _slug(text: str) -> str:
    return _NO_WORD.sub("-", folded(text)).strip("-") or "nobody"
