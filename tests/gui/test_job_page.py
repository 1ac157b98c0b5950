"""One job in full: steps, causes with their act, batches, exchanges by record, audit, and its acts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from writeback.gui.models.job_words import left_words
from writeback.gui.panels.job_causes import act_of
from writeback.gui.panels.job_page import JobPage, Rate
from writeback.gui.panels.jobs import JobsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.jobs import Counts
from writeback.runtime.facade import PlanSource
from writeback.runtime.job_views import Cause
from writeback.store import audit, moments, schema

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> JobsPanel:
    bench.window.go("jobs", "j2")
    found = bench.window.panels["jobs"]
    assert isinstance(found, JobsPanel)
    qtbot.waitUntil(lambda: found.states.state is ScreenState.READY)
    return found


@pytest.fixture
def page(panel: JobsPanel) -> JobPage:
    return panel.detail


def front(page: JobPage, part: object) -> None:
    page._tabs.setCurrentWidget(part)  # type: ignore[arg-type]  a page


def asked(bench: Bench, call: str) -> list[object]:
    return [what for name, what in bench.facade.seen if name == call]


def test_the_timeline_tells_the_steps_and_what_is_to_come(bench: Bench, page: JobPage, qtbot: QtBot) -> None:
    words = page.overview.words
    for step in ("Collected", "Checked against the CRM", "Approved", "Sending began", "Finished"):
        assert step in words
    assert "by ana · from file" in words
    assert "31,240 of 100,000 used (31 %)" in words
    with bench.workspace.writing() as db:
        audit.append(db, at=NOW, act="job.paused", body={"job": "j2", "author": "ben"})
    bench.window.panels["jobs"].refresh()
    qtbot.waitUntil(lambda: "Paused" in page.overview.words)
    assert "by ben" in page.overview.words
    assert [row.act for row in page.acts_page.model.rows] == ["job.paused"]


def test_totals_add_up_and_stand_together(page: JobPage) -> None:
    labels = [item.widget() for item in map(page._totals.lines.itemAt, range(page._totals.lines.count()))]
    assert len([one for one in labels if one is not None]) == 9
    assert page._totals._told == Counts(1240, 1176, 20, 37, 3, 0, 4, 0)


def test_each_cause_has_advice_and_one_act(bench: Bench, page: JobPage, qtbot: QtBot) -> None:
    front(page, page.causes_page)
    causes = {(one.outcome, one.rows) for one in page.causes_page.model.rows}
    assert {("rejected", 20), ("conflict", 3), ("blocked", 4)} <= causes
    place = next(n for n, one in enumerate(page.causes_page.model.rows) if one.outcome == "rejected")
    page.causes_page.table.go_to(place)
    assert page.causes_page.act.accessibleName() == "Fix 20 rows…"
    qtbot.keyClick(page.causes_page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.fix_page.model.rows) == 20)
    assert page._stack.currentWidget() is page.fix_page


@pytest.mark.parametrize(
    ("outcome", "code", "what"),
    [
        ("conflict", "", ("conflicts", "")),
        ("unknown", "", ("check", "")),
        ("blocked", "write_back.off", ("screen", "mapping")),
        ("blocked", "connection.read_only", ("screen", "connections")),
        ("blocked", "value.not_an_option", ("fix", "value.not_an_option")),
        ("cancelled", "", ("retry", "")),
        ("unchanged", "", ("", "")),
    ],
)
def test_the_act_of_a_cause_follows_its_end_and_its_code(outcome: str, code: str, what: object) -> None:
    assert act_of(Cause(outcome, code, "", 1)) == what


def test_failed_rows_are_put_right_by_keyboard_and_only_they_are_planned(
    bench: Bench, panel: JobsPanel, page: JobPage, qtbot: QtBot
) -> None:
    panel.do("fix")
    fix = page.fix_page
    qtbot.waitUntil(lambda: len(fix.model.rows) == 24)
    index = fix.table.currentIndex()
    cell = fix.model.cell_at(index)
    assert cell is not None
    assert cell[1].is_refused
    assert "refused" in str(fix.model.data(index, Qt.ItemDataRole.AccessibleTextRole))
    assert not fix.retry.isEnabled()
    fix.table.edit(index)
    editor = fix.table.viewport().focusWidget() or fix.table.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "Energy")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(fix.retry.isEnabled)
    assert fix.retry.accessibleName() == "Review 1 fixed row…"
    assert fix.model.fixes[0][1:] == ("Industry", "Energy")
    fix.retry.click()
    qtbot.waitUntil(lambda: bool(asked(bench, "propose")))
    source = asked(bench, "propose")[0]
    assert isinstance(source, PlanSource)
    assert (source.kind, source.job_id, source.rows) == ("retry", "j2", (cell[0].seq,))
    assert source.fixes == ((cell[0].seq, "Industry", "Energy"),)


def test_an_untouched_field_is_locked_with_the_reason(panel: JobsPanel, page: JobPage, qtbot: QtBot) -> None:
    panel.do("fix")
    model = page.fix_page.model
    qtbot.waitUntil(lambda: len(model.rows) == 24)
    index = model.index(0, 4)
    assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
    told = str(model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole))
    assert told == "This row does not touch the field."
    assert not model.setData(index, "x")


def test_rows_are_found_by_words_and_marked_by_hand(
    bench: Bench, panel: JobsPanel, page: JobPage, qtbot: QtBot
) -> None:
    front(page, page.rows_page)
    rows = page.rows_page
    qtbot.waitUntil(lambda: rows.model.rowCount() == 1240)
    rows.search.setText("0015f000000000007")
    qtbot.waitUntil(lambda: rows.model.rowCount() == 1)
    rows.search.setText("Northwind Traders")
    qtbot.waitUntil(lambda: 0 < rows.model.rowCount() < 1240)
    rows.search.clear()
    rows.choose("rejected")
    qtbot.waitUntil(lambda: rows.model.rowCount() == 20)
    assert not rows.mark.isEnabled()
    rows.table.go_to(0)
    assert rows.mark.isEnabled()
    rows.mark.click()
    panel.noting.line.setText("Done in the CRM")
    panel.noting.go.click()
    qtbot.waitUntil(lambda: bool(asked(bench, "mark_by_hand")))
    assert asked(bench, "mark_by_hand") == [("j2", (1,), "Done in the CRM", "ana")]
    qtbot.waitUntil(lambda: not bench.tasks.running)
    rows.read()
    place = next(n for n, spec in enumerate(rows.model.specs) if spec.title == "By hand")
    qtbot.waitUntil(lambda: rows.model.index(0, place).data() == "Done in the CRM – ana")


def test_batches_show_their_tries_and_open_the_crms_own_page(
    bench: Bench, panel: JobsPanel, page: JobPage, qtbot: QtBot
) -> None:
    with bench.workspace.writing() as db:
        at = moments.to_text(NOW)
        values = {"id": "a1", "job_id": "j2", "batch_no": 1, "first_seq": 1, "last_seq": 200, "rows": 200}
        values |= {"org_id": "o", "route": "bulk", "assurance": "B", "fence": 1, "intent_at": at}
        db.execute(insert(schema.attempts).values(**values, ended_at=at, outcome="applied"))
    panel.refresh()
    front(page, page.batches_page)
    qtbot.waitUntil(lambda: page.batches_page.tries.rowCount() == 1)
    opened: list[str] = []
    page.batches_page.opener = opened.append
    page.batches_page.open.click()
    assert opened == [
        "https://acme.my.salesforce.com/lightning/setup/AsyncApiJobStatus/page?address=%2F7505f000003QkLmAAK"
    ]


def test_exchanges_are_found_by_record_and_laid_out(bench: Bench, page: JobPage, qtbot: QtBot) -> None:
    front(page, page.exchanges_page)
    exchanges = page.exchanges_page
    assert exchanges.model.rowCount() == 3
    assert '"state": "Open"' in exchanges.answer.toPlainText()
    exchanges.search.setText("batches")
    qtbot.waitUntil(lambda: exchanges.model.rowCount() == 1)
    assert "/batches" in exchanges.request.toPlainText()
    exchanges.search.setText("nobody")
    qtbot.waitUntil(lambda: exchanges.model.rowCount() == 0)
    assert exchanges.request.toPlainText() == ""


def test_a_job_that_needs_a_person_says_what_and_shows_the_rows(
    bench: Bench, panel: JobsPanel, page: JobPage, qtbot: QtBot
) -> None:
    with bench.workspace.writing() as db:
        needs = {"state": "needs_you", "stop_code": "job.unknown_left", "unknown": 20, "rejected": 0}
        db.execute(update(schema.jobs).where(schema.jobs.c.id == "j2").values(**needs))
        mine = (schema.outcomes.c.job_id == "j2", schema.outcomes.c.outcome == "rejected")
        db.execute(update(schema.outcomes).where(*mine).values(outcome="unknown"))
    panel.refresh()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    assert "still unknown" in panel.states.banner.words
    assert "7 not written · 20 unknown" in page._progress.text(), "these may have been written"
    banner, title = panel.states.banner, panel.detail.head
    assert banner.mapTo(panel, QPoint()).y() > title.mapTo(panel, QPoint()).y(), "below the name of the job"
    panel.states.banner._act.click()
    qtbot.waitUntil(lambda: page.rows_page.model.rowCount() == 20)
    assert not page._buttons["check"].isHidden()
    page._buttons["check"].click()
    qtbot.waitUntil(lambda: asked(bench, "check_now") == ["j2"])


def test_a_job_is_opened_by_its_number_and_its_link_is_copied(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("jobs", "6")
    panel = bench.window.panels["jobs"]
    qtbot.waitUntil(lambda: panel.detail._title.text() == "Job 6")  # type: ignore[attr-defined]
    panel.do("copy_link")
    assert QGuiApplication.clipboard().text() == "writeback://job/6"
    bench.window.go("jobs", "999")
    other = bench.window.panels["jobs"]
    qtbot.waitUntil(lambda: other.states.state is ScreenState.EMPTY)


def test_a_job_of_a_connector_that_is_gone_is_readable_and_says_what_to_install(
    bench: Bench, qtbot: QtBot
) -> None:
    with bench.workspace.writing() as db:
        db.execute(update(schema.connections).values(connector="acme_crm"))
    bench.window.go("jobs", "j6")
    panel = bench.window.panels["jobs"]
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    assert "acme_crm is not installed" in panel.states.banner.words


def test_the_rate_is_of_the_last_seconds_and_what_is_left_is_a_range() -> None:
    rate = Rate()
    assert rate.note(0.0, 0) is None
    assert rate.note(5.0, 500) == 100
    assert rate.note(20.0, 500) == 0
    assert left_words(60 * 12) == "10–15 min left"
    assert left_words(100_000) == "more than a day left"
    assert left_words(20) == "less than 1 min left"
    assert left_words(3600 * 5) == "4–6 h left"
