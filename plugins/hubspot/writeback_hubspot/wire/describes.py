"""What HubSpot tells about its objects and properties, for the owner of the key, in our words.

Two kinds of references are seen. An *owner property* holds an owner's id and leads to `owners`; the path
begins with `owner` for `hubspot_owner_id`, with the property's own name for any other. The *primary company*
of a contact or a deal is an association, not a property: it stands here as a field of its own,
`hs_association_company`, and its paths begin with `company`. HubSpot reserves the prefix ``hs_``.
"""

import sys
from collections import abc
from dataclasses import dataclass, replace
from typing import Final

from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription, ObjectInfo, ReferenceInfo
from writeback_hubspot.limits import TEXT_CHARACTERS
from writeback_hubspot.wire.answers import Json, dicts, results_of
from writeback_hubspot.wire.owners import OWNERS, OWNERS_LABEL

KEY: Final = "hs_object_id"
MERGED: Final = "hs_merged_object_ids"
COMPANY_FIELD: Final = "hs_association_company"
LIFECYCLE: Final = "lifecyclestage"
"""Its stages only move on: HubSpot answers a write of an earlier one with success and leaves it as it is,
unless the stage was cleared first (https://integrate.hubspot.com/t/update-lifecycle-stage-using-api/1333).
Later accounts are said to take every stage, so the connection's option *lifecycle* can say so."""
_OWNER: Final = "hubspot_owner_id"


@dataclass(frozen=True, slots=True)
class Association:
    """The primary association of one object to another, by HubSpot's type id."""

    target: str
    relationship: str
    type_id: int


@dataclass(frozen=True, slots=True)
class _Standard:
    """What is known of an object before anybody asks."""

    label: str
    title: str
    version: str
    lookups: tuple[str, ...] = ()
    """Properties whose value names a record although no definition says so."""
    unique: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    """Without which no record is made. A contact needs one of three properties, a company one of two: no
    single one of them is required (contract, section 5)."""
    association: Association | None = None


_STANDARD: Final[abc.Mapping[str, _Standard]] = {
    "contacts": _Standard(
        "Contacts",
        "email",
        "lastmodifieddate",
        ("email",),
        ("email",),
        association=Association("companies", "company", 1),
    ),
    "companies": _Standard("Companies", "name", "hs_lastmodifieddate", ("domain", "name")),
    "deals": _Standard(
        "Deals",
        "dealname",
        "hs_lastmodifieddate",
        required=("dealname",),
        association=Association("companies", "company", 5),
    ),
    "tickets": _Standard("Tickets", "subject", "hs_lastmodifieddate"),
}
_LISTED: Final = ("contacts", "companies", "deals")
"""Tickets need a scope of their own; they can be described by name."""
_TYPE_IDS: Final = {"0-1": "contacts", "0-2": "companies", "0-3": "deals", "0-5": "tickets"}
_SINGULAR: Final = {"contact": "contacts", "company": "companies", "deal": "deals", "ticket": "tickets"}

_KINDS: Final[abc.Mapping[str, AttributeType]] = {
    "bool": AttributeType.BOOLEAN,
    "date": AttributeType.DATE,
    "datetime": AttributeType.DATETIME,
    "number": AttributeType.NUMBER,
    "phone_number": AttributeType.TEXT,
}
_LONG: Final = frozenset({"textarea", "html"})


@dataclass(frozen=True, slots=True)
class Described:
    """An object's description, and the facts that only this connector needs."""

    info: ObjectDescription
    unique: frozenset[str]
    """Properties by which a batch read finds records."""
    texts: frozenset[str]
    """Properties whose searched values are written in small letters."""
    association: Association | None = None

    def has(self, name: str) -> bool:
        """Say whether the object has a field of that name."""
        return self.info.field(name) is not None


