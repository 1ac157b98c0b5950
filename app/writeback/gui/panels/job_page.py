"""One job: what happened in numbers, in steps, row by row, by cause, by batch and on the wire."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QTabWidget, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import ROUTE_WORDS, job_tone, number
from writeback.gui.models.job_words import (
    FINAL,
    RESUMABLE,
    done_of,
    kind_word,
    name_of,
    progress_line,
    state_word,
)
from writeback.gui.panels.job_acts import ActsPage
from writeback.gui.panels.job_batches import BatchesPage
from writeback.gui.panels.job_causes import CausesPage
from writeback.gui.panels.job_exchanges import ExchangesPage
from writeback.gui.panels.job_fix import FixPage
from writeback.gui.panels.job_overview import OverviewPage, Totals, can_be_fixed
from writeback.gui.panels.job_rows import JobRowsPage
from writeback.gui.panels.job_verify import VerifyPage
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import clear, column, row
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, tip
from writeback.model.jobs import JobState
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import JobDetail

RATE_S = 10.0
"""The rate that is told is the mean of so long."""
LOW = 480
Do = abc.Callable[[str], object]


class Rate:
    """How many rows a second lately, from what was seen."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, int]] = []

    def note(self, at: float, done: int) -> float | None:
        """Note how far a job is; gives the mean of the last seconds, None while they are not over."""
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[1][0] >= RATE_S:
            del self._seen[0]
        began, first = self._seen[0]
        return (done - first) / (at - began) if at - began >= 1 else None


