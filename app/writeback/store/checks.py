"""The invariants of the write protocol as queries: what `doctor` asks and every fault test ends with.

Each query gives what breaks the rule, so that nothing found means it is kept.

Must not: repair anything.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from writeback.errors import UnknownAttributeError
from writeback.model.integrations import EmptyRule, FieldMapping, Integration
from writeback.model.types import AttributeType
from writeback.store import (
    audit,
    emptying,
    integrations,
    model,
    records,
    schema,
    sqlite,
    value_maps,
    wide,
)

MOST_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One invariant: how much was looked at and what breaks it."""

    id: str
    """I1 … I8, or `store.*`."""
    checked: int
    violations: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Say whether nothing breaks it."""
        return not self.violations


def every(db: Connection) -> abc.Iterator[Finding]:
    """Check all invariants in one state of the workspace."""
    for check in (_i1, _i2, _i3, _i4, _i5, _i6, _i7, _i8, _whole):
        yield check(db)


def _i1(db: Connection) -> Finding:
    """Nothing is sent without a committed intent."""
    found = [
        *_named(
            db,
            "select 'exchange ' || e.id from exchanges e where e.attempt_id is not null "
            "and not exists (select 1 from attempts a where a.id = e.attempt_id) limit ?",
        ),
        *_named(
            db,
            "select 'row ' || o.job_id || '/' || o.seq from outcomes o where o.attempt_id is not null "
            "and not exists (select 1 from attempts a where a.id = o.attempt_id) limit ?",
        ),
        *_named(
            db,
            "select 'batch ' || b.job_id || '/' || b.no from batches b where b.outcome = 'applied' "
            "and not exists (select 1 from attempts a where a.job_id = b.job_id "
            "and a.first_seq <= b.last_seq and b.first_seq <= a.last_seq) limit ?",
        ),
        *_named(
            db,
            "select 'attempt ' || a.id from attempts a where a.payload_hash is null "
            "and a.outcome in ('applied', 'rejected') limit ?",
        ),
    ]
    return Finding("I1", _count(db, "select count(*) from attempts"), tuple(found[:MOST_NAMED]))


def _i2(db: Connection) -> Finding:
    """An attempt has at most one final outcome, and has one when its batch is settled."""
    found = _named(
        db,
        "select 'attempt ' || a.id from attempts a "
        "join batches b on b.job_id = a.job_id and b.no = a.batch_no "
        "where (a.outcome is null and b.state = 'settled') or (a.outcome is null) != (a.ended_at is null) "
        "limit ?",
    )
    return Finding("I2", _count(db, "select count(*) from attempts"), found)


def _i3(db: Connection) -> Finding:
    """Unknown is never sent again without a read-back."""
    found = _named(
        db,
        "select 'attempt ' || b.id || ' after ' || a.id from attempts a join attempts b "
        "on b.job_id = a.job_id and b.batch_no = a.batch_no and b.intent_at > a.intent_at "
        "and b.first_seq <= a.last_seq and a.first_seq <= b.last_seq "
        "where a.outcome is null or a.verdict = 'due' "
        "or (a.outcome = 'unknown' and a.verdict is null) limit ?",
    )
    unknown = "select count(*) from attempts where verdict is not null or outcome = 'unknown'"
    return Finding("I3", _count(db, unknown), found)


_VIEW: Final = """
with spans as (
  select b.job_id, b.no, b.rows, coalesce(b.outcome, 'open') as outcome,
    (select count(*) from outcomes o left join attempts a on a.id = o.attempt_id
      where o.job_id = b.job_id and o.seq between b.first_seq and b.last_seq
      and not (a.id is not null and a.outcome is null)) as excepted
  from batches b),
ended as (
  select job_id, outcome, rows - excepted as n from spans
  union all
  select o.job_id, o.outcome, 1 from outcomes o left join attempts a on a.id = o.attempt_id
    where not (a.id is not null and a.outcome is null)
  union all
  select f.job_id, f.verdict, 1 from findings f)
select j.id, j.rows, j.writes, coalesce(sum(n), 0),
  coalesce(sum(n) filter (where e.outcome = 'applied'), 0) - j.applied,
  coalesce(sum(n) filter (where e.outcome = 'rejected'), 0) - j.rejected,
  coalesce(sum(n) filter (where e.outcome = 'unchanged'), 0) - j.unchanged,
  coalesce(sum(n) filter (where e.outcome = 'conflict'), 0) - j.conflict,
  coalesce(sum(n) filter (where e.outcome = 'unknown'), 0) - j.unknown,
  coalesce(sum(n) filter (where e.outcome = 'blocked'), 0) - j.blocked,
  coalesce(sum(n) filter (where e.outcome = 'cancelled'), 0) - j.cancelled,
  (select count(*) from writes w where w.job_id = j.id),
  (select coalesce(sum(b.rows), 0) from batches b where b.job_id = j.id)
