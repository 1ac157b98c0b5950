"""What the screens read, straight from the workspace: read-only, importing no plugin.

Short reads may be called from any thread; a window belongs to whoever built it. Nothing here is a
mutation, nothing talks to a CRM, nothing builds a sentence.
"""

from collections import abc
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from writeback.model.attributes import Attribute, Entity
from writeback.model.changes import Reason
from writeback.model.events import Event, EventKind
from writeback.model.integrations import Integration
from writeback.model.jobs import JobState
from writeback.model.masters import MasterRule
from writeback.model.types import AttributeType, ConnectionId, RecordId, Value
from writeback.runtime import decoding, histories, reading_drifts
from writeback.runtime.config_gathering import TellingConfiguration
from writeback.runtime.directory import TellingPeople, with_members
from writeback.runtime.disputing import ConflictRows
from writeback.runtime.facade.drifts import DriftReport
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.holdings import TellingHoldings
from writeback.runtime.job_windows import RowTitles
from writeback.runtime.naming import TellingNames
from writeback.runtime.reading_connections import ReadingConnections
from writeback.runtime.reading_grids import ReadingGrids
from writeback.runtime.reading_profiles import Profiles, relation_of
from writeback.runtime.reading_schedules import ReadingSchedules
from writeback.runtime.team import TeamView
from writeback.runtime.trails import TellingTrail
from writeback.runtime.views import (
    AttributeView,
    ConnectionView,
    DraftView,
    LinkView,
    Mark,
    PluginView,
    Pulse,
    RecordView,
    Relation,
    Target,
)
from writeback.runtime.windowing import Asked, RecordRows
from writeback.sdk.values import ObjectDescription
from writeback.store import moments
from writeback.store.glances import Glances
from writeback.store.inbox import Wanted
from writeback.store.mapping_rows import mapping_of
from writeback.store.opening import HEAD
from writeback.store.windows import Filter, Order
from writeback.store.workspace import Clock, NewId, Workspace

if TYPE_CHECKING:
    from writeback.host import Host

MEMBERS_MOST = 200
"""So many people of an account are listed on its profile."""
SCHEMA = HEAD
"""The schema that this program speaks: what `serve` must answer in its hello."""
ALL = Filter()
EVERYTHING = Wanted()
AS_STORED = Order()


