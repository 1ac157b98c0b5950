"""The lists of jobs: which jobs, pulls and read-backs there are, filtered where they lie.

Must not: read a job's rows, but to find whether one is about a record.
"""

from collections import abc
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, inspect, literal_column, or_, select
from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.store import ordering, records, schema, wide
from writeback.store.windows import escaped

RawRow = Any
"""A row of SQLAlchemy, asked by column name."""
LIST_MOST: Final = 500
NAMED_MOST: Final = 200
"""So many records whose names hold the words are looked for in jobs."""
PULL, READ_BACK = "pull", "read_back"
RUNS: Final = frozenset({PULL, READ_BACK})
"""Kinds of the list that are no jobs: nothing is written by them."""
SHORT: Final = "short"
"""Not a state: finished, and something was not written."""


@dataclass(frozen=True, slots=True)
class JobsWanted:
    """Which jobs are wanted; what is empty asks for nothing."""

    connection_id: str = ""
    kinds: frozenset[str] = frozenset()
    """`model.jobs.JobKind`, `pull`, `read_back`."""
    states: frozenset[str] = frozenset()
    """`model.jobs.JobState`, `short`."""
    attribute: str = ""
    """An attribute's name, or a field path."""
    record: str = ""
    """A CRM's id, or words of a record's name."""
    author: str = ""
    keys: frozenset[str] = field(default_factory=frozenset)
    """CRM ids that `record` means; filled by `with_keys`."""

    @property
    def is_everything(self) -> bool:
        """Say whether nothing is filtered, the connection aside."""
        return not (self.kinds or self.states or self.attribute or self.record or self.author)


def one(db: Connection, job_id: str) -> RawRow | None:
    """Give one job, a plan's too, with its connection and change set."""
    return db.execute(_listed().where(schema.jobs.c.id == job_id)).first()


def by_number(db: Connection, number: int) -> RawRow | None:
    """Give one submitted job by its number."""
    return db.execute(_listed().where(schema.jobs.c.number == number)).first()


def jobs(db: Connection, wanted: JobsWanted, *, most: int = LIST_MOST) -> list[RawRow]:
    """Give the submitted jobs that are wanted, newest first."""
    table, sets = schema.jobs, schema.change_sets
    if wanted.kinds and not wanted.kinds - RUNS:
        return []
    query = _listed().where(table.c.number.is_not(None))
    if wanted.connection_id:
        query = query.where(table.c.connection_id == wanted.connection_id)
    if wanted.kinds:
        query = query.where(table.c.kind.in_(sorted(wanted.kinds - RUNS)))
    if wanted.states:
        query = query.where(or_(*_states(wanted.states)))
    if wanted.attribute:
        query = query.where(_writes(wanted.attribute))
    if wanted.author:
        query = query.where(sets.c.author == wanted.author)
    if wanted.record:
        query = query.where(_is_about(wanted.keys))
    return list(db.execute(query.order_by(table.c.number.desc()).limit(most)).all())


def pulls(db: Connection, wanted: JobsWanted, *, most: int = LIST_MOST) -> list[RawRow]:
    """Give the pulls that are wanted, newest first: they have no state, no attribute, no record."""
    if not _wants_run(wanted, PULL):
        return []
    table, connections = schema.pulls, schema.connections
    query = select(table, connections.c.name.label("connection")).join(
        connections, connections.c.id == table.c.connection_id
    )
    if wanted.connection_id:
        query = query.where(table.c.connection_id == wanted.connection_id)
    if wanted.author:
        query = query.where(table.c.author == wanted.author)
    return list(db.execute(query.order_by(table.c.started_at.desc()).limit(most)).all())


def read_backs(db: Connection, wanted: JobsWanted, *, most: int = LIST_MOST) -> list[RawRow]:
    """Give the newest read-back of each job, newest first."""
    if not _wants_run(wanted, READ_BACK):
        return []
    table, jobs_, connections = schema.verifications, schema.jobs, schema.connections
    query = (
        select(
            table,
            jobs_.c.number,
            jobs_.c.object,
            jobs_.c.connection_id,
            connections.c.name.label("connection"),
        )
        .join(jobs_, jobs_.c.id == table.c.job_id)
        .join(connections, connections.c.id == jobs_.c.connection_id)
    )
    if wanted.connection_id:
        query = query.where(jobs_.c.connection_id == wanted.connection_id)
    if wanted.author:
        query = query.where(table.c.author == wanted.author)
    return list(db.execute(query.order_by(table.c.at.desc()).limit(most)).all())


def attributes(db: Connection) -> list[str]:
    """Name the attributes and field paths that submitted jobs write."""
    each = func.json_each(schema.jobs.c.columns).table_valued("value", name="each")
    path = func.json_extract(each.c.value, "$.path")
    name = func.coalesce(func.nullif(func.json_extract(each.c.value, "$.attribute"), ""), _mapped(path), path)
    query = select(name).select_from(schema.jobs).join(each, schema.jobs.c.number.is_not(None)).distinct()
    return sorted(str(row[0]) for row in db.execute(query))


