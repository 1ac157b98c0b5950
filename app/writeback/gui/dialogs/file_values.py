"""What the first texts of a file's columns become, before anything of it is planned."""

from collections import abc

from PySide6.QtWidgets import QDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.file_values import FileValue
from writeback.runtime.facade import PlanSource
from writeback.runtime.sentences import sentence_of


def show_values(desk: Desk, source: PlanSource, parent: QWidget) -> None:
    """Ask what a file's texts become, and show it."""
    dialog = FileValuesDialog(parent)

    def ask() -> None:
        dialog.wait()
        desk.ask(
            dialog,
            lambda facade, _act: facade.preview_values(source),
            done=dialog.show_values,
            failed=dialog.fail,
        )

    dialog.states.retry.connect(ask)
    dialog.open()
    ask()


class FileValuesDialog(QDialog):
    """Shows what the texts become; what cannot be written comes first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What the texts become"))
        give_room(self, 860, 500)
        self._words = PlainLabel(wraps=True, role="muted")
        self.model = ListModel[FileValue](_specs(), self)
        self.table = Table(tr("Texts of the file and what is written"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.states = States(self.table)
        body = column(PlainLabel(tr("What the texts become"), role="heading"), gap=3, margin=6)
        body.addWidget(self._words)
        body.addWidget(self.states, 1)
        body.addLayout(row(None, Button(tr("Close"), kind="primary", call=self.accept)))
        self.setLayout(body)

    def wait(self) -> None:
        """Be about to be told."""
        self._words.set_text(tr("The first texts of each column are read and looked up. Nothing is sent."))
        self.states.loading()

    def show_values(self, values: abc.Sequence[FileValue]) -> None:
        """Show what becomes of each text."""
        shown = sorted(values, key=lambda one: (one.reason is None, one.is_kept))
        wrong = sum(one.reason is not None and not one.is_kept for one in values)
        self._words.set_text(
            tr("%n texts cannot be written: their rows would be blocked.", wrong)
            if wrong
            else tr("Each of the first texts can be written.")
        )
        self.model.show_rows(shown)
        self.table.selectRow(0)
        if values:
            self.states.ready()
        else:
            self.states.empty(
                tr("No texts"), tr("The columns that are written are blank in the first rows."), act=""
            )

    def fail(self, error: WritebackError) -> None:
        """Show why nothing can be told."""
        self._words.set_text("")
        self.states.error(error)


def _specs() -> tuple[Spec[FileValue], ...]:
    return (
        Spec(tr("Column of the file"), lambda one: one.column or tr("the same in every row"), width=170),
        Spec(tr("Field"), lambda one: one.path, width=150, tone=lambda _one: "muted"),
        Spec(tr("Text in the file"), lambda one: one.text, width=170),
        Spec(tr("Becomes"), _becomes, width=330, tone=_tone, tip=_becomes),
    )


def _becomes(one: FileValue) -> str:
    if one.reason is not None:
        return str(sentence_of(one.reason.code, dict(one.reason.facts)))
    if one.is_cleared:
        return tr("cleared")
    return tr("stays as it is") if one.is_kept else one.becomes


def _tone(one: FileValue) -> str:
    return "" if one.reason is None else "muted" if one.is_kept else "refused"
