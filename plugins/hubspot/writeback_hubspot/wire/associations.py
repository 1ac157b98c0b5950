"""Re-pointing and clearing the primary company: one call for one record, one batch for up to 100.

An association is no property, so no PATCH carries it. Setting the primary one makes the former primary an
ordinary one; nothing is removed. Clearing removes the whole association to the company that the write was
judged by, not its mark alone: an only company is the primary one without a mark. Associations to other
companies stay. (Associations guide; contract §9.)
"""

from collections import abc
from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.jobs import Outcome, Result
from writeback.model.types import Clear
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback_hubspot.errors import Problem, error_for, problem_of
from writeback_hubspot.wire.answers import Answer, Json, dicts, read_object
from writeback_hubspot.wire.batches import check_count, context_of
from writeback_hubspot.wire.describes import Association
from writeback_hubspot.wire.paths import association_batch_path, association_path, row_id, versioned
from writeback_hubspot.wire.refusals import refused, row_refusal, unknown
from writeback_hubspot.wire.writes import to_bytes

NAMES: Final = ("fromObjectId", "fromObjectIds", "from", "ids", "id")
"""Under which an error's context may name the record; the documents do not say."""


def prepare_link(request: WriteRequest, association: Association, *, version: str) -> Prepared:
    """Turn one write into a PUT of its association.

    Raises:
        ContractBrokenError: There is not exactly one write, or it clears.
    """
    if len(request.writes) != 1:
        raise ContractBrokenError("hubspot.too_many_writes", given=len(request.writes), most=1)
    write = request.writes[0]
    path = association_path(request.object, write.record_id, association.target, target_of(write))
    return Prepared(request, "PUT", versioned(path, version), to_bytes(types_of(association)))


def prepare_links(request: WriteRequest, association: Association, *, version: str) -> Prepared:
    """Put at most 100 associations into one request.

    Raises:
        ContractBrokenError: There are more, or one clears.
        InvalidRequestError: One record is written twice.
    """
    check_count(request)
    inputs = [
        {
            "from": {"id": row_id(write.record_id)},
            "to": {"id": target_of(write)},
            "types": types_of(association),
        }
        for write in request.writes
    ]
    path = association_batch_path(request.object, association.target, "create")
    return Prepared(request, "POST", versioned(path, version), to_bytes({"inputs": inputs}))


def prepare_unlink(request: WriteRequest, association: Association, *, version: str) -> Prepared:
    """Turn one clear into a DELETE of the association that is there.

    Raises:
        ContractBrokenError: There is not exactly one write, or nobody knows what it held.
    """
    if len(request.writes) != 1:
        raise ContractBrokenError("hubspot.too_many_writes", given=len(request.writes), most=1)
    write = request.writes[0]
    path = association_path(request.object, write.record_id, association.target, held_by(write))
    return Prepared(request, "DELETE", versioned(path, version), b"")


def prepare_unlinks(request: WriteRequest, association: Association, *, version: str) -> Prepared:
    """Put at most 100 clears into one request.

    Raises:
        ContractBrokenError: There are more, or nobody knows what one held.
        InvalidRequestError: One record is written twice.
    """
    check_count(request)
    inputs = [
        {"from": {"id": row_id(write.record_id)}, "to": [{"id": held_by(write)}]} for write in request.writes
    ]
    path = association_batch_path(request.object, association.target, "archive")
    return Prepared(request, "POST", versioned(path, version), to_bytes({"inputs": inputs}))


def parse_unlinks(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every clear its result: the answer is empty (204, or 200 without results), or names problems.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True, headers=answer.headers)
    told = read_object(answer) if answer.content.strip() else {}
    if told is None:
        return WriteAnswer(tuple(unknown(write.key, "hubspot.answer_unreadable") for write in request.writes))
    errors = dicts(told.get("errors"))
    problems = _problems(errors)
    ours = {write.record_id for write in request.writes}
    is_whole = all(ours.intersection(context_of(error, *NAMES)) for error in errors)
    return WriteAnswer(tuple(_unlinked(write, problems, is_whole=is_whole) for write in request.writes))


def _unlinked(write: Write, problems: abc.Mapping[str, Problem], *, is_whole: bool) -> Result:
    """Give one clear's result; a problem that names no row may be about any of them."""
    if write.record_id in problems:
        return refused(write.key, problems[write.record_id])
    return Result(write.key, Outcome.APPLIED) if is_whole else unknown(write.key, "hubspot.answer_incomplete")


def clears(request: WriteRequest) -> bool:
    """Say whether the writes take associations away.

    Raises:
        InvalidRequestError: Some do and some do not: they are different requests.
    """
    found = {isinstance(wish.wish, Clear) for write in request.writes for wish in write.fields}
    if len(found) > 1:
        raise InvalidRequestError("hubspot.association_clear_alone")
    return True in found


def held_by(write: Write) -> str:
    """Give the company that a clear takes away.

    Raises:
        ContractBrokenError: Nobody knows what was there, or the write touches another field too.
    """
    held = write.fields[0].held if len(write.fields) == 1 else None
    if not isinstance(held, str):
        raise ContractBrokenError("hubspot.no_target", key=write.key)
    return row_id(held)


def parse_link(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give the one write its result; any answer below 300 made the association, or took it away.

    Raises:
        ConnectorError: The refusal is not about the row.
    """
    write = request.writes[0]
    if answer.status >= 300:
        return WriteAnswer((row_refusal(write.key, answer),))
    return WriteAnswer((Result(write.key, Outcome.APPLIED),))


def parse_links(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request; each result names both ends.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True, headers=answer.headers)
    told = read_object(answer)
    if told is None:
        return WriteAnswer(tuple(unknown(write.key, "hubspot.answer_unreadable") for write in request.writes))
    made = {ends_of(row) for row in dicts(told.get("results"))}
    problems = _problems(dicts(told.get("errors")))
    return WriteAnswer(tuple(_result(write, made, problems) for write in request.writes))


def target_of(write: Write) -> str:
    """Give the record that a write points at.

    Raises:
        ContractBrokenError: It points at none, or touches another field too.
    """
    wish = write.fields[0].wish if len(write.fields) == 1 else None
    if not isinstance(wish, str):
        raise ContractBrokenError("hubspot.no_target", key=write.key)
    return row_id(wish)


def types_of(association: Association) -> list[dict[str, object]]:
    """Give the kind of association as HubSpot names it."""
    return [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": association.type_id}]


def ends_of(row: Json) -> tuple[str, str]:
    """Read both ends of a result, in either of the forms that v4 and the dated versions have."""
    source, target = row.get("from"), row.get("to")
    first = source.get("id") if isinstance(source, abc.Mapping) else row.get("fromObjectId")
    second = target.get("id") if isinstance(target, abc.Mapping) else row.get("toObjectId")
    return str(first), str(second)


def _problems(errors: abc.Iterable[Json]) -> dict[str, Problem]:
    return {name: problem_of(error) for error in errors for name in context_of(error, *NAMES)}


def _result(write: Write, made: abc.Set[tuple[str, str]], problems: abc.Mapping[str, Problem]) -> Result:
    if (write.record_id, target_of(write)) in made:
        return Result(write.key, Outcome.APPLIED)
    named = write.record_id if write.record_id in problems else target_of(write)
    if named in problems:
        return refused(write.key, problems[named])
    return unknown(write.key, "hubspot.answer_incomplete")
