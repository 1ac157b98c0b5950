"""Salesforce's refusals, read from any body they come in, and what they mean in our error tree.

REST resources answer an array of ``{"message","errorCode","fields"}``, Collections rows say ``statusCode``,
OAuth answers an object, the edge answers HTML. A code is the vendor's, lower-cased, after ``salesforce.``.

Must not: know requests or rows of a write (`wire.refusals`), nor put an address into an error.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Final

import requests
from simple_salesforce.exceptions import SalesforceError, SalesforceOperationError

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

VENDOR_ERRORS: Final = (SalesforceError, SalesforceOperationError, requests.RequestException)
"""Every exception that simple-salesforce or the handed session may let through to us."""
NOT_PROCESSED: Final = frozenset({"UNABLE_TO_LOCK_ROW", "REQUEST_LIMIT_EXCEEDED", "TOOMANYLOCKFAILURE"})
"""Codes that mean: this row was not processed, it may be sent again."""
_EXPIRED_READS: Final = frozenset({"INVALID_QUERY_LOCATOR"})
_QUOTAS: Final = frozenset({"EXCEEDEDQUOTA"})
_MAY_HAVE_HAPPENED: Final = 500
_EDGE: Final = 420
_AWAY: Final = frozenset({420, 500, 502, 503, 504})
"""Statuses of a server that is away for the moment; others of their kind are told as 500."""
SCHEMA_CODES: Final = frozenset(
    {
        "salesforce.insufficient_access_or_readonly",
        "salesforce.invalid_field",
        "salesforce.invalid_field_for_insert_update",
        "salesforce.invalid_or_null_for_restricted_picklist",
        "salesforce.invalid_type",
        "salesforce.invalid_type_on_field_in_record",
        "salesforce.number_outside_valid_range",
        "salesforce.required_field_missing",
        "salesforce.string_too_long",
    }
)
"""Refusals that may mean: a field is gone, locked or otherwise shaped than it was described.

Section 5 of the wire contract.
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as Salesforce says it."""

    code: str
    message: str
    fields: tuple[str, ...] = ()


def problems_of(content: object) -> tuple[Problem, ...]:
    """Read the errors out of a body, whatever its form; none where it says nothing we can read."""
    if isinstance(content, bytes):
        content = content.decode("utf-8", "replace")
    if isinstance(content, str):
        return problems_of(parsed) if (parsed := _parsed(content)) is not None else ()
    if isinstance(content, abc.Mapping):
        return (_problem(content),)
    if isinstance(content, abc.Sequence):
        return tuple(_problem(error) for error in content if isinstance(error, abc.Mapping))
    return ()


def our_code(vendor_code: str, *, status: int) -> str:
    """Give our form of a vendor's code; a body without one is named by its status."""
    return f"salesforce.{vendor_code.lower()}" if vendor_code else f"salesforce.http_{status}"


def error_for(status: int, content: object, *, is_write: bool) -> ConnectorError:
    """Say what a refused request means: what to do next decides the class.

    A 5xx on a write leaves open whether it happened: only a read-back can tell.
    """
    problems = problems_of(content)
    first = problems[0] if problems else Problem("", "")
    code = our_code(first.code, status=status)
    message = first.message[:300]
    if (limit := _limit_error(code, first, status=status)) is not None:
        return limit
    if status == 401:
        return SignInRequiredError(code, message=message)
    if status >= _MAY_HAVE_HAPPENED or status == _EDGE:
        return _away(message, status, is_write=is_write)
    if first.code.upper() in _EXPIRED_READS:
        return RetryableError(code, message=message)
    if status == 403:
        return PermissionDeniedError(code, message=message)
    return InvalidRequestError(code, status=status, message=message)


def _away(message: str, status: int, *, is_write: bool) -> ConnectorError:
    if is_write:
        return OutcomeUnknownError("salesforce.write_open", status=status, message=message)
    code = our_code("", status=status if status in _AWAY else 500)
    return ServerBusyError(code, status=status, message=message)


def translate(error: Exception, *, is_write: bool) -> ConnectorError:
    """Turn an exception of simple-salesforce or of the handed session into one of our tree.

    Raise the answer ``from None``: the foreign exception carries the address and the whole body.
    """
    if isinstance(error, SalesforceError):
        return error_for(error.status, error.content, is_write=is_write)
    if is_write:
        return OutcomeUnknownError("salesforce.answer_unreadable", kind=type(error).__name__)
    return RetryableError("salesforce.answer_unreadable", kind=type(error).__name__)


def _limit_error(code: str, problem: Problem, *, status: int) -> ConnectorError | None:
    if problem.code.upper() in _QUOTAS:
        return QuotaSpentError(code, message=problem.message[:300])
    if status == 403 and problem.code == "REQUEST_LIMIT_EXCEEDED":
        kind = QuotaSpentError if problem.message.startswith("TotalRequests") else RateLimitedError
        return kind(code, message=problem.message[:300])
    if status == 429:
        limit = code if problem.code == "REQUEST_LIMIT_EXCEEDED" else "salesforce.http_429"
        return RateLimitedError(limit, message=problem.message[:300])
    return None


def _parsed(text: str) -> object:
    try:
        return json.loads(text) if text[:1] in "[{" and text else None
    except ValueError:
        return None


def _problem(error: abc.Mapping[object, object]) -> Problem:
    code = error.get("errorCode") or error.get("statusCode") or error.get("error") or ""
    message = error.get("message") or error.get("error_description") or ""
    fields = error.get("fields")
    named = fields if isinstance(fields, list) else ()
    return Problem(str(code), str(message), tuple(str(name) for name in named))
