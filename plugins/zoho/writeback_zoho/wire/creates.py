"""Records that are made: one POST of a module carries one to a hundred; the answer is row by row.

Never an upsert: a row whose unique value somebody has already is refused with ``DUPLICATE_DATA`` and the name
of the field (contract, section 5), and the record that has it stays as it is. What stays empty is left out.
"""

from collections import abc
from typing import Final

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Outcome, Result, Route
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback_zoho.errors import problem_of
from writeback_zoho.limits import WRITE_ROWS
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.describes import Described
from writeback_zoho.wire.ids import api_name, known_id
from writeback_zoho.wire.refusals import unknown
from writeback_zoho.wire.values import Json
from writeback_zoho.wire.writes import (
    CrmType,
    Trigger,
    applied,
    body_of,
    details_of,
    fields_of,
    not_applied,
    parse_rows,
)

_KEY_TYPES: Final = frozenset({"email", "phone", "text", "website"})
"""A key travels as text; a unique number would need its type."""
_DUPLICATE: Final = "DUPLICATE_DATA"


def create_keys(described: Described) -> tuple[str, ...]:
    """Give the texts that the module holds to be unique and that may be set as a record is made."""
    return tuple(
        field.name
        for field in described.info.fields
        if field.is_unique and field.is_createable and field.crm_type in _KEY_TYPES
    )


def prepare_create(request: WriteRequest, *, crm_type: CrmType, trigger: Trigger) -> Prepared:
    """Put at most 100 records of one module into one request; SINGLE takes one.

    Raises:
        ContractBrokenError: There are more, a value does not fit, or one has no key or names it twice.
    """
    most = 1 if request.route is Route.SINGLE else WRITE_ROWS
    if not 0 < len(request.writes) <= most:
        raise ContractBrokenError("zoho.too_many_writes", given=len(request.writes), most=most)
    rows = [_fields(write, request, crm_type) for write in request.writes]
    return Prepared(request, "POST", api_name(request.object), body_of(rows, trigger))


def parse_create(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request. See `parse_rows` for what it raises."""

    def read(row: object, write: Write, place: int) -> Result:
        return _result(row, write, place, by=request.creates_by)

    return parse_rows(answer, request, read)


def _fields(write: Write, request: WriteRequest, crm_type: CrmType) -> dict[str, Json]:
    by = api_name(request.creates_by)
    if not write.record_id.strip():
        raise ContractBrokenError("zoho.no_create_key", key=write.key)
    fields = fields_of(write, crm_type)
    if by.casefold() in {name.casefold() for name in fields}:
        raise ContractBrokenError("zoho.field_twice", key=write.key)
    return {by: write.record_id, **{name: value for name, value in fields.items() if value is not None}}


def _result(row: object, write: Write, place: int, *, by: str) -> Result:
    if isinstance(row, abc.Mapping) and row.get("status") == "success":
        told = details_of(row)
        made = known_id(told.get("id"))
        if made is None:
            return unknown(write.key, "zoho.answer_unreadable")
        return applied(write, told, made=made)
    found = not_applied(row, write, place)
    if found.outcome is Outcome.REJECTED and by.casefold() in _taken(row):
        return Result(write.key, Outcome.CONFLICT, "create.exists", found.message, (by,))
    return found


def _taken(row: object) -> set[str]:
    """Give the fields whose value another record has, without case; one row may be refused for several."""
    inner = details_of(row).get("errors")
    told = [row, *(inner if isinstance(inner, list) else ())]
    problems = [problem_of(one) for one in told if isinstance(one, abc.Mapping)]
    return {name.casefold() for problem in problems if problem.code == _DUPLICATE for name in problem.fields}
