"""Searches: what to ask, page by page, without HubSpot's end at 10,000 results.

Every page is a search of its own for the records *behind the last id seen*, ordered by record id. Paging by
`after` would end at 10,000, and on a list ordered by last change a record that changes meanwhile moves to
the end and pulls one that was not read yet across the page border. `hs_object_id` moves never. (Search
guide; contract §8, where the same filter breaks ties.)
"""

import json
from collections import abc
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import orjson

from writeback.errors import InvalidRequestError
from writeback_hubspot.limits import (
    OVERLAP_S,
    SEARCH_BODY,
    SEARCH_FILTERS,
    SEARCH_GROUP_FILTERS,
    SEARCH_GROUPS,
    SEARCH_ROWS,
)
from writeback_hubspot.wire.answers import Json, dicts
from writeback_hubspot.wire.describes import KEY
from writeback_hubspot.wire.paths import known_id
from writeback_hubspot.wire.values import milliseconds, moment_of

Group = tuple[Json, ...]
_VALUES_CHARACTERS: Final = 2_000
"""Ours: so much of a search may be values looked up."""
_FRAME: Final = 400
"""What stands in a search beside a filter: our own filters, the order, one property."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; `groups` are alternatives, their filters hold together."""

    properties: tuple[str, ...]
    groups: tuple[Group, ...] = ()

    def and_all(self, *filters: Json) -> "Search":
        """Narrow every alternative.

        Raises:
            InvalidRequestError: `hubspot.filter_too_long`: HubSpot would not take so many filters.
        """
        groups = tuple((*group, *filters) for group in self.groups or ((),))
        return Search(self.properties, checked(groups))


def parse_filter(text: str) -> tuple[Group, ...]:
    """Read a filter as a person typed it: JSON `filterGroups`, with or without that key.

    Raises:
        InvalidRequestError: It is none.
    """
    if not text.strip():
        return ()
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise InvalidRequestError("hubspot.bad_filter", given=text[:200]) from None
    groups = told.get("filterGroups") if isinstance(told, abc.Mapping) else told
    if not isinstance(groups, list) or not groups:
        raise InvalidRequestError("hubspot.bad_filter", given=text[:200])
    read = tuple(tuple(dicts(group.get("filters") if isinstance(group, dict) else None)) for group in groups)
    if not all(group and all(_is_filter(one) for one in group) for group in read):
        raise InvalidRequestError("hubspot.bad_filter", given=text[:200])
    return checked(read)


def checked(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Hold that HubSpot takes so many filters.

    Raises:
        InvalidRequestError: `hubspot.filter_too_long`.
    """
    longest = max((len(group) for group in groups), default=0)
    total = sum(len(group) for group in groups)
    if len(groups) > SEARCH_GROUPS or longest > SEARCH_GROUP_FILTERS or total > SEARCH_FILTERS:
        raise InvalidRequestError("hubspot.filter_too_long", groups=len(groups), filters=total)
    if _length([{"filters": group} for group in groups]) > SEARCH_BODY - _FRAME:
        raise InvalidRequestError("hubspot.filter_too_long", groups=len(groups), filters=total)
    return groups


def fits(search: Search) -> bool:
    """Say whether a page of the search stays within HubSpot's length, the properties asked for included."""
    return _length(prepare_page(search.and_all(behind("9" * 20)), last=None)) <= SEARCH_BODY


def changed_since(version_field: str, since: str) -> Json:
    """Give the filter for records changed after a version token, less the overlap."""
    moment = moment_of(since) - timedelta(seconds=OVERLAP_S)
    return {"propertyName": version_field, "operator": "GTE", "value": milliseconds(moment)}


def behind(record_id: str) -> Json:
    """Give the filter for records behind an id."""
    return {"propertyName": KEY, "operator": "GT", "value": record_id}


def holds(name: str) -> Json:
    """Give the filter for records that have a value there."""
    return {"propertyName": name, "operator": "HAS_PROPERTY"}


def one_of(name: str, values: abc.Iterable[str], *, is_text: bool) -> Json:
    """Give the filter for several values; those of text are compared in small letters."""
    wanted = [value.lower() if is_text else value for value in values]
    return {"propertyName": name, "operator": "IN", "values": list(dict.fromkeys(wanted))}


def prepare_page(search: Search, *, last: str | None, limit: int = SEARCH_ROWS) -> dict[str, object]:
    """Ask for the records behind `last`, in the order of their ids."""
    narrowed = search if last is None else search.and_all(behind(last))
    return _body(narrowed, limit=limit, sorts=[{"propertyName": KEY, "direction": "ASCENDING"}])


def prepare_count(search: Search) -> dict[str, object]:
    """Ask how many records fit; HubSpot counts beyond the results it gives."""
    return _body(search, limit=1, sorts=[])


def parse_total(body: Json) -> int:
    """Read how many records fit.

    Raises:
        InvalidRequestError: It is not told.
    """
    total = body.get("total")
    if not isinstance(total, int):
        raise InvalidRequestError("hubspot.unreadable_answer", expected="total")
    return total


def last_of(records: abc.Sequence[Json], *, last: str | None) -> str:
    """Give the id at which a page ends.

    Raises:
        InvalidRequestError: The page is not ordered by id behind `last`: going on would lose records.
    """
    before = int(last) if last is not None else -1
    for record in records:
        number = known_id(str(record.get("id") or ""))
        if number is None or int(number) <= before:
            raise InvalidRequestError("hubspot.unordered_search")
        before = int(number)
    return str(before)


def value_slices(values: abc.Iterable[str], *, most: int) -> abc.Iterator[list[str]]:
    """Cut values to look up so that each search stays short; one too long for any is passed over."""
    some: list[str] = []
    used = 0
    for value in values:
        size = _length(value) + 2
        if size > _VALUES_CHARACTERS:
            continue
        if some and (len(some) == most or used + size > _VALUES_CHARACTERS):
            yield some
            some, used = [], 0
        some.append(value)
        used += size
    if some:
        yield some


def _length(part: object) -> int:
    """Give the length of a part of a body as hubspot-api-client writes it."""
    return len(json.dumps(part))


def _body(search: Search, *, limit: int, sorts: list[object]) -> dict[str, object]:
    return {
        "filterGroups": [{"filters": list(group)} for group in search.groups],
        "sorts": sorts,
        "properties": list(search.properties),
        "limit": limit,
        "after": "0",
    }


def _is_filter(told: Json) -> bool:
    return isinstance(told.get("propertyName"), str) and isinstance(told.get("operator"), str)
