"""Many rows in one UpdateMultiple: one transaction, no version check, and an error that names no row.

Any refusal means that no row was written. It is given as an error of the whole request; the engine halves
the request until the row that spoils it stands alone, and that one goes as a PATCH of its own.
[bulk-operations]
"""

from typing import Final

from writeback.errors import ConnectorError, ContractBrokenError, InvalidRequestError
from writeback.model.jobs import Outcome, Result
from writeback.model.types import AttributeType
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_dynamics.errors import error_for, our_code, problem_of
from writeback_dynamics.limits import MULTIPLE_ROWS
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.describes import Described
from writeback_dynamics.wire.literals import address, literal, row_id
from writeback_dynamics.wire.tables import Json, dicts
from writeback_dynamics.wire.writes import JSON_BODY, Headers, Pointing, body_of, to_bytes

_NAMESPACE: Final = "Microsoft.Dynamics.CRM."
_OF_ALL_ROWS: Final = frozenset({"privilege_denied"})
"""A refusal that halving would only repeat: the user may not write the table at all."""


def prepare_offer(table_name: str) -> str:
    """Ask whether a table takes UpdateMultiple: an empty list means no."""
    name = literal(table_name, AttributeType.TEXT)
    return address(
        "sdkmessagefilters",
        {
            "select": "sdkmessagefilterid",
            "filter": f"sdkmessageid/name eq 'UpdateMultiple' and primaryobjecttypecode eq {name}",
        },
    )


def parse_offer(answer: Json) -> bool:
    """Say whether a table takes UpdateMultiple."""
    return bool(dicts(answer, "value"))


def prepare_multiple(
    request: WriteRequest, described: Described, pointing: Pointing, *, steer: Headers
) -> Prepared:
    """Put writes on one table into one UpdateMultiple.

    Raises:
        ContractBrokenError: There are too many, or the version is to be checked: it cannot.
        InvalidRequestError: A write cannot be done as it stands.
    """
    if request.is_conditional or not 0 < len(request.writes) <= MULTIPLE_ROWS:
        raise ContractBrokenError("dynamics.too_many_writes", given=len(request.writes), most=MULTIPLE_ROWS)
    table = described.table
    kind = f"{_NAMESPACE}{table.name}"
    targets = [
        {
            "@odata.type": kind,
            table.key: row_id(write.record_id),
            **body_of(write, described, pointing),
        }
        for write in request.writes
    ]
    path = f"{table.entity_set}/{_NAMESPACE}UpdateMultiple"
    return Prepared(request, "POST", path, to_bytes({"Targets": targets}), (JSON_BODY, *steer))


def parse_multiple(answer: Answer, request: WriteRequest) -> WriteAnswer:
    """Give every write its result: all of them applied.

    Raises:
        InvalidRequestError: Nothing was written; one of the rows is to blame.
        ConnectorError: Nothing was written, or the outcome is unknown.
    """
    if answer.status < 300:
        return WriteAnswer(tuple(Result(write.key, Outcome.APPLIED) for write in request.writes))
    raise _refusal(answer)


def _refusal(answer: Answer) -> ConnectorError:
    problem = problem_of(answer.content)
    if answer.status == 403 and problem.name not in _OF_ALL_ROWS:
        code = our_code(problem, status=answer.status)
        return InvalidRequestError(code, status=answer.status, message=problem.message[:300])
    return error_for(
        answer.status, answer.content, is_write=True, retry_after=answer.headers.get("retry-after")
    )
