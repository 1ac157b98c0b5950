"""An import of survey answers, step by step: file, columns, match, check, write-back, result.

What is chosen is kept in the workspace at every step, so that a closed window goes on where it stood.

Must not: read the file or match it (the façade does), send.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.choosing_record import ChooseRecordDialog
from writeback.gui.models.campaign_draft import ImportDraft
from writeback.gui.panels.campaign_checks import CheckPage, MatchPage, ResultPage, WritePage
from writeback.gui.panels.campaign_pages import ColumnsPage, FilePage
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import Yielding, boxed, column, row
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import one_line
from writeback.model.attributes import Entity
from writeback.model.campaigns import Campaign
from writeback.model.types import RecordId
from writeback.runtime.facade.campaigns import CampaignImport, Leftover
from writeback.runtime.facade.files import FileLook
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView

FILE, COLUMNS, MATCH, CHECK, WRITE, RESULT = range(6)
STEPS: Final = (
    mark("File"),
    mark("Columns"),
    mark("Match"),
    mark("Check"),
    mark("Write-back"),
    mark("Result"),
)
FILES: Final = "*.csv *.txt *.tsv *.xlsx *.xlsm"
KEPT_AS: Final = "campaign-import"
SHOWN: Final = 500
"""So many left over rows are listed; the file that can be saved holds all."""

Known = tuple[tuple[Campaign, ...], tuple[Entity, ...], dict[str, tuple[AttributeView, ...]], dict[str, str]]


class ImportPage(Yielding):
    """The steps.

    Signals:
        left: The list of campaigns shall show.
        planned: Review & send shall open on what waits of a campaign; carries its name.
        imported: Answers were imported or taken back; the list is another.
    """

    left = Signal()
    planned = Signal(str)
    imported = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forbidden = ""
        self._desk = desk
        self.draft = ImportDraft()
        self._known: Known = ((), (), {}, {})
        self._result: CampaignImport | None = None
        self._act = ""
        self._asked = 0
        self.banner = Banner()
        self.file, self.columns, self.match = FilePage(), ColumnsPage(), MatchPage()
        self.check, self.write, self.result = CheckPage(desk), WritePage(), ResultPage()
        self.pages = Pages()
        for page in (self.file, self.columns, self.match, self.check, self.write, self.result):
            self.pages.addWidget(page)
        self.steps = QButtonGroup(self)
        line = row(gap=0)
        for place, words in enumerate(STEPS):
            button = Button(tr("{number} {step}", number=place + 1, step=tr(words)), kind="segment")
            button.setCheckable(True)
            self.steps.addButton(button, place)
            line.addWidget(button)
        self.steps.idClicked.connect(self.go)
        self.back = Button(tr("Back"), picture="arrow-left", call=lambda: self.go(self.step - 1))
        self.next = Button(tr("Next"), kind="primary", call=lambda: self.go(self.step + 1))
        self.cancel = Button(tr("Cancel the import"), kind="quiet", call=self.leave)
        body = column(Flowing(boxed(line)), self.banner, gap=3)
        body.addWidget(self.pages, 1)
        body.addLayout(row(self.cancel, None, self.back, self.next))
        self.setLayout(body)
        self._wire()

    def _wire(self) -> None:
        self.file.file_wanted.connect(self.choose_file)
        self.file.read_anew.connect(self._read_anew)
        self.file.changed.connect(self._changed)
        self.columns.changed.connect(self._changed)
        self.match.changed.connect(self._match_anew)
        self.match.choose.connect(self._ask_whom)
        for page in (self.match, self.result):
            page.save_left.connect(self._save_left)
        self.write.keep.connect(self._keep_only)
        self.write.keep_and_plan.connect(self._keep_and_plan)
        self.result.review.connect(lambda: self.planned.emit(self._name))
        self.result.take_back.connect(self._take_back)
        self.result.done.connect(self.leave)

    # steps

    @property
    def step(self) -> int:
        """Which step is in front."""
        return self.pages.currentIndex()

    @property
    def _name(self) -> str:
        return self._result.name if self._result is not None else self.draft.name

    @property
    def _views(self) -> tuple[AttributeView, ...]:
        return self._known[2].get(self.draft.entity, ())

    def begin(self, path: str = "", campaign: str = "") -> None:
        """Start an import, or go on with the one that was left; a path begins with that file."""
        self._result = None
        self.banner.hide()

        def read(reads: Reading) -> Known:
            entities = reads.entities()
            views = {one.name: reads.attribute_views(one.name) for one in entities}
            return reads.campaigns.every(), entities, views, reads.form_draft(KEPT_AS)

        self._desk.read(
            self, read, done=lambda known: self._begin(known, path, campaign), failed=self.banner.tell_error
        )

    def _begin(self, known: Known, path: str, campaign: str) -> None:
        self._known = known
        self.draft = ImportDraft() if path or campaign else ImportDraft.of_answers(known[3])
        for one in known[0]:
            if one.name == campaign:
                self.draft.name = one.name
                self.draft.take_campaign(one)
        self.draft.path = path or self.draft.path
        self._show(FILE)
        if self.draft.path:
            self._look()
        else:
            self.file.choose.setFocus()

    def go(self, step: int) -> None:
        """Bring a step to the front, if it can be reached."""
        if FILE <= step <= WRITE and not self._reason(step):
            self._show(step)
            self._keep_draft()
            if step >= MATCH and self.draft.told is None:
                self._ask()
        else:
            self._tell()

    def forbid(self, why: str) -> None:
        """Say why this person may import nothing; '' they may."""
        if why != self._forbidden:
            self._forbidden = why
            self._tell()

    def _reason(self, step: int) -> str:
        """Say why a step cannot be gone to; '' = it can."""
        if self._forbidden and step >= COLUMNS:
            return self._forbidden
        if self._result is not None:
            return tr("The answers are imported.")
        if step >= COLUMNS and self.draft.look is None:
            return tr("Choose a file first.")
        if step == RESULT:
            return tr("Import the answers first.")
        return self.draft.missing() if step >= MATCH else ""

    def _show(self, step: int) -> None:
        draft = self.draft
        if step == FILE:
            self.file.show_draft(draft, self._known[0], self._known[1])
        elif step == COLUMNS:
            draft.guess_into(self._views)
            self.columns.show_draft(draft, self._views)
        self.pages.setCurrentIndex(step)
        self._show_told()
        self._tell()
        if step == WRITE:
            (self.write.plan if self.write.plan.isEnabled() else self.back).setFocus()
        elif step == RESULT:
            (self.result.send if self.result.send.isEnabled() else self.result.close_it).setFocus()

    def _show_told(self) -> None:
        if self.step == MATCH:
            self.match.show_draft(self.draft, self._views)
        elif self.step == CHECK:
            self.check.show_draft(self.draft)
        elif self.step == WRITE:
            self.write.show_draft(self.draft, self._views)

    def _tell(self) -> None:
        step = self.step
        for place, button in enumerate(self.steps.buttons()):
            button.setChecked(place == step)
            if isinstance(button, Button):
                button.gate("" if place == step else self._reason(place))
        self.back.gate(tr("This is the first step.") if step == FILE else self._reason(max(step - 1, FILE)))
        last = tr("Import the answers with one of the buttons above.")
        self.next.gate(last if step >= WRITE else self._reason(step + 1))
        self.next.setVisible(step < WRITE)
        self.back.setVisible(step != RESULT)
        self.cancel.setVisible(step != RESULT)

    def leave(self) -> None:
        """Show the list again; an unfinished import is kept only until another one is begun."""
        self._keep_answers(())
        self.left.emit()

    # the file

    def choose_file(self) -> None:
        """Let a person choose the file."""
        found, _ = QFileDialog.getOpenFileName(
            self,
            tr("Choose a file"),
            str(Path(self.draft.path).parent) if self.draft.path else "",
            f"{tr('Tables')} ({FILES});;{tr('All files')} (*)",
        )
        if found:
            self.draft.path = found
            self._look()

    def _read_anew(self, encoding: str, sheet: str) -> None:
        self.draft.encoding, self.draft.sheet = encoding or self.draft.encoding, sheet
        self._look()

    def _look(self) -> None:
        path, encoding, sheet = self.draft.path, self.draft.encoding, self.draft.sheet
        self._desk.ask(
            self,
            lambda facade, _act: facade.look_at_file(path, encoding=encoding, sheet=sheet),
            done=self._show_look,
            failed=self._not_read,
        )

    def _show_look(self, look: FileLook) -> None:
        self.banner.hide()
        self.draft.take_look(look)
        self.draft.name = self.draft.name or Path(look.path).stem
        self._show(FILE)
        self._keep_draft()
        self.next.setFocus()

    def _not_read(self, error: WritebackError) -> None:
        self.draft.look = None
        self.banner.tell_error(error)
        self._show(FILE)

    # matching

    def _changed(self) -> None:
        self._tell()

    def _match_anew(self) -> None:
        self._show(MATCH)
        self._ask()
        self._keep_draft()

    def _ask(self) -> None:
        """Ask what importing would do; an older answer than the last question is not looked at."""
        self._asked += 1
        asked, wish = self._asked, self.draft.wish(self._desk.author)
        self.banner.hide()
        self._desk.ask(
            self,
            lambda facade, act: (asked, facade.import_campaign(wish, is_dry=True, most=SHOWN, act=act)),
            done=self._take_told,
            failed=self._cannot,
        )

    def _take_told(self, told: tuple[int, CampaignImport]) -> None:
        asked, answer = told
        if asked == self._asked and self._result is None:
            self.draft.told = answer
            self._show_told()
            self._tell()

    def _cannot(self, error: WritebackError) -> None:
        if error.code == "campaign.which_order":
            self._show(COLUMNS)
            self.columns.order.setFocus()
            self.banner.tell(
                tr(
                    "{samples} can be read in two ways: say how days are written.",
                    samples=str(error.facts.get("samples", "")),
                ),
                tone="warning",
            )
            return
        self.banner.tell_error(error)

    def _ask_whom(self, one: Leftover) -> None:
        dialog = ChooseRecordDialog(self._desk, self.draft.wish(self._desk.author), one.key, self)
        dialog.chosen.connect(self._take_whom)
        dialog.open()

    def _take_whom(self, key: str, record: str) -> None:
        self.draft.chosen[key] = RecordId(record)
        self.draft.told = None
        self._match_anew()

    def _save_left(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save left over rows"), f"{one_line(self._name)}-left-over.csv", "*.csv"
        )
        if not chosen:
            return
        wish = self.draft.wish(self._desk.author)
        self._desk.ask(
            self,
            lambda facade, act: facade.import_campaign(wish, is_dry=True, most=1, leftovers=chosen, act=act),
            done=lambda _told: self.banner.tell(
                tr("Left over rows are saved as {file}.", file=one_line(Path(chosen).name)), tone="ok"
            ),
            failed=self.banner.tell_error,
        )

    # keeping the answers

    def _keep_only(self) -> None:
        self._import(plans=False)

    def _keep_and_plan(self) -> None:
        self._import(plans=True)

    def _import(self, *, plans: bool) -> None:
        wish = self.draft.wish(self._desk.author)
        for button in (self.write.plan, self.write.only):
            button.gate(tr("The answers are being imported."))

        def done(told: tuple[str, CampaignImport]) -> None:
            self._act, self._result = told
            self.result.show_result(self._result)
            self.result.undo.gate("")
            self._show(RESULT)
            self._keep_answers(())
            self.imported.emit()
            if plans and self._result.changed:
                self.planned.emit(self._result.name)

        self._desk.ask(
            self,
            lambda facade, act: (act, facade.import_campaign(wish, most=SHOWN, act=act)),
            done=done,
            failed=self._not_imported,
        )

    def _not_imported(self, error: WritebackError) -> None:
        self.write.show_draft(self.draft, self._views)
        self.banner.tell_error(error)

    def _take_back(self) -> None:
        name, what, author = self._name, self._act, self._desk.author
        self._desk.ask(
            self,
            lambda facade, act: facade.take_back_import(name, what, author=author, act=act),
            done=self._taken_back,
            failed=self.banner.tell_error,
        )

    def _taken_back(self, told: object) -> None:
        del told
        self.banner.tell(tr("Taken back: its answers are forgotten, its values stand as before."))
        self.result.undo.gate(tr("The import is taken back."))
        self.result.send.gate(tr("The import is taken back."))
        self.imported.emit()

    # keeping

    def _keep_draft(self) -> None:
        if self._result is None:
            self._keep_answers(self.draft.to_answers())

    def _keep_answers(self, answers: tuple[tuple[str, str], ...]) -> None:
        self._desk.ask(
            self._desk.tasks,  # it outlives the page
            lambda facade, _act: facade.keep_form(KEPT_AS, answers),
            done=lambda _none: None,
        )
