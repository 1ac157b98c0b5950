"""Bring what a CRM gave into the types of the attributes it is mapped to, where nothing is lost.

Must not: decide what is read; know a CRM.
"""

from collections import abc

from writeback.engine.reading_sources import Read
from writeback.errors import (
    ContractBrokenError,
    MappingError,
)
from writeback.model.changes import Reason
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, Value
from writeback.sdk.values import Page
from writeback.store import roles, wide


def with_people(page: Page, people: abc.Mapping[str, roles.Translate]) -> Page:
    """Give a page with team members in the place of a CRM's words for them."""
    places = [(place, people[name]) for place, name in enumerate(page.columns) if name in people]
    if not places:
        return page
    rows = []
    for key, version, values in page.rows:
        row = list(values)
        for place, translate in places:
            row[place] = translate(row[place])
        rows.append((key, version, tuple(row)))
    return Page(page.columns, rows, page.newest)


def stored_rows(
    page: Page,
    kinds: abc.Mapping[str, AttributeType],
    readers: abc.Mapping[str, Read],
    integration: Integration,
) -> abc.Sequence[tuple[object, ...]]:
    """Give a page's rows as they are staged: key, version and one stored cell for each mapped path.

    Raises:
        ContractBrokenError: `pull.columns`: the page has other columns than were asked for.
        MappingError: A value is not of its attribute's type.
    """
    if not page.rows:
        return ()
    keys, versions, rows = zip(*page.rows, strict=True)
    if not kinds:
        return list(zip(keys, versions, strict=True))
    if page.columns != tuple(kinds) or set(map(len, rows)) != {len(kinds)}:
        raise ContractBrokenError("pull.columns", object=integration.object)
    columns = [
        (None if path in readers else wide.stored_column(values, kind))
        or _coerced_column(values, path, kind, readers.get(path))
        for (path, kind), values in zip(kinds.items(), zip(*rows, strict=True), strict=True)
    ]
    return list(zip(keys, versions, *columns, strict=True))


def _coerced_column(
    values: abc.Iterable[Value], path: str, kind: AttributeType, read: Read | None
) -> list[wide.Stored]:
    return [wide.stored(coerced(value, path, kind, read)) for value in values]


def coerced(value: Value, path: str, kind: AttributeType, read: Read | None = None) -> Value:
    """Give a value of a field in the type of the attribute it is mapped to, where nothing is lost.

    Args:
        value: As the CRM gives it.
        path: Of the field.
        kind: Of the attribute.
        read: Reads it by the field's source format, or turns its transforms back, where it has some.

    Raises:
        MappingError: `mapping.misfit`; `mapping.unreadable`: a text that its format does not read.
    """
    made: Value | Reason = value if read is None or value is None else read(value)
    if isinstance(made, Reason):
        told = dict(made.facts).get("value", "")
        raise MappingError("mapping.unreadable", path=path, value=told, why=made.code)
    try:
        return wide.retyped(made, kind)
    except MappingError as error:
        raise MappingError(error.code, path=path, **error.facts) from None
