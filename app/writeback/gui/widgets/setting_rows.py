"""One setting: its title, what it does, its control, and where its value comes from.

Whoever makes a row listens to `wished` and shows the value that came of it.

Must not: write a setting.
"""

from collections import abc
from functools import cached_property
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.field_boxes import turned
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel, gate
from writeback.preferences import Kind, Preference
from writeback.preferences.muting import PRESETS

WIDE: Final = 320
PRESET_WORDS: Final = Words(
    {
        "off": mark("Not muted"),
        "1h": mark("For one hour"),
        "4h": mark("For four hours"),
        "8h": mark("For eight hours"),
        "tomorrow": mark("Until tomorrow, 08:00"),
        "monday": mark("Until Monday, 08:00"),
    }
)


class SettingRow(QFrame):
    """A row of the page of settings.

    Signals:
        wished: Another value is wanted; carries it.
        reset: What we ship is wanted again.
        preset: Of a moment: one of the words that stand for one is wanted.
    """

    wished = Signal(object)
    reset = Signal()
    preset = Signal(str)

    def __init__(self, key: Preference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._title = PlainLabel(tr(key.title), role="strong")
        self.control: QWidget = self._made()
        self.control.setAccessibleName(tr(key.title))
        self.control.setAccessibleDescription(tr(key.help))
        self._head = head = row(self._title, None, gap=2)
        self._line = line = row(gap=2)
        for part in self.control.findChildren(QLineEdit):  # of a spin box: it is what the keyboard lands on
            part.setAccessibleName(tr(key.title))
        line.addWidget(self.control)
        if key.kind is Kind.PATH:
            line.addWidget(Button(tr("Browse…"), call=self._browse))
        if key.kind is Kind.MOMENT:
            line.addWidget(self._presets())
        line.addStretch(1)
        self._box = box = column(gap=1, margin=(0, 2, 0, 2))
        box.addLayout(head)
        box.addWidget(PlainLabel(tr(key.help), role="muted", wraps=True))
        box.addLayout(line)
        self.setLayout(box)

    # most rows are as we ship them and in order: what says otherwise is made where it does

    @cached_property
    def _mark(self) -> Chip:
        made = Chip(tr("changed"), tone="accent")
        self._head.insertWidget(1, made)
        return made

    @cached_property
    def _back(self) -> IconButton:
        made = IconButton(
            tr("{title}: back to the default", title=tr(self.key.title)), "undo", call=self.reset.emit
        )
        place = self._line.count() - 1
        before = self._line.itemAt(place - 1)
        self._line.insertWidget(place, made)
        if before is not None and (beside := before.widget()) is not None:
            self.setTabOrder(beside, made)
        return made

    @cached_property
    def _trouble(self) -> PlainLabel:
        made = PlainLabel("", tone="refused", wraps=True)
        self._box.addWidget(made)
        return made

    def _show_part(self, name: str, *, is_on: bool) -> None:
        if is_on or name in self.__dict__:
            getattr(self, name).setVisible(is_on)

    @property
    def searched(self) -> str:
        """What a search looks into."""
        key = self.key
        words = (tr(key.title), tr(key.help), *(tr(word) for word in key.words))
        return " ".join((key.name, key.title, key.aliases, tr(key.aliases), *words)).casefold()

    def show_value(self, value: object, *, source: str, locked_by: str = "") -> None:
        """Show what holds, and where it comes from (`managed`, `own`, `default`)."""
        self.control.blockSignals(True)  # noqa: FBT003  Qt's own
        _put(self.control, self.key, value)
        self.control.blockSignals(False)  # noqa: FBT003  Qt's own
        reason = tr("Locked by your administrator in {path}", path=locked_by) if locked_by else ""
        gate(self.control, reason)
        self.control.setAccessibleDescription(reason or tr(self.key.help))
        self._show_part("_back", is_on=source == "own")
        self._show_part("_mark", is_on=source != "default")
        if source == "managed":
            self._mark.say(tr("locked"), tone="muted", picture="lock")
        elif source != "default":
            self._mark.say(tr("changed"), tone="accent")
        self.complain(reason, tone="muted")

    def complain(self, words: str, *, tone: str = "refused") -> None:
        """Say beneath the control why something is not as wished; '' takes it away."""
        self._show_part("_trouble", is_on=bool(words))
        if words or "_trouble" in self.__dict__:
            self._trouble.set_tone(tone)
            self._trouble.set_text(words)

    def _made(self) -> QWidget:
        key, send = self.key, self.wished.emit
        if key.kind is Kind.SWITCH:
            box = QCheckBox(tr("On"))
            box.toggled.connect(send)
            return box
        if key.kind is Kind.CHOICE:
            return self._choices()
        if key.kind is Kind.NUMBER:
            spin = turned(QSpinBox())
            spin.setRange(key.least, key.most)
            spin.setSingleStep(key.step)
            spin.setSuffix(f" {key.unit}" if key.unit else "")
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(send)
            return spin
        if key.kind is Kind.TIME:
            clock = turned(QTimeEdit())
            clock.setDisplayFormat("HH:mm")
            clock.setKeyboardTracking(False)
            clock.timeChanged.connect(lambda moment: send(moment.toString("HH:mm")))
            return clock
        line = QLineEdit()
        line.setMinimumWidth(WIDE)
        line.setPlaceholderText(tr("http://HOST:PORT") if key.kind is Kind.PROXY else "")
        line.editingFinished.connect(lambda: send(line.text().strip()))
        return line

    def _choices(self) -> QComboBox:
        box = QComboBox()
        box.setMinimumWidth(200)
        for value, words in zip(self.key.choices, self.key.words or self.key.choices, strict=True):
            box.addItem(tr(words), value)
        box.currentIndexChanged.connect(lambda _place: self.wished.emit(box.currentData()))
        return box

    def _presets(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("{title}: for how long", title=tr(self.key.title)))
        box.addItem(tr("For how long…"), "")
        for word in PRESETS:
            box.addItem(PRESET_WORDS[word], word)

        def chosen(place: int) -> None:
            if place > 0:
                self.preset.emit(box.itemData(place))
                box.setCurrentIndex(0)

        box.activated.connect(chosen)
        return box

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr(self.key.title), str(Path.home()))
        if chosen:
            self.wished.emit(chosen)


