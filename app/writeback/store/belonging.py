"""Which account a record belongs to, and who belongs to an account: by the CRM's own link, per connection.

An integration with a link keeps, for each of its records, the CRM key of the account it belongs to. That
account is ours when an integration of the same connection pulled it; whichever came first. An integration
with a person as well pulls memberships: what one person is at one account.

Must not: guess by names or e-mail addresses.
"""

from collections import abc
from typing import NamedTuple

from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.model.types import ConnectionId, RecordId
from writeback.store import sqlite, wide
from writeback.store.records import Link

Integrations = abc.Sequence[Integration]


class Named(NamedTuple):
    """One record by its name."""

    entity: str
    rid: RecordId
    title: str


class Member(NamedTuple):
    """Somebody who belongs to an account."""

    who: Named
    others: int
    """How many further accounts the same person belongs to."""


class Membership(NamedTuple):
    """A record that says what a person is at an account; None: that record was not pulled."""

    entity: str
    rid: RecordId
    account: Named | None
    person: Named | None


def account_of(db: Connection, integrations: Integrations, links: abc.Iterable[Link]) -> Named | None:
    """Give the account that a record belongs to; None where none is known here.

    Args:
        db: Any transaction.
        integrations: All there are.
        links: The CRM records behind the record, in the order to be asked.
    """
    by_id = {one.id: one for one in integrations}
    for link in links:
        own = by_id[link.integration_id]
        if not link.account or link.is_gone:
            continue
        found = _named(db, _accounts(own, integrations), link.account)
        if found is not None:
            return found
    return None


def members_of(
    db: Connection, integrations: Integrations, links: abc.Iterable[Link], *, most: int
) -> tuple[Member, ...]:
    """Give up to `most` records that belong to an account, by name; each once, in however many CRMs it is.

    They belong to it by their own link, or by a membership.
    """
    by_id = {one.id: one for one in integrations}
    found: dict[RecordId, Named] = {}
    for link in links:
        own = by_id[link.integration_id]
        for other in _across(own, integrations):
            if not other.link:
                continue
            for key in _keys(db, other, other.link, link.key, most=most):
                one = _named(db, (other,) if not other.person else _people(other, integrations), key)
                if one is not None:
                    found.setdefault(one.rid, one)
    chosen = sorted(found.values(), key=lambda one: (one.title.casefold(), one.rid))[:most]
    return tuple(Member(one, _others(db, integrations, one, links)) for one in chosen)


def memberships_of(
    db: Connection, integrations: Integrations, links: abc.Iterable[Link], *, most: int
) -> tuple[Membership, ...]:
    """Give up to `most` memberships of a person or of an account, whichever the links are of."""
    by_id = {one.id: one for one in integrations}
    found: dict[RecordId, Membership] = {}
    for link in links:
        own = by_id[link.integration_id]
        for other in (one for one in _across(own, integrations) if one.person and one.link):
            tie = other.link if own in _accounts(other, integrations) else other.person
            table = sqlite.quoted(wide.snapshot_table(other.id))
            account, person, asked = (
                sqlite.quoted(wide.path_column(path)) for path in (other.link, other.person, tie)
            )
            rows = sqlite.run(
                db,
                f"select rid, {account}, {person} from {table} "  # noqa: S608  quoted
                f"where {asked} = ? and not gone order by {account}, {person}, rid limit ?",
                (link.key, most),
            ).fetchall()
            for rid, account_key, person_key in rows:
                made = Membership(
                    other.entity,
                    RecordId(rid),
                    _named(db, _accounts(other, integrations), str(account_key or "")),
                    _named(db, _people(other, integrations), str(person_key or "")),
                )
                found.setdefault(made.rid, made)
    return tuple(list(found.values())[:most])


def tied(db: Connection, integrations: Integrations, rid: RecordId, links: abc.Iterable[Link]) -> Membership:
    """Give a membership with the account and the person it is of, by the record's own CRM records."""
    by_id = {one.id: one for one in integrations}
    first: Membership | None = None
    for link in links:
        own = by_id[link.integration_id]
        keys = [_cell(db, own, path, link.key) if path else "" for path in (own.link, own.person)]
        account = _named(db, _accounts(own, integrations), keys[0])
        person = _named(db, _people(own, integrations), keys[1])
        first = first or Membership(own.entity, rid, account, person)
    return first or Membership("", rid, None, None)


