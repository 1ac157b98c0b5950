"""What Zoho tells about its modules and fields, for the signed-in user, in our words.

A field is written by API where `operation_type.api_update` says so and `read_only` does not forbid it;
`field_read_only` says nothing about the API (Owner has it set and is writable). `fields` knows nothing about
layouts: what a layout demands, Zoho says when a row is refused (contract, trap 17).
"""

from collections import abc
from dataclasses import dataclass, replace
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription, ObjectInfo, ReferenceInfo
from writeback_zoho.wire import users
from writeback_zoho.wire.answers import Json, member, members, number_of
from writeback_zoho.wire.dependencies import dependencies_of
from writeback_zoho.wire.ids import api_name
from writeback_zoho.wire.values import COMPUTED_KINDS, KINDS

KEY: Final = "id"
VERSION: Final = "Modified_Time"
NONE_OPTION: Final = "-None-"
"""What Zoho's screens show for no choice; it is no value."""

_NEVER_WRITTEN: Final = frozenset({"formula", "rollup_summary", "autonumber", "fileupload", "imageupload"})
_COMPUTED: Final = frozenset({"formula", "rollup_summary"})
_USER_FIELDS: Final = frozenset({"ownerlookup", "userlookup"})
_SCALED: Final = frozenset({"double", "currency", "percent"})
_TEXTS: Final = frozenset({"text", "textarea", "rich_text", "email", "phone", "website"})
_TITLES: Final = ("Full_Name", "Name", "Subject", "Title", "Last_Name")
_TITLE_OF: Final = {"Accounts": "Account_Name", "Deals": "Deal_Name", "Products": "Product_Name"}
_HIDDEN: Final = "hidden"
_OWNER: Final = "ownerlookup"
"""A record always belongs to somebody, though `system_mandatory` does not say so."""
_PICKLISTS: Final = frozenset({"picklist", "multiselectpicklist"})


@dataclass(frozen=True, slots=True)
class Described:
    """An object's description, and Zoho's own type of each field."""

    info: ObjectDescription
    is_creatable: bool = False
    """The signed-in user may make such records."""

    def crm_type(self, name: str) -> str:
        """Give Zoho's type of a field; "" for one that is not described."""
        field = self.info.field(name)
        return "" if field is None else field.crm_type


USERS: Final = Described(users.DESCRIPTION)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A field path in Zoho's own spelling, and what it ends at."""

    hops: tuple[str, ...]
    """Reference fields from record to record, in order; empty: the record's own field."""
    targets: tuple[str, ...]
    """The object behind each hop."""
    field: FieldInfo

    @property
    def kind(self) -> AttributeType:
        """Give the kind of value at the end."""
        return self.field.kind or AttributeType.TEXT

    @property
    def name(self) -> str:
        """Give the dotted path."""
        return ".".join((*self.hops, self.field.name))


def prepare_modules() -> tuple[str, dict[str, str]]:
    """Ask for all modules."""
    return "settings/modules", {}


def prepare_fields(module: str) -> tuple[str, dict[str, str]]:
    """Ask for all fields of one module, unused ones too."""
    return "settings/fields", {"module": api_name(module), "type": "all"}


def parse_modules(content: object) -> tuple[ObjectInfo, ...]:
    """Read the list of modules; those without an API, subforms and linking modules are left out."""
    told = members(content, "modules")
    return (
        *(
            ObjectInfo(
                name=str(module["api_name"]),
                label=str(module.get("plural_label") or module.get("module_name") or module["api_name"]),
                custom=module.get("generated_type") == "custom",
                updateable=module.get("editable") is True,
                queryable=module.get("viewable") is not False,
            )
            for module in told
            if module.get("api_supported") is True
            and module.get("api_name")
            and module.get("generated_type") not in ("subform", "linking")
            and not users.is_users(str(module["api_name"]))
        ),
        users.INFO,
    )


def creatable_modules(content: object) -> frozenset[str]:
    """Give the names of the modules in whose list a user may make records."""
    told = members(content, "modules")
    return frozenset(str(module.get("api_name")) for module in told if module.get("creatable") is True)


def parse_fields(
    content: object, module: ObjectInfo, *, is_strict: bool = True, is_creatable: bool = False
) -> Described:
    """Read one module's fields; hidden ones are left out, the record id is always there.

    Args:
        content: Zoho's answer.
        module: Which module it is about.
        is_strict: Hold a value outside a picklist to be refused; `fields` does not say so (contract, 15.1).
        is_creatable: Records of it may be made, as the list of modules says.
    """
    told = [field for field in members(content, "fields") if field.get("api_name") and not _is_hidden(field)]
    rules = dependencies_of(told)
    read = tuple(
        replace(info, dependency=rules.get(info.name))
        for info in (
            _field(field, is_editable=module.updateable, is_creatable=is_creatable, is_strict=is_strict)
            for field in told
        )
    )
    if any(field.name == CURRENCY_CODE for field in read):
        read = tuple(
            replace(field, currency=CURRENCY_CODE if field.crm_type == "currency" else "") for field in read
        )
    fields = read if any(field.name == KEY for field in read) else (_KEY_FIELD, *read)
    names = [field.name for field in fields]
    info = ObjectDescription(
        name=module.name,
        label=module.label,
        key_field=KEY,
        name_field=_title(module.name, names),
        version_field=VERSION if VERSION in names else "",
        is_updateable=module.updateable,
        fields=fields,
        modified_field=VERSION if VERSION in names else "",
        author_path="Modified_By.email" if "Modified_By" in names else "",
    )
    return Described(info, is_creatable)


