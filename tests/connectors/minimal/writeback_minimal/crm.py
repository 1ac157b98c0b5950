"""The CRM behind the minimal connector: objects with typed fields, records, versions, an applied-log.

It knows nothing of Writeback but values: it plays the part of the vendor's server.
"""

from collections import abc
from dataclasses import dataclass, field

from writeback.model.types import AttributeType, Value

TEXT, LIST, REFERENCE = AttributeType.TEXT, AttributeType.LIST, AttributeType.TEXT


@dataclass(frozen=True, slots=True)
class Column:
    """One field of an object. `target` names the object a reference leads to."""

    name: str
    kind: AttributeType
    length: int | None = None
    options: tuple[str, ...] = ()
    is_read_only: bool = False
    is_lookup_key: bool = False
    target: str = ""
    relationship: str = ""


SCHEMA: abc.Mapping[str, tuple[Column, ...]] = {
    "Account": (
        Column("Id", TEXT, length=18, is_read_only=True, is_lookup_key=True),
        Column("Name", TEXT, length=80),
        Column("Industry", LIST, options=("Energy", "Mining", "Retail")),
        Column("Employees", AttributeType.INTEGER),
        Column("Revenue", AttributeType.CURRENCY),
        Column("Active", AttributeType.BOOLEAN),
        Column("Renewal", AttributeType.DATE),
        Column("OwnerId", REFERENCE, length=18, target="User", relationship="Owner"),
        Column("ParentId", REFERENCE, length=18, target="Account", relationship="Parent"),
    ),
    "User": (
        Column("Id", TEXT, length=18, is_read_only=True, is_lookup_key=True),
        Column("Name", TEXT, length=80),
        Column("Email", AttributeType.EMAIL, length=80, is_lookup_key=True),
        Column("Title", TEXT, length=80),
        Column("ManagerId", REFERENCE, length=18, target="User", relationship="Manager"),
    ),
}


@dataclass(slots=True)
class Fault:
    """What the next write request runs into; `is_applied`: only after it was applied."""

    error: Exception
    is_applied: bool = False


@dataclass(slots=True)
class Crm:
    """All records of one org, and everything that was ever written to it, in order."""

    token: str = "minimal-token"
    org_id: str = "minimal-org"
    records: dict[str, dict[str, dict[str, Value]]] = field(
        default_factory=lambda: {"Account": {}, "User": {}}
    )
    versions: dict[str, int] = field(default_factory=dict)
    applied: list[tuple[str, str, dict[str, Value]]] = field(default_factory=list)
    """(object, record id, values) of each write: the oracle of tests."""
    faults: list[Fault] = field(default_factory=list)
    clock: int = 0

    def put(self, object_name: str, record_id: str, **values: Value) -> None:
        """Create or change a record from the CRM's own side, as another user would."""
        record = self.records[object_name].setdefault(record_id, {"Id": record_id})
        record.update(values)
        self.clock += 1
        self.versions[record_id] = self.clock

    def apply(self, object_name: str, record_id: str, values: dict[str, Value]) -> None:
        """Write what a client asked for, and log it."""
        self.put(object_name, record_id, **values)
        self.applied.append((object_name, record_id, values))

    def version(self, record_id: str) -> str:
        """Give a record's version: digits of one length, so that they sort as text."""
        return f"{self.versions[record_id]:012d}"

    def value(self, object_name: str, record_id: str, path: str) -> Value:
        """Follow a dotted path; None where a reference on the way is empty."""
        first, _, rest = path.partition(".")
        record = self.records[object_name].get(record_id)
        if record is None:
            return None
        if not rest:
            return record.get(first)
        hop = next(column for column in SCHEMA[object_name] if column.relationship == first)
        target_id = record.get(hop.name)
        return None if target_id is None else self.value(hop.target, str(target_id), rest)


def seeded(accounts: int = 3) -> Crm:
    """Give an org with two users and some accounts."""
    crm = Crm()
    crm.put("User", "U1", Name="Ada Long", Email="ada@example.com")
    crm.put("User", "U2", Name="Bo Short", Email="bo@example.com")
    for number in range(1, accounts + 1):
        owner = "U1" if number % 2 else "U2"
        crm.put(
            "Account", f"A{number}", Name=f"Account {number}", Industry="Retail", Active=True, OwnerId=owner
        )
    return crm
