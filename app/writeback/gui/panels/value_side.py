"""The value rules of one field: value map, unknown values, transforms, what a blank cell means."""

from collections import abc
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from writeback.gui.i18n import BLANK_WORDS, UNKNOWN_WORDS
from writeback.gui.models.value_lines import NEW, ValueLine, lines_of, proposed
from writeback.gui.panels.value_map import ValueMapTable
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import boxed, column, line, row
from writeback.gui.widgets.text import PlainLabel, gate, one_line, tip
from writeback.model.attributes import Attribute, Option
from writeback.model.integrations import BlankRule, FieldMapping
from writeback.model.types import AttributeType
from writeback.model.value_rules import TransformUse, UnknownRule, ValueRules
from writeback.planning.translating import MAPPED_KINDS
from writeback.runtime.facade import TransformView

LISTS = frozenset({AttributeType.LIST, AttributeType.MULTI_LIST, AttributeType.LIFECYCLE})


class ValueSide(QWidget):
    """The part of a field's properties about what its values mean.

    Signals:
        changed: A person chose something else.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._attributes: abc.Mapping[str, Attribute] = {}
        self._shown: _Shown | None = None
        self._extra: tuple[str, ...] = ()
        """Values that a person added and has not given a meaning yet."""
        self.table = ValueMapTable()
        self.match = Button(tr("Match equal names"), kind="quiet", picture="wand", call=self._match)
        self.add = QLineEdit()
        self.add.setAccessibleName(tr("Add a value of the CRM"))
        self.add.setPlaceholderText(tr("add a value of the CRM"))
        self._map_words = PlainLabel(role="muted", wraps=True)
        self.unknown = may_shrink(QComboBox())
        self.unknown.setAccessibleName(tr("Values that the map does not name"))
        for rule, word in UNKNOWN_WORDS.items():
            self.unknown.addItem(word, rule.value)
        self.default = QComboBox()
        self.default.setAccessibleName(tr("What unknown values count as"))
        self.transforms = QLineEdit()
        self.transforms.setAccessibleName(tr("Transforms"))
        self.transforms.setPlaceholderText(tr("none, or such as trim, date=dd.mm.yyyy"))
        self.blank = may_shrink(QComboBox())
        self.blank.setAccessibleName(tr("A blank cell of a file"))
        for blank, word in BLANK_WORDS.items():
            self.blank.addItem(word, blank.value)
        self._build()

    def _build(self) -> None:
        acts = row(self.match, None)
        inside = column(PlainLabel(tr("Value map"), role="strong"), self._map_words, self.table, gap=2)
        inside.addWidget(self.add)
        inside.addLayout(acts)
        for part in (
            PlainLabel(tr("Values that it does not name"), role="muted"),
            self.unknown,
            self.default,
            line(),
        ):
            inside.addWidget(part)
        self._map = boxed(inside)
        self._shape = boxed(
            column(PlainLabel(tr("Shape what is written"), role="strong"), self.transforms, gap=2)
        )
        self.setLayout(
            column(
                self._map,
                self._shape,
                PlainLabel(tr("A blank cell of a file"), role="strong"),
                self.blank,
                gap=3,
            )
        )
        self.table.changed.connect(self.changed)
        self.add.returnPressed.connect(self._add_line)
        for box in (self.unknown, self.default, self.blank):
            box.activated.connect(lambda _place: self._chose())
        self.transforms.editingFinished.connect(self.changed)

    def know(self, attributes: abc.Iterable[Attribute]) -> None:
        """Know the attributes that are there: their options are what a value may mean."""
        self._attributes = {one.name: one for one in attributes}

    def know_transforms(self, transforms: abc.Iterable[TransformView]) -> None:
        """Say which transforms there are."""
        told = (
            f"{one.name}{f'=… ({one.argument})' if one.argument else ''}: {one.title}" for one in transforms
        )
        tip(
            self.transforms, tr("With commas between them, in their order. ") + ". ".join(map(one_line, told))
        )

    def show_mapping(
        self, mapping: FieldMapping | None, kind: AttributeType | None, offered: abc.Sequence[Option]
    ) -> None:
        """Show the value rules of a mapping of a field of this type with these options."""
        gate(self, "" if mapping is not None else tr("Map the field to an attribute first."))
        rules = mapping.values if mapping is not None else ValueRules()
        attribute = self._attributes.get(mapping.attribute) if mapping is not None else None
        ours = attribute.kind if attribute is not None else kind
        is_plain = mapping is not None and not mapping.path.hops and not mapping.source_format
        may_map = is_plain and ours in MAPPED_KINDS and (bool(offered) or ours in LISTS or kind in LISTS)
        self._map.setVisible(may_map or bool(rules.pairs))
        self._shape.setVisible(is_plain or bool(rules.transforms))
        options = attribute.options if attribute is not None else ()
        place = ("", "") if mapping is None else (str(mapping.path), mapping.attribute)
        if self._shown is None or self._shown.place != place:
            self._extra = ()
        lines = self._with_extra(lines_of(offered, rules.pairs))
        shown = _Shown(place, lines, options)
        if shown != self._shown:  # what has the keyboard is not rebuilt beneath it
            self._shown = shown
            self.table.show_lines(lines, options)
        self._tell(lines, rules)
        self.unknown.setCurrentIndex(list(UNKNOWN_WORDS).index(rules.unknown))
        self._fill_defaults(rules, options)
        if not self.transforms.hasFocus():
            self.transforms.setText(", ".join(str(one) for one in rules.transforms))
        self.blank.setCurrentIndex(
            list(BLANK_WORDS).index(mapping.blank_rule if mapping is not None else BlankRule.KEEP)
        )

    def apply(self, mapping: FieldMapping) -> FieldMapping:
        """Give a mapping with what is chosen here."""
        pairs = self.table.pairs() if not self._map.isHidden() else mapping.values.pairs
        rule = UnknownRule(str(self.unknown.currentData()))
        named = dict.fromkeys(pair.ours for pair in pairs)
        chosen = str(self.default.currentData() or "")
        default = (
            (chosen if chosen in named else next(iter(named), "")) if rule is UnknownRule.DEFAULT else ""
        )
        uses = tuple(TransformUse.parse(one) for one in self.transforms.text().split(",") if one.strip())
        if not pairs:
            rule, default = UnknownRule.HOLD, ""
        rules = ValueRules(pairs, rule, default, uses)
        return replace(mapping, values=rules, blank_rule=BlankRule(str(self.blank.currentData())))

    def _fill_defaults(self, rules: ValueRules, options: abc.Iterable[Option]) -> None:
        labels = {option.value: option.label for option in options}
        self.default.clear()
        for ours in dict.fromkeys(pair.ours for pair in rules.pairs):
            self.default.addItem(one_line(labels.get(ours, ours), 60), ours)
        self.default.setCurrentIndex(max(self.default.findData(rules.default), 0))
        self.default.setVisible(rules.unknown is UnknownRule.DEFAULT)
        gate(self.unknown, "" if rules.pairs else tr("Give a value a meaning first."))

    def _tell(self, lines: abc.Sequence[ValueLine], rules: ValueRules) -> None:
        new = sum(one.state == NEW for one in lines)
        if not rules.pairs:
            words = tr("Values travel as they are. Give one a meaning, and the map holds.")
        elif new:
            words = tr(
                "{new} of the CRM's values have no meaning yet: see below what becomes of them.",
                new=new,
            )
        else:
            words = tr("Each value that the CRM offers has a meaning.")
        self._map_words.set_text(words)

    def _chose(self) -> None:
        self.changed.emit()

    def _match(self) -> None:
        """Give each new value the option of ours that is called the same; nothing else is guessed."""
        if self._shown is None:
            return
        for place, one in enumerate(self._shown.lines):
            ours = proposed(one, self._shown.options) if one.state == NEW else ""
            if ours:
                self.table.choose(place, ours)
        self.changed.emit()

    def _with_extra(self, lines: tuple[ValueLine, ...]) -> tuple[ValueLine, ...]:
        known = {one.theirs for one in lines}
        added = (ValueLine(one, one, state=NEW) for one in reversed(self._extra) if one not in known)
        return (*added, *lines)

    def _add_line(self) -> None:
        """Add a value that the CRM does not list: a field that takes any text, or one to come."""
        theirs, shown = self.add.text().strip(), self._shown
        if not theirs or shown is None:
            return
        self.add.clear()
        if theirs in {one.theirs for one in shown.lines}:
            return
        chosen = {pair.theirs: pair.ours for pair in self.table.pairs()}
        self._extra = (*self._extra, theirs)
        kept = tuple(one._replace(ours=chosen.get(one.theirs, "")) for one in shown.lines)
        lines = (ValueLine(theirs, theirs, state=NEW), *kept)
        self._shown = shown._replace(lines=lines)
        self.table.show_lines(lines, shown.options)
        self.table.boxes[0].setFocus()


class _Shown(NamedTuple):
    """What the table shows: of which mapping, which lines, which values of ours."""

    place: tuple[str, str]
    lines: tuple[ValueLine, ...]
    options: tuple[Option, ...]
