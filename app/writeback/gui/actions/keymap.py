"""Which key does what: what we ship, under what a person chose (`keyboard.shortcuts` of the settings file).

A key belongs to one action. What was chosen wins over what we ship; an action whose key went to another
has none. No single letter is ever a key: typing is not acting.

Must not: know a widget.
"""

from collections import abc
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from writeback.gui.actions.table import Action
from writeback.gui.preferring import preferring
from writeback.gui.translating import mark, tr

NAME: Final = "keyboard.shortcuts"
SCREEN_KEYS: Final = (
    ("return", mark("Edit cell, open row")),
    ("esc", mark("Take back what was typed, close what popped up; never a tab")),
    ("del", mark("Clear value")),
    ("space", mark("Switch write-back of a field, tick a row")),
    ("up", mark("Move; with Shift extend, with Ctrl to the edge")),
    ("home", mark("First column; with Ctrl first row")),
    ("end", mark("Last column; with Ctrl last row")),
    ("PgUp", mark("One page up")),
    ("PgDown", mark("One page down")),
    ("Ctrl+A", mark("All rows that match")),
    ("Ctrl+C", mark("Copy as text")),
    ("Ctrl+S", mark("Save what was changed in the form")),
    ("Ctrl+Space", mark("Choose the column")),
    ("Shift+Space", mark("Choose the row")),
    ("Alt+Down", mark("Open a list")),
    ("tab", mark("Next control")),
)
"""Keys that belong to tables and fields wherever they stand; nobody can give them to an action."""

_ALWAYS_FREE: Final = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)
_STRONG: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Keymap:
    """The keys in force."""

    def __init__(self, actions: abc.Iterable[Action], chosen: abc.Mapping[str, object]) -> None:
        self._actions = tuple(actions)
        self._keys: dict[str, str] = {}
        taken: set[str] = set()
        own = {one.id: key for one in self._actions if isinstance(key := chosen.get(one.id), str)}
        for wanted in (own, {one.id: one.shortcut for one in self._actions if one.id not in own}):
            for identifier, key in wanted.items():
                said = plain(key)
                is_good = bool(said) and said not in taken and (wanted is not own or not unfit(said))
                self._keys[identifier] = said if is_good else ""
                taken.add(said)

    def key_of(self, identifier: str) -> str:
        """Give an action's key; '' it has none."""
        return self._keys.get(identifier, "")

    def holder(self, key: str) -> Action | None:
        """Give the action that has a key."""
        return next((one for one in self._actions if key and self._keys.get(one.id) == plain(key)), None)

    def refusal(self, identifier: str, key: str) -> str:
        """Say why an action cannot have a key; '' = it can."""
        if why := unfit(key):
            return why
        holder = self.holder(key)
        if holder is not None and holder.id != identifier:
            return tr("{key} belongs to “{action}”.", key=shown(key), action=tr(holder.title))
        return ""


def current_keymap(actions: abc.Iterable[Action]) -> Keymap:
    """Give the keys that are in force now."""
    return Keymap(actions, preferring().current.table(NAME))


def choose_key(action: Action, key: str | None) -> None:
    """Keep a key for an action: '' takes its key away, None gives it the one we ship.

    Raises:
        ConfigurationError: The settings file cannot be written, or an administrator locks it.
    """
    chosen = {name: one for name, one in preferring().current.table(NAME).items() if name != action.id}
    if key is not None and plain(key) != plain(action.shortcut):
        chosen[action.id] = plain(key)
    preferring().put({NAME: chosen})


def unfit(key: str) -> str:
    """Say why no action can have a key; '' = one can."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    steps: Any = sequence  # the stubs do not know that it can be indexed
    if sequence.count() != 1 or steps[0].key() in (Qt.Key.Key_unknown, 0):
        return tr("This is no key.")
    if plain(key) in {plain(one) for one, _ in SCREEN_KEYS}:
        return tr("{key} belongs to tables and fields.", key=shown(key))
    pressed = steps[0]
    if pressed.key() not in _ALWAYS_FREE and not pressed.keyboardModifiers() & _STRONG:
        return tr("A key that types something is no act: hold Ctrl or Alt with it.")
    return ""


def plain(key: str) -> str:
    """Give a key in the one way in which it is kept."""
    form = QKeySequence.SequenceFormat.PortableText
    return QKeySequence.fromString(key, form).toString(form)


def shown(key: str) -> str:
    """Give a key as people read it on this system."""
    form = QKeySequence.SequenceFormat
    return QKeySequence.fromString(key, form.PortableText).toString(form.NativeText)
