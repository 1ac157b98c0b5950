"""Answers by the thousand: an import takes seconds, and the same file again takes none of them twice."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from writeback.engine import editing
from writeback.model.attributes import Attribute
from writeback.model.campaigns import Survey
from writeback.model.changes import Origin
from writeback.model.reports import EditAnswer
from writeback.model.types import AttributeType
from writeback.planning.matching_answers import By
from writeback.runtime.campaigning import Campaigning
from writeback.runtime.facade import Edit
from writeback.runtime.facade.campaigns import CampaignWish
from writeback.store import model, sqlite
from writeback.store.workspace import Workspace

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ATTRIBUTES = (
    Attribute("account", "website", "Website", AttributeType.URL),
    Attribute("account", "nps", "NPS", AttributeType.NPS),
    Attribute("account", "nps_date", "Answered", AttributeType.DATE),
    Attribute("account", "nps_reason", "Reason", AttributeType.LONG_TEXT),
)


def workspace_of(folder: Path, rows: int) -> Workspace:
    numbers = iter(range(10**7))
    made = Workspace.create(folder / "many.writeback", now=lambda: NOW, new_id=lambda: f"id{next(numbers)}")
    with made.writing() as db:
        for one in ATTRIBUTES:
            model.add_attribute(db, one)
        sqlite.many(
            db,
            'insert into "rec_account" (rid, title, gone, website) values (?, ?, 0, ?)',
            ((f"r{n}", f"Account {n}", f"https://www.a{n}.example/") for n in range(rows)),
        )
    return made


def answers(folder: Path, rows: int) -> Path:
    path = folder / "answers.csv"
    with path.open("w", encoding="cp1252") as file:
        file.write("Mail;Score;Day;Why\n")
        file.writelines(
            f"who{n}@a{n}.example;{n % 11};{1 + n % 28:02d}.11.2026;für {n}\n" for n in range(rows)
        )
    return path


def _nobody(_one: object) -> NoReturn:
    raise AssertionError("no CRM is asked")


def bring(workspace: Workspace, path: Path, act: str) -> tuple[int, int, float]:
    """Import the file; gives how many records changed, how many were there already, and the seconds."""

    def save(edits: tuple[Edit, ...], origin: Origin) -> tuple[EditAnswer, ...]:
        nobody = editing.Reaching(_nobody, _nobody)
        return editing.save_edits(
            edits, workspace=workspace, origin=origin, author="ana", send=False, reaching=nobody, act=act
        )

    wish = CampaignWish(
        "Autumn", str(path), Survey.NPS, "ana", "Mail", "Score", "Day", "Why", By.DOMAIN, encoding="cp1252",
        into=(("score", "nps"), ("date", "nps_date"), ("reason", "nps_reason")),
    )  # fmt: skip
    began = time.process_time()
    told = Campaigning(workspace).bring(wish, save, is_dry=False, most=100, act=act)
    took = time.process_time() - began
    assert (told.left, told.rows, told.order.value) == (0, told.matched, "dmy")
    assert len(told.records) == min(told.changed, 100), "what is answered through the pipe stays small"
    return told.changed, told.already, took


def go(folder: Path, rows: int, most_s: float) -> None:
    workspace = workspace_of(folder, rows)
    path = answers(folder, rows)
    changed, already, took = bring(workspace, path, "one")
    print(f"{rows} answers: {took:.2f} s")
    assert (changed, already) == (rows, 0)
    assert took <= most_s
    assert bring(workspace, path, "two")[:2] == (0, rows)
    with workspace.reading() as db:
        count = db.exec_driver_sql("select count(*) from drafts where origin = 'campaign'").scalar_one()
    assert count == 3 * rows
    workspace.close()


def test_five_thousand_answers_take_four_seconds(tmp_path: Path) -> None:
    go(tmp_path, 5_000, 4.0)


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_a_hundred_thousand_answers_take_a_minute(tmp_path: Path) -> None:
    go(tmp_path, 100_000, 60.0)
