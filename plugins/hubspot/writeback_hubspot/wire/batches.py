"""Update up to 100 records in one request: what to send, how to read the answer.

HubSpot answers in any order and with 200, 201 or 207, each of which may carry errors (2026-09 has no 207).
Only the trace id that we sent says which part of the answer belongs to which write; where an answer lacks
it, the record's id does. What the answer names nowhere is UNKNOWN. (Error-handling guide; contract §6.)
"""

from collections import abc

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.jobs import Result
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback_hubspot.errors import Problem, error_for, problem_of
from writeback_hubspot.limits import BATCH_ROWS
from writeback_hubspot.wire.answers import Answer, Json, dicts, read_object
from writeback_hubspot.wire.paths import batch_path, row_id, versioned
from writeback_hubspot.wire.refusals import refused, unknown
from writeback_hubspot.wire.writes import applied, properties_of, to_bytes

TRACE = "objectWriteTraceId"


def prepare_batch(request: WriteRequest, *, version: str) -> Prepared:
    """Put at most 100 writes on one object into one request.

    Raises:
        ContractBrokenError: There are more; cutting batches is the caller's trade.
        InvalidRequestError: One record is written twice, which HubSpot may refuse as a whole.
    """
    check_count(request)
    inputs = [
        {"id": row_id(write.record_id), "properties": properties_of(write), TRACE: write.key}
        for write in request.writes
    ]
    path = versioned(batch_path(request.object, "update"), version)
    return Prepared(request, "POST", path, to_bytes({"inputs": inputs}))


def check_count(request: WriteRequest) -> None:
    """Hold that a batch is not too long and names each record, and each write, once.

    Raises:
        ContractBrokenError: There are more than 100 writes, or none.
        InvalidRequestError: One record is written twice.
    """
    if not 0 < len(request.writes) <= BATCH_ROWS:
        raise ContractBrokenError("hubspot.too_many_writes", given=len(request.writes), most=BATCH_ROWS)
    ids = {write.record_id for write in request.writes}
    if min(len(ids), len({write.key for write in request.writes})) < len(request.writes):
        raise InvalidRequestError("hubspot.record_twice")


def parse_batch(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request.

    Raises:
        ConnectorError: The request was refused as a whole; nothing of it was written.
    """
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True, headers=answer.headers)
    told = read_object(answer)
    if told is None:
        return WriteAnswer(tuple(unknown(write.key, "hubspot.answer_unreadable") for write in request.writes))
    done = _by_write(dicts(told.get("results")), request.writes)
    problems = _problems(dicts(told.get("errors")), request.writes)
    return WriteAnswer(tuple(_result(write, done, problems) for write in request.writes))


def _result(write: Write, done: abc.Mapping[str, Json], problems: abc.Mapping[str, Problem]) -> Result:
    if write.key in problems:
        return refused(write.key, problems[write.key])
    if write.key in done:
        return applied(write, done[write.key])
    return unknown(write.key, "hubspot.answer_incomplete")


def _by_write(rows: abc.Iterable[Json], writes: abc.Sequence[Write]) -> dict[str, Json]:
    """Join the rows of an answer to writes: by trace id, else by record id."""
    keys = {write.key for write in writes}
    by_id = {write.record_id: write.key for write in writes}
    found: dict[str, Json] = {}
    for row in rows:
        trace = row.get(TRACE)
        key = str(trace) if trace in keys else by_id.get(str(row.get("id")))
        if key is not None:
            found[key] = row
    return found


def _problems(errors: abc.Iterable[Json], writes: abc.Sequence[Write]) -> dict[str, Problem]:
    """Join errors to writes by the trace ids, else by the record ids, that their context names."""
    keys = {write.key for write in writes}
    by_id = {write.record_id: write.key for write in writes}
    found: dict[str, Problem] = {}
    for error in errors:
        problem = problem_of(error)
        named = [key for key in context_of(error, TRACE) if key in keys]
        if not named:
            named = [by_id[key] for key in context_of(error, "ids", "id") if key in by_id]
        found |= dict.fromkeys(named, problem)
    return found


def context_of(error: Json, *names: str) -> list[str]:
    """Give the values that an error's context holds under some names, its details included."""
    found: list[str] = []
    for told in (error, *dicts(error.get("errors"))):
        context = told.get("context")
        for name in names:
            values = context.get(name) if isinstance(context, abc.Mapping) else None
            found += [str(value) for value in (values if isinstance(values, list) else [values]) if value]
    return found
