"""What a profile shows beside the record itself: memberships, key contacts, the record's page in its CRM."""

from dataclasses import dataclass
from typing import Final, Protocol

from writeback.model.attributes import MEMBERSHIP, Attribute, Entity
from writeback.model.integrations import Integration
from writeback.model.types import RecordId, Value
from writeback.planning.coercing import text_of
from writeback.runtime import decoding, record_pages
from writeback.runtime.record_pages import RecordPage
from writeback.runtime.views import AttributeView, LinkView, Mark, MembershipView, RecordView, Relation
from writeback.sdk.values import ObjectDescription
from writeback.store.belonging import Named
from writeback.store.glances import Glances

MEMBERSHIPS_MOST: Final = 40
"""So many memberships are shown with their attributes."""


class Reads(Protocol):
    """The reads that a profile is made of; `Reading` has them."""

    def integrations(self) -> tuple[Integration, ...]:
        """Give all integrations."""

    def entities(self) -> tuple[Entity, ...]:
        """Give all entities."""

    def record(self, entity: str, rid: str) -> RecordView | None:
        """Give one record."""

    def description(self, connection_id: str, object_name: str) -> ObjectDescription | None:
        """Give what was last described of an object."""


@dataclass(frozen=True, slots=True)
class KeyContact:
    """An attribute of an account that names a person, seen from one person."""

    account: Relation
    attribute: Attribute
    holds: Value
    mine: str
    """What it holds where it names this person."""
    mark: Mark | None = None

    @property
    def is_mine(self) -> bool:
        """Whether it names this person, or is about to."""
        value = self.holds if self.mark is None else self.mark.new
        return (text_of(value) or "").casefold() == self.mine.casefold()


class Profiles:
    """Reads of profiles."""

    def __init__(self, reads: Reads, glances: Glances) -> None:
        self._reads, self._glances = reads, glances

    def memberships(self, entity: str, rid: str) -> tuple[MembershipView, ...]:
        """Give what a person is at each account, or who is what at an account; at most some dozen."""
        if entity == MEMBERSHIP:
            return ()
        integrations = self._reads.integrations()
        feeding = [one for one in integrations if one.entity == entity]
        links = self._glances.links(feeding, (rid,)).get(RecordId(rid), ())
        found = []
        for one in self._glances.memberships(integrations, links, most=MEMBERSHIPS_MOST):
            record = self._reads.record(one.entity, one.rid)
            if record is not None:
                found.append(MembershipView(record, relation_of(one.account), relation_of(one.person)))
        return tuple(found)

    def key_contacts(
        self, person: RecordView, memberships: tuple[MembershipView, ...]
    ) -> tuple[KeyContact, ...]:
        """Give the attributes of a person's accounts that name a person of the same CRM object."""
        accounts = [person.account, *(one.account for one in memberships)]
        known = {one.rid: one for one in accounts if one is not None}
        found = []
        for account in known.values():
            record = self._reads.record(account.entity, account.rid)
            for view in record.attributes if record is not None else ():
                mine = self._named_by(view, person)
                if record is not None and mine:
                    held = record.row.values[record.attributes.index(view)]
                    mark = record.row.mark_of(view.attribute.name)
                    found.append(KeyContact(account, view.attribute, held, mine, mark))
        return tuple(found)

    def _named_by(self, view: AttributeView, person: RecordView) -> str:
        """Give what an attribute would hold to name a person; '' where it is no such attribute."""
        objects = {(link.connection, link.object): link.integration_id for link in person.links}
        feeding = {one.id: one for one in self._reads.integrations()}
        names = [one.attribute.name for one in person.attributes]
        for target in view.targets:
            path = target.mapping.path
            described = self._reads.description(target.connection.id, target.integration.object)
            field = (
                described.reference(path.hops[0]) if described is not None and len(path.hops) == 1 else None
            )
            leads_to = field.reference.targets if field is not None and field.reference is not None else ()
            for object_name in leads_to if target.mapping.write_back and view.lock is None else ():
                own = feeding.get(objects.get((target.connection.name, object_name), ""))  # type: ignore[call-overload]
                fed = [one for one in own.mappings if str(one.path) == path.field] if own is not None else []
                if fed and fed[0].attribute in names:
                    return text_of(person.row.values[names.index(fed[0].attribute)]) or ""
        return ""

    def record_page(self, link: LinkView) -> RecordPage:
        """Give the page of a record in its CRM.

        Raises:
            ConfigurationError: There is none that may be opened.
        """
        from writeback.host import Host  # noqa: PLC0415  pydantic: only where needed

        rows = [decoding.connection_of(row) for row in self._glances.connections()]
        connection = next(one for one in rows if one.name == link.connection)
        manifests = (one.manifest for one in Host.for_this_user().plugins() if one.id == connection.connector)
        manifest = next((one for one in manifests if one is not None), None)
        objects = manifest.objects if manifest is not None else ()
        hosts = manifest.hosts if manifest is not None else ()
        return record_pages.page_of(connection, objects, hosts, what=(link.object, link.key))


def relation_of(one: Named | None) -> Relation | None:
    """Give a named record as screens show it."""
    return None if one is None else Relation(*one)
