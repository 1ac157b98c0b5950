"""Campaigns in posed workspaces: answers to a survey, imported as a person imports them."""

import csv
from collections import abc
from datetime import date, timedelta
from pathlib import Path

from writeback.model.attributes import Attribute
from writeback.model.campaigns import Survey
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType
from writeback.planning.matching_answers import By
from writeback.runtime.demonstrating import AUTHOR
from writeback.runtime.facade.campaigns import CampaignWish
from writeback.runtime.runtime import Runtime
from writeback.store.records import Record

DAY = timedelta(days=1)
NPS = Attribute("account", "nps", "NPS", AttributeType.NPS)
SURVEY = "Autumn survey"
SCORES = (10, 9, 9, 8, 10, 7, 3, 9, 6, 10)
ANSWERED = date(2026, 11, 2)
HEAD = ("Account", "NPS score", "Answered", "Comment")


def leave_campaign(runtime: Runtime, integration: Integration, records: abc.Sequence[Record]) -> None:
    """Import the answers to a survey: one for each of some records, and rows that are left over."""
    runtime.add_attribute(NPS, act=runtime.new_id())
    described = runtime.describe(str(integration.connection_id), integration.object)
    taken = {str(one.path) for one in integration.mappings}
    numbers = (AttributeType.INTEGER, AttributeType.NUMBER)
    field = next(
        (
            one.name
            for one in described.fields
            if one.kind in numbers and one.is_updateable and one.name not in taken
        ),
        "",
    )
    if field:
        mapping = FieldMapping(FieldPath.parse(field), NPS.name, write_back=True)
        runtime.map_fields(integration.id, (mapping,), act=runtime.new_id())
    path = Path(runtime.workspace.path).with_name("answers.csv")
    write_answers(path, [one.id for one in records])
    _import(runtime, path, SURVEY, into=NPS.name)


def write_answers(path: Path, keys: abc.Sequence[str]) -> None:
    """Write a file of answers as a survey tool gives it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEAD)
        for place, (key, score) in enumerate(zip(keys, SCORES, strict=False)):
            day = (ANSWERED + place * DAY).isoformat()
            sheet.writerow((key, score, day, "Quick help, every time" if score > 8 else ""))
        sheet.writerow(("ana@nowhere.example", 9, ANSWERED.isoformat(), ""))
        sheet.writerow(("Globex Corporation", 4, ANSWERED.isoformat(), "Too slow"))
        sheet.writerow((keys[0], 11, ANSWERED.isoformat(), ""))


def _import(runtime: Runtime, path: Path, name: str, *, into: str) -> None:
    wish = CampaignWish(
        name=name,
        path=str(path),
        survey=Survey.NPS,
        author=AUTHOR,
        key=HEAD[0],
        score=HEAD[1],
        day=HEAD[2],
        by=By.ID,
        into=(("score", into),),
    )
    runtime.import_campaign(wish, act=runtime.new_id())


def import_into_gone(runtime: Runtime, gone: Attribute) -> None:
    """Let a campaign write an attribute that somebody is about to delete; nothing of it waits."""
    path = Path(runtime.workspace.path).with_name("old-answers.csv")
    page = runtime.told.records(gone.entity, limit=len(SCORES))
    write_answers(path, [one.id for one in page.records])
    _import(runtime, path, "Survey of last year", into=gone.name)
    runtime.discard_drafts(
        tuple(one.id for one in page.records), attribute=gone.name, author=AUTHOR, act=runtime.new_id()
    )
