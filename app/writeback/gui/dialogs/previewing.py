"""Show what a pull would bring: some records of the CRM, each value as read and as it would be kept."""

from collections import Counter

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from writeback.engine.previewing import Preview, PreviewRow
from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.previews import preview_model, words_of
from writeback.gui.models.tables import ListModel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, give_room, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, gate, one_line, title_free
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
        self._build_tools()
        self.table = Table(tr("Preview"), by_row=False)
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
        body.addLayout(row(PlainLabel(tr("Records")), self.rows, self.read, self.only, None))
        body.addWidget(self.told)
        body.addWidget(self.states, 1)
        body.addLayout(row(None, Button(tr("Close"), call=self.reject)))
        self.setLayout(body)
        self.table.setFocus()
        self.refresh()

    def _build_tools(self) -> None:
        self.rows = QLineEdit(str(ROWS))
        self.rows.setValidator(QIntValidator(1, ROWS_MOST, self.rows))
        self.rows.setAccessibleName(tr("How many records"))
        self.rows.setMaximumWidth(90)
        self.rows.returnPressed.connect(self.refresh)
        self.read = Button(tr("Read"), picture="refresh", call=self.refresh)
        self.told = ElidedLabel(role="muted")
        self.only = QCheckBox(tr("Only what does not fit"))
        self.only.toggled.connect(lambda _on: self._show_rows())
        self._found = Preview((), ())

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
        refused = Counter(
            path for line in told.rows for path, cell in zip(told.paths, line.cells, strict=True) if cell.code
        )
        bad = refused.total()
        words = tr("every value fits")
        if bad:
            fields = ", ".join(
                f"{one_line(path, 60)} ({number(count)})" for path, count in refused.most_common()
            )
            words = tr("%n values do not fit: {fields}", bad, fields=fields)
        self.told.set_text(tr("%n records read, ", len(told.rows)) + words)
        self.told.set_tone("refused" if bad else "ok")
        self.only.setChecked(self.only.isChecked() and bool(bad))
        gate(self.only, "" if bad else tr("Every value fits."))
        self._found = told
        self.states.ready()
        self._show_rows()
        self.table.setFocus()

    def _show_rows(self) -> None:
        """Show all records, or those of which a value does not fit, at the first such value."""
        if self._model is None:
            return
        rows = self._found.rows
        is_only = self.only.isChecked()
        shown = [line for line in rows if any(cell.code for cell in line.cells)] if is_only else rows
        self._model.show_rows(shown)
        places = (at for at, cell in enumerate(shown[0].cells, 1) if cell.code) if is_only and shown else ()
        self.table.go_to(0, next(iter(places), 1 if self._found.paths else 0))

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
