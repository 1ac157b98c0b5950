"""Zoho's refusals, read from any body they come in, and what they mean in our error tree.

Resources answer a flat ``{"code","message","details","status"}``, writes a ``data`` of such objects, the
token server ``{"error"}`` (with HTTP 200), the edge HTML. A code is the vendor's, in lower case, after
``zoho.``.

Must not: know requests or rows of a write (`wire.refusals`), nor put an address into an error.
"""

import json
from collections import abc
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import requests

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    QuotaSpentError,
    RateLimitedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
)

VENDOR_ERRORS: Final = (requests.RequestException,)
"""Every exception that the handed session may let through to us."""
NOT_PROCESSED: Final = frozenset({"TOO_MANY_REQUESTS", "API_LIMIT_EXCEEDED"})
"""Codes that mean: this was not processed, it may be sent again. A locked record is not among them: the
lock is a rule of the org, not somebody who is just writing."""
WRONG_SCOPE: Final = "OAUTH_SCOPE_MISMATCH"
_NO_RIGHT: Final = frozenset({WRONG_SCOPE, "NO_PERMISSION", "AUTHORIZATION_FAILED"})
EXPIRED_READS: Final = frozenset({"zoho.expired_value", "zoho.token_bound_data_mismatch"})
"""A page's token is no good any more: the read begins anew, the same question will not do."""
_SERVER_FAILED: Final = 500
_FAILURES: Final = frozenset({"INTERNAL_ERROR", "INTERNAL_SERVER_ERROR"})
_AWAY: Final = frozenset({500, 502, 503, 504})
"""Statuses of a server that is away for the moment; others of their kind are told as the first."""
_SHOWN: Final = 300
SCHEMA_CODES: Final = frozenset(
    {
        "zoho.authorization_failed",
        "zoho.dependent_field_missing",
        "zoho.dependent_mismatch",
        "zoho.expected_field_missing",
        "zoho.invalid_data",
        "zoho.invalid_module",
        "zoho.mandatory_not_found",
        "zoho.no_permission",
        "zoho.no_such_field",
        "zoho.no_such_module",
    }
)
"""Refusals that may mean: a field is gone, locked or otherwise shaped than it was described.

Section 5 of the wire contract; our own codes where the session's description answers first.
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as Zoho says it."""

    code: str
    message: str
    fields: tuple[str, ...] = ()
    place: int | None = None
    """Which row of the request it names (`$.data[3].Company`), where it does."""


def parsed(content: bytes) -> object:
    """Read JSON with exact numbers; None for what is none, or an empty body."""
    try:
        return json.loads(content, parse_float=Decimal) if content.strip() else None
    except ValueError:
        return None


def problem_of(told: object) -> Problem:
    """Read one error object, several errors of one row in one; empty where it says nothing we can read."""
    if not isinstance(told, abc.Mapping):
        return Problem("", "")
    code, message = str(told.get("code") or told.get("error") or ""), str(told.get("message") or "")
    details = told.get("details")
    if not isinstance(details, abc.Mapping):
        return Problem(code, message)
    inner = [problem_of(one) for one in _list(details.get("errors"))]
    if inner:
        messages = "; ".join(f"{one.code} {' '.join(one.fields)}: {one.message}" for one in inner)
        names = tuple(dict.fromkeys(name for one in inner for name in one.fields))
        return Problem(code, f"{message}: {messages}", names, inner[0].place)
    api_name = details.get("api_name")
    return Problem(
        code, message + _more(details), (str(api_name),) if api_name else (), _place(details.get("json_path"))
    )


def our_code(vendor_code: str, *, status: int) -> str:
    """Give our form of a vendor's code; a body without one is named by its status."""
    word = "".join(letter if letter.isalnum() else "_" for letter in vendor_code.strip().lower())
    return f"zoho.{word}" if word else f"zoho.http_{status}"


def error_for(
    status: int, content: object, headers: abc.Mapping[str, str] | None = None, *, is_write: bool
) -> ConnectorError:
    """Say what a refused request means: what to do next decides the class.

    Args:
        status: Of the answer.
        content: Its body, parsed.
        headers: Its headers; they tell whether it was the day's quota.
        is_write: Whether something may have changed: then a 5xx leaves open whether it did.
    """
    problem = problem_of(content)
    code = our_code(problem.code, status=status)
    message = problem.message[:_SHOWN]
    if status == 429 or problem.code in NOT_PROCESSED:
        spent = (headers or {}).get("X-API-CREDITS-REMAINING", "").strip() == "0"
        return (QuotaSpentError if spent else RateLimitedError)(code, message=message)
    if problem.code in _NO_RIGHT or status == 403:
        return PermissionDeniedError(code, message=message)
    if status == 401:
        return SignInRequiredError(code, message=message)
    if status >= _SERVER_FAILED:
        return _away(problem, status, is_write=is_write)
    if code in EXPIRED_READS:
        return RetryableError(code, message=message)
    return InvalidRequestError(code, status=status, message=message)


def _away(problem: Problem, status: int, *, is_write: bool) -> ConnectorError:
    message = problem.message[:_SHOWN]
    if is_write:
        return OutcomeUnknownError("zoho.write_open", status=status, message=message)
    code = our_code(
        problem.code if problem.code in _FAILURES else "", status=status if status in _AWAY else 500
    )
    return ServerBusyError(code, status=status, message=message)


def translate(error: Exception, *, is_write: bool) -> ConnectorError:
    """Turn an exception of the handed session into one of our tree.

    Raise the answer ``from None``: the foreign exception carries the address.
    """
    if is_write:
        return OutcomeUnknownError("zoho.answer_unreadable", kind=type(error).__name__)
    return RetryableError("zoho.answer_unreadable", kind=type(error).__name__)


def _more(details: abc.Mapping[object, object]) -> str:
    """Give those details that a person can act on, in Zoho's own names."""
    known = ("expected_data_type", "maximum_length", "supported_values", "limit", "param_name", "reason")
    told = [f"{name} {_words(details[name])}" for name in known if name in details]
    duplicate = details.get("duplicate_record")
    if isinstance(duplicate, abc.Mapping) and duplicate.get("id"):
        told.append(f"id {duplicate['id']}")
    return f" ({', '.join(told)})" if told else ""


def _words(value: object) -> str:
    return ", ".join(str(one) for one in value[:20]) if isinstance(value, list) else str(value)


def _place(path: object) -> int | None:
    number = str(path or "").partition("$.data[")[2].partition("]")[0]
    return int(number) if number.isdecimal() and number.isascii() else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
