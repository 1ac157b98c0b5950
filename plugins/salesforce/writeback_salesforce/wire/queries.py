"""SOQL: what to ask, and how to read rows out of pages of records.

Every value goes through `format_soql`; names are taken from describe. The filter alone stands in a query as
the person typed it, in brackets of its own. Must not page: following `nextRecordsUrl` is the session's
trade.
"""

from collections import abc
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import quote_plus

from simple_salesforce.format import format_soql

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.canonical import number_text
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Row
from writeback_salesforce.limits import OVERLAP_S, RETRIEVE_IDS, URI_BYTES
from writeback_salesforce.wire.describes import Described, Json, resolve
from writeback_salesforce.wire.ids import api_name, full_id
from writeback_salesforce.wire.values import decode_json
from writeback_salesforce.wire.versions import moment_of, token_of

PageRow = tuple[str, str | None, Row]

_NUMERIC: Final = DECIMAL_TYPES | INTEGER_TYPES


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query selects: `Id`, the version, then each path once, whatever was asked twice."""

    object: str
    paths: tuple[str, ...]
    """As asked: the columns of the page."""
    select: tuple[str, ...]
    """As sent, in Salesforce's spelling."""
    kinds: tuple[AttributeType, ...]
    """Of `select`."""
    places: tuple[int, ...]
    """Where in `select` each of `paths` stands."""
    has_version: bool

    @property
    def has_hops(self) -> bool:
        """Say whether a path leads to another record."""
        return any("." in name for name in self.select)


def select(object_name: str, paths: abc.Sequence[str], describe: abc.Callable[[str], Described]) -> Selection:
    """Work out what to select for the paths.

    Raises:
        InvalidRequestError: One of them leads nowhere.
    """
    described = describe(object_name)
    version = described.info.version_field
    chosen = {"Id": AttributeType.TEXT} | ({version: AttributeType.DATETIME} if version else {})
    spelled = []
    for path in paths:
        name, kind = resolve(object_name, path, describe)
        chosen[name] = kind
        spelled.append(name)
    order = tuple(chosen)
    return Selection(
        object=described.info.name,
        paths=tuple(paths),
        select=order,
        kinds=tuple(chosen.values()),
        places=tuple(order.index(name) for name in spelled),
        has_version=bool(version),
    )


def prepare_read(selection: Selection, query: ReadQuery, *, is_ordered: bool = True) -> str:
    """Ask for all records that fit, oldest change first, so that a cut pull can go on where it stopped.

    `since` is widened by an overlap: rows become visible later than they are stamped.
    """
    conditions = [f"({query.filter})"] if query.filter.strip() else []
    if query.since is not None and selection.has_version:
        conditions.append(changed_since(query.since))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    version = f"{selection.select[1]}, " if selection.has_version else ""
    order = f" ORDER BY {version}Id" if is_ordered else ""
    most = f" LIMIT {int(query.limit)}" if query.limit is not None else ""
    return f"SELECT {', '.join(selection.select)} FROM {selection.object}{where}{order}{most}"  # noqa: S608  names from describe, values through format_soql


def changed_since(since: str) -> str:
    """Give the condition for records changed after a version token, less the overlap."""
    return format_soql("SystemModstamp > {}", moment_of(since) - timedelta(seconds=OVERLAP_S))


def prepare_count(object_name: str, condition: str) -> str:
    """Ask how many records fit."""
    where = f" WHERE ({condition})" if condition.strip() else ""
    return f"SELECT COUNT() FROM {api_name(object_name)}{where}"  # noqa: S608  names from describe, values through format_soql


def prepare_deletes(object_name: str, since: str) -> str:
    """Ask for the ids of records deleted since a version, from the recycle bin."""
    return f"SELECT Id FROM {api_name(object_name)} WHERE IsDeleted = true AND {changed_since(since)}"  # noqa: S608  the same


def prepare_keys(
    selection: Selection, by: str, kind: AttributeType, keys: abc.Iterable[str]
) -> abc.Iterator[str]:
    """Ask for records by a field's values, in as few queries as the length of an address allows."""
    start = f"SELECT {', '.join(selection.select)} FROM {selection.object} WHERE {by} IN ("  # noqa: S608  the same
    room = URI_BYTES - len(quote_plus(start)) - 3
    chunk: list[str] = []
    used = 0
    for key in dict.fromkeys(keys):
        literal = _literal(key, kind)
        size = len(quote_plus(literal)) + 3
        if chunk and used + size > room:
            yield f"{start}{','.join(chunk)})"
            chunk, used = [], 0
        chunk.append(literal)
        used += size
    if chunk:
        yield f"{start}{','.join(chunk)})"


def prepare_retrieve(selection: Selection, ids: abc.Sequence[str]) -> abc.Iterator[Json]:
    """Ask for records by id, 2,000 a call; such a call takes no paths to other records."""
    for first in range(0, len(ids), RETRIEVE_IDS):
        yield {"ids": list(ids[first : first + RETRIEVE_IDS]), "fields": list(selection.select)}


def known_ids(keys: abc.Iterable[str], key_prefix: str) -> tuple[str, ...]:
    """Give the keys that may be ids of an object, in full form; others would fail the whole call."""
    ids = (full_id(key) for key in keys)
    return tuple(dict.fromkeys(found for found in ids if found is not None and found.startswith(key_prefix)))


def usable_keys(keys: abc.Iterable[str], kind: AttributeType) -> tuple[str, ...]:
    """Give the keys that a field of this kind can hold at all."""
    stripped = (key.strip() for key in keys)
    return tuple(key for key in stripped if key and (kind not in _NUMERIC or _is_number(key)))


def parse_records(records: object, selection: Selection, *, by: str | None = None) -> list[PageRow]:
    """Give rows of (id, version, values); `by` puts that field's value before the others.

    A record that is missing (null, from a retrieve) is left out.
    """
    if not isinstance(records, list):
        raise InvalidRequestError("salesforce.unreadable_answer", expected="records")
    hops = [name.split(".") for name in selection.select]
    wanted = selection.places if by is None else (selection.select.index(by), *selection.places)
    rows: list[PageRow] = []
    for record in records:
        if record is None:
            continue
        version = token_of(record.get(selection.select[1])) if selection.has_version else None
        values = tuple([decode_json(_value(record, hops[place]), selection.kinds[place]) for place in wanted])
        rows.append((str(record["Id"]), version, values))
    return rows


def next_page(answer: Json) -> str | None:
    """Give the address of the next page, if there is one.

    Raises:
        InvalidRequestError: The address leads out of the data API.
    """
    if answer.get("done") is True:
        return None
    address = str(answer.get("nextRecordsUrl") or "")
    if not address.startswith("/services/data/"):
        raise InvalidRequestError("salesforce.unreadable_answer", expected="nextRecordsUrl")
    return address


def _value(record: Json, hops: abc.Sequence[str]) -> object:
    value: object = record
    for hop in hops:
        if not isinstance(value, abc.Mapping):
            return None  # a missing parent is null
        value = value.get(hop)
    return value


def _literal(key: str, kind: AttributeType) -> str:
    if kind in _NUMERIC:
        return number_text(Decimal(key))
    if kind is AttributeType.BOOLEAN or kind in (AttributeType.DATE, AttributeType.DATETIME):
        raise ContractBrokenError("salesforce.bad_key_kind", kind=kind.value)
    return format_soql("{}", key)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False
