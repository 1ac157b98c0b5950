"""Modules and their fields, and how the settings resources describe them.

Keys follow the field and module metadata of API v8
(https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html, …/modules-api.html).
Must not know any rows.
"""

from collections import abc
from dataclasses import dataclass, field

JSON_TYPES = {
    "integer": "integer",
    "double": "double",
    "currency": "double",
    "percent": "double",
    "boolean": "boolean",
    "multiselectpicklist": "jsonarray",
    "subform": "jsonarray",
    "lookup": "jsonobject",
    "ownerlookup": "jsonobject",
    "userlookup": "jsonobject",
}
NEVER_WRITABLE = frozenset(
    {"formula", "rollup_summary", "autonumber", "fileupload", "imageupload", "profileimage"}
)
TEXTS = frozenset({"text", "textarea", "email", "phone", "website"})
NUMBERS = frozenset({"double", "currency", "percent"})
USERS = frozenset({"ownerlookup", "userlookup"})
NONE = "-None-"
_SECTION_ACTIONS = (
    "add_field",
    "rename",
    "change_tab_traversal",
    "reorder",
    "delete",
    "remove_field",
    "change_column_count",
)
_LAYOUT_ACTIONS = ("edit", "rename", "clone", "downgrade", "delete", "deactivate", "set_layout_permissions")
_PROFILES = ("Administrator", "Standard")
_LENGTHS = {"textarea": 32_000, "email": 100, "phone": 30, "website": 450, "picklist": 120, "integer": 9}
_LENGTHS |= {"bigint": 18, "currency": 16, "double": 16, "percent": 5, "multiselectpicklist": 765}


@dataclass(slots=True)
class Field:
    """One field of one module."""

    name: str
    label: str
    data_type: str
    length: int = 0
    picks: tuple[str, ...] = ()
    target: str = ""  # the module a lookup names; "Users" for owners
    mandatory: bool = False  # as `fields` shows it
    unique: bool = False
    custom: bool = False
    system: bool = False  # written by the CRM alone
    decimals: int = 0
    return_type: str = ""  # of a formula
    columns: tuple["Field", ...] = ()  # of a subform
    id: str = ""
    is_revoked: bool = False
    maps: tuple[tuple[str, tuple[str, ...]], ...] = ()  # dependent fields and their options

    @property
    def json_type(self) -> str:
        """Give the type of the JSON value."""
        return JSON_TYPES.get(self.return_type or self.data_type, "string")

    @property
    def value_type(self) -> str:
        """Give the type of the value, a formula's result included."""
        return self.return_type or self.data_type

    @property
    def most(self) -> int:
        """Give the most characters a text may have, or digits a number."""
        return self.length or _LENGTHS.get(self.data_type, 255)

    @property
    def is_writable(self) -> bool:
        """Say whether the API writes it."""
        return not (self.system or self.is_revoked or self.data_type in NEVER_WRITABLE)

    def told(self) -> dict[str, object]:
        """Give the field as the settings resource shows it."""
        writes = self.is_writable
        permission = "read_write" if writes else "read_only"
        profiles = [
            {"permission_type": permission, "name": name, "id": f"{self.id[:-6]}{number:06d}"}
            for number, name in enumerate(_PROFILES, 157)
        ]
        return {
            "id": self.id,
            "api_name": self.name,
            "field_label": self.label,
            "display_label": self.label,
            "data_type": self.data_type,
            "json_type": self.json_type,
            "length": self.most,
            "decimal_place": self.decimals if self.data_type in NUMBERS else None,
            "read_only": self.is_revoked or self.system,
            "field_read_only": self.system or self.data_type == "ownerlookup",
            "system_mandatory": self.mandatory,
            "operation_type": {
                "web_update": writes,
                "api_create": writes,
                "web_create": writes,
                "api_update": writes,
            },
            "pick_list_values": self._pick_list(),
            "lookup": self._lookup(),
            "unique": {"casesensitive": False} if self.unique else {},
            "profiles": profiles,
            "currency": {"rounding_option": "normal", "precision": 2} if self.data_type == "currency" else {},
            "formula": self._formula(),
            "auto_number": {"prefix": "ACC-", "start_number": 1, "suffix": ""}
            if self.data_type == "autonumber"
            else {},
            "custom_field": self.custom,
            "mass_update": writes and self.data_type not in ("subform", "autonumber"),
            **_rest(self),
        }

    def _pick_list(self) -> list[dict[str, object]]:
        if not self.picks:
            return []
        shown = self.picks if self.data_type == "multiselectpicklist" else (NONE, *self.picks)
        return [
            {
                "display_value": text,
                "sequence_number": number,
                "reference_value": text,
                "colour_code": "#e4e4e4",
                "actual_value": text,
                "id": f"{self.id[:-9]}{int(self.id[-9:-4]):05d}{7000 + number}",
                "type": "used",
                **({"maps": self._maps(text)} if self.maps else {}),
            }
            for number, text in enumerate(shown, 1)
        ]

    def _maps(self, text: str) -> list[dict[str, object]]:
        """Show what stands beside one option: everything beside the first, else each first option only."""
        return [
            {
                "api_name": name,
                "pick_list_values": [
                    {"display_value": pick, "actual_value": pick}
                    for pick in (picks if text in (NONE, self.picks[0]) else picks[:1])
                ],
            }
            for name, picks in self.maps
        ]

    def _lookup(self) -> dict[str, object]:
        if self.data_type != "lookup":
            return {}
        return {
            "display_label": self.label,
            "revalidate_filter_during_edit": False,
            "api_name": self.name,
            "module": {"api_name": self.target, "crypt": False, "id": f"{self.id[:-6]}002175"},
            "id": f"{self.id[:-1]}9",
            "query_details": {"system_query_id": None},
        }

    def _formula(self) -> dict[str, object]:
        if self.data_type != "formula":
            return {}
        return {"return_type": self.return_type, "assume_default": False, "dynamic": False}