class JobPage(QWidget):
    """One job."""

    def __init__(
        self,
        desk: Desk,
        *,
        back: abc.Callable[[], None],
        do: Do,
        complain: abc.Callable[[WritebackError], None],
    ) -> None:
        super().__init__()
        self._desk, self._do, self._complain = desk, do, complain
        self._job_id, self._done = "", 0
        self._job: JobView | None = None
        self._rate = Rate()
        self._title = PlainLabel(role="title")
        self._state = Chip()
        self._where = row(gap=2)
        self._facts = ElidedLabel(role="muted")
        self._back = IconButton(tr("Back to the list of jobs"), "arrow-left", call=back)
        self._buttons = {
            "pause": Button(tr("Pause"), picture="pause"),
            "start": Button(tr("Send now"), picture="send"),
            "cancel": Button(tr("Cancel"), picture="cancel", kind="danger"),
            "check": Button(tr("Check now"), picture="refresh"),
            "retry": Button(tr("Retry refused rows"), picture="retry"),
            "undo": Button(tr("Undo job"), picture="undo"),
            "undo_everywhere": Button(tr("Undo everywhere"), picture="undo"),
            "export": Button(tr("Export…"), picture="export"),
            "copy_link": Button(tr("Copy link"), picture="copy"),
        }
        for name, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self._do(name))
        for name in ("undo_everywhere", "check", "start"):
            self._buttons[name].hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._progress = PlainLabel(role="muted")
        self._totals = Totals()
        self._build_tabs()
        self._stack = Pages()
        self._stack.addWidget(self._tabs)
        self._stack.addWidget(self.fix_page)
        self.fix_page.left.connect(self.leave_fix)
        self.head = self._headed()
        """Its title and acts, shown above what is said of it."""
        self.setLayout(self._laid_out())

    def _build_tabs(self) -> None:
        complain = self._complain
        self.overview = OverviewPage(self._desk)
        self.rows_page = JobRowsPage(self._desk, complain=complain)
        self.rows_page.fix_asked.connect(lambda: self._do("fix"))
        self.causes_page = CausesPage()
        self.batches_page = BatchesPage()
        self.exchanges_page = ExchangesPage(self._desk, complain=complain)
        self.verify_page = VerifyPage(self._desk, complain=complain)
        self.acts_page = ActsPage()
        self.fix_page = FixPage(self._desk, complain=complain)
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(tr("Parts of the job"))
        self._tabs.setDocumentMode(True)
        for page, title in (
            (self.overview, tr("Overview")),
            (self.rows_page, tr("Rows")),
            (self.causes_page, tr("Causes")),
            (self.batches_page, tr("Batches")),
            (self.exchanges_page, tr("Exchanges")),
            (self.verify_page, tr("Read back")),
            (self.acts_page, tr("Audit")),
        ):
            self._tabs.addTab(page, title)
        self._tabs.currentChanged.connect(lambda _place: self._read_tab())

    def _headed(self) -> QWidget:
        head = row(gap=2)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        title = row(self._title, self._state, gap=3)
        title.addLayout(self._where)
        head.addLayout(title)
        head.addWidget(self._facts, 2)
        made = QWidget(self)
        body = column(gap=2)
        body.addLayout(head)
        body.addWidget(Flowing(*self._buttons.values()))
        made.setLayout(body)
        return made

    def _laid_out(self) -> QVBoxLayout:
        page = column(gap=2)
        page.addWidget(self._bar)
        page.addWidget(self._progress)
        page.addWidget(self._totals)
        page.addWidget(self._stack, 1)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """In a low window the rows have the room of the totals, which their filter names as well."""
        is_low = self.height() < theming().theme.px(LOW)
        self._totals.setHidden(is_low and self._tabs.currentWidget() is self.rows_page)

    # for the panel

    def first_focus(self) -> QWidget:
        """Say where the keyboard lands."""
        return self._tabs.tabBar()

    def close_page(self) -> None:
        """Give back the window on the rows."""
        self.rows_page.close_rows()

    def show_job(self, detail: JobDetail, *, bulk_page: str = "") -> None:
        """Show one job as it is now; `bulk_page` is where its CRM shows an upload."""
        job = detail.job
        self._job = job
        if str(job.id) != self._job_id:
            self._job_id, self._done, self._rate = str(job.id), 0, Rate()
            self._tabs.setCurrentIndex(0)
            self.leave_fix()
        now = self._desk.now()
        self._title.set_text(tr("Job {job}", job=job.number))
        self._state.say(state_word(job, now=now), tone=job_tone(job.state, job.counts))
        clear(self._where)
        self._where.addWidget(EnvironmentChip.of(detail.connection))
        self._facts.set_text(
            tr(
                "{name} · {kind} · {connection} · {object} · {columns} · by {author} · {route}",
                name=name_of(job),
                kind=kind_word(job),
                connection=job.connection,
                object=job.object,
                columns=", ".join(job.columns),
                author=job.author,
                route=ROUTE_WORDS[job.route],
            )
        )
        self._show_progress(job)
        self._totals.show_counts(job.counts)
        self._show_parts(detail, bulk_page)
        others = ", ".join(detail.others)
        everywhere = self._buttons["undo_everywhere"]
        everywhere.setVisible(bool(others) and job.state in FINAL)
        tip(everywhere, tr("The same act also wrote to {others}.", others=others) if others else "")
        self._read_tab()

    def _show_parts(self, detail: JobDetail, bulk_page: str) -> None:
        self.overview.show_job(detail)
        self.rows_page.show_job(detail.job)
        self.causes_page.show_job(detail)
        self.batches_page.show_job(detail, page=bulk_page)
        self.exchanges_page.show_job(detail)
        self.verify_page.show_job(detail.job)
        self.acts_page.show_job(detail)
        counts = {
            self.rows_page: (tr("Rows"), detail.job.counts.rows),
            self.causes_page: (tr("Causes"), len(detail.causes)),
            self.batches_page: (tr("Batches"), len(detail.batches)),
            self.exchanges_page: (tr("Exchanges"), len(detail.exchanges)),
            self.acts_page: (tr("Audit"), len(detail.acts)),
        }
        for page, (title, count) in counts.items():
            self._tabs.setTabText(
                self._tabs.indexOf(page), tr("{title} ({count})", title=title, count=number(count))
            )

    def show_fix(self) -> None:
        """Bring the rows to be put right to the front."""
        self._stack.setCurrentWidget(self.fix_page)

    def leave_fix(self) -> None:
        """Go back to the job's tabs."""
        self._stack.setCurrentWidget(self._tabs)

    def show_rows(self, outcome: str) -> None:
        """Bring the rows of one end to the front."""
        self.leave_fix()
        self._tabs.setCurrentWidget(self.rows_page)
        self.rows_page.choose(outcome)

    def gate(self, reasons: abc.Mapping[str, str]) -> None:
        """Enable what can be done; a reason says why not."""
        job = self._job
        for name, button in self._buttons.items():
            button.gate(reasons.get(name, ""))
        is_final = job is None or job.state in FINAL
        resumes = job is not None and job.state in RESUMABLE
        for name in ("pause", "cancel"):
            self._buttons[name].setVisible(not is_final)
        for name in ("retry", "undo"):
            self._buttons[name].setVisible(is_final)
        for name in ("check", "start"):
            self._buttons[name].setVisible(not reasons.get(name, "no"))
        self._buttons["pause"].say(tr("Resume") if resumes else tr("Pause"))
        self._buttons["pause"].draw("play" if resumes else "pause")
        fix = reasons.get("fix", "")
        if not fix and job is not None and not can_be_fixed(job):
            fix = tr("No row was refused, blocked or left unsent.")
        self.rows_page.gate(reasons.get("undo", ""), fix)
        self.verify_page.gate(reasons.get("verify", ""))

    def _show_progress(self, job: JobView) -> None:
        now = self._desk.now()
        done = done_of(job)
        self._done = max(self._done, done)
        self._bar.setMaximum(max(job.counts.rows, 1))
        self._bar.setValue(self._done)
        is_final = job.state in FINAL
        self._bar.setVisible(not is_final)
        self._progress.setVisible(not is_final)
        rate = self._rate.note(now.timestamp(), done) if job.state is JobState.RUNNING else None
        self._progress.set_text(progress_line(job, now=now, rate=rate))

    def _read_tab(self) -> None:
        """Read what the tab in front shows, where it is read by itself."""
        self._share_room()
        page = self._tabs.currentWidget()
        if page is self.rows_page:
            self.rows_page.read()
        elif page is self.verify_page:
            self.verify_page.read()


def copy_link(job: JobView) -> str:
    """Put the address of a job into the clipboard; gives it."""
    link = f"writeback://job/{job.number}"
    QGuiApplication.clipboard().setText(link)
    return link
