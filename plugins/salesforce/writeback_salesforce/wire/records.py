"""One row, one call: PATCH of a record. Salesforce checks its version, to the second, when asked to."""

from writeback.errors import ContractBrokenError
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.ids import api_name, row_id
from writeback_salesforce.wire.refusals import row_result
from writeback_salesforce.wire.writes import Steering, condition, fields_of, to_bytes


def prepare_update(request: WriteRequest, *, steer: Steering) -> Prepared:
    """Turn one write into a PATCH; its answer is 204 without a body.

    Raises:
        ContractBrokenError: There is not exactly one write, or a condition without a base.
    """
    if len(request.writes) != 1:
        raise ContractBrokenError("salesforce.too_many_writes", given=len(request.writes), most=1)
    write = request.writes[0]
    checked = (condition(write),) if request.is_conditional else ()
    return Prepared(
        request,
        "PATCH",
        f"sobjects/{api_name(request.object)}/{row_id(write.record_id)}",
        to_bytes(fields_of(write)),
        (*steer.headers, *checked),
    )


def parse_update(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give the one write its result.

    Raises:
        ConnectorError: The refusal is not about the row.
    """
    return WriteAnswer((row_result(request.writes[0].key, answer),))
