"""Scores, figures and what answers are matched by."""

from decimal import Decimal

import pytest

from writeback.model.campaigns import Survey
from writeback.model.changes import Reason
from writeback.model.source_formats import DecimalMark, SourceFormat
from writeback.planning.campaigns import figures, read_score
from writeback.planning.matching_answers import By, meaning

PLAIN = SourceFormat(decimal=DecimalMark.POINT)


@pytest.mark.parametrize(
    ("text", "survey", "score"),
    [("0", "nps", 0), ("10", "nps", 10), (" 7.0 ", "nps", 7), ("11", "nps", None), ("-1", "nps", None),
     ("6.5", "nps", None), ("", "nps", None), ("0", "csat", None), ("5", "csat", 5), ("ten", "csat", None)],
)  # fmt: skip
def test_scores_lie_in_their_scale(text: str, survey: str, score: int | None) -> None:
    found = read_score(text, Survey(survey), PLAIN)
    assert isinstance(found, Reason) if score is None else found == score


def test_figures_of_nps_and_csat() -> None:
    nps = figures(map(Decimal, (10, 9, 8, 7, 6, 0)), Survey.NPS)
    assert (nps.positive, nps.neutral, nps.negative, nps.score) == (2, 2, 2, 0)
    # variance of +1, 0, -1 in equal shares is 2/3: 1.96 · sqrt(2/3 / 6) · 100
    assert nps.margin == pytest.approx(65.33, abs=0.01)
    csat = figures(map(Decimal, (5, 4, 3, 1)), Survey.CSAT)
    assert (csat.positive, csat.neutral, csat.negative, csat.score) == (2, 1, 1, 50)
    assert figures((), Survey.NPS).score is None
    assert figures([Decimal(9)], Survey.NPS).margin is None


@pytest.mark.parametrize(
    ("text", "by", "told"),
    [
        (" Ana@Example.COM ", By.EMAIL, "ana@example.com"),
        ("ana@Mail.Example.com", By.DOMAIN, "mail.example.com"),
        ("https://www.Example.com:8443/a?b", By.DOMAIN, "example.com"),
        ("www.example.com/x", By.DOMAIN, "example.com"),
        ("localhost", By.DOMAIN, ""),
        ("001AbC", By.ID, "001AbC"),
        ("", By.EMAIL, ""),
    ],
)
def test_what_a_key_means(text: str, by: By, told: str) -> None:
    assert meaning(text, by) == told
