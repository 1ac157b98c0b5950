"""The properties API and the schemas of custom objects (wire contract, section 7)."""

from writeback.sdk.simulator import Answer, json_answer
from writeback_hubspot.simulator.catalogue import ObjectType
from writeback_hubspot.simulator.problems import Json, missing, not_found
from writeback_hubspot.simulator.properties import MADE_AT, Property
from writeback_hubspot.simulator.state import Call, Portal, listed


def list_properties(call: Call) -> Answer:
    """`GET /properties/{type}`: all at once, archived or not."""
    wanted, named = call.flag("archived"), call.many("properties")
    found = [
        each.told()
        for each in call.table.kind.properties.values()
        if ("archived" in each.flags) is wanted and (not named or each.name in named)
    ]
    return json_answer({"results": found})


def show_property(call: Call) -> Answer:
    """`GET /properties/{type}/{name}`."""
    found = _property(call.table.kind, call.found[1], archived=call.flag("archived"))
    if found is None:
        raise not_found(f"Property {call.found[1]} does not exist")
    return json_answer(found.told())


def read_properties(call: Call) -> Answer:
    """`POST /properties/{type}/batch/read`."""
    given, kind = call.json(), call.table.kind
    results, lost = [], []
    for item in listed(given.get("inputs"), "inputs"):
        name = str(item.get("name", "")) if isinstance(item, dict) else ""
        found = _property(kind, name, archived=bool(given.get("archived")))
        if found is None:
            lost.append(name)
        else:
            results.append(found.told())
    at = call.portal.stamp()
    told: Json = {"status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at}
    if lost:
        told |= {"numErrors": 1, "errors": [missing("PROPERTY", lost).standard({})]}
    return json_answer(told, status=call.mixed_status(200) if lost else 200)


def list_groups(call: Call) -> Answer:
    """`GET /properties/{type}/groups`."""
    names = dict.fromkeys(each.group for each in call.table.kind.properties.values())
    shown = [_group(name, order) for order, name in enumerate(names)]
    return json_answer({"results": shown})


def list_schemas(call: Call) -> Answer:
    """`GET /schemas`: custom objects only."""
    kinds = [kind for kind in call.portal.catalogue.types.values() if kind.is_custom]
    return json_answer({"results": [_schema(call.portal, kind) for kind in kinds]})


def show_schema(call: Call) -> Answer:
    """`GET /schemas/{type}`."""
    return json_answer(_schema(call.portal, call.table.kind))


def _property(kind: ObjectType, name: str, *, archived: bool) -> Property | None:
    found = kind.properties.get(name)
    return None if found is None or ("archived" in found.flags) is not archived else found


def _group(name: str, order: int) -> Json:
    return {"name": name, "label": name.replace("_", " "), "displayOrder": order, "archived": False}


def _schema(portal: Portal, kind: ObjectType) -> Json:
    shown = [each.told() for each in kind.properties.values() if "archived" not in each.flags]
    display = kind.needs[0] if kind.needs else "hs_object_id"
    return {
        "id": kind.type_id.partition("-")[2],
        "objectTypeId": kind.type_id,
        "fullyQualifiedName": kind.name,
        "name": kind.singular,
        "labels": {"singular": kind.labels[0], "plural": kind.labels[1]},
        "primaryDisplayProperty": display,
        "secondaryDisplayProperties": [],
        "searchableProperties": list(kind.searched),
        "requiredProperties": [display] if kind.needs else [],
        "properties": shown,
        "associations": [],
        "portalId": portal.portal_id,
        "archived": False,
        "allowsSensitiveProperties": False,
        "createdAt": MADE_AT,
        "updatedAt": MADE_AT,
    }
