"""Count records by how their value stands to what one CRM was last read to hold; set by set.

Must not: know what a CRM's value means here (`engine.backfilling` does).
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from writeback.model.integrations import FieldMapping, Integration
from writeback.store import sqlite, wide

CANDIDATES: Final = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """How many records stand in which way to the CRM; `differ` as the cells are stored."""

    waits: int
    blank: int
    same: int
    differ: int


def standing(db: Connection, integration: Integration, mapping: FieldMapping) -> Standing:
    """Count the records that both sides have."""
    held, theirs, joined = _pieces(integration, mapping)
    waits, blank = _waits(mapping.attribute), _is_blank(held)
    query = (
        f"select coalesce(sum({waits}), 0), coalesce(sum(not {waits} and {blank}), 0), "
        f"coalesce(sum(not {waits} and not {blank} and {held} is {theirs}), 0), "
        f"coalesce(sum(not {waits} and not {blank} and {held} is not {theirs}), 0) {joined}"
    )
    row = sqlite.run(db, query).fetchone()
    return Standing(*(int(cell) for cell in row))


def pairs(
    db: Connection, integration: Integration, mapping: FieldMapping
) -> abc.Iterator[tuple[object, object, int]]:
    """Give (what records hold, what the CRM holds, count) of those that hold something and do not wait."""
    held, theirs, joined = _pieces(integration, mapping)
    query = (
        f"select {held}, {theirs}, count(*) {joined} "
        f"and not {_is_blank(held)} and not {_waits(mapping.attribute)} group by 1, 2"
    )
    for row in sqlite.run(db, query):
        yield row[0], row[1], int(row[2])


def candidates(
    db: Connection, integration: Integration, mapping: FieldMapping, *, is_plain: bool
) -> list[tuple[str, str, object, object]]:
    """Give the first records that may differ: id, title, what they hold, what the CRM holds."""
    held, theirs, joined = _pieces(integration, mapping)
    unlike = f"and {held} is not {theirs} " if is_plain else ""
    query = (
        f"select r.rid, coalesce(r.title, r.rid), {held}, {theirs} {joined} {unlike}"
        f"and not {_is_blank(held)} and not {_waits(mapping.attribute)} order by r.rid limit {CANDIDATES}"
    )
    return [(str(row[0]), str(row[1]), row[2], row[3]) for row in sqlite.run(db, query)]


def elsewhere(db: Connection, integration: Integration, attribute: str) -> int:
    """Count the records that hold a value and that this CRM does not have."""
    held = f"r.{sqlite.quoted(attribute)}"
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    query = (
        f"select count(*) from {sqlite.quoted(wide.record_table(integration.entity))} r "  # noqa: S608  quoted
        f"where not r.gone and not {_is_blank(held)} "
        f"and not exists (select 1 from {snapshot} s where s.rid = r.rid and not s.gone)"
    )
    return int(sqlite.run(db, query).fetchone()[0])


def _pieces(integration: Integration, mapping: FieldMapping) -> tuple[str, str, str]:
    held = f"r.{sqlite.quoted(mapping.attribute)}"
    theirs = f"s.{sqlite.quoted(wide.path_column(str(mapping.path)))}"
    records = sqlite.quoted(wide.record_table(integration.entity))
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    joined = f"from {records} r join {snapshot} s on s.rid = r.rid where not r.gone and not s.gone"
    return held, theirs, joined


def _is_blank(held: str) -> str:
    return f"(coalesce(cast({held} as text), '') = '')"


def _waits(attribute: str) -> str:
    name = attribute.replace("'", "''")
    return (
        "(exists (select 1 from drafts d where d.rid = r.rid "  # noqa: S608  an API name
        f"and d.attribute = '{name}' and d.change_set_id is null))"
    )
