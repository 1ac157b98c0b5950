"""One job at a glance: its totals, its steps with their times, its phases, its quota."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from writeback.gui.i18n import ROUTE_WORDS, absolute, clock, lap, moment, number
from writeback.gui.models.job_words import origin_word
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row, scrolled
from writeback.gui.widgets.text import PlainLabel, one_line, sentence_like, tip
from writeback.model.jobs import Counts, JobState
from writeback.runtime.assurances import measured_words
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import JobDetail, JobStep
from writeback.runtime.plan_words import quota_title, switched_word

STEP_WORDS = Words(
    {
        "collected": mark("Collected"),
        "checked": mark("Checked against the CRM"),
        "approved": mark("Approved"),
        "sending": mark("Sending began"),
        "waiting": mark("Waiting for the CRM"),
        "answered": mark("Last answer"),
        "read_back": mark("Read back"),
        "finished": mark("Finished"),
        "job.paused": mark("Paused"),
        "job.resumed": mark("Resumed"),
        "job.cancelled": mark("Cancelled"),
        "job.stopped": mark("Stopped"),
    }
)
LABEL_WIDTH = 176


class Totals(Flowing):
    """The ends of a job's rows, side by side: they add up to what was approved."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Counts | None = None

    def show_counts(self, counts: Counts) -> None:
        """Show these totals."""
        if counts == self._told:
            return
        self._told = counts
        line = self.lines
        clear(line)
        for word, count, tone in (
            (tr("approved"), counts.rows, "muted"),
            (tr("written"), counts.applied, "ok"),
            (tr("already so"), counts.unchanged, "muted"),
            (tr("refused"), counts.rejected, "refused"),
            (tr("in conflict"), counts.conflict, "conflict"),
            (tr("unknown"), counts.unknown, "unknown"),
            (tr("blocked"), counts.blocked, "draft"),
            (tr("not sent"), counts.cancelled, "muted"),
            (tr("open"), counts.open, "accent"),
        ):
            shown = "muted" if not count else "" if tone == "muted" else tone
            figure = PlainLabel(number(count), role="strong", tone=shown)
            box = row(figure, PlainLabel(word, role="caption"), None, gap=1, margin=(2, 1, 1, 1))
            line.addWidget(boxed(box, box="well"))


