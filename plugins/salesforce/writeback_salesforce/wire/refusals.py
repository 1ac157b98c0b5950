"""What a refusal of one row means: refused for good, a conflict, not processed, or nobody knows.

Must not decide whether to try again; `Result.again` says only that the row was not processed.
"""

from typing import Final

from writeback.model.changes import Reason
from writeback.model.jobs import Outcome, Result
from writeback.model.types import AttributeType, Wish
from writeback_salesforce.errors import NOT_PROCESSED, Problem, error_for, our_code, problems_of
from writeback_salesforce.limits import BULK_CELL_CHARACTERS
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.values import CLEAR_CELL, has_lone_cr

_ROW_STATUSES: Final = frozenset({300, 400, 403, 404, 409, 412})
_WHOLE_REQUEST: Final = frozenset(
    {"REQUEST_LIMIT_EXCEEDED", "API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED", "INVALID_SESSION_ID"}
)


def row_result(key: str, answer: Answer) -> Result:
    """Give the result of a write that had an answer of its own: a single PATCH, or a part of a composite.

    Raises:
        ConnectorError: The refusal is not about this row.
    """
    if answer.status < 300:
        return Result(key, Outcome.APPLIED)
    problems = problems_of(answer.content)
    first = problems[0] if problems else Problem("", "")
    if answer.status not in _ROW_STATUSES or first.code in _WHOLE_REQUEST:
        raise error_for(answer.status, answer.content, is_write=True)
    if answer.status == 412:  # any 412 is a conflict: its body is not documented
        code = our_code(first.code or "PRECONDITION_FAILED", status=412)
        return Result(key, Outcome.CONFLICT, code, first.message, first.fields)
    return refused(key, first, status=answer.status)


def refused(key: str, problem: Problem, *, status: int = 400) -> Result:
    """Give the result of a row that Salesforce refused, in its own words."""
    code = our_code(problem.code, status=status)
    is_open = problem.code.upper() in NOT_PROCESSED
    return Result(key, Outcome.REJECTED, code, problem.message, problem.fields, again=is_open)


def unknown(key: str, code: str) -> Result:
    """Give the result of a row that was sent and is named nowhere in the answer."""
    return Result(key, Outcome.UNKNOWN, code)


def bulk_refuses(kind: AttributeType, wish: Wish) -> Reason | None:
    """Say why an upload cannot carry a wish that the other routes can; None: it can."""
    text = ";".join(wish) if isinstance(wish, tuple) else wish
    if not isinstance(text, str):
        return None
    if text.strip() == CLEAR_CELL:
        return Reason("salesforce.bulk_cannot_write_na", (("kind", kind.value),))
    if has_lone_cr(text):
        return Reason("salesforce.bulk_cannot_carry_cr", (("kind", kind.value),))
    if len(text) > BULK_CELL_CHARACTERS:
        return Reason("salesforce.bulk_cell_too_long", (("most", str(BULK_CELL_CHARACTERS)),))
    return None
