"""Many rows in one $batch: each PATCH is a part with a condition and a result of its own.

`continue-on-error` keeps a refused part from ending the batch; results come in the order of the request. A
part that names another row than the one in its place shows that they do not: then only names count.
[execute-batch-operations]
"""

from collections import abc
from typing import Final

from writeback.errors import ContractBrokenError
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_dynamics.errors import error_for
from writeback_dynamics.limits import BATCH_PARTS, MULTIPLE_ROWS, SERVICE_ROOT
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.describes import Described
from writeback_dynamics.wire.literals import guid_of, row_id
from writeback_dynamics.wire.multipart import Part, pack, unpack
from writeback_dynamics.wire.refusals import part_result, unknown
from writeback_dynamics.wire.writes import Headers, Pointing, body_of, condition, row_address, to_bytes

PATH: Final = "$batch"
PART_TYPE: Final = ("Content-Type", "application/json; type=entry")


def prepare_batch(
    request: WriteRequest, described: Described, pointing: Pointing, *, steer: Headers
) -> Prepared:
    """Put writes on one table into one $batch.

    Raises:
        ContractBrokenError: There are more than one holds, or one lacks the version to be checked.
        InvalidRequestError: A write cannot be done as it stands.
    """
    most = BATCH_PARTS if request.is_conditional else MULTIPLE_ROWS
    if not 0 < len(request.writes) <= most:
        raise ContractBrokenError("dynamics.too_many_writes", given=len(request.writes), most=most)
    table = described.table
    parts = [
        Part(
            "PATCH",
            SERVICE_ROOT + row_address(table, write),
            (PART_TYPE, condition(write, table=table, is_conditional=request.is_conditional), *steer),
            to_bytes(body_of(write, described, pointing)),
        )
        for write in request.writes
    ]
    return envelope(request, parts, steer=steer)


def envelope(request: WriteRequest, parts: abc.Sequence[Part], *, steer: Headers) -> Prepared:
    """Put parts into one $batch that goes on after a refused one."""
    boundary, body = pack(parts)
    headers = (
        ("Content-Type", f'multipart/mixed; boundary="{boundary}"'),
        ("Prefer", "odata.continue-on-error"),
    )
    return Prepared(request, "POST", PATH, body, (*headers, *steer))


def parse_batch(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write the result of its own part.

    A batch that ends early says nothing about the rest: those rows are unknown.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    parts = parts_of(answer)
    return WriteAnswer(
        tuple(
            unknown(write.key, "dynamics.answer_incomplete")
            if part is None
            else part_result(write.key, part, is_conditional=request.is_conditional)
            for write, part in zip(request.writes, _of_rows(parts, request), strict=True)
        )
    )


def parts_of(answer: Answer) -> tuple[Answer | None, ...]:
    """Give the answers that a $batch brought, in its order; None for one that cannot be read.

    Raises:
        ConnectorError: The request was refused as a whole.
    """
    parts = unpack(answer.headers.get("content-type", ""), answer.content)
    if not parts and answer.status >= 300:
        raise error_for(
            answer.status, answer.content, is_write=True, retry_after=answer.headers.get("retry-after")
        )
    return parts


def named_row(part: Answer | None) -> str | None:
    """Give the id of the row that a part says it is about, where it says so."""
    address = part.headers.get("odata-entityid", "") if part is not None else ""
    return guid_of(address.rpartition("(")[2].removesuffix(")"))


def _of_rows(parts: abc.Sequence[Answer | None], request: WriteRequest) -> tuple[Answer | None, ...]:
    """Give each write its part; None where there is none, or none that surely is its own."""
    rows = [row_id(write.record_id) for write in request.writes]
    if len(parts) > len(rows):
        return (None,) * len(rows)  # what it answers is not what we asked
    whole = (*parts, *(None,) * (len(rows) - len(parts)))
    names = [named_row(part) for part in whole]
    if all(name in (None, row) for name, row in zip(names, rows, strict=True)):
        return whole
    by_name = dict(zip(names, whole, strict=True))
    return tuple(by_name.get(row) for row in rows)