class OverviewPage(QWidget):
    """The timeline, and what is worth knowing of the way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._steps = QGridLayout()
        self._steps.setHorizontalSpacing(8)
        self._steps.setVerticalSpacing(4)
        self._steps.setColumnStretch(2, 1)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        body = column(gap=4, margin=(1, 3, 2, 2))
        body.addLayout(self._steps)
        body.addLayout(self._facts)
        body.addStretch(1)
        inside = QWidget()
        inside.setLayout(body)
        self.setLayout(column(scrolled(inside)))
        self._told: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        """Everything it says, for those who look for a word in it."""
        labels = self.findChildren(PlainLabel)
        return "\n".join(label.text() for label in labels)

    def show_job(self, detail: JobDetail) -> None:
        """Show one job as it is now."""
        now = self._desk.now()
        told = (detail.job, detail.steps, detail.usage, detail.checks_at, now.replace(second=0))
        if told == self._told:
            return
        self._told = told
        _empty(self._steps)
        before: datetime | None = None
        for place, step in enumerate(detail.steps):
            self._add_step(place, step, detail, before=before)
            before = step.at or before
        _empty(self._facts)
        for place, (name, words) in enumerate(_facts(detail)):
            label = PlainLabel(name, role="muted")
            label.setMinimumWidth(LABEL_WIDTH)
            self._facts.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(PlainLabel(words, wraps=True), place, 1)

    def _add_step(self, place: int, step: JobStep, detail: JobDetail, *, before: datetime | None) -> None:
        is_done = step.at is not None
        mark_of = Picture("check" if is_done else "dash", tint="ok" if is_done else "muted", size=16)
        name = PlainLabel(STEP_WORDS.get(step.name, step.name), role="strong" if is_done else "muted")
        name.setMinimumWidth(LABEL_WIDTH - 24)
        words = PlainLabel(_step_words(step, detail, before=before, now=self._desk.now()), wraps=True)
        tip(words, absolute(step.at) if step.at is not None else "")
        self._steps.addWidget(mark_of, place, 0, Qt.AlignmentFlag.AlignTop)
        self._steps.addWidget(name, place, 1, Qt.AlignmentFlag.AlignTop)
        self._steps.addWidget(words, place, 2)


def _step_words(step: JobStep, detail: JobDetail, *, before: datetime | None, now: datetime) -> str:
    if step.at is None:
        return tr("not yet")
    told = [f"{clock(step.at)} · {moment(step.at, now=now)}"]
    if before is not None and step.at > before:
        told.append(tr("{time} after the step before", time=lap((step.at - before).total_seconds())))
    if step.by:
        told.append(tr("by {author}", author=one_line(step.by, 80)))
    if step.name == "approved":
        told.append(tr("from {surface}", surface=origin_word(detail.job.origin)))
    if step.name == "waiting":
        told.append(tr("%n uploads are being worked on there", step.count))
        looks = [one.not_before for one in detail.batches if one.not_before is not None]
        if looks:
            told.append(tr("asked next at {time}", time=clock(min(looks))))
    if step.name == "read_back" and step.count:
        told.append(tr("%n batches are still to be read", step.count))
    return " · ".join(told)


def _facts(detail: JobDetail) -> list[tuple[str, str]]:
    job = detail.job
    made = [
        (tr("Route"), sentence_like(ROUTE_WORDS[job.route])),
        (tr("Fields"), ", ".join(job.columns)),
        (tr("API calls"), number(job.api_calls)),
        (
            tr("Assurance"),
            measured_words(
                job.assurance, one_line(job.connection), detail.gap, creates_by=one_line(job.creates_by)
            ),
        ),
    ]
    if job.creates_by:
        made.insert(0, (tr("Creates"), tr("new records, by {field}", field=one_line(job.creates_by))))
    for usage in filter(lambda one: one.used, detail.usage):
        share = round(100 * usage.used / usage.most) if usage.most else 0
        words = tr(
            "{used} of {most} used ({share} %)", used=number(usage.used), most=number(usage.most), share=share
        )
        made.append((one_line(quota_title(usage.kind), 60), words))
    if job.state is JobState.THROTTLED and job.not_before is not None:
        is_held = job.stop is not None and job.stop.code == "schedule.blackout"
        name = tr("Held by a blackout") if is_held else tr("Throttled")
        made.append((name, tr("until {time}", time=absolute(job.not_before))))
    if job.behind:
        numbers = ", ".join(map(str, job.behind))
        made.append((tr("Waits for"), tr("job {numbers}: it writes the same records first", numbers=numbers)))
    if unknown := unknown_words(detail):
        made.append((tr("Checking outcome"), unknown))
    if job.reason:
        made.append((tr("Reason"), job.reason))
    if job.other_number:
        name = tr("Undoes") if job.undo_of else tr("Retries")
        made.append((name, tr("job {number}", number=job.other_number)))
    if job.automation:
        chosen = " · ".join(
            f"{sentence_like(name.replace('_', ' '))}: {switched_word(value)}"
            for name, value in job.automation
            if value
        )
        made.append((tr("Automation"), chosen or tr("as the CRM has it")))
    if detail.others:
        made.append((tr("Same act"), tr("also wrote to {names}", names=", ".join(detail.others))))
    return made


def unknown_words(detail: JobDetail) -> str:
    """Say of rows without an answer since when, and when they are read back; '' where there are none."""
    rows = detail.job.counts.unknown or sum(one.rows for one in detail.batches if one.state == "checking")
    if not rows or detail.unknown_since is None:
        return ""
    sent = tr(
        "{rows} were sent without an answer at {time}",
        rows=tr("%n rows", rows),
        time=clock(detail.unknown_since),
    )
    if detail.checks_at is None:
        return f"{sent}."
    return tr("{sent}; read back at {time}.", sent=sent, time=clock(detail.checks_at))


def can_be_fixed(job: JobView) -> bool:
    """Say whether some row may be put right and sent again."""
    return bool(job.counts.rejected or job.counts.blocked or job.counts.cancelled)


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
