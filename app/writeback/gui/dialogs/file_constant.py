"""What every row of a file writes alike: a field, and the text that goes there."""

from collections import abc

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.field_boxes import chosen, field_box, fill_fields
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel
from writeback.sdk.values import FieldInfo


class FileConstantDialog(QDialog):
    """Asks for a field and a text; an empty text takes the field out again."""

    def __init__(
        self,
        fields: abc.Iterable[FieldInfo],
        told: tuple[str, str],
        *,
        call: abc.Callable[[str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("The same in every row"))
        self._call = call
        self.field = field_box()
        self.field.setAccessibleName(tr("Field that every row writes"))
        fill_fields(self.field, fields)
        at = self.field.findData(told[0])
        if at >= 0:
            self.field.setCurrentIndex(at)
        else:
            self.field.setEditText(told[0])
        self.text = QLineEdit(told[1])
        self.text.setAccessibleName(tr("Text"))
        self.go = Button(tr("Write it in every row"), kind="primary", call=self._say)
        words = tr("It is planned and shown like a column of the file. Empty: nothing is written.")
        body = column(PlainLabel(tr("The same in every row"), role="heading"))
        body.addWidget(PlainLabel(words, role="muted", wraps=True))
        for name, box in ((tr("Field"), self.field), (tr("Text"), self.text)):
            label = PlainLabel(name)
            label.setBuddy(box)
            body.addLayout(column(label, box, gap=1))
        lay_out(self, body, row(None, Button(tr("Cancel"), call=self.reject), self.go), width=440)
        self.field.currentTextChanged.connect(lambda _text: self._gate())
        self._gate()

    def _gate(self) -> None:
        self.go.gate("" if chosen(self.field) else tr("Choose a field first."))

    def _say(self) -> None:
        self.accept()
        self._call(chosen(self.field), self.text.text())
