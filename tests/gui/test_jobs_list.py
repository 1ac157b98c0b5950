"""The list of jobs: filtered where it lies, kept by key, pulls beside the jobs, embedded on a card."""

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from writeback.gui.panels.job_list import JobList
from writeback.gui.panels.jobs import JobsPanel
from writeback.gui.widgets.states import ScreenState
from writeback.store import moments, schema

pytestmark = pytest.mark.gui


@pytest.fixture
def listed(bench: Bench, qtbot: QtBot) -> JobList:
    bench.window.go("jobs")
    panel = bench.window.panels["jobs"]
    assert isinstance(panel, JobsPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    return panel.list


def column(listed: JobList, title: str) -> list[str]:
    place = next(n for n, spec in enumerate(listed.model.specs) if spec.title == title)
    return [str(listed.model.index(row, place).data()) for row in range(listed.model.rowCount())]


def quiet(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def test_the_six_outcomes_stand_in_columns_and_add_up(bench: Bench, listed: JobList) -> None:
    ends = ("Written", "Already so", "Refused", "Conflict", "Unknown", "Not sent", "Blocked")
    place = column(listed, "Job").index("2")
    told = [int(column(listed, end)[place].replace(",", "")) for end in ends]
    assert told == [1176, 37, 20, 3, 0, 0, 4]
    assert sum(told) == int(column(listed, "Rows")[place].replace(",", ""))
    assert column(listed, "Progress")[column(listed, "Job").index("6")] == "62 %"


def test_filters_narrow_the_list_and_an_empty_one_offers_to_clear(
    bench: Bench, listed: JobList, qtbot: QtBot
) -> None:
    kinds = listed.filters.kinds
    kinds.setCurrentIndex(kinds.findData("real_time"))
    kinds.activated.emit(kinds.currentIndex())
    qtbot.waitUntil(lambda: column(listed, "Job") == ["3"])
    listed.filters.record.setText("nobody is called so")
    qtbot.waitUntil(lambda: listed.states.state is ScreenState.EMPTY)
    assert listed.states._empty._head.text() == "No job fits the filter"
    listed.states._empty.act.click()
    qtbot.waitUntil(lambda: listed.states.state is ScreenState.READY)
    assert len(column(listed, "Job")) == 6


def test_a_record_is_found_by_the_words_of_its_name(bench: Bench, listed: JobList, qtbot: QtBot) -> None:
    listed.filters.record.setText("Contoso Traders")
    qtbot.waitUntil(lambda: column(listed, "Job") == ["2"])


def test_a_pull_stands_beside_the_jobs_and_a_failed_one_says_so(
    bench: Bench, listed: JobList, qtbot: QtBot
) -> None:
    moment = moments.to_text(NOW)
    with bench.workspace.writing() as db:
        for code in ("", "link.lost"):
            values = {"connection_id": "c1", "integration_id": "i1", "object": "Account", "read": 2000}
            db.execute(
                insert(schema.pulls).values(**values, code=code, started_at=moment, finished_at=moment)
            )
    listed.refresh()
    qtbot.waitUntil(lambda: column(listed, "Kind").count("Pull") == 2)
    assert sorted(column(listed, "State")[:2]) == ["Done", "Failed"]
    assert column(listed, "Rows")[0] == "2,000"


def test_the_list_of_one_connection_has_no_choice_of_connections(bench: Bench, qtbot: QtBot) -> None:
    card = JobList(bench.desk, connection_id="c2")
    qtbot.addWidget(card)
    card.refresh()
    qtbot.waitUntil(lambda: card.states.state is ScreenState.EMPTY)
    assert card.filters.connections.isHidden()
    assert card.states._empty._head.text() == "No jobs yet"


def test_a_refresh_keeps_the_chosen_job(bench: Bench, listed: JobList, qtbot: QtBot) -> None:
    listed.table.go_to(column(listed, "Job").index("2"))
    with bench.workspace.writing() as db:
        db.exec_driver_sql(
            "update jobs set number = 99, submitted_at = '2027-01-01T00:00:00.000000Z' where id = 'j1'"
        )
    listed.refresh()
    qtbot.waitUntil(lambda: column(listed, "Job")[0] == "99")
    assert listed.current_job is not None
    assert listed.current_job.number == 2


def test_a_job_that_waits_says_until_when(bench: Bench, listed: JobList, qtbot: QtBot) -> None:
    until = moments.to_text(NOW.replace(minute=30))
    with bench.workspace.writing() as db:
        for job, state in (("j5", "queued"), ("j6", "throttled")):
            mine = update(schema.jobs).where(schema.jobs.c.id == job)
            db.execute(mine.values(state=state, not_before=until))
    listed.refresh()
    quiet(bench, qtbot)
    states = dict(zip(column(listed, "Job"), column(listed, "State"), strict=True))
    local = NOW.replace(minute=30).astimezone()
    assert states["5"] == f"Collecting until {local:%H:%M:%S}"
    assert states["6"] == f"Throttled until {local:%H:%M}"
