"""Find rows by what stands in a URL: a guid, a named primary key, an alternate key (section 11)."""

from collections import abc
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import unquote

from writeback_dynamics.simulator.expressions import Compare, Literal, Path, read_filter
from writeback_dynamics.simulator.problems import Problem, bad_key, no_such_segment
from writeback_dynamics.simulator.schema import LOOKUPS, Key, Ref
from writeback_dynamics.simulator.selecting import split
from writeback_dynamics.simulator.state import Org
from writeback_dynamics.simulator.tables import Table, is_guid

FORBIDDEN = frozenset("/<>*%&:\\?+")


@dataclass(frozen=True, slots=True)
class Address:
    """What the parentheses of a URL name."""

    table: Table
    row: int | None  # None when no living row is there
    written: str  # the parentheses' content, decoded
    id: str = ""  # when it was named by primary key
    key: Key | None = None
    values: abc.Mapping[str, object] = field(default_factory=dict)  # of the key's columns

    def found(self, org: Org) -> int:
        """Give the row.

        Raises:
            Problem: Nothing is there (404).
        """
        if self.row is None:
            raise missing(org, self)
        return self.row


def in_partition(address: Address, partition: str | None) -> Address:
    """Find a row of an elastic table only with its partition (section 13)."""
    table = address.table
    if not table.entity.is_elastic or address.row is None or address.key is not None:
        return address
    held = table.value(address.row, "partitionid")
    given = None if partition is None else partition.strip("'")
    return address if held is None or held == given else replace(address, row=None)


def missing(org: Org, address: Address) -> Problem:
    """Refuse because no row is there."""
    code = "" if org.switches["missing_code"] == "empty" else "0x80040217"
    name = address.table.entity.name
    if address.key is not None:
        return Problem(
            code, f"A record with the specified key values does not exist in {name} entity", status=404
        )
    return Problem(code, f"{name} With Id = {address.id} Does Not Exist", status=404)


def locate(table: Table, written: str) -> Address:
    """Read the content of the parentheses (decoded).

    Raises:
        Problem: It is no key of the table.
    """
    entity = table.entity
    written = written.strip()
    if is_guid(written):
        return Address(table, table.living(written), written, id=written.lower())
    parts = _parts(written, entity.name)
    if set(parts) == {entity.named_key}:
        guid = str(parts[entity.named_key])
        if not is_guid(guid):
            raise bad_key(entity.name)
        return Address(table, table.living(guid), written, id=guid)
    for key in entity.keys:
        shown = {entity.columns[name].shown_name: name for name in key.columns}
        if set(parts) == set(shown) and key.status == "Active":
            values = {shown[name]: value for name, value in parts.items()}
            return Address(table, find_by_key(table, key, values), written, key=key, values=values)
    raise bad_key(entity.name)


def find_by_key(table: Table, key: Key, values: abc.Mapping[str, object]) -> int | None:
    """Give the living row whose key columns hold these values."""
    columns = table.entity.columns
    wanted = {}
    for name in key.columns:
        value = values[name]
        if columns[name].type in LOOKUPS and not isinstance(value, Ref):
            value = Ref(columns[name].targets[0], str(value).lower())
        wanted[name] = int(value) if isinstance(value, Decimal) and value == int(value) else value
    best = next(
        (name for name in key.columns if table.candidates(name, wanted[name]) is not None), key.columns[0]
    )
    for row in table.holding(best, wanted[best]):
        if all(_same(table.value(row, name), value) for name, value in wanted.items()):
            return row
    return None


def from_url(org: Org, text: str, references: abc.Mapping[str, str]) -> Address:
    """Find what an `@odata.bind` or `@odata.id` names: absolute, relative, or `$1`.

    Raises:
        Problem: It names nothing.
    """
    if text.startswith("$"):
        if text not in references:
            message = f"Content-ID Reference: '{text}' does not exist in the batch context."
            raise Problem("0x80060888", message)
        text = references[text]
    path = text.removeprefix(org.root)
    if "/api/data/" in path:
        path = path.split("/api/data/", 1)[1].partition("/")[2]
    set_name, bracket, rest = path.lstrip("/").partition("(")
    if not bracket or not rest.endswith(")"):
        raise no_such_segment(path.lstrip("/"))
    return locate(org.table(set_name), unquote(rest[:-1]))


def _parts(written: str, entity_name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    try:
        pieces = split(written, ",")
        for piece in pieces:
            name, _equals, value = piece.partition("=")
            node = read_filter(f"{name.strip()} eq {value.strip()}", {})
            match node:
                case Compare("eq", Path((only,)), Literal(kind, given)) if kind != "null":
                    found[only] = given
                case _:
                    raise bad_key(entity_name)
    except Problem:
        raise bad_key(entity_name) from None
    if any(isinstance(value, str) and FORBIDDEN.intersection(value) for value in found.values()):
        raise bad_key(entity_name)
    return found


def _same(held: object, wanted: object) -> bool:
    if isinstance(held, str) and isinstance(wanted, str):
        return held.casefold() == wanted.casefold()
    return held == wanted