def _others(db: Connection, integrations: Integrations, one: Named, links: abc.Iterable[Link]) -> int:
    """Count the accounts beside those of `links` that a person belongs to; in the CRM that knows most."""
    connections = {each.id: each.connection_id for each in integrations}
    here: dict[ConnectionId, set[str]] = {}
    for link in links:
        here.setdefault(connections[link.integration_id], set()).add(link.key)
    counts = (
        len(_accounts_of(db, integrations, own, one.rid) - here[own.connection_id])
        for own in integrations
        if own.entity == one.entity and own.connection_id in here
    )
    return max(counts, default=0)


def _accounts_of(db: Connection, integrations: Integrations, own: Integration, rid: RecordId) -> set[str]:
    """Give the CRM keys of the accounts that a person belongs to in one CRM."""
    snapshot = sqlite.quoted(wide.snapshot_table(own.id))
    query = f"select key from {snapshot} where rid = ? and not gone"  # noqa: S608  quoted
    row = sqlite.run(db, query, (rid,)).fetchone()
    if row is None:
        return set()
    known = {_cell(db, own, own.link, str(row[0]))} if own.link else set()
    for other in _across(own, integrations):
        if other.person and other.link:
            known |= _accounts_of_member(db, other, str(row[0]))
    return known - {""}


def _keys(db: Connection, of: Integration, path: str, value: str, *, most: int) -> list[str]:
    """Give the CRM keys of the records that a tie leads from; of memberships, those of the persons."""
    table, column = sqlite.quoted(wide.snapshot_table(of.id)), sqlite.quoted(wide.path_column(path))
    wanted = sqlite.quoted(wide.path_column(of.person)) if of.person else "key"
    records = sqlite.quoted(wide.record_table(of.entity))
    rows = sqlite.run(
        db,
        f"select s.{wanted} from {table} s join {records} r on r.rid = s.rid "  # noqa: S608  quoted
        f"where s.{column} = ? and not s.gone order by r.title, s.rid limit ?",
        (value, most),
    )
    return [str(row[0]) for row in rows if row[0]]


def _accounts_of_member(db: Connection, memberships: Integration, person: str) -> set[str]:
    """Give the CRM keys of the accounts that memberships tie a person to."""
    table = sqlite.quoted(wide.snapshot_table(memberships.id))
    account, column = (
        sqlite.quoted(wide.path_column(path)) for path in (memberships.link, memberships.person)
    )
    query = f"select distinct {account} from {table} where {column} = ? and not gone"  # noqa: S608  quoted
    return {str(row[0]) for row in sqlite.run(db, query, (person,)) if row[0]}


def _cell(db: Connection, of: Integration, path: str, key: str) -> str:
    table, column = sqlite.quoted(wide.snapshot_table(of.id)), sqlite.quoted(wide.path_column(path))
    row = sqlite.run(db, f"select {column} from {table} where key = ? and not gone", (key,)).fetchone()  # noqa: S608  quoted
    return str(row[0] or "") if row is not None else ""


def _named(db: Connection, pulled_by: abc.Iterable[Integration], key: str) -> Named | None:
    """Give the record of a CRM key, in the first integration that has it."""
    for other in pulled_by if key else ():
        snapshot, records = _tables(other)
        row = sqlite.run(
            db,
            f"select s.rid, r.title from {snapshot} s join {records} r on r.rid = s.rid where s.key = ?",  # noqa: S608  quoted
            (key,),
        ).fetchone()
        if row is not None:
            return Named(other.entity, RecordId(row[0]), str(row[1] or row[0]))
    return None


def _accounts(own: Integration, integrations: abc.Iterable[Integration]) -> tuple[Integration, ...]:
    """Give the integrations that may pull the account of a record: those that belong to none themselves."""
    found = (one for one in _across(own, integrations) if not one.link)
    return tuple(sorted(found, key=lambda one: one.entity != "account"))


def _people(own: Integration, integrations: abc.Iterable[Integration]) -> tuple[Integration, ...]:
    """Give the integrations that may pull the person of a membership."""
    found = (one for one in _across(own, integrations) if one.link and not one.person)
    return tuple(sorted(found, key=lambda one: one.entity != "user"))


def _across(own: Integration, integrations: abc.Iterable[Integration]) -> tuple[Integration, ...]:
    """Give the integrations of the same connection that feed another entity."""
    return tuple(
        one for one in integrations if one.connection_id == own.connection_id and one.entity != own.entity
    )


def _tables(integration: Integration) -> tuple[str, str]:
    return (
        sqlite.quoted(wide.snapshot_table(integration.id)),
        sqlite.quoted(wide.record_table(integration.entity)),
    )
