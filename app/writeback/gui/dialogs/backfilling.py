"""Apply a mapping to the records that are there already: counted first, then reviewed like any edit.

Nothing is kept or sent here: what is ticked becomes a plan.
"""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from writeback.gui.i18n import NOT_SET, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, clear, column, footed, give_room, row, scrolled
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, gate, mnemonic_free, one_line, title_free
from writeback.model.backfills import Backfill, BackfillLine, BackfillRow
from writeback.runtime.backfilling import source_of
from writeback.runtime.sentences import sentence_of


class BackfillDialog(QDialog):
    """Which attributes of existing records shall go to a CRM.

    Signals:
        reviewed: It shall be planned; carries a `PlanSource`.
        pull_wanted: Rather the CRM's values shall be taken over.
    """

    reviewed = Signal(object)
    pull_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        integration: str,
        *,
        crm: str,
        chosen: abc.Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Ask about an integration; `chosen` are the attributes that are ticked at first."""
        super().__init__(parent)
        self._desk, self._integration, self._crm = desk, integration, crm
        self._chosen = frozenset(chosen)
        self.found: Backfill | None = None
        self.ticks: dict[str, QCheckBox] = {}
        self.setWindowTitle(title_free(tr("Existing records")))
        self.setMinimumSize(560, 380)
        give_room(self, 820, 560)
        self._unread = PlainLabel("", tone="draft", wraps=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.sample = _sample_model()
        self.table = Table(tr("Examples"))
        self.table.dress(self.sample, [spec.width for spec in self.sample.specs])
        inside = QWidget()
        page = column(gap=3)
        page.addWidget(self._unread)
        page.addWidget(scrolled(boxed(self._lines)), 2)
        page.addWidget(PlainLabel(tr("Examples"), role="strong"))
        page.addWidget(self.table, 3)
        inside.setLayout(page)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        self.review = Button("", kind="primary", picture="review", call=self._review)
        self.pull = Button(tr("Pull now"), picture="pull", call=self._pull)
        self._later = Button(tr("Not now"), call=self.reject)
        body = column(
            PlainLabel(tr("Apply to existing records?"), role="heading", wraps=True),
            PlainLabel(
                tr(
                    "These records were there before their values could be written to {crm}. What you tick "
                    "is compared with the CRM and shown under Review & send; nothing goes before you send.",
                    crm=one_line(crm),
                ),
                role="muted",
                wraps=True,
            ),
            gap=3,
            margin=6,
        )
        body.addWidget(self.states, 1)
        self.setLayout(footed(body, row(None, self._later, self.pull, self.review)))
        self._gate()
        self._later.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Count once more."""
        name = self._integration
        self.states.loading()
        self._desk.read(
            self, lambda reads: reads.bulk.backfill(name), done=self._show, failed=self.states.error
        )

    def _show(self, found: Backfill) -> None:
        self.found = found
        self._unread.set_text(
            ""
            if found.is_read
            else tr(
                "{crm} was not read since the mapping changed. A pull takes over what it holds; where a "
                "review finds another value there, that is a conflict for you to decide.",
                crm=one_line(self._crm),
            )
        )
        self._unread.setVisible(not found.is_read)
        if not found.lines:
            self.states.empty(
                tr("Nothing is written back here"),
                tr("Switch write-back on for a field and save it; then its records are counted here."),
                picture="mapping",
            )
            self._gate()
            return
        clear(self._lines)
        self.ticks = {}
        for line in sorted(found.lines, key=lambda one: bool(_reason(one))):
            self._add_line(line, is_wanted=line.attribute in self._chosen)
        self._lines.addStretch(1)
        self.states.ready()
        first = next((tick for tick in self.ticks.values() if tick.isEnabled()), None)
        (first or self._later).setFocus()
        self._gate()

    def _add_line(self, line: BackfillLine, *, is_wanted: bool) -> None:
        words = tr("{title} → {field}: %n records differ", line.differ, title=line.title, field=line.path)
        tick = QCheckBox(mnemonic_free(one_line(words)))
        reason = _reason(line)
        tick.setAccessibleName(one_line(words))
        gate(tick, reason)
        tick.setAccessibleDescription(one_line(f"{_rest(line)} {reason}".strip()))
        tick.setChecked(is_wanted and not reason)
        tick.toggled.connect(lambda _on: self._gate())
        self.ticks[line.attribute] = tick
        self._lines.addWidget(tick)
        rest = PlainLabel(reason if line.code else _rest(line), role="caption", wraps=True)
        self._lines.addWidget(boxed(column(rest, margin=(7, 0, 0, 1))))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The attributes that are ticked."""
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())

    def _gate(self) -> None:
        found = self.found
        lines = found.lines if found is not None else ()
        values = sum(line.differ for line in lines if line.attribute in self.chosen)
        self.review.say(tr("Review %n changes…", values) if values else tr("Review…"))
        counting = tr("It is being counted.") if found is None else ""
        none = tr("Every record is as the CRM is.") if not any(line.differ for line in lines) else ""
        self.review.gate(counting or none or ("" if values else tr("Tick an attribute first.")))
        titles = {line.attribute: line.title for line in lines}
        meant = self.chosen or tuple(titles)
        self.sample.show_rows(
            [
                replace(row, attribute=titles[row.attribute])
                for row in (found.sample if found is not None else ())
                if row.attribute in meant
            ]
        )

    def _review(self) -> None:
        if self.found is None:
            return
        source = source_of(self.found, self.chosen, author=self._desk.author, reason=tr("Existing records"))
        self.accept()
        self.reviewed.emit(source)

    def _pull(self) -> None:
        self.accept()
        self.pull_wanted.emit()


def _reason(line: BackfillLine) -> str:
    """Say why a line cannot be ticked; '' when it can."""
    if line.code:
        told = sentence_of(line.code, {"attribute": line.title, "connection": "", "field": line.path})
        return told.happened
    return "" if line.differ else tr("No record differs.")


def _rest(line: BackfillLine) -> str:
    """Tell of the records that would not be planned."""
    told = (
        (line.same, tr("{count} are so already", count=number(line.same))),
        (line.blank, tr("{count} hold nothing here and stay as they are", count=number(line.blank))),
        (line.waits, tr("{count} wait with an edit", count=number(line.waits))),
        (line.elsewhere, tr("{count} are not in this CRM", count=number(line.elsewhere))),
    )
    return " · ".join(words for count, words in told if count)


def _sample_model() -> ListModel[BackfillRow]:
    return ListModel(
        (
            Spec(tr("Record"), lambda row: row.title, width=220),
            Spec(tr("Attribute"), lambda row: row.attribute, tone=lambda _row: "muted", width=140),
            Spec(tr("In the CRM (last read)"), lambda row: row.theirs or tr(NOT_SET), width=190),
            Spec(tr("Here"), lambda row: row.ours, tone=lambda _row: "draft", width=190),
        )
    )
