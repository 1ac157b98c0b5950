"""One row, one call: PATCH of a record. HubSpot checks no version; the answer is 200 with the record."""

from writeback.errors import ContractBrokenError
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_hubspot.wire.answers import Answer, read_object
from writeback_hubspot.wire.paths import record_path, versioned
from writeback_hubspot.wire.refusals import row_refusal, unknown
from writeback_hubspot.wire.writes import applied, properties_of, to_bytes


def prepare_update(request: WriteRequest, *, version: str) -> Prepared:
    """Turn one write into a PATCH.

    Raises:
        ContractBrokenError: There is not exactly one write.
    """
    if len(request.writes) != 1:
        raise ContractBrokenError("hubspot.too_many_writes", given=len(request.writes), most=1)
    write = request.writes[0]
    path = versioned(record_path(request.object, write.record_id), version)
    return Prepared(request, "PATCH", path, to_bytes({"properties": properties_of(write)}))


def parse_update(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give the one write its result.

    Raises:
        ConnectorError: The refusal is not about the row.
    """
    write = request.writes[0]
    if answer.status >= 300:
        return WriteAnswer((row_refusal(write.key, answer),))
    told = read_object(answer)
    if told is None:
        return WriteAnswer((unknown(write.key, "hubspot.answer_unreadable"),))
    return WriteAnswer((applied(write, told),))
