"""The wide tables: one column a value, so that a million records diff, sort and filter in SQL.

`snap_<integration>` holds what a CRM held when last read (a column a mapped path), `rec_<entity>`
the confirmed values of our records (a column an attribute). A column added to a model is a column
added here; one goes with its attribute.

Stored forms: text as it is · boolean, integer, NPS, CSAT INTEGER · number, currency exact TEXT without
trailing zeros · date, datetime ISO TEXT of one width · multi-list a JSON array. They differ from
`model.canonical` where order or comparison in SQL asks for it.

Must not: read or write rows (`store.records` and `engine.pulling` do).
"""

import json
from collections import abc
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.engine import Connection

from writeback.errors import InternalError, MappingError
from writeback.model.attributes import Attribute
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value
from writeback.planning.coercing import text_of
from writeback.store import moments, sqlite

Stored = str | int | None
"""What stands in a cell."""

RESERVED_ATTRIBUTES: Final = frozenset({"rid", "title", "gone"})
"""Names that the record tables use themselves."""
TITLE_ATTRIBUTE: Final = "name"
"""The attribute that people call a record by; without it, it is called by its CRM key."""
TABLES_KEPT: Final = 64
"""Statements are kept compiled by the very tables they name: one made anew each time is compiled anew, and
the compiled one before it is kept beside it."""
_SNAPSHOT_COLUMNS: Final = frozenset({"key", "rid", "version", "gone", "seen"})
_MOST_COLUMNS: Final = 1900
_WHOLE: Final = INTEGER_TYPES | {AttributeType.BOOLEAN}
_NATIVE: Final = (str, int, bool)
_TYPES: Final[abc.Mapping[AttributeType, type]] = {
    **dict.fromkeys(AttributeType, str),
    **dict.fromkeys(INTEGER_TYPES, int),
    **dict.fromkeys(DECIMAL_TYPES, Decimal),
    AttributeType.BOOLEAN: bool,
    AttributeType.DATE: date,
    AttributeType.DATETIME: datetime,
    AttributeType.MULTI_LIST: tuple,
}


def snapshot_table(integration_id: str) -> str:
    """Name the snapshot table of an integration."""
    return f"snap_{integration_id}"


def record_table(entity: str) -> str:
    """Name the record table of an entity."""
    return f"rec_{entity}"


def path_column(path: str) -> str:
    """Name the column of a mapped path. A path that is called like a column of ours gets a colon."""
    return f"{path}:" if path.casefold() in _SNAPSHOT_COLUMNS else path


def records(entity: str, attributes: abc.Iterable[Attribute]) -> Table:
    """Give an entity's record table for SQL expressions: `rid`, `title`, `gone`, a column an attribute."""
    return _records(entity, tuple((attribute.name, attribute.kind) for attribute in attributes))


@lru_cache(TABLES_KEPT)
def _records(entity: str, columns: tuple[tuple[str, AttributeType], ...]) -> Table:
    return Table(
        record_table(entity),
        MetaData(),
        Column("rid", Text, primary_key=True),
        Column("title", Text),
        Column("gone", Integer, nullable=False),
        *(Column(name, _sql_type(kind)) for name, kind in columns),
    )


def create_records(db: Connection, entity: str) -> None:
    """Create the record table of a new entity."""
    table = sqlite.quoted(record_table(entity))
    sqlite.run(
        db,
        f"create table {table} "
        "(rid text not null primary key, title text, gone integer not null default 0) without rowid",
    )


def create_snapshot(db: Connection, integration_id: str) -> None:
    """Create the snapshot table of a new integration."""
    table = sqlite.quoted(snapshot_table(integration_id))
    sqlite.run(
        db,
        f"create table {table} (key text not null primary key, rid text not null, version text, "
        "gone integer not null default 0, seen integer not null default 0) without rowid",
    )
    index_links(db, integration_id)


def index_links(db: Connection, integration_id: str) -> None:
    """Make the CRM record behind one of ours quick to find: at most one an integration."""
    table = snapshot_table(integration_id)
    index = sqlite.quoted(f"{table}_by_rid")
    sqlite.run(db, f"create unique index {index} on {sqlite.quoted(table)} (rid)")


def index_path(db: Connection, integration_id: str, path: str) -> None:
    """Make the records that hold a value of this path quick to find."""
    table = snapshot_table(integration_id)
    index, column = sqlite.quoted(f"{table}_by_{path_column(path)}"), sqlite.quoted(path_column(path))
    sqlite.run(db, f"create index {index} on {sqlite.quoted(table)} ({column})")


def add_attribute(db: Connection, attribute: Attribute) -> None:
    """Add an attribute's column to its entity's records.

    Raises:
        MappingError: The name is one of the table's own, or the table is full.
    """
    if attribute.name.casefold() in RESERVED_ATTRIBUTES:
        raise MappingError("attribute.reserved_name", name=attribute.name)
    add_column(db, record_table(attribute.entity), attribute.name, attribute.kind)


