"""What a table consists of: columns, option sets, relationships, keys. Values only.

Names follow the vendor's metadata: logical names in lower case, schema names as their makers wrote them.
"""

from collections import abc
from dataclasses import dataclass, field, replace

# what EntityDefinitions calls AttributeTypeName.Value -> (AttributeType, CSDL type)
TYPES: dict[str, tuple[str, str]] = {
    "String": ("String", "Edm.String"),
    "Memo": ("Memo", "Edm.String"),
    "Picklist": ("Picklist", "Edm.Int32"),
    "MultiSelectPicklist": ("Virtual", "Edm.String"),
    "State": ("State", "Edm.Int32"),
    "Status": ("Status", "Edm.Int32"),
    "Boolean": ("Boolean", "Edm.Boolean"),
    "Integer": ("Integer", "Edm.Int32"),
    "BigInt": ("BigInt", "Edm.Int64"),
    "Decimal": ("Decimal", "Edm.Decimal"),
    "Double": ("Double", "Edm.Double"),
    "Money": ("Money", "Edm.Decimal"),
    "DateTime": ("DateTime", "Edm.DateTimeOffset"),
    "Lookup": ("Lookup", "Edm.Guid"),
    "Customer": ("Customer", "Edm.Guid"),
    "Owner": ("Owner", "Edm.Guid"),
    "Uniqueidentifier": ("Uniqueidentifier", "Edm.Guid"),
    "EntityName": ("EntityName", "Edm.String"),
    "Image": ("Virtual", "Edm.Binary"),
    "File": ("Virtual", "Edm.Guid"),
    "Virtual": ("Virtual", "Edm.String"),
}
LOOKUPS = frozenset({"Lookup", "Customer", "Owner"})


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: int
    label: str
    state: int | None = None  # of a status
    default_status: int | None = None  # of a state
    name: str = ""  # a state's invariant name
    next: tuple[int, ...] | None = None  # the statuses a status may become; None allows all


@dataclass(frozen=True, slots=True)
class Ref:
    """What a lookup holds."""

    entity: str
    id: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: str  # a key of TYPES
    label: str = ""
    schema_name: str = ""
    creatable: bool = True
    updatable: bool = True
    readable: bool = True
    required: str = "None"  # None, SystemRequired, ApplicationRequired, Recommended
    max_length: int = 100
    format: str = ""
    low: float = -2_147_483_648
    high: float = 2_147_483_647
    precision: int = 2
    behavior: str = "UserLocal"  # DateOnly, TimeZoneIndependent
    options: tuple[Option, ...] = ()
    targets: tuple[str, ...] = ()
    navigations: tuple[str, ...] = ()  # along the targets
    collections: tuple[str, ...] = ()  # the other way, along the targets; empty names make one
    attribute_of: str = ""
    is_custom: bool = False
    is_primary_id: bool = False
    is_primary_name: bool = False
    is_calculated: bool = False
    is_secured: bool = False
    is_unicode: bool = True

    @property
    def shown_name(self) -> str:
        """Give the name the Web API reads it by."""
        return f"_{self.name}_value" if self.type in LOOKUPS else self.name

    @property
    def edm(self) -> str:
        """Give the CSDL type."""
        if self.type == "DateTime" and self.behavior == "DateOnly":
            return "Edm.Date"
        return TYPES[self.type][1]

    @property
    def is_shown(self) -> bool:
        """Say whether rows have it as a property."""
        return not self.attribute_of and self.type != "Virtual"

    def changed(self, **more: object) -> "Column":
        """Give the column with other facts: what drift does."""
        return replace(self, **more)  # type: ignore[arg-type]  # names of our own fields


@dataclass(frozen=True, slots=True)
class Key:
    """An alternate key."""

    name: str
    columns: tuple[str, ...]
    status: str = "Active"


@dataclass(frozen=True, slots=True)
class Navigation:
    """One side of a relationship, as a navigation property."""

    name: str
    schema_name: str
    column: str  # the lookup, on whichever side it lies
    entity: str  # where it leads
    is_many: bool = False
    referencing: str = ""
    partner: str = ""


@dataclass(slots=True)
class Entity:
    """One table."""

    name: str
    set_name: str
    label: str
    labels: str
    columns: dict[str, Column]
    schema_name: str
    keys: tuple[Key, ...] = ()
    has_versions: bool = True  # IsOptimisticConcurrencyEnabled
    has_tracking: bool = True  # ChangeTrackingEnabled
    is_elastic: bool = False
    is_custom: bool = False
    code: int = 0  # ObjectTypeCode
    messages: abc.Sequence[str] = ("CreateMultiple", "UpdateMultiple", "UpsertMultiple")
    named_key: str = ""  # what the parenthesised primary key is called
    navigations: dict[str, Navigation] = field(default_factory=dict)
    properties: dict[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index()

    def index(self) -> None:
        """Know the columns by the names rows show them under."""
        self.properties = {column.shown_name: column for column in self.columns.values() if column.is_shown}

    @property
    def primary_id(self) -> str:
        """Name the primary key column."""
        return next(column.name for column in self.columns.values() if column.is_primary_id)

    @property
    def primary_name(self) -> str:
        """Name the column people know a row by."""
        return next((column.name for column in self.columns.values() if column.is_primary_name), "")

    @property
    def state(self) -> Column | None:
        """Give the state column, if there is one."""
        return self.columns.get("statecode")
