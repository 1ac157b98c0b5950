"""Whom a CRM's users could be, of team members that nobody was matched with: for the screen and the command.

Users that became team members of their own, because nobody was like them, are proposed to others as well; to
accept one makes the two members one.

Must not: match anybody.
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.connections import Connection
from writeback.model.people import MatchedBy, Person, PersonKind
from writeback.model.types import ConnectionId
from writeback.planning.proposing_people import Known, propose
from writeback.runtime.facade.people import UserView
from writeback.store import connections, people
from writeback.store.people import KnownUser
from writeback.store.workspace import Db


@dataclass(frozen=True, slots=True)
class PersonProposal:
    """A user that a team member could be."""

    person: str
    """Its id."""
    name: str
    connection_id: ConnectionId
    connection: str
    user: UserView
    reason: str
    """`email` | `alias` | `name` | `turned` | `initial`."""
    confidence: float
    joins: str = ""
    """The team member that was made of this user alone, by name: it would be this one."""
    joined: str = ""
    """Its id."""


def proposals(db: Db) -> tuple[PersonProposal, ...]:
    """Give what may be accepted, the surest first; any two people are named once."""
    everybody = {one.id: one for one in people.persons(db)}
    users = tuple(one for one in people.users(db) if not one.is_gone)
    pulled = people.pulled_at(db)
    found: list[PersonProposal] = []
    for connection in connections.every(db):
        if connection.id in pulled:
            found += _of(connection, everybody, users)
    found.sort(key=lambda one: (-one.confidence, one.name.casefold(), one.connection))
    met: set[frozenset[str]] = set()
    kept: list[PersonProposal] = []
    for one in found:
        pair = frozenset((one.person, one.joined))
        if not one.joined or pair not in met:
            kept.append(one)
        met.add(pair)
    return tuple(kept)


def _of(
    connection: Connection, everybody: abc.Mapping[str, Person], users: abc.Sequence[KnownUser]
) -> abc.Iterator[PersonProposal]:
    """Give what is proposed in one CRM."""
    mine = [one for one in users if one.connection_id == connection.id]
    elsewhere = {one.person_id for one in users if one.connection_id != connection.id}
    here = {one.person_id for one in mine}
    free = {
        "\n".join(one.key): one
        for one in mine
        if one.is_active
        and (
            (one.person_id is None and one.matched_by is None)  # else a person said: nobody
            or (one.matched_by is MatchedBy.OWN and one.person_id not in elsewhere)
        )
    }
    lacking = [one for one in everybody.values() if one.active and one.id not in here]
    told = propose(
        [Known(one.id, one.name, _mails(one, users), one.kind is PersonKind.PERSON) for one in lacking],
        [Known(key, one.title, (one.email,), one.kind is PersonKind.PERSON) for key, one in free.items()],
    )
    for one in told:
        user = free[one.user]
        joined = user.person_id or ""
        yield PersonProposal(
            one.person,
            everybody[one.person].name,
            connection.id,
            connection.name,
            UserView(connection.id, user.object, user.id, user.title, user.email, user.kind, user.is_active),
            one.reason,
            one.confidence,
            everybody[joined].name if joined in everybody else "",
            joined,
        )


def _mails(person: Person, users: abc.Iterable[KnownUser]) -> tuple[str, ...]:
    return (person.email, *sorted({one.email for one in users if one.person_id == person.id}))
