"""Show what a pull would bring: some records of the CRM, each value as read and as it would be kept."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.engine.previewing import Preview, PreviewRow
from writeback.errors import WritebackError
from writeback.gui.models.previews import preview_model, words_of
from writeback.gui.models.tables import ListModel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, give_room, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line, title_free
from writeback.model.integrations import FieldMapping, Integration

ROWS, ROWS_MOST = 10, 10_000


class PreviewDialog(QDialog):
    """Reads and shows; changes nothing, here or in the CRM."""

    def __init__(
        self,
        desk: Desk,
        integration: Integration,
        wished: tuple[FieldMapping, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Preview an integration; `wished` are mappings that are not saved yet."""
        super().__init__(parent)
        self._desk, self._integration, self._wished = desk, integration, wished
        self._model: ListModel[PreviewRow] | None = None
        name = f"{integration.object} → {integration.entity}"
        self.setWindowTitle(title_free(tr("Preview of {name}", name=name)))
        give_room(self, 900, 540)
        self.rows = QLineEdit(str(ROWS))
        self.rows.setValidator(QIntValidator(1, ROWS_MOST, self.rows))
        self.rows.setAccessibleName(tr("How many records"))
        self.rows.setMaximumWidth(90)
        self.rows.returnPressed.connect(self.refresh)
        self.read = Button(tr("Read"), picture="refresh", call=self.refresh)
        self.table = Table(tr("Preview"), by_row=False)
        self.told = PlainLabel(role="muted")
        self._raw, self._kept, self._why = ElidedLabel(), ElidedLabel(), PlainLabel(role="muted", wraps=True)
        well = boxed(
            column(
                _pair(tr("As the CRM gives it"), self._raw),
                _pair(tr("As it is kept"), self._kept),
                self._why,
                gap=1,
                margin=(3, 2, 3, 2),
            ),
            box="well",
        )
        inside = QWidget()
        page = column(self.table, well, gap=3)
        page.setStretch(0, 1)
        inside.setLayout(page)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        new = tr(" %n mappings are not saved yet.", len(wished)) if wished else ""
        body = column(
            PlainLabel(tr("Preview of {name}", name=one_line(name)), role="heading"),
            PlainLabel(
                tr(
                    "The CRM is read; nothing changes. A value that does not fit stops a pull.{new}",
                    new=new,
                ),
                role="muted",
                wraps=True,
            ),
            gap=3,
            margin=6,
        )
        body.addLayout(row(PlainLabel(tr("Records")), self.rows, self.read, self.told, None))
        body.addWidget(self.states, 1)
        body.addLayout(row(None, Button(tr("Close"), call=self.reject)))
        self.setLayout(body)
        self.table.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read as many records as are wanted now."""
        name, wished = str(self._integration.id), self._wished
        limit = int(self.rows.text()) if self.rows.hasAcceptableInput() else ROWS
        self.rows.setText(str(limit))
        self.read.gate(tr("The CRM is being read."))
        self.told.set_text("")
        self.states.loading()
        self._desk.ask(
            self,
            lambda facade, _act: facade.preview(name, limit=limit, wished=wished),
            done=self._show,
            failed=self._failed,
        )

    def _show(self, told: Preview) -> None:
        self.read.gate("")
        if not told.rows:
            words = (
                tr("Its filter selects nothing.") if self._integration.filter else tr("The object is empty.")
            )
            self.states.empty(tr("The CRM has no such record"), words, picture="mapping")
            return
        self._model = preview_model(told)
        self.table.dress(self._model, [spec.width for spec in self._model.specs])
        self.table.selectionModel().currentChanged.connect(self._show_cell)
        bad = sum(bool(cell.code) for line in told.rows for cell in line.cells)
        self.told.set_text(
            tr("%n records read, ", len(told.rows))
            + (tr("%n values do not fit", bad) if bad else tr("every value fits"))
        )
        self.told.set_tone("refused" if bad else "ok")
        self.states.ready()
        self.table.go_to(0, 1 if told.paths else 0)
        self.table.setFocus()

    def _show_cell(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self._model.row_at(current.row()) if self._model is not None else None
        place = current.column() - 1
        raw, kept, why = ("", "", "") if line is None or place < 0 else words_of(line.cells[place])
        self._raw.set_text(raw)
        self._kept.set_text(kept)
        self._why.set_text(why)
        self._kept.set_tone("refused" if line is not None and place >= 0 and line.cells[place].code else "")

    def _failed(self, error: WritebackError) -> None:
        self.read.gate("")
        self.states.error(error)


def _pair(title: str, words: QWidget) -> QWidget:
    head = PlainLabel(title, role="muted")
    head.setMinimumWidth(150)
    line = row(head, gap=2)
    line.addWidget(words, 1)
    return boxed(line)
