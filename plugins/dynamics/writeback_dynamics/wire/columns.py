"""One column of a table in our words: kind, lengths, options, where a lookup leads, who may write it."""

from collections import abc
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from writeback.model.attributes import Option
from writeback.model.dependencies import Dependency
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ReferenceInfo
from writeback_dynamics.wire.tables import Json, Table, dicts, label_of

KINDS: Final[abc.Mapping[str, AttributeType]] = {
    "StringType": AttributeType.TEXT,
    "MemoType": AttributeType.LONG_TEXT,
    "PicklistType": AttributeType.LIST,
    "MultiSelectPicklistType": AttributeType.MULTI_LIST,
    "StateType": AttributeType.LIST,
    "StatusType": AttributeType.LIST,
    "BooleanType": AttributeType.BOOLEAN,
    "IntegerType": AttributeType.INTEGER,
    "BigIntType": AttributeType.INTEGER,
    "DecimalType": AttributeType.NUMBER,
    "DoubleType": AttributeType.NUMBER,
    "MoneyType": AttributeType.CURRENCY,
    "DateTimeType": AttributeType.DATETIME,
    "LookupType": AttributeType.TEXT,
    "CustomerType": AttributeType.TEXT,
    "OwnerType": AttributeType.TEXT,
    "UniqueidentifierType": AttributeType.TEXT,
}
"""Types that Writeback carries; files, images, party lists and computed names are not among them."""
LOOKUPS: Final = frozenset({"LookupType", "CustomerType", "OwnerType"})
GUIDS: Final = LOOKUPS | {"UniqueidentifierType"}
_NUMBERS: Final = frozenset({"DecimalType", "DoubleType", "MoneyType"})
_WHOLE: Final = frozenset({"IntegerType", "BigIntType"})
_FORMATS: Final[abc.Mapping[str, AttributeType]] = {
    "Email": AttributeType.EMAIL,
    "Url": AttributeType.URL,
    "TextArea": AttributeType.LONG_TEXT,
}
_COMPUTED: Final = frozenset({1, 2, 3})
"""`SourceType` of calculated, rollup and formula columns."""
_DEMANDED: Final = frozenset({"SystemRequired", "ApplicationRequired"})
"""The second is enforced by the organisation's own forms, not by the Web API (contract, section 7)."""
_FILLED_IN: Final = frozenset(
    {"BooleanType", "OwnerType", "PicklistType", "StateType", "StatusType", "UniqueidentifierType"}
)
"""Types that get a value by themselves as a row is made, or may get one by their default."""
_NEVER_BLANK: Final = frozenset({"StateType", "StatusType", "OwnerType"})
_STATE: Final = "statecode"
_CURRENCY: Final = "transactioncurrencyid"
CURRENCY_CODE: Final = "transactioncurrencyid.isocurrencycode"
"""A row has one transaction currency for all its money columns ([transaction-currency-currency-entity])."""
_NAMES_A_RECORD: Final[abc.Mapping[str, frozenset[str]]] = {
    "systemuser": frozenset({"internalemailaddress", "domainname", "azureactivedirectoryobjectid"}),
    "team": frozenset({"name", "azureactivedirectoryobjectid"}),
}
"""Columns beside keys that people are looked up by."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a column's description needs to know of its table."""

    table: Table
    navigations: abc.Mapping[tuple[str, str], str]
    keys: frozenset[str]


def type_of(told: Json) -> str:
    """Give a column's true type."""
    name = told.get("AttributeTypeName")
    return str(name.get("Value") or "") if isinstance(name, abc.Mapping) else ""


def is_guid(field: FieldInfo) -> bool:
    """Say whether a column holds ids, which stand bare in a filter."""
    return field.crm_type in GUIDS


def property_of(field: FieldInfo) -> str:
    """Give the property that a column is read, selected and filtered by: a lookup's is `_name_value`."""
    return f"_{field.name}_value" if field.crm_type in LOOKUPS else field.name


