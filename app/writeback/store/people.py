"""The directory: team members of ours, and the user that each CRM knows them by.

A role's value is a team member's id in every CRM (`store.roles` translates). What a person decided stays:
a later reading of users changes titles and switches, never whom a user was matched with.

Must not: match anybody by itself (`planning.pairing` does).
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.engine import Connection

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


def add_people(db: Connection, given: abc.Iterable[Person], *, at: datetime) -> None:
    """Add team members whose ids are new."""
    moment = moments.to_text(at)
    sqlite.many(
        db,
        "insert into people (id, name, email, kind, active, created_at) values (?, ?, ?, ?, ?, ?)",
        [(one.id, one.name, one.email, one.kind.value, int(one.active), moment) for one in given],
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
    sqlite.many(
        db,
        "insert into crm_users (connection_id, object, id, title, email, kind, active, gone, matched_by, "
        "confidence, decided_by) values (?, ?, ?, ?, ?, ?, ?, 0, '', 0, '') "
        "on conflict (connection_id, object, id) do update set title = excluded.title, "
        "email = excluded.email, kind = excluded.kind, active = excluded.active, gone = 0",
        [
            (connection_id, one.object, one.id, one.title, one.email, one.kind.value, int(one.is_active))
            for one in told
        ],
    )
    gone = set(known) - {(one.object, one.id) for one in told}
    sqlite.many(
        db,
        "update crm_users set gone = 1, active = 0 where connection_id = ? and object = ? and id = ?",
        [(connection_id, *key) for key in gone],
    )
    return sum(not known[key].is_gone for key in gone)


def match(
    db: Connection,
    connection_id: str,
    found: abc.Iterable[tuple[UserKey, str | None, MatchedBy | None]],
    *,
    by: str = "",
    at: datetime,
) -> None:
    """Say which team members users are, and how that was found; no member: nobody."""
    moment = moments.to_text(at)
    sqlite.many(
        db,
        "update crm_users set person_id = ?, matched_by = ?, confidence = ?, decided_by = ?, decided_at = ? "
        "where connection_id = ? and object = ? and id = ?",
        [
            (
                member,
                how.value if how else "",
                CONFIDENCE[how] if how else 0.0,
                by,
                moment,
                connection_id,
                *key,
            )
            for key, member, how in found
        ],
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
