"""What a plan costs and strikes, in words: the same for the command line and the window. Plain text."""

import re
from collections import abc

from writeback.model.guards import Strike
from writeback.planning.forecasting import Forecast, Quota
from writeback.planning.striking import sentence_facts
from writeback.runtime.facade import PlanGroup
from writeback.runtime.sentences import sentence_of
from writeback.runtime.wording import Words, mark, number, say

_SEAM = re.compile(r"[-_]|(?<=\d)(?=[A-Z])|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MINUTE, _HOUR = 60, 3600
_SWITCHED = Words({"": mark("as the CRM has it"), "true": mark("on"), "false": mark("off")})


def guard_words(strike: Strike) -> str:
    """Say in one sentence what a struck guard found."""
    return sentence_of(f"guard.{strike.guard.value}", struck_facts(strike)).happened


def struck_facts(strike: Strike) -> dict[str, str]:
    """Give what fills the sentence of a struck guard, our phrases inside it said."""
    facts = sentence_facts(strike)
    for name in ("what", "where"):
        if name in facts:
            facts[name] = _phrase(facts[name], facts)
    return facts


def _phrase(text: str, facts: abc.Mapping[str, str]) -> str:
    places = {name: facts[name] for name in ("column", "rows") if f"{{{name}}}" in text and name in facts}
    return say(text, **places)


def forecast_words(group: PlanGroup) -> str:
    """Say what sending a part of a plan costs: calls, requests, time, share of the day's quota."""
    told = group.forecast
    if told is None or not group.send:
        return ""
    requests = say("%n requests", told.requests)
    parts = [say("about %n API calls in {requests}", group.calls, requests=requests)]
    if told.seconds is not None:
        parts.append(say("about {span}", span=span_words(told.seconds)))
    if told.share is not None:
        parts.append(say("{share} of a day's quota", share=share_words(told.share)))
    return f"{', '.join(parts)}. {quota_words(told)}"


def quota_words(told: Forecast) -> str:
    """Say what is left of the day's quota, and when a job is sent that it does not suffice for."""
    quota = told.quota
    if quota is None:
        pace = told.window
        if pace is None:
            return say("This CRM tells no daily quota.")
        return say(
            "This CRM tells no daily quota; its pace is at most %n requests in {span}.",
            pace.requests,
            span=span_words(pace.seconds),
        )
    used = say("{used} of {most}", used=number(quota.used), most=number(quota.most))
    if quota.is_partial:
        used = say("at least {used}", used=used)
    words = say(
        "{quota}: {used} used today, {left} left for jobs ({reserve} % kept for people).",
        quota=quota_title(quota.kind),
        used=used,
        left=number(told.left or 0),
        reserve=f"{told.reserve:g}",
    )
    if told.is_enough:
        return words
    short = say("Today's quota does not suffice: it takes {units}.", units=number(told.units))
    return f"{short} {words} {_rest_words(told, quota)}"


def quota_title(name: str) -> str:
    """Put blanks between the words of a vendor's name for a quota: `DailyApiRequests`, `api-calls-daily`."""
    words = _SEAM.sub(" ", name[:1].upper() + name[1:]).split()
    kept = [one if at == 0 or one.isupper() else one.lower() for at, one in enumerate(words)]
    return " ".join("API" if one.lower() == "api" else one for one in kept)


def switched_word(value: str) -> str:
    """Give the word of what a switch of a CRM's own rules was set to."""
    return _SWITCHED.get(value, value)


def _rest_words(told: Forecast, quota: Quota) -> str:
    if quota.resets_at is None:
        return say(
            "The job stops there and goes on as the quota of the last 24 hours frees up: "
            "about %n days in all.",
            told.days,
        )
    return say(
        "The job stops there and goes on when it begins anew at {at} UTC: about %n days in all.",
        told.days,
        at=f"{quota.resets_at:%Y-%m-%d %H:%M}",
    )


def share_words(share: float) -> str:
    """Write a percentage so that little is not told as nothing."""
    return say("less than {share} %", share=number(0.1)) if 0 < share < 0.1 else f"{number(float(share))} %"


def span_words(seconds: float) -> str:
    """Write a length of time in its largest fitting unit."""
    if seconds < 1:
        return "1 s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{number(seconds / _HOUR)} h"


def automation_words(group: PlanGroup) -> str:
    """Say which of the CRM's own rules run; one sentence, also where nothing can be switched."""
    if not group.automation:
        return say("Automation: this CRM offers no switch; its rules run as for anybody's edit.")
    told = []
    for switch in group.automation:
        value = switched_word(switch.value)
        chosen = value if switch.is_default else say("{value} (chosen)", value=value)
        told.append(f"{say(switch.title)}: {chosen}")
    return say("Automation. {switches}.", switches=" · ".join(told))
