"""Change describe as an administrator would on the set-up pages, as armed faults say (contract, section 7).

A retyped field is empty until somebody writes it; a renamed one keeps its values. The write endpoints read
the same description, so they refuse as Salesforce does: unknown columns, locked fields, longer texts.
"""

import base64
import copy
from collections import abc

from writeback.sdk.simulator import Change, Fault
from writeback_salesforce.simulator.describing import Json, SObject, parts
from writeback_salesforce.simulator.state import Org
from writeback_salesforce.simulator.tables import Table

OWN_KINDS = {"extra_objects": "extra_objects"}
_SOAP = {"double": "xsd:double", "int": "xsd:int", "boolean": "xsd:boolean", "date": "xsd:date"}
_LOCKED: Json = {"updateable": False, "createable": False}


class Schema:
    """The org's objects, as far as they can drift."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._kept: dict[str, tuple[SObject, Json]] = {}
        self._moved: list[tuple[str, str, str]] = []
        self._tables: dict[str, Table] = {}
        self._added: set[int] = set()

    def restore(self) -> None:
        """Put every description back as it was made."""
        for name, old, new in reversed(self._moved):
            (self._tables.get(name) or self._org.tables[name]).move(new, old)
        self._moved.clear()
        for name, (sobject, told) in self._kept.items():
            sobject.told = told
            sobject.refresh()
            self._org.catalogue.objects[name] = sobject
            if name in self._tables:
                self._org.tables[name] = self._tables.pop(name)
            self._org.tables[name].masked.clear()
        self._kept.clear()
        self._org.catalogue.withdrawn.clear()
        self._org.schema_changed_at = self._org.now()

    def apply(self, change: Change, fault: Fault) -> None:
        """Make one change."""
        if change.what == "extra_objects":
            self._extend(fault)
            return
        sobject = self._org.catalogue.find(change.object)
        if sobject is None:
            return
        name = sobject.name.lower()
        if name not in self._kept:
            self._kept[name] = (sobject, sobject.told)
            sobject.told = copy.deepcopy(sobject.told)
        if change.what == "object_gone":
            del self._org.catalogue.objects[name]
            self._org.catalogue.withdrawn.add(name)
            self._tables[name] = self._org.tables.pop(name)
        elif change.what == "object_locked":
            sobject.told |= {"updateable": False, "createable": False}
        else:
            self._of_field(sobject, change)
        sobject.refresh()
        self._org.schema_changed_at = self._org.now()

    def _extend(self, fault: Fault) -> None:
        if id(fault) in self._added:
            return
        self._added.add(id(fault))
        catalogue = self._org.catalogue
        start = sum(name.startswith("custom_object_") for name in catalogue.objects)
        for number in range(int(fault.number("count", 1))):
            self._org.add_object(catalogue.add_custom(start + number + 1))

    def _of_field(self, sobject: SObject, change: Change) -> None:
        fields = parts(sobject.told, "fields")
        wanted = change.field.lower()
        told = next((one for one in fields if str(one["name"]).lower() == wanted), None)
        if told is None:
            return
        table = self._org.tables[sobject.name.lower()]
        if change.what == "gone":
            sobject.told["fields"] = [one for one in fields if one is not told]
        elif change.what == "renamed":
            old = str(told["name"])
            table.move(old, change.to)
            self._moved.append((sobject.name.lower(), old, change.to))
            told["name"] = change.to
        elif change.what == "retyped":
            told |= _retyped(change.to, told)
            table.masked[str(told["name"])] = {}
        elif change.what == "controlled":
            told |= {"dependentPicklist": True, "controllerName": change.to}
            told["picklistValues"] = _controlled(parts(told, "picklistValues"))
        elif change.what.startswith("option_"):
            told["picklistValues"] = _options(parts(told, "picklistValues"), change)
        else:
            told |= _facts(told, change)


_FACTS: abc.Mapping[str, abc.Callable[[Change], Json]] = {
    "locked": lambda _change: dict(_LOCKED),
    "calculated": lambda _change: {**_LOCKED, "calculated": True, "calculatedFormula": "1"},
    "required": lambda _change: {"nillable": False},
    "labelled": lambda change: {"label": change.to},
    "restricted": lambda _change: {"restrictedPicklist": True},
    "retargeted": lambda change: {"referenceTo": [change.to], "polymorphicForeignKey": False},
    "not_unique": lambda _change: {"unique": False, "externalId": False, "idLookup": False},
}


def _facts(told: Json, change: Change) -> Json:
    made = _FACTS.get(change.what)
    return made(change) if made is not None else _room(told, change)


def _room(told: Json, change: Change) -> Json:
    """Give how much a field holds now."""
    scale, most = int(str(told["scale"])), change.most
    if change.what == "decimals":
        return {"scale": most, "precision": int(str(told["precision"])) - scale + most}
    if change.what != "shorter":
        return {}
    if told["type"] in ("double", "currency", "percent"):
        return {"precision": most + scale}
    return {"digits": most} if told["type"] == "int" else {"length": most, "byteLength": most * 3}


def _retyped(kind: str, told: Json) -> Json:
    is_number = kind in ("double", "currency", "percent")
    return {
        "type": kind,
        "soapType": _SOAP.get(kind, "xsd:string"),
        "length": 0 if is_number or kind in ("int", "boolean", "date", "datetime") else 255,
        "precision": 18 if is_number else 0,
        "scale": 2 if is_number else 0,
        "digits": 8 if kind == "int" else 0,
        "nillable": kind != "boolean",
        "picklistValues": told["picklistValues"] if "picklist" in kind else [],
        "restrictedPicklist": told["restrictedPicklist"] if "picklist" in kind else False,
    }


def _options(options: abc.Iterable[Json], change: Change) -> list[Json]:
    known = list(options)
    if change.what == "option_added":
        made: Json = {"active": True, "defaultValue": False, "label": change.option, "validFor": None}
        return [*known, {**made, "value": change.option}]
    if change.what == "option_gone":
        return [option for option in known if option["value"] != change.option]
    return [{**one, "value": change.to} if one["value"] == change.option else one for one in known]


def _controlled(options: abc.Iterable[Json]) -> list[Json]:
    """Let the first option stand beside every controlling value, the others beside the first one only."""
    everything, first = base64.b64encode(b"\xff" * 16).decode(), base64.b64encode(b"\x80").decode()
    return [{**one, "validFor": first if place else everything} for place, one in enumerate(options)]
