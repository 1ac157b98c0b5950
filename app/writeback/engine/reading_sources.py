"""The readers of an integration's fields that have a source format or a transform that is turned back.

Must not: read a value itself (`planning.converting` does).
"""

from collections import abc
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from writeback.engine.shaping import FindTransform, find_none, readers_back
from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType, Value
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


Read = abc.Callable[[Value], Value | Reason]
"""Reads one value that the CRM gave."""


def readers_of(
    mappings: abc.Collection[FieldMapping],
    kinds: abc.Mapping[str, AttributeType],
    *,
    find: FindTransform = find_none,
) -> dict[str, Read]:
    """Give by path the reader of each field that has one; mostly none.

    Raises:
        MappingError: `format.unknown_zone`, `transform.unknown`.
        PluginError: A transform's plugin cannot be loaded, or may not run.
    """
    formats: dict[str, Read] = {
        str(one.path): _of_text(
            converter(one.source_format, kinds[str(one.path)], zone=zone_of(one.source_format.zone))
        )
        for one in mappings
        if one.source_format
    }
    return formats | readers_back(mappings, find=find)


def _of_text(convert: Convert) -> Read:
    return lambda value: convert(value) if isinstance(value, str) else value
