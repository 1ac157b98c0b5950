"""Who answers, and how many of the day's credits are used."""

from collections import abc
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment, Org
from writeback.sdk.values import Usage
from writeback_zoho.limits import DAILY_CREDITS
from writeback_zoho.wire.answers import Json, member, members, number_of

CREDITS: Final = "API credits (24 h)"
CREDITS_SEEN: Final = "API credits used here"
_ENVIRONMENTS: Final[abc.Mapping[str, Environment]] = {
    "production": Environment.PRODUCTION,
    "sandbox": Environment.TEST,
    "developer": Environment.DEVELOPMENT,
}


def parse_org(content: object) -> Json:
    """Read the answer of `/org`.

    Raises:
        InvalidRequestError: No organisation was told.
    """
    told = members(content, "org")
    if not told or not told[0].get("zgid"):
        raise InvalidRequestError("zoho.unreadable_answer", expected="org")
    return told[0]


def org_of(told: Json, *, user: str) -> Org:
    """Give an organisation in our words; one that does not say what it is for counts as UNKNOWN."""
    return Org(
        id=str(told["zgid"]),
        name=str(told.get("company_name") or ""),
        user=user,
        environment=_ENVIRONMENTS.get(str(told.get("type") or "").casefold(), Environment.UNKNOWN),
        edition=edition_of(told),
    )


def edition_of(told: Json) -> str:
    """Give the name of the edition that is paid for."""
    return str(member(told, "license_details").get("paid_type") or "")


def user_of(content: object) -> str:
    """Give the e-mail of the first user of an answer; "" where none is told."""
    listed = members(content, "users") if content is not None else []
    return str(listed[0].get("email") or listed[0].get("full_name") or "") if listed else ""


def daily_credits(told: Json, *, override: str = "") -> int | None:
    """Give the credits of any 24 hours: the connection's own number, or by edition and licences."""
    if override:
        return int(override)
    numbers = DAILY_CREDITS.get(edition_of(told).casefold().replace(" ", ""))
    if numbers is None:
        return None
    base, per_user, most = numbers
    ample = base + per_user * number_of(member(told, "license_details"), "users_license_purchased")
    return ample if most is None else min(ample, most)


def usage_of(*, most: int | None, remaining: int | None, spent: int) -> tuple[Usage, ...]:
    """Tell the use of the quota.

    Zoho names what is left from 50 % use on only. Until then all that is known is what this session spent.
    """
    if most is None:
        return ()
    if remaining is None:
        return (Usage(CREDITS_SEEN, used=spent, most=most, is_daily=True, is_partial=True),)
    return (Usage(CREDITS, used=max(0, most - remaining), most=most, is_daily=True),)
