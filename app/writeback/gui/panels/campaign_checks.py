"""The later steps of an import of survey answers: whose they are, what they say, where it goes, result."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.gui.i18n import moment, number
from writeback.gui.models.campaign_draft import PARTS, ImportDraft
from writeback.gui.models.campaign_lines import leftovers_model, percent
from writeback.gui.panels.campaign_pages import TITLES
from writeback.gui.panels.figures_view import FiguresView
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import Yielding, column, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import PlainLabel, gate, one_line
from writeback.model.campaigns import Scale
from writeback.model.types import AttributeType
from writeback.planning.matching_answers import By
from writeback.runtime.facade.campaigns import CampaignImport, Leftover
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView

BYS = (
    (By.EMAIL, mark("e-mail of a person or record")),
    (By.DOMAIN, mark("domain of the web site")),
    (By.ID, mark("id, ours or the CRM's")),
    (By.VALUE, mark("name")),
)
TEXTS = (AttributeType.TEXT, AttributeType.LONG_TEXT, AttributeType.EMAIL, AttributeType.URL)
CHOOSABLE = frozenset({"campaign.nobody", "campaign.several"})


class MatchPage(Yielding):
    """Whose answers they are: by what they are matched, the rate, and the rows that are left over.

    Signals:
        changed: They are matched by something else.
        choose: A person wants to say whom a key means; carries the `Leftover`.
        save_left: The left over rows shall be saved as a file.
    """

    changed = Signal()
    choose = Signal(object)
    save_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = ImportDraft()
        self.by = QComboBox()
        self.by.setAccessibleName(tr("Matched by"))
        for by, words in BYS:
            self.by.addItem(tr(words), by.value)
        self.match = QComboBox()
        self.match.setAccessibleName(tr("Attribute that holds it"))
        for box in (self.by, self.match):
            box.activated.connect(lambda _at: self._take())
        self.rate = PlainLabel("", role="heading", wraps=True)
        self.chosen = PlainLabel("", role="muted", wraps=True)
        self.model = leftovers_model(self)
        self.table = Table(tr("Rows that are left over"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        keep_lines(self.table)
        self.table.chosen.connect(lambda _row: self._choose())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._gate())
        self.pick = Button(tr("Choose a record…"), picture="search", call=self._choose)
        self.save = Button(
            tr("Save left over rows…"), kind="quiet", picture="export", call=self.save_left.emit
        )
        line = Flowing(
            PlainLabel(tr("Matched by"), role="muted"),
            self.by,
            PlainLabel(tr("looked for in"), role="muted"),
            self.match,
        )
        body = column(line, self.rate, self.chosen, gap=3)
        body.addWidget(self.table, 1)
        body.addWidget(Flowing(self.pick, self.save))
        self.setLayout(body)

    def show_draft(self, draft: ImportDraft, views: abc.Sequence[AttributeView]) -> None:
        """Show by what they are matched, and what came of it as far as that is known."""
        self._draft = draft
        self.by.setCurrentIndex(max(self.by.findData(draft.by.value), 0))
        self.match.clear()
        self.match.addItem(tr("the attribute that fits"), "")
        for one in views:
            if one.attribute.kind in TEXTS:
                self.match.addItem(one_line(one.attribute.title), one.attribute.name)
        self.match.setCurrentIndex(max(self.match.findData(draft.match), 0))
        gate(self.match, tr("An id is looked for among ids.") if draft.by is By.ID else "")
        self._show_told(draft.told)

    def _show_told(self, told: CampaignImport | None) -> None:
        words = tr("Rows are being matched…")
        if told is not None:
            words = tr(
                "{matched} of %n rows matched ({share})",
                told.rows,
                matched=number(told.matched),
                share=percent(told.matched, told.rows) or tr("no rows"),
            )
        self.rate.set_text(words)
        count = len(self._draft.chosen)
        self.chosen.set_text(tr("%n keys were chosen by hand.", count) if count else "")
        self.chosen.setVisible(bool(count))
        self.model.show_rows(told.leftovers if told is not None else ())
        if self.model.rows:
            self.table.go_to(min(max(self.table.currentIndex().row(), 0), len(self.model.rows) - 1))
        self._gate()

    @property
    def current(self) -> Leftover | None:
        """The chosen left over row."""
        return self.model.row_at(self.table.currentIndex().row())

    def _gate(self) -> None:
        one, told = self.current, self._draft.told
        if one is None:
            self.pick.gate(tr("No row is left over.") if told is not None else tr("Rows are being matched…"))
        elif one.reason.code not in CHOOSABLE:
            self.pick.gate(tr("Its record was found; the row is left over for another reason."))
        else:
            self.pick.gate("")
        self.save.gate("" if told is not None and told.left else tr("No row is left over."))

    def _choose(self) -> None:
        one = self.current
        if one is not None and one.reason.code in CHOOSABLE:
            self.choose.emit(one)

    def _take(self) -> None:
        draft = self._draft
        draft.by, draft.match = By(str(self.by.currentData())), str(self.match.currentData() or "")
        if draft.by is By.ID:
            draft.match = ""
        draft.told = None
        self.changed.emit()


class CheckPage(Yielding):
    """What the answers say, and what importing them would change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.banner = Banner()
        self.figures = FiguresView()
        self.facts = Facts(titles_width=200)
        self._fill(self.figures, self.facts)

    def _fill(self, *parts: QWidget) -> None:
        inside = QWidget()
        inside.setLayout(column(*parts, None, gap=4, margin=(0, 0, 2, 0)))
        body = column(self.banner, gap=2)
        body.addWidget(scrolled(inside), 1)
        self.setLayout(body)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what importing would do."""
        told = draft.told
        self.figures.setVisible(told is not None)
        self.banner.hide()
        if told is None:
            self.facts.show_facts(((tr("Answers"), tr("Rows are being matched…")),))
            return
        scale = None if draft.scale is None else Scale(*draft.scale)
        self.figures.show_figures(told.figures, draft.survey, scale)
        self.facts.show_facts(result_facts(told))
        if told.imported_at is not None:
            at = moment(told.imported_at, now=self._desk.now())
            fresh = told.changed + told.older
            self.banner.tell(
                tr(
                    "Already imported on {at}. Only what is new is taken: %n answers.",
                    fresh,
                    at=at,
                ),
                closes=False,
            )


class WritePage(QWidget):
    """Where the values go, and the two ways on.

    Signals:
        keep: The answers shall be imported.
        keep_and_plan: The same, and Review & send opens then.
    """

    keep = Signal()
    keep_and_plan = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", role="heading", wraps=True)
        self.facts = Facts(titles_width=200)
        self.warning = PlainLabel("", role="muted", wraps=True)
        self.plan = Button(
            tr("Import and review…"), kind="primary", picture="review", call=self.keep_and_plan.emit
        )
        self.only = Button(tr("Import only"), picture="check", call=self.keep.emit)
        body = column(self.words, self.facts, self.warning, Flowing(self.plan, self.only), gap=4)
        body.addStretch(1)
        self.setLayout(body)

    def show_draft(self, draft: ImportDraft, views: abc.Sequence[AttributeView]) -> None:
        """Show what is written where."""
        told = draft.told
        changed = told.changed if told is not None else 0
        self.words.set_text(tr("The newest answer of %n records is kept as pending edits.", changed))
        known = {one.attribute.name: one for one in views}
        lines, unwritten = [], []
        for part in PARTS:
            view = known.get(draft.into.get(part, ""))
            if view is None:
                continue
            targets = [one for one in view.targets if one.mapping.write_back]
            if not targets:
                unwritten.append(view.attribute.title)
            where = "; ".join(
                tr(
                    "{connection} ({environment}) · {field}",
                    connection=one.connection.name,
                    environment=one.connection.environment.value,
                    field=one.field_label or str(one.mapping.path),
                )
                for one in targets
            )
            lines.append(
                (
                    tr(TITLES[part]),
                    tr(
                        "{attribute} → {where}",
                        attribute=view.attribute.title,
                        where=where or tr("kept here only"),
                    ),
                )
            )
        self.facts.show_facts(lines)
        self.warning.set_text(
            tr(
                "Written to no CRM: {names}. Switch write-back on under Objects & mapping.",
                names=", ".join(unwritten),
            )
            if unwritten
            else tr("They are sent from Review & send as one job, which can be undone.")
        )
        reason = "" if told is not None else tr("Rows are being matched…")
        if told is not None and not changed and not told.older:
            reason = tr("There is nothing new in the file.")
        self.only.gate(reason)
        self.plan.gate(reason or ("" if changed else tr("No record would change.")))


class ResultPage(QWidget):
    """What came of it, and what can be done now.

    Signals:
        review: Review & send shall open on what waits.
        take_back: The import shall be taken back.
        save_left: The left over rows shall be saved as a file.
        done: The list of campaigns shall show.
    """

    review = Signal()
    take_back = Signal()
    save_left = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", role="heading", wraps=True)
        self.facts = Facts(titles_width=200)
        self.send = Button(tr("Review & send…"), kind="primary", picture="review", call=self.review.emit)
        self.undo = Button(tr("Take the import back"), picture="undo", call=self.take_back.emit)
        self.save = Button(tr("Save left over rows…"), picture="export", call=self.save_left.emit)
        self.close_it = Button(tr("Done"), call=self.done.emit)
        body = column(self.words, self.facts, Flowing(self.send, self.undo, self.save, self.close_it), gap=4)
        body.addStretch(1)
        self.setLayout(body)

    def show_result(self, told: CampaignImport) -> None:
        """Show what an import did."""
        self.words.set_text(tr("%n records are changed by {campaign}.", told.changed, campaign=told.name))
        self.facts.show_facts(result_facts(told))
        self.send.gate("" if told.changed else tr("No record was changed."))
        self.save.gate("" if told.left else tr("No row is left over."))


def result_facts(told: CampaignImport) -> abc.Iterator[tuple[str, str]]:
    """Say what an import does, in lines."""
    yield tr("Rows of the file"), number(told.rows)
    matched = tr("{number} ({share})", number=number(told.matched), share=percent(told.matched, told.rows))
    yield tr("Matched to a record"), matched if told.rows else ""
    yield tr("Imported before"), number(told.already) if told.already else ""
    yield tr("Older than a newer answer"), number(told.older) if told.older else ""
    yield tr("Records that change"), number(told.changed)
    yield tr("Left over"), number(told.left) if told.left else ""
    for code, times in told.left_by:
        sample = next((one.reason for one in told.leftovers if one.reason.code == code), None)
        words = code if sample is None else sentence_of(code, dict(sample.facts)).happened
        yield tr("%n rows, for example", times), words
