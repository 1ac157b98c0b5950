"""Dataverse's refusals, read from a body, and what they mean in our error tree.

A body is ``{"error":{"code":"0x80040217","message":"…"}}``; the code is unrelated to the HTTP status, and
may be ``""`` or ``"0x0"`` for the same condition: the status is asked first, then the code. Known codes get
the vendor's symbolic name after ``dynamics.``, others stay visible as ``dynamics.code_0x…``.
[web-service-error-codes], [compose-http-requests-handle-errors], [api-limits]

Must not: know requests or rows of a write (`wire.refusals`), nor put an address into an error.
"""

import json
import math
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
)

NAMES: Final[abc.Mapping[str, str]] = {
    "0x80040217": "object_does_not_exist",
    "0x80040220": "privilege_denied",
    "0x80048306": "access_denied",
    "0x80040237": "duplicate_record",
    "0x80060892": "duplicate_record_entity_key",
    "0x80040333": "duplicate_records_found",
    "0x80060882": "concurrency_version_mismatch",
    "0x80044331": "string_length_too_long",
    "0x8004431a": "picklist_value_out_of_range",
    "0x8004432f": "number_too_big",
    "0x80044330": "number_too_small",
    "0x80048d19": "bad_payload",
    "0x80090801": "invalid_property",
    "0x80060888": "bad_query",
    "0x8006088a": "resource_not_found",
    "0x80048408": "invalid_state_code_status_code",
    "0x80040265": "plugin_aborted",
    "0x80044150": "sql_error",
    "0x80044151": "sql_timeout",
    "0x80072321": "execution_time_limit",
    "0x80072322": "request_limit",
    "0x80072326": "concurrency_limit",
}
NOT_PROCESSED: Final = frozenset({"sql_error", "sql_timeout"})
"""The transaction was rolled back: what was asked may be asked again."""
DUPLICATES: Final = frozenset({"duplicate_record", "duplicate_record_entity_key", "duplicate_records_found"})
"""One row's refusal, whatever its status (the documentation shows a 500)."""
AWAY: Final = frozenset({500, 502, 503, 504})
"""Statuses of a server that is away for the moment; others of their kind are told as the first."""
NO_CODE: Final = frozenset({"", "0x0"})
SCHEMA_CODES: Final = frozenset(
    {
        "dynamics.bad_payload",
        "dynamics.bad_query",
        "dynamics.http_400",
        "dynamics.invalid_property",
        "dynamics.number_too_big",
        "dynamics.number_too_small",
        "dynamics.picklist_value_out_of_range",
        "dynamics.privilege_denied",
        "dynamics.read_only_column",
        "dynamics.read_only_table",
        "dynamics.resource_not_found",
        "dynamics.string_length_too_long",
        "dynamics.unknown_column",
        "dynamics.unknown_table",
    }
)
"""Refusals that may mean: a field is gone, locked or otherwise shaped than it was described.

Section 4 of the wire contract; our own codes where the session's description answers first.
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as Dataverse says it; the code is the vendor's, in lower case."""

    code: str
    message: str

    @property
    def name(self) -> str:
        """The vendor's symbolic name, where we know it."""
        return NAMES.get(self.code, "")


def problem_of(content: object) -> Problem:
    """Read the error out of a body; a blank one where it says nothing we can read."""
    if isinstance(content, bytes | str):
        content = _parsed(content)
    error = content.get("error") if isinstance(content, abc.Mapping) else None
    if not isinstance(error, abc.Mapping):
        return Problem("", "")
    return Problem(str(error.get("code") or "").lower(), str(error.get("message") or ""))


def our_code(problem: Problem, *, status: int) -> str:
    """Give our form of an error; one without a usable code is named by its status."""
    if problem.name:
        return f"dynamics.{problem.name}"
    if problem.code in NO_CODE or not problem.code.isalnum() or not problem.code.isascii():
        return f"dynamics.http_{status}"
    return f"dynamics.code_{problem.code[:40]}"


def error_for(
    status: int, content: object, *, is_write: bool, retry_after: str | None = None
) -> ConnectorError:
    """Say what a refused request means: what to do next decides the class.

    A 5xx on a write leaves open whether it happened, unless its code says that it was rolled back.

    Args:
        status: The HTTP status.
        content: The body, parsed or not.
        is_write: Whether the request may have changed something.
        retry_after: The header of that name, in seconds.
    """
    problem = problem_of(content)
    code, message = our_code(problem, status=status), problem.message[:300]
    if status == 429:
        limit = code if problem.name else "dynamics.http_429"
        return RateLimitedError(limit, after=_seconds(retry_after), message=message)
    if status == 401:
        return SignInRequiredError(code, message=message)
    if problem.name in NOT_PROCESSED:
        return ServerBusyError(code, after=_seconds(retry_after), status=status, message=message)
    if status >= 500 and status != 501 and problem.name not in DUPLICATES:
        away = "dynamics.write_open" if is_write else f"dynamics.http_{status if status in AWAY else 500}"
        code = code if problem.name else away
        busy = ServerBusyError(code, after=_seconds(retry_after), status=status, message=message)
        return OutcomeUnknownError(code, status=status, message=message) if is_write else busy
    if status == 403:
        return PermissionDeniedError(code, message=message)
    return InvalidRequestError(code, status=status, message=message)


def _seconds(text: str | None) -> float | None:
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds > 0 else None


def _parsed(text: bytes | str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
