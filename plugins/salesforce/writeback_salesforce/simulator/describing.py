"""What objects there are and what their fields may hold: the recorded describes, and ours in their form.

Loaded once a process; a catalogue is a copy of its own, so that one simulator's drift is not another's.
"""

import copy
from collections import abc
from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson

from writeback_salesforce.simulator.authored import ACCOUNT_FIELDS, AUTHORED_OBJECTS, CHILDREN, contact_fields

RECORDED = ("Account", "Contact", "Lead", "Opportunity", "Case")
TEXTS = frozenset(
    {
        "string",
        "textarea",
        "phone",
        "url",
        "email",
        "encryptedstring",
        "picklist",
        "multipicklist",
        "combobox",
    }
)
NUMBERS = frozenset({"double", "currency", "percent"})
COMPOUND = frozenset({"address", "location"})

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Field:
    """What the simulator needs to know of a field."""

    name: str
    label: str
    type: str
    length: int
    digits: int
    precision: int
    scale: int
    nillable: bool
    updateable: bool
    createable: bool
    defaulted: bool
    calculated: bool
    filterable: bool
    sortable: bool
    unique: bool
    restricted: bool
    polymorphic: bool
    lookup: bool  # may be named in a reference by key
    options: frozenset[str]
    ordered: tuple[str, ...]  # the options in their order
    targets: tuple[str, ...]
    relationship: str | None

    @classmethod
    def read(cls, told: abc.Mapping[str, object]) -> "Field":
        """Read a field of a describe."""
        picklist = parts(told, "picklistValues")
        targets = told["referenceTo"]
        relationship = told["relationshipName"]
        is_reference = told["type"] == "reference"
        return cls(
            name=str(told["name"]),
            label=str(told["label"]),
            type=str(told["type"]),
            length=_whole(told["length"]),
            digits=_whole(told["digits"]),
            precision=_whole(told["precision"]),
            scale=_whole(told["scale"]),
            nillable=bool(told["nillable"]),
            updateable=bool(told["updateable"]),
            createable=bool(told["createable"]),
            defaulted=bool(told["defaultedOnCreate"]),
            calculated=bool(told["calculated"]),
            filterable=bool(told["filterable"]),
            sortable=bool(told["sortable"]),
            unique=bool(told["unique"]),
            restricted=bool(told["restrictedPicklist"]),
            polymorphic=bool(told["polymorphicForeignKey"]),
            lookup=bool(told["idLookup"] or told["externalId"]),
            options=frozenset(str(option["value"]) for option in picklist),
            ordered=tuple(str(option["value"]) for option in picklist),
            targets=tuple(map(str, targets)) if isinstance(targets, list) else (),
            relationship=str(relationship) if relationship and is_reference else None,
        )


def parts(told: abc.Mapping[str, object], key: str) -> list[Json]:
    """Give a list of objects inside a JSON object."""
    found = told.get(key)
    return found if isinstance(found, list) else []


class SObject:
    """One object: its describe, its fields by name, its relationships."""

    def __init__(self, told: Json) -> None:
        self.told = told
        self.name = str(told["name"])
        self.prefix = str(told["keyPrefix"])
        self.refresh()

    def refresh(self) -> None:
        """Read the fields again after the describe was changed."""
        fields = parts(self.told, "fields")
        self.fields = {field.name: field for field in map(Field.read, fields)}
        self.by_lower = {name.lower(): field for name, field in self.fields.items()}
        self.relationships = {
            field.relationship.lower(): field for field in self.fields.values() if field.relationship
        }
        children = parts(self.told, "childRelationships")
        self.children = {
            str(child["relationshipName"]).lower(): (str(child["childSObject"]), str(child["field"]))
            for child in children
            if child["relationshipName"]
        }
        self.names = {
            name: bool(self.told[name]) for name in ("createable", "updateable", "deletable", "queryable")
        }

    def field(self, name: str) -> Field | None:
        """Find a field, whatever the case of its name."""
        return self.by_lower.get(name.lower())

    def describe(self, version: str) -> Json:
        """Give the describe as that version of the API shows it."""
        shown: Json = orjson.loads(orjson.dumps(self.told).replace(b"{version}", version.encode()))
        return shown


class Catalogue:
    """All objects of one org."""

    def __init__(self, extra_objects: int = 0) -> None:
        recorded, everything = _load()
        self._global = copy.deepcopy(everything)
        self.objects: dict[str, SObject] = {}
        self.withdrawn: set[str] = set()
        for told in [*recorded, *AUTHORED_OBJECTS()]:
            self.add(copy.deepcopy(told))
        for number in range(1, extra_objects + 1):
            self.add_custom(number)

    def add(self, told: Json) -> SObject:
        """Add an object to the org."""
        made = SObject(told)
        self.objects[made.name.lower()] = made
        return made

    def add_custom(self, number: int) -> SObject:
        """Add one of any number of empty custom objects (orgs with thousands of them exist)."""
        told = AUTHORED_OBJECTS()[-1]
        text = orjson.dumps(told).replace(b"Service_Plan", b"Custom_Object_%d" % number)
        text = text.replace(b"Service Plan", b"Custom Object %d" % number)
        made: Json = orjson.loads(text)
        made["keyPrefix"] = f"b{number:02d}"[:3]
        return self.add(made)

    def find(self, name: str) -> SObject | None:
        """Find an object, whatever the case of its name."""
        return self.objects.get(name.lower())

    def by_prefix(self, given_id: str) -> SObject | None:
        """Find the object an id belongs to."""
        prefix = given_id[:3]
        return next((found for found in self.objects.values() if found.prefix == prefix), None)

    def everything(self, version: str) -> Json:
        """Give the global describe: the recorded list, with the org's own objects put in."""
        recorded = parts(self._global, "sobjects")
        gone = self.withdrawn
        by_name = {str(told["name"]): told for told in recorded if str(told["name"]).lower() not in gone}
        keys = list(recorded[0])
        for made in self.objects.values():
            short = {key: made.told.get(key) for key in keys if key != "urls"}
            by_name[made.name] = by_name.get(made.name, {}) | short | {"urls": _urls(made.name)}
        shown = {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": list(by_name.values())}
        answer: Json = orjson.loads(orjson.dumps(shown).replace(b"{version}", version.encode()))
        return answer


@cache
def _load() -> tuple[list[Json], Json]:
    folder = resources.files("writeback_salesforce.simulator").joinpath("recorded")
    recorded: list[Json] = []
    for name in RECORDED:
        told: Json = orjson.loads(folder.joinpath(f"{name}.json").read_bytes())
        fields = parts(told, "fields")
        if name == "Account":
            fields.extend(ACCOUNT_FIELDS())
        if name == "Contact":
            fields.extend(contact_fields())
        children = parts(told, "childRelationships")
        children.extend(CHILDREN.get(name, []))
        recorded.append(told)
    return recorded, orjson.loads(folder.joinpath("Global.json").read_bytes())


def _urls(name: str) -> Json:
    base = "/services/data/v{version}/sobjects/" + name
    return {"sobject": base, "describe": f"{base}/describe", "rowTemplate": f"{base}/" + "{ID}"}


def _whole(told: object) -> int:
    return told if isinstance(told, int) else 0
