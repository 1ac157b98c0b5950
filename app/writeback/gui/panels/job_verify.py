"""What a finished job wrote, held against what its CRM holds now: on request, with the cost said before."""

from collections import abc
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import NOT_SET, moment, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.histories import Standing
from writeback.runtime.facade import JobView
from writeback.runtime.facade.histories import Verification, VerifyCost
from writeback.runtime.reading import Reading
from writeback.runtime.verified import VerifiedField

SHOWN = 500
"""So many fields that differ are listed; the command line and the export tell all."""
WORDS = Words(
    {
        Standing.AS_WRITTEN: mark("as written"),
        Standing.CHANGED: mark("changed since"),
        Standing.NOT_THERE: mark("not there"),
        Standing.GONE: mark("record gone"),
    }
)
TONES = {
    Standing.AS_WRITTEN: "ok",
    Standing.CHANGED: "conflict",
    Standing.NOT_THERE: "refused",
    Standing.GONE: "unknown",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """The newest read-back with the fields that differ."""

    verification: Verification | None
    fields: tuple[VerifiedField, ...]


class VerifyPage(QWidget):
    """The newest read-back of one job."""

    def __init__(self, desk: Desk, *, complain: abc.Callable[[WritebackError], None]) -> None:
        super().__init__()
        self._desk, self._complain = desk, complain
        self._job: JobView | None = None
        self._reason = ""
        self.words = PlainLabel(role="muted", wraps=True)
        self.ask = Button(tr("Read back now"), picture="refresh", call=self._ask_cost)
        self._totals = QHBoxLayout()
        self._totals.setSpacing(8)
        self.model = _model()
        self.table = Table(tr("Fields that differ"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        head = row(self.words, self.ask)
        head.setStretch(0, 1)
        body = column(gap=3, margin=(0, 3, 0, 0))
        body.addLayout(head)
        body.addLayout(self._totals)
        body.addWidget(self.table, 100)
        body.addStretch(1)  # without a table the words stay on top
        self.setLayout(body)

    def show_job(self, job: JobView) -> None:
        """Be about this job from now on."""
        self._job = job

    def gate(self, reason: str) -> None:
        """Say why the job cannot be read back; '' where it can."""
        self._reason = reason
        self.ask.gate(reason)

    def read(self) -> None:
        """Show the newest read-back."""
        job = self._job
        if job is None:
            return

        def read(reads: Reading) -> _Found:
            fields = tuple(reads.verified(str(job.id), most=SHOWN))
            return _Found(reads.verification(str(job.id)), fields)

        self._desk.read(self, read, done=self._show, failed=self._complain)

    def _ask_cost(self) -> None:
        job = self._job
        if job is None:
            return
        self.ask.gate(tr("The job is being read back."))
        self.words.set_text(tr("Asking what it costs…"))

        def verify(cost: VerifyCost) -> None:
            rows, calls = tr("%n records", cost.rows), tr("%n calls", cost.calls)
            self.words.set_text(
                tr("Reading {rows} back, at most about {calls}. Nothing is changed.", rows=rows, calls=calls)
            )
            author = self._desk.author
            self._desk.ask(
                self,
                lambda facade, act: facade.verify_job(str(job.id), author=author, act=act),
                done=lambda _told: self._ended(),
                failed=self._failed,
            )

        self._desk.ask(
            self, lambda facade, _act: facade.verify_cost(str(job.id)), done=verify, failed=self._failed
        )

    def _ended(self) -> None:
        self.ask.gate(self._reason)
        self.read()

    def _failed(self, error: WritebackError) -> None:
        self._ended()
        self._complain(error)

    def _show(self, found: _Found) -> None:
        told = found.verification
        clear(self._totals)
        self.table.setVisible(bool(found.fields))
        self.model.show_rows(found.fields)
        if told is None:
            self.words.set_text(
                tr(
                    "This job was not read back yet. Reading back compares what was written with what the "
                    "CRM holds now; it changes nothing and costs about a call "
                    "for each request's worth of rows."
                )
            )
            return
        when = moment(told.at, now=self._desk.now())
        by = tr(" by {author}", author=told.author) if told.author else ""
        self.words.set_text(
            tr("Read back {when}{by}, in %n calls. ", told.calls, when=when, by=by)
            + (
                tr("Everything is as written.")
                if told.is_as_written
                else tr("Some fields hold something else now.")
            )
        )
        fields = dict(told.fields)
        for state, rows in told.rows:
            tone = TONES[state] if rows else "muted"
            figure = PlainLabel(tr("%n rows", rows), role="heading", tone=tone)
            words = f"{WORDS[state]} · {tr('%n fields', fields.get(state, 0))}"
            box = column(figure, PlainLabel(words, role="caption"), gap=0, margin=(3, 2, 3, 2))
            self._totals.addWidget(boxed(box, box="well"), 1)


def _model() -> ListModel[VerifiedField]:
    return ListModel(
        (
            Spec(tr("Row"), lambda one: number(one.seq), is_number=True, width=72),
            Spec(tr("Record"), lambda one: one.record, tip=lambda one: one.record_id, width=210),
            Spec(tr("Field"), lambda one: one.field, width=150),
            Spec(tr("In the CRM before"), lambda one: one.shown[0] or tr(NOT_SET), width=150),
            Spec(tr("Written"), lambda one: one.shown[1] or tr(NOT_SET), width=150),
            Spec(tr("In the CRM now"), lambda one: one.shown[2] or tr(NOT_SET), width=150),
            Spec(tr("Found"), lambda one: WORDS[one.state], chip=lambda one: TONES[one.state], width=140),
        )
    )
