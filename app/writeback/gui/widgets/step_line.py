"""The chosen step of a play: what it does, to which attribute, and who is meant."""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from writeback.gui.translating import tr
from writeback.gui.widgets.editors import Editor, editor_for
from writeback.gui.widgets.field_boxes import turned
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import column, titled_line
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.attributes import Attribute, Option
from writeback.model.plays import TASKS, AssignRule, PlayStep, StepKind
from writeback.model.types import AttributeType
from writeback.planning.playing import PlayGround

PEOPLE_HIGH = 112
_TYPED = frozenset({StepKind.SET, StepKind.ADD, StepKind.TAKE})


class StepLine(QWidget):
    """Edits one step.

    Signals:
        changed: The step is another now; carries it.
    """

    changed = Signal(object)

    def __init__(self, rules: abc.Mapping[AssignRule, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: PlayStep | None = None
        self._ground = PlayGround((), frozenset(), (), ())
        self._is_showing = False
        self._none = PlainLabel(tr("Choose a step, or add one."), role="muted", wraps=True)
        self.attribute = self._combo(tr("Attribute"))
        self.source = self._combo(tr("Copied from"))
        self.rule = self._combo(tr("Who"))
        for rule, words in rules.items():
            self.rule.addItem(words, rule.value)
        self.people = QListWidget()
        self.people.setAccessibleName(tr("Team members"))
        self.people.setFixedHeight(PEOPLE_HIGH)
        self.people.itemChanged.connect(lambda _item: self._take())
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("What the task says"))
        self.title.textEdited.connect(lambda _text: self._take())
        self.form = self._combo(tr("Form"))
        self.due = turned(QSpinBox())
        self.due.setAccessibleName(tr("Due in days"))
        self.due.setRange(-1, 3_650)
        self.due.setSpecialValueText(tr("no day"))
        self.due.valueChanged.connect(lambda _days: self._take())
        self.value: Editor | None = None
        self._value_place = QVBoxLayout()
        self._value_place.setContentsMargins(0, 0, 0, 0)
        self._value_holder = QWidget()
        self._value_holder.setLayout(self._value_place)
        self._fields = QWidget()
        self._lines = QFormLayout(self._fields)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setVerticalSpacing(8)
        for title, field in (
            (tr("Attribute"), self.attribute),
            (tr("Value"), self._value_holder),
            (tr("Task"), self.title),
            (tr("Form"), self.form),
            (tr("Who"), self.rule),
            (tr("Copied from"), self.source),
            (tr("Team members"), self.people),
            (tr("Due in days"), self.due),
        ):
            titled_line(self._lines, title, field)
        self.setLayout(column(self._none, self._fields, None, gap=2))
        self.show_step(None, self._ground)

    def focus_first(self) -> None:
        """Go to the first field that is asked for."""
        first = self.title if self._step is not None and self._step.kind in TASKS else self.attribute
        first.setFocus()

    def _combo(self, name: str) -> QComboBox:
        made = may_shrink(QComboBox())
        made.setAccessibleName(name)
        made.activated.connect(lambda _place: self._take())
        return made

    def show_step(self, step: PlayStep | None, ground: PlayGround) -> None:
        """Show a step; the one that is shown already keeps the keyboard."""
        if step is not None and step == self._step and ground is self._ground:
            return
        self._step, self._ground = step, ground
        self._is_showing = True
        self._none.setVisible(step is None)
        self._fields.setVisible(step is not None)
        if step is not None:
            self._show(step)
        self._is_showing = False

    def _show(self, step: PlayStep) -> None:
        ground = self._ground
        _fill(self.attribute, [(one.name, one.title) for one in self._fitting(step.kind)], step.attribute)
        is_ruled = step.kind in TASKS or step.kind is StepKind.ASSIGN
        named = is_ruled and step.rule is AssignRule.ATTRIBUTE
        others = [one for one in ground.attributes if one.name != step.attribute]
        if named:
            others = [one for one in others if one.name in ground.roles]
        _fill(self.source, [(one.name, one.title) for one in others], step.source)
        nobody = [("", tr("no form"))] if step.kind is StepKind.TASK else []
        forms = [(one.name, one.title) for one in ground.forms if one.entity == self._entity]
        _fill(self.form, [*nobody, *forms], step.form)
        self.rule.setCurrentIndex(max(self.rule.findData(step.rule.value), 0))
        self._show_people(step)
        if self.title.text() != step.text:
            self.title.setText(step.text)
        self.due.setValue(-1 if step.due_days is None else step.due_days)
        self._show_value(step)
        shown = {
            self.attribute: step.kind not in TASKS,
            self._value_holder: step.kind in _TYPED,
            self.title: step.kind in TASKS,
            self.form: step.kind in TASKS,
            self.rule: is_ruled,
            self.source: step.kind is StepKind.COPY or named,
            self.people: is_ruled and not named,
            self.due: step.kind in TASKS,
        }
        for field, is_shown in shown.items():
            self._lines.setRowVisible(field, is_shown)

    @property
    def _entity(self) -> str:
        return self._ground.attributes[0].entity if self._ground.attributes else ""

    def _fitting(self, kind: StepKind) -> list[Attribute]:
        """Give the attributes that a kind of step may change."""
        found = [one for one in self._ground.attributes if one.editable]
        if kind in (StepKind.ADD, StepKind.TAKE):
            return [one for one in found if one.kind is AttributeType.MULTI_LIST]
        if kind is StepKind.ASSIGN:
            return [one for one in found if one.name in self._ground.roles]
        return found

    def _show_people(self, step: PlayStep) -> None:
        held = [str(self.people.item(at).data(Qt.ItemDataRole.UserRole)) for at in range(self.people.count())]
        wanted = [one.id for one in self._ground.persons if one.active or one.id in step.people]
        if held != wanted:
            self.people.clear()
            for one in self._ground.persons:
                if one.id in wanted:
                    name = one.name or one.id
                    words = name if one.active else tr("{name} (inactive)", name=name)
                    item = QListWidgetItem(one_line(words), self.people)
                    item.setData(Qt.ItemDataRole.UserRole, one.id)
        for at in range(self.people.count()):
            item = self.people.item(at)
            is_named = item.data(Qt.ItemDataRole.UserRole) in step.people
            item.setCheckState(Qt.CheckState.Checked if is_named else Qt.CheckState.Unchecked)

    def _show_value(self, step: PlayStep) -> None:
        if self.value is not None:
            self._value_place.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
            self.value = None
        attribute = self._ground.attribute(step.attribute)
        if attribute is None or step.kind not in _TYPED:
            return
        options = attribute.options
        if attribute.name in self._ground.roles:
            options = tuple(Option(one.id, one.name or one.id, one.active) for one in self._ground.persons)
            self.value = editor_for(AttributeType.LIST, options)
        else:
            self.value = editor_for(attribute.kind, options)
        self.value.setAccessibleName(tr("Value"))
        self.value.show_value(step.text or None)
        self._value_place.addWidget(self.value)
        if isinstance(self.value, QComboBox):
            self.value.currentTextChanged.connect(lambda _text: self._take())
        else:
            self.value.textChanged.connect(lambda _text: self._take())

    def _take(self) -> None:
        if self._is_showing or self._step is None:
            return
        before = self._step
        made = replace(
            before,
            attribute=_data(self.attribute) if before.kind not in TASKS else "",
            source=_data(self.source),
            rule=AssignRule(_data(self.rule)),
            people=self._chosen_people(),
            form=_data(self.form) if before.kind in TASKS else "",
            due_days=None if self.due.value() < 0 or before.kind not in TASKS else self.due.value(),
            text=self._text(before),
        )
        is_other = (made.attribute, made.rule) != (before.attribute, before.rule)
        if made.attribute != before.attribute:
            made = replace(made, text="" if before.kind in _TYPED else made.text)
        self._step = made
        if is_other:  # other fields are asked for
            self._is_showing = True
            self._show(made)
            self._is_showing = False
        self.changed.emit(made)

    def _text(self, before: PlayStep) -> str:
        if before.kind in TASKS:
            return self.title.text()
        if before.kind in _TYPED and self.value is not None:
            return self.value.text_value() or ""
        return ""

    def _chosen_people(self) -> tuple[str, ...]:
        found = (self.people.item(at) for at in range(self.people.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in found
            if item.checkState() is Qt.CheckState.Checked
        )


def _fill(box: QComboBox, choices: abc.Sequence[tuple[str, str]], chosen: str) -> None:
    """Offer choices; one that is chosen and not among them stays visible."""
    box.clear()
    for name, title in choices:
        box.addItem(one_line(title), name)
    place = box.findData(chosen)
    if place < 0 and chosen:
        box.addItem(one_line(tr("{name} (gone)", name=chosen)), chosen)
        place = box.count() - 1
    box.setCurrentIndex(place)


def _data(box: QComboBox) -> str:
    return str(box.currentData() or "")
