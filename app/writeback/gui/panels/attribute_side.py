"""The properties of one attribute: general, options or stages, editability, source."""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from writeback.gui.i18n import TYPE_WORDS
from writeback.gui.models.attributes import LISTS, option_line, read_options
from writeback.gui.panels.master_choice import MasterChoice
from writeback.gui.panels.target_side import TargetSide
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, column, line
from writeback.gui.widgets.option_lines import OptionLines
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, gate
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType
from writeback.runtime.merging_options import KINDS
from writeback.runtime.views import AttributeView


class AttributeSide(QWidget):
    """The properties of one attribute; a change is a wish until it is saved.

    Signals:
        changed: A person changed something here; carries whether it differs from what is saved.
    """

    changed = Signal(bool)

    def __init__(
        self,
        *,
        retype: abc.Callable[[], None],
        remove: abc.Callable[[], None],
        history: abc.Callable[[], None],
        merge: abc.Callable[[], None],
    ) -> None:
        super().__init__()
        self._saved: Attribute | None = None
        self._head = ElidedLabel(role="heading")
        self._name = ElidedLabel(role="caption")
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("Title"))
        self.description = QLineEdit()
        self.description.setAccessibleName(tr("Description"))
        self.description.setPlaceholderText(tr("what it is for"))
        self._kind = PlainLabel()
        self.retype = Button(tr("Change type…"), kind="quiet", call=retype)
        self.remove = Button(tr("Delete…"), kind="quiet", picture="trash", call=remove)
        self._options_head = PlainLabel(tr("Options"), role="strong")
        self._options_words = PlainLabel(
            tr("One a line, in their order: the value, or value = label."), role="muted", wraps=True
        )
        self.options = OptionLines()
        self.up = Button(tr("Move up"), kind="quiet", call=lambda: self._move(-1))
        self.down = Button(tr("Move down"), kind="quiet", call=lambda: self._move(1))
        self.merge = Button(tr("Merge…"), kind="quiet", call=merge)
        self.editable = QCheckBox(tr("People may edit it by hand"))
        self.default = QLineEdit()
        self.default.setAccessibleName(tr("Default"))
        self.default.setPlaceholderText(tr("none"))
        self.targets = TargetSide()
        self.master = MasterChoice()
        self._history = Button(tr("Value history of each account…"), kind="quiet", call=history)
        lists = column(line(), self._options_head, self._options_words, self.options, gap=2)
        lists.addWidget(Flowing(self.up, self.down, self.merge))
        self._lists = boxed(lists)
        self._build()
        for field in (self.title, self.description, self.default):
            field.textEdited.connect(lambda _text: self._tell())
        self.options.textChanged.connect(self._tell)
        self.editable.clicked.connect(lambda _on: self._tell())
        self.show_view(None)

    def _build(self) -> None:
        kinds = Flowing(self._kind, self.retype, self.remove)
        body = column(
            self._head, self._name, 1, PlainLabel(tr("General"), role="strong"), gap=2, margin=(4, 2, 2, 2)
        )
        for words, field in ((tr("Title"), self.title), (tr("Description"), self.description)):
            body.addWidget(PlainLabel(words, role="muted"))
            body.addWidget(field)
        body.addWidget(kinds)
        body.addWidget(self._lists)
        for part in (
            line(),
            PlainLabel(tr("Editability"), role="strong"),
            self.editable,
            PlainLabel(tr("Default, where a mapping fills in for an empty value"), role="muted", wraps=True),
            self.default,
            line(),
            PlainLabel(tr("Source"), role="strong"),
            self.targets,
            self.master,
            line(),
            PlainLabel(tr("History"), role="strong"),
            self._history,
        ):
            body.addWidget(part)
        body.addStretch(1)
        self.setLayout(body)

    def show_view(self, view: AttributeView | None) -> None:
        """Show an attribute; what was typed and not saved is gone."""
        attribute = None if view is None else view.attribute
        self._saved = None  # nothing that is filled in counts as typed
        gate(self, "" if attribute is not None else tr("Choose an attribute first."))
        self._head.set_text(tr("Choose an attribute") if attribute is None else attribute.title)
        self._name.set_text("" if attribute is None else f"{attribute.entity}.{attribute.name}")
        self.title.setText("" if attribute is None else attribute.title)
        self.description.setText("" if attribute is None else attribute.description)
        self.default.setText("" if attribute is None else attribute.default)
        self.editable.setChecked(attribute is not None and attribute.editable)
        self._kind.set_text("" if attribute is None else TYPE_WORDS[attribute.kind])
        self._lists.setVisible(attribute is not None and attribute.kind in LISTS)
        is_ordered = attribute is not None and attribute.kind is AttributeType.LIFECYCLE
        self._options_head.set_text(tr("Stages") if is_ordered else tr("Options"))
        self.options.setPlainText("" if attribute is None else "\n".join(map(option_line, attribute.options)))
        is_one = attribute is not None and attribute.kind in KINDS
        self.merge.gate("" if is_one else tr("Options of a list with several values are not merged here."))
        self.targets.show_targets(() if view is None else view.targets)
        self.master.show_view(view)
        self._saved = attribute
        self._emit(is_dirty=False)

    def _move(self, step: int) -> None:
        self.options.move_line(step)
        self.options.setFocus()

    def wished(self) -> Attribute | None:
        """Give the attribute as it is wanted; None when nothing was changed."""
        if self._saved is None:
            return None
        made = replace(
            self._saved,
            title=self.title.text().strip() or self._saved.name,
            description=self.description.text().strip(),
            default=self.default.text().strip(),
            editable=self.editable.isChecked(),
        )
        if self._saved.kind in LISTS:
            made = replace(made, options=read_options(self.options.toPlainText(), self._saved.options))
        return None if made == self._saved else made

    def _tell(self) -> None:
        if self._saved is not None:
            self._emit(is_dirty=self.wished() is not None)

    def _emit(self, *, is_dirty: bool) -> None:
        self.changed.emit(is_dirty)
