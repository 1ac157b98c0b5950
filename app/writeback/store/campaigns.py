"""Campaigns and their responses, and which records answers are matched to.

Must not: change a record.
"""

import json
from collections import abc
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any as Cell

from sqlalchemy import ColumnElement, Row, delete, func, select
from sqlalchemy.engine import Connection

from writeback.model.campaigns import Campaign, ImportedFile, Response, Scale, Survey
from writeback.model.changes import Origin
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
            "lowest": None if campaign.scale is None else campaign.scale.lowest,
            "highest": None if campaign.scale is None else campaign.scale.highest,
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
    db: Connection, campaign: str, told: abc.Iterable[tuple[str, Response]], file: ImportedFile
) -> None:
    """Keep responses with their digests; those that are there already stay as they are."""
    sqlite.many(
        db,
        "insert or ignore into responses values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                campaign,
                digest,
                one.record,
                one.key,
                int(one.score),
                None if one.day is None else one.day.isoformat(),
                one.reason,
                f"{file.name}:{one.row}",
                moments.to_text(file.imported_at),
                file.act,
            )
            for digest, one in told
        ),
    )


def scores(db: Connection, campaign: str) -> dict[Decimal, int]:
    """Give how often each score was given in a campaign."""
    table = schema.responses
    query = select(table.c.score, func.count()).where(table.c.campaign == campaign).group_by(table.c.score)
    return {Decimal(score): int(times) for score, times in db.execute(query)}


def add_file(db: Connection, campaign: str, file: ImportedFile) -> None:
    """Keep what a file brought; an act that is done again keeps the same file."""
    told = {**asdict(file), "campaign": campaign, "imported_at": moments.to_text(file.imported_at)}
    sqlite.upsert(db, schema.campaign_files, told)


def files(db: Connection, campaign: str) -> tuple[ImportedFile, ...]:
    """Give the files that were imported for a campaign, the newest first."""
    table = schema.campaign_files
    query = (
        select(table).where(table.c.campaign == campaign).order_by(table.c.imported_at.desc(), table.c.act)
    )
    return tuple(
        ImportedFile(
            row.act,
            row.sha256,
            row.name,
            row.rows,
            row.responses,
            row.author,
            moments.from_text(row.imported_at),
        )
        for row in db.execute(query)
    )


def lines_of(db: Connection, campaign: str, acts: abc.Collection[str]) -> frozenset[int]:
    """Give the lines of a file that these imports took answers from."""
    table = schema.responses
    query = select(table.c.file).where(table.c.campaign == campaign, table.c.act.in_(list(acts)))
    return frozenset(int(str(row[0]).rpartition(":")[2]) for row in db.execute(query))


def take_back(db: Connection, campaign: str, act: str) -> int:
    """Forget what an act imported; gives how many responses."""
    table, brought = schema.campaign_files, schema.responses
    db.execute(delete(table).where(table.c.campaign == campaign, table.c.act == act))
    return db.execute(delete(brought).where(brought.c.campaign == campaign, brought.c.act == act)).rowcount


def choices(db: Connection, campaign: str) -> dict[str, RecordId]:
    """Give by key whom a person said it means."""
    table = schema.campaign_choices
    query = select(table.c.key, table.c.record).where(table.c.campaign == campaign)
    return {str(row.key): RecordId(row.record) for row in db.execute(query)}


def choose(db: Connection, campaign: str, chosen: abc.Mapping[str, RecordId]) -> None:
    """Keep whom keys mean."""
    for key, record in chosen.items():
        sqlite.upsert(db, schema.campaign_choices, {"campaign": campaign, "key": key, "record": record})


def waiting(db: Connection, campaign: Campaign) -> list[tuple[RecordId, str]]:
    """Give the values that responses of a campaign brought and that wait as drafts."""
    brought, edits = schema.responses, schema.drafts
    mine = select(brought.c.record).where(brought.c.campaign == campaign.name)
    query = select(edits.c.rid, edits.c.attribute).where(
        edits.c.change_set_id.is_(None),
        edits.c.origin == Origin.CAMPAIGN.value,
        edits.c.attribute.in_([name for _, name in campaign.attributes]),
        edits.c.rid.in_(mine),
    )
    return [(RecordId(row.rid), str(row.attribute)) for row in db.execute(query)]


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
    return func.lower(schema.campaigns.c.name) == func.lower(name)


def _loaded(row: Row[Cell]) -> Campaign:
    return Campaign(
        row.name,
        Survey(row.survey),
        row.entity,
        tuple(json.loads(row.attributes).items()),
        row.author,
        moments.from_text(row.changed_at),
        None if row.lowest is None else Scale(row.lowest, row.highest),
    )
