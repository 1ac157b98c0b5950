"""What several test modules need to make: described modules, writes, answers."""

import json
from collections import abc
from functools import cache
from pathlib import Path
from typing import cast

from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback.sdk.values import ObjectInfo
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.describes import USERS, Described, parse_fields

BASE = "2026-11-02T10:00:00Z"
OWNER = {"name": "Patricia Boyle", "id": "554023000000235011", "email": "patricia@example.com"}
EDITABLE = {"web_update": True, "api_create": True, "web_create": True, "api_update": True}
EXAMPLES = Path(__file__).with_name("official_examples_v8.json")


def field(name: str, data_type: str = "text", **more: object) -> dict[str, object]:
    """The metadata of a field, as Zoho tells of it."""
    told = {
        "api_name": name,
        "field_label": name.replace("_", " "),
        "data_type": data_type,
        "json_type": "string",
        "read_only": False,
        "field_read_only": False,
        "system_mandatory": False,
        "operation_type": EDITABLE,
        "pick_list_values": [],
        "lookup": {},
        "unique": {},
        "profiles": [{"permission_type": "read_write"}],
    }
    return told | more


def lookup(name: str, module: str, **more: object) -> dict[str, object]:
    """The metadata of a lookup."""
    target = {"module": {"api_name": module, "id": "554023000000000001"}, "api_name": name}
    return field(name, "lookup", json_type="jsonobject", lookup=target, **more)


FIELDS: abc.Mapping[str, list[dict[str, object]]] = {
    "Accounts": [
        field("Account_Name", length=120, system_mandatory=True),
        field(
            "Industry", "picklist", pick_list_values=[{"actual_value": v, "display_value": v} for v in "AB"]
        ),
        field("Owner", "ownerlookup", field_read_only=True),
        field("Employees", "integer"),
        field("Annual_Revenue", "currency", decimal_place=2),
        field("Serial", "bigint"),
        field("Parent_Account", "lookup", lookup={"module": {"api_name": "Accounts"}}),
        field("Number", unique={"casesensitive": "false"}),
        field("Description", "textarea", length=32000),
        field("Modified_Time", "datetime", read_only=True),
    ],
    "Contacts": [
        field("Last_Name", length=80, system_mandatory=True),
        field("Email", "email", length=100),
        field("Owner", "ownerlookup", field_read_only=True),
        lookup("Account_Name", "Accounts"),
        field("Interests", "multiselectpicklist", json_type="jsonarray"),
        field("Born", "date"),
        field("Opt_Out", "boolean"),
        field("Modified_Time", "datetime", read_only=True),
    ],
}


@cache
def described(name: str) -> Described:
    """A module as the connector understands it."""
    if name.casefold() == "users":
        return USERS
    return parse_fields({"fields": FIELDS[name]}, ObjectInfo(name, name, False, True, True))


def record_id(number: int) -> str:
    """An id of the form Zoho gives."""
    return f"554023{number:012d}"


def write(number: int = 1, *, base: str | None = BASE, **wishes: Wish) -> Write:
    """A write of text fields."""
    fields = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in wishes.items())
    return Write(f"key{number}", record_id(number), base, fields)


def request(*writes: Write, route: Route = Route.BATCH, is_conditional: bool = False) -> WriteRequest:
    """A request of writes on accounts."""
    return WriteRequest("Accounts", writes, route, is_conditional)


def rows(*told: object, more: bool = False, token: str | None = None) -> Answer:
    """A page of records."""
    return Answer(200, {"data": list(told), "info": {"more_records": more, "next_page_token": token}})


def examples() -> dict[str, object]:
    """The transcribed answers of Zoho's own example files."""
    return cast("dict[str, object]", json.loads(EXAMPLES.read_text(encoding="utf-8")))
