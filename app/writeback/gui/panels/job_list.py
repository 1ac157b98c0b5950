"""The list of jobs with its filters: of all connections, or of one on its card. A widget others embed."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from writeback.errors import WritebackError
from writeback.gui.models.job_lists import JobLine, job_lines_model
from writeback.gui.models.job_words import moment_of
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.job_filters import JobFilters
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.model.connections import Connection
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import PastRun
from writeback.runtime.reading import Reading


@dataclass(frozen=True, slots=True)
class _Found:
    """What one read gives."""

    lines: tuple[JobLine, ...]
    connections: dict[str, Connection]
    attributes: tuple[str, ...]
    is_any: bool
    """There are jobs at all."""


def _when(one: JobLine) -> float:
    at = moment_of(one)
    return at.timestamp() if at is not None else 0.0


class JobList(QWidget):
    """Jobs in a table, filtered where they lie.

    Signals:
        opened: A job is wanted; carries its id.
        moved: Another line is the current one.
        shown: The list was read anew.
        empty_acted: The one act of the empty list was taken.
    """

    opened = Signal(str)
    moved = Signal()
    shown = Signal()
    empty_acted = Signal()

    def __init__(self, desk: Desk, *, connection_id: str = "", parent: QWidget | None = None) -> None:
        """Make the list; with a connection given it lists that one's jobs, pulls and read-backs."""
        super().__init__(parent)
        self._desk, self._connection = desk, connection_id
        self._connections: dict[str, Connection] = {}
        self._is_filtered = False
        self.filters = JobFilters(desk.author, connection_id=connection_id)
        self.filters.changed.connect(self.refresh)
        self.model = job_lines_model(desk.now, lambda: self._connections)
        self.table = Table(tr("Jobs"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.chosen.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self.moved.emit())
        self.states = States(self.table)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._act)
        body = column(gap=3)
        body.addWidget(self.filters)
        body.addWidget(self.states, 1)
        self.setLayout(body)

    @property
    def current(self) -> JobLine | None:
        """The line in front."""
        return self.model.row_at(self.table.currentIndex().row())

    @property
    def current_job(self) -> JobView | None:
        """The job in front; None on a pull or a read-back."""
        one = self.current
        return one if isinstance(one, JobView) else None

    def refresh(self) -> None:
        """Read the list as it is now."""
        wanted = self.filters.wanted
        self.states.loading()

        def read(reads: Reading) -> _Found:
            jobs, runs = reads.jobs(wanted), reads.past_runs(wanted)
            every: tuple[JobLine, ...] = (*jobs, *runs)
            lines = sorted(every, key=_when, reverse=True)
            is_any = bool(lines) or bool(reads.jobs(most=1))
            return _Found(tuple(lines), reads.job_connections(), reads.job_attributes(), is_any)

        self._desk.read(self, read, done=self._show, failed=self.fail)

    def fail(self, error: WritebackError) -> None:
        """Say that nothing could be shown."""
        self.states.error(error)

    def _show(self, found: _Found) -> None:
        self._connections = found.connections
        names = {key: one.name for key, one in found.connections.items()}
        self.filters.show_choices(names, found.attributes)
        key = self._key(self.current)
        place = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(found.lines)
        again = next((n for n, one in enumerate(found.lines) if key and self._key(one) == key), place)
        self.table.go_to(min(again, len(found.lines) - 1))
        self._is_filtered = not self.filters.is_open
        self.filters.setVisible(found.is_any or self._is_filtered)
        if found.lines:
            self.states.ready()
        elif self._is_filtered:
            self.states.empty(
                tr("No job fits the filter"),
                tr("There are jobs, but none of this connection, kind, state, attribute or record."),
                act=tr("Clear filter"),
                picture="filter",
            )
        else:
            self.states.empty(
                tr("No jobs yet"),
                tr("Everything that is sent to a CRM becomes a job with an outcome for each row."),
                act=tr("Go to review & send"),
                picture="jobs",
            )
        self.shown.emit()
        self.moved.emit()

    @staticmethod
    def _key(one: JobLine | None) -> str:
        if one is None:
            return ""
        return str(one.id) if isinstance(one, JobView) else f"{one.kind} {one.connection_id} {one.at}"

    def _open(self, place: int) -> None:
        one = self.model.row_at(place)
        if isinstance(one, PastRun) and one.job_id:
            self.opened.emit(one.job_id)
        elif isinstance(one, JobView):
            self.opened.emit(str(one.id))

    def _act(self) -> None:
        if self._is_filtered:
            self.filters.clear()
        else:
            self.empty_acted.emit()
