"""What is known of edited records: their attributes, the CRMs their values go to, and what those hold.

Must not: keep or judge an edit.
"""

from collections import abc
from dataclasses import dataclass
from typing import Protocol

from writeback.errors import UnknownAttributeError
from writeback.model.attributes import Attribute
from writeback.model.deltas import MultiMode
from writeback.model.integrations import Integration
from writeback.model.people import Person
from writeback.model.types import RecordId, Value
from writeback.store import connections, drafts, integrations, model, people, records, roles, targets
from writeback.store.records import Link, Record
from writeback.store.workspace import Workspace


class EditFacts(Protocol):
    """One attribute of one record as a person typed it; `runtime.facade.Edit` meets it."""

    @property
    def record(self) -> RecordId:
        """Our record."""

    @property
    def attribute(self) -> str:
        """The attribute's API name."""

    @property
    def text(self) -> str | None:
        """As typed; None clears."""

    @property
    def mode(self) -> MultiMode:
        """What several values mean for a multi-list."""


@dataclass(frozen=True, slots=True)
class EditedModels:
    """What is known of the edited records and of where their values go."""

    records: abc.Mapping[RecordId, Record]
    attributes: abc.Mapping[tuple[str, str], Attribute]
    links: abc.Mapping[RecordId, tuple[Link, ...]]
    integrations: abc.Mapping[str, Integration]
    write_on_save: frozenset[str]
    """Integrations whose connection writes on save."""
    roles: frozenset[tuple[str, str]]
    """Entities and attributes whose values are team members."""
    persons: tuple[Person, ...]
    on_their_way: frozenset[tuple[RecordId, str]] = frozenset()
    """Values that are being sent: what is held now is not what will be."""

    def is_role(self, attribute: Attribute) -> bool:
        """Say whether an attribute's values are team members."""
        return (attribute.entity, attribute.name) in self.roles

    def attribute(self, edit: EditFacts) -> Attribute:
        """Give the attribute that an edit is about."""
        record = self.records.get(edit.record)
        if record is None:
            raise UnknownAttributeError("record.unknown", name=edit.record[:200])
        found = self.attributes.get((record.entity, edit.attribute))
        if found is None:
            raise UnknownAttributeError("attribute.unknown", entity=record.entity, name=edit.attribute[:200])
        return found

    def targets(self, record: RecordId, attribute: str) -> tuple[Link, ...]:
        """Give the CRM records that an edit goes to."""
        writing = {one.id for one in targets.writers(self.integrations.values(), attribute)}
        links = (one for one in self.links.get(record, ()) if not one.is_gone)
        return tuple(one for one in links if one.integration_id in writing)

    def goes_on_save(self, record: RecordId, attribute: str) -> bool:
        """Say whether an edit is sent as it is saved: every connection that takes it says so."""
        found = self.targets(record, attribute)
        return bool(found) and all(one.integration_id in self.write_on_save for one in found)

    def seen(self, record: RecordId, attribute: str) -> dict[str, Value]:
        """Give what CRMs hold instead of the record's value, where they differ from it."""
        shown = self.records[record].values.get(attribute)
        return {
            one.integration_id: one.values[attribute]
            for one in self.targets(record, attribute)
            if one.values.get(attribute) != shown
        }


def read_models(workspace: Workspace, edits: abc.Sequence[EditFacts]) -> EditedModels:
    """Read what is known of the records that some edits are about.

    Nothing is raised here: what does not exist is told when an edit asks for it.
    """
    wanted = tuple(dict.fromkeys(edit.record for edit in edits))
    with workspace.reading() as db:
        held: dict[RecordId, Record] = {}
        links: dict[RecordId, tuple[Link, ...]] = {}
        known: dict[str, Integration] = {}
        attributes: dict[tuple[str, str], Attribute] = {}
        for entity in model.entities(db):
            mine = records.get_many(db, entity.name, wanted)
            if not mine:
                continue
            feeding = integrations.every(db, entity=entity.name)
            held |= mine
            links |= records.links_of(db, feeding, tuple(mine))
            known |= {one.id: one for one in feeding}
            attributes |= {(entity.name, one.name): one for one in model.attributes(db, entity.name)}
        return EditedModels(
            records=held,
            attributes=attributes,
            links=links,
            integrations=known,
            write_on_save=frozenset(
                name for name, one in known.items() if connections.get(db, one.connection_id).write_on_save
            ),
            roles=frozenset((one, name) for one, _ in attributes for name in roles.pointing(db, one)),
            persons=people.persons(db),
            on_their_way=frozenset(drafts.on_their_way(db, wanted)),
        )