def resolve(start: str, path: str, describe: abc.Callable[[str], Described]) -> Resolved:
    """Follow a field path through any number of references.

    Raises:
        InvalidRequestError: No such field for the signed-in user, or a type we do not carry.
    """
    *hops, last = path.split(".")
    names: list[str] = []
    targets: list[str] = []
    here = describe(start).info
    for hop in hops:
        reference = here.reference(hop)
        if reference is None or reference.reference is None:
            raise InvalidRequestError("zoho.no_such_field", object=start, path=path[:200])
        names.append(reference.name)
        targets.append(reference.reference.targets[0])
        here = describe(targets[-1]).info
    field = here.field(last)
    if field is None:
        raise InvalidRequestError("zoho.no_such_field", object=start, path=path[:200])
    if field.kind is None:
        raise InvalidRequestError("zoho.unreadable_field", object=start, path=path[:200], type=field.crm_type)
    return Resolved(tuple(names), tuple(targets), field)


CURRENCY_CODE: Final = "Currency"
"""There in an organisation of several currencies only; all amounts of a record are in it."""
_KEY_FIELD: Final = FieldInfo(
    KEY,
    "Record id",
    AttributeType.TEXT,
    crm_type="bigint",
    is_nillable=False,
    is_unique=True,
    is_lookup_key=True,
)


def _field(told: Json, *, is_editable: bool, is_creatable: bool, is_strict: bool) -> FieldInfo:
    name, crm_type = str(told["api_name"]), str(told.get("data_type") or "")
    if name == KEY:
        return _KEY_FIELD
    is_computed = crm_type in _COMPUTED
    kind = _kind(told, crm_type)
    is_ours = told.get("read_only") is not True and kind is not None and crm_type not in _NEVER_WRITTEN
    may = member(told, "operation_type")
    may_create = is_creatable and is_ours and may.get("api_create") is True
    is_unique = bool(member(told, "unique"))
    options = _options(told)
    return FieldInfo(
        name=name,
        label=str(told.get("field_label") or told.get("display_label") or name),
        kind=kind,
        crm_type=crm_type,
        length=_length(told, crm_type),
        scale=number_of(told, "decimal_place") if crm_type in _SCALED and "decimal_place" in told else None,
        is_nillable=told.get("system_mandatory") is not True and crm_type != _OWNER,
        is_updateable=is_editable and is_ours and may.get("api_update") is True,
        is_calculated=is_computed,
        is_unique=is_unique,
        is_lookup_key=is_unique or crm_type == "email",
        options=options,
        is_restricted=is_strict and bool(options) and crm_type in _PICKLISTS,
        reference=_reference(told, name, crm_type),
        help=str(member(told, "tooltip").get("value") or ""),
        is_createable=may_create,
        is_required=may_create and told.get("system_mandatory") is True,
    )


def _kind(told: Json, crm_type: str) -> AttributeType | None:
    if crm_type in _COMPUTED:
        return COMPUTED_KINDS.get(str(told.get("json_type")), AttributeType.TEXT)
    if crm_type == "lookup" and not _target(told):
        return None
    return KINDS.get(crm_type)


def _length(told: Json, crm_type: str) -> int | None:
    """Give the most characters of a text. What `length` of a number counts is not said: no limit of ours."""
    return (number_of(told, "length") or None) if crm_type in _TEXTS else None


def _options(told: Json) -> tuple[Option, ...]:
    listed = told.get("pick_list_values")
    found = [one for one in listed if isinstance(one, abc.Mapping)] if isinstance(listed, list) else []
    values = ((str(one.get("actual_value") or one.get("display_value") or ""), one) for one in found)
    return tuple(
        Option(value, str(one.get("display_value") or value), active=one.get("type") != "unused")
        for value, one in values
        if value and value != NONE_OPTION
    )


def _reference(told: Json, name: str, crm_type: str) -> ReferenceInfo | None:
    if crm_type in _USER_FIELDS:
        return ReferenceInfo(name, (users.USERS,), is_polymorphic=False)
    target = _target(told) if crm_type == "lookup" else ""
    if not target:
        return None
    return ReferenceInfo(name, (users.USERS if users.is_users(target) else target,), is_polymorphic=False)


def _target(told: Json) -> str:
    """Give the module a lookup leads to; one that leads to more than one (What_Id) names `se_module`."""
    module = member(told, "lookup").get("module")
    found = module.get("api_name") if isinstance(module, abc.Mapping) else module
    return "" if not found or found == "se_module" else str(found)


def _is_hidden(told: Json) -> bool:
    """Say whether every profile that is told of hides the field: Zoho tells of the user's own."""
    profiles = told.get("profiles")
    listed = [one for one in profiles if isinstance(one, abc.Mapping)] if isinstance(profiles, list) else []
    return bool(listed) and all(one.get("permission_type") == _HIDDEN for one in listed)


def _title(module: str, names: abc.Sequence[str]) -> str:
    own = _TITLE_OF.get(module, f"{module.removesuffix('s')}_Name")
    return next((name for name in (own, *_TITLES) if name in names), KEY)
