"""Up to 200 rows in one call, each for itself, without a version check: PATCH of composite/sobjects.

The answer is an array in input order. Each element is held against the id that was sent: an answer that
fits no row proves nothing about it.
"""

from collections import abc

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Outcome, Result
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback_salesforce.errors import Problem, error_for, problems_of
from writeback_salesforce.limits import COLLECTION_ROWS
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.ids import api_name, row_id
from writeback_salesforce.wire.refusals import refused, unknown
from writeback_salesforce.wire.writes import Steering, fields_of, to_bytes


def prepare_collection(request: WriteRequest, *, steer: Steering) -> Prepared:
    """Put at most 200 writes on one object into one request.

    Raises:
        ContractBrokenError: There are more; cutting batches is the caller's trade.
    """
    if not 0 < len(request.writes) <= COLLECTION_ROWS:
        raise ContractBrokenError(
            "salesforce.too_many_writes", given=len(request.writes), most=COLLECTION_ROWS
        )
    kind = {"type": api_name(request.object)}
    records = [
        {"attributes": kind, "id": row_id(write.record_id), **fields_of(write)} for write in request.writes
    ]
    body = to_bytes({"allOrNone": False, "records": records})
    return Prepared(request, "PATCH", "composite/sobjects", body, steer.headers)


def parse_collection(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result, in the order of the request.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True)
    rows = answer.content if isinstance(answer.content, list) else []
    if len(rows) != len(request.writes):
        return WriteAnswer(
            tuple(unknown(write.key, "salesforce.answer_incomplete") for write in request.writes)
        )
    return WriteAnswer(tuple(_result(row, write) for row, write in zip(rows, request.writes, strict=True)))


def _result(row: object, write: Write) -> Result:
    if not isinstance(row, abc.Mapping):
        return unknown(write.key, "salesforce.answer_unreadable")
    told = row.get("id")
    if isinstance(told, str) and told[:15] != write.record_id[:15]:
        return unknown(write.key, "salesforce.answer_of_another_row")
    if row.get("success") is True:
        return Result(write.key, Outcome.APPLIED)
    problems = problems_of(row.get("errors"))
    return (
        refused(write.key, problems[0] if problems else Problem("", ""))
        if row.get("success") is False
        else unknown(write.key, "salesforce.answer_unreadable")
    )
