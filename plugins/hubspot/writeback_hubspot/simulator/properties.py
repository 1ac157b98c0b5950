"""Property definitions: what a property is, and how the properties API shows it (contract, section 7).

Which properties the objects have stands in `catalogue`, written by hand.
"""

from collections import abc
from dataclasses import dataclass, replace

Json = dict[str, object]
MADE_AT = "2024-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed value."""

    value: str
    label: str
    order: int


@dataclass(frozen=True, slots=True)
class Property:
    """One property of one object."""

    name: str
    label: str
    type: str
    field_type: str
    group: str
    options: tuple[Option, ...] = ()
    flags: frozenset[str] = frozenset()
    stored: str = ""  # where its value lies, when it was renamed; empty is under its name

    @property
    def key(self) -> str:
        """Give the name its value is kept under."""
        return self.stored or self.name

    @property
    def is_read_only(self) -> bool:
        """Say whether no client may set it."""
        return bool(self.flags & {"read_only", "calculated", "archived"})

    @property
    def is_custom(self) -> bool:
        """Say whether the account's own people made it."""
        return "custom" in self.flags

    @property
    def is_unique(self) -> bool:
        """Say whether no two records may have the same value."""
        return "unique" in self.flags

    @property
    def takes_several(self) -> bool:
        """Say whether values are lists `a;b`."""
        return self.field_type == "checkbox"

    def option(self, value: str) -> Option | None:
        """Find an option by its internal value; case matters."""
        return next((option for option in self.options if option.value == value), None)

    def with_flag(self, flag: str) -> "Property":
        """Give the property with one flag more."""
        return replace(self, flags=self.flags | {flag})

    def told(self) -> Json:
        """Show it as the properties API does."""
        is_owner = "owner" in self.flags
        told: Json = {
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "fieldType": self.field_type,
            "description": "",
            "groupName": self.group,
            "options": [_option(option) for option in self.options],
            "displayOrder": -1,
            "calculated": "calculated" in self.flags,
            "externalOptions": is_owner,
            "archived": "archived" in self.flags,
            "hasUniqueValue": self.is_unique,
            "hidden": False,
            "formField": self.is_custom,
            "dataSensitivity": "non_sensitive",
            "createdAt": MADE_AT,
            "updatedAt": MADE_AT,
            "modificationMetadata": {
                "archivable": self.is_custom,
                "readOnlyDefinition": not self.is_custom,
                "readOnlyOptions": not self.is_custom,
                "readOnlyValue": "read_only" in self.flags or "calculated" in self.flags,
            },
        }
        if not self.is_custom:
            told["hubspotDefined"] = True
        if is_owner:
            told["referencedObjectType"] = "OWNER"
        if "archived" in self.flags:
            told["archivedAt"] = MADE_AT
        if self.name == "revenue_per_employee":
            told["calculationFormula"] = "annualrevenue / numberofemployees"
        return told


def read_properties(text: str, group: str) -> dict[str, Property]:
    """Read a table `name | label | type | fieldType | flags | value=label; …`, one property a line."""
    found: dict[str, Property] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, label, kind, field_type, flags, options = (*map(str.strip, line.split("|")), "", "")[:6]
        taken = frozenset(flags.split())
        place = f"{group}_custom" if "custom" in taken else group
        found[name] = Property(name, label, kind, field_type, place, _options(kind, options), taken)
    return found


def _options(kind: str, text: str) -> tuple[Option, ...]:
    if kind == "bool":
        text = "true=Yes; false=No"
    pairs: abc.Iterable[tuple[str, str, str]] = (piece.strip().partition("=") for piece in text.split(";"))
    named = [(value, label or value) for value, _, label in pairs if value]
    return tuple(Option(value, label, order) for order, (value, label) in enumerate(named))


def _option(option: Option) -> Json:
    return {
        "label": option.label,
        "value": option.value,
        "displayOrder": option.order,
        "hidden": False,
        "description": "",
    }
