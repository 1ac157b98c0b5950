"""A dialog in which a named thing made of ordered lines is designed: a form, a play.

It owns what both need: the name that only a new one chooses, lines that are moved by keyboard, saving, and
that one Escape loses nothing.

Must not: know what a line says.
"""

from collections import abc
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.tables import ListModel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.layouts import boxed, row
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import gate, one_line
from writeback.runtime.designs import NOT_THERE, base_after

LineT = TypeVar("LineT")


class ArrangingDialog(QDialog, Generic[LineT]):
    """Designs one thing; of one that is there its name and its entity stand.

    A subclass builds its page, and says what follows a change in `_turn`, `_tell` and `_show_lines`.

    Signals:
        saved: The thing is kept; carries it.
    """

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk,
        lines: abc.Iterable[LineT],
        *,
        name: str,
        is_new: bool,
        taken: frozenset[str],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._taken = desk, taken
        self._lines: list[LineT] = list(lines)
        self._is_changed = self._is_warned = False
        self._base: datetime | None = NOT_THERE if is_new else None
        self.banner = Banner()
        self.name = QLineEdit(name)
        self.name.setAccessibleName(tr("Name"))
        self.name.setPlaceholderText(tr("Name"))
        self.name.setReadOnly(not is_new)
        self.name.textEdited.connect(lambda _text: self._touch())
        self.entity = QComboBox()
        self.entity.setAccessibleName(tr("Records of"))
        gate(self.entity, "" if is_new else tr("It keeps the kind of records that it was made for."))
        self.entity.activated.connect(lambda _place: self._turn())
        self._up = IconButton(tr("Move up (Alt+Up)"), "sort-up", call=lambda: self._move(-1))
        self._down = IconButton(tr("Move down (Alt+Down)"), "sort-down", call=lambda: self._move(1))
        self._drop = IconButton(tr("Take out"), "trash", call=self._remove)
        self.save = Button(tr("Save"), kind="primary", picture="check", call=self._save)
        for keys, act in (
            ("Ctrl+Return", self.save.click),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_lines(self, title: str, model: ListModel[LineT]) -> None:
        """Make the table of the lines."""
        self.model, self.table = model, Table(title)
        self.table.dress(model, [spec.width for spec in model.specs])
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())

    def _lay_sides(self, left: QVBoxLayout, right: QVBoxLayout, widths: tuple[int, int]) -> Split:
        """Put two sides beside each other."""
        return Split(boxed(left), boxed(right), shares=widths)

    def _lay_door(self) -> QHBoxLayout:
        """Give the row with the ways out."""
        return row(None, Button(tr("Cancel"), call=self.reject), self.save)

    def _offer_entities(self, titles: abc.Iterable[tuple[str, str]], own: str) -> None:
        """Fill the list of entities (name and title), with the thing's own in front."""
        for name, title in titles:
            self.entity.addItem(one_line(title), name)
        self.entity.setCurrentIndex(max(self.entity.findData(own), 0))
        self._turn()

    # what a subclass says

    def _turn(self) -> None:
        """Another entity is chosen: show what may be named of it."""
        raise NotImplementedError

    def _tell(self) -> None:
        """Say what can be done now."""
        raise NotImplementedError

    def _choose(self) -> None:
        """Another line is in front."""
        raise NotImplementedError

    def _show_lines(self, place: int) -> None:
        """Show the lines anew, the one at a place in front."""
        raise NotImplementedError

    def _save(self) -> None:
        """Ask for it to be kept."""
        raise NotImplementedError

    # arranging

    def _touch(self) -> None:
        self._is_changed, self._is_warned = True, False
        self._tell()

    def _tell_moves(self) -> None:
        place, last = self.table.currentIndex().row(), len(self._lines) - 1
        none = "" if place >= 0 else tr("Choose a line first.")
        self._up.gate(none or ("" if place > 0 else tr("It is the first already.")))
        self._down.gate(none or ("" if place < last else tr("It is the last already.")))
        self._drop.gate(none)

    def _insert(self, line: LineT) -> None:
        place = self.table.currentIndex().row() + 1 if self._lines else 0
        self._lines.insert(place, line)
        self._touch()
        self._show_lines(place)

    def _put(self, line: LineT) -> bool:
        """Put a line in the place of the one in front; False where none is."""
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self._lines):
            return False
        self._lines[place] = line
        self._touch()
        self.model.show_rows(self._lines)
        self.table.go_to(place)
        return True

    def _move(self, by: int) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._lines) and 0 <= place + by < len(self._lines):
            self._lines[place], self._lines[place + by] = self._lines[place + by], self._lines[place]
            self._touch()
            self._show_lines(place + by)

    def _remove(self) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._lines):
            del self._lines[place]
            self._touch()
            self._show_lines(max(place - 1, 0))

    # leaving

    def _saved(self, thing: object) -> None:
        self._is_changed = False
        self.saved.emit(thing)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._base = base_after(error) or self._base  # told once; saving once more writes over it
        self._tell()
        self.banner.tell_error(error)

    def reject(self) -> None:
        """Leave; what was changed and not saved is not lost by one key."""
        if self._is_changed and not self._is_warned:
            self._is_warned = True
            self.banner.tell(
                tr("What you changed is not saved. Escape once more leaves it."),
                tone="warning",
                act=tr("Leave without saving"),
                call=super().reject,
            )
            return
        super().reject()
