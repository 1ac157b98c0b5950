"""What screens show besides windows: short lists and single things, read-only.

Rows come as mappings of raw columns; `runtime.reading` makes them values. Lists that could grow
without end are cut and say so by their limit.

Must not: write, hold a transaction, read secrets.
"""

from collections import abc
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ScalarSelect, Select, Table, func, inspect, select
from sqlalchemy.engine import Engine

from writeback.model.attributes import Attribute
from writeback.model.grid_views import GridView
from writeback.model.integrations import Integration
from writeback.model.jobs import AT_WORK
from writeback.model.masters import MasterRule
from writeback.model.permissions import Approval, Permission
from writeback.model.types import RecordId
from writeback.store import (
    attempts,
    belonging,
    disputes,
    edit_acts,
    forgetting,
    grid_views,
    held_edits,
    histories,
    inbox,
    job_lists,
    job_reads,
    masters,
    permissions,
    play_runs,
    records,
    schema,
    undoable,
    wide,
)
from writeback.store.belonging import Member, Membership, Named
from writeback.store.records import Link
from writeback.store.workspace import Db, Workspace

RawRow = Any
"""A row of SQLAlchemy, asked by column name or place."""
LIST_MOST = 500
OPEN_STATES = ("queued", "running", "throttled", "paused", "cancelling", "checking", "needs_you", "stopped")


