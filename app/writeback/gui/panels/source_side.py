"""What a mapping does with values coming in: an empty one, and text that stands for a date or a number."""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from writeback.errors import MappingError
from writeback.gui.i18n import EMPTY_WORDS
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import boxed, column
from writeback.gui.widgets.text import PlainLabel, gate, tip
from writeback.model.attributes import Attribute
from writeback.model.integrations import EmptyRule, FieldMapping
from writeback.model.source_formats import DateOrder, DecimalMark, SourceFormat
from writeback.model.types import AttributeType
from writeback.runtime.sentences import sentence_of

FORMATS: abc.Sequence[tuple[str, DateOrder | None, DecimalMark | None]] = (
    (mark("As the CRM sends it"), None, None),
    (mark("Date, day first: 31.12.2026"), DateOrder.DMY, None),
    (mark("Date, month first: 12/31/2026"), DateOrder.MDY, None),
    (mark("Date, year first: 2026-12-31"), DateOrder.YMD, None),
    (mark("Number, point: 1,234.50"), None, DecimalMark.POINT),
    (mark("Number, comma: 1.234,50"), None, DecimalMark.COMMA),
)
TEXTS = frozenset({AttributeType.TEXT, AttributeType.LONG_TEXT, AttributeType.LIST, AttributeType.URL})


class SourceSide(QWidget):
    """The part of a field's properties about values coming in.

    Signals:
        changed: A person chose something else.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._attributes: abc.Mapping[str, Attribute] = {}
        self.empty = may_shrink(QComboBox())
        self.empty.setAccessibleName(tr("When the CRM's field is empty"))
        for rule, word in EMPTY_WORDS.items():
            self.empty.addItem(word, rule.value)
        self.default = QLineEdit()
        self.default.setAccessibleName(tr("Default value"))
        self.default.setPlaceholderText(tr("the default value"))
        self.format = may_shrink(QComboBox())
        self.format.setAccessibleName(tr("How the field writes it"))
        for place, (word, _order, _decimal) in enumerate(FORMATS):
            self.format.addItem(tr(word), place)
        self.zone = QLineEdit()
        self.zone.setAccessibleName(tr("Time zone of moments that name none"))
        self.zone.setPlaceholderText(tr("time zone, e.g. Europe/Berlin"))
        tip(self.zone, tr("For moments that name no zone. Leave it empty for plain dates."))
        self._words = PlainLabel(role="muted", wraps=True)
        self._error = PlainLabel(tone="refused", wraps=True)
        self._formats = boxed(
            column(PlainLabel(tr("The text stands for"), role="strong"), self.format, self.zone, gap=2)
        )
        self.setLayout(
            column(
                PlainLabel(tr("When the CRM's field is empty"), role="strong"),
                self.empty,
                self.default,
                self._formats,
                self._words,
                self._error,
                gap=2,
            )
        )
        self.empty.activated.connect(lambda _place: self._chose())
        self.format.activated.connect(lambda _place: self._chose())
        for edit in (self.default, self.zone):
            edit.editingFinished.connect(self.changed)

    def know(self, attributes: abc.Iterable[Attribute]) -> None:
        """Know the attributes that are there: their types say what a format may make of a text."""
        self._attributes = {one.name: one for one in attributes}

    def show_mapping(self, mapping: FieldMapping | None, kind: AttributeType | None) -> None:
        """Show the rules of a mapping of a field of this type."""
        gate(self, "" if mapping is not None else tr("Map the field to an attribute first."))
        rule = mapping.empty_rule if mapping is not None else EmptyRule.CLEAR
        form = mapping.source_format if mapping is not None else SourceFormat()
        self.empty.setCurrentIndex(list(EMPTY_WORDS).index(rule))
        if not self.default.hasFocus():
            self.default.setText(mapping.empty_default if mapping is not None else "")
        wanted = (form.order, form.decimal)
        place = next((at for at, (_, *parts) in enumerate(FORMATS) if tuple(parts) == wanted), 0)
        self.format.setCurrentIndex(DATES_FIRST if form.zone and not place else place)
        if not self.zone.hasFocus():
            self.zone.setText(form.zone)
        self._formats.setVisible(kind in TEXTS or bool(form))
        self._complain("")
        self._fit()
        self._tell(mapping)

    def apply(self, mapping: FieldMapping) -> FieldMapping:
        """Give a mapping with what is chosen here; a zone that is none stays out, and is said."""
        rule = EmptyRule(str(self.empty.currentData()))
        _word, order, decimal = FORMATS[int(self.format.currentData())]
        zone = self.zone.text().strip() if order is not None else ""
        self._complain("")
        try:
            form = SourceFormat.parse(" ".join(filter(None, (order, decimal, zone))))
        except MappingError as error:
            told = sentence_of("format.unknown_zone", {"zone": zone})
            self._complain(f"{told.happened} {told.advice} ({error.code})")
            form = SourceFormat(order, decimal)
        default = self.default.text().strip() if rule is EmptyRule.DEFAULT else ""
        made = replace(mapping, empty_rule=rule, empty_default=default, source_format=form)
        return replace(made, write_back=False) if form else made

    def _chose(self) -> None:
        self._fit()
        if self.default.isVisibleTo(self) and not self.default.text():
            self.default.setFocus()
        self.changed.emit()

    def _fit(self) -> None:
        """Show what belongs to the choices."""
        is_default = self.empty.currentData() == EmptyRule.DEFAULT.value
        self.default.setVisible(is_default)
        self.zone.setVisible(FORMATS[int(self.format.currentData())][1] is not None)

    def _tell(self, mapping: FieldMapping | None) -> None:
        words = []
        if mapping is not None and mapping.source_format:
            made = self._attributes.get(mapping.attribute)
            kind = made.kind if made is not None else mapping.source_format.own_kind
            if mapping.source_format.fits(kind):
                words.append(
                    tr("Converted text is read only: it is not written back. Preview shows the effect.")
                )
            else:
                told = sentence_of(
                    "mapping.format_misfit",
                    {
                        "format": str(mapping.source_format),
                        "type": kind.value,
                        "field": str(mapping.path),
                        "source": "text",
                    },
                )
                self._complain(f"{told.happened} {told.advice}")
        if mapping is not None and mapping.empty_rule is EmptyRule.DEFAULT and not mapping.empty_default:
            words.append(tr("Give the default as it is typed in a form."))
        self._words.set_text(" ".join(words))
        self._words.setVisible(bool(words))

    def _complain(self, words: str) -> None:
        self._error.set_text(words)
        self._error.setVisible(bool(words))


DATES_FIRST = 3
"""A zone alone reads moments whose year comes first."""
