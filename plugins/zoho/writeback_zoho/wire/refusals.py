"""What a refusal of one row means: refused for good, a conflict, not processed, or nobody knows.

Must not decide whether to try again; `Result.again` says only that the row was not processed.
"""

from typing import Final

from writeback.model.changes import Reason
from writeback.model.jobs import Outcome, Result
from writeback.model.types import CLEAR, AttributeType, Wish
from writeback_zoho.errors import NOT_PROCESSED, Problem, our_code
from writeback_zoho.wire.values import has_lone_cr

_CONFLICT: Final = "ALREADY_MODIFIED"
_UNSURE: Final = frozenset({"INTERNAL_ERROR", "INTERNAL_SERVER_ERROR"})
_SEPARATOR: Final = ";"


def row_refused(key: str, problem: Problem) -> Result:
    """Give the result of a row that Zoho did not take, in its own words.

    An internal error leaves open whether the row was written: only a read-back tells.
    """
    code = our_code(problem.code, status=400)
    if problem.code == _CONFLICT:
        return Result(key, Outcome.CONFLICT, code, problem.message, problem.fields)
    if problem.code in _UNSURE:
        return Result(key, Outcome.UNKNOWN, code, problem.message, problem.fields)
    again = problem.code in NOT_PROCESSED
    return Result(key, Outcome.REJECTED, code, problem.message, problem.fields, again=again)


def unknown(key: str, code: str) -> Result:
    """Give the result of a row that was sent and is named nowhere in the answer."""
    return Result(key, Outcome.UNKNOWN, code)


def bulk_refuses(kind: AttributeType, wish: Wish) -> Reason | None:
    """Say why a bulk write cannot carry a wish that a PUT can; None: it can.

    Uploads go with `ignore_empty`: an empty cell leaves its field alone. Without it, it would clear, and a
    field that a row does not touch could not be told from one that it clears. Clears take the other routes.
    So does a text with a carriage return of its own, which would end as another line break.
    """
    if wish is CLEAR or wish == () or (isinstance(wish, str) and not wish.strip()):
        return Reason("zoho.bulk_cannot_clear")
    if isinstance(wish, tuple) and any(_SEPARATOR in option for option in wish):
        return Reason("zoho.bulk_option_with_semicolon")
    texts = wish if isinstance(wish, tuple) else (wish,)
    if any(isinstance(text, str) and has_lone_cr(text) for text in texts):
        return Reason("zoho.bulk_cannot_carry_cr", (("kind", kind.value),))
    return None