def _rest(of: Field) -> dict[str, object]:
    """Give the keys that say nothing about values: constants that clients expect to be there."""
    shows = {"view": True, "edit": of.is_writable, "quick_create": of.mandatory, "create": of.is_writable}
    return {
        "view_type": shows,
        "visible": True,
        "type": "used",
        "webhook": True,
        "colour_code_enabled_by_system": False,
        "association_details": None,
        "businesscard_supported": True,
        "multi_module_lookup": {},
        "filterable": of.data_type not in ("textarea", "subform"),
        "separator": of.data_type in NUMBERS,
        "searchable": of.data_type != "subform",
        "history_tracking_enabled": False,
        "history_tracking": None,
        "external": None,
        "enable_colour_code": False,
        "virtual_field": False,
        "created_source": "default",
        "display_type": -1,
        "ui_type": 1,
        "public": False,
        "email_parser": {"fields_update_supported": True, "record_operations_supported": True},
        "convert_mapping": {},
        "rollup_summary": {},
        "display_field": False,
        "pick_list_values_sorted_lexically": False,
        "sortable": of.data_type not in ("textarea", "subform", "multiselectpicklist"),
        "multiselectlookup": {},
        "tooltip": None,
        "private": None,
        "crypt": None,
        "hipaa_compliance": None,
        "hipaa_compliance_enabled": False,
        "global_picklist": None,
        "additional_column": None,
        "quick_sequence_number": "1",
        "range": None,
        "blueprint_supported": True,
    }


