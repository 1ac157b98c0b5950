"""The directory: team members of ours, and the user that each CRM knows them by.

A role's value is a team member's id in every CRM (`store.roles` translates). What a person decided stays:
a later reading of users changes titles and switches, never whom a user was matched with.

Must not: match anybody by itself (`planning.pairing` does).
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError
from writeback.model.people import MatchedBy, Person, PersonKind
from writeback.model.types import ConnectionId
from writeback.planning.pairing import CONFIDENCE, UserKey
from writeback.sdk.capabilities import CrmUser, PeopleObject
from writeback.store import moments, schema, sqlite


@dataclass(frozen=True, slots=True)
class KnownUser:
    """A CRM's user as last read, with the team member they are."""

    connection_id: ConnectionId
    object: str
    id: str
    title: str
    email: str
    kind: PersonKind
    is_active: bool
    is_gone: bool = False
    """No longer told by the CRM."""
    person_id: str | None = None
    matched_by: MatchedBy | None = None
    confidence: float = 0.0
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def key(self) -> UserKey:
        """Object and id."""
        return self.object, self.id


def persons(db: Connection) -> tuple[Person, ...]:
    """Give all team members by name."""
    table = schema.people
    rows = db.execute(select(table).order_by(func.lower(table.c.name), table.c.id))
    return tuple(
        Person(row.id, row.name, row.email, PersonKind(row.kind), active=bool(row.active)) for row in rows
    )


def add_person(db: Connection, person: Person, *, at: datetime) -> None:
    """Add a team member.

    Raises:
        ConfigurationError: There is one of that id.
    """
    if any(known.id == person.id for known in persons(db)):
        raise ConfigurationError("person.exists", person=person.id)
    db.execute(
        insert(schema.people).values(
            id=person.id,
            name=person.name,
            email=person.email,
            kind=person.kind.value,
            active=person.active,
            created_at=moments.to_text(at),
        )
    )


def users(db: Connection, *, connection_id: str = "", person_id: str = "") -> tuple[KnownUser, ...]:
    """Give the CRMs' users, or those of one connection or one team member."""
    table = schema.crm_users
    query = select(table).order_by(
        table.c.connection_id, func.lower(table.c.title), table.c.object, table.c.id
    )
    if connection_id:
        query = query.where(table.c.connection_id == connection_id)
    if person_id:
        query = query.where(table.c.person_id == person_id)
    return tuple(_user(row) for row in db.execute(query))


def objects(db: Connection, connection_id: str) -> tuple[PeopleObject, ...]:
    """Give the objects of a connection that hold its users; empty: its users were never read."""
    table = schema.people_objects
    rows = db.execute(
        select(table).where(table.c.connection_id == connection_id).order_by(table.c.kind, table.c.object)
    )
    return tuple(
        PeopleObject(row.object, PersonKind(row.kind), row.key_field, row.name_field, row.email_field)
        for row in rows
    )


def pulled_at(db: Connection) -> dict[ConnectionId, datetime]:
    """Give when each connection's users were last read."""
    table = schema.people_objects
    rows = db.execute(select(table.c.connection_id, func.min(table.c.pulled_at)).group_by("connection_id"))
    return {ConnectionId(row[0]): moments.from_text(row[1]) for row in rows}


def put_objects(
    db: Connection, connection_id: str, given: abc.Iterable[PeopleObject], *, at: datetime
) -> None:
    """Keep which objects hold a connection's users."""
    table = schema.people_objects
    db.execute(delete(table).where(table.c.connection_id == connection_id))
    for one in given:
        db.execute(
            insert(table).values(
                connection_id=connection_id,
                object=one.object,
                kind=one.kind.value,
                key_field=one.key_field,
                name_field=one.name_field,
                email_field=one.email_field,
                pulled_at=moments.to_text(at),
            )
        )


def put_users(db: Connection, connection_id: str, told: abc.Sequence[CrmUser]) -> int:
    """Bring a connection's users up to date; gives how many went: the CRM no longer tells of them."""
    known = {user.key: user for user in users(db, connection_id=connection_id)}
    table = schema.crm_users
    for one in told:
        values = {
            "title": one.title,
            "email": one.email,
            "kind": one.kind.value,
            "active": one.is_active,
            "gone": False,
        }
        key = (one.object, one.id)
        if key in known:
            db.execute(update(table).where(_own(connection_id, key)).values(**values))
        else:
            own = {"connection_id": connection_id, "object": one.object, "id": one.id}
            db.execute(insert(table).values(**own, **values))
    gone = set(known) - {(one.object, one.id) for one in told}
    for key in gone:
        db.execute(update(table).where(_own(connection_id, key)).values(gone=True, active=False))
    return sum(not known[key].is_gone for key in gone)


def match(
    db: Connection,
    connection_id: str,
    user: UserKey,
    person_id: str | None,
    *,
    how: MatchedBy | None,
    by: str = "",
    at: datetime,
) -> None:
    """Say which team member a user is; None: nobody."""
    db.execute(
        update(schema.crm_users)
        .where(_own(connection_id, user))
        .values(
            person_id=person_id,
            matched_by=how.value if how else "",
            confidence=CONFIDENCE[how] if how else 0.0,
            decided_by=by,
            decided_at=moments.to_text(at),
        )
    )


def refresh_active(db: Connection) -> None:
    """Let a team member be active while any of their users is; one without users stays as they are."""
    sqlite.run(
        db,
        "update people set active = exists (select 1 from crm_users u where u.person_id = people.id "
        "and u.active) where exists (select 1 from crm_users u where u.person_id = people.id)",
    )


def remove_person(db: Connection, person_id: str) -> None:
    """Forget a team member whose users were all given to others."""
    db.execute(delete(schema.people).where(schema.people.c.id == person_id))


def _own(connection_id: str, key: UserKey) -> ColumnElement[bool]:
    table = schema.crm_users
    return and_(table.c.connection_id == connection_id, table.c.object == key[0], table.c.id == key[1])


def _user(row: Row[tuple[object, ...]]) -> KnownUser:
    return KnownUser(
        connection_id=ConnectionId(row.connection_id),
        object=row.object,
        id=row.id,
        title=row.title,
        email=row.email,
        kind=PersonKind(row.kind),
        is_active=bool(row.active),
        is_gone=bool(row.gone),
        person_id=row.person_id,
        matched_by=MatchedBy(row.matched_by) if row.matched_by else None,
        confidence=float(row.confidence),
        decided_by=row.decided_by,
        decided_at=moments.from_optional(row.decided_at),
    )
