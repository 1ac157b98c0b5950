"""A sheet of corrections into each CRM, once by keyboard and once by command line: the same in every row.

Both plan the same file against the same CRM; the plans are compared row by row, what arrived with the CRM's
own applied-log, the two result files with the sheet, and after each way an undo puts everything back, which
the next plan proves: it reads every value of the CRM again.
"""

import csv
import json
from collections import abc
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.doubles.four_crms import CRMS, CrmRoom, crm_room
from writeback.cli.application import run as command
from writeback.gui.bridge import Bridge
from writeback.gui.panels.file_write_back import FilePanel
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import Theming
from writeback.gui.windows.main import MainWindow
from writeback.model.file_sessions import FileStep
from writeback.model.types import AttributeType, JobId, PlanId
from writeback.runtime.reading import Reading
from writeback.settings import author

pytestmark = [pytest.mark.gui, pytest.mark.nightly, pytest.mark.timeout(1800)]
PATIENCE = 300_000
EACH = [pytest.param(name, rows, id=f"{name}-{rows}") for rows in (200, 5_000) for name in CRMS]


@dataclass(frozen=True)
class Sheet:
    """What is written, and what must become of each row."""

    path: Path
    key: str
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    good: frozenset[int]
    """Rows that arrive; others are unreadable, name no record, or name one twice."""
    codes: abc.Mapping[int, str]

    @property
    def rows(self) -> list[list[str]]:
        with self.path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))[1:]


def sheet_of(room: CrmRoom, rows: int, path: Path) -> Sheet:
    """Write a sheet about every record: texts and numbers, some of them wrong in a known way."""
    facts = room.facts
    text = facts.fields[AttributeType.TEXT]
    kind = AttributeType.INTEGER if AttributeType.INTEGER in facts.fields else AttributeType.NUMBER
    number = facts.fields[kind]  # some CRMs hold more decimals than they take back: an undo says so
    ids = [room.key(room.record()) for _ in range(rows)]
    codes: dict[int, str] = {}
    lines = [[one, f"Row {place:05d}", str(place % 90 + 1)] for place, one in enumerate(ids)]
    for place in range(7, rows, 97 if rows > 100 else 11):
        lines[place][2], codes[place] = "many", "value.not_a_number"
    for place in range(9, rows, 131 if rows > 100 else 13):
        if place not in codes:
            lines[place][0], codes[place] = f"nobody-{place}", "plan.record_not_found"
    place = rows - 1
    lines.append([lines[place][0], "Row again", "5"])
    codes |= {place: "plan.repeated_differs", rows: "plan.repeated_differs"}
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[facts.key, text, number], *lines])
    good = frozenset(range(rows + 1)) - codes.keys()
    return Sheet(path, facts.key, (text, number), tuple(ids), good, codes)


def rows_in(path: Path) -> list[Any]:
    """Give the rows of a plan file: every value of every record, with its verdict and reason; 5.30 is 5.3."""
    rows = json.loads(path.read_text("utf-8"))["rows"]
    return [
        [[plain(one) for one in cell] if isinstance(cell, list) else cell for cell in row] for row in rows
    ]


def plain(value: Any) -> Any:
    """Give a number without the zeros that a CRM writes behind it."""
    try:
        return str(Decimal(value).normalize()) if isinstance(value, str) else value
    except InvalidOperation:
        return value


def arrived(room: CrmRoom, after: int) -> dict[str, dict[str, object]]:
    """Give what the CRM took from us, each record once."""
    entries = room.ours(after=after)
    found = {str(one["id"]): dict(one["fields"]) for one in entries}
    assert len(found) == len(entries), "a record was written twice"
    return found


def check_results(sheet: Sheet, written: Path, other: Path) -> None:
    """Hold both result files against the sheet: every row is in exactly one, as it stood there."""
    width = len(sheet.columns) + 1
    told: list[list[list[str]]] = []
    for path in (written, other):
        with path.open(encoding="utf-8-sig", newline="") as file:
            told.append(list(csv.reader(file))[1:])
    good, bad = told
    assert [row[:width] for row in good] == [sheet.rows[place] for place in sorted(sheet.good)]
    assert [row[:width] for row in bad] == [sheet.rows[place] for place in sorted(sheet.codes)]
    for place, row in zip(sorted(sheet.codes), bad, strict=True):
        assert sheet.codes[place] in row, (place, row)


@contextmanager
def window_of(room: CrmRoom) -> abc.Iterator[MainWindow]:
    """Open the real window over the room's workspace, with the real façade behind it."""
    path, runtime = Path(room.runtime.workspace.path), room.runtime
    now = lambda: datetime.now(UTC)  # noqa: E731
    reads, tasks = Reading.open(path, now=now, new_id=runtime.new_id), Tasks()
    bridge, window = Bridge(reads, tasks), MainWindow(path)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5000)
    window.fill(Desk(reads, runtime, tasks, now, runtime.new_id, author()), bridge)
    yield window
    bridge.stop()
    window.leave()
    tasks.close()
    reads.close()
    shiboken6.delete(window)


