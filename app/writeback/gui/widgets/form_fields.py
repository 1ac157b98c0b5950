"""The fields of an insight form on a record: typed editors in the form's order, each with help and refusal.

Which fields are asked for is judged anew with each change, by the rule that also judges what is handed in.
Says what is wanted (`values`) and saves nothing itself.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from writeback.gui.i18n import NOT_SET, shown
from writeback.gui.translating import tr
from writeback.gui.widgets.editors import Editor, Line, editor_for
from writeback.gui.widgets.layouts import clear, column
from writeback.gui.widgets.paragraph import Paragraph
from writeback.gui.widgets.text import ElidedLabel, PlainLabel
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.forms import FormField, InsightForm
from writeback.model.reports import EditAnswer
from writeback.model.types import AttributeType, Value
from writeback.planning.coercing import text_of
from writeback.planning.forms import is_asked
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView, RecordView

MEANWHILE: Final = frozenset({"form.changed_meanwhile", "form.read_meanwhile"})
"""Reasons that tell another value than the one that was shown."""


class FieldLine(QWidget):
    """One field: its name, its editor, its help, and why its value was not taken.

    Signals:
        changed: Something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, field: FormField, view: AttributeView | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.view = field, view
        name = view.attribute.title if view is not None else field.attribute
        words = tr("{name} (required)", name=name) if field.is_required else name
        self.editor: Editor | Paragraph | None = None
        self._still = ElidedLabel(role="strong")
        self._problem = PlainLabel(role="caption", wraps=True)
        self._problem.set_tone("refused")
        self._problem.hide()
        body = column(PlainLabel(words, role="muted", wraps=True), gap=1)
        if view is None:
            body.addWidget(
                PlainLabel(tr("This attribute is not there any more; it is left out."), wraps=True)
            )
        elif view.lock is not None:
            told = sentence_of(view.lock.code, dict(view.lock.facts))
            body.addWidget(self._still)
            body.addWidget(PlainLabel(told.happened, role="caption", wraps=True))
        else:
            self.editor = self._make(view)
            self.editor.setAccessibleName(words)
            body.addWidget(self.editor)
        self._help = field.help
        if field.help:
            body.addWidget(PlainLabel(field.help, role="caption", wraps=True))
        self._describe()
        body.addWidget(self._problem)
        self.setLayout(body)

    def _make(self, view: AttributeView) -> Editor | Paragraph:
        if view.attribute.kind is AttributeType.LONG_TEXT:
            page = Paragraph()
            page.textChanged.connect(self.changed)
            return page
        made = editor_for(view.attribute.kind, view.attribute.options)
        (made.currentTextChanged if isinstance(made, QComboBox) else made.textChanged).connect(
            lambda _text: self.changed.emit()
        )
        return made

    def show_value(self, text: str | None, value: Value) -> None:
        """Show what the record holds, or is to hold."""
        if self.editor is not None:
            self.editor.show_value(text)
            if isinstance(self.editor, Line):
                self.editor.setCursorPosition(0)
        elif self.view is not None:
            labels = {one.value: one.label for one in self.view.attribute.options}
            self._still.set_text(shown(value, self.view.attribute.kind, labels) or tr(NOT_SET))

    def refuse(self, reason: Reason | None) -> None:
        """Mark the field with why its value was not taken; None takes the mark away."""
        if reason is not None:
            told = sentence_of(reason.code, dict(reason.facts))
            self._problem.set_text(f"{told} ({reason.code})")
        elif not self._problem.isHidden():
            self._problem.set_text("")
        self._problem.setVisible(reason is not None)
        self._describe()

    @property
    def refusal(self) -> str:
        """Why its value was not taken, in words; '' where nothing is wrong."""
        return self._problem.text()

    def _describe(self) -> None:
        if self.editor is not None:
            self.editor.setAccessibleDescription(" ".join(filter(None, (self._problem.text(), self._help))))


