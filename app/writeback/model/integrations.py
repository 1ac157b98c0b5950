"""One CRM object pulled into one entity, and the rules that tie fields to attributes."""

import enum
from dataclasses import dataclass
from datetime import datetime

from writeback.model.fieldpaths import FieldPath
from writeback.model.source_formats import AS_SENT, SourceFormat
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.model.value_rules import AS_THEY_ARE, ValueRules


class ReferenceMode(enum.StrEnum):
    """What writing through a reference means."""

    REPOINT = "repoint"
    """Update the reference object: point at another record."""
    EDIT_TARGET = "edit"
    """Edit the value of the referenced object, for everyone who points there."""


class ConflictRule(enum.StrEnum):
    """Who wins when both sides changed."""

    OURS = "ours"
    CRM = "crm"
    NEWEST = "newest"
    """Whoever wrote later; where that cannot be told, a person is asked."""
    ASK = "ask"


class BlankRule(enum.StrEnum):
    """What a blank cell of a file means."""

    KEEP = "keep"
    CLEAR = "clear"


class EmptyRule(enum.StrEnum):
    """What an empty value that a pull brings means."""

    KEEP = "keep"
    """What we have stays."""
    CLEAR = "clear"
    """Ours becomes empty as well."""
    DEFAULT = "default"
    """Ours becomes the mapping's default value."""


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """One rule: CRM field ↔ attribute. Write-back is off until somebody switches it on."""

    path: FieldPath
    attribute: str
    write_back: bool = False
    reference_mode: ReferenceMode = ReferenceMode.REPOINT
    conflict_rule: ConflictRule = ConflictRule.ASK
    blank_rule: BlankRule = BlankRule.KEEP
    empty_rule: EmptyRule = EmptyRule.CLEAR
    empty_default: str = ""
    """For DEFAULT: the text that coerces to it."""
    source_format: SourceFormat = AS_SENT
    """How a text field writes what the attribute holds as a date, a moment or a number."""
    values: ValueRules = AS_THEY_ARE
    """How the field's values and the attribute's stand for each other."""

    def read_as(self, kind: AttributeType) -> AttributeType:
        """Give the type in which the field's values are kept, for an attribute of `kind`.

        Under a value map they are the CRM's own, whatever its field's type, and so text.
        """
        if not self.values.pairs or kind is AttributeType.MULTI_LIST:
            return kind
        return AttributeType.TEXT


@dataclass(frozen=True, slots=True)
class Integration:
    """One CRM object pulled into one entity."""

    id: IntegrationId
    connection_id: ConnectionId
    object: str
    entity: str
    key: str
    """The CRM field that identifies a record, mostly its id."""
    filter: str = ""
    """A condition in the CRM's own language, as typed; empty: all records."""
    mappings: tuple[FieldMapping, ...] = ()
    watermark: str | None = None
    """Version up to which a *complete* pull has read."""
    last_pull_at: datetime | None = None
    match: str = ""
    """The attribute by which a CRM record is linked to a record that is there already; '' links none."""
    link: str = ""
    """The field path whose value is the CRM key of the account that a record belongs to."""
    person: str = ""
    """Of memberships: the field path whose value is the CRM key of the person. With `link` it says who is
    what at which account."""

    @property
    def ties(self) -> tuple[str, ...]:
        """The field paths that name other records and are read beside the mapped ones."""
        return tuple(dict.fromkeys(path for path in (self.link, self.person) if path))

    def mapping_of(self, attribute: str) -> FieldMapping | None:
        """Give the mapping that feeds `attribute`, if there is one."""
        return next((mapping for mapping in self.mappings if mapping.attribute == attribute), None)
