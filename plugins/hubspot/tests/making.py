"""What several test modules need to make: describes, writes, answers."""

import json
from functools import cache

from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_hubspot.wire.answers import Answer
from writeback_hubspot.wire.describes import Described, parse_describe

AT = "2026-11-02T10:00:00.500Z"
Told = dict[str, object]


def prop(name: str, kind: str = "string", field: str = "text", **more: object) -> Told:
    """A property definition, as the properties API tells it."""
    meta = {"archivable": True, "readOnlyDefinition": False, "readOnlyValue": more.pop("read_only", False)}
    told = {"name": name, "label": name.title(), "type": kind, "fieldType": field, "groupName": "g"}
    return {**told, "description": "", "options": [], "modificationMetadata": meta, **more}


def options(*values: str) -> list[Told]:
    """Options whose label is the value in capitals."""
    return [{"value": value, "label": value.upper(), "hidden": False} for value in values]


OWNER: Told = {"externalOptions": True, "referencedObjectType": "OWNER"}
CONTACT: tuple[Told, ...] = (
    prop("hs_object_id", "number", "number", read_only=True, hasUniqueValue=True),
    prop("email"),
    prop("company"),
    prop("badge", hasUniqueValue=True),
    prop("notes", field="textarea"),
    prop("topics", "enumeration", "checkbox", options=options("a", "b", "c")),
    prop("vip", "bool", "booleancheckbox", options=options("true", "false")),
    prop("score", "number", "number"),
    prop("born", "date", "date"),
    prop("hubspot_owner_id", "enumeration", "select", **OWNER),
    prop("csm", "enumeration", "select", **OWNER),
    prop("lastmodifieddate", "datetime", "date", read_only=True),
    prop("where", "object_coordinates", "text"),
)
COMPANY: tuple[Told, ...] = (
    prop("hs_object_id", "number", "number", read_only=True),
    prop("name"),
    prop("domain"),
    prop("industry", "enumeration", "select", options=options("TECH", "FOOD")),
    prop("annualrevenue", "number", "number", showCurrencySymbol=True),
    prop("hubspot_owner_id", "enumeration", "select", **OWNER),
    prop("hs_lastmodifieddate", "datetime", "date", read_only=True),
)


@cache
def described(name: str) -> Described:
    """A describe made by hand."""
    return parse_describe(name, {"results": list(CONTACT if name == "contacts" else COMPANY)})


def answer(body: object, status: int = 200, **headers: str) -> Answer:
    """An answer with a JSON body, or the bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, content, {name.replace("_", "-"): text for name, text in headers.items()})


def write(number: int = 1, *, record_id: str | None = None, **wishes: Wish) -> Write:
    """A write of text fields."""
    fields = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in wishes.items())
    return Write(f"key{number}", record_id or str(100 + number), AT, fields)


def request(*writes: Write, route: Route = Route.BATCH, object_name: str = "contacts") -> WriteRequest:
    """A request of writes on one object."""
    return WriteRequest(object_name, writes, route, is_conditional=False)


def record(record_id: str, **properties: str | None) -> Told:
    """A record as the API tells it."""
    return {"id": record_id, "properties": properties, "createdAt": AT, "updatedAt": AT, "archived": False}
