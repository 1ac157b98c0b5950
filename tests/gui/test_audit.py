"""The audit screen by keyboard: the list, its filters, the proof, the export, the reverse, the link."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

import writeback
from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from writeback.gui.models.plugins import ability_word
from writeback.gui.models.trail import ACT_WORDS
from writeback.gui.panels.audit import AuditPanel
from writeback.gui.widgets.states import ScreenState
from writeback.model.changes import Origin
from writeback.runtime.facade import PlanSource
from writeback.sdk.manifest import Ability
from writeback.store import audit, sqlite


def _job(bench: Bench) -> tuple[str, int, int]:
    with bench.workspace.reading() as db:
        row = sqlite.run(
            db,
            "select j.id, j.number, b.no from jobs j join batches b on b.job_id = j.id join writes w "
            "on w.job_id = j.id and w.seq between b.first_seq and b.last_seq where j.applied > 0 limit 1",
        ).fetchone()
    return str(row[0]), int(row[1]), int(row[2])


def _seed(bench: Bench) -> str:
    """Write a trail about what the seeded workspace holds."""
    job, number, batch = _job(bench)
    with bench.workspace.writing() as db:
        audit.append(db, at=NOW, act="connection.signed_in", body={"connection": "c1", "name": "Acme"})
        audit.append(db, at=NOW, act="guards.changed", body={"connection": "c1", "by": "ben", "rows": "500"})
        audit.append(
            db, at=NOW, act="job.submitted", body={"job": job, "number": number, "author": "ana", "rows": 4}
        )
        body = {"job": job, "batch": batch, "outcomes": {"applied": 4}}
        audit.append(db, at=NOW, act="batch.settled", body=body)
    return job


def _open(bench: Bench, qtbot: QtBot, subject: object = None) -> AuditPanel:
    bench.window.go("audit", subject)
    page = bench.window.panels["audit"]
    assert isinstance(page, AuditPanel)
    _settle(bench, qtbot)
    return page


def _settle(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def test_entries_stand_newest_first_and_the_chain_is_verified(bench: Bench, qtbot: QtBot) -> None:
    _seed(bench)
    page = _open(bench, qtbot)
    qtbot.waitUntil(lambda: page.chain.text.startswith("unbroken"))
    first = page.model.row_at(0)
    assert first is not None
    assert first.act == "batch.settled"
    assert page.table.hasFocus()
    assert page.side.line == first
    assert page.side.facts.shown["Person"] == first.person != ""
    assert page.side.facts.shown["Outcomes"] == "written 4"
    told = page.model.index(0, 1).data()
    assert told.endswith(f"{first.at.astimezone():, %H:%M:%S}"), "a log tells the second"
    qtbot.waitUntil(lambda: page.side.model.rowCount() > 0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    second = page.model.row_at(1)
    assert second is not None
    assert second.act == "job.submitted"
    assert page.side.line == second
    with bench.workspace.reading() as db:
        assert page.copy.property("head") == audit.head(db)


def test_filters_by_keyboard_and_nothing_found(bench: Bench, qtbot: QtBot) -> None:
    _seed(bench)
    page = _open(bench, qtbot)
    total = page.model.rowCount()
    page.person.setCurrentIndex(page.person.findData("ben"))
    _settle(bench, qtbot)
    assert page.model.rowCount() == 1
    assert page.count.text().startswith("1 ")
    assert not page.side.show_job.isEnabled()
    assert not page.side.undo.isEnabled()
    page.area.setCurrentIndex(page.area.findData("job"))
    _settle(bench, qtbot)
    assert page.states.state is ScreenState.EMPTY
    page.states.acted.emit()
    _settle(bench, qtbot)
    assert page.model.rowCount() == total
    page.do("find")
    qtbot.keyClicks(page.record, "no-such-record")
    qtbot.waitUntil(lambda: page.states.state is ScreenState.EMPTY)


def test_a_broken_chain_is_said_with_its_entry(bench: Bench, qtbot: QtBot) -> None:
    _seed(bench)
    with bench.workspace.writing() as db:
        sqlite.run(db, "drop trigger audit_keeps_what_stands")
        sqlite.run(db, "update audit set body = '{}' where act = 'guards.changed'")
        sqlite.run(db, sqlite.GUARDS["audit_keeps_what_stands"])
    page = _open(bench, qtbot)
    qtbot.waitUntil(lambda: page.states.state is ScreenState.PARTIAL)
    with bench.workspace.reading() as db:
        broken = audit.verify(db).broken_at
    assert page.chain.text == f"broken at entry {broken}"
    page.states.banner._act.click()
    _settle(bench, qtbot)
    assert page.side.line is not None
    assert page.side.line.seq == broken


def test_a_reverse_goes_through_review(bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    job = _seed(bench)
    page = _open(bench, qtbot)
    qtbot.waitUntil(lambda: page.side.model.rowCount() > 0)
    with qtbot.waitSignal(page.asked) as asked:
        page.side.undo.click()
    screen, source = asked.args
    assert screen == "review"
    assert isinstance(source, PlanSource)
    assert (source.kind, source.origin, str(source.job_id)) == ("undo", Origin.UNDO, job)
    with qtbot.waitSignal(page.asked) as shown:
        page.side.show_job.click()
    assert shown.args == ["jobs", job]


def test_the_export_has_its_head_beside_it(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    _seed(bench)
    page = _open(bench, qtbot)
    with qtbot.waitSignal(page.told):
        page.export_to(tmp_path / "trail.jsonl")
    last = json.loads((tmp_path / "trail.jsonl").read_text("utf-8").splitlines()[-1])
    assert (tmp_path / "trail.jsonl.head").read_text("utf-8") == f"{last['seq']} {last['hash']}\n"


def test_a_link_leads_back_to_the_entry(bench: Bench, qtbot: QtBot) -> None:
    _seed(bench)
    page = _open(bench, qtbot)
    entry = page.model.row_at(2)
    assert entry is not None
    page.table.go_to(2)
    page.side.copy.click()
    link = QGuiApplication.clipboard().text()
    assert link == f"writeback://audit/{entry.seq}"
    bench.window.guide.follow(link)
    _settle(bench, qtbot)
    qtbot.waitUntil(lambda: bench.window.screen_name == "audit")
    front = bench.window.panels["audit"]
    assert isinstance(front, AuditPanel)
    qtbot.waitUntil(lambda: front.side.line is not None and front.side.line.seq == entry.seq)


def test_every_act_of_ours_has_a_word(root: Path) -> None:
    written = set()
    for path in (root / "app" / "writeback").rglob("*.py"):
        text = path.read_text("utf-8")
        written |= {part.partition('"')[0] for part in text.split('act="')[1:]}
    acts = {act for act in written if act.count(".") == 1 and act.replace(".", "").replace("_", "").isalpha()}
    texts = "".join(path.read_text("utf-8") for path in sorted(Path(writeback.__file__).parent.rglob("*.py")))
    acts |= set(re.findall(r'(?:_note|_switch)\([^"\n]*"(schedule\.[a-z_]+)"', texts))
    assert len(acts) > 20
    assert "schedule.set" in acts
    assert acts - set(ACT_WORDS) == set()


def test_every_ability_has_words() -> None:
    assert [one for one in Ability if ability_word(one.value) == one.value] == []
