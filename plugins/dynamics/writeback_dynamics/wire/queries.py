"""Queries over rows: what to ask, and how to read rows out of pages.

A pull's filter stands in a query as the person typed it, in brackets of its own. A next link is followed as
it is, with the same preferences; only its path is used, so that no answer can send us elsewhere.
[select-columns], [page-results], [count-rows]
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Final
from urllib.parse import quote, urlsplit

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.sdk.values import FieldInfo, Row
from writeback_dynamics.limits import ADDRESS_BYTES, KEYS_A_QUERY, OVERLAP_S, SERVICE_ROOT
from writeback_dynamics.wire.columns import is_guid, property_of
from writeback_dynamics.wire.literals import address, guid_of, literal, row_id, wire_moment
from writeback_dynamics.wire.paths import Describe, Found, expand_of, resolve, value_at
from writeback_dynamics.wire.tables import Json, Table, dicts
from writeback_dynamics.wire.values import decode_json

PageRow = tuple[str, str | None, Row]

ETAG: Final = "@odata.etag"
NEXT: Final = "@odata.nextLink"
MODIFIED: Final = "modifiedon"


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query selects: the primary id, then each path once, whatever was asked twice."""

    table: Table
    paths: tuple[str, ...]
    """As asked: the columns of the page."""
    columns: tuple[Found, ...]
    """Of `paths`, resolved."""


def select(object_name: str, paths: abc.Sequence[str], describe: Describe) -> Selection:
    """Work out what to select for the paths.

    Raises:
        InvalidRequestError: One of them leads nowhere.
    """
    found = tuple(resolve(object_name, path, describe) for path in paths)
    return Selection(describe(object_name).table, tuple(paths), found)


def prepare_read(selection: Selection, *, conditions: abc.Iterable[str] = (), top: int | None = None) -> str:
    """Ask for the rows that meet all conditions.

    Raises:
        InvalidRequestError: The paths need more expands than one query may hold.
    """
    places = list(chain.from_iterable(column.places for column in selection.columns))
    names = dict.fromkeys([selection.table.key, *(place.name for place in places if not place.hops)])
    wanted = [one for one in conditions if one.strip()]
    return address(
        selection.table.entity_set,
        {
            "select": ",".join(names),
            "expand": expand_of(places),
            "filter": " and ".join(f"({one})" for one in wanted) if len(wanted) > 1 else "".join(wanted),
            "top": str(top) if top is not None else "",
        },
    )


def prepare_ids(table: Table, *, condition: str = "", is_counted: bool = False) -> str:
    """Ask for nothing but ids."""
    return address(
        table.entity_set,
        {"select": table.key, "filter": condition.strip(), "count": "true" if is_counted else ""},
    )


def modified_since(moment: datetime) -> str:
    """Give the condition for rows modified since a moment, less the overlap."""
    return f"{MODIFIED} ge {wire_moment(moment - timedelta(seconds=OVERLAP_S))}"


def moment_of(token: str) -> datetime:
    """Give the moment that a token of ours stands for.

    Raises:
        ContractBrokenError: We never made such a token.
    """
    try:
        moment = datetime.fromisoformat(token)
    except ValueError:
        raise ContractBrokenError("dynamics.bad_version", given=token[:40]) from None
    if moment.tzinfo is None:
        raise ContractBrokenError("dynamics.bad_version", given=token[:40])
    return moment


def conditions_for(field: FieldInfo, keys: abc.Iterable[str]) -> abc.Iterator[str]:
    """Give conditions that select rows by a column's values, each short enough for an address.

    Values that the column cannot hold select nothing and are left out.
    """
    if field.kind is None:
        raise ContractBrokenError("dynamics.bad_name", given=field.name[:80])
    kind, of_guids = field.kind, is_guid(field)
    found = (literal(key.strip(), kind, is_guid=of_guids) for key in keys if key.strip())
    yield from _chunked(property_of(field), (one for one in found if one is not None))


def conditions_of_ids(table: Table, ids: abc.Iterable[str]) -> abc.Iterator[str]:
    """Give conditions that select rows by id, each short enough for an address."""
    yield from _chunked(table.key, map(row_id, ids))


def _chunked(name: str, literals: abc.Iterable[str]) -> abc.Iterator[str]:
    chunk: list[str] = []
    used = 0
    for value in dict.fromkeys(literals):
        part = f"{name} eq {value}"
        size = len(quote(part)) + len("%20or%20")
        if chunk and (len(chunk) >= KEYS_A_QUERY or used + size > ADDRESS_BYTES):
            yield " or ".join(chunk)
            chunk, used = [], 0
        chunk.append(part)
        used += size
    if chunk:
        yield " or ".join(chunk)


def parse_rows(answer: object, selection: Selection) -> list[PageRow]:
    """Give rows of (id, etag, values).

    Raises:
        InvalidRequestError: There are no rows in it, or a value is none of its column.
    """
    return [_row(told, selection) for told in dicts(answer, "value")]


def next_address(answer: Json, name: str = NEXT) -> str | None:
    """Give the address of the next page below the service root, unchanged; None after the last one.

    Raises:
        InvalidRequestError: The address leads out of the Web API.
    """
    link = answer.get(name)
    if link is None:
        return None
    return below_root(str(link), name)


def below_root(link: str, name: str) -> str:
    """Give what stands below the service root in an address of an answer.

    Raises:
        InvalidRequestError: It leads elsewhere.
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        raise InvalidRequestError("dynamics.unreadable_answer", expected=name) from None
    if not parts.path.startswith(SERVICE_ROOT) or ".." in parts.path:
        raise InvalidRequestError("dynamics.unreadable_answer", expected=name)
    return parts.path.removeprefix(SERVICE_ROOT) + (f"?{parts.query}" if parts.query else "")


def _row(told: Json, selection: Selection) -> PageRow:
    record_id = guid_of(str(told.get(selection.table.key) or ""))
    if record_id is None:
        raise InvalidRequestError("dynamics.unreadable_answer", expected=selection.table.key)
    etag = told.get(ETAG)
    values = tuple(decode_json(value_at(told, column.places), column.kind) for column in selection.columns)
    return record_id, str(etag) if etag else None, values