def _put(control: QWidget, key: Preference, value: object) -> None:
    match control:
        case QCheckBox():
            control.setChecked(value is True)
        case QComboBox():
            control.setCurrentIndex(key.choices.index(str(value)) if value in key.choices else 0)
        case QSpinBox():
            control.setValue(int(str(value)))
        case QTimeEdit():
            control.setTime(QTime.fromString(str(value), "HH:mm"))
        case QLineEdit():
            control.setText(str(value))
        case _:
            raise TypeError(type(control))


class Part(QFrame):
    """A part of the page: a heading and rows that a search finds or hides.

    A row is any widget with the text that a search looks into.
    """

    def __init__(self, title: str, *, explains: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.setAccessibleName(title)
        self._rows: list[tuple[QWidget, abc.Callable[[], str], bool]] = []
        self._box = column(PlainLabel(title, role="heading"), gap=2, margin=(0, 2, 0, 6))
        if explains:
            self._box.addWidget(PlainLabel(explains, role="muted", wraps=True))
        self.setLayout(self._box)

    def add(self, widget: QWidget, searched: abc.Callable[[], str], *, counts: bool = True) -> None:
        """Add a row; one that only chooses what the others show does not count as a setting."""
        self._rows.append((widget, searched, counts))
        self._box.addWidget(widget)

    def seek(self, words: abc.Sequence[str]) -> int:
        """Show only rows that tell of all words; give how many. A part's own name counts for its rows."""
        found = shown = 0
        for widget, searched, counts in self._rows:
            text = f"{self.title.casefold()} {searched()}"
            is_found = all(word in text for word in words)
            widget.setVisible(is_found)
            shown += is_found
            found += is_found and counts
        self.setVisible(shown > 0)
        return found