def is_over(files: FilePanel) -> bool:
    """Say whether the screen tells that all of the file was sent."""
    return files.way.view is not None and files.way.view.session.step is FileStep.RESULT


def by_keyboard(
    room: CrmRoom, sheet: Sheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Any], tuple[JobId, ...]]:
    """Plan, send and save the results with the keyboard alone; gives the plan's rows and its jobs."""
    folder = sheet.path.parent
    with window_of(room) as window:
        window.go("files", str(sheet.path))
        files, review = window.panels["files"], window.panels["review"]
        assert isinstance(files, FilePanel)
        assert isinstance(review, ReviewPanel)
        qtbot.waitUntil(lambda: files._plan.isEnabled() and not window.desk.tasks.running, timeout=PATIENCE)
        files._plan.setFocus()
        qtbot.keyClick(files._plan, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: review._plan is not None and review._door.send.isEnabled(), timeout=PATIENCE)
        assert review._plan is not None
        out = folder / "window.json"
        room.runtime.save_plan(PlanId(review._plan.id), str(out))
        before = {job.id for job in room.runtime.told.jobs(limit=500)}
        review._door.send.setFocus()
        qtbot.keyClick(review._door.send, Qt.Key.Key_Space)

        def submitted() -> tuple[JobId, ...]:
            return tuple(job.id for job in room.runtime.told.jobs(limit=500) if job.id not in before)

        qtbot.waitUntil(lambda: bool(submitted()) and not window.desk.tasks.running, timeout=PATIENCE)
        jobs = submitted()
        room.runtime.run_until_final(jobs)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        window.go("files", str(sheet.path))
        qtbot.waitUntil(lambda: is_over(files) and not window.desk.tasks.running, timeout=PATIENCE)
        save = files.way.standing.buttons["results"]
        save.setFocus()
        qtbot.keyClick(save, Qt.Key.Key_Space)
        other = folder / f"{sheet.path.stem}-not-written.csv"
        qtbot.waitUntil(lambda: other.exists() and not window.desk.tasks.running, timeout=PATIENCE)
    check_results(sheet, folder / f"{sheet.path.stem}-written.csv", other)
    return rows_in(out), jobs


def run_command(room: CrmRoom, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = command(["--workspace", str(room.runtime.workspace.path), *arguments, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out)


@pytest.mark.parametrize(("connector", "rows"), EACH)
def test_a_sheet_goes_the_same_way_by_keyboard_and_by_command_line(
    *,
    connector: str,
    rows: int,
    tmp_path: Path,
    qtbot: QtBot,
    theming: Theming,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tmp_path.chmod(0o700)
    with crm_room(tmp_path / "room", connector, rows=rows + 20) as room:
        keys = sheet_of(room, rows, tmp_path / "keys.csv")
        line = tmp_path / "line.csv"
        line.write_bytes(keys.path.read_bytes())
        typed = Sheet(line, keys.key, keys.columns, keys.ids, keys.good, keys.codes)
        place = ("--connection", "C", "--object", room.facts.object, "--key", room.facts.key)

        def planned() -> list[Any]:
            out = tmp_path / "line.json"
            run_command(room, capsys, "plan", str(line), *place, "-o", str(out))
            return rows_in(out)

        def undone(jobs: abc.Iterable[str]) -> None:
            for job in jobs:
                override = "blanks,changed"  # most of what stood there was nothing
                code, told = run_command(room, capsys, "jobs", "undo", job, "--yes", "--override", override)
                left = run_command(room, capsys, "jobs", "results", str(told["job"]))[1]
                assert (code, told["applied"]) == (0, len(keys.good)), (told, str(left[-1:])[:900])

        first, marks = planned(), [0, 0]
        marks[0] = len(room.running.crm.applied.entries(after=0))
        by_window, jobs = by_keyboard(room, keys, qtbot, monkeypatch)
        assert by_window == first, "the plan is the same, row by row"
        window_took = arrived(room, marks[0])
        assert window_took.keys() == {keys.rows[place][0] for place in keys.good}
        counts = [room.runtime.told.job(job).counts for job in jobs]
        undone(map(str, jobs))
        assert planned() == first, "the undo put everything back"

        marks[1] = len(room.running.crm.applied.entries(after=0))
        written, other = tmp_path / "w.csv", tmp_path / "n.csv"
        code, told = run_command(
            room, capsys, "push", str(line), *place, "--yes",
            "--written", str(written), "--not-written", str(other),
        )  # fmt: skip
        assert code == 4, told
        for name in ("applied", "blocked", "unchanged", "conflict", "rejected", "unknown"):
            assert told[name] == sum(getattr(one, name) for one in counts), name
        assert told["applied"] == len(keys.good)
        assert arrived(room, marks[1]) == window_took, "both sent the same"
        check_results(typed, written, other)
        undone([str(told["job"])])
        assert planned() == first
