"""One row, one call: PATCH of the changed columns, with `If-Match` always."""

from writeback.errors import ContractBrokenError
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.describes import Described
from writeback_dynamics.wire.refusals import row_result
from writeback_dynamics.wire.writes import (
    JSON_BODY,
    Headers,
    Pointing,
    body_of,
    condition,
    row_address,
    to_bytes,
)


def prepare_update(
    request: WriteRequest, described: Described, pointing: Pointing, *, steer: Headers
) -> Prepared:
    """Turn one write into a PATCH; its answer is 204 without a body.

    Raises:
        ContractBrokenError: There is not exactly one write, or a condition without a base.
        InvalidRequestError: The write cannot be done as it stands.
    """
    if len(request.writes) != 1:
        raise ContractBrokenError("dynamics.too_many_writes", given=len(request.writes), most=1)
    write = request.writes[0]
    checked = condition(write, table=described.table, is_conditional=request.is_conditional)
    body = to_bytes(body_of(write, described, pointing))
    return Prepared(request, "PATCH", row_address(described.table, write), body, (JSON_BODY, checked, *steer))


def parse_update(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give the one write its result.

    Raises:
        ConnectorError: The refusal is not about the row.
    """
    return WriteAnswer((row_result(request.writes[0].key, answer, is_conditional=request.is_conditional),))
