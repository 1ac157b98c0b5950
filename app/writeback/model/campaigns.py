"""Survey campaigns: what a response says, and what the responses say together."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from writeback.model.types import RecordId


class Survey(enum.StrEnum):
    """What is asked."""

    NPS = "nps"
    """How likely one would recommend, 0 to 10."""
    CSAT = "csat"
    """How satisfied one is, 1 to 5."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scores of a survey, ends included."""

    lowest: int
    highest: int

    def __str__(self) -> str:
        return f"{self.lowest}–{self.highest}"


SCALES = {Survey.NPS: Scale(0, 10), Survey.CSAT: Scale(1, 5)}


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of one person, matched to a record."""

    row: int
    """Line of the file as a spreadsheet counts."""
    key: str
    """By what it was matched, as the file says it."""
    record: RecordId
    score: Decimal
    day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What scores say together; of NPS and CSAT as usual in the field, with an interval of 95 %.

    NPS (https://en.wikipedia.org/wiki/Net_promoter_score): the share of 9 and 10 less that of 0 to 6, from
    -100 to 100. CSAT: the share of the best scores, in percent: 4 and 5 of 1 to 5, of another scale those in
    its upper two fifths; the lower two fifths are dissatisfied.
    """

    responses: int
    positive: int
    """Promoters; satisfied."""
    neutral: int
    """Passives."""
    negative: int
    """Detractors; dissatisfied."""
    score: float | None
    """None: nobody answered."""
    margin: float | None
    """Half the width of the interval, in points; None: fewer than two answered."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign under its name."""

    name: str
    survey: Survey
    entity: str
    """Whose attributes hold score, date and reason."""
    attributes: tuple[tuple[str, str], ...]
    """`score`, `date` and `reason`, as far as they are kept, with the attribute of each."""
    author: str
    changed_at: datetime
    scale: Scale | None = None
    """Its own; None: the survey's usual one."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that was imported for a campaign."""

    act: str
    sha256: str
    name: str
    rows: int
    responses: int
    """That it brought."""
    author: str
    imported_at: datetime
