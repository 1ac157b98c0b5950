"""What the portal tells of itself: details and the day's usage (wire contract, sections 3 and 12)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from writeback.sdk.simulator import Answer, json_answer
from writeback_hubspot.simulator.seeding import moment
from writeback_hubspot.simulator.state import Call, Portal


def details(call: Call) -> Answer:
    """`GET /account-info/{v}/details`."""
    portal = call.portal
    offset = local_now(portal).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    told = {
        "portalId": portal.portal_id,
        "accountType": portal.switches["account_type"],
        "timeZone": portal.switches.text("time_zone"),
        "companyCurrency": "EUR",
        "additionalCurrencies": ["DKK"],
        "utcOffset": f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}",
        "utcOffsetMilliseconds": minutes * 60_000,
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "eu1",
    }
    return json_answer(told)


def usage(call: Call) -> Answer:
    """`GET /account-info/{v}/api-usage/daily/private-apps`."""
    portal = call.portal
    midnight = local_now(portal).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    told = {
        "name": "private-apps-api-calls-daily",
        "usageLimit": int(portal.switches.number("calls_per_day")),
        "currentUsage": portal.calls_today.get(today(portal), 0),
        "collectedAt": portal.stamp(),
        "fetchStatus": "SUCCESS",
        "resetsAt": moment(midnight),
    }
    return json_answer({"results": [told]})


def local_now(portal: Portal) -> datetime:
    """Give the moment in the account's own time zone."""
    return portal.now().astimezone(ZoneInfo(portal.switches.text("time_zone")))


def today(portal: Portal) -> str:
    """Give the account's own date: its midnight resets the daily limit."""
    return local_now(portal).date().isoformat()
