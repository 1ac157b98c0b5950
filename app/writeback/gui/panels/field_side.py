"""The properties of one field: attribute, write-back, reference type, rule for conflicts."""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from writeback.gui.i18n import CONFLICT_WORDS
from writeback.gui.models.fields import FieldChoice
from writeback.gui.panels.reference_side import ReferenceSide
from writeback.gui.panels.source_side import TEXTS, SourceSide
from writeback.gui.panels.target_side import consequence
from writeback.gui.panels.value_side import ValueSide
from writeback.gui.tasks import Desk
from writeback.gui.translating import number, tr
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import column, line
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, gate
from writeback.model.attributes import Attribute
from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping, Integration
from writeback.runtime.switches import switch_reason
from writeback.runtime.views import Target


class FieldSide(QWidget):
    """The properties of one field: attribute, write-back, reference type, rule for conflicts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice: FieldChoice | None = None
        self._entity = ""
        self._place: tuple[Connection, Integration] | None = None
        self._drifted: abc.Mapping[str, str] = {}
        self._integration = ""
        self._is_filling = False
        self.wished: list[abc.Callable[[str, FieldMapping | None], None]] = []
        self._title = ElidedLabel(role="heading")
        self._path = ElidedLabel(role="caption")
        self._mapped = QCheckBox(tr("Mapped to an attribute"))
        self._attribute = QLineEdit()
        self._attribute.setAccessibleName(tr("Attribute"))
        self._attribute.setPlaceholderText(tr("attribute name"))
        self._back = QCheckBox(tr("Write-back"))
        self._back_words = PlainLabel(role="muted", wraps=True)
        self._conflict = may_shrink(QComboBox())
        self._conflict.setAccessibleName(tr("When both sides changed"))
        for rule, word in CONFLICT_WORDS.items():
            self._conflict.addItem(word, rule.value)
        self._references = ReferenceSide(desk)
        self._source = SourceSide()
        self.values = ValueSide()
        self.setLayout(self._laid_out())
        self._mapped.clicked.connect(lambda _on: self._emit())
        self._back.clicked.connect(lambda _on: self._emit())
        self._attribute.editingFinished.connect(self._emit)
        self._references.chosen.append(self._emit)
        self._conflict.activated.connect(lambda _place: self._emit())
        self._source.changed.connect(self._emit)
        self.values.changed.connect(self._emit)
        self.show_choice(None, entity="")

    def first_field(self) -> QWidget:
        """Say where the keyboard lands."""
        return self._mapped

    def know(self, attributes: abc.Sequence[Attribute]) -> None:
        """Offer these attributes."""
        self._source.know(attributes)
        self.values.know(attributes)
        completer = QCompleter([one.name for one in attributes], self._attribute)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._attribute.setCompleter(completer)

    def know_place(self, connection: Connection, integration: Integration) -> None:
        """Know where the fields are: it says whether they can be written back."""
        self._place = connection, integration

    def refusal(self, choice: FieldChoice) -> str:
        """Say why write-back of a field cannot be switched on; '': it can, or it is on."""
        if choice.wished is None:
            return tr("Map the field to an attribute first.")
        target = self._target(choice, choice.wished)
        blocked = target is not None and switch_reason(target) is not None
        return consequence(target) if target is not None and blocked and not choice.wished.write_back else ""

    def know_drifts(self, drifted: abc.Mapping[str, str]) -> None:
        """Say beside the switch why values are not sent: by field path, what changed in the CRM."""
        self._drifted = drifted
        if self._choice is not None:
            self._back_words.set_text(self._consequence(self._choice))

    def show_choice(self, choice: FieldChoice | None, *, entity: str, integration: str = "") -> None:
        """Show the properties of a field."""
        self._choice, self._entity, self._integration = choice, entity, integration
        gate(self, "" if choice is not None else tr("Choose a field first."))
        if choice is None:
            self._title.set_text(tr("Choose a field"))
            return
        self._is_filling = True
        mapping = choice.wished
        self._title.set_text(choice.label)
        self._path.set_text(_described(choice))
        self._mapped.setChecked(mapping is not None)
        self._attribute.setText(mapping.attribute if mapping is not None else suggested(choice))
        self._back.setChecked(mapping is not None and mapping.write_back)
        words = self._consequence(choice)
        self._back_words.set_text(words)
        gate(self._back, self.refusal(choice))
        self._back.setAccessibleDescription(words)
        self._references.show_choice(choice, integration=self._integration, entity=self._entity)
        gate(self._conflict, "" if mapping is not None else tr("Map the field to an attribute first."))
        rule = mapping.conflict_rule if mapping is not None else ConflictRule.ASK
        self._conflict.setCurrentIndex(list(CONFLICT_WORDS).index(rule))
        self._source.show_mapping(mapping, choice.info.kind if choice.info is not None else None)
        kind, offered = (None, ()) if choice.info is None else (choice.info.kind, choice.info.options)
        self.values.show_mapping(mapping, kind, offered)
        self._is_filling = False

    def _laid_out(self) -> QVBoxLayout:
        box = column(self._title, self._path, 1, self._mapped, self._attribute, gap=2, margin=(4, 2, 2, 2))
        for part in (self._back, self._back_words, self._references, line()):
            box.addWidget(part)
        box.addWidget(PlainLabel(tr("When both sides changed"), role="strong"))
        box.addWidget(self._conflict)
        box.addWidget(line())
        box.addWidget(self._source)
        box.addWidget(line())
        box.addWidget(self.values)
        box.addStretch(1)
        return box

    def _consequence(self, choice: FieldChoice) -> str:
        if choice.wished is None:
            return tr("The field is not read and not written.")
        if choice.path in self._drifted:
            return tr("Nothing is sent now: {drifted} Settle it above.", drifted=self._drifted[choice.path])
        target = self._target(choice, choice.wished)
        return consequence(target) if target is not None else ""

    def _target(self, choice: FieldChoice, mapping: FieldMapping) -> Target | None:
        if self._place is None:
            return None
        connection, integration = self._place
        return Target(
            integration,
            connection,
            mapping,
            is_updateable=choice.is_writable,
            is_calculated=choice.info is not None and choice.info.is_calculated,
        )

    def _emit(self) -> None:
        choice = self._choice
        if choice is None or self._is_filling:
            return
        name = self._attribute.text().strip() or suggested(choice)
        mapping = None
        if self._mapped.isChecked():
            before = choice.wished or FieldMapping(FieldPath.parse(choice.path), name)
            mapping = replace(
                before,
                attribute=name,
                write_back=self._back.isChecked(),
                reference_mode=self._references.mode,
                conflict_rule=ConflictRule(str(self._conflict.currentData())),
            )
            mapping = self.values.apply(self._source.apply(mapping))
        if mapping == choice.wished:
            return
        for tell in self.wished:
            tell(choice.path, mapping)
        self.show_choice(replace(choice, wished=mapping), entity=self._entity, integration=self._integration)


def _described(choice: FieldChoice) -> str:
    """Give a field's name in the CRM, how much it holds, and whether it must hold something."""
    parts, info = [choice.path], None if choice.hops else choice.info
    if info is not None and info.length and info.kind in TEXTS:
        parts.append(tr("up to {count} characters", count=number(info.length)))
    if info is not None and (info.is_required or not info.is_nillable):
        parts.append(tr("required"))
    return " · ".join(parts)


def suggested(choice: FieldChoice) -> str:
    """Give an attribute name for a field: its API name in our own spelling."""
    if choice.suggestion is not None:
        return choice.suggestion.attribute
    text = choice.path.replace("__c", "").replace(".", "_")
    parts = [
        f"_{char}" if char.isupper() and text[at - 1 : at].islower() else char for at, char in enumerate(text)
    ]
    return "".join(parts).casefold()
