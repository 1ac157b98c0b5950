"""Whose value a record of several CRMs holds, by attribute: set-based, over whatever records moved.

The snapshots always hold what each CRM holds; a rule only shapes the record, after the newest change came in.
*ask* leaves the record as it is where two CRMs hold different values, and notes the disagreement; a CRM
that holds nothing does not disagree. What was settled stays so until one of the CRMs changes.

Must not: touch a draft, read row by row, write to a CRM.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.masters import MasterKind, MasterRule
from writeback.model.types import AttributeType, ConnectionId
from writeback.store import integrations, model, moments, schema, sqlite, value_maps, wide
from writeback.store.emptying import default_cell, filled


@dataclass(frozen=True, slots=True)
class Source:
    """One CRM that feeds an attribute of records `r`: SQL of what it holds, as it reads here."""

    integration: Integration
    mapping: FieldMapping
    kind: AttributeType

    @property
    def raw(self) -> str:
        """What it holds; null where it does not have the record."""
        return f"(select {self._come_in()} {self._from()})"

    @property
    def is_there(self) -> str:
        """Whether it has the record."""
        return f"exists (select 1 {self._from()})"

    def over(self, held: str, default: str) -> str:
        """What the record holds once it takes this one's over, its rule for empty values applied."""
        match self.mapping.empty_rule:
            case EmptyRule.KEEP:
                return f"coalesce({filled(self.raw)}, {held})"
            case EmptyRule.DEFAULT:
                return f"coalesce({filled(self.raw)}, {default})"
            case EmptyRule.CLEAR:
                return self.raw

    def _come_in(self) -> str:
        cell = f"s.{sqlite.quoted(wide.path_column(str(self.mapping.path)))}"
        return value_maps.come_in(self.mapping, self.kind, cell, f"r.{sqlite.quoted(self.mapping.attribute)}")

    def _from(self) -> str:
        table = sqlite.quoted(wide.snapshot_table(self.integration.id))
        return f"from {table} s where s.rid = r.rid and not s.gone"


def rules(db: Connection, entity: str) -> dict[str, MasterRule]:
    """Give the rules of an entity's attributes; those of the newest change are left out."""
    table = schema.masters
    rows = db.execute(select(table).where(table.c.entity == entity).order_by(table.c.attribute))
    return {
        row.attribute: MasterRule(
            MasterKind(row.rule), ConnectionId(row.connection_id) if row.connection_id else None
        )
        for row in rows
    }


def put(db: Connection, entity: str, attribute: str, rule: MasterRule) -> None:
    """Keep an attribute's rule; with one that does not ask, its disagreements are over."""
    own = {"entity": entity, "attribute": attribute}
    table, disagreements = schema.masters, schema.disagreements
    if rule.kind is MasterKind.NEWEST:
        db.execute(delete(table).where(table.c.entity == entity, table.c.attribute == attribute))
    else:
        sqlite.upsert(db, table, {**own, "rule": rule.kind.value, "connection_id": rule.connection_id or ""})
    if rule.kind is not MasterKind.ASK:
        mine = disagreements.c.entity == entity, disagreements.c.attribute == attribute
        db.execute(delete(disagreements).where(*mine))


def asked(db: Connection, entity: str) -> frozenset[str]:
    """Name the attributes whose rule is *ask*: a change does not come over by itself."""
    return frozenset(name for name, rule in rules(db, entity).items() if rule.kind is MasterKind.ASK)


def sources_of(db: Connection, entity: str, attribute: str) -> tuple[Source, ...]:
    """Give the CRMs that feed an attribute, in the order integrations were made."""
    kind = model.kinds(db, entity)[attribute]
    return tuple(
        Source(one, mapping, kind)
        for one in integrations.every(db, entity=entity)
        if (mapping := one.mapping_of(attribute)) is not None
    )


@dataclass(frozen=True, slots=True)
class Over:
    """Some records `r` of an entity: SQL, with its values numbered from ?1."""

    entity: str
    where: str
    values: tuple[object, ...]
    at: datetime

    @property
    def table(self) -> str:
        """The records' table, quoted."""
        return sqlite.quoted(wide.record_table(self.entity))

    def mark(self, number: int) -> str:
        """Give the mark of further value `number`, behind those of the condition."""
        return f"?{len(self.values) + number}"


def apply(db: Connection, over: Over, *, only: str = "") -> None:
    """Let the rules decide over some records; `only` one attribute's."""
    for attribute, rule in rules(db, over.entity).items():
        if only and attribute != only:
            continue
        every = sources_of(db, over.entity, attribute)
        if rule.kind is MasterKind.ASK:
            _ask(db, over, attribute, every)
            continue
        mine = next((one for one in every if one.integration.connection_id == rule.connection_id), None)
        if mine is not None:
            others = (
                [one for one in every if one is not mine] if rule.kind is MasterKind.UNLESS_BLANK else None
            )
            _prefer(db, over, mine, others)


def disagreeing(every: abc.Sequence[Source]) -> str:
    """Give SQL that says whether two CRMs hold different values of record `r`."""
    pairs = [
        f"({one.raw} is not {other.raw} and {filled(one.raw)} is not null "
        f"and {filled(other.raw)} is not null)"
        for one, other in combinations(every, 2)
    ]
    return f"({' or '.join(pairs)})" if pairs else "0"