def canonical_name(object_name: str) -> str:
    """Give the name under which we know an object: `contacts` for `Contact` and `0-1`; others as they are."""
    folded = object_name.casefold()
    known = _TYPE_IDS.get(folded) or _SINGULAR.get(folded)
    return known or (folded if folded in _STANDARD or folded == OWNERS else object_name)


def is_standard(object_name: str) -> bool:
    """Say whether HubSpot defines the object; the others are told by schemas."""
    return object_name in _STANDARD


def association_of(object_name: str) -> Association | None:
    """Give the primary association of an object to its company, if it has one."""
    standard = _STANDARD.get(object_name)
    return standard.association if standard is not None else None


def standard_objects() -> tuple[ObjectInfo, ...]:
    """Give the objects that every account has, owners among them."""
    own = (
        ObjectInfo(name, _STANDARD[name].label, custom=False, updateable=True, queryable=True)
        for name in _LISTED
    )
    return (*own, ObjectInfo(OWNERS, OWNERS_LABEL, custom=False, updateable=False, queryable=True))


def parse_schemas(body: Json) -> tuple[ObjectInfo, ...]:
    """Read the list of custom objects."""
    return tuple(
        ObjectInfo(_schema_name(told), _plural(told), custom=True, updateable=True, queryable=True)
        for told in results_of(body)
        if told.get("archived") is not True and _schema_name(told)
    )


def any_stage(described: Described) -> Described:
    """Give a description whose lifecycle stage may move back, for an account that takes that."""
    fields = (replace(field, is_forward_only=False) for field in described.info.fields)
    return replace(described, info=replace(described.info, fields=tuple(fields)))


def parse_describe(object_name: str, properties: Json, schema: Json | None = None) -> Described:
    """Read an object's property definitions; `schema` is given for a custom object.

    Args:
        object_name: As `canonical_name` gives it.
        properties: The answer of the properties API.
        schema: The answer of the schemas API.
    """
    standard = _STANDARD.get(object_name) or _custom(schema or {})
    told = [one for one in results_of(properties) if one.get("archived") is not True]
    fields = [_field(one, standard) for one in told if one.get("name")]
    if all(field.name != KEY for field in fields):
        fields.insert(0, FieldInfo(KEY, "Record ID", AttributeType.TEXT, "string", is_nillable=False))
    names = {field.name for field in fields}
    if standard.association is not None and COMPANY_FIELD not in names:
        fields.append(_association_field(standard.association))
    info = ObjectDescription(
        name=object_name,
        label=standard.label,
        key_field=KEY,
        name_field=standard.title if standard.title in names else KEY,
        version_field=standard.version if standard.version in names else "",
        is_updateable=True,
        fields=tuple(fields),
        modified_field=standard.version if standard.version in names else "",
    )
    return Described(
        info,
        unique=frozenset(field.name for field in fields if field.is_unique and field.name != KEY),
        texts=frozenset(field.name for field in fields if field.crm_type.startswith("string")),
        association=standard.association,
    )


def _custom(schema: Json) -> _Standard:
    title = str(schema.get("primaryDisplayProperty") or KEY)
    told = schema.get("requiredProperties")
    required = tuple(map(str, told)) if isinstance(told, list) else ()
    return _Standard(_plural(schema), title, "hs_lastmodifieddate", required=required)


def _schema_name(told: Json) -> str:
    return str(told.get("fullyQualifiedName") or told.get("objectTypeId") or "")


def _plural(told: Json) -> str:
    labels = told.get("labels")
    plural = labels.get("plural") if isinstance(labels, abc.Mapping) else None
    return str(plural or told.get("name") or "Custom objects")