def add_path(db: Connection, integration_id: str, path: str, kind: AttributeType) -> None:
    """Add a mapped path's column to a snapshot; one left over from an earlier mapping is emptied."""
    table, column = snapshot_table(integration_id), path_column(path)
    if column in sqlite.columns_of(db, table):
        sqlite.run(db, f"update {sqlite.quoted(table)} set {sqlite.quoted(column)} = null")  # noqa: S608  quoted
    else:
        add_column(db, table, column, kind)


def stored(value: Value) -> Stored:
    """Give the stored form of one canonical value.

    Raises:
        InternalError: A number that is none (NaN, infinity) or a moment without a time zone.
    """
    match value:
        case None | str():
            return value
        case int():  # a bool too
            return int(value)
        case Decimal():
            return _decimal_text(value)
        case datetime():
            return moments.to_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return _options_text(value)


def loaded(cell: object, kind: AttributeType) -> Value:
    """Give the canonical value of one stored form.

    Raises:
        InternalError: The cell does not fit the attribute type.
    """
    if cell is None:
        return None
    try:
        return _loaded(cell, kind)
    except (ValueError, ArithmeticError) as error:
        raise InternalError("store.misfit", kind=kind.value, found=type(cell).__name__) from error


def loaded_column(cells: abc.Sequence[object], kind: AttributeType) -> abc.Sequence[Value]:
    """Give the canonical values of one column of a page; texts pass through untouched: pages are big.

    Raises:
        InternalError: A cell does not fit the attribute type.
    """
    if type_of(kind) is str and set(map(type, cells)) <= {type(None), str}:
        return cast("abc.Sequence[Value]", cells)  # their types were just looked at
    return [loaded(cell, kind) for cell in cells]


def type_of(kind: AttributeType) -> type:
    """Give the Python type of a kind's canonical values."""
    return _TYPES[kind]


def retyped(value: Value, kind: AttributeType) -> Value:
    """Give a value as one of another kind, where nothing is lost by it.

    Raises:
        MappingError: `mapping.misfit`: something would be.
    """
    own = _TYPES[kind]
    if value is None or type(value) is own:  # of nearly every value that is read
        return value
    if kind in DECIMAL_TYPES and type(value) is int:
        return Decimal(value)
    if own is int and isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if own is str and not isinstance(value, tuple):
        return text_of(value)
    if own is tuple and isinstance(value, str):
        return (value,)
    raise MappingError("mapping.misfit", kind=kind.value, found=type(value).__name__)


def stored_column(values: abc.Sequence[Value], kind: AttributeType) -> abc.Sequence[Stored] | None:
    """Give the stored forms of one column of a page; None when a value is not of that kind.

    Columns of text, whole numbers and booleans pass through untouched: pages are big.
    """
    own = type_of(kind)
    if not set(map(type, values)) <= {type(None), own}:
        return None
    if own in _NATIVE:
        return cast("abc.Sequence[Stored]", values)  # their types were just looked at
    encode = _ENCODERS[own]
    return [None if value is None else encode(value) for value in values]


def _loaded(cell: object, kind: AttributeType) -> Value:
    text = str(cell)
    own = type_of(kind)
    if own is bool:
        return bool(int(text))
    if own is int:
        return int(text)
    if own is Decimal:
        return Decimal(text)
    if own is tuple:
        return tuple(str(option) for option in json.loads(text))
    return _moment(text, kind)


def _moment(text: str, kind: AttributeType) -> Value:
    if kind is AttributeType.DATE:
        return date.fromisoformat(text)
    if kind is AttributeType.DATETIME:
        return moments.from_text(text)
    return text


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise InternalError("store.not_a_number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _options_text(value: tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def add_column(db: Connection, table: str, column: str, kind: AttributeType) -> None:
    """Add a column for values of a kind to a wide table.

    Raises:
        MappingError: There is one of that name, or the table is full.
    """
    there = sqlite.columns_of(db, table)
    if len(there) >= _MOST_COLUMNS:
        raise MappingError("mapping.too_many_columns", most=_MOST_COLUMNS)
    if column.casefold() in {name.casefold() for name in there}:
        raise MappingError("mapping.column_taken", name=column)
    declared = "integer" if kind in _WHOLE else "text"
    sqlite.run(db, f"alter table {sqlite.quoted(table)} add column {sqlite.quoted(column)} {declared}")


def _sql_type(kind: AttributeType) -> Integer | Text:
    return Integer() if kind in _WHOLE else Text()


_ENCODERS: Final[abc.Mapping[type, abc.Callable[[Any], Stored]]] = {
    Decimal: _decimal_text,
    datetime: moments.to_text,
    date: date.isoformat,
    tuple: _options_text,
}
