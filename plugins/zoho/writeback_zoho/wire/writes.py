"""Updating rows: one PUT of a module carries one to a hundred, each with its id; the answer is row by row.

`If-Unmodified-Since` is one header for the whole request, so Zoho itself checks a single row, or rows that
were all changed in one second.
`trigger` left out lets all automation run, an empty list none.
"""

import re
from collections import abc
from dataclasses import replace
from typing import Final

import orjson

from writeback.errors import ConfigurationError, ContractBrokenError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import INTEGER_TYPES
from writeback.sdk.connector import FieldWish, Prepared, Write, WriteAnswer, WriteRequest
from writeback_zoho.errors import error_for, problem_of
from writeback_zoho.limits import WRITE_ROWS
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.ids import api_name, known_id, row_id
from writeback_zoho.wire.refusals import row_refused, unknown
from writeback_zoho.wire.values import Json, encode
from writeback_zoho.wire.versions import moment_of, stamp_of, token_of, wire_moment

CrmType = abc.Callable[[str], str]
"""Gives Zoho's own type of a field."""
Trigger = tuple[str, ...] | None
"""Which automation may run; None: all."""

TRIGGERS: Final = ("approval", "workflow", "blueprint", "pathfinder", "orchestration")
ALL: Final = "all"
NONE: Final = "none"
_SHORTEST_ID: Final = 15
"""Ids have 18 digits and more; a shorter number is a phone, a code, a quantity."""


def trigger_of(option: str) -> Trigger:
    """Read the connection's option: `all`, `none`, or names with commas.

    Raises:
        ConfigurationError: It names an automation that Zoho does not have.
    """
    word = option.strip().lower()
    if word in ("", ALL):
        return None
    if word == NONE:
        return ()
    names = tuple(dict.fromkeys(part for part in re.split(r"[,\s]+", word) if part))
    if not set(names) <= set(TRIGGERS):
        raise ConfigurationError("zoho.bad_option", option="trigger")
    return names


def needs_crm_types(request: WriteRequest) -> bool:
    """Say whether the form of a wish depends on Zoho's own type: it may be a reference, or is an integer."""
    return any(_is_doubtful(wish) for write in request.writes for wish in write.fields)


def prepare_update(request: WriteRequest, *, crm_type: CrmType, trigger: Trigger) -> Prepared:
    """Put at most 100 writes on one module into one request; SINGLE takes one.

    Raises:
        ContractBrokenError: There are more, a value does not fit, or the version is to be checked and one has
            no base, or not all have the same.
    """
    most = 1 if request.route is Route.SINGLE else WRITE_ROWS
    if not 0 < len(request.writes) <= most:
        raise ContractBrokenError("zoho.too_many_writes", given=len(request.writes), most=most)
    headers = (_condition(request.writes),) if request.is_conditional else ()
    rows = [{"id": row_id(write.record_id), **fields_of(write, crm_type)} for write in request.writes]
    return Prepared(request, "PUT", api_name(request.object), body_of(rows, trigger), headers)


def body_of(rows: abc.Sequence[abc.Mapping[str, object]], trigger: Trigger) -> bytes:
    """Write the body of a request with rows, and with the automation that may run."""
    body: dict[str, object] = {"data": list(rows)}
    if trigger is not None:
        body["trigger"] = list(trigger)
    return to_bytes(body)


