"""What Salesforce tells about its objects and fields, for the signed-in user, in our words."""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription, ObjectInfo, ReferenceInfo
from writeback_salesforce.wire.dependencies import dependency_of
from writeback_salesforce.wire.ids import api_name
from writeback_salesforce.wire.values import KINDS

Json = abc.Mapping[str, object]

_NEVER_WRITTEN: Final = frozenset({"address", "location", "id", "base64"})
CURRENCY_CODE: Final = "CurrencyIsoCode"
"""There in an org of several currencies only; all amounts of a record are in it."""
_NUMBERS: Final = frozenset({"double", "currency", "percent"})
_TARGETS_ASKED: Final = 5
_MOMENTS: Final = ("LastModifiedDate", "SystemModstamp")
"""When a record was last changed: by somebody; else by the system too (contract, trap 11)."""


@dataclass(frozen=True, slots=True)
class Described:
    """An object's description, and the facts that only this connector needs."""

    info: ObjectDescription
    key_prefix: str
    case_sensitive: frozenset[str]
    """Names of fields that Salesforce compares with case."""
    is_createable: bool = False
    """The signed-in user may make such records."""

    def has(self, name: str) -> bool:
        """Say whether the signed-in user sees a field of that name."""
        return self.info.field(name) is not None


def prepare_describe(object_name: str) -> str:
    """Give the path of an object's describe."""
    return f"sobjects/{api_name(object_name)}/describe"


def parse_objects(answer: Json) -> tuple[ObjectInfo, ...]:
    """Read the list of objects; what cannot be queried is left out."""
    return tuple(
        ObjectInfo(
            name=str(told["name"]),
            label=str(told["label"]),
            custom=told.get("custom") is True,
            updateable=told.get("updateable") is True,
            queryable=True,
        )
        for told in _dicts(answer.get("sobjects"))
        if told.get("queryable") is True and told.get("deprecatedAndHidden") is not True
    )


def parse_describe(answer: Json) -> Described:
    """Read one object's describe."""
    told = _dicts(answer.get("fields"))
    by_name = {str(field["name"]): field for field in told}
    fields = tuple(_field(field, by_name) for field in told)
    names = {field.name for field in fields}
    title = next((str(field["name"]) for field in told if field.get("nameField") is True), "Id")
    info = ObjectDescription(
        name=str(answer["name"]),
        label=str(answer["label"]),
        key_field="Id",
        name_field=title,
        version_field="SystemModstamp" if "SystemModstamp" in names else "",
        is_updateable=answer.get("updateable") is True,
        fields=fields,
        modified_field=next((name for name in _MOMENTS if name in names), ""),
        author_path="LastModifiedBy.Username" if "LastModifiedById" in names else "",
    )
    cased = frozenset(str(field["name"]) for field in told if field.get("caseSensitive") is True)
    may_make = answer.get("createable") is True
    return Described(info, str(answer.get("keyPrefix") or ""), cased, is_createable=may_make)


def resolve(start: str, path: str, describe: abc.Callable[[str], Described]) -> tuple[str, AttributeType]:
    """Follow a field path and give it in Salesforce's own spelling, with the kind it ends at.

    A reference with several targets is followed to the first one that has the rest of the path, people first.

    Raises:
        InvalidRequestError: No such field or relationship for the signed-in user, or a type we do not carry.
    """
    found = _follow(start, tuple(path.split(".")), describe)
    if found is None:
        raise InvalidRequestError("salesforce.invalid_field", object=start, path=path[:200])
    names, field = found
    if field.kind is None:
        raise InvalidRequestError(
            "salesforce.unreadable_field", object=start, path=path[:200], type=field.crm_type
        )
    return ".".join(names), field.kind


def _follow(
    start: str, parts: tuple[str, ...], describe: abc.Callable[[str], Described]
) -> tuple[tuple[str, ...], FieldInfo] | None:
    described = describe(start).info
    if len(parts) == 1:
        field = described.field(parts[0])
        return None if field is None else ((field.name,), field)
    hop = described.reference(parts[0])
    if hop is None or hop.reference is None:
        return None
    targets = sorted(hop.reference.targets, key=lambda target: target != "User")[:_TARGETS_ASKED]
    for target in targets:
        rest = _follow(target, parts[1:], describe)
        if rest is not None:
            return (hop.reference.relationship, *rest[0]), rest[1]
    return None


def _field(told: Json, by_name: abc.Mapping[str, Json]) -> FieldInfo:
    crm_type = str(told["type"])
    is_calculated = told.get("calculated") is True
    is_ours = not is_calculated and crm_type not in _NEVER_WRITTEN and told.get("autoNumber") is not True
    is_createable = told.get("createable") is True and is_ours
    return FieldInfo(
        name=str(told["name"]),
        label=str(told["label"]),
        kind=KINDS.get(crm_type),
        crm_type=crm_type,
        length=_length(told, crm_type),
        scale=_number(told, "scale") if crm_type in _NUMBERS else None,
        is_double=crm_type in _NUMBERS,
        is_nillable=told.get("nillable") is True,
        is_updateable=told.get("updateable") is True and is_ours,
        is_calculated=is_calculated,
        is_unique=told.get("unique") is True,
        is_lookup_key=crm_type == "id" or told.get("idLookup") is True or told.get("externalId") is True,
        options=tuple(_option(option) for option in _dicts(told.get("picklistValues"))),
        is_restricted=told.get("restrictedPicklist") is True,
        reference=_reference(told),
        help=str(told.get("inlineHelpText") or ""),
        currency=CURRENCY_CODE if crm_type == "currency" and CURRENCY_CODE in by_name else "",
        dependency=dependency_of(told, by_name),
        separator=";" if crm_type == "multipicklist" else "",
        is_createable=is_createable,
        is_required=is_createable
        and told.get("nillable") is False
        and told.get("defaultedOnCreate") is False,
    )


def _length(told: Json, crm_type: str) -> int | None:
    if crm_type in _NUMBERS:
        return _number(told, "precision") - _number(told, "scale")
    if crm_type == "int":
        return _number(told, "digits") or None
    return _number(told, "length") or None


def _option(told: Json) -> Option:
    value = str(told["value"])
    return Option(value, str(told.get("label") or value), active=told.get("active") is True)


def _reference(told: Json) -> ReferenceInfo | None:
    targets, relationship = told.get("referenceTo"), told.get("relationshipName")
    if not isinstance(targets, list) or not targets or not relationship:
        return None
    is_polymorphic = told.get("polymorphicForeignKey") is True or len(targets) > 1
    return ReferenceInfo(str(relationship), tuple(str(target) for target in targets), is_polymorphic)


def _number(told: Json, name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) else 0


def _dicts(value: object) -> list[Json]:
    return [item for item in value if isinstance(item, abc.Mapping)] if isinstance(value, list) else []
