"""Records that are made: POST of one, or a batch of up to 100 of which each stands for itself.

Never an upsert: a record that has the value already stays as it is. A batch carries a trace id for each
input, all of them different: only then does HubSpot make some and refuse others (contract, section 6); where
it refuses a batch as a whole all the same, nothing of it was made.

That a record is there already is told in two ways: of a contact's e-mail by 409 (``Contact already exists``;
section 11), of a property with `hasUniqueValue` by the word ``CONFLICTING_UNIQUE_VALUE`` beside its name
(reported; no published page shows it). Anything else, and what is said of another property, is a refusal.
"""

from collections import abc
from typing import Final

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Prepared, Write, WriteAnswer, WriteRequest
from writeback_hubspot.errors import Problem, error_for, problem_of, values_of
from writeback_hubspot.wire.answers import Answer, Json, dicts, read_object
from writeback_hubspot.wire.associations import types_of
from writeback_hubspot.wire.batches import TRACE, check_count, context_of
from writeback_hubspot.wire.describes import COMPANY_FIELD, Described, association_of
from writeback_hubspot.wire.paths import batch_path, known_id, records_path, row_id, versioned
from writeback_hubspot.wire.refusals import refused, row_refusal, unknown
from writeback_hubspot.wire.writes import properties_of, to_bytes, written

CONTACTS: Final = "contacts"
EMAIL: Final = "email"
_THERE: Final = frozenset({"CONFLICT", "CONTACT_EXISTS", "OBJECT_ALREADY_EXISTS"})
"""How a contact's e-mail that somebody has is refused; the words changed (community, message 951534)."""
_NAMES: Final = ("category", "error")
"""Where these words stand."""
_TAKEN: Final = "CONFLICTING_UNIQUE_VALUE"


def create_keys(described: Described) -> tuple[str, ...]:
    """Give the texts of which HubSpot keeps every value once: `hasUniqueValue`, and the e-mail of contacts.

    The domain of a company is not unique through the API (contract, trap 17).
    """
    return tuple(
        field.name
        for field in described.info.fields
        if field.name in described.unique
        and field.is_createable
        and field.kind in (AttributeType.TEXT, AttributeType.EMAIL)
        and field.name in described.texts
    )


def prepare_create(request: WriteRequest, *, version: str) -> Prepared:
    """Turn writes into a POST: of one record, or of at most 100.

    Raises:
        ContractBrokenError: There are more than the route holds, or one has no key or names it twice.
        InvalidRequestError: One key stands twice.
    """
    if request.route is Route.SINGLE:
        if len(request.writes) != 1:
            raise ContractBrokenError("hubspot.too_many_writes", given=len(request.writes), most=1)
        path, body = records_path(request.object), _input(request, request.writes[0])
        return Prepared(request, "POST", versioned(path, version), to_bytes(body))
    check_count(request)
    inputs = [{**_input(request, write), TRACE: write.key} for write in request.writes]
    path = versioned(batch_path(request.object, "create"), version)
    return Prepared(request, "POST", path, to_bytes({"inputs": inputs}))


def parse_create(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request.

    Raises:
        ConnectorError: The request was refused as a whole; nothing of it was made.
    """
    if answer.status >= 300 and len(request.writes) > 1:
        raise error_for(answer.status, answer.content, is_write=True, headers=answer.headers)
    if answer.status >= 300:
        return WriteAnswer((_refused_alone(answer, request),))
    told = read_object(answer)
    if told is None:
        return WriteAnswer(tuple(unknown(write.key, "hubspot.answer_unreadable") for write in request.writes))
    if request.route is Route.SINGLE:
        return WriteAnswer((_made(told, request.writes[0], request),))
    return WriteAnswer(tuple(_results(told, request)))


def _input(request: WriteRequest, write: Write) -> dict[str, object]:
    """Give one record as it is to be made; a link to its company travels along."""
    links = [wish for wish in write.fields if wish.field == COMPANY_FIELD]
    properties = properties_of(_whole(write, request))
    associations = [_association(request.object, wish, write) for wish in links]
    return {"properties": properties, "associations": associations}


def _whole(write: Write, request: WriteRequest) -> Write:
    """Give a write with its key among the properties, and without the link."""
    if not write.record_id.strip():
        raise ContractBrokenError("hubspot.no_create_key", key=write.key)
    key = FieldWish(request.creates_by, AttributeType.EMAIL, write.record_id)
    fields = (key, *(wish for wish in write.fields if wish.field != COMPANY_FIELD))
    return Write(write.key, write.record_id, None, fields)


def _association(object_name: str, wish: FieldWish, write: Write) -> dict[str, object]:
    association = association_of(object_name)
    if association is None or not isinstance(wish.wish, str):
        raise ContractBrokenError("hubspot.no_target", key=write.key)
    return {"to": {"id": row_id(wish.wish)}, "types": types_of(association)}


def _results(told: Json, request: WriteRequest) -> abc.Iterator[Result]:
    rows = {str(row.get(TRACE)): row for row in dicts(told.get("results"))}
    errors = {trace: error for error in dicts(told.get("errors")) for trace in context_of(error, TRACE)}
    for write in request.writes:
        if write.key in errors:
            yield _refused(write, request, errors[write.key])
        elif write.key in rows:
            yield _made(rows[write.key], write, request)
        else:
            yield unknown(write.key, "hubspot.answer_incomplete")


def _made(told: Json, write: Write, request: WriteRequest) -> Result:
    made = known_id(str(told.get("id") or ""))
    if made is None:
        return unknown(write.key, "hubspot.answer_unreadable")
    return written(_whole(write, request), told, made=made)


def _refused_alone(answer: Answer, request: WriteRequest) -> Result:
    (write,) = request.writes
    told = read_object(answer)
    is_taken = told is not None and _is_taken(told, request, status=answer.status)
    if answer.status in (400, 409) and is_taken:
        return _exists(write, request, problem_of(told))
    return row_refusal(write.key, answer)


def _refused(write: Write, request: WriteRequest, error: Json) -> Result:
    problem = problem_of(error)
    return _exists(write, request, problem) if _is_taken(error, request) else refused(write.key, problem)


def _exists(write: Write, request: WriteRequest, problem: Problem) -> Result:
    return Result(write.key, Outcome.CONFLICT, "create.exists", problem.message, (request.creates_by,))


def _is_taken(told: Json, request: WriteRequest, *, status: int = 400) -> bool:
    """Say whether a refusal says of the key that a record has it already."""
    by = request.creates_by.casefold()
    if any(value.code == _TAKEN and by in map(str.casefold, value.fields) for value in values_of(told)):
        return True
    is_contacts_email = request.object == CONTACTS and by == EMAIL
    named = {str(told.get(name)) for name in _NAMES}
    return is_contacts_email and (status == 409 or not _THERE.isdisjoint(named))