def with_keys(
    db: Connection,
    wanted: JobsWanted,
    integrations: abc.Iterable[Integration],
    entities: abc.Iterable[str],
) -> JobsWanted:
    """Find the CRM records that `record` means: one of that id, and those whose names hold the words."""
    if not wanted.record:
        return wanted
    keys = {wanted.record}
    feeding = tuple(integrations)
    for entity in entities:
        mine = [one for one in feeding if one.entity == entity]
        rids = named(db, entity, wanted.record)
        links = records.links_of(db, mine, rids) if rids and mine else {}
        keys |= {link.key for links_of in links.values() for link in links_of}
    return replace(wanted, keys=frozenset(keys))


def named(db: Connection, entity: str, words: str) -> list[str]:
    """Give some records of an entity whose names hold the words, or that have this id."""
    table = wide.records(entity, ())
    if not inspect(db).has_table(table.name):
        return []
    holds = table.c.title.ilike(f"%{escaped(words)}%", escape="\\")
    query = select(table.c.rid).where(or_(table.c.rid == words, holds)).limit(NAMED_MOST)
    return [str(row[0]) for row in db.execute(query)]


def records_written(db: Connection, job_id: str, keys: abc.Collection[str]) -> dict[str, str]:
    """Give our records of CRM records that a job writes, as far as they were pulled."""
    found: dict[str, str] = {}
    for integration_id in _integrations_of(db, job_id):
        found.update(records.rids_of(db, integration_id, keys))
    return found


def written_as(db: Connection, job_id: str, rids: abc.Collection[str]) -> list[str]:
    """Give the CRM's keys of our records in the object that a job writes."""
    return [
        key
        for integration_id in _integrations_of(db, job_id)
        for key in records.keys_of(db, integration_id, rids).values()
    ]


def _integrations_of(db: Connection, job_id: str) -> list[str]:
    jobs_, table = schema.jobs, schema.integrations
    of_job = and_(table.c.connection_id == jobs_.c.connection_id, table.c.object == jobs_.c.object)
    query = select(table.c.id).join(jobs_, of_job).where(jobs_.c.id == job_id).order_by(table.c.id)
    return [str(row[0]) for row in db.execute(query)]


def _listed() -> Select[Any]:
    jobs_, connections, sets = schema.jobs, schema.connections, schema.change_sets
    other = jobs_.alias("other")
    undone = select(other.c.number).where(other.c.id == jobs_.c.undo_of).scalar_subquery()
    retried = select(other.c.number).where(other.c.id == jobs_.c.retry_of).scalar_subquery()
    return (
        select(
            jobs_,
            connections.c.name.label("connection"),
            sets.c.origin.label("origin"),
            sets.c.author.label("author"),
            sets.c.reason.label("reason"),
            sets.c.source.label("source"),
            sets.c.planned_at.label("planned_at"),
            func.coalesce(undone, retried, 0).label("other_number"),
            literal_column(f"({ordering.NUMBERS_BEFORE})").label("behind"),
        )
        .join(connections, connections.c.id == jobs_.c.connection_id)
        .join(sets, sets.c.id == jobs_.c.change_set_id)
    )


def _states(states: abc.Set[str]) -> abc.Iterator[ColumnElement[bool]]:
    table = schema.jobs
    yield table.c.state.in_(sorted(states - {SHORT}))
    if SHORT in states:
        missing = table.c.rejected + table.c.conflict + table.c.unknown + table.c.blocked
        yield and_(table.c.state.in_(("done", "cancelled")), missing > 0)


def _writes(attribute: str) -> ColumnElement[bool]:
    each = func.json_each(schema.jobs.c.columns).table_valued("value", name="column")
    told = [func.json_extract(each.c.value, place) for place in ("$.attribute", "$.path")]
    means = or_(*(one == attribute for one in told), _mapped(told[1]) == attribute)
    return exists(select(1).select_from(each).where(means))


def _mapped(path: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the attribute that a path of a job is mapped to: the rows of a file name paths only."""
    table, feeding, mappings = schema.jobs, schema.integrations, schema.field_mappings
    return (
        select(mappings.c.attribute)
        .join(feeding, feeding.c.id == mappings.c.integration_id)
        .where(
            feeding.c.connection_id == table.c.connection_id,
            feeding.c.object == table.c.object,
            mappings.c.path == path,
        )
        .limit(1)
        .correlate_except(mappings, feeding)
        .scalar_subquery()
    )


def _is_about(keys: abc.Set[str]) -> ColumnElement[bool]:
    jobs_, tables = schema.jobs, (schema.writes, schema.findings, schema.made)
    named = sorted(keys)
    return or_(
        *(
            exists(select(1).where(table.c.job_id == jobs_.c.id, table.c.record_id.in_(named)))
            for table in tables
        )
    )


def _wants_run(wanted: JobsWanted, kind: str) -> bool:
    """Say whether a kind of run is wanted at all: it writes no attribute, and has no state of a job."""
    if wanted.attribute or wanted.record or wanted.states - {"done"}:
        return False
    return not wanted.kinds or kind in wanted.kinds
