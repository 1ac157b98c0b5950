"""The sheet of keys: what each key does, found by words, and a key of one's own for every action."""

from collections import abc
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from writeback.errors import ConfigurationError
from writeback.gui.actions.keymap import SCREEN_KEYS, Keymap, choose_key, current_keymap, plain, shown
from writeback.gui.actions.table import Action
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, lay_out, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel

EVERYWHERE = mark("In tables and fields")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
META, SHIFT = Qt.KeyboardModifier.MetaModifier, Qt.KeyboardModifier.ShiftModifier
HELD = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})
"""Pressed alone they are no key yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet."""

    key: str
    title: str
    where: str
    action: Action | None = None
    is_own: bool = False

    @property
    def words(self) -> str:
        """By what it is found."""
        return " ".join((self.title, self.where, self.key, shown(self.key))).casefold()


class Sheet(QDialog):
    """All keys in one table; Enter changes the chosen one."""

    def __init__(self, actions: abc.Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        give_room(self, 680, 540)
        self._actions = tuple(actions)
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Find an action or a key"))
        self._words.setAccessibleName(tr("Find an action or a key"))
        self._words.textChanged.connect(lambda _text: self.show_lines())
        self.model: ListModel[Line] = ListModel(
            (
                Spec(tr("Shortcut"), lambda line: shown(line.key) or "–", width=150),
                Spec(tr("What it does"), lambda line: line.title, width=300),
                Spec(tr("Menu"), lambda line: line.where, tone=lambda _line: "muted", width=110),
                Spec(tr("Chosen by you"), lambda line: tr("yes") if line.is_own else "", width=90),
            )
        )
        self.table = Table(tr("Keys"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs])
        self.table.chosen.connect(lambda _row: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda _now: self._gate())
        self.banner = Banner()
        self._change = Button(tr("Change key…"), picture="pencil", call=self.change)
        self._none = Button(tr("No key"), call=lambda: self.put(""))
        self._ours = Button(tr("The key we ship"), picture="undo", call=lambda: self.put(None))
        feet = row(self._change, self._none, self._ours, None, Button(tr("Close"), call=self.accept), gap=2)
        body = column(self._words, self.banner, gap=2, margin=4)
        body.addWidget(self.table, 1)
        body.addLayout(feet)
        self.setLayout(body)
        self.show_lines()
        self.table.setFocus()

    @property
    def current(self) -> Line | None:
        """The chosen line."""
        return self.model.row_at(self.table.currentIndex().row())

    def show_lines(self) -> None:
        """Show the keys in force that the words name."""
        place = max(self.table.currentIndex().row(), 0)
        wanted = self._words.text().casefold().split()
        lines = _lines(self._actions, current_keymap(self._actions))
        self.model.show_rows(line for line in lines if all(word in line.words for word in wanted))
        self.table.go_to(min(place, self.model.rowCount() - 1))
        self._gate()

    def change(self) -> None:
        """Ask for another key of the chosen action."""
        line = self.current
        if line is not None and line.action is not None:
            KeyQuestion(line.action, current_keymap(self._actions), self.put, self).open()

    def put(self, key: str | None) -> None:
        """Give the chosen action a key: '' none, None the one we ship."""
        line = self.current
        if line is None or line.action is None:
            return
        wanted = line.action.shortcut if key is None else key
        refusal = current_keymap(self._actions).refusal(line.action.id, wanted) if wanted else ""
        if refusal:
            self.banner.tell(refusal, tone="warning")
            return
        try:
            choose_key(line.action, key)
        except ConfigurationError as error:
            self.banner.tell_error(error)
            return
        self.banner.hide()
        self.show_lines()

    def _gate(self) -> None:
        line = self.current
        fixed = tr("This key belongs to tables and fields and stays.")
        reason = tr("Choose a line first.") if line is None else fixed if line.action is None else ""
        self._change.gate(reason)
        self._none.gate(reason or ("" if line is not None and line.key else tr("It has no key.")))
        self._ours.gate(reason or ("" if line is not None and line.is_own else tr("It has the key we ship.")))


class KeyLine(QLineEdit):
    """A line that holds the key pressed last. Tab leaves it and Esc closes its dialog, as anywhere."""

    key = ""
    """The key, as settings name it."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # no key does what it does elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key in HELD:
            return
        held = event.modifiers() & (CTRL | ALT | META)
        if event.modifiers() & SHIFT and (not text.isprintable() or not text.strip() or text.isalnum()):
            held |= SHIFT  # a sign like ? has it in itself
        if key == Qt.Key.Key_Escape and held == Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        pressed = QKeySequence(QKeyCombination(held, Qt.Key(key)))
        self.key = pressed.toString(QKeySequence.SequenceFormat.PortableText)
        self.setText(shown(self.key))


class KeyQuestion(QDialog):
    """Takes the next key that is pressed, and says at once whose it is already."""

    def __init__(
        self, action: Action, keymap: Keymap, put: abc.Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Change key"))
        self._action, self._keymap, self._put = action, keymap, put
        self.keys = KeyLine()
        self.keys.setReadOnly(True)  # nothing is pasted into it
        self.keys.setAccessibleName(tr("New key"))
        self.keys.textChanged.connect(lambda _text: self._judge())
        self._why = PlainLabel(role="muted", wraps=True)
        self._take = Button(tr("Use this key"), kind="primary", call=self._use)
        head = PlainLabel(
            tr("Press the new key for “{action}”", action=tr(action.title)), role="heading", wraps=True
        )
        feet = row(None, Button(tr("Cancel"), call=self.reject), self._take)
        lay_out(self, column(head, self.keys, self._why), feet, width=440)
        self._judge()
        self.keys.setFocus()

    @property
    def key(self) -> str:
        """What was pressed."""
        return plain(self.keys.key) if self.keys.text() else ""

    def _judge(self) -> None:
        refusal = (
            self._keymap.refusal(self._action.id, self.key) if self.key else tr("No key was pressed yet.")
        )
        self._why.set_text(refusal or tr("Nothing else has this key."))
        self._take.gate(refusal)

    def _use(self) -> None:
        self._put(self.key)
        self.accept()


def _lines(actions: abc.Iterable[Action], keymap: Keymap) -> abc.Iterator[Line]:
    for action in actions:
        key = keymap.key_of(action.id)
        yield Line(key, tr(action.title), tr(action.menu), action, is_own=key != plain(action.shortcut))
    for key, title in SCREEN_KEYS:
        yield Line(key, tr(title), tr(EVERYWHERE))
