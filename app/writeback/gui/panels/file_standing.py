"""How far a file came: its steps in one line, what stands there, and the acts that lead on from it."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.gui.i18n import number
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import Snug, boxed, clear, column, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model.file_sessions import FileSession, FileState, FileStep

_PLACES = (
    (mark("File"), FileStep.FILE),
    (mark("Match and columns"), FileStep.COLUMNS),
    (mark("Plan"), FileStep.PLANNED),
    (mark("Trial"), FileStep.TRIAL),
    (mark("Send"), FileStep.SENDING),
    (mark("Result"), FileStep.RESULT),
)


class FileStanding(Snug):
    """The line above a file's columns.

    Signals:
        asked: An act of the session; carries its name: plan, again, job, first, results, anew.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = [PlainLabel(tr(words), role="muted") for words, _ in _PLACES]
        steps: list[QWidget] = []
        for place, label in enumerate(self._places):
            steps += [PlainLabel("›", role="muted"), label] if place else [label]
        self.words = PlainLabel(wraps=True)
        self._acts = row(gap=2)
        self.buttons: dict[str, Button] = {}
        self._offered: list[tuple[str, str]] = []
        body = column(Flowing(*steps), self.words, gap=2, margin=(3, 2, 3, 2))
        body.addLayout(self._acts)
        self.setLayout(column(boxed(body, box="well")))
        self.hide()

    def show_session(self, session: FileSession, file: FileState) -> None:
        """Say how far a file came."""
        is_read = session.step is FileStep.FILE and file is FileState.SAME  # nothing was chosen yet
        now = FileStep.COLUMNS if is_read else session.step
        here = next(place for place, (_, step) in enumerate(_PLACES) if step is now)
        for place, (label, (words, _)) in enumerate(zip(self._places, _PLACES, strict=True)):
            is_trial = _PLACES[place][1] is FileStep.TRIAL  # nobody has to try first
            is_done = place < here and (session.was_tried or not is_trial)
            sign = "✓ " if is_done else "● " if place == here else ""
            label.set_text(f"{sign}{tr(words)}")
            label.set_tone("accent" if place == here else "")
        told = standing_words(session, file)
        self.words.set_text(told)
        self.words.setVisible(bool(told))
        self._offer(list(_acts(session, file)))
        self.show()

    def _offer(self, offered: list[tuple[str, str]]) -> None:
        """Show these acts; where they are the same nothing moves."""
        if offered == self._offered:
            return
        self._offered = offered
        clear(self._acts)
        self.buttons = {}
        parts = []
        for place, (name, words) in enumerate(offered):
            made = Button(words, kind="primary" if not place else "", call=self._asker(name))
            self.buttons[name] = made
            parts.append(made)
        if parts:
            self._acts.addWidget(Flowing(*parts), 1)

    def _asker(self, name: str) -> abc.Callable[[], None]:
        return lambda: self.asked.emit(name)


def standing_words(session: FileSession, file: FileState) -> str:
    """Say in a sentence how far a file came, and what became of it on the disk."""
    told = ""
    match session.step:
        case FileStep.FILE | FileStep.COLUMNS:
            if session.jobs:
                told = tr("A trial was sent; what it left was dropped after a while: plan it again.")
        case FileStep.PLANNED:
            told = tr("A plan of %n rows waits. Nothing of it was sent.", session.to_send)
        case FileStep.TRIAL:
            told = tr(
                "Trial: {sent} rows were sent, {arrived} arrived. %n rows wait.",
                session.to_send,
                sent=number(session.sent),
                arrived=number(session.arrived),
            )
        case FileStep.SENDING:
            told = tr("%n rows are being sent.", session.sent)
        case FileStep.RESULT if session.unknown:
            told = tr(
                "%n rows: {arrived} arrived, of {unknown} nobody knows, {others} did not.",
                session.rows,
                arrived=number(session.arrived),
                unknown=number(session.unknown),
                others=number(max(session.rows - session.arrived - session.unknown, 0)),
            )
        case FileStep.RESULT:
            told = tr(
                "%n rows: {arrived} arrived, {others} did not.",
                session.rows,
                arrived=number(session.arrived),
                others=number(max(session.rows - session.arrived, 0)),
            )
    if file is FileState.CHANGED:
        return f"{told} {tr('The file changed on the disk since: plan it again.')}".strip()
    if file is FileState.GONE:
        gone = tr("The file is not there any more. What was chosen, planned and sent of it is kept.")
        return f"{told} {gone}".strip()
    return told


def _acts(session: FileSession, file: FileState) -> abc.Iterator[tuple[str, str]]:
    """Give what can be done with a session, the one that leads on first."""
    is_same = file is FileState.SAME
    if session.step is FileStep.PLANNED and file is not FileState.CHANGED:
        yield "plan", tr("Go to the plan…")
    if session.step is FileStep.TRIAL and file is not FileState.CHANGED:
        yield "plan", tr("Send the remaining %n…", session.to_send)
    if session.step in (FileStep.PLANNED, FileStep.TRIAL) and file is not FileState.GONE:
        yield "again", tr("Plan again…")
    if session.jobs:
        words = {FileStep.TRIAL: tr("Show the trial"), FileStep.SENDING: tr("Show the job")}
        yield "job", words.get(session.step, tr("Rows, fix and undo…"))
        if len(session.jobs) > 1:  # a trial, and the rest
            yield "first", tr("Show its first job")
        if is_same:
            yield "results", tr("Save result files…")
    if session.step is FileStep.RESULT and is_same:
        yield "anew", tr("Begin anew")
