"""What a grid shows: words, marks, and a segment's text as chips or as text, of one syntax tree.

The text is the truth: a chip is one of its parts, and taking a chip out leaves the rest as it was written.
A text that cannot be read is marked at the very token, and the grid stays as it was.

Must not: read records, keep a segment by itself.
"""

from collections import abc
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.filter_part import PartDialog
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.filter_chips import FilterChip, chip_words
from writeback.gui.widgets.filter_lines import FieldOption
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model.segments import Comparison, Part
from writeback.planning.segment_writing import join_parts
from writeback.runtime.sentences import sentence_of
from writeback.runtime.windowing import Filter

SHOW: Final = (
    (mark("All"), frozenset[str]()),
    (mark("Pending"), frozenset({"draft", "queued", "sent"})),
    (mark("Needs a look"), frozenset({"refused", "conflict", "unknown"})),
)
TYPING_MS: Final = 200


class TextLine(QLineEdit):
    """The text of a filter; Esc puts back what counts.

    Signals:
        left: Esc.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QFrame):
    """Words, marks, chips and text.

    Signals:
        changed: Something else is to be shown.
    """

    changed = Signal()

    def __init__(self, desk: Desk, *beside: QWidget, parent: QWidget | None = None) -> None:
        """`beside` stands at the end of the first line."""
        super().__init__(parent)
        self._desk = desk
        self._entity = "account"
        self._text = ""
        self._parts: tuple[Part, ...] = ()
        self._fields: dict[str, FieldOption] = {}
        self._field_in_front: abc.Callable[[], str] = lambda: ""
        self._tickets = 0
        self._build_words()
        self._build_text()
        first = Flowing(self._words, self._build_marks(), self._add, self._as_text, *beside)
        box = column(gap=2)
        box.addWidget(first)
        box.addWidget(self._chips_box)
        box.addWidget(self.line)
        box.addWidget(self._error)
        self.setLayout(box)

    def _build_words(self) -> None:
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Find in any text"))
        self._words.setAccessibleName(tr("Find in any text"))
        clearable(self._words)
        self._words.setMinimumWidth(140)
        self._words.setMaximumWidth(280)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self._words.textChanged.connect(lambda _text: self._typing.start())

    def _build_marks(self) -> QWidget:
        self.marks = QButtonGroup(self)
        marks = row(gap=0)
        for place, (word, _) in enumerate(SHOW):
            button = Button(tr(word), kind="segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self.marks.addButton(button, place)
            marks.addWidget(button)
        self.marks.idClicked.connect(lambda _place: self.changed.emit())
        return boxed(marks)

    def _build_text(self) -> None:
        self._add = Button(tr("Filter…"), kind="quiet", picture="filter", call=self.add_part)
        self._as_text = Button(tr("As text"), kind="quiet", call=self.write)
        self._chips_box = QFrame()
        self._chips = column(gap=0)
        self._chips_box.setLayout(self._chips)
        self._chips_box.hide()
        self.line = TextLine()
        self.line.setAccessibleName(tr("Filter as text"))
        self.line.setPlaceholderText("industry = 'Retail' and arr >= 1000 and state is conflict")
        self.line.returnPressed.connect(lambda: self.use(self.line.text()))
        self.line.textEdited.connect(lambda _text: self._say(""))
        self.line.left.connect(self._leave_text)
        self.line.hide()
        self._error = PlainLabel(tone="refused", wraps=True)
        self._error.hide()

    # for the grid

    @property
    def text(self) -> str:
        """The segment's text that counts."""
        return self._text

    @property
    def words(self) -> str:
        """The words that are sought in any text."""
        return self._words.text().strip()

    @property
    def complaint(self) -> str:
        """What is wrong with the text that is being written; '' where nothing is."""
        return self._error.text() if self._error.isVisibleTo(self) else ""

    def what(self) -> Filter:
        """Give what is to be shown."""
        marks = SHOW[max(self.marks.checkedId(), 0)][1]
        return Filter(words=self._words.text(), text=self._text, marks=marks)

    def show_fields(self, entity: str, fields: abc.Iterable[FieldOption]) -> None:
        """Offer the fields of an entity."""
        self._entity = entity
        fresh = {one.path: one for one in fields}
        if fresh != self._fields:
            self._fields = fresh
            self._show_parts()

    def follow(self, field_in_front: abc.Callable[[], str]) -> None:
        """Say how to learn which field is likely meant: that of the current cell."""
        self._field_in_front = field_in_front

    def seek(self) -> None:
        """Go to the words."""
        self._words.setFocus()
        self._words.selectAll()

    def clear(self) -> None:
        """Show everything."""
        self._words.blockSignals(True)  # noqa: FBT003  Qt's signature
        self._words.clear()
        self._words.blockSignals(False)  # noqa: FBT003
        first = self.marks.button(0)
        if first is not None:
            first.setChecked(True)
        self.use("")

    def forget(self) -> None:
        """Another entity is shown: its text means nothing there. Nothing is asked again."""
        self._text, self._parts = "", ()
        self.line.clear()
        self.line.hide()
        self._say("")
        self._show_parts()

    # chips and text

    def use(self, text: str) -> None:
        """Show what a text means; where it cannot be read, say so at the token and change nothing."""
        self._tickets += 1
        ticket, entity = self._tickets, self._entity

        def read(parts: tuple[Part, ...]) -> None:
            if ticket == self._tickets:
                self._take(parts)

        def refuse(error: WritebackError) -> None:
            if ticket == self._tickets:
                self._refuse(text, error)

        self._desk.read(
            self, lambda reads: reads.segments.parts(text, entity=entity), done=read, failed=refuse
        )

    def add_part(self) -> None:
        """Ask for one more part."""
        made = PartDialog(
            tuple(self._fields.values()),
            field=self._field_in_front(),
            call=lambda text: self.use(join_parts((self._text, text))),
            parent=self,
        )
        made.open()

    def write(self) -> None:
        """Write the filter as text, or go back to chips."""
        if self.line.isVisibleTo(self):
            self._leave_text()
            return
        self.line.setText(self._text)
        self.line.show()
        self.line.setFocus()
        self._chips_box.hide()

    def _take(self, parts: tuple[Part, ...]) -> None:
        self._parts = parts
        self._text = join_parts(part.text for part in parts)
        self._say("")
        self.line.hide()
        self._show_parts()
        self.changed.emit()

    def _leave_text(self) -> None:
        self._say("")
        self.line.hide()
        self._show_parts()
        self._as_text.setFocus()

    def _refuse(self, text: str, error: WritebackError) -> None:
        """Mark the very token that cannot be read."""
        self.line.setText(text)
        self.line.show()
        self._chips_box.hide()
        place, found = int(str(error.facts.get("place", 0)) or 0), str(error.facts.get("found", ""))
        self.line.setFocus()
        if place:
            length = len(found.split(maxsplit=1)[0]) if found.split() else 1
            self.line.setSelection(min(place - 1, max(len(text) - 1, 0)), max(length, 1))
        else:
            self.line.end(False)  # noqa: FBT003  Qt's signature
        told = sentence_of(error.code, error.facts)
        self._say(f"{told} ({error.code})")

    def _say(self, words: str) -> None:
        self._error.set_text(words)
        self._error.setVisible(bool(words))
        self.line.setAccessibleDescription(words)

    def _show_parts(self) -> None:
        clear(self._chips)
        chips = []
        for place, part in enumerate(self._parts):
            chip = FilterChip(place, chip_words(part, self._fields), part.text)
            chip.opened.connect(self._open)
            chip.dropped.connect(self._drop)
            chips.append(chip)
        if chips:
            self._chips.addWidget(Flowing(*chips, gap=1))
        self._chips_box.setVisible(bool(self._parts) and not self.line.isVisibleTo(self))

    def _drop(self, place: int) -> None:
        self.use(join_parts(part.text for at, part in enumerate(self._parts) if at != place))

    def _open(self, place: int) -> None:
        part = self._parts[place]
        is_line = isinstance(part.expression, Comparison) and chip_words(part, self._fields) != part.text
        if not is_line or not isinstance(part.expression, Comparison):
            self.write()
            self.line.setSelection(self._text.find(part.text), len(part.text))
            return

        def take(text: str) -> None:
            texts = [text if at == place else one.text for at, one in enumerate(self._parts)]
            self.use(join_parts(texts))

        PartDialog(tuple(self._fields.values()), start=part.expression, call=take, parent=self).open()
