"""An import of survey answers while it is made: what a person chose, as a wish, and as kept texts."""

from collections import abc
from dataclasses import dataclass, field

from writeback.gui.translating import tr
from writeback.model.campaigns import Campaign, Survey
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.model.types import AttributeType, RecordId
from writeback.planning.guessing_answers import DAY, KEY, REASON, SCORE, guess_by, guess_columns, guess_survey
from writeback.planning.matching_answers import By
from writeback.runtime.facade.campaigns import CampaignImport, CampaignWish
from writeback.runtime.facade.files import FileLook
from writeback.runtime.views import AttributeView

PARTS = (SCORE, DAY, REASON)
FITTING = {
    SCORE: (AttributeType.NPS, AttributeType.CSAT, AttributeType.INTEGER, AttributeType.NUMBER),
    DAY: (AttributeType.DATE,),
    REASON: (AttributeType.LONG_TEXT, AttributeType.TEXT),
}
"""By part: types of attributes that take it, the best first."""
UTF_8 = "utf-8-sig"


@dataclass(slots=True)
class ImportDraft:
    """What is chosen so far."""

    path: str = ""
    name: str = ""
    survey: Survey = Survey.NPS
    scale: tuple[int, int] | None = None
    entity: str = "account"
    columns: dict[str, str] = field(default_factory=dict)
    """By part, `key` among them: the file's column."""
    into: dict[str, str] = field(default_factory=dict)
    """By part: the attribute."""
    by: By = By.EMAIL
    match: str = ""
    order: DateOrder | None = None
    decimal: DecimalMark = DecimalMark.POINT
    encoding: str = UTF_8
    sheet: str = ""
    chosen: dict[str, RecordId] = field(default_factory=dict)
    """By key: whom a person said it means."""
    look: FileLook | None = None
    told: CampaignImport | None = None
    """What importing it would do; None: not asked since something changed."""

    def wish(self, author: str) -> CampaignWish:
        """Give what the façade is asked for."""
        return CampaignWish(
            name=self.name,
            path=self.path,
            survey=self.survey,
            author=author,
            key=self.columns.get(KEY, ""),
            score=self.columns.get(SCORE, ""),
            day=self.columns.get(DAY, ""),
            reason=self.columns.get(REASON, ""),
            by=self.by,
            match=self.match,
            entity=self.entity,
            into=tuple((part, name) for part, name in self.into.items() if name),
            order=self.order,
            decimal=self.decimal,
            encoding=self.encoding,
            sheet=self.sheet,
            scale=self.scale if self.survey is Survey.CSAT else None,
            chosen=tuple(self.chosen.items()),
        )

    def take_look(self, look: FileLook) -> None:
        """Take a file that was looked at; columns that nobody chose are guessed by their names."""
        self.look, self.told = look, None
        self.encoding, self.sheet = look.encoding or UTF_8, look.sheet
        kept = {part: name for part, name in self.columns.items() if name in look.columns}
        self.columns = guess_columns(look.columns) | kept
        if not kept:
            self.by = guess_by(self.samples(KEY))
            self.survey = guess_survey(self.columns.get(SCORE, ""), self.samples(SCORE))

    def take_campaign(self, campaign: Campaign) -> None:
        """Go on with a campaign that is there: its survey, scale, records and attributes."""
        self.survey, self.entity, self.told = campaign.survey, campaign.entity, None
        self.scale = None if campaign.scale is None else (campaign.scale.lowest, campaign.scale.highest)
        self.into = dict(campaign.attributes)

    def guess_into(self, views: abc.Sequence[AttributeView]) -> None:
        """Choose attributes for what nobody chose one for: one of a survey's own type, else none."""
        kind = AttributeType.NPS if self.survey is Survey.NPS else AttributeType.CSAT
        names = {one.attribute.name for one in views}
        self.into = {part: name for part, name in self.into.items() if name in names or not name}
        if SCORE not in self.into:
            own = next((one.attribute.name for one in views if one.attribute.kind is kind), "")
            self.into[SCORE] = own

    def samples(self, part: str, most: int = 50) -> tuple[str, ...]:
        """Give the first texts of a part's column."""
        column = self.columns.get(part, "")
        if self.look is None or column not in self.look.columns:
            return ()
        place = self.look.columns.index(column)
        told = (row[place].strip() for row in self.look.rows[:most] if place < len(row))
        return tuple(one for one in told if one)

    def missing(self) -> str:
        """Say what is to be chosen before rows can be matched; '' = nothing."""
        scale = self.scale if self.survey is Survey.CSAT else None
        asked = (
            (self.look is None, tr("Choose a file first.")),
            (not self.name.strip(), tr("Give the campaign a name first.")),
            (
                scale is not None and scale[0] >= scale[1],
                tr("The highest score has to be above the lowest."),
            ),
            (not self.columns.get(KEY), tr("Choose the column that says whose answer it is.")),
            (not self.columns.get(SCORE), tr("Choose the column of the score.")),
            (not self.into.get(SCORE), tr("Choose the attribute that takes the score.")),
            (
                any(self.into.get(part) and not self.columns.get(part) for part in (DAY, REASON)),
                tr("An attribute is chosen without a column: it would be cleared."),
            ),
        )
        return next((words for is_missing, words in asked if is_missing), "")

    def to_answers(self) -> tuple[tuple[str, str], ...]:
        """Give what is kept of it."""
        told = {
            "path": self.path,
            "name": self.name,
            "survey": self.survey.value,
            "entity": self.entity,
            "by": self.by.value,
            "match": self.match,
            "order": "" if self.order is None else self.order.value,
            "decimal": self.decimal.value,
            "encoding": self.encoding,
            "sheet": self.sheet,
            "scale": "" if self.scale is None else f"{self.scale[0]} {self.scale[1]}",
            **{f"column.{part}": name for part, name in self.columns.items()},
            **{f"into.{part}": name for part, name in self.into.items()},
            **{f"chosen.{key}": record for key, record in self.chosen.items()},
        }
        return tuple((name, text) for name, text in told.items() if text)

    @classmethod
    def of_answers(cls, told: abc.Mapping[str, str]) -> "ImportDraft":
        """Give a draft as it was kept; what is not understood any more is left as at the start."""

        def under(head: str) -> dict[str, str]:
            return {name[len(head) :]: text for name, text in told.items() if name.startswith(head)}

        made = cls(path=told.get("path", ""), name=told.get("name", ""), match=told.get("match", ""))
        made.entity = told.get("entity", made.entity)
        made.encoding, made.sheet = told.get("encoding", UTF_8), told.get("sheet", "")
        made.columns, made.into = under("column."), under("into.")
        made.chosen = {key: RecordId(record) for key, record in under("chosen.").items()}
        scale = [int(one) for one in told.get("scale", "").split() if one.isdecimal()]
        made.scale = (scale[0], scale[1]) if len(scale) == 2 else None
        made.survey = Survey(told["survey"]) if told.get("survey") in set(Survey) else made.survey
        made.by = By(told["by"]) if told.get("by") in set(By) else made.by
        made.order = DateOrder(told["order"]) if told.get("order") in set(DateOrder) else None
        if told.get("decimal") in set(DecimalMark):
            made.decimal = DecimalMark(told["decimal"])
        return made
