"""What a refusal of one row means: refused for good, not processed, or nobody knows.

Must not decide whether to try again; `Result.again` says only that the row was not processed.
"""

from typing import Final

from writeback.model.jobs import Outcome, Result
from writeback_hubspot.errors import NOT_PROCESSED, Problem, error_for, our_code, problem_of
from writeback_hubspot.wire.answers import Answer

_ROW_STATUSES: Final = frozenset({400, 404, 409})


def row_refusal(key: str, answer: Answer) -> Result:
    """Give the result of a refused call that carried one row.

    Raises:
        ConnectorError: The refusal is not about this row.
    """
    if answer.status not in _ROW_STATUSES:
        raise error_for(answer.status, answer.content, is_write=True, headers=answer.headers)
    return refused(key, problem_of(answer.content), status=answer.status)


def refused(key: str, problem: Problem, *, status: int = 400) -> Result:
    """Give the result of a row that HubSpot refused, in its own words."""
    is_open = problem.code.upper() in NOT_PROCESSED
    return Result(
        key,
        Outcome.REJECTED,
        our_code(problem.code, status=status),
        problem.message,
        problem.fields,
        again=is_open,
    )


def unknown(key: str, code: str) -> Result:
    """Give the result of a row that was sent and is named nowhere in the answer."""
    return Result(key, Outcome.UNKNOWN, code)