@dataclass(slots=True)
class Module:
    """One module."""

    name: str
    label: str
    plural: str
    display: str  # the field that names a record
    fields: dict[str, Field]
    number: int
    id: str = ""
    generated_type: str = "default"
    layout_mandatory: frozenset[str] = frozenset()  # `fields` does not show it
    layout_rules: tuple[tuple[str, object, str], ...] = ()  # field, value, field that is then mandatory
    parent: str = ""  # of a subform
    extras: dict[str, object] = field(default_factory=dict)
    is_locked: bool = False  # the user may not change its records

    def find(self, name: str) -> Field | None:
        """Give a field the user may see."""
        return self.fields.get(name)

    def told(self) -> dict[str, object]:
        """Give the module as the settings resource shows it."""
        is_subform = self.generated_type == "subform"
        is_plain = not is_subform
        return {
            "api_name": self.name,
            "module_name": self.name if self.generated_type == "default" else f"CustomModule{self.number}",
            "plural_label": self.plural,
            "actual_plural_label": self.plural,
            "singular_label": self.label,
            "actual_singular_label": self.label,
            "api_supported": True,
            "editable": not self.is_locked,
            "creatable": is_plain,
            "viewable": True,
            "deletable": is_plain,
            "generated_type": self.generated_type,
            "id": self.id,
            "global_search_supported": is_plain,
            "public_fields_configured": False,
            "recycle_bin_on_delete": is_plain,
            "has_more_profiles": False,
            "sub_menu_available": is_plain,
            "lookupable": is_plain,
            "profile_count": len(_PROFILES),
            "module_type": "ENTITIES",
            "cc_enabled": False,
            "description": None,
            "inventory_template_supported": False,
            "modified_time": None,
            "presence_sub_menu": is_plain,
            "triggers_supported": is_plain,
            "isBlueprintSupported": is_plain,
            "visibility": 1,
            "convertable": False,
            "emailTemplate_support": is_plain,
            "email_parser_supported": is_plain,
            "filter_supported": is_plain,
            "show_as_tab": is_plain,
            "web_link": None,
            "quick_create": is_plain,
            "static_subform_properties": None,
            "feeds_required": False,
            "scoring_supported": is_plain,
            "webform_supported": is_plain,
            "arguments": [],
            "business_card_field_limit": 5,
            "access_type": "org_based",
            "private_profile": None,
            "track_current_data": False,
            "modified_by": None,
            "profiles": [
                {"name": name, "id": f"{self.id[:-6]}{number:06d}"}
                for number, name in enumerate(_PROFILES, 157)
            ],
            "parent_module": {"api_name": self.parent, "id": f"{self.id[:-1]}0"} if self.parent else {},
            "status": "visible",
            "sequence_number": self.number,
            "territory": None,
        }


def layout_told(module: Module) -> dict[str, object]:
    """Give the one layout of a module; it says what `fields` does not: mandatory by layout."""
    fields = []
    for number, (name, of) in enumerate(module.fields.items(), 1):
        required = of.mandatory or name in module.layout_mandatory
        told = {**of.told(), "required": required, "sequence_number": number}
        del told["email_parser"]
        fields.append(told)
    label = f"{module.label} Information"
    section = {
        "id": f"{module.id[:-4]}9101",
        "display_label": label,
        "api_name": label.replace(" ", "_"),
        "name": label,
        "type": "used",
        "mode": "create_edit",
        "sequence_number": 1,
        "column_count": 2,
        "tab_traversal": "left_to_right",
        "isSubformSection": False,
        "properties": None,
        "generated_type": "default",
        "actions_allowed": dict.fromkeys(_SECTION_ACTIONS, False),
        "fields": fields,
    }
    return {
        "id": f"{module.id[:-4]}9100",
        "name": "Standard",
        "api_name": "Standard",
        "display_label": "Standard",
        "status": "active",
        "visible": True,
        "generated_type": "system",
        "sections": [section],
        "actions_allowed": dict.fromkeys(_LAYOUT_ACTIONS, False),
        "created_for": None,
        "created_time": None,
        "modified_time": None,
        "created_by": None,
        "modified_by": None,
        "has_more_profiles": False,
        "profiles": None,
        "source": "crm",
        "show_business_card": True,
    }


def named(fields: abc.Iterable[Field]) -> dict[str, Field]:
    """Give fields by name."""
    return {of.name: of for of in fields}
