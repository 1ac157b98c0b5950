"""Read who there is in a CRM, and find out which of our team members each of them is.

Two commits: what the CRM told, then whom it was matched with. What was read of roles before follows.

Must not: decide a match (`planning.pairing` does, or a person), open a session.
"""

from collections import abc
from dataclasses import dataclass

from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.people import MatchedBy
from writeback.model.types import ConnectionId
from writeback.planning.pairing import Directory, Pairing, UserKey, pair
from writeback.sdk.capabilities import ReadsPeople
from writeback.sdk.connector import Session
from writeback.store import acts, connections, people, roles
from writeback.store.people import KnownUser
from writeback.store.workspace import Db, Workspace


@dataclass(frozen=True, slots=True)
class PeoplePulled:
    """What reading one CRM's users brought."""

    connection_id: ConnectionId
    read: int
    matched: int
    """Matched by this with a team member we knew."""
    added: int
    """Became team members."""
    ambiguous: int
    """Users that several team members could be, or of several users one: a person chooses."""
    gone: int


def pull_people(connection_id: str, session: Session, workspace: Workspace) -> PeoplePulled:
    """Read all users of a connection and match those that have no team member yet.

    Raises:
        ConfigurationError: The connector cannot tell.
        ConnectorError: The CRM could not be read; nothing changed.
    """
    if not isinstance(session, ReadsPeople):
        raise ConfigurationError("people.not_told", connection=connection_id)
    told = [user for page in session.read_people() for user in page]
    at = workspace.now()
    with workspace.writing() as db:
        people.put_objects(db, connection_id, session.people_objects(), at=at)
        gone = people.put_users(db, connection_id, told)
        found = match_users(db, connection_id, workspace)
        matched = sum(_is_match(one) for one in found)
        body: dict[str, Json] = {"connection": connection_id, "read": len(told), "matched": matched}
        acts.record(
            db, at=at, kind=EventKind.PEOPLE_CHANGED, subject=connection_id, act="people.pulled", body=body
        )
    return PeoplePulled(
        ConnectionId(connection_id),
        read=len(told),
        matched=matched,
        added=sum(one.is_new for one in found),
        ambiguous=sum(one.is_ambiguous for one in found),
        gone=gone,
    )


def match_users(db: Db, connection_id: str, workspace: Workspace) -> list[Pairing]:
    """Match a connection's users that have no team member yet; gives what was found for each."""
    everyone = people.users(db)
    mine = [user for user in everyone if user.connection_id == connection_id and not user.is_gone]
    matched = {user.key for user in mine if user.person_id is not None or user.matched_by is MatchedBy.HAND}
    directory = Directory.of(
        people.persons(db),
        emails=((user.person_id, user.email) for user in everyone if user.person_id is not None),
        here=(user.person_id for user in mine if user.person_id is not None),
    )
    found = pair(mine, directory, matched=matched, same=_same_org(db, connection_id, everyone))
    by_key = {user.key: user for user in mine}
    at = workspace.now()
    made = [one.person for one in found if one.is_new and one.person is not None]
    people.add_people(db, made, at=at)
    matched_now = [(one.user, one.person.id, one.how) for one in found if one.person and one.how]
    people.match(db, connection_id, matched_now, at=at)
    _follow(db, connection_id, [(by_key[key], member) for key, member, _ in matched_now])
    if matched_now:
        roles.forget_read(db, connection_id)
    people.refresh_active(db)
    return found


def choose_user(
    workspace: Workspace, connection_id: str, person_id: str, user: UserKey | None, *, author: str
) -> None:
    """Let a person's word stand: which user of a CRM a team member is; None: none of them.

    The member that the user was before is forgotten where it was made of this user alone.

    Raises:
        ConfigurationError: There is no such member or user.
    """
    at = workspace.now()
    with workspace.writing() as db:
        known = {one.id: one for one in people.persons(db)}
        if person_id not in known:
            raise ConfigurationError("person.unknown", person=person_id[:200])
        mine = {one.key: one for one in people.users(db, connection_id=connection_id)}
        if user is not None and user not in mine:
            raise ConfigurationError("person.unknown_user", user=user[1][:200], connection=connection_id)
        for other in mine.values():
            if other.person_id == person_id and other.key != user:
                how = MatchedBy.HAND if user is None else None  # nobody: a decision, too
                people.match(db, connection_id, [(other.key, None, how)], by=author, at=at)
        if user is not None:
            before = mine[user].person_id
            chosen = [(user, person_id, MatchedBy.HAND)]
            people.match(db, connection_id, chosen, by=author, at=at)
            _follow(db, connection_id, [(mine[user], person_id)])
            if before not in (None, person_id) and not people.users(db, person_id=str(before)):
                roles.rename(db, connection_id, {str(before): person_id}, is_everywhere=True)
                people.remove_person(db, str(before))
        roles.forget_read(db, connection_id)
        people.refresh_active(db)
        which = user[1] if user else ""
        body = {"person": person_id, "connection": connection_id, "user": which, "by": author}
        acts.record(
            db, at=at, kind=EventKind.PEOPLE_CHANGED, subject=person_id, act="people.matched", body=body
        )


def follow_all(db: Db, connection_id: str) -> None:
    """Let what was read of roles become team members: for a role that is new."""
    known = people.users(db, connection_id=connection_id)
    _follow(db, connection_id, [(user, user.person_id) for user in known if user.person_id is not None])


def _is_match(one: Pairing) -> bool:
    return one.person is not None and one.how is not None and not one.is_new


def _follow(db: Db, connection_id: str, paired: abc.Iterable[tuple[KnownUser, str]]) -> None:
    """Let what was read of roles as these users' words become their team members.

    A word that is a team member's id, or that two users share, may mean somebody else: the next pull tells.
    """
    persons = {one.id.casefold() for one in people.persons(db)}
    words: dict[str, str] = {}
    doubtful: set[str] = set()
    for user, person_id in paired:
        for word in {text.strip() for text in (user.id, user.email, user.title) if text.strip()}:
            if words.setdefault(word, person_id) != person_id or word.casefold() in persons:
                doubtful.add(word)
    roles.rename(db, connection_id, {old: new for old, new in words.items() if old not in doubtful})


def _same_org(db: Db, connection_id: str, everyone: abc.Iterable[KnownUser]) -> dict[UserKey, str]:
    """Give team members by the users of other connections to the same org: their ids mean the same."""
    mine = connections.get(db, connection_id)
    if mine.org is None:
        return {}
    same = {
        one.id
        for one in connections.every(db)
        if one.id != mine.id
        and one.connector == mine.connector
        and one.org is not None
        and one.org.id == mine.org.id
    }
    return {user.key: user.person_id for user in everyone if user.connection_id in same and user.person_id}
