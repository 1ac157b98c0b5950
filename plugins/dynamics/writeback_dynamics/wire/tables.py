"""Which tables an environment has: their entity sets, keys and what the server does with versions.

Entity set names are plural and irregular, so they are read and never built. [query-metadata-web-api]
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.sdk.values import ObjectInfo
from writeback_dynamics.wire.literals import address, api_name

Json = abc.Mapping[str, object]

_SELECT: Final = (
    "LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,IsOptimisticConcurrencyEnabled,"
    "ChangeTrackingEnabled,IsCustomEntity,DisplayName"
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` and `title` are its primary id and primary name columns."""

    name: str
    label: str
    entity_set: str
    key: str
    title: str
    has_versions: bool
    """The server compares an etag as it writes."""
    tracks_changes: bool
    is_custom: bool


def prepare_tables() -> str:
    """Give the address of the list of tables; metadata does not page."""
    return address("EntityDefinitions", {"select": _SELECT})


def parse_tables(answer: Json) -> dict[str, Table]:
    """Read the list of tables by logical name; what has no entity set cannot be asked for.

    Raises:
        InvalidRequestError: There is no list.
    """
    return {table.name: table for told in dicts(answer, "value") if (table := _table(told)) is not None}


def object_infos(tables: abc.Iterable[Table]) -> tuple[ObjectInfo, ...]:
    """Give the tables as the list of objects."""
    return tuple(
        ObjectInfo(
            name=table.name, label=table.label, custom=table.is_custom, updateable=True, queryable=True
        )
        for table in tables
    )


def definition(name: str) -> str:
    """Give the address of one table's definition."""
    return f"EntityDefinitions(LogicalName='{api_name(name)}')"


def label_of(told: object, otherwise: str) -> str:
    """Read a label in the user's language, or the first there is."""
    if not isinstance(told, abc.Mapping):
        return otherwise
    own = told.get("UserLocalizedLabel")
    if isinstance(own, abc.Mapping) and own.get("Label"):
        return str(own["Label"])
    labels = told.get("LocalizedLabels")
    first = labels[0] if isinstance(labels, list) and labels else None
    return str(first["Label"]) if isinstance(first, abc.Mapping) and first.get("Label") else otherwise


def dicts(answer: object, name: str) -> list[Json]:
    """Give the objects in a list of an answer.

    Raises:
        InvalidRequestError: There is no such list.
    """
    told = answer.get(name) if isinstance(answer, abc.Mapping) else None
    if not isinstance(told, list):
        raise InvalidRequestError("dynamics.unreadable_answer", expected=name)
    return [item for item in told if isinstance(item, abc.Mapping)]


def _table(told: Json) -> Table | None:
    name, entity_set, key = (
        told.get(part) for part in ("LogicalName", "EntitySetName", "PrimaryIdAttribute")
    )
    if not name or not entity_set or not key:
        return None
    return Table(
        name=str(name),
        label=label_of(told.get("DisplayName"), str(name)),
        entity_set=api_name(str(entity_set)),
        key=api_name(str(key)),
        title=str(told.get("PrimaryNameAttribute") or key),
        has_versions=told.get("IsOptimisticConcurrencyEnabled") is True,
        tracks_changes=told.get("ChangeTrackingEnabled") is True,
        is_custom=told.get("IsCustomEntity") is True,
    )
