"""The columns of a file: what each writes, and what its blank cells mean; chosen line by line."""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.gui.dialogs.file_constant import FileConstantDialog
from writeback.gui.models.file_columns import ColumnLine, column_specs
from writeback.gui.models.tables import ListModel
from writeback.gui.panels.file_column import FileColumn, FileColumnDialog, stops_shapes
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.field_boxes import chosen, field_box, fill_fields
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import PlainLabel, gate
from writeback.model.file_mappings import FileMapping, ReferenceUse
from writeback.model.integrations import BlankRule
from writeback.model.value_rules import TransformUse
from writeback.sdk.values import FieldInfo, ObjectDescription

BLANKS = Words(
    {
        "": mark("as in the whole file"),
        BlankRule.KEEP: mark("keep what is there"),
        BlankRule.CLEAR: mark("clear the field"),
    }
)


class FileColumns(QWidget):
    """A table of columns, and below it what the chosen one writes.

    Signals:
        changed: A column writes something else, or its blank cells mean something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ColumnLine, ...] = ()
        self._description: ObjectDescription | None = None
        specs = column_specs()
        self._model = ListModel[ColumnLine](specs, self)
        self.table = Table(tr("Columns of the file"))
        self.table.dress(self._model, [spec.width for spec in specs])
        self.field = field_box()
        self.blank = QComboBox()
        self.blank.setAccessibleName(tr("Blank cells of the chosen column"))
        for rule, words in BLANKS.items():
            self.blank.addItem(tr(words), str(rule))
        keep_lines(self.table)
        self.setLayout(column(self.table))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.table.chosen.connect(lambda _row: self._enter())
        self.every = Button(tr("Same in every row…"), call=self.ask_constant)
        self.more = FileColumn()
        self.more.changed.connect(lambda: self._change(self.more.apply))
        self.more.path_chosen.connect(self._write_to)
        self.further = Button(tr("More of this column…"), call=self.ask_more)
        self._dialog = FileColumnDialog(self.more, self)
        self.field.activated.connect(lambda _at: self._choose_field())
        self.blank.activated.connect(lambda _at: self._choose_blank())

    def chosen_part(self) -> QWidget:
        """Give what says and changes the chosen column, for a line below the table."""
        label, blanks = PlainLabel(tr("Writes to")), PlainLabel(tr("Blank cells"))
        label.setBuddy(self.field)
        blanks.setBuddy(self.blank)
        part = QWidget()
        part.setLayout(row(label, self.field, 2, blanks, self.blank, None, self.further))
        return part

    def describe(self, description: ObjectDescription) -> None:
        """Be about the fields of this object."""
        self._description = description
        self.more.forget()
        self.field.clear()
        self.field.addItem(tr("not written"), "")
        fill_fields(self.field, description.fields)

    def show_lines(self, lines: abc.Iterable[ColumnLine], keys: abc.Collection[str]) -> None:
        """Show the columns; those that find the records are marked."""
        self.lines = tuple(
            replace(one, is_key=one.path.casefold() in keys and not one.is_constant) for one in lines
        )
        at = max(self.table.currentIndex().row(), 0)
        self._model.show_rows(self.lines)
        self.table.selectRow(min(at, len(self.lines) - 1))
        self._show_chosen()

    def field_at(self, path: str) -> FieldInfo | None:
        """Give the field at a path; None behind a reference."""
        return None if self._description is None or not path else self._description.field(path)

    def reference_at(self, path: str) -> FieldInfo | None:
        """Give the reference field that a path writes, or writes through; None where it is none."""
        if self._description is None or not path:
            return None
        hop, dot, _ = path.partition(".")
        field = self._description.reference(hop) if dot else self._description.field(path)
        return field if field is not None and field.reference is not None else None

    @property
    def mapping(self) -> FileMapping:
        """What the columns write."""
        own = [one for one in self.lines if not one.is_constant]
        blanks = tuple((one.name, BlankRule(one.blank)) for one in own if one.blank)
        shapes = tuple((one.name, _uses(one.shapes)) for one in own if one.shapes and one.path)
        through = [one for one in own if self.reference_at(one.path) is not None]
        used = tuple((one.name, one.reference) for one in through if one.reference != ReferenceUse())
        return FileMapping(
            self.paths,
            self.constants,
            is_whole=True,
            blanks=blanks,
            transforms=shapes,
            references=used,
        )

    @property
    def paths(self) -> tuple[tuple[str, str], ...]:
        """The columns of the file with what each writes."""
        return tuple((one.name, one.path) for one in self.lines if not one.is_constant)

    @property
    def constants(self) -> tuple[tuple[str, str], ...]:
        """Fields with what every row writes there."""
        return tuple((one.path, one.samples[0]) for one in self.lines if one.is_constant)

    def constant(self, path: str, text: str) -> ColumnLine:
        """Make the line of what every row writes alike."""
        return ColumnLine("", (text,), path, self.field_at(path), "chosen", is_constant=True)

    def ask_more(self) -> None:
        """Ask what shapes the texts of the chosen column, and what its reference means."""
        line = self._line()
        if line is not None:
            self._dialog.ask_about(line.name)

    def ask_constant(self) -> None:
        """Ask for a field and a text that every row writes; the chosen one, or another."""
        line = self._line()
        told = (line.path, line.samples[0]) if line is not None and line.is_constant else ("", "")
        fields = () if self._description is None else self._description.fields
        FileConstantDialog(fields, told, call=self._keep_constant, parent=self).open()

    def _keep_constant(self, path: str, text: str) -> None:
        folded = path.casefold()
        kept = [one for one in self.lines if not (one.is_constant and one.path.casefold() == folded)]
        self.lines = (*kept, self.constant(path, text)) if text else tuple(kept)
        self.changed.emit()

    def _enter(self) -> None:
        line = self._line()
        if line is not None and line.is_constant:
            self.ask_constant()
        else:
            self.field.setFocus()

    def _show_chosen(self) -> None:
        line = self._line()
        stopped = _stops_field(line)
        gate(self.field, stopped)
        gate(self.blank, stopped or _stops_blank(line))
        self.further.gate(stops_shapes(line))
        self.more.show_line(line, self.reference_at(line.path) if line is not None else None)
        if line is not None:
            at = self.field.findData(line.path)
            self.field.setCurrentIndex(max(at, 0))
            if at < 0:
                self.field.setEditText(line.path)
            self.blank.setCurrentIndex(max(self.blank.findData(line.blank), 0))

    def _choose_field(self) -> None:
        self._write_to(chosen(self.field))

    def _write_to(self, path: str) -> None:
        field, how = self.field_at(path), "chosen" if path else ""
        self._change(lambda line: replace(line, path=path, field=field, how=how))

    def _choose_blank(self) -> None:
        blank = str(self.blank.currentData())
        self._change(lambda line: replace(line, blank=blank))

    def _change(self, change: abc.Callable[[ColumnLine], ColumnLine]) -> None:
        line = self._line()
        if line is not None:
            made = change(line)
            self.lines = tuple(made if one is line else one for one in self.lines)
            self.changed.emit()

    def _line(self) -> ColumnLine | None:
        at = self.table.currentIndex().row()
        return self.lines[at] if 0 <= at < len(self.lines) else None


def _uses(shapes: str) -> tuple[TransformUse, ...]:
    return tuple(TransformUse.parse(one) for one in shapes.split(",") if one.strip())


def _stops_field(line: ColumnLine | None) -> str:
    """Say why no field can be chosen; '' where one can."""
    if line is None:
        return tr("Choose a column.")
    return tr("What every row writes alike comes from no column.") if line.is_constant else ""


def _stops_blank(line: ColumnLine | None) -> str:
    """Say why a column's blank cells mean nothing; '' where they do."""
    if line is not None and line.is_key:
        return tr("Records are found by this column: a blank one finds none.")
    return "" if line is not None and line.path else tr("This column writes no field.")