def _prefer(db: Connection, over: Over, mine: Source, others: abc.Sequence[Source] | None) -> None:
    """Let the record hold what one CRM does; `others` are asked where it holds nothing, None: nobody is."""
    held = f"r.{sqlite.quoted(mine.mapping.attribute)}"
    is_default = mine.mapping.empty_rule is EmptyRule.DEFAULT
    value = mine.over(held, over.mark(1))
    if others is not None:
        rest = ", ".join([filled(held), *(filled(one.raw) for one in others), value])
        value = f"coalesce({filled(mine.raw)}, {rest})"
    sqlite.run(
        db,
        f"update {over.table} as r set {_sets(mine.mapping.attribute, value)} "  # noqa: S608  quoted
        f"where {over.where} and {mine.is_there} and {value} is not {held}",
        (*over.values, default_cell(mine.mapping, mine.kind)) if is_default else over.values,
    )


def _ask(db: Connection, over: Over, attribute: str, every: abc.Sequence[Source]) -> None:
    """Where the CRMs agree the record holds what they do; where not it stays, and a person is asked."""
    if not every:
        return
    held = f"r.{sqlite.quoted(attribute)}"
    differ = disagreeing(every)
    agreed = f"coalesce({', '.join(filled(one.raw) for one in every)}, {every[0].over(held, 'null')})"
    there = " or ".join(one.is_there for one in every)
    sqlite.run(
        db,
        f"update {over.table} as r set {_sets(attribute, agreed)} where {over.where} "  # noqa: S608  quoted
        f"and ({there}) and not {differ} and {agreed} is not {held}",
        over.values,
    )
    cells = ", ".join(f"'{one.integration.id}', {one.raw}" for one in every)
    name = over.mark(1)
    busy = (
        f"exists (select 1 from value_states v where v.rid = r.rid and v.attribute = {name} "  # noqa: S608  quoted
        "and v.state in ('queued', 'sent', 'unknown'))"
    )
    sqlite.run(
        db,
        "insert into disagreements (rid, attribute, at, entity, held, kept, author) "  # noqa: S608  quoted
        f"select r.rid, {name}, {over.mark(2)}, {over.mark(3)}, json_object({cells}), '', '' "
        f"from {over.table} r where {over.where} and {differ} and not {busy} "
        "on conflict (rid, attribute) do update set held = excluded.held, kept = '', author = '', "
        "at = excluded.at where disagreements.held is not excluded.held",
        (*over.values, attribute, moments.to_text(over.at), over.entity),
    )
    sqlite.run(
        db,
        f"delete from disagreements where attribute = {name} and rid in "  # noqa: S608  quoted
        f"(select r.rid from {over.table} r where {over.where} and not {differ})",
        (*over.values, attribute),
    )


def _sets(attribute: str, value: str) -> str:
    name = sqlite.quoted(attribute)
    title = f", title = coalesce(nullif({value}, ''), title)" if attribute == wide.TITLE_ATTRIBUTE else ""
    return f"{name} = {value}{title}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The value of one record that a person chose, and whose it is."""

    entity: str
    rid: str
    attribute: str
    value: wide.Stored
    kept: str


def settle(db: Connection, one: Chosen, *, author: str, at: datetime) -> None:
    """Let a record hold a value that a person chose; the disagreement is over until a CRM changes."""
    table = sqlite.quoted(wide.record_table(one.entity))
    is_title = one.attribute == wide.TITLE_ATTRIBUTE
    title = ", title = coalesce(nullif(?1, ''), title)" if is_title else ""
    sqlite.run(
        db,
        f"update {table} set {sqlite.quoted(one.attribute)} = ?1{title} where rid = ?2",  # noqa: S608  quoted
        (one.value, one.rid),
    )
    sqlite.run(
        db,
        "update disagreements set kept = ?, author = ?, at = ? where rid = ? and attribute = ?",
        (one.kept, author, moments.to_text(at), one.rid, one.attribute),
    )


def open_count(db: Connection, entity: str, attribute: str) -> int:
    """Count the records of which CRMs disagree and nobody settled it."""
    query = "select count(*) from disagreements where entity = ? and attribute = ? and kept = ''"
    return int(sqlite.run(db, query, (entity, attribute)).fetchone()[0])


def rids_after(db: Connection, entity: str, rid: str, *, most: int) -> str:
    """Give the last of the next `most` records after one; '' when there are none."""
    table = sqlite.quoted(wide.record_table(entity))
    query = f"select max(rid) from (select rid from {table} where rid > ? order by rid limit ?)"  # noqa: S608  quoted
    found = sqlite.run(db, query, (rid, most)).fetchone()[0]
    return str(found or "")


def differing(db: Connection, entity: str, attribute: str, *, most: int) -> tuple[int, tuple[str, ...]]:
    """Count records of which some CRM that takes the value back holds another one; name some of them."""
    takers = [one for one in sources_of(db, entity, attribute) if one.mapping.write_back]
    if not takers:
        return 0, ()
    held = f"r.{sqlite.quoted(attribute)}"
    unlike = " or ".join(f"({one.is_there} and {one.raw} is not {held})" for one in takers)
    table = sqlite.quoted(wide.record_table(entity))
    rest = f"from {table} r where not r.gone and {held} is not null and ({unlike})"
    count = int(sqlite.run(db, f"select count(*) {rest}").fetchone()[0])
    rows = sqlite.run(db, f"select r.rid {rest} order by r.rid limit ?", (most,))
    return count, tuple(str(row[0]) for row in rows)
