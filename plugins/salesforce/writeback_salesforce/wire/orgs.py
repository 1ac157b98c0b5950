"""Who answers, and how much of the quotas is used."""

from collections import abc
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment, Org
from writeback.sdk.values import Usage
from writeback_salesforce.wire.describes import Json

ORGANIZATION: Final = "SELECT Id, Name, IsSandbox, OrganizationType FROM Organization"
_CALLS: Final = "DailyApiRequests"
"""Over the last 24 hours: it frees up little by little."""
_QUOTAS: Final = (
    _CALLS,
    "DailyBulkApiBatches",
    "DailyBulkV2QueryJobs",
    "DailyBulkV2QueryFileStorageMB",
)


def parse_org(answer: Json, *, user: str) -> Org:
    """Read the answer to `ORGANIZATION`.

    A sandbox carries its production's edition, so Developer Edition alone makes an org a development one.

    Raises:
        InvalidRequestError: No organization was told.
    """
    records = answer.get("records")
    if not isinstance(records, list) or not records or not isinstance(records[0], abc.Mapping):
        raise InvalidRequestError("salesforce.unreadable_answer", expected="Organization")
    told = records[0]
    edition = str(told.get("OrganizationType") or "")
    return Org(
        id=str(told["Id"]),
        name=str(told.get("Name") or ""),
        user=user,
        environment=_environment(edition, is_sandbox=told.get("IsSandbox")),
        edition=edition,
    )


def parse_limits(answer: Json) -> tuple[Usage, ...]:
    """Read the quotas that Writeback draws on; a quota that is not told is left out."""
    return tuple(usage for name in _QUOTAS if (usage := _usage(name, answer.get(name))) is not None)


def _usage(name: str, told: object) -> Usage | None:
    if not isinstance(told, abc.Mapping):
        return None
    most, left = told.get("Max"), told.get("Remaining")
    if not isinstance(most, int) or not isinstance(left, int):
        return None
    return Usage(name, used=most - left, most=most, is_daily=name == _CALLS)


def _environment(edition: str, *, is_sandbox: object) -> Environment:
    if edition == "Developer Edition":
        return Environment.DEVELOPMENT
    if is_sandbox is True:
        return Environment.TEST
    return Environment.PRODUCTION if is_sandbox is False else Environment.UNKNOWN
