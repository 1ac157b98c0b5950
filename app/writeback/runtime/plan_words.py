"""What a plan costs and strikes, in words: the same for the command line and the window. Plain text."""

import re

from writeback.model.guards import Strike
from writeback.planning.forecasting import Forecast, Quota
from writeback.planning.striking import sentence_facts
from writeback.runtime.facade import PlanGroup
from writeback.runtime.sentences import sentence_of

_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MINUTE, _HOUR = 60, 3600
_SWITCHED = {"": "as the CRM has it", "true": "on", "false": "off"}


def guard_words(strike: Strike) -> str:
    """Say in one sentence what a struck guard found."""
    return sentence_of(f"guard.{strike.guard.value}", sentence_facts(strike)).happened


def forecast_words(group: PlanGroup) -> str:
    """Say what sending a part of a plan costs: calls, requests, time, share of the day's quota."""
    told = group.forecast
    if told is None or not group.send:
        return ""
    parts = [f"about {_counted(group.calls, 'API call')} in {_counted(told.requests, 'request')}"]
    if told.seconds is not None:
        parts.append(f"about {span_words(told.seconds)}")
    if told.share is not None:
        parts.append(f"{share_words(told.share)} of a day's quota")
    return f"{', '.join(parts)}. {quota_words(told)}"


def quota_words(told: Forecast) -> str:
    """Say what is left of the day's quota, and when a job is sent that it does not suffice for."""
    quota = told.quota
    if quota is None:
        pace = told.window
        if pace is None:
            return "This CRM tells no daily quota."
        return (
            f"This CRM tells no daily quota; its pace is at most {pace.requests:,} requests in "
            f"{span_words(pace.seconds)}."
        )
    used = f"{quota.used:,} of {quota.most:,}"
    if quota.is_partial:
        used = f"at least {used}"
    words = (
        f"{quota_title(quota.kind)}: {used} used today, {told.left or 0:,} left for jobs "
        f"({told.reserve:g} % kept for people)."
    )
    if told.is_enough:
        return words
    return f"Today's quota does not suffice: it takes {told.units:,}. {words} {_rest_words(told, quota)}"


def quota_title(name: str) -> str:
    """Put blanks between the words of a vendor's name for a quota: `DailyApiRequests`."""
    words = _SEAM.sub(" ", name).split()
    kept = [one if at == 0 or one.isupper() else one.lower() for at, one in enumerate(words)]
    return " ".join("API" if one.lower() == "api" else one for one in kept)


def _rest_words(told: Forecast, quota: Quota) -> str:
    when = "as the quota of the last 24 hours frees up"
    if quota.resets_at is not None:
        when = f"when it begins anew at {quota.resets_at:%Y-%m-%d %H:%M} UTC"
    return f"The job stops there and goes on {when}: about {told.days} days in all."


def share_words(share: float) -> str:
    """Write a percentage so that little is not told as nothing."""
    return "less than 0.1 %" if 0 < share < 0.1 else f"{share:.1f} %"


def span_words(seconds: float) -> str:
    """Write a length of time in its largest fitting unit."""
    if seconds < 1:
        return "1 s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def automation_words(group: PlanGroup) -> str:
    """Say which of the CRM's own rules run; one sentence, also where nothing can be switched."""
    if not group.automation:
        return "Automation: this CRM offers no switch; its rules run as for anybody's edit."
    told = []
    for switch in group.automation:
        chosen = "" if switch.is_default else " (chosen)"
        told.append(f"{switch.title}: {_SWITCHED.get(switch.value, switch.value)}{chosen}")
    return f"Automation. {' · '.join(told)}."