from jobs j left join ended e on e.job_id = j.id
where j.number is not null group by j.id
"""


def _i4(db: Connection) -> Finding:
    """Outcomes add up to what was approved; batches and job agree."""
    found: list[str] = []
    checked = 0
    for job, rows, writes, told, *differences, stored, batched in sqlite.run(db, _VIEW):
        checked += 1
        if told != rows:
            found.append(f"job {job}: {told} rows told of, {rows} approved")
        if any(differences):
            found.append(f"job {job}: totals differ from outcomes by {differences}")
        if not writes == stored == batched:
            found.append(f"job {job}: {writes} writes, {stored} stored, {batched} in batches")
    return Finding("I4", checked, tuple(found[:MOST_NAMED]))


def _i5(db: Connection) -> Finding:
    """The local confirmed value is the last one the CRM confirmed: records hold what snapshots hold.

    Where several CRMs feed an attribute and disagree, the record holds what one of them does.
    """
    found: list[str] = []
    checked = 0
    feeding = integrations.every(db)
    for integration in feeding:
        snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
        table = sqlite.quoted(wide.record_table(integration.entity))
        kinds = model.kinds(db, integration.entity)
        differs = " or ".join(
            _unlike(
                mapping,
                kinds.get(mapping.attribute, AttributeType.TEXT),
                [one for one in feeding if one.entity == integration.entity and one != integration],
            )
            for mapping in integration.mappings
        )
        if not differs:
            continue
        try:
            records.kinds_of(db, integration)
        except UnknownAttributeError as error:
            found.append(f"integration {integration.id}: {error.code}")
            continue
        joined = f"from {snapshot} s left join {table} r on r.rid = s.rid where not s.gone"
        checked += _count(db, f"select count(*) {joined}")
        unlike = f"{joined} and (r.rid is null or {differs})"
        found += _named(db, f"select 'record ' || s.rid {unlike} limit ?")
    return Finding("I5", checked, tuple(found[:MOST_NAMED]))


def _unlike(mapping: FieldMapping, kind: AttributeType, others: abc.Iterable[Integration]) -> str:
    """Say that a record `r` holds neither what snapshot row `s` holds nor what another CRM's does."""
    attribute = sqlite.quoted(mapping.attribute)
    column = sqlite.quoted(wide.path_column(str(mapping.path)))
    elsewhere = "".join(
        f" and not exists (select 1 from {sqlite.quoted(wide.snapshot_table(other.id))} o "  # noqa: S608  quoted
        f"where o.rid = r.rid and {_explains(same, kind, attribute)})"
        for other in others
        if (same := other.mapping_of(mapping.attribute)) is not None
    )
    own = "" if mapping.empty_rule is EmptyRule.CLEAR else f" and not {emptying.is_empty(f's.{column}')}"
    holds = value_maps.come_in(mapping, kind, f"s.{column}", f"r.{attribute}")
    asked = (
        " and not exists (select 1 from disagreements d where d.rid = r.rid "  # noqa: S608  our own words
        f"and d.attribute = '{mapping.attribute}')"  # an API name: letters, digits, _
    )
    return f"(r.{attribute} is not {holds}{own}{elsewhere}{asked})"


def _explains(same: FieldMapping, kind: AttributeType, attribute: str) -> str:
    """Say that snapshot row `o` holds what the record does, or something empty that the record outlives."""
    column = f"o.{sqlite.quoted(wide.path_column(str(same.path)))}"
    held = f"{value_maps.come_in(same, kind, column, f'r.{attribute}')} is r.{attribute}"
    return held if same.empty_rule is EmptyRule.CLEAR else f"({held} or {emptying.is_empty(column)})"


def _i6(db: Connection) -> Finding:
    """The org id on each intent is the pinned one."""
    found: list[str] = []
    checked = 0
    rows = sqlite.run(
        db,
        "select a.org_id, j.org_id, c.org, count(*), min(a.id) from attempts a "
        "join jobs j on j.id = a.job_id join connections c on c.id = j.connection_id "
        "group by a.org_id, j.org_id, c.org",
    )
    for stamped, planned, org, count, attempt in rows:
        checked += int(count)
        pinned = json.loads(org)["id"] if org else ""
        if not stamped == planned == pinned:
            found.append(f"attempt {attempt}: {stamped!r} stamped, {planned!r} planned, {pinned!r} pinned")
    return Finding("I6", checked, tuple(found[:MOST_NAMED]))


def _i7(db: Connection) -> Finding:
    """The audit trail is append-only and hash-chained."""
    chain = audit.verify(db)
    found = [] if chain.is_whole else [f"entry {chain.broken_at} does not fit its chain"]
    there = {row[0] for row in sqlite.run(db, "select name from sqlite_master where type = 'trigger'")}
    found += [f"guard {name} is missing" for name in sqlite.GUARDS if name not in there]
    return Finding("I7", chain.entries, tuple(found))


def _i8(db: Connection) -> Finding:
    """One writer per claimed batch."""
    found = [
        *_named(
            db,
            "select 'batch ' || job_id || '/' || no from batches "
            "where (owner is null) != (lease_until is null) "
            "or (state = 'settled' and owner is not null) limit ?",
        ),
        *_named(
            db,
            "select 'attempt ' || a.id from attempts a join batches b on b.job_id = a.job_id "
            "and b.no = a.batch_no where a.fence > b.fence or a.fence < 1 limit ?",
        ),
    ]
    return Finding("I8", _count(db, "select count(*) from batches"), tuple(found[:MOST_NAMED]))


def _whole(db: Connection) -> Finding:
    """The file is whole."""
    return Finding("store.whole", len(schema.metadata.tables), sqlite.problems(sqlite.driver(db)))


def _named(db: Connection, query: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in sqlite.run(db, query, (MOST_NAMED,)))


def _count(db: Connection, query: str) -> int:
    return int(sqlite.run(db, query).fetchone()[0])
