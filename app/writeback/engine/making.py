"""What a connection can make: by which keys, and its fields as they stand to a record that is made.

Must not: read records, judge, send.
"""

from collections import abc
from dataclasses import dataclass, replace

from writeback.engine.describing import to_be_made
from writeback.engine.reaching import Reach
from writeback.sdk.capabilities import CreatesRecords
from writeback.sdk.values import ObjectDescription


@dataclass(frozen=True, slots=True)
class Makeable:
    """By which fields records of an object can be made, or why they cannot."""

    keys: tuple[str, ...] = ()
    code: str = ""
    """`create.not_offered`: the connector makes none; `create.no_keys`: the object has no unique field."""


def makeable(reach: Reach, object_name: str) -> Makeable:
    """Say by which fields records of an object can be made.

    Raises:
        ConnectorError: The CRM could not be asked.
    """
    session = reach.sends or reach.session
    if not isinstance(session, CreatesRecords):
        return Makeable(code="create.not_offered")
    description = reach.describe(object_name)
    told = {name.casefold() for name in session.create_keys(description.name)}
    keys = tuple(
        one.name
        for one in description.fields
        if one.name.casefold() in told and one.is_createable and one.kind is not None
    )
    return Makeable(keys, "" if keys else "create.no_keys")


def for_new(reach: Reach, object_name: str) -> Reach:
    """Give a reach whose object stands as it does to records that are made."""
    wanted = object_name.casefold()

    def describe(name: str) -> ObjectDescription:
        found = reach.describe(name)
        return to_be_made(found) if found.name.casefold() == wanted else found

    return replace(reach, describe=describe)


def keys_alike(name: str, keys: abc.Iterable[str]) -> bool:
    """Say whether a field is one of these keys."""
    return name.casefold() in {one.casefold() for one in keys}