class FormFields(QWidget):
    """All fields of a form.

    Signals:
        changed: Something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[str, FieldLine] = {}
        """By folded name."""
        self._held: dict[str, str] = {}
        self._shown: dict[str, str | None] = {}
        self._record: RecordView | None = None
        self._sections: list[tuple[PlainLabel, list[FieldLine]]] = []
        self._writes = PlainLabel(role="muted", wraps=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        body = column(gap=4)
        body.addLayout(self._lines)
        body.addWidget(self._writes)
        self.setLayout(body)

    def show_form(
        self, form: InsightForm | None, views: abc.Iterable[AttributeView], record: RecordView | None
    ) -> None:
        """Show a form on a record; without a record, as it looks on an empty one. None: no field at all."""
        clear(self._lines)
        self.lines, self._sections, self._record = {}, [], record
        known = {one.attribute.name.casefold(): one for one in views}
        self._read(record)
        for section in form.sections if form is not None else ():
            title = PlainLabel(section.title, role="strong", wraps=True)
            self._lines.addWidget(title)  # shown or hidden by `_judge`: without a parent it would be a window
            lines: list[FieldLine] = []
            for field in section.fields:
                line = FieldLine(field, known.get(field.attribute.casefold()))
                self.lines[field.attribute.casefold()] = line
                lines.append(line)
                self._lines.addWidget(line)
                self._fill(line)
                line.changed.connect(lambda line=line: self._take(line))
            self._sections.append((title, lines))
        self._writes.setVisible(bool(self.lines))
        self._judge()

    def values(self) -> tuple[tuple[str, str | None], ...]:
        """Give what differs from what the record holds or was shown, in the form's order."""
        found: list[tuple[str, str | None]] = []
        for name, line in self.lines.items():
            if line.editor is None or line.isHidden():
                continue
            text = line.editor.text_value()
            is_default_gone = text is None and line.field.default is not None
            if is_default_gone or text != (self._held.get(name) or None) or text != self._shown.get(name):
                found.append((line.field.attribute, text))
        return tuple(found)

    def seen(self) -> tuple[tuple[str, str | None], ...]:
        """Give what was shown of each field: whoever changes it meanwhile is not written over unseen."""
        if self._record is None:
            return ()
        marks = {name: self._record.row.mark_of(line.field.attribute) for name, line in self.lines.items()}
        return tuple(
            (line.field.attribute, self._shown.get(name))
            for name, line in self.lines.items()
            if (mark := marks[name]) is None or mark.state != "held"
        )

    def restore(self, values: abc.Mapping[str, str]) -> None:
        """Show what was typed earlier."""
        for name, text in values.items():
            line = self.lines.get(name.casefold())
            if line is not None and line.editor is not None:
                line.editor.show_value(text or None)

    def mark(self, answers: abc.Iterable[EditAnswer]) -> tuple[str, ...]:
        """Mark refused fields and go to the first of them; gives what no field here can show."""
        left: list[str] = []
        first: FieldLine | None = None
        for answer in answers:
            if answer.reason is None:
                continue
            line = self.lines.get(answer.attribute.casefold())
            if line is None or line.isHidden():
                left.append(f"{sentence_of(answer.reason.code, dict(answer.reason.facts))}")
                continue
            line.refuse(answer.reason)
            if answer.reason.code in MEANWHILE:  # it is seen now: saved once more, it is written over
                self._shown[answer.attribute.casefold()] = dict(answer.reason.facts).get("now") or None
            first = first or line
        if first is not None and first.editor is not None:
            first.editor.setFocus()
        return tuple(left)

    def first_focus(self) -> QWidget | None:
        """The editor that the keyboard starts in."""
        return next(
            (line.editor for line in self.lines.values() if line.editor is not None and not line.isHidden()),
            None,
        )

    @property
    def writes(self) -> str:
        """What the line at the foot says: where the values go."""
        return self._writes.text()

    # what is there

    def _read(self, record: RecordView | None) -> None:
        self._held, self._shown = {}, {}
        for view, value in zip(record.attributes, record.row.values, strict=True) if record else ():
            name = view.attribute.name
            mark = record.row.mark_of(name) if record is not None else None
            self._held[name.casefold()] = text_of(value) or ""
            self._shown[name.casefold()] = text_of(value if mark is None else mark.new)

    def _fill(self, line: FieldLine) -> None:
        name = line.field.attribute.casefold()
        text = self._shown.get(name)
        value: Value = None
        if self._record is not None:
            value = dict(
                zip(
                    (one.attribute.name.casefold() for one in self._record.attributes),
                    self._record.row.values,
                    strict=True,
                )
            ).get(name)
        line.show_value(text or line.field.default, value)

    def _take(self, line: FieldLine) -> None:
        line.refuse(None)
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        """Show the fields that are asked for now, and say where their values go."""
        seen = dict(self._held)
        for name, line in self.lines.items():
            if line.editor is not None:
                line.setVisible(is_asked(line.field, seen))
                if not line.isHidden():
                    seen[name] = line.editor.text_value() or ""
        for line in self.lines.values():
            line.setVisible(is_asked(line.field, seen))
        for title, lines in self._sections:
            title.setVisible(bool(title.text()) and any(not one.isHidden() for one in lines))
        self._tell_targets()

    def _tell_targets(self) -> None:
        views = [
            line.view
            for line in self.lines.values()
            if line.view is not None and line.editor is not None and not line.isHidden()
        ]
        names = [one.attribute.name for one in views]
        found: abc.Iterable[Connection] = (
            self._record.connections_of(names)
            if self._record is not None
            else {
                target.connection.id: target.connection
                for view in views
                for target in view.targets
                if target.mapping.write_back
            }.values()
        )
        named = [
            tr("{name} ({environment})", name=one.name, environment=one.environment.value) for one in found
        ]
        self._writes.set_text(
            tr(
                "Writes to {names}. The values become pending edits; what writes on save is sent at once.",
                names=", ".join(named),
            )
            if named
            else tr("Nothing of this is written to a CRM.")
        )
