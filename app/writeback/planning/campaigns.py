"""What survey responses mean: scores in their scale, the latest of each record, and their figures."""

import math
from collections import Counter, abc
from datetime import date
from decimal import Decimal
from typing import Final

from writeback.model.campaigns import SCALES, Figures, Response, Scale, Survey
from writeback.model.changes import Reason
from writeback.model.source_formats import DateOrder, SourceFormat
from writeback.model.types import AttributeType
from writeback.planning.coercing import refusal
from writeback.planning.converting import converter

_Z: Final = 1.959963984540054
"""Of the normal distribution, for an interval of 95 %."""
_UPPER: Final = Decimal("0.6")
_LOWER: Final = Decimal("0.4")
_SAMPLES: Final = 3


def read_score(text: str, scale: Scale, form: SourceFormat) -> Decimal | Reason:
    """Read a score: a whole number within the scale."""
    found = converter(form, AttributeType.NUMBER)(text)
    if found is None:
        return Reason("campaign.no_score")
    if isinstance(found, Reason):
        return found
    score = Decimal(str(found))
    if score != score.to_integral_value() or not scale.lowest <= score <= scale.highest:
        return refusal("campaign.outside_scale", text, scale=str(scale))
    return score


def read_day(text: str, form: SourceFormat) -> date | Reason | None:
    """Read a day, of a moment its own; blank is none."""
    found = converter(form, AttributeType.DATE)(text.strip().partition("T")[0].partition(" ")[0])
    return found if found is None or isinstance(found, Reason | date) else refusal("value.not_a_date", text)


def order_of(days: abc.Iterable[str]) -> DateOrder | tuple[str, ...]:
    """Say which part of days comes first where they say it themselves; else give those that do not.

    31.12.2026 can be read in one way only, and so can all days beside it. 03.11.2026 alone cannot, and which
    century 26 means is nobody's to guess.
    """
    told = [day for day in dict.fromkeys(one.strip() for one in days) if _readings(day)]
    fits = [
        order
        for order in DateOrder
        if all(isinstance(read_day(one, SourceFormat(order=order)), date) for one in told)
    ]
    twice = [one for one in told if len(_readings(one)) > 1]
    if len(fits) != 1 and twice:
        return tuple(twice[:_SAMPLES])
    return fits[0] if len(fits) == 1 else _commonest(told)


def _readings(day: str) -> set[date]:
    found = (read_day(day, SourceFormat(order=order)) for order in DateOrder)
    return {one for one in found if isinstance(one, date)}


def _commonest(days: abc.Collection[str]) -> DateOrder:
    """Give the order that reads the most days; the others are told row by row."""

    def fits(order: DateOrder) -> int:
        return sum(isinstance(read_day(one, SourceFormat(order=order)), date) for one in days)

    return max((DateOrder.YMD, DateOrder.DMY, DateOrder.MDY), key=fits)


def latest(responses: abc.Iterable[Response]) -> tuple[Response, ...]:
    """Give the latest response of each record, in the file's order; without a day the last row is it."""
    found: dict[str, Response] = {}
    for one in responses:
        known = found.get(one.record)
        if known is None or (one.day or date.min) >= (known.day or date.min):
            found[one.record] = one
    return tuple(sorted(found.values(), key=lambda one: one.row))


def figures(
    scores: abc.Iterable[Decimal] | abc.Mapping[Decimal, int], survey: Survey, scale: Scale | None = None
) -> Figures:
    """Say what scores mean together.

    Args:
        scores: Each, or how often each was given.
        survey: What was asked.
        scale: Where it is not the survey's usual one.
    """
    within = scale or SCALES[survey]
    counts = {1: 0, 0: 0, -1: 0}
    for one, times in Counter(scores).items():
        counts[side(one, survey, within)] += times
    total = sum(counts.values())
    if not total:
        return Figures(0, 0, 0, 0, None, None)
    good, bad = counts[1] / total, counts[-1] / total
    if survey is Survey.NPS:
        score, spread = good - bad, good + bad - (good - bad) ** 2
    else:
        score, spread = good, good * (1 - good)
    margin = None if total < 2 else min(100.0, 100 * _Z * math.sqrt(spread / total))
    return Figures(total, counts[1], counts[0], counts[-1], 100 * score, margin)


def side(score: Decimal, survey: Survey, scale: Scale) -> int:
    """Say on which side a score is: 1 promoters or satisfied, 0 neither, -1 detractors or dissatisfied."""
    if survey is Survey.NPS:
        return 1 if score >= 9 else 0 if score >= 7 else -1
    share = (score - scale.lowest) / (scale.highest - scale.lowest)
    return 1 if share > _UPPER else -1 if share < _LOWER else 0


def scores_of(place: int, survey: Survey, scale: Scale) -> tuple[int, ...]:
    """Give the scores of one side, from the lowest to the highest."""
    every = range(scale.lowest, scale.highest + 1)
    return tuple(one for one in every if side(Decimal(one), survey, scale) == place)
