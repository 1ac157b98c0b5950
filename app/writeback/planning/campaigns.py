"""What survey responses mean: scores in their scale, the latest of each record, and their figures."""

import math
from collections import abc
from datetime import date
from decimal import Decimal
from typing import Final

from writeback.model.campaigns import SCALES, Figures, Response, Survey
from writeback.model.changes import Reason
from writeback.model.source_formats import SourceFormat
from writeback.model.types import AttributeType
from writeback.planning.coercing import refusal
from writeback.planning.converting import converter

_Z: Final = 1.959963984540054
"""Of the normal distribution, for an interval of 95 %."""


def read_score(text: str, survey: Survey, form: SourceFormat) -> Decimal | Reason:
    """Read a score: a whole number within the survey's scale."""
    found = converter(form, AttributeType.NUMBER)(text)
    if found is None:
        return Reason("campaign.no_score")
    if isinstance(found, Reason):
        return found
    scale, score = SCALES[survey], Decimal(str(found))
    if score != score.to_integral_value() or not scale.lowest <= score <= scale.highest:
        return refusal("campaign.outside_scale", text, scale=str(scale))
    return score


def read_day(text: str, form: SourceFormat) -> date | Reason | None:
    """Read a day, of a moment its own; blank is none."""
    found = converter(form, AttributeType.DATE)(text.strip().partition("T")[0].partition(" ")[0])
    return found if found is None or isinstance(found, Reason | date) else refusal("value.not_a_date", text)


def latest(responses: abc.Iterable[Response]) -> tuple[Response, ...]:
    """Give the latest response of each record, in the file's order; without a day the last row is it."""
    found: dict[str, Response] = {}
    for one in responses:
        known = found.get(one.record)
        if known is None or (one.day or date.min) >= (known.day or date.min):
            found[one.record] = one
    return tuple(sorted(found.values(), key=lambda one: one.row))


def figures(scores: abc.Iterable[Decimal], survey: Survey) -> Figures:
    """Say what scores mean together."""
    counts = {1: 0, 0: 0, -1: 0}
    for one in scores:
        counts[_side(one, survey)] += 1
    total = sum(counts.values())
    if not total:
        return Figures(0, 0, 0, 0, None, None)
    good, bad = counts[1] / total, counts[-1] / total
    if survey is Survey.NPS:
        score, spread = good - bad, good + bad - (good - bad) ** 2
    else:
        score, spread = good, good * (1 - good)
    margin = None if total < 2 else 100 * _Z * math.sqrt(spread / total)
    return Figures(total, counts[1], counts[0], counts[-1], 100 * score, margin)


def _side(score: Decimal, survey: Survey) -> int:
    if survey is Survey.NPS:
        return 1 if score >= 9 else 0 if score >= 7 else -1
    return 1 if score >= 4 else 0 if score >= 3 else -1
