"""Campaigns and their responses, and which records answers are matched to.

Must not: change a record.
"""

import json
from collections import abc
from datetime import date, datetime
from decimal import Decimal
from typing import Any as Cell

from sqlalchemy import ColumnElement, Row, delete, func, select
from sqlalchemy.engine import Connection

from writeback.model.campaigns import Campaign, Response, Survey
from writeback.model.types import RecordId
from writeback.store import belonging, integrations, model, moments, records, schema, sqlite, wide


def save(db: Connection, campaign: Campaign) -> None:
    """Keep a campaign in place of an earlier one of the same name."""
    db.execute(delete(schema.campaigns).where(_named(campaign.name)))
    sqlite.upsert(
        db,
        schema.campaigns,
        {
            "name": campaign.name,
            "survey": campaign.survey.value,
            "entity": campaign.entity,
            "attributes": json.dumps(dict(campaign.attributes)),
            "author": campaign.author,
            "changed_at": moments.to_text(campaign.changed_at),
        },
    )


def every(db: Connection) -> tuple[Campaign, ...]:
    """Give all campaigns, by name."""
    query = select(schema.campaigns).order_by(func.lower(schema.campaigns.c.name))
    return tuple(map(_loaded, db.execute(query)))


def find(db: Connection, name: str) -> Campaign | None:
    """Give the campaign of a name, compared without case."""
    row = db.execute(select(schema.campaigns).where(_named(name))).first()
    return None if row is None else _loaded(row)


def known_digests(db: Connection, campaign: str) -> frozenset[str]:
    """Give what the responses of a campaign say, as digests."""
    query = select(schema.responses.c.digest).where(schema.responses.c.campaign == campaign)
    return frozenset(str(row[0]) for row in db.execute(query))


def add_responses(
    db: Connection, campaign: str, told: abc.Iterable[tuple[str, Response]], *, file: str, at: datetime
) -> None:
    """Keep responses with their digests; those that are there already stay as they are."""
    sqlite.many(
        db,
        "insert or ignore into responses values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                campaign,
                digest,
                one.record,
                one.key,
                int(one.score),
                None if one.day is None else one.day.isoformat(),
                one.reason,
                f"{file}:{one.row}",
                moments.to_text(at),
            )
            for digest, one in told
        ),
    )


def scores(db: Connection, campaign: str) -> list[Decimal]:
    """Give the scores of all responses of a campaign."""
    query = select(schema.responses.c.score).where(schema.responses.c.campaign == campaign)
    return [Decimal(row[0]) for row in db.execute(query)]


def newest_days(db: Connection, campaign: str) -> dict[str, date]:
    """Give the day of the newest response of each record."""
    table = schema.responses
    query = (
        select(table.c.record, func.max(table.c.day))
        .where(table.c.campaign == campaign, table.c.day.is_not(None))
        .group_by(table.c.record)
    )
    return {str(record): date.fromisoformat(day) for record, day in db.execute(query)}


def rids_by_id(db: Connection, entity: str, keys: abc.Collection[str]) -> dict[str, set[RecordId]]:
    """Find records by our id or a CRM's."""
    found: dict[str, set[RecordId]] = {}
    places = [(wide.record_table(entity), "rid")]
    places += [(wide.snapshot_table(one.id), "key") for one in integrations.every(db, entity=entity)]
    for table, column in places:
        for some in sqlite.chunks(keys):
            rows = sqlite.run(
                db,
                f"select {column}, rid from {sqlite.quoted(table)} where {column} in ({sqlite.marks(some)})",  # noqa: S608  our own names, quoted
                some,
            )
            for key, rid in rows:
                if rid is not None:
                    found.setdefault(str(key), set()).add(RecordId(rid))
    return found


def rids_by_value(
    db: Connection, entity: str, attribute: str, *, meant: abc.Callable[[str], str], keys: abc.Container[str]
) -> dict[str, set[RecordId]]:
    """Find records by what an attribute's text means; one pass over the entity's records.

    Args:
        db: Any transaction.
        entity: Whose records.
        attribute: One of its attributes that holds text.
        meant: Gives what a text means: folded, or its domain.
        keys: Those that are looked for.
    """
    known = {one.name for one in model.attributes(db, entity)}
    if attribute not in known:
        raise ValueError(attribute)
    name = sqlite.quoted(attribute)
    table = sqlite.quoted(wide.record_table(entity))
    found: dict[str, set[RecordId]] = {}
    query = f"select rid, {name} from {table} where {name} is not null and gone = 0"  # noqa: S608  quoted
    for rid, text in sqlite.run(db, query, ()):
        key = meant(str(text))
        if key and key in keys:
            found.setdefault(key, set()).add(RecordId(rid))
    return found


def accounts_of(db: Connection, entity: str, rids: abc.Collection[RecordId]) -> dict[RecordId, RecordId]:
    """Give the account that each of these people belongs to; those of none are left out."""
    known = tuple(integrations.every(db))
    feeding = [one for one in known if one.entity == entity]
    found: dict[RecordId, RecordId] = {}
    for rid, links in records.links_of(db, feeding, rids).items():
        account = belonging.account_of(db, known, links)
        if account is not None:
            found[rid] = RecordId(account.rid)
    return found


def _named(name: str) -> ColumnElement[bool]:
    return func.lower(schema.campaigns.c.name) == name.lower()


def _loaded(row: Row[Cell]) -> Campaign:
    return Campaign(
        row.name,
        Survey(row.survey),
        row.entity,
        tuple(json.loads(row.attributes).items()),
        row.author,
        moments.from_text(row.changed_at),
    )
