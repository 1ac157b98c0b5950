"""The history on a profile, the undo of a part of a job, and a job read back, on the screen."""

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.remembering import seed_history
from tests.gui.seeding import rid
from tests.gui.test_window import quiet, seen
from writeback.gui.panels.job_page import JobPage
from writeback.gui.panels.timeline import Timeline
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.text import PlainLabel
from writeback.model.changes import Origin
from writeback.runtime.facade import PlanSource


def words(timeline: Timeline) -> list[str]:
    return [one.text() for one in timeline.findChildren(PlainLabel) if one.isVisibleTo(timeline)]


@pytest.fixture
def timeline(bench: Bench, qtbot: QtBot) -> Timeline:
    with bench.workspace.writing() as db:
        seed_history(db)
    bench.window.go("profile", ("account", rid(0)))
    quiet(bench, qtbot)
    found = bench.window.panels["profile"]._timeline  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: found.attribute.count() > 2)
    assert isinstance(found, Timeline)
    return found


def test_the_timeline_tells_every_kind_and_is_filtered_by_attribute(timeline: Timeline, qtbot: QtBot) -> None:
    everything = " ".join(words(timeline))
    for told in ("cleo@acme.test", "Energy → Banking", "Silver", "job 2"):
        assert told in everything, told
    timeline.show_attribute("website")
    qtbot.waitUntil(lambda: len(words(timeline)) > 5)
    only = words(timeline)
    assert any("https://b.example → https://www.b.example" in one for one in only)
    assert not any("Energy" in one for one in only)


def test_an_earlier_value_is_put_back_as_a_draft(bench: Bench, timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_attribute("website")
    buttons = [one for one in timeline.findChildren(Button) if one.text().startswith("Put back")]
    assert buttons
    wanted = next(one for one in buttons if "a.example" in one.text())
    assert "Website" in wanted.accessibleName()
    wanted.click()
    qtbot.waitUntil(lambda: bool(seen(bench, "save_edits")))
    (edit,) = seen(bench, "save_edits")[0]  # type: ignore[misc]
    assert (edit.attribute, edit.text) == ("website", "https://a.example")


def test_a_record_without_a_past_says_so(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("profile", ("account", rid(1_500)))
    quiet(bench, qtbot)
    found = bench.window.panels["profile"]._timeline  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: any("Nothing has changed" in one for one in words(found)))


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> JobPage:
    bench.window.go("jobs", "j2")
    quiet(bench, qtbot)
    found = bench.window.panels["jobs"].detail  # type: ignore[attr-defined]
    assert isinstance(found, JobPage)
    return found


def test_chosen_rows_and_one_field_are_undone_through_the_review(
    bench: Bench, page: JobPage, qtbot: QtBot
) -> None:
    page._tabs.setCurrentWidget(page.rows_page)
    rows = page.rows_page
    qtbot.waitUntil(lambda: rows.model.rowCount() == 1240)
    assert not rows.undo.isEnabled()
    at = next(at for at in range(100) if (one := rows.model.row_at(at)) and one.outcome == "applied")
    rows.table.selectRow(at)
    assert (rows.undo.isEnabled(), rows.undo.text()) == (True, "Undo 1 row")
    rows.fields.setCurrentIndex(1)
    rows.undo.click()
    qtbot.waitUntil(lambda: bool(seen(bench, "propose")))
    source = seen(bench, "propose")[0]
    assert isinstance(source, PlanSource)
    row = rows.model.row_at(at)
    assert row is not None
    assert (source.kind, source.job_id, source.origin) == ("undo", "j2", Origin.UNDO)
    assert (source.records, source.fields) == ((row.record_id,), ("Industry",))
    assert bench.window.screen_name == "review"


def test_a_job_is_read_back_with_its_cost_told_first(bench: Bench, page: JobPage, qtbot: QtBot) -> None:
    page._tabs.setCurrentWidget(page.verify_page)
    verify = page.verify_page
    qtbot.waitUntil(lambda: "not read back yet" in verify.words.text())
    bench.facade.is_held.clear()
    verify.ask.click()
    assert not verify.ask.isEnabled()
    bench.facade.is_held.set()
    qtbot.waitUntil(lambda: verify.model.rowCount() == 4)
    assert [call for call, _ in bench.facade.seen if call.startswith("verify")] == [
        "verify_cost",
        "verify_job",
    ]
    assert "Some fields hold something else now." in verify.words.text()
    assert "7 calls" in verify.words.text()
    assert [verify.model.index(at, 6).data() for at in range(4)] == [
        "changed since",
        "not there",
        "record gone",
        "record gone",
    ]
    assert verify.ask.isEnabled()


def test_the_inspector_ends_with_the_last_changes_of_its_value(bench: Bench, qtbot: QtBot) -> None:
    with bench.workspace.writing() as db:
        seed_history(db)
    bench.window.go("accounts")
    quiet(bench, qtbot)
    panel = bench.window.panels["accounts"]
    inspector = panel._inspector  # type: ignore[attr-defined]
    names = [view.attribute.name for view in panel._model.views]  # type: ignore[attr-defined]
    panel._table.go_to(0, names.index("website"))  # type: ignore[attr-defined]
    panel._inspecting.show()  # type: ignore[attr-defined]

    def lines() -> list[str]:
        return [one.text() for one in inspector.findChildren(PlainLabel) if not one.isHidden()]

    qtbot.waitUntil(lambda: "Last changes" in lines())
    assert any("https://b.example → https://www.b.example" in one for one in lines())
    panel._table.go_to(0, names.index("next_step"))  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "Last changes" not in lines())
