"""What a read selects: each field once, the paths to other records joined or chased.

COQL follows two relations in one query; what lies further away, or is read by list, is fetched by id
afterwards (`chasing`).
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.types import AttributeType
from writeback_zoho.limits import QUERY_JOINS
from writeback_zoho.wire.answers import Json
from writeback_zoho.wire.chasing import Column, is_told_along
from writeback_zoho.wire.describes import KEY, Described, resolve
from writeback_zoho.wire.values import decode


@dataclass(frozen=True, slots=True)
class Selection:
    """What to read of one module."""

    object: str
    paths: tuple[str, ...]
    """As asked: the columns of the page."""
    columns: tuple[Column, ...]
    """One for each path."""
    direct: tuple[str, ...]
    """The record's own fields that are needed, the version among them; never empty."""
    version: str
    """Name of the version field; "" where the module has none."""

    def joins(self) -> tuple[str, ...]:
        """Give the dotted names that one query can carry along: all that need another record, or none."""
        far = [column for column in self.columns if column.hops and not is_told_along(column)]
        prefixes = {column.hops[:depth] for column in far for depth in range(1, len(column.hops) + 1)}
        if len(prefixes) > QUERY_JOINS:
            return ()
        return tuple(dict.fromkeys(column.name for column in far))


def select(object_name: str, paths: abc.Iterable[str], describe: abc.Callable[[str], Described]) -> Selection:
    """Work out what to read for the paths.

    Raises:
        InvalidRequestError: One of them leads nowhere.
    """
    info = describe(object_name).info
    wanted = tuple(paths)
    columns = []
    for path in wanted:
        found = resolve(object_name, path, describe)
        columns.append(Column(found.hops, found.targets, found.field.name, found.kind))
    version = info.version_field
    direct = dict.fromkeys([*([version] if version else []), *(column.first for column in columns)])
    direct.pop(KEY, None)
    return Selection(info.name, wanted, tuple(columns), tuple(direct) or (KEY,), version)


def joined_value(record: Json, name: str, kind: AttributeType) -> object:
    """Read a joined column out of a row of a query, which names it dotted; nested is understood as well."""
    if name in record:
        return decode(record[name], kind)
    value: object = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, abc.Mapping) else None
    return decode(value, kind)
