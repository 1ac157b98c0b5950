"""Campaigns: survey responses that become values of records."""

from dataclasses import dataclass
from datetime import datetime
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
    """Which part of a date comes first; None: as the days themselves say, and asked where they do not."""
    decimal: DecimalMark = DecimalMark.POINT
    encoding: str = "utf-8-sig"
    sheet: str = ""
    scale: tuple[int, int] | None = None
    """The lowest and the highest score, where a CSAT is not from 1 to 5."""
    chosen: tuple[tuple[str, RecordId], ...] = ()
    """Keys with the record that a person said they mean; kept for the campaign's next files."""


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
    """Whose values change; the first of them where `most` says so."""
    leftovers: tuple[Leftover, ...]
    """The same."""
    figures: Figures
    """Of all responses of the campaign, these included."""
    changed: int = 0
    """The number of records whose values change."""
    left: int = 0
    """The number of rows that were not taken."""
    left_by: tuple[tuple[str, int], ...] = ()
    """Why not: codes with their numbers, the most frequent first."""
    imported_at: datetime | None = None
    """When the very same file was imported before; None: it never was."""
    order: DateOrder = DateOrder.YMD
    """Which part of a day was read first."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of taking an import back."""

    file: str
    responses: int
    """So many are forgotten: the file brings them again."""
    values: int
    """So many values stand again as before."""
    left: int
    """So many were sent or edited since, and stay: their job can be undone."""


class CampaignCalls(Protocol):
    """Importing survey responses; reading campaigns is `runtime.campaigning`."""

    def import_campaign(
        self, wish: CampaignWish, *, is_dry: bool = False, most: int = 0, leftovers: str = "", act: str
    ) -> CampaignImport:
        """Match the responses of a file to records, and keep the latest of each as edits.

        The same responses again change nothing. With `is_dry` nothing is kept.

        Args:
            wish: The file, and what its columns mean.
            is_dry: Only tell what it would do.
            most: So many records and leftovers are named in the answer; 0: all.
            leftovers: The path of a CSV file that the rows that were not taken are written to; '': none is.
            act: The act's id.

        Raises:
            ConfigurationError: `campaign.…`, `file.…`: the file cannot be read as that; nothing was kept.
                `campaign.which_order` tells samples of days that can be read in two ways.
            UnknownAttributeError: There is no such entity or attribute.
            NotPermittedError: Needs the right *edit*.
        """

    def take_back_import(self, campaign: str, what: str, *, author: str = "", act: str) -> TakenBack:
        """Take back an import of a campaign: its values as far as they wait, and its responses.

        Args:
            campaign: Its name.
            what: The act of the import (`ImportedFile.act`).
            author: Who takes it back.
            act: The act's id.

        Raises:
            ConfigurationError: There is no such campaign, or no such import of it.
            NotPermittedError: Needs the right *edit*.
        """