def parse_update(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request. See `parse_rows` for what it raises."""
    return parse_rows(answer, request, _result)


Read = abc.Callable[[object, Write, int], Result]
"""Gives the result of one element of `data`: the element, its write, its place."""


def parse_rows(answer: Answer, request: WriteRequest, read: Read) -> WriteAnswer:
    """Give every write its result, in the order of the request; the HTTP status alone says nothing.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    is_stale = answer.status == 412 and not request.creates_by
    rows = answer.content.get("data") if isinstance(answer.content, abc.Mapping) else None
    if not isinstance(rows, list) or answer.status >= 500 or answer.status == 429:
        if answer.status < 400:
            return _all_unknown(request, "zoho.answer_unreadable")
        if is_stale:  # any 412 is a conflict, whatever its body
            return _all_modified(answer, request)
        raise error_for(answer.status, answer.content, answer.headers, is_write=True)
    if len(rows) != len(request.writes):
        if is_stale:
            return _all_modified(answer, request)
        if answer.status == 400 and len(rows) == 1 and _is_about_all(rows[0]):
            raise error_for(answer.status, rows[0], answer.headers, is_write=True)
        return _all_unknown(request, "zoho.answer_incomplete")
    pairs = enumerate(zip(rows, request.writes, strict=True))
    return WriteAnswer(tuple(read(row, write, place) for place, (row, write) in pairs))


def fields_of(write: Write, crm_type: CrmType) -> dict[str, Json]:
    """Give one row's fields for a JSON body, without its id.

    Raises:
        ContractBrokenError: A field stands twice, is the id, or is no API name.
    """
    body = {api_name(wish.field): encode(crm_type(wish.field), wish.kind, wish.wish) for wish in write.fields}
    if len(body) != len(write.fields) or "id" in body:
        raise ContractBrokenError("zoho.field_twice", key=write.key)
    return body


def to_bytes(body: object) -> bytes:
    """Write a JSON body.

    Raises:
        ContractBrokenError: A text holds half a character, which no JSON can carry.
    """
    try:
        return orjson.dumps(body)
    except TypeError:
        raise ContractBrokenError("zoho.not_text") from None


def _is_doubtful(wish: FieldWish) -> bool:
    if isinstance(wish.wish, str):
        return len(wish.wish) >= _SHORTEST_ID and known_id(wish.wish) is not None
    return wish.kind in INTEGER_TYPES


def _condition(writes: abc.Sequence[Write]) -> tuple[str, str]:
    """Give the one condition of a request, where all its rows have one version."""
    bases = {write.base for write in writes}
    base = next(iter(bases))
    if len(bases) != 1 or base is None:
        raise ContractBrokenError("zoho.no_base", key=writes[0].key)
    return "If-Unmodified-Since", wire_moment(moment_of(base))


def _all_modified(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Call every row a conflict: the request was refused for one of them, and nothing was written."""
    problem = replace(problem_of(answer.content), code="ALREADY_MODIFIED")
    return WriteAnswer(tuple(row_refused(write.key, problem) for write in request.writes))


def details_of(row: object) -> abc.Mapping[str, object]:
    """Give the details of one element of `data`; nothing where there are none."""
    details = row.get("details") if isinstance(row, abc.Mapping) else None
    return details if isinstance(details, abc.Mapping) else {}


def applied(write: Write, told: abc.Mapping[str, object], *, made: str = "") -> Result:
    """Give the result of a row that was written; `made` is the id of one that was not there before."""
    stamp = stamp_of(told.get("Modified_Time"))  # unreadable: written all the same
    version = None if stamp is None else token_of(stamp.isoformat())
    return Result(write.key, Outcome.APPLIED, version=version, record_id=made)


def _result(row: object, write: Write, place: int) -> Result:
    if isinstance(row, abc.Mapping) and row.get("status") == "success":
        told = details_of(row)
        if known_id(told.get("id")) not in (None, write.record_id):
            return unknown(write.key, "zoho.answer_of_another_row")
        return applied(write, told)
    return not_applied(row, write, place)


def not_applied(row: object, write: Write, place: int) -> Result:
    """Give the result of an element that tells no success; one that is no refusal either proves nothing."""
    if not isinstance(row, abc.Mapping):
        return unknown(write.key, "zoho.answer_unreadable")
    problem = problem_of(row)
    if problem.place not in (None, place):
        return unknown(write.key, "zoho.answer_of_another_row")
    if row.get("status") != "error" or not problem.code:
        return unknown(write.key, "zoho.answer_unreadable")
    return row_refused(write.key, problem)


def _is_about_all(row: object) -> bool:
    """Say whether the one error stands for the whole request: too many rows, no rows."""
    return isinstance(row, abc.Mapping) and row.get("status") == "error" and problem_of(row).place is None


def _all_unknown(request: WriteRequest, code: str) -> WriteAnswer:
    return WriteAnswer(tuple(unknown(write.key, code) for write in request.writes))
