"""Which columns of a survey's file hold what, by their names, and by what its key is matched: a guess."""

from collections import Counter, abc
from typing import Final

from writeback.model.campaigns import Survey
from writeback.planning.matching_answers import By

KEY, SCORE, DAY, REASON = "key", "score", "date", "reason"
WORDS: Final[abc.Mapping[str, tuple[str, ...]]] = {
    KEY: ("e-mail", "email", "mail", "account id", "id", "domain", "website", "company", "account", "name"),
    SCORE: ("nps", "csat", "score", "rating", "recommend", "satisfaction", "bewertung", "punkte"),
    DAY: ("response date", "answered", "submitted", "completed", "date", "datum", "day", "time"),
    REASON: ("comment", "reason", "feedback", "verbatim", "why", "text", "kommentar", "grund"),
}
"""By part: words of a column's name, the surest first."""


def guess_columns(columns: abc.Sequence[str]) -> dict[str, str]:
    """Give by part the column that holds it, each column once; what no column's name says is left out."""
    found: dict[str, str] = {}
    for part in (SCORE, DAY, REASON, KEY):
        free = [one for one in columns if one not in found.values()]
        for word in WORDS[part]:
            hits = [one for one in free if word in _words(one)]
            if hits:
                found[part] = hits[0]
                break
    return found


def guess_by(samples: abc.Iterable[str]) -> By:
    """Say by what keys are matched, by how most of them look."""
    told = Counter(_looks_like(one.strip()) for one in samples if one.strip())
    return told.most_common(1)[0][0] if told else By.VALUE


def _looks_like(key: str) -> By:
    if " " in key:
        return By.VALUE
    if "@" in key:
        return By.EMAIL
    if "." in key:
        return By.DOMAIN
    return By.ID if any(sign.isdigit() for sign in key) else By.VALUE


def guess_survey(column: str, scores: abc.Iterable[str]) -> Survey:
    """Say what was asked: as the score's column says, else 0 and more than 5 are NPS."""
    if "csat" in column.casefold() or "satisf" in column.casefold():
        return Survey.CSAT
    told = [int(one) for one in scores if one.strip().isdecimal()]
    is_nps = "nps" in column.casefold() or any(one == 0 or one > 5 for one in told)
    return Survey.NPS if is_nps or not told else Survey.CSAT


def _words(column: str) -> str:
    return f" {column.casefold().replace('_', ' ').strip()} "
