"""List reads: a module page by page, records by id, deleted records, the number of records.

`fields` must be given, at most 50; the first 2000 rows go by page, further ones by a token that is bound to
the same parameters. No rows is 204 without a body, nothing changed 304.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.errors import InvalidRequestError
from writeback_zoho.limits import DISCRETE_ROWS, FIELDS_MOST, IDS_A_READ, PAGE_ROWS
from writeback_zoho.wire.answers import Answer, Json, member, members, number_of
from writeback_zoho.wire.ids import api_name, known_id, row_id
from writeback_zoho.wire.versions import stamp_of, wire_moment

Asked = tuple[str, dict[str, str]]
"""Path and parameters of a GET."""

ENDED: Final = frozenset({"zoho.pagination_limit_exceeded", "zoho.discrete_pagination_limit_exceeded"})
"""Our codes for: Zoho's pages end here."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list the next page begins."""

    page: int = 1
    token: str = ""


def field_chunks(names: abc.Sequence[str], *, room: int = FIELDS_MOST) -> list[tuple[str, ...]]:
    """Cut fields into groups that one read can carry; `room` is that of the first group."""
    first, rest = tuple(names[:room]), names[room:]
    return [first, *(tuple(rest[at : at + FIELDS_MOST]) for at in range(0, len(rest), FIELDS_MOST))]


def prepare_page(module: str, fields: abc.Iterable[str], place: Place) -> Asked:
    """Ask for a page, oldest id first, so that a read can go on by id where Zoho's pages end."""
    parameters = {
        "fields": ",".join(api_name(name) for name in fields),
        "per_page": str(PAGE_ROWS),
        "sort_by": "id",
        "sort_order": "asc",
    }
    where = {"page_token": place.token} if place.token else {"page": str(place.page)}
    return api_name(module), parameters | where


def since_header(moment: datetime | None) -> dict[str, str]:
    """Give the header that leaves out what did not change since."""
    return {} if moment is None else {"If-Modified-Since": wire_moment(moment)}


def parse_page(answer: Answer, place: Place) -> tuple[list[Json], Place | None]:
    """Give the rows of a page and where the next one begins; None at the end.

    Raises:
        InvalidRequestError: The answer holds no rows that can be read.
    """
    if answer.is_empty:
        return [], None
    rows, info = members(answer.content, "data"), member(answer.content, "info")
    if info.get("more_records") is not True:
        return rows, None
    token = info.get("next_page_token")
    return rows, Place(place.page + 1, token if isinstance(token, str) else "")


def is_past_pages(place: Place) -> bool:
    """Say whether a page lies beyond what `page` reaches and has no token."""
    return not place.token and (place.page - 1) * PAGE_ROWS >= DISCRETE_ROWS


def prepare_by_ids(module: str, fields: abc.Iterable[str], ids: abc.Iterable[str]) -> Asked:
    """Ask for records by id, at most `IDS_A_READ`."""
    parameters = {
        "ids": ",".join(row_id(one) for one in ids),
        "fields": ",".join(api_name(name) for name in fields),
        "per_page": str(PAGE_ROWS),
    }
    return api_name(module), parameters


def id_chunks(ids: abc.Sequence[str]) -> abc.Iterator[abc.Sequence[str]]:
    """Cut ids into groups that one address can carry."""
    for start in range(0, len(ids), IDS_A_READ):
        yield ids[start : start + IDS_A_READ]


def known_ids(keys: abc.Iterable[str]) -> list[str]:
    """Give those keys that may be record ids, each once; others would fail the whole call."""
    found = (known_id(key) for key in keys)
    return list(dict.fromkeys(key for key in found if key is not None))


def by_id(answer: Answer) -> dict[str, Json]:
    """Give the records of an answer by their id; one that is missing is left out."""
    if answer.is_empty:
        return {}
    rows = ((known_id(row.get("id")), row) for row in members(answer.content, "data"))
    return {key: row for key, row in rows if key is not None}


def prepare_deleted(module: str, page: int) -> Asked:
    """Ask for deleted records, out of the recycle bin and gone for good."""
    parameters = {"type": "all", "page": str(page), "per_page": str(PAGE_ROWS)}
    return f"{api_name(module)}/deleted", parameters


def parse_deleted(answer: Answer, *, since: datetime) -> tuple[tuple[str, ...], bool]:
    """Give the ids deleted since a moment, and whether there are more pages.

    One without a moment counts: a deletion too many costs a look, one too few leaves a ghost.
    """
    if answer.is_empty:
        return (), False
    rows = members(answer.content, "data")
    ids = (known_id(row.get("id")) for row in rows if _is_young(row.get("deleted_time"), since))
    has_more = member(answer.content, "info").get("more_records") is True and bool(rows)
    return tuple(one for one in ids if one is not None), has_more


def prepare_count(module: str) -> Asked:
    """Ask how many records a module has."""
    return f"{api_name(module)}/actions/count", {}


def parse_count(answer: Answer) -> int:
    """Read a count.

    Raises:
        InvalidRequestError: The answer holds none.
    """
    content = answer.content
    if answer.is_empty:
        return 0
    if not isinstance(content, abc.Mapping) or "count" not in content:
        raise InvalidRequestError("zoho.unreadable_answer", expected="count")
    return number_of(content, "count")


def _is_young(told: object, since: datetime) -> bool:
    moment = stamp_of(told)
    return moment is None or moment >= since
