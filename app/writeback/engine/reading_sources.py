"""The readers of an integration's fields that have a source format, with their time zones looked up.

Must not: read a value itself (`planning.converting` does).
"""

from collections import abc
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from writeback.errors import MappingError
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType
from writeback.planning.converting import Convert, converter


def zone_of(name: str) -> tzinfo | None:
    """Give a time zone by its name or offset; '' is none.

    Raises:
        MappingError: `format.unknown_zone`.
    """
    if not name:
        return None
    if name[0] in "+-":
        hours, minutes = name[1:].split(":")
        length = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-length if name[0] == "-" else length)
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MappingError("format.unknown_zone", zone=name[:80]) from None


def readers_of(
    mappings: abc.Iterable[FieldMapping], kinds: abc.Mapping[str, AttributeType]
) -> dict[str, Convert]:
    """Give by path the reader of each field that has a format; mostly none.

    Raises:
        MappingError: `format.unknown_zone`.
    """
    return {
        str(one.path): converter(
            one.source_format, kinds[str(one.path)], zone=zone_of(one.source_format.zone)
        )
        for one in mappings
        if one.source_format
    }
