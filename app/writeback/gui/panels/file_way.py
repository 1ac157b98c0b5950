"""The way of a file through its screen: taken up, kept at each choice, and left again.

Holds what the workspace knows of the file in front; the panel beside it holds its columns.

Must not: read a file, plan, send.
"""

from collections import abc
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from writeback.gui.panels.file_standing import FileStanding
from writeback.gui.panels.panel import CALM_MS
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.model.file_sessions import FileSession, FileStep
from writeback.runtime.facade import PlanSource
from writeback.runtime.facade.files import ResultCounts, SessionView

KEPT_AFTER_MS = 300
"""Choices in quick succession are kept once."""


class FileWay(QObject):
    """One file's session, and the line that tells of it.

    Signals:
        taken_up: The file was taken up where it was left; carries a `SessionView`.
        left: The person is done with it.
        going: Another screen is wanted; carries its name and its subject.
        told: Something to say in the status line.
        failed: Something did not go; carries the error.
        planning: The file shall be planned again.
        is_open: Whether its first plan is still to be made.
    """

    taken_up = Signal(object)
    left = Signal()
    going = Signal(str, object)
    told = Signal(str)
    failed = Signal(object)
    planning = Signal()
    is_open = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent
        self.view: SessionView | None = None
        self.standing = FileStanding()
        self.standing.asked.connect(self._do)
        self._source: PlanSource | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEPT_AFTER_MS)
        self._pause.timeout.connect(self.before_leaving)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.look_again)

    @property
    def number(self) -> int:
        """The number of the session in front; 0: there is none."""
        return self.view.session.number if self.view is not None else 0

    def take_up(self, path: str, *, anew: bool = False) -> None:
        """Take a file up where it was left, or begin with it; what is still to be kept is kept first."""
        author = self._desk.author

        def take_up() -> None:
            self._forget()
            self._desk.ask(
                self,
                lambda facade, act: facade.open_file_session(path, author=author, anew=anew, act=act),
                done=self._show,
                failed=self.failed.emit,
            )

        self.before_leaving(take_up)

    def leave(self, then: abc.Callable[[], None]) -> None:
        """Have no file in front any more; go on when what was chosen for the last one is kept."""

        def left() -> None:
            self._forget()
            then()

        self.before_leaving(left)

    def moved(self) -> None:
        """Something happened to plans or jobs: look how far the file is, soon."""
        if self.number and not self._calm.isActive():
            self._calm.start()

    def look_again(self) -> None:
        """Look how far the file is by now."""
        number = self.number
        if number:
            self._desk.ask(
                self,
                lambda facade, _act: facade.resume_file_session(number),
                done=self._refresh,
                failed=self.failed.emit,
            )

    def keep(self, source: PlanSource) -> None:
        """Keep what is chosen now, as soon as nothing more is chosen."""
        view = self.view
        if view is not None and source not in (view.choices, self._source):
            self._source = source
            self._pause.start()

    def before_leaving(self, then: abc.Callable[[], None] | None = None) -> None:
        """Keep at once what is still to be kept, and go on when it is."""
        source, number = self._source, self.number
        if source is None or not number:
            if then is not None:
                then()
            return
        self._pause.stop()
        self._source = None

        def kept(_session: FileSession) -> None:
            if then is not None:
                then()
            else:
                self.look_again()

        self._desk.ask(
            self,
            lambda facade, act: facade.keep_file_session(number, source, act=act),
            done=kept,
            failed=self.failed.emit,
        )

    def _show(self, view: SessionView) -> None:
        self._stand(view)
        self.taken_up.emit(view)

    def _refresh(self, view: SessionView) -> None:
        if view.session.number == self.number:
            self._stand(view)

    def _stand(self, view: SessionView) -> None:
        self.view = view
        self.standing.show_session(view.session, view.file)
        self.is_open.emit(view.session.step in (FileStep.FILE, FileStep.COLUMNS))

    def _forget(self) -> None:
        self._pause.stop()
        self.view, self._source = None, None
        self.standing.hide()

    def _do(self, what: str) -> None:
        view = self.view
        if view is None:
            return
        session = view.session
        match what:
            case "plan":
                self.going.emit("review", str(session.plan))
            case "again":
                self.planning.emit()
            case "job":
                self.going.emit("jobs", str(session.jobs[-1]))
            case "first":
                self.going.emit("jobs", str(session.jobs[0]))
            case "results":
                self.save_results(session)
            case _:
                self.take_up(session.path, anew=True)

    def save_results(self, session: FileSession) -> None:
        """Let the person choose a place, and write both result files there."""
        stem = Path(session.path).stem
        folder = QFileDialog.getExistingDirectory(
            self._window, tr("Where shall the two result files go?"), str(Path(session.path).parent)
        )
        if not folder:
            return
        written, other = map(str, free_names(Path(folder), stem))
        self._desk.ask(
            self,
            lambda facade, _act: facade.write_file_results(
                session.number, written=written, not_written=other
            ),
            done=self._tell_results,
            failed=self.failed.emit,
        )

    def _tell_results(self, made: ResultCounts) -> None:
        self.told.emit(
            tr(
                "{written} rows are in {file}, {others} in {other}.",
                written=made.rows_written,
                file=Path(made.written).name,
                others=made.rows_not_written,
                other=Path(made.not_written).name,
            )
        )

    def close(self, session: FileSession) -> None:
        """Be done with a file: a plan of it that was not sent is dropped, what was sent stays."""

        def closed(_none: None) -> None:
            self._forget()
            self.left.emit()

        self._desk.ask(
            self,
            lambda facade, act: facade.close_file_session(session.number, act=act),
            done=closed,
            failed=self.failed.emit,
        )


def free_names(folder: Path, stem: str) -> tuple[Path, Path]:
    """Name two result files where none of that name stands: nobody was asked whether it may be replaced."""
    marks = ("" if number == 1 else f"-{number}" for number in count(1))
    pairs = (
        (folder / f"{stem}-written{mark}.csv", folder / f"{stem}-not-written{mark}.csv") for mark in marks
    )
    return next(pair for pair in pairs if not any(one.exists() for one in pair))
