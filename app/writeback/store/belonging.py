"""Which account a record belongs to, and who belongs to an account: by the CRM's own link, per connection.

An integration with a link keeps, for each of its records, the CRM key of the account it belongs to. That
account is ours when an integration of the same connection pulled it; whichever came first.

Must not: guess by names or e-mail addresses.
"""

from collections import abc
from typing import NamedTuple

from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.model.types import RecordId
from writeback.store import sqlite, wide
from writeback.store.records import Link


class Named(NamedTuple):
    """One record by its name."""

    entity: str
    rid: RecordId
    title: str


def account_of(
    db: Connection, integrations: abc.Sequence[Integration], links: abc.Iterable[Link]
) -> Named | None:
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
        for other in _across(own, integrations):
            snapshot, records = _tables(other)
            row = sqlite.run(
                db,
                f"select s.rid, r.title from {snapshot} s join {records} r on r.rid = s.rid where s.key = ?",  # noqa: S608  quoted
                (link.account,),
            ).fetchone()
            if row is not None:
                return Named(other.entity, RecordId(row[0]), str(row[1] or row[0]))
    return None


def members_of(
    db: Connection, integrations: abc.Sequence[Integration], links: abc.Iterable[Link], *, most: int
) -> tuple[Named, ...]:
    """Give up to `most` records that belong to an account, by name; each once, in however many CRMs it is."""
    by_id = {one.id: one for one in integrations}
    found: dict[RecordId, Named] = {}
    for link in links:
        for other in _across(by_id[link.integration_id], integrations):
            if not other.link:
                continue
            snapshot, records = _tables(other)
            column = sqlite.quoted(wide.path_column(other.link))
            rows = sqlite.run(
                db,
                f"select s.rid, r.title from {snapshot} s join {records} r on r.rid = s.rid "  # noqa: S608  quoted
                f"where s.{column} = ? and not s.gone order by r.title, s.rid limit ?",
                (link.key, most),
            )
            for rid, title in rows:
                found.setdefault(RecordId(rid), Named(other.entity, RecordId(rid), str(title or rid)))
    return tuple(sorted(found.values(), key=lambda one: (one.title.casefold(), one.rid))[:most])


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
