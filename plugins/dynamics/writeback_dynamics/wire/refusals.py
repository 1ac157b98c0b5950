"""What an answer about one row means: applied, refused for good, a conflict, not processed, or unknown.

Must not decide whether to try again; `Result.again` says only that the row was not processed.
"""

from typing import Final

from writeback.errors import ConnectorError, OutcomeUnknownError, RetryableError
from writeback.model.jobs import Outcome, Result
from writeback_dynamics.errors import (
    DUPLICATES,
    NO_CODE,
    NOT_PROCESSED,
    Problem,
    error_for,
    our_code,
    problem_of,
)
from writeback_dynamics.wire.answers import Answer

_ROW_STATUSES: Final = frozenset({400, 403, 404, 405, 409, 412, 413, 501})
_STALE: Final = "concurrency_version_mismatch"


def row_result(key: str, answer: Answer, *, is_conditional: bool) -> Result:
    """Give the result of a write that had an answer of its own: a single PATCH, or a part of a $batch.

    Raises:
        ConnectorError: The refusal is not about this row.
    """
    if answer.status < 300:
        return Result(key, Outcome.APPLIED, version=answer.headers.get("etag"))
    problem = problem_of(answer.content)
    code = our_code(problem, status=answer.status)
    if problem.name in NOT_PROCESSED:
        return Result(key, Outcome.REJECTED, code, problem.message, again=True)
    if answer.status not in _ROW_STATUSES and problem.name not in DUPLICATES:
        raise error_for(
            answer.status, answer.content, is_write=True, retry_after=answer.headers.get("retry-after")
        )
    is_stale = is_conditional and answer.status == 412 and _is_about_versions(problem)
    return Result(key, Outcome.CONFLICT if is_stale else Outcome.REJECTED, code, problem.message)


def part_result(key: str, answer: Answer, *, is_conditional: bool) -> Result:
    """Give the result of one part of a $batch, whatever it is: the other parts have their own."""
    try:
        return row_result(key, answer, is_conditional=is_conditional)
    except OutcomeUnknownError as error:
        return unknown(key, error.code)
    except RetryableError as error:  # a limit struck this part: it was not processed
        return Result(key, Outcome.REJECTED, error.code, _words(error), again=True)
    except ConnectorError as error:
        return Result(key, Outcome.REJECTED, error.code, _words(error))


def unknown(key: str, code: str) -> Result:
    """Give the result of a row that was sent and is named nowhere in the answer."""
    return Result(key, Outcome.UNKNOWN, code)


def _is_about_versions(problem: Problem) -> bool:
    """Tell a stale version from a duplicate: both are 412, and the first often has no code."""
    return problem.name == _STALE or problem.code in NO_CODE


def _words(error: ConnectorError) -> str:
    return str(error.facts.get("message", ""))
