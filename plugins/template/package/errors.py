"""Acme's refusals, and what they mean in our error tree: what to do next decides the class.

Must not: put an address or a token into an error.
"""

import json
from collections import abc
from dataclasses import dataclass

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal as Acme says it."""

    code: str
    message: str
    fields: tuple[str, ...] = ()


def problem_of(told: object) -> Problem:
    """Read a refusal out of a body or a row of results, whatever its form."""
    if isinstance(told, bytes):
        try:
            told = json.loads(told)
        except ValueError:
            return Problem("", "")  # an error page of something in between
    if not isinstance(told, abc.Mapping):
        return Problem("", "")
    field = told.get("field")
    named = (str(field),) if field else ()
    return Problem(str(told.get("code", "")), str(told.get("message", ""))[:300], named)


def our_code(code: str, *, status: int) -> str:
    """Give our form of Acme's code; a body without one is named by its status."""
    return f"acme.{code.lower()}" if code else f"acme.http_{status}"


def error_for(status: int, body: object, *, is_write: bool) -> ConnectorError:
    """Say what a request that was refused as a whole means.

    A 5xx on a write leaves open whether it happened: only a read-back can tell.
    """
    problem = problem_of(body)
    code = our_code(problem.code, status=status)
    if status == 429:
        return RateLimitedError(code, message=problem.message)
    if status == 401:
        return SignInRequiredError(code, message=problem.message)
    if status >= 500:
        kind = OutcomeUnknownError if is_write else ServerBusyError
        return kind(code, status=status, message=problem.message)
    if status == 403:
        return PermissionDeniedError(code, message=problem.message)
    return InvalidRequestError(code, status=status, message=problem.message)
