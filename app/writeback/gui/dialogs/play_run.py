"""One run of a play, or what it would do: every record with its change or the reason why there is none."""

from collections import abc
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.plays import STATES, reason_words, rows_model, run_words
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, column, give_room, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.plays import PlayRow, PlayRun, RowVerdict, RunState
from writeback.model.types import JobId
from writeback.planning.playing import PlayGround
from writeback.runtime.facade.plays import PlayReport
from writeback.runtime.reading import Reading

PAGE: Final = 1_000
FILTERS: Final = (
    (mark("All"), None),
    (mark("Changes"), RowVerdict.CHANGE),
    (mark("So already"), RowVerdict.SAME),
    (mark("Left alone"), RowVerdict.SKIPPED),
    (mark("Cannot be changed"), RowVerdict.BLOCKED),
)


@dataclass(frozen=True, slots=True)
class RunActs:
    """What a person may do about a run from here; each is done by the screen behind."""

    run_now: abc.Callable[[], None]
    """Of a dry run: really."""
    release: abc.Callable[[int], None]
    dismiss: abc.Callable[[int], None]
    undo: abc.Callable[[int], None]
    show_job: abc.Callable[[JobId], None]
    compare: abc.Callable[[QWidget, abc.Callable[[str], None], abc.Callable[[WritebackError], None]], None]
    """Of a dry run: judge it against what the CRMs hold now, and say so in words."""


class PlayRunDialog(QDialog):
    """One run.

    Signals:
        record_wanted: A record shall open; carries its id.
    """

    record_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        report: PlayReport,
        *,
        ground: PlayGround | None,
        acts: RunActs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._run, self._acts = desk, report.run, acts
        self._rows = report.rows
        run = report.run
        is_open = run.number == 0 or run.state is RunState.HELD
        self.setWindowTitle(tr("Run of a play"))
        self.setMinimumSize(720, 440)
        give_room(self, 980, 620)
        self.banner = Banner()
        self.model = rows_model(ground, is_open=is_open, parent=self)
        self.table = Table(tr("Records of the run"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.chosen.connect(lambda _row: self._open_record())
        name = one_line(run.play)
        head = (
            tr("What “{play}” would do now", play=name)
            if run.number == 0
            else tr("{play}: run {number}, {state}", play=name, number=run.number, state=STATES[run.state])
        )
        words = PlainLabel(run_words(run), role="muted", wraps=True)
        self._none = PlainLabel("", role="muted", wraps=True)
        box = column(PlainLabel(head, role="heading", wraps=True), words, self.banner, gap=3, margin=6)
        box.addLayout(row(boxed(self._build_filters()), None))
        box.addWidget(self.table, 1)
        box.addWidget(self._none)
        box.addWidget(Flowing(*self._build_acts(run), is_at_end=True))
        self.setLayout(box)
        if run.reason is not None:
            told = [reason_words(run.reason)]
            if run.linked:
                told.append(tr("See run {number}.", number=run.linked))
            self.banner.tell(" ".join(told), tone="warning", closes=False)
        self._show()
        if run.number and not self._rows:
            self._read()
        self.table.setFocus()

    def _build_filters(self) -> QHBoxLayout:
        self.filters = QButtonGroup(self)
        line = row(gap=0)
        for place, (word, _verdict) in enumerate(FILTERS):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            button.setChecked(not place)
            self.filters.addButton(button, place)
            line.addWidget(button)
        self.filters.idClicked.connect(lambda _place: self._read() if self._run.number else self._show())
        return line

    def _build_acts(self, run: PlayRun) -> list[QWidget]:
        """Give the buttons; `go` is the one that goes on, where there is one."""
        number, acts = run.number, self._acts
        made: list[QWidget] = [Button(tr("Close"), call=self.reject)]
        if not number and run.state is not RunState.NOT_RUN:
            self.go = Button(tr("Run it now"), kind="primary", picture="play", call=self._take(acts.run_now))
            self.go.gate("" if run.counts.change else tr("There is nothing to change."))
            self.compare = Button(tr("Compare with the CRMs"), picture="review", call=self._compare)
            self.compare.gate("" if run.counts.change else tr("There is nothing to change."))
            made += [self.compare, self.go]
        if run.state is RunState.HELD and number:
            words = tr("Change these %n records", run.counts.change)
            self.go = Button(words, kind="primary", picture="check", call=self._numbered(acts.release))
            made += [Button(tr("Dismiss the run"), call=self._numbered(acts.dismiss)), self.go]
        if run.state is RunState.DONE and run.counts.done:
            made.append(Button(tr("Undo this run"), picture="undo", call=self._numbered(acts.undo)))
        if run.jobs:
            job = run.jobs[0]
            show = self._take(lambda: acts.show_job(job))
            made.append(Button(tr("Open its job"), picture="jobs", call=show))
        return made

    def _compare(self) -> None:
        self.compare.gate(tr("The CRMs are being asked."))
        self._acts.compare(self, self._compared, self._failed)

    def _compared(self, words: str) -> None:
        self.compare.gate("")
        self.banner.tell(words)

    def _numbered(self, act: abc.Callable[[int], None]) -> abc.Callable[[], None]:
        return self._take(lambda: act(self._run.number))

    def _take(self, act: abc.Callable[[], None]) -> abc.Callable[[], None]:
        def take() -> None:
            self.accept()
            act()

        return take

    def _read(self) -> None:
        run, verdict = self._run.number, FILTERS[self.filters.checkedId()][1]

        def read(reads: Reading) -> tuple[PlayRow, ...]:
            return reads.plays.rows(run, verdict=verdict, limit=PAGE)

        self._desk.read(self, read, done=self._take_rows, failed=self._failed)

    def _take_rows(self, rows: tuple[PlayRow, ...]) -> None:
        self._rows = rows
        self._show()

    def _failed(self, error: WritebackError) -> None:
        if not self._run.number:
            self.compare.gate("")
        self.banner.tell_error(error)

    def _show(self) -> None:
        verdict = FILTERS[self.filters.checkedId()][1]
        shown = tuple(one for one in self._rows if verdict is None or one.verdict is verdict)
        self.model.show_rows(shown)
        self.table.go_to(0)
        if not shown:
            self._none.set_text(tr("No record of the run is like that."))
        elif len(self._rows) >= PAGE:
            self._none.set_text(tr("The first %n records; writeback plays history tells all.", len(shown)))
        else:
            self._none.set_text("")
        self._none.setVisible(bool(self._none.text()))

    def _open_record(self) -> None:
        one = self.model.row_at(self.table.currentIndex().row())
        if one is not None:
            self.record_wanted.emit(str(one.record))
            self.accept()