class Glances:
    """Short reads, each in a transaction of its own; safe to use from many threads."""

    def __init__(self, workspace: Workspace) -> None:
        self.middles: dict[str, str] = {}
        """By entity: an id with about as many records before as behind it, where there are very many."""
        self._workspace = workspace

    @property
    def workspace(self) -> Workspace:
        """The workspace, for reads that other rooms of the store answer."""
        return self._workspace

    @property
    def readers(self) -> Engine:
        """The reading engine, for windows."""
        return self._workspace.readers

    def close(self) -> None:
        """Close the workspace."""
        self._workspace.close()

    def reading(self) -> AbstractContextManager[Db]:
        """Open a transaction that reads, for reads that stand in a room of their own."""
        return self._workspace.reading()

    def every(self, query: Select[Any]) -> abc.Sequence[RawRow]:
        """Run one read."""
        with self._workspace.reading() as connection:
            return connection.execute(query).all()

    def record_table(self, entity: str, attributes: abc.Iterable[Attribute]) -> Table | None:
        """Give the wide table of an entity with the columns it has, or None when it has no table."""
        table = wide.records(entity, attributes)
        with self._workspace.reading() as connection:
            look = inspect(connection)
            if not look.has_table(table.name):
                return None
            there = {column["name"] for column in look.get_columns(table.name)}
        known = [attribute for attribute in attributes if attribute.name in there]
        return wide.records(entity, known)

    def connections(self) -> abc.Sequence[RawRow]:
        """Give all connections."""
        return self.every(select(schema.connections).order_by(schema.connections.c.name))

    def team(self) -> tuple[tuple[Permission, ...], tuple[Approval, ...]]:
        """Give people with a permission level, and plans that wait for a word."""
        with self._workspace.reading() as connection:
            return permissions.every(connection), permissions.approvals(connection)

    def entities(self) -> abc.Sequence[RawRow]:
        """Give all entities."""
        return self.every(select(schema.entities))

    def attributes(self, entity: str) -> abc.Sequence[RawRow]:
        """Give an entity's attributes in their order."""
        table = schema.attributes
        return self.every(select(table).where(table.c.entity == entity).order_by(table.c.position))

    def integrations(self) -> abc.Sequence[RawRow]:
        """Give all integrations."""
        return self.every(select(schema.integrations).order_by(schema.integrations.c.created_at))

    def mappings(self) -> abc.Sequence[RawRow]:
        """Give all mappings in their order."""
        table = schema.field_mappings
        return self.every(select(table).order_by(table.c.integration_id, table.c.position))

    def description(self, connection_id: str, object_name: str) -> RawRow | None:
        """Give the cached description of an object."""
        table = schema.descriptions
        wanted = select(table).where(table.c.connection_id == connection_id, table.c.object == object_name)
        rows = self.every(wanted)
        return rows[0] if rows else None

    def drafts(self, most: int = LIST_MOST) -> abc.Sequence[RawRow]:
        """Give drafts, newest first."""
        table = schema.drafts
        return self.every(select(table).order_by(table.c.created_at.desc()).limit(most))

    def pending_counts(self) -> tuple[int, int, int, int]:
        """Count drafts, drafts' records, refused values and conflicts."""
        drafts, states = schema.drafts, schema.value_states
        row = self.every(
            select(
                select(func.count()).select_from(drafts).scalar_subquery(),
                select(func.count(drafts.c.rid.distinct())).scalar_subquery(),
                _values_in(states, "refused"),
                _values_in(states, "conflict"),
            )
        )[0]
        return int(row[0]), int(row[1]), int(row[2]), int(row[3])

    def held_edits(self) -> int:
        """Count the texts that were typed and cannot be read."""
        with self._workspace.reading() as connection:
            return held_edits.count(connection)

    def held_plays(self) -> int:
        """Count the runs of plays that wait for a person."""
        with self._workspace.reading() as connection:
            return play_runs.count_held(connection)

    def grid_views(self, owner: str, entity: str) -> tuple[GridView, ...]:
        """Give the views of a grid that somebody is shown."""
        with self._workspace.reading() as connection:
            return grid_views.shown_to(connection, owner, entity)

    def discarded(self) -> tuple[edit_acts.Act, ...]:
        """Give the discards of edits that can be had back."""
        with self._workspace.reading() as connection:
            return edit_acts.discarded(connection, at=self._workspace.now())

    def gaps(self, job_id: str) -> list[float]:
        """Give the gaps between compare and answer of a job at level B, the shortest first."""
        with self._workspace.reading() as connection:
            return attempts.gaps(connection, job_id)

    def conflicts(self) -> int:
        """Count the conflicts of the inbox, up to one more than `inbox.COUNT_MOST`."""
        with self._workspace.reading() as connection:
            return inbox.count(connection)

    def conflict_groups(self, by: str) -> list[tuple[str, int]]:
        """Count conflicts by field, rule or connection."""
        with self._workspace.reading() as connection:
            return inbox.groups(connection, by)

    def masters(self, entity: str) -> dict[str, MasterRule]:
        """Give the master rules of an entity's attributes."""
        with self._workspace.reading() as connection:
            return masters.rules(connection, entity)

    def disputes(self, places: abc.Sequence[inbox.Place]) -> list[disputes.Dispute]:
        """Give what is known of some conflicts."""
        with self._workspace.reading() as connection:
            return disputes.load(connection, places)

    def job(self, job_id: str) -> abc.Sequence[RawRow]:
        """Give one job with its connection and change set, a plan's too; nothing where there is none."""
        with self._workspace.reading() as connection:
            found = job_lists.one(connection, job_id)
        return () if found is None else (found,)

    def rows_of_job(self, job_id: str, seqs: abc.Sequence[int]) -> tuple[abc.Sequence[RawRow], ...]:
        """Give writes, findings, outcome exceptions and batches of some rows, at most a block of them."""
        with self._workspace.reading() as connection:
            return job_reads.rows(connection, job_id, seqs)

    def offline(self) -> tuple[str, ...]:
        """Give the names of connections whose CRM did not answer and for which a job waits."""
        jobs, connections = schema.jobs, schema.connections
        query = (
            select(connections.c.name)
            .join(jobs, jobs.c.connection_id == connections.c.id)
            .where(
                jobs.c.number.is_not(None),
                jobs.c.state.in_(OPEN_STATES),
                jobs.c.unreached != "",
                jobs.c.unreached.not_like("sign_in.%"),
            )
            .distinct()
            .order_by(connections.c.name)
        )
        return tuple(str(row.name) for row in self.every(query))

    def open_jobs(self) -> int:
        """Count jobs that are not final."""
        table = schema.jobs
        wanted = select(func.count()).where(table.c.number.is_not(None), table.c.state.in_(OPEN_STATES))
        return int(self.every(wanted)[0][0])

    def jobs_at_work(self) -> int:
        """Count jobs that go on by themselves."""
        table = schema.jobs
        wanted = select(func.count()).where(table.c.number.is_not(None), table.c.state.in_(sorted(AT_WORK)))
        return int(self.every(wanted)[0][0])

    def jobs_sent(self) -> int:
        """Count submitted jobs: the highest number given."""
        return int(self.every(select(func.coalesce(func.max(schema.jobs.c.number), 0)))[0][0])

    def exchanges_of_connection(self, connection_id: str, most: int = 200) -> abc.Sequence[RawRow]:
        """Give a connection's recorded exchanges, newest first."""
        table = schema.exchanges
        wanted = select(table).where(table.c.connection_id == connection_id)
        return self.every(wanted.order_by(table.c.id.desc()).limit(most))

    def drafts_by_author(self) -> abc.Sequence[RawRow]:
        """Count the drafts of each person, with the oldest one's moment."""
        table = schema.drafts
        return self.every(
            select(
                table.c.author,
                func.count().label("drafts"),
                func.count(table.c.rid.distinct()).label("records"),
                func.min(table.c.created_at).label("since"),
            )
            .group_by(table.c.author)
            .order_by(func.count().desc())
        )

    def was_edited(self) -> bool:
        """Say whether somebody ever saved an edit here."""
        table = schema.journal
        kinds = ("edit_saved",)
        saved = self.every(select(table.c.seq).where(table.c.kind.in_(kinds)).limit(1))
        return bool(saved) or bool(self.every(select(schema.change_sets.c.id).limit(1)))

    def links(
        self, integrations: abc.Iterable[Integration], rids: abc.Collection[str]
    ) -> abc.Mapping[RecordId, tuple[Link, ...]]:
        """Give the CRM records behind some of ours, as last read."""
        with self._workspace.reading() as connection:
            return records.links_of(connection, integrations, rids)

    def standing(self, rid: str) -> tuple[abc.Sequence[RawRow], abc.Sequence[RawRow]]:
        """Give one record's drafts and value states."""
        drafts, states = schema.drafts, schema.value_states
        return (
            self.every(select(drafts).where(drafts.c.rid == rid)),
            self.every(select(states).where(states.c.rid == rid)),
        )

    def relations(
        self, integrations: abc.Sequence[Integration], links: abc.Sequence[Link], *, most: int
    ) -> tuple[Named | None, tuple[Member, ...]]:
        """Give the account that a record belongs to, and who belongs to it."""
        with self._workspace.reading() as connection:
            return (
                belonging.account_of(connection, integrations, links),
                belonging.members_of(connection, integrations, links, most=most),
            )

    def memberships(
        self, integrations: abc.Sequence[Integration], links: abc.Sequence[Link], *, most: int
    ) -> tuple[Membership, ...]:
        """Give the memberships of a person or of an account."""
        with self._workspace.reading() as connection:
            return belonging.memberships_of(connection, integrations, links, most=most)

    def tied(
        self, integrations: abc.Sequence[Integration], rid: RecordId, links: abc.Sequence[Link]
    ) -> Membership:
        """Give a membership with the account and the person it is of."""
        with self._workspace.reading() as connection:
            return belonging.tied(connection, integrations, rid, links)

    def reasons(self, job_ids: abc.Collection[str]) -> abc.Mapping[str, str]:
        """Give why jobs wait, for those that do."""
        table = schema.jobs
        wanted = select(table.c.id, table.c.stop_code, table.c.unreached)
        rows = self.every(wanted.where(table.c.id.in_(sorted(job_ids)))) if job_ids else ()
        return {str(row[0]): str(row[1] or row[2]) for row in rows if row[1] or row[2]}

    def most_shared(self, entity: str, attribute: Attribute) -> tuple[str, int]:
        """Give the value that most records hold, and how many do."""
        table = self.record_table(entity, (attribute,))
        if table is None or attribute.name not in table.c:
            return "", 0
        column = table.c[attribute.name]
        count = func.count().label("records")
        wanted = select(column, count).where(column.is_not(None), table.c.gone == 0)
        rows = self.every(wanted.group_by(column).order_by(count.desc()).limit(1))
        return (str(rows[0][0]), int(rows[0][1])) if rows else ("", 0)

    def titles(self, entity: str, rids: abc.Collection[str]) -> abc.Mapping[str, str]:
        """Give the titles of some records; a record that has none is left out."""
        table = self.record_table(entity, ())
        if table is None or not rids:
            return {}
        rows = self.every(select(table.c.rid, table.c.title).where(table.c.rid.in_(sorted(rids))))
        return {str(row[0]): str(row[1]) for row in rows if row[1]}

    def journal_after(self, seq: int, most: int = 1000) -> abc.Sequence[RawRow]:
        """Give journal entries after a number, oldest first."""
        table = schema.journal
        return self.every(select(table).where(table.c.seq > seq).order_by(table.c.seq).limit(most))

    def journal_seq(self) -> int:
        """Give the number of the newest journal entry."""
        return int(self.every(select(func.coalesce(func.max(schema.journal.c.seq), 0)))[0][0])

    def workers(self) -> abc.Sequence[RawRow]:
        """Give the known workers, the freshest first."""
        return self.every(select(schema.workers).order_by(schema.workers.c.beat_at.desc()).limit(20))

    def running_job(self) -> RawRow | None:
        """Give the newest job that is at work."""
        table = schema.jobs
        rows = self.every(
            select(table)
            .where(table.c.number.is_not(None), table.c.state.in_(sorted(AT_WORK)))
            .order_by(table.c.number.desc())
            .limit(1)
        )
        return rows[0] if rows else None

    def sent_to(
        self, connection_id: str, object_name: str, key: str, *, since: str = ""
    ) -> abc.Sequence[RawRow]:
        """Give the rows of submitted jobs about one CRM record."""
        with self._workspace.reading() as connection:
            return histories.sent(
                connection, connection_id=connection_id, object_name=object_name, key=key, since=since
            )

    def history_begins(self) -> str:
        """Give the moment before which no history is told any more; '' where it is kept for good."""
        with self._workspace.reading() as connection:
            return forgetting.first_kept(connection, now=self._workspace.now())

    def sent_over(self, rid: str, *, since: str = "") -> abc.Sequence[RawRow]:
        """Give the rows that wrote behind a reference because somebody edited this record."""
        with self._workspace.reading() as connection:
            return histories.over_references(connection, rid, since=since)

    def other_connections(self, job_id: str) -> tuple[str, ...]:
        """Name the connections to which the act of a job wrote in other jobs."""
        with self._workspace.reading() as connection:
            return undoable.other_connections(connection, job_id)

    def noted(self, rid: str, *, since: str = "") -> abc.Sequence[RawRow]:
        """Give what was noted of one record's values beside our writes."""
        with self._workspace.reading() as connection:
            return histories.noted(connection, rid, since=since)


def _values_in(states: Table, state: str) -> ScalarSelect[Any]:
    """Count values in a state, each once in however many CRMs."""
    values = select(states.c.rid, states.c.attribute).where(states.c.state == state).distinct().subquery()
    return select(func.count()).select_from(values).scalar_subquery()
