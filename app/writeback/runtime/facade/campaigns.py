"""Campaigns: survey responses that become values of records."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.campaigns import Figures, Survey
from writeback.model.changes import Reason
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.model.types import RecordId
from writeback.planning.matching_answers import By


@dataclass(frozen=True, slots=True)
class CampaignWish:
    """A file of responses, and what its columns mean."""

    name: str
    path: str
    survey: Survey
    author: str
    key: str
    """The column that says whose answer it is."""
    score: str
    """The column of the score."""
    day: str = ""
    """The column of the day; '' is none."""
    reason: str = ""
    """The column of what people wrote; '' is none."""
    by: By = By.EMAIL
    match: str = ""
    """The attribute that the key is looked for in; '': the one that fits."""
    entity: str = "account"
    """Whose attributes are written; people are followed to their account."""
    into: tuple[tuple[str, str], ...] = ()
    """`score`, `date`, `reason` with the attribute that holds it."""
    order: DateOrder | None = None
    """Which part of a date comes first; None reads 2026-11-27 alone."""
    decimal: DecimalMark = DecimalMark.POINT
    encoding: str = "utf-8-sig"
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A row that did not become a value, and why."""

    row: int
    key: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class CampaignImport:
    """What an import did, or would do."""

    name: str
    rows: int
    matched: int
    """Rows whose record was found."""
    already: int
    """Responses that an earlier import brought."""
    older: int
    """Responses of records that have a newer one."""
    records: tuple[RecordId, ...]
    """Whose values change."""
    leftovers: tuple[Leftover, ...]
    figures: Figures
    """Of all responses of the campaign, these included."""


class CampaignCalls(Protocol):
    """Importing survey responses; reading campaigns is `runtime.campaigning`."""

    def import_campaign(self, wish: CampaignWish, *, is_dry: bool = False, act: str) -> CampaignImport:
        """Match the responses of a file to records, and keep the latest of each as edits.

        The same responses again change nothing. With `is_dry` nothing is kept.

        Raises:
            ConfigurationError: `campaign.…`, `file.…`: the file cannot be read as that; nothing was kept.
            UnknownAttributeError: There is no such entity or attribute.
            NotPermittedError: Needs the right *edit*.
        """
