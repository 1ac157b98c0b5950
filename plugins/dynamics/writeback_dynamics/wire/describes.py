"""One table's columns in our words: the questions, and how their answers become a description.

Types are told by ``AttributeTypeName.Value`` (``AttributeType`` says *Virtual* for multi-selects); what is
special to a type needs a question of its own with a cast. A value for a column that is not valid for update
is ignored by the server without an error, so such a column is described as read-only.
[query-metadata-web-api], [entity-attribute-metadata], [web-api-navigation-properties]
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.sdk.values import FieldInfo, ObjectDescription
from writeback_dynamics.wire.columns import Facts, field_info, type_of
from writeback_dynamics.wire.literals import address, api_name
from writeback_dynamics.wire.tables import Json, Table, definition, dicts, label_of

_COLUMNS: Final = (
    "LogicalName,AttributeTypeName,IsValidForCreate,IsValidForUpdate,IsValidForRead,"
    "RequiredLevel,DisplayName,Description,IsPrimaryId,AttributeOf,SourceType"
)
_RELATIONS: Final = "ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName,SchemaName"
_OPTIONS: Final = "OptionSet,GlobalOptionSet"
_CAST: Final = "Microsoft.Dynamics.CRM.{}AttributeMetadata"
_CASTS: Final[abc.Mapping[str, tuple[str, str]]] = {
    "String": ("LogicalName,MaxLength,FormatName", ""),
    "Memo": ("LogicalName,MaxLength", ""),
    "Picklist": ("LogicalName", _OPTIONS),
    "MultiSelectPicklist": ("LogicalName", _OPTIONS),
    "State": ("LogicalName", "OptionSet"),
    "Status": ("LogicalName", "OptionSet"),
    "Integer": ("LogicalName,MinValue,MaxValue", ""),
    "BigInt": ("LogicalName,MinValue,MaxValue", ""),
    "Decimal": ("LogicalName,Precision,MinValue,MaxValue", ""),
    "Double": ("LogicalName,Precision,MinValue,MaxValue", ""),
    "Money": ("LogicalName,Precision,PrecisionSource,MinValue,MaxValue", ""),
    "DateTime": ("LogicalName,Format,DateTimeBehavior", ""),
    "Lookup": ("LogicalName,Targets", ""),
}
"""By cast: what to select, what to expand. A table without columns of a type answers with an empty list."""
_OWNERS: Final[abc.Mapping[str, str]] = {"systemuser": "owninguser", "team": "owningteam"}
"""`ownerid` is of the abstract type principal: these columns lead to the two kinds of owner."""
_MODIFIED: Final = "modifiedon"
"""Every standard table has it; the etag is a number and no moment (contract, change tracking)."""
_PARTITION: Final = "partitionid"
"""Elastic tables have it: a row is known by key and partition together."""


@dataclass(frozen=True, slots=True)
class AlternateKey:
    """Columns of which the table holds every combination of values once, ready for use."""

    columns: tuple[str, ...]
    names: frozenset[str]
    """What a refusal may call it, without case."""


@dataclass(frozen=True, slots=True)
class Described:
    """A table's description, and the facts that only this connector needs."""

    table: Table
    info: ObjectDescription
    navigations: abc.Mapping[tuple[str, str], str]
    """(lookup column, target table) → the navigation property that leads there."""
    default_status: abc.Mapping[str, str]
    """State → the status that it begins with."""
    keys: tuple[AlternateKey, ...] = ()

    def has(self, name: str) -> bool:
        """Say whether there is such a column that can be read."""
        field = self.info.field(name)
        return field is not None and field.kind is not None


def prepare_describe(name: str) -> tuple[str, ...]:
    """Ask for a table's columns, its lookups, its alternate keys, and what is special to each type."""
    start = definition(name)
    asked = (
        ("Attributes", _COLUMNS, ""),
        ("ManyToOneRelationships", _RELATIONS, ""),
        ("Keys", "KeyAttributes,EntityKeyIndexStatus,SchemaName,DisplayName", ""),
        *((f"Attributes/{_CAST.format(cast)}", *special) for cast, special in _CASTS.items()),
    )
    return tuple(
        address(f"{start}/{resource}", {"select": select, "expand": expand})
        for resource, select, expand in asked
    )


def parse_describe(
    table: Table, columns: Json, *, relations: Json, keys: Json, casts: abc.Iterable[Json]
) -> Described:
    """Put the answers together.

    Raises:
        InvalidRequestError: One of them is no list.
    """
    told, alternate = dicts(columns, "value"), _alternate_keys(dicts(keys, "value"))
    special = {str(one.get("LogicalName")): one for cast in casts for one in dicts(cast, "value")}
    facts = Facts(
        table=table,
        navigations=_navigations(told, dicts(relations, "value")),
        keys=frozenset(key.columns[0] for key in alternate if len(key.columns) == 1),
    )
    fields = tuple(field_info(one, special.get(str(one.get("LogicalName")), {}), facts) for one in told)
    names = {field.name for field in fields}
    info = ObjectDescription(
        name=table.name,
        label=table.label,
        key_field=table.key,
        name_field=table.title if table.title in names else table.key,
        version_field="@odata.etag",
        is_updateable=_PARTITION not in names,
        fields=fields,
        modified_field=_MODIFIED if _MODIFIED in names else "",
        author_path="modifiedby.internalemailaddress" if "modifiedby" in names else "",
    )
    return Described(table, info, facts.navigations, _default_status(told, special), alternate)


def must_have(description: ObjectDescription, name: str) -> FieldInfo:
    """Give a column that can be read.

    Raises:
        InvalidRequestError: The table has none of that name, or Writeback does not carry its type.
    """
    field = description.field(name)
    if field is None:
        raise InvalidRequestError("dynamics.unknown_column", object=description.name, path=name[:200])
    if field.kind is None:
        raise InvalidRequestError(
            "dynamics.unreadable_column", object=description.name, path=name[:200], type=field.crm_type
        )
    return field


def _navigations(columns: list[Json], relations: list[Json]) -> dict[tuple[str, str], str]:
    found = {
        (str(told.get("ReferencingAttribute")), str(told.get("ReferencedEntity"))): api_name(str(nav))
        for told in relations
        if (nav := told.get("ReferencingEntityNavigationPropertyName"))
    }
    names = {str(told.get("LogicalName")) for told in columns}
    owners = [str(told.get("LogicalName")) for told in columns if type_of(told) == "OwnerType"]
    for owner in owners:
        found |= {(owner, target): nav for target, nav in _OWNERS.items() if nav in names}
    return found


def _alternate_keys(keys: list[Json]) -> tuple[AlternateKey, ...]:
    """Give the alternate keys whose index is ready."""
    return tuple(
        AlternateKey(tuple(map(str, columns)), frozenset(name.casefold() for name in _names_of(told)))
        for told in keys
        if told.get("EntityKeyIndexStatus", "Active") == "Active"
        and isinstance(columns := told.get("KeyAttributes"), list)
        and columns
    )


def _names_of(told: Json) -> tuple[str, str]:
    name = str(told.get("SchemaName") or "")
    return name, label_of(told.get("DisplayName"), name)


def _default_status(columns: list[Json], special: abc.Mapping[str, Json]) -> dict[str, str]:
    state = next((str(told["LogicalName"]) for told in columns if type_of(told) == "StateType"), "")
    options = special.get(state, {}).get("OptionSet")
    if not isinstance(options, abc.Mapping) or not isinstance(options.get("Options"), list):
        return {}
    return {
        str(option["Value"]): str(option["DefaultStatus"])
        for option in dicts(options, "Options")
        if option.get("DefaultStatus") is not None
    }
