"""Housekeeping on the page of settings: retention and backups."""

from collections import abc
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSpinBox

from writeback.errors import WritebackError
from writeback.gui.i18n import moment
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, number, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.field_boxes import turned
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, column, row
from writeback.gui.widgets.setting_rows import Part
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime import upkeep
from writeback.runtime.upkeep import BackupView
from writeback.settings import load

NOTHING_CHOSEN: Final = mark("Choose one first.")
REASONS: Final = Words(
    {"daily": mark("every day"), "migration": mark("before a migration"), "asked": mark("asked for")}
)
MOST_DAYS: Final = 36_500
RETENTION: Final = mark("retention history days forget keep erase privacy")
BACKUPS: Final = mark("backup restore verify copy safety")

Complain = abc.Callable[[WritebackError], None]


class RetentionPart(Part):
    """For how long values' past is kept."""

    def __init__(self, desk: Desk, *, complain: Complain) -> None:
        super().__init__(
            tr("Retention"),
            explains=tr(
                "What is older is dropped by the next pulls. The audit trail and the totals of jobs stay."
            ),
        )
        self._desk, self._complain = desk, complain
        self.days = turned(QSpinBox())
        self.days.setAccessibleName(tr("History of values is kept for"))
        self.days.lineEdit().setAccessibleName(self.days.accessibleName())
        self.days.setRange(0, MOST_DAYS)
        self.days.setSpecialValueText(tr("for good"))
        self.days.setSuffix(tr(" days"))
        self.days.setKeyboardTracking(False)
        self.days.setMinimumWidth(160)
        self.days.valueChanged.connect(self._set)
        name = PlainLabel(tr("History of values is kept for"))
        self.add(boxed(row(name, None, self.days, gap=3)), lambda: tr(RETENTION).casefold())

    def refresh(self) -> None:
        """Ask again."""
        self._desk.ask(
            self, lambda facade, _act: facade.history_days(), done=self._show, failed=self._complain
        )

    def _show(self, days: int) -> None:
        self.days.blockSignals(True)  # noqa: FBT003  Qt's own
        self.days.setValue(days)
        self.days.blockSignals(False)  # noqa: FBT003  Qt's own

    def _set(self, days: int) -> None:
        author = self._desk.author
        self._desk.ask(
            self,
            lambda facade, act: facade.keep_history(days, author=author, act=act),
            done=self._show,
            failed=self._complain,
        )


class BackupsPart(Part):
    """Copies of the workspace.

    Signals:
        opened: A backup was had back as a workspace; carries its path.
        told: Something to say in the status line.
    """

    opened = Signal(str)
    told = Signal(str)
    looked = Signal()
    """The backups were looked at."""

    def __init__(self, desk: Desk, *, workspace: Path, complain: Complain) -> None:
        super().__init__(
            tr("Backups"),
            explains=tr("The last seven copies lie in {folder}.", folder=str(upkeep.folder_of(workspace))),
        )
        self._desk, self._workspace, self._complain = desk, workspace, complain
        self.model = backups_model(desk.now)
        self.table = Table(tr("Backups"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.setFixedHeight(168)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._gate())
        self.make = Button(tr("Back up now"), call=self._make)
        self.verify = Button(tr("Verify now"), call=self._verify)
        self.restore = Button(tr("Restore as a new workspace…"), call=self._pick)
        self.last = PlainLabel("", role="muted", wraps=True)
        body = column(self.table, self.last, gap=2)
        body.addWidget(Flowing(self.make, self.verify, self.restore))
        self.add(boxed(body), lambda: tr(BACKUPS).casefold())

    def refresh(self) -> None:
        """Look again."""
        self._run(lambda: upkeep.backups_of(self._workspace))

    def _run(self, act: abc.Callable[[], tuple[BackupView, ...]], words: str = "") -> None:
        for button in (self.make, self.verify, self.restore):
            button.gate(tr("The backups are being looked at."))

        def failed(error: WritebackError) -> None:
            self._gate()
            self._complain(error)

        self._desk.tasks.run(self, act, done=lambda found: self._show(found, words), failed=failed)

    def _show(self, found: tuple[BackupView, ...], words: str) -> None:
        self.model.show_rows(found)
        self.table.setVisible(bool(found))
        if found and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        checked = [one.verified_at for one in found if one.verified_at]
        if self.damaged:
            self.last.set_tone("refused")
            self.last.set_text(tr("%n backups are damaged; the table says how.", self.damaged))
        elif checked:
            self.last.set_tone("")
            when = moment(datetime.fromisoformat(min(checked)), now=self._desk.now())
            self.last.set_text(tr("Last verified: {when}. All of them are whole.", when=when))
        else:
            self.last.set_tone("")
            self.last.set_text(
                tr("Each was checked when it was made.") if found else tr("There is no backup yet.")
            )
        self._gate()
        self.looked.emit()
        if words:
            self.told.emit(words)

    def _gate(self) -> None:
        is_there = bool(self.model.rows)
        self.make.gate("")
        self.verify.gate("" if is_there else tr("There is no backup yet."))
        self.restore.gate("" if self.chosen is not None else tr(NOTHING_CHOSEN))

    @property
    def damaged(self) -> int:
        """How many backups are damaged."""
        return sum(bool(one.problem) for one in self.model.rows)

    @property
    def chosen(self) -> BackupView | None:
        """The backup that is chosen."""
        return self.model.row_at(self.table.currentIndex().row())

    def _make(self) -> None:
        def make() -> tuple[BackupView, ...]:
            upkeep.make_backup(self._workspace, now=self._desk.now())
            return upkeep.backups_of(self._workspace)

        self._run(make, tr("The workspace is copied, and the copy is whole."))

    def _verify(self) -> None:
        self._run(
            lambda: upkeep.verify_backups(self._workspace, now=self._desk.now()),
            tr("All backups were checked."),
        )

    def _pick(self) -> None:
        name = tr("{workspace} restored", workspace=self._workspace.stem)
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Restore as a new workspace"),
            str(self._workspace.with_name(f"{name}.writeback")),
            tr("Workspaces (*.writeback)"),
        )
        if chosen:
            self.restore_to(Path(chosen))

    def restore_to(self, target: Path) -> None:
        """Have the chosen backup back as a workspace of its own, and open that."""
        wanted = self.chosen
        if wanted is None:
            return
        self._desk.tasks.run(
            self,
            lambda: upkeep.restore_backup(self._workspace, wanted.path.name, target=target, settings=load()),
            done=lambda path: self.opened.emit(str(path)),
            failed=self._complain,
        )


def backups_model(now: abc.Callable[[], datetime]) -> ListModel[BackupView]:
    """Make the list of backups."""
    return ListModel(
        (
            Spec(tr("Made"), lambda one: moment(one.made_at, now=now()), width=150),
            Spec(tr("Why"), lambda one: REASONS.get(one.reason, one.reason), width=150),
            Spec(tr("Size, MB"), lambda one: number(round(one.size / 1e6, 1)), is_number=True, width=90),
            Spec(
                tr("Verified"),
                lambda one: (
                    moment(datetime.fromisoformat(one.verified_at), now=now())
                    if one.verified_at
                    else tr("when made")
                ),
                width=150,
            ),
            Spec(
                tr("State"),
                lambda one: tr("damaged: {problem}", problem=one.problem) if one.problem else tr("whole"),
                chip=lambda one: "refused" if one.problem else "ok",
                width=200,
            ),
        )
    )
