"""What a CRM describes, our data model, and the mappings between them."""

from dataclasses import dataclass
from typing import Protocol

from writeback.engine.previewing import Preview
from writeback.model.attributes import Attribute, Entity
from writeback.model.integrations import FieldMapping, Integration
from writeback.planning.filtering import FilterGroups
from writeback.sdk.values import ObjectDescription, ObjectInfo


@dataclass(frozen=True, slots=True)
class IntegrationWish:
    """An integration to be made."""

    connection: str
    """Name or id."""
    object: str
    entity: str = "account"
    key: str = ""
    """'' takes the object's record id."""
    filter: str = ""
    match: str = ""
    """The attribute by which CRM records are linked to records that are there already; '' links none."""
    link: str | None = None
    """The path whose value is the CRM key of the account a record belongs to. None: as the connector
    proposes for the object; '' none."""
    person: str | None = None
    """The same for the person that a membership is of."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One automatic match: which field for which attribute, how sure (0–1) and why."""

    path: str
    attribute: str
    confidence: float
    reason: str
    """`same_name` | `same_label` | `related_field` | `new_attribute`."""


class ModelCalls(Protocol):
    """What a CRM describes, our data model, and the mappings between them."""

    def objects(self, connection: str) -> tuple[ObjectInfo, ...]:
        """List the CRM's objects."""

    def describe(self, connection: str, object_name: str, *, refresh: bool = False) -> ObjectDescription:
        """Give one object's fields, at most 10 minutes old unless refreshed."""

    def count(self, connection: str, object_name: str, condition: str) -> int:
        """Count the records a filter selects, in the CRM."""

    def add_entity(self, entity: Entity, *, act: str) -> Entity:
        """Add an entity."""

    def add_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        """Add an attribute to an entity."""

    def add_integration(self, wish: IntegrationWish, *, act: str) -> Integration:
        """Make an integration. Raises UnknownAttributeError for unknown object, key or entity."""

    def change_filter(self, integration: str, condition: str, *, act: str) -> Integration:
        """Read other records from now on: the CRM counts them first, and the next pull reads all.

        Raises:
            ConnectorError: The CRM does not take the condition, or cannot be asked; nothing changed.
        """

    def suggest_mappings(self, integration: str) -> tuple[Suggestion, ...]:
        """Match fields to attributes, with reason and confidence; changes nothing."""

    def map_fields(self, integration: str, mappings: tuple[FieldMapping, ...], *, act: str) -> Integration:
        """Add or replace mappings by path. Missing attributes are created from the field.

        Raises:
            MappingError: Unknown field, two mappings on one CRM column, write-back on a field that
                cannot be written.
        """

    def unmap_fields(self, integration: str, paths: tuple[str, ...], *, act: str) -> Integration:
        """Remove mappings."""

    def compile_filter(self, connection: str, object_name: str, groups: FilterGroups) -> str:
        """Put a builder's lines into the CRM's own language; one group is enough, of a group every line."""

    def preview(self, integration: str, *, limit: int = 10, wished: tuple[FieldMapping, ...] = ()) -> Preview:
        """Read some records as a pull would, with each value as read and as it would be kept.

        `wished` are mappings that are not saved yet: they are shown as if they were.
        """
