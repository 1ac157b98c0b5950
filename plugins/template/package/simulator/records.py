"""What the simulated Acme holds: objects, fields, records, versions. It knows no HTTP."""

import re
from collections import abc
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from writeback.sdk.simulator import mix

Json = dict[str, Any]

INDUSTRIES = ("Energy", "Mining", "Retail")
SEGMENTS = ("Export", "Food & Drink", "Public sector", "Wholesale")


class Refusal(Exception):
    """Acme says no: a status, a code, words, and the field that is meant."""

    def __init__(self, status: int, code: str, message: str, *, named: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.told: Json = {"code": code, "message": message, "field": named}


def fact(name: str, kind: str, **more: object) -> Json:
    """Describe a field."""
    return {"name": name, "label": name, "type": kind, "writable": True, **more}


def schema() -> dict[str, list[Json]]:
    """Give the fields of each object, anew, because faults change them."""
    key = fact("Id", "text", length=12, writable=False, unique=True)
    return {
        "Account": [
            key,
            fact("Name", "text", length=80, required=False),
            fact("Code", "text", length=20, unique=True),
            fact("Industry", "choice", options=list(INDUSTRIES)),
            fact("Segments", "choices", options=list(SEGMENTS)),
            fact("Employees", "whole", length=9, scale=0),
            fact("Health", "decimal", length=3, scale=2),
            fact("Revenue", "money", length=14, scale=2),
            fact("Active", "checkbox"),
            fact("Renewal", "day"),
            fact("LastReview", "moment"),
            fact("Email", "email", length=80),
            fact("Website", "url", length=255),
            fact("Notes", "paragraph", length=32000),
            fact("Score", "text", length=40, writable=False),
            fact("OwnerId", "reference", length=12, target="User", relationship="Owner"),
        ],
        "User": [dict(key), fact("Name", "text", length=80), fact("Email", "email", length=80, unique=True)],
    }


@dataclass(slots=True)
class Store:
    """All records of one org. Every change gives the record a higher version."""

    seed: int
    fields: dict[str, list[Json]] = field(default_factory=schema)
    records: dict[str, dict[str, Json]] = field(default_factory=lambda: {"Account": {}, "User": {}})
    versions: dict[str, int] = field(default_factory=dict)
    clock: int = 0

    def fill(self, rows: int) -> None:
        """Make users and so many accounts; another seed makes others."""
        for number in range(1, 6):
            self.put(
                "User", f"U{number:05d}", {"Name": f"User {number}", "Email": f"user{number}@example.com"}
            )
        for number in range(1, rows + 1):
            drawn = mix(self.seed, number)
            self.put(
                "Account",
                f"A{number:05d}",
                {
                    "Name": f"Account {number} of {self.seed}",
                    "Code": f"C{number:05d}",
                    "Industry": INDUSTRIES[drawn % 3],
                    "Employees": str(drawn % 900),
                    "Active": bool(drawn % 2),
                    "OwnerId": f"U{drawn % 5 + 1:05d}",
                },
            )

    def put(self, object_name: str, record_id: str, values: abc.Mapping[str, object]) -> None:
        """Store values and give the record its next version."""
        record = self.records[object_name].setdefault(record_id, {"Id": record_id})
        record.update(values)
        self.clock += 1
        self.versions[record_id] = self.clock

    def free_id(self, object_name: str) -> str:
        """Give the id of the next record that is made."""
        return f"{object_name[0]}N{len(self.records[object_name]) + 1:05d}"

    def version(self, record_id: str) -> str:
        """Give a record's version: digits of one length, so that they sort as text."""
        return f"{self.versions[record_id]:09d}"

    def facts(self, object_name: str) -> list[Json]:
        """Give the fields of an object. Raises Refusal."""
        if object_name not in self.fields:
            raise Refusal(404, "NO_OBJECT", f"there is no object {object_name}")
        return self.fields[object_name]

    def field(self, object_name: str, name: str) -> Json:
        """Give one field. Raises Refusal."""
        for one in self.facts(object_name):
            if one["name"] == name:
                return one
        raise Refusal(400, "NO_FIELD", f"{object_name} has no field {name}", named=name)

    def value(self, object_name: str, record_id: str, path: str) -> object:
        """Follow a dotted path; None where a reference on the way is empty. Raises Refusal."""
        hop, _, rest = path.partition(".")
        record = self.records[object_name].get(record_id, {})
        if not rest:
            self.field(object_name, hop)
            return record.get(hop)
        for one in self.facts(object_name):
            if one.get("relationship") == hop:
                target = record.get(one["name"])
                return None if target is None else self.value(one["target"], str(target), rest)
        raise Refusal(400, "NO_FIELD", f"{object_name} has no reference {hop}", named=hop)

    def check(self, object_name: str, values: abc.Mapping[str, object], *, record_id: str = "") -> None:
        """Refuse what a field does not take, and a unique value that another record has. Raises Refusal."""
        for name, value in values.items():
            one = self.field(object_name, name)
            if not one["writable"]:
                raise Refusal(422, "READ_ONLY", f"{name} may not be written", named=name)
            if value is not None:
                self._check_value(one, value)
                self._check_unique(object_name, one, str(value), record_id)

    def _check_unique(self, object_name: str, one: Json, value: str, record_id: str) -> None:
        name = one["name"]
        for key, held in self.records[object_name].items():
            is_same = str(held.get(name, "")).casefold() == value.casefold()
            if one.get("unique") and is_same and key != record_id:
                raise Refusal(409, "TAKEN", f"{name} {value} belongs to {key}", named=name)

    def _check_value(self, one: Json, value: object) -> None:
        name, kind = one["name"], one["type"]
        if kind == "choices":
            is_fit = isinstance(value, list) and set(value) <= set(one["options"])
        elif kind == "choice":
            is_fit = value in one["options"]
        elif kind == "checkbox":
            is_fit = isinstance(value, bool)
        elif kind == "reference":
            is_fit = value in self.records[one["target"]]
        else:
            is_fit = isinstance(value, str) and _FITS.get(kind, _is_text)(value, one)
        if not is_fit:
            raise Refusal(422, "BAD_VALUE", f"{name} does not take this value", named=name)


def _is_text(value: str, one: Json) -> bool:
    return len(value) <= one.get("length", 255) and "\0" not in value


def _is_number(value: str, one: Json) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number == round(number, one["scale"]) and number.adjusted() < one["length"]


def _is_day(value: str, _one: Json) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_moment(value: str, _one: Json) -> bool:
    try:
        return value.endswith("Z") and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_FITS: abc.Mapping[str, abc.Callable[[str, Json], bool]] = {
    "whole": _is_number,
    "decimal": _is_number,
    "money": _is_number,
    "day": _is_day,
    "moment": _is_moment,
    "email": lambda value, one: bool(re.fullmatch(r"[^@\s]+@[^@\s]+", value)) and _is_text(value, one),
}
