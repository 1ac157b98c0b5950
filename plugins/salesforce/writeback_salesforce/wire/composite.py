"""Up to 25 version-checked rows in one call: each PATCH is a part with a condition of its own.

That Salesforce honours ``If-Unmodified-Since`` in a part is not documented for PATCH (contract, section 20,
2): the option ``composite_conditional`` switches the route off, the conditional single PATCH stays.
"""

from collections import abc

from writeback.errors import ConnectorError, ContractBrokenError, OutcomeUnknownError, RetryableError
from writeback.model.jobs import Outcome, Result
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback_salesforce.errors import error_for
from writeback_salesforce.limits import COMPOSITE_ROWS
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.ids import api_name, row_id
from writeback_salesforce.wire.refusals import row_result, unknown
from writeback_salesforce.wire.writes import Steering, condition, fields_of, to_bytes


def prepare_composite(request: WriteRequest, *, version: str, steer: Steering) -> Prepared:
    """Put at most 25 conditional writes into one request.

    Raises:
        ContractBrokenError: There are more, or one has no base.
    """
    if not 0 < len(request.writes) <= COMPOSITE_ROWS:
        raise ContractBrokenError(
            "salesforce.too_many_writes", given=len(request.writes), most=COMPOSITE_ROWS
        )
    start = f"/services/data/v{version}/sobjects/{api_name(request.object)}/"
    parts = [
        {
            "method": "PATCH",
            "url": start + row_id(write.record_id),
            "referenceId": f"r{place}",
            "body": fields_of(write),
            "httpHeaders": dict((*steer.headers, condition(write))),
        }
        for place, write in enumerate(request.writes)
    ]
    body = to_bytes({"allOrNone": False, "compositeRequest": parts})
    return Prepared(request, "POST", "composite", body, steer.headers)


def parse_composite(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write the result of its own part, joined by reference id.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    if answer.status >= 300:
        raise error_for(answer.status, answer.content, is_write=True)
    parts = answer.content.get("compositeResponse") if isinstance(answer.content, abc.Mapping) else None
    told = {
        str(part.get("referenceId")): part
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, abc.Mapping)
    }
    return WriteAnswer(
        tuple(_result(told.get(f"r{place}"), write) for place, write in enumerate(request.writes))
    )


def _result(part: abc.Mapping[str, object] | None, write: Write) -> Result:
    status = part.get("httpStatusCode") if part else None
    if part is None or not isinstance(status, int):
        return unknown(write.key, "salesforce.answer_incomplete")
    try:
        return row_result(write.key, Answer(status, part.get("body")))
    except OutcomeUnknownError as error:
        return unknown(write.key, error.code)
    except RetryableError as error:  # a limit struck this part: it was not processed
        return Result(
            write.key, Outcome.REJECTED, error.code, str(error.facts.get("message", "")), again=True
        )
    except ConnectorError as error:
        return Result(write.key, Outcome.REJECTED, error.code, str(error.facts.get("message", "")))
