"""What several test modules need to make: describes from the recorded files, writes, answers."""

import json
from functools import cache
from pathlib import Path

import writeback_salesforce
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_salesforce.wire.describes import Described, parse_describe

RECORDED = Path(writeback_salesforce.__file__).parent / "simulator" / "recorded"
BASE = "2026-11-02T10:00:00.500Z"
USER_FIELDS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Id", "id", {}),
    ("Name", "string", {"nameField": True}),
    ("Email", "email", {"idLookup": True}),
    ("Username", "string", {"idLookup": True, "unique": True}),
    ("IsActive", "boolean", {}),
    ("ManagerId", "reference", {"referenceTo": ["User"], "relationshipName": "Manager"}),
    ("SystemModstamp", "datetime", {}),
)


@cache
def recorded(name: str) -> Described:
    """A describe as a real org gave it; User, of which there is no recording, made by hand."""
    if name == "User":
        fields = [{"name": n, "label": n, "type": t, **more} for n, t, more in USER_FIELDS]
        return parse_describe({"name": "User", "label": "User", "keyPrefix": "005", "fields": fields})
    if name == "Group":
        fields = [{"name": n, "label": n, "type": t} for n, t in (("Id", "id"), ("Name", "string"))]
        return parse_describe({"name": "Group", "label": "Group", "keyPrefix": "00G", "fields": fields})
    return parse_describe(json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8")))


def record_id(number: int, prefix: str = "001") -> str:
    """A well-formed id without capital letters but the checksum."""
    return f"{prefix}{number:012d}AAA"


def write(number: int = 1, *, base: str | None = BASE, **wishes: Wish) -> Write:
    """A write of text fields."""
    fields = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in wishes.items())
    return Write(f"key{number}", record_id(number), base, fields)


def request(
    *writes: Write, route: Route = Route.BATCH, is_conditional: bool = False, object_name: str = "Account"
) -> WriteRequest:
    """A request of writes on one object."""
    return WriteRequest(object_name, writes, route, is_conditional)
