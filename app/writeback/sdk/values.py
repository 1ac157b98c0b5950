"""What a CRM tells about itself: objects, fields, candidates, pages of rows."""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.model.attributes import Option
from writeback.model.dependencies import Dependency
from writeback.model.types import AttributeType, Value


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One object of the CRM, as its list of objects tells."""

    name: str
    label: str
    custom: bool
    updateable: bool
    queryable: bool


@dataclass(frozen=True, slots=True)
class ReferenceInfo:
    """Where a reference field leads: `relationship` is the first hop of a path (`Owner`)."""

    relationship: str
    targets: tuple[str, ...]
    is_polymorphic: bool


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field, for the signed-in user: what it holds and what may be written."""

    name: str
    label: str
    kind: AttributeType | None
    """None: a type Writeback does not carry (compound, binary)."""
    crm_type: str
    length: int | None = None
    """Most characters, for text; most digits before the point, for numbers."""
    scale: int | None = None
    is_nillable: bool = True
    is_updateable: bool = False
    is_calculated: bool = False
    is_unique: bool = False
    is_lookup_key: bool = False
    """A value of this field names a record (id, external id, indexed e-mail)."""
    options: tuple[Option, ...] = ()
    is_restricted: bool = False
    """The CRM refuses values outside `options`."""
    reference: ReferenceInfo | None = None
    help: str = ""
    currency: str = ""
    """The path under which a record says its currency's code, for an amount; '' where the CRM has none."""
    is_forward_only: bool = False
    """`options` are stages in their order, and the CRM takes no earlier one than it holds."""
    separator: str = ""
    """What the CRM puts between the options of a multi-list, so that none can hold it; '' for nothing."""
    is_double: bool = False
    """The CRM keeps a number as a binary double: of more than 15 digits it may keep another one."""
    is_createable: bool = False
    """May be set when a record is made, though perhaps never again."""
    is_required: bool = False
    """The CRM, or its own forms, make no record without it, and nothing fills it in."""
    dependency: Dependency | None = None
    """Which options another field's value allows, where the CRM tells."""


@dataclass(frozen=True, slots=True)
class ObjectDescription:
    """One object with all fields; `key_field` is its record id, `version_field` its version token."""

    name: str
    label: str
    key_field: str
    name_field: str
    version_field: str
    is_updateable: bool
    fields: tuple[FieldInfo, ...]
    author_path: str = ""
    """Path whose value equals `whoami().user` where this user wrote the record last; "": none tells."""
    modified_field: str = ""
    """Holds when the record was last changed, by the CRM's clock (a datetime); '': nothing tells."""

    def field(self, name: str) -> FieldInfo | None:
        """Give the field of that name, compared without case."""
        wanted = name.casefold()
        return next((info for info in self.fields if info.name.casefold() == wanted), None)

    def reference(self, relationship: str) -> FieldInfo | None:
        """Give the reference field that `relationship` (the hop of a path) stands for."""
        wanted = relationship.casefold()
        return next(
            (
                info
                for info in self.fields
                if info.reference is not None and info.reference.relationship.casefold() == wanted
            ),
            None,
        )


Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some records: each row is (record id, version token, *one value per column*)."""

    columns: tuple[str, ...]
    rows: abc.Sequence[tuple[str, str | None, Row]]
    newest: str | None = None
    """The latest moment of change on this page (ISO), where version tokens are no moments themselves."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a reference may point at."""

    id: str
    title: str
    is_active: bool = True
    object: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a quota is used: `kind` is the CRM's own name of it."""

    kind: str
    used: int
    most: int
    is_daily: bool = False
    """Our requests are counted in it, over a day: forecasts and the reserve for people go by it."""
    resets_at: datetime | None = None
    """When it begins anew; None: it runs over the last 24 hours, and frees up little by little."""
    is_partial: bool = False
    """The CRM tells only what this session spent: others may have used more."""
