"""The chosen column of a file: what shapes its texts, and what writing through its reference means.

Must not: know other columns, ask the CRM (the panel does).
"""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from writeback.gui.i18n import REFERENCE_WORDS
from writeback.gui.models.file_columns import ColumnLine
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel, gate, one_line, tip
from writeback.model.file_mappings import NotFound, ReferenceUse
from writeback.model.integrations import ReferenceMode
from writeback.model.types import AttributeType
from writeback.model.value_rules import TransformUse
from writeback.runtime.facade import TransformView
from writeback.sdk.values import FieldInfo, ObjectDescription

NOT_FOUND = Words(
    {
        NotFound.BLOCK: mark("the row is not sent"),
        NotFound.LEAVE: mark("it stays as it is, the rest is sent"),
    }
)


class FileColumn(QWidget):
    """The boxes about the chosen column.

    Signals:
        changed: Something else was chosen.
        path_chosen: The reference is found by another field; carries the path that says so.
        target_asked: The fields of an object are wanted that a reference points at; carries its name.
    """

    changed = Signal()
    path_chosen = Signal(str)
    target_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: dict[str, ObjectDescription | None] = {}
        self._line: ColumnLine | None = None
        self._reference: FieldInfo | None = None
        self.shapes = QLineEdit()
        self.shapes.setPlaceholderText(tr("none, or such as trim, date=dd.mm.yyyy"))
        self.words = PlainLabel(role="muted", wraps=True)
        self.by = may_shrink(QComboBox())
        self.mode = may_shrink(QComboBox())
        for mode in ReferenceMode:
            self.mode.addItem(REFERENCE_WORDS[mode], mode.value)
        self.not_found = may_shrink(QComboBox())
        for rule, words in NOT_FOUND.items():
            self.not_found.addItem(tr(words), str(rule))
        lines = column(gap=3)
        for name, box in (
            (tr("Shape its texts"), self.shapes),
            (tr("The reference is found by"), self.by),
            (tr("Writing through it means"), self.mode),
            (tr("A text that names no record"), self.not_found),
        ):
            box.setAccessibleName(name)
            label = PlainLabel(name, role="muted")
            label.setBuddy(box)
            lines.addLayout(column(label, box, gap=1))
            if box is self.shapes:
                lines.addWidget(self.words)
        self.setLayout(lines)
        self.shapes.editingFinished.connect(self._shaped)
        for chooser in (self.mode, self.not_found):
            chooser.activated.connect(lambda _at: self.changed.emit())
        self.by.activated.connect(lambda _at: self.path_chosen.emit(str(self.by.currentData())))

    def know_transforms(self, transforms: abc.Iterable[TransformView]) -> None:
        """Say which transforms there are."""
        told = (
            f"{one.name}{f'=… ({one.argument})' if one.argument else ''}: {one.title}" for one in transforms
        )
        words = "\n".join((tr("With commas between them, in their order:"), *map(one_line, told)))
        self._known = words
        self.words.set_text(words)
        tip(self.shapes, words)

    _known = ""

    def forget(self) -> None:
        """Be about another object, whose references point elsewhere."""
        self._targets.clear()

    def know_target(self, description: ObjectDescription) -> None:
        """Know the fields of an object that references point at."""
        self._targets[description.name] = description
        self._show_ways()

    def show_line(self, line: ColumnLine | None, reference: FieldInfo | None) -> None:
        """Show what a column says; `reference`: the field that it is written through, if it is."""
        self._line, self._reference = line, reference
        stopped = stops_shapes(line)
        gate(self.shapes, stopped, otherwise=self._known)
        if not self.shapes.hasFocus() or stopped:
            self.shapes.setText(line.shapes if line is not None else "")
        use = line.reference if line is not None else ReferenceUse()
        self.mode.setCurrentIndex(self.mode.findData(use.mode.value))
        self.not_found.setCurrentIndex(self.not_found.findData(use.not_found.value))
        self._show_ways()

    def apply(self, line: ColumnLine) -> ColumnLine:
        """Give a column with what is chosen here."""
        uses = [TransformUse.parse(one) for one in self.shapes.text().split(",") if one.strip()]
        use = ReferenceUse(
            ReferenceMode(str(self.mode.currentData())), NotFound(str(self.not_found.currentData()))
        )
        return replace(line, shapes=", ".join(map(str, uses)), reference=use)

    def _shaped(self) -> None:
        if self._line is not None and self.apply(self._line).shapes != self._line.shapes:
            self.changed.emit()

    def _show_ways(self) -> None:
        """Offer by which fields the reference may be found; what is not known of its target is asked for."""
        line, field = self._line, self._reference
        info = None if field is None else field.reference
        self.by.clear()
        ways: dict[str, str] = {}
        if line is not None and field is not None and info is not None:
            ways[field.name] = tr("its id")
            for target in info.targets[:1]:
                if target not in self._targets:
                    self._targets[target] = None
                    self.target_asked.emit(target)
                ways |= _ways_of(self._targets[target], info.relationship)
            ways.setdefault(line.path, line.path.rpartition(".")[2] or line.path)
            for path, words in ways.items():
                self.by.addItem(one_line(words, 60), path)
            folded = {path.casefold(): at for at, path in enumerate(ways)}
            self.by.setCurrentIndex(folded.get(line.path.casefold(), 0))
        none = "" if ways else tr("This column is written through no reference.")
        hops = line is not None and "." in line.path
        is_edit = hops and line is not None and line.reference.mode is ReferenceMode.EDIT_TARGET
        own = "" if hops else tr("The reference itself is written: it points at another record.")
        edits = tr("The record behind the reference is edited: nothing is looked up.") if is_edit else ""
        gate(self.by, none or edits)
        gate(self.mode, none or own)
        gate(self.not_found, none or edits)


class FileColumnDialog(QDialog):
    """Holds the boxes about the chosen column; what is chosen in them holds at once."""

    def __init__(self, inside: FileColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = inside
        self._head = PlainLabel(role="heading")
        close = Button(tr("Close"), kind="primary", call=self.accept)
        lay_out(self, column(self._head, inside), row(None, close), width=560)

    def ask_about(self, name: str) -> None:
        """Open it for a column of this name."""
        self.setWindowTitle(one_line(name, 60))
        self._head.set_text(one_line(name, 60))
        self.open()
        self._inside.shapes.setFocus()


def _ways_of(target: ObjectDescription | None, hop: str) -> dict[str, str]:
    """Give the paths by which a record of an object is found, in words: its name, e-mails, unique fields."""
    found: dict[str, str] = {}
    for one in target.fields if target is not None else ():
        is_name = target is not None and one.name == target.name_field
        is_key = target is not None and one.name == target.key_field
        if (is_name or one.kind is AttributeType.EMAIL or one.is_unique) and not is_key:
            found[f"{hop}.{one.name}"] = one.label or one.name
    return found


def stops_shapes(line: ColumnLine | None) -> str:
    """Say why the texts of a column are not shaped; '' where they may be."""
    if line is None:
        return tr("Choose a column.")
    if line.is_constant:
        return tr("What every row writes alike comes from no column.")
    if line.is_key:
        return tr("Records are found by this column, as its texts are.")
    return "" if line.path else tr("This column writes no field.")