def _field(told: Json, standard: _Standard) -> FieldInfo:
    name, field_type = str(told["name"]), str(told.get("fieldType") or "")
    crm_type = str(told.get("type") or "")
    kind = _kind(told, name, crm_type, field_type)
    is_key = name == KEY
    is_outside = told.get("externalOptions") is True
    offered = dicts(told.get("options"))
    if name == LIFECYCLE:
        offered = sorted(offered, key=_place)
    options = () if is_outside else tuple(_option(one) for one in offered)
    is_unique = is_key or told.get("hasUniqueValue") is True or name in standard.unique
    is_calculated = told.get("calculated") is True
    is_ours = not is_key and not is_calculated and not _is_read_only(told)
    return FieldInfo(
        name=name,
        label=str(told.get("label") or name),
        kind=kind,
        crm_type=f"{crm_type}/{field_type}" if field_type else crm_type,
        length=TEXT_CHARACTERS if crm_type == "string" else None,
        is_nillable=not is_key,
        is_updateable=is_ours,
        is_calculated=is_calculated,
        is_unique=is_unique,
        is_lookup_key=is_unique or name in standard.lookups,
        options=options if kind in (AttributeType.LIST, AttributeType.MULTI_LIST) else (),
        is_restricted=crm_type == "enumeration" and bool(options),
        reference=_owner_reference(told, name),
        help=str(told.get("description") or ""),
        is_forward_only=name == LIFECYCLE and told.get("hubspotDefined") is not False,
        separator=";" if kind is AttributeType.MULTI_LIST else "",
        currency=str(told.get("currencyPropertyName") or ""),
        is_createable=is_ours,
        is_required=is_ours and name in standard.required,
    )


def _kind(told: Json, name: str, crm_type: str, field_type: str) -> AttributeType | None:
    if name == KEY:
        return AttributeType.TEXT
    if crm_type == "enumeration":
        return _list_kind(told, field_type)
    if crm_type == "number" and _is_money(told):
        return AttributeType.CURRENCY
    if crm_type == "string":
        return _text_kind(told, name, field_type)
    return _KINDS.get(crm_type)


def _list_kind(told: Json, field_type: str) -> AttributeType:
    if told.get("referencedObjectType") == "OWNER":
        return AttributeType.TEXT
    if field_type == "booleancheckbox":
        return AttributeType.BOOLEAN
    return AttributeType.MULTI_LIST if field_type == "checkbox" else AttributeType.LIST


def _text_kind(told: Json, name: str, field_type: str) -> AttributeType:
    if field_type in _LONG:
        return AttributeType.LONG_TEXT
    is_address = name == "email" or told.get("textDisplayHint") == "email"
    return AttributeType.EMAIL if is_address else AttributeType.TEXT


def _is_money(told: Json) -> bool:
    is_marked = told.get("showCurrencySymbol") is True or told.get("numberDisplayHint") == "currency"
    return is_marked or bool(told.get("currencyPropertyName"))


def _is_read_only(told: Json) -> bool:
    meta = told.get("modificationMetadata")
    return isinstance(meta, abc.Mapping) and meta.get("readOnlyValue") is True


def _option(told: Json) -> Option:
    value = str(told.get("value") or "")
    return Option(value, str(told.get("label") or value), active=told.get("hidden") is not True)


def _place(told: Json) -> int:
    place = told.get("displayOrder")
    return place if isinstance(place, int) and place >= 0 else sys.maxsize


def _owner_reference(told: Json, name: str) -> ReferenceInfo | None:
    if told.get("referencedObjectType") != "OWNER" and name != _OWNER:
        return None
    return ReferenceInfo("owner" if name == _OWNER else name, (OWNERS,), is_polymorphic=False)


def _association_field(association: Association) -> FieldInfo:
    """Stand for an association, which is written alone (contract §9)."""
    reference = ReferenceInfo(association.relationship, (association.target,), is_polymorphic=False)
    return FieldInfo(
        name=COMPANY_FIELD,
        label="Primary company",
        kind=AttributeType.TEXT,
        crm_type="association",
        is_updateable=True,
        is_createable=True,
        reference=reference,
        help="The company this record belongs to. An edit of it travels in a request of its own. To clear it "
        "takes the record off this company; other companies that it is linked to stay.",
    )
