"""Records that are made: POST of one, or of up to 200 in one call, each for itself.

Never an upsert: what is there already is refused by the field that the org keeps unique, and stays as it is.
Sections 5, 9 and 11 of the wire contract. The text of ``DUPLICATE_VALUE`` names the field by its API name
and `fields` is empty; where it says ``<unknown>``, nobody knows which field it was, and the row is refused.
"""

import re
from collections import abc
from typing import Final

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback.sdk.values import FieldInfo
from writeback_salesforce.errors import Problem, error_for, problems_of
from writeback_salesforce.limits import COLLECTION_ROWS
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.describes import Described
from writeback_salesforce.wire.ids import api_name, full_id
from writeback_salesforce.wire.refusals import refused, row_result, unknown
from writeback_salesforce.wire.values import Plain, encode_json
from writeback_salesforce.wire.writes import Steering, fields_of, to_bytes

_KEY_TYPES: Final = frozenset({"email", "string"})
"""A key travels as text; a unique number would need its type, which a prepared request does not have."""
_WORD: Final = re.compile(r"\w+")
_DUPLICATE: Final = "DUPLICATE_VALUE"


def create_keys(described: Described) -> tuple[str, ...]:
    """Give the fields that the org keeps unique (`unique`; an external id alone is not), set when made."""
    if not described.is_createable:
        return ()
    return tuple(field.name for field in described.info.fields if _is_key(field))


def _is_key(field: FieldInfo) -> bool:
    return field.is_unique and field.is_createable and field.crm_type in _KEY_TYPES


def prepare_create(request: WriteRequest, *, steer: Steering) -> Prepared:
    """Turn writes into a POST: of one record, or of at most 200 each for itself.

    Raises:
        ContractBrokenError: There are more than the route holds, or one has no key or names it twice.
    """
    most = 1 if request.route is Route.SINGLE else COLLECTION_ROWS
    if not 0 < len(request.writes) <= most:
        raise ContractBrokenError("salesforce.too_many_writes", given=len(request.writes), most=most)
    made = [_fields(request, write) for write in request.writes]
    kind = api_name(request.object)
    if request.route is Route.SINGLE:
        return Prepared(request, "POST", f"sobjects/{kind}", to_bytes(made[0]), steer.headers)
    records = [{"attributes": {"type": kind}, **fields} for fields in made]
    body = to_bytes({"allOrNone": False, "records": records})
    return Prepared(request, "POST", "composite/sobjects", body, steer.headers)


def parse_create(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if request.route is Route.SINGLE:
        return WriteAnswer((_single(answer, request),))
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True)
    rows = answer.content if isinstance(answer.content, list) else []
    if len(rows) != len(request.writes):
        return WriteAnswer(
            tuple(unknown(write.key, "salesforce.answer_incomplete") for write in request.writes)
        )
    pairs = zip(rows, request.writes, strict=True)
    return WriteAnswer(tuple(_row(row, write, by=request.creates_by) for row, write in pairs))


def _fields(request: WriteRequest, write: Write) -> dict[str, Plain]:
    by = api_name(request.creates_by)
    key = encode_json(AttributeType.TEXT, write.record_id)
    if key is None or not write.record_id.strip():
        raise ContractBrokenError("salesforce.no_create_key", key=write.key)
    fields = fields_of(write)
    if by.casefold() in {name.casefold() for name in fields}:
        raise ContractBrokenError("salesforce.field_twice", key=write.key)
    return {by: key, **fields}


def _single(answer: Answer, request: WriteRequest) -> Result:
    (write,) = request.writes
    if answer.status < 300:
        return _row(answer.content, write, by=request.creates_by)
    problems = problems_of(answer.content)
    if problems and problems[0].code == _DUPLICATE:
        return _refused(problems[0], write, by=request.creates_by)
    return row_result(write.key, answer)


def _row(row: object, write: Write, *, by: str) -> Result:
    if not isinstance(row, abc.Mapping):
        return unknown(write.key, "salesforce.answer_unreadable")
    if row.get("success") is True and (made := full_id(str(row.get("id") or ""))) is not None:
        return Result(write.key, Outcome.APPLIED, record_id=made)
    if row.get("success") is not False:
        return unknown(write.key, "salesforce.answer_unreadable")
    problems = problems_of(row.get("errors"))
    return _refused(problems[0] if problems else Problem("", ""), write, by=by)


def _refused(problem: Problem, write: Write, *, by: str) -> Result:
    named = {word.casefold() for word in _WORD.findall(problem.message)}
    if problem.code == _DUPLICATE and by.casefold() in named:
        return Result(write.key, Outcome.CONFLICT, "create.exists", problem.message, (by,))
    return refused(write.key, problem)
