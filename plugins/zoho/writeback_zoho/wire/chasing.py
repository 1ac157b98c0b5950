"""Values behind references: which records to fetch for which paths, and how to read them. Fetches nothing.

An owner comes with name and e-mail, so these two need no further record.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.model.types import AttributeType, Value
from writeback_zoho.wire import users
from writeback_zoho.wire.answers import Json
from writeback_zoho.wire.describes import KEY
from writeback_zoho.wire.ids import known_id
from writeback_zoho.wire.values import decode

Fetch = abc.Callable[[str, abc.Sequence[str], tuple[str, ...]], abc.Mapping[str, Json]]
"""Given an object, ids and fields, gives the records by id."""

_TOLD: Final = {"full_name": "name", "email": "email", KEY: KEY}
"""Field of a user → what an owner field already tells of it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A resolved path: through `hops` (fields) to records of `targets`, ending at `field`."""

    hops: tuple[str, ...]
    targets: tuple[str, ...]
    field: str
    kind: AttributeType

    @property
    def name(self) -> str:
        """Give the dotted path."""
        return ".".join((*self.hops, self.field))

    @property
    def first(self) -> str:
        """Give the field of the record itself that the path begins with."""
        return self.hops[0] if self.hops else self.field

    def rest(self) -> "Column":
        """Give the path as seen from the first record behind it."""
        return Column(self.hops[1:], self.targets[1:], self.field, self.kind)


def is_told_along(column: Column) -> bool:
    """Say whether the reference itself tells the value: its id, an owner's name or e-mail."""
    if len(column.hops) != 1:
        return False
    return column.field == KEY or (users.is_users(column.targets[0]) and column.field in _TOLD)


def values_of(
    records: abc.Sequence[Json | None], columns: abc.Sequence[Column], fetch: Fetch
) -> list[list[Value]]:
    """Give for each column the values of the records, in their order; nothing behind nothing."""
    found: list[list[Value]] = [[] for _column in columns]
    groups: dict[tuple[str, str], list[int]] = {}
    for at, column in enumerate(columns):
        if not column.hops:
            found[at] = [
                None if one is None else decode(one.get(column.field), column.kind) for one in records
            ]
        else:
            groups.setdefault((column.hops[0], column.targets[0]), []).append(at)
    for (hop, target), places in groups.items():
        rests = [columns[at].rest() for at in places]
        raws = [None if one is None else one.get(hop) for one in records]
        behind = _behind(raws, target, rests, fetch)
        for at, values in zip(places, values_of(behind, rests, fetch), strict=True):
            found[at] = values
    return found


def _behind(
    raws: abc.Sequence[object], target: str, columns: abc.Sequence[Column], fetch: Fetch
) -> list[Json | None]:
    """Give the record behind each value of a reference: as told along, or fetched."""
    told = [_told_along(raw, target, columns) for raw in raws]
    ids = [None if one is not None else _id_of(raw) for raw, one in zip(raws, told, strict=True)]
    wanted = list(dict.fromkeys(one for one in ids if one is not None))
    fields = tuple(dict.fromkeys(column.first for column in columns))
    fetched = fetch(target, wanted, fields) if wanted else {}
    return [
        one if one is not None else fetched.get(key) if key is not None else None
        for one, key in zip(told, ids, strict=True)
    ]


def _told_along(raw: object, target: str, columns: abc.Sequence[Column]) -> Json | None:
    key = _id_of(raw)
    if key is None or any(column.hops for column in columns):
        return None
    wanted = {column.field for column in columns}
    if wanted == {KEY}:
        return {KEY: key}
    if not users.is_users(target) or not isinstance(raw, abc.Mapping) or not wanted <= set(_TOLD):
        return None
    if not all(_TOLD[name] in raw for name in wanted):
        return None
    return {name: raw[_TOLD[name]] for name in wanted} | {KEY: key}


def _id_of(raw: object) -> str | None:
    return known_id(raw.get(KEY)) if isinstance(raw, abc.Mapping) else known_id(raw)
