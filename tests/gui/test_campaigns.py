"""The campaigns screen by keyboard: answers imported step by step, looked at, sent on, taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.gui.conftest import Bench
from tests.gui.seeding import rid
from writeback.gui.dialogs.choosing_record import ChooseRecordDialog
from writeback.gui.models.campaign_draft import ImportDraft
from writeback.gui.panels.campaign_import import CHECK, COLUMNS, FILE, MATCH, RESULT, WRITE
from writeback.gui.panels.campaigns import CampaignsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.attributes import Attribute
from writeback.model.campaigns import Survey
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.model.types import AttributeType, RecordId
from writeback.planning.matching_answers import By
from writeback.runtime.facade import PlanSource
from writeback.store import campaigns, model, schema

pytestmark = pytest.mark.gui


def settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> CampaignsPanel:
    bench.window.go("campaigns")
    made = bench.window.panels["campaigns"]
    assert isinstance(made, CampaignsPanel)
    qtbot.waitUntil(lambda: made.states.state is ScreenState.EMPTY)
    return made


def answers(folder: Path, *rows: str, head: str = "Account Id,NPS,Answered,Comment") -> str:
    path = folder / "answers.csv"
    path.write_text("\n".join((head, *rows, "")), "utf-8")
    return str(path)


def choose(box: object, value: str) -> None:
    box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]  a combo box
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]  the same


def drafts(bench: Bench) -> dict[tuple[str, str], tuple[str, str]]:
    with bench.workspace.reading() as db:
        rows = db.execute(select(schema.drafts).where(schema.drafts.c.origin == "campaign"))
        return {(row.rid, row.attribute): (row.new, row.origin) for row in rows}


def at_columns(bench: Bench, panel: CampaignsPanel, qtbot: QtBot, path: str) -> None:
    bench.window.go("campaigns", path)
    settle(bench, qtbot)
    assert panel.steps.step == FILE
    assert panel.steps.file.file.text() == "answers.csv"
    qtbot.keyClick(panel.steps.next, Qt.Key.Key_Space)
    settle(bench, qtbot)
    assert panel.steps.step == COLUMNS


def test_answers_are_imported_by_keyboard_and_planned_as_one_job(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    path = answers(
        tmp_path, f"{rid(8)},9,2026-11-01,first", f"{rid(8)},10,2026-11-02,better",
        f"{rid(9)},3,2026-11-02,slow", "Globex Inc,7,2026-11-02,", f"{rid(9)},11,2026-11-03,",
    )  # fmt: skip
    at_columns(bench, panel, qtbot, path)
    steps = panel.steps
    assert {part: box.currentData() for part, box in steps.columns.columns.items()} == {
        "key": "Account Id", "score": "NPS", "date": "Answered", "reason": "Comment",
    }  # fmt: skip
    assert "attribute that takes the score" in steps.next.accessibleDescription()
    choose(steps.columns.into["score"], "employees")
    choose(steps.columns.into["date"], "renewal")
    qtbot.keyClick(steps.next, Qt.Key.Key_Space)
    settle(bench, qtbot)
    assert steps.step == MATCH, steps.banner.words + steps.next.accessibleDescription()
    assert steps.draft.by is By.ID
    assert steps.match.rate.text() == "4 of 5 rows matched (80 %)"
    assert [one.reason.code for one in steps.match.model.rows] == [
        "campaign.nobody",
        "campaign.outside_scale",
    ]
    qtbot.keyClick(steps.next, Qt.Key.Key_Space)
    settle(bench, qtbot)
    assert steps.step == CHECK
    assert steps.check.figures.score.text() == "NPS 33 ± 100 · 3 answers"
    assert [(one.title, one.range, one.answers) for one in steps.check.figures.model.rows] == [
        ("Promoters", "9–10", 2), ("Passives", "7–8", 0), ("Detractors", "0–6", 1),
    ]  # fmt: skip
    assert "Promoters: 2" in steps.check.figures.chart.accessibleDescription()
    assert steps.check.facts.shown["Older than a newer answer"] == "1"
    assert drafts(bench) == {}, "so far nothing is kept"
    qtbot.keyClick(steps.next, Qt.Key.Key_Space)
    settle(bench, qtbot)
    assert steps.step == WRITE
    assert "Acme" in steps.write.facts.shown["Score"]
    assert steps.focusWidget() is steps.write.plan
    with qtbot.waitSignal(panel.asked) as asked:
        qtbot.keyClick(steps.write.plan, Qt.Key.Key_Space)
    screen, source = asked.args
    assert screen == "review"
    assert isinstance(source, PlanSource)
    assert (source.kind, source.campaign, source.origin) == ("drafts", "answers", "campaign")
    assert drafts(bench) == {
        (rid(8), "employees"): ("10", "campaign"), (rid(8), "renewal"): ('"2026-11-02"', "campaign"),
        (rid(9), "employees"): ("3", "campaign"), (rid(9), "renewal"): ('"2026-11-02"', "campaign"),
    }  # fmt: skip
    settle(bench, qtbot)
    assert steps.step == RESULT


def test_a_key_of_nobody_is_said_once_and_known_from_then_on(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    at_columns(bench, panel, qtbot, answers(tmp_path, "Nobody Known,7,2026-11-02,"))
    steps = panel.steps
    choose(steps.columns.into["score"], "employees")
    steps.next.click()
    settle(bench, qtbot)
    assert steps.match.rate.text().startswith("0 of 1 row")
    qtbot.keyClick(steps.match.table, Qt.Key.Key_Return)
    dialog = steps.findChildren(ChooseRecordDialog)[-1]
    assert QTest.qWaitForWindowActive(dialog, 5000)
    settle(bench, qtbot)
    title = bench.reads.title_of("account", rid(8))
    assert title
    qtbot.keyClicks(dialog.search, title)
    qtbot.waitUntil(lambda: rid(8) in [one.rid for one in dialog.model.rows])
    dialog.table.go_to([one.rid for one in dialog.model.rows].index(rid(8)))
    dialog.take.click()
    settle(bench, qtbot)
    assert steps.match.rate.text().startswith("1 of 1 row")
    assert steps.draft.chosen == {"Nobody Known": rid(8)}
    for _ in (CHECK, WRITE):
        steps.next.click()
        settle(bench, qtbot)
    steps.write.only.click()
    settle(bench, qtbot)
    assert drafts(bench) == {(rid(8), "employees"): ("7", "campaign")}
    with bench.workspace.reading() as db:
        assert campaigns.choices(db, "answers") == {"nobody known": rid(8)}


def test_days_that_can_be_read_twice_are_asked_about_with_samples(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    at_columns(bench, panel, qtbot, answers(tmp_path, f"{rid(8)},9,03.11.2026,"))
    steps = panel.steps
    choose(steps.columns.into["score"], "employees")
    steps.next.click()
    settle(bench, qtbot)
    assert steps.step == COLUMNS
    assert "03.11.2026 can be read in two ways" in steps.banner.words
    assert steps.focusWidget() is steps.columns.order
    choose(steps.columns.order, "dmy")
    steps.next.click()
    settle(bench, qtbot)
    assert (steps.step, steps.banner.isVisible()) == (MATCH, False)
    told = steps.draft.told
    assert told is not None
    assert told.order is DateOrder.DMY


def test_the_list_tells_what_came_and_an_import_is_taken_back(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    draft = ImportDraft(answers(tmp_path, f"{rid(8)},9,2026-11-01,", f"{rid(9)},2,2026-11-01,"), "Autumn")
    draft.columns, draft.into = {"key": "Account Id", "score": "NPS"}, {"score": "employees"}
    draft.by = By.ID
    bench.facade.import_campaign(draft.wish("ana"), act="import-1")
    panel.refresh()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    assert [one.campaign.name for one in panel.model.rows] == ["Autumn"]
    assert panel.side.figures.score.text() == "NPS 0 ± 100 · 2 answers"
    assert panel.side.facts.shown["To be sent"] == "2 values"
    assert "answers.csv · 2 of 2 rows" in panel.side.facts.shown["Imported"]
    bench.window.go("campaigns", draft.path)
    settle(bench, qtbot)
    panel.steps.file.name.setEditText("Autumn")
    panel.steps.go(COLUMNS)
    choose(panel.steps.columns.into["score"], "employees")
    for _ in (MATCH, CHECK):
        panel.steps.next.click()
        settle(bench, qtbot)
    assert "Already imported" in panel.steps.check.banner.words
    panel.steps.next.click()
    settle(bench, qtbot)
    assert "nothing new" in panel.steps.write.only.accessibleDescription()
    panel.steps.leave()
    settle(bench, qtbot)
    panel.side.undo_import.click()
    qtbot.waitUntil(lambda: drafts(bench) == {})
    settle(bench, qtbot)
    assert [one.figures.responses for one in panel.model.rows] == [0]
    assert not panel.side.undo_import.isEnabled()


def test_values_that_no_crm_takes_are_not_to_be_sent(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    with bench.workspace.writing() as db:
        model.add_attribute(db, Attribute("account", "own_nps", "Our NPS", AttributeType.NPS))
    draft = ImportDraft(answers(tmp_path, f"{rid(8)},9,2026-11-01,"), "Here")
    draft.columns, draft.into = {"key": "Account Id", "score": "NPS"}, {"score": "own_nps"}
    draft.by = By.ID
    bench.facade.import_campaign(draft.wish("ana"), act="import-2")
    panel.refresh()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    settle(bench, qtbot)
    assert "To be sent" not in panel.side.facts.shown
    assert panel.side.facts.shown["Kept here only"].startswith("1 value: no CRM takes Our NPS.")
    assert not panel.side.send.isEnabled()


def test_an_import_that_was_left_goes_on_where_it_stood(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    at_columns(bench, panel, qtbot, answers(tmp_path, f"{rid(8)},9,2026-11-01,"))
    choose(panel.steps.columns.into["score"], "employees")
    panel.steps.next.click()
    settle(bench, qtbot)
    panel.steps.begin()  # as the next start of the window does
    settle(bench, qtbot)
    assert (panel.steps.step, panel.steps.draft.into["score"], panel.steps.draft.by) == (
        FILE,
        "employees",
        By.ID,
    )
    assert panel.steps.draft.look is not None


def test_left_over_rows_are_saved_as_a_file(
    bench: Bench, panel: CampaignsPanel, qtbot: QtBot, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path = bench.workspace.path.parent
    at_columns(bench, panel, qtbot, answers(tmp_path, "=1+1,7,2026-11-02,"))
    choose(panel.steps.columns.into["score"], "employees")
    panel.steps.next.click()
    settle(bench, qtbot)
    target = tmp_path / "left.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_more: (str(target), ""))
    panel.steps.match.save.click()
    settle(bench, qtbot)
    assert "left.csv" in panel.steps.banner.words
    assert "'=1+1" in target.read_text("utf-8-sig"), "a spreadsheet runs none of it"


def test_a_draft_comes_back_as_it_was_kept() -> None:
    draft = ImportDraft(
        "/a.csv", "Autumn", Survey.CSAT, (1, 7), "account", {"key": "Who"}, {"score": "csat"}, By.DOMAIN,
        "website", DateOrder.MDY, DecimalMark.COMMA, "cp1252", "", {"x=1": RecordId("r1")},
    )  # fmt: skip
    assert ImportDraft.of_answers(dict(draft.to_answers())) == draft
    assert ImportDraft.of_answers({"survey": "?", "by": "?", "order": "?", "scale": "x"}) == ImportDraft()
    assert draft.missing() == "Choose a file first."
