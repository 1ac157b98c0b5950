"""Who answers, and how much of the daily calls is used."""

from collections import abc
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment, Org
from writeback.sdk.values import Usage
from writeback_hubspot.wire.answers import Json, results_of
from writeback_hubspot.wire.values import moment_of, token_of

_ENVIRONMENTS: Final[abc.Mapping[str, Environment]] = {
    "STANDARD": Environment.PRODUCTION,
    "SANDBOX": Environment.TEST,
    "DEVELOPER_TEST": Environment.DEVELOPMENT,
    "APP_DEVELOPER": Environment.DEVELOPMENT,
}


def parse_account(body: Json) -> Org:
    """Read the account details: the portal id is the org. No user is told, for a key belongs to nobody.

    Raises:
        InvalidRequestError: No portal was told.
    """
    portal = body.get("portalId")
    if not isinstance(portal, int | str) or isinstance(portal, bool) or not str(portal):
        raise InvalidRequestError("hubspot.unreadable_answer", expected="portalId")
    kind = str(body.get("accountType") or "")
    return Org(
        id=str(portal),
        name=f"HubSpot {portal}",
        user="",
        environment=_ENVIRONMENTS.get(kind, Environment.UNKNOWN),
        edition=kind,
    )


def parse_usage(body: Json) -> tuple[Usage, ...]:
    """Read the daily quotas; one that tells no numbers is left out."""
    return tuple(usage for row in results_of(body) if (usage := _usage(row)) is not None)


def _usage(row: Json) -> Usage | None:
    used, most = row.get("currentUsage"), row.get("usageLimit")
    if not isinstance(used, int) or not isinstance(most, int):
        return None
    token = token_of(row.get("resetsAt"))
    resets_at = None if token is None else moment_of(token)
    return Usage(str(row.get("name") or "daily"), used=used, most=most, is_daily=True, resets_at=resets_at)
