"""Campaigns, the sides of their answers, and left over rows, as tables and sentences show them."""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject

from writeback.gui.i18n import moment, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.model.campaigns import SCALES, Figures, Scale, Survey
from writeback.planning.campaigns import scores_of
from writeback.runtime.campaigning import CampaignView
from writeback.runtime.facade.campaigns import Leftover
from writeback.runtime.sentences import sentence_of

SIDES: Final = {
    Survey.NPS: (mark("Promoters"), mark("Passives"), mark("Detractors")),
    Survey.CSAT: (mark("Satisfied"), mark("Neither"), mark("Dissatisfied")),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the answers, as a line of the table."""

    title: str
    scores: tuple[int, ...]
    answers: int
    total: int

    @property
    def range(self) -> str:
        """From which score to which."""
        if not self.scores:
            return ""
        if len(self.scores) == 1:
            return number(self.scores[0])
        return f"{number(self.scores[0])}–{number(self.scores[-1])}"

    @property
    def share(self) -> str:
        """How many of all, in words."""
        return percent(self.answers, self.total)


def percent(part: int, whole: int) -> str:
    """Give a share in whole percent; '' of nothing."""
    return tr("{share} %", share=number(round(100 * part / whole))) if whole else ""


def score_words(figures: Figures, survey: Survey) -> str:
    """Say the score with its interval and how many answered."""
    if figures.score is None:
        return tr("Nobody answered yet")
    score = number(round(figures.score)) if survey is Survey.NPS else percent(round(figures.score), 100)
    name = survey.value.upper()
    if figures.margin is None:
        return tr("{survey} {score} · one answer", survey=name, score=score)
    return tr(
        "{survey} {score} ± {margin} · %n answers",
        figures.responses,
        survey=name,
        score=score,
        margin=number(round(figures.margin)),
    )


def sides_of(figures: Figures, survey: Survey, scale: Scale | None = None) -> tuple[Side, ...]:
    """Give the three sides of answers, the best first."""
    within = scale or SCALES[survey]
    counts = (figures.positive, figures.neutral, figures.negative)
    return tuple(
        Side(tr(title), scores_of(place, survey, within), times, sum(counts))
        for title, place, times in zip(SIDES[survey], (1, 0, -1), counts, strict=True)
    )


def figures_words(figures: Figures, survey: Survey) -> str:
    """Say all figures in one sentence."""
    told = [f"{one.title}: {number(one.answers)}" for one in sides_of(figures, survey)]
    return ". ".join((score_words(figures, survey), *told))


def sides_model(parent: QObject | None = None) -> ListModel[Side]:
    """Make the table of sides."""
    specs: tuple[Spec[Side], ...] = (
        Spec(tr("Answers"), lambda one: one.title, width=110),
        Spec(tr("Scores"), lambda one: one.range, is_number=True, width=64),
        Spec(tr("Number"), lambda one: number(one.answers), is_number=True, width=72),
        Spec(tr("Share"), lambda one: one.share, is_number=True, width=64),
    )
    return ListModel[Side](specs, parent)


def campaigns_model(
    now: abc.Callable[[], datetime], titles: abc.Mapping[str, str], parent: QObject | None = None
) -> ListModel[CampaignView]:
    """Make the table of campaigns; `titles`: of entities by name, read at each look."""

    def imported(one: CampaignView) -> str:
        return moment(one.files[0].imported_at, now=now()) if one.files else ""

    specs: tuple[Spec[CampaignView], ...] = (
        Spec(
            tr("Campaign"),
            lambda one: one.campaign.name,
            tone=lambda one: "refused" if one.gone else "",
            width=170,
        ),
        Spec(
            tr("Survey"), lambda one: one.campaign.survey.value.upper(), tone=lambda _one: "muted", width=64
        ),
        Spec(tr("Answers"), lambda one: number(one.figures.responses), is_number=True, width=72),
        Spec(tr("Score"), _score, is_number=True, width=104),
        Spec(
            tr("Of"),
            lambda one: titles.get(one.campaign.entity, one.campaign.entity),
            tone=lambda _one: "muted",
            width=80,
        ),
        Spec(
            tr("To be sent"), lambda one: number(one.waiting) if one.waiting else "", is_number=True, width=84
        ),
        Spec(tr("Imported"), imported, width=130),
    )
    return ListModel[CampaignView](specs, parent)


def _score(one: CampaignView) -> str:
    figures = one.figures
    if figures.score is None:
        return ""
    is_nps = one.campaign.survey is Survey.NPS
    told = number(round(figures.score)) if is_nps else tr("{share} %", share=number(round(figures.score)))
    return told if figures.margin is None else f"{told} ± {number(round(figures.margin))}"


def leftovers_model(parent: QObject | None = None) -> ListModel[Leftover]:
    """Make the table of rows that were not taken."""
    specs: tuple[Spec[Leftover], ...] = (
        Spec(tr("Line"), lambda one: number(one.row), is_number=True, tone=lambda _one: "muted", width=64),
        Spec(tr("Key"), lambda one: one.key, width=190),
        Spec(tr("Why it is left over"), why, width=360),
    )
    return ListModel[Leftover](specs, parent)


def why(one: Leftover) -> str:
    """Say why a row was not taken."""
    return sentence_of(one.reason.code, dict(one.reason.facts)).happened