class Reading(
    ReadingConnections,
    ReadingSchedules,
    TellingPeople,
    TellingTrail,
    ReadingGrids,
    TellingNames,
    TellingHoldings,
    TellingConfiguration,
):
    """The workspace as a window sees it."""

    def __init__(self, glances: Glances, *, host: "Host | None" = None) -> None:
        """Take what reads the workspace, and the host whose plugins are told; None looks anew each time."""
        self._host = host
        self._glances = glances
        self._workspace = glances.workspace

    @classmethod
    def open(cls, path: Path, *, now: Clock, new_id: NewId) -> Self:
        """Open a workspace file for reading only; nothing is made, migrated or written.

        Raises:
            WorkspaceError: There is no such file, or it is not ours, damaged, older or newer.
        """
        return cls(Glances(Workspace.open(path, now=now, new_id=new_id, read_only=True)))

    @property
    def host(self) -> "Host":
        """The host whose plugins are told; it runs none of them."""
        from writeback.host import Host  # noqa: PLC0415  pydantic: only where needed

        return self._host if self._host is not None else Host.for_this_user()

    def close(self) -> None:
        """Give back all connections."""
        self._glances.close()

    # who we talk to

    def connectors(self) -> tuple[PluginView, ...]:
        """Give the connectors that are installed, from their manifests."""
        from writeback.runtime.plugins import icon_of  # noqa: PLC0415  pydantic: only where needed

        host = self.host
        return tuple(
            PluginView(
                record.id,
                record.title,
                record.manifest if record.is_usable else None,
                record.reason,
                tuple(record.facts),
                icon_of(host, record),
            )
            for record in host.plugins()
            if record.manifest is None or record.manifest.has_connector
        )

    def connections(self) -> tuple[ConnectionView, ...]:
        """Give all connections with what hangs on them."""
        known = {plugin.id: plugin for plugin in self.connectors()}
        integrations = self.integrations()
        schedules = self.schedules()
        jobs = self.jobs()
        open_by = [job.connection_id for job in jobs if not job.finished_at]
        waiting = [
            job.connection_id for job in jobs if job.stop is not None and job.stop.code == "sign_in.needed"
        ]
        paused = [job.connection_id for job in jobs if job.state is JobState.PAUSED]
        return tuple(
            ConnectionView(
                connection=decoding.connection_of(row),
                title=known[row.connector].title if row.connector in known else row.connector,
                plugin=known.get(row.connector),
                jobs_waiting=waiting.count(row.id),
                jobs_paused=paused.count(row.id),
                usage=decoding.usage_of(row.usage),
                wait_until=moments.from_optional(row.not_before),
                wait_reason=row.wait_reason or "",
                integrations=tuple(one for one in integrations if one.connection_id == row.id),
                open_jobs=open_by.count(ConnectionId(row.id)),
                drifted=tuple(
                    one.object
                    for one in integrations
                    if one.connection_id == row.id and self.drifts(one).stops
                ),
                schedules=tuple(one.pulls for one in schedules if one.connection_id == row.id),
            )
            for row in self._glances.connections()
        )

    def team(self) -> TeamView:
        """Give the workspace's people with their permission levels, and what waits for a word."""
        return TeamView(*self._glances.team())

    # the data model

    def entities(self) -> tuple[Entity, ...]:
        """Give all entities."""
        return tuple(Entity(row.name, row.title) for row in self._glances.entities())

    def attributes(self, entity: str) -> tuple[Attribute, ...]:
        """Give an entity's attributes in their order; those that are roles with the team members."""
        found = tuple(decoding.attribute_of(row) for row in self._glances.attributes(entity))
        with self._workspace.reading() as db:
            return with_members(db, found)

    def integrations(self) -> tuple[Integration, ...]:
        """Give all integrations with their mappings."""
        mappings: dict[str, list[object]] = {}
        for row in self._glances.mappings():
            mappings.setdefault(row.integration_id, []).append(row)
        return tuple(
            decoding.integration_of(row, [mapping_of(one) for one in mappings.get(row.id, [])])
            for row in self._glances.integrations()
        )

    def description(self, connection_id: str, object_name: str) -> ObjectDescription | None:
        """Give what was last described of an object, however old."""
        row = self._glances.description(connection_id, object_name)
        return None if row is None else decoding.description_of(row.body)

    def drifts(self, integration: Integration) -> DriftReport:
        """Give what drifted under an integration, by what the CRM last said of it."""
        return reading_drifts.report(self._glances, integration)

    def attribute_views(self, entity: str) -> tuple[AttributeView, ...]:
        """Give an entity's attributes with their targets and locks."""
        connections = {row.id: decoding.connection_of(row) for row in self._glances.connections()}
        targets: dict[str, list[Target]] = {}
        for integration in self.integrations():
            connection = connections.get(integration.connection_id)
            if integration.entity != entity or connection is None:
                continue
            described = self.description(connection.id, integration.object)
            for mapping in integration.mappings:
                field = None
                if described is not None and not mapping.path.hops:
                    field = described.field(mapping.path.field)
                elif described is not None:
                    field = described.reference(mapping.path.hops[0])
                targets.setdefault(mapping.attribute, []).append(
                    Target(
                        integration,
                        connection,
                        mapping,
                        field_label=field.label if field else str(mapping.path),
                        is_updateable=field.is_updateable if field else None,
                        is_nillable=field.is_nillable if field else True,
                        is_calculated=field.is_calculated if field else False,
                        is_missing=described is not None and field is None,
                        refers_to=field.reference.targets if field and field.reference else (),
                    )
                )
        masters = self.masters(entity)
        return tuple(
            AttributeView(
                one,
                tuple(targets.get(one.name, ())),
                lock_of(one, targets.get(one.name, ())),
                masters.get(one.name, MasterRule()),
            )
            for one in self.attributes(entity)
        )

    # records

    def record_rows(
        self,
        entity: str,
        *,
        what: Filter = ALL,
        order: Order = AS_STORED,
        columns: abc.Sequence[str] | None = None,
        kept: abc.Collection[str] = (),
        views: abc.Sequence[AttributeView] | None = None,
    ) -> RecordRows:
        """Prepare a window on an entity's records; `build` it in a task.

        Args:
            entity: Whose records.
            what: Which of them.
            order: In which order.
            columns: Only these attributes' values are read, in this order; None: all.
            kept: These records too, whether they match or not.
            views: All of the entity's attributes, where they were read already.

        Raises:
            MappingError: `segment.…`: the filter's text cannot be read.
        """
        if views is None:
            views = self.attribute_views(entity)
        meant = self.segments.read(what.text, entity=entity) if what.text.strip() else None
        return RecordRows(
            self._glances,
            [view.attribute for view in views],
            entity=entity,
            asked=Asked(what, order, columns, meant, kept),
            views=views,
        )

    def record(self, entity: str, rid: str) -> RecordView | None:
        """Give one record with everything its profile shows."""
        views = self.attribute_views(entity)
        attributes = tuple(view.attribute for view in views)
        rows = RecordRows(self._glances, attributes, entity=entity, views=views)
        row = rows.row_of(rid)
        if row is None:
            return None
        integrations = self.integrations()
        names = {one.id: one.name for one in map(decoding.connection_of, self._glances.connections())}
        feeding = [one for one in integrations if one.entity == entity]
        links = self._glances.links(feeding, (rid,)).get(RecordId(rid), ())
        account, members = self._glances.relations(integrations, links, most=MEMBERS_MOST)
        tied = self._glances.tied(integrations, RecordId(rid), links)
        names_both = [one.title for one in (tied.person, tied.account) if one is not None]
        title = " · ".join(names_both) if tied.person is not None else row.title
        by_id = {one.id: one for one in feeding}
        pulls = [
            target.integration.last_pull_at
            for view in views
            for target in view.targets
            if target.integration.last_pull_at is not None
        ]
        return RecordView(
            rid=rid,
            entity=entity,
            title=title,
            row=row,
            attributes=views,
            read_at=max(pulls, default=None),
            links=tuple(
                LinkView(
                    link.integration_id,
                    names[by_id[link.integration_id].connection_id],
                    by_id[link.integration_id].object,
                    link.key,
                    link.is_gone,
                    by_id[link.integration_id].connection_id,
                )
                for link in links
            ),
            targets=tuple(rows.states_of(rid, links).items()),
            account=relation_of(account),
            person=relation_of(tied.person),
            members=tuple(Relation(*one.who, one.others) for one in members),
        )

    @property
    def profiles(self) -> Profiles:
        """Give what reads the rest of a profile."""
        return Profiles(self, self._glances)

    def most_shared(self, entity: str, attribute: str) -> tuple[str, int]:
        """Give the value that most records share, and how many do."""
        known = [one for one in self.attributes(entity) if one.name == attribute]
        return self._glances.most_shared(entity, known[0]) if known else ("", 0)

    def history(
        self, rid: str, *, attribute: str = "", since: datetime | None = None, limit: int = histories.MOST
    ) -> tuple[HistoryEntry, ...]:
        """Give what happened to a record's values, newest first."""
        entity = next((one.name for one in self.entities() if self._glances.titles(one.name, (rid,))), None)
        if entity is None:
            return ()
        feeding = [one for one in self.integrations() if one.entity == entity]
        whose = histories.Whose(
            rid,
            integrations=feeding,
            links=self._glances.links(feeding, (rid,)).get(RecordId(rid), ()),
            kinds={one.name: one.kind for one in self.attributes(entity)},
            connections={row.id: row.name for row in self._glances.connections()},
        )
        return histories.history_of(self._glances, whose, attribute=attribute, since=since, limit=limit)

    def drafts(self) -> tuple[DraftView, ...]:
        """Give the pending edits, newest first (at most 500)."""
        rows = self._glances.drafts()
        entities = {row.entity for row in rows}
        attributes = {name: {one.name: one for one in self.attributes(name)} for name in entities}
        titles = RowTitles(self._glances).of({row.rid for row in rows})
        views = []
        for row in rows:
            known = attributes[row.entity].get(row.attribute)
            kind = known.kind if known else AttributeType.TEXT
            views.append(
                DraftView(
                    rid=row.rid,
                    title=titles.get(row.rid, row.rid),
                    attribute=row.attribute,
                    attribute_title=known.title if known else row.attribute,
                    old=decoding.plain_of(row.old, kind),
                    new=decoding.plain_of(row.new, kind),
                    author=row.author,
                    at=moments.from_text(row.created_at),
                )
            )
        return tuple(views)

    # conflicts

    def conflicts(self, wanted: Wanted = EVERYTHING) -> ConflictRows:
        """Prepare a window on the inbox of conflicts; `build` it in a task."""
        return ConflictRows(self._glances, wanted)

    def conflict_groups(self, by: str) -> tuple[tuple[str, int], ...]:
        """Count conflicts by `field`, `rule` or `connection` (its id), the biggest group first."""
        return tuple(self._glances.conflict_groups(by))

    def masters(self, entity: str) -> abc.Mapping[str, MasterRule]:
        """Give whose value counts, by attribute; what is not named follows the newest change."""
        return self._glances.masters(entity)

    # what happened

    def journal_seq(self) -> int:
        """Give the number of the newest journal entry."""
        return self._glances.journal_seq()

    def journal_after(self, seq: int) -> tuple[Event, ...]:
        """Give what happened after a journal entry; kinds this version does not know are left out."""
        known = {kind.value for kind in EventKind}
        return tuple(
            Event(int(row.seq), moments.from_text(row.at), EventKind(row.kind), row.subject)
            for row in self._glances.journal_after(seq)
            if row.kind in known
        )

    def pulse(self) -> Pulse:
        """Give what status line, navigation and pending bar show."""
        drafts, records, refused, _ = self._glances.pending_counts()
        integrations = self._glances.integrations()
        pulls = [moments.from_text(row.last_pull_at) for row in integrations if row.last_pull_at]
        connections = self._glances.connections()
        workers = self._glances.workers()
        running = self._glances.running_job()
        counts = decoding.counts_of(running) if running is not None else None
        return Pulse(
            drafts=drafts,
            draft_records=records,
            held=self._glances.held_edits(),
            discards=len(self._glances.discarded()),
            refused=refused,
            conflicts=self._glances.conflicts(),
            held_plays=self._glances.held_plays(),
            open_jobs=self._glances.open_jobs(),
            at_work=self._glances.jobs_at_work(),
            jobs_sent=self._glances.jobs_sent(),
            connections=len(connections),
            mapped=len(self._glances.mappings()),
            records_pulled=bool(pulls),
            last_pull_at=max(pulls, default=None),
            worker_beat_at=moments.from_text(workers[0].beat_at) if workers else None,
            running_number=int(running.number) if running is not None else 0,
            running_done=counts.rows - counts.open - counts.unknown if counts else 0,
            running_rows=counts.rows if counts else 0,
            running_state=str(running.state) if running is not None else "",
            needs_sign_in=tuple(row.name for row in connections if row.sign_in == "needed"),
            offline=self._glances.offline(),
        )


def lock_of(attribute: Attribute, targets: abc.Sequence[Target]) -> Reason | None:
    """Say why an attribute cannot be edited here, or None when at least one target takes it."""
    facts = (("attribute", attribute.title),)
    if not attribute.editable:
        return Reason("attribute.not_editable", facts)
    if not targets:
        return Reason("write_back.not_mapped", facts)
    open_targets = [target for target in targets if target.mapping.write_back]
    if not open_targets:
        return Reason("write_back.off", facts)
    writable = [target for target in open_targets if not target.connection.read_only]
    if not writable:
        return Reason("connection.read_only", (("connection", open_targets[0].connection.name), *facts))
    if all(target.is_updateable is False for target in writable):
        return Reason("field.read_only", (("field", str(writable[0].mapping.path)), *facts))
    return None


def value_of(view: RecordView, attribute: str) -> tuple[Value, Mark | None]:
    """Give what is shown for an attribute: the pending wish where there is one, and its mark."""
    mark = view.row.mark_of(attribute)
    for one, value in zip(view.attributes, view.row.values, strict=False):
        if one.attribute.name == attribute:
            return (value if mark is None else mark.new), mark
    return None, mark


def _text(plain: object) -> str:
    return "" if plain is None else str(plain)
