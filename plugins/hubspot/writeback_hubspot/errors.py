"""HubSpot's refusals, read from any body they come in, and what they mean in our error tree.

Every key of an error body is optional; the edge answers HTML. A property error hides a JSON array behind the
first ``: `` of its message, newer answers carry ``errors[]`` besides (error-handling guide). A code is the
vendor's (`error` of a property, else `category`), lower-cased, after ``hubspot.``.

Must not: know requests or rows of a write (`wire.refusals`), nor put an address or a secret into an error.
"""

import re
from collections import abc
from dataclasses import dataclass
from typing import Final

import orjson

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    QuotaSpentError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
)

SHOWN: Final = 300
NOT_PROCESSED: Final = frozenset({"LOCKED", "RATE_LIMITS", "RATE_LIMIT", "TEN_SECONDLY_ROLLING", "SECONDLY"})
"""Categories that mean: this row was not processed, it may be sent again."""
AWAY: Final = frozenset({500, 502, 503, 504})
"""Statuses of a server that is away for the moment; others of their kind are told as the first."""
MIGRATION: Final = 477
LOCKED_S: Final = 2.0
"""The least wait after a 423 (error-handling guide)."""
ROLLING_S: Final = 10.0
SECONDLY_S: Final = 1.0
"""How long the two short windows last (usage guidelines)."""
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,60}", re.ASCII)
_SECRET: Final = re.compile(r"(?:Bearer\s+|pat-)\S+", re.IGNORECASE)
SCHEMA_CODES: Final = frozenset(
    {
        "hubspot.invalid_date",
        "hubspot.invalid_integer",
        "hubspot.invalid_long",
        "hubspot.invalid_option",
        "hubspot.property_doesnt_exist",
        "hubspot.read_only_value",
        "hubspot.required_field",
        "hubspot.unknown_property",
        "hubspot.validation_error",
    }
)
"""Refusals that may mean: a field is gone, locked or otherwise shaped than it was described.

Section 11 of the wire contract; our own code for a property that the session does not know.
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as HubSpot says it."""

    code: str
    message: str
    fields: tuple[str, ...] = ()
    policy: str = ""
    """Which limit was reached, where one was."""


def problem_of(content: object) -> Problem:
    """Read the error out of a body, whatever its form; a blank one where it says nothing we can read."""
    told = _parsed(content) if isinstance(content, bytes | str) else content
    if not isinstance(told, abc.Mapping):
        return Problem("", "")
    message = _SECRET.sub("…", str(told.get("message") or ""))
    rows = values_of(told)
    fields = tuple(dict.fromkeys(name for row in rows for name in row.fields))
    first = next((row for row in rows if row.code), None)
    named = first.code if first is not None else told.get("category") or told.get("errorType") or ""
    if first is None and not named:  # token errors: {"status":"BAD_REFRESH_TOKEN","message":…}
        named = told.get("status") if told.get("status") != "error" else ""
    words = first.message if first is not None and first.message else message
    return Problem(_code(named), words, fields, str(told.get("policyName") or ""))


def values_of(told: abc.Mapping[str, object]) -> list[Problem]:
    """Give what an error says of single properties, in whichever of the two forms."""
    message = _SECRET.sub("…", str(told.get("message") or ""))
    return [*_embedded(message), *_detailed(told.get("errors"))]


def our_code(vendor_code: str, *, status: int) -> str:
    """Give our form of a vendor's code; a body without one is named by its status."""
    return f"hubspot.{vendor_code.lower()}" if vendor_code else f"hubspot.http_{status}"


def error_for(
    status: int, content: object, *, is_write: bool, headers: abc.Mapping[str, str] | None = None
) -> ConnectorError:
    """Say what a refused request means: what to do next decides the class.

    A 5xx on a write leaves open whether it happened: only a read-back can tell. 423 and 477 processed
    nothing.
    """
    problem = problem_of(content)
    code = our_code(problem.code, status=status)
    message = problem.message[:SHOWN]
    stated = _seconds((headers or {}).get("Retry-After"))
    if (wait := _wait_error(status, problem, stated)) is not None:
        return wait
    if status == 401:
        return SignInRequiredError(code, message=message)
    if status >= 500:
        if is_write:
            return OutcomeUnknownError("hubspot.write_open", status=status, message=message)
        away = f"hubspot.http_{status if status in AWAY else 500}"
        return ServerBusyError(away, status=status, message=message)
    if status == 403:
        return PermissionDeniedError(code, message=message)
    return InvalidRequestError(code, status=status, message=message)


def _wait_error(status: int, problem: Problem, stated: float | None) -> ConnectorError | None:
    """Give the error of a status that asks to wait and processed nothing; None for any other."""
    if status == 429:
        return _limit_error(problem, stated)
    message = problem.message[:SHOWN]
    if status == 423:
        return ServerBusyError("hubspot.locked", after=max(stated or 0.0, LOCKED_S), message=message)
    if status == MIGRATION:
        return ServerBusyError("hubspot.migration", after=stated, message=message)
    return None


def _limit_error(problem: Problem, stated: float | None) -> ConnectorError:
    """Tell the daily limit (stop until the account's midnight) from the short ones."""
    policy = problem.policy.upper()
    message = problem.message[:SHOWN]
    if policy == "DAILY" or "daily limit" in problem.message.lower():
        return QuotaSpentError("hubspot.daily_limit", after=stated, message=message)
    is_secondly = policy == "SECONDLY" or "secondly limit" in problem.message.lower()
    wait = SECONDLY_S if is_secondly else ROLLING_S
    return RateLimitedError("hubspot.rate_limit", after=stated or wait, message=message)


def _embedded(message: str) -> list[Problem]:
    """Read ``Property values were not valid: [{"message":…,"error":…,"name":…}]``."""
    start = message.find(": [")
    rows = _parsed(message[start + 2 :]) if start >= 0 else None
    return [
        Problem(_code(row.get("error")), str(row.get("message") or ""), _names(row.get("name")))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, abc.Mapping)
    ]


def _detailed(errors: object) -> list[Problem]:
    """Read ``errors: [{"message","code","context":{"propertyName":[…]}}]``."""
    found = []
    for row in errors if isinstance(errors, list) else ():
        if isinstance(row, abc.Mapping):
            context = row.get("context")
            names = context.get("propertyName") if isinstance(context, abc.Mapping) else None
            found.append(
                Problem(
                    _code(row.get("code")), _SECRET.sub("…", str(row.get("message") or "")), _names(names)
                )
            )
    return found


def _names(told: object) -> tuple[str, ...]:
    names = told if isinstance(told, list) else [told] if told else []
    return tuple(str(name) for name in names)


def _code(told: object) -> str:
    return told if isinstance(told, str) and _CODE.fullmatch(told) else ""


def _parsed(text: bytes | str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isascii() and text.isdigit() else None
