"""A form drawn from the part of JSON Schema that a manifest may use: any plugin's, without knowing it.

Texts, whole numbers, switches and choices; with titles, descriptions, defaults, examples, patterns and
what is required. Secrets are asked for unseen, given once and forgotten.
"""

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.editors import Choice, Line
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, mnemonic_free, one_line
from writeback.model.attributes import Option
from writeback.model.types import AttributeType
from writeback.sdk.manifest import FormField

ON, OFF = "true", "false"


class Switch(QCheckBox):
    """A yes or no of a form, as text."""

    def text_value(self) -> str | None:
        """Give the answer."""
        return ON if self.isChecked() else OFF

    def show_value(self, text: str | None) -> None:
        """Show an answer."""
        self.setChecked(text == ON)


Editor = Line | Choice | Switch


class SchemaForm(QWidget):
    """The questions of one way of signing in, and what is wrong with an answer.

    Signals:
        changed: An answer changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Editor] = {}
        self.secrets: dict[str, QLineEdit] = {}
        self._schemas: dict[str, FormField] = {}
        self._required: set[str] = set()
        self._problems: dict[str, PlainLabel] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)

    def ask(
        self, name: str, field: FormField, *, is_required: bool = False, value: str | None = None
    ) -> Editor:
        """Add a question; `value` is what was answered before."""
        field = _said(field)
        default = "" if field.default is None else _as_text(field.default)
        editor = self._editor(field)
        editor.setAccessibleName(one_line(field.title))
        editor.setAccessibleDescription(one_line(field.description))
        editor.show_value(default if value is None else value)
        self._watch(editor, name)
        self.fields[name], self._schemas[name] = editor, field
        if is_required:
            self._required.add(name)
        title = field.title if is_required else tr("{question} (optional)", question=field.title)
        extra = (
            self._file_button(editor, field) if field.format == "path" and isinstance(editor, Line) else None
        )
        self._put(name, title, field.description, editor=editor, extra=extra)
        return editor

    def ask_secret(
        self, name: str, field: FormField, *, is_required: bool = True, hint: str = ""
    ) -> QLineEdit:
        """Add a question for a secret: never shown, never kept here. `hint` stands where nothing is typed."""
        field = _said(field)
        editor = QLineEdit()
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        editor.setAccessibleName(one_line(field.title))
        editor.setAccessibleDescription(one_line(field.description))
        editor.textChanged.connect(lambda _text: self._settled(name))
        editor.setPlaceholderText(hint)
        self.secrets[name], self._schemas[name] = editor, field
        if is_required:
            self._required.add(name)
        title = field.title if is_required else tr("{question} (optional)", question=field.title)
        self._put(name, title, field.description, editor=editor)
        return editor

    def answers(self) -> dict[str, str]:
        """Give what was answered, without secrets."""
        return {name: (field.text_value() or "").strip() for name, field in self.fields.items()}

    def secret_answers(self) -> dict[str, str]:
        """Give the secrets."""
        return {name: field.text() for name, field in self.secrets.items() if field.text()}

    def forget_secrets(self) -> None:
        """Forget the secrets: they were given on."""
        for field in self.secrets.values():
            field.clear()

    def check(self) -> bool:
        """Say at each question what is wrong with its answer, and go to the first; True: nothing is."""
        found = {**self.answers(), **self.secret_answers()}
        first: QWidget | None = None
        for name, label in self._problems.items():
            problem = self._problem(name, found.get(name, ""))
            label.set_text(problem)
            label.setVisible(bool(problem))
            if problem and first is None:
                first = self.fields.get(name) or self.secrets[name]
        if first is not None:
            first.setFocus()
        return first is None

    def _problem(self, name: str, answer: str) -> str:
        schema = self._schemas[name]
        if not answer:
            return (
                tr("{question}: an answer is needed.", question=schema.title)
                if name in self._required
                else ""
            )
        if schema.type == "integer" and not re.fullmatch(r"[+-]?[0-9]{1,18}", answer):
            return tr("{question}: a whole number is needed.", question=schema.title)
        if schema.pattern and not _fits(schema.pattern, answer):
            hint = schema.examples[0] if schema.examples else schema.pattern
            return tr("{question}: it should look like {example}.", question=schema.title, example=hint)
        if schema.format == "uri" and not re.match(r"https?://\S+$", answer):
            return tr("{question}: an address that begins with https:// is needed.", question=schema.title)
        if schema.format == "hostname" and not re.fullmatch(r"[A-Za-z0-9.-]+", answer):
            return tr("{question}: a host name alone is needed, without https://.", question=schema.title)
        return ""

    def _editor(self, field: FormField) -> Editor:
        if field.type == "boolean":
            return Switch(mnemonic_free(field.title))
        if field.enum:
            return Choice([Option(one, option_words(one)) for one in field.enum], clears=False)
        line = Line(AttributeType.INTEGER if field.type == "integer" else AttributeType.TEXT)
        line.setPlaceholderText(one_line(field.examples[0]) if field.examples else "")
        return line

    def _watch(self, editor: Editor, name: str) -> None:
        match editor:
            case Line():
                editor.textChanged.connect(lambda _text: self._settled(name))
            case Choice():
                editor.activated.connect(lambda _place: self._settled(name))
            case Switch():
                editor.clicked.connect(lambda _on: self._settled(name))

    def _settled(self, name: str) -> None:
        """An answer changed: what was wrong with it is judged anew when it is checked again."""
        if name in self._problems:
            self._problems[name].hide()
        self.changed.emit()

    def _file_button(self, editor: Line, field: FormField) -> Button:
        def pick() -> None:
            chosen, _ = QFileDialog.getOpenFileName(self, field.title, str(Path.home()))
            if chosen:
                editor.show_value(chosen)

        return Button(tr("Choose file…"), picture="folder", call=pick)

    def _put(
        self, name: str, title: str, words: str, *, editor: QWidget, extra: QWidget | None = None
    ) -> None:
        problem = PlainLabel(tone="refused", wraps=True)
        problem.hide()
        self._problems[name] = problem
        line = row(gap=2)
        line.addWidget(editor, 1)
        if extra is not None:
            line.addWidget(extra)
        box = column(gap=1)
        if not isinstance(editor, Switch):
            box.addWidget(PlainLabel(title, role="strong"))
        box.addLayout(line)
        if words:
            box.addWidget(PlainLabel(words, role="muted", wraps=True))
        box.addWidget(problem)
        self._lines.addLayout(box)


def option_words(option: str) -> str:
    """Give what people read of a manifest's choice: words of it, but a name or a code as it is."""
    is_word = option.replace("_", "").isalpha() and len(option) > 3
    return option.replace("_", " ").capitalize() if is_word else option


def _as_text(value: object) -> str:
    return (ON if value else OFF) if isinstance(value, bool) else str(value)


def _fits(pattern: str, answer: str) -> bool:
    """Say whether an answer fits a plugin's pattern; one that is no pattern refuses nothing."""
    try:
        return re.search(pattern, answer) is not None
    except re.error:
        return True


def _said(field: FormField) -> FormField:
    """Put a question of ours into the person's language; a third party's stays as it is."""
    return field.model_copy(update={"title": tr(field.title), "description": tr(field.description)})