def field_info(told: Json, special: Json, facts: Facts) -> FieldInfo:
    """Describe one column, from the list of columns and from the question about its type."""
    name, crm_type = str(told["LogicalName"]), type_of(told)
    is_key = told.get("IsPrimaryId") is True or name == facts.table.key
    names = _NAMES_A_RECORD.get(facts.table.name, frozenset())
    reference = _reference(name, crm_type, special, facts)
    is_writable = crm_type != "UniqueidentifierType" and (crm_type not in LOOKUPS or reference is not None)
    is_createable = is_writable and told.get("IsValidForCreate") is True
    is_filled_in = crm_type in _FILLED_IN or name == _CURRENCY
    return FieldInfo(
        name=name,
        label=label_of(told.get("DisplayName"), name),
        kind=_kind(told, special, crm_type),
        crm_type=crm_type,
        length=_length(special, crm_type),
        scale=_number(special, "Precision") if crm_type in _NUMBERS else None,
        is_double=crm_type == "DoubleType",
        is_nillable=_required(told) != "SystemRequired" and crm_type not in _NEVER_BLANK and not is_key,
        is_updateable=is_writable and told.get("IsValidForUpdate") is True,
        is_calculated=told.get("SourceType") in _COMPUTED,
        is_unique=is_key or name in facts.keys,
        is_lookup_key=is_key or name in facts.keys or name in names,
        options=_options(special),
        is_restricted=crm_type in ("PicklistType", "MultiSelectPicklistType", "StateType", "StatusType"),
        reference=reference,
        dependency=_dependency(special) if crm_type == "StatusType" else None,
        help=label_of(told.get("Description"), ""),
        currency=CURRENCY_CODE if crm_type == "MoneyType" and not name.endswith("_base") else "",
        is_createable=is_createable,
        is_required=is_createable and _required(told) in _DEMANDED and not is_filled_in,
    )


def _kind(told: Json, special: Json, crm_type: str) -> AttributeType | None:
    if told.get("IsValidForRead") is False or told.get("AttributeOf"):
        return None  # parts of another column, such as a lookup's name: not selectable
    if crm_type == "StringType":
        return _FORMATS.get(_value(special.get("FormatName")), AttributeType.TEXT)
    if crm_type == "DateTimeType" and _value(special.get("DateTimeBehavior")) == "DateOnly":
        return AttributeType.DATE
    return KINDS.get(crm_type)


def _value(told: object) -> str:
    return str(told.get("Value") or "") if isinstance(told, abc.Mapping) else str(told or "")


def _required(told: Json) -> str:
    return _value(told.get("RequiredLevel"))


def _length(special: Json, crm_type: str) -> int | None:
    if crm_type in _NUMBERS | _WHOLE:
        ends = [special.get("MinValue"), special.get("MaxValue")]
        bounds = [abs(Decimal(end)) for end in ends if isinstance(end, int | float | Decimal)]
        return max(max(bounds).adjusted() + 1, 1) if len(bounds) == 2 else None
    return _number(special, "MaxLength")


def _number(told: Json, name: str) -> int | None:
    value = told.get(name)
    return value if isinstance(value, int) else None


def _options(special: Json) -> tuple[Option, ...]:
    """Give the options of a column's own set, or of the global set that it uses."""
    for place in ("OptionSet", "GlobalOptionSet"):
        told = special.get(place)
        if isinstance(told, abc.Mapping) and isinstance(told.get("Options"), list) and told["Options"]:
            options = dicts(told, "Options")
            return tuple(
                Option(str(one["Value"]), label_of(one.get("Label"), str(one["Value"]))) for one in options
            )
    return ()


def _dependency(special: Json) -> Dependency | None:
    """Give which statuses belong to which state (StatusOptionMetadata.State)."""
    told = special.get("OptionSet")
    listed = dicts(told, "Options") if isinstance(told, abc.Mapping) and told.get("Options") else []
    allowed: dict[str, tuple[str, ...]] = {}
    for one in listed:
        if one.get("State") is not None:
            state = str(one["State"])
            allowed[state] = (*allowed.get(state, ()), str(one["Value"]))
    return Dependency(_STATE, tuple(allowed.items())) if allowed else None


def _reference(name: str, crm_type: str, special: Json, facts: Facts) -> ReferenceInfo | None:
    if crm_type not in LOOKUPS:
        return None
    told = special.get("Targets")
    listed = [str(target) for target in told] if isinstance(told, list) else []
    targets = tuple(target for target in listed if (name, target) in facts.navigations)
    if not targets:
        return None
    is_polymorphic = len(listed) > 1
    relationship = name if is_polymorphic else facts.navigations[name, targets[0]]
    return ReferenceInfo(relationship, targets, is_polymorphic)
