"""Scores, figures and what answers are matched by."""

from decimal import Decimal

import pytest

from writeback.model.campaigns import SCALES, Scale, Survey
from writeback.model.changes import Reason
from writeback.model.source_formats import DateOrder, DecimalMark, SourceFormat
from writeback.planning.campaigns import figures, order_of, read_score, scores_of
from writeback.planning.guessing_answers import guess_by, guess_columns, guess_survey
from writeback.planning.matching_answers import By, meaning

PLAIN = SourceFormat(decimal=DecimalMark.POINT)


@pytest.mark.parametrize(
    ("text", "survey", "score"),
    [("0", "nps", 0), ("10", "nps", 10), (" 7.0 ", "nps", 7), ("11", "nps", None), ("-1", "nps", None),
     ("6.5", "nps", None), ("", "nps", None), ("0", "csat", None), ("5", "csat", 5), ("ten", "csat", None)],
)  # fmt: skip
def test_scores_lie_in_their_scale(text: str, survey: str, score: int | None) -> None:
    found = read_score(text, SCALES[Survey(survey)], PLAIN)
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


@pytest.mark.parametrize(
    ("scale", "sides"),
    [
        (Scale(1, 5), ((1, 2), (3,), (4, 5))),
        (Scale(1, 7), ((1, 2, 3), (4,), (5, 6, 7))),
        (Scale(1, 3), ((1,), (2,), (3,))),
        (Scale(0, 1), ((0,), (), (1,))),
    ],
)
def test_a_scale_of_its_own_has_three_sides(scale: Scale, sides: tuple[tuple[int, ...], ...]) -> None:
    assert tuple(scores_of(side, Survey.CSAT, scale) for side in (-1, 0, 1)) == sides
    told = figures({Decimal(scale.highest): 3, Decimal(scale.lowest): 1}, Survey.CSAT, scale)
    assert (told.responses, told.positive, told.negative, told.score) == (4, 3, 1, 75)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2026-11-03", "2026-11-27"), DateOrder.YMD),
        (("03.11.2026", "31.12.2026"), DateOrder.DMY),
        (("03/11/2026", "12/31/2026"), DateOrder.MDY),
        (("03.11.2026", "04.05.2026"), ("03.11.2026", "04.05.2026")),
        (("05.05.2026",), DateOrder.DMY),
        (("03.11.2026", "never", ""), ("03.11.2026",)),
        (("31.12.2026", "12/31/2026", "03.11.2026"), ("03.11.2026",)),
        (("never",), DateOrder.YMD),
        ((), DateOrder.YMD),
        (("2026-11-03T10:00:00Z", "2026-11-04 11:00"), DateOrder.YMD),
    ],
)
def test_days_say_themselves_what_comes_first_or_are_asked_about(days: tuple[str, ...], told: object) -> None:
    assert order_of(days) == told


def test_columns_are_guessed_by_their_names() -> None:
    names = ("Response ID", "Respondent E-Mail", "NPS Score", "Submitted At", "Comment")
    assert guess_columns(names) == {
        "key": "Respondent E-Mail", "score": "NPS Score", "date": "Submitted At", "reason": "Comment",
    }  # fmt: skip
    assert guess_columns(("a", "b")) == {}
    assert guess_columns(("Score date", "score")) == {"score": "Score date"}, "each column once"


@pytest.mark.parametrize(
    ("samples", "by"),
    [
        (("ana@acme.test", "ben@b.test"), By.EMAIL),
        (("acme.test", "www.b.test"), By.DOMAIN),
        (("001AbC", "17"), By.ID),
        (("Acme Corp", "Globex"), By.VALUE),
        (("i1:4152", "i1:44b0", "ana@acme.test", "Acme Corp"), By.ID),
        ((), By.VALUE),
    ],
)
def test_the_way_of_matching_is_guessed_by_the_keys(samples: tuple[str, ...], by: By) -> None:
    assert guess_by(samples) == by


def test_the_survey_is_guessed_by_the_scores() -> None:
    assert guess_survey("Score", ("9", "10", "3")) is Survey.NPS
    assert guess_survey("Score", ("1", "5", "4")) is Survey.CSAT
    assert guess_survey("CSAT", ()) is Survey.CSAT
    assert guess_survey("NPS", ("1", "5")) is Survey.NPS
